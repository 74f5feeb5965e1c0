r"""BibTeX's string functions: `change.case$`, `purify$`, `width$` and their kin, byte for byte.

A string holds one byte of UTF-8 per character (Latin-1), because BibTeX counts bytes. Where an abbreviation would cut a
character in two, the character stays whole. The rules: "BibTeX'ing" and "Designing BibTeX Styles" (https://ctan.org/pkg/bibtex).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TypeAlias

Warn: TypeAlias = Callable[[str], None]

WHITE = frozenset(" \t")
SEPARATORS = frozenset("~-")
_UPPER = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_LOWER = frozenset("abcdefghijklmnopqrstuvwxyz")
# TeX Live's BibTeX takes every byte above ASCII for a letter.
LETTERS = _UPPER | _LOWER | frozenset(map(chr, range(128, 256)))
_DIGITS = frozenset("0123456789")
_TO_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
_TO_UPPER = str.maketrans("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")

# The control sequences that BibTeX knows as letters.
UPPER_LETTERS = frozenset({"L", "O", "OE", "AE", "AA"})
LOWER_LETTERS = frozenset({"i", "j", "l", "o", "oe", "ae", "aa", "ss"})
_TWO_LETTERS = frozenset({"oe", "OE", "ae", "AE", "ss"})
_WIDTHS_OF_LETTERS = {"ss": 500, "ae": 722, "oe": 778, "AE": 903, "OE": 1014}


def lower(text: str) -> str:
    """ASCII letters in lower case; everything else stays."""
    return text.translate(_TO_LOWER)


def upper(text: str) -> str:
    """ASCII letters in upper case; everything else stays."""
    return text.translate(_TO_UPPER)


def letters_end(text: str, start: int) -> int:
    """Where the run of letters from `start` ends."""
    while start < len(text) and text[start] in LETTERS:
        start += 1
    return start


def special_end(text: str, start: int, level: int = 1) -> int:
    """The index behind the brace that closes what is open at `start`, or the end of the text."""
    while start < len(text) and level > 0:
        level += (text[start] == "{") - (text[start] == "}")
        start += 1
    return start


def is_special(text: str, start: int) -> bool:
    r"""Whether a brace at level 0 opens a "special character" such as `{\'e}`."""
    return text.startswith("{\\", start)


def _level_after(text: str, level: int) -> int:
    return level + text.count("{") - text.count("}")


def add_period(text: str) -> str:
    """`add.period$`: a full stop, unless the last character but closing braces ends a sentence."""
    if not text:
        return ""
    last = text.rstrip("}")[-1:]
    return text if last in {".", "?", "!"} else text + "."


def substring(text: str, start: int, length: int) -> str:
    """`substring$`: from `start`, counted from 1, or from the end backwards when negative."""
    if length <= 0 or start == 0 or abs(start) > len(text):
        return ""
    first = start - 1 if start > 0 else max(0, len(text) + start + 1 - length)
    last = start - 1 + length if start > 0 else len(text) + start + 1
    return text[first:last]


def character_end(text: str, index: int) -> int:
    """The end of the UTF-8 character that `index` cuts in two; `index` itself where it cuts none."""
    while index < len(text) and "\x80" <= text[index] < "\xc0":
        index += 1
    return index


def text_length(text: str) -> int:
    """`text.length$`: braces don't count, a special character counts one."""
    count = index = level = 0
    while index < len(text):
        char = text[index]
        if char == "{" and level == 0 and is_special(text, index):
            index = special_end(text, index + 1)
            count += 1
            continue
        level = _next_level(level, char)
        count += char not in "{}"
        index += 1
    return count


def _next_level(level: int, char: str) -> int:
    if char == "{":
        return level + 1
    return max(0, level - 1) if char == "}" else level


def text_prefix(text: str, length: int) -> str:
    """`text.prefix$`: the first `length` characters, braces closed."""
    count = index = level = 0
    while index < len(text) and count < length:
        char = text[index]
        if char == "{" and level == 0 and is_special(text, index):
            end = special_end(text, index + 1)
            level = max(0, _level_after(text[index:end], level))
            index = end
            count += 1
            continue
        level = _next_level(level, char)
        count += char not in "{}"
        index += 1
    if length <= 0:
        return ""
    return text[: character_end(text, index)] + "}" * level


@cache
def _widths() -> dict[str, int]:
    from pybtex.charwidths import charwidths

    return {chr(code): charwidths.get(chr(code), 0) for code in range(32, 127)}


def width(text: str, warn: Warn) -> int:
    """`width$`: in hundredths of a point of the font cmr10."""
    widths = _widths()
    total = index = level = 0
    while index < len(text):
        char = text[index]
        if char == "{" and level == 0 and is_special(text, index):
            more, index = _special_width(text, index + 1, widths)
            total += more
            continue
        level = _checked_level(level, char, text, warn)
        total += widths.get(char, 0)
        index += 1
    return total


def _checked_level(level: int, char: str, text: str, warn: Warn) -> int:
    if char == "}" and level == 0:
        warn(f'"{text}" isn\'t a brace-balanced string')
    return _next_level(level, char)


def _special_width(text: str, index: int, widths: dict[str, int]) -> tuple[int, int]:
    """The width of a special character whose backslash stands at `index`, and where it ends."""
    total, level = 0, 1
    while index < len(text) and level > 0:
        start = index + 1
        index = letters_end(text, start)
        if index == start:
            index += 1  # a control sequence of one character that is no letter: an accent
        else:
            total += _letter_width(text[start:index], widths)
        while index < len(text) and text[index] in WHITE:
            index += 1
        while index < len(text) and level > 0 and text[index] != "\\":
            level += (text[index] == "{") - (text[index] == "}")
            total += 0 if text[index] in "{}" else widths.get(text[index], 0)
            index += 1
    return total, min(index, len(text))


def _letter_width(name: str, widths: dict[str, int]) -> int:
    if name not in UPPER_LETTERS | LOWER_LETTERS:
        return 0
    return _WIDTHS_OF_LETTERS.get(name) or widths.get(name[0], 0)


def purify(text: str) -> str:
    r"""`purify$`: letters, digits and spaces; of special characters what sorts.

    >>> purify(r"{\"O}zt-{\AE}rk {\noopsort{1973b}}1973")
    'Ozt AErk 1973b1973'
    """
    out: list[str] = []
    index = level = 0
    while index < len(text):
        char = text[index]
        if char == "{" and level == 0 and is_special(text, index):
            index = _purify_special(text, index + 1, out)
            continue
        if char in WHITE or char in SEPARATORS:
            out.append(" ")
        elif char in LETTERS or char in _DIGITS:
            out.append(char)
        level = _next_level(level, char)
        index += 1
    return "".join(out)


def _purify_special(text: str, index: int, out: list[str]) -> int:
    level = 1
    while index < len(text) and level > 0:
        start = index + 1
        index = letters_end(text, start)
        name = text[start:index]
        if name in UPPER_LETTERS or name in LOWER_LETTERS:
            out.append(name[: 2 if name in _TWO_LETTERS else 1])
        while index < len(text) and level > 0 and text[index] != "\\":
            char = text[index]
            if char in LETTERS or char in _DIGITS:
                out.append(char)
            level += (char == "{") - (char == "}")
            index += 1
    return index


def change_case(text: str, mode: str, warn: Warn) -> str:
    r"""`change.case$`: `t` lowers all but the first letter and those after a colon, `l` lowers, `u` raises.

    >>> change_case(r"The {DNA} of {\'E}tudes: A {\OE}uvre", "t", print)
    "The {DNA} of {\\'e}tudes: A {\\oe}uvre"
    """
    convert = upper if mode == "u" else lower
    out: list[str] = []
    index = level = 0
    after_colon = False
    while index < len(text):
        char = text[index]
        kept = mode == "t" and (index == 0 or (after_colon and text[index - 1] in WHITE))
        # A special character has at least four characters; `{\i` at the very end is left alone.
        if char == "{" and level == 0 and is_special(text, index) and index + 4 <= len(text) and not kept:
            index, after_colon = _change_special(text, index, convert, out), False
            continue
        if char not in "{}" and level == 0:
            out.append(char if kept else convert(char))
            after_colon = char == ":" or (after_colon and char in WHITE)
        else:
            out.append(char)
            after_colon = after_colon and char not in "{}"
        level = _checked_level(level, char, text, warn)
        index += 1
    if level > 0:
        warn(f'"{text}" isn\'t a brace-balanced string')
    return "".join(out)


def _change_special(text: str, index: int, convert: Callable[[str], str], out: list[str]) -> int:
    out.append("{")
    index, level = index + 1, 1
    while index < len(text) and level > 0:
        start = index + 1
        end = index = letters_end(text, start)
        name = text[start:end]
        if convert is upper and name in {"i", "j", "ss"}:
            out.append(upper(name))  # there is no control sequence for the capital: \ss becomes SS
            while index < len(text) and text[index] in WHITE:
                index += 1
        else:
            out.append("\\" + (convert(name) if name in UPPER_LETTERS | LOWER_LETTERS else name))
        start = index
        while index < len(text) and level > 0 and text[index] != "\\":
            level += (text[index] == "{") - (text[index] == "}")
            index += 1
        out.append(convert(text[start:index]))
    return index
