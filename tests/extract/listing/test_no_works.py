"""Documents without any work: lives, meetings, kitchens, logs, shops. Nothing of them becomes an entry."""

from __future__ import annotations

from pathlib import Path

import pytest

from cite2bib import extract

NONE = sorted((Path(__file__).parent / "none").iterdir())


@pytest.mark.parametrize("path", NONE, ids=lambda path: path.name)
def test_nothing_is_found(path: Path) -> None:
    works = extract.read_any(path.read_bytes(), path.name).works
    assert not [work.text("title") or dict(work.fields) for work in works]
