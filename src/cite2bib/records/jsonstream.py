"""The items of a JSON list of any size, one after the other: `[...]`, or the first list in `{"items": [...]}`."""

from __future__ import annotations

import codecs
import json
import re
from typing import IO, TYPE_CHECKING, Any

from cite2bib.diagnostics import ReadError, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_CHUNK = 1 << 18  # bytes
_LARGEST = 16 << 20  # letters of one item: what is larger is no record
_LONGEST_OPENING = 1 << 16
_SKIPPED = re.compile(r"[\s,]*")
# What may stand before the list: members that are no lists of objects themselves.
_OPENING = re.compile(
    r'\ufeff?\s*(?:\[|\{(?:[^\[]|\[\s*(?!\s*\{))*?"(?:items|results|data|references)"\s*:\s*\[)'
)
_decode = json.JSONDecoder().raw_decode


def stream(source: IO[bytes], path: str = "") -> Iterator[Any]:
    """The items; what is no list of JSON raises `ReadError`."""
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    text, place, is_end = "", 0, False
    started = False
    while True:
        if not started and (opening := _OPENING.match(text, 0, _LONGEST_OPENING)):
            started, place = True, opening.end()
        if started:
            found, place, is_closed = _items(text, place, is_end=is_end, path=path)
            yield from found
            if is_closed:
                return
        if is_end or len(text) - place > (_LARGEST if started else _LONGEST_OPENING + _CHUNK):
            raise ReadError(
                "broken JSON: the list does not end" if started else "no list of records", Span(path)
            )
        data = source.read(_CHUNK)
        is_end = not data
        text, place = text[place:] + decoder.decode(data, final=is_end), 0


def first(head: bytes) -> list[Any] | None:
    """The whole items in the first bytes of such a list; None for what is none."""
    text = head.decode("utf-8", "replace")
    opening = _OPENING.match(text)
    if opening is None:
        return None
    try:
        return _items(text, opening.end(), is_end=False, path="")[0]
    except ReadError:
        return []


def _items(text: str, place: int, *, is_end: bool, path: str) -> tuple[list[Any], int, bool]:
    """The whole items from a place on, where they end, and whether the list does."""
    found: list[Any] = []
    while True:
        skipped = _SKIPPED.match(text, place)
        place = skipped.end() if skipped else place
        if place == len(text):
            return found, place, False
        if text[place] == "]":
            return found, place + 1, True
        try:
            item, end = _decode(text, place)
        except json.JSONDecodeError as error:
            if is_end or (text[place] not in "{[" and len(text) - place > 1000):
                raise ReadError(f"broken JSON: {error.msg}", Span(path)) from None
            return found, place, False
        except (ValueError, RecursionError):
            raise ReadError("JSON beyond all measure", Span(path)) from None
        found.append(item)
        place = end
