"""One record for one work of a list."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from cite2bib.index.memory import Library
from cite2bib.resolve.assign import assign
from cite2bib.resolve.lookup import resolve
from resolve_pairs import AUTHORS
from resolve_works import work

COLUMNS = "abcd"


@settings(max_examples=200, deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(COLUMNS), st.floats(0.5, 20), max_size=4), max_size=4))
def test_the_sum_is_the_greatest_there_is(weights: list[dict[str, float]]) -> None:
    found = assign(weights)
    used = [column for column in found if column]
    assert len(used) == len(set(used))
    total = sum(row[column] for row, column in zip(weights, found, strict=True) if column)
    best = max(
        sum(row.get(column, 0.0) for row, column in zip(weights, order, strict=False))
        for order in permutations(COLUMNS)
    )
    assert abs(total - best) < 1e-6


HEAD, TAIL = "Quiet Diffusion of Sound Waves", "A Spectral Study of Old Concert Halls"


def test_two_works_do_not_take_one_record() -> None:
    """The head of a title and its tail are two titles; one record can be one of them."""
    record = work(f"{HEAD}: {TAIL}", AUTHORS, "2021", DOI="10.1234/x")
    queries = [work(HEAD, AUTHORS, "2021"), work(TAIL, AUTHORS, "2020")]
    outcome = resolve(queries, libraries=[Library([record])])
    assert [item.decision.record is record for item in outcome.resolutions] == [True, False]
    assert "another work of the list" in outcome.resolutions[1].reason


def test_the_loser_takes_what_is_left_for_it() -> None:
    both = work(f"{HEAD}: {TAIL}", AUTHORS, "2021", DOI="10.1234/x")
    preprint = work(TAIL, AUTHORS, "2019", arxiv="1901.00001")
    queries = [work(HEAD, AUTHORS, "2021"), work(TAIL, AUTHORS, "2021")]
    outcome = resolve(queries, libraries=[Library([both, preprint])])
    taken = [item.decision.record for item in outcome.resolutions]
    assert taken[0] is both
    assert taken[1] in (preprint, None)


def test_mentions_of_one_work_may_share_its_record() -> None:
    record = work(f"{HEAD}: {TAIL}", AUTHORS, "2021", arxiv="2103.00001")
    queries = [
        work(HEAD, AUTHORS, "2021"),
        work(f"{HEAD}: {TAIL}", author_count="3", issued="2021-03"),
        work("An Old Title", AUTHORS, "2021", arxiv="2103.00001"),
    ]
    outcome = resolve(queries, libraries=[Library([record])])
    assert all(item.decision.record is record for item in outcome.resolutions)


def test_a_title_and_the_same_cut_off_are_one_work_in_either_order() -> None:
    record = work(f"{HEAD} and {TAIL}", AUTHORS, "2021", DOI="10.1234/x")
    whole, cut = (
        work(f"{HEAD} and {TAIL}", AUTHORS, "2021"),
        work(f"{HEAD} and A Spectral Study of Old", AUTHORS, "2021"),
    )
    for queries in ([whole, cut], [cut, whole]):
        outcome = resolve(queries, libraries=[Library([record])])
        assert all(item.decision.record is record for item in outcome.resolutions)
