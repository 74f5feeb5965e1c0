"""Dates, identifiers, abstracts and venues of two works: each a name of `WEIGHTS` and the words that tell it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from cite2bib import printed, titles
from cite2bib.identifiers import arxiv_month, isbn13, normalise
from cite2bib.light import NamedTuple
from cite2bib.patterns import late
from cite2bib.richtext import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cite2bib.model import Work


class Fact(NamedTuple):
    """A piece of evidence."""

    weight: str  # a name of `WEIGHTS`
    words: str
    scale: float = 1.0  # less for what was inferred


# Registrants that give DOIs to preprints: the publication of the same work has another DOI.
# https://api.crossref.org/types/posted-content/works, https://api.datacite.org
_PREPRINT_DOIS = late(
    r"10\.(?:48550|1101|31234|31235|31219|31222|31223|2139|20944|21203|36227|26434|22541|33774|35542|32388|55458|"
    r"5194/[a-z]+-\d{4}-|12688|5281|6084|65215|64898|57702|47649|51094|20935|1590/scielopreprints)",
    re.IGNORECASE,
)
# Prefixes that register other people's works under their own DOI; only an equal DOI makes such a record the work meant.
DENIED_PREFIXES = ("10.65215/",)


def identifier(work: Work, variable: str) -> str:
    """A work's identifier in its one right form; an arXiv DOI counts as the arXiv id."""
    value = work.text(variable)
    if value:
        return normalise(variable, value)
    if variable == "arxiv":
        doi = work.text("DOI").lower()
        return normalise("arxiv", doi.partition("arxiv.")[2]) if doi.startswith("10.48550/arxiv.") else ""
    return ""


def is_preprint_doi(doi: str) -> bool:
    """Whether a DOI belongs to a preprint server or repository."""
    return bool(_PREPRINT_DOIS.match(doi))


def is_denied(work: Work) -> bool:
    """Whether a record comes from a registrant of other people's works."""
    return identifier(work, "DOI").startswith(DENIED_PREFIXES)


_COMPARED = frozenset({"DOI", "arxiv", "PMID", "PMCID", "openalex"})


def same_identifier(query: Work, candidate: Work) -> str:
    """The name of an identifier that both have, or ""."""
    if query.text("title") and (_COMPARED.isdisjoint(query.fields) or _COMPARED.isdisjoint(candidate.fields)):
        return ""  # as mostly
    for variable in ("DOI", "arxiv", "PMID", "PMCID", "openalex"):
        value = identifier(query, variable)
        if value and value == identifier(candidate, variable):
            return variable
    return "" if query.text("title") else _same_of_bare(query, candidate)


def _same_of_bare(query: Work, candidate: Work) -> str:
    """A query without a title asks for what bears its ISBN or stands at its address; a chapter bears that of its book."""
    isbn = isbn13(query.text("ISBN"))
    if isbn and candidate.type != "chapter":
        listed = re.split(r"[,;]|\s{2,}", candidate.text("ISBN"))
        if isbn in map(isbn13, listed):
            return "ISBN"
    address = _address(query)
    return "URL" if address and address == _address(candidate) else ""


def _address(work: Work) -> str:
    """Where a page lies, whatever its address says of the way there."""
    bare = re.sub(r"^https?://(?:www\.)?", "", work.text("URL"), flags=re.IGNORECASE)
    return bare.partition("#")[0].rstrip("/")


def identifiers(query: Work, candidate: Work) -> Iterator[Fact]:
    """What identifiers say."""
    if same := same_identifier(query, candidate):
        yield Fact("identifier-same", f"the same {same}")
        return
    for variable in ("arxiv", "DOI"):
        one, other = identifier(query, variable), identifier(candidate, variable)
        both_publications = not (is_preprint_doi(one) or is_preprint_doi(other))
        if one and other and (variable == "arxiv" or both_publications):
            yield Fact("identifier-other", f"{variable} {one} against {other}")


def dates(query: Work, candidate: Work) -> Iterator[Fact]:
    """What the dates say; a month is compared with that of the arXiv id where the query is of a preprint."""
    asked = query.date()
    if not asked or not asked.start:
        return
    found = candidate.date()
    posted = arxiv_month(identifier(candidate, "arxiv"))
    certainty = query.fields["issued"].origin.confidence
    if certainty < 1:
        certainty /= 2  # nobody said so: it may weigh a little, and never decide
    if len(asked.start) > 1 and posted and _is_of_preprint(query):
        yield _months(asked.start, posted, certainty)
        return
    if found and found.start:
        years = [found.start[0], *([posted[0]] if posted else [])]
        yield _years(asked.start[0], years, certainty, query, candidate)
    elif posted:
        yield _years(asked.start[0], [posted[0]], certainty, query, candidate)


def _is_of_preprint(work: Work) -> bool:
    return "container-title" not in work and not work.text("DOI")


def _is_posting(work: Work) -> bool:
    return work.type in {"article", "post"} and "container-title" not in work and not work.text("arxiv")


def _months(asked: tuple[int, ...], posted: tuple[int, int], certainty: float) -> Fact:
    months = (asked[0] - posted[0]) * 12 + asked[1] - posted[1]
    words = f"month {asked[0]}-{asked[1]:02d} against arXiv's {posted[0]}-{posted[1]:02d}"
    if certainty < 1:
        # The month was printed and the year was not: only the month of the year can be held against it.
        apart = min(months % 12, -months % 12)
        scale = 1.0 if months in {-1, 0, 1} and certainty >= 0.25 else 0.3
        return Fact("month-equal", words, scale) if apart <= 1 else Fact("month-other", words)
    return Fact("month-equal" if -1 <= months <= 1 else "month-other", words)


def _years(asked: int, found: list[int], certainty: float, query: Work, candidate: Work) -> Fact:
    nearest = min(found, key=lambda year: abs(year - asked))
    apart = abs(nearest - asked)
    words = f"year {asked}" if not apart else f"year {asked} against {nearest}"
    if _is_posting(candidate) and nearest > asked + 2:
        return Fact("year-posted-late", words, certainty)
    if 0 < nearest - asked <= 3 and _is_of_preprint(query) and "container-title" in candidate:
        return Fact(f"year-published-{apart}", words, certainty)
    name = ("year-equal", "year-next", "year-near")[apart] if apart < 3 else "year-other"
    return Fact(name, words, certainty)


@lru_cache(maxsize=4096)
def _bag(abstract: str) -> frozenset[str]:
    return frozenset(word for word in titles.words(plain(abstract)) if word not in titles.FUNCTION_WORDS)


def abstract_likeness(query: Work, candidate: Work) -> float | None:
    """The share of common words among all words of both abstracts; None when there is too little to tell."""
    one, other = _bag(query.text("abstract")), _bag(candidate.text("abstract"))
    if min(len(one), len(other)) < 12:
        return None
    shared = len(one & other)
    # A cut abstract is held against as much of the other.
    return shared / min(len(one | other), 2 * min(len(one), len(other)))


def abstracts(query: Work, candidate: Work) -> Iterator[Fact]:
    """What the abstracts say."""
    share = abstract_likeness(query, candidate)
    if share is None:
        return
    words = f"{share:.0%} of the abstracts' words"
    if share >= 0.55:
        yield Fact("abstract-same", words)
    elif share >= 0.4:
        yield Fact("abstract-like", words)
    elif share <= 0.13:
        yield Fact("abstract-other", words)
    elif share <= 0.22:
        yield Fact("abstract-unlike", words)


def venues(query: Work, candidate: Work) -> Iterator[Fact]:
    """What venue, volume and pages say."""
    one, other = query.text("container-title"), candidate.text("container-title")
    if one and other and not (is_preprint_venue(one) or is_preprint_venue(other)):
        short = candidate.text("container-title-short")
        same = same_venue(one, other) or bool(short and same_venue(one, short))
        yield Fact(
            "venue-same" if same else "venue-other",
            f"venue {one!r}" + ("" if same else f" against {other!r}"),
        )
    yield from _places(query, candidate, is_in_venue=bool(one))


def _places(query: Work, candidate: Work, *, is_in_venue: bool) -> Iterator[Fact]:
    """A volume and the page in it are one place in a journal; every paper of some proceedings begins on page 1."""
    pages = printed.page(query), candidate.text("page")
    volumes = query.text("volume"), candidate.text("volume")
    if not (all(pages) and (all(volumes) or is_in_venue)):
        return
    starts = [printed.first_page(page) for page in pages]
    numbers = [printed.volume(text) for text in volumes]
    words = f"pages {pages[0]} against {pages[1]}"
    if not starts[0] or starts[0] != starts[1] or (all(numbers) and numbers[0] != numbers[1]):
        yield Fact("pages-other", words)
    elif all(numbers) and starts[0] != "1":
        yield Fact("place-same", f"volume {numbers[0]}, {words}")
    else:
        yield Fact("pages-same", words)


_PREPRINT_VENUES = late(
    r"arxiv|\bcorr\b|biorxiv|medrxiv|\bssrn\b|preprint|psyarxiv|chemrxiv|research square|techrxiv|openreview|zenodo|"
    r"\bworking papers?\b|\bdiscussion papers?\b|\btech(?:nical|\.)? ?rep(?:orts?|\.)",
    re.IGNORECASE,
)


def is_preprint_venue(venue: str) -> bool:
    """Whether what stands as the venue is a preprint server.

    >>> is_preprint_venue("CoRR"), is_preprint_venue("Nature")
    (True, False)
    """
    return bool(_PREPRINT_VENUES.search(venue))


_VENUE_NOISE = late(
    r"\d+(?:st|nd|rd|th)?\b|\b(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)?[- ]?"
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)|eleventh|twelfth|\w+teenth|\w+tieth|"
    r"proceedings|proc|of|the|annual|international|conference|in|on|and|for|ieee|acm|cvf|workshop|advances|journal|j)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=16_384)
def same_venue(one: str, other: str) -> bool:
    """Whether two venues may be one: equal, an acronym of the other, or abbreviated word by word.

    >>> same_venue("NeurIPS 2023", "Advances in Neural Information Processing Systems 36 (NeurIPS)")
    True
    >>> same_venue("J. Mach. Learn. Res.", "Journal of Machine Learning Research"), same_venue("Nature", "Science")
    (True, False)
    """
    left, right = (titles.words(_VENUE_NOISE.sub(" ", venue)) for venue in (one, other))
    if not left or not right:
        return titles.key(one) == titles.key(other)
    whole = _venue_words(one), _venue_words(other)
    if _are_two_series(*whole):
        return False
    short, long = sorted((left, right), key=len)
    shared = len(set(short) & set(long))
    if shared == len(set(short)) or (shared >= 3 and shared >= 0.75 * len(set(long))):
        return True
    if len(short) == 1 and _is_acronym(short[0], one if long is left else other):
        return True
    return _are_abbreviated(left, right) or _are_abbreviated(*whole)


_NICKNAMES = {
    "apj": "astrophysical journal",
    "apjl": "astrophysical journal letters",
    "apjs": "astrophysical journal supplement series",
    "a a": "astronomy astrophysics",
    "jetp": "soviet physics jetp",
}
_SMALL_OF_VENUES = frozenset(
    "of the on in for and fur de la le des der die und et di della an section sect series ser".split()
)
_COUNTRY = late(r"(?: u s a| u s| usa| n y| ny| uk| london| lond| engl)+$")  # where it is printed


def _venue_words(venue: str) -> tuple[str, ...]:
    """A venue's words but for small ones, and for the place behind it."""
    said = " ".join(titles.words(venue))
    said = _COUNTRY.sub("", _NICKNAMES.get(said, said))
    return tuple(word for word in said.split() if word not in _SMALL_OF_VENUES)


def _are_two_series(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether two names end in letters that tell one part of a journal from another: "Physical Review B" and "D"."""
    ends = {words[-1] for words in (left, right) if len(words) > 1 and len(words[-1]) == 1}
    return len(ends) == 2


def _are_abbreviated(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether each word of one name is that of the other, shortened in one of them."""
    return len(left) == len(right) > 0 and all(
        _is_shortened(*sorted(pair, key=len)) for pair in zip(left, right, strict=True)
    )


def _is_shortened(short: str, whole: str) -> bool:
    """Whether a word is another's beginning, or leaves out letters within it: "natl", "jpn"; one letter is a series."""
    if whole.startswith(short):
        return len(short) > 1 or len(whole) == 1 or whole in _LETTERED
    letters = iter(whole)
    return len(short) > 2 and whole[0] == short[0] and all(letter in letters for letter in short)


_LETTERED = frozenset(
    "journal zeitschrift royal united states national new science society soviet international".split()
)


def _is_acronym(word: str, venue: str) -> bool:
    small = {"of", "the", "on", "in", "for", "and"}
    letters = "".join(part[0] for part in titles.words(venue) if part not in small)
    return len(word) > 1 and (
        word == letters or (len(word) >= 4 and (letters.startswith(word) or letters.endswith(word)))
    )


_PAPERS = frozenset(
    {"article-journal", "paper-conference", "chapter", "article-magazine", "article-newspaper"}
)
_OBJECTS = frozenset({"dataset", "software", "map", "graphic", "motion_picture", "song", "speech"})


def other_kind(query: Work, candidate: Work) -> str:
    """Why two works of one title are two: a thesis and the article made of it, a book and an article about it.

    Only what both say counts, and a report or preprint may become an article.
    """
    for one, other in ((query, candidate), (candidate, query)):
        is_paper = one.type in _PAPERS or (_is_in_venue(one) and one.type not in {"thesis", *_OBJECTS})
        if is_paper and other.type in {"thesis", *_OBJECTS}:
            return f"one is a paper, the other a {other.type}"
        if one.type in {"article-journal", "thesis", *_OBJECTS} and other.type == "book":
            return f"one is a book, the other a {one.type}"
    return ""


def _is_in_venue(work: Work) -> bool:
    venue = work.text("container-title")
    return bool(venue) and not is_preprint_venue(venue)


_CONFERENCES = late(
    r"\b(?:conference|conf|proceedings|proc|symposium|symp|workshop|meeting|congress)\b", re.IGNORECASE
)
_JOURNALS = late(
    r"\b(?:journal|transactions|trans|letters|lett|magazine|annals|quarterly|bulletin|reviews?|acta|archives?)\b|\bj\.",
    re.IGNORECASE,
)


def venue_kind(work: Work) -> str:
    """Whether a work appeared in a journal or at a conference, as far as its type or the venue's name tells."""
    venue = work.text("container-title")
    if work.type in {"article-journal", "paper-conference"}:
        return work.type
    if _CONFERENCES.search(venue):
        return "paper-conference"
    return "article-journal" if _JOURNALS.search(venue) else ""


_ABOUT = frozenset({"review", "review-book", "periodical", "figure", "graphic", "peer-review", "component"})


def types(query: Work, candidate: Work) -> Iterator[Fact]:
    """Records that are about a work, or hold it."""
    if candidate.text("crossref:update-to") and not query.text("crossref:update-to"):
        yield Fact("type-notice", "the record is a notice about another work")
    if candidate.type in _ABOUT and query.type != candidate.type:
        yield Fact("type-about", f"the record is a {candidate.type}")
