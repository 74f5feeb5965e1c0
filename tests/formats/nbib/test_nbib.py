from __future__ import annotations

import pytest

from cite2bib.formats import get
from cite2bib.records.medline import medline_date, medline_name
from formats.reading import read_one, said

RECORD = """PMID- 29424689
IS  - 2050-084X (Electronic)
IS  - 2050-084X (Linking)
DP  - 2018 Mar 1
TI  - A title that goes
      on.
LID - 10.7554/eLife.32822 [doi]
LID - e32822 [pii]
FAU - Himmelstein, Daniel S
AU  - Himmelstein DS
CN  - The Consortium
FAU - van Raaij, M J
AU  - van Raaij MJ
LA  - eng
PT  - Journal Article
PT  - Review
TA  - Elife
JT  - eLife
OT  - one
OT  - two, three
PMC - PMC5832410
XX  - kept
"""


def test_a_record() -> None:
    work = read_one("nbib", RECORD)
    assert work.type == "article-journal"
    assert said(work) == {
        "title": "A title that goes on",
        "container-title": "eLife",
        "container-title-short": "Elife",
        "language": "eng",
        "PMID": "29424689",
        "PMCID": "PMC5832410",
        "author": "Daniel S Himmelstein; The Consortium; M J van Raaij",
        "issued": "2018-03-01",
        "DOI": "10.7554/eLife.32822",
        "ISSN": "2050-084X",
        "keyword": "one; two, three",
        "nbib:LID": "e32822 [pii]",
        "nbib:PT": "Review",
        "nbib:XX": "kept",
    }
    assert said(read_one("nbib", get("nbib").write([work]).text)) == said(work)


def test_records_start_at_their_number() -> None:
    works = get("nbib").read(b"PMID- 1\nTI  - A\nPMID- 2\nTI  - B\n\nTI  - C\n", "x").works
    assert [work.text("title") for work in works] == ["A", "B", "C"]


def test_a_chapter() -> None:
    work = read_one("nbib", "PMID- 1\nTI  - Part.\nBTI - Whole\nFED - Doe, Jane\n")
    assert (work.type, said(work)["editor"]) == ("chapter", "Jane Doe")


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("1996 Jul 9", (1996, 7, 9)),
        ("2018 Apr", (2018, 4)),
        ("2009", (2009,)),
        ("2009 Winter", (2009,)),
        ("2019 Dec-2020 Jan", (2019, 12)),
        ("2020 Mar 3-9", (2020, 3, 3)),
        ("2006 May-Jun", (2006, 5)),
        ("1998-1999", (1998,)),
        ("2001 First Quarter", (2001,)),
    ],
)
def test_dates(text: str, edtf: tuple[int, ...]) -> None:
    date = medline_date(text)
    assert date
    assert date.start == edtf


def test_names_with_initials() -> None:
    assert str(medline_name("van der Berg AB Jr")) == "A B van der Berg Jr"
    assert medline_name("Cher").literal == "Cher"
