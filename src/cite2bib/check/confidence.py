"""How likely a verdict is right, by what it rests on.

The figures are set below the shares that are right among labelled references, for what such a set does not have;
bench/checking.py prints both beside one another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib import titles
from cite2bib.check import kinds
from cite2bib.check.kinds import Kind
from cite2bib.resolve.match.title import Relation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cite2bib.check.asking import Inquiry
    from cite2bib.check.verdict import Difference
    from cite2bib.check.weighing import Weighed

UNCHECKED = 0.97  # that nothing can be said is seldom wrong: what is found is said
OTHER_AGENCIES = 0.04  # less: a few beside Crossref and DataCite register DOIs, and only doi.org knows which
UNASKED_IDENTIFIER = 0.1  # less: the DOI may be another work's, or nobody's
STOLEN_IDENTIFIER = 0.98  # an identifier under another title and other authors
_MOST = 0.99
_NOWHERE = 0.85  # that a paper did not appear where it is said to: it may have got another title there


def of_record(
    item: Inquiry, best: Weighed, works: Sequence[Weighed], differences: Sequence[Difference]
) -> float:
    """That the record is the work meant, and that what differs is wrong."""
    sure = 0.99 if best.shares_people and best.shares_title else 0.95
    sure -= 0.04 * (best.relation in {Relation.HEAD, Relation.TAIL, Relation.CUT} and not best.same)
    sure -= 0.05 * (not item.work.names("author") and not best.same)
    sure -= 0.1 * (titles.specificity(item.work.text("title")) == 0 and not best.same)
    told = {
        kinds.lineage(record.record.fields["title"].origin.source)
        for record in works
        if "title" in record.record
    }
    sure += 0.01 * (len(told) > 1)
    wrong = [part for part in differences if part.matters]
    if len(wrong) == 1 and wrong[0].variable == "container-title" and not wrong[0].recorded:
        return _NOWHERE
    if len(wrong) == 1 and not best.same:
        # A single field may be the record's fault, or that of another version.
        sure -= {"issued": 0.06, "container-title": 0.06, "page": 0.06, "volume": 0.05, "issue": 0.08}.get(
            wrong[0].variable, 0.03
        )
    return round(min(_MOST, max(0.5, sure)), 3)


def of_mixture(item: Inquiry, titled: Weighed, *, is_mixed: bool) -> float:
    """That a title under other people's names is no second work of that title."""
    sure = 0.97 if is_mixed else 0.93
    words = len(titles.words(item.work.text("title")))
    return round(sure - 0.05 * (words < 6) + 0.01 * bool(titled.same), 3)


def of_retitled(item: Inquiry, near: Weighed) -> float:
    """That a title nearly that of a work by the same people is no other work of theirs."""
    one, other = item.work.date(), near.record.date()
    is_same_year = bool(one and other and one.year == other.year)
    return 0.95 if is_same_year and near.people.shared >= 2 else 0.9


def of_absence(item: Inquiry, nearest: Weighed | None) -> float:
    """That what no catalogue has does not exist: less where they have gaps."""
    answers = len(kinds.independent(item.kind, item.answered))
    sure = 0.93 + 0.02 * min(answers - 2, 2)
    date = item.work.date()
    year = date.start[0] if date and date.start else 0
    sure -= 0.2 * (0 < year < 1970) + 0.08 * (1970 <= year < 1995)
    sure -= 0.1 * (item.kind is Kind.BOOK) + 0.1 * (item.kind is Kind.CHAPTER)
    sure -= 0.05 * (not item.work.names("author"))
    sure -= 0.08 * (item.work.type in {"", "document"})  # it may be a book or a report
    sure -= 0.1 * (not item.work.text("title").isascii() and nearest is None)
    return round(max(0.5, sure), 3)
