"""The files of an index: `works.sqlite` holds records and says which `terms-N.sqlite` belong to it.

A file of terms is written whole, under another name, before the transaction that makes it part of the index, and never
changed after. So whatever kills a build, the index is as it was after the last transaction.
"""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
import sys
import zlib
from array import array
from typing import TYPE_CHECKING, TypeAlias

from cite2bib.diagnostics import IndexFault
from cite2bib.light import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    Row: TypeAlias = tuple[int, int, "int | bytes"]  # term, number of its file, works

MAIN = "works.sqlite"
LOCK = "writing.lock"
UNFINISHED = "unfinished"  # in `meta`, while a build is at work or was stopped
_APPLICATION = 0x63326269  # "c2bi": what `file` and we know our own by
_VERSION = 1
_SCHEMA = """
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE works(id INTEGER PRIMARY KEY, data BLOB NOT NULL);
CREATE TABLE own(identity INTEGER PRIMARY KEY, work INTEGER NOT NULL, stamp INTEGER NOT NULL);
CREATE TABLE gone(work INTEGER PRIMARY KEY);
CREATE TABLE segments(number INTEGER PRIMARY KEY, rows INTEGER NOT NULL);
CREATE TABLE parts(path TEXT PRIMARY KEY, kind TEXT NOT NULL, size INTEGER NOT NULL, changed INTEGER NOT NULL,
    done INTEGER NOT NULL, finished INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE words(id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE, closed INTEGER NOT NULL);
"""
_PAGE_CACHE = -65_536  # kilobytes, negative as SQLite wants it
_MAPPED = 2_000_000_000  # bytes that are read as memory


class Segment(NamedTuple):
    """A file of terms."""

    number: int
    rows: int


def is_index(path: Path) -> bool:
    """Whether there is an index at a path."""
    return (path / MAIN).is_file()


@contextlib.contextmanager
def damage_told(path: Path) -> Iterator[None]:
    """What is wrong with the files of an index, told in our words."""
    try:
        yield
    except (sqlite3.Error, zlib.error, UnicodeDecodeError) as error:
        mend = "if its files are damaged, `cite2bib index build` makes it anew in another folder"
        raise IndexFault(f"the index {path} can't be read: {error}; {mend}") from None


def is_being_written(path: Path) -> bool:
    """Whether a run writes there at this moment."""
    if not (path / LOCK).is_file():
        return False
    address = (path / LOCK).absolute().as_uri()
    try:
        with contextlib.closing(sqlite3.connect(f"{address}?mode=ro", uri=True, timeout=0)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.Error as error:
        return "locked" in str(error)
    return False


def terms_file(folder: Path, number: int) -> Path:
    """Where a file of terms is."""
    return folder / f"terms-{number}.sqlite"


def open_main(folder: Path, *, write: bool = False) -> sqlite3.Connection:
    """The file of records; one that is no index of ours, or a broken one, raises `IndexFault`."""
    path = folder / MAIN
    if not write and not path.is_file():
        raise IndexFault(f"{folder} is no index; `cite2bib index build` makes one")
    try:
        connection = _connected(path, write=write)
        _check(connection, folder, write=write)
    except sqlite3.Error as error:
        raise IndexFault(f"the index {folder} can't be used: {error}") from None
    return connection


def _connected(path: Path, *, write: bool) -> sqlite3.Connection:
    """A connection; to what lies on a medium nobody can write to, one that writes nothing beside it either."""
    address = path.absolute().as_uri()
    if write:
        return sqlite3.connect(address, uri=True, isolation_level=None, timeout=10)
    # After a build was killed, opening for reading takes the last transaction out of the log, which writes.
    mode = "rw" if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK) else "ro&immutable=1"
    connection = sqlite3.connect(f"{address}?mode={mode}", uri=True, isolation_level=None, timeout=10)
    connection.execute("PRAGMA query_only = 1")
    return connection


def _check(connection: sqlite3.Connection, folder: Path, *, write: bool) -> None:
    connection.execute(f"PRAGMA cache_size = {_PAGE_CACHE}")
    connection.execute(f"PRAGMA mmap_size = {_MAPPED}")
    application, version = (
        connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")
    )
    is_empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if is_empty and write:
        _create(connection)
    elif is_empty:
        raise IndexFault(f"{folder} is an index that was never begun; `cite2bib index build` begins it")
    elif application != _APPLICATION:
        raise IndexFault(f"{folder / MAIN} is not a file of this program")
    elif version != _VERSION:
        raise IndexFault(f"{folder} is an index of version {version}, not {_VERSION}; build it anew")
    if write:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")


def _create(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA page_size = 8192")
    connection.executescript(
        f"BEGIN;{_SCHEMA}PRAGMA application_id = {_APPLICATION};PRAGMA user_version = {_VERSION};COMMIT;"
    )


def segments(main: sqlite3.Connection) -> list[Segment]:
    """The files of terms that belong to the index, the oldest first."""
    return [Segment(*row) for row in main.execute("SELECT number, rows FROM segments ORDER BY number")]


def open_terms(folder: Path, number: int) -> sqlite3.Connection:
    """A file of terms: it never changes, so nothing needs to be locked."""
    address = terms_file(folder, number).absolute().as_uri()
    connection = sqlite3.connect(f"{address}?mode=ro&immutable=1", uri=True, isolation_level=None)
    connection.execute(f"PRAGMA mmap_size = {_MAPPED}")
    return connection


def write_terms(folder: Path, number: int, rows: Iterable[tuple[int, int | bytes]]) -> int:
    """A file of terms from rows in the order of their terms, on the disk when this returns; how many there are."""
    target = terms_file(folder, number)
    partial = target.with_suffix(".part")
    partial.unlink(missing_ok=True)
    connection = sqlite3.connect(partial, isolation_level=None)
    with contextlib.closing(connection):
        connection.execute("PRAGMA page_size = 4096")
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("CREATE TABLE terms(term INTEGER PRIMARY KEY, works NOT NULL)")
        connection.execute("BEGIN")
        count = connection.executemany("INSERT INTO terms VALUES (?, ?)", rows).rowcount
        connection.execute("COMMIT")
    with partial.open("rb+") as file:
        os.fsync(file.fileno())
    partial.replace(target)
    _sync_folder(folder)
    return max(count, 0)


def _sync_folder(folder: Path) -> None:
    """The new name on the disk too; Windows has no such thing."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def merged(folder: Path, parts: Sequence[Segment], gone: frozenset[int]) -> Iterator[tuple[int, int | bytes]]:
    """The rows of several files of terms as one, in the order of their terms, without works that are gone."""
    import heapq

    with contextlib.ExitStack() as stack:
        streams = []
        for part in parts:
            connection = stack.enter_context(contextlib.closing(open_terms(folder, part.number)))
            streams.append(
                connection.execute("SELECT term, ?, works FROM terms ORDER BY term", (part.number,))
            )
        yield from _joined(heapq.merge(*streams), gone)


def _joined(rows: Iterable[Row], gone: frozenset[int]) -> Iterator[tuple[int, int | bytes]]:
    last: int | None = None
    held: list[int | bytes] = []
    for term, _, works in rows:
        if term != last:
            if last is not None and (value := _together(held, gone)) is not None:
                yield last, value
            last, held = term, []
        held.append(works)
    if last is not None and (value := _together(held, gone)) is not None:
        yield last, value


def _together(parts: list[int | bytes], gone: frozenset[int]) -> int | bytes | None:
    if len(parts) == 1 and not gone:
        return parts[0]
    listed = array("I")
    for part in parts:
        listed.extend(postings(part))
    return packed(number for number in listed if number not in gone) if gone else packed(listed)


def packed(works: Iterable[int]) -> int | bytes | None:
    """Numbers of works as a row holds them: one as it is, more as bytes, none as None."""
    listed = works if isinstance(works, array) else array("I", works)
    if len(listed) < 2:
        return listed[0] if listed else None
    if sys.byteorder == "big":
        listed = array("I", listed)
        listed.byteswap()
    return listed.tobytes()


def postings(value: int | bytes) -> Sequence[int]:
    """The numbers of works in a row."""
    if isinstance(value, int):
        return (value,)
    listed = array("I")
    listed.frombytes(value)
    if sys.byteorder == "big":
        listed.byteswap()
    return listed


def stray_files(folder: Path, held: Iterable[int]) -> Iterator[Path]:
    """Files of terms that no transaction made part of the index."""
    kept = {terms_file(folder, number).name for number in held}
    for path in folder.iterdir():
        if re.fullmatch(r"terms-\d+\.(?:sqlite|part)(?:-journal)?", path.name) and path.name not in kept:
            yield path
