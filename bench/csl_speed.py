"""Whole bibliographies by cite2bib, citeproc-js, citeproc-py and pandoc: the same works, the same styles, one run.

    npm ci                          (in this folder, once)
    python bench/csl_speed.py [--quick] [--sizes 1000,10000] [--styles apa,ieee] [--peers citeproc-js,pandoc] [--limit S]

Every cell is one process, from its start to its end, in CPU seconds (user and system, children included), as the system
counts them. A peer that needs more than the limit is ended and quoted as over it. Memory is our process's peak.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from csl_lists import alike, varied

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "src"))  # the checkout's own package

from cite2bib.csl import find  # noqa: E402

STYLES = ("apa", "ieee", "chicago-author-date", "nature", "nlm-citation-sequence")
PEERS = ("citeproc-js", "citeproc-py", "pandoc")
OURS = "cite2bib"
_PER_MB = 1024 * (1024 if sys.platform == "darwin" else 1)  # ru_maxrss is in bytes there, in KB elsewhere
_STARTS = 9


class Cost(NamedTuple):
    """What one process took."""

    cpu_s: float
    memory_mb: float
    ended: bool  # by the limit, so it would have taken more
    failed: bool

    def text(self) -> str:
        """Seconds for a table."""
        return "failed" if self.failed else f"{'over ' * self.ended}{self.cpu_s:.2f}"


def cost(command: list[str], limit_s: int = 100_000, **environment: str) -> Cost:
    """Run a command and ask the system what it and its children took."""
    limited = ["sh", "-c", f'ulimit -t {limit_s}; exec "$@"', "sh", *command]
    process = subprocess.Popen(
        limited,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    taken = usage.ru_utime + usage.ru_stime
    ended = process.returncode != 0 and taken > 0.9 * limit_s
    return Cost(taken, usage.ru_maxrss / _PER_MB, ended, process.returncode != 0 and not ended)


def command(side: str, style: Path, works: Path) -> list[str]:
    """How a side is started."""
    if side != "pandoc":
        return [sys.executable, str(HERE / "csl_sides.py"), side, str(style), str(works)]
    document = works.with_suffix(".md")
    document.write_text("---\nnocite: '@*'\n---\n", encoding="utf-8")
    return ["pandoc", "--citeproc", f"--csl={style}", f"--bibliography={works}", "-t", "plain", str(document)]


def write(folder: Path, name: str, works: list[dict[str, object]]) -> Path:
    """A list as a file that all sides read."""
    path = folder / f"{name}.json"
    path.write_text(json.dumps(works), encoding="utf-8")
    return path


def plain_style(name: str, folder: Path) -> Path:
    """The style's own file, where all sides read the same one."""
    path = folder / f"{name}.csl"
    path.write_bytes(Path(find.find(name).path).read_bytes())
    return path


def against(cell: Cost, ours: Cost) -> str:
    """How many times what we take."""
    if cell.failed or ours.failed:
        return "failed"
    return f"{'over ' * cell.ended}{cell.cpu_s / ours.cpu_s:.1f} x"


def lists(chosen: argparse.Namespace, folder: Path) -> None:
    """The table of lists by style."""
    sets = [("varied", size) for size in chosen.sizes] + [("alike", size) for size in chosen.sizes[-1:]]
    print(
        "| style | works | cite2bib, s | growth | memory, MB |"
        + "".join(f" {peer} |" for peer in chosen.peers)
    )
    print("|---|---|---|---|---|" + "---|" * len(chosen.peers))
    for style in chosen.styles:
        first: tuple[int, Cost] | None = None
        for kind, size in sets:
            works = write(folder, f"{kind}{size}", (varied if kind == "varied" else alike)(size))
            path = plain_style(style, folder)
            ours = cost(command(OURS, path, works))
            first = first or (size, ours)
            grown = (
                f"{ours.cpu_s / first[1].cpu_s:.1f} for {size / first[0]:.0f} x" if size > first[0] else ""
            )
            cells = [against(cost(command(peer, path, works), chosen.limit), ours) for peer in chosen.peers]
            row = [style, f"{size:,} {kind}", ours.text(), grown, f"{ours.memory_mb:.0f}", *cells]
            print(f"| {' | '.join(row)} |", flush=True)


def starts(folder: Path) -> None:
    """A few works through the whole command beside the command's bare start; medians."""
    few = {}
    for count in (1, 10):
        works = [work for work in varied(200) if work["type"] == "article-journal"][:count]
        few[count] = folder / f"few{count}.bib"
        few[count].write_text("".join(map(entry, works)), encoding="utf-8")
    bare = [sys.executable, "-m", "cite2bib"]
    cases = {
        "python -c 'import click'": [sys.executable, "-c", "import click"],
        "cite2bib --version": [*bare, "--version"],
        **{f"render, {n} works": [*bare, "render", str(path), "--style", "apa"] for n, path in few.items()},
    }
    environment = {"PYTHONPATH": str(HERE.parent / "src")}
    taken: dict[str, list[float]] = {name: [] for name in cases}
    for run in range(_STARTS + 1):
        for name, case in cases.items():
            measured = cost(case, **environment).cpu_s
            if run:  # the first writes the bytecode
                taken[name].append(measured)
    medians = {name: statistics.median(values) for name, values in taken.items()}
    print("\n| process | CPU s | of the bare start |\n|---|---|---|")
    for name, median in medians.items():
        print(f"| {name} | {median:.3f} | {median / medians['cite2bib --version']:.2f} x |")


def entry(work: dict[str, object]) -> str:
    """An article as BibTeX."""
    people = work["author"]
    assert isinstance(people, list)
    authors = " and ".join(f"{name['family']}, {name['given']}" for name in people if "family" in name)
    title = re.sub(r"[^\w ]", "", str(work["title"]))
    return (
        f"@article{{{work['id']}, author = {{{authors}}}, title = {{{title}}}, year = {{2020}}, "
        f"journal = {{{work.get('container-title', 'Nature')}}}, volume = {{{work.get('volume', 1)}}}}}\n"
    )


def options() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", default="1000,10000", help="numbers of works, parted by commas")
    parser.add_argument("--styles", default=",".join(STYLES), help="names of styles, parted by commas")
    parser.add_argument("--peers", default=",".join(PEERS), help="peers, parted by commas; `none` for none")
    parser.add_argument("--limit", type=int, default=600, help="CPU seconds for a peer's cell")
    parser.add_argument(
        "--quick", action="store_true", help="100 and 1,000 works, and 20 s for a peer's cell"
    )
    chosen = parser.parse_args()
    chosen.sizes = [100, 1000] if chosen.quick else sorted(map(int, chosen.sizes.split(",")))
    chosen.limit = min(chosen.limit, 20) if chosen.quick else chosen.limit
    chosen.styles = chosen.styles.split(",")
    chosen.peers = [peer for peer in chosen.peers.split(",") if peer != "none"]
    return chosen


def main() -> None:
    """Both tables."""
    chosen = options()
    with tempfile.TemporaryDirectory() as folder:
        # As installed, where bytecode is kept.
        os.environ |= {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": f"{folder}/bytecode"}
        cost(command(OURS, plain_style("apa", Path(folder)), write(Path(folder), "one", varied(1))))
        lists(chosen, Path(folder))
        starts(Path(folder))


if __name__ == "__main__":
    main()
