"""One record for one work: of the works of a list that claim the same record, only mentions of one work may have it.

Each claim was weighed by itself. Where two works that are not each other's duplicates took one record, the records are
given out anew so that the evidence for all is the greatest, and who gets none is left as the document gave it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from cite2bib import titles
from cite2bib.light import dataclass
from cite2bib.names import family_key
from cite2bib.resolve.match import ACCEPT, Decision, choose, facts, match, people
from cite2bib.resolve.match.people import Agreement
from cite2bib.resolve.match.score import log_odds
from cite2bib.resolve.match.title import Relation
from cite2bib.resolve.match.title import compare as compare_titles

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cite2bib.model import Work

_OTHER_TITLES = frozenset({Relation.NEAR, Relation.NOTICE, Relation.OTHER})
_FIRM = frozenset({Relation.SAME, Relation.CLOSE})


@dataclass(frozen=True, slots=True)
class Claim:
    """A work of the list, what was found for it, and what it took of that."""

    query: Work
    candidates: tuple[Work, ...]
    decision: Decision
    doubt: float = 0.0


def settled(claims: Sequence[Claim]) -> dict[int, Decision]:
    """New decisions, by place, for those claims whose record is also claimed by another work."""
    by_record: dict[str, list[int]] = defaultdict(list)
    for place, claim in enumerate(claims):
        if claim.decision.record:
            by_record[_identity(claim.decision.record)].append(place)
    changed: dict[int, Decision] = {}
    for places in by_record.values():
        groups = _groups([claims[place] for place in places]) if len(places) > 1 else []
        if len(groups) > 1:
            taken = {key for key, holders in by_record.items() if holders is not places}
            changed |= _parted(claims, [[places[item] for item in group] for group in groups], taken)
    return changed


def _identity(record: Work) -> str:
    """What a record is known by, from whichever catalogue."""
    for variable in ("DOI", "arxiv", "PMID"):
        if value := facts.identifier(record, variable):
            return f"{variable}:{value}"
    names, date = record.names("author"), record.date()
    first, year = family_key(names[0]) if names else "", date.year if date else None
    return f"{titles.key(record.text('title'))} {first} {year}"


def _groups(claims: Sequence[Claim]) -> list[list[int]]:
    """Claims of one work together."""
    groups: list[list[int]] = []
    for place, claim in enumerate(claims):
        own = next((group for group in groups if any(_are_one(claim, claims[item]) for item in group)), None)
        if own is None:
            groups.append([place])
        else:
            own.append(place)
    return groups


def _are_one(one: Claim, other: Claim) -> bool:
    """Whether two claims can be mentions of one work: as they stand, or because both are sure of the record."""
    if facts.same_identifier(one.query, other.query) or (_is_firm(one) and _is_firm(other)):
        return True
    said = one.query.text("title"), other.query.text("title")
    # A title that is cut off is a part of the whole one, not the other way round.
    if {compare_titles(*said).relation, compare_titles(*reversed(said)).relation} <= _OTHER_TITLES:
        return False
    authors = people.compare(one.query.names("author"), other.query.names("author"))
    return authors.agreement not in {Agreement.NONE, Agreement.FEW}


def _is_firm(claim: Claim) -> bool:
    record = claim.decision.record
    if record is None:
        return False
    titled = compare_titles(claim.query.text("title"), record.text("title")).relation
    return titled in _FIRM or bool(facts.same_identifier(claim.query, record))


def _parted(
    claims: Sequence[Claim], groups: Sequence[Sequence[int]], taken: Iterable[str]
) -> dict[int, Decision]:
    """The decisions of groups that claim one record, no two of which get the same."""
    held = set(taken)
    weights = [_weights([claims[place] for place in group], held) for group in groups]
    given = assign(weights)
    changed: dict[int, Decision] = {}
    for row, group in enumerate(groups):
        others = held | {key for place, key in enumerate(given) if key is not None and place != row}
        for place in group:
            if _identity_of(claims[place]) in others:
                changed[place] = _again(claims[place], others)
    return changed


def _identity_of(claim: Claim) -> str:
    return _identity(claim.decision.record) if claim.decision.record else ""


def _weights(claims: Sequence[Claim], held: set[str]) -> dict[str, float]:
    """Each record that a work may have, and how much speaks for it."""
    found: dict[str, float] = {}
    for claim in claims:
        for record in claim.candidates:
            key, score = _identity(record), match(claim.query, record).score
            if score >= ACCEPT and key not in held:
                found[key] = max(found.get(key, 0.0), log_odds(score) - claim.doubt)
    return found


def _again(claim: Claim, others: set[str]) -> Decision:
    """What a work takes of the records that are left."""
    left = [record for record in claim.candidates if _identity(record) not in others]
    found = choose(claim.query, left, claim.doubt)
    if found.record:
        return found
    record = claim.decision.record
    title = record.text("title") if record else ""
    return Decision(None, claim.decision.match, f"another work of the list fits its record better: “{title}”")


def assign(weights: Sequence[Mapping[str, float]]) -> list[str | None]:
    """One column at most for each row, none twice, so that the sum of weights is the greatest.

    Rows come in one after another, each along the way of exchanges that gains the most.

    >>> assign([{"x": 9.0, "y": 8.0}, {"x": 7.0}, {"x": 1.0}])
    ['y', 'x', None]
    """
    given: list[str | None] = [None] * len(weights)
    for row in range(len(weights)):
        _bring_in(row, weights, given)
    return given


def _bring_in(row: int, weights: Sequence[Mapping[str, float]], given: list[str | None]) -> None:
    """Give a new row the column that gains the most, whoever has to move for it."""
    gains: dict[int, float] = {
        row: 0.0
    }  # a row that stands without a column, and what was gained on the way there
    came: dict[int, tuple[int, str]] = {}
    best: tuple[float, int, str | None] = (0.0, row, None)
    for _ in range(len(weights) + 1):
        best = max(best, *_ends(gains, weights, given), key=lambda end: end[0])
        if not _spread(gains, came, weights, given):
            break
    _, place, column = best
    while place != row:
        before, moved = came[place]
        given[place], place, column = column, before, moved
    given[row] = column


def _ends(
    gains: Mapping[int, float], weights: Sequence[Mapping[str, float]], given: Sequence[str | None]
) -> list[tuple[float, int, str | None]]:
    """Where a way may end: a row that takes a free column, or goes without."""
    free = [
        (gain + weight, place, column)
        for place, gain in gains.items()
        for column, weight in weights[place].items()
        if column not in given
    ]
    return [*free, *((gain, place, None) for place, gain in gains.items())]


def _spread(
    gains: dict[int, float],
    came: dict[int, tuple[int, str]],
    weights: Sequence[Mapping[str, float]],
    given: Sequence[str | None],
) -> bool:
    """Go one exchange further; False when nothing is gained by it."""
    is_further = False
    for place, gain in list(gains.items()):
        for column, weight in weights[place].items():
            holder = given.index(column) if column in given else None
            if holder is None or holder == place:
                continue
            reached = gain + weight - weights[holder][column]
            if reached > gains.get(holder, float("-inf")) + 1e-9:
                gains[holder], came[holder], is_further = reached, (place, column), True
    return is_further
