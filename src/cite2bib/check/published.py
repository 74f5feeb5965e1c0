"""The published version of a preprint, where a relation or a record of the same work tells it; precision first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib import richtext
from cite2bib.check.kinds import cites_preprint
from cite2bib.identifiers import arxiv_month
from cite2bib.resolve.match import facts, notice
from cite2bib.resolve.merge import is_published

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cite2bib.check.asking import Inquiry
    from cite2bib.check.weighing import Weighed
    from cite2bib.model import Work

_TYPES = frozenset({"article-journal", "paper-conference", "chapter"})


def pointed_to(record: Work) -> tuple[str, ...]:
    """The DOIs under which a preprint's record says it was published."""
    related = record.text("crossref:is-preprint-of").split()
    own = facts.identifier(record, "DOI")
    posted = facts.identifier(record, "arxiv")
    given = [own, *record.text("arxiv:doi").split()] if posted else []
    found = [doi for doi in (*related, *given) if doi and not facts.is_preprint_doi(doi)]
    return tuple(dict.fromkeys(found))


def version(item: Inquiry, best: Weighed, works: Sequence[Weighed]) -> Work | None:
    """The published version of the preprint that a reference cites; None where it cites no preprint, or there is none."""
    if not cites_preprint(item.work):
        return None
    wanted = {doi for one in works for doi in pointed_to(one.record)}
    listed = {id(one.record): one for one in works}
    pointed = [
        record for record in item.found if facts.identifier(record, "DOI") in wanted and _is_version(record)
    ]
    if pointed:
        return max(pointed, key=_told)
    same = [one for one in listed.values() if _is_version(one.record) and _is_surely_same(best, one)]
    return max((one.record for one in same), key=_told, default=None)


def _is_version(record: Work) -> bool:
    """Whether a record is of a publication, and says enough to be cited by."""
    if not is_published(record) or notice.kind(record.text("title")) or record.text("status"):
        return False
    venue = record.text("container-title")
    return record.type in _TYPES | {"article"} and bool(venue) and not facts.is_preprint_venue(venue)


def _is_surely_same(best: Weighed, one: Weighed) -> bool:
    """Whether a published record is of the preprint: the same title and people, and not from before it was posted."""
    if not (one.shares_title and one.shares_people):
        return False
    posted, date = arxiv_month(facts.identifier(best.record, "arxiv")), one.record.date()
    if posted and date and date.start and date.start[0] < posted[0] - 1:
        return False
    return one.people.shared >= 2 or one.people.asked == one.people.found == 1


def _told(record: Work) -> tuple[int, int]:
    """Crossref's own record says more of a publication than what a preprint's record says of it."""
    is_own = "container-title" in record and record.fields["container-title"].origin.source != "arxiv"
    return int(is_own), len(record.fields)


def cited(record: Work) -> str:
    """A publication in a few words: where, when, its DOI."""
    date = record.date()
    venue = richtext.plain(record.text("container-title"))
    doi = record.text("DOI")
    year = str(date.start[0]) if date and date.start else ""
    return ", ".join(filter(None, (venue, year, f"https://doi.org/{doi}" if doi else "")))
