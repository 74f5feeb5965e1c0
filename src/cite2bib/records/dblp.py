"""Rows of dblp's SPARQL service, hits of its search, and records of its dump, to works.

https://dblp.org/rdf/docu/, https://dblp.org/faq/How+to+use+the+dblp+search+API.html
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cite2bib import dates, identifiers
from cite2bib.model import Field, Name, Origin, Value, Work
from cite2bib.records.parts import mapping, people, person, rich, sequence, text, work_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cite2bib.records.safe_xml import Node

_TYPES = {
    "article": "article-journal",
    "inproceedings": "paper-conference",
    "proceedings": "book",
    "book": "book",
    "incollection": "chapter",
    "phdthesis": "thesis",
    "mastersthesis": "thesis",
    "data": "dataset",
    # the words of the search interface
    "journal articles": "article-journal",
    "conference and workshop papers": "paper-conference",
    "parts in books or collections": "chapter",
    "books and theses": "book",
    "editorship": "book",
    "data and artifacts": "dataset",
    "informal and other publications": "article",
    "informal publication": "article",
}


def works_from_rows(rows: Iterable[Any]) -> list[Work]:
    """One work of all rows with the same `?publ`: a row for each author."""
    grouped: dict[str, list[dict[str, str]]] = {}
    for raw in rows:
        row = {key: text(mapping(cell).get("value")) for key, cell in mapping(raw).items()}
        if row.get("publ"):
            grouped.setdefault(row["publ"], []).append(row)
    return [_work_from_group(key, group) for key, group in grouped.items()]


def _work_from_group(key: str, rows: list[dict[str, str]]) -> Work:
    signatures = {
        int(row["ordinal"]): row.get("name", "") for row in rows if row.get("ordinal", "").isdecimal()
    }
    first = rows[0]
    given = {
        "authors": [signatures[place] for place in sorted(signatures)],
        "title": first.get("title"),
        "venue": first.get("venue"),
        "year": first.get("year"),
        "volume": first.get("volume"),
        "number": first.get("number"),
        "pages": first.get("pages"),
        "type": first.get("type", "").rpartition("#")[2],
        "doi": first.get("doi"),
    }
    return _work(key.rpartition("/rec/")[2] or key, given)


def work_from_hit(info: Any) -> Work:
    """The `info` of a hit of the search interface."""
    info = mapping(info)
    authors = sequence(mapping(info.get("authors")).get("author"))
    names = [str(mapping(raw).get("text") or "") if isinstance(raw, dict) else str(raw) for raw in authors]
    return _work(str(info.get("key") or ""), {**info, "authors": names})


def _work(key: str, given: Any) -> Work:
    doi = identifiers.normal_doi(str(given.get("doi") or ""))
    arxiv = _arxiv(key, doi)
    title = rich(given.get("title")).removesuffix(".")
    kind = "article" if arxiv else _TYPES.get(str(given.get("type") or "").lower(), "document")
    values: dict[str, Value | None] = {
        "title": title,
        "author": people(map(_person, given["authors"]), title),
        "issued": dates.parse(text(given.get("year"))),
        "page": text(given.get("pages")),
        "DOI": "" if arxiv else doi,
        "arxiv": arxiv,
        "publisher": "arXiv" if arxiv else text(given.get("publisher")),
    }
    if not arxiv:
        values |= {"container-title": rich(given.get("venue")), "volume": text(given.get("volume")),
                   "issue": text(given.get("number"))}  # fmt: skip
    return work_of(kind, values, Origin("dblp", f"https://dblp.org/rec/{key}" if key else ""))


def _person(name: str) -> Name | None:
    """Namesakes are numbered: `Jiani Zhang 0003`.

    >>> str(_person("Jiani Zhang 0003"))
    'Jiani Zhang'
    """
    return person(re.sub(r"\s+\d{4}$", "", name))


def _arxiv(key: str, doi: str) -> str:
    """A record of CoRR says its arXiv id in its key or its DOI.

    >>> _arxiv("journals/corr/abs-2402-17944", ""), _arxiv("journals/corr/cs-AI-0101001", "")
    ('2402.17944', 'cs/0101001')
    """
    if not key.startswith("journals/corr/"):
        return ""
    new = re.search(r"/abs-(\d{4})-(\d{4,5})$", key)
    old = re.search(r"/(?:abs-)?([a-z-]+?)(?:-[A-Z]{2})?-(\d{7})$", key)
    said = f"{new[1]}.{new[2]}" if new else f"{old[1]}/{old[2]}" if old else doi
    return identifiers.normal_arxiv(said)


def work_from_xml(record: Node) -> Work | None:
    """A record of dblp's dump (https://dblp.org/faq/1474679.html); None for what is no publication."""
    key = record.attributes.get("key", "")
    if record.name in {"www", "person", ""} or key.startswith("homepages/"):
        return None
    doi = next((ee for node in record.all("ee") if (ee := identifiers.normal_doi(node.text()))), "")
    kind = "data" if record.attributes.get("publtype") == "data" else record.name
    given = {
        "authors": [node.text() for node in record.all("author")],
        "title": _marked_title(record.find("title")),
        "venue": record.text("journal") or record.text("booktitle"),
        "type": kind,
        "doi": doi,
        **{name: record.text(name) for name in ("year", "volume", "number", "pages", "publisher")},
    }
    if record.name in {"phdthesis", "mastersthesis"}:
        given["publisher"] = record.text("school") or given["publisher"]
    values: dict[str, Value] = {
        "ISBN": ", ".join(node.text() for node in record.all("isbn")),
        "dblp:key": key,
    }
    if editors := people(_person(node.text()) for node in record.all("editor")):
        values["editor"] = editors
    work = _work(key, given)
    origin = Origin("dblp", f"https://dblp.org/rec/{key}")
    return work.with_fields({name: Field(value, origin) for name, value in values.items() if value})


def _marked_title(node: Node) -> str:
    """A title with its inline marks."""
    parts = (
        child if isinstance(child, str) else f"<{child.name}>{child.raw()}</{child.name}>"
        for child in node.children
    )
    return " ".join("".join(parts).split())
