"""Catalogues on this machine that hold a world of works: each has those that its likes on the network would have.

Crossref what has a DOI, arXiv what was posted there, dblp what is of computing (the posted version apart), Semantic Scholar
most of all with the versions joined, doi.org the agencies of DOIs; Open Library and PubMed answer and have nothing.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from zlib import crc32

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from catalogue import Catalogue, words  # noqa: E402
from loopback import Loopback, Reply, Seen  # noqa: E402


@dataclass(frozen=True, slots=True)
class Paper:
    """A work as it really is."""

    title: str
    people: tuple[tuple[str, str], ...]  # given, family
    year: int
    venue: str = ""  # in full; "" of what was only posted
    acronym: str = ""
    is_journal: bool = False
    doi: str = ""
    arxiv: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    posted: int = 0  # year on arXiv
    subtitle: str = ""
    retracted: bool = False
    comment: str = ""  # on arXiv
    is_computing: bool = True
    in_scholar: bool = True

    @property
    def names(self) -> list[str]:
        """Its people as they are called."""
        return [f"{given} {family}".strip() for given, family in self.people]

    @property
    def whole(self) -> str:
        """Its title with its subtitle."""
        return f"{self.title}: {self.subtitle}" if self.subtitle else self.title


@dataclass
class Services(Catalogue):
    """All catalogues; see `Catalogue` for arXiv, Crossref and DataCite."""

    works: list[Paper] = field(default_factory=list)
    by_title: dict[tuple[str, ...], list[Paper]] = field(default_factory=dict)

    def hold(self, work: Paper) -> None:
        """Put a work where it would be."""
        self.works.append(work)
        self.by_title.setdefault(words(work.whole), []).append(work)
        if work.doi:
            self.records.append(crossref_record(work))
        if work.arxiv:
            before = len(self.entries)
            self.add({"arxiv": work.arxiv, "title": work.whole, "authors": work.names})
            if work.comment:
                entry = self.entries[before]
                self.entries[before] = replace(
                    entry,
                    xml=entry.xml.replace(
                        "</summary>", f"</summary><arxiv:comment>{work.comment}</arxiv:comment>"
                    ),
                )

    def environ(self, server: Loopback) -> dict[str, str]:
        """The environment in which the program asks these."""
        names = ("arxiv", "crossref", "datacite", "doi", "semanticscholar", "dblp", "openlibrary", "pubmed")
        return {f"CITE2BIB_{name.upper()}_URL": f"{server.url}/{name}" for name in names}

    def __call__(self, seen: Seen) -> Reply:
        """What is answered."""
        route, _, rest = seen.path.lstrip("/").partition("/")
        ours = {
            "doi": self._doi,
            "semanticscholar": self._scholar,
            "dblp": self._dblp,
            "pubmed": self._pubmed,
            "openlibrary": self._openlibrary,
        }
        return ours[route](seen, rest) if route in ours else super().__call__(seen)

    def _doi(self, _seen: Seen, rest: str) -> Reply:
        if not rest.startswith("doiRA/"):
            return Reply(404, b"<html>DOI Not Found</html>", {"Content-Type": "text/html"})
        known = {item["DOI"].lower() for item in self.records}
        posted = {f"10.48550/arxiv.{entry.id}" for entry in self.entries}
        rows = []
        for doi in unquote(rest.removeprefix("doiRA/")).split(","):
            agency = "Crossref" if doi.lower() in known else "DataCite" if doi.lower() in posted else ""
            rows.append({"DOI": doi, **({"RA": agency} if agency else {"status": "DOI does not exist"})})
        return self._json(rows)

    def _scholar(self, seen: Seen, rest: str) -> Reply:
        if rest == "paper/search/match":
            asked = words(seen.query["query"])
            found = [work for work in self.by_title.get(asked, []) if work.in_scholar]
            if not found:
                return Reply(404, b'{"error":"Title match not found"}', {"Content-Type": "application/json"})
            return self._json({"data": [scholar_record(found[0])]})
        if rest == "paper/batch":
            return Reply(404, b"{}")
        return Reply(404, b"{}")

    def _dblp(self, seen: Seen, _rest: str) -> Reply:
        query = seen.query.get("query", "")
        found: dict[str, Paper] = {}
        for title in re.findall(r'dblp:title "((?:[^"\\]|\\.)*)\."', query):
            found |= {work.whole: work for work in self.by_title.get(words(title), []) if work.is_computing}
        for doi in re.findall(r"<https://doi.org/([^>]*)>", query):
            found |= {work.whole: work for work in self.works if work.doi == doi and work.is_computing}
        for arxiv in re.findall(r"corr/abs-([\d-]+)>", query):
            id_ = arxiv.replace("-", ".")
            found |= {work.whole: work for work in self.works if work.arxiv == id_ and work.is_computing}
        rows = [row for number, work in enumerate(found.values()) for row in dblp_rows(work, number)]
        return self._json({"head": {}, "results": {"bindings": rows}})

    def _pubmed(self, _seen: Seen, _rest: str) -> Reply:
        return self._json({"esearchresult": {"count": "0", "idlist": []}})

    def _openlibrary(self, _seen: Seen, _rest: str) -> Reply:
        return self._json({"numFound": 0, "docs": []})


def crossref_record(work: Paper) -> dict[str, Any]:
    """As Crossref has a work."""
    people = [
        {"given": given, "family": family, "sequence": "additional" if number else "first", "affiliation": []}
        for number, (given, family) in enumerate(work.people)
    ]
    record: dict[str, Any] = {
        "DOI": work.doi,
        "type": "journal-article" if work.is_journal else "proceedings-article",
        "title": [work.title],
        "author": people,
        "publisher": "The Publisher",
        "container-title": [work.venue],
        "issued": {"date-parts": [[work.year]]},
    }
    told = {"volume": work.volume, "issue": work.issue, "page": work.pages}
    record |= {key: value for key, value in told.items() if value}
    if work.subtitle:
        record["subtitle"] = [work.subtitle]
    if work.retracted:
        date = {"date-parts": [[work.year + 1, 5, 2]]}
        record["updated-by"] = [
            {
                "DOI": f"{work.doi}.r",
                "type": "retraction",
                "source": "publisher",
                "updated": date,
                "label": "Retraction",
            }
        ]
    return record


def scholar_record(work: Paper) -> dict[str, Any]:
    """As Semantic Scholar has a work: under the year in which it was posted."""
    ids = {"DOI": work.doi, "ArXiv": work.arxiv}
    venue = work.venue or "arXiv.org"
    return {
        "paperId": f"{crc32(work.whole.encode()):040x}",
        "title": work.whole,
        "authors": [{"authorId": str(number), "name": name} for number, name in enumerate(work.names)],
        "year": work.posted or work.year,
        "venue": venue,
        "publicationVenue": {"name": venue, "type": "journal" if work.is_journal else "conference"},
        "journal": {"name": venue, "volume": work.volume or None, "pages": work.pages or None},
        "externalIds": {key: value for key, value in ids.items() if value},
        "publicationTypes": ["JournalArticle"] if work.is_journal or not work.venue else ["Conference"],
    }


def dblp_rows(work: Paper, number: int) -> list[dict[str, Any]]:
    """The posted version is a record of its own, beside the published one."""
    versions = []
    if work.arxiv:
        key = f"https://dblp.org/rec/journals/corr/abs-{work.arxiv.replace('.', '-')}"
        versions.append(
            (key, "Article", "CoRR", work.posted or work.year, "", f"10.48550/arXiv.{work.arxiv}")
        )
    if work.venue:
        kind = "journals" if work.is_journal else "conf"
        name = work.acronym or work.venue
        key = f"https://dblp.org/rec/{kind}/x/{crc32(work.whole.encode())}{number}"
        type_ = "Article" if work.is_journal else "Inproceedings"
        versions.append((key, type_, name, work.year, work.pages, work.doi))
    rows = []
    for key, type_, venue, year, pages, doi in versions:
        row = {
            "publ": key,
            "title": f"{work.whole}.",
            "type": f"http://purl.org/net/nknouf/ns/bibtex#{type_}",
            "year": str(year),
            "venue": venue,
            "pages": pages,
            "doi": f"https://doi.org/{doi}" if doi else "",
        }
        for place, name in enumerate(work.names, 1):
            cells = {**row, "ordinal": str(place), "name": name}
            rows.append({key: {"type": "literal", "value": value} for key, value in cells.items() if value})
    return rows
