"""What the command costs beside a bare `import click`: `--help`, and the main job without a network.

Run: python bench/startup.py [RUNS]. All sides in turn in one run; medians of wall seconds, quoted as ratios.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
COMMAND = [sys.executable, "-m", "cite2bib"]
CASES = {
    "python -c 'import click'": [sys.executable, "-c", "import click"],
    "cite2bib --help": [*COMMAND, "--help"],
    "cite2bib --offline seeds/": [
        *COMMAND,
        "--offline",
        "-q",
        "--force",
        str(ROOT / "seeds"),
        "-o",
        "refs.bib",
    ],
}


def seconds(arguments: list[str], folder: str, environment: dict[str, str]) -> float:
    """Wall time of one whole process."""
    start = time.perf_counter()
    subprocess.run(arguments, cwd=folder, env=environment, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def main() -> None:
    """Interleave the cases, so that a machine that slows down slows all of them."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "XDG_CACHE_HOME": folder}
        times: dict[str, list[float]] = {name: [] for name in CASES}
        for run in range(runs + 1):
            for name, arguments in CASES.items():
                elapsed = seconds(arguments, folder, environment)
                if run:  # the first warms up
                    times[name].append(elapsed)
    base = statistics.median(times["python -c 'import click'"])
    for name, values in times.items():
        median = statistics.median(values)
        print(f"{median * 1000:8.0f} ms  {median / base:5.2f} x  {name}")


if __name__ == "__main__":
    main()
