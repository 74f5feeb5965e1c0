"""Cited identifiers looked up like everything else: catalogues on loopback, the lock, and services that don't answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from catalogue import Catalogue
from cite2bib.cli import DONE, FINDINGS, UNASKED
from cite2bib.cli.root import root
from cite2bib.diagnostics import UsageError
from loopback import Loopback
from runs import WORKS

PAPER = "\\cite{arxiv:1605.08386,doi:10.5555/nothing}\n"


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    catalogue = Catalogue.of(WORKS)
    with Loopback(catalogue) as running:
        for name, value in catalogue.environ(running).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        monkeypatch.chdir(tmp_path)
        (tmp_path / "paper.tex").write_text(PAPER)
        yield running


def run(*arguments: str) -> int:
    named = ("--sources", "arxiv,crossref,datacite")
    result = CliRunner().invoke(
        root, ["sync", *arguments, *named], catch_exceptions=False, standalone_mode=False
    )
    if result.exception:
        raise result.exception
    return int(result.return_value or 0)


@pytest.mark.usefixtures("server")
def test_identifiers_are_looked_up_and_kept_in_the_lock(tmp_path: Path) -> None:
    assert run("paper.tex", "-o", "refs.bib", "--lock") == DONE
    text = (tmp_path / "refs.bib").read_text()
    assert "{arxiv:1605.08386,\n" in text
    assert "Heat-bath random walks" in text
    assert "{doi:10.5555/nothing,\n" in text
    (tmp_path / "refs.bib").unlink()
    assert run("paper.tex", "-o", "refs.bib", "--locked") == DONE
    assert (tmp_path / "refs.bib").read_text() == text


def test_what_was_asked_is_not_asked_again(server: Loopback, tmp_path: Path) -> None:
    assert run("paper.tex", "-o", "refs.bib") == DONE
    asked = len(server.seen)
    text = (tmp_path / "refs.bib").read_text()
    (tmp_path / "refs.bib").unlink()
    assert run("paper.tex", "-o", "refs.bib", "--offline") == DONE
    assert (tmp_path / "refs.bib").read_text() == text
    assert len(server.seen) == asked


@pytest.mark.usefixtures("server")
def test_locked_without_a_lock_is_an_error() -> None:
    with pytest.raises(UsageError, match=r"there is no cite2bib\.lock"):
        run("paper.tex", "-o", "refs.bib", "--locked")


@pytest.mark.usefixtures("server")
def test_what_is_not_known_stays_missing(tmp_path: Path) -> None:
    (tmp_path / "paper.tex").write_text("\\cite{doi:10.5555/nobody}")
    assert run("paper.tex", "-o", "refs.bib") == FINDINGS
    assert not (tmp_path / "refs.bib").exists()


def test_a_service_that_does_not_answer_is_told_apart(
    server: Loopback, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    del server
    for name in ("ARXIV", "CROSSREF", "DATACITE"):
        monkeypatch.setenv(f"CITE2BIB_{name}_URL", "http://127.0.0.1:9/gone")
    (tmp_path / "paper.tex").write_text("\\cite{doi:10.5555/nothing}")
    assert run("paper.tex", "-o", "refs.bib") == UNASKED
    assert not (tmp_path / "refs.bib").exists()
