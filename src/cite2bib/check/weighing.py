"""Records held against a reference: which of them are the work, which share only its title, authors or identifier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib import titles
from cite2bib.check import appeared, kinds, venues
from cite2bib.check.details import READ, as_paper, differences, is_quoted, is_same_title, title_relation
from cite2bib.check.people import are_namesakes, are_placeholders, differing, is_of_bodies
from cite2bib.check.venues import Likeness
from cite2bib.letters import words
from cite2bib.light import dataclass
from cite2bib.resolve.match import ACCEPT, facts, match, notice, people
from cite2bib.resolve.match.people import Agreement
from cite2bib.resolve.match.title import Relation
from cite2bib.resolve.merge import is_published

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cite2bib.check.asking import Inquiry
    from cite2bib.model import Match, Work

_SAME_PEOPLE = frozenset({Agreement.ALL, Agreement.MOST, Agreement.OPEN})
_BOOKS = frozenset({"book", "collection"})
_MAYBE_BOOKS = _BOOKS | {"", "document", "report"}  # a list of references does not always say so
_ABOUT = frozenset({"review", "review-book", "periodical", "figure", "graphic", "component"})


@dataclass(frozen=True, slots=True)
class Weighed:
    """A record and how it stands to a reference."""

    record: Work
    match: Match  # the better of both: with the reference's identifiers and without
    relation: Relation
    people: people.People
    same: str  # an identifier that both have
    is_work: bool  # whether it is the work that the reference means

    @property
    def shares_people(self) -> bool:
        """Whether the authors are the same."""
        return self.people.agreement in _SAME_PEOPLE

    @property
    def shares_title(self) -> bool:
        """Whether the title is the same."""
        return is_same_title(self.relation)


def weigh(item: Inquiry) -> list[Weighed]:
    """All records found, the likeliest first."""
    for record in item.found:
        if id(record) not in item.weighed:
            item.weighed[id(record)] = _weighed(item, record)
    weighed = [item.weighed[id(record)] for record in item.found]
    return sorted(
        weighed, key=lambda one: (-one.is_work, -one.match.score, not one.same, -len(one.record.fields))
    )


def _weighed(item: Inquiry, record: Work) -> Weighed:
    work, bare = item.work, item.bare
    if is_of_bodies(work.names("author")) or is_of_bodies(record.names("author")):
        # Whether a body or its people are named is a matter of taste.
        work, bare = (one.without("author") if _names_nobody(one, record) else one for one in (work, bare))
    found = max((match(work, record), match(bare, record)), key=lambda one: one.score)
    relation = title_relation(work, record)
    same = facts.same_identifier(work, record) or _same_isbn(work, record)
    is_near = relation is not Relation.OTHER or same or _share_a_name(work, record)
    seen = people.compare(work.names("author"), record.names("author")) if is_near else _NOBODY
    # An identifier that leads to the title itself leads to the work, whoever is said to have written it.
    is_named = bool(same) and same != "ISBN" and relation in {Relation.SAME, Relation.CLOSE}
    is_described = is_named or _is_same_described(work, record, relation, seen)
    is_described = is_described and not _is_about(work, record)
    is_work = (found.score >= ACCEPT and not _is_of_other_type(work, record)) or is_described
    is_work = is_work or _is_in_text(item.original, record)
    return Weighed(record, found, relation, seen, same, is_work)


_NOBODY = people.People(Agreement.NONE)


def _share_a_name(work: Work, record: Work) -> bool:
    """Whether two lists of people share a word, which is quickly told."""
    ours, theirs = (
        {word for name in one.names("author") for word in words(str(name)) if len(word) > 1}
        for one in (work, record)
    )
    return not ours.isdisjoint(theirs)


def _names_nobody(work: Work, record: Work) -> bool:
    agreement = people.compare(work.names("author"), record.names("author")).agreement
    return agreement in {Agreement.NONE, Agreement.FEW, Agreement.UNKNOWN}


def _is_same_described(work: Work, record: Work, relation: Relation, seen: people.People) -> bool:
    """Whether title and people are the same, whatever is said of year and place; or some of the people, and all the rest."""
    if not is_same_title(relation) or facts.is_denied(record):
        return False
    if seen.found == 0:
        return _is_same_without_people(work, record, relation)
    # Names that were taken out of running text by guessing are held against nobody's.
    said = work.fields.get("author")
    is_telling = said is not None and said.origin.confidence >= READ and _is_telling(work, record, relation)
    if _is_of_one_place(work, record) and (seen.shared or is_telling):
        return True
    if is_telling and _years_apart(work, record) in {0, 1}:
        names = work.names("author"), record.names("author")
        if are_placeholders(names[0]) or are_namesakes(*names):
            return True
    if not seen.shared:
        return _is_spelled_otherwise(work, record, relation)
    if seen.agreement not in _SAME_PEOPLE:
        return _is_spelled_otherwise(work, record, relation)
    if relation in {Relation.HEAD, Relation.TAIL, Relation.CUT, Relation.MISPRINT} and seen.shared < 2:
        return False
    apart = _years_apart(work, record)
    is_theirs = seen.agreement is Agreement.ALL and seen.shared >= 2 and relation is Relation.HEAD
    is_near = apart == 0 or (apart == 1 and is_theirs)  # "MOMA", whose subtitle was left out
    return titles.specificity(work.text("title")) > 0 or seen.shared >= 3 or is_near


def _is_telling(work: Work, record: Work, relation: Relation) -> bool:
    """Whether two equal titles are such as no two works have."""
    is_equal = relation in {Relation.SAME, Relation.CLOSE}
    return is_equal and min(titles.specificity(one.text("title")) for one in (work, record)) == 2


def _is_same_without_people(work: Work, record: Work, relation: Relation) -> bool:
    """Whether a record that names nobody, as those of many a book and of old papers, is the work by all else it says."""
    if relation not in {Relation.SAME, Relation.CLOSE, Relation.HEAD} or work.names("editor"):
        return False
    is_telling = _is_telling(work, record, Relation.SAME)
    is_book = record.type in _BOOKS and work.type in _MAYBE_BOOKS
    return _is_of_one_place(work, record) or (
        is_book and is_telling and (_years_apart(work, record) or 0) <= 1
    )


def _is_spelled_otherwise(work: Work, record: Work, relation: Relation) -> bool:
    """Whether the people are the same but for their spelling: glued initials, short forms, lost letters."""
    if relation not in {Relation.SAME, Relation.CLOSE} or titles.specificity(work.text("title")) == 0:
        return False
    is_near = (_years_apart(work, record) or 0) <= 1
    return is_near and all(not part.matters for part in differing(work, [record]))


def _is_in_text(work: Work, record: Work) -> bool:
    """Whether the words of a reference in running text hold a record's title, year and people."""
    said = work.text("reflist:reference")
    date = record.date()
    if not is_quoted(work, record) or _is_about(work, record):
        return False
    words = set(titles.words(said))
    named = [set(titles.words(name.family or name.literal)) <= words for name in record.names("author")[:4]]
    is_dated = bool(date and date.start and str(date.start[0]) in words)
    return bool(named) and named[0] and (is_dated or sum(named) >= 2)


def _years_apart(work: Work, record: Work) -> int | None:
    one, other = work.date(), record.date()
    return abs(one.start[0] - other.start[0]) if one and other and one.start and other.start else None


def _is_of_one_place(work: Work, record: Work) -> bool:
    """Whether two works appeared in one venue, at one time."""
    one, other = work.text("container-title"), record.text("container-title")
    apart = _years_apart(work, record)
    return (
        bool(one and other)
        and apart is not None
        and apart <= 1
        and venues.compare(one, other) is Likeness.SAME
    )


def _is_of_other_type(work: Work, record: Work) -> bool:
    return record.type in _ABOUT and work.type != record.type


def _is_about(work: Work, record: Work) -> bool:
    """Whether a record is about a work, and the reference is not."""
    if _is_of_other_type(work, record):
        return True
    if record.text("crossref:update-to") and not notice.kind(work.text("title")):
        return True
    return bool(notice.kind(as_paper(record.text("title")))) and not notice.kind(work.text("title"))


def _same_isbn(work: Work, record: Work) -> str:
    ours, theirs = (
        set(one.text("ISBN").replace("-", "").replace(",", " ").split()) for one in (work, record)
    )
    return "ISBN" if ours & theirs else ""


def nearest_details(item: Inquiry, works: Sequence[Weighed]) -> Weighed:
    """Of the records of a work (its versions) the one whose details are the reference's."""

    def rank(one: Weighed) -> tuple[object, ...]:
        found = differences(item.work, one.record)
        fits = is_published(one.record) == is_published(item.work)
        return (sum(part.matters for part in found), not one.same, not fits, len(found), -one.match.score)

    return min(works, key=rank)


def is_found(item: Inquiry) -> bool:
    """Whether a record is the work that a reference means."""
    return any(one.is_work for one in weigh(item))


def is_settled(item: Inquiry) -> bool:
    """Whether a reference is found and nothing is wrong with it: then nobody else is asked."""
    works = [one for one in weigh(item) if one.is_work]
    if not works:
        return False
    best = nearest_details(item, works)
    versions = [one.record for one in works if one is not best]
    if any(part.matters for part in differences(item.work, best.record, versions)):
        return False
    if appeared.is_claimed(item.work, [one.record for one in works]):
        return False
    # A preprint may have been published since, which only catalogues of publications can say: dblp those without DOIs.
    is_preprint = kinds.cites_preprint(item.work)
    is_known = any(is_published(record) for record in (best.record, *versions))
    told = {kinds.lineage(name) for name in item.answered} | item.silent.keys()
    return is_known or not is_preprint or {"crossref", "dblp"} <= told
