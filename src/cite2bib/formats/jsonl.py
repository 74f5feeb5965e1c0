"""JSON lines, one work a line: our own full form, CSL-JSON items, and loose records with plain keys.

Own form: {"cite2bib": 1, "id", "type", "fields": {variable: value}, "origins": {variable: [source, locator,
confidence, note]}, "places": [[...]]}; the one format that loses nothing. https://jsonlines.org
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from cite2bib.diagnostics import Diagnostic, Severity, Span
from cite2bib.formats import ReadResult, WriteOptions, Written
from cite2bib.formats.csljson import is_telling, read_item
from cite2bib.formats.saved import catalogue_in
from cite2bib.formats.text import are_about_works, are_json_lines, decode
from cite2bib.model import NOWHERE, Date, Field, Name, Origin, Value, Work

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_NAME_KEYS = ("family", "given", "particle", "dropping_particle", "suffix", "literal")
_NAME_FLAGS = ("comma_suffix", "static_ordering")


def sniff_jsonl(head: str) -> bool:
    """A first line that is an object by itself."""
    return are_json_lines(head) and are_about_works(head) and not catalogue_in(head)


def read_jsonl(data: bytes, path: str) -> ReadResult:
    """Works from lines; a broken line costs that line."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = decode(data, path)[0].encode()
    works: list[Work] = []
    faults: list[Diagnostic] = []
    for found in iter_jsonl(data.split(b"\n"), path):
        if isinstance(found, Work):
            works.append(found)
        else:
            faults.append(found)
    return ReadResult(tuple(works), tuple(faults))


def iter_jsonl(lines: Iterable[bytes], path: str) -> Iterator[Work | Diagnostic]:
    """Works, and diagnostics where a line is none, one line at a time: a file of any size can be streamed."""
    for number, line in enumerate(lines, 1):
        yield from read_line(line, path, number)


def read_line(line: bytes, path: str, number: int) -> Iterator[Work | Diagnostic]:
    """The work of one line, nothing for a blank one."""
    bare = line.strip(b" \t\r\n,\xef\xbb\xbf")
    if bare in {b"", b"[", b"]"}:  # blank, or the brackets of a list laid out in lines
        return
    try:
        record = json.loads(bare.decode())
    except UnicodeDecodeError:
        text, _ = decode(bare, path)
        yield Diagnostic("not-utf-8", "not UTF-8: read as Windows-1252", Span(path, number))
        yield _loaded(text, path, number)
        return
    except (ValueError, RecursionError) as error:
        yield _broken(error, bare, path, number)
        return
    yield _work(record, path, number)


def _loaded(text: str, path: str, number: int) -> Work | Diagnostic:
    try:
        return _work(json.loads(text), path, number)
    except (ValueError, RecursionError) as error:
        return _broken(error, text.encode(), path, number)


def _broken(error: Exception, line: bytes, path: str, number: int) -> Diagnostic:
    column, message = 0, "JSON beyond all measure"
    if isinstance(error, json.JSONDecodeError):
        column, message = error.pos + 1, f"broken JSON: {error.msg}"
    source = line.decode(errors="replace") if len(line) < 10_000 else ""
    span = Span(path, number, column, source=source)
    return Diagnostic("broken-record", message, span, severity=Severity.ERROR)


def _work(record: Any, path: str, number: int) -> Work | Diagnostic:
    if not isinstance(record, dict):
        return Diagnostic("not-a-work", "expected an object", Span(path, number))
    if isinstance(record.get("fields"), dict):
        return _own_work(record)
    work = read_item(record, Origin(path, str(number)))
    if is_telling(work):
        return work
    return Diagnostic("not-a-work", "an object that says nothing of a work", Span(path, number))


def _own_work(record: Mapping[str, Any]) -> Work:
    origins = record.get("origins")
    origins = origins if isinstance(origins, dict) else {}
    fields = {
        str(variable): Field(_value(value), _origin(origins.get(variable)))
        for variable, value in record["fields"].items()
    }
    places = record.get("places")
    return Work(
        str(record.get("id", "")),
        str(record.get("type", "")),
        {variable: field for variable, field in fields.items() if field.value},
        tuple(map(_origin, places if isinstance(places, list) else ())),
    )


def _value(raw: Any) -> Value:
    if isinstance(raw, list):
        return tuple(_name(name) for name in raw if isinstance(name, dict))
    return _date(raw) if isinstance(raw, dict) else str(raw)


def _name(raw: Mapping[str, Any]) -> Name:
    parts = {key: str(part) for key, part in raw.items() if key in _NAME_KEYS}
    comma, static = (raw.get(flag) is True for flag in _NAME_FLAGS)
    return Name(**parts)._replace(comma_suffix=comma, static_ordering=static)  # type: ignore[arg-type]


def _date(raw: Mapping[str, Any]) -> Date:
    season, end_season = (
        value if isinstance(value, int) and 0 <= value <= 4 else 0
        for value in (raw.get("season"), raw.get("end_season"))
    )
    return Date(
        _parts(raw.get("start")),
        _parts(raw.get("end")),
        season,
        raw.get("circa") is True,
        str(raw.get("literal", "")),
        end_season,
    )


def _parts(raw: Any) -> tuple[int, ...]:
    return tuple(part for part in raw[:3] if isinstance(part, int)) if isinstance(raw, list) else ()


def _origin(raw: Any) -> Origin:
    if not isinstance(raw, list) or not raw:
        return NOWHERE
    source, locator, confidence, note = (*raw, *("", "", 1.0, "")[len(raw) :])[:4]
    sure = float(confidence) if isinstance(confidence, int | float) else 1.0
    return Origin(str(source), str(locator), sure, str(note))


def write_jsonl(works: Sequence[Work], options: WriteOptions) -> Written:
    """Our own full form: every variable, origin and place."""
    return Written("".join(_line(work if options.abstracts else work.without("abstract")) for work in works))


def _line(work: Work) -> str:
    record: dict[str, Any] = {"cite2bib": 1, "id": work.id, "type": work.type}
    record["fields"] = {variable: _json(field.value) for variable, field in work.fields.items()}
    origins = {
        name: _json_origin(field.origin) for name, field in work.fields.items() if field.origin != NOWHERE
    }
    if origins:
        record["origins"] = origins
    if work.places:
        record["places"] = [_json_origin(place) for place in work.places]
    return json.dumps(record, ensure_ascii=False) + "\n"


def _json(value: Value) -> Any:
    if isinstance(value, str):
        return value
    if isinstance(value, Date):
        keys = ("start", "end", "season", "circa", "literal", "end_season")
        return {key: getattr(value, key) for key in keys if getattr(value, key)}
    return [
        {key: getattr(name, key) for key in (*_NAME_KEYS, *_NAME_FLAGS) if getattr(name, key)}
        for name in value
    ]


def _json_origin(origin: Origin) -> list[Any]:
    parts = [origin.source, origin.locator, origin.confidence, origin.note]
    defaults = ["", "", 1.0, ""]
    while len(parts) > 1 and parts[-1] == defaults[len(parts) - 1]:
        parts.pop()
    return parts
