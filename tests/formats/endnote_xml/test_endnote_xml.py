from __future__ import annotations

import pytest

from cite2bib.diagnostics import ReadError
from cite2bib.formats import get
from cite2bib.model import Work
from formats.reading import read_one, said

RECORD = """<?xml version="1.0"?><xml><records><record>
<ref-type name="Journal Article">17</ref-type>
<contributors><authors><author><style face="normal">Lovelace, Ada</style></author></authors></contributors>
<titles><title><style face="normal">On </style><style face="italic">E. coli</style></title>
<secondary-title>Memoirs</secondary-title></titles>
<periodical><full-title>Memoirs</full-title><abbr-1>Mem.</abbr-1></periodical>
<pages>666–731</pages><dates><year>1843</year><pub-dates><date>Sep</date></pub-dates></dates>
<isbn>0317-8471</isbn><accession-num>123</accession-num><remote-database-provider>NLM</remote-database-provider>
<electronic-resource-num>https://doi.org/10.1234/X</electronic-resource-num><keywords><keyword>a</keyword><keyword>b</keyword></keywords>
<custom7>kept</custom7></record></records></xml>"""


def test_a_record() -> None:
    work = read_one("endnote-xml", RECORD)
    assert work.type == "article-journal"
    assert said(work) == {
        "author": "Ada Lovelace",
        "title": "On <i>E. coli</i>",
        "container-title": "Memoirs",
        "container-title-short": "Mem.",
        "page": "666-731",
        "DOI": "10.1234/X",
        "ISSN": "0317-8471",
        "PMID": "123",
        "issued": "1843-09",
        "keyword": "a, b",
        "endnote-xml:custom7": "kept",
    }
    assert said(read_one("endnote-xml", get("endnote-xml").write([work]).text)) == said(work)


def test_markup_is_style() -> None:
    text = get("endnote-xml").write([Work("k", "book").with_field("title", "<i>A <b>b</b></i> c")]).text
    assert '<style face="italic bold" font="default" size="100%">b</style>' in text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<xml><records>", "broken XML: no element found"),
        ('<!DOCTYPE x [<!ENTITY a "b">]><xml/>', "XML that declares entities is not read"),
        ("<a>" * 300, "XML nested beyond all measure"),
        ("<rss/>", "expected EndNote's records, found 'rss'"),
    ],
)
def test_what_is_refused(text: str, message: str) -> None:
    with pytest.raises(ReadError) as caught:
        get("endnote-xml").read(text.encode(), "x.xml")
    assert caught.value.message == message
    assert str(caught.value.span).startswith("x.xml:1")
