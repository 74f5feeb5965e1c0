"""Numbers, and ranges of pages and locators: whether a text is one, its plural, and its forms.

https://docs.citationstyles.org/en/stable/specification.html#number and #page-ranges
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cite2bib.csl.locale import Locale, Term

_UNIT = r"[^\W\d_]*\d+[^\W\d_]*"
_NUMERIC = re.compile(rf"{_UNIT}(?:\s*(?:,|&|-|–|—)\s*{_UNIT})*")
_ROMAN_NUMBER = r"[ivxlcdm]+|[IVXLCDM]+"
_RANGE_START = r"(?:[^\s,&;–—-]*\d[^\s,&;–—-]*)"
_RANGE_END = rf"(?:[^\s,&;–—-]*\d[^\s,&;–—-]*|{_ROMAN_NUMBER})"
_RANGE = re.compile(rf"(?<!\\)(?<![^\s,&;(\[])({_RANGE_END})\s*(?:-|–|—|--)\s*({_RANGE_END})(?![^\s,&;.)\]])")
_SEVERAL = re.compile(rf"{_RANGE_END}\s*(?:,\s*(?:and\s|&\s)?|&|\band\b|;)\s*{_RANGE_END}")
_PARTS = re.compile(r"(.*?)(\d+)")
_DIGITS = re.compile(r"\d+")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST_ROMAN = 6000


@lru_cache(maxsize=16_384)
def is_numeric(text: str) -> bool:
    """Whether a text is numbers only, with a prefix or suffix of letters or none (spec, is-numeric).

    >>> is_numeric("2nd"), is_numeric("1, 3-5 & D2"), is_numeric("second")
    (True, True, False)
    """
    return bool(_NUMERIC.fullmatch(text.strip()))


@lru_cache(maxsize=16_384)
def is_plural(text: str) -> bool:
    """Whether a text names more than one number: a range or a list.

    >>> is_plural("3-5"), is_plural("1 & 2"), is_plural("i-ix"), is_plural("3"), is_plural("Michaelson-Morely")
    (True, True, True, False, False)
    """
    return bool(_RANGE.search(text) or _SEVERAL.search(text))


def roman(number: int) -> str:
    """A number in lower-case Roman numerals; too large a one in digits.

    >>> roman(1994)
    'mcmxciv'
    """
    if not 0 < number < _LARGEST_ROMAN:
        return str(number)
    out = []
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        out.append(letters * count)
    return "".join(out)


def ordinal(number: int, locale: Locale, gender: str = "") -> str:
    """A number with its ordinal suffix, in the gender of what is counted."""
    return f"{number}{_suffix(number, locale, gender)}"


def _suffix(number: int, locale: Locale, gender: str) -> str:
    for wanted in (number % 100, number % 10):
        for form in (gender, "") if gender else ("",):
            term = locale.find(f"ordinal-{wanted:02d}", "long", form)
            if term is not None and _matches(number, wanted, term):
                return term.single
    for form in (gender, "") if gender else ("",):
        term = locale.find("ordinal", "long", form)
        if term is not None:
            return term.single
    return ""


def _matches(number: int, wanted: int, term: Term) -> bool:
    match term.match or ("last-digit" if wanted < 10 else "last-two-digits"):
        case "whole-number":
            return number == wanted
        case "last-two-digits":
            return number % 100 == wanted
    return number % 10 == wanted % 10


def long_ordinal(number: int, locale: Locale, gender: str = "") -> str:
    """A number up to ten as a word; a larger one with its suffix."""
    for form in (gender, "") if gender else ("",):
        term = locale.find(f"long-ordinal-{number:02d}", "long", form)
        if term is not None:
            return term.single
    return ordinal(number, locale, gender)


def formatted(text: str, form: str, locale: Locale, gender: str = "") -> str:
    """The numbers of a numeric text in a form: numeric, ordinal, long-ordinal or roman."""
    if form == "numeric":
        return text

    def change(found: re.Match[str]) -> str:
        value = int(found[0])
        if form == "roman":
            return roman(value)
        return ordinal(value, locale, gender) if form == "ordinal" else long_ordinal(value, locale, gender)

    return re.sub(r"(?<![^\W_])\d+(?![^\W_])", change, text)


_LABELLED = re.compile(r",?\s*\b([A-Za-z]+)\.\s*(?=\d)")
_LABELS = {
    "p": "page", "pp": "page", "vol": "volume", "vols": "volume", "no": "issue", "nos": "issue", "ch": "chapter",
    "chap": "chapter", "sec": "section", "para": "paragraph", "fol": "folio", "col": "column", "fig": "figure",
    "pt": "part", "bk": "book", "op": "opus", "v": "verse", "l": "line", "n": "note",
}  # fmt: skip


def parted(text: str, locale: Locale) -> tuple[str, str]:
    """A number, and what follows it under a label of its own: "7, p. 3-8" is "7" and ", pp. 3-8"."""
    found = _LABELLED.search(text)
    if found is None or not found.start() or found[1].lower() not in _LABELS:
        return text, ""
    rest = text[found.end() :]
    term = locale.term(_LABELS[found[1].lower()], "short", plural=is_plural(rest))
    return (text[: found.start()], f", {term} {rest}") if term else (text, "")


def normalized(text: str) -> str:
    """A numeric text with its separators spaced as the specification asks.

    >>> normalized("1 ,2&3 - 4")
    '1, 2 & 3-4'
    """
    text = re.sub(r"\s*,\s*", ", ", text.strip())
    text = re.sub(r"\s*&\s*", " & ", text)
    return re.sub(r"\s*([-–—])\s*", r"\1", text)


def ranges(text: str, page_format: str, delimiter: str) -> str:
    """A page or locator text with its ranges in a format, joined by the locale's delimiter.

    >>> ranges("321-325", "minimal", "–"), ranges("42-5", "expanded", "–"), ranges("n11564-1568", "chicago", "–")
    ('321–5', '42–45', 'n11564-1568')
    """
    if "-" not in text and "–" not in text and "—" not in text:
        return text
    changed = _RANGE.sub(lambda found: _range(found[1], found[2], page_format, delimiter), text)
    return changed.replace("\\-", "-")


def _range(first: str, last: str, page_format: str, delimiter: str) -> str:
    if not page_format:
        return f"{first}{delimiter}{last}"
    start, end = _PARTS.fullmatch(first), _PARTS.fullmatch(last)
    if not start or not end:
        if _DIGITS.search(first + last):
            return f"{first}-{last}"
        return f"{first}{delimiter}{last}"  # Roman numbers
    if start[1] != end[1]:
        return f"{first}-{last}"
    expanded = end[2].rjust(len(start[2]), "\0")
    expanded = "".join(start[2][i] if char == "\0" else char for i, char in enumerate(expanded))
    if int(expanded) < int(start[2]):
        return f"{first}-{last}"
    shown = shortened(start[2], expanded, page_format)
    prefix = start[1] if page_format == "expanded" else ""
    return f"{first}{delimiter}{prefix}{shown}"


def shortened(first: str, last: str, page_format: str) -> str:
    """The last page of a range, both given in full, as far as a format shows it."""
    if len(first) != len(last):
        return last
    match page_format:
        case "minimal":
            return _changed(first, last, 1)
        case "minimal-two":
            return _changed(first, last, 2)
        case "chicago" | "chicago-15" | "chicago-16":
            return _chicago(first, last, four_digits=page_format != "chicago-16")
    return last


def _changed(first: str, last: str, at_least: int) -> str:
    same = next((i for i in range(len(first)) if first[i] != last[i]), len(first))
    return last[min(same, len(last) - at_least) :] if len(last) > at_least else last


def _chicago(first: str, last: str, *, four_digits: bool) -> str:
    """The Chicago Manual of Style's rule (spec, Appendix V)."""
    number = int(first)
    if number < 100 or number % 100 == 0:
        return last
    if number % 100 < 10:
        return _changed(first, last, 1)
    shown = _changed(first, last, 2)
    if four_digits and len(first) == 4 and len(shown) == 3:
        return last
    return shown
