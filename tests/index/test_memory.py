"""A library in memory gives what is alike, whoever wrote it down."""

from __future__ import annotations

import pytest

from cite2bib.index.memory import Library
from cite2bib.model import Work
from resolve_works import work

KNOWN = [
    work("Fast Model Editing at Scale", arxiv="2110.11309", DOI="10.1234/Fast"),
    work("BEE: Metric-Adapted Explanations via Baseline Exploration", DOI="10.48550/arXiv.2412.17512"),
    work("Toward Understanding Generative Data Augmentation"),
    *(work(f"On the Theory of Number {number}") for number in range(50)),
]
LIBRARY = Library(KNOWN)


@pytest.mark.parametrize(
    ("query", "place"),
    [
        (work(DOI="10.1234/FAST"), 0),
        (work(arxiv="2110.11309v2"), 0),
        (work(DOI="10.48550/ARXIV.2110.11309"), 0),
        (work(arxiv="2412.17512"), 1),
        (work("Fast model-editing at {S}cale."), 0),
        (work("BEE"), 1),
        (work("Metric-Adapted Explanations via Baseline Exploration"), 1),
        (work("Towards Understanding Generative Data Augmentation"), 2),
        (work("Understanding Genrative Data Augmentation"), 2),
    ],
)
def test_the_work_is_among_the_first(query: Work, place: int) -> None:
    found = LIBRARY.find(query)
    assert found
    assert found[0] is KNOWN[place]


def test_nothing_for_what_is_not_there() -> None:
    assert not LIBRARY.find(work("Something Wholly Different"))
    assert not LIBRARY.find(work())
    assert not Library([]).find(work("Fast Model Editing at Scale"))
