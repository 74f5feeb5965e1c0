"""What becomes of two punctuation marks that meet: the tables, and which one applies where.

The reference decides by what the two belong to (text, affix or delimiter), how deep they stand, and formatting between.
The fixtures punctuation_FullMonty* show the table for neighbours; the others were observed with citeproc-js.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MARKS = frozenset(":.;!?,")
INTO_QUOTES = frozenset(".!?,")  # with punctuation-in-quote
OUT_OF_QUOTES = frozenset(",;:")  # without


class Side(Enum):
    """What a piece of text is to its element."""

    TEXT = auto()
    PREFIX = auto()
    TEXT_SUFFIX = auto()  # of an element that holds text
    SUFFIX = auto()  # of a group
    DELIMITER = auto()


# Left and right, both, or one of them.
_NEIGHBOURS = {
    left + right: merged
    for left, row in {
        ":": {":": ":", ".": ":", ";": ":;", "!": "!", "?": "?", ",": ":,"},
        ".": {":": ".:", ".": ".", ";": ".;", "!": ".!", "?": ".?", ",": ".,"},
        ";": {":": ";", ".": ";", ";": ";", "!": "!", "?": "?", ",": ";,"},
        "!": {":": "!", ".": "!", ";": "!;", "!": "!", "?": "!?", ",": "!,"},
        "?": {":": "?", ".": "?", ";": "?;", "!": "?!", "?": "?", ",": "?,"},
        ",": {":": ",:", ".": ",.", ";": ",;", "!": ",!", "?": ",?", ",": ","},
    }.items()
    for right, merged in row.items()
}
# A suffix and what follows its element's parent: some pairs change places.
_NESTED = _NEIGHBOURS | {":.": ".:", ";:": ":;", ";.": ".;", ";!": "!;", ";?": "?;", "!.": ".!", "?.": ".?"}
_EQUAL = {pair: pair[0] if pair[0] == pair[1] else pair for pair in _NEIGHBOURS}
_KEPT = {pair: pair for pair in _NEIGHBOURS}
_TEXTS = _NEIGHBOURS | {",,": ",,"}
_BEFORE_TEXT = _EQUAL | {",,": ",,"}
_QUOTED_IN = _NEIGHBOURS | {";:": ";:", "!:": "!:", "?:": "?:"}
_QUOTED_OUT = _NEIGHBOURS | {"!:": "!:", "!.": "!.", "?:": "?:", "?.": "?."}


def table(
    left: Side, right: Side, *, nested: bool, left_formatted: bool, right_formatted: bool, format_closed: bool
) -> Mapping[str, str]:
    """The table for two pieces; `nested` says that the left one's parent has ended between them."""
    both = left_formatted and right_formatted
    if right is Side.PREFIX and (left is Side.PREFIX or format_closed or both):
        return _KEPT
    match left:
        case Side.PREFIX:
            return _BEFORE_TEXT
        case Side.DELIMITER:
            return _BEFORE_TEXT if right is Side.TEXT else _EQUAL
        case Side.TEXT:
            if right is Side.TEXT:
                return _KEPT if format_closed else _EQUAL if right_formatted else _TEXTS
            return _after_text(
                right, nested=nested, formatted=left_formatted, right_formatted=right_formatted
            )
    if right is Side.TEXT:
        return _KEPT if left_formatted else _TEXTS
    if nested:
        return _NESTED if left is Side.TEXT_SUFFIX else _NEIGHBOURS
    return _EQUAL if right is Side.DELIMITER or right_formatted else _NEIGHBOURS


def _after_text(right: Side, *, nested: bool, formatted: bool, right_formatted: bool) -> Mapping[str, str]:
    if formatted and not nested:
        return _EQUAL
    return _EQUAL if right_formatted and right is Side.PREFIX else _NEIGHBOURS


def quoted_table(*, into_quotes: bool, nested: bool) -> Mapping[str, str]:
    """The table for a mark that ends a quotation and one that follows it."""
    if nested:
        return _NEIGHBOURS
    return _QUOTED_IN if into_quotes else _QUOTED_OUT
