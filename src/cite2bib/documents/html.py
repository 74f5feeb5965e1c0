"""HTML to blocks with their links, and what a page states about its own work: citation_* and Dublin Core tags, JSON-LD.

https://scholar.google.com/intl/en/scholar/inclusion.html#indexing, https://www.dublincore.org/specifications/dublin-core/dcq-html/,
https://schema.org/ScholarlyArticle. Nothing in a page is run or fetched.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Any

from cite2bib import richtext
from cite2bib.diagnostics import Diagnostic, Span
from cite2bib.documents import Block, Document, Link, Mark
from cite2bib.documents.decoding import HEAD, decode
from cite2bib.documents.metadata import from_page
from cite2bib.documents.registry import Parsed
from cite2bib.light import dataclass, field

_START = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--[^\x00]{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE,
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_SILENT = frozenset(
    [
        "script",
        "style",
        "template",
        "svg",
        "math-annotation",
        "object",
        "iframe",
        "canvas",
        "video",
        "audio",
        "map",
        "head",
        "noscript",
        "select",
        "textarea",
        "datalist",
    ]
)
_NAVIGATION = frozenset(["nav", "footer", "button", "menu", "dialog"])
_ROLES = frozenset(
    [
        "navigation",
        "banner",
        "contentinfo",
        "search",
        "dialog",
        "menu",
        "menubar",
        "tablist",
        "alert",
        "alertdialog",
    ]
)
_BOLD = frozenset(["b", "strong"])


def sniff_html(data: bytes) -> bool:
    """Whether a text starts as an HTML page does, or is full of its tags."""
    if _START.match(data[:HEAD]):
        return True
    head = data[:HEAD].lower()
    start = head.lstrip()[:1]
    closed = sum(head.count(tag) for tag in (b"</p>", b"</div>", b"</li>", b"</td>", b"</a>", b"</h3>"))
    return start == b"<" and closed >= 3 and head.count(b"<") > 2 * closed - 1


def read_html(data: bytes, path: str) -> Parsed:
    """The blocks of a page with their links, and its metadata."""
    from lxml import etree

    decoded = decode(data, path)
    # What lxml is given is text: its own guess at encodings would undo ours.
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(decoded.text.replace("\x00", "").encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        return Parsed(Document(path), decoded.diagnostics)
    metadata, faults = from_page(root)
    base = root.find(".//base[@href]")
    reader = _Reader(base.get("href") if base is not None else metadata.get("page-url", ""))
    reader.walk(root)
    told = tuple(Diagnostic("json-ld", fault, Span(path)) for fault in faults)
    return Parsed(
        Document(path, tuple(reader.blocks), MappingProxyType(metadata)), (*decoded.diagnostics, *told)
    )


@dataclass(slots=True)
class _Run:
    """A link or a mark that is open: where its text starts in the current block."""

    kind: str
    target: str
    start: int
    line: int
    told: bool = False  # a block that it goes around has it already


@dataclass(slots=True)
class _Reader:
    base: str
    blocks: list[Block] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    runs: list[_Run] = field(default_factory=list)
    kinds: list[tuple[str, int]] = field(default_factory=lambda: [("paragraph", 0)])
    line: int = 1
    placed: bool = False  # the block's line is known
    preserved: int = 0
    quiet: int = 0  # inside what is not shown
    away: int = 0  # inside navigation
    rows: int = 0  # inside a table's row that is read as one block
    lists: int = 0
    coins: list[str] = field(default_factory=list)  # records that stand in the block

    def walk(self, root: Any) -> None:
        from lxml import etree

        for event, element in etree.iterwalk(root, events=("start", "end")):
            if isinstance(element.tag, str):
                self._start(element) if event == "start" else self._end(element)
        self._flush()

    def _start(self, element: Any) -> None:
        tag = element.tag
        if tag == "span" and not self.quiet and "Z3988" in (element.get("class") or "").split():
            self.coins.append(element.get("title") or "")
        self.quiet += tag in _SILENT or _is_hidden(element)
        if self.quiet:
            return
        self.away += _is_navigation(element)
        if tag in _BLOCKS and not self.rows:
            self._flush()
            self._open_block(tag, element)
        elif tag in {"td", "th"} and self.rows:
            self.parts.append("\t")
        elif tag == "br":
            self.parts.append("\n" if not self.rows else " ")
        elif tag in {"a", "b", "strong", "i", "em", "cite"}:
            target = (element.get("href") or "").strip()
            self.runs.append(_Run(tag, target, len(self.parts), element.sourceline or self.line))
        self.preserved += tag == "pre"
        self._text(element.text, element.sourceline)

    def _open_block(self, tag: str, element: Any) -> None:
        self.line = element.sourceline or self.line
        self.lists += tag in {"ul", "ol", "dl"}
        if tag[0] == "h" and tag[1:].isdigit():
            self.kinds.append(("heading", int(tag[1:])))
        elif tag in {"li", "dd", "dt"}:
            self.kinds.append(("item", max(0, self.lists - 1)))
        elif tag == "tr" and _is_data(element):
            self.rows += 1
            self.kinds.append(("row", _row_level(element)))
        else:
            inherited = self.kinds[-1] if self.kinds[-1][0] in {"item", "heading"} else ("paragraph", 0)
            self.kinds.append(inherited)

    def _end(self, element: Any) -> None:
        tag = element.tag
        if not self.quiet:
            self.preserved -= tag == "pre"
            if tag in {"a", "b", "strong", "i", "em", "cite"} and self.runs:
                self._close_run(self.runs.pop())
            if tag in _BLOCKS and (not self.rows or tag == "tr"):
                self._flush()
                self.rows -= tag == "tr" and self.rows > 0
                self.lists -= tag in {"ul", "ol", "dl"}
                if len(self.kinds) > 1:
                    self.kinds.pop()
            self.away -= _is_navigation(element)
        self.quiet -= tag in _SILENT or _is_hidden(element)
        if not self.quiet:
            self._text(element.tail, 0)

    def _text(self, text: str | None, line: int) -> None:
        if not text or self.quiet:
            return
        if not self.placed and text.strip():
            self._place(text, line)
        self.parts.append(text if self.preserved else _SPACES.sub(" ", text))

    def _place(self, text: str, line: int) -> None:
        """The line of a block is that of its first word."""
        self.placed = True
        if line:
            lead = text[: len(text) - len(text.lstrip())]
            self.line = line + lead.count("\n")

    def _close_run(self, run: _Run) -> None:
        text = " ".join("".join(self.parts[run.start :]).split())
        if run.kind == "a":
            if run.told and not text:
                return
            if run.target and not run.target.startswith(("javascript:", "data:")):
                self.links.append(Link(text, _absolute(self.base, run.target), run.line))
        elif text:
            self.marks.append(Mark("bold" if run.kind in _BOLD else "italic", text, run.line))

    def _inside_item(self, level: int) -> None:
        """What follows the first block of an item belongs to it, and starts no other."""
        for index in range(len(self.kinds) - 1, -1, -1):
            if self.kinds[index] != ("item", level):
                return
            self.kinds[index] = ("paragraph", level + 1)

    def _flush(self) -> None:
        for run in self.runs:
            if run.kind == "a" and "".join(self.parts[run.start :]).strip():
                self._close_run(run)
                run.told = True
        text = "".join(self.parts)
        cells = text.strip(" \n").removeprefix("\t").split("\t") if self.rows else [text]
        joint = ": " if self.kinds[-1] == ("row", 2) else "\t"
        shown = joint.join("\n".join(filter(None, map(_tidy, cell.split("\n")))) for cell in cells)
        if shown.strip() or self.links:
            kind, level = self.kinds[-1]
            kind = "navigation" if self.away else "paragraph" if (kind, level) == ("row", 2) else kind
            block = Block(shown.strip("\n"), self.line, kind, level, tuple(self.links), tuple(self.marks))
            self.blocks += self._records(block) or [block]
            if kind == "item":
                self._inside_item(level)
        self.parts, self.links, self.marks, self.placed, self.coins = [], [], [], False, []
        for run in self.runs:  # a link around several blocks goes on in the next
            run.start = 0

    def _records(self, block: Block) -> list[Block]:
        """The COinS of a block that is the reference it is made from: they say the same in fields."""
        if not self.coins:
            return []
        from cite2bib.documents.embedded import from_coins
        from cite2bib.letters import fold
        from cite2bib.model import Origin

        text = fold(block.text)
        works = [from_coins(record, Origin("")) for record in self.coins]
        named = [work.text("title") or work.text("container-title") if work else "" for work in works]
        if not all(name and fold(richtext.plain(name)) in text for name in named):
            return []  # they are about the page, or about more than the block shows
        return [Block(record, block.line, "coins") for record in self.coins]


_SPACES = re.compile(r"[ \t\r\n\f\v]+")


def _tidy(line: str) -> str:
    return _SPACES.sub(" ", line).strip()


def _is_hidden(element: Any) -> bool:
    style = element.get("style") or ""
    return element.get("hidden") is not None or "display:none" in style.replace(" ", "")


def _is_navigation(element: Any) -> bool:
    return element.tag in _NAVIGATION or element.get("role") in _ROLES


def _row_level(row: Any) -> int:
    """1 for a table's head, 2 for a key with its value, 0 for any other row."""
    tags = [cell.tag for cell in row if cell.tag in {"td", "th"}]
    return 1 if set(tags) == {"th"} else 2 if tags == ["th", "td"] else 0


def _is_data(row: Any) -> bool:
    """Whether a table's row is one record: more than one cell, none of which holds blocks of its own."""
    cells = [cell for cell in row if cell.tag in {"td", "th"}]
    return len(cells) > 1 and not any(
        inner.tag in _BLOCKS
        for cell in cells
        for inner in cell.iterdescendants()
        if isinstance(inner.tag, str)
    )


def _absolute(base: str, target: str) -> str:
    if "://" in target[:12] or not base:
        return target
    from urllib.parse import urljoin

    try:
        return urljoin(base, target)
    except ValueError:
        return target
