"""The seed documents against what public lists say of their works: read, deduplicated, looked up, locked."""

from __future__ import annotations

from pathlib import Path

import pytest

from cite2bib.documents import registry
from cite2bib.extract import listing
from cite2bib.formats.jsonl import read_jsonl
from cite2bib.index.memory import Library
from cite2bib.model import Work
from cite2bib.resolve import lock
from cite2bib.resolve.dedupe import dedupe
from cite2bib.resolve.lookup import Outcome, resolve
from cite2bib.resolve.match import people
from cite2bib.titles import key


@pytest.fixture(scope="module")
def works(shared_folder: Path) -> list[Work]:
    found: list[Work] = []
    for path in sorted((shared_folder / "seeds").glob("0*.txt")):
        found += listing.read(registry.read(path.read_bytes(), path.name).document).works
    assert len(found) == 281
    return [group.work for group in dedupe(found)]


@pytest.fixture(scope="module")
def library(shared_folder: Path) -> Library:
    path = shared_folder / "known" / "seed-works.jsonl"
    return Library(read_jsonl(path.read_bytes(), path.name).works, path.name)


@pytest.fixture(scope="module")
def outcome(works: list[Work], library: Library) -> Outcome:
    return resolve(works, libraries=[library])


def test_each_work_once_in_the_order_of_the_documents(works: list[Work]) -> None:
    assert len(works) == 275
    assert len({key(item.text("title")) for item in works}) == 275
    assert [item.places[0].source for item in works] == sorted(item.places[0].source for item in works)


def test_nearly_all_known_works_are_taken_and_no_other(outcome: Outcome) -> None:
    taken = [item for item in outcome.resolutions if item.decision.record]
    assert len(taken) >= 235
    for item in taken:
        assert item.decision.record is not None
        assert key(item.decision.record.text("title")) == key(item.query.text("title"))
        names = people.named(item.work.names("author"))
        count = item.query.text("author-count")
        # The page's own count says which list is right.
        assert not count or int(count) == len(names)


def test_what_is_left_has_a_reason(outcome: Outcome) -> None:
    left = [item for item in outcome.resolutions if not item.decision.record]
    assert all(item.reason for item in left)
    assert [item.reason for item in left if "3 authors against 2" in item.reason]


def test_the_lock_gives_the_same_without_the_library(outcome: Outcome, works: list[Work]) -> None:
    text = lock.write(lock.Lock({}).joined(outcome.decisions))
    kept = lock.read(text.encode(), lock.NAME)
    again = resolve(works, lock=kept)
    for before, after in zip(outcome.resolutions, again.resolutions, strict=True):
        assert before.work == after.work
    assert lock.write(kept.joined(again.decisions)) == text
    assert len(text.splitlines()) == 1 + len(works)
    assert resolve(works, lock=kept, locked=True).resolutions == again.resolutions
