"""How well a candidate fits the work that was meant, from evidence that can be read, and how often that is right."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from cite2bib import titles
from cite2bib.model import Match
from cite2bib.patterns import late
from cite2bib.resolve.match import facts, people
from cite2bib.resolve.match.calibration import TABLE
from cite2bib.resolve.match.facts import Fact
from cite2bib.resolve.match.people import Agreement
from cite2bib.resolve.match.title import Relation, Titles
from cite2bib.resolve.match.title import compare as compare_titles
from cite2bib.resolve.match.weights import WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cite2bib.model import Work

_AUTHORS = {
    Agreement.ALL: "authors-all",
    Agreement.MOST: "authors-most",
    Agreement.OPEN: "authors-open",
    Agreement.FIRST: "authors-first",
    Agreement.HALF: "authors-some",
    Agreement.FEW: "authors-few",
    Agreement.NONE: "authors-none",
}

_ALL_OF = {1: "authors-one", 2: "authors-two"}
# What shows that "(extended abstract)" is part of the title in those proceedings, and no other version.
_AS_PUBLISHED = {"year-equal", "venue-same"}


_NO = Match(0.0, (Relation.OTHER.value,))


def match(query: Work, candidate: Work) -> Match:
    """How well a candidate fits a query.

    >>> from cite2bib.model import Work
    >>> query = Work().with_field("title", "Fast Model Editing at Scale")
    >>> match(query, Work().with_field("title", "Fast Model Editing at Scale")).score > 0.97
    True
    """
    found = _titles(query, candidate)
    if found.relation is Relation.OTHER and not facts.same_identifier(query, candidate):
        return Match(0.0, (str(found),)) if found.difference else _NO
    said = list(_facts(query, candidate, found))
    evidence = tuple(fact.words for fact in said)
    limit, reason = _limit(query, candidate, found, said)
    score = 1 / (1 + math.exp(-max(-40.0, min(40.0, sum(map(_worth, said))))))
    if score <= limit:
        return Match(score, evidence, probability(log_odds(score)))
    is_new = reason != found.relation.value
    return Match(limit, (*evidence, reason) if is_new else evidence, probability(log_odds(limit)))


def weigh(query: Work, candidate: Work) -> list[tuple[str, float]]:
    """Each piece of evidence in words, and what it is worth in log odds; what limits their sum comes last, as 0."""
    found = _titles(query, candidate)
    if found.relation is Relation.OTHER and not facts.same_identifier(query, candidate):
        return [(str(found), -math.inf)]
    said = list(_facts(query, candidate, found))
    limit, reason = _limit(query, candidate, found, said)
    told = [(fact.words, _worth(fact)) for fact in said]
    return [*told, (f"{limit:.0%} at most, whatever else agrees: {reason}", 0.0)] if reason else told


def _worth(fact: Fact) -> float:
    return WEIGHTS[fact.weight] * fact.scale


def _titles(query: Work, candidate: Work) -> Titles:
    """The relation to the title, or to its original or translation where that is nearer."""
    found = compare_titles(query.text("title"), candidate.text("title"))
    may_be_dressed = found.relation in _DRESSED
    if not may_be_dressed and found.relation is not Relation.OTHER:
        return found
    pairs = [
        (query.text("title"), candidate.text(name)) for name in _OTHER_TITLES if name in candidate.fields
    ]
    if may_be_dressed:
        one, other = _bare(query, candidate), _bare(candidate, query)
        if (one, other) != (query.text("title"), candidate.text("title")):
            pairs.append((one, other))
    if not pairs:
        return found
    also = (compare_titles(*pair) for pair in pairs)
    return next((item for item in also if item.relation in _ALIKE), found)


_OTHER_TITLES = ("original-title", "crossref:translated-title")
_DRESSED = frozenset({Relation.NEAR, Relation.HEAD, Relation.TAIL, Relation.CUT})
_ALIKE = frozenset({Relation.SAME, Relation.CLOSE, Relation.MISPRINT})
_NUMBER_BEFORE = late(r"^\s*(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}[.)])\s+")
_LINK_BEHIND = late(r"\s*[\[(](?:pdf|html|link|code|arxiv|paper|doi)[\])]\s*$", re.IGNORECASE)
_MARK_BEHIND = late(r"\s*(?:<sup>[\d,*†‡§]+</sup>|[*†‡§]+)\s*$")
_YEAR_BEHIND = late(r"\s*[\[(]((?:1[5-9]|20)\d\d)[\])]\.?\s*$")
_VENUE_BEHIND = late(r"(?:[.,]\s+In:?\s+|[.,]\s+)(?=[^.,]*[A-Z])(.{2,80}?)\.?\s*$")


# What a list of references set behind a title: where it appeared, or was to appear.
_JUNK_BEHIND = late(
    r"[.,;(]\s+(?:in:?\s+)?(?:to appear|submitted|accepted (?:to|for|at|in)|preprint|tech(?:nical)?\.? rep|ph\.?\s?d|master'?s|proc\b|"
    r"proceedings|acm\b|ieee\b|springer|elsevier|association (?:for|of)|journal of|trans\.|transactions|lecture notes|"
    r"lncs|university|univ\.|department|dept|vol\.?\s|pp\.?\s|pages\s|working paper|arxiv).*$",
    re.IGNORECASE,
)


def _bare(work: Work, other: Work) -> str:
    """A title without what lists set around it: a number, a link, and the year or venue that the other work has."""
    title = _MARK_BEHIND.sub("", _LINK_BEHIND.sub("", _NUMBER_BEFORE.sub("", work.text("title")[:1_000])))
    date = other.date()
    if (found := _YEAR_BEHIND.search(title)) and date and date.year == int(found[1]):
        title = title[: found.start()]
    venue = other.text("container-title") or work.text("container-title")
    title = _JUNK_BEHIND.sub("", title)
    if venue and (found := _VENUE_BEHIND.search(title)) and facts.same_venue(found[1], venue):
        title = title[: found.start()]
    return title


def log_odds(score: float) -> float:
    """A probability as the logarithm of its odds."""
    return math.log(max(score, 1e-12) / max(1 - score, 1e-12))


def probability(odds: float) -> float:
    """How often a record of such log odds was the work that was meant.

    >>> probability(-6) < 0.05 < 0.9 < probability(6)
    True
    """
    return next((share for start, share in reversed(TABLE) if odds >= start), TABLE[0][1])


def _facts(query: Work, candidate: Work, found: Titles) -> Iterator[Fact]:
    yield Fact(_title_weight(found, query.text("title"), candidate.text("title")), str(found))
    yield from _authors(query, candidate)
    yield from facts.dates(query, candidate)
    yield from facts.identifiers(query, candidate)
    yield from facts.abstracts(query, candidate)
    yield from facts.venues(query, candidate)
    yield from facts.types(query, candidate)


def _title_weight(found: Titles, title: str, other: str) -> str:
    match found.relation:
        case Relation.SAME:
            return f"title-same-{titles.specificity(title)}"
        case Relation.MISPRINT if found.is_sure and titles.is_long(title):
            return "title-misprint-long"
        case Relation.CLOSE | Relation.MISPRINT:
            return f"title-{found.relation.name.lower()}"
        case Relation.HEAD | Relation.CUT if titles.is_long(min(title, other, key=len)):
            return "title-part-long"
        case Relation.HEAD | Relation.TAIL if titles.specificity(min(title, other, key=len)) == 2:
            return "title-part-rich"
        case Relation.CUT if found.length >= 7:
            return "title-part-rich"
        case Relation.TAIL:
            return "title-tail"
        case Relation.HEAD:
            is_few = found.length >= 2 and len(titles.key(min(title, other, key=len))) >= 10
            return (
                "title-head-long" if found.length >= 4 else "title-head-few" if is_few else "title-head-short"
            )
        case Relation.CUT:
            is_long = found.length >= 6 or (found.length >= 4 and len(titles.key(title)) >= 30)
            return "title-cut-long" if is_long else "title-cut-short"
    return "title-unknown"


def _authors(query: Work, candidate: Work) -> Iterator[Fact]:
    asked, found = query.names("author"), candidate.names("author")
    seen = people.compare(asked, found)
    if seen.agreement is not Agreement.UNKNOWN:
        name = _AUTHORS[seen.agreement]
        name = _ALL_OF.get(seen.asked, name) if name == "authors-all" else name
        in_full = f"{name}-full"
        yield Fact(in_full if seen.in_full and in_full in WEIGHTS else name, str(seen))
    elif asked:
        yield Fact("authors-missing", "the record has no authors")
    count = query.text("author-count")
    if not asked and found and count.isdigit() and not people.is_open(found):
        yield Fact(
            "count-equal" if int(count) == len(found) else "count-other",
            f"{count} authors against {len(found)}",
        )


def _limit(query: Work, candidate: Work, found: Titles, said: list[Fact]) -> tuple[float, str]:
    """The most that can be believed, whatever else speaks for it, and why."""
    names = {fact.weight.removesuffix("-full") for fact in said}
    if "identifier-same" in names:
        return _limit_of_same_identifier(query, candidate, found, names)
    if facts.is_denied(candidate):
        return 0.1, "its registrant gives DOIs to works of others"
    is_conference_version = found.difference == "extended abstract" and names >= _AS_PUBLISHED
    is_another = (
        found.relation in {Relation.NEAR, Relation.NOTICE, Relation.OTHER} and not is_conference_version
    )
    if is_another and not (_is_by_same_at_place(names) and _are_letters_apart(query, candidate)):
        return 0.2, found.relation.value
    if found.relation is Relation.UNKNOWN and not _is_of_one_place(names):
        return 0.5 if "venue-other" in names else 0.9, "no title to compare, and no place where it is printed"
    if "authors-none" in names:
        return 0.05, "other authors"
    if "title-head-short" in names and not any(name.startswith("authors-") for name in names):
        return 0.9, "a name that other works may have, and nobody is named"
    if titles.comes_back(query.text("title")) and not _is_of_one_issue(names):
        return 0.9, "a title that comes back, and nothing says in which issue"
    if (reason := facts.other_kind(query, candidate)) and not _is_by_same_at_place(names):
        return 0.6, reason
    if "venue-other" in names and _is_later_version(query, candidate, names):
        return 0.9, "another venue in another year"
    if "identifier-other" in names and not _may_be_mistyped(query, candidate, names):
        return 0.6, "another identifier"
    return 1.0, ""


def _is_later_version(query: Work, candidate: Work, names: set[str]) -> bool:
    """Whether one is the paper of a conference and the other what came of it in a journal, or they are years apart.

    Of 415 references those six whose venue is written in another way all have the record's year.
    """
    kinds = {facts.venue_kind(query), facts.venue_kind(candidate)}
    apart = {"year-near", "year-other"} | ({"year-next"} if len(kinds - {""}) > 1 else set())
    return bool(apart & names) and not {"place-same", "pages-same"} & names


def _is_of_one_place(names: set[str]) -> bool:
    """Whether volume and page say which work is meant, together with what it is printed in, or by whom and when."""
    is_by_same = any(map(_is_by_same, names))
    if "place-same" in names:
        return "venue-same" in names or (is_by_same and "year-equal" in names)
    return names >= {"venue-same", "pages-same"} and is_by_same


_SLIPS = 4  # letters of a title, at one place by the same people


def _are_letters_apart(query: Work, candidate: Work) -> bool:
    """Whether so few letters of two titles differ that they are one, badly copied."""
    from rapidfuzz.distance import OSA

    keys = [titles.key(work.text("title")) for work in (query, candidate)]
    return all(keys) and OSA.distance(*keys, score_cutoff=_SLIPS) <= _SLIPS


def _is_by_same_at_place(names: set[str]) -> bool:
    """Whether the same people have something on this page of this volume: there is one such work, however it is described."""
    return (
        "place-same" in names and any(map(_is_by_same, names)) and bool({"venue-same", "year-equal"} & names)
    )


def _is_of_one_issue(names: set[str]) -> bool:
    """Whether a column is in one issue: on the same page, or by the same people in the same year, who may write several."""
    if {"place-same", "pages-same"} & names:
        return True
    is_elsewhere = {"pages-other", "identifier-other"} & names
    return "year-equal" in names and any(map(_is_by_same, names)) and not is_elsewhere


def _is_by_same(name: str) -> bool:
    return WEIGHTS[name] > 1 and name.startswith(("authors-", "count-"))


def _may_be_mistyped(query: Work, candidate: Work, names: set[str]) -> bool:
    """Whether two unlike identifiers can be one work's: not where two publications have a DOI each."""
    if not names & {"authors-all", "authors-two", "authors-most", "abstract-same"}:
        return False
    both_doi = facts.identifier(query, "DOI") and facts.identifier(candidate, "DOI")
    return not both_doi or ("year-equal" in names and "venue-other" not in names)


def _limit_of_same_identifier(
    query: Work, candidate: Work, found: Titles, names: set[str]
) -> tuple[float, str]:
    """An identifier may be invented or mistyped: then it leads to a work of another title and other people."""
    if found.relation in {Relation.OTHER, Relation.NEAR, Relation.NOTICE}:
        vouched = {
            "authors-all",
            "authors-two",
            "authors-one",
            "authors-most",
            "authors-open",
            "abstract-same",
            "abstract-like",
        } & names
        # A work renamed between versions keeps at least this much of its abstract.
        is_rewritten = (facts.abstract_likeness(query, candidate) or 0) >= 0.26
        if not (vouched or is_rewritten or _shares_words(query, candidate)):
            return 0.1, "the identifier leads to another title"
        if "authors-none" in names or "abstract-other" in names:
            return 0.1, "the identifier leads to other authors"
    return 1.0, ""


def _shares_words(query: Work, candidate: Work) -> bool:
    """Whether two titles may be an old and a new one of the same work."""
    one, other = (set(titles.content_words(work.text("title"))) for work in (query, candidate))
    return len(one & other) >= 2 and len(one & other) * 3 >= min(len(one), len(other))
