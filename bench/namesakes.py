"""What joining mentions costs where thousands of works have one title.

    python bench/namesakes.py 1000 10000 50000
    python bench/namesakes.py 1000 --src ../other/src         another state of the code

CPU time a work, and how many works are left, for made lists: editorials by many people, by one, by nobody; data sets of
one title with a DOI each; one title that is no column; and a mix in which every tenth work has such a title.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from cite2bib.model import Name, Work

_SYLLABLES = "ba de ki lo mu na re si to va che dri fen gol hus jan kle mor pra rus sten tov wil zak".split()
_COMMON = "Smith Garcia Müller Wang Li Zhang Chen Kumar Singh Rossi Ivanov Novak Silva Martin Tanaka Kim Nguyen Cohen".split()
_COLUMNS = (
    "Editorial",
    "Introduction",
    "Book reviews",
    "Letter to the editor",
    "Obituary",
    "Preface",
    "Deep Learning",
)
_JOURNALS = [
    f"Journal of {name}" for name in "Botany Zoology Chemistry Physics Optics Logic Law Ethics".split()
]


def _person(chance: Random) -> Name:
    from cite2bib.model import Name

    made = "".join(chance.choice(_SYLLABLES) for _ in range(chance.randint(2, 3))).capitalize()
    family = chance.choice(_COMMON) if chance.random() < 0.2 else made
    return Name(family, f"{chance.choice('ABCDEFGHJKLMNPRSTVW')}{chance.choice('aeiou')}n")


def _title(chance: Random) -> str:
    if chance.random() < 0.1:
        return chance.choice(_COLUMNS)
    words = ("".join(chance.choice(_SYLLABLES) for _ in range(3)) for _ in range(chance.randint(4, 9)))
    return " ".join(words)


def _work(title: str, authors: int, chance: Random) -> Work:
    from cite2bib.model import Date, Work

    work = Work(type="article-journal").with_field("title", title)
    if authors:
        work = work.with_field("author", tuple(_person(chance) for _ in range(authors)))
    page = chance.randint(1, 2_000)
    said = {
        "container-title": chance.choice(_JOURNALS),
        "volume": f"{chance.randint(1, 90)}",
        "page": f"{page}-{page + 3}",
    }
    for name, value in said.items() if chance.random() < 0.8 else ():
        work = work.with_field(name, value)
    if chance.random() < 0.3:
        work = work.with_field("DOI", f"10.1234/{chance.randrange(10**9)}")
    return work.with_field("issued", Date((chance.randint(1950, 2024),)))


def _by_one(chance: Random) -> Work:
    from cite2bib.model import Name

    return _work("Editorial", 0, chance).with_field("author", (Name("Smith", "Ann"),))


def _data_set(chance: Random) -> Work:
    made = _work("Experimental Crystal Structure Determination", chance.randint(2, 6), chance)
    return made.without("volume", "page").with_field("DOI", f"10.5517/{chance.randrange(10**12)}")


KINDS: dict[str, Callable[[Random], Work]] = {
    "editorials": lambda chance: _work("Editorial", chance.choice((0, 1, 1, 2, 3)), chance),
    "editorials by one": _by_one,
    "editorials by nobody": lambda chance: _work("Editorial", 0, chance),
    "data sets": _data_set,
    "one title": lambda chance: _work("A guide to the light of old halls", chance.choice((0, 1, 1, 2, 3)), chance),
    "mix": lambda chance: _work(_title(chance), chance.choice((0, 1, 2, 3, 5)), chance),
}  # fmt: skip


def main() -> None:
    """The table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("counts", type=int, nargs="+")
    parser.add_argument("--src", type=Path, default=Path(__file__).parent.parent / "src")
    arguments = parser.parse_args()
    sys.path.insert(0, str(arguments.src))
    from cite2bib.resolve.dedupe import dedupe

    print(f"{'works':22} {'count':>7} {'left':>7} {'us a work':>10}")
    for name, make in KINDS.items():
        for count in arguments.counts:
            chance = Random(1)
            works = [make(chance) for _ in range(count)]
            works += chance.choices(works, k=count // 20)
            start = time.process_time()
            left = len(dedupe(works))
            spent = time.process_time() - start
            print(f"{name:22} {count:7} {left:7} {spent / len(works) * 1e6:10.0f}", flush=True)


if __name__ == "__main__":
    main()
