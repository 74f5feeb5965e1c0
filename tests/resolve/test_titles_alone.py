"""References that name nobody, asked of an index: what else its records may mean keeps a namesake from being taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from cite2bib.model import Work
from cite2bib.resolve.lookup import resolve
from cite2bib.resolve.match import choose
from cite2bib.resolve.match.weights import DOUBT
from index_made import disk_of
from resolve_works import work

TITLE = "Measuring the Quiet Diffusion of Sound in Old Stone Halls"
SHORTER = work(TITLE, "Ola Bek; Uma Roy", "2019", DOI="10.1234/a", container_title="Acoustics")
LONGER = work(
    f"{TITLE}: A Study of Nine Churches",
    "Ida Moe; Per Lund",
    "2011",
    DOI="10.1234/b",
    container_title="Sound",
)
LATER = work(TITLE, "Ola Bek; Uma Roy", "2031", DOI="10.1234/c", container_title="Echo")
FIRST = work(TITLE, "Ola Bek; Uma Roy", "2019", arxiv="1901.00001")


def taken(query: Work, *records: Work) -> str:
    decision = choose(query, records, DOUBT)
    return decision.record.text("DOI") if decision.record else decision.reason[:14]


def test_a_title_that_anothers_begins_with_is_not_enough() -> None:
    assert taken(work(TITLE), SHORTER) == "10.1234/a"
    assert taken(work(TITLE), SHORTER, LONGER) == "two works fit:"
    assert taken(work(TITLE, "O. Bek; U. Roy"), SHORTER, LONGER) == "10.1234/a"


def test_the_year_tells_which_of_them_is_meant() -> None:
    assert taken(work(TITLE, issued="2019"), SHORTER, LONGER) == "10.1234/a"
    assert taken(work(TITLE, issued="2011"), SHORTER, LONGER) != "10.1234/a"


def test_years_apart_one_title_is_two_works_even_by_the_same_people() -> None:
    assert taken(work(TITLE), SHORTER, FIRST) == "10.1234/a"
    assert taken(work(TITLE), SHORTER, LATER) == "two works fit:"
    assert taken(work(TITLE, "O. Bek; U. Roy", "2019"), SHORTER, LATER) == "10.1234/a"


@pytest.mark.parametrize("mark", [",", ":", " –"])
def test_a_title_that_visibly_goes_on_is_not_enough(mark: str) -> None:
    assert taken(work(TITLE + mark), SHORTER) == "a title alone "


@pytest.mark.parametrize("year", ["2017", "2021"])
def test_a_year_two_apart_is_not_made_up_for_by_length(year: str) -> None:
    assert taken(work(TITLE, issued=year), SHORTER) != "10.1234/a"


@pytest.mark.parametrize("asked", [TITLE, TITLE.replace("Stone", "Stoen")])
def test_an_index_brings_up_what_begins_with_the_title(asked: str, tmp_path: Path) -> None:
    with disk_of(tmp_path / "ix", [SHORTER, LONGER]) as disk:
        found = {item.text("DOI") for item in disk.find(work(asked))}
        named = [item.text("DOI") for item in disk.find(work(TITLE, "O. Bek"))]
        outcome = resolve([work(TITLE)], libraries=[disk])
    assert found == {"10.1234/a", "10.1234/b"}
    assert named == ["10.1234/a"]
    assert not outcome.resolutions[0].source


def test_an_index_brings_up_namesakes_of_a_misspelt_title(tmp_path: Path) -> None:
    namesake = work(TITLE, "Ida Moe", "2001", DOI="10.1234/d", container_title="Sound")
    with disk_of(tmp_path / "ix", [SHORTER, namesake]) as disk:
        assert len(disk.find(work(TITLE.replace("Stone", "Stoen")))) == 2
