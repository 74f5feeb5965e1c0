"""What an HTML page states about the work it shows, by the names of CSL variables; names of people are parted by `; `."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# Highwire Press (Google Scholar), Dublin Core, PRISM, Eprints, bepress: the first that speaks is believed.
_TAGS: Mapping[str, tuple[str, ...]] = {
    "title": ("citation_title", "dc.title", "dcterms.title", "eprints.title", "bepress_citation_title", "prism.title"),
    "author": ("citation_author", "citation_authors", "dc.creator", "dcterms.creator", "eprints.creators_name",
               "bepress_citation_author"),
    "issued": ("citation_publication_date", "citation_date", "citation_online_date", "citation_cover_date",
               "citation_year", "prism.publicationdate", "dc.date", "dcterms.issued", "dcterms.date", "eprints.date",
               "bepress_citation_date"),
    "container-title": ("citation_journal_title", "citation_conference_title", "citation_inbook_title",
                        "citation_book_title", "prism.publicationname", "eprints.publication"),
    "DOI": ("citation_doi", "prism.doi", "dc.identifier.doi", "bepress_citation_doi", "eprints.id_number"),
    "arxiv": ("citation_arxiv_id",),
    "PMID": ("citation_pmid",),
    "ISSN": ("citation_issn", "prism.issn"),
    "ISBN": ("citation_isbn",),
    "volume": ("citation_volume", "prism.volume"),
    "issue": ("citation_issue", "prism.number"),
    "page-first": ("citation_firstpage", "prism.startingpage"),
    "page-last": ("citation_lastpage", "prism.endingpage"),
    "publisher": ("citation_publisher", "citation_dissertation_institution", "dc.publisher", "dcterms.publisher"),
    "abstract": ("citation_abstract", "dcterms.abstract", "dc.description.abstract"),
    "language": ("citation_language", "dc.language"),
    "URL": ("citation_public_url", "citation_abstract_html_url", "citation_fulltext_html_url"),
    "page-title": ("og:title", "twitter:title"),
    "page-url": ("og:url",),
}  # fmt: skip
_TYPES = frozenset(
    [
        "ScholarlyArticle",
        "MedicalScholarlyArticle",
        "Article",
        "TechArticle",
        "Book",
        "Chapter",
        "Thesis",
        "Report",
        "Dataset",
    ]
)
_DEEPEST = 40


def from_page(root: Any) -> tuple[dict[str, str], list[str]]:
    """The metadata of a parsed page, and what of it could not be read."""
    stated: dict[str, list[str]] = {}
    for tag in root.iter("meta"):
        name = (tag.get("name") or tag.get("property") or tag.get("itemprop") or "").strip().lower()
        content = " ".join((tag.get("content") or "").split())
        if name and content:
            stated.setdefault(name, []).append(content)
    found = {}
    for variable, names in _TAGS.items():
        values = next((stated[name] for name in names if name in stated), [])
        if values:
            found[variable] = "; ".join(dict.fromkeys(values)) if variable == "author" else values[0]
    _whole_page(root, found)
    linked, faults = _linked_data(root)
    return {**linked, **found}, faults


def _whole_page(root: Any, found: dict[str, str]) -> None:
    """A page has a title and an address of its own, which need not be those of a work."""
    title = root.find(".//title")
    if title is not None and title.text and "page-title" not in found:
        found["page-title"] = " ".join(title.text.split())
    for link in root.iter("link"):
        if (link.get("rel") or "").lower() == "canonical" and link.get("href"):
            found.setdefault("page-url", link.get("href"))
    first, last = found.pop("page-first", ""), found.pop("page-last", "")
    if first:
        found["page"] = f"{first}-{last}" if last and last != first else first


def _linked_data(root: Any) -> tuple[dict[str, str], list[str]]:
    faults: list[str] = []
    for script in root.iter("script"):
        if (script.get("type") or "").split(";")[0].strip().lower() != "application/ld+json":
            continue
        try:
            data = json.loads(script.text or "null", strict=False)
        except (ValueError, RecursionError) as error:
            faults.append(f"the JSON-LD of this page can't be read: {error}")
            continue
        for thing in _things(data, 0):
            found = dict(_from_thing(thing))
            if "title" in found:
                return found, faults
    return {}, faults


def _things(data: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    """Every object that is a scholarly work and not a mere part of another's statement."""
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for item in data:
            yield from _things(item, depth + 1)
    elif isinstance(data, dict):
        kinds = data.get("@type")
        if any(
            kind in _TYPES
            for kind in (kinds if isinstance(kinds, list) else [kinds])
            if isinstance(kind, str)
        ):
            yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _things(data.get(key), depth + 1)


def _from_thing(thing: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    rows = {
        "title": ("headline", "name"), "issued": ("datePublished", "dateCreated"), "abstract": ("abstract",),
        "container-title": ("isPartOf",), "publisher": ("publisher",), "page": ("pagination",), "URL": ("url",),
        "ISBN": ("isbn",), "ISSN": ("issn",), "volume": ("volumeNumber",), "issue": ("issueNumber",),
    }  # fmt: skip
    authors = [_text(author) for author in _list(thing.get("author") or thing.get("creator"))]
    if any(authors):
        yield "author", "; ".join(filter(None, authors))
    for variable, keys in rows.items():
        value = next(filter(None, (_text(thing.get(key)) for key in keys)), "")
        if value:
            yield variable, value
    for identifier in [*_list(thing.get("identifier")), *_list(thing.get("sameAs")), thing.get("@id")]:
        doi = re.search(r"10\.\d{4,9}/\S+", _text(identifier))
        if doi:
            yield "DOI", doi[0]
            return


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("name") or value.get("value") or value.get("@value") or ""
    if isinstance(value, list):
        value = value[0] if value else ""
    return " ".join(str(value).split()) if isinstance(value, str | int) else ""
