"""Precision and recall of `resolve.match`: `python bench/matching.py [--svg docs/matching.svg]`.

Traps and right pairs of our own (tests/resolve_pairs.py), 236 real works mistreated in 22 ways and looked up in a library
of all of them, the same works with one word made another, and 415 references of nine papers with the records that Crossref gave (labels by hand in
tests/resolve/pairs/crossref_415.tsv). Then the last set, asked with less said, as by a list of one's own and as by a
catalogue of everything (`weights.DOUBT`). All but the first two need the shared corpora.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from cite2bib import names  # noqa: E402
from cite2bib.formats.jsonl import read_jsonl  # noqa: E402
from cite2bib.index.memory import Library  # noqa: E402
from cite2bib.model import Date, Work  # noqa: E402
from cite2bib.records.crossref import work_from_crossref  # noqa: E402
from cite2bib.resolve.match import ACCEPT, choose  # noqa: E402
from cite2bib.resolve.match.weights import DOUBT  # noqa: E402
from resolve_pairs import (  # noqa: E402
    FOLDER,
    Case,
    distorted,
    right_ones,
    second_right_ones,
    second_traps,
    traps,
    varied,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SHARED = Path(os.environ.get("CITE2BIB_SHARED", ROOT.parent / "shared"))
CORPUS = SHARED / "recordings/corpus/refchecker_crossref_415.jsonl"
KNOWN = SHARED / "known/seed-works.jsonl"
THRESHOLDS = (0.5, 0.7, 0.8, 0.9, 0.95, 0.96, 0.97, 0.98, 0.99, 0.995, 0.999, 0.9999)


def crossref_cases(labelled: str = "crossref_415") -> Iterator[tuple[Case, frozenset[str]]]:
    """The 415 references, and the DOIs that are right for each."""
    lines = (FOLDER / f"{labelled}.tsv").read_text(encoding="utf-8").splitlines()
    labels = dict(line.split("\t") for line in lines if line[0] != "#")
    for number, line in enumerate(CORPUS.read_text(encoding="utf-8").splitlines(), 1):
        record = json.loads(line)
        candidates = tuple(_from_crossref(item) for item in record["items"])
        yield (
            Case("crossref", _reference(record["reference"]), candidates),
            frozenset(labels.get(str(number), "").split()),
        )


def _reference(said: dict[str, Any]) -> Work:
    authors = [
        names.OTHERS if re.fullmatch(r"et al\.?|others", name) else names.parse(name)
        for name in said["authors"]
    ]
    query = Work().with_field("title", said["title"]).with_field("author", tuple(authors))
    if said["year"]:
        query = query.with_field("issued", Date((int(said["year"]),)))
    return query.with_field("container-title", said["venue"]) if said["venue"] else query


def _from_crossref(item: dict[str, Any]) -> Work:
    return work_from_crossref({**item, "issued": item.get("issued") or item.get("published")})


def outcomes() -> dict[str, list[tuple[float, bool, bool]]]:
    """For each set: the score of the best candidate, whether it is right, and whether there is a right one."""
    found: dict[str, list[tuple[float, bool, bool]]] = defaultdict(list)
    _weigh(found["traps"], traps())
    _weigh(found["right pairs"], right_ones())
    _weigh(found["traps, second set"], second_traps())
    _weigh(found["right pairs, second set"], second_right_ones())
    if KNOWN.exists():
        works = read_jsonl(KNOWN.read_bytes(), "known").works
        _weigh(found["236 real works, mistreated"], varied(works, Library(works).find))
        _weigh(found["236 real works, one word made another"], distorted(works))
        _weigh(found["the same, without the right one"], _without_right(works))
    if CORPUS.exists():
        for case, dois in crossref_cases():
            decision = choose(case.query, case.candidates)
            best = _best(case)
            right = best is not None and best.text("DOI").lower() in dois
            score = 0.0 if decision.reason.startswith("two") else decision.match.score
            found["415 references, Crossref's answers"].append((score, right, bool(dois)))
    return found


SAID = {
    "title": ("title",),
    "title, year": ("title", "issued"),
    "title, number of authors": ("title", "author-count"),
    "title, number of authors, year": ("title", "author-count", "issued"),
    "title, authors": ("title", "author"),
    "title, authors, year": ("title", "author", "issued"),
}


def saying(query: Work, said: Sequence[str]) -> Work | None:
    """A query with some of its facts alone; None where it lacks one."""
    people = query.names("author")
    if people and names.OTHERS not in people:
        query = query.with_field("author-count", str(len(people)))
    kept = {name: query.fields[name] for name in said if name in query.fields}
    return Work(fields=kept) if len(kept) == len(said) else None


def _doubted(
    cases: Sequence[tuple[Work, tuple[Work, ...], frozenset[str], frozenset[str]]],
) -> Iterator[tuple[str, list[int]]]:
    """For each kind of query: how many, and of these found and taken wrongly, without and with doubt.

    Where a reference has a real title under invented authors, who says the title alone means that work.
    """
    for heading, said in SAID.items():
        told = [0, 0, 0, 0, 0, 0]
        for whole, candidates, right_for_all, titled in cases:
            if (query := saying(whole, said)) is None:
                continue
            right = right_for_all if "author" in said or "author-count" in said else right_for_all | titled
            told[0] += 1
            told[1] += bool(right)
            for place, doubt in ((2, 0.0), (4, DOUBT)):
                record = choose(query, candidates, doubt).record
                told[place] += record is not None and record.text("DOI").lower() in right
                told[place + 1] += record is not None and record.text("DOI").lower() not in right
        yield heading, told


def doubt_table() -> None:
    """What it costs that a catalogue of everything is believed less."""
    if not CORPUS.exists():
        return
    titled = [right for _, right in crossref_cases("crossref_415_titles")]
    cases = [
        (case.query, case.candidates, right, also)
        for (case, right), also in zip(crossref_cases(), titled, strict=True)
    ]
    print(
        "\n415 references, Crossref's answers, with less said; taken from a list of one's own | of everything"
    )
    print(f"  {'query':32} asked  there    found wrong  recall    found wrong  recall")
    for heading, (asked, there, *taken) in _doubted(cases):
        sides = [f"{found:8} {wrong:5} {found / there:7.1%}" for found, wrong in (taken[:2], taken[2:])]
        print(f"  {heading:32} {asked:5} {there:6} {' '.join(sides)}")


def _without_right(works: Iterable[Work]) -> Iterator[Case]:
    listed = tuple(works)
    for place, record in enumerate(listed):
        others = Library([*listed[:place], *listed[place + 1 :]])
        for case in varied([record], others.find):
            yield Case(case.kind, case.query, case.candidates)


def _weigh(rows: list[tuple[float, bool, bool]], cases: Iterable[Case]) -> None:
    for case in cases:
        decision = choose(case.query, case.candidates)
        score = 0.0 if decision.reason.startswith("two") else decision.match.score
        rows.append((score, case.right is not None and _best(case) is case.right, case.right is not None))


def _best(case: Case) -> Work | None:
    return best_of(case.query, case.candidates)


def best_of(query: Work, candidates: Sequence[Work], doubt: float = 0.0) -> Work | None:
    """The record that is taken, or would be if it were taken at all."""
    from cite2bib.resolve.match import match

    decision = choose(query, candidates, doubt)
    return decision.record or max(candidates, key=lambda item: match(query, item).score, default=None)


def curve(rows: list[tuple[float, bool, bool]]) -> list[tuple[float, int, int, int]]:
    """For each threshold: taken, wrong among them, and right ones there are."""
    there = sum(is_there for _, _, is_there in rows)
    return [
        (
            limit,
            sum(score >= limit for score, _, _ in rows),
            sum(score >= limit and not right for score, right, _ in rows),
            there,
        )
        for limit in THRESHOLDS
    ]


def table(found: dict[str, list[tuple[float, bool, bool]]]) -> None:
    """What the accepted threshold gives, and the others beside it."""
    for name, rows in found.items():
        print(f"\n{name}: {len(rows)} questions, {sum(row[2] for row in rows)} of them have an answer")
        print("  threshold    taken    wrong   precision   recall")
        for limit, taken, wrong, there in curve(rows):
            precision = f"{(taken - wrong) / taken:8.2%}" if taken else "       -"
            recall = f"{(taken - wrong) / there:8.2%}" if there else "       -"
            print(
                f"  {'*' if limit == ACCEPT else ' '} {limit:<8} {taken:7} {wrong:8}    {precision} {recall}"
            )


def svg(found: dict[str, list[tuple[float, bool, bool]]]) -> str:
    """Precision against recall over all questions, as a picture."""
    rows = curve([row for rows in found.values() for row in rows])
    points = [
        ((taken - wrong) / there, (taken - wrong) / taken, limit)
        for limit, taken, wrong, there in rows
        if taken
    ]
    low_x, low_y = 0.9, 0.99
    place = lambda x, y: (60 + (x - low_x) / (1 - low_x) * 480, 300 - (y - low_y) / (1 - low_y) * 260)  # noqa: E731
    dots = [(*place(max(x, low_x), max(y, low_y)), limit) for x, y, limit in points]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in dots)
    marks = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{5 if limit == ACCEPT else 3}"/>' for x, y, limit in dots
    )
    ticks = "".join(
        f'<text x="{place(low_x + step / 50, low_y)[0]:.0f}" y="320" text-anchor="middle">{low_x + step / 50:.0%}</text>'
        f'<text x="50" y="{place(low_x, low_y + step / 500)[1] + 4:.0f}" text-anchor="end">{low_y + step / 500:.1%}</text>'
        for step in range(6)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 580 350" font-family="sans-serif" font-size="12">'
        f'<rect width="580" height="350" fill="#fff"/><path d="M60 40V300H540" fill="none" stroke="#888"/>{ticks}'
        f'<polyline points="{line}" fill="none" stroke="#0a5" stroke-width="2"/><g fill="#0a5">{marks}</g>'
        '<text x="300" y="342" text-anchor="middle">recall</text>'
        '<text x="16" y="170" text-anchor="middle" transform="rotate(-90 16 170)">precision</text>'
        f'<text x="60" y="24">Each dot is a threshold from {THRESHOLDS[0]} to {THRESHOLDS[-1]}; the large one is {ACCEPT}</text></svg>\n'
    )


def main() -> None:
    """Print the tables, and draw the curve when asked to."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--svg", type=Path)
    options = parser.parse_args()
    found = outcomes()
    table(found)
    doubt_table()
    if options.svg:
        options.svg.write_text(svg(found), encoding="utf-8")


if __name__ == "__main__":
    main()
