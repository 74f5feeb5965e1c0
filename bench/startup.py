"""What the command costs beside a bare `import click`: `--help`, and the main job without a network.

    python bench/startup.py [--runs N] [--python VENV/bin/python]

Without `--python` the checkout is run, with it the package that is installed there: `pip install .` into a fresh
environment is what users have. All sides in turn in one run, compiled modules on disk, no cache of answers; medians of CPU
and wall time, quoted as ratios.
"""

from __future__ import annotations

import argparse
import os
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
CASES = {
    "python -c 'import click'": ["-c", "import click"],
    "cite2bib --help": ["-m", "cite2bib", "--help"],
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


def measured(python: str, runs: int, *, checkout: bool) -> dict[str, list[Cost]]:
    """Interleave the cases, so that a machine that slows down slows all of them."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(ROOT / "seeds", Path(folder, "seeds"))
        shutil.copy(ROOT / "cite2bib.lock", folder)
        around = environment(folder, checkout=checkout)
        found: dict[str, list[Cost]] = {name: [] for name in CASES}
        for run in range(runs + 1):
            for name, arguments in CASES.items():
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
    middle = {name: Cost(*map(statistics.median, zip(*costs, strict=True))) for name, costs in found.items()}
    base = next(iter(middle.values()))
    print(f"{'CPU':>9}{'wall':>19}")
    for name, (cpu, wall) in middle.items():
        print(
            f"{cpu * 1000:6.0f} ms {cpu / base.cpu:5.2f} x {wall * 1000:6.0f} ms {wall / base.wall:5.2f} x  {name}"
        )


if __name__ == "__main__":
    main()
