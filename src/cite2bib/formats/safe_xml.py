"""XML files to trees and back; `records.safe_xml` tells what is safe about it."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from cite2bib.diagnostics import ReadError
from cite2bib.formats.text import decode
from cite2bib.records import safe_xml
from cite2bib.records.safe_xml import Node

__all__ = ["Node", "element", "parse", "render"]


def parse(data: bytes, path: str) -> Node:
    """The root of a document; broken or dangerous XML raises `ReadError` with its place."""
    try:
        return safe_xml.parse(data, path)
    except ReadError as error:
        if "token" not in error.message:
            raise
    # A document in another encoding than it says, or says nothing of.
    return safe_xml.parse(decode(data, path)[0].encode("utf-8", "replace"), path, "utf-8")


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
