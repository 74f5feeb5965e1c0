"""The items of a list in JSON with their places, where one that is broken costs only itself."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from cite2bib.diagnostics import ReadError
from cite2bib.formats.text import span_at
from cite2bib.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator

STARTS = r'"(?:id|type|title|citation-key|DOI)"\s*:'  # what items of CSL-JSON start with
_SPACE = late(r"[\s,]*")


def of_list(
    text: str, position: int, path: str, starts: str = STARTS, *, is_whole: bool = True
) -> Iterator[tuple[int, Any]]:
    """The items of a list with their lines; an item that is broken as its error, and on with what looks like the next.

    `starts` is what items start with, `is_whole` that nothing stands behind the list.
    """
    line, counted = 1, 0
    position = skip(text, position)
    while text[position : position + 1] != "]":
        line += text.count("\n", counted, position)
        counted = position
        try:
            item, position = _member(text, position, path)
        except ReadError as error:
            item, position = error, _next_item(text, position, starts)
        yield line, item
        if position < 0:
            return
    if is_whole and (rest := skip(text, position + 1)) < len(text):
        yield line, ReadError("more text after the end of the list", span_at(text, rest, path))


def _member(text: str, position: int, path: str) -> tuple[Any, int]:
    """An item, and where the next one starts."""
    item, end = value_at(text, position, path)
    following = skip(text, end)
    if following == end and text[end : end + 1] not in {"]", "{", ""}:
        raise ReadError("expected ',' or ']'", span_at(text, end, path))
    return item, following


def _next_item(text: str, position: int, starts: str) -> int:
    """Where an item starts behind a broken one: on a line laid out as its own, or with what items start with; -1 for none."""
    lead = text[text.rfind("\n", 0, position) + 1 : position]
    shape = rf"\n{lead}\{{" if not lead.strip() else rf"[\s,}}]\{{(?=\s*{starts})"
    found = re.compile(shape).search(text, position + 1)
    return found.end() - 1 if found else -1


def skip(text: str, position: int) -> int:
    """The place behind blanks and commas."""
    found = _SPACE.match(text, position)
    return found.end() if found else position


def value_at(text: str, position: int, path: str) -> tuple[Any, int]:
    """The value that starts at a place, and where it ends."""
    try:
        return json.JSONDecoder().raw_decode(text, position)
    except json.JSONDecodeError as error:
        raise ReadError(f"broken JSON: {error.msg}", span_at(text, error.pos, path)) from None
    except (ValueError, RecursionError):  # a number of thousands of digits, brackets of thousands of levels
        raise ReadError("JSON beyond all measure", span_at(text, position, path)) from None
