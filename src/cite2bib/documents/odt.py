"""OpenDocument texts to blocks: paragraphs, headings, notes, and the bibliography entries they carry.

https://docs.oasis-open.org/office/OpenDocument/v1.3/
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from cite2bib.diagnostics import Diagnostic, ReadError
from cite2bib.documents import Block, Document, Link, embedded
from cite2bib.documents.registry import Parsed
from cite2bib.documents.zipped import Zipped, is_zip
from cite2bib.light import dataclass, field
from cite2bib.model import Origin
from cite2bib.records.safe_xml import Node, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cite2bib.model import Work

_TYPE = b"application/vnd.oasis.opendocument.text"
_HIDDEN = frozenset({"tracked-changes", "annotation", "index-title-template", "sequence-decls"})


def sniff_odt(data: bytes) -> bool:
    """Whether a zip file says first that it is an OpenDocument text."""
    return is_zip(data) and _TYPE in data[:200]


def read_odt(data: bytes, path: str) -> Parsed:
    """The paragraphs of an OpenDocument text; a line is a paragraph's number."""
    zipped = Zipped(data, path)
    root = parse(zipped.read("content.xml"), f"{path}!content.xml")
    reader = _Reader(path)
    reader.read(root.find("body", "text"), "paragraph")
    told: list[Diagnostic] = []
    metadata = MappingProxyType(_stated(zipped, path, told))
    document = Document(path, tuple(reader.blocks), metadata, works=embedded.merged(reader.works))
    return Parsed(document, tuple(told))


def _stated(zipped: Zipped, path: str, told: list[Diagnostic]) -> dict[str, str]:
    if "meta.xml" not in zipped:
        return {}
    try:
        root = parse(zipped.read("meta.xml"), f"{path}!meta.xml").find("meta")
    except ReadError as error:
        told.append(Diagnostic("odt-part", error.message, error.span))
        return {}
    author = root.text("initial-creator") or root.text("creator")
    found = {"title": root.text("title"), "author": author, "issued": root.text("creation-date")[:10]}
    return {key: value for key, value in found.items() if value}


@dataclass(slots=True)
class _Reader:
    path: str
    blocks: list[Block] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)
    number: int = 0

    def read(self, node: Node, kind: str) -> None:
        for child in node:
            if child.name in {"p", "h"}:
                self._paragraph(child, kind)
            elif child.name == "list-item":
                self.read(child, "item" if kind == "paragraph" else kind)
            elif child.name == "bibliography" or self._is_bibliography(child):
                self.read(child, "reference")
            elif child.name == "index-title":
                self.read(child, "paragraph")
            elif child.name not in _HIDDEN:
                self.read(child, kind)

    @staticmethod
    def _is_bibliography(node: Node) -> bool:
        """Zotero and Mendeley keep theirs in a section of a telling name."""
        return node.name == "section" and bool(embedded.BIBLIOGRAPHY.match(node.attributes.get("name", "")))

    def _paragraph(self, node: Node, kind: str) -> None:
        self.number += 1
        number = self.number
        links: list[Link] = []
        notes: list[Node] = []
        text = " ".join("".join(self._inline(node, links, notes)).split())
        if text and node.name == "h":
            level = node.attributes.get("outline-level", "1")
            self.blocks.append(
                Block(
                    text,
                    number,
                    "heading",
                    int(level) if level.isdecimal() and len(level) < 3 else 1,
                    tuple(links),
                )
            )
        elif text:
            self.blocks.append(Block(text, number, kind, links=tuple(links)))
        for note in notes:
            self.read(note.find("note-body"), "note")

    def _inline(self, node: Node, links: list[Link], notes: list[Node]) -> Iterator[str]:
        for child in node.children:
            if isinstance(child, str):
                yield child
            elif child.name in {"s", "tab", "line-break"}:
                yield " "
            elif child.name == "note":
                notes.append(child)
            elif child.name == "a":
                shown = "".join(self._inline(child, links, notes))
                links.append(Link(shown, child.attributes.get("href", ""), self.number))
                yield shown
            elif child.name not in _HIDDEN:
                self._mark(child)
                yield from self._inline(child, links, notes)

    def _mark(self, node: Node) -> None:
        origin = Origin(self.path, str(self.number))
        if node.name == "bibliography-mark":
            work = embedded.from_odf_mark(node.attributes, origin)
            self.works += [work] if work else []
        elif re.fullmatch(r"(?:reference-mark|bookmark)(?:-start)?", node.name):
            self.works += embedded.from_field(node.attributes.get("name", ""), origin)
