"""Joining a work as a document gives it with a catalogue's record of it: each field from its best origin.

What the two disagree about is kept as a `Conflict`; conventions (a preprint's year, initials, an abbreviated venue)
are no disagreement.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeAlias

from cite2bib import titles
from cite2bib.identifiers import arxiv_month, normalise
from cite2bib.letters import fold
from cite2bib.light import replace
from cite2bib.model import VARIABLES, Conflict, Date, Field, Kind, Name, kind_of
from cite2bib.patterns import late
from cite2bib.resolve.match import facts, people
from cite2bib.resolve.match.people import Agreement
from cite2bib.resolve.match.title import Relation
from cite2bib.resolve.match.title import compare as compare_titles

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from cite2bib.model import Work

Prefer: TypeAlias = Literal["published", "preprint"]

# Types that say no more than that something was written.
_VAGUE = frozenset({"", "article", "document", "post", "webpage"})
# What belongs to the published version alone; kept as `published:NAME` where the preprint is preferred.
_OF_PUBLICATION = (
    "container-title", "container-title-short", "collection-title", "volume", "issue", "page", "page-first", "number",
    "publisher", "publisher-place", "event-title", "event-place", "event-date", "editor", "ISSN", "ISBN", "DOI",
    "collection-number", "chapter-number",
)  # fmt: skip
_SAID_ONCE = frozenset({"abstract", "keyword", "note", "annote", "URL", "language", "source", "license", "accessed",
                        "references", "status", "title-short", "container-title-short", "author-count"})  # fmt: skip


def merge(work: Work, record: Work, prefer: Prefer = "published") -> tuple[Work, list[Conflict]]:
    """The work with what the record knows, and what the two disagree about.

    The document's places, key and foreign fields stay; a catalogue's foreign fields are not taken over.
    """
    known = _known(work, record)
    fields = dict(work.fields)
    conflicts: list[Conflict] = []
    for name, said in known.items():
        if name not in work.fields:
            fields[name] = said
            continue
        if work.fields[name].value == said.value and name != "issued":
            continue
        kept, other = _chosen(name, work, record)
        fields[name] = kept
        if not _agree(name, kept, other, work, record):
            conflicts.append(Conflict(name, kept, other))
    conflicts.extend(_miscounted(work, fields))
    _add_arxiv(fields, record, work)
    _add_date(fields)
    merged = replace(work, type=_type(work, record), fields=MappingProxyType(fields))
    return (_as_preprint(merged, work, record) if prefer == "preprint" else merged), conflicts


def _known(work: Work, record: Work) -> dict[str, Field]:
    """What a record may add: "CoRR" is not where a published work appeared."""
    known = {name: said for name, said in record.fields.items() if name in VARIABLES}
    if is_published(work) and facts.is_preprint_venue(record.text("container-title")):
        known.pop("container-title")
    return known


def join(works: Sequence[Work]) -> tuple[Work, list[Conflict]]:
    """One work from several mentions of it: places in their order, foreign fields of all, the first one's key."""
    merged, conflicts = works[0], list[Conflict]()
    for other in works[1:]:
        foreign = {name: said for name, said in other.fields.items() if name not in VARIABLES}
        merged, more = merge(merged.with_fields({**foreign, **merged.fields}), other)
        conflicts += more
    places = tuple(dict.fromkeys(place for work in works for place in work.places))
    key = next((work.id for work in works if work.id), "")
    return replace(merged, id=key, places=places), conflicts


def completed(work: Work) -> Work:
    """The work with what its own identifiers say: the arXiv id in an arXiv DOI, the month in an arXiv id."""
    fields = dict(work.fields)
    _add_arxiv(fields, work)
    _add_date(fields)
    return work if fields == work.fields else replace(work, fields=MappingProxyType(fields))


def is_published(work: Work) -> bool:
    """Whether what is known of a work is of its published version.

    >>> from cite2bib.model import Work
    >>> is_published(Work().with_field("container-title", "CoRR"))
    False
    """
    venue, doi = work.text("container-title"), facts.identifier(work, "DOI")
    if doi and not facts.is_preprint_doi(doi):
        return True
    return not facts.is_preprint_venue(venue) if venue else work.type not in _VAGUE


def _chosen(name: str, work: Work, record: Work) -> tuple[Field, Field]:
    """The better of the two fields, and the other."""
    one, other = work.fields[name], record.fields[name]
    takes_record = _TAKES_RECORD.get(name, _by_kind(name))(work, record, name)
    return (other, one) if takes_record else (one, other)


def _by_kind(name: str) -> Callable[[Work, Work, str], bool]:
    return _takes_names if kind_of(name) is Kind.NAMES else _takes_record


def _takes_record(work: Work, record: Work, name: str) -> bool:
    """A catalogue knows better, but one that knows the preprint alone knows nothing of the publication."""
    return name not in _OF_PUBLICATION or is_published(record) or not is_published(work)


def _takes_longer(work: Work, record: Work, name: str) -> bool:
    return len(record.text(name)) > len(work.text(name))


def _takes_never(_work: Work, _record: Work, _name: str) -> bool:
    return False


_AGGREGATORS = late(
    r"https?://(?:www\.)?(?:huggingface\.co|hf\.co|paperswithcode\.com|alphaxiv\.org|semanticscholar\.org|"
    r"scholar\.google\.|researchgate\.net|academia\.edu|connectedpapers\.com|dblp\.|scholar\.archive\.org)"
)


def _takes_url(work: Work, _record: Work, name: str) -> bool:
    return bool(_AGGREGATORS.match(work.text(name)))


def _takes_title(work: Work, record: Work, name: str) -> bool:
    one, other = work.text(name), record.text(name)
    relation = compare_titles(one, other).relation
    if relation in {Relation.HEAD, Relation.CUT, Relation.TAIL}:
        return len(titles.key(other)) > len(titles.key(one))
    return _title_faults(other, one) <= _title_faults(one, other)


_MOJIBAKE = re.compile("\ufffd|Ã[\x80-\xbf¡-¿]|â€|Â[\xa0-\xbf]|\\w\\?\\w")
_INNER_CAPITAL = re.compile(r"\w+[A-Z]\w*")
_LEFTOVER = re.compile(r"\\[a-zA-Z]+|&[a-z]+;|\{\\|<[a-z]")


def _title_faults(title: str, other: str) -> int:
    """How badly a title is written, beside another spelling of it: shouting, mojibake, lost capitals, scraps of TeX."""
    faults = 8 * bool(_MOJIBAKE.search(title)) + 8 * titles.is_cut(title)
    faults += (
        4 * title.isupper()
        + 4 * (title.islower() and not other.islower())
        + 2 * bool(_LEFTOVER.search(title))
    )
    lost = 0 if other.isupper() else len(_inner_capitals(other) - _inner_capitals(title))
    return faults + min(lost, 3)


def _inner_capitals(title: str) -> set[str]:
    return set(_INNER_CAPITAL.findall(title))


def _takes_names(work: Work, record: Work, name: str) -> bool:
    one, other = work.names(name), record.names(name)
    seen = people.compare(one, other)
    if seen.agreement in {Agreement.FEW, Agreement.NONE, Agreement.UNKNOWN} or people.is_open(one):
        return bool(other)
    if seen.found < seen.asked and seen.shared == seen.found:
        return False  # the catalogue kept the first few
    return _name_faults(other) <= _name_faults(one)


def _name_faults(names: Sequence[Name]) -> float:
    """How little a list tells of its people: initials, capitals alone, lost characters, an open end."""
    faults = 4.0 * people.is_open(names)
    for name in people.named(names):
        faults += 1.0 * (not re.search(r"[^\W\d_]{2}", name.given) and not name.literal)
        faults += 2.0 * bool(_MOJIBAKE.search(str(name))) + 1.0 * str(name).isupper()
        faults += 0.1 * name.family.islower()
    return faults


def _takes_issued(work: Work, record: Work, name: str) -> bool:
    one, other = work.fields[name], record.date(name)
    if not (isinstance(one.value, Date) and other):
        return bool(other)
    if one.origin.confidence < 1 or not one.value.start:
        return True
    if is_published(work) != is_published(record):
        return is_published(record)
    return one.value.year != other.year or len(other.start) >= len(one.value.start)


_TAKES_RECORD: Mapping[str, Callable[[Work, Work, str], bool]] = {
    "title": _takes_title,
    "abstract": _takes_longer,
    "issued": _takes_issued,
    "URL": _takes_url,
    "author-count": _takes_never,
    "note": _takes_never,
    "keyword": _takes_longer,
    "accessed": _takes_never,
}


def _agree(name: str, kept: Field, other: Field, work: Work, record: Work) -> bool:
    """Whether two values differ in nothing, or in a convention only."""
    if name in _SAID_ONCE or name.startswith("published:"):
        return True
    one, two = kept.value, other.value
    if isinstance(one, Date) and isinstance(two, Date):
        return _dates_agree(
            one, two, kept, other, is_preprint_pair=is_published(work) != is_published(record)
        )
    if isinstance(one, tuple) and isinstance(two, tuple):
        return people.compare(one, two).agreement in {Agreement.ALL, Agreement.OPEN}
    if isinstance(one, str) and isinstance(two, str):
        return _texts_agree(name, one, two)
    return False


def _dates_agree(one: Date, two: Date, kept: Field, other: Field, *, is_preprint_pair: bool) -> bool:
    if min(kept.origin.confidence, other.origin.confidence) < 1 or not (one.start and two.start):
        return True
    if is_preprint_pair:
        return abs(one.start[0] - two.start[0]) <= 3
    shared = min(len(one.start), len(two.start), 2)  # print and online differ in days
    return one.start[:shared] == two.start[:shared]


def _texts_agree(name: str, one: str, two: str) -> bool:
    if name == "title":
        same = {Relation.SAME, Relation.CLOSE, Relation.HEAD, Relation.CUT}
        return compare_titles(one, two).relation in same
    if name in {"container-title", "collection-title", "event-title", "publisher"}:
        return facts.same_venue(one, two) or facts.is_preprint_venue(one) or facts.is_preprint_venue(two)
    if name == "DOI" and facts.is_preprint_doi(one.lower()) != facts.is_preprint_doi(two.lower()):
        return True
    if name == "page":
        return _pages(one)[:1] == _pages(two)[:1]
    return fold(one) == fold(two) or fold(normalise(name, one)) == fold(normalise(name, two)) != ""


def _pages(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _miscounted(work: Work, fields: Mapping[str, Field]) -> list[Conflict]:
    """A conflict when the page's number of authors is not that of the list taken."""
    authors, count = fields.get("author"), work.fields.get("author-count")
    if not (authors and count and isinstance(authors.value, tuple)) or people.is_open(authors.value):
        return []
    found = Field(str(len(authors.value)), authors.origin)
    return [] if count.value == found.value else [Conflict("author-count", found, count)]


def _add_arxiv(fields: dict[str, Field], *works: Work) -> None:
    """The arXiv id that an arXiv DOI holds: with it nothing is lost when a publisher's DOI takes its place."""
    for work in works:
        found = facts.identifier(work, "arxiv")
        if found and "arxiv" not in fields:
            fields["arxiv"] = Field(found, work.fields["DOI"].origin)


def _add_date(fields: dict[str, Field]) -> None:
    """An arXiv id tells the month; better than no date, and than a year that was inferred."""
    arxiv, issued = fields.get("arxiv"), fields.get("issued")
    if not arxiv or not isinstance(arxiv.value, str) or (issued and issued.origin.confidence >= 1):
        return
    if month := arxiv_month(arxiv.value):
        if issued and isinstance(issued.value, Date) and issued.value.start[:2] == month:
            fields["issued"] = Field(issued.value, issued.origin._replace(confidence=1.0))
            return
        origin = arxiv.origin._replace(note="month of the arXiv id")
        fields["issued"] = Field(Date(month), origin)


def _type(work: Work, record: Work) -> str:
    if record.type in _VAGUE and work.type not in _VAGUE:
        return work.type
    return record.type or work.type


def _as_preprint(merged: Work, work: Work, record: Work) -> Work:
    """The preprint as the entry; what belongs to the publication is kept under `published:`."""
    arxiv = merged.fields.get("arxiv")
    if not arxiv or not isinstance(arxiv.value, str):
        return merged
    fields = dict(merged.fields)
    for name in _OF_PUBLICATION:
        said = fields.get(name)
        if said and not (name == "DOI" and isinstance(said.value, str) and facts.is_preprint_doi(said.value)):
            fields[f"published:{name}"] = fields.pop(name)
    preprint = next((item for item in (record, work) if item.date() and not is_published(item)), None)
    month = arxiv_month(arxiv.value)
    if preprint:
        fields["issued"] = preprint.fields["issued"]
    elif month:
        fields["issued"] = Field(Date(month), arxiv.origin._replace(note="month of the arXiv id"))
    return replace(merged, type="article", fields=MappingProxyType(fields))
