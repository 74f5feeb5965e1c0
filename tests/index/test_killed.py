"""A build that is killed at any point leaves an index that can be used and gone on with, never a broken one."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from cite2bib.diagnostics import IndexFault
from cite2bib.index import folder as files
from cite2bib.index.disk import Disk
from cite2bib.pipeline import indexing
from index_made import arxiv_line, titles_of, write_lines
from resolve_works import work

ROOT = Path(__file__).parent.parent.parent
COUNT = 600
# Small transactions, and a word at each step that a kill may come between: it waits until the word is answered.
CHILD = """
import sys
from pathlib import Path
from cite2bib.index import folder, writing
from cite2bib.pipeline import indexing

writing._MOST_PENDING = 150
def say(name):
    print(name, flush=True)
    sys.stdin.readline()
def told(module, name):
    call = getattr(module, name)
    def telling(*given, **named):
        say(name)
        result = call(*given, **named)
        say(name)
        return result
    setattr(module, name, telling)
told(folder, "write_terms")
told(folder, "segments")
told(folder.os, "fsync")
told(writing.Writer, "add")
indexing.build(Path(sys.argv[1]), [sys.argv[2]])
"""


def title_of(number: int) -> str:
    return f"Made Paper {number * 7919} of Number {number}"


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rows = [arxiv_line(number, title_of(number)) for number in range(1, COUNT + 1)]
    return write_lines(tmp_path_factory.mktemp("parts") / "snapshot.json", rows)


def build_and_kill(index: Path, snapshot: Path, after: int) -> bool:
    """Kill a build when it has said so many words; whether it was still at work."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", CHILD, str(index), str(snapshot)]
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as child:
        assert child.stdin
        assert child.stdout
        for _ in range(after):
            child.stdin.write("\n")
            child.stdin.flush()
            if not child.stdout.readline():
                break
        child.send_signal(signal.SIGKILL)
    return child.returncode == -signal.SIGKILL


def is_sound(index: Path) -> None:
    """Every record can be read and found, and the files are whole."""
    for path in index.glob("*.sqlite"):
        connection = sqlite3.connect(path)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        connection.close()
    with Disk(index) as disk:
        held = list(disk.works())
        assert len(held) == len({item.text("arxiv") for item in held}) == len(disk)
        for item in held[:: max(1, len(held) // 20)]:
            assert titles_of(disk.find(work(arxiv=item.text("arxiv")))) == [item.text("title")]
            assert item.text("title") in titles_of(disk.find(work(item.text("title"))))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no kill -9")
@pytest.mark.parametrize("after", [1, 150, 301, 305, 307, 330, 700, 1000, 1290])
def test_killed_at_any_point(tmp_path: Path, snapshot: Path, after: int) -> None:
    index = tmp_path / "index"
    assert build_and_kill(index, snapshot, after)
    if (
        files.is_index(index)
        and sqlite3.connect(index / files.MAIN).execute("PRAGMA user_version").fetchone()[0]
    ):
        is_sound(index)
    indexing.build(index, [snapshot])
    is_sound(index)
    assert indexing.info(index).works == COUNT
    assert not indexing.info(index).unfinished
    assert len(list(index.glob("terms-*"))) == 1


def test_killed_again_and_again(tmp_path: Path, snapshot: Path) -> None:
    index = tmp_path / "index"
    seen = [0]
    for after in (400, 420, 440, 250):
        assert build_and_kill(index, snapshot, after)
        is_sound(index)
        seen.append(indexing.info(index).works)
    assert seen == sorted(seen)
    assert 0 < seen[-1] < COUNT
    indexing.build(index, [snapshot])
    is_sound(index)
    assert indexing.info(index).works == COUNT


def test_files_that_no_transaction_knows_are_cleared_away(tmp_path: Path, snapshot: Path) -> None:
    index = tmp_path / "index"
    indexing.build(index, [snapshot])
    (index / "terms-77.sqlite").write_bytes(b"half a file")
    (index / "terms-78.part").write_bytes(b"half a file")
    is_sound_without_strays = Disk(index)
    assert is_sound_without_strays.find(work(arxiv="2001.00001"))
    is_sound_without_strays.close()
    indexing.build(index, [snapshot])
    assert len(list(index.glob("terms-*"))) == 1


def test_a_finished_index_is_read_where_nobody_may_write(tmp_path: Path, snapshot: Path) -> None:
    index = tmp_path / "index"
    indexing.build(index, [snapshot])
    before = {path.name: path.stat().st_mtime_ns for path in index.iterdir()}
    for path in (*index.iterdir(), index):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        with Disk(index) as disk:
            assert titles_of(disk.find(work(arxiv="2001.00007"))) == [title_of(7)]
        assert {path.name: path.stat().st_mtime_ns for path in index.iterdir()} == before
    finally:
        index.chmod(0o755)


@pytest.mark.parametrize("pattern", ["works.sqlite", "terms-*.sqlite"])
def test_damage_is_told_and_never_crashes(tmp_path: Path, snapshot: Path, pattern: str) -> None:
    index = tmp_path / "index"
    indexing.build(index, [snapshot])
    (path,) = index.glob(pattern)
    data = bytearray(path.read_bytes())
    for start in range(4096, len(data), 4096):
        data[start : start + 3000] = b"\xff" * 3000
    path.write_bytes(bytes(data))

    def asked() -> None:
        with Disk(index) as disk:
            disk.find(work(title_of(7)))
            disk.find(work(arxiv="2001.00009"))
            disk.search("Made Paper")
            list(disk.works())
            len(disk)

    with pytest.raises(IndexFault, match=r"can't be .*"):
        asked()
    if pattern == "works.sqlite":
        with pytest.raises(IndexFault):
            indexing.build(index, [snapshot], anew=False)
