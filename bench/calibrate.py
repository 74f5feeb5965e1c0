"""How often a record of a given score is the work that was meant: `python bench/calibrate.py [--write]`.

Learned by isotonic regression (pool adjacent violators) on every second question of `bench/matching.py`: 415 references
of nine papers with Crossref's answers and labels by hand, asked in seven ways, as from a list of one's own and as from a
catalogue of everything; 236 works of public lists, mistreated in 22 ways, with their record in the library and without,
and with one word of the title made another; the first set of pairs of our own. Tried on the other half, and on the second set of pairs (tests/resolve_pairs.py), of which nothing was learned.
Writes src/cite2bib/resolve/match/calibration.py.
"""

from __future__ import annotations

import argparse
import math
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

import matching

from cite2bib.formats.jsonl import read_jsonl
from cite2bib.index.memory import Library
from cite2bib.resolve.match import choose
from cite2bib.resolve.match.score import log_odds
from cite2bib.resolve.match.weights import DOUBT
from resolve_pairs import Case, distorted, right_ones, second_right_ones, second_traps, traps, varied

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cite2bib.model import Work

    Row = tuple[float, bool]  # log odds of the best candidate, and whether it is the work meant

TARGET = matching.ROOT / "src/cite2bib/resolve/match/calibration.py"
BINS = 10
MOST_KNOTS = 12


def row(query: Work, candidates: Sequence[Work], right: frozenset[int], doubt: float = 0.0) -> Row | None:
    """The log odds of the best candidate, as `choose` sees them; None where nothing was found or two works fit."""
    decision = choose(query, candidates, doubt)
    if not candidates or decision.reason.startswith("two"):
        return None
    best = matching.best_of(query, candidates, doubt)
    odds = log_odds(decision.match.score)
    is_doubted = doubt and not (decision.record and odds - doubt < log_odds(matching.ACCEPT))
    return odds - (doubt if is_doubted else 0.0), id(best) in right


def referenced() -> Iterator[tuple[int, Row]]:
    """The 415 references, in seven ways, with the number of the reference."""
    titled = [right for _, right in matching.crossref_cases("crossref_415_titles")]
    ways = [*matching.SAID.values(), None]
    for number, (case, labels) in enumerate(matching.crossref_cases()):
        for way in ways:
            query = case.query if way is None else matching.saying(case.query, way)
            if query is None:
                continue
            names_people = way is None or {"author", "author-count"} & set(way)
            dois = labels if names_people else labels | titled[number]
            right = frozenset(id(item) for item in case.candidates if item.text("DOI").lower() in dois)
            for doubt in (0.0, DOUBT):
                if found := row(query, case.candidates, right, doubt):
                    yield number, found


def mistreated() -> Iterator[tuple[int, Row]]:
    """The 236 works, with their record and without."""
    works = read_jsonl(matching.KNOWN.read_bytes(), "known").works
    whole = Library(works)
    for number, record in enumerate(works):
        others = Library([*works[:number], *works[number + 1 :]])
        for library in (whole, others):
            for case in varied([record], library.find):
                if found := row(case.query, case.candidates, frozenset({id(record)})):
                    yield number, found


def distorted_ones() -> Iterator[tuple[int, Row]]:
    """The 236 works, with one word of the title made another: no record is right."""
    works = read_jsonl(matching.KNOWN.read_bytes(), "known").works
    for number, case in enumerate(distorted(works)):
        if found := row(case.query, case.candidates, frozenset()):
            yield number, found


def invented(cases: Iterable[Case]) -> Iterator[tuple[int, Row]]:
    """Pairs of our own."""
    for number, case in enumerate(cases):
        if found := row(case.query, case.candidates, _right(case)):
            yield number, found


def _right(case: Case) -> frozenset[int]:
    return frozenset({id(case.right)} if case.right else ())


def isotonic(rows: Iterable[Row]) -> list[tuple[float, float, int]]:
    """Blocks of rising shares of right ones: where a block begins, its share, how many it holds."""
    blocks: list[list[float]] = []  # beginning, right ones, all
    for odds, same in groupby(
        sorted((round(odds, 2), is_right) for odds, is_right in rows), key=itemgetter(0)
    ):
        said = [is_right for _, is_right in same]
        blocks.append([odds, float(sum(said)), float(len(said))])
        while len(blocks) > 1 and blocks[-2][1] / blocks[-2][2] >= blocks[-1][1] / blocks[-1][2]:
            _, right, count = blocks.pop()
            blocks[-1][1] += right
            blocks[-1][2] += count
    # Half a success and half a failure more: no share of 0 or 1 from a few.
    return [(odds, (right + 0.5) / (count + 1), int(count)) for odds, right, count in blocks]


def knots(blocks: Sequence[tuple[float, float, int]]) -> list[tuple[float, float]]:
    """The table: beginnings of blocks and their shares, the smallest blocks joined until it can be read."""
    left = [list(block) for block in blocks]
    while len(left) > MOST_KNOTS:
        place = min(range(1, len(left)), key=lambda item: left[item][1] - left[item - 1][1])
        one, other = left[place - 1], left.pop(place)
        one[1] = (one[1] * one[2] + other[1] * other[2]) / (one[2] + other[2])
        one[2] += other[2]
    rising, table = 0.0, []
    for odds, share, _ in left:
        if round(share, 4) > rising:
            rising = round(share, 4)
            table.append((round(odds - 0.005, 3), rising))
    return table


def expected_error(rows: Sequence[Row], table: Sequence[tuple[float, float]]) -> float:
    """Expected calibration error over ten bins of equal width."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(BINS)]
    for odds, is_right in rows:
        share = probability(odds, table)
        bins[min(int(share * BINS), BINS - 1)].append((share, is_right))
    gaps = (abs(sum(share for share, _ in part) - sum(right for _, right in part)) for part in bins)
    return sum(gaps) / len(rows)


def probability(odds: float, table: Sequence[tuple[float, float]]) -> float:
    """The share of the last knot that the odds reach."""
    return next((share for start, share in reversed(table) if odds >= start), table[0][1])


def written(table: Sequence[tuple[float, float]]) -> str:
    """The module that holds the table."""
    lines = "\n".join(f"    ({odds}, {share})," for odds, share in table)
    return (
        '"""How often a record of such log odds was the work meant. Written by `bench/calibrate.py`, which says from what.\n'
        '\nEach line holds from its log odds on; below the first, its share holds too.\n"""\n'
        f"\nTABLE: tuple[tuple[float, float], ...] = (\n{lines}\n)\n"
    )


def main() -> None:
    """Learn, try, print, and write when asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    sets = {
        "415 references": list(referenced()),
        "236 works, mistreated": list(mistreated()),
        "236 works, distorted": list(distorted_ones()),
        "first set of pairs": list(invented([*traps(), *right_ones()])),
    }
    learned = [found for rows in sets.values() for number, found in rows if number % 2]
    table = knots(isotonic(learned))
    print(f"learned from {len(learned)} questions\n")
    for odds, share in table:
        count = [right for start, right in learned if probability(start, table) == share]
        print(f"  from {odds:7.2f} ({1 / (1 + math.exp(-odds)):.4f})  {share:.4f}  of {len(count)}")
    print("\nexpected calibration error on what was not learned from")
    tried = {name: [found for number, found in rows if not number % 2] for name, rows in sets.items()}
    tried["second set of pairs"] = [found for _, found in invented([*second_traps(), *second_right_ones()])]
    tried["all of these"] = [found for rows in tried.values() for found in rows]
    for name, rows in tried.items():
        print(f"  {name:24} {expected_error(rows, table):.4f}  ({len(rows)} questions)")
    if options.write:
        Path(TARGET).write_text(written(table), encoding="utf-8")


if __name__ == "__main__":
    main()
