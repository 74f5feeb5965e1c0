"""An answer of arXiv (an Atom feed) to works.

https://info.arxiv.org/help/api/user-manual.html#_details_of_atom_results_returned
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib import dates, identifiers
from cite2bib.diagnostics import ReadError
from cite2bib.light import dataclass
from cite2bib.model import Name, Origin, Value, Work
from cite2bib.records import safe_xml
from cite2bib.records.parts import mended, people, person, work_of

if TYPE_CHECKING:
    from cite2bib.records.safe_xml import Node


@dataclass(frozen=True, slots=True)
class Feed:
    """What an answer says."""

    works: tuple[Work, ...]
    total: int  # how many there would be
    error: str = ""  # the one entry of an answer that is none


def parse_feed(data: bytes) -> Feed:
    """The works of a feed; raises `ReadError` for what is no feed at all."""
    root = safe_xml.parse(data)
    if root.name != "feed":
        raise ReadError(f"<{root.name}> is not a feed")
    entries = root.all("entry")
    for entry in entries:
        if "/api/errors" in entry.text("id"):
            return Feed((), 0, entry.text("summary") or "an error without a word")
    works = tuple(filter(None, map(work_from_entry, entries)))
    total = root.text("totalResults")
    return Feed(works, int(total) if total.isdecimal() and len(total) < 10 else len(works))


def work_from_entry(entry: Node, origin: Origin | None = None) -> Work | None:
    """A preprint; None for an entry without an id of arXiv. It is from arXiv's own page, unless an origin is given."""
    address = entry.text("id")
    arxiv = identifiers.normal_arxiv(address.rpartition("/abs/")[2])
    if not arxiv:
        return None
    comment = entry.text("comment")
    title = mended(entry.text("title"))
    values: dict[str, Value | None] = {
        "title": title,
        "author": people(_authors(entry), title),
        "issued": dates.parse(entry.text("published")),
        "abstract": mended(entry.text("summary")),
        "publisher": "arXiv",
        "arxiv": arxiv,
        "arxiv-class": _class(entry),
        "URL": identifiers.address("arxiv", arxiv),
        "status": "withdrawn" if is_withdrawn(comment) else "",
        "arxiv:comment": comment,
        **_dois(entry),
        **journal_reference(entry.text("journal_ref")),
    }
    return work_of("article", values, origin or Origin("arxiv", identifiers.address("arxiv", arxiv)))


def _class(entry: Node) -> str:
    terms = (
        node.attributes.get("term", "")
        for name in ("primary_category", "category")
        for node in entry.all(name)
    )
    return next(filter(None, terms), "")


def _authors(entry: Node) -> list[Name | None]:
    names = (author.text("name") for author in entry.all("author"))
    return [person(mended(name)) for name in names]


def is_withdrawn(comment: str) -> bool:
    """Whether a comment says that the paper is withdrawn, and not that it withdraws something.

    >>> is_withdrawn("This paper has been withdrawn by the author"), is_withdrawn("12 pages, 3 figures")
    (True, False)
    """
    return bool(
        re.search(
            r"\b(?:withdrawn|withdrawal of (?:this|the) (?:paper|article|submission))\b",
            comment,
            re.IGNORECASE,
        )
    )


def _dois(entry: Node) -> dict[str, Value | None]:
    found = (identifiers.normal_doi(item.text()) for item in entry.all("doi"))
    dois = [doi for doi in dict.fromkeys(found) if doi and not doi.startswith("10.48550/")]
    return {"DOI": dois[0] if dois else "", "arxiv:doi": " ".join(dois[1:])}


# Authors write what they like; only the commonest forms of a journal are taken apart.
_JOURNAL = re.compile(
    r"(?P<journal>[^\d,;:()@]*[^\W\d_]\.?)[\s,]*(?:[Vv]ol(?:ume|\.)?\s*)?(?P<volume>\d{1,4})"
    r"(?:\s*[,:]?\s*(?:\(|[Nn]o\.?\s*|[Ii]ssue\s*)(?P<issue>\d{1,3}(?:[-–/]\d{1,3})?)\)?)?"
    r"[\s,:]*(?:\((?P<year1>\d{4})\))?[\s,:]*(?:pp?\.?\s*|pages?\s*|article\s*)?"
    r"(?P<page>[A-Za-z]?\d+[A-Za-z]?(?:\s*[-–]+\s*[A-Za-z]?\d+)?)?[\s,]*\(?(?P<year2>(?:19|20)\d\d)?\)?\.?"
)


def journal_reference(reference: str) -> dict[str, Value | None]:
    """Where it was published, as far as authors said so in a way that can be read.

    >>> found = journal_reference("Phys. Rev. D 76, 013009 (2007)")
    >>> found["container-title"], found["volume"], found["page"]
    ('Phys. Rev. D', '76', '013009')
    """
    kept: dict[str, Value | None] = {"arxiv:journal-ref": reference}
    found = _JOURNAL.fullmatch(reference)
    year = (found["year1"] or found["year2"]) if found else ""
    if not found or not (year and found["page"]) or len(found["journal"]) > 80:
        return kept
    return kept | {
        "container-title": found["journal"].strip(),
        "volume": found["volume"],
        "issue": found["issue"] or "",
        "page": re.sub(r"\s*[-–]+\s*", "-", found["page"]),
        "arxiv:journal-year": year,
    }
