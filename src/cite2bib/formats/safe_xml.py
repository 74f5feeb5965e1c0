"""XML files to trees and back; `records.safe_xml` tells what is safe about it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from cite2bib.diagnostics import Diagnostic, ReadError, Severity, Span
from cite2bib.formats.text import decode
from cite2bib.records import safe_xml
from cite2bib.records.safe_xml import Node

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Node", "element", "parse", "parse_records", "render"]

_ROOT = re.compile(r"<([A-Za-z_][\w:.-]*)[^<>]*>")


def parse(data: bytes, path: str) -> Node:
    """The root of a document; broken or dangerous XML raises `ReadError` with its place."""
    try:
        return safe_xml.parse(data, path)
    except ReadError as error:
        if "token" not in error.message:
            raise
    # A document in another encoding than it says, or says nothing of.
    return safe_xml.parse(decode(data, path)[0].encode("utf-8", "replace"), path, "utf-8")


def parse_records(data: bytes, path: str, names: str) -> tuple[Node, tuple[Diagnostic, ...]]:
    """The root of a document; of a broken one with those of its records that are whole, and what is wrong with the others.

    `names` is an expression for the names of records.
    """
    try:
        return parse(data, path), ()
    except ReadError as error:
        if not error.message.startswith("broken XML"):
            raise
        text = decode(data, path)[0].lstrip("\ufeff")
        opening = _ROOT.search(text)
        found = list(_whole(text, path, names, opening)) if opening else []
        if not opening or not any(isinstance(item, Node) for item in found):
            raise
        nodes: list[Node | str] = [item for item in found if isinstance(item, Node)]
        faults = [item for item in found if isinstance(item, ReadError)] or [error]
        told = [Diagnostic("broken", item.message, item.span, severity=Severity.ERROR) for item in faults]
        return Node(opening[1].rpartition(":")[2], {}, nodes), tuple(told)


def _whole(text: str, path: str, names: str, opening: re.Match[str]) -> Iterator[Node | ReadError]:
    """Each record read by itself, inside a root like the file's, whose prefixes it may use."""
    starts = [found.start() for found in re.finditer(rf"<(?:\w+:)?(?:{names})[\s>]", text)]
    line, counted = 1, 0
    for start, end in pairwise([*starts, len(text)]):
        line += text.count("\n", counted, start)
        counted = start
        piece = re.match(rf".*</(?:\w+:)?(?:{names})\s*>", text[start:end], re.DOTALL)
        source = f"{opening[0]}\n{piece[0] if piece else text[start:end]}</{opening[1]}>"
        try:
            record = next(iter(safe_xml.parse(source.encode("utf-8", "replace"), path, "utf-8")))
        except ReadError as error:
            place = error.span or Span(path)
            yield ReadError(error.message, Span(path, line + max(0, place.line - 2), place.column))
        else:
            record.line = line
            yield record


def render(node: Node, indent: str = "") -> str:
    """A node as XML: elements on lines of their own, those with text on one line."""
    attributes = "".join(f" {key}={quoteattr(_clean(value))}" for key, value in node.attributes.items())
    if not node.children:
        return f"{indent}<{node.name}{attributes}/>\n"
    if any(isinstance(child, str) for child in node.children):
        return f"{indent}<{node.name}{attributes}>{_inline(node)}</{node.name}>\n"
    inner = "".join(render(child, f"{indent}  ") for child in node)
    return f"{indent}<{node.name}{attributes}>\n{inner}{indent}</{node.name}>\n"


def _inline(node: Node) -> str:
    return "".join(
        escape(_clean(child)) if isinstance(child, str) else render(child).rstrip("\n")
        for child in node.children
    )


def _clean(text: str) -> str:
    """Without the control characters that XML can't hold."""
    return "".join(c for c in text if c >= " " or c in "\t\n") if not text.isprintable() else text


def element(name: str, content: str | list[Node] = "", /, **attributes: str) -> Node:
    """An element to be written."""
    children: list[Node | str] = [content] if isinstance(content, str) and content else []
    return Node(name, attributes, list(content) if isinstance(content, list) else children)
