"""Does a reference exist, and is it what it says? One verdict for each, with what speaks for it.

`check` asks catalogues about references and judges what they answer; it knows no files and no network of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from cite2bib.check.asking import Asking, inquiry
from cite2bib.check.judging import is_under_other_names, judge
from cite2bib.check.published import pointed_to
from cite2bib.check.verdict import FINDINGS, Difference, Judgement, Silence, Verdict
from cite2bib.check.weighing import is_found, is_settled, weigh

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from cite2bib.check.asking import Ask, Inquiry, Progress
    from cite2bib.index import Index
    from cite2bib.model import Work

__all__ = ["FINDINGS", "Difference", "Judgement", "Silence", "Verdict", "check"]

T = TypeVar("T")

_AT_ONCE = (
    100  # references in one round: enough to fill requests, few enough that a run that ends early keeps most
)


def check(
    works: Sequence[Work],
    asks: Mapping[str, Ask],
    libraries: Sequence[Index] = (),
    progress: Progress | None = None,
    holds: Iterable[str] = (),
) -> Iterator[Verdict]:
    """The verdict on each reference, in their order; `holds` are the catalogues that the libraries have whole."""
    asking = Asking(asks, libraries, progress, holds)
    for start in range(0, len(works), _AT_ONCE):
        inquiries = [inquiry(work) for work in works[start : start + _AT_ONCE]]
        asking.about(inquiries, lambda item: bool(_isolated(is_settled, item)))
        asking.by_halves([item for item in inquiries if not _isolated(is_found, item)])
        asking.by_people([item for item in inquiries if _isolated(is_under_other_names, item)])
        asking.follow([(item, _isolated(_leads, item) or ()) for item in inquiries])
        for item in inquiries:
            yield _isolated(judge, item) or _unjudged(item)


def _isolated(judged: Callable[[Inquiry], T], item: Inquiry) -> T | None:
    """What is thought of one reference; whatever is wrong with a record of it costs this reference alone."""
    try:
        return judged(item)
    except Exception as fault:  # noqa: BLE001 - one work of many
        item.silent["check"] = f"a record can't be weighed: {fault!r}"
        return None


def _unjudged(item: Inquiry) -> Verdict:
    silent = tuple(Silence(name, what) for name, what in sorted(item.silent.items()))
    reason = item.silent.get("check", "it could not be judged")
    return Verdict(
        item.original, Judgement.UNCHECKED, 0.5, reason, asked=item.asked, silent=silent, unasked=True
    )


def _leads(item: Inquiry) -> tuple[str, ...]:
    """The DOIs that the records of the work point to."""
    found = (doi for one in weigh(item) if one.is_work for doi in pointed_to(one.record))
    return tuple(dict.fromkeys(found))
