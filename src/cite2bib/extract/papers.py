"""Papers and manuscripts: what their reference sections, fields, keys and prose name.

A paper's prose is full of capitals, names and years, so that only identifiers are believed there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib import formats, identifiers
from cite2bib.diagnostics import Diagnostic, ReadError
from cite2bib.documents.sections import has_references
from cite2bib.extract import cited
from cite2bib.formats import ReadResult
from cite2bib.model import Field, Origin, Work

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cite2bib.documents import Block, Document

_NAMING = ("DOI", "arxiv", "PMID", "PMCID", "ISBN")
CONVINCING = 0.6  # of the parts of a section must read as references


def read(document: Document) -> ReadResult | None:
    """The works that a paper names, in its order; None for a document that is none."""
    section, listed = _listed(document)
    keyed = cited.works(document)
    if not _is_convincing(listed.works):
        # A handle (`@somebody`) in a reading list looks like a key; only one that identifies a work makes a paper.
        if not (keyed or document.works or "bibliography" in document.metadata):
            return None
        section, listed = (), ReadResult(())
    carried = _carried(document)
    # A list that the reference manager made of its records says nothing more than they do.
    if (
        section
        and len(carried.works) >= len(listed.works)
        and all(block.kind == "reference" for block in section)
    ):
        listed = ReadResult(())
    known = {pair for work in (*carried.works, *keyed, *listed.works) for pair in _named(work)}
    named = (work for work in _mentioned(document, section) if known.isdisjoint(_named(work)))
    found = (*carried.works, *keyed, *named, *listed.works)
    return ReadResult(found, (*carried.diagnostics, *listed.diagnostics))


def _listed(document: Document) -> tuple[tuple[Block, ...], ReadResult]:
    """The reference section and its works; most saved pages have none, and need no reader of references."""
    if not has_references(document.blocks):
        return (), ReadResult(())
    from cite2bib.extract import reflist

    section = reflist.find_section(document)
    return section, reflist.works(document) if section else ReadResult(())


def _is_convincing(works: Sequence[Work]) -> bool:
    """Most references name people, and a year or an identifier."""
    good = sum(
        bool(work.names("author") or work.names("editor")) and bool(work.date() or any(_named(work)))
        for work in works
    )
    return len(works) >= 1 and good >= CONVINCING * len(works)


def _named(work: Work) -> Iterator[tuple[str, str]]:
    return ((variable, work.text(variable)) for variable in _NAMING if variable in work)


def _carried(document: Document) -> ReadResult:
    """The records that a reference manager left in a document."""
    found = list(document.works)
    told: list[Diagnostic] = []
    for block in document.blocks:
        if block.kind == "endnote":
            try:
                result = formats.get("endnote-xml").read(block.text.encode(), document.path)
            except ReadError as error:
                told.append(Diagnostic("endnote-field", error.message, error.span))
                continue
            found += result.works
            told += result.diagnostics
    return ReadResult(_once(found), tuple(told))


def _once(works: Sequence[Work]) -> tuple[Work, ...]:
    """A field repeats the record of each work it cites: its first is kept."""
    first: dict[tuple[str, ...], Work] = {}
    for work in works:
        first.setdefault((work.text("title"), str(work.date()), *map(str, work.names("author"))), work)
    return tuple(first.values())


def _mentioned(document: Document, section: Sequence[Block]) -> Iterator[Work]:
    """A work for each identifier in the prose outside the references."""
    inside = {(block.text, block.line) for block in section}
    own = {(variable, document.metadata.get(variable, "")) for variable in _NAMING}
    seen = set(own)
    for block in document.blocks:
        if block.kind in {"page", "reference", "endnote", "code"} or (block.text, block.line) in inside:
            continue
        for found in identifiers.find(" ".join([block.text, *(link.target for link in block.links)])):
            pair = (found.variable, found.value)
            if found.variable in _NAMING and pair not in seen:
                seen.add(pair)
                origin = Origin(document.path, str(block.line))
                yield Work("", "", {found.variable: Field(found.value, origin)}, (origin,))
