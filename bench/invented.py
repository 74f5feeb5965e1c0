"""References right and made up, as students and language models write them, each judged by `cite2bib check`.

    python bench/invented.py [--seed 11] [--half 0|1] [--fresh] [--each 25] [--down crossref,dblp] [--show KIND]

`services.py` has the catalogues, `worlds.py` the works, `manners.py` how they are written and made up, `fresh.py` further ways
that were written when the rules were done. Printed: the verdicts by kind, and what the confidences are worth.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import fresh
import manners
from manners import Entry
from worlds import World, retract

from cite2bib.check import FINDINGS, Judgement, Verdict
from loopback import Loopback

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator, Sequence

    from services import Services


@dataclass(frozen=True, slots=True)
class Case:
    """A reference in BibTeX and what it is."""

    kind: str
    is_fault: bool
    bibtex: str


def cases(world: World, each: int, *, is_fresh: bool = False) -> Iterator[Case]:
    """A set: `each` references of each kind."""
    kinds = fresh if is_fresh else manners
    for kind, (write, among) in kinds.GOOD.items():
        for _ in range(each):
            work = world.one(getattr(world, among), lambda one: not one.retracted)
            yield Case(kind, False, bibtex(write(work, world.dice), world.dice))
    for kind, make in kinds.BAD.items():
        for _ in range(each):
            yield Case(kind, True, bibtex(make(world), world.dice))


def bibtex(entry: Entry, dice: random.Random) -> str:
    """An entry as a .bib has it."""
    rows = [f"  {name} = {{{_escaped(name, value)}}}" for name, value in entry.items() if name != "type"]
    return f"@{entry['type']}{{k{dice.randrange(10**9)},\n" + ",\n".join(rows) + "\n}\n"


def _escaped(name: str, value: str) -> str:
    return value if name in {"url", "doi"} else re.sub(r"(?<!\\)([&%#_])", r"\\\1", value)


def judged(cases: Sequence[Case], services: Services, down: Sequence[str] = ()) -> list[Verdict]:
    """The verdicts, with nothing kept of other runs; some services may be down."""
    from cite2bib import pipeline
    from cite2bib.http import Settings
    from cite2bib.pipeline import checking
    from cite2bib.pipeline.looking import NO_INDEX, Network
    from cite2bib.sources import configured

    with tempfile.TemporaryDirectory() as folder, Loopback(services) as server:
        path = Path(folder, "refs.bib")
        path.write_text("\n".join(case.bibtex for case in cases), encoding="utf-8")
        works = checking.references(pipeline.read([str(path)]).works)
        server.fault = lambda seen: "500" if seen.path.split("/")[1] in down else ""
        names = ["crossref", "arxiv", "datacite", *checking.ALSO_ASKED]
        network = Network(
            Settings(cache_path=Path(folder, "cache.sqlite"), retries=0),
            configured(None, services.environ(server), names),
        )
        return list(checking.check(works, network=network, index=NO_INDEX).verdicts)


def calibration(rows: Sequence[tuple[float, bool]], bins: int = 10) -> float:
    """The expected calibration error."""
    parts = defaultdict(list)
    for sure, right in rows:
        parts[min(bins - 1, int(sure * bins))].append((sure, right))
    return sum(
        abs(sum(sure for sure, _ in part) - sum(right for _, right in part)) for part in parts.values()
    ) / max(1, len(rows))


def main() -> None:
    """Make a set, have it judged, and print what came out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--half", type=int, default=0)
    parser.add_argument("--each", type=int, default=25)
    parser.add_argument("--fresh", action="store_true")
    parser.add_argument("--down", default="", help="services that are down, parted by commas")
    parser.add_argument("--show", default="")
    asked = parser.parse_args()
    world = World(asked.half, asked.seed)
    retract(world)
    made = list(cases(world, asked.each, is_fresh=asked.fresh))
    verdicts = judged(made, world.services, asked.down.split(","))
    report(made, verdicts, asked.show)


def report(cases: Sequence[Case], verdicts: Sequence[Verdict], show: str) -> None:
    """The verdicts by kind, what was wrong of them, and what confidences are worth."""
    rows: dict[tuple[bool, str], Counter[str]] = defaultdict(Counter)
    sure: list[tuple[float, bool]] = []
    for case, verdict in zip(cases, verdicts, strict=True):
        rows[case.is_fault, case.kind][verdict.judgement.value] += 1
        is_right = (verdict.judgement in FINDINGS) == case.is_fault
        if verdict.judgement is not Judgement.UNCHECKED:
            sure.append((verdict.confidence, is_right))
        if show == case.kind or (show == "wrong" and not is_right):
            print(_told(case, verdict))
    for (is_fault, kind), counted in rows.items():
        print("fault " if is_fault else "real  ", f"{kind:24}", dict(counted))
    for is_fault in (False, True):
        mine = [verdict for case, verdict in zip(cases, verdicts, strict=True) if case.is_fault == is_fault]
        found = sum(verdict.judgement in FINDINGS for verdict in mine)
        print("faults detected" if is_fault else "real accused", found, len(mine), f"{found / len(mine):.2%}")
    print(f"expected calibration error {calibration(sure):.4f} of {len(sure)}")


def _told(case: Case, verdict: Verdict) -> str:
    lines = [
        f"{case.kind} {case.bibtex}",
        f"{verdict.judgement.value} {verdict.confidence}: {verdict.reason}",
    ]
    lines += map(str, verdict.differences)
    if verdict.record:
        people = ", ".join(map(str, verdict.record.names("author")))
        lines.append(f"record: {verdict.record.text('title')} / {people}")
    return "\n    ".join(lines)


if __name__ == "__main__":
    main()
