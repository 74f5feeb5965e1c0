"""Numbers, and ranges of pages and locators: whether a text is one, its plural, and its forms.

https://docs.citationstyles.org/en/stable/specification.html#number and #page-ranges
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from cite2bib.light import NamedTuple
from cite2bib.patterns import late

if TYPE_CHECKING:
    from cite2bib.csl.ast import Term
    from cite2bib.csl.locale import Locale

# A number may have letters before or after it, or be Roman in small letters.
_UNIT = r"(?:\d[\dA-Za-z]*(?:/\d[\dA-Za-z]*)?|[A-Za-z]+\d+[A-Za-z]*|[ivxlcdm]+)"
_HYPHEN = r"\s*(?:--|[-–])\s*"
_RANGE = rf"{_UNIT}(?:{_HYPHEN}{_UNIT})*(?:{_HYPHEN}[A-Za-z]+)?"
_LABEL = r"(?:(?:app|art|bk|ch|col|fig|fol|l|n|no|op|pp?|para|pt|r|sec|supp|sv|vrs|vol)\.\s+)"
_LABELS = {
    "app": "appendix", "art": "article", "bk": "book", "ch": "chapter", "col": "column", "fig": "figure", "fol": "folio", "l": "line",
    "n": "note", "no": "issue", "op": "opus", "p": "page", "pp": "page", "para": "paragraph",
    "pt": "part", "r": "rule", "sec": "section", "supp": "supplement", "sv": "sub-verbo",
    "vrs": "verse", "vol": "volume",
}  # fmt: skip
_JOINT = r"(?:,?\s+(?:and|et|und|y|e)\s+|\s*,\s+(?:&\s+)?|\s*;\s+|\s*&\s*|\s+(?=[a-z]+\.\s))"
_OTHER_LABEL = r"(?:[a-z]+\.\s+)"  # behind the first number
_NUMERIC = late(rf"{_LABEL}?{_RANGE}(?:{_JOINT}{_OTHER_LABEL}?{_RANGE})*")
_CUT = late(rf"({_JOINT})")
_LABELLED = late(rf"({_OTHER_LABEL}?)(.*)", re.DOTALL)
_PAGES = frozenset(("page", "page-first"))
_NAMING = frozenset(("locator", "number"))  # say themselves what they count: "vol. 3"
_LABELLED_VARIABLES = _PAGES | _NAMING
_DASH = late(_HYPHEN)
# Whose hyphens are those of ranges, as in the reference; a version or a section may be called "2-13".
_RANGED = _PAGES | frozenset(
    (
        "chapter-number",
        "collection-number",
        "edition",
        "issue",
        "locator",
        "number",
        "number-of-pages",
        "number-of-volumes",
        "volume",
    )
)
_CAPITALS = late(rf"([IVXLCDM]+|\d+){_HYPHEN}([IVXLCDM]+|\d+)")
_COUNTED = late(rf"\d+{_HYPHEN}")
_PARTS = late(r"(.*?)(\d+)")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_LARGEST_ROMAN = 6000
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Part(NamedTuple):
    """A number or a range of a numeric text, the label that it brings, and what stands before it."""

    joint: str
    label: str
    units: tuple[str, ...]  # the numbers of a range
    dash: str = ""  # what stands between them

    @property
    def is_plural(self) -> bool:
        """Whether it is a range: "3-5" and "3-B", but not "12A-B"."""
        return len(self.units) > 1 and (
            self.units[0].isdigit() or not self.units[-1].isalpha() or _is_roman(self.units[-1])
        )


@lru_cache(maxsize=32_768)
def parse(text: str) -> tuple[Part, ...] | None:
    """The parts of a numeric text; None for any other.

    >>> parse("1-3, 5")
    (Part(joint='', label='', units=('1', '3'), dash='-'), Part(joint=', ', label='', units=('5',), dash=''))
    """
    text = text.strip()
    if bare := _digits(text):
        return (bare,)
    if not text or not _NUMERIC.fullmatch(text):
        return None
    pieces = _CUT.split(text)
    parts = []
    for place in range(0, len(pieces), 2):
        found = _LABELLED.fullmatch(pieces[place])
        assert found is not None
        joint = _spaced(pieces[place - 1]) if place else ""
        dash = _DASH.search(found[2])
        units = tuple(re.split(_HYPHEN, found[2]))
        parts.append(Part(joint, found[1].strip(" .\u00a0"), units, dash[0] if dash else ""))
    return tuple(parts)


def parse_of(text: str, variable: str) -> tuple[Part, ...] | None:
    """The parts of a variable's text: only pages, locators and plain numbers may begin with the label of something else.

    >>> parse_of("no. 3", "volume"), parse_of("no. 3", "page") is None
    (None, False)
    """
    parts = parse(text)
    if parts is None or not parts[0].label or not variable or variable in _LABELLED_VARIABLES:
        return parts
    return parts if _LABELS.get(parts[0].label.lower()) == variable else None


def _digits(text: str) -> Part | None:
    """A bare number or range, which most texts are: told without a pattern."""
    dash = next((sign for sign in "–-" if sign in text), "")
    units = text.split(dash) if dash else [text]
    return Part("", "", tuple(units), dash) if len(units) < 3 and all(map(_is_bare, units)) else None


def _is_bare(unit: str) -> bool:
    """Digits with letters at them, if any: "12", "e1204", "2nd"."""
    return unit.isascii() and unit.isalnum() and (unit[0].isdigit() or unit.lower().strip(_LETTERS).isdigit())


def _spaced(joint: str) -> str:
    bare = joint.strip()
    if bare == "&":
        return " & "
    return f"{bare} " if bare[:1] in {",", ";"} else f" {bare} ".replace("  ", " ")


def is_numeric(text: str, variable: str = "") -> bool:
    """Whether a text is numbers only (spec, is-numeric): with letters at them, in lists and ranges.

    >>> is_numeric("2nd"), is_numeric("1, 3-5 & D2"), is_numeric("second")
    (True, True, False)
    """
    return parse_of(text.replace("\\-", "").rstrip("-–"), variable) is not None


def is_plural(text: str, variable: str = "") -> bool:
    """Whether a text names more than one number: a range or a list, as far as it has one label.

    >>> is_plural("3-5"), is_plural("1 & 2"), is_plural("i-ix"), is_plural("3"), is_plural("12, p. 3-5")
    (True, True, True, False, False)
    """
    parts = parse_of(text, variable)
    if parts is None:
        return bool(_COUNTED.match(text))  # "3-5 passim"
    own = [
        part
        for number, part in enumerate(parts)
        if not number or not part.label or _LABELS.get(part.label.lower()) == variable
    ]
    return len(own) > 1 or any(part.is_plural for part in own)


def own_label(text: str) -> str:
    """The term for the label that a text begins with, "" for none.

    >>> own_label("vol. 3"), own_label("3")
    ('volume', '')
    """
    parts = parse(text)
    return _LABELS.get(parts[0].label.lower(), "") if parts else ""


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


class Form(NamedTuple):
    """How numbers are to be written."""

    locale: Locale
    variable: str = ""
    form: str = "numeric"  # or ordinal, long-ordinal, roman
    gender: str = ""
    page_format: str = ""

    @property
    def delimiter(self) -> str:
        """What stands between the ends of a range."""
        return self.locale.term("page-range-delimiter") or "–"

    def keeps(self, dash: str) -> bool:
        """Whether a dash stays as it is: one that is typeset everywhere but in pages, as in the reference."""
        if self.variable not in _RANGED:
            return True
        return "–" in dash and self.variable not in _PAGES


def written(text: str, how: Form) -> str:
    """A text with its numbers in a form; what is not numeric stays as it is."""
    if "\\-" in text:
        return text.replace("\\-", "-")
    parts = parse_of(text, how.variable)
    if parts is None:
        ends = _CAPITALS.fullmatch(text)
        return text if ends is None or how.keeps(text) else f"{ends[1]}{how.delimiter}{ends[2]}"
    if how.form == "numeric" and len(parts) == 1 and not parts[0].label and len(parts[0].units) == 1:
        return parts[0].units[0]
    out = []
    for number, part in enumerate(parts):
        label = _label(part, number, how)
        # What has a label of its own is not counted in the form asked for.
        plain = how._replace(form="numeric") if label and (number or how.variable != "page") else how
        typeset = len(part.units) > 2 and "–" in part.dash
        if part.dash and (typeset or how.keeps(part.dash)):
            numbers = part.dash.join(_number(unit, plain) for unit in part.units)
        else:
            numbers = _range(part.units, plain)
        out.append(part.joint + label + numbers)
    return "".join(out)


def _label(part: Part, number: int, how: Form) -> str:
    """The label of a part as the locale has it; that of the variable itself is left out."""
    if not part.label:
        return ""
    term = _LABELS.get(part.label.lower(), "")
    if term == how.variable or (how.variable in _NAMING and not number):
        return ""
    found = how.locale.term(term, "short", plural=part.is_plural)
    return f"{found or part.label + '.'} "


def _range(units: tuple[str, ...], how: Form) -> str:
    if len(units) == 1:
        return _number(units[0], how)
    *first, start, end = units
    before = "".join(f"{_number(unit, how)}-" for unit in first)
    return before + _pair(start, end, how)


def _number(unit: str, how: Form) -> str:
    if how.form == "numeric" or not unit.isdigit() or unit.startswith("0"):
        return unit
    match how.form:
        case "roman":
            return roman(int(unit))
        case "long-ordinal":
            return long_ordinal(int(unit), how.locale, how.gender)
    return ordinal(int(unit), how.locale, how.gender)


def _pair(start: str, end: str, how: Form) -> str:
    first, last = _PARTS.fullmatch(start), _PARTS.fullmatch(end)
    written_first, written_last = _number(start, how), _number(end, how)
    if (end.isalpha() and not _is_roman(end)) or (first and last and first[1] != last[1]):
        return f"{written_first}-{written_last}"
    if not how.page_format or not first or not last:
        return f"{written_first}{how.delimiter}{written_last}"
    expanded = last[2].rjust(len(first[2]), "\0")
    expanded = "".join(first[2][i] if char == "\0" else char for i, char in enumerate(expanded))
    if int(expanded) < int(first[2]):
        return f"{start}-{end}"
    prefix = first[1] if how.page_format == "expanded" else ""
    return f"{start}{how.delimiter}{prefix}{shortened(first[2], expanded, how.page_format)}"


def _is_roman(unit: str) -> bool:
    return all(char in "ivxlcdm" for char in unit) or all(char in "IVXLCDM" for char in unit)


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
