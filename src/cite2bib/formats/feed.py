"""RSS and Atom feeds of journals and preprint servers, arXiv's answers among them. Read only.

https://www.rssboard.org/rss-specification, https://www.rfc-editor.org/rfc/rfc4287; modules of Dublin Core and PRISM.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib import dates, identifiers, names
from cite2bib.diagnostics import Diagnostic, ReadError, Span
from cite2bib.formats import ReadResult
from cite2bib.formats.safe_xml import parse
from cite2bib.model import Origin
from cite2bib.records.arxiv import work_from_entry
from cite2bib.records.parts import people, person, rich, text, work_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cite2bib.model import Name, Value, Work
    from cite2bib.records.safe_xml import Node

# What arXiv's feed puts before an abstract.
_ANNOUNCED = re.compile(r"\s*arXiv:\S+\s+Announce Type:\s*\S+\s+Abstract:\s*", re.IGNORECASE)
_VERSIONED = re.compile(r"\s*\(arXiv:\S+ \[[^\]]*\](?: UPDATED)?\)$")


def sniff_feed(head: str) -> bool:
    """The root's name, and an item."""
    return all(
        re.search(pattern, head) for pattern in (r"<(?:rss|feed|rdf:RDF)[\s>]", r"<(?:item|entry)[\s>]")
    )


def read_feed(data: bytes, path: str) -> ReadResult:
    """The works that a feed announces; items that tell neither authors nor an identifier are news and no works."""
    root = parse(data, path)
    if root.name not in {"rss", "feed", "RDF"}:
        raise ReadError(f"expected an RSS or Atom feed, found <{root.name}>", Span(path, root.line))
    items = [*root.all("channel", "item"), *root.all("item"), *root.all("entry")]
    works: list[Work] = []
    news: list[Diagnostic] = []
    for item in items:
        work = _work(item, Origin(path, str(item.line)))
        if work:
            works.append(work)
        else:
            span = Span(path, item.line)
            news.append(Diagnostic("not-a-work", f"no authors and no identifier: {item.text('title')}", span))
    return ReadResult(tuple(works), tuple(news))


def _work(item: Node, origin: Origin) -> Work | None:
    """What an item announces; an entry of arXiv's interface says more than other feeds do."""
    if "arxiv.org/abs/" in item.text("id") and item.find("published").name:
        return work_from_entry(item, origin)
    ids = _identifiers(item)
    title = _VERSIONED.sub("", rich(item.find("title").raw()))
    authors = _authors(item, title)
    if not title or not (authors or ids):
        return None
    container = text(item.text("publicationName"))
    values: dict[str, Value | None] = {
        "title": title,
        "author": authors,
        "container-title": container,
        "issued": _date(item),
        "volume": item.text("volume"),
        "issue": item.text("number"),
        "page": _pages(item),
        "abstract": _abstract(item),
        "URL": identifiers.normal_url(_address(item)),
        **ids,
    }
    return work_of("article-journal" if container else "article", values, origin)


def _identifiers(item: Node) -> dict[str, Value | None]:
    told = " ".join(item.text(name) for name in ("doi", "identifier", "guid", "id", "link"))
    found = identifiers.find(f"{told} {_address(item)}")
    return {
        each.variable: each.value for each in reversed([*found]) if each.variable in {"DOI", "arxiv", "PMID"}
    }


def _address(item: Node) -> str:
    """The address of an item: RSS writes it as text, Atom as an attribute."""
    links = item.all("link")
    own = [
        link.attributes.get("href", "")
        for link in links
        if link.attributes.get("rel", "alternate") == "alternate"
    ]
    return next(filter(None, [*(link.text() for link in links), *own]), "")


def _authors(item: Node, title: str) -> tuple[Name, ...]:
    """Each author in an element of his own, or all of them in one."""
    told = [author.text("name") or author.text() for author in item.all("author")]
    raw = [text(name) for name in [*(node.text() for node in item.all("creator")), *told]]
    return people(map(person, _each(raw)), title)


def _each(raw: Iterable[str]) -> list[str]:
    """`A. Turing, K. Gödel and E. Noether` in one element are three; `Turing, Alan` is one."""
    found: list[str] = []
    for name in raw:
        bare = re.sub(r"^\S+@\S+\s+\((.*)\)$", r"\1", name)  # RSS: mail address (name)
        pieces = re.split(r";\s*|,?\s+and\s+", bare)
        for piece in pieces:
            parts = piece.split(", ")
            several = len(parts) > 1 and all(" " in part.strip() for part in parts)
            found += parts if several else [piece]
    return [name for name in found if name and names.parse(name)]


def _date(item: Node) -> Value | None:
    for name in ("publicationDate", "published", "date", "pubDate", "issued", "updated"):
        told = item.text(name)
        day = re.search(r"\d{1,2}\s[A-Z][a-z]{2}\s\d{4}|\d{4}-\d\d(?:-\d\d)?|\b\d{4}\b", told)
        if day and (found := dates.parse(day[0])):
            return found
    return None


def _pages(item: Node) -> str:
    first, last = item.text("startingPage"), item.text("endingPage")
    return f"{first}-{last}" if first and last and first != last else first


def _abstract(item: Node) -> str:
    told = next(filter(None, (item.find(name).raw() for name in ("description", "summary", "abstract"))), "")
    return _ANNOUNCED.sub("", text(told))
