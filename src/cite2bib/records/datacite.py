"""A DataCite record (`data` of /dois/{doi}, an item of /dois) to a work.

https://support.datacite.org/docs/datacite-metadata-schema-v45
"""

from __future__ import annotations

import re
from typing import Any

from cite2bib import dates, identifiers
from cite2bib.model import Date, Name, Origin, Value, Work
from cite2bib.records.parts import mapping, people, person, rich, sentence, sequence, text, work_of

# By resourceTypeGeneral; what is missing here is a document.
_TYPES = {
    "Audiovisual": "motion_picture",
    "Book": "book",
    "BookChapter": "chapter",
    "Collection": "collection",
    "ComputationalNotebook": "software",
    "ConferencePaper": "paper-conference",
    "ConferenceProceeding": "book",
    "DataPaper": "article-journal",
    "Dataset": "dataset",
    "Dissertation": "thesis",
    "Event": "event",
    "Image": "graphic",
    "Journal": "periodical",
    "JournalArticle": "article-journal",
    "PeerReview": "review",
    "Preprint": "article",
    "Report": "report",
    "Software": "software",
    "Sound": "song",
    "Standard": "standard",
}
_ARXIV = "10.48550/arxiv."


def work_from_datacite(data: Any, origin: Origin | None = None) -> Work:
    """A work from a record; an arXiv DOI becomes the arXiv id, which says the same in fewer words."""
    record = mapping(mapping(data).get("attributes"))
    doi = identifiers.normal_doi(str(record.get("doi") or ""))
    arxiv = identifiers.normal_arxiv(doi.removeprefix(_ARXIV)) if doi.startswith(_ARXIV) else ""
    kinds = mapping(record.get("types"))
    kind = _TYPES.get(str(kinds.get("resourceTypeGeneral") or ""), "document")
    if kind == "document" and kinds.get("citeproc") not in {None, "", "article"}:
        kind = str(kinds["citeproc"])
    title = _title(record)
    container = mapping(record.get("container"))
    pages = "-".join(filter(None, (text(container.get("firstPage")), text(container.get("lastPage")))))
    publisher = record.get("publisher")
    values: dict[str, Value | None] = {
        "title": title,
        "author": people((_person(mapping(raw)) for raw in sequence(record.get("creators"))), title),
        "editor": people(_contributors(record, "Editor"), title),
        "issued": _issued(record, preprint=bool(arxiv)),
        "abstract": _abstract(record),
        "publisher": "arXiv" if arxiv else text(mapping(publisher).get("name") or publisher),
        "container-title": rich(container.get("title")),
        "volume": text(container.get("volume")),
        "issue": text(container.get("issue")),
        "page": pages,
        "version": "" if arxiv else text(record.get("version")),
        "language": text(record.get("language")),
        "arxiv": arxiv,
        "arxiv-class": _arxiv_class(record) if arxiv else "",
        "DOI": "" if arxiv else doi,
        "URL": identifiers.address("arxiv", arxiv) if arxiv else "",
        **_relations(record, preprint=bool(arxiv)),
    }
    return work_of(kind, values, origin or Origin("datacite", f"https://doi.org/{doi}" if doi else ""))


def _title(record: Any) -> str:
    """The main title with its subtitle; translations and alternatives have a type too."""
    titles = [mapping(raw) for raw in sequence(record.get("titles"))]
    plain = (rich(raw.get("title")) for raw in titles if not raw.get("titleType"))
    main = next(filter(None, plain), "") or next(filter(None, (rich(raw.get("title")) for raw in titles)), "")
    subtitle = next((rich(raw.get("title")) for raw in titles if raw.get("titleType") == "Subtitle"), "")
    return sentence(f"{main}: {subtitle}" if subtitle and subtitle not in main else main)


def _person(raw: Any) -> Name | None:
    name = str(raw.get("name") or "")
    if raw.get("nameType") == "Organizational":
        return person(literal=name)
    family, given = str(raw.get("familyName") or ""), str(raw.get("givenName") or "")
    if not family and name.count(",") == 1:
        family, _, given = (part.strip() for part in name.partition(","))
    return person(family, given) if family and given else person(family or name)


def _contributors(record: Any, kind: str) -> list[Name | None]:
    found = (mapping(raw) for raw in sequence(record.get("contributors")))
    return [_person(raw) for raw in found if raw.get("contributorType") == kind]


def _issued(record: Any, *, preprint: bool) -> Date | None:
    """A preprint is of the day its first version was submitted, anything else of the day it was issued."""
    found = [mapping(raw) for raw in sequence(record.get("dates"))]
    order = (
        ("Submitted", "Issued", "Available") if preprint else ("Issued", "Available", "Created", "Submitted")
    )
    year = text(record.get("publicationYear"))
    for kind in order:
        for raw in found:
            date = dates.parse(str(raw.get("date") or "")) if raw.get("dateType") == kind else None
            if date and date.start and (preprint or not year or str(date.year) == year):
                return date
    return dates.parse(year)


def _abstract(record: Any) -> str:
    found = (mapping(raw) for raw in sequence(record.get("descriptions")))
    return next(
        (rich(raw.get("description")) for raw in found if raw.get("descriptionType") == "Abstract"), ""
    )


def _arxiv_class(record: Any) -> str:
    """The first of arXiv's classes: `Digital Libraries (cs.DL)`."""
    subjects = (mapping(raw) for raw in sequence(record.get("subjects")))
    words = (str(raw.get("subject") or "") for raw in subjects if raw.get("subjectScheme") == "arXiv")
    found = (re.search(r"\(([a-z-]+(?:\.[A-Za-z-]+)?)\)$", word) for word in words)
    return next((match[1] for match in found if match), "")


def _relations(record: Any, *, preprint: bool) -> dict[str, Value | None]:
    """The published version of a preprint, as far as the author told arXiv."""
    related = [mapping(raw) for raw in sequence(record.get("relatedIdentifiers"))]
    published = [
        doi
        for raw in related
        if raw.get("relationType") in {"IsVersionOf", "IsPreviousVersionOf", "IsPreprintOf"}
        and raw.get("relatedIdentifierType") == "DOI"
        and (doi := identifiers.normal_doi(str(raw.get("relatedIdentifier") or "")))
    ]
    return {"datacite:is-preprint-of": " ".join(published) if preprint else ""}
