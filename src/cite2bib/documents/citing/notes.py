"""Footnotes of a Markdown text: `[^1]` with its definition, and `^[inline]`. Where they stand, in which order they are read.

https://pandoc.org/MANUAL.html#footnotes
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from cite2bib.light import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEFINITION = re.compile(r"^[ ]{0,3}\[\^([^][\s]{1,200})\]:[ \t]*", re.MULTILINE)
_REFERENCE = re.compile(r"\[\^([^][\s]{1,200})\](?!:)")
_LINE = re.compile(r"[^\n]*(?:\n|\Z)")
_MARK = re.compile(r"\^?\[|\]|\n[ \t]*\n")


@dataclass(frozen=True, slots=True)
class Note:
    """One footnote: where its text stands, and where the reader is sent to it."""

    start: int  # of its text
    end: int
    anchor: int  # -1 when nothing refers to it


def notes(shown: str) -> list[Note]:
    """The footnotes of a text without code, by where their texts start."""
    defined = [
        (found[1], found.start(), found.end(), _end(shown, found.end()))
        for found in _DEFINITION.finditer(shown)
    ]
    starts = [start for _, start, _, _ in defined]
    anchors: dict[str, int] = {}
    for found in _REFERENCE.finditer(shown):
        before = bisect_right(starts, found.start()) - 1
        if before < 0 or found.start() >= defined[before][3]:  # outside of all definitions
            anchors.setdefault(found[1], found.start())
    listed = [Note(start, end, anchors.get(label, -1)) for label, _, start, end in defined]
    return sorted([*listed, *_inline(shown)], key=lambda note: note.start)


def labels(shown: str) -> frozenset[str]:
    """The labels that are taken."""
    return frozenset(found[1] for found in (*_DEFINITION.finditer(shown), *_REFERENCE.finditer(shown)))


def _end(text: str, place: int) -> int:
    """Behind the last paragraph of a definition: paragraphs after a blank line are indented."""
    end = place
    after_blank = False
    for found in _LINE.finditer(text, place):
        line = found[0]
        if not line:
            break
        is_first = found.start() == place
        if not line.strip():
            after_blank = True
            continue
        starts_anew = after_blank and not line.startswith(("    ", "\t"))
        if not is_first and (starts_anew or _DEFINITION.match(line)):
            break
        end, after_blank = found.end(), False
    return end


def _inline(text: str) -> Iterator[Note]:
    """Those that are closed in the paragraph they are opened in."""
    open_: list[int] = []  # where their texts start; -1 for other brackets
    for mark in _MARK.finditer(text):
        if mark[0] == "]":
            start = open_.pop() if open_ else -1
            if start >= 0:
                yield Note(start, mark.start(), start - 2)
        elif mark[0].endswith("["):
            open_.append(mark.end() if mark[0] == "^[" else -1)
        else:
            open_.clear()
