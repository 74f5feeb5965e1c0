"""How fast a .bib becomes blocks and entries, against bibtexparser 2 and pybtex on the same file, in one run.

    python bench/bib_reading.py [--sizes 1 10 100] [--slow]

Each measurement is a process of its own (its peak of memory is its own), the fastest of three by CPU time. `blocks` is
`syntax.split`; `fields` also asks each entry for its names and values, which is what bibtexparser's splitter gives; `edit`
writes the file again with one field changed; `convert` goes through it in pieces and writes JSON lines, keeping nothing.
"""

from __future__ import annotations

import json
import os
import random
import resource
import tempfile
import time
from pathlib import Path

import processes

WORDS = 'deep learning of large models for the analysis with data from neural sparse graph optimal kernels in Bayes {DNA} G{\\"o}del'.split()
PLAIN = [word for word in WORDS if word.isalpha()]
TASKS = (
    "read",
    "blocks",
    "fields",
    "edit",
    "works",
    "convert",
    "bibtexparser split",
    "bibtexparser",
    "pybtex",
)
SLOW = {"works", "convert", "bibtexparser", "pybtex"}  # minutes at 100 MB


def entry(number: int, chance: random.Random) -> str:
    """An entry as publishers export them, with an abstract in every third."""
    title = " ".join(chance.choices(WORDS, k=9))
    names = " and ".join(f"{chance.choice(PLAIN).title()}, {letter}." for letter in "ABC"[: number % 3 + 1])
    abstract = f"  abstract = {{{' '.join(chance.choices(WORDS, k=120))}}},\n" if number % 3 == 0 else ""
    return (
        f"@article{{key{number},\n  author = {{{names}}},\n  title = {{{title}}},\n  journal = {{Journal of {chance.choice(PLAIN)}}},\n"
        f'  year = {{{1990 + number % 35}}},\n  volume = {number % 90},\n  number = "{number % 12}",\n  pages = {{{number}--{number + 9}}},\n'
        f"  month = jan,\n  doi = {{10.1000/x.{number}}},\n  url = {{https://example.org/a_b?c={number}}},\n{abstract}}}\n\n"
    )


def make(path: Path, megabytes: int) -> None:
    """A file of about that size, the same each time."""
    chance = random.Random(1)
    size, number = 0, 0
    with path.open("w", encoding="utf-8") as out:
        while size < megabytes * 1_000_000:
            text = "".join(entry(number + step, chance) for step in range(500))
            size += out.write(text)
            number += 500


def work(task: str, path: Path) -> None:
    """One measurement, in this process: CPU seconds and peak memory in MB, as JSON."""
    run = prepared(task)
    start = time.process_time()
    kept = run(path if task == "convert" else path.read_bytes())
    seconds = time.process_time() - start
    assert kept
    print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))


def convert(path: Path) -> int:
    """A .bib to JSON lines as a stream: how many works there were."""
    from itertools import islice

    from cite2bib.formats import WriteOptions, get
    from cite2bib.formats.bibtex import streaming

    works, count = streaming.works(path, []), 0
    with Path(os.devnull).open("w", encoding="utf-8") as out:
        while batch := list(islice(works, 1_000)):
            out.write(get("jsonl").write(batch, WriteOptions(losses=False)).text)
            count += len(batch)
    return count


def prepared(task: str):  # noqa: ANN201 - a function of bytes
    """The function that is measured, with all its imports done."""
    if task == "convert":
        return convert
    if task.startswith("bibtexparser"):
        import bibtexparser

        stack = [] if task.endswith("split") else None
        return lambda data: bibtexparser.parse_string(data.decode(), parse_stack=stack)
    if task == "pybtex":
        from pybtex.database import parse_string

        return lambda data: parse_string(data.decode(), "bibtex")
    from cite2bib.formats.bibtex import syntax
    from cite2bib.formats.bibtex.reading import read_works

    def fields(data: bytes) -> object:
        bib = syntax.read(data)
        return bib, [syntax.values(bib.text, block) for block in bib.blocks]

    def edit(data: bytes) -> bytes:
        bib = syntax.read(data)
        item = bib.assignments(next(bib.entries()))[0]
        return bib.edited([syntax.Edit(item.value_start, item.end, "{changed}")])

    return {
        "read": bytes.decode,
        "blocks": syntax.read,
        "fields": fields,
        "edit": edit,
        "works": lambda data: read_works(data, "x"),
    }[task]


def measured(task: str, path: Path) -> tuple[float, float]:
    """The least CPU seconds and memory of three processes."""
    runs = processes.results(__file__, task, path)
    return min(run[0] for run in runs), min(run[1] for run in runs)


def main() -> None:
    """Print a table for each size."""
    parser = processes.parser(__doc__, TASKS)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1, 10])
    parser.add_argument("--slow", action="store_true", help="the slow ones on files of 100 MB too")
    options = parser.parse_args()
    if options.task:
        work(options.task, options.file)
        return
    with tempfile.TemporaryDirectory() as folder:
        for size in options.sizes:
            path = Path(folder, f"{size}.bib")
            make(path, size)
            compare(path, size, [task for task in TASKS if size < 100 or options.slow or task not in SLOW])


def compare(path: Path, size: int, tasks: list[str]) -> None:
    """Measure each task on one file and print how they compare."""
    found = {task: measured(task, path) for task in tasks}
    megabytes = path.stat().st_size / 1e6
    base = found["fields"][0]
    print(f"\n{size} MB{'MB/s':>26}{'memory / file':>16}{'times `fields`':>16}")
    for task, (seconds, memory) in found.items():
        print(f"{task:<22}{megabytes / seconds:>12.1f}{memory / megabytes:>16.1f}{seconds / base:>16.2f}")


if __name__ == "__main__":
    main()
