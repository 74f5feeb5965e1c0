"""Rendering from the command line: styles, languages, targets, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import cite2bib
from cite2bib.cli.root import root
from cite2bib.diagnostics import StyleError, UsageError
from conftest import need

BIB = """
@article{b, title = {On things & {DNA}}, author = {Doe, Jane}, journal = {Nature}, volume = 5, pages = {1--10}, year = 2020}
@book{a, title = {A book}, author = {Roe, Richard}, publisher = {Press}, year = 2019}
"""


@pytest.fixture
def bib(tmp_path: Path) -> Path:
    path = tmp_path / "refs.bib"
    path.write_text(BIB)
    return path


def run(*arguments: str | Path) -> str:
    result = CliRunner().invoke(root, [str(argument) for argument in arguments], catch_exceptions=False)
    return result.stdout


def test_a_style_by_name(bib: Path) -> None:
    first, second = run("render", bib, "--style", "apa").strip().splitlines()
    assert first.startswith("Doe, J. (2020). On things & DNA. Nature, 5, 1–10")
    assert second.startswith("Roe, R. (2019). A book. Press")


def test_the_default_command_renders_too(bib: Path) -> None:
    assert run(bib, "--style", "apa", "-q") == run("render", bib)


def test_one_bibliography_is_rendered_entry_for_entry_and_several_are_joined(
    bib: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    twice = Path("twice.bib")
    twice.write_text(BIB + BIB.replace("{b,", "{b2,").replace("{a,", "{a2,"))
    one = CliRunner().invoke(root, ["twice.bib", "--style", "apa"], catch_exceptions=False)
    assert len(one.stdout.splitlines()) == 4
    assert "4  works, from 4 mentions" in one.stderr
    assert "4  left as given: not looked up" in one.stderr
    assert len(run("--offline", twice, bib, "--style", "apa", "-q").splitlines()) == 2
    run(twice, "--style", "apa", "-o", "list.txt", "-q")
    assert Path("list.txt").read_text() == one.stdout


def test_a_list_is_still_looked_up(tmp_path: Path) -> None:
    page = tmp_path / "list.md"
    page.write_text("- Jane Doe, Richard Roe. On things and their names. Nature, 2020.\n")
    result = CliRunner().invoke(root, ["--offline", str(page), "--style", "apa"], catch_exceptions=False)
    assert result.stdout.startswith("Doe, J., & Roe, R. (2020). On things and their names")
    assert "offline, and nothing is kept of it" in result.stderr


def test_a_language(bib: Path) -> None:
    english, german = (
        run("render", bib, "--style", "harvard-cite-them-right", "--lang", tag) for tag in ("en-GB", "de-DE")
    )
    assert english != german


def test_the_order_of_the_works(bib: Path) -> None:
    sorted_, unsorted = (
        run("render", bib, "--style", "apa"),
        run("render", bib, "--style", "apa", "--no-sort"),
    )
    assert sorted_.startswith("Doe")
    assert unsorted.startswith("Doe")
    bib.write_text("".join(reversed(BIB.splitlines(keepends=True))))
    assert run("render", bib, "--style", "apa") == sorted_
    assert run("render", bib, "--style", "apa", "--no-sort").startswith("Roe")


@pytest.mark.parametrize(
    ("suffix", "sign"),
    [(".html", "<i>Nature</i>"), (".md", "*Nature*"), (".tex", "\\bibitem"), (".rtf", "{\\rtf")],
)
def test_the_suffix_says_what_is_written(bib: Path, suffix: str, sign: str) -> None:
    target = bib.with_suffix(suffix)
    run("render", bib, "--style", "apa", "-o", target)
    assert sign in target.read_text()


def test_a_bibtex_style(bib: Path) -> None:
    need("kpsewhich")
    assert run("render", bib, "--style", "plain.bst", "-t", "latex").startswith("\\begin{thebibliography}")
    assert "[1] Jane Doe. On things & DNA. Nature, 5:1–10, 2020." in run(
        "render", bib, "--style", "plain.bst"
    )
    assert "<i>Nature</i>" in run("render", bib, "--style", "plain.bst", "-t", "html")


def test_what_is_refused(bib: Path) -> None:
    with pytest.raises(StyleError, match=r"near it are.*apa"):
        run("render", bib, "--style", "appa")
    with pytest.raises(UsageError, match="text, html"):
        run("render", bib, "-t", "bibtex")


def test_styles_are_found_and_shown() -> None:
    assert "ieee" in run("styles", "search", "ieee").split()
    assert "American Psychological Association" in run("styles", "show", "apa")
    preview = run("styles", "preview", "apa")
    assert "(Knuth, 1984)" in preview
    assert "Watson, J. D., & Crick" in preview
    assert len(run("styles", "list").splitlines()) > 2000


def test_from_python(bib: Path) -> None:
    works, _ = cite2bib.read(bib)
    assert [entry.id for entry in cite2bib.cite(works, style="apa").entries] == ["b", "a"]
