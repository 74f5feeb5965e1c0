"""Whether a paper of which only a preprint is recorded appeared where a reference says it did.

That one catalogue has no publication says little: venues without DOIs are not in Crossref, and titles change on the way to
print. It takes two that list the venue's papers, of which one knows this very preprint and gives the publications of others.
"""

from __future__ import annotations

import re
from time import gmtime
from typing import TYPE_CHECKING

from cite2bib import titles
from cite2bib.check import kinds, venues
from cite2bib.check.verdict import listed
from cite2bib.resolve.match import facts
from cite2bib.resolve.merge import is_published

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cite2bib.check.asking import Inquiry
    from cite2bib.check.weighing import Weighed
    from cite2bib.model import Work

# Their record of a preprint has its publication too, or stands beside it.
_JOINING = ("dblp", "semanticscholar", "openreview")
_ASIDE = re.compile(
    r"\b(?:workshops?|ws|tutorial|demo|poster|late[- ]breaking|blog|tiny papers?|challenge|companion|submitted|"
    r"under review|to appear|in press|accepted|forthcoming|non[- ]archival|extended abstracts?)\b",
    re.IGNORECASE,
)


def this_year() -> int:
    """The year it is."""
    return gmtime().tm_year


def is_claimed(work: Work, records: Sequence[Work]) -> bool:
    """Whether a reference names a conference or journal, and nothing but a preprint is recorded."""
    venue = work.text("container-title") or work.text("event-title")
    if not venue or facts.is_preprint_venue(venue) or _ASIDE.search(venue):
        return False
    return not any(is_published(record) or _tells(record, venue) for record in records)


def _tells(record: Work, venue: str) -> bool:
    """Whether the authors themselves say on arXiv where it appears."""
    said = f"{record.text('arxiv:comment')} ; {record.text('arxiv:journal-ref')}"
    return venues.is_named(venue, said) or bool(record.text("arxiv:doi"))


def refuting(item: Inquiry, works: Sequence[Weighed], weighed: Sequence[Weighed]) -> str:
    """The catalogues by which a paper did not appear where a reference says, as a reader knows them; "" when too few say so."""
    records = [one.record for one in works]
    date = item.work.date()
    year = date.start[0] if date and date.start else 0
    venue = item.work.text("container-title") or item.work.text("event-title")
    if not venues.venue_of(venue) or not 0 < year < this_year() or not is_claimed(item.work, records):
        return ""
    listing = {record.fields["title"].origin.source for record in records if "title" in record}
    found = [name for name in _JOINING if name in listing]
    if not venues.is_without_dois(venue) and "crossref" in map(kinds.lineage, item.answered):
        found.append("crossref")
    if len(found) < 2 or _may_be_retitled(item, weighed):
        return ""
    return listed(found)


def _may_be_retitled(item: Inquiry, weighed: Sequence[Weighed]) -> bool:
    """Whether the same people published something of a title that is not far from it."""
    ours = set(titles.content_words(item.work.text("title")))
    return any(
        one.people.shared >= 2
        and is_published(one.record)
        and 2 * len(ours & set(titles.content_words(one.record.text("title")))) >= len(ours)
        for one in weighed
        if not one.is_work
    )
