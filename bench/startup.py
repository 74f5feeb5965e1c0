"""What the command costs beside a bare `import click`: its start, ten works rendered, and the main job without a network.

    python bench/startup.py [--runs N] [--python VENV/bin/python]

Without `--python` the checkout is run, with it the package that is installed there: `pip install .` into a fresh
environment is what users have. All sides in one run, in another order in each round, compiled modules on disk, no cache of answers; medians of CPU
and wall time, and of their ratios, round by round, to the bare `import click` and, CPU, to the command's own bare starts: a
machine that slows down for a while slows down both sides of a round.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parent.parent
STARTS = ("cite2bib --version", "cite2bib --help")
STYLES = ("apa", "ieee", "nature", "nlm-citation-sequence", "chicago-author-date")
WORKS = 10
CASES = {
    "python -c 'import click'": ["-c", "import click"],
    **{start: ["-m", *start.split()] for start in STARTS},
    **{
        f"cite2bib render ten.bib --style {style}": ["-m", "cite2bib", "render", "ten.bib", "--style", style]
        for style in STYLES
    },
    "cite2bib render ten.json --style apa": ["-m", "cite2bib", "render", "ten.json", "--style", "apa"],
    "cite2bib ten.bib --style apa": ["-m", "cite2bib", "ten.bib", "--style", "apa", "-q"],
    "cite2bib --offline seeds/ -o refs.bib": [
        *("-m", "cite2bib", "--offline", "seeds", "-o", "refs.bib", "-q"),
    ],
}


class Cost(NamedTuple):
    """Seconds of one whole process."""

    cpu: float
    wall: float


def cost(command: list[str], folder: str, environment: dict[str, str]) -> Cost:
    """Run a command to its end."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Cost(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall)


def environment(folder: str, *, checkout: bool) -> dict[str, str]:
    """Ours, but with compiled modules, and without answers that were kept."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    kept.pop("PYTHONPATH", None)
    if checkout:
        kept |= {"PYTHONPATH": str(ROOT / "src"), "PYTHONPYCACHEPREFIX": str(Path(folder, "compiled"))}
    return {**kept, "XDG_CACHE_HOME": str(Path(folder, "cache"))}


def make_lists(python: str, folder: str, around: dict[str, str]) -> None:
    """The first works of the list that all benchmarks of styles render, as CSL-JSON and as a .bib."""
    works = json.loads((ROOT / "bench" / "works.json").read_text(encoding="utf-8"))[:WORKS]
    Path(folder, "ten.json").write_text(json.dumps(works, ensure_ascii=False), encoding="utf-8")
    making = [python, "-m", "cite2bib", "--offline", "-q", "ten.json", "-o", "ten.bib"]
    subprocess.run(making, cwd=folder, env=around, check=True)


def measured(python: str, runs: int, *, checkout: bool) -> dict[str, list[Cost]]:
    """Interleave the cases, so that a machine that slows down slows all of them."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "seeds", Path(folder, "seeds"))
        shutil.copy(ROOT / "cite2bib.lock", folder)
        around = environment(folder, checkout=checkout)
        make_lists(python, folder, around)
        found: dict[str, list[Cost]] = {name: [] for name in CASES}
        for run in range(runs + 1):
            for name, arguments in random.Random(run).sample([*CASES.items()], len(CASES)):
                Path(folder, "refs.bib").unlink(missing_ok=True)  # or its keys would be read first
                taken = cost([python, *arguments], folder, around)
                if run:  # the first warms up
                    found[name].append(taken)
    return found


def main() -> None:
    """Print what each case takes, and how many times the first."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--python", default="", help="an interpreter with the package installed")
    options = parser.parse_args()
    found = measured(options.python or sys.executable, options.runs, checkout=not options.python)
    base = next(iter(found.values()))
    print(f"{'CPU':>9}{'click':>9}{'--version':>11}{'--help':>8}{'wall':>10}{'click':>9}")
    for name, costs in found.items():
        middle = Cost(*map(statistics.median, zip(*costs, strict=True)))
        cpu, wall = times(costs, base)
        own = "".join(f"{times(costs, found[start]).cpu:6.2f} x " for start in STARTS)
        print(
            f"{middle.cpu * 1000:6.0f} ms {cpu:6.2f} x  {own} {middle.wall * 1000:6.0f} ms {wall:6.2f} x  {name}"
        )


def times(costs: list[Cost], base: list[Cost]) -> Cost:
    """How many times the cost of another case, in the middle of all rounds."""
    ratios = [(one.cpu / other.cpu, one.wall / other.wall) for one, other in zip(costs, base, strict=True)]
    return Cost(*map(statistics.median, zip(*ratios, strict=True)))


if __name__ == "__main__":
    main()
