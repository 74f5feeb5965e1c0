"""Works out of files: what a file is, and the works it holds or names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib.formats import Format, ReadResult

if TYPE_CHECKING:
    from cite2bib.documents import Document


def references(document: Document) -> ReadResult:
    """The works that a document names, in its order, each with the place that names it."""
    from cite2bib.extract import listing, stated

    own = stated.read(document)
    named = listing.read(document)
    return ReadResult((*own, *named.works), named.diagnostics)


def read_any(data: bytes, path: str, format: str | None = None) -> ReadResult:  # noqa: A002 - what users call it
    """The works in the bytes of a file, by what they are: a bibliographic format, or a document that names works.

    `format` is the name of a format or of a kind of document, and stops the guessing. The path is not opened.
    """
    from cite2bib.extract.choosing import choose

    kind = choose(data, path, format)
    if isinstance(kind, Format):
        return kind.read(data, path)
    document, told = kind.read(data, path)
    found = references(document)
    return ReadResult(found.works, (*told, *found.diagnostics))
