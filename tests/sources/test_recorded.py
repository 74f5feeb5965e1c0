"""What is read from each recorded answer stands beside it."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from dump import dump

from cite2bib.model import Date, Work
from cite2bib.records.arxiv import parse_feed
from cite2bib.records.crossref import work_from_crossref
from cite2bib.records.datacite import work_from_datacite

HERE = Path(__file__).parent
READERS: dict[str, Callable[[bytes], Sequence[Work]]] = {
    "arxiv": lambda data: parse_feed(data).works,
    "crossref": lambda data: [work_from_crossref(json.loads(data))],
    "datacite": lambda data: [work_from_datacite(json.loads(data))],
}
CASES = sorted(
    path for name in READERS for path in (HERE / name).iterdir() if path.suffix in {".json", ".atom"}
)


@pytest.mark.parametrize("case", CASES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_recorded(case: Path, golden: Any) -> None:
    golden(case.with_suffix(".works"), dump(READERS[case.parent.name](case.read_bytes())))


def test_every_shared_recording_is_read(shared: Path) -> None:
    for path in sorted((shared / "recordings" / "crossref").glob("*.json")):
        message = json.loads(path.read_bytes())["message"]
        for item in message.get("items", [message]):
            work = work_from_crossref(item)
            assert all(found.value for found in work.fields.values()), path
            assert "  " not in work.text("title"), path


def test_what_is_read_of_415_answers_can_be_matched(shared: Path) -> None:
    """All rows that Crossref returned for real references: a title each, and authors that are names."""
    lines = (
        (shared / "recordings/corpus/refchecker_crossref_415.jsonl").read_text(encoding="utf-8").splitlines()
    )
    items = [item for line in lines for item in json.loads(line)["items"]]
    works = [work_from_crossref(item) for item in items]
    assert len(works) > 1500
    assert sum(1 for work in works if work.text("title")) >= 0.99 * len(works)
    assert all(name.family or name.literal for work in works for name in work.names("author"))
    assert all(
        isinstance(found.value, str | tuple | Date) for work in works for found in work.fields.values()
    )
