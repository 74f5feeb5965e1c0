"""How fast `cite2bib fix --check` goes over a .bib that is in order, against bibtexparser's reading and writing of the same file.

    python bench/fix_check.py [--size 10]

Each measurement is a process of its own, the fastest of three by CPU time. The file is that of `bib_reading.py`, mended before, so that the
rules look at everything and find nothing.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

import bib_reading
import processes

TASKS = ("fix --check", "blocks", "bibtexparser")


def prepared(task: str):  # noqa: ANN201 - a function of bytes
    """The function that is measured, with all its imports done."""
    if task == "bibtexparser":
        import bibtexparser

        return lambda data: bibtexparser.write_string(bibtexparser.parse_string(data.decode()))
    from cite2bib.fix import chosen
    from cite2bib.fix.entries import File
    from cite2bib.fix.rounds import findings
    from cite2bib.formats.bibtex import syntax

    if task == "blocks":
        return syntax.read
    rules = chosen((), ())

    def check(data: bytes) -> bool:
        assert not findings(File(syntax.read(data)), rules)
        return True

    return check


def work(task: str, path: Path) -> None:
    """One measurement, in this process."""
    run = prepared(task)
    data = path.read_bytes()
    start = time.process_time()
    assert run(data)
    print(json.dumps(time.process_time() - start))


def measured(task: str, path: Path) -> float:
    """The least CPU seconds of three processes."""
    return min(processes.results(__file__, task, path))


def mended(path: Path) -> int:
    """Mend the file, and count its entries."""
    sys.path.insert(0, str(processes.SOURCE))
    from cite2bib.fix import chosen, mend
    from cite2bib.formats.bibtex import syntax

    result = mend(syntax.read(path.read_bytes()), chosen((), ()))
    path.write_bytes(result.data)
    return sum(1 for _ in result.after.entries())


def main() -> None:
    """Print seconds, entries a second, and the ratio to bibtexparser."""
    parser = processes.parser(__doc__, TASKS)
    parser.add_argument("--size", type=int, default=10, help="megabytes")
    options = parser.parse_args()
    if options.task:
        work(options.task, options.file)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "refs.bib")
        bib_reading.make(path, options.size)
        entries = mended(path)
        found = {task: measured(task, path) for task in TASKS}
    print(
        f"{options.size} MB, {entries} entries{'seconds':>12}{'entries/s':>12}{'times faster than bibtexparser':>34}"
    )
    for task, seconds in found.items():
        print(f"{task:<22}{seconds:>12.2f}{entries / seconds:>12.0f}{found['bibtexparser'] / seconds:>34.1f}")


if __name__ == "__main__":
    main()
