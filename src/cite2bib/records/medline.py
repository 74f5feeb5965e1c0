"""Names and dates as the National Library of Medicine writes them."""

from __future__ import annotations

import re
from functools import lru_cache

from cite2bib import dates, names
from cite2bib.model import Date, Name
from cite2bib.patterns import late

_INITIALS = late(
    r"(?P<family>\S.*?) (?P<given>[^\W\d_a-z]{1,4})(?: (?P<suffix>Jr|Sr|[IVX]{2,4}|\d(?:st|nd|rd|th)))?"
)
_RANGE = late(
    r"(?P<year>\d{4}) (?P<month>[A-Za-z]{3,9})(?: (?P<day>\d{1,2}))?[-/](?:(?P<year2>\d{4}) ?)?"
    r"(?P<month2>[A-Za-z]{3,9})?(?: ?(?P<day2>\d{1,2}))?"
)


def medline_name(text: str) -> Name:
    """`Brinjikji W`, `van der Berg AB Jr`: initials behind the family name, no comma.

    >>> medline_name("Mouse MA"), medline_name("Cher").literal
    (Name(family='Mouse', given='M A'), 'Cher')
    """
    found = _INITIALS.fullmatch(text.strip())
    if not found:
        return names.parse(text) if "," in text else Name(literal=text.strip())
    family = names.parse(f"{found['family']}, {' '.join(found['given'])}")
    return Name(family.family, family.given, family.particle, suffix=found["suffix"] or "")


@lru_cache(maxsize=16_384)
def medline_date(text: str) -> Date | None:
    """`2018 Apr 3`, `2020 Jan-Feb`, `1998 Dec-1999 Jan`, `2009 Winter`.

    >>> medline_date("2020 Jan-Feb"), medline_date("2018 Apr").start
    (Date(start=(2020, 1), end=(2020, 2), season=0, circa=False, literal=''), (2018, 4))
    """
    text = " ".join(text.split())
    if found := _RANGE.fullmatch(text):
        start = (int(found["year"]), dates.month_number(found["month"]), *_day(found["day"]))
        month = dates.month_number(found["month2"]) if found["month2"] else start[1]
        end = (int(found["year2"] or found["year"]), month, *_day(found["day2"]))
        if start[1] and month and dates.is_valid(start) and dates.is_valid(end):
            return Date(start, end)
    if found := re.fullmatch(r"(\d{4})\s*[-/]\s*(\d{4})", text):
        return Date((int(found[1]),), (int(found[2]),))
    if found := re.fullmatch(r"(\d{4}) ([A-Za-z]+)", text):
        season = dates.SEASONS.get(found[2].lower(), 0)
        return Date((int(found[1]),), season=season) if season else dates.parse(text)
    parsed = dates.parse(text)
    if parsed or not (found := re.match(r"\d{4}\b", text)):
        return parsed
    return Date((int(found[0]),))


def _day(text: str | None) -> tuple[int, ...]:
    return (int(text),) if text else ()
