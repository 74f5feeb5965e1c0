"""Tables as text, comma, semicolon or tab separated (RFC 4180 and what spreadsheets make of it): one block a row."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from cite2bib.documents import Block, Document, Link
from cite2bib.documents.decoding import HEAD, decode
from cite2bib.documents.registry import Parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

_DELIMITERS = "\t,;|"
_TITLE = re.compile(
    r"\s*[\"']?(?:(?:paper|article|document|work|item|publication|full|display)?[ _-]?(?:title|name)|papers?)[\"']?\s*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://[^\s,;\"]{1,2000}")
_LONGEST = 1_000_000  # characters in a cell; csv's own limit would break on a long abstract


def delimiter_of(line: str) -> str:
    """What parts the columns of a table with this head, "" when it is no head of a table of works."""
    for mark in _DELIMITERS:
        if mark in line and any(_TITLE.fullmatch(cell) for cell in line.split(mark)):
            return mark
    return ""


def sniff_table(data: bytes) -> bool:
    """Whether a text starts with the head of a table that has a column of titles."""
    return bool(delimiter_of(_head(data[:HEAD].decode("utf-8-sig", "ignore")))) and not data.startswith(
        (b"|", b"#", b"{")
    )


def _head(text: str) -> str:
    return next((line for line in text.split("\n", 20) if line.strip()), "")[:2000].rstrip("\r")


def read_table(data: bytes, path: str) -> Parsed:
    """The rows of a table, their cells parted by tabs; the first is the head."""
    decoded = decode(data, path)
    mark = delimiter_of(_head(decoded.text)) or ("\t" if path.lower().endswith((".tsv", ".tab")) else ",")
    return Parsed(Document(path, tuple(_rows(decoded.text, mark))), decoded.diagnostics)


def _rows(text: str, mark: str) -> Iterator[Block]:
    csv.field_size_limit(max(_LONGEST, len(text) + 1))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    level, start = 1, 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            shown = "\t".join(" ".join(cell.split()) for cell in cells)
            links = tuple(Link("", found[0], start) for found in _ADDRESS.finditer(shown))
            yield Block(shown, start, "row", level, links)
            level = 0
        start = reader.line_num + 1
