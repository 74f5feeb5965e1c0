"""The cache file: what is told of it, and that no state of it ends or delays a run."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from cite2bib.diagnostics import NotCached
from cite2bib.http import Request, cache
from cite2bib.http.cache import Store
from loopback import Loopback
from runs import Opens


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "answers.sqlite"


def fill(path: Path) -> None:
    store = Store(path)
    for number in range(3):
        store.put(f"key{number}", "export.arxiv.org" if number else "api.crossref.org", 9e9, "{}")
    store.close()


def test_info_counts_by_host(path: Path) -> None:
    fill(path)
    info = cache.info(path)
    assert info.answers == {"api.crossref.org": 1, "export.arxiv.org": 2}
    assert (info.path, info.size_bytes) == (path, path.stat().st_size)


def test_info_of_nothing_makes_nothing(path: Path) -> None:
    assert (cache.info(path).size_bytes, dict(cache.info(path).answers), path.exists()) == (0, {}, False)
    assert cache.clear(path=path) == (0, ())


def test_clear_all_or_one_host(path: Path) -> None:
    fill(path)
    assert cache.clear("api.crossref.org", path) == (1, ())
    assert cache.info(path).answers == {"export.arxiv.org": 2}
    assert cache.clear(path=path) == (2, ())
    assert cache.info(path).answers == {}


def test_the_folder_is_that_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache.default_path().name == "answers.sqlite"
    assert "cite2bib" in cache.default_path().parts


def test_a_broken_file_is_moved_aside_and_the_run_goes_on(
    path: Path, server: Loopback, opened: Opens
) -> None:
    path.parent.mkdir()
    path.write_bytes(b"this is no database, and long enough to be looked at " * 100)
    request = Request(f"{server.url}/crossref/works/10.5555/nothing")
    with opened() as send:
        assert send(request).status == 200
        (told,) = send.diagnostics
        assert (told.code, "answers.sqlite.broken" in told.message) == ("cache-broken", True)
    with opened() as send:
        assert send(request).from_cache
        assert not send.diagnostics
    assert path.with_name("answers.sqlite.broken").read_bytes().startswith(b"this is no database")


def test_a_file_that_breaks_underway_is_moved_aside(path: Path) -> None:
    fill(path)
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)  # the header is whole, the table is not
    path.write_bytes(data)
    store = Store(path)
    assert store.get("key1") is None
    store.put("key1", "host", 9e9, "new")
    assert store.get("key1") == "new"
    assert [told.code for told in store.diagnostics] == ["cache-broken"]
    store.close()


def test_a_later_version_is_not_misread(path: Path) -> None:
    fill(path)
    with sqlite3.connect(path) as other:
        other.execute("PRAGMA user_version = 99")
    other.close()
    store = Store(path)
    assert (store.get("key1"), [told.code for told in store.diagnostics]) == (None, ["cache-broken"])
    store.close()


def test_a_locked_file_is_waited_for_once(path: Path) -> None:
    fill(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    store = Store(path, busy_timeout_s=0.05)
    for number in range(100):
        assert store.get(f"key{number}") is None
        store.put(f"key{number}", "host", 9e9, "{}")
    (told,) = store.diagnostics
    assert (told.code, "locked" in told.message) == ("cache-unusable", True)
    store.close()
    other.close()


def test_a_file_locked_for_writing_is_read(path: Path) -> None:
    fill(path)
    other = sqlite3.connect(path, isolation_level=None)
    store = Store(path, busy_timeout_s=0.05)
    assert store.get("key1") == "{}"
    other.execute("BEGIN IMMEDIATE")
    store.put("key9", "host", 9e9, "{}")
    assert (store.get("key1"), store.get("key9")) == ("{}", None)
    assert [told.code for told in store.diagnostics] == ["cache-unusable"]
    store.close()
    other.close()


def test_a_full_disk_costs_the_cache_alone(path: Path) -> None:
    fill(path)
    store = Store(path)
    assert store.get("key1") == "{}"
    assert store._connection
    store._connection.execute("PRAGMA max_page_count = 3")
    store.put("large", "host", 9e9, "x" * 100_000)
    assert (store.get("large"), store.get("key1")) == (None, "{}")
    assert "full" in store.diagnostics[0].message
    store.close()


@pytest.mark.parametrize(
    "obstacle", ["a file where the folder should be", "a folder where the file should be"]
)
def test_a_place_that_can_not_be_is_told(obstacle: str, path: Path, server: Loopback, opened: Opens) -> None:
    if "file where" in obstacle:
        path.parent.write_text("")
    else:
        path.mkdir(parents=True)
    with opened() as send:
        assert send(Request(f"{server.url}/crossref/works/10.5555/nothing")).status == 200
        assert [told.code for told in send.diagnostics] == ["cache-unusable"]


def test_a_read_only_file_still_answers(path: Path, server: Loopback, opened: Opens) -> None:
    request = Request(f"{server.url}/crossref/works/10.5555/nothing")
    with opened() as send:
        send(request)
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        with opened() as send:
            assert send(request).from_cache
            send(Request(f"{server.url}/crossref/works/10.5555/heat"))
        with opened(offline=True) as send:
            assert send(request).from_cache
    finally:
        path.parent.chmod(0o755)


def test_a_value_that_is_no_answer_is_asked_for_again(path: Path, server: Loopback, opened: Opens) -> None:
    request = Request(f"{server.url}/crossref/works/10.5555/nothing")
    with opened() as send:
        send(request)
    with sqlite3.connect(path) as other:
        other.execute("UPDATE answers SET value = '{\"half\": '")
    other.close()
    with opened(offline=True) as send, pytest.raises(NotCached):
        send(request)
    with opened() as send:
        assert not send(request).from_cache
    with opened() as send:
        assert send(request).from_cache


def test_four_processes_lose_nothing(path: Path) -> None:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        list(pool.map(_write_fifty, [(path, number) for number in range(4)]))
    assert cache.info(path).answers == {"host": 200}


def _write_fifty(job: tuple[Path, int]) -> None:
    path, process = job
    store = Store(path, busy_timeout_s=30)
    for number in range(50):
        store.put(f"{process}-{number}", "host", 9e9, "{}")
    store.close()
    assert not store.diagnostics
