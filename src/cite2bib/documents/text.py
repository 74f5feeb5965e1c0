"""Plain text: paragraphs, their lines kept. A page dumped by lynx or w3m has its numbered links put back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib.documents import Block, Document, Link
from cite2bib.documents.decoding import binary_kind, decode
from cite2bib.documents.registry import Parsed
from cite2bib.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LINK_LIST = late(r"(?:^|\n)[ \t]*(?:References|Visible links:?|Links:?)[ \t]*\n(?=\s*\[?1[.\]] +\S*[:/])")
_LINK_ROW = late(r"^[ \t]*\[?(\d{1,5})[.\]] +([a-z][a-z0-9+.-]*:\S+)[ \t]*$", re.MULTILINE)
_MARK = re.compile(r"\[(\d{1,5})\](?=\S)")
_LINK_TEXT = re.compile(r"[^\[\n]{1,400}")


def sniff_text(data: bytes) -> bool:
    """Whatever is not binary can be read as a text."""
    return not binary_kind(data)


def read_text(data: bytes, path: str) -> Parsed:
    """The paragraphs of a text, parted by blank lines."""
    decoded = decode(data, path)
    text, targets = _without_link_list(decoded.text)
    blocks = tuple(_paragraphs(text, targets))
    return Parsed(Document(path, blocks), decoded.diagnostics)


def _without_link_list(text: str) -> tuple[str, Mapping[str, str]]:
    """The text before the list of addresses that `lynx -dump` puts at the end, and that list."""
    if "1. " not in text or not re.search(r"^\s*1\. +[a-z]+:", text, re.MULTILINE):
        return text, {}
    lists = list(_LINK_LIST.finditer(text))
    if not lists:
        return text, {}
    found = lists[-1]
    rows = dict(_LINK_ROW.findall(text, found.end()))
    marked = sum(1 for mark in _MARK.finditer(text, 0, found.start()) if mark[1] in rows)
    # A reference section of addresses looks the same, but nothing before it is marked so.
    return (text[: found.start()], rows) if rows and 2 * marked >= len(rows) else (text, {})


def _paragraphs(text: str, targets: Mapping[str, str]) -> Iterator[Block]:
    rows = text.split("\n")
    width = _margin(rows) if targets else 0
    lines: list[str] = []
    start = 1
    for number, line in enumerate([*rows, ""], 1):
        if line.strip():
            if lines and width and not _was_wrapped(lines[-1], line, width):
                yield _block(lines, start, targets)
                lines = []
            start = start if lines else number
            lines.append(line)
        elif lines:
            yield _block(lines, start, targets)
            lines = []


def _margin(rows: list[str]) -> int:
    """The width a browser for terminals filled: where the longest line ends, or its usual one when all are short."""
    longest = max((len(row.rstrip()) for row in rows if " " in row.strip()), default=0)
    return longest if longest >= 70 else 79


def _was_wrapped(row: str, after: str, width: int) -> bool:
    """The next line's first word would not have fitted on this one: the marks of links count, as they did then."""
    return len(row.rstrip()) + 1 + len(after.split(maxsplit=1)[0]) > width


def _block(lines: list[str], start: int, targets: Mapping[str, str]) -> Block:
    text = ("\n" if not targets else " ").join(line.rstrip() for line in lines)
    if not targets:
        return Block(text, start)
    links = tuple(link for offset, line in enumerate(lines) for link in _links(line, start + offset, targets))
    return Block(_MARK.sub(lambda mark: "" if mark[1] in targets else mark[0], text), start, links=links)


def _links(line: str, number: int, targets: Mapping[str, str]) -> Iterator[Link]:
    for mark in _MARK.finditer(line):
        text = _LINK_TEXT.match(line, mark.end())
        if mark[1] in targets and text:
            yield Link(text[0].strip(), targets[mark[1]], number)
