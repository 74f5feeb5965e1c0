"""A CSL-JSON item as Zotero's import makes the right thing of it.

What is measured: docs/decisions, "Two dialects of CSL-JSON". What Zotero has no field for goes into lines of the
note, which it cites from: https://www.zotero.org/support/kb/item_types_and_fields#citing_fields_from_extra
"""

from __future__ import annotations

from typing import Any

from cite2bib import dates
from cite2bib.model import CSL_VARIABLES, VARIABLES, Date, Kind
from cite2bib.patterns import late
from cite2bib.records.csl import CARRIED, FOREIGN

# What Zotero's import knows of CSL (schema 41); anything else is dropped there.
_KNOWN_TEXT = (
    "abstract archive archive_location authority call-number chapter-number citation-key collection-number "
    "collection-title container-title dimensions division DOI edition event-place event-title genre ISBN ISSN issue "
    "journalAbbreviation language medium note number number-of-pages number-of-volumes page publisher "
    "publisher-place references scale section source status title title-short URL version volume "
    "volume-title"
)
_KNOWN_NAMES = (
    "author collection-editor composer container-author contributor director editor guest host interviewer "
    "performer producer recipient reviewed-author script-writer series-creator translator"
)
_KNOWN = frozenset(
    ["id", "type", "accessed", "issued", "submitted", *_KNOWN_TEXT.split(), *_KNOWN_NAMES.split()]
)

# Dropped on a preprint, whatever they say.
_NOT_ON_PREPRINTS = frozenset(
    {
        "container-title",
        "volume",
        "issue",
        "page",
        "version",
        "status",
        "event-title",
        "event-place",
        "ISBN",
        "ISSN",
    }
)
_WITHOUT_NUMBER = frozenset({"article-journal", "paper-conference", "chapter", "book", "thesis", "webpage"})
_KEYS_OF_SCHEMA = {"part": "part-number", "printing": "printing-number", "supplement": "supplement-number"}
_ARXIV = late(r"arXiv:\S+")


def zotero_item(item: dict[str, Any], *, has_key: bool) -> tuple[dict[str, Any], list[str]]:
    """The item in Zotero's dialect, and the names of what is lost on the way."""
    found = dict(item)
    lines: list[str] = []
    custom = found.pop("custom", {})
    _software(found, lines)
    _arxiv(found, custom, lines)
    if "container-title-short" in found:
        found["journalAbbreviation"] = found.pop("container-title-short")
    dropped = _to_note(found, lines)
    found = {key: _adapted(key, value) for key, value in found.items()}
    key_line = f"Citation Key: {item['id']}" if has_key else ""
    note = "\n".join(filter(None, [found.pop("note", ""), key_line, *lines]))
    return found | ({"note": note} if note else {}), [*dropped, *map(_variable, custom)]


def _software(item: dict[str, Any], lines: list[str]) -> None:
    """One item of type software makes Zotero refuse the whole file; a book with a version becomes a program."""
    if item["type"] == "software":
        item["type"] = "book" if item.get("version") else "webpage"
        lines += [] if item.get("version") else ["type: software"]
    elif item["type"] == "book" and "version" in item:
        lines.append(f"version: {item.pop('version')}")


def _arxiv(item: dict[str, Any], custom: dict[str, Any], lines: list[str]) -> None:
    number = item.get("number", "")
    area = custom.get("arxiv-class", "")
    if item["type"] == "article" and _ARXIV.fullmatch(number):
        lines.append(f"{number} [{area}]" if area else number)
        custom.pop("arxiv-class", None)
    elif item.get("archive") == "arXiv" and area:
        lines.append(f"arXiv:{item.get('archive_location', '')} [{area}]")
        custom.pop("arxiv-class", None)
    elif "arxiv" in custom:
        lines.append(f"arXiv:{custom.pop('arxiv')}")


def _to_note(item: dict[str, Any], lines: list[str]) -> list[str]:
    """Moves what Zotero drops into lines of the note; gives back what can't be a line."""
    dropped: list[str] = []
    for key in [key for key in item if _is_dropped(item["type"], key)]:
        value = item.pop(key)
        variable = _KEYS_OF_SCHEMA.get(key, key)
        line = _line(variable, value)
        if line:
            lines.append(line)
        else:
            dropped.append(_variable(variable))
    return dropped


def _variable(key: str) -> str:
    return key if key in VARIABLES or CARRIED.fullmatch(key) else f"{FOREIGN}{key}"


def _is_dropped(kind: str, key: str) -> bool:
    if key not in _KNOWN:
        return True
    if kind == "article":
        return key in _NOT_ON_PREPRINTS
    return key == "number" and kind in _WITHOUT_NUMBER


def _line(variable: str, value: Any) -> str:
    kind = CSL_VARIABLES.get(variable)
    if kind is Kind.NAMES:
        text = "; ".join(_line_name(name) for name in value)
    elif kind is Kind.DATE:
        text = dates.edtf(_date(value))
    else:
        text = value if isinstance(value, str) and kind else ""
    return f"{variable}: {text}" if text and "\n" not in text else ""


def _line_name(name: dict[str, str]) -> str:
    plain = _name(name)
    return plain.get("literal") or " || ".join(filter(None, [plain.get("family"), plain.get("given")]))


def _date(value: dict[str, Any]) -> Date:
    parts = [tuple(part) for part in value.get("date-parts", [])]
    start, end = (*parts, (), ())[:2]
    return Date(start, end, value.get("season", 0), value.get("circa", False), value.get("literal", ""))


def _adapted(key: str, value: Any) -> Any:
    kind = CSL_VARIABLES.get(key)
    if kind is Kind.NAMES:
        return [_name(name) for name in value]
    if kind is Kind.DATE and value.get("season"):
        return {"literal": _season(_date(value))}
    return value


def _name(name: dict[str, str]) -> dict[str, str]:
    """Particles and suffix where Zotero keeps them and CSL processors find them again."""
    if "literal" in name:
        return name
    family = " ".join(filter(None, [name.get("non-dropping-particle"), name.get("family")]))
    given = " ".join(filter(None, [name.get("given"), name.get("dropping-particle")]))
    if suffix := name.get("suffix"):
        given = f"{given}, {suffix}" if given else suffix
    return {key: part for key, part in (("family", family), ("given", given)) if part}


def _season(value: Date) -> str:
    """A season is mangled as a number and kept as a word."""
    words = {number: word.capitalize() for word, number in reversed(dates.SEASONS.items())}
    until = f"/{dates.edtf(Date(value.end))}" if value.end not in {(), value.start} else ""
    return f"{'ca. ' if value.circa else ''}{words[value.season]} {value.year}{until}"
