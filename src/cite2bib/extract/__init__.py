"""Works out of files: what a file is, and the works it holds or names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib.diagnostics import Diagnostic, ReadError, Severity
from cite2bib.formats import Format, ReadResult

if TYPE_CHECKING:
    from cite2bib.documents import Document
    from cite2bib.documents.zipped import Budget
    from cite2bib.model import Work


def references(document: Document) -> ReadResult:
    """The works that a document names, in its order, each with the place that names it."""
    from cite2bib.extract import listing, papers, stated

    records, document = _records(document)
    own = stated.read(document)
    named = papers.read(document) or listing.read(document)
    works = (*records, *named.works)
    if records:
        works = tuple(sorted(works, key=_line))
    return ReadResult((*own, *works), named.diagnostics)


def _records(document: Document) -> tuple[list[Work], Document]:
    """The works that a page's COinS describe, and the page without them."""
    coins = [block for block in document.blocks if block.kind == "coins"]
    if not coins:
        return [], document
    from cite2bib.documents.embedded import from_coins
    from cite2bib.model import Origin

    found = (from_coins(block.text, Origin(document.path, str(block.line))) for block in coins)
    rest = tuple(block for block in document.blocks if block.kind != "coins")
    return [work for work in found if work], document._replace(blocks=rest)


def _line(work: Work) -> int:
    locator = work.places[0].locator if work.places else ""
    return int(locator) if locator.isdecimal() else 0


def read_any(data: bytes, path: str, format: str | None = None) -> ReadResult:  # noqa: A002 - what users call it
    """The works in the bytes of a file, by what they are: a bibliographic format, or a document that names works.

    `format` is the name of a format or of a kind of document, and stops the guessing. The path is not opened.
    """
    from cite2bib.documents import archive
    from cite2bib.extract.choosing import choose

    if not format and archive.is_archive(data):
        return _read_members(data, path)
    kind = choose(data, path, format)
    if isinstance(kind, Format):
        return kind.read(data, path)
    document, told = kind.read(data, path)
    found = references(document)
    return ReadResult(found.works, (*told, *found.diagnostics))


def _read_members(data: bytes, path: str, budget: Budget | None = None) -> ReadResult:
    """The works in all files of an archive; what can't be read costs itself."""
    from cite2bib.documents import archive
    from cite2bib.documents.zipped import Budget

    budget = budget or Budget()
    works: list[Work] = []
    told: list[Diagnostic] = []
    for name, content in archive.members(data, path, budget):
        try:
            if isinstance(content, ReadError):
                raise content
            inner = archive.is_archive(content)
            found = _read_members(content, name, budget) if inner else read_any(content, name)
        except ReadError as error:
            told.append(Diagnostic("unreadable", error.message, error.span, severity=Severity.ERROR))
            continue
        works += found.works
        told += found.diagnostics
    return ReadResult(tuple(works), tuple(told))
