"""Typst sources: headings, paragraphs, and what they cite. https://typst.app/docs/reference/syntax/."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib.documents import Block, Document
from cite2bib.documents.citing import keys, typst
from cite2bib.documents.decoding import decode
from cite2bib.documents.registry import Parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNS = (
    re.compile(rb"^#(?:import|let|set|show|include)\b", re.MULTILINE),
    re.compile(rb"^=+ \S", re.MULTILINE),
)


def sniff_typst(data: bytes) -> bool:
    """Whether a text is surely Typst: it sets or imports something, and has headings."""
    return all(sign.search(data[:65_536]) for sign in _SIGNS)


def read_typst(data: bytes, path: str) -> Parsed:
    """The headings and paragraphs of a Typst source."""
    decoded = decode(data, path)
    cited = tuple(keys(typst.find(decoded.text), decoded.text))
    return Parsed(Document(path, tuple(_blocks(decoded.text)), cited=cited), decoded.diagnostics)


def _blocks(text: str) -> Iterator[Block]:
    for found in re.finditer(r"\S.*?(?=\n[ \t]*\n|\n=+ |\Z)", text, re.DOTALL):
        line = text.count("\n", 0, found.start()) + 1
        heading = re.match(r"(=+) (.*)", found[0])
        if heading:
            yield Block(heading[2].split("<")[0].strip(), line, "heading", len(heading[1]))
        rest = found[0][heading.end() :] if heading else found[0]
        if rest.strip() and not rest.lstrip().startswith("#"):
            yield Block(" ".join(rest.split()), line + (1 if heading else 0))
