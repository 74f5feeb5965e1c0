"""Style and locale XML to plain elements that know their line and column; entities and doctypes are refused.

https://www.w3.org/TR/xml/ through expat, which is in every Python.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.parsers import expat

from cite2bib.diagnostics import Span, StyleError
from cite2bib.light import NamedTuple
from cite2bib.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator

CSL_NAMESPACE = "http://purl.org/net/xbiblio/csl"
_XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"
_ESCAPED_TWICE = late(r"&amp;(#\d+;|[lg]t;)")  # some styles write spaces and markup so
_CSL, _XML = f"{CSL_NAMESPACE} ", f"{_XML_NAMESPACE} "  # as expat sets them before a name
# What has a text of its own; the white space between all others is not even looked at.
_WITH_TEXT = frozenset(("id", "title", "title-short", "summary", "term", "single", "multiple"))
_DEEPEST = 200  # no style nests deeper than 40; the limit keeps recursion safe


class Element:
    """One element: its local name, attributes, children and text."""

    __slots__ = ("attributes", "children", "offset", "source", "tag", "text")

    def __init__(self, tag: str, attributes: dict[str, str], offset: int, source: XmlSource) -> None:
        self.tag = tag
        self.attributes = attributes
        self.offset = offset
        self.source = source
        self.children: list[Element] = []
        self.text = ""

    def get(self, name: str, default: str = "") -> str:
        """An attribute's value."""
        return self.attributes.get(name, default)

    def all(self, tag: str) -> Iterator[Element]:
        """The children of one name."""
        return (child for child in self.children if child.tag == tag)

    def first(self, tag: str) -> Element | None:
        """The first child of that name."""
        for child in self.children:
            if child.tag == tag:
                return child
        return None

    def error(self, message: str) -> StyleError:
        """An error that points at this element."""
        return self.source.error(message, *self.source.place(self.offset))


class XmlSource(NamedTuple):
    """A text and its name, for errors."""

    path: str
    text: str
    data: bytes  # as the parser reads it

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset in the data; counted for errors alone."""
        before = self.data[:offset]
        return before.count(b"\n") + 1, len(before.rpartition(b"\n")[2].decode()) + 1

    def error(self, message: str, line: int, column: int) -> StyleError:
        """An error that points at a place."""
        lines = self.text.split("\n", line)
        source = lines[line - 1].rstrip("\r") if 0 < line <= len(lines) else ""
        return StyleError(message, Span(self.path, line, column, source=source))


class _Reader:
    """Expat's events to a tree."""

    def __init__(self, source: XmlSource) -> None:
        self.source = source
        self.root: Element | None = None
        self.stack: list[Element] = []
        self.foreign = 0  # depth inside elements that are not CSL
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.StartDoctypeDeclHandler = self.doctype

    def place(self) -> tuple[int, int]:
        return self.source.place(self.parser.CurrentByteIndex)

    def doctype(self, *_: object) -> None:
        raise self.source.error("a style may have no document type and no entities", *self.place())

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.removeprefix(_CSL)
        if self.foreign or " " in tag:
            self.foreign += 1
            return
        if len(self.stack) >= _DEEPEST:
            raise self.source.error(f"elements are nested more than {_DEEPEST} deep", *self.place())
        if " " in "".join(attributes):
            attributes = _unprefixed(attributes)
        element = Element(tag, attributes, self.parser.CurrentByteIndex, self.source)
        if self.stack:
            self.stack[-1].children.append(element)
        else:
            self.root = element
        self.stack.append(element)
        self.parser.CharacterDataHandler = self.characters if tag in _WITH_TEXT else None

    def end(self, _: str) -> None:
        if self.foreign:
            self.foreign -= 1
        else:
            self.stack.pop()

    def characters(self, text: str) -> None:
        if self.stack and not self.foreign:
            self.stack[-1].text += text


def _unprefixed(attributes: dict[str, str]) -> dict[str, str]:
    """Attributes of CSL, and those that XML itself has: `xml:lang`."""
    return {
        key.replace(_XML, "xml:"): value
        for key, value in attributes.items()
        if " " not in key or key.startswith(_XML)
    }


def parse(text: str, path: str) -> Element:
    """The root element of an XML text; broken XML raises `StyleError` with its place."""
    meant = text.lstrip("\ufeff \t\r\n")
    if "&amp;" in meant:
        meant = _ESCAPED_TWICE.sub(r"&\1", meant)
    source = XmlSource(path, text, meant.encode("utf-8", "replace"))
    reader = _Reader(source)
    try:
        reader.parser.Parse(source.data, True)
    except expat.ExpatError as error:
        message = expat.ErrorString(error.code)
        raise source.error(f"not well-formed XML: {message}", error.lineno, error.offset + 1) from None
    del reader.parser  # it holds the reader: the tree would stay until the next search for cycles
    if reader.root is None:
        raise source.error("the root is not an element of CSL", 1, 1)
    return reader.root
