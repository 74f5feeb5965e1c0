"""LaTeX takes what we write without a word, and each title can be read in the PDF."""

from __future__ import annotations

from pathlib import Path

import pytest

from bibtex_works import nasty_works, seed_works
from cite2bib.formats import get
from conftest import need
from latex import typeset, validated

STYLES = [
    *((style, "bibtex") for style in ("plain", "abbrv", "alpha", "unsrt", "IEEEtran", "plainnat", "acm")),
    *((style, "biber") for style in ("numeric", "authoryear")),
]
# Symbols that pdftotext gives other names than Unicode's romanisation does.
SYMBOLS = frozenset("αΓ→≤Σ⊕★ℏΩ‖한РℝΩ")


@pytest.mark.parametrize(("style", "program"), STYLES)
def test_the_seeds_in_every_style(style: str, program: str, shared: Path, tmp_path: Path) -> None:
    need("pdflatex", program, "pdftotext")
    works = seed_works(shared)
    assert len(works) >= 275
    written = get("biblatex" if program == "biber" else "bibtex").write(works)
    outcome = typeset(written.text, style, program, tmp_path)
    assert (outcome.warnings, outcome.errors) == ([], [])
    assert outcome.unreadable(work.text("title") for work in works) == []


@pytest.mark.parametrize(("style", "program"), STYLES)
def test_nasty_works_in_every_style(style: str, program: str, tmp_path: Path) -> None:
    need("pdflatex", program, "pdftotext")
    works = nasty_works()
    written = get("biblatex" if program == "biber" else "bibtex").write(works)
    outcome = typeset(written.text, style, program, tmp_path)
    assert (outcome.warnings, outcome.errors) == ([], [])
    titles = {work.text("title") for work in works if not SYMBOLS & set(work.text("title"))}
    assert [title for title in outcome.unreadable(titles) if "\\" not in title] == []


def test_biblatex_s_data_model_misses_nothing_but_dates(shared: Path, tmp_path: Path) -> None:
    need("biber")
    works = [work for work in seed_works(shared) if "issued" in work]
    assert len(works) > 100
    assert validated(get("biblatex").write(works).text, tmp_path) == []
    nasty = validated(get("biblatex").write(nasty_works()).text, tmp_path)
    assert [line for line in nasty if "Missing mandatory field" not in line] == []
