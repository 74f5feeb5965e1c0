from __future__ import annotations

from cite2bib.formats import get
from formats.reading import said

FILE = """\ufeffFN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Fuentes, K
   Brante, A
AF Fuentes, Karina
   Brante, Antonio
TI Megadisturbances and ecological recovery in the
   intertidal zone
SO MARINE ECOLOGY PROGRESS SERIES
DT Article; Proceedings Paper
DE recovery; intertidal zone
SN 0171-8630
EI 1616-1599
J9 MAR ECOL PROG SER
PD AUG
PY 2014
VL 515
BP 161
EP 172
DI 10.3354/meps10998
UT WOS:000345703500013
ER

PT J
AU Joffe, Hadine; Hall, Janet E
TI Estrogen
PY 2006
PD 2006 May-Jun
ER

EF
"""


def test_a_file() -> None:
    first, second = get("isi").read(FILE.encode(), "x").works
    assert first.type == "article-journal"
    found = said(first)
    assert found["author"] == "Karina Fuentes; Antonio Brante"
    assert found["title"] == "Megadisturbances and ecological recovery in the intertidal zone"
    assert (found["issued"], found["page"], found["ISSN"]) == ("2014-08", "161-172", "0171-8630, 1616-1599")
    assert (found["archive"], found["keyword"]) == ("Web of Science", "recovery, intertidal zone")
    assert said(second)["issued"] == "2006-05/2006-06"
    assert len(second.names("author")) == 2


def test_it_knows_its_own() -> None:
    assert get("isi").sniff(FILE)
    assert not get("ris").sniff(FILE)
