"""What the settings and the environment say holds for every command that looks works up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cite2bib.cli.root import root

BIB = "@misc{made, title = {A Theory of Things}, author = {Made, Ada and Else, Ben}, year = 2020}\n"
RECORD = {
    "title": "A Theory of Things",
    "authors": ["Ada Made", "Ben Else"],
    "year": 2020,
    "doi": "10.5555/things",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("refs.bib").write_text(BIB)
    Path("known.jsonl").write_text(json.dumps(RECORD) + "\n")
    return tmp_path


def verdict(*arguments: str) -> str:
    result = CliRunner().invoke(
        root, ["check", "refs.bib", "--offline", "--refresh", "--output-format", "json", *arguments]
    )
    return str(json.loads(result.stdout)["references"][0]["verdict"])


@pytest.mark.usefixtures("folder")
def test_nothing_is_known_without() -> None:
    assert verdict() == "cannot be checked"


def test_a_settings_file_that_is_named(folder: Path) -> None:
    (folder / "mine.toml").write_text('libraries = ["known.jsonl"]\n')
    assert verdict("--config", "mine.toml") == "verified"


def test_the_settings_of_the_folder(folder: Path) -> None:
    (folder / "cite2bib.toml").write_text('libraries = ["known.jsonl"]\n')
    assert verdict() == "verified"


@pytest.mark.usefixtures("folder")
def test_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CITE2BIB_LIBRARY", "known.jsonl")
    assert verdict() == "verified"
