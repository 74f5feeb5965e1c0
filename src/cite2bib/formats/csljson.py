"""CSL-JSON, in two dialects: exact for CSL processors, and as Zotero's import understands it.

https://github.com/citation-style-language/schema/blob/master/schemas/input/csl-data.json
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from cite2bib import dates, names
from cite2bib.diagnostics import Diagnostic, ReadError, Severity, Span
from cite2bib.formats import ReadResult, WriteOptions, Written
from cite2bib.formats.json_items import of_list, skip, value_at
from cite2bib.formats.saved import catalogue_in
from cite2bib.formats.text import are_about_works, are_json_lines, decode, span_at
from cite2bib.light import replace
from cite2bib.model import CSL_VARIABLES, Date, Kind, Name, Origin, Value, Work
from cite2bib.patterns import late
from cite2bib.records.csl import CARRIED, FOREIGN, TYPES, clean, csl_from_work, work_from_csl
from cite2bib.records.kinds import catalogue_of, work_from
from cite2bib.records.loose import is_loose, work_from_loose
from cite2bib.records.preprints import gathered, spread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

__all__ = [
    "csl_from_work",
    "read_csljson",
    "sniff_csljson",
    "work_from_csl",
    "write_csljson",
    "write_zotero",
]

_TELLING = frozenset(
    {"title", "author", "editor", "container-title", "DOI", "URL", "ISBN", "PMID", "PMCID", "arxiv", "issued", "event-title",
     "collection-title", "title-short", "openalex"}
)  # fmt: skip
_LISTS = ("items", "references", "data")  # the names under which programs wrap their items
_KEY_LINE = late(r"citation key\s*:\s*(\S+)", re.IGNORECASE)
_VARIABLE_LINE = late(r"([A-Za-z][A-Za-z_-]*): (.+)")


def sniff_csljson(head: str) -> bool:
    """A list of objects, or one object over several lines, with a variable of CSL in it."""
    start = head.lstrip("\ufeff \t\r\n")
    if re.fullmatch(r"\[\s*\]\s*", start):
        return True
    is_json = bool(re.match(r"\[\s*\{", start)) or (start[:1] == "{" and not are_json_lines(start))
    return is_json and are_about_works(start) and not catalogue_in(start)


def read_csljson(data: bytes, path: str) -> ReadResult:
    """Works from a list of items, an object that wraps one, or a single item."""
    text, diagnostics = decode(data, path)
    works: list[Work] = []
    faults = list(diagnostics)
    for line, item in _items(text, path):
        if isinstance(item, ReadError):
            faults.append(Diagnostic("broken", item.message, item.span, severity=Severity.ERROR))
            continue
        work = read_item(item, Origin(path, str(line))) if isinstance(item, dict) else None
        if work and is_telling(work):
            works.append(work)
        else:
            what = (
                "an object that says nothing of a work"
                if work
                else f"expected an object, found {_name(item)}"
            )
            faults.append(Diagnostic("not-a-work", what, Span(path, line)))
    if not works and faults and faults[-1].code == "broken":
        raise ReadError(faults[-1].message, faults[-1].span)
    return ReadResult(tuple(works), tuple(faults))


def _name(value: object) -> str:
    return "null" if value is None else type(value).__name__


def _items(text: str, path: str) -> Iterator[tuple[int, Any]]:
    """Each item with the line it starts on."""
    start = skip(text, 1 if text.startswith("\ufeff") else 0)
    if text[start : start + 1] == "[":
        yield from of_list(text, start + 1, path)
        return
    if start == len(text):
        return
    whole, end = value_at(text, start, path)
    if skip(text, end) < len(text):
        raise ReadError("more text after the end of the JSON value", span_at(text, skip(text, end), path))
    line = text.count("\n", 0, start) + 1
    if not isinstance(whole, dict):
        raise ReadError("expected a list of items", Span(path, line))
    for item in unwrapped(whole):
        yield line, item


def unwrapped(whole: Mapping[str, Any]) -> list[Any]:
    """The items of an object: of a list in it, of its members when they are items, or itself."""
    for name in _LISTS:
        if isinstance(whole.get(name), list):
            return list(whole[name])
    members = list(whole.values())
    if (
        members
        and "type" not in whole
        and all(isinstance(member, dict) and "type" in member for member in members)
    ):
        return [{"id": key, **member} for key, member in whole.items()]
    return [whole]


def read_item(item: Mapping[str, Any], origin: Origin) -> Work:
    """A work from an item as files hold it: with keys, arXiv ids and variables where programs put them."""
    if catalogue := catalogue_of(item):
        return work_from(catalogue, item, origin)
    if is_loose(item):
        return work_from_loose(item, origin)
    if {"indexed", "reference-count"} <= item.keys():  # Crossref's own keys beside those of CSL
        item = {key: value for key, value in item.items() if key in CSL_VARIABLES or key in {"id", "type"}}
    work = _from_note(_with_dates(work_from_csl(item, origin)))
    key = work.text("citation-key")
    return gathered(replace(work, id=key).without("citation-key") if key else work)


def is_telling(work: Work) -> bool:
    """Whether a record says anything of a work: many a JSON file has a `version` and a `license`."""
    return work.type in TYPES or not _TELLING.isdisjoint(work.fields)


def _with_dates(work: Work) -> Work:
    """Dates that were written out in words: "Spring 2017" is how a season survives Zotero."""
    for variable, field in work.fields.items():
        value = field.value
        if isinstance(value, Date) and value.literal and not value.start:
            parsed = dates.parse(value.literal)
            is_said = parsed is not None and parsed.circa and not value.literal.endswith(("~", "?", "%"))
            # "c. 1664" is how its author wants it said.
            work = work.with_field(variable, parsed, field.origin) if parsed and not is_said else work
    return work


def _from_note(work: Work) -> Work:
    """Zotero keeps what it has no field for as `variable: value` lines of the note.

    https://www.zotero.org/support/kb/item_types_and_fields#citing_fields_from_extra
    """
    if ":" not in work.text("note"):
        return work
    origin = work.fields["note"].origin
    kept: list[str] = []
    for line in work.text("note").splitlines():
        taken = _with_line(work, line.strip(), origin)
        work = taken or work
        if not taken:
            kept.append(line)
    note = "\n".join(kept)
    return work.with_field("note", note, origin) if note else work.without("note")


def _with_line(work: Work, line: str, origin: Origin) -> Work | None:
    if key := _KEY_LINE.fullmatch(line):
        return work if "citation-key" in work else work.with_field("citation-key", key[1], origin)
    found = _VARIABLE_LINE.fullmatch(line)
    if not found:
        return None
    variable, text = found[1], found[2]
    if variable == "type" and text in TYPES:
        return replace(work, type=text)
    kind = CSL_VARIABLES.get(variable)
    if kind is None or variable in work:
        return None
    parse = _LINE_READERS.get(kind)
    return work.with_field(variable, parse(text) if parse else text, origin)


def _line_names(text: str) -> Value:
    return tuple(names.parse(name.replace(" || ", ", ")) for name in text.split("; "))


def _line_date(text: str) -> Value:
    return dates.parse(text) or Date(literal=text)


_LINE_READERS: Mapping[Kind, Callable[[str], Value]] = {Kind.NAMES: _line_names, Kind.DATE: _line_date}


def write_csljson(works: Sequence[Work], options: WriteOptions) -> Written:
    """Exact CSL-JSON, valid by the schema, for CSL processors."""
    items, losses = prepared(works, options)
    return Written(_text(items), tuple(losses))


def write_zotero(works: Sequence[Work], options: WriteOptions) -> Written:
    """CSL-JSON from which Zotero's import makes the right items: docs/decisions, "Two dialects of CSL-JSON"."""
    from cite2bib.formats.losses import lost  # reading does without
    from cite2bib.formats.zotero import zotero_item

    items, losses = prepared(works, options)
    found: list[dict[str, Any]] = []
    for work, item in zip(works, items, strict=True):
        changed, dropped = zotero_item(item, has_key=bool(work.id))
        found.append(changed)
        losses += lost(work, dropped, "Zotero's import of CSL-JSON")
    return Written(_text(found), tuple(losses))


def _text(items: list[dict[str, Any]]) -> str:
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def prepared(works: Sequence[Work], options: WriteOptions) -> tuple[list[dict[str, Any]], list[Diagnostic]]:
    """Items for works, and what they lose."""
    items: list[dict[str, Any]] = []
    losses: list[Diagnostic] = []
    taken = {work.id for work in works}
    for number, work in enumerate(works, 1):
        full = work if options.abstracts else work.without("abstract")
        said = spread(full)
        items.append(_item(said, _free_id(number, taken)))
        losses += _losses(full, said)
    return items, losses


def _item(work: Work, substitute: str) -> dict[str, Any]:
    item = csl_from_work(work if work.type else replace(work, type=_guessed_type(work)))
    if not work.id:
        return {**item, "id": substitute}  # the schema asks for one
    return {"id": item.pop("id"), "type": item.pop("type"), "citation-key": work.id} | item


def _free_id(number: int, taken: set[str]) -> str:
    name = f"item-{number}"
    return name if name not in taken else f"{name}-without-key"


def _guessed_type(work: Work) -> str:
    """What a work without a type is, by the fields it has: the schema asks for one."""
    if "container-title" in work:
        return "article-journal" if {"volume", "issue", "ISSN"} & work.fields.keys() else "chapter"
    if "ISBN" in work:
        return "book"
    return "webpage" if "URL" in work and "DOI" not in work else "document"


def _is_kept(variable: str) -> bool:
    return variable.startswith(FOREIGN) or bool(CARRIED.fullmatch(variable))


def _comes_back(value: Value) -> bool:
    """Reading resolves entities, and takes no name without any part."""
    if isinstance(value, tuple):
        return Name() not in value
    return not isinstance(value, str) or clean(value) == value


def _losses(work: Work, said: Work) -> Iterator[Diagnostic]:
    from cite2bib.formats.losses import lost

    foreign = [name for name in work.fields if ":" in name and not _is_kept(name)]
    yield from lost(work, foreign, "CSL-JSON")
    altered = [name for name, field in work.fields.items() if not _comes_back(field.value)]
    yield from lost(work, altered, "CSL-JSON", "does not come back from CSL-JSON as it was")
    gone = [name for name in work.fields if name not in said and name != "arxiv"]
    yield from lost(work, gone, "CSL-JSON", "says no more than that the work is on arXiv")
    if work.type and work.type not in TYPES:
        yield from lost(work, ["type"], "CSL-JSON", f"{work.type!r} is none of CSL: written as document")
