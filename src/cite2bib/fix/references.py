"""Keys inside a .bib that name other entries: `crossref`, `xdata`, `related` and the like."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib.formats.bibtex.syntax import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cite2bib.fix.entries import Entry, File

FIELDS = ("crossref", "xref", "xdata", "related", "entryset")
_NAMED = re.compile(rf"(?i:{'|'.join(FIELDS)})\s*=")
_KEY = re.compile(r"[^\s,{}\"]+")


def referring(file: File) -> list[tuple[Entry, str, int, int]]:
    """Each key that an entry names, and where it stands."""
    if "referring" not in file.kept:
        file.kept["referring"] = list(_named(file)) if _NAMED.search(file.text) else []
    named: list[tuple[Entry, str, int, int]] = file.kept["referring"]
    return named


def _named(file: File) -> Iterator[tuple[Entry, str, int, int]]:
    for entry in file.entries:
        if not any(name.lower() in FIELDS for name, _ in entry.values):
            continue
        for item in entry.items:
            if item.name in FIELDS:
                for start, end in item.literals():
                    for found in _KEY.finditer(file.text, start, end):
                        yield entry, found[0], found.start(), found.end()


def in_file(file: File, renamed: Mapping[str, str]) -> list[Edit]:
    """The edits that carry a renaming into the fields that name other entries."""
    lower = {old.lower(): new for old, new in renamed.items()}
    return [
        Edit(start, end, lower[key.lower()]) for _, key, start, end in referring(file) if key.lower() in lower
    ]
