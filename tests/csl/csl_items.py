"""The suite's items to works: its JSON is dirtier than what our reader accepts, on purpose."""

from __future__ import annotations

import re
from typing import Any

from cite2bib import dates
from cite2bib.model import Date, Field, Kind, Name, Work, kind_of

_SYNONYMS = {"journalAbbreviation": "container-title-short", "shortTitle": "title-short"}
_DATE_KEYS = frozenset(("date-parts", "literal", "raw", "season", "circa"))


def works(items: list[dict[str, Any]]) -> list[Work]:
    """Works of items, in their order."""
    return [_work(item, number) for number, item in enumerate(items)]


def _work(item: dict[str, Any], number: int) -> Work:
    fields = {}
    for key, value in item.items():
        if key in {"id", "type"}:
            continue
        variable = _SYNONYMS.get(key, key)
        found = _value(variable, value)
        if found is not None and (variable == key or variable not in item):
            fields[variable] = Field(found)
    id_ = item.get("id")
    return Work(str(id_ if id_ is not None else f"item-{number}"), str(item.get("type") or ""), fields)


def _value(variable: str, value: Any) -> Any:
    kind = kind_of(variable)
    if kind is Kind.NAMES or (isinstance(value, list) and value and isinstance(value[0], dict)):
        return (
            tuple(_name(name) for name in value if isinstance(name, dict))
            if isinstance(value, list)
            else None
        )
    if kind is Kind.DATE or (isinstance(value, dict) and _DATE_KEYS & set(value)):
        return _date(value)
    if isinstance(value, list) and value and all(isinstance(entry, str) for entry in value):
        return ", ".join(value)  # categories
    if isinstance(value, bool) or value is None or isinstance(value, (list, dict)):
        return None
    return str(value)


def _name(name: dict[str, Any]) -> Name:
    def get(key: str) -> str:
        return str(name.get(key) or "")

    literal = get("literal")
    if not literal and name.get("isInstitution"):
        literal = get("family")
    if literal:
        return Name(literal=literal)
    return Name(
        family=get("family"),
        given=get("given"),
        particle=get("non-dropping-particle"),
        dropping_particle=get("dropping-particle"),
        suffix=get("suffix"),
        comma_suffix=bool(name.get("comma-suffix")),
        static_ordering=bool(name.get("static-ordering")),
    )


def _date(value: Any) -> Date | None:
    if isinstance(value, str):
        value = {"raw": value}
    if not isinstance(value, dict):
        return None
    parts = [tuple(map(_integer, part)) for part in value.get("date-parts") or [] if part]
    parts = [
        part[: next((i for i, number in enumerate(part) if number is None), len(part))] for part in parts
    ]
    literal = str(value.get("literal") or "")
    raw = str(value.get("raw") or "")
    if not parts and raw:
        return _raw(raw)
    named = str(value.get("season") or "").lower()
    season = _integer(named) or dates.SEASONS.get(named, 0)
    circa = bool(value.get("circa"))
    start = parts[0] if parts else ()
    end = parts[1] if len(parts) > 1 else ()
    return Date(start, end, season if 0 < season <= 4 else 0, circa, literal)  # type: ignore[arg-type]


_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988}
_JAPANESE = re.compile(rf"({'|'.join(_ERAS)})?(\d+)年(?:(\d+)月)?(?:(\d+)日)?")
_SLASHED = re.compile(r"(?:(\d\d?)/)?(\d\d?)/(\d{4})")
_YEAR = re.compile(r"(?<![\d.])-?\d{3,4}(?![\d.])")


def _raw(text: str) -> Date:
    """A date that the suite gives as a text: more of them than a bibliography would take for dates."""
    if match := _JAPANESE.fullmatch(text):
        era, *numbers = match.groups()
        parts = [int(number) for number in numbers if number]
        return Date((parts[0] + _ERAS.get(era, 0), *parts[1:]))
    if match := _SLASHED.fullmatch(text):
        *days, year = (int(number) for number in match.groups() if number)
        return Date((year, *sorted(days, key=lambda number: number > 12)))
    known = None if re.match(r"autumn\b|ca?\. ", text, re.IGNORECASE) else _as_months(dates.parse(text))
    return known or _year_in(text) or Date(literal=text)


def _year_in(text: str) -> Date | None:
    """The last year of a text that has no other numbers."""
    years = _YEAR.findall(text)
    if not years or len(years) != len(re.findall(r"\d+", text)):
        return None
    return Date((int(years[-1]),))


def _as_months(date: Date | None) -> Date | None:
    """A date that was read from a text: its seasons stand in the place of months."""
    if date is None or not date.season:
        return date
    end = (date.end[0], 20 + date.end_season) if date.end and date.end_season else date.end
    return Date((date.start[0], 20 + date.season), end, circa=date.circa)


def _integer(value: Any) -> int | None:
    found = re.fullmatch(r"\s*(-?\d+)\s*", str(value))
    return int(found[1]) if found else None
