"""How well printed reference lists are read back: works x styles, rendered by our own engine, wrapped as a page wraps them.

    python bench/reflists.py [--styles FILE] [--works FILE | --sample N --seed N] [--only STYLE] [--faults N]

The works are bench/works.json, or a sample of the .bib files under CITE2BIB_SHARED (default ../shared). A title, a first
author or a year counts where the style prints it; where it prints none, none must be read. The number of references is
that of the wrapped text, without any indent or blank line to help.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
import textwrap
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "src"))

from cite2bib import csl, formats  # noqa: E402
from cite2bib.csl import find, style  # noqa: E402
from cite2bib.csl.render import text  # noqa: E402
from cite2bib.diagnostics import Cite2bibError  # noqa: E402
from cite2bib.extract.reflist import parse_list, split  # noqa: E402
from cite2bib.extract.reflist.core import take_label  # noqa: E402
from cite2bib.letters import fold, words  # noqa: E402
from cite2bib.model import NOWHERE  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cite2bib.model import Work

WIDTH = 86
KINDS = ("title", "first author", "year")


@dataclass
class Tally:
    """What one style's list came to."""

    asked: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    right: dict[str, int] = field(default_factory=lambda: dict.fromkeys(KINDS, 0))
    printed: int = 0
    found: int = 0
    faults: list[str] = field(default_factory=list)

    def note(self, kind: str, expected: str, got: str, reference: str) -> None:
        """Count one answer."""
        self.asked[kind] += 1
        if expected == got:
            self.right[kind] += 1
        else:
            self.faults.append(f"{kind}: {expected!r} is read as {got!r}\n      {reference}")


def sample(count: int, seed: int) -> list[Work]:
    """Works of the shared .bib files that a reference list could hold, whole enough to be printed."""
    folder = Path(os.environ.get("CITE2BIB_SHARED", HERE.parent.parent / "shared")) / "bib-corpus" / "bib"
    found: dict[str, Work] = {}
    for path in sorted(folder.rglob("*.bib")):
        try:
            read = formats.get("bibtex").read(path.read_bytes(), str(path)).works
        except Cite2bibError:
            continue
        found.update({fold(work.text("title")): work for work in read if is_printable(work)})
    drawn = random.Random(seed).sample(list(found.values()), count)
    return [replace(work, id=f"work{number}") for number, work in enumerate(drawn)]


def is_printable(work: Work) -> bool:
    """A title of some words, people with names, a year, and where it appeared."""
    title, people, date = work.text("title"), work.names("author"), work.date()
    placed = any(work.text(name) for name in ("container-title", "publisher", "DOI", "URL", "arxiv"))
    odd = re.search(r"[\\{}$<>~]|&\w+;", title + "".join(name.family + name.given for name in people))
    named = all(len(name.family or name.literal) > 1 for name in people)
    return bool(len(words(title)) > 1 and people and named and date and date.year and placed and not odd)


def listed(name: str, works: list[Work]) -> list[str]:
    """The list as the style prints it, a line for each work; notes where the style has no list."""
    found = find.find(name)
    parsed = style.parse(found.text, str(found.path))
    if "<bibliography" in found.text:
        rendered = csl.cite(parsed, works, (), lang=found.locale)
        single = (rendered._replace(entries=[entry]) for entry in rendered.entries)
        return [" ".join(text.bibliography(one).split()) for one in single]
    lines = []
    for number, work in enumerate(works, 1):
        cluster = csl.Cluster((csl.Cite(str(work.id)),), number)
        tokens = csl.cite(parsed, [work], [cluster], lang=found.locale).citations[0]
        lines.append(f"{number}. {' '.join(text.citation(tokens).split())}")
    return lines


def measured(lines: list[str], works: list[Work]) -> Tally:
    """What is read back from the lines."""
    tally = Tally(printed=len(lines))
    wrapped = "\n".join(textwrap.fill(line, WIDTH, break_long_words=False) for line in lines)
    got = [fold(item.text) for item in split(wrapped)]
    tally.found = len(got)
    whole = {fold(take_label(line)[1]) for line in lines}
    tally.faults += [f"split: {item}" for item in got if item not in whole]
    for line, read in zip(lines, parse_list(lines, [NOWHERE] * len(lines)), strict=True):
        work = printed_of(line, works)
        if work:
            compared(tally, line, work, read)
    return tally


def printed_of(line: str, works: Iterable[Work]) -> Work | None:
    """The work that a line prints: the one most of whose words it holds."""
    said = set(words(line))

    def share(work: Work) -> float:
        people = " ".join(name.family or name.literal for name in work.names("author"))
        own = {*words(work.text("title")), *words(people), *words(work.text("container-title"))}
        return len(own & said) / len(own) + 0.01 * len(own & said)

    return max(works, key=share, default=None)


def compared(tally: Tally, line: str, work: Work, read: Work) -> None:
    """Hold what is read in a line against what it prints of a work."""
    said = fold(line)
    title = fold(work.text("title"))
    tally.note("title", title if title in said else "", fold(read.text("title")), line)
    first = work.names("author")[0]
    family = fold(first.family or first.literal)
    got = next(iter(read.names("author")), None)
    shown = fold(got.family or got.literal) if got else ""
    whole = fold(f"{first.particle} {first.family}")
    tally.note("first author", family if family in said else "", family if shown == whole else shown, line)
    date, other = work.date(), read.date()
    year = str(date.year) if date else ""
    tally.note("year", year if year in said else "", str(other.year or "") if other else "", line)


def options() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--styles", default=str(HERE / "reflist_styles.txt"), help="a file of style names")
    parser.add_argument("--works", default=str(HERE / "works.json"), help="a CSL-JSON file")
    parser.add_argument("--sample", type=int, default=0, help="so many works of the shared .bib files")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", help="one style")
    parser.add_argument("--faults", type=int, default=0, help="print so many of each style")
    return parser.parse_args()


def chosen_works(chosen: argparse.Namespace) -> list[Work]:
    """The works that the options name."""
    if chosen.sample:
        return sample(chosen.sample, chosen.seed)
    read = formats.get("csljson").read(Path(chosen.works).read_bytes(), chosen.works).works
    return [work for work in read if work.text("title") and work.names("author") and work.date()]


def row(name: str, tally: Tally) -> str:
    """A line of the table."""
    shares = "  ".join(f"{100 * tally.right[kind] / max(1, tally.asked[kind]):6.1f}" for kind in KINDS)
    return f"{shares}  {tally.found:3d} of {tally.printed:3d}  {name}"


def main() -> None:
    """Render, read back, and print a table."""
    chosen = options()
    works = chosen_works(chosen)
    names = [chosen.only] if chosen.only else Path(chosen.styles).read_text(encoding="utf-8").split()
    total, counted = Tally(), 0
    for name in names:
        tally = measured(listed(name, works), works)
        print(row(name, tally), flush=True)
        for fault in tally.faults[: chosen.faults]:
            print(f"    {fault}")
        counted += tally.found == tally.printed
        total.printed, total.found = total.printed + tally.printed, total.found + tally.found
        for kind in KINDS:
            total.asked[kind] += tally.asked[kind]
            total.right[kind] += tally.right[kind]
    print(row(f"all; the number of references right in {counted} of {len(names)}", total))


if __name__ == "__main__":
    main()
