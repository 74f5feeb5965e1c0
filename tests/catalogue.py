"""What arXiv, Crossref and DataCite would answer if they held the works of a test, or recorded ones.

    catalogue = Catalogue.of(works)          # dicts: title, authors, year, venue, arxiv, doi, abstract
    with Loopback(catalogue) as server:      # listens below /arxiv, /crossref, /datacite
        environ = catalogue.environ(server)

A title search is a real one: phrases, OR, AND, parentheses, `max_results`, `start`; Crossref's ranks by shared words, so
that what is not there still brings five other works.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.sax.saxutils import escape

from loopback import Loopback, Reply, Seen

_FEED = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">
  <id>https://arxiv.org/api/made</id><title>arXiv Query</title><updated>2026-04-12T22:10:19Z</updated>
  <opensearch:itemsPerPage>{page}</opensearch:itemsPerPage>
  <opensearch:totalResults>{total}</opensearch:totalResults>
  <opensearch:startIndex>{start}</opensearch:startIndex>
{entries}</feed>
"""
_ERROR = """<entry><id>https://arxiv.org/api/errors#made</id><title>Error</title><summary>{what}</summary>
<author><name>arXiv api core</name></author></entry>"""


def words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[^\W_]+", text.lower()))


@dataclass
class Entry:
    """One paper of arXiv."""

    id: str
    title: str
    authors: Sequence[str]
    xml: str

    def __post_init__(self) -> None:
        self.words = words(self.title)
        self.surnames = set(words(" ".join(self.authors)))


@dataclass
class Catalogue:
    """All three services."""

    entries: list[Entry] = field(default_factory=list)
    records: list[dict[str, Any]] = field(default_factory=list)  # Crossref messages
    dois: dict[str, dict[str, Any]] = field(default_factory=dict)  # DataCite's data by DOI
    rate: Mapping[str, str] = field(default_factory=dict)  # x-rate-limit-... headers
    empty: bool = False  # answers well, and finds nothing
    worded: list[set[str]] = field(default_factory=list)  # the words of each record, once they were asked for

    @classmethod
    def of(cls, works: Iterable[Mapping[str, Any]]) -> Catalogue:
        made = cls()
        for work in works:
            made.add(work)
        return made

    @classmethod
    def of_file(cls, path: Path) -> Catalogue:
        """The works of a file of JSON lines."""
        return cls.of(json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line)

    def add(self, work: Mapping[str, Any]) -> None:
        """A work is in arXiv if it has an id there, and in Crossref if it has a DOI."""
        if work.get("arxiv"):
            self.entries.append(made_entry(work))
        if work.get("doi") and not str(work["doi"]).lower().startswith("10.48550/"):
            self.records.append(made_record(work))

    def add_recorded(self, folder: Path) -> None:
        """Whatever answers of the three services are in a folder of recordings."""
        for path in sorted((folder / "arxiv").glob("*.atom")):
            self.entries += recorded_entries(path.read_text(encoding="utf-8"))
        for path in sorted((folder / "crossref").glob("*.json")):
            message = json.loads(path.read_bytes())["message"]
            self.records += [item for item in message.get("items", [message]) if "title" in item]
        for path in sorted((folder / "datacite").glob("*.json")):
            data = json.loads(path.read_bytes())["data"]
            self.dois[data["id"].lower()] = data

    def add_near_misses(self, works: Iterable[Mapping[str, Any]]) -> None:
        """Beside each work those that are easily taken for it, in arXiv and in Crossref."""
        for number, work in enumerate(works):
            for kind, miss in enumerate(near_misses(work)):
                self.add(
                    miss
                    | {"arxiv": f"1801.{number % 10000:04d}{kind}", "doi": f"10.5555/miss.{number}.{kind}"}
                )

    def environ(self, server: Loopback) -> dict[str, str]:
        """The environment in which the program asks this server."""
        return {
            f"CITE2BIB_{name.upper()}_URL": f"{server.url}/{name}"
            for name in ("arxiv", "crossref", "datacite")
        }

    def __call__(self, seen: Seen) -> Reply:
        route, _, rest = seen.path.lstrip("/").partition("/")
        services: dict[str, Callable[[Seen, str], Reply]] = {
            "arxiv": self._arxiv,
            "crossref": self._crossref,
            "datacite": self._datacite,
        }
        return services[route](seen, rest) if route in services else Reply(404, b"no such service")

    def _arxiv(self, seen: Seen, rest: str) -> Reply:
        if rest != "query":
            return Reply(404, b"")
        try:
            found = self._arxiv_found(seen.query)
        except ValueError as error:
            return _feed([_ERROR.format(what=escape(str(error)))], 1, 0, status=400)
        start, most = int(seen.query.get("start", 0)), int(seen.query.get("max_results", 10))
        return _feed([entry.xml for entry in found[start : start + most]], len(found), start)

    def _arxiv_found(self, query: Mapping[str, str]) -> list[Entry]:
        ids = [item for item in query.get("id_list", "").split(",") if item]
        for item in ids:
            if not re.fullmatch(r"(\d{4}\.\d{4,5}|[a-z-]+(\.[A-Z]{2})?/\d{7})(v\d+)?", item):
                raise ValueError(f"incorrect id format for {item}")
        if self.empty:
            return []
        wanted = {re.sub(r"v\d+$", "", item) for item in ids}
        found = [entry for entry in self.entries if not ids or entry.id in wanted]
        if query.get("search_query"):
            accepts = parse_query(query["search_query"])
            found = sorted((entry for entry in found if accepts(entry)), key=lambda entry: len(entry.words))
        return found

    def _crossref(self, seen: Seen, rest: str) -> Reply:
        if rest.startswith("works/"):
            doi = unquote(rest.removeprefix("works/")).lower()
            found = [item for item in self.records if item["DOI"].lower() == doi]
            if not found:
                return Reply(404, b"Resource not found.", {"Content-Type": "text/plain"})
            return self._json({"status": "ok", "message-type": "work", "message": found[0]})
        if rest != "works":
            return Reply(404, b"Resource not found.", {"Content-Type": "text/plain"})
        rows = int(seen.query.get("rows", 20))
        items = [] if self.empty else self._crossref_found(seen.query)
        selected = [_selected(item, seen.query.get("select", "")) for item in items[:rows]]
        message = {"facets": {}, "total-results": len(items), "items": selected, "items-per-page": rows}
        return self._json({"status": "ok", "message-type": "work-list", "message": message})

    def _crossref_found(self, query: Mapping[str, str]) -> list[dict[str, Any]]:
        if "filter" in query:
            wanted = {part.removeprefix("doi:").lower() for part in query["filter"].split(",")}
            return list(
                {doi: item for item in self.records if (doi := item["DOI"].lower()) in wanted}.values()
            )
        asked = set(
            words(query.get("query.bibliographic") or query.get("query.title") or query.get("query", ""))
        )
        for item in self.records[len(self.worded) :]:
            self.worded.append(_record_words(item))
        scored = [(len(asked & known), -len(known), number) for number, known in enumerate(self.worded)]
        ranked = sorted((row for row in scored if row[0]), reverse=True)
        return [self.records[number] for _, _, number in ranked]

    def _datacite(self, seen: Seen, rest: str) -> Reply:
        if rest != "dois":
            return Reply(404, b'{"errors":[]}')
        wanted = seen.query.get("ids", "").lower().split(",")
        found = [] if self.empty else [self.dois[doi] for doi in wanted if doi in self.dois]
        return self._json({"data": found, "meta": {"total": len(found)}})

    def _json(self, content: Any) -> Reply:
        headers = {"Content-Type": "application/json", "Vary": "Accept-Encoding", **self.rate}
        return Reply(200, json.dumps(content).encode(), headers)


def _feed(entries: Sequence[str], total: int, start: int, status: int = 200) -> Reply:
    text = _FEED.format(page=len(entries), total=total, start=start, entries="\n".join(entries))
    return Reply(status, text.encode(), {"Content-Type": "application/atom+xml; charset=utf-8"})


def _selected(item: dict[str, Any], select: str) -> dict[str, Any]:
    return {key: value for key, value in item.items() if key in select.split(",")} if select else item


def _record_words(item: Mapping[str, Any]) -> set[str]:
    authors = (str(author.get("family") or "") for author in item.get("author") or [])
    return set(words(" ".join([*(item.get("title") or []), *(item.get("subtitle") or []), *authors])))


_TOKEN = re.compile(r'\s*(?:(\()|(\))|(AND|OR)\b|(ti|au|all):"([^"]*)"|(ti|au|all):([^\s()"]+))')
Accepts = Callable[[Entry], bool]


def parse_query(query: str) -> Accepts:
    """The grammar of arXiv's `search_query`, as far as it is documented; anything else raises `ValueError`."""
    tokens: list[re.Match[str]] = []
    position = 0
    while position < len(query.rstrip()):
        token = _TOKEN.match(query, position)
        if not token:
            raise ValueError(f"the query can't be read at {query[position : position + 20]!r}")
        tokens.append(token)
        position = token.end()
    accepts, rest = _either(tokens)
    if rest:
        raise ValueError("the query has a bracket too many")
    return accepts


def _either(tokens: list[re.Match[str]]) -> tuple[Accepts, list[re.Match[str]]]:
    return _joined(tokens, "OR", _both, any)


def _both(tokens: list[re.Match[str]]) -> tuple[Accepts, list[re.Match[str]]]:
    return _joined(tokens, "AND", _term, all)


def _joined(
    tokens: list[re.Match[str]],
    word: str,
    inner: Callable[[list[re.Match[str]]], tuple[Accepts, list[re.Match[str]]]],
    combine: Callable[[Iterable[bool]], bool],
) -> tuple[Accepts, list[re.Match[str]]]:
    first, tokens = inner(tokens)
    parts = [first]
    while tokens and tokens[0][3] == word:
        part, tokens = inner(tokens[1:])
        parts.append(part)
    return (lambda entry: combine(part(entry) for part in parts)), tokens


def _term(tokens: list[re.Match[str]]) -> tuple[Accepts, list[re.Match[str]]]:
    if not tokens:
        raise ValueError("the query ends too early")
    token, rest = tokens[0], tokens[1:]
    if token[1]:
        inner, rest = _either(rest)
        if not rest or not rest[0][2]:
            raise ValueError("a bracket is not closed")
        return inner, rest[1:]
    if token[2] or token[3]:
        raise ValueError("a term is missing")
    if (token[4] or token[6]) == "au":
        return _by_author(words(token[5] or token[7] or "")), rest
    return _by_phrase(words(token[5] if token[4] else token[7])), rest


def _by_author(names: tuple[str, ...]) -> Accepts:
    return lambda entry: set(names) <= entry.surnames


def _by_phrase(asked: tuple[str, ...]) -> Accepts:
    if not asked:
        raise ValueError("an empty phrase")
    size = len(asked)
    return lambda entry: any(entry.words[i : i + size] == asked for i in range(len(entry.words) - size + 1))


def made_entry(work: Mapping[str, Any]) -> Entry:
    arxiv, title = str(work["arxiv"]), str(work["title"])
    digits = arxiv.rpartition("/")[2]
    year = int(digits[:2]) + (1900 if int(digits[:2]) > 90 else 2000)
    authors = list(work.get("authors") or ["Anon Ymous"])
    people = "".join(f"<author><name>{escape(name)}</name></author>" for name in authors)
    doi = f"<arxiv:doi>{escape(str(work['doi']))}</arxiv:doi>" if work.get("doi") else ""
    xml = (
        f"<entry><id>http://arxiv.org/abs/{arxiv}v1</id><title>{escape(title)}</title>"
        f"<published>{year}-{digits[2:4]}-15T00:00:00Z</published><updated>{year}-{digits[2:4]}-15T00:00:00Z</updated>"
        f"<summary>{escape(str(work.get('abstract') or 'We study ' + title))}</summary>{people}{doi}"
        '<arxiv:primary_category term="cs.LG"/><category term="cs.LG"/></entry>'
    )
    return Entry(arxiv, title, authors, xml)


def recorded_entries(feed: str) -> list[Entry]:
    found: list[Entry] = []
    for xml in re.findall(r"<entry>.*?</entry>", feed, re.DOTALL):
        id_ = re.search(r"/abs/(.+?)(?:v\d+)?</id>", xml)
        title = re.search(r"<title>(.*?)</title>", xml, re.DOTALL)
        if id_ and title:
            found.append(Entry(id_[1], title[1], re.findall(r"<name>(.*?)</name>", xml), xml))
    return found


def made_record(work: Mapping[str, Any]) -> dict[str, Any]:
    authors: list[dict[str, Any]] = []
    for number, name in enumerate(work.get("authors") or []):
        given, _, family = str(name).rpartition(" ")
        authors.append(
            {
                "given": given,
                "family": family,
                "sequence": "additional" if number else "first",
                "affiliation": [],
            }
        )
    record: dict[str, Any] = {
        "DOI": str(work["doi"]).lower(),
        "type": "proceedings-article" if work.get("venue") else "journal-article",
        "title": [work["title"]],
        "author": authors,
        "publisher": "Made Press",
        "container-title": [work["venue"]] if work.get("venue") else ["Journal of Made Things"],
        "score": 1.0,
    }
    if work.get("year"):
        record["issued"] = {"date-parts": [[int(work["year"])]]}
    return record


# An abstract as long as real ones, about something else.
_ELSEWHERE = (
    "Soil moisture governs how meadows recover after drought. Over eleven summers we visited forty alpine sites, counted "
    "grasses and herbs, dug shallow pits, and dried samples in ovens. Roots of clover reached deeper than expected, while "
    "moss lost half of its cover. Sheep preferred shaded slopes, and their tracks held water for weeks. Our survey suggests "
    "that late mowing protects seedlings, and that shepherds knew this long before botanists did."
)


def near_misses(work: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Other works that look like this one: notices, reviews, parts, one word changed, same title by others."""
    title, authors = str(work["title"]), list(work.get("authors") or [])
    year = work.get("year") or 2024
    others = ["Ada Other", "Ben Else"]
    last = title.rsplit(" ", 1)
    misses = [
        {"title": f"Correction to: {title}", "authors": authors, "year": year, "venue": ""},
        {"title": f"Review of: {title}", "authors": others, "year": year, "venue": ""},
        {"title": f"{title}: Part II", "authors": authors, "year": year, "venue": ""},
        {"title": f"{last[0]} Elsewhere", "authors": authors[:1] + others, "year": year, "venue": ""},
        {
            "title": title,
            "authors": [*others, *(f"Cy {name} Third" for name in "ABCDEFGHIJK")],
            "year": year,
            "venue": "",
        },
    ]
    return [{**miss, "abstract": _ELSEWHERE} for miss in misses]
