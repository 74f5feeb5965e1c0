"""The command itself: what is written where, and with which exit code."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
DIRTY = b"\xff@misc{a,\r\n  title = {T & U},\r\n  note = {caf\xe9},\r\n}\r\n"
CLEAN = DIRTY.replace(b"T & U", rb"T \& {U}")


def run(folder: Path, *arguments: str, data: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-m", "cite2bib", "fix", *arguments]
    return subprocess.run(
        command, cwd=folder, env=environment, input=data, capture_output=True, check=False, timeout=60
    )


def test_writing_keeps_a_backup_permissions_encoding_and_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(DIRTY)
    path.chmod(0o640)
    assert run(tmp_path, "refs.bib", "--write").returncode == 0
    assert path.read_bytes() == CLEAN
    assert (tmp_path / "refs.bib.bak").read_bytes() == DIRTY
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert sorted(item.name for item in tmp_path.iterdir()) == ["refs.bib", "refs.bib.bak"]


def test_in_a_git_work_tree_there_is_no_backup(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "refs.bib").write_bytes(DIRTY)
    assert run(tmp_path, "sub/refs.bib", "--write").returncode == 0
    assert [item.name for item in (tmp_path / "sub").iterdir()] == ["refs.bib"]


def test_what_needs_no_mending_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "refs.bib"
    path.write_bytes(CLEAN)
    os.utime(path, (1, 1))
    assert run(tmp_path, "refs.bib", "--write").returncode == 0
    assert path.stat().st_mtime == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--check",), 1),
        ((), 0),
        (("--check", "--ignore", "all"), 0),
        (("--check", "--diff"), 1),
        (("--check", "--write"), 0),
    ],
)
def test_exit_codes(arguments: tuple[str, ...], code: int, tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_bytes(DIRTY)
    assert run(tmp_path, "refs.bib", *arguments).returncode == code


def test_the_no_op_is_the_same_bytes_whatever_they_are(tmp_path: Path) -> None:
    data = DIRTY + b"\x00\x81@book{unclosed, title = {\n" + "@misc{b,é=1}".encode("utf-16-le")
    (tmp_path / "refs.bib").write_bytes(data)
    assert run(tmp_path, "--select", "none", "refs.bib", "-o", "out.bib").returncode == 0
    assert (tmp_path / "out.bib").read_bytes() == data
    assert run(tmp_path, "--select", "none", "-", "-o", "-", data=data).stdout == data


def test_bytes_that_are_no_utf_8_do_not_change_what_the_others_are_taken_for(tmp_path: Path) -> None:
    data = "@misc{a, author = {Möller}, pages = {1–2}, month = {May}, note = {caf".encode() + b"\xe9}}\n"
    (tmp_path / "refs.bib").write_bytes(data)
    assert run(tmp_path, "refs.bib", "--write").returncode == 0
    once = (tmp_path / "refs.bib").read_bytes()
    assert once == data.replace(b"{May}", b"may")
    assert run(tmp_path, "refs.bib", "--write").returncode == 0
    assert (tmp_path / "refs.bib").read_bytes() == once


def test_what_is_no_bib_is_told(tmp_path: Path) -> None:
    (tmp_path / "refs.json").write_bytes(b'[{"id": "a"}]')
    done = run(tmp_path, "refs.json")
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"no entry of BibTeX" in done.stderr


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "real.bib").write_bytes(DIRTY)
    (tmp_path / "refs.bib").symlink_to("real.bib")
    assert run(tmp_path, "refs.bib", "--write").returncode == 0
    assert (tmp_path / "refs.bib").is_symlink()
    assert (tmp_path / "real.bib").read_bytes() == CLEAN


@pytest.mark.parametrize(
    "arguments",
    [
        ("refs.bib", "--write", "-o", "x.bib"),
        ("refs.bib", "refs.bib", "-o", "x.bib"),
        ("-", "--write"),
        ("refs.bib", "--keys", "{autor}"),
        ("refs.bib", "--in", "gone.tex"),
        ("refs.bib", "--ignore", "nothing"),
    ],
)
def test_nonsense_is_refused_before_anything_is_done(arguments: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_bytes(DIRTY)
    assert run(tmp_path, *arguments).returncode == 2
    assert (tmp_path / "refs.bib").read_bytes() == DIRTY
    assert len(list(tmp_path.iterdir())) == 1
