"""Readers against text nobody wrote: our own errors alone, no hang, and what was read can be written."""

from __future__ import annotations

import os
from contextlib import suppress
from importlib.util import find_spec

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cite2bib.diagnostics import Cite2bibError
from cite2bib.formats import FORMATS, Format, get
from contract.varied import WORKS

READERS = [item for item in FORMATS if item.reads and find_spec(f"cite2bib.formats.{item.module}")]

# What each syntax is made of, so that nonsense looks like it.
TOKENS = {
    "csljson": ["[", "]", "{", "}", ":", ",", '"title"', '"issued"', '"date-parts"', '"author"', '"family"', '"id"',
                '"type"', '"custom"', '"note"', '"volume"', "null", "true", "1e999", "-0", '"\\ud800"', '"Citation Key: x"'],
    "jsonl": ['{"title": "A"', "}", "\n", ", ", '"authors": ', '"a and b"', '"year": ', "2020", "[]", '"venue": ', '"arXiv"',
              '"fields": {', '"issued": ', '{"start": [1]}', '"origins": 3', "null", '"cite2bib": 1'],
    "csl-yaml": ["references:\n", "- ", "  ", "\n", "id: a", "issued: ", "2020", "&a ", "*a", "{", "}", "[", "]", "? ", ": ",
                 "title: *x*", "\t", "---\n", "!!python/object:os.system ", "|\n", "author:\n"],
    "hayagriva": ["key:\n", "  ", "\n", "type: ", "article", "title: ", "{value: x}", "parent:\n", "- ", "author: [", "]",
                  "date: ~2020", "serial-number: {", "}", "doi: 10.1/2", "&a ", "*a", "url: {date: x}", "affiliated: [3]"],
    "cff": ["cff-version: 1.2.0\n", "references:\n", "- ", "  ", "\n", "title: x", "authors:\n", "year: ", "month: 99999", "[", "]",
            "preferred-citation: ", "identifiers: [3]", "&a ", "*a"],
    "ris": ["TY  - JOUR\n", "ER  - \n", "AU  - ", "PY  - ", "DA  - ", "2020/99/99/", "SP  - ", "T2  - ", "\n", "KW  - ", "x, y", "ID  - ",
            "SN  - ", "1234-5678", "DO  - 10.1234/x", "Y1  - ////", "M3  - Preprint", "ZZ  - "],
    "nbib": ["PMID- ", "1\n", "FAU - ", "AU  - ", "Smith J", "DP  - ", "2020 Jan-Foo", "LID - ", "[doi]", "\n", "      ", "TI  - ",
             "IS  - ", "PT  - Book\n", "CN  - "],
    "enw": ["%0 ", "Book\n", "%A ", "%T ", "%D ", "2020", "\n", "\n\n", "%@ ", "%[ ", "x", "%8 ", "%K "],
    "isi": ["FN ISI\n", "PT J\n", "AU ", "ER\n", "EF\n", "PY ", "2020", "PD ", "JAN-FEB", "\n", "   ", "SN ", "x; y", "DE ", "BP ", "DT "],
    "endnote-xml": ["<xml>", "</xml>", "<records>", "</records>", "<record>", "</record>", "<titles><title>", "</title></titles>",
                    "<style face='bold'>", "</style>", "x", "&amp;", "&x;", "<dates><year>", "</year></dates>", "<!DOCTYPE x>", "<![CDATA["],
    "mods": ["<mods>", "</mods>", "<modsCollection>", "</modsCollection>", "<titleInfo>", "</titleInfo>", "<title>", "</title>",
             "<name type='personal'>", "</name>", "<namePart>", "</namePart>", "<part>", "</part>", "<genre>", "</genre>", "x", "&#0;"],
    "pubmed-xml": ["<PubmedArticleSet>", "</PubmedArticleSet>", "<PubmedArticle>", "</PubmedArticle>", "<MedlineCitation>",
                   "</MedlineCitation>", "<Article>", "</Article>", "<ArticleTitle>", "</ArticleTitle>", "<Year>", "</Year>", "99999999", "x"],
    "crossref": ['{"message": ', '{"DOI": "10.1234/x"', "}", ", ", '"indexed": {}', '"title": ', "[null]", '["x"]', '"author": ', "[3]",
                 '"issued": ', '{"date-parts": [[null]]}', "3", '"page": {}'],
    "openalex": ['{"id": "https://openalex.org/W1"', "}", ", ", '"authorships": ', "[[]]", "null", '"ids": 3', '"biblio": []',
                 '"abstract_inverted_index": {"a": [1, "x"]}', '"primary_location": 7', '"title": {}'],
    "datacite": ['{"data": ', '{"type": "dois", "attributes": ', "{", "}", ", ", '"titles": ', "[3]", "null", '"creators": {}', '"types": []'],
}  # fmt: skip
# CITE2BIB_FUZZ=20000 makes a night of it.
EXAMPLES = int(os.environ.get("CITE2BIB_FUZZ", "60"))
IS_NIGHT = "CITE2BIB_FUZZ" in os.environ  # by day the same examples, so that a red run is somebody's change
QUICK = settings(
    max_examples=EXAMPLES,
    derandomize=not IS_NIGHT,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


def attempt(format_: Format, data: bytes) -> None:
    """Read, and write and read again what was read."""
    with suppress(Cite2bibError):
        works = format_.read(data, "x").works
        for writer in {format_, get("jsonl")}:
            if writer.writes:
                text = writer.write(works).text
                assert len(writer.read(text.encode(), "x").works) == len(works)


@pytest.mark.parametrize("format_", READERS, ids=lambda item: item.name)
@QUICK
@given(data=st.binary(max_size=400))
def test_any_bytes(format_: Format, data: bytes) -> None:
    attempt(format_, data)
    format_.sniff(data.decode(errors="replace"))


@pytest.mark.parametrize("format_", READERS, ids=lambda item: item.name)
@QUICK
@given(data=st.data())
def test_its_own_tokens_in_any_order(format_: Format, data: st.DataObject) -> None:
    tokens = TOKENS.get(
        format_.name, ["@article{", "k,", "title", " = ", "{", "}", '"', "#", ",", "\n", "@string{"]
    )
    pieces = st.lists(
        st.one_of(st.sampled_from([*tokens, "²", "9" * 5_000]), st.text(max_size=4)), max_size=40
    )
    attempt(format_, "".join(data.draw(pieces)).encode(errors="replace"))


@pytest.mark.parametrize("format_", [item for item in READERS if item.writes], ids=lambda item: item.name)
@QUICK
@given(data=st.data())
def test_damaged_files(format_: Format, data: st.DataObject) -> None:
    text = format_.write(WORKS[:6]).text
    start = data.draw(st.integers(0, len(text)))
    length = data.draw(st.integers(0, 30))
    attempt(
        format_,
        (text[:start] + data.draw(st.text(max_size=5)) + text[start + length :]).encode(errors="replace"),
    )


@pytest.mark.parametrize("format_", [item for item in READERS if item.writes], ids=lambda item: item.name)
def test_holes_in_files(format_: Format) -> None:
    text = format_.write(WORKS[:4]).text
    for start in range(0, len(text), 23):
        attempt(format_, (text[:start] + text[start + 10 :]).encode())


def test_an_entry_type_that_is_none() -> None:
    attempt(get("biblatex"), b"@" + bytes(14) + b"{}")
