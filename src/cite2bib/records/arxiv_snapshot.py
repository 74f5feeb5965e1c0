"""A line of arXiv's metadata snapshot to a work.

https://www.kaggle.com/datasets/Cornell-University/arxiv
"""

from __future__ import annotations

from email.utils import parsedate
from typing import Any

from cite2bib import identifiers
from cite2bib.model import Date, Name, Origin, Value, Work
from cite2bib.records.arxiv import is_withdrawn, journal_reference
from cite2bib.records.parts import mapping, mended, people, person, sequence, work_of


def is_snapshot(record: Any) -> bool:
    """Whether a JSON object is such a line."""
    return (
        isinstance(record, dict)
        and "authors_parsed" in record
        and "title" in record
        and bool(identifiers.normal_arxiv(str(record.get("id") or "")))
    )


def work_from_snapshot(record: Any) -> Work:
    """A preprint."""
    record = mapping(record)
    arxiv = identifiers.normal_arxiv(_text(record, "id"))
    comment, title = _text(record, "comments"), mended(_text(record, "title"))
    dois = [identifiers.normal_doi(part) for part in _text(record, "doi").split()]
    published = [doi for doi in dois if doi and not doi.startswith("10.48550/")]
    values: dict[str, Value | None] = {
        "title": title,
        "author": people(map(_person, sequence(record.get("authors_parsed"))), title),
        "issued": _date(record, arxiv),
        "abstract": mended(_text(record, "abstract")),
        "publisher": "arXiv",
        "arxiv": arxiv,
        "arxiv-class": next(iter(_text(record, "categories").split()), ""),
        "URL": identifiers.address("arxiv", arxiv),
        "status": "withdrawn" if is_withdrawn(comment) else "",
        "arxiv:comment": comment,
        "DOI": published[0] if published else "",
        "arxiv:doi": " ".join(published[1:]),
        **journal_reference(_text(record, "journal-ref")),
    }
    return work_of("article", values, Origin("arxiv", identifiers.address("arxiv", arxiv)))


def _text(record: Any, key: str) -> str:
    return " ".join(str(record.get(key) or "").split())


def _person(raw: Any) -> Name | None:
    family, given, suffix = (*(str(part or "") for part in sequence(raw)[:3]), "", "", "")[:3]
    return person(mended(family), mended(given), suffix)


def _date(record: Any, arxiv: str) -> Date | None:
    """The day of the first version, as arXiv's own answers have it; else the month that the id says."""
    versions = sequence(record.get("versions"))
    created = parsedate(str(mapping(versions[0]).get("created") or "")) if versions else None
    if created:
        return Date(created[:3])
    month = identifiers.arxiv_month(arxiv)
    return Date(month) if month else None
