from __future__ import annotations

from cite2bib.formats import get
from formats.reading import read_one, said

RECORD = """<mods xmlns="http://www.loc.gov/mods/v3" ID="k">
<titleInfo><nonSort>The</nonSort><title>Title</title><subTitle>Sub</subTitle></titleInfo>
<name type="personal"><namePart type="family">Lovelace</namePart><namePart type="given">Ada</namePart>
<role><roleTerm type="code">aut</roleTerm></role></name>
<name type="corporate"><namePart>The Society</namePart><role><roleTerm>editor</roleTerm></role></name>
<originInfo><dateIssued point="start">1843</dateIssued><dateIssued point="end">1844</dateIssued></originInfo>
<relatedItem type="host"><titleInfo><title>Memoirs</title></titleInfo><identifier type="issn">0317-8471</identifier>
<part><detail type="volume"><number>3</number></detail><extent unit="pages"><start>6</start><end>7</end></extent></part></relatedItem>
<identifier type="doi">10.1234/X</identifier><identifier type="local">kept</identifier>
<subject><topic>engines</topic></subject></mods>"""


def test_a_record() -> None:
    work = read_one("mods", RECORD)
    assert (work.id, work.type) == ("k", "article-journal")
    assert said(work) == {
        "title": "The Title: Sub",
        "container-title": "Memoirs",
        "author": "Ada Lovelace",
        "editor": "The Society",
        "issued": "1843/1844",
        "ISSN": "0317-8471",
        "volume": "3",
        "page": "6-7",
        "DOI": "10.1234/X",
        "mods:identifier.local": "kept",
        "keyword": "engines",
    }
    assert said(read_one("mods", get("mods").write([work]).text)) == said(work)
