"""Markdown to blocks (https://spec.commonmark.org/0.31.2/, with tables and front matter), line by line.

Lenient as pages saved as Markdown need it; every block keeps the line it starts on.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from cite2bib.documents import Block, Document, inline
from cite2bib.documents.decoding import HEAD, decode
from cite2bib.documents.registry import Parsed
from cite2bib.light import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cite2bib.documents import Cited

_HEADING = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)")
_UNDERLINE = re.compile(r" {0,3}(=+|-+)[ \t]*$")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_ITEM = re.compile(r"([ \t]*)((?:[-*+•◦▪]|\d{1,4}[.)])[ \t]+)(?=\S)(?:\[[ xX]\][ \t]+)?")
_WRAPPED_YEAR = re.compile(
    r"[ \t]*(?:1[5-9]|20)\d\d[.)][ \t]"
)  # no number of an item, in the middle of a reference
_RAW_HTML = re.compile(r"`(</?[a-zA-Z][^`\n]{0,200}>)`\{=html\}")  # as pandoc writes it
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_QUOTE = re.compile(r"^(?: {0,3}>[ \t]?)+")
_DEFINITION = re.compile(r" {0,3}\[([^\[\]\n]{1,100})\]:[ \t]*<?(\S{1,4000}?)>?(?:[ \t]+[\"'(].*)?$")
_TABLE_RULE = re.compile(r" {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_FRONT = re.compile(r"([A-Za-z][\w-]{0,40}):[ \t]+(\S.*)")
_CELL = re.compile(r"(?<!\\)\|")
_SIGNS = tuple(
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        r"\]\((?:https?://|/|#)[^\s()]{1,500}\)",  # links
        r"^#{1,6} \S",  # headings
        r"^\[[^\]\n]{1,60}\]: \S+$",  # link definitions
        r"\*\*\S[^*\n]{1,200}\*\*",  # bold
        r"^\|?[ \t]*:?-{3,}:?[ \t]*\|[-:| \t]*$",  # a table's rule
        r"^[ \t]*(?:[-*+]|\d{1,3}[.)]) \S",  # items
    )
)


def sniff_markdown(data: bytes) -> bool:
    """Whether a text is surely Markdown: several links, or headings among other signs."""
    head = data[:HEAD].decode("utf-8", "ignore").replace("\r\n", "\n")
    if "](" not in head and "\n[" not in head and "|" not in head and "**" not in head:
        return False
    links, headings, definitions, bold, tables, items = (len(sign.findall(head)) for sign in _SIGNS)
    certain = links >= 2 or definitions >= 3 or tables > 0
    return certain or (headings + items > 0 and links + bold > 0) or bold >= 3


def read_markdown(data: bytes, path: str) -> Parsed:
    """The headings, paragraphs, items and table rows of a Markdown text."""
    decoded = decode(data, path)
    text = _RAW_HTML.sub(r"\1", decoded.text) if "`{=html}" in decoded.text else decoded.text
    lines = text.split("\n")
    targets = {
        found[1].strip().lower(): found[2]
        for line in lines
        if "]:" in line and (found := _DEFINITION.match(line))
    }
    metadata, first = _front_matter(lines)
    blocks = tuple(_Reader(lines, targets).blocks(first))
    cited = _cited(decoded.text) if "@" in decoded.text else ()
    return Parsed(Document(path, blocks, MappingProxyType(metadata), cited), decoded.diagnostics)


def _cited(text: str) -> tuple[Cited, ...]:
    from cite2bib.documents.citing import keys, pandoc

    return tuple(keys(pandoc.find(text), text))


def _front_matter(lines: list[str]) -> tuple[dict[str, str], int]:
    """The `key: value` lines between `---` at the top, or the head some savers write, and where the text begins."""
    if lines[0].startswith("Title: ") and "Markdown Content:" in (line.strip() for line in lines[:20]):
        end = next(index for index, line in enumerate(lines) if line.strip() == "Markdown Content:")
        pairs = (line.partition(": ") for line in lines[:end] if ": " in line)
        return {key.strip().lower(): value.strip() for key, _, value in pairs}, end + 1
    if lines[0].rstrip() != "---":
        return {}, 0
    end = next((index for index, line in enumerate(lines[1:60], 1) if line.rstrip() in {"---", "..."}), 0)
    if not end or not any(_FRONT.match(line) for line in lines[1:end]):
        return {}, 0
    found = (_FRONT.match(line) for line in lines[1:end])
    return {item[1].lower(): item[2].strip().strip("\"'") for item in found if item and item[2]}, end + 1


@dataclass(slots=True)
class _Open:
    """A block that is being read."""

    line: int
    kind: str = "paragraph"
    level: int = 0
    lines: list[str] = field(default_factory=list)
    depth: int = 0  # brackets still open: the next line belongs to a link's text, whatever it looks like


@dataclass(slots=True)
class _Reader:
    lines: list[str]
    targets: Mapping[str, str]
    open: _Open | None = None
    indents: list[int] = field(default_factory=list)  # of the items around
    fence: str = ""
    columns: int = 0  # of the table being read

    def blocks(self, first: int) -> Iterator[Block]:
        for index in range(first, len(self.lines)):
            yield from self._line(index)
        yield from self._flush()

    def _flush(self) -> Iterator[Block]:
        block, self.open = self.open, None
        if block:
            yield self._block("\n".join(block.lines), block.line, block.kind, block.level)

    def _block(self, source: str, line: int, kind: str, level: int = 0) -> Block:
        if kind == "code":
            return Block(source, line, kind)
        text, links, marks = inline.read(source, line, self.targets)
        return Block(text.rstrip(), line, kind, level, links, marks)

    def _line(self, index: int) -> Iterator[Block]:
        line, number = self.lines[index], index + 1
        if self.fence or _FENCE.match(line):
            yield from self._fenced(line, number)
        elif not line.strip():
            self.columns = 0
            yield from self._flush()
        elif self.open and self.open.depth > 0:
            self._continue(line)
        elif self._is_table_head(index) or self.columns:
            yield from self._row(line, number)
        elif (heading := _HEADING.match(line)) is not None:
            yield from self._flush()
            self.indents.clear()
            text = line[heading.end() :].strip()
            closed = text.rstrip("#")
            text = closed.rstrip() if not closed or closed[-1].isspace() else text
            self.open = _Open(number, "heading", len(heading[1]))
            self._continue(text)
            if not self.open.depth:
                yield from self._flush()
        elif self.open and self.open.kind == "paragraph" and _UNDERLINE.match(line):
            self._underlined(line)
            yield from self._flush()
        elif _RULE.match(line) or _DEFINITION.match(line):
            yield from self._flush()
        else:
            yield from self._text(_QUOTE.sub("", line, count=1), number)

    def _fenced(self, line: str, number: int) -> Iterator[Block]:
        if not self.fence:
            yield from self._flush()
            found = _FENCE.match(line)
            self.fence = found[1] if found else ""
            self.open = _Open(number + 1, "code")
        elif line.strip().startswith(self.fence) and not line.strip().strip(self.fence[0]):
            self.fence = ""
            yield from self._flush()
        elif self.open:
            self.open.lines.append(line)
        else:
            self.open = _Open(number, "code", lines=[line])

    def _underlined(self, line: str) -> None:
        if self.open:
            self.open.kind, self.open.level = "heading", 1 if "=" in line else 2

    def _text(self, line: str, number: int) -> Iterator[Block]:
        item = _ITEM.match(line)
        if item and not (self.open and _WRAPPED_YEAR.match(line)):
            yield from self._flush()
            indent = len(item[1].expandtabs(4))
            while self.indents and self.indents[-1] >= indent + 2 * (
                indent > 0 and self.indents[-1] > indent
            ):
                self.indents.pop()
            while self.indents and self.indents[-1] >= indent:
                self.indents.pop()
            self.indents.append(indent)
            self.open = _Open(number, "item", len(self.indents) - 1)
            self._continue(line[item.end() :])
            return
        if not self.open:
            indent = len(line) - len(line.lstrip(" \t"))
            while self.indents and indent <= self.indents[-1]:
                self.indents.pop()
            self.open = _Open(number, level=len(self.indents))
        self._continue(line)

    def _continue(self, line: str) -> None:
        if self.open:
            self.open.lines.append(line.strip())
            # An unclosed bracket that is no link (an interval, say) must not swallow the document.
            depth = (
                self.open.depth + line.count("[") - line.count("]") - line.count("\\[") + line.count("\\]")
            )
            self.open.depth = max(0, depth) if len(self.open.lines) < 60 else 0

    def _is_table_head(self, index: int) -> bool:
        after = self.lines[index + 1] if index + 1 < len(self.lines) else ""
        return "|" in self.lines[index] and "-" in after and "|" in after and bool(_TABLE_RULE.match(after))

    def _row(self, line: str, number: int) -> Iterator[Block]:
        if not self.columns:
            yield from self._flush()
            self.columns = len(_cells(line))
            yield self._cells(line, number, 1)
        elif not _TABLE_RULE.match(line):
            yield self._cells(line, number, 0)

    def _cells(self, line: str, number: int, level: int) -> Block:
        read = [inline.read(cell.replace("\\|", "|"), number, self.targets) for cell in _cells(line)]
        links = tuple(link for cell in read for link in cell.links)
        marks = tuple(mark for cell in read for mark in cell.marks)
        text = "\t".join(" ".join(cell.text.split()) for cell in read)
        return Block(text, number, "row", level, links, marks)


def _cells(line: str) -> list[str]:
    bare = line.strip().removeprefix("|")
    bare = bare[:-1] if bare.endswith("|") and not bare.endswith("\\|") else bare
    return [cell.strip() for cell in _CELL.split(bare)]
