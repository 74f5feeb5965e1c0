"""EPUB books to blocks: the chapters in the order in which they are read, and what the package says of the book.

https://www.w3.org/TR/epub-33/
"""

from __future__ import annotations

from pathlib import PurePosixPath
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import unquote

from cite2bib import identifiers
from cite2bib.diagnostics import Diagnostic, ReadError, Span
from cite2bib.documents import Block, Document
from cite2bib.documents.html import read_html
from cite2bib.documents.registry import Parsed
from cite2bib.documents.zipped import Zipped, is_zip
from cite2bib.records.safe_xml import Node, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_CHAPTERS = 5_000


def sniff_epub(data: bytes) -> bool:
    """Whether a zip file says first that it is an EPUB."""
    return is_zip(data) and b"application/epub+zip" in data[:200]


def read_epub(data: bytes, path: str) -> Parsed:
    """The blocks of all chapters; a line counts in its chapter."""
    zipped = Zipped(data, path)
    package = _package(zipped)
    root = parse(zipped.read(package), f"{path}!{package}")
    blocks: list[Block] = []
    told: list[Diagnostic] = []
    for name in _chapters(root, package):
        try:
            parsed = read_html(zipped.read(name), f"{path}!{name}")
        except ReadError as error:
            told.append(Diagnostic("epub-chapter", error.message, error.span))
            continue
        blocks += parsed.document.blocks
        told += parsed.diagnostics
    return Parsed(Document(path, tuple(blocks), MappingProxyType(_stated(root))), tuple(told))


def _package(zipped: Zipped) -> str:
    container = parse(zipped.read("META-INF/container.xml"), f"{zipped.path}!META-INF/container.xml")
    name = container.find("rootfiles", "rootfile").attributes.get("full-path", "")
    if not name:
        raise ReadError("no package in this EPUB", Span(f"{zipped.path}!META-INF/container.xml"))
    return name


def _chapters(root: Node, package: str) -> Iterator[str]:
    """The names of the chapters, in the order of the spine."""
    items = {item.attributes.get("id"): item.attributes for item in root.all("manifest", "item")}
    for entry in root.all("spine", "itemref")[:MOST_CHAPTERS]:
        item = items.get(entry.attributes.get("idref"), {})
        if "html" in item.get("media-type", "") and item.get("href"):
            folder = PurePosixPath(package).parent
            yield _resolved(folder / unquote(item["href"].split("#")[0]))


def _resolved(name: PurePosixPath) -> str:
    """A name without `..`, which chapters in folders use."""
    parts: list[str] = []
    for part in name.parts:
        if part == "..":
            del parts[-1:]
        elif part != ".":
            parts.append(part)
    return "/".join(parts)


def _stated(root: Node) -> dict[str, str]:
    stated = root.find("metadata")
    found = {
        "title": stated.text("title"),
        "author": "; ".join(filter(None, (_text(node) for node in stated.all("creator")))),
        "issued": stated.text("date")[:10],
        "publisher": stated.text("publisher"),
        "language": stated.text("language"),
    }
    for node in stated.all("identifier"):
        written = _text(node)
        isbn = identifiers.normal_isbn(written.removeprefix("urn:isbn:"))
        if isbn:
            found.setdefault("ISBN", isbn)
        elif doi := identifiers.normal_doi(written):
            found.setdefault("DOI", doi)
    return {key: value for key, value in found.items() if value}


def _text(node: Node) -> str:
    return " ".join(node.raw().split())
