"""A text of references that is too long to hold, read piece by piece: the works of each, with their lines in the whole.

A list of a million references takes no more memory than one of two thousand; a manuscript, whose parts need one another,
is never so long.
"""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING

from cite2bib.diagnostics import ReadError
from cite2bib.light import NamedTuple, replace

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cite2bib.diagnostics import Diagnostic
    from cite2bib.model import Origin, Work

LONG = 4_000_000  # bytes: from here on a text is a list
_PIECE = 250_000  # bytes, some 1,500 references
_BEGINS = re.compile(rb"\n(?=[ \t]*(?:\[\w{1,8}\]|\d{1,7}[.)]|[-*+]|\xe2\x80\xa2)[ \t])")


class Piece(NamedTuple):
    """Some lines of a text, and how many there are before them."""

    before: int
    data: bytes


def is_list(head: bytes, path: str) -> bool:
    """Whether these are the first bytes of a text without a structure of its own."""
    from cite2bib.documents import registry
    from cite2bib.extract.choosing import choose

    if b"\0" in head:  # UTF-16, whose lines end otherwise
        return False
    try:
        return choose(head, path) in {registry.get("text"), registry.get("markdown")}
    except ReadError:
        return False


def split(source: IO[bytes], _path: str) -> Iterator[Piece]:
    """The pieces of a text, none of which ends within a reference if that can be told, and none of which is a mere rest."""
    before, data = 0, b""
    while more := source.read(_PIECE):
        data += more
        if len(data) >= 2 * _PIECE:
            end = _end(data[:_PIECE])
            yield Piece(before, data[:end])
            before += data.count(b"\n", 0, end)
            data = data[end:]
    if data:
        yield Piece(before, data)


def _end(data: bytes) -> int:
    """Where a piece ends: behind an empty line, else before a number or bullet, else behind a line."""
    half = len(data) // 2
    for mark in (b"\n\n", b"\n\r\n"):
        if (place := data.rfind(mark, half)) >= 0:
            return place + len(mark)
    begins = [found.end() for found in _BEGINS.finditer(data, half)]
    return begins[-1] if begins else data.rfind(b"\n", half) + 1 or len(data)


def read(piece: Piece, path: str, _number: int) -> Iterator[Work | Diagnostic]:
    """The works that a piece names, placed in the whole text."""
    from cite2bib.extract import read_any

    result = read_any(piece.data, path)
    yield from (_told_at(item, piece.before) for item in result.diagnostics)
    moved: dict[Origin, Origin] = {}
    for work in result.works:
        yield _placed_at(work, path, piece.before, moved)


def _told_at(item: Diagnostic, before: int) -> Diagnostic:
    if not (item.span and item.span.line):
        return item
    return item._replace(span=item.span._replace(line=item.span.line + before))


def _placed_at(work: Work, path: str, before: int, moved: dict[Origin, Origin]) -> Work:
    def at(origin: Origin) -> Origin:
        if origin.source != path or not origin.locator.isdecimal():
            return origin
        if origin not in moved:
            moved[origin] = origin._replace(locator=str(int(origin.locator) + before))
        return moved[origin]

    fields = {name: field._replace(origin=at(field.origin)) for name, field in work.fields.items()}
    return replace(work, fields=fields, places=tuple(map(at, work.places)))
