"""A text of references read piece by piece: the same works, at the same lines, as when it is read as a whole."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest

from cite2bib import formats
from cite2bib.extract import read_any
from cite2bib.model import Work
from cite2bib.pipeline import batches, pieces
from cite2bib.pipeline.looking import Network
from index_made import disk_of
from resolve_works import work

WORDS = (
    "amber birch cedar dogwood elder fir ginkgo hazel ivy juniper larch maple nutmeg oak poplar rowan".split()
)
SAID = [
    f"Doe, J., & Roe, R. ({1950 + number}). On the {WORDS[number % 16]} and {WORDS[number // 4 % 16]} forests of region {number}. "
    f"Journal of Made Things, {number + 1}, 1-9."
    for number in range(60)
]
LAYOUTS = {
    "one a line": "\n".join(SAID) + "\n",
    "empty lines between, broken": "\n\n".join(item.replace(" forests", "\nforests") for item in SAID),
    "numbered": "\n".join(f"[{number}] {item}" for number, item in enumerate(SAID, 1)),
    "bullets, no end": "\n".join(f"- {item}" for item in SAID),
}  # fmt: skip


def told(works: Any) -> list[tuple[str, str]]:
    return [(item.text("title"), item.places[0].locator if item.places else "") for item in works]


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "LONG", 0)
    monkeypatch.setattr(pieces, "_PIECE", 2_000)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_same_as_from_the_whole(layout: str) -> None:
    data = LAYOUTS[layout].encode()
    parts = list(pieces.split(io.BytesIO(data), "refs.txt"))
    assert len(parts) > 2
    assert b"".join(piece.data for piece in parts) == data
    found = [item for piece in parts for item in pieces.read(piece, "refs.txt", 1) if isinstance(item, Work)]
    assert told(found) == told(read_any(data, "refs.txt").works)
    assert len(found) == 60


def test_a_line_without_end_is_cut() -> None:
    data = b"word " * 4_000
    parts = list(pieces.split(io.BytesIO(data), "long.txt"))
    assert b"".join(piece.data for piece in parts) == data
    assert max(len(piece.data) for piece in parts) < 10_000


@pytest.mark.parametrize(
    ("head", "name", "is_list"),
    [
        (b"A title. 2001.\n", "refs.txt", True),
        (b"# Reading\n", "refs.md", True),
        ("A title\n".encode("utf-16"), "refs.txt", False),
        (b"<html><body>", "refs.txt", False),
        (b"\\documentclass{article}\n\\begin{document}", "paper.tex", False),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a.png", False),
    ],
)
def test_what_is_read_in_pieces(head: bytes, name: str, is_list: bool) -> None:
    assert pieces.is_list(head, name) is is_list


def test_a_long_text_goes_through_batches(tmp_path: Path) -> None:
    known = [work("On the amber and amber forests of region 0", "J. Doe; R. Roe", "1950", DOI="10.1234/0")]
    disk_of(tmp_path / "ix", known).close()
    path, output = tmp_path / "refs.txt", tmp_path / "out.jsonl"
    path.write_text(LAYOUTS["one a line"])
    wishes = batches.Wishes(
        output,
        formats.get("jsonl"),
        formats.WriteOptions(losses=False),
        index=tmp_path / "ix",
        network=Network(),
    )
    result = batches.run([path], wishes)
    assert (result.counts["mentions"], result.counts["works"], result.counts["in ix"]) == (60, 60, 1)
    last = formats.get("jsonl").read(output.read_bytes(), "out").works[-1]
    assert last.places[0].locator == "60"
