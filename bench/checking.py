"""What the checker says of labelled references, and whether its confidence can be believed: `python bench/checking.py`.

The references, and the catalogue on this machine that they are checked against, are those of tests/labelled.py; they need
the shared corpora. By kind: how many are right. Then precision and recall, and confidence beside accuracy for each ground
on which a verdict rests, from which `check/confidence.py` has its figures. `--text STYLE` prints the references of papers as
a list in a citation style first, and reads that.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from cite2bib import http, pipeline, sources  # noqa: E402
from cite2bib.check import Judgement, Verdict  # noqa: E402
from cite2bib.pipeline import checking, rendering  # noqa: E402
from cite2bib.pipeline.looking import NO_INDEX, Network  # noqa: E402
from labelled import Labelled, labelled  # noqa: E402
from loopback import Loopback  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from catalogue import Catalogue
    from cite2bib.model import Work

SHARED = Path(os.environ.get("CITE2BIB_SHARED", ROOT.parent / "shared"))
MADE_UP = ("invented", "mixed")
REAL = ("as cited", "real")


def checked(works: Sequence[Work], catalogue: Catalogue) -> tuple[Verdict, ...]:
    """The verdicts on references, by a catalogue on this machine."""
    with Loopback(catalogue) as server, tempfile.TemporaryDirectory() as folder:
        how = http.Settings(cache_path=Path(folder) / "answers.sqlite")
        network = Network(how, sources.configured({}, catalogue.environ(server)))
        return checking.check(works, network=network, index=NO_INDEX).verdicts


def as_read(works: Sequence[Work], style: str) -> tuple[Work, ...]:
    """References as they are read from a list in a style."""
    text = rendering.render(pipeline.named(works), style, "text", sort=False)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paper.txt"
        path.write_text(f"A paper\n\nWe cite.\n\nReferences\n\n{text}", encoding="utf-8")
        return checking.references(pipeline.read([path]).works)


def print_kinds(pairs: Sequence[tuple[Labelled, Verdict]]) -> None:
    """For each kind of reference, how many verdicts are right and what they are."""
    kinds: dict[str, Counter[str]] = defaultdict(Counter)
    right: Counter[str] = Counter()
    for item, verdict in pairs:
        kinds[item.kind][verdict.judgement.value] += 1
        right[item.kind] += verdict.judgement in item.right
    for kind, counts in sorted(kinds.items()):
        told = ", ".join(f"{count} {name}" for name, count in counts.most_common())
        print(f"{right[kind]:4} of {counts.total():4} right  {kind}: {told}")


def print_rates(pairs: Sequence[tuple[Labelled, Verdict]]) -> None:
    """How much is detected, and who is accused wrongly."""

    def flagged(kinds: tuple[str, ...]) -> tuple[int, int]:
        some = [verdict for item, verdict in pairs if item.kind.startswith(kinds)]
        return sum(verdict.is_finding for verdict in some), len(some)

    for label, kinds in (
        ("invented or mixed, detected", MADE_UP),
        ("one detail wrong, detected", ("error", "cited wrongly")),
        ("real, accused", REAL),
    ):
        hits, count = flagged(kinds)
        print(f"{label}: {hits} of {count} ({hits / max(count, 1):.1%})")


def ground(verdict: Verdict) -> str:
    """What a verdict rests on, roughly."""
    if verdict.judgement is Judgement.WRONG:
        names = sorted({part.variable for part in verdict.wrong})
        start = "mixture" if verdict.mixed else "wrong" if verdict.identified else "not identified"
        return f"{start}: {' '.join(names)}"
    return verdict.judgement.value


def print_calibration(pairs: Sequence[tuple[Labelled, Verdict]]) -> None:
    """Confidence beside the share that is right."""
    groups: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for item, verdict in pairs:
        groups[ground(verdict)].append((verdict.confidence, verdict.judgement in item.right))
    error = 0.0
    for name, rows in sorted(groups.items(), key=lambda group: -len(group[1])):
        sure = sum(confidence for confidence, _ in rows) / len(rows)
        share = sum(is_right for _, is_right in rows) / len(rows)
        error += abs(sure - share) * len(rows) / len(pairs)
        print(f"{len(rows):5}  said {sure:.3f}, right {share:.3f}, smoothed {smoothed(rows):.3f}  {name}")
    print(f"expected calibration error over these grounds: {error:.3f}")


def smoothed(rows: Sequence[tuple[float, bool]]) -> float:
    """The share that is right as a cautious reader would have it: one more of each."""
    return (sum(is_right for _, is_right in rows) + 1) / (len(rows) + 2)


def as_lists(styles: Sequence[str], references: Sequence[Labelled], catalogue: Catalogue) -> Iterator[str]:
    """What is said of references that were read from lists in some styles."""
    for style in styles:
        for label, kinds in (("real", ("as cited",)), ("invented or mixed", MADE_UP)):
            works = [item.work.without("DOI", "arxiv") for item in references if item.kind.startswith(kinds)]
            verdicts = checked(as_read(works, style), catalogue)
            counts = Counter(verdict.judgement.value for verdict in verdicts)
            told = ", ".join(f"{count} {name}" for name, count in counts.most_common())
            yield f"{style}, {len(works)} {label}: {told}"


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--text", nargs="*", metavar="STYLE", default=[])
    styles = parser.parse_args().text
    references, catalogue = labelled(SHARED)
    if styles:
        for line in as_lists(styles, references, catalogue):
            print(line)
        return
    pairs = list(zip(references, checked([item.work for item in references], catalogue), strict=True))
    print_kinds(pairs)
    print_rates(pairs)
    print_calibration(pairs)


if __name__ == "__main__":
    main()
