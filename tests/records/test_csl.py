from __future__ import annotations

from typing import Any

import pytest

from cite2bib.model import Date, Name, Work
from cite2bib.records.csl import csl_from_work, work_from_csl


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ({"date-parts": [["2024", "03", 1]]}, Date((2024, 3, 1))),
        ({"date-parts": [[2024, 3], ["2025"]]}, Date((2024, 3), (2025,))),
        ({"date-parts": [[2024, 21]]}, Date((2024,), season=1)),
        ({"date-parts": [[2024, 14]]}, Date((2024,), season=2)),
        ({"date-parts": [2024, "Mar"]}, Date((2024, 3))),
        ({"date-parts": [["2024", "", ""]]}, Date((2024,))),
        ({"date-parts": [[-44, 3, 15]], "circa": 1}, Date((-44, 3, 15), circa=True)),
        ({"date-parts": [[2024]], "season": "Fall"}, Date((2024,), season=3)),
        ({"raw": "March 13, 2025"}, Date((2025, 3, 13))),
        ({"raw": "around the flood"}, Date(literal="around the flood")),
        ("2025-03", Date((2025, 3))),
        (1999, Date((1999,))),
        ({"date-parts": [[None]]}, None),
        ({"date-parts": [[]]}, None),
        ({"date-parts": "x", "circa": [1]}, None),
        ([], None),
    ],
)
def test_dates_in_every_spelling(raw: Any, expected: Date | None) -> None:
    assert work_from_csl({"issued": raw}).date() == expected


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ([{"family": "Maaten", "non-dropping-particle": "van der"}], (Name("Maaten", particle="van der"),)),
        ([{"literal": "WHO"}], (Name(literal="WHO"),)),
        ([{"name": "WHO"}], (Name(literal="WHO"),)),
        ([{"family": "WHO", "isInstitution": "true"}], (Name(literal="WHO"),)),
        (["Knuth, Donald E."], (Name("Knuth", "Donald E."),)),
        ({"family": "Knuth", "given": 7}, (Name("Knuth", "7"),)),
        ([{}, None, 3, {"isInstitution": [1]}], ()),
    ],
)
def test_names_in_every_spelling(raw: Any, expected: tuple[Name, ...]) -> None:
    assert work_from_csl({"author": raw}).names("author") == expected


def test_texts_of_every_type() -> None:
    work = work_from_csl(
        {
            "id": 3,
            "volume": 12,
            "issue": 1.0,
            "title": ["A &amp; B"],
            "ISSN": ["1", "2"],
            "page": True,
            "note": None,
        }
    )
    assert work.id == "3"
    assert {name: work.text(name) for name in work.fields} == {
        "volume": "12",
        "issue": "1",
        "title": "A & B",
        "ISSN": "1, 2",
    }


def test_older_spellings_give_way_to_the_specification() -> None:
    item = {"shortTitle": "old", "title-short": "new", "part": "3", "journalAbbreviation": "J."}
    work = work_from_csl(item)
    assert (work.text("title-short"), work.text("part-number")) == ("new", "3")
    assert work.text("container-title-short") == "J."


def test_what_has_no_place_is_kept() -> None:
    item = {
        "id": "a",
        "type": "book",
        "categories": ["x"],
        "custom": {"shelf": "3", "openalex": "W1"},
        "multi": {},
    }
    work = work_from_csl(item)
    assert work.text("openalex") == "W1"
    assert csl_from_work(work) == {
        "id": "a",
        "type": "book",
        "categories": ["x"],
        "custom": {"shelf": "3", "openalex": "W1", "multi": {}},
    }


def test_back_to_the_same_work() -> None:
    names = (Name("Beethoven", "Ludwig", dropping_particle="van"), Name("King", "M. L.", suffix="Jr."))
    work = (
        Work("k", "book").with_field("author", names).with_field("issued", Date((2020,), (2021,), circa=True))
    )
    work = work.with_field("part-number", "2").with_field("license", "MIT")
    assert work_from_csl(csl_from_work(work)) == work
