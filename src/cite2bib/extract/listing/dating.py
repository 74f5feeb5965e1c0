"""Years that a page leaves out, from what the page itself tells: its own date, its records' ids, its habit.

A page leaves the year out for its own calendar year only when it writes it for others. So one undated-looking record
whose year is known (by its arXiv id, say) tells the year of the page; and a record is never later than its page.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from cite2bib import dates
from cite2bib.extract.listing import details
from cite2bib.identifiers import arxiv_month
from cite2bib.model import Date

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cite2bib.extract.listing.details import When
    from cite2bib.extract.listing.drafts import Draft

INFERRED = 0.7  # an inferred year never outvotes a catalogue's


def settle(drafts: Sequence[Draft], page: When | None) -> None:
    """Put the date of each record of one page; the years it leaves out where something tells them."""
    for draft in drafts:
        if draft.when and not draft.when[0].year:
            _from_id(draft)
    year, why = _page_year(drafts, page)
    for draft in drafts:
        if draft.when and not draft.when[0].year and year:
            _infer(draft, year, page, why)
        _put(draft)


def _from_id(draft: Draft) -> None:
    """The year of a day without one, when the record's arXiv id tells: the first such day not before the id."""
    given = _id_month(draft)
    if not draft.when or not given:
        return
    when, line = draft.when
    # An id is given within days of the submission; a page may show a later day (of announcement, of a revision).
    after = when.month - given[1]
    year = given[0] - 1 if after == 11 else given[0] + 1 if after < -1 else given[0]
    _put_inferred(draft, year, line, "the arXiv id", 0.9)


def _id_month(draft: Draft) -> tuple[int, int] | None:
    found = draft.fields.get("arxiv")
    return arxiv_month(found.value) if found and isinstance(found.value, str) else None


def _page_year(drafts: Sequence[Draft], page: When | None) -> tuple[int, str]:
    """The page's own year and what tells it, (0, "") when nothing does."""
    if page and page.year:
        return page.year, "the page's date"
    told = [draft.fields["issued"].value for draft in drafts if _was_inferred(draft)]
    years = Counter(value.start[0] for value in told if isinstance(value, Date))
    printed = Counter(draft.when[0].year for draft in drafts if draft.when and draft.when[0].year)
    if len(years) == 1:
        return next(iter(years)), "other records of this page"
    if years or not printed:
        return 0, ""
    last = max(printed)
    # Several records are of the last printed year: had a whole year passed since, some would be of that one.
    return (
        (last + 1, f"the page, which prints the year up to {last} and leaves out its own")
        if printed[last] > 2
        else (0, "")
    )


def _was_inferred(draft: Draft) -> bool:
    return "issued" in draft.fields and draft.fields["issued"].origin.note.startswith("year inferred")


def _infer(draft: Draft, year: int, page: When | None, why: str) -> None:
    if not draft.when or "issued" in draft.fields:
        return
    when, line = draft.when
    if page and page.month and (when.month, when.day) > (page.month, page.day or 31):
        year -= 1  # a record is never later than its page
    if dates.is_valid((year, when.month, when.day)):
        _put_inferred(draft, year, line, why, INFERRED)


def _put_inferred(draft: Draft, year: int, line: int, why: str, confidence: float) -> None:
    if draft.when:
        when = details.When(year, draft.when[0].month, draft.when[0].day)
        if dates.is_valid(when.parts()):
            draft.put("issued", Date(when.parts()), line, confidence, f"year inferred from {why}")


def _put(draft: Draft) -> None:
    if draft.when and draft.when[0].year:
        draft.put("issued", Date(draft.when[0].parts()), draft.when[1])
    given = _id_month(draft)
    if "issued" not in draft.fields and given and not draft.when:
        draft.put("issued", Date((given[0],)), draft.line, 0.9, "year inferred from the arXiv id")


def latest(found: Iterable[When]) -> When | None:
    """The page's date among several: one with a year before others."""
    every = list(found)
    return next((when for when in every if when.year), every[0] if every else None)
