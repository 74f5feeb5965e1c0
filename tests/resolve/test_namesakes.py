"""Thousands of works under one title: cells keep each from being held against all, and lose none of the same work."""

from __future__ import annotations

from random import Random

import pytest

from cite2bib.model import Work
from cite2bib.names import parse
from cite2bib.resolve import dedupe as module
from cite2bib.resolve import namesakes
from cite2bib.resolve.dedupe import dedupe, keys
from cite2bib.resolve.match import people
from resolve_works import work

TITLES = (
    "Editorial",
    "Introduction",
    "Book Reviews",
    "Deep Learning Methods",
    "A Guide to the Light of Old Halls",
)
PEOPLE = (
    *("Ann Bo", "A. Bo", "Bo Ann", "Robert Müller", "Bob Mueller", "R. Muller", "Yuri Khalidov", "Iurii Halidov", "Wang Wei"),
    *("Wei Wang", "Gabriel García Márquez", "G. Garcia", "J.-P. Serrano", "Jean Serano", "", "", "Cy Da; Eve Fo", "C. Da; E. Fo"),
    "Cy Da; Gus Ha; Ina Jo; Kim Lu",
)  # fmt: skip


def made(title: str, count: int, chance: Random) -> list[Work]:
    return [
        work(
            title,
            chance.choice(PEOPLE),
            chance.choice(("", *map(str, range(1990, 1999)))),
            **{
                name: value
                for name, value in {
                    "container_title": chance.choice(("", "Nature", "Science", "J. Bot.")),
                    "volume": chance.choice(("", "3", "7")),
                    "page": chance.choice(("", "1", "12-14", "200")),
                    "DOI": chance.choice(("", "", "", "10.1234/a", "10.1234/b", "10.1234/c")),
                }.items()
                if value
            },
        )
        for _ in range(count)
    ]


@pytest.mark.parametrize("title", TITLES)
def test_cells_lose_nothing(title: str, monkeypatch: pytest.MonkeyPatch) -> None:
    works = made(title, 120, Random(title))
    monkeypatch.setattr(namesakes, "_MANY", len(works))
    all_compared = [list(map(id, group.mentions)) for group in dedupe(works)]
    monkeypatch.setattr(namesakes, "_MANY", 1)
    assert [list(map(id, group.mentions)) for group in dedupe(works)] == all_compared


def family(number: int) -> str:
    """A name that is no misprint of another number's."""
    return "".join(
        ("Bek", "dol", "fim", "gur", "hax", "jos", "kev", "lun", "mip", "naz")[int(digit)]
        for digit in f"{number:03}"
    )


def editorials(count: int) -> list[Work]:
    chance = Random(1)
    return [
        work(
            "Editorial",
            f"{chance.choice('ABCDEF')}. {family(place % 1_000)}",
            f"{1900 + place // 1_000}",
            page=f"{place}",
        )
        for place in range(count)
    ]


def test_a_further_mention_is_found_among_thousands() -> None:
    listed = editorials(3_000)
    again = listed[2_999].with_field("volume", "3")
    assert [len(group.mentions) for group in dedupe([*listed, again])] == [*[1] * 2_999, 2]


def test_few_pairs_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    compared = 0

    def counted(_one: Work, _two: Work) -> bool:
        nonlocal compared
        compared += 1
        return False

    monkeypatch.setattr(module, "are_same", counted)
    listed = editorials(2_000)
    dedupe(listed)
    assert compared < 30 * len(listed)  # 190 each without cells


def test_columns_of_one_author_and_year_on_other_pages_stay_apart() -> None:
    one = work("Editorial", "Ann Bo", "2019", container_title="Nature", volume="3", page="1")
    other = work("Editorial", "Ann Bo", "2019", container_title="Nature", volume="3", page="90")
    assert len(dedupe([one, other])) == 2
    assert len(dedupe([one, other.without("volume", "page")])) == 1


SAME = (
    "Bob Stone = Robert Stone", "Dmitry Ivanov = D. Ivanov", "Khalid Amin = K. Amin", "Yuri Petrov = Iurii Petrov", "Wei Wang = Wang Wei",
    "Ludwig van Beethoven = L. Beethoven", "Ann Serrano = Ann Serano", "J. Paul Stone = Paul Stone", "Gabriel García Márquez = G. García",
)  # fmt: skip


@pytest.mark.parametrize("pair", SAME)
def test_one_person_has_a_mark_in_common(pair: str) -> None:
    one, other = map(parse, pair.split(" = "))
    assert people.same_person(one, other)
    for held, sought in ((one, other), (other, one)):
        kept = {*people.marks(held), *people.ends(held)}
        assert kept & {*people.marks(sought, sought=True), *people.ends(sought)}


def test_mentions_of_a_column_meet_by_their_issue() -> None:
    one = work("Editorial", "Ann Bo; Cy Da", "2019", page="3-4")
    assert set(keys(one)) == {"editorial p3", "editorial bo 2019", "editorial da 2019"}
    assert set(keys(work("Editorial", "A. Bo", "2019"))) & set(keys(one))
    assert not set(keys(work("Editorial", "A. Bo", "2018", page="7"))) & set(keys(one))
    assert set(keys(work("Editorials on Light", "A. Bo", "2019"))) == {"editorialsonlight"}
