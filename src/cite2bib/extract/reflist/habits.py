"""What the references of one list have in common, and which reading of each fits that best."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from cite2bib.light import dataclass, replace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cite2bib.extract.reflist.people import People
    from cite2bib.extract.reflist.titles import Title
    from cite2bib.extract.reflist.when import Dated


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One way to read a reference: its authors, the date behind them, its title."""

    people: People | None
    dated: Dated | None
    title: Title
    score: float


_FEW = 4  # references that show no habit yet
_WORTH = {"scheme": 0.8, "closer": 0.5, "date": 0.7, "titled": 1.2, "quoted": 0.3, "ends": 0.4}
_SCHEMES = {"full": "direct"}  # names spelled out stand beside initials in one list
_ENDS = {"dot", "comma"}


def _marks(item: Hypothesis) -> Iterator[tuple[str, str]]:
    """What a reading shows of the style; an organisation, a lone author and a missing one show less."""
    if item.people and item.people.scheme not in {"organisation", "family"}:
        scheme = item.people.scheme
        if scheme != "pairs" or len(item.people.names) > 1:  # a lone one may be the first of any list
            yield "scheme", _SCHEMES.get(scheme, scheme)
        yield "closer", item.people.closer
    elif item.people:
        yield "closer", item.people.closer
    yield "date", "front" if item.dated else "later"
    yield "titled", "yes" if item.title.text else "no"
    if item.title.closer in _ENDS:
        yield "ends", item.title.closer
    yield "quoted", "yes" if item.title.closer == "quote" else "no"


def settled(lists: Sequence[list[Hypothesis]]) -> list[list[Hypothesis]]:
    """The readings of each reference, ranked by how they fit what the others of the list show."""
    best = [tuple(_marks(ranked[0])) for ranked in lists if ranked]
    if len(best) <= _FEW:
        return list(lists)
    shown = Counter(mark for marks in best for mark in marks)
    asked = Counter(kind for marks in best for kind, _ in marks)
    return [_ranked(ranked, shown, asked) for ranked in lists]


def _ranked(
    ranked: list[Hypothesis], shown: Counter[tuple[str, str]], asked: Counter[str]
) -> list[Hypothesis]:
    if len(ranked) < 2:
        return ranked
    own = set(_marks(ranked[0]))  # a reference is no evidence for its own reading
    kinds = {kind for kind, _ in own}

    def worth(mark: tuple[str, str]) -> float:
        total = asked[mark[0]] - (mark[0] in kinds)
        share = (shown[mark] - (mark in own) + 0.5) / (0.5 * total + 0.5)
        return _WORTH[mark[0]] * min(0.4, max(-1.8, math.log(share)))

    fitted = [replace(item, score=item.score + sum(worth(mark) for mark in _marks(item))) for item in ranked]
    return sorted(fitted, key=lambda item: -item.score)
