"""Months, pages, and the check digits of ISBN and ISSN."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib.fix.finding import Found, Rule
from cite2bib.formats.bibtex.syntax import Edit
from cite2bib.formats.bibtex.tables import MONTHS
from cite2bib.identifiers import normal_isbn, normal_issn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cite2bib.fix.entries import Entry, Item

_NAMES = "january february march april may june july august september october november december".split()
_MONTHS = (
    dict(zip(_NAMES, MONTHS, strict=True))
    | {macro: macro for macro in MONTHS}
    | {"sept": "sep"}
    | {str(number): macro for number, macro in enumerate(MONTHS, 1)}
    | {f"{number:02}": macro for number, macro in enumerate(MONTHS, 1)}
)


def _month(entry: Entry, item: Item) -> Iterator[Found]:
    text = item.plain
    said = text.strip("{}. ").lower()
    macro = _MONTHS.get(said)
    if not macro or item.raw.lower() == macro or said in entry.file.strings():
        return
    if macro in entry.file.strings():
        return  # the file has its own idea of the name
    if said.isdigit() and entry.file.is_biblatex():
        return
    yield Found(
        item.value_start, f"{item.raw} is the month {macro}", (Edit(item.value_start, item.end, macro),)
    )


_DASH = r"(?:\s*(?:--+|[-−‐‑‒–—―])\s*|\s*\{(?:--?|–|—)\}\s*|\s*\\(?:textendash|textemdash|endash|bibrangedash)(?:\{\}|\s)\s*)"
_PAGE = r"[A-Za-z]{0,3}\.?\d+(?:[.:]\d+)?[A-Za-z]?|[ivxlcdm]+|[IVXLCDM]+"
_RANGES = re.compile(
    rf"\s*(?:{_PAGE})(?:{_DASH}(?:{_PAGE}))?(?:\s*[,;&]\s*(?:{_PAGE})(?:{_DASH}(?:{_PAGE}))?)*\+?\s*\.?"
)
_RANGE = re.compile(rf"(?P<from>{_PAGE})(?P<dash>{_DASH})(?P<to>{_PAGE})")
_NUMBER = re.compile(r"([A-Za-z]*)\.?(\d+)(?:[.:](\d+))?([A-Za-z]?)")


def _pages(entry: Entry, item: Item) -> Iterator[Found]:
    text = item.text
    if text is None:
        if not re.fullmatch(r"\d+-\d+", item.raw):
            return
        start, text = item.value_start, item.raw
    else:
        start = item.value_start + 1
    if not _RANGES.fullmatch(text):
        return
    for found in _RANGE.finditer(text):
        if found["dash"] == "--" or (found["dash"] == "–" and entry.file.is_biblatex()):
            continue
        if _is_range(found["from"], found["to"], found["dash"].strip()):
            place = start + found.start("dash")
            yield Found(
                place, f"{found[0]} is a range of pages", (Edit(place, start + found.end("dash"), "--"),)
            )


def _is_range(first: str, last: str, dash: str) -> bool:
    """Whether a hyphen joins two pages; `A-1` and `3-1` are pages of appendices and chapters."""
    if len(dash) > 1 or dash not in {"-", "‐", "‑"}:
        return True  # nobody names one page with a dash
    one, two = _NUMBER.fullmatch(first), _NUMBER.fullmatch(last)
    if not one or not two:
        return one is None and two is None and len(first) + len(last) > 2  # Roman numbers
    if one[3] or two[3]:
        return one[1] == two[1] and bool(one[3]) == bool(two[3])
    if one[1].lower() != two[1].lower() and (two[1] or not one[1]):
        return False
    return int(two[2]) > int(one[2]) or (len(two[2]) < len(one[2]) and not (one[1] or two[1]))


_PARTS = re.compile(r"[^,;/]+")
_ISSN_LIKE = re.compile(
    r"\s*(?:e-?|p-?)?(?:ISSN)?:?\s*(\d{4})([-–‐‑ ]?)(\d{3}[\dXx])\s*(?:\((?:online|print|electronic|web)\))?\s*",
    re.IGNORECASE,
)
_ISBN_LIKE = re.compile(
    r"\s*(?:ISBN(?:-1[03])?)?:?\s*([\dXx][\dXx -]{8,20}[\dXx])\s*(?:\([\w .]*\))?\s*", re.IGNORECASE
)


def _parts(item: Item) -> Iterator[tuple[int, str]]:
    """What commas, semicolons and slashes part in a value, each with its place."""
    if text := item.plain:
        start = item.value_start + item.raw.index(text)
        for part in _PARTS.finditer(text):
            yield start + part.start(), part[0]


def _issn(_entry: Entry, item: Item) -> Iterator[Found]:
    for start, part in _parts(item):
        found = _ISSN_LIKE.fullmatch(part)
        if not found:
            continue
        place = start + found.start(1)
        if not normal_issn(found[1] + found[3]):
            yield Found(place, f"the check digit of the ISSN {part.strip()} is wrong")
        elif found[2] != "-" and item.text is not None:
            joint = start + found.end(1)
            edit = Edit(joint, joint + len(found[2]), "-")
            yield Found(place, f"the ISSN {part.strip()} is written {found[1]}-{found[3]}", (edit,))


def _isbn(_entry: Entry, item: Item) -> Iterator[Found]:
    for start, part in _parts(item):
        found = _ISBN_LIKE.fullmatch(part.replace("–", "-").replace("‐", "-"))
        if found and not any(normal_isbn(word) for word in _isbns(found[1])):
            yield Found(start, f"the check digit of the ISBN {part.strip()} is wrong")


def _isbns(text: str) -> list[str]:
    """One number, or several parted by blanks."""
    return [text, *text.split()]


_GOOD_PAGES = re.compile(r'[{"]?[\w.:+]*(?:--[\w.:+]+)?[}"]?')
_MONTH_OK = frozenset(MONTHS)

RULES = (
    Rule(
        "month-name",
        "A month is not the macro that styles translate.",
        "With `jan` the style decides whether January, Jan. or 1 is printed, in its own language. Days and spans of months stay "
        "as they are, and so do numbers in a file for biblatex.",
        "@misc{a,\n  title = {On Things},\n  month = {January},\n}\n",
        "@misc{a,\n  title = {On Things},\n  month = jan,\n}\n",
        field=_month,
        names=frozenset({"month"}),
        gate=lambda raw: raw not in _MONTH_OK,
    ),
    Rule(
        "page-dash",
        "Pages are not joined by an en dash.",
        "BibTeX prints `12-20` with a hyphen, and `--` as the dash that ranges have. Pages of appendices (`A-1`) and chapters "
        "(`3-1`) keep their hyphen.",
        "@misc{a,\n  title = {On Things},\n  pages = {12-20, 31 – 33},\n}\n",
        "@misc{a,\n  title = {On Things},\n  pages = {12--20, 31--33},\n}\n",
        field=_pages,
        names=frozenset({"pages"}),
        gate=lambda raw: not _GOOD_PAGES.fullmatch(raw),
    ),
    Rule(
        "issn",
        "An ISSN has no hyphen, or a wrong check digit.",
        "A wrong check digit is a misprint that only its author can mend; a missing hyphen is put in.",
        "@misc{a,\n  title = {On Things},\n  issn = {03178471},\n}\n",
        "@misc{a,\n  title = {On Things},\n  issn = {0317-8471},\n}\n",
        field=_issn,
        names=frozenset({"issn"}),
    ),
    Rule(
        "isbn",
        "An ISBN has a wrong check digit.",
        "It is a misprint that only its author can mend.",
        "@misc{a,\n  title = {On Things},\n  isbn = {0-306-40615-3},\n}\n",
        "@misc{a,\n  title = {On Things},\n  isbn = {0-306-40615-3},\n}\n",
        field=_isbn,
        names=frozenset({"isbn"}),
    ),
)
