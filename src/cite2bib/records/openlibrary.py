"""An Open Library book (`jscmd=data`, or a row of its search) to a work.

https://openlibrary.org/dev/docs/api/books, https://openlibrary.org/dev/docs/api/search
"""

from __future__ import annotations

import re
from typing import Any

from cite2bib import dates, identifiers
from cite2bib.model import Date, Name, Origin, Value, Work
from cite2bib.records.parts import mapping, people, person, rich, sentence, sequence, text, work_of


def work_from_openlibrary(record: Any, isbn: str = "") -> Work:
    """A book; `isbn` is what it was asked by."""
    record = mapping(record)
    title, subtitle = rich(record.get("title")), rich(record.get("subtitle"))
    said = mapping(record.get("identifiers"))
    isbns = [isbn, *sequence(said.get("isbn_13")), *sequence(said.get("isbn_10"))]
    values: dict[str, Value | None] = {
        "title": sentence(f"{title}: {subtitle}" if subtitle and subtitle not in title else title),
        "author": people(map(_person, _names(record)), title),
        "issued": _date(record),
        "publisher": _name(record.get("publishers") or record.get("publisher")),
        "publisher-place": _name(record.get("publish_places")),
        "number-of-pages": text(record.get("number_of_pages")),
        "ISBN": next(filter(None, (identifiers.normal_isbn(str(item)) for item in isbns)), ""),
    }
    key = str(record.get("key") or "")
    return work_of("book", values, Origin("openlibrary", f"https://openlibrary.org{key}" if key else ""))


def _names(record: Any) -> list[str]:
    given = [str(mapping(raw).get("name") or "") for raw in sequence(record.get("authors"))]
    return given or [str(name) for name in sequence(record.get("author_name"))]


def _person(name: str) -> Name | None:
    """A name, without the years that librarians add: `Knuth, Donald Ervin, 1938-`."""
    return person(re.sub(r",?\s*(?:b\.\s*)?\d{4}\s*-\s*(?:\d{4})?\.?$", "", name))


def _name(raw: Any) -> str:
    first = next(iter(sequence(raw)), None)
    return rich(mapping(first).get("name") or first)


def _date(record: Any) -> Date | None:
    said = text(record.get("publish_date")) or text(record.get("first_publish_year"))
    year = re.search(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)", said)
    return dates.parse(said) or (dates.parse(year[0]) if year else None)
