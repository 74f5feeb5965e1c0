"""An answer of arXiv (an Atom feed) to works.

https://info.arxiv.org/help/api/user-manual.html#_details_of_atom_results_returned
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from cite2bib import dates, identifiers
from cite2bib.model import Name, Origin, Value, Work
from cite2bib.records import xmltree
from cite2bib.records.parts import mended, people, person, work_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ATOM = "{http://www.w3.org/2005/Atom}"
_ARXIV = "{http://arxiv.org/schemas/atom}"
_SEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


@dataclass(frozen=True, slots=True)
class Feed:
    """What an answer says."""

    works: tuple[Work, ...]
    total: int  # how many there would be
    error: str = ""  # the one entry of an answer that is none


def parse_feed(data: bytes) -> Feed:
    """The works of a feed; raises `ParseError` for what is no feed at all."""
    root = xmltree.parse(data)
    if root.tag != f"{_ATOM}feed":
        raise ParseError(f"<{root.tag.rpartition('}')[2]}> is not a feed")
    entries = root.findall(f"{_ATOM}entry")
    for entry in entries:
        if "/api/errors" in xmltree.text(entry.find(f"{_ATOM}id")):
            return Feed((), 0, xmltree.text(entry.find(f"{_ATOM}summary")) or "an error without a word")
    works = tuple(filter(None, map(work_from_entry, entries)))
    total = xmltree.text(root.find(f"{_SEARCH}totalResults"))
    return Feed(works, int(total) if total.isdecimal() else len(works))


def work_from_entry(entry: Element) -> Work | None:
    """A preprint; None for an entry without an id of arXiv."""
    address = xmltree.text(entry.find(f"{_ATOM}id"))
    arxiv = identifiers.normal_arxiv(address.rpartition("/abs/")[2])
    if not arxiv:
        return None
    primary = entry.find(f"{_ARXIV}primary_category")
    if primary is None:
        primary = entry.find(f"{_ATOM}category")
    comment = xmltree.text(entry.find(f"{_ARXIV}comment"))
    title = mended(xmltree.text(entry.find(f"{_ATOM}title")))
    values: dict[str, Value | None] = {
        "title": title,
        "author": people(_authors(entry), title),
        "issued": dates.parse(xmltree.text(entry.find(f"{_ATOM}published"))),
        "abstract": mended(xmltree.text(entry.find(f"{_ATOM}summary"))),
        "publisher": "arXiv",
        "arxiv": arxiv,
        "arxiv-class": primary.get("term", "") if primary is not None else "",
        "URL": identifiers.address("arxiv", arxiv),
        "status": "withdrawn" if _is_withdrawn(comment) else "",
        "arxiv:comment": comment,
        **_dois(entry),
        **journal_reference(xmltree.text(entry.find(f"{_ARXIV}journal_ref"))),
    }
    return work_of("article", values, Origin("arxiv", identifiers.address("arxiv", arxiv)))


def _authors(entry: Element) -> list[Name | None]:
    names = (xmltree.text(author.find(f"{_ATOM}name")) for author in entry.findall(f"{_ATOM}author"))
    return [person(mended(name)) for name in names]


def _is_withdrawn(comment: str) -> bool:
    """Whether a comment says that the paper is withdrawn, and not that it withdraws something.

    >>> _is_withdrawn("This paper has been withdrawn by the author"), _is_withdrawn("12 pages, 3 figures")
    (True, False)
    """
    return bool(
        re.search(
            r"\b(?:withdrawn|withdrawal of (?:this|the) (?:paper|article|submission))\b",
            comment,
            re.IGNORECASE,
        )
    )


def _dois(entry: Element) -> dict[str, Value | None]:
    found = (identifiers.normal_doi(xmltree.text(item)) for item in entry.findall(f"{_ARXIV}doi"))
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
