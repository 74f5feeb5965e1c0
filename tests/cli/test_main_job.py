"""The main job against catalogues on loopback, through the real habanero and requests-cache."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from catalogue import Catalogue
from cite2bib import http, pipeline, sources
from cite2bib.letters import fold
from cite2bib.model import Work
from cite2bib.pipeline.looking import Network, Outcome
from cite2bib.resolve import lock as locks
from loopback import FAULTS, Loopback

ROOT = Path(__file__).parent.parent.parent
SEEDS = ROOT / "seeds"


def known() -> list[dict[str, Any]]:
    """What the shipped lock knows of the seeds, with their abstracts, as a catalogue would."""
    lock = locks.read((ROOT / "cite2bib.lock").read_bytes(), "cite2bib.lock")
    found = ((work, lock.get(work)) for work in pipeline.read(SEEDS).works)
    told = [_told(work, decision.record) for work, decision in found if decision and decision.record]
    return list({entry["title"]: entry for entry in told}.values())


def _told(work: Work, record: Work) -> dict[str, Any]:
    date = record.date()
    told = {
        "title": record.text("title"),
        "authors": [str(name) for name in record.names("author")],
        "year": date.year if date else None,
        "venue": record.text("container-title"),
        "arxiv": record.text("arxiv"),
        "doi": record.text("DOI"),
        "abstract": work.text("abstract"),
    }
    return {name: value for name, value in told.items() if value}


def held(works: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The works that the made catalogues have: of the others nobody could tell a namesake."""
    return [work for work in works if work.get("arxiv") or work.get("doi")]


@pytest.fixture(scope="module")
def seeds() -> tuple[Work, ...]:
    return pipeline.read(SEEDS).works


@pytest.fixture
def catalogue() -> Catalogue:
    works = known()
    made = Catalogue.of(works)
    made.add_near_misses(held(works)[:120])
    return made


@pytest.fixture
def server(catalogue: Catalogue) -> Iterator[Loopback]:
    with Loopback(catalogue) as running:
        yield running


def network(server: Loopback, catalogue: Catalogue, folder: Path, **settings: Any) -> Network:
    quick = {
        "connect_timeout_s": 0.5,
        "read_timeout_s": 0.3,
        "total_timeout_s": 1.0,
        "longest_wait_s": 0.05,
        "retries": 1,
    }
    how = http.Settings(cache_path=folder / "answers.sqlite", **{**quick, **settings})
    return Network(how, sources.configured({}, catalogue.environ(server)))


def right(outcome: Outcome) -> int:
    """How many works were looked up; each must be the one that was meant."""
    by_title = {entry["title"]: entry for entry in known()}
    found = 0
    for item in outcome.items:
        decision = item.resolutions[0].decision
        if decision.record:
            found += 1
            expected = by_title[decision.record.text("title")]
            assert [str(name) for name in decision.record.names("author")] == expected["authors"]
    return found


def test_few_requests_and_none_the_second_time(
    server: Loopback, catalogue: Catalogue, seeds: tuple[Work, ...], tmp_path: Path
) -> None:
    outcome = pipeline.resolve(seeds, network=network(server, catalogue, tmp_path))
    assert len(outcome.items) == 275
    # What Crossref alone has, and of which the page says no more than the title, is left as it is.
    assert right(outcome) >= 0.95 * len(held(known()))
    assert server.count("/arxiv") <= 20
    unsettled = sum(
        item.resolutions[0].source != "arxiv"
        for item in outcome.items
        if item.resolutions[0].source != "lock"
    )
    assert server.count("/crossref") <= unsettled
    assert not outcome.silent
    before = len(server.seen)
    again = pipeline.resolve(seeds, network=network(server, catalogue, tmp_path))
    assert len(server.seen) == before
    assert [work.fields for work in again.works] == [work.fields for work in outcome.works]


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_no_fault_loses_a_work_or_makes_a_wrong_one(
    fault: str, server: Loopback, catalogue: Catalogue, seeds: tuple[Work, ...], tmp_path: Path
) -> None:
    server.fault = fault
    few = seeds[:60]
    outcome = pipeline.resolve(few, network=network(server, catalogue, tmp_path, most_bytes=2**16))
    assert [fold(work.text("title")) for work in outcome.works] == [fold(work.text("title")) for work in few]
    right(outcome)
    if fault != "charset":
        assert outcome.silent, "what happened must be told"
        assert any(line.code == "source-silent" for line in outcome.diagnostics)
    # The next run goes on from there.
    server.fault = ""
    later = pipeline.resolve(few, network=network(server, catalogue, tmp_path))
    assert right(later) > 40
    assert not later.silent


def test_empty_catalogues_leave_works_as_they_are(
    server: Loopback, catalogue: Catalogue, seeds: tuple[Work, ...], tmp_path: Path
) -> None:
    catalogue.empty = True
    outcome = pipeline.resolve(seeds[:20], network=network(server, catalogue, tmp_path))
    assert not any(item.resolutions[0].source for item in outcome.items)
    assert not outcome.silent


def test_nothing_listens(seeds: tuple[Work, ...], catalogue: Catalogue, tmp_path: Path) -> None:
    with Loopback(catalogue) as server:
        pass
    outcome = pipeline.resolve(seeds, network=network(server, catalogue, tmp_path))
    assert len(outcome.items) == 275
    assert set(outcome.silent) >= {"arxiv", "crossref"}


def test_offline_sends_nothing(
    server: Loopback, catalogue: Catalogue, seeds: tuple[Work, ...], tmp_path: Path
) -> None:
    first = pipeline.resolve(seeds[:60], network=network(server, catalogue, tmp_path))
    before = len(server.seen)
    offline = pipeline.resolve(seeds[:60], network=network(server, catalogue, tmp_path, offline=True))
    unknown = pipeline.resolve(seeds[100:120], network=network(server, catalogue, tmp_path, offline=True))
    assert len(server.seen) == before
    assert right(offline) == right(first) > 40
    assert len(unknown.items) == 20
    assert not unknown.silent


def test_the_lock_decides_before_everything_else(
    server: Loopback, catalogue: Catalogue, seeds: tuple[Work, ...], tmp_path: Path
) -> None:
    first = pipeline.resolve(seeds, network=network(server, catalogue, tmp_path))
    text = locks.write(first.lock)
    assert len(text.splitlines()) == 1 + 275
    before = len(server.seen)
    lock = locks.read(text.encode(), "cite2bib.lock")
    again = pipeline.resolve(seeds, lock=lock, network=network(server, catalogue, tmp_path / "new"))
    assert len(server.seen) == before
    assert locks.write(again.lock) == text
    locked = pipeline.resolve(seeds, lock=lock, locked=True)
    assert [json.dumps(str(work.fields)) for work in locked.works] == [
        json.dumps(str(work.fields)) for work in again.works
    ]
