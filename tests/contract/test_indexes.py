"""What every index must do, whatever stands behind it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cite2bib.index import Index
from cite2bib.index.memory import Library
from cite2bib.model import Work
from index_made import disk_of
from resolve_works import work

KNOWN = [
    work("Fast Model Editing at Scale", arxiv="2110.11309", DOI="10.1234/Fast"),
    work("BEE: Metric-Adapted Explanations via Baseline Exploration", DOI="10.48550/arXiv.2412.17512"),
    work("Toward Understanding Generative Data Augmentation"),
    *(work(f"On the Theory of Number {number}") for number in range(50)),
]
MADE: dict[str, Callable[[Path, list[Work]], Index]] = {
    "memory": lambda _, works: Library(works),
    "disk": disk_of,
}
QUERIES = [
    (work(DOI="10.1234/FAST"), 0),
    (work(arxiv="2110.11309v2"), 0),
    (work(DOI="10.48550/ARXIV.2110.11309"), 0),
    (work(arxiv="2412.17512"), 1),
    (work("Fast model-editing at {S}cale."), 0),
    (work("BEE"), 1),
    (work("Metric-Adapted Explanations via Baseline Exploration"), 1),
    (work("Towards Understanding Generative Data Augmentation"), 2),
    (work("Understanding Genrative Data Augmentation"), 2),
]


@pytest.fixture(params=MADE)
def made(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[list[Work]], Index]:
    return lambda works: MADE[request.param](tmp_path / "index", works)


@pytest.mark.parametrize(("query", "place"), QUERIES)
def test_the_work_is_the_first(made: Callable[[list[Work]], Index], query: Work, place: int) -> None:
    found = made(KNOWN).find(query)
    assert found
    assert found[0].fields == KNOWN[place].fields


def test_many_at_once_are_as_each_by_itself(made: Callable[[list[Work]], Index]) -> None:
    index = made(KNOWN)
    queries = [query for query, _ in QUERIES] * 40
    assert [list(found) for found in index.find_each(queries)] == [
        list(index.find(query)) for query in queries
    ]


def test_nothing_for_what_is_not_there(made: Callable[[list[Work]], Index]) -> None:
    index = made(KNOWN)
    assert index.name
    assert not index.find(work("Something Wholly Different"))
    assert not index.find(work())


def test_an_empty_one_finds_nothing(made: Callable[[list[Work]], Index]) -> None:
    assert not made([]).find(work("Fast Model Editing at Scale"))
