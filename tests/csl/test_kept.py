"""Styles that were read before are taken from the user's cache, and only from what is whole and of the very file."""

from __future__ import annotations

import os
import pickle
import time
from pathlib import Path
from typing import Any

import pytest

from cite2bib import paths
from cite2bib.csl import ast, find, kept, locale, style, xmlread
from cite2bib.diagnostics import StyleError

STYLE = """<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <locale xml:lang="de"><terms><term name="and">und auch</term></terms></locale>
  <macro name="title"><text variable="title" font-style="italic"/></macro>
  <citation><layout><text macro="title"/></layout></citation>
  <bibliography><sort><key macro="title"/></sort><layout suffix="."><text macro="title"/></layout></bibliography>
</style>"""


@pytest.fixture
def folder() -> Path:
    return Path(paths.cache_folder(), "styles")


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _found(text: str = STYLE, path: str = "mine.csl", *, seconds: int = 60) -> find.Found:
    """A style that was written some time ago."""
    Path(path).parent.mkdir(exist_ok=True)
    Path(path).write_text(text, encoding="utf-8")
    then = time.time_ns() // 10**9 - seconds
    os.utime(path, (then, then))
    return find.Found("mine", path)


def _refuse(*_: object) -> Any:
    raise AssertionError("it was read from its XML again")


def _values(found: ast.Style) -> tuple[Any, ...]:
    """All that a style says; styles themselves are equal to themselves alone."""
    locales = tuple((data.language, data.terms, data.dates, data.options) for data in found.locales)
    own = (found.is_note, found.default_locale, found.options, found.macros, found.uses)
    return (*own, found.citation, found.bibliography, locales)


@pytest.mark.parametrize("name", ["apa", "chicago-notes-bibliography", "ieee", "bluebook-law-review"])
def test_what_is_taken_back_is_what_was_read(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = find.find(name)
    read = find.load(found)
    monkeypatch.setattr(xmlread, "parse", _refuse)
    assert _values(find.load(found)) == _values(read)


def test_another_file_of_that_name_is_read(folder: Path) -> None:
    find.load(_found())
    (kept_one,) = folder.iterdir()
    assert find.load(_found(path="elsewhere/mine.csl")).path == "elsewhere/mine.csl"
    assert [kept_one] == list(folder.iterdir())  # one after the other takes its place


def test_a_changed_file_is_read() -> None:
    find.load(_found())
    for suffix in ("!", "::", "."):  # one of them as long
        changed = find.load(_found(STYLE.replace('suffix="."', f'suffix="{suffix}"'), seconds=ord(suffix[0])))
        assert changed.bibliography
        assert changed.bibliography.layout.look.suffix == suffix


def test_a_file_that_was_put_in_the_place_of_one_as_long_and_as_old_is_read() -> None:
    find.load(_found())
    then = Path("mine.csl").stat().st_mtime_ns
    other = find.Found("other", _found(STYLE.replace('suffix="."', 'suffix="!"'), "other.csl").path)
    os.utime(other.path, ns=(then, then))
    Path(other.path).replace("mine.csl")
    changed = find.load(find.Found("mine", "mine.csl"))
    assert changed.bibliography
    assert changed.bibliography.layout.look.suffix == "!"


def test_a_file_that_may_still_change_is_not_kept(folder: Path) -> None:
    find.load(_found(seconds=0))
    assert not folder.exists()


def test_another_version_of_the_package_reads_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    find.load(_found())
    (path,) = folder.iterdir()
    before = path.read_bytes()
    monkeypatch.setattr(kept, "_makers", lambda: "another")
    find.load(_found())
    assert path.read_bytes() != before


def test_a_broken_style_is_told_each_time(folder: Path) -> None:
    for _ in range(2):
        with pytest.raises(StyleError, match="no macro 'other'"):
            find.load(
                _found(
                    STYLE.replace(
                        'macro="title"/></layout></citation>', 'macro="other"/></layout></citation>'
                    )
                )
            )
    assert not folder.exists()


@pytest.mark.parametrize("data", [b"", b"abc", b"\0" * 4, b"\0\0\0\0garbage", os.urandom(400)])
def test_a_file_that_is_broken_is_done_without(data: bytes, folder: Path) -> None:
    read = _values(find.load(_found()))
    (path,) = folder.iterdir()
    path.write_bytes(data)
    assert _values(find.load(_found())) == read
    assert path.read_bytes() != data  # it was written anew


def test_a_file_cut_short_is_done_without(folder: Path) -> None:
    read = _values(find.load(_found()))
    (path,) = folder.iterdir()
    path.write_bytes(path.read_bytes()[:-9])
    assert _values(find.load(_found())) == read


class _Evil:
    """What a stranger might put there."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, ("made-by-a-stranger",)


def test_nothing_that_is_kept_runs_code(folder: Path) -> None:
    read = _values(find.load(_found()))
    (path,) = folder.iterdir()
    for evil in (_Evil(), print, find.Found):
        path.write_bytes(pickle.dumps(evil))
        assert kept._taken(str(path)) is None
    assert not Path("made-by-a-stranger").exists()
    path.write_bytes(b"")
    assert _values(find.load(_found())) == read


def test_a_folder_that_can_not_be_made_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert find.load(_found()).macros


def test_a_few_are_kept_the_latest(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "_MOST", 3)
    for number in range(6):
        find.load(_found(path=f"{number}.csl"))
        for place, path in enumerate(sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)):
            os.utime(path, (number + place, number + place))
    assert len(list(folder.iterdir())) == 3
    monkeypatch.setattr(xmlread, "parse", _refuse)
    assert find.load(find.Found("mine", "5.csl"))


def test_they_are_counted_and_forgotten(folder: Path) -> None:
    assert kept.count() == (0, 0)
    find.load(_found())
    (path,) = folder.iterdir()
    assert kept.count() == (1, path.stat().st_size)
    kept.forget()
    assert kept.count() == (0, 0)


def test_locales_are_kept_as_well(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    locale._load.cache_clear()
    before = locale.build("fr-FR")
    assert list(folder.iterdir())
    locale._load.cache_clear()
    monkeypatch.setattr(xmlread, "parse", _refuse)
    after = locale.build("fr-FR")
    locale._load.cache_clear()
    assert after.data.terms == before.data.terms
    assert after.quotes == before.quotes


def test_reading_alone_keeps_nothing(folder: Path) -> None:
    style.parse(STYLE)
    assert not folder.exists()
