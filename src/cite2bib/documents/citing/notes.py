"""Footnotes of a Markdown text: `[^1]` with its definition, and `^[inline]`. Where they stand, in which order they are read.

https://pandoc.org/MANUAL.html#footnotes
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEFINITION = re.compile(r"^[ ]{0,3}\[\^([^\]\s]+)\]:[ \t]*", re.MULTILINE)
_REFERENCE = re.compile(r"\[\^([^\]\s]+)\](?!:)")
_INLINE = re.compile(r"\^\[")


@dataclass(frozen=True, slots=True)
class Note:
    """One footnote: where its text stands, and where the reader is sent to it."""

    start: int  # of its text
    end: int
    anchor: int  # -1 when nothing refers to it


def notes(shown: str) -> list[Note]:
    """The footnotes of a text without code, in the order of their definitions; inline ones where they stand."""
    defined = [
        (found[1], found.start(), found.end(), _end(shown, found.end()))
        for found in _DEFINITION.finditer(shown)
    ]
    inside = [(start, end) for _, start, _, end in defined]
    anchors: dict[str, int] = {}
    for found in _REFERENCE.finditer(shown):
        is_outside = not any(start <= found.start() < end for start, end in inside)
        if is_outside:
            anchors.setdefault(found[1], found.start())
    listed = [Note(start, end, anchors.get(label, -1)) for label, _, start, end in defined]
    return [*listed, *_inline(shown)]


def labels(shown: str) -> frozenset[str]:
    """The labels that are taken."""
    return frozenset(found[1] for found in (*_DEFINITION.finditer(shown), *_REFERENCE.finditer(shown)))


def _end(text: str, place: int) -> int:
    """Behind the last paragraph of a definition: paragraphs after a blank line are indented."""
    end = place
    after_blank = False
    for found in re.finditer(r"[^\n]*(?:\n|\Z)", text[place:]):
        line = found[0]
        if not line:
            break
        is_first = found.start() == 0
        if not line.strip():
            after_blank = True
            continue
        starts_anew = after_blank and not line.startswith(("    ", "\t"))
        if not is_first and (starts_anew or _DEFINITION.match(line)):
            break
        end, after_blank = place + found.end(), False
    return end


def _inline(text: str) -> Iterator[Note]:
    for found in _INLINE.finditer(text):
        depth = 1
        for mark in re.finditer(r"[\[\]]|\n[ \t]*\n", text[found.end() :]):
            depth += {"[": 1, "]": -1}.get(mark[0], -depth)
            if depth <= 0:
                if mark[0] == "]":
                    yield Note(found.end(), found.end() + mark.start(), found.start())
                break
