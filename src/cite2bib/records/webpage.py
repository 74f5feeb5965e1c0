"""What the head of a web page says of itself: the tags that scholarly search engines read, JSON-LD, Dublin Core, Open Graph.

https://scholar.google.com/intl/en/scholar/inclusion.html#indexing, https://schema.org/Article, https://ogp.me
"""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

from cite2bib import dates, identifiers
from cite2bib.model import Date, Name, Origin, Value, Work
from cite2bib.records.parts import mapping, people, person, rich, sequence, text, work_of

# The first that is there is taken: the most scholarly first.
_TITLES = (
    "citation_title",
    "ld:headline",
    "ld:name",
    "dc.title",
    "dcterms.title",
    "og:title",
    "twitter:title",
    "<title>",
)
_DATES = (
    "citation_publication_date", "citation_date", "ld:datepublished", "dc.date", "dc.date.issued", "dcterms.issued",
    "dcterms.date", "prism.publicationdate", "article:published_time", "citation_online_date", "citation_year", "date",
)  # fmt: skip
_AUTHORS = (
    "citation_author",
    "citation_authors",
    "ld:author",
    "dc.creator",
    "dcterms.creator",
    "author",
    "article:author",
)
_PUBLISHERS = ("citation_publisher", "ld:publisher", "dc.publisher", "og:site_name")
_ABSTRACTS = ("citation_abstract", "ld:description", "dc.description", "og:description", "description")
_ARTICLES = {"scholarlyarticle": "article-journal", "newsarticle": "article-newspaper", "blogposting": "post-weblog",
             "book": "book", "dataset": "dataset", "report": "report", "thesis": "thesis"}  # fmt: skip
_TYPED = {
    "citation_journal_title": "article-journal",
    "citation_conference_title": "paper-conference",
    "citation_conference": "paper-conference",
    "citation_dissertation_institution": "thesis",
    "citation_technical_report_institution": "report",
    "citation_inbook_title": "chapter",
}


def work_from_webpage(markup: str, address: str) -> Work:
    """A work of what a page says of itself; one that says nothing has its title and its address."""
    head = _Head()
    head.feed(markup[:2_000_000])
    head.close()
    said = head.said
    canonical = next(iter(said.get("<canonical>", ())), "")
    arxiv = identifiers.normal_arxiv(_first(said, "citation_arxiv_id"))
    title = _first(said, *_TITLES)
    values: dict[str, Value | None] = {
        "title": title,
        "author": people(map(_person, _all(said, *_AUTHORS)), title),
        "issued": _date(said),
        "container-title": _first(said, *(key for key in _TYPED if not key.endswith("institution"))),
        "publisher": _first(said, "citation_dissertation_institution", "citation_technical_report_institution", *_PUBLISHERS),
        "volume": _first(said, "citation_volume"),
        "issue": _first(said, "citation_issue"),
        "page": "-".join(filter(None, (_first(said, "citation_firstpage"), _first(said, "citation_lastpage")))),
        "number": _first(said, "citation_technical_report_number"),
        "abstract": _first(said, *_ABSTRACTS),
        "language": _first(said, "citation_language", "og:locale", "<lang>").replace("_", "-"),
        "DOI": identifiers.normal_doi(_first(said, "citation_doi", "dc.identifier.doi", "dc.identifier", "prism.doi")),
        "ISBN": identifiers.normal_isbn(_first(said, "citation_isbn")),
        "ISSN": identifiers.normal_issn(_first(said, "citation_issn")),
        "PMID": identifiers.normalise("PMID", _first(said, "citation_pmid")),
        "arxiv": arxiv,
        "URL": canonical if canonical.startswith(("https://", "http://")) else address,
    }  # fmt: skip
    return work_of(_kind(said, arxiv), values, Origin("webpage", address))


def _kind(said: dict[str, list[str]], arxiv: str) -> str:
    for key, kind in _TYPED.items():
        if said.get(key):
            return kind
    if arxiv:
        return "article"
    return next((_ARTICLES[kind] for kind in said.get("ld:@type", ()) if kind in _ARTICLES), "webpage")


def _first(said: dict[str, list[str]], *keys: str) -> str:
    return next((found for key in keys for raw in said.get(key, ()) if (found := rich(raw))), "")


def _all(said: dict[str, list[str]], *keys: str) -> list[str]:
    """All values of the first key that has any: the same people stand under each."""
    found = next((said[key] for key in keys if said.get(key)), [])
    return [name for value in found for name in re.split(r"\s*;\s*", value)]


def _person(name: str) -> Name | None:
    """An address of a profile is no name."""
    if "://" in name or "@" in name:
        return None
    family, comma, given = name.partition(",")
    return person(family, given) if comma else person(name)


def _date(said: dict[str, list[str]]) -> Date | None:
    for key in _DATES:
        for raw in said.get(key, ()):
            date = dates.parse(text(raw).replace("/", "-"))
            if date:
                return date
    return None


class _Head(HTMLParser):
    """Collects what a page says under the names of its tags, in small letters."""

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[str, list[str]] = {}
        self._inside = ""
        self._text: list[str] = []

    def _add(self, key: str, value: str) -> None:
        if value.strip():
            self.said.setdefault(key.strip().lower(), []).append(value.strip())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A `<meta>`, `<link rel=canonical>`, or the start of a text that matters."""
        given = {key: value or "" for key, value in attrs}
        if tag == "meta":
            for key in (given.get("name", ""), given.get("property", ""), given.get("itemprop", "")):
                if key:
                    self._add(key, given.get("content", ""))
        elif tag == "link" and given.get("rel", "").lower() == "canonical":
            self._add("<canonical>", given.get("href", ""))
        elif tag == "html":
            self._add("<lang>", given.get("lang", ""))
        elif tag == "title" or (tag == "script" and given.get("type", "").lower() == "application/ld+json"):
            self._inside, self._text = tag, []

    def handle_data(self, data: str) -> None:
        """Text of a title or of JSON-LD."""
        if self._inside:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        """The end of such a text."""
        if tag != self._inside:
            return
        self._inside, gathered = "", "".join(self._text)
        if tag == "title" and "<title>" not in self.said:
            self._add("<title>", gathered)
        elif tag == "script":
            self._add_linked_data(gathered)

    def _add_linked_data(self, source: str) -> None:
        try:
            found = json.loads(source)
        except (ValueError, RecursionError):
            return
        things = [
            thing
            for raw in sequence(found)
            for thing in (mapping(raw), *map(mapping, sequence(mapping(raw).get("@graph"))))
        ]
        for thing in things:
            kinds = [str(kind).lower() for kind in sequence(thing.get("@type"))]
            if set(kinds) & {*_ARTICLES, "article", "techarticle", "webpage", "creativework"}:
                self._add_thing(thing, kinds)

    def _add_thing(self, thing: Any, kinds: list[str]) -> None:
        for kind in kinds:
            self._add("ld:@type", kind)
        for key in ("headline", "name", "datePublished", "description", "author", "publisher"):
            for raw in sequence(thing.get(key)):
                self._add(f"ld:{key}", text(mapping(raw).get("name") or raw))
