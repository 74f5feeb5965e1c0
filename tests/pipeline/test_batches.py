"""Lists too long to hold: the same bibliography as from a list that is held, however often the run is stopped."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cite2bib import formats, pipeline
from cite2bib.diagnostics import UsageError
from cite2bib.index.disk import Disk
from cite2bib.model import Work
from cite2bib.pipeline import batches
from cite2bib.pipeline.looking import Network
from cite2bib.pipeline.state import State
from index_made import disk_of
from resolve_works import work

ROOT = Path(__file__).parent.parent.parent
COUNT = 120
WORDS = (
    "amber birch cedar dogwood elder fir ginkgo hazel ivy juniper larch maple nutmeg oak poplar rowan".split()
)


def title_of(number: int) -> str:
    return f"On the {WORDS[number % 16]} and {WORDS[number // 16]} forests of region {number}"


KNOWN = [
    work(title_of(number), f"Ann Author{WORDS[number % 16]}; Bo Writer", "2001", DOI=f"10.1234/{number}") for number in range(COUNT)
]  # fmt: skip


def reference(number: int, title: str = "", **said: str) -> dict[str, Any]:
    return {
        "title": title or title_of(number), "authors": [f"Ann Author{WORDS[number % 16]}", "Bo Writer"], "year": 2001, **said,
    }  # fmt: skip


REFERENCES = [
    *(reference(number) for number in range(COUNT)),
    reference(3, f"On the {WORDS[3]} and {WORDS[0]} foersts of region 3"),  # leads to the same record
    reference(5),
    reference(6, "A Wholly Other Title", doi="10.9999/unknown"),
    reference(7, "Never Heard of This One at All"),
    reference(7, "Never Heard of This One at All"),
]


@pytest.fixture
def index(tmp_path: Path) -> Path:
    disk_of(tmp_path / "ix", KNOWN).close()
    return tmp_path / "ix"


@pytest.fixture
def references(tmp_path: Path) -> Path:
    path = tmp_path / "refs.jsonl"
    path.write_text("".join(json.dumps(item) + "\n" for item in REFERENCES))
    return path


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "_BATCH", 10)


def wishes(output: Path, index: Path, **more: Any) -> batches.Wishes:
    name = "jsonl" if output.suffix == ".jsonl" else "bibtex"
    return batches.Wishes(
        output, formats.get(name), formats.WriteOptions(losses=False), index=index, network=Network(), **more
    )


def said(works: Iterator[Work] | tuple[Work, ...]) -> list[tuple[str, str, str]]:
    return [(item.id, item.text("title"), item.text("DOI")) for item in works]


def read(path: Path) -> tuple[Work, ...]:
    return pipeline.read([path]).works


@pytest.mark.parametrize("name", ["out.jsonl", "out.bib"])
def test_the_same_as_from_a_list_that_is_held(
    tmp_path: Path, index: Path, references: Path, name: str
) -> None:
    output = tmp_path / name
    result = batches.run([references], wishes(output, index))
    whole = pipeline.resolve(read(references), index=index, network=Network())
    pipeline.write(whole.works, tmp_path / f"whole{output.suffix}")
    assert said(read(output)) == said(read(tmp_path / f"whole{output.suffix}"))
    assert result.counts["mentions"] == len(REFERENCES)
    assert result.counts["works"] == COUNT + 2
    assert result.counts["in ix"] == COUNT + 1
    assert not list(tmp_path.glob(".out*"))


@pytest.mark.parametrize("stop", [1, 2, 5, 9, 13, 20, 26, 31])
def test_a_stopped_run_goes_on(
    tmp_path: Path, index: Path, references: Path, monkeypatch: pytest.MonkeyPatch, stop: int
) -> None:
    batches.run([references], wishes(tmp_path / "whole.jsonl", index))
    steps = [0]

    def stopping(name: str) -> Any:
        call = getattr(State, name)

        def stopped(self: State, *given: Any) -> Any:
            steps[0] += 1
            if steps[0] == stop:
                raise KeyboardInterrupt
            return call(self, *given)

        return stopped

    with monkeypatch.context() as patch:
        for name in ("keep", "count", "take_names"):
            patch.setattr(State, name, stopping(name))
        with pytest.raises(KeyboardInterrupt):
            batches.run([references], wishes(tmp_path / "out.jsonl", index))
    assert not (tmp_path / "out.jsonl").exists()
    result = batches.run([references], wishes(tmp_path / "out.jsonl", index))
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
    assert result.counts["mentions"] == len(REFERENCES)
    assert result.counts["in ix"] == COUNT + 1


# Small batches in two processes, and a word after each that was taken in: a kill comes when so many were said.
CHILD = """
import sys
from pathlib import Path
from cite2bib import formats
from cite2bib.pipeline import batches
from cite2bib.pipeline.looking import Network

if __name__ == "__main__":
    batches._BATCH, batches._MUCH = 10, 0
    refs, index, output = map(Path, sys.argv[1:])
    wishes = batches.Wishes(
        output, formats.get("jsonl"), formats.WriteOptions(losses=False), index=index, network=Network(), processes=2
    )
    batches.run([refs], wishes, lambda *_: print("taken", flush=True))
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no kill -9")
def test_a_killed_run_goes_on(tmp_path: Path, index: Path, references: Path) -> None:
    batches.run([references], wishes(tmp_path / "whole.jsonl", index))
    script, output = tmp_path / "child.py", tmp_path / "out.jsonl"
    script.write_text(CHILD)
    command = [sys.executable, str(script), str(references), str(index), str(output)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    for after in (1, 4, 3):
        with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout
            for _ in range(after):
                assert child.stdout.readline() == "taken\n"
            child.send_signal(signal.SIGKILL)
        assert child.returncode == -signal.SIGKILL
    assert not output.exists()
    result = batches.run([references], wishes(output, index))
    assert output.read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
    assert result.counts["mentions"] == len(REFERENCES)


def test_a_full_disk_is_told(
    tmp_path: Path, index: Path, references: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(State, "keep", full)
        with pytest.raises(UsageError, match=r"disk is full.*the same command goes on"):
            batches.run([references], wishes(tmp_path / "out.jsonl", index))
    assert batches.run([references], wishes(tmp_path / "out.jsonl", index)).counts["works"] == COUNT + 2


def test_other_wishes_begin_anew(tmp_path: Path, index: Path, references: Path) -> None:
    output = tmp_path / "out.jsonl"
    place = tmp_path / ".out.jsonl.run"
    State(place, "something else").close()
    result = batches.run([references], wishes(output, index))
    assert result.counts["mentions"] == len(REFERENCES)
    place.write_bytes(b"no database at all")
    assert batches.run([references], wishes(output, index)).counts["mentions"] == len(REFERENCES)


def test_one_run_at_a_time(tmp_path: Path) -> None:
    state = State(tmp_path / "state", "wishes")
    with pytest.raises(UsageError, match="another run"):
        State(tmp_path / "state", "wishes")
    state.close()


def test_several_processes_find_the_same(
    tmp_path: Path, index: Path, references: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batches, "_MUCH", 0)
    batches.run([references], wishes(tmp_path / "one.jsonl", index))
    batches.run([references], wishes(tmp_path / "two.jsonl", index, processes=2))
    assert (tmp_path / "one.jsonl").read_bytes() == (tmp_path / "two.jsonl").read_bytes()


def test_mentions_are_kept_apart_when_asked(tmp_path: Path, index: Path, references: Path) -> None:
    result = batches.run([references], wishes(tmp_path / "out.jsonl", index, joined=False))
    assert result.counts["works"] == len(REFERENCES)
    keys = [item.id for item in read(tmp_path / "out.jsonl")]
    assert len(set(keys)) == len(keys)


def test_broken_lines_cost_themselves(tmp_path: Path, index: Path) -> None:
    path = tmp_path / "refs.jsonl"
    lines = [json.dumps(reference(number)) for number in range(25)]
    path.write_text("\n".join([*lines[:7], "{broken", '{"title": ', *lines[7:]]) + "\n")
    result = batches.run([path], wishes(tmp_path / "out.jsonl", index))
    assert result.counts["works"] == 25
    assert len(result.diagnostics) == 2


def test_a_list_in_prose_is_read_too(tmp_path: Path, index: Path) -> None:
    path = tmp_path / "list.md"
    path.write_text(
        f"# Reading\n\n1. {title_of(3)}. Ann Author{WORDS[3]}, Bo Writer. 2001\n2. {title_of(4)}. Ann Author{WORDS[4]}, Bo Writer. 2001\n"
    )
    result = batches.run([path], wishes(tmp_path / "out.jsonl", index))
    assert result.counts["in ix"] == 2


def test_the_index_is_left_as_it_was(tmp_path: Path, index: Path, references: Path) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in index.iterdir()}
    batches.run([references], wishes(tmp_path / "out.jsonl", index))
    assert {path.name: path.stat().st_mtime_ns for path in index.iterdir()} == before
    with Disk(index) as disk:
        assert len(disk) == COUNT
