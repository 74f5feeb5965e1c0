r"""What a text cites, by key or by identifier: `\\cite{doi:10.1145/3290605}`, `@arxiv:2303.12712`, `[@knuth84, p. 3]`."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import PurePath
from typing import TYPE_CHECKING

from cite2bib import identifiers
from cite2bib.model import Field, Origin, Work
from cite2bib.patterns import late

if TYPE_CHECKING:
    from cite2bib.csl.items import Cluster
    from cite2bib.documents import Cited, Document
    from cite2bib.documents.citing import Citation

SYNTAXES = {
    ".tex": "latex", ".ltx": "latex", ".latex": "latex", ".sty": "latex", ".cls": "latex", ".rnw": "latex",
    ".md": "pandoc", ".markdown": "pandoc", ".qmd": "pandoc", ".rmd": "pandoc", ".mdx": "pandoc", ".ipynb": "pandoc",
    ".typ": "typst",
}  # fmt: skip


def citations(text: str, path: str) -> list[Citation]:
    """The citations in a source with their spans, by the syntax that its name promises; none for other files."""
    syntax = SYNTAXES.get(PurePath(path).suffix.lower())
    if not syntax:
        return []
    found: list[Citation] = import_module(f"cite2bib.documents.citing.{syntax}").find(text)
    return found


def keys(text: str, path: str) -> list[Cited]:
    """The keys and identifiers that a source cites, each with its line and column, as often as it cites them."""
    from cite2bib.documents import citing

    return list(citing.keys(citations(text, path), text))


def cited(document: Document) -> tuple[Cited, ...]:
    """The keys and identifiers that a document cites, each once, where it does so first."""
    first: dict[str, Cited] = {}
    for item in document.cited:
        first.setdefault(item.key, item)
    return tuple(first.values())


def works(document: Document) -> tuple[Work, ...]:
    """A work for each identifier that a document cites, under the key by which it does."""
    found = (work_of(item.key, Origin(document.path, str(item.line))) for item in cited(document))
    return tuple(work for work in found if work)


def work_of(key: str, origin: Origin) -> Work | None:
    """The work a key names by itself, None for a mere name.

    >>> work_of("doi:10.1145/3290605.3300233", Origin("paper.tex", "3")).text("DOI")
    '10.1145/3290605.3300233'
    """
    named = identifier(key)
    return Work(key, "", {named[0]: Field(named[1], origin)}, (origin,)) if named else None


_SCHEME = late(
    r"(?P<scheme>doi|arxiv|pmid|pubmed|pmcid|pmc|isbn|openalex|url|wikidata)[:=]\s*(?P<value>\S.*)",
    re.IGNORECASE,
)
_VARIABLES = {
    "doi": "DOI", "arxiv": "arxiv", "pmid": "PMID", "pubmed": "PMID", "pmcid": "PMCID", "pmc": "PMCID", "isbn": "ISBN",
    "openalex": "openalex", "url": "URL",
}  # fmt: skip


def identifier(key: str) -> tuple[str, str] | None:
    """The variable and value of an identifier that is used as a key.

    >>> identifier("arXiv:2303.12712v2"), identifier("https://doi.org/10.1145/3290605"), identifier("knuth84")
    (('arxiv', '2303.12712'), ('DOI', '10.1145/3290605'), None)
    """
    found = _SCHEME.fullmatch(key.strip())
    if found and found["scheme"].lower() in _VARIABLES:
        variable = _VARIABLES[found["scheme"].lower()]
        value = identifiers.normalise(variable, found["value"])
        inner = identifier(value) if variable == "URL" and value != key else None
        return inner or ((variable, value) if value else None)
    if re.match(r"https?://|10\.\d{4,9}/|(?:dx\.)?doi\.org/10\.", key):
        first = next(identifiers.find(key), None)
        return (first.variable, first.value) if first else None
    bare = identifiers.normal_arxiv(key) if re.fullmatch(r"\d{4}\.\d{4,5}(?:v\d+)?", key) else ""
    return ("arxiv", bare) if bare else None


def cluster(citation: Citation, note: int = 0) -> Cluster:
    """A citation as the CSL engine takes it."""
    from cite2bib.csl.items import Cite, Cluster

    return Cluster(
        tuple(
            Cite(
                cite.key, cite.locator, cite.label, f"{cite.prefix} " if cite.prefix else "", cite.suffix,
                cite.suppress_author, cite.author_only,
            )
            for cite in citation.cites
        ),
        note,
    )  # fmt: skip
