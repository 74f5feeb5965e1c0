"""Bytes to text and back to places: what every format of lines needs."""

from __future__ import annotations

import codecs
import json

from cite2bib.diagnostics import Diagnostic, Span
from cite2bib.letters import by_lines
from cite2bib.patterns import late

_WRAPPED = late(r'\{\s*"(?:items|references|data|results|meta|status|message|message-type)"\s*:')
_TYPE = late(
    r'"type"\s*:\s*"(?:article|bill|book|broadcast|chapter|classic|collection|dataset|document|entry|event|figure|graphic|'
    r"hearing|interview|legal_case|legislation|manuscript|map|motion_picture|musical_score|pamphlet|paper|patent|"
    r"performance|periodical|personal_communication|post|regulation|report|review|software|song|speech|standard|thesis|"
    r'treaty|webpage)[a-z-]*"'
)
_TITLE = late(r'"(?:title|paper_title|display_name)"\s*:')
_TELLING = late(
    r'"(?:authors?|editor|issued|DOI|doi|container-title|year|citation-key|publisher|arxiv(?:_id)?|venue|journal|URL|url|'
    r'abstract|ISBN|fields|authorships|creators)"\s*:'
)
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes, path: str) -> tuple[str, tuple[Diagnostic, ...]]:
    """Text by its mark, else as UTF-8, and what lines are not as Windows-1252, which is reported."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace"), ()
    try:
        return data.decode(), ()
    except UnicodeDecodeError as error:
        place = span_at(data[: error.start + 1].decode("latin-1"), error.start, path)
        fault = Diagnostic("not-utf-8", "not UTF-8: read as Windows-1252", place)
        return by_lines(data), (fault,)


def span_at(text: str, offset: int, path: str) -> Span:
    """The place of an offset in a text."""
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    line = text[start : end if end >= 0 else len(text)]
    # A line of megabytes is cut by its drawing, not carried about whole.
    source = line if len(line) < 10_000 else ""
    return Span(path, text.count("\n", 0, offset) + 1, offset - start + 1, source=source)


def are_json_lines(head: str) -> bool:
    r"""Whether a text starts with a line that is an object by itself, as far as its head shows.

    >>> are_json_lines('{"title": "A"}\n{"title": "B"}'), are_json_lines('{\n "title": "A"}')
    (True, False)
    """
    line, broken, _ = head.lstrip("\ufeff \t\r\n").partition("\n")
    # One object over all: the list of an answer, laid out on one line.
    if line[:1] != "{" or _WRAPPED.match(line):
        return False
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return not broken and len(line) > 500  # a first line longer than the head


def are_about_works(head: str) -> bool:
    """Whether JSON speaks of works: of a title and what goes with it, or of a type of CSL.

    >>> are_about_works('{"title": "A", "year": 2020}'), are_about_works('{"name": "left-pad", "type": "module"}')
    (True, False)
    """
    told = [bool(pattern.search(head)) for pattern in (_TYPE, _TITLE, _TELLING)]
    return sum(told) > 1 or '"cite2bib"' in head
