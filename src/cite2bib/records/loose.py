"""Records with plain keys (title, authors, year, venue, ...), as lists of papers and dumps of catalogues have them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from cite2bib import dates, names
from cite2bib.identifiers import normal_arxiv, normal_doi
from cite2bib.model import NOWHERE, Date, Field, Name, Origin, Value, Work
from cite2bib.patterns import late
from cite2bib.records import venues
from cite2bib.records.csl import TYPES, clean, date_of, names_of, text_of
from cite2bib.richtext import from_html

# Keys, folded, to what they hold. The first key that says something wins.
_KEYS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "papertitle", "name"),
    "author": ("authors", "author", "authorsparsed", "creators", "authornames"),
    "editor": ("editors", "editor"),
    "abstract": ("abstract", "summary", "description"),
    "DOI": ("doi",),
    "URL": ("url", "link", "paperurl", "href", "html"),
    "ISBN": ("isbn",),
    "ISSN": ("issn",),
    "PMID": ("pmid", "pubmedid"),
    "PMCID": ("pmcid",),
    "openalex": ("openalex", "openalexid"),
    "volume": ("volume",),
    "issue": ("issue", "number"),
    "page": ("pages", "page"),
    "publisher": ("publisher",),
    "keyword": ("keywords", "keyword", "tags"),
    "note": ("note", "comment", "comments"),
    "repository": ("code", "repository", "repo", "codeurl", "github"),
    "language": ("language", "lang"),
}
_VENUES = {"journal": "article-journal", "journalname": "article-journal", "booktitle": "paper-conference",
           "conference": "paper-conference", "venue": "", "container": "", "containertitle": "", "publication": "",
           "publicationtitle": ""}  # fmt: skip
_KEY_KEYS = ("key", "bibkey", "citekey", "citationkey", "id")
_DATES = ("date", "published", "publicationdate", "publisheddate", "issued", "year", "pubyear")
_ARXIV = ("arxiv", "arxivid", "eprint")
_TYPE_KEYS = ("type", "entrytype", "publicationtype")
_TYPES = {
    "article": "article-journal", "journalarticle": "article-journal", "journal": "article-journal",
    "inproceedings": "paper-conference", "conference": "paper-conference", "conferencepaper": "paper-conference",
    "proceedingsarticle": "paper-conference", "incollection": "chapter", "inbook": "chapter",
    "bookchapter": "chapter", "booksection": "chapter", "phdthesis": "thesis", "mastersthesis": "thesis",
    "dissertation": "thesis", "techreport": "report", "preprint": "article", "postedcontent": "article",
    "misc": "document", "online": "webpage", "website": "webpage", "blog": "post-weblog",
}  # fmt: skip
_TAKEN = frozenset(
    {*(key for keys in _KEYS.values() for key in keys), *_VENUES, *_KEY_KEYS, *_DATES, *_ARXIV, *_TYPE_KEYS, "month",
     "versions", "authorsparsed"}
)  # fmt: skip
_LOOSE = frozenset(
    {"authors", "year", "venue", "arxiv", "arxivid", "booktitle", "authorsparsed", "journal", "link"}
)
_PLAIN = frozenset(
    {"URL", "ISBN", "ISSN", "PMID", "PMCID", "openalex", "repository", "volume", "issue", "page"}
)


@lru_cache(maxsize=4096)
def _folded(key: str) -> str:
    return re.sub(r"[\W_]+", "", key).lower()


def is_loose(record: Mapping[str, Any]) -> bool:
    """Whether a record speaks plain keys rather than CSL's."""
    if "issued" in record or "container-title" in record:
        return False
    return isinstance(record.get("author"), str) or not _LOOSE.isdisjoint(map(_folded, record))


def work_from_loose(record: Mapping[str, Any], origin: Origin = NOWHERE) -> Work:
    """A work from a record; what has no place becomes `jsonl:KEY`.

    >>> work = work_from_loose({"title": "A", "authors": "Ada Lovelace and Bo Li", "year": 2020, "venue": "ICML"})
    >>> work.type, [name.family for name in work.names("author")], work.date().year
    ('paper-conference', ['Lovelace', 'Li'], 2020)
    """
    given = _flat(record)
    values: dict[str, Value] = {}
    for variable, keys in _KEYS.items():
        raw = next(filter(None, map(given.get, keys)), None)
        if raw is not None and (value := _value(variable, raw)):
            values[variable] = value
    kind = _add_venue(values, given)
    _add_date(values, given)
    _add_arxiv(values, given)
    kind = _type(given, values) or kind
    for key, raw in _foreign(given):
        values[f"jsonl:{key}"] = raw
    return Work(_key(given), kind, {variable: Field(value, origin) for variable, value in values.items()})


def _flat(record: Mapping[str, Any]) -> dict[str, Any]:
    """Keys folded, and the members of such as `externalIds` and `journal: {name, volume}` beside them."""
    given: dict[str, Any] = {}
    for key, value in record.items():
        folded = _folded(key)
        if isinstance(value, Mapping) and folded in {"externalids", "ids", "identifiers"}:
            for inner, identifier in value.items():
                given.setdefault(_folded(inner), identifier)
        elif isinstance(value, Mapping) and folded in _VENUES:
            given[folded] = value.get("name") or value.get("title")
            for inner in ("volume", "pages", "issue"):
                given.setdefault(inner, value.get(inner))
        else:
            given[folded] = value
    return given


def _value(variable: str, raw: Any) -> Value:
    if variable in {"author", "editor"}:
        return people(raw)
    if variable == "DOI":
        return normal_doi(text_of(raw))
    if variable == "keyword" and isinstance(raw, list):
        return ", ".join(filter(None, map(text_of, raw)))
    text = text_of(raw)
    return text if variable in _PLAIN else from_html(text) if "<" in text else " ".join(text.split())


def people(raw: Any) -> tuple[Name, ...]:
    """Names from a list of texts, objects or [family, given, suffix] rows, or from one text.

    >>> [str(name) for name in people("Smith, J., Doe, K. and others")]
    ['J. Smith', 'K. Doe', 'others']
    """
    if isinstance(raw, str):
        return tuple(map(_person, _split(clean(raw))))
    items = raw if isinstance(raw, list) else [raw]
    return tuple(name for name in map(_one, items) if name != Name())


def _one(raw: Any) -> Name:
    if isinstance(raw, list):
        family, given, suffix = (*map(text_of, raw[:3]), "", "", "")[:3]
        return Name(family, given, suffix=suffix)
    if isinstance(raw, Mapping) and not (raw.get("family") or raw.get("lastName") or raw.get("literal")):
        label = text_of(raw.get("name") or raw.get("author") or raw.get("fullname"))
        return _person(label) if label else Name()
    if isinstance(raw, str):
        return _person(clean(raw)) if raw.strip() else Name()
    return next(iter(names_of(raw)), Name())


def _person(text: str) -> Name:
    if text.lower().strip(" .") in {"others", "et al"}:
        return names.OTHERS
    return names.parse(text)


_INITIALS = late(r"(?:[A-Z]\w?\.?[\s-]*){1,4}")


def _split(text: str) -> list[str]:
    """The names of one text, parted by `and`, `;`, line ends, or commas when these part names."""
    text = re.sub(r",?\s+et\s+al\.?$", " and others", text)
    parts = [part.strip(" ,") for part in re.split(r"\s+and\s+|\s*;\s*|\n|\s+&\s+", text)]
    return [name for part in parts if part for name in _by_commas(part)]


def _by_commas(text: str) -> list[str]:
    parts = [part for part in re.split(r"\s*,\s*", text) if part]
    pairs = [f"{family}, {given}" for family, given in zip(parts[::2], parts[1::2], strict=False)]
    if len(parts) > 2 and len(parts) % 2 == 0 and all(_INITIALS.fullmatch(part) for part in parts[1::2]):
        return pairs
    if len(parts) > 2 or (len(parts) == 2 and all(" " in part for part in parts)):
        return parts
    return [text]


def _add_venue(values: dict[str, Value], given: Mapping[str, Any]) -> str:
    said = next((key for key in _VENUES if text_of(given.get(key))), "")
    if not said:
        return ""
    text, kind = text_of(given[said]), _VENUES[said]
    venue = venues.parse(text)
    if venue.type == "article":  # a preprint server is no container
        if arxiv := normal_arxiv(text):
            values.setdefault("arxiv", arxiv)
        return "article"
    values["container-title"] = venue.name
    for variable in ("volume", "issue", "page"):
        if part := getattr(venue, variable):
            values.setdefault(variable, part)
    return kind or venue.type


def _add_date(values: dict[str, Value], given: Mapping[str, Any]) -> None:
    found = [date for date in (date_of(given.get(key)) for key in _DATES) if date]
    versions = given.get("versions")  # of arXiv's own dump: the first one's date is the paper's
    if isinstance(versions, list) and versions and isinstance(versions[0], Mapping):
        found += [date for date in [_http_date(text_of(versions[0].get("created")))] if date]
    if not found:
        return
    best = max(found, key=lambda date: len(date.start))
    month = dates.month_number(text_of(given.get("month")))
    if len(best.start) == 1 and month:
        best = Date((*best.start, month))
    values["issued"] = best


def _http_date(text: str) -> Date | None:
    """`Mon, 2 Apr 2007 19:18:42 GMT`."""
    found = re.search(r"\d{1,2} \w{3} \d{4}", text)
    return dates.parse(found[0]) if found else None


def _add_arxiv(values: dict[str, Value], given: Mapping[str, Any]) -> None:
    found = next((normal_arxiv(text_of(given[key])) for key in _ARXIV if given.get(key)), "")
    if not found and ("authorsparsed" in given or _has_arxiv_address(values)):
        found = normal_arxiv(text_of(given.get("id"))) or normal_arxiv(str(values.get("URL", "")))
    if found:
        values["arxiv"] = found


def _has_arxiv_address(values: Mapping[str, Value]) -> bool:
    return "arxiv.org/" in str(values.get("URL", ""))


def _type(given: Mapping[str, Any], values: Mapping[str, Value]) -> str:
    for key in _TYPE_KEYS:
        said = text_of(given.get(key)).lower()
        if _folded(said) in _TYPES and not (said == "article" and "container-title" not in values):
            return _TYPES[_folded(said)]
        if said in TYPES:
            return said
    return "article" if "arxiv" in values and "container-title" not in values else ""


def _key(given: Mapping[str, Any]) -> str:
    for key in _KEY_KEYS:
        text = text_of(given.get(key))
        if text and not (key == "id" and normal_arxiv(text) and "authorsparsed" in given):
            return text
    return ""


def _foreign(given: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What no key above took, as texts; lists of texts are joined."""
    found: list[tuple[str, str]] = []
    for key, raw in given.items():
        if key in _TAKEN:
            continue
        text = "; ".join(filter(None, map(text_of, raw))) if isinstance(raw, list) else text_of(raw)
        if text:
            found.append((key, text))
    return found
