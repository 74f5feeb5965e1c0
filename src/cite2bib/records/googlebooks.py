"""A volume of Google Books to a work.

https://developers.google.com/books/docs/v1/reference/volumes
"""

from __future__ import annotations

from typing import Any

from cite2bib import dates, identifiers
from cite2bib.model import Origin, Value, Work
from cite2bib.records.parts import mapping, people, person, rich, sentence, sequence, text, work_of


def work_from_googlebooks(volume: Any) -> Work:
    """A book, or the issue of a magazine."""
    volume = mapping(volume)
    said = mapping(volume.get("volumeInfo"))
    title, subtitle = rich(said.get("title")), rich(said.get("subtitle"))
    is_magazine = said.get("printType") == "MAGAZINE"
    values: dict[str, Value | None] = {
        "title": sentence(f"{title}: {subtitle}" if subtitle and subtitle not in title else title),
        "author": people((person(str(name)) for name in sequence(said.get("authors"))), title),
        "issued": dates.parse(text(said.get("publishedDate")).strip("*")),
        "publisher": rich(said.get("publisher")),
        "number-of-pages": text(said.get("pageCount") or ""),
        "language": text(said.get("language")),
        "ISBN": _isbn(said),
    }
    key = str(volume.get("id") or "")
    address = f"https://books.google.com/books?id={key}" if key else ""
    return work_of("periodical" if is_magazine else "book", values, Origin("googlebooks", address))


def _isbn(said: Any) -> str:
    """The longer one of those given; what libraries number for themselves is none."""
    listed = [mapping(raw) for raw in sequence(said.get("industryIdentifiers"))]
    ranked = sorted(listed, key=lambda item: item.get("type") != "ISBN_13")
    found = (
        identifiers.normal_isbn(str(item.get("identifier") or ""))
        for item in ranked
        if str(item.get("type") or "").startswith("ISBN")
    )
    return next(filter(None, found), "")
