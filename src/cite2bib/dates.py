"""Dates: from the ways people and catalogues write them, to EDTF (https://www.loc.gov/standards/datetime/)."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from cite2bib.model import Date, DateParts
from cite2bib.patterns import late

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}

_ISO = late(r"([-+]?\d{4,9})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?:T.*)?")
_COMPACT = late(r"(\d{4})(\d{2})(\d{2})")
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_YEAR = r"(?P<year>\d{4})"
_WORDED = tuple(
    late(pattern)
    for pattern in (
        rf"{_MONTH}\s+{_DAY}(?:\s*,\s*|\s+){_YEAR}",  # March 13, 2025
        rf"{_DAY}\s+{_MONTH},?\s+{_YEAR}",  # 13 March 2025
        rf"{_MONTH},?\s+{_YEAR}",  # March 2025
        rf"{_YEAR},?\s+{_MONTH}(?:\s+{_DAY})?",  # 2025 Mar 13
    )
)


@lru_cache(maxsize=1024)
def month_number(word: str) -> int:
    """1 to 12 for an English month or its abbreviation of three letters or more; 0 for anything else.

    >>> month_number("Sept."), month_number("may"), month_number("Ma")
    (9, 5, 0)
    """
    start = word.lower().rstrip(".")
    if len(start) < 3:
        return 0
    return next((number for number, name in enumerate(MONTHS, 1) if name.startswith(start)), 0)


def parse(text: str) -> Date | None:
    """The date a text is, or None.

    >>> parse("Mar 13, 2025").start, parse("2024-03/2024-05").end, parse("2019~").circa
    ((2025, 3, 13), (2024, 5), True)
    """
    text = text.strip()
    for joint in ("/", "–", "--"):
        start, found, end = text.partition(joint)
        if found and _ISO.fullmatch(start.strip().rstrip("~?%")) and len(start.strip()) >= 4:
            range_ = _range(start.strip(), end.strip())
            if range_:
                return range_
    return _single(text) or _between(text)


_PIECES = late(r"\s*[-–/]\s*")
_MONTH_WORD = late(r"(?:.*\d\s+)?([A-Za-z]{3,9}\.?)(?:\s.*)?")
_TAIL = late(r"(?:\d{1,2}(?:,?\s+))?(?P<rest>.*?(?P<year>\d{4}))")
_BEFORE_CHRIST = late(r"(\d{1,4})\s?(?:BC|bc)(?:E|e)?")


def _between(text: str) -> Date | None:
    """A range in words, whose ends share what they have in common.

    >>> _between("30 Aug - 2 Sept 2003").end, _between("Aug. 3-5, 2003").start, _between("Spring-Summer 2004").end_season
    ((2003, 9, 2), (2003, 8, 3), 2)
    """
    pieces = _PIECES.split(text)
    if len(pieces) != 2 or not all(pieces):
        return None
    first, last = pieces
    month = _MONTH_WORD.fullmatch(first)
    end = last if _single(last) or not month else f"{month[1]} {last}"
    tail = _TAIL.fullmatch(end)
    if tail is None:
        return None
    starts = (first, f"{first}, {tail['year']}", f"{first} {tail['year']}", f"{first} {tail['rest']}")
    return next((found for start in starts if (found := _range(start, end))), None)


def _range(start: str, end: str) -> Date | None:
    first, last = _single(start), _single(end) if end not in {"", ".."} else Date()
    if not (first and last and first.start) or (last.start and last.start < first.start):
        return None
    circa = first.circa or last.circa
    return Date(first.start, last.start, first.season, circa, end_season=last.season)


def _single(text: str) -> Date | None:
    circa = text.endswith(("~", "?", "%")) or text.lower().startswith(("ca. ", "c. ", "circa "))
    bare = text.rstrip("~?%").strip()
    if bare[:1] in {"c", "C"}:
        bare = re.sub(r"^(?:ca?\.|circa)\s+", "", bare, flags=re.IGNORECASE)
    if iso := _ISO.fullmatch(bare):
        return _iso(iso, circa=circa)
    if before := _BEFORE_CHRIST.fullmatch(bare):
        return Date((-int(before[1]),), circa=circa)
    if compact := _COMPACT.fullmatch(bare):
        parts = tuple(int(part) for part in compact.groups())
        return Date(parts, circa=circa) if is_valid(parts) else None
    for pattern in _WORDED:
        if worded := pattern.fullmatch(bare):
            return _worded(worded, circa=circa)
    return None


def _iso(found: re.Match[str], *, circa: bool) -> Date | None:
    parts = tuple(int(part) for part in found.groups() if part)
    if len(parts) == 2 and 21 <= parts[1] <= 24:  # EDTF seasons
        return Date(parts[:1], season=parts[1] - 20, circa=circa)
    return Date(parts, circa=circa) if is_valid(parts) else None


def _worded(found: re.Match[str], *, circa: bool) -> Date | None:
    word = found["month"].lower()
    year = int(found["year"])
    if word in SEASONS:
        return Date((year,), season=SEASONS[word], circa=circa)
    day = found.groupdict().get("day")
    parts = (year, month_number(word), *((int(day),) if day else ()))
    return Date(parts, circa=circa) if is_valid(parts) else None


def is_valid(parts: DateParts) -> bool:
    """Whether there is such a day, month or year.

    >>> is_valid((2024, 2, 29)), is_valid((2025, 2, 29)), is_valid((2025, 13))
    (True, False, False)
    """
    if not parts:
        return False
    year, month, day = (*parts, 1, 1)[:3]
    try:
        date(min(max(year, 1), 9999), month, day)
    except (ValueError, OverflowError):
        return False
    return True


def number(text: str) -> int:
    """The number that some digits are; 0 for what is none, and for one that nothing counts with.

    >>> number("07"), number("²"), number("9" * 5000)
    (7, 0, 0)
    """
    return int(text) if len(text) < 10 and text.isdecimal() else 0


def edtf(value: Date) -> str:
    """A date as biblatex and EDTF write it; its literal when there is nothing better.

    >>> edtf(Date((2024, 3), (2024, 5))), edtf(Date((2020,), circa=True)), edtf(Date((2003,), (2003,), 1, end_season=2))
    ('2024-03/2024-05', '2020~', '2003-21/2003-22')
    """
    if not value.start:
        return value.literal
    start = _with_season(value.start, value.season)
    mark = "~" if value.circa else ""
    return (
        f"{start}{mark}/{_with_season(value.end, value.end_season)}{mark}" if value.end else f"{start}{mark}"
    )


def _with_season(parts: DateParts, season: int) -> str:
    return f"{_padded(parts[:1])}-{20 + season}" if season else _padded(parts)


def _padded(parts: DateParts) -> str:
    year = f"{parts[0]:05d}" if parts[0] < 0 else f"{parts[0]:04d}"
    return "-".join([year, *(f"{part:02d}" for part in parts[1:])])
