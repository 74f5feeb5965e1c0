"""The state of a long run, in a file beside its output: works so far, what they are found by, how far the input was read."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from cite2bib.diagnostics import UsageError
from cite2bib.index.record import pack, unpack
from cite2bib.index.terms import number
from cite2bib.model import Origin
from cite2bib.resolve import keys as citation_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from cite2bib.model import Work

_SCHEMA = """
CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE parts(name TEXT PRIMARY KEY, done INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE counts(name TEXT PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE groups(id INTEGER PRIMARY KEY, work BLOB NOT NULL, places TEXT NOT NULL, settled INTEGER NOT NULL);
CREATE TABLE mentions(id INTEGER PRIMARY KEY, wgroup INTEGER NOT NULL, work BLOB NOT NULL, places TEXT NOT NULL);
CREATE TABLE shared(key INTEGER NOT NULL, wgroup INTEGER NOT NULL, PRIMARY KEY (key, wgroup)) WITHOUT ROWID;
CREATE TABLE names(name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE INDEX mentions_of ON mentions(wgroup);
"""


class State:
    """The file; one that a run with other wishes left is begun anew."""

    def __init__(self, path: Path, told: str) -> None:
        self.path = path
        if self._said(path) != told:
            path.unlink(missing_ok=True)
        try:
            self._db = sqlite3.connect(path, isolation_level=None, timeout=0.2)
            self._db.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._db.execute("PRAGMA cache_size = -16384")
            self._db.execute("PRAGMA synchronous = NORMAL")
            if not self._db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                self._db.executescript(f"BEGIN;{_SCHEMA}COMMIT;")
                self._db.execute("INSERT INTO meta VALUES ('told', ?)", (told,))
            self._db.execute("BEGIN EXCLUSIVE")
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            raise UsageError(f"{path} can't be used: {error}; is another run writing there?") from None

    @staticmethod
    def _said(path: Path) -> str:
        """The wishes of the run that left a file, "" for none and for what is no such file."""
        if not path.is_file():
            return ""
        try:
            with contextlib.closing(sqlite3.connect(path, timeout=0.2)) as db:
                row = db.execute("SELECT value FROM meta WHERE name = 'told'").fetchone()
        except sqlite3.OperationalError as error:
            if "locked" in str(error):
                raise UsageError(f"{path} is in use: another run is writing there") from None
            return ""
        except sqlite3.Error:
            return ""
        return str(row[0]) if row else ""

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @contextlib.contextmanager
    def told_faults(self) -> Iterator[None]:
        """Whatever the disk refuses, told in our words."""
        try:
            yield
        except sqlite3.Error as error:
            kept = "what was done before is kept, and the same command goes on from there"
            raise UsageError(f"{self.path} can't be written: {error}; {kept}") from None

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing of what is done within."""
        self._db.execute("BEGIN")
        try:
            yield
        except BaseException:
            with contextlib.suppress(sqlite3.Error):  # a full disk has rolled back already
                self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")

    def done(self, part: str) -> int:
        """How many records of an input were taken in."""
        row = self._db.execute("SELECT done FROM parts WHERE name = ?", (part,)).fetchone()
        return int(row[0]) if row else 0

    def keep(self, part: str, done: int) -> None:
        """How far the input was read."""
        self._db.execute("INSERT OR REPLACE INTO parts VALUES (?, ?)", (part, done))

    def count(self, counts: Counter[str]) -> None:
        """Add to what was counted."""
        self._db.executemany(
            "INSERT INTO counts VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET number = number + excluded.number",
            counts.items(),
        )

    def counts(self) -> Counter[str]:
        """What was counted so far."""
        return Counter(dict(self._db.execute("SELECT name, number FROM counts")))

    def begin(self, work: Work, keys: Iterable[str]) -> tuple[int, bytes]:
        """A new work, found by some keys: its number, and itself as bytes."""
        packed = pack(work)
        row = self._db.execute(
            "INSERT INTO groups(work, places, settled) VALUES (?, ?, 0)", (packed, _places_of(work))
        )
        group = int(row.lastrowid or 0)
        self._share(group, keys)
        return group, packed

    def unsettled(self, most: int) -> Iterator[list[tuple[int, bytes]]]:
        """Works of a stopped run that were not looked up."""
        last = 0
        query = "SELECT id, work FROM groups WHERE NOT settled AND id > ? ORDER BY id LIMIT ?"
        while rows := self._db.execute(query, (last, most)).fetchall():
            yield rows
            last = rows[-1][0]

    def settle(self, group: int, packed: bytes, keys: Iterable[str]) -> None:
        """What is known of a work now."""
        self._db.execute("UPDATE groups SET work = ?, settled = 1 WHERE id = ?", (packed, group))
        self._share(group, keys)

    def merge(self, group: int, other: int, packed: bytes, keys: Iterable[str]) -> None:
        """A work that turned out to be another one: it becomes a mention of that, the earlier one goes first."""
        first, last = sorted((group, other))
        held, places = self._db.execute("SELECT work, places FROM groups WHERE id = ?", (last,)).fetchone()
        row = (first, packed if last == group else held, places)
        self._db.execute("INSERT INTO mentions(wgroup, work, places) VALUES (?, ?, ?)", row)
        self._db.execute("UPDATE mentions SET wgroup = ? WHERE wgroup = ?", (first, last))
        self._db.execute("DELETE FROM groups WHERE id = ?", (last,))
        if first == group:
            self._db.execute("UPDATE groups SET work = ?, settled = 1 WHERE id = ?", (packed, group))
        self._share(first, keys)

    def holds(self, group: int) -> bool:
        """Whether a work is still one by itself."""
        return self._db.execute("SELECT 1 FROM groups WHERE id = ?", (group,)).fetchone() is not None

    def mention(self, group: int, work: Work) -> None:
        """A further mention of a work."""
        row = (group, pack(work), _places_of(work))
        self._db.execute("INSERT INTO mentions(wgroup, work, places) VALUES (?, ?, ?)", row)

    def is_shared(self, keys: Iterable[str], group: int) -> bool:
        """Whether another work is found by one of some keys."""
        query = "SELECT 1 FROM shared WHERE key = ? AND wgroup != ? LIMIT 1"
        return any(self._db.execute(query, (number(key), group)).fetchone() for key in keys)

    def _share(self, group: int, keys: Iterable[str]) -> None:
        rows = ((number(key), group) for key in keys)
        self._db.executemany("INSERT OR IGNORE INTO shared VALUES (?, ?)", rows)

    def groups_of(self, key: str, most: int) -> list[int]:
        """Works that are found by a key."""
        query = "SELECT wgroup FROM shared JOIN groups ON id = wgroup WHERE key = ? LIMIT ?"
        return [row[0] for row in self._db.execute(query, (number(key), most))]

    def work(self, group: int) -> Work:
        """A work as far as it is known."""
        return unpack(self._db.execute("SELECT work FROM groups WHERE id = ?", (group,)).fetchone()[0])

    def works(self) -> Iterator[list[Work]]:
        """Each work with its further mentions, in the order of first mention."""
        query = """
            SELECT id, 0, work, places FROM groups
            UNION ALL SELECT wgroup, id, work, places FROM mentions ORDER BY 1, 2"""
        rows = self._db.execute(query)
        for _, mentions in groupby(rows, key=lambda row: row[0]):
            yield [_with_places(unpack(data), places) for _, _, data, places in mentions]

    def forget_names(self) -> None:
        """Begin to give citation keys."""
        self._db.execute("DELETE FROM names")
        self._db.execute("BEGIN")

    def names_like(self, works: Iterable[Work], template: str) -> frozenset[str]:
        """Citation keys that are given already and begin as those of some works would."""
        taken: set[str] = set()
        for work in works:
            start = work.id or citation_keys.key(work, template or citation_keys.DEFAULT)
            query = "SELECT name FROM names WHERE name >= ? AND name < ?"
            taken |= {
                row[0] for row in self._db.execute(query, (start.lower(), start.lower() + "\U0010ffff"))
            }
        return frozenset(taken)

    def take_names(self, names: Iterable[str]) -> None:
        """Citation keys that nobody else gets."""
        self._db.executemany("INSERT OR IGNORE INTO names VALUES (?)", ((name.lower(),) for name in names))


def _places_of(work: Work) -> str:
    places = [[place.source, place.locator, place.confidence, place.note] for place in work.places]
    return json.dumps(places, ensure_ascii=False) if places else ""


def _with_places(work: Work, places: str) -> Work:
    if not places:
        return work
    from cite2bib.light import replace

    return replace(work, places=tuple(Origin(*place) for place in json.loads(places)))
