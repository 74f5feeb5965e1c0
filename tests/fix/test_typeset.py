"""What was mended goes through bibtex, biber and pdflatex without the errors it gave before, and without new ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import need
from latex import Outcome, typeset, validated
from mending import fixed, mended

DIRTY = r"""@article{one,
  author = {DOE, JANE and Roe, R. et al.},
  title = {R&D at 5% of \LaTeX users_and #1 for $5},
  journal = {Journal of Things & Matters},
  month = {March},
  pages = {12-20},
  year = {2020},
  volume = {1},
  url = {\url{https://example.org/a\_b}},
}

@article{two,
  author = {Poe, K; Zoe, L.},
  title = {<i>E. coli</i> &amp; H<sub>2</sub>O in Drosophila}
  journal = {Nature},
  year = {2021},
  volume = {2}
  doi = {https://doi.org/10.1000/x_1},
}

@article{two,
  author = {Foe, M.},
  title = {Another Work of {Braces},
  journal = {Science},
  year = {1999},
  volume = {3},
}

@misc{three,
  author = {Moe, N.},
  title = {The third},
  howpublished = {In the files of R&D_x},
  note = {100% true},
  year = {2022},
"""


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    need("pdflatex", "bibtex", "pdftotext")
    return typeset(DIRTY, "plain", "bibtex", tmp_path_factory.mktemp("before"))


@pytest.mark.parametrize("style", ["plain", "abbrv", "alpha", "plainnat"])
def test_bibtex_takes_what_was_mended(style: str, before: Outcome, tmp_path: Path) -> None:
    assert before.errors
    assert before.warnings
    after = typeset(fixed(DIRTY), style, "bibtex", tmp_path, r"\usepackage{url}")
    assert after.errors == []
    assert after.warnings == []
    for said in ("R&D at 5%", "#1 for $5", "LATEX", "E. coli & H2 O in", "100% true", "12–20"):
        assert said in after.text, said


def test_biber_takes_what_was_mended(tmp_path: Path) -> None:
    need("biber")
    warnings = validated(fixed(DIRTY, dialect="biblatex"), tmp_path)
    assert [line for line in warnings if "ERROR" in line] == []


@pytest.mark.slow
@pytest.mark.parametrize("style", ["plain", "plainnat"])
def test_no_file_of_the_corpus_gives_new_errors(style: str, shared: Path, tmp_path: Path) -> None:
    need("pdflatex", "bibtex", "pdftotext")
    for place, path in enumerate(sorted((shared / "bib-corpus").rglob("*.bib"))):
        data = path.read_bytes()
        result = mended(data)
        if len(data) > 120_000 or not result.is_changed or not data.isascii():
            continue
        old, new = (
            typeset(text.decode(), style, "bibtex", tmp_path / f"{place}-{name}", r"\usepackage{url}")
            for name, text in (("old", data), ("new", result.data))
        )
        assert len(new.errors) <= len(old.errors), path
