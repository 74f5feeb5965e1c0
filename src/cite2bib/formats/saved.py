"""Answers of Crossref, OpenAlex and DataCite as their interfaces gave them and somebody saved them. Read only."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from cite2bib.diagnostics import Diagnostic, ReadError, Severity, Span
from cite2bib.formats import ReadResult
from cite2bib.formats.json_items import of_list
from cite2bib.formats.text import are_json_lines, decode, span_at
from cite2bib.model import Origin
from cite2bib.patterns import late
from cite2bib.records.kinds import catalogue_of, unwrapped, work_from

if TYPE_CHECKING:
    from cite2bib.model import Work

_MARKS = {
    "crossref": r'"message-type"\s*:\s*"work|"indexed"\s*:\s*\{|"reference-count"\s*:',
    "openalex": r'"id"\s*:\s*"https://openalex\.org/W|"authorships"\s*:',
    "datacite": r'"type"\s*:\s*"dois"',
}
# What Crossref serves as CSL-JSON keeps most of its own keys; there a title is a text, here a list.
_CSL_TITLE = late(r'"(?:title|container-title)"\s*:\s*"')


def catalogue_in(head: str) -> str:
    """The catalogue whose answer a text starts like, "" for none."""
    start = head.lstrip("\ufeff \t\r\n")
    if start[:1] not in {"{", "["} or (are_json_lines(start) and "\n" in start.strip()):
        return ""
    found = next((name for name, mark in _MARKS.items() if re.search(mark, start)), "")
    return "" if found == "crossref" and _CSL_TITLE.search(start) else found


def sniff_crossref(head: str) -> bool:
    """An answer of Crossref."""
    return catalogue_in(head) == "crossref"


def sniff_openalex(head: str) -> bool:
    """An answer of OpenAlex."""
    return catalogue_in(head) == "openalex"


def sniff_datacite(head: str) -> bool:
    """An answer of DataCite."""
    return catalogue_in(head) == "datacite"


def read_crossref(data: bytes, path: str) -> ReadResult:
    """Works from an answer, a list of its items, or a single one."""
    return _read(data, path, "crossref")


def read_openalex(data: bytes, path: str) -> ReadResult:
    """Works from an answer, a list of its results, or a single one."""
    return _read(data, path, "openalex")


def read_datacite(data: bytes, path: str) -> ReadResult:
    """Works from an answer, a list of its data, or a single one."""
    return _read(data, path, "datacite")


def _read(data: bytes, path: str, catalogue: str) -> ReadResult:
    text, diagnostics = decode(data, path)
    faults = list(diagnostics)
    works: list[Work] = []
    for number, record in enumerate(_records(text, path, catalogue), 1):
        if isinstance(record, ReadError):
            faults.append(Diagnostic("broken", record.message, record.span, severity=Severity.ERROR))
        elif isinstance(record, dict) and record:
            works.append(work_from(catalogue_of(record) or catalogue, record, Origin(path, f"item {number}")))
        else:
            faults.append(Diagnostic("not-a-work", f"item {number} is no record", Span(path)))
    return ReadResult(tuple(works), tuple(faults))


def _records(text: str, path: str, catalogue: str) -> list[Any]:
    """The records of an answer; of a broken one those that are whole, and what is wrong with the others."""
    bare = text.removeprefix("\ufeff")
    if not bare.strip():
        return []
    try:
        return unwrapped(json.loads(bare))
    except json.JSONDecodeError as error:
        is_lines = error.msg == "Extra data" and are_json_lines(bare[:100_000])
        found = _of_lines(bare, path) if is_lines else _of_list(bare, path, catalogue)
        if all(isinstance(record, ReadError) for record in found):
            raise ReadError(f"broken JSON: {error.msg}", span_at(bare, error.pos, path)) from None
        return found
    except (ValueError, RecursionError):
        raise ReadError("JSON beyond all measure", Span(path, 1)) from None


# What their records start with, laid out in one line.
_STARTS = {
    "crossref": r'"(?:indexed|reference-count|DOI)"\s*:',
    "openalex": r'"id"\s*:\s*"https://openalex\.org/W',
    "datacite": r'"id"\s*:\s*"[^"]*"\s*,\s*"type"\s*:\s*"dois"',
}
_LIST = late(r'"(?:items|results|data)"\s*:\s*\[|\A\s*\[')


def _of_list(text: str, path: str, catalogue: str) -> list[Any]:
    found = _LIST.search(text)
    if not found:
        return []
    return [item for _, item in of_list(text, found.end(), path, _STARTS[catalogue], is_whole=False)]


def _of_lines(text: str, path: str) -> list[Any]:
    """The records of JSON lines, each broken one as its error."""
    return [_of_line(line, number, path) for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def _of_line(line: str, number: int, path: str) -> Any:
    try:
        return json.loads(line)
    except json.JSONDecodeError as error:
        place = span_at(line, error.pos, path)
        return ReadError(f"broken JSON: {error.msg}", Span(path, number, place.column, source=place.source))
    except (ValueError, RecursionError):
        return ReadError("JSON beyond all measure", Span(path, number))
