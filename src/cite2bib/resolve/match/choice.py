"""Which of several candidates is the work that was meant, if one is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cite2bib.model import Match, Work
from cite2bib.resolve.match.score import log_odds, match
from cite2bib.resolve.match.weights import ACCEPT, MARGIN

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Decision:
    """The record that was taken and why, or why none was."""

    record: Work | None
    match: Match
    reason: str = ""  # when there is no record
    also: tuple[Work, ...] = ()  # further records of the same work


_NOTHING = Match(0.0, ())


def choose(query: Work, candidates: Sequence[Work]) -> Decision:
    """The candidate that is the work meant; none when none fits, or when two different works fit alike."""
    scored = sorted(((match(query, item), item) for item in candidates), key=lambda pair: -pair[0].score)
    if not scored:
        return Decision(None, _NOTHING, "nothing found")
    best, record = scored[0]
    if best.score < ACCEPT:
        return Decision(None, best, _nearest(best, record))
    rivals = [
        (found, item) for found, item in scored[1:] if log_odds(best.score) - log_odds(found.score) < MARGIN
    ]
    also: list[Work] = []
    for found, item in rivals:
        if match(item, record).score >= ACCEPT:
            also.append(item)
        elif found.score >= 0.5:
            return Decision(None, best, f"two works fit: {_named(record)}; {_named(item)}")
    return Decision(record, best, also=tuple(also))


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
