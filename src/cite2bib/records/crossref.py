"""A Crossref record (the `message` of /works/{doi}, an item of /works) to a work.

https://github.com/CrossRef/rest-api-doc/blob/master/api_format.md
"""

from __future__ import annotations

import re
from typing import Any

from cite2bib import identifiers
from cite2bib.letters import fold
from cite2bib.model import Date, Name, Origin, Value, Work
from cite2bib.records.csl import date_of
from cite2bib.records.parts import mapping, people, person, rich, sentence, sequence, text, work_of

TYPES = {
    "journal-article": "article-journal",
    "proceedings-article": "paper-conference",
    "book": "book",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "book-set": "book",
    "book-series": "book",
    "proceedings": "book",
    "proceedings-series": "book",
    "book-chapter": "chapter",
    "book-section": "chapter",
    "book-part": "chapter",
    "book-track": "chapter",
    "reference-entry": "entry-encyclopedia",
    "posted-content": "article",
    "report": "report",
    "report-component": "report",
    "report-series": "report",
    "dissertation": "thesis",
    "dataset": "dataset",
    "database": "dataset",
    "standard": "standard",
    "standard-series": "standard",
    "peer-review": "review",
    "journal": "periodical",
    "journal-volume": "periodical",
    "journal-issue": "periodical",
}
_PARTS = frozenset({"paper-conference", "chapter", "entry-encyclopedia"})

# A later notice that makes a work unusable; a correction or an addendum does not.
_UNDONE = {"retraction": "retracted", "withdrawal": "withdrawn", "removal": "withdrawn"}
_DOUBTED = {"expression_of_concern": "expression of concern"}
_UNDONE_TITLE = re.compile(
    r"^\W*(?P<what>retracted|withdrawn|removed)(?:\s+(?:article|paper|chapter|manuscript))?\s*[:.\]–—-]+\s*(?=\w.*\w)",
    re.IGNORECASE | re.DOTALL,
)


def work_from_crossref(record: Any, origin: Origin | None = None) -> Work:
    """A work from a record, however dirty; relations and notices become `crossref:...` variables."""
    record = mapping(record)
    doi = identifiers.normal_doi(str(record.get("DOI") or ""))
    kind = TYPES.get(str(record.get("type") or ""), "document")
    title = _title(record, kind)
    status, notice = _status(record, title)
    values: dict[str, Value | None] = {
        "title": _UNDONE_TITLE.sub("", title) if status else title,
        **{role: _people(record, role, title) for role in ("author", "editor", "translator", "chair")},
        **_dates(record),
        **_containers(record, kind, title),
        **_numbers(record),
        **_publication(record, kind),
        **_identifiers(record, doi),
        **_relations(record, doi),
        "status": status,
        "crossref:status-notice": notice,
        "original-title": _other(_heading(record, "original-title", ""), title),
        "crossref:translated-title": _other(rich(list(sequence(record.get("title")))[1:]), title),
        "abstract": re.sub(r"^(?:Abstract|Summary)\b[.:]?\s*", "", rich(record.get("abstract"))),
        "language": text(record.get("language")),
    }
    origin = origin or Origin("crossref", f"https://doi.org/{doi}" if doi else "")
    return _with_year(work_of(kind, values, origin), origin)


def _with_year(work: Work, origin: Origin) -> Work:
    """Many proceedings have no date (`[[null]]`) but a name that tells it."""
    if work.date() or work.type not in _PARTS:
        return work
    named = f"{work.text('container-title')} {work.text('event-title')}"
    years = set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", named))
    if len(years) != 1:
        return work
    origin = origin._replace(confidence=0.7, note="year from the name of the container")
    return work.with_field("issued", Date((int(years.pop()),)), origin)


def _title(record: Any, kind: str) -> str:
    """Title and subtitle; a book without a title is known by what it is listed under."""
    title = _heading(record, "title", "subtitle")
    if not title and kind == "book":
        title = rich(record.get("container-title"))
    return title


def _heading(record: Any, key: str, subtitle_key: str) -> str:
    title = rich(record.get(key)).replace(" � ", " – ")
    subtitle = rich(record.get(subtitle_key)) if subtitle_key else ""
    if title and subtitle and subtitle.casefold() not in title.casefold():
        joint = " " if title.endswith(("?", "!", ":", ".")) else ": "
        title = f"{title.removesuffix('.')}{': ' if title.endswith('.') else joint}{subtitle}"
    return sentence(title)


def _other(found: str, title: str) -> str:
    """Another title, unless it is the same, or the same without its subtitle."""
    return "" if title.casefold().startswith(found.casefold()) else found


def _people(record: Any, role: str, title: str) -> tuple[Name, ...]:
    container = text(record.get("container-title")).casefold()
    found = (_person(mapping(raw)) for raw in sequence(record.get(role)))
    return people((name for name in found if name and str(name).casefold() != container), title)


def _person(raw: Any) -> Name | None:
    parts = (raw.get(key) or "" for key in ("family", "given", "suffix", "name"))
    return person(*(part if isinstance(part, str) else "" for part in parts))


def _dates(record: Any) -> dict[str, Value | None]:
    """The date of the issue a work is in; when it was online before is another date (CSL: `available-date`)."""
    printed, online = date_of(record.get("published-print")), date_of(record.get("published-online"))
    keys = ("issued", "published", "posted", "content-created", "approved")
    issued = printed or next(filter(None, (date_of(record.get(key)) for key in keys)), None) or online
    event = mapping(record.get("event"))
    start, end = date_of(event.get("start")), date_of(event.get("end"))
    if start and end and end.start > start.start:
        start = type(start)(start.start, end.start)
    return {
        "issued": issued,
        "available-date": online if issued and online and online.start < issued.start else None,
        "event-date": start,
    }


def _containers(record: Any, kind: str, title: str) -> dict[str, Value | None]:
    """Of two containers of a part, the first is the series: SPIE Proceedings, Lecture Notes in Computer Science."""
    found = list(dict.fromkeys(filter(None, map(rich, sequence(record.get("container-title"))))))
    if kind == "book":
        return {"collection-title": _other(found[0], title) if found else ""}
    if kind in _PARTS and len(found) > 1:
        return {"container-title": found[-1], "collection-title": found[0]}
    short = rich(record.get("short-container-title"))
    return {
        "container-title": found[0] if found else "",
        "container-title-short": short if found and fold(short) != fold(found[0]) else "",
    }


def _numbers(record: Any) -> dict[str, Value | None]:
    """An article number stands where the pages would: so do styles and BibTeX take it."""
    page = re.sub(r"\s*[‐-―−-]+\s*", "-", _number(record, "page"))
    first, joint, last = page.partition("-")
    article = _number(record, "article-number")
    return {
        "volume": _number(record, "volume"),
        "issue": _number(record, "issue"),
        "page": (first if joint and first == last else page) or article,
        "number": article if page and article not in {page, first} else "",
        "edition": _number(record, "edition-number"),
    }


def _number(record: Any, key: str) -> str:
    found = text(record.get(key))
    return "" if found.lower() in {"null", "none", "n/a", "na", "-", "undefined"} else found


def _publication(record: Any, kind: str) -> dict[str, Value | None]:
    institution = text(mapping(next(iter(sequence(record.get("institution"))), None)).get("name"))
    publisher, event = text(record.get("publisher")), mapping(record.get("event"))
    if institution and kind in {"thesis", "article", "report"}:
        publisher = institution  # the university, bioRxiv, the laboratory: not who runs their web site
    return {
        "publisher": publisher,
        "publisher-place": text(record.get("publisher-location")),
        "event-title": text(event.get("name")),
        "event-place": text(event.get("location")),
        "genre": text(record.get("degree")),
        "license": text(mapping(next(iter(sequence(record.get("license"))), None)).get("URL")),
    }


def _identifiers(record: Any, doi: str) -> dict[str, Value | None]:
    isbns = (identifiers.normal_isbn(text(raw)) for raw in sequence(record.get("ISBN")))
    issns = (identifiers.normal_issn(text(raw)) for raw in sequence(record.get("ISSN")))
    return {
        "DOI": doi,
        "ISBN": ", ".join(dict.fromkeys(filter(None, isbns))),
        "ISSN": ", ".join(dict.fromkeys(filter(None, issns))),
    }


def _relations(record: Any, doi: str) -> dict[str, Value | None]:
    """DOIs of the preprint, of the published version, and of what a notice is about."""
    relation = mapping(record.get("relation"))
    preprints, published = _related(relation, "has-preprint"), _related(relation, "is-preprint-of")
    updates = [mapping(raw) for raw in sequence(record.get("update-to"))]
    about = [
        f"{text(raw.get('type'))} {target}"
        for raw in updates
        if (target := identifiers.normal_doi(str(raw.get("DOI") or ""))) and target != doi
    ]
    arxiv = (identifiers.normal_arxiv(item) for item in preprints if item.startswith("10.48550/"))
    return {
        "arxiv": next(filter(None, arxiv), ""),
        "crossref:has-preprint": " ".join(preprints),
        "crossref:is-preprint-of": " ".join(published),
        "crossref:update-to": ", ".join(about),
    }


def _related(relation: Any, kind: str) -> list[str]:
    items = (mapping(raw) for raw in sequence(relation.get(kind)))
    found = (
        identifiers.normal_doi(str(item.get("id") or "")) for item in items if item.get("id-type") == "doi"
    )
    return list(dict.fromkeys(filter(None, found)))


def _status(record: Any, title: str) -> tuple[str, str]:
    """What became of a work ("retracted", "withdrawn", "expression of concern"), and the DOI of the notice that says so.

    Publishers that register no notice put it before the title; of a notice that is its own title.
    """
    for kinds in (_UNDONE, _DOUBTED):
        for raw in map(mapping, sequence(record.get("updated-by"))):
            kind = str(raw.get("type") or "").lower().replace(" ", "_").replace("-", "_")
            if kind in kinds:
                return kinds[kind], identifiers.normal_doi(str(raw.get("DOI") or ""))
    found = _UNDONE_TITLE.match(title)
    if not found or sequence(record.get("update-to")):
        return "", ""
    return ("retracted" if found["what"].lower() == "retracted" else "withdrawn"), ""
