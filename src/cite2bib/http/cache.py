"""Answers kept on this disk: one SQLite file in the user's cache folder. This module loads no HTTP client.

The file is read and written by requests-cache through `storage`; a cache that can't be used never ends a run.
"""

from __future__ import annotations

import contextlib
import os
import threading
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from cite2bib import paths
from cite2bib.diagnostics import Diagnostic
from cite2bib.light import dataclass

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping

T = TypeVar("T")

_VERSION = 1  # of the table, in the file's user_version
_SCHEMA = """
CREATE TABLE IF NOT EXISTS answers(
    key TEXT PRIMARY KEY, host TEXT NOT NULL, expires REAL NOT NULL, value TEXT NOT NULL) WITHOUT ROWID;
"""


def default_path() -> Path:
    """Where answers are kept unless the settings say otherwise."""
    return Path(paths.cache_folder(), "answers.sqlite")


@dataclass(frozen=True, slots=True)
class Info:
    """What `cite2bib cache info` tells."""

    path: Path
    size_bytes: int
    answers: Mapping[str, int]  # of each host
    diagnostics: tuple[Diagnostic, ...] = ()


def info(path: Path | None = None) -> Info:
    """What is kept; nothing is made when there is no file."""
    path = path or default_path()
    if not path.is_file():
        return Info(path, 0, MappingProxyType({}))
    store = Store(path)
    answers = store.counts()
    store.close()
    return Info(path, path.stat().st_size if path.is_file() else 0, answers, tuple(store.diagnostics))


def clear(host: str = "", path: Path | None = None) -> tuple[int, tuple[Diagnostic, ...]]:
    """Forget all answers, or those of one host: how many there were, and what went wrong."""
    path = path or default_path()
    if not path.is_file():
        return 0, ()
    store = Store(path)
    count = store.clear(host)
    store.close()
    return count, tuple(store.diagnostics)


class Store:
    """The file. Every operation is bounded in time; the first fault ends the use of the file, and is told."""

    def __init__(self, path: Path, busy_timeout_s: float = 2.0) -> None:
        self.path = path
        self.diagnostics: list[Diagnostic] = []
        self._busy_timeout_s = busy_timeout_s
        self._readable = self._writable = True
        self._connection: sqlite3.Connection | None = None
        self._lock = threading.RLock()

    def get(self, key: str) -> str | None:
        """What is kept under a key, however old."""
        row = self._read(lambda db: db.execute("SELECT value FROM answers WHERE key = ?", (key,)).fetchone())
        return str(row[0]) if row else None

    def put(self, key: str, host: str, expires: float, value: str) -> None:
        """Keep something; at once, so that whoever ends the program keeps what was fetched."""
        row = (key, host, expires, value)
        self._write(lambda db: db.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?, ?)", row))

    def delete(self, key: str) -> bool:
        """Forget a key; whether it was there."""
        return bool(self._write(lambda db: db.execute("DELETE FROM answers WHERE key = ?", (key,)).rowcount))

    def keys(self) -> tuple[str, ...]:
        """All keys."""
        rows = self._read(lambda db: db.execute("SELECT key FROM answers").fetchall()) or ()
        return tuple(str(row[0]) for row in rows)

    def counts(self) -> Mapping[str, int]:
        """How many answers are kept of each host."""
        rows = self._read(
            lambda db: db.execute("SELECT host, count(*) FROM answers GROUP BY host ORDER BY host").fetchall()
        )
        return MappingProxyType({str(host): int(count) for host, count in rows or ()})

    def clear(self, host: str = "") -> int:
        """Forget all answers, or those of one host; how many there were."""

        def forget(db: sqlite3.Connection) -> int:
            count = db.execute("DELETE FROM answers WHERE ? IN ('', host)", (host,)).rowcount
            db.execute("VACUUM")
            return count

        return self._write(forget) or 0

    def close(self) -> None:
        """Close the file."""
        if self._connection:
            self._connection.close()
            self._connection = None

    def _read(self, call: Callable[[sqlite3.Connection], T]) -> T | None:
        return self._guarded(call) if self._readable else None

    def _write(self, call: Callable[[sqlite3.Connection], T]) -> T | None:
        return self._guarded(call, writing=True) if self._writable else None

    def _guarded(self, call: Callable[[sqlite3.Connection], T], *, writing: bool = False) -> T | None:
        import sqlite3  # here: who only asks for the file's place does without

        try:
            with self._lock:
                return call(self._connection or self._open())
        except sqlite3.OperationalError as error:  # locked, read-only, full, no such folder
            self._give_up(str(error), writing=writing and self._connection is not None)
        except sqlite3.DatabaseError as error:  # not a database, or broken
            self._move_aside(str(error))
        except OSError as error:
            self._give_up(error.strerror or str(error), writing=False)
        return None

    def _open(self) -> sqlite3.Connection:
        import sqlite3

        self.path.parent.mkdir(parents=True, exist_ok=True)
        # Autocommit: each answer is a transaction. Our lock keeps threads apart.
        connection = sqlite3.connect(
            self.path, timeout=self._busy_timeout_s, isolation_level=None, check_same_thread=False
        )
        try:
            _prepare(connection)
        except sqlite3.Error:
            connection.close()
            raise
        self._connection = connection
        return connection

    def _give_up(self, why: str, *, writing: bool) -> None:
        self._writable = False
        self._readable = writing
        what = "new answers are not kept" if writing else "the cache is not used"
        self._tell("cache-unusable", f"{why}; {what} in this run")

    def _move_aside(self, why: str) -> None:
        """A broken file goes where it can be looked at, and a new one takes its place."""
        self.close()
        aside = _free_name(self.path)
        try:
            self.path.replace(aside)
        except OSError as error:
            self._give_up(error.strerror or str(error), writing=False)
            return
        for suffix in ("-wal", "-shm", "-journal"):
            with contextlib.suppress(OSError):
                os.unlink(f"{self.path}{suffix}")  # noqa: PTH108 - the suffix comes after the whole name
        self._tell("cache-broken", f"{why}; moved to {aside.name}, and a new one begun")

    def _tell(self, code: str, message: str) -> None:
        self.diagnostics.append(Diagnostic(code, f"the cache {self.path}: {message}"))


def _prepare(connection: sqlite3.Connection) -> None:
    from sqlite3 import DatabaseError

    connection.execute("PRAGMA synchronous = NORMAL")
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version == _VERSION:
        return
    if version:  # a later version's file, or another program's
        raise DatabaseError(f"it has version {version}, not {_VERSION}")
    connection.execute(_SCHEMA)
    connection.execute(f"PRAGMA user_version = {_VERSION}")


def _free_name(path: Path) -> Path:
    names = (path.with_name(f"{path.name}.broken{number or ''}") for number in range(100))
    return next((name for name in names if not name.exists()), path.with_name(f"{path.name}.broken"))
