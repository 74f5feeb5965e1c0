"""Which of several candidates is the work that was meant, if one is."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from cite2bib import titles
from cite2bib.light import dataclass
from cite2bib.model import Match, Work
from cite2bib.resolve.match import agreement, facts
from cite2bib.resolve.match.people import Agreement
from cite2bib.resolve.match.people import compare as compare_people
from cite2bib.resolve.match.score import log_odds, match, probability
from cite2bib.resolve.match.title import Relation
from cite2bib.resolve.match.title import compare as compare_titles
from cite2bib.resolve.match.weights import ACCEPT, DOUBT_IN_SILENCE, MARGIN, WEIGHTS

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Decision:
    """The record that was taken and why, or why none was."""

    record: Work | None
    match: Match
    reason: str = ""  # when there is no record
    also: tuple[Work, ...] = ()  # further records of the same work


_YEAR_MARGIN = 1.5  # a preprint's slack, and nothing else, may bring a rival of another year so near
_VERSION_MARGIN = 1.0  # less than the weight of one fact, such as the venue
_NOTHING = Match(0.0, ())


def choose(query: Work, candidates: Sequence[Work], doubt: float = 0.0) -> Decision:
    """The candidate that is the work meant; none when none fits, or when two different works fit alike.

    `doubt` is taken from the log odds of each: what is found in a catalogue of everything needs more to speak for it.
    """
    scored = [(match(query, item), item) for item in candidates]
    if not scored:
        return Decision(None, _NOTHING, "nothing found")
    if len(scored) > 1:
        scored.sort(key=_order)
    best, record = _vouched(scored)
    if best.score < ACCEPT:
        return Decision(None, best, _nearest(best, record))
    alone = doubt < DOUBT_IN_SILENCE and _is_unmistakable(query, best, record)
    believed = log_odds(best.score) - (0.0 if alone else doubt)
    best = best._replace(probability=probability(believed))
    if believed < log_odds(ACCEPT):
        return Decision(None, best, f"a title alone is not enough: {_named(record)}")
    if rival := _longer(query, record, scored):
        return Decision(None, best, f"two works fit: {_named(record)}; {_named(rival)}")
    also: list[Work] = []
    for found, item in scored[1:]:
        if found.score < 0.5:
            break
        lead = log_odds(best.score) - log_odds(found.score)
        is_of_one_time = _are_of_one_time(query, item, record)
        is_same = (
            found.score >= ACCEPT and not _have_own_dois(item, record) and match(item, record).score >= ACCEPT
        )
        if is_same and is_of_one_time:
            also.append(item)
        elif (
            lead < MARGIN
            and not (_is_lesser_version(item, record, lead) and is_of_one_time)
            and not (lead >= _YEAR_MARGIN and _is_of_another_year(query, record, item))
        ):
            return Decision(None, best, f"two works fit: {_named(record)}; {_named(item)}")
    return Decision(record, best, also=tuple(also))


def _vouched(scored: Sequence[tuple[Match, Work]]) -> tuple[Match, Work]:
    """The best candidate, believed more where another catalogue has the same record, and does not copy the first."""
    best, record = scored[0]
    near = [item for found, item in scored[1:] if best.score >= 0.5 and found.score >= 0.5]
    alike = agreement.independent(
        [record, *(item for item in near if match(item, record).score >= ACCEPT)] if near else []
    )
    if len(alike) < 2:
        return best, record
    score = 1 / (1 + math.exp(-(log_odds(best.score) + WEIGHTS["sources-agree"])))
    return best._replace(score=score, evidence=(*best.evidence, f"{' and '.join(alike)} agree")), record


def _is_unmistakable(query: Work, best: Match, record: Work) -> bool:
    """Whether a title is enough without people: long, of a publication with authors, and nothing against it.

    Postings under another's title are common, publications under it are not. Of 415 references asked by title alone, 190
    are taken by this rule from what Crossref answers, all rightly; the namesakes among the answers have two to five words,
    or no venue. Where the year is the same, half as much is asked: a namesake has it once in six times. Of a reference
    without a title the journal, volume and page say as much. A year two apart is against it.
    """
    title = query.text("title")
    if not title:
        return {"venue-same", "place-same"} <= {fact.weight for fact in facts.venues(query, record)}
    found = compare_titles(title, record.text("title"))
    if not record.names("author") or not found.is_sure or found.relation not in _TELLING:
        return False
    if found.relation in _OPEN and titles.is_of_series(record.text("title")):
        return False  # nobody said which part
    if _is_years_apart(query, record) or title.rstrip().endswith(_GOES_ON):
        return False
    if _is_of_same_year(query, record):
        is_whole = found.relation in {Relation.SAME, Relation.MISPRINT}
        return titles.specificity(title) == 2 if is_whole else titles.is_long(title)
    is_like = log_odds(best.score) >= log_odds(ACCEPT) and found.relation in {
        Relation.SAME,
        Relation.MISPRINT,
    }
    return is_like and titles.is_long(title) and _is_published(record)


def _longer(query: Work, record: Work, scored: Sequence[tuple[Match, Work]]) -> Work | None:
    """A work of others whose title begins with all that a reference says, which names nobody: it may have been cut."""
    if query.names("author") or facts.same_identifier(query, record) or not query.text("title"):
        return None
    for _, item in scored[1:]:
        relation = compare_titles(query.text("title"), item.text("title")).relation
        if relation in _OPEN and not (_is_of_same_year(query, record) and not _is_of_same_year(query, item)):
            authors = compare_people(item.names("author"), record.names("author"))
            if authors.agreement is Agreement.NONE:
                return item
    return None


_GOES_ON = (",", ":", ";", "-", "–", "—")  # whatever stood behind it was cut
_OPEN = frozenset({Relation.HEAD, Relation.CUT})
_TELLING = frozenset({Relation.SAME, Relation.CLOSE, Relation.MISPRINT, Relation.HEAD, Relation.CUT})


def _is_of_same_year(query: Work, record: Work) -> bool:
    asked, found = query.date(), record.date()
    return bool(
        asked
        and found
        and asked.year
        and asked.year == found.year
        and query.fields["issued"].origin.confidence >= 1
    )


def _is_years_apart(query: Work, record: Work) -> bool:
    """Whether the year that was said is more than one from the record's."""
    asked, found = query.date(), record.date()
    if not (asked and found and asked.year and found.year) or query.fields["issued"].origin.confidence < 1:
        return False
    return abs(asked.year - found.year) > 1


def _is_of_another_year(query: Work, record: Work, rival: Work) -> bool:
    """Whether the record has the year that was asked for, and its rival is two or more apart."""
    asked, other = query.date(), rival.date()
    return bool(
        _is_of_same_year(query, record)
        and asked
        and other
        and asked.year
        and other.year
        and abs(other.year - asked.year) > 1
    )


def _is_published(record: Work) -> bool:
    venue = record.text("container-title")
    return record.type == "book" or (bool(venue) and not facts.is_preprint_venue(venue))


def _order(pair: tuple[Match, Work]) -> tuple[object, ...]:
    """The likelier first, then whoever tells more; never by the catalogue's rank."""
    found, work = pair
    if found.score < 0.01:
        return (-found.score,)  # nobody asks in which order they are refused
    told = (len(work.names("author")), len(work.fields))
    return (
        -found.score,
        *(-count for count in told),
        *(f"{work.fields[name].value}" for name in sorted(work.fields)),
    )


def _have_own_dois(item: Work, record: Work) -> bool:
    """Whether two records are of two publications, whatever else they share."""
    one, other = (facts.identifier(work, "DOI") for work in (item, record))
    return (
        bool(one and other)
        and one != other
        and not (facts.is_preprint_doi(one) or facts.is_preprint_doi(other))
    )


def _is_lesser_version(item: Work, record: Work, lead: float) -> bool:
    """Whether a rival is another publication of the same text, and the record the nearer one.

    Of one registrant's records with one title and the same authors nobody can tell which is meant: they are two parts,
    or somebody registers one paper again and again.
    """
    if compare_titles(item.text("title"), record.text("title")).relation not in {
        Relation.SAME,
        Relation.CLOSE,
    }:
        return False
    authors = compare_people(item.names("author"), record.names("author"))
    if authors.agreement not in {Agreement.ALL, Agreement.MOST}:
        return False
    registrants = {facts.identifier(work, "DOI").partition("/")[0] for work in (item, record)}
    return len(registrants) > 1 or lead >= _VERSION_MARGIN


def _are_of_one_time(query: Work, item: Work, record: Work) -> bool:
    """Whether two records can be versions of one text: where nothing is said but a title, years apart they are two works."""
    if query.names("author") or query.date():
        return True
    years = [date.year for work in (item, record) if (date := work.date()) and date.year]
    return len(years) < 2 or abs(years[0] - years[1]) <= _BETWEEN_VERSIONS


_BETWEEN_VERSIONS = 3  # years from a preprint to its publication


def _nearest(best: Match, record: Work) -> str:
    if best.score < 0.01:
        return "nothing found with that title"
    return f"nothing fits; nearest is {_named(record)}: {'; '.join(best.evidence)}"


def _named(work: Work) -> str:
    names = work.names("author")
    who = f"{names[0].family or names[0]}" + (" et al." if len(names) > 1 else "") if names else "no author"
    date = work.date()
    where = work.text("DOI") or work.text("arxiv") or work.text("URL")
    told = ", ".join(filter(None, [who, str(date.year) if date and date.year else "", where]))
    return f"“{work.text('title')}” ({told})"
