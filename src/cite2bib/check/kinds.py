"""What a reference is of, and which catalogues would have it if it existed.

That nobody knows a web page, a law or a letter says nothing about it; that Crossref and arXiv do not know a paper of a
journal says much.
"""

from __future__ import annotations

import re
from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING

from cite2bib import richtext, titles
from cite2bib.check import venues
from cite2bib.records.preprints import is_server
from cite2bib.resolve.match import facts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cite2bib.model import Work


class Kind(Enum):
    """Kinds of things that are cited; the value names one of them to a reader."""

    PAPER = "a paper"
    PREPRINT = "a preprint"
    CHAPTER = "a chapter"
    BOOK = "a book"
    THESIS = "a thesis"
    REPORT = "a report"
    DATA = "a data set"
    SOFTWARE = "software"
    WEB = "a web page"
    STANDARD = "a standard"
    PATENT = "a patent"
    LAW = "a law or judgement"
    PERSONAL = "a personal communication"
    PRESS = "a piece in the press"
    UNPUBLISHED = "an unpublished work"
    OTHER = "something else"


_OF_TYPE: Mapping[str, Kind] = MappingProxyType(
    {
        "article-journal": Kind.PAPER,
        "paper-conference": Kind.PAPER,
        "review": Kind.PAPER,
        "review-book": Kind.PAPER,
        "article": Kind.PREPRINT,
        "chapter": Kind.CHAPTER,
        "entry-encyclopedia": Kind.CHAPTER,
        "entry-dictionary": Kind.CHAPTER,
        "entry": Kind.CHAPTER,
        "book": Kind.BOOK,
        "collection": Kind.BOOK,
        "thesis": Kind.THESIS,
        "report": Kind.REPORT,
        "pamphlet": Kind.REPORT,
        "dataset": Kind.DATA,
        "software": Kind.SOFTWARE,
        "webpage": Kind.WEB,
        "post": Kind.WEB,
        "post-weblog": Kind.WEB,
        "standard": Kind.STANDARD,
        "patent": Kind.PATENT,
        "legal_case": Kind.LAW,
        "legislation": Kind.LAW,
        "bill": Kind.LAW,
        "hearing": Kind.LAW,
        "regulation": Kind.LAW,
        "treaty": Kind.LAW,
        "personal_communication": Kind.PERSONAL,
        "interview": Kind.PERSONAL,
        "article-newspaper": Kind.PRESS,
        "article-magazine": Kind.PRESS,
        "broadcast": Kind.PRESS,
        "manuscript": Kind.UNPUBLISHED,
    }
)
_PERSONAL = re.compile(
    r"\b(?:personal|private|oral|written|verbal)\s+communications?\b|\bpers(?:onal)?\.\s*comm|\be-?mail\s+(?:to|from)\b",
    re.IGNORECASE,
)
_STANDARD = re.compile(
    r"\b(?:ISO(?:/IEC)?|IEC|DIN|ANSI|ASTM|ETSI|ITU-[TR]|NIST\s+(?:SP|FIPS)|FIPS|BS\s+EN|EN\s+ISO|RFC|IEEE\s+Std\.?|W3C\s+Rec)"
    r"[\s:/-]*(?:[A-Z]{0,3}[\s.-]?)?\d{2,}",
)
_LAW = re.compile(
    r"\b(?:Directive|Regulation)\s+\(?(?:EU|EC|EEC)\b|\b(?:Pub\.\s*L\.|U\.S\.C\.|C\.F\.R\.|Fed\.\s*Reg\.|Stat\.)\s"
    r"|\b\d+\s+U\.\s?S\.\s+\d+|\b(?:Act|Code)\s+of\s+\d{4}\b|\bv\.\s+[A-Z]\w+.*\(\d{4}\)$"
)
_SOFTWARE = re.compile(
    r"\b(?:computer\s+(?:software|program)|software\s+(?:package|library|version)|R\s+package\b|python\s+package|"
    r"source\s+code|version\s+\d+\.\d+|v\d+\.\d+(?:\.\d+)?\b)|(?:github|gitlab|bitbucket|pypi|cran)\.(?:com|org|io)",
    re.IGNORECASE,
)
_REPORT = re.compile(
    r"\b(?:technical report|tech\. rep|working paper|white ?paper|discussion paper)\b", re.IGNORECASE
)
_THESIS = re.compile(
    r"\b(?:ph\.?\s?d\.?|master'?s|doctoral|bachelor'?s)\s+(?:thesis|dissertation)", re.IGNORECASE
)
# Addresses below which there is nothing but papers.
_PAPERS = re.compile(
    r"//(?:www\.)?(?:openreview\.net/(?:forum|pdf)|aclanthology\.org/|aclweb\.org/anthology|proceedings\.(?:mlr\.press|neurips\.cc)/|"
    r"papers\.n(?:eur)?ips\.cc/|openaccess\.thecvf\.com/|ieeexplore\.ieee\.org/|dl\.acm\.org/doi|link\.springer\.com/(?:article|chapter)|"
    r"sciencedirect\.com/science/article|nature\.com/articles|ojs\.aaai\.org/|jmlr\.org/papers|onlinelibrary\.wiley\.com/doi|"
    r"tandfonline\.com/doi|journals\.sagepub\.com/doi|academic\.oup\.com/|(?:pubmed|pmc)\.ncbi\.nlm\.nih\.gov/|doi\.org/10\.)",
    re.IGNORECASE,
)
_ON_ARXIV = re.compile(r"//(?:\w+\.)?arxiv\.org/", re.IGNORECASE)
_TOLD_IN = ("genre", "note", "publisher", "medium", "bibtex:howpublished", "bibtex:type", "version", "number")
_PAPERS_OF = frozenset({"article-journal", "paper-conference"})
_LOOSE = frozenset({"", "document", "article", "post", "entry"})

# Who has works of a kind, as far as "they do not have it" says something; by title, or by an identifier that names them.
_COVERED: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    {
        Kind.PAPER: ("crossref", "openalex", "arxiv", "semanticscholar", "pubmed"),
        Kind.PREPRINT: ("arxiv", "crossref", "openalex", "semanticscholar"),
        Kind.CHAPTER: ("crossref", "openalex", "semanticscholar"),
        Kind.BOOK: ("crossref", "openalex", "openlibrary", "googlebooks"),
    }
)
# Those of them without whose answer nothing is said; one of them is enough.
_MAIN: Mapping[Kind, frozenset[str]] = MappingProxyType(
    {
        Kind.PAPER: frozenset({"crossref"}),
        Kind.PREPRINT: frozenset({"arxiv"}),
        Kind.CHAPTER: frozenset({"crossref"}),
        Kind.BOOK: frozenset({"openlibrary", "googlebooks"}),
    }
)
# Catalogues that take their records from another one are that one.
_LINEAGE: Mapping[str, str] = MappingProxyType(
    {"openalex": "crossref", "huggingface": "arxiv", "doi": "crossref"}
)


def lineage(source: str) -> str:
    """The catalogue that a catalogue's records are from."""
    return _LINEAGE.get(source, source)


def of(work: Work) -> Kind:
    """What a reference is of.

    >>> from cite2bib.model import Work
    >>> of(Work(type="webpage")), of(Work(type="document").with_field("container-title", "Nature"))
    (<Kind.WEB: 'a web page'>, <Kind.PAPER: 'a paper'>)
    """
    told = " ".join(richtext.plain(work.text(name)) for name in _TOLD_IN)
    title = richtext.plain(work.text("title"))
    if _PERSONAL.search(f"{told} {title} {work.text('container-title')}"):
        return Kind.PERSONAL
    if any(facts.identifier(work, name) for name in ("arxiv", "PMID", "PMCID")):
        return Kind.PAPER if _is_in_a_venue(work) else Kind.PREPRINT
    if facts.is_preprint_doi(facts.identifier(work, "DOI")) and not _is_in_a_venue(work):
        return Kind.PREPRINT
    if work.type in _LOOSE:
        return _of_loose(work, title, told)
    if work.type in _PAPERS_OF and not _is_in_a_venue(work) and _is_of_preprint_server(work):
        return Kind.PREPRINT  # "arXiv preprint" as a journal, without a number
    kind = _OF_TYPE.get(work.type, Kind.OTHER)
    if kind is Kind.CHAPTER and venues.venue_of(work.text("container-title")):
        return Kind.PAPER  # "In CoRL 2025": of proceedings, whatever it was taken for
    if kind in {Kind.REPORT, Kind.BOOK, Kind.WEB} and _STANDARD.search(f"{title} {told}"):
        return Kind.STANDARD
    return kind


def cites_preprint(work: Work) -> bool:
    """Whether a reference is to a preprint and to no publication of it."""
    doi = facts.identifier(work, "DOI")
    return of(work) is Kind.PREPRINT and (not doi or facts.is_preprint_doi(doi))


def _of_loose(work: Work, title: str, told: str) -> Kind:
    """What a reference is of whose type says little: the rest of it tells."""
    if _is_in_a_venue(work):
        return Kind.PAPER
    if _STANDARD.search(f"{title} {told}"):
        return Kind.STANDARD
    if _LAW.search(title):
        return Kind.LAW
    if _THESIS.search(told):
        return Kind.THESIS
    if _REPORT.search(told):
        return Kind.REPORT
    doi = facts.identifier(work, "DOI")
    if doi:
        return Kind.PREPRINT if facts.is_preprint_doi(doi) else Kind.PAPER
    if _is_of_preprint_server(work):
        return Kind.PREPRINT
    if _PAPERS.search(work.text("URL")) and work.names("author"):
        return Kind.PAPER
    if _SOFTWARE.search(f"{title} {told} {work.text('URL')}"):
        return Kind.SOFTWARE
    if work.text("URL") and not re.search(r"\.pdf$|/pdf/", work.text("URL"), re.IGNORECASE):
        return Kind.WEB
    if work.text("ISBN"):
        return Kind.BOOK
    return Kind.PAPER if len(titles.words(title)) >= 3 and work.names("author") else Kind.OTHER


def _is_in_a_venue(work: Work) -> bool:
    venue = work.text("container-title") or work.text("event-title")
    return bool(venue) and not (facts.is_preprint_venue(venue) or is_server(venue))


def _is_of_preprint_server(work: Work) -> bool:
    if _ON_ARXIV.search(work.text("URL")) and work.names("author"):
        return True
    names = (work.text(name) for name in ("container-title", "publisher", "note", "bibtex:howpublished"))
    return any(facts.is_preprint_venue(name) for name in names if name)


def covering(kind: Kind) -> tuple[str, ...]:
    """The catalogues whose silence about a title means something, for works of this kind."""
    return _COVERED.get(kind, ())


def independent(kind: Kind, answered: Iterable[str]) -> tuple[str, ...]:
    """Those of the catalogues that answered which cover the kind, one of each lineage.

    >>> independent(Kind.PAPER, ["crossref", "openalex", "arxiv", "dblp"])
    ('crossref', 'arxiv')
    """
    found: dict[str, str] = {}
    told = set(answered)
    for name in covering(kind):
        if name in told:
            found.setdefault(lineage(name), name)
    return tuple(found.values())


def is_settled_absent(kind: Kind, answered: Iterable[str], venue: str = "") -> bool:
    """Whether enough catalogues answered that "not found" may be said: the kind's main one, and an independent one.

    Of venues whose papers Crossref lacks, arXiv must have answered as well.
    """
    found = {lineage(name) for name in independent(kind, answered)}
    if kind is Kind.PAPER and venue and "arxiv" not in found and venues.is_without_dois(venue):
        return False
    return len(found) >= 2 and bool(_MAIN.get(kind, frozenset[str]()) & found)
