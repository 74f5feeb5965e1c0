"""What a file is, content before name: a bibliographic format, or a document in which works are named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib import formats
from cite2bib.diagnostics import ReadError, Span, UsageError
from cite2bib.documents import decoding, registry

if TYPE_CHECKING:
    from cite2bib.documents.registry import Container
    from cite2bib.formats import Format


_HEAD = 16_384  # bytes that tell a format


def choose(data: bytes, path: str, name: str | None = None) -> Format | Container:
    """How these bytes are to be read; an unknown name raises `UsageError`, unknown binary content `ReadError`."""
    if name:
        return _named(name)
    binary = next((item for item in registry.CONTAINERS if item.magic and item.sniff(data)), None)
    if binary:
        return binary
    kind = decoding.binary_kind(data)
    if kind:
        raise ReadError(f"{kind}: nothing here can read it", Span(path))
    return _format_of(data, path) or registry.choose(data, path)


def _named(name: str) -> Format | Container:
    try:
        return formats.get(name)
    except UsageError as error:
        try:
            return registry.get(name)
        except UsageError:
            others = ", ".join(item.name for item in registry.CONTAINERS)
            raise UsageError(f"{error.message}; documents are {others}") from None


def _format_of(data: bytes, path: str) -> Format | None:
    """The format whose records these are. BibTeX after prose is a document with entries in it, unless its name says more."""
    head = decoding.decode(data[:_HEAD], path).text
    promised = formats.for_suffix(path)
    promised = promised if promised and promised.reads else None
    found = (
        [promised]
        if promised and promised.sniff(head)
        else [item for item in formats.FORMATS if item.sniff(head)]
    )
    if found:
        pasted = found[0].name in {"bibtex", "biblatex"} and found[0] is not promised
        return None if pasted and head.lstrip()[:1] not in {"@", "%"} else found[0]
    if promised and not any(item.sniff(data) for item in registry.CONTAINERS if item.name == "html"):
        return promised
    return None
