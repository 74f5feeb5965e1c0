"""Reference strings: a document's reference section found, split into references, each parsed into a work.

No language model: `split` weighs the ways a section can be divided, `parse` the ways one reference can be read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib import names
from cite2bib.diagnostics import Diagnostic, Severity, Span
from cite2bib.documents.detex import BREAK
from cite2bib.extract.reflist.parse import continues, parse, parse_list
from cite2bib.extract.reflist.section import find_section, references
from cite2bib.extract.reflist.split import Reference, split
from cite2bib.formats import ReadResult
from cite2bib.light import replace
from cite2bib.model import Field, Name, Work

if TYPE_CHECKING:
    from cite2bib.documents import Document

__all__ = ["Reference", "find_section", "parse", "parse_list", "references", "split", "works"]

STRING = "reflist:reference"  # the variable that keeps a reference as it was printed
LABEL = "reflist:label"  # and the one for what the list calls it
_REMARK = re.compile(r"See\s(?:the\s)?(?:also\sthe\s)?[Ss]upplement")
UNSURE = 0.7  # below this confidence a reading is told to the user


def works(document: Document) -> ReadResult:
    """The works in a document's reference section, in their order; each keeps its reference as printed."""
    found: list[Work] = []
    told: list[Diagnostic] = []
    authors: tuple[Name, ...] = ()
    listed = references(document)
    read = parse_list([item.text for item in listed], [item.origin for item in listed])
    for reference, parsed in zip(listed, read, strict=True):
        work = _work(reference, parsed, authors)
        place = Span(document.path, _line(reference))
        if not _says_anything(work):
            told.append(Diagnostic("not-a-reference", f"not read as a reference: {_start(reference)}", place))
            continue
        if _confidence(work) < UNSURE:
            message = f"the parts of this reference are a guess: {_start(reference)}"
            told.append(Diagnostic("unsure-reference", message, place, severity=Severity.NOTE))
        authors = work.names("author") or authors
        found.append(work)
    return ReadResult(tuple(found), tuple(told))


def _work(reference: Reference, parsed: Work, before: tuple[Name, ...]) -> Work:
    work = replace(parsed, id=reference.key)
    printed = " ".join(reference.text.replace(BREAK, " ").split())
    work = work.with_field(STRING, printed, reference.origin)
    if reference.label:
        work = work.with_field(LABEL, reference.label, reference.origin)
    return _with_repeated(work, before) if continues(reference.text) and before else work


def _with_repeated(work: Work, before: tuple[Name, ...]) -> Work:
    """A dash for the authors of the reference before; with others behind it, for the first of them."""
    own = work.fields.get("author")
    if own and isinstance(own.value, tuple):
        return work.with_fields({"author": Field((before[0], *own.value), own.origin)})
    return work.with_field("author", before, work.fields[STRING].origin)


def _says_anything(work: Work) -> bool:
    """Enough to look for it: an identifier, a title with a name or a year, or all that stands around a title."""
    if _REMARK.match(work.text(STRING)):
        return False
    if any(variable in work for variable in ("DOI", "arxiv", "PMID", "PMCID", "ISBN", "URL")):
        return True
    people = [
        name
        for role in ("author", "editor", "translator")
        for name in work.names(role)
        if name != names.OTHERS
    ]
    if not work.text("title"):  # physicists often print no titles
        return bool(people and work.date() and (work.text("container-title") or work.type == "thesis"))
    return bool(people or work.date() or work.date("accessed"))


def _confidence(work: Work) -> float:
    title = work.fields.get("title")
    return title.origin.confidence if title else 1.0


def _line(reference: Reference) -> int:
    return int(reference.origin.locator) if reference.origin.locator.isdecimal() else 0


def _start(reference: Reference) -> str:
    return reference.text if len(reference.text) <= 60 else f"{reference.text[:57]}..."
