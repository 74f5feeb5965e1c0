"""The policy: nothing is asked twice, and a catalogue's silence is never "not found"."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pytest

from cite2bib.diagnostics import SourceError, UsageError
from cite2bib.index.memory import Library
from cite2bib.model import Work
from cite2bib.resolve import lock
from cite2bib.resolve.lookup import Outcome, distinct, resolve
from cite2bib.resolve.match import choose
from cite2bib.sources import Answer
from resolve_works import work

QUERY = work("Fast Model Editing at Scale", author_count="2")
RECORD = work(
    "Fast Model Editing at Scale", "Eric Mitchell; Charles Lin", "2021", origin="arxiv", arxiv="2110.11309"
)
OTHER = work("Slow Model Editing at Scale", "Ann Bo; Cy Da", "2021", origin="arxiv", arxiv="2110.11310")


class Catalogue:
    """A catalogue that knows some works, and notes what it is asked for."""

    def __init__(self, *known: Work, error: str = "") -> None:
        self.known = known
        self.error = error
        self.asked: list[list[str]] = []

    def __call__(self, works: Sequence[Work]) -> Iterator[Answer]:
        self.asked.append([item.text("title") for item in works])
        yield (
            Answer(tuple(works), error=SourceError(self.error))
            if self.error
            else Answer(tuple(works), self.known)
        )


def lock_of(outcome: Outcome, before: lock.Lock | None = None) -> lock.Lock:
    text = lock.write((before or lock.Lock({})).joined(outcome.decisions))
    return lock.read(text.encode(), "cite2bib.lock")


def test_a_library_comes_before_the_network() -> None:
    network = Catalogue(RECORD)
    outcome = resolve([QUERY], libraries=[Library([RECORD], "refs.bib")], sources={"arxiv": network})
    assert outcome.resolutions[0].source == "refs.bib"
    assert outcome.resolutions[0].work.names("author")
    assert network.asked == []


def test_the_lock_comes_before_everything() -> None:
    first = resolve([QUERY], sources={"arxiv": Catalogue(RECORD)})
    network = Catalogue(RECORD)
    again = resolve([QUERY], lock=lock_of(first), libraries=[Library([OTHER])], sources={"arxiv": network})
    assert again.resolutions[0].source == "lock"
    assert again.resolutions[0].work == first.resolutions[0].work
    assert again.decisions == ()
    assert network.asked == []


def test_a_decided_work_is_not_asked_for_again() -> None:
    arxiv, crossref = Catalogue(RECORD), Catalogue()
    resolve([QUERY, OTHER], sources={"arxiv": arxiv, "crossref": crossref})
    assert arxiv.asked == [["Fast Model Editing at Scale", "Slow Model Editing at Scale"]]
    assert crossref.asked == [["Slow Model Editing at Scale"]]


def test_a_catalogue_that_does_not_search_is_asked_by_its_identifiers_alone() -> None:
    titled, numbered = work("Fast Model Editing at Scale"), work("Slow Model Editing", DOI="10.1234/x")
    agency = Catalogue()
    outcome = resolve([titled, numbered], sources={"doi": agency, "webpage": Catalogue(error="down")})
    assert agency.asked == [["Slow Model Editing"]]
    assert outcome.silent == {}


@pytest.mark.parametrize(
    ("query", "order"),
    [
        (work("A Title of Something Fine"), ["arxiv", "crossref"]),
        (work("A Title of Something Fine", container_title="Nature"), ["crossref", "arxiv"]),
        (work("A Title of Something Fine", container_title="CoRR"), ["arxiv", "crossref"]),
        (work("A Title of Something Fine", DOI="10.1234/x"), ["crossref", "datacite", "arxiv"]),
        (
            work("A Title of Something Fine", DOI="10.48550/arXiv.2110.11309"),
            ["arxiv", "datacite", "crossref"],
        ),
        (work("A Title of Something Fine", arxiv="2110.11309"), ["arxiv", "datacite", "crossref"]),
    ],
)
def test_it_is_asked_for_where_it_is_likely(query: Work, order: list[str]) -> None:
    asked: list[str] = []

    def noting(name: str) -> Callable[[Sequence[Work]], Iterator[Answer]]:
        def ask(works: Sequence[Work]) -> Iterator[Answer]:
            asked.append(name)
            yield Answer(tuple(works))

        return ask

    resolve([query], sources={name: noting(name) for name in ("crossref", "arxiv", "datacite")})
    assert asked == order


def test_none_is_kept_and_only_others_are_asked_later() -> None:
    first = resolve([QUERY], sources={"arxiv": Catalogue(OTHER)})
    assert first.resolutions[0].work == QUERY
    assert "nearest is “Slow Model Editing at Scale”" in first.resolutions[0].reason
    arxiv, crossref = Catalogue(RECORD), Catalogue(RECORD)
    again = resolve([QUERY], lock=lock_of(first), sources={"arxiv": arxiv, "crossref": crossref})
    assert arxiv.asked == []
    assert crossref.asked == [["Fast Model Editing at Scale"]]
    assert again.resolutions[0].source == "crossref"


def test_silence_is_not_absence() -> None:
    down = Catalogue(error="503 for an hour")
    outcome = resolve([QUERY], sources={"arxiv": down})
    assert outcome.silent == {"arxiv": 1}
    assert outcome.faults == {"arxiv": "503 for an hour"}
    assert outcome.resolutions[0].silent == ("arxiv",)
    assert "arxiv could not be asked" in outcome.resolutions[0].reason
    assert outcome.decisions == ()  # so that the next run asks again


def test_who_was_silent_is_asked_again() -> None:
    first = resolve([QUERY], sources={"arxiv": Catalogue(error="down"), "crossref": Catalogue()})
    assert [kept.asked for kept in first.decisions] == [("crossref",)]
    crossref = Catalogue()
    again = resolve([QUERY], lock=lock_of(first), sources={"arxiv": Catalogue(RECORD), "crossref": crossref})
    assert again.resolutions[0].source == "arxiv"
    assert crossref.asked == []


def test_silence_of_one_matters_not_when_another_has_it() -> None:
    outcome = resolve([QUERY], sources={"arxiv": Catalogue(error="down"), "crossref": Catalogue(RECORD)})
    assert outcome.resolutions[0].silent == ()
    assert outcome.resolutions[0].source == "crossref"


def test_locked_takes_the_lock_alone() -> None:
    decided = lock_of(resolve([QUERY, OTHER], sources={"arxiv": Catalogue(RECORD)}))
    network = Catalogue(RECORD)
    outcome = resolve(
        [QUERY, OTHER], lock=decided, libraries=[Library([OTHER])], sources={"arxiv": network}, locked=True
    )
    assert [item.source for item in outcome.resolutions] == ["lock", ""]
    assert network.asked == []
    with pytest.raises(UsageError, match="no decision for Something Else Entirely"):
        resolve([QUERY, work("Something Else Entirely")], lock=decided, locked=True)
    with pytest.raises(UsageError):
        resolve([QUERY], locked=True)


def test_one_bad_record_costs_one_work(monkeypatch: pytest.MonkeyPatch) -> None:
    from cite2bib.resolve import lookup

    def choosy(query: Work, candidates: Sequence[Work], doubt: float = 0.0) -> object:
        if query is QUERY:
            raise ValueError("bad")
        return choose(query, candidates, doubt)

    monkeypatch.setattr(lookup, "choose", choosy)
    outcome = resolve([QUERY, OTHER], libraries=[Library([RECORD, OTHER])])
    assert "can't be weighed" in outcome.resolutions[0].reason
    assert outcome.resolutions[1].source == "library"


def test_two_records_that_fit_are_none() -> None:
    rivals = [
        work("Fast Model Editing at Scale", "Ann Bo; Cy Da", "2021"),
        work("Fast Model Editing at Scale", "Eve Fo; Gus Ha", "2021"),
    ]
    outcome = resolve([QUERY], libraries=[Library(rivals)])
    assert outcome.resolutions[0].work == QUERY
    assert outcome.resolutions[0].reason.startswith("two works fit")


def test_progress_is_told() -> None:
    told: list[tuple[str, int, int]] = []
    resolve([QUERY], sources={"arxiv": Catalogue()}, progress=lambda *step: told.append(step))
    assert told == [("arxiv", 0, 1), ("arxiv", 1, 1)]


def test_two_mentions_of_one_record_become_one() -> None:
    old = work("An Early Name of the Thing", "Eric Mitchell; Charles Lin", arxiv="2110.11309", origin="a.txt")
    new = work("Fast Model Editing at Scale", author_count="2", origin="b.txt")
    record = RECORD.with_field("DOI", "10.1234/x")
    outcome = resolve([old, new, OTHER], libraries=[Library([record])])
    once = distinct(outcome.resolutions)
    assert [str(place) for place in once[0].work.places] == ["a.txt", "b.txt"]
    assert [item.work.text("DOI") for item in once] == ["10.1234/x", ""]
