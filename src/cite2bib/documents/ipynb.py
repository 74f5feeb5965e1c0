"""Jupyter notebooks: their Markdown cells, read as Markdown. https://nbformat.readthedocs.io/."""

from __future__ import annotations

import json
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from cite2bib.diagnostics import Diagnostic, ReadError, Span
from cite2bib.documents import Block, Cited, Document
from cite2bib.documents.citing import keys, pandoc
from cite2bib.documents.decoding import decode
from cite2bib.documents.markdown import read_markdown
from cite2bib.documents.registry import Parsed

if TYPE_CHECKING:
    from collections.abc import Iterator


def sniff_ipynb(data: bytes) -> bool:
    """Whether a JSON text is a notebook."""
    head = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    return head == b"{" and b'"cells"' in data and b'"cell_type"' in data and b'"nbformat"' in data


def read_ipynb(data: bytes, path: str) -> Parsed:
    """The blocks of all Markdown cells; lines count inside the cell, whose number is not known to any editor."""
    decoded = decode(data, path)
    try:
        notebook = json.loads(decoded.text)
    except (ValueError, RecursionError) as error:
        raise ReadError(f"not a readable notebook: {error}", Span(path)) from None
    blocks: list[Block] = []
    cited: list[Cited] = []
    told: list[Diagnostic] = list(decoded.diagnostics)
    for source in _markdown(notebook):
        parsed = read_markdown(source.encode("utf-8", "surrogatepass"), path)
        blocks += parsed.document.blocks
        cited += keys(pandoc.find(source), source)
        told += parsed.diagnostics
    return Parsed(
        Document(path, tuple(blocks), MappingProxyType(_stated(notebook)), tuple(cited)), tuple(told)
    )


def _markdown(notebook: Any) -> Iterator[str]:
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    for cell in cells if isinstance(cells, list) else []:
        if isinstance(cell, dict) and cell.get("cell_type") == "markdown":
            source = cell.get("source", "")
            yield "".join(map(str, source)) if isinstance(source, list) else str(source)


def _stated(notebook: Any) -> dict[str, str]:
    metadata = notebook.get("metadata") if isinstance(notebook, dict) else None
    title = metadata.get("title") if isinstance(metadata, dict) else None
    return {"title": title} if isinstance(title, str) and title else {}
