"""The files a user means, and the bytes they hold."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest

from cite2bib.diagnostics import ReadError
from cite2bib.documents import files


def paths(*inputs: Path | str, **options: object) -> list[str]:
    return [Path(found.path).name for found in files.find(inputs, **options)]  # type: ignore[arg-type]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in (
        "b.txt",
        "a.txt",
        "sub/c.md",
        "sub/deep/d.txt",
        ".hidden",
        ".git/config",
        "sub/.secret/x.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return tmp_path


def test_folders_are_walked_in_the_order_of_names_without_hidden_files(tree: Path) -> None:
    assert paths(tree) == ["a.txt", "b.txt", "c.md", "d.txt"]


def test_gitignore_counts_below_its_folder_and_inner_ones_decide(tree: Path) -> None:
    (tree / ".gitignore").write_text("*.md\n/b.txt\ndeep/\n", encoding="utf-8")
    assert paths(tree) == ["a.txt"]
    (tree / "sub" / ".gitignore").write_text("!c.md\n", encoding="utf-8")
    assert paths(tree) == ["a.txt", "c.md"]
    assert paths(tree / "b.txt") == ["b.txt"]  # a file that is named is wanted


def test_each_file_comes_once(tree: Path) -> None:
    assert paths(tree / "b.txt", tree) == ["b.txt", "a.txt", "c.md", "d.txt"]
    assert paths(tree, skip=[tree / "b.txt"]) == ["a.txt", "c.md", "d.txt"]


def test_links_are_followed_but_never_in_circles(tree: Path) -> None:
    (tree / "sub" / "up").symlink_to(tree)
    (tree / "sub" / "self").symlink_to("self")
    (tree / "zz").symlink_to(tree / "sub" / "deep")
    found = {Path(item.path).name: item for item in files.find([tree])}
    assert sorted(found) == ["a.txt", "b.txt", "c.md", "d.txt", "self"]
    with pytest.raises(ReadError, match="leads nowhere"):
        found["self"].read()


def test_what_can_not_be_read_says_so_with_its_path(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    missing, empty = files.find([tmp_path / "missing.txt", tmp_path / "empty"])
    with pytest.raises(ReadError, match=r"missing\.txt: no such file or folder"):
        missing.read()
    with pytest.raises(ReadError, match="empty: nothing to read in this folder"):
        empty.read()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_forbidden_file(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("x", encoding="utf-8")
    path.chmod(0)
    with pytest.raises(ReadError, match="permission denied"):
        next(files.find([path])).read()


def test_standard_input() -> None:
    found = next(files.find(["-"], stdin=io.BytesIO(b"abc")))
    assert (found.path, found.read()) == ("<stdin>", b"abc")


def test_reading_waits_until_asked(tmp_path: Path) -> None:
    path = tmp_path / "x.txt"
    path.write_text("old", encoding="utf-8")
    found = next(files.find([path]))
    path.write_text("new", encoding="utf-8")
    assert found.read() == b"new"


def test_a_fifo_that_is_named_is_read(tmp_path: Path) -> None:
    fifo = tmp_path / "pipe"
    os.mkfifo(fifo)
    assert paths(tmp_path / "pipe") == ["pipe"]
    assert next(files.find([tmp_path])).fault  # inside a folder it would wait for ever
