"""Indexes of made works, for tests."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from cite2bib.index.disk import Disk
from cite2bib.index.writing import Writer
from cite2bib.model import Work


def disk_of(folder: Path, works: Iterable[Work]) -> Disk:
    """An index that holds some works."""
    with Writer(folder) as writer:
        for work in works:
            writer.add(work)
        writer.commit()
        writer.finish()
    return Disk(folder)


def arxiv_line(number: int, title: str, family: str = "Doe", updated: str = "2020-01-01") -> dict[str, Any]:
    """A line of arXiv's snapshot."""
    return {
        "id": f"2001.{number:05d}", "title": title, "authors": f"Jane {family}", "authors_parsed": [[family, "Jane", ""]],
        "categories": "cs.LG", "abstract": "  All about it.\n", "comments": None, "doi": None, "journal-ref": None,
        "versions": [{"version": "v1", "created": "Mon, 6 Jan 2020 19:18:42 GMT"}], "update_date": updated,
    }  # fmt: skip


def write_lines(path: Path, rows: Sequence[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def titles_of(works: Iterable[Work]) -> list[str]:
    return [work.text("title") for work in works]
