"""The page on sources tells of each, and what it tells is so."""

from __future__ import annotations

import re
from pathlib import Path

from cite2bib.sources import SOURCES

PAGE = (Path(__file__).parents[2] / "docs" / "sources.md").read_text(encoding="utf-8")


def test_every_source_has_its_row() -> None:
    rows = dict(re.findall(r"^\| `(\w+)` \|(.*)$", PAGE, re.MULTILINE))
    assert list(rows) == [source.name for source in SOURCES]
    for source in SOURCES:
        assert f"{source.interval_s:g} s" in rows[source.name]
        assert ("_KEY" in rows[source.name]) == bool(source.key_header or source.key_param)
        asked_by = re.split(r",| and ", rows[source.name].split("|")[0])
        named = {name.replace("arxiv", "arXiv id") for name in source.identifiers}
        assert named <= {word.strip() for word in asked_by}, source.name
