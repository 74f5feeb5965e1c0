"""An OpenAlex record (the answer of /works/{id}, an item of its `results`) to a work.

https://docs.openalex.org/api-entities/works/work-object
"""

from __future__ import annotations

from itertools import islice
from typing import Any

from cite2bib import dates, identifiers
from cite2bib.model import Name, Origin, Value, Work
from cite2bib.records.parts import mapping, people, person, rich, sentence, sequence, text, work_of
from cite2bib.records.preprints import is_server

_TYPES = {
    "article": "article-journal", "journal-article": "article-journal", "review": "article-journal",
    "letter": "article-journal", "editorial": "article-journal", "erratum": "article-journal",
    "conference-paper": "paper-conference", "proceedings-article": "paper-conference", "preprint": "article",
    "posted-content": "article", "book": "book", "monograph": "book", "reference-book": "book",
    "edited-book": "book", "book-chapter": "chapter", "reference-entry": "entry-encyclopedia", "report": "report",
    "dissertation": "thesis", "dataset": "dataset", "software": "software", "standard": "standard",
    "peer-review": "review",
}  # fmt: skip
_LONGEST_ABSTRACT = 20_000  # words


def work_from_openalex(record: Any, origin: Origin | None = None) -> Work:
    """A work from a record, however polluted; nothing is taken from its other locations but an arXiv id."""
    record = mapping(record)
    doi = identifiers.normal_doi(text(record.get("doi")))
    arxiv = _arxiv(record, doi)
    identifier = identifiers.normalise("openalex", text(record.get("id")).rpartition("/")[2])
    source = origin or Origin("openalex", text(record.get("id")))
    title = sentence(rich(record.get("title") or record.get("display_name")))
    values: dict[str, Value | None] = {
        "title": title,
        "author": people(map(_person, sequence(record.get("authorships"))), title),
        "issued": dates.parse(text(record.get("publication_date")) or text(record.get("publication_year"))),
        "abstract": _abstract(mapping(record.get("abstract_inverted_index"))),
        "language": text(record.get("language")),
        "status": "retracted" if record.get("is_retracted") is True else "",
        "openalex": identifier if identifier.startswith("W") else "",
        "DOI": "" if arxiv and doi.startswith("10.48550/") else doi,
        "arxiv": arxiv,
        **_identifiers(mapping(record.get("ids"))),
        **_container(record),
    }
    return work_of(_kind(record, arxiv), values, source)


def _person(raw: Any) -> Name | None:
    authorship = mapping(raw)
    author = mapping(authorship.get("author"))
    return person(text(author.get("display_name")) or text(authorship.get("raw_author_name")))


def _kind(record: Any, arxiv: str) -> str:
    location = mapping(record.get("primary_location"))
    raw = text(location.get("raw_type"))
    said = _TYPES.get(text(record.get("type")), "document")
    if said == "article-journal":  # its word for everything; the publisher's own says more
        said = _TYPES.get(raw, said)
    if (
        arxiv
        and said == "article-journal"
        and is_server(text(mapping(location.get("source")).get("display_name")))
    ):
        return "article"
    return said


def _arxiv(record: Any, doi: str) -> str:
    if doi.startswith("10.48550/arxiv."):
        return identifiers.normal_arxiv(doi.removeprefix("10.48550/arxiv."))
    for location in (record.get("primary_location"), *sequence(record.get("locations"))):
        address = text(mapping(location).get("landing_page_url"))
        if "arxiv.org/" in address:
            return identifiers.normal_arxiv(address.rpartition("arxiv.org/")[2])
    return ""


def _identifiers(ids: Any) -> dict[str, Value | None]:
    return {
        "PMID": text(ids.get("pmid")).rstrip("/").rpartition("/")[2],
        "PMCID": text(ids.get("pmcid")).rstrip("/").rpartition("/")[2],
    }


def _container(record: Any) -> dict[str, Value | None]:
    location, biblio = mapping(record.get("primary_location")), mapping(record.get("biblio"))
    source = mapping(location.get("source"))
    name = text(source.get("display_name")) or text(location.get("raw_source_name"))
    is_container = source.get("type") not in {"repository", "metadata"} and not is_server(name)
    first, last = text(biblio.get("first_page")), text(biblio.get("last_page"))
    return {
        "container-title": name if is_container else "",
        "ISSN": ", ".join(filter(None, map(text, sequence(source.get("issn"))))) if is_container else "",
        "publisher": text(source.get("host_organization_name")) if is_container else "",
        "volume": text(biblio.get("volume")),
        "issue": text(biblio.get("issue")),
        "page": f"{first}-{last}" if first and last and first != last else first,
        "URL": text(location.get("landing_page_url")) if not record.get("doi") else "",
    }


def _abstract(index: Any) -> str:
    """The abstract from the places of its words."""
    placed = (
        (place, word)
        for word, places in index.items()
        for place in sequence(places)
        if isinstance(place, int)
    )
    return " ".join(str(word) for _, word in sorted(islice(placed, _LONGEST_ABSTRACT)))
