"""Word documents (OOXML) to blocks: paragraphs, notes, headings, and what reference managers put into their fields.

https://ecma-international.org/publications-and-standards/standards/ecma-376/
"""

from __future__ import annotations

import base64
import binascii
import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from cite2bib.diagnostics import Diagnostic, ReadError
from cite2bib.documents import Block, Document, Link, embedded
from cite2bib.documents.registry import Parsed
from cite2bib.documents.zipped import Zipped, is_zip, names_of
from cite2bib.light import dataclass, field
from cite2bib.model import Origin
from cite2bib.records.safe_xml import Node, parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cite2bib.model import Work

_HIDDEN = frozenset({"del", "moveFrom", "Fallback", "delText", "rPr", "pPr", "sdtPr"})
_BREAKS = {"tab": "\t", "br": " ", "cr": " ", "noBreakHyphen": "-", "softHyphen": "", "sym": ""}
_REFERENCE_STYLE = re.compile(
    r"(?:endnote\s+)?bibliograph(?:y|ie)|literaturverzeichnis|bibliograf[ií]a|references?|citavi\s+bibliography.*",
    re.IGNORECASE,
)


def sniff_docx(data: bytes) -> bool:
    """Whether a zip file holds a Word document."""
    return is_zip(data) and "word/document.xml" in names_of(data)


def read_docx(data: bytes, path: str) -> Parsed:
    """The paragraphs of a Word document, footnotes and endnotes behind them; a line is a paragraph's number."""
    zipped = Zipped(data, path)
    told: list[Diagnostic] = []
    reader = _Reader(path, _links(zipped, told), _styles(zipped, told))
    body = _part(zipped, "word/document.xml", told)
    if body is None:
        raise ReadError(told[0].message, told[0].span)
    reader.read(body, "paragraph")
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        notes = _part(zipped, name, told) if name in zipped else None
        if notes:
            reader.read(notes, "note")
    works = (*reader.works, *_sources(zipped, path, told))
    metadata = MappingProxyType(_stated(zipped, told))
    document = Document(path, tuple(reader.blocks), metadata, works=embedded.merged(works))
    return Parsed(document, tuple(told))


def _part(zipped: Zipped, name: str, told: list[Diagnostic]) -> Node | None:
    """A part's XML; what is wrong with it is told, and costs the part."""
    try:
        return parse(zipped.read(name), f"{zipped.path}!{name}")
    except ReadError as error:
        told.append(Diagnostic("docx-part", error.message, error.span))
        return None


def _links(zipped: Zipped, told: list[Diagnostic]) -> Mapping[str, str]:
    name = "word/_rels/document.xml.rels"
    root = _part(zipped, name, told) if name in zipped else None
    rows = root.all("Relationship") if root else []
    return {
        row.attributes.get("Id", ""): row.attributes.get("Target", "")
        for row in rows
        if row.attributes.get("TargetMode") == "External"
    }


def _styles(zipped: Zipped, told: list[Diagnostic]) -> Mapping[str, str]:
    """The names of styles by their ids, which Word translates."""
    root = _part(zipped, "word/styles.xml", told) if "word/styles.xml" in zipped else None
    rows = root.all("style") if root else []
    return {row.attributes.get("styleId", ""): row.find("name").attributes.get("val", "") for row in rows}


def _sources(zipped: Zipped, path: str, told: list[Diagnostic]) -> list[Work]:
    found: list[Work] = []
    for name in zipped.names():
        if re.fullmatch(r"customXml/item\d+\.xml", name):
            root = _part(zipped, name, told)
            if root and root.name == "Sources":
                found += embedded.from_word_sources(root, path)
    return found


def _stated(zipped: Zipped, told: list[Diagnostic]) -> dict[str, str]:
    root = _part(zipped, "docProps/core.xml", told) if "docProps/core.xml" in zipped else None
    if not root:
        return {}
    found = {"title": root.text("title"), "author": root.text("creator"), "issued": root.text("created")[:10]}
    return {key: value for key, value in found.items() if value}


@dataclass(slots=True)
class _Field:
    """A field that is open: its code, then what it shows."""

    code: str = ""
    shows: bool = False
    is_bibliography: bool = False


@dataclass(slots=True)
class _Reader:
    """One pass over the paragraphs; fields run over several of them."""

    path: str
    targets: Mapping[str, str]
    styles: Mapping[str, str]
    blocks: list[Block] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)
    open: list[_Field] = field(default_factory=list)
    number: int = 0
    bibliographies: int = 0  # content controls that hold one

    def read(self, node: Node, kind: str) -> None:
        for child in node:
            if child.name == "p":
                self._paragraph(child, kind)
            elif child.name == "sdt":
                self._control(child, kind)
            elif child.name not in _HIDDEN:
                self.read(child, kind)

    def _control(self, node: Node, kind: str) -> None:
        tag = node.find("sdtPr", "tag").attributes.get("val", "")
        gallery = node.find("sdtPr", "docPartObj", "docPartGallery").attributes.get("val", "")
        is_bibliography = (
            tag.startswith("MENDELEY_BIBLIOGRAPHY")
            or "Bibliograph" in gallery
            or bool(node.all("sdtPr", "bibliography"))
        )
        self.works += embedded.from_mendeley_tag(tag, self._origin())
        self.bibliographies += is_bibliography
        self.read(node.find("sdtContent"), kind)
        self.bibliographies -= is_bibliography

    def _origin(self) -> Origin:
        return Origin(self.path, str(max(self.number, 1)))

    def _paragraph(self, node: Node, kind: str) -> None:
        self.number += 1
        number = self.number
        inside = bool(self.bibliographies) or any(item.is_bibliography for item in self.open)
        links: list[Link] = []
        text = "".join(self._runs(node, links))
        inside = inside or any(item.is_bibliography for item in self.open)
        style = self.styles.get(node.find("pPr", "pStyle").attributes.get("val", ""), "")
        level = self._level(node, style)
        shown = " ".join(text.split())
        if not shown:
            return
        if level:
            self.blocks.append(Block(shown, number, "heading", level, tuple(links)))
            return
        if inside or _REFERENCE_STYLE.fullmatch(style):
            kind = "reference"
        elif kind == "paragraph" and node.all("pPr", "numPr"):
            kind = "item"
        self.blocks.append(Block(shown, number, kind, links=tuple(links)))

    def _level(self, node: Node, style: str) -> int:
        outline = node.find("pPr", "outlineLvl").attributes.get("val", "")
        named = re.fullmatch(
            r"(?:heading|überschrift|titre|título|titolo|заголовок|kop|rubrik)\s*(\d)", style.lower()
        )
        return (
            int(outline) + 1
            if outline.isdecimal() and len(outline) == 1 and outline != "9"
            else int(named[1])
            if named
            else 0
        )

    def _runs(self, node: Node, links: list[Link]) -> Iterator[str]:
        """The text that is shown, while fields open and close."""
        for child in node:
            if child.name in _HIDDEN:
                continue
            if child.name == "fldChar":
                self._field_mark(child)
            elif child.name == "instrText" and self.open:
                self.open[-1].code += child.raw()
            elif child.name == "fldSimple":
                self._code(child.attributes.get("instr", ""))
                yield from self._runs(child, links)
            elif child.name == "hyperlink":
                shown = "".join(self._runs(child, links))
                if target := self.targets.get(child.attributes.get("id", "")):
                    links.append(Link(shown, target, self.number))
                yield shown
            elif child.name == "sdt":
                self.works += embedded.from_mendeley_tag(
                    child.find("sdtPr", "tag").attributes.get("val", ""), self._origin()
                )
                yield from self._runs(child.find("sdtContent"), links)
            elif all(item.shows for item in self.open):
                yield child.raw() if child.name == "t" else _BREAKS.get(child.name, "")
                yield from () if child.name == "t" else self._runs(child, links)
            else:
                yield from self._runs(child, links)

    def _field_mark(self, node: Node) -> None:
        kind = node.attributes.get("fldCharType", "")
        if kind == "begin":
            self.open.append(_Field(_hidden_data(node)))
        elif kind == "separate" and self.open:
            self.open[-1].shows = True
            self.open[-1].is_bibliography = bool(embedded.BIBLIOGRAPHY.match(self.open[-1].code))
            self._code(self.open[-1].code)
        elif kind == "end" and self.open:
            closed = self.open.pop()
            if not closed.shows:
                self._code(closed.code)

    def _code(self, code: str) -> None:
        self.works += embedded.from_field(code, self._origin())
        records = embedded.endnote_records(code)
        if records:
            self.blocks.append(Block(records, max(self.number, 1), "endnote"))


def _hidden_data(node: Node) -> str:
    """EndNote's records beside a field: base64 of the XML, as its field code would hold it."""
    packed = "".join(node.find("fldData").raw().split())
    if not packed:
        return ""
    try:
        data = base64.b64decode(packed + "=" * (-len(packed) % 4))
    except (binascii.Error, ValueError):
        return ""
    for encoding in ("utf-8", "utf-16-le"):
        text = data.decode(encoding, "ignore")
        if "<EndNote>" in text:
            return text
    return ""
