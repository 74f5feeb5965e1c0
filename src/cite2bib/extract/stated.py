"""The work that a document is, as its own metadata states it: the citation tags of a page, the properties of a file."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from cite2bib import dates, identifiers, names
from cite2bib.model import VARIABLES, Date, Field, Kind, Origin, Work

if TYPE_CHECKING:
    from cite2bib.documents import Document
    from cite2bib.model import Value

# Without one of these a title may be that of any page.
_TELLING = frozenset({"DOI", "arxiv", "PMID", "ISBN", "container-title"})


def read(document: Document) -> tuple[Work, ...]:
    """The work a document states that it is, if it states enough."""
    metadata = document.metadata
    tells = bool(_TELLING & set(metadata)) or ("author" in metadata and "issued" in metadata)
    if "title" not in metadata or not tells:
        return ()
    origin = Origin(document.path, "metadata")
    fields = {
        variable: Field(value, origin)
        for variable, text in metadata.items()
        if variable in VARIABLES and (value := _value(variable, text))
    }
    return (Work(fields=MappingProxyType(fields), places=(origin,)),) if "title" in fields else ()


def _value(variable: str, text: str) -> Value:
    kind = VARIABLES[variable]
    if kind is Kind.NAMES:
        return tuple(names.parse(part) for part in text.split(";") if part.strip())
    if kind is Kind.DATE:
        return dates.parse(text.split("T", maxsplit=1)[0].replace("/", "-")) or Date()
    return identifiers.normalise(variable, text)
