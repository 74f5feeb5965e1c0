"""A Semantic Scholar paper to a work.

https://api.semanticscholar.org/api-docs/graph
"""

from __future__ import annotations

from typing import Any

from cite2bib import dates, identifiers
from cite2bib.model import Origin, Value, Work
from cite2bib.records.parts import mapping, people, person, rich, sequence, text, work_of

FIELDS = (
    "title,abstract,authors,year,publicationDate,venue,publicationVenue,journal,externalIds,publicationTypes"
)
_TYPES = {"JournalArticle": "article-journal", "Conference": "paper-conference", "Book": "book",
          "BookSection": "chapter", "Dataset": "dataset", "Review": "article-journal"}  # fmt: skip


def work_from_semanticscholar(record: Any, origin: Origin | None = None) -> Work:
    """A work from a record; its year is the preprint's even where the venue is not."""
    record = mapping(record)
    ids, journal = mapping(record.get("externalIds")), mapping(record.get("journal"))
    title = rich(record.get("title"))
    venue = rich(mapping(record.get("publicationVenue")).get("name")) or rich(record.get("venue"))
    is_preprint = venue.lower() in {"", "arxiv", "arxiv.org", "corr"} and bool(ids.get("ArXiv"))
    doi = identifiers.normal_doi(str(ids.get("DOI") or ""))
    kind = "article" if is_preprint else _kind(record)
    values: dict[str, Value | None] = {
        "title": title,
        "author": people((person(str(mapping(raw).get("name") or "")) for raw in sequence(record.get("authors"))), title),
        "issued": dates.parse(str(record.get("publicationDate") or "")) or dates.parse(text(record.get("year"))),
        "abstract": rich(record.get("abstract")),
        "container-title": "" if is_preprint else venue,
        "publisher": "arXiv" if is_preprint else "",
        "volume": "" if is_preprint else text(journal.get("volume")),
        "page": "" if is_preprint else text(journal.get("pages")).replace(" ", ""),
        "DOI": "" if doi.startswith("10.48550/") else doi,
        "arxiv": identifiers.normal_arxiv(str(ids.get("ArXiv") or "")),
        "PMID": identifiers.normalise("PMID", str(ids.get("PubMed") or "")),
        "PMCID": identifiers.normalise("PMCID", str(ids.get("PubMedCentral") or "")),
    }  # fmt: skip
    paper = str(record.get("paperId") or "")
    address = f"https://www.semanticscholar.org/paper/{paper}" if paper else ""
    return work_of(kind, values, origin or Origin("semanticscholar", address))


def _kind(record: Any) -> str:
    said = [str(kind) for kind in sequence(record.get("publicationTypes"))]
    by_venue = {"journal": "article-journal", "conference": "paper-conference"}
    venue = by_venue.get(str(mapping(record.get("publicationVenue")).get("type") or ""))
    return venue or next((_TYPES[kind] for kind in said if kind in _TYPES), "document")
