"""What a run loads is what it costs: a few works are rendered in the time that loading takes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import cite2bib

_RUN = """
import sys
from cite2bib.cli import main
try:
    main()
finally:
    print(*sys.modules, file=sys.stderr)
"""
_HEAVY = {
    "lxml",
    "pyuca",
    "requests",
    "rich",
    "yaml",
    "bibtexparser",
    "pylatexenc",
    "citeproc",
    "spellchecker",
}


def _loaded(*arguments: str | Path) -> set[str]:
    environment = {**os.environ, "PYTHONPATH": str(Path(cite2bib.__file__).parents[1])}
    command = [sys.executable, "-c", _RUN, *map(str, arguments)]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=True)
    return set(run.stderr.split())


@pytest.fixture
def bib(tmp_path: Path) -> Path:
    path = tmp_path / "refs.bib"
    path.write_text(
        "@book{one,\n  author = {Достоевский, Фёдор},\n  title = {Идиот},\n  year = {1869},\n}\n"
        "@article{two,\n  author = {Doe, Jane},\n  title = {A title},\n  pages = {1--3},\n  year = {2020},\n}\n",
        encoding="utf-8",
    )
    return path


_UNNEEDED = {
    *("cite2bib.pipeline.looking", "cite2bib.pipeline.typesetting", "cite2bib.pipeline.saving"),
    *("cite2bib.resolve.keys", "cite2bib.csl.catalog", "cite2bib.csl.collapse", "cite2bib.csl.positions"),
    *("json", "dataclasses", "pathlib", "urllib.parse"),
}


@pytest.mark.parametrize("style", ["apa", "ieee", "chicago-author-date"])
@pytest.mark.parametrize("command", [["render"], []])
def test_rendering_loads_what_it_needs(command: list[str], style: str, bib: Path) -> None:
    first = _loaded(*command, bib, "--style", style)
    assert {"cite2bib.csl.passes", "cite2bib.csl.xmlread"} <= first
    again = _loaded(*command, bib, "--style", style)  # the style is kept by now
    assert "cite2bib.csl.passes" in again
    assert not (_HEAVY | _UNNEEDED | {"cite2bib.csl.xmlread", "cite2bib.csl.style"}) & again


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_the_bare_start_loads_no_engine(option: str) -> None:
    loaded = _loaded(option)
    assert not (_HEAVY | {"cite2bib.model", "cite2bib.pipeline", "cite2bib.csl"}) & loaded
