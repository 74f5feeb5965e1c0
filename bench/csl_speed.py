"""How long bibliographies take: ours, citeproc-js, citeproc-py and pandoc on the same items, in one run.

    npm install                     (in this folder, once)
    python bench/csl_speed.py [--counts 1000 10000] [--styles apa ...] [--same] [--limit SECONDS]

CPU seconds of a process each, its start included; `--same` has few authors and years, disambiguation at its worst.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from reference import HERE, locales

from cite2bib.csl import find

STYLES = ("apa", "ieee", "chicago-author-date", "nature", "nlm-citation-sequence")
SOURCE = str(HERE.parent / "src")
WORDS = (
    "analysis deep learning systems of the on theory large scale neural networks quantum field models for language "
    "graphs data structure protein cell climate economic networks vision with attention and optimal control in time"
).split()
FAMILIES = "Smith Johnson Zhang Müller García Kim Nguyen Ivanova Rossi Silva Tanaka Okafor Dubois Novak Haddad".split()
GIVEN = (
    "Ada Alan Barbara Claude Donald Edsger Frances Grace Hedy John Katherine Leslie Margaret Niklaus".split()
)

OURS = """
import sys; sys.path.insert(0, sys.argv[4])
from cite2bib import csl, formats
from cite2bib.csl import find, style
from cite2bib.csl.render import render
works = formats.get("csljson").read(open(sys.argv[1], "rb").read(), sys.argv[1]).works
found = find.find(sys.argv[2])
open(sys.argv[3], "w").write(render(csl.cite(style.parse(found.text), works), "text"))
"""
PYTHON = """
import json, sys, warnings; warnings.simplefilter("ignore")
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
items = json.load(open(sys.argv[1]))
bibliography = CitationStylesBibliography(
    CitationStylesStyle(sys.argv[2], validate=False), CiteProcJSON(items), formatter.plain
)
for item in items:
    bibliography.register(Citation([CitationItem(item["id"])]))
bibliography.sort()
open(sys.argv[3], "w").write("\\n".join(map(str, bibliography.bibliography())))
"""
NODE = """
const fs = require("fs"), CSL = require(process.argv[5]);
const items = new Map(JSON.parse(fs.readFileSync(process.argv[2])).map((work) => [work.id, work]));
const locales = JSON.parse(fs.readFileSync(process.argv[6]));
const sys = { retrieveLocale: (lang) => locales[lang] || locales["en-US"], retrieveItem: (id) => items.get(id) };
const engine = new CSL.Engine(sys, fs.readFileSync(process.argv[3], "utf8"));
engine.setOutputFormat("text");
engine.updateItems([...items.keys()]);
fs.writeFileSync(process.argv[4], engine.makeBibliography()[1].join(""));
"""


def items(count: int, *, same: bool) -> list[dict[str, Any]]:
    """Articles, papers and books by made-up people."""
    choose = random.Random(1)
    return [_item(number, choose, same=same) for number in range(count)]


def _item(number: int, choose: random.Random, *, same: bool) -> dict[str, Any]:
    def person() -> dict[str, str]:
        if same:
            return {"family": choose.choice(FAMILIES[:4]), "given": choose.choice(GIVEN[:3])}
        return {
            "family": choose.choice(FAMILIES) + choose.choice(["", "son", "ova", "-Lee"]),
            "given": f"{choose.choice(GIVEN)} {choose.choice('ABCDEFGH')}.",
        }

    year = choose.randint(2018, 2020) if same else choose.randint(1960, 2025)
    return {
        "id": f"w{number}",
        "type": choose.choice(["article-journal", "paper-conference", "book"]),
        "title": " ".join(choose.choice(WORDS) for _ in range(choose.randint(4, 12))).capitalize(),
        "author": [person() for _ in range(choose.choice([1, 2, 3, 3, 4, 8]))],
        "issued": {"date-parts": [[year, choose.randint(1, 12)]]},
        "container-title": f"Journal of {choose.choice(WORDS)} {choose.choice(WORDS)}".title(),
        "volume": str(choose.randint(1, 90)),
        "issue": str(choose.randint(1, 12)),
        "page": f"{(start := choose.randint(1, 900))}-{start + choose.randint(1, 40)}",
        "publisher": "Springer",
        "DOI": f"10.1234/w.{number}",
    }


def seconds(command: list[str], limit: float) -> tuple[float, float]:
    """CPU seconds and peak memory in MB of a process and its children; infinite when it fails or takes too long."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=limit)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return float("inf"), float("nan")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, after.ru_maxrss / 1024


def commands(style: str, source: Path, folder: Path) -> dict[str, list[str]]:
    """How each program is asked for the same bibliography."""
    path, out = str(find.find(style).path), str(folder / "out.txt")
    languages = folder / "locales.json"
    languages.write_text(json.dumps(locales()), encoding="utf-8")
    asked = {
        "cite2bib": [sys.executable, "-c", OURS, str(source), style, out, SOURCE],
        "citeproc-js": [
            "node",
            "-e",
            NODE,
            "x",
            str(source),
            path,
            out,
            str(HERE / "node_modules/citeproc"),
            str(languages),
        ],
        "citeproc-py": [sys.executable, "-c", PYTHON, str(source), path, out],
    }
    if shutil.which("pandoc"):
        note = folder / "all.md"
        note.write_text("---\nnocite: '@*'\n---\n", encoding="utf-8")
        asked["pandoc"] = [
            "pandoc",
            "--citeproc",
            f"--bibliography={source}",
            f"--csl={path}",
            "-t",
            "plain",
            "-o",
            out,
            str(note),
        ]
    return asked


def options() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--counts", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--styles", nargs="+", default=list(STYLES))
    parser.add_argument("--same", action="store_true", help="few authors, few years")
    parser.add_argument("--limit", type=float, default=60, help="seconds of patience with each")
    parser.add_argument("--only", nargs="+", help="these programs")
    return parser.parse_args()


def main() -> None:
    """Measure, and print seconds and ratios."""
    chosen = options()
    os.environ["NODE_OPTIONS"] = "--max-old-space-size=8192"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for count in chosen.counts:
            source = folder / f"{count}.json"
            source.write_text(json.dumps(items(count, same=chosen.same)), encoding="utf-8")
            for style in chosen.styles:
                _row(style, count, commands(style, source, folder), chosen)


def _row(style: str, count: int, asked: dict[str, list[str]], chosen: argparse.Namespace) -> None:
    taken = {
        program: seconds(command, chosen.limit)
        for program, command in asked.items()
        if not chosen.only or program in chosen.only
    }
    own = taken.get("cite2bib", (float("nan"), 0))[0]
    cells = [
        f"{program} {value:6.2f} s" + (f" (x{value / own:.1f})" if program != "cite2bib" else "")
        for program, (value, _) in taken.items()
    ]
    print(f"{style:24} {count:6d}  " + "   ".join(cells), flush=True)


if __name__ == "__main__":
    main()
