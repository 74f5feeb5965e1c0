from __future__ import annotations

import pytest

from cite2bib.formats import get
from cite2bib.model import Date, Name, Work
from formats.reading import read_one, said


def ris(*lines: str) -> dict[str, str]:
    return said(read_one("ris", "\n".join(["TY  - JOUR", *lines, "ER  - "])))


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["PY  - 2020"], "2020"),
        (["PY  - 2020///"], "2020"),
        (["Y1  - 2014/06/01"], "2014-06-01"),
        (["PY  - 2014", "DA  - AUG"], "2014-08"),
        (["PY  - 2014", "DA  - FEB 1"], "2014-02-01"),
        (["PY  - 2014", "DA  - NOV-DEC"], "2014-11/2014-12"),
        (["PY  - 2014", "DA  - SPRING"], "2014-21"),
        (["DA  - 1950/01/01", "Y1  - 1900/01/01"], "1950-01-01"),
        (["PY  - 2015", "Y1  - 2015/09/10"], "2015-09-10"),
        (["Y1  - 2015/october"], "2015-10"),
        (["PY  - 2014///Spring"], "2014-21"),
        (["PY  - 2020", "DA  - 2020-05-07"], "2020-05-07"),
    ],
)
def test_dates_in_every_tag(lines: list[str], expected: str) -> None:
    assert ris(*lines)["issued"] == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["SP  - 10", "EP  - 20"], "10-20"),
        (["SP  - 10-20"], "10-20"),
        (["SP  - 10--20"], "10-20"),
        (["SP  - e012"], "e012"),
        (["SP  - 7", "EP  - 7"], "7"),
    ],
)
def test_pages(lines: list[str], expected: str) -> None:
    assert ris(*lines)["page"] == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["AU  - Marx, Karl"], "Karl Marx"),
        (["A1  - King, Martin Luther, Jr."], "Martin Luther King Jr."),
        (["AU  - Adler D.G."], "D.G. Adler"),
        (["AU  - Catarina Barata"], "Catarina Barata"),
        (["AU  - World Health Organization"], "World Health Organization"),
        (["A1  - A, B", "AU  - C, D"], "D C"),
    ],
)
def test_people(lines: list[str], expected: str) -> None:
    assert ris(*lines)["author"] == expected


def test_a_journal_under_all_its_names() -> None:
    found = ris("JO  - J. Exp.", "JF  - Journal of Experiments", "T2  - Journal of Experiments")
    assert found == {"container-title": "Journal of Experiments", "container-title-short": "J. Exp."}
    assert ris("JO  - Acta")["container-title"] == "Acta"


def test_a_books_second_title_is_its_series() -> None:
    work = read_one("ris", "TY  - BOOK\nTI  - A\nT2  - S\nSP  - 300\nER  - ")
    assert said(work) == {"title": "A", "collection-title": "S", "number-of-pages": "300"}


def test_numbers_of_pubmed() -> None:
    assert ris("AN  - 123456", "DP  - NLM", "C2  - PMC7") == {"PMID": "123456", "PMCID": "PMC7"}


def test_repetitions_of_the_doi_are_no_notes() -> None:
    assert ris("DO  - 10.1234/X", "N1  - doi: 10.1234/x", "M3  - 10.1234/x") == {"DOI": "10.1234/X"}


def test_values_go_on_in_the_next_line() -> None:
    found = ris("TI  - A long", "title", "N1  - first", "      * second", "KW  - a", "b")
    assert found == {"title": "A long title", "note": "first\n* second", "keyword": "a, b"}


def test_records_without_type_or_end() -> None:
    result = get("ris").read(b"T1  - A\nER  -\n\nTY  - BOOK\nT1  - B\nTY  - BOOK\nT1  - C\n", "x.ris")
    assert [work.text("title") for work in result.works] == ["A", "B", "C"]
    assert [str(fault) for fault in result.diagnostics] == ["x.ris:1: a record without TY"]
    loose = get("ris").read(b"TI  - A\nAU  - B\n\nTI  - C\nAU  - D\n", "x.ris")
    assert len(loose.works) == 2


def test_a_preprint_is_unpublished() -> None:
    work = Work("k", "article").with_field("title", "T").with_field("arxiv", "2303.12712")
    text = get("ris").write([work.with_field("issued", Date((2023, 3, 22)))]).text
    assert "TY  - UNPB\n" in text
    assert "PY  - 2023\nDA  - 2023/03/22/\n" in text
    assert "UR  - https://arxiv.org/abs/2303.12712\n" in text
    back = read_one("ris", text)
    assert (back.type, back.text("arxiv")) == ("article", "2303.12712")


def test_unknown_tags_come_back() -> None:
    text = "TY  - EJOUR\nTI  - A\nAD  - Here\nAD  - There\nU2  - 7\nER  - \n"
    again = get("ris").write([read_one("ris", text)]).text
    assert all(line in again.splitlines() for line in text.splitlines())


def test_versions_chapters_and_numbers_of_series_have_tags() -> None:
    program = Work("p", "software").with_field("version", "2.1")
    part = Work("c", "chapter").with_field("chapter-number", "3").with_field("collection-title", "S")
    text = get("ris").write([program, part.with_field("collection-number", "12")]).text
    assert {"ET  - 2.1", "SE  - 3", "T3  - S", "M1  - 12"} <= set(text.splitlines())
    written = get("ris").write(get("ris").read(text.encode(), "x").works)
    assert (written.text, written.losses) == (text, ())


def test_a_report_in_a_series_has_a_number_of_its_own() -> None:
    found = read_one("ris", "TY  - RPRT\nTI  - A\nT3  - Working Papers\nM1  - 33843\nER  - ")
    assert found.text("number") == "33843"


def test_bodies_stay_whole() -> None:
    """As EndNote writes them: a comma at the end says that nothing is a given name."""
    work = Work("k", "book").with_field("author", (Name(literal="Edusupport Biosciences"), Name("Plato")))
    text = get("ris").write([work]).text
    assert "AU  - Edusupport Biosciences,\nAU  - Plato,\n" in text
    assert read_one("ris", text).names("author") == work.names("author")


def test_a_value_is_one_line() -> None:
    """Pandoc reads no file in which a value goes on in the next line."""
    work = Work("k", "book").with_field("title", "T").with_field("abstract", "One.\n\nTwo.\nER  - three")
    written = get("ris").write([work])
    assert "AB  - One. Two. ER  - three\n" in written.text
    assert [str(loss) for loss in written.losses] == ["k: abstract does not come back from RIS as it was"]


@pytest.mark.parametrize("day", ["2020/01/²/", f"2020/01/{'9' * 5_000}/", f"{'9' * 5_000}//"])
def test_days_that_are_none(day: str) -> None:
    date = read_one("ris", f"TY  - BOOK\nTI  - A\nDA  - {day}\nER  - ").date()
    assert date is None or date.start[:1] == (2020,)
