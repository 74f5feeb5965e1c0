"""One CSL-JSON item to a work and back, tolerant on the way in, exact on the way out.

https://github.com/citation-style-language/schema/blob/master/schemas/input/csl-data.json
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

from cite2bib import dates, names
from cite2bib.model import (
    CSL_VARIABLES,
    NOWHERE,
    OWN_VARIABLES,
    VARIABLES,
    Date,
    DateParts,
    Field,
    Kind,
    Name,
    Origin,
    Value,
    Work,
)
from cite2bib.patterns import late

_TYPES = (
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection "
    "dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case "
    "legislation manuscript map motion_picture musical_score pamphlet paper-conference patent performance "
    "periodical personal_communication post post-weblog regulation report review review-book software song speech "
    "standard thesis treaty webpage"
)
TYPES = frozenset(_TYPES.split())

# A foreign variable of this format: `csljson:categories`.
FOREIGN = "csljson:"

# What other formats keep of their own travels in `custom`, so that it comes back where it is from.
CARRIED = late(r"(?:bibtex|biblatex|ris|nbib|enw|isi|endnote-xml|mods|hayagriva|cff):.+", re.DOTALL)

# The schema's spellings that differ from the specification's, and those of older files.
_TO_VARIABLE = {
    "journalAbbreviation": "container-title-short",
    "shortTitle": "title-short",
    "event": "event-title",
    "part": "part-number",
    "printing": "printing-number",
    "supplement": "supplement-number",
    "archive-location": "archive_location",
    "doi": "DOI",
    "url": "URL",
    "isbn": "ISBN",
    "issn": "ISSN",
    "pmid": "PMID",
    "pmcid": "PMCID",
}
_TO_KEY = {"part-number": "part", "printing-number": "printing", "supplement-number": "supplement"}
_NOT_IN_SCHEMA = frozenset({"license"})

# What a reader looks for first; the rest follows in the order of `VARIABLES`.
_FIRST = (
    "title", "author", "issued", "container-title", "volume", "issue", "page", "DOI", "URL",
)  # fmt: skip
_ORDER = {variable: place for place, variable in enumerate((*_FIRST, *VARIABLES))} | {
    variable: place for place, variable in enumerate(_FIRST)
}

_ENTITY = late(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_SURROGATE = late(r"[\ud800-\udfff]")


def work_from_csl(item: Mapping[str, Any], origin: Origin = NOWHERE) -> Work:
    """A work from an item, however dirty; what the model has no place for becomes `csljson:KEY`.

    >>> work_from_csl({"id": 1, "title": "A &amp; B", "issued": {"date-parts": [["2024", "3"]]}}).text("title")
    'A & B'
    """
    fields: dict[str, Field] = {}
    kind = ""
    for key, value in item.items():
        if key == "type":
            kind = text_of(value)
        elif key == "custom" and isinstance(value, Mapping):
            _add_custom(fields, value, origin)
        elif key != "id" and value is not None:
            _add(fields, str(key), value, origin)
    return Work(text_of(item.get("id")), kind, fields)


def _add(fields: dict[str, Field], key: str, raw: Any, origin: Origin) -> None:
    variable = _TO_VARIABLE.get(key, key)
    kind = CSL_VARIABLES.get(variable)
    if kind is None:
        _add_foreign(fields, variable, raw, origin)
        return
    if variable != key and variable in fields:
        return  # the name of the specification wins over an older spelling
    value = _READERS[kind](raw)
    if value:
        fields[variable] = Field(_joined(variable, raw) or value, origin)


def _add_custom(fields: dict[str, Field], custom: Mapping[str, Any], origin: Origin) -> None:
    for key, raw in custom.items():
        if key in OWN_VARIABLES or key in _NOT_IN_SCHEMA or CARRIED.fullmatch(str(key)):
            if value := text_of(raw):
                fields[key] = Field(value, origin)
        elif raw is not None:
            _add_foreign(fields, str(key), raw, origin)


def _add_foreign(fields: dict[str, Field], key: str, raw: Any, origin: Origin) -> None:
    value = clean(raw) if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False, sort_keys=True)
    if value:
        fields[f"{FOREIGN}{key}"] = Field(_SURROGATE.sub("�", value), origin)


def clean(text: str) -> str:
    """Text as it was meant: entities resolved, no half characters, no space around it."""
    if "&" in text:
        from html import unescape  # 4 ms, and rarely needed

        text = _ENTITY.sub(lambda found: unescape(found[0]), text)
    if not text.isascii():
        text = _SURROGATE.sub("�", text)
    return text.strip(" \t\r\n\f\v")  # a hard space is meant


def text_of(raw: Any) -> str:
    """The text of a JSON value: of a list its first, of a number its digits, of anything else none."""
    if isinstance(raw, str):
        return clean(raw)
    if isinstance(raw, bool) or raw is None:
        return ""
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    if isinstance(raw, int | float):
        return str(raw)
    if isinstance(raw, list):
        return next((text for text in map(text_of, raw[:1000]) if text), "")
    return ""


def _joined(variable: str, raw: Any) -> str:
    """Lists that are lists for a reason: several ISSNs, keywords; of titles the first is taken."""
    if not isinstance(raw, list) or variable not in {"ISSN", "ISBN", "keyword"}:
        return ""
    return ", ".join(filter(None, map(text_of, raw)))


def names_of(raw: Any) -> tuple[Name, ...]:
    """Names from a list of objects or texts, or from one of them."""
    items = raw if isinstance(raw, list) else [raw]
    return tuple(name for name in map(_name, items) if name != Name())


def _name(raw: Any) -> Name:
    if isinstance(raw, str):
        return names.parse(clean(raw)) if raw.strip() else Name()
    if not isinstance(raw, Mapping):
        return Name()
    get: Callable[[str], str] = lambda key: text_of(raw.get(key))  # noqa: E731 - read seven times below
    family, literal = get("family") or get("lastName"), get("literal") or get("name")
    if family and _flag(raw.get("isInstitution")):
        return Name(literal=family)
    given = get("given") or get("firstName")
    if not (family or given):
        return Name(literal=literal)
    particles = get("non-dropping-particle"), get("dropping-particle")
    comma, static = _flag(raw.get("comma-suffix")), _flag(raw.get("static-ordering"))
    return Name(family, given, *particles, get("suffix"), comma_suffix=comma, static_ordering=static)


def date_of(raw: Any) -> Date | None:
    """A date from date-parts, a season, a literal or a raw text, or from a bare text or number."""
    if isinstance(raw, Mapping):
        return _date(raw)
    text = text_of(raw)
    return (dates.parse(text) or Date(literal=text)) if text else None


def _date(raw: Mapping[str, Any]) -> Date | None:
    literal = text_of(raw.get("literal"))
    start, end, season, end_season = _parts(raw.get("date-parts"))
    loose = text_of(raw.get("raw")) or text_of(raw.get("edtf"))
    if not start and loose:
        parsed = dates.parse(loose)
        if parsed:
            return parsed
        literal = literal or loose
    season = _season(raw.get("season")) or season
    circa = _flag(raw.get("circa"))
    found = Date(start, end, season, circa, literal, end_season)
    return found if start or literal else None


def _flag(raw: Any) -> bool:
    return raw is True or text_of(raw).lower() not in {"", "0", "false", "no"}


def _parts(raw: Any) -> tuple[tuple[int, ...], tuple[int, ...], int, int]:
    """Start, end and the season of each: some write a season as month 13 to 16 or 21 to 24."""
    if not isinstance(raw, list) or not raw:
        return (), (), 0, 0
    pair = raw if isinstance(raw[0], list) else [raw]
    (start, season), (end, end_season) = _one(pair[0]), _one(pair[1] if len(pair) > 1 else [])
    return (start, end, season, end_season) if start else ((), (), season, 0)


def _one(raw: Any) -> tuple[tuple[int, ...], int]:
    numbers = [_number(part) for part in raw[:3]] if isinstance(raw, list) else []
    if not numbers or numbers[0] is None:
        return (), 0
    year, month, day = (*numbers, None, None)[:3]
    if month and (13 <= month <= 16 or 21 <= month <= 24):
        return (year or 0,), (month - 12 if month <= 16 else month - 20)
    if not month or not 1 <= month <= 12:
        return (year or 0,), 0
    return ((year or 0, month, day) if day and 1 <= day <= 31 else (year or 0, month)), 0


def _number(raw: Any) -> int | None:
    text = text_of(raw)
    if re.fullmatch(r"[-+]?\d{1,9}", text):
        return int(text)
    return dates.month_number(text) or None


def _season(raw: Any) -> int:
    text = text_of(raw).lower()
    if text.isdecimal() and len(text) < 3:
        number = int(text)
        return number - 20 if 21 <= number <= 24 else number if 1 <= number <= 4 else 0
    return dates.SEASONS.get(text, 0)


_READERS: Mapping[Kind, Callable[[Any], Value | None]] = {
    Kind.RICH: text_of,
    Kind.PLAIN: text_of,
    Kind.NUMBER: text_of,
    Kind.NAMES: names_of,
    Kind.DATE: date_of,
}


def csl_from_work(work: Work) -> dict[str, Any]:
    """An item that validates: our own variables go into `custom`, foreign ones of other formats stay out."""
    item: dict[str, Any] = {"id": work.id, "type": work.type if work.type in TYPES else "document"}
    custom: dict[str, Any] = {}
    for variable in sorted(work.fields, key=_place):
        value = work.fields[variable].value
        if variable in CSL_VARIABLES and variable not in _NOT_IN_SCHEMA:
            item[_TO_KEY.get(variable, variable)] = _json(value)
        elif variable in VARIABLES or CARRIED.fullmatch(variable):
            custom[variable] = _json(value)
        elif variable.startswith(FOREIGN):
            _put_foreign(item, custom, variable.removeprefix(FOREIGN), str(value))
    return item | ({"custom": custom} if custom else {})


def _place(variable: str) -> tuple[int, str]:
    return _ORDER.get(variable, len(_ORDER)), variable


def _put_foreign(item: dict[str, Any], custom: dict[str, Any], key: str, text: str) -> None:
    value = decoded(text)
    if key == "categories" and isinstance(value, list) and all(isinstance(entry, str) for entry in value):
        item[key] = value
    else:
        custom[key] = value


def decoded(text: str) -> Any:
    """The list or object that a text holds as JSON, else the text."""
    if text[:1] in {"[", "{"}:
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return text
    return text


def _json(value: Value) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, Date):
        return _json_date(value)
    return [_json_name(name) for name in value]


def _json_name(name: Name) -> dict[str, Any]:
    if name.literal:
        return {"literal": name.literal}
    parts: dict[str, Any] = {
        "family": name.family,
        "given": name.given,
        "non-dropping-particle": name.particle,
        "dropping-particle": name.dropping_particle,
        "suffix": name.suffix,
        "comma-suffix": name.comma_suffix,
        "static-ordering": name.static_ordering,
    }
    return {key: part for key, part in parts.items() if part}


def _with_season(parts: DateParts, season: int) -> list[int]:
    """A season in the place of the month, as EDTF counts them."""
    return [*parts[:1], 20 + season] if season else list(parts)


def _json_date(value: Date) -> dict[str, Any]:
    found: dict[str, Any] = {}
    if value.start:
        parts = [list(value.start)] + ([list(value.end)] if value.end else [])
        if value.end_season:  # "season" is that of a single date
            parts = [_with_season(value.start, value.season), _with_season(value.end, value.end_season)]
        found["date-parts"] = parts
    if value.season and not value.end_season:
        found["season"] = value.season
    if value.circa:
        found["circa"] = True
    if value.literal:
        found["literal"] = value.literal
    return found
