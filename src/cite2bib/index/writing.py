"""Works into an index: gathered in memory, written in transactions, each with how far the input was read.

A later record of the same catalogue and identifier replaces an earlier one; records of different catalogues stay beside
one another, since that they agree is evidence.
"""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections import Counter
from typing import TYPE_CHECKING, Self

from cite2bib import titles
from cite2bib.diagnostics import IndexFault
from cite2bib.index import folder as files
from cite2bib.index import terms
from cite2bib.index.record import pack
from cite2bib.light import dataclass
from cite2bib.names import family_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from cite2bib.index.folder import Segment
    from cite2bib.model import Work

CLOSED_AT = 2_000  # works of a word: no look-up reads more of one
_SPELLED_AT = 20  # works of a word: so often it is no misprint, and misprints of it are looked for
_MOST_PENDING = 1_500_000  # postings in memory, some 200 MB
_LONGEST_S = 20.0  # between transactions: what a run that is killed has done in vain
_MOST_WORDS = 3_000_000  # that are counted at a time
_FAN = 8  # files of terms of about one size that become one


@dataclass(frozen=True, slots=True)
class Part:
    """A file that is read into the index, and how far."""

    path: str
    kind: str
    size: int
    changed: int  # nanoseconds
    done: int = 0  # records
    finished: bool = False


class Writer:
    """The one who writes; a second one is refused."""

    def __init__(self, path: Path) -> None:
        path.mkdir(parents=True, exist_ok=True)
        self.path = path
        self._stack = contextlib.ExitStack()
        with contextlib.ExitStack() as opening:
            opening.enter_context(_alone(path))
            self._main = opening.enter_context(contextlib.closing(files.open_main(path, write=True)))
            self._stack = opening.pop_all()
        self._segments = files.segments(self._main)
        for stray in files.stray_files(path, (part.number for part in self._segments)):
            stray.unlink(missing_ok=True)
        self._next = self._one("SELECT coalesce(max(id), 0) + 1 FROM works")
        self._next = max(self._next, self._one("SELECT coalesce(max(work), 0) + 1 FROM gone"))
        self._words = _Words(self._main)
        self._new: dict[int, bytes] = {}
        self._own: dict[int, tuple[int, int]] = {}
        self._gone: list[int] = []
        self._terms: dict[int, int | list[int]] = {}
        self._pending = 0
        self._due_s = time.monotonic() + _LONGEST_S
        self.added = self.replaced = self.unchanged = self.older = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _one(self, query: str, values: Sequence[object] = ()) -> int:
        row = self._main.execute(query, values).fetchone()
        return int(row[0]) if row else 0

    @property
    def is_full(self) -> bool:
        """Whether it is time to `commit`."""
        return self._pending >= _MOST_PENDING or time.monotonic() >= self._due_s

    def part(self, path: str) -> Part | None:
        """What is known of an input file."""
        row = self._main.execute("SELECT * FROM parts WHERE path = ?", (path,)).fetchone()
        if row is None:
            return None
        name, kind, size, changed, done, finished = row
        return Part(name, kind, size, changed, done, bool(finished))

    def add(self, work: Work, stamp: int = 0) -> None:
        """Take a work in; an earlier one of the same catalogue and identifier goes, unless its stamp is later.

        A stamp says when the catalogue changed the record; 0 is unknown.
        """
        data = pack(work)
        key = identity(work)
        if key and (held := self._held(key)):
            place, when = held
            if stamp and stamp < when:
                self.older += 1
                return
            if self._data(place) == data:
                self.unchanged += 1
                return
            self._drop(place)
            self.replaced += 1
        else:
            self.added += 1
        place = self._next
        self._next += 1
        self._new[place] = data
        if key:
            self._own[key] = (place, stamp)
        self._post(work, place)

    def _held(self, key: int) -> tuple[int, int] | None:
        if key in self._own:
            return self._own[key]
        row = self._main.execute("SELECT work, stamp FROM own WHERE identity = ?", (key,)).fetchone()
        return (row[0], row[1]) if row else None

    def _data(self, place: int) -> bytes | None:
        if place in self._new:
            return self._new[place]
        row = self._main.execute("SELECT data FROM works WHERE id = ?", (place,)).fetchone()
        return row[0] if row else None

    def _drop(self, place: int) -> None:
        self._new.pop(place, None)
        self._gone.append(place)

    def _post(self, work: Work, place: int) -> None:
        found = terms.clues(work)
        title = work.text("title")
        numbers = set(map(terms.number, terms.identifiers(work)))
        numbers.update(map(terms.number, terms.title_terms(title, lambda: found.people)))
        numbers.update(map(terms.number, terms.head_terms(title)))
        numbers.update(map(terms.number, terms.place_terms(work, found.people)))
        numbers.update(map(terms.number, terms.joint_terms(found, self._words.closed)))
        numbers.update(terms.numbered(text) for text in self._words.open(found))
        for number in numbers:
            self._put(number, place)
        self._pending += len(numbers)

    def _put(self, number: int, place: int) -> None:
        held = self._terms.get(number)
        if held is None:
            self._terms[number] = place
        elif isinstance(held, int):
            self._terms[number] = [held, place]
        else:
            held.append(place)

    def begin(self) -> None:
        """Note that a build is at work, until `finish` takes the note away."""
        with self._transaction():
            self._main.execute("INSERT OR REPLACE INTO meta VALUES (?, '')", (files.UNFINISHED,))

    def commit(self, parts: Iterable[Part] = ()) -> None:
        """Make all that was added part of the index, together with how far the input was read."""
        with self._kept_faults():
            self._commit(parts)
        self._due_s = time.monotonic() + _LONGEST_S

    def _commit(self, parts: Iterable[Part]) -> None:
        for word in self._words.spelled():
            for text in terms.slips(word.text):
                self._put(terms.number(text), word.number)
        number = self._free_number()
        rows = files.write_terms(self.path, number, _rows(self._terms)) if self._terms else 0
        with self._transaction():
            execute, many = self._main.execute, self._main.executemany
            many("INSERT INTO works VALUES (?, ?)", self._new.items())
            own = sorted((key, place, stamp) for key, (place, stamp) in self._own.items())
            many("INSERT OR REPLACE INTO own VALUES (?, ?, ?)", own)
            many("DELETE FROM works WHERE id = ?", ((place,) for place in self._gone))
            many("INSERT OR IGNORE INTO gone VALUES (?)", ((place,) for place in self._gone))
            many("INSERT OR REPLACE INTO words VALUES (?, ?, ?)", self._words.changed())
            if rows:
                execute("INSERT INTO segments VALUES (?, ?)", (number, rows))
            for part in parts:
                row = (part.path, part.kind, part.size, part.changed, part.done, int(part.finished))
                execute("INSERT OR REPLACE INTO parts VALUES (?, ?, ?, ?, ?, ?)", row)
        self._new, self._own, self._gone, self._terms, self._pending = {}, {}, [], {}, 0
        self._segments = files.segments(self._main)
        self._merge_alike()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._kept_faults():
            self._main.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._main.execute("COMMIT")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    self._main.execute("ROLLBACK")
                raise

    @contextlib.contextmanager
    def _kept_faults(self) -> Iterator[None]:
        """Whatever the disk refuses, told in our words."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            kept = "what was written before stays, and the same command goes on from there"
            raise IndexFault(f"the index {self.path} can't be written: {reason}; {kept}") from None

    def _free_number(self) -> int:
        return max((part.number for part in self._segments), default=0) + 1

    def _merge_alike(self) -> None:
        """The last files of terms become one when they are many, so that a look-up never reads more than a few."""
        last = self._segments[-_FAN:]
        if len(last) == _FAN and max(part.rows for part in last[1:]) * 4 >= last[0].rows:
            self._merge(last)

    def _merge(self, parts: Sequence[Segment]) -> None:
        gone = frozenset[int](row[0] for row in self._main.execute("SELECT work FROM gone"))
        number = self._free_number()
        rows = files.write_terms(self.path, number, files.merged(self.path, parts, gone))
        is_whole = len(parts) == len(self._segments)
        with self._transaction():
            self._main.executemany(
                "DELETE FROM segments WHERE number = ?", ((part.number,) for part in parts)
            )
            self._main.execute("INSERT INTO segments VALUES (?, ?)", (number, rows))
            if is_whole:  # nothing names them any more
                self._main.execute("DELETE FROM gone")
        for part in parts:
            with contextlib.suppress(OSError):  # somebody reads it still
                files.terms_file(self.path, part.number).unlink()
        self._segments = files.segments(self._main)

    def finish(self) -> None:
        """Bring the files of terms together where that is worth its time, and close the log."""
        with self._kept_faults():
            self._finish()

    def _finish(self) -> None:
        rest = self._segments[1:]
        largest = self._segments[0].rows if self._segments else 0
        if rest and sum(part.rows for part in rest) * 8 >= largest:
            self._merge(self._segments)
        with self._transaction():
            self._main.execute("DELETE FROM meta WHERE name = ?", (files.UNFINISHED,))
        # A finished index is plain files, which can be read where nobody may write.
        self._main.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        with contextlib.suppress(sqlite3.OperationalError):  # somebody reads it
            self._main.execute("PRAGMA journal_mode = DELETE")


def _rows(held: dict[int, int | list[int]]) -> Iterator[tuple[int, int | bytes]]:
    for number in sorted(held):
        value = held[number]
        row = value if isinstance(value, int) else files.packed(value)
        if row is not None:
            yield number, row


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """The right to write, which the system takes back from whoever is killed."""
    try:
        connection = sqlite3.connect(path / files.LOCK, isolation_level=None, timeout=0.2)
    except sqlite3.Error as error:
        raise IndexFault(f"the index {path} can't be written: {error}") from None
    with contextlib.closing(connection):
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if files.is_being_written(path):
                raise IndexFault(
                    f"the index {path} is being written by another run; one writes at a time"
                ) from None
            raise IndexFault(f"the index {path} can't be written: {error}") from None
        yield


_PUBLISHERS = ("arxiv", "crossref", "openalex", "dblp", "pubmed", "anthology", "datacite")
_OWN_FIRST = {"arxiv": ("arxiv",), "openalex": ("openalex",), "dblp": ("dblp",), "pubmed": ("PMID",)}


def catalogue(work: Work) -> str:
    """The catalogue that a record is from, "" for somebody's own file."""
    first = next(iter(work.fields.values()), None)
    return first.origin.source if first and first.origin.source in _PUBLISHERS else ""


def identity(work: Work) -> int:
    """What a later record of the same catalogue shares with this one; 0 when there is nothing to tell it by."""
    source = catalogue(work)
    # The chapters of a book share its ISBN.
    found = [text for text in terms.identifiers(work) if not text.startswith("ISBN:")]
    wanted = _OWN_FIRST.get(source, ())
    name = next((text for text in found if text.partition(":")[0] in wanted), next(iter(found), ""))
    if source == "anthology" and work.id:
        name = work.id
    if not name and (key := titles.key(work.text("title"))):
        date = work.date()
        people = " ".join(family_key(name) for name in work.names("author")[:2])
        name = f"t:{key} {people} {date.year if date else ''} {work.type}"
    return terms.number(f"{source} {name}") if name else 0


@dataclass(slots=True)
class _Word:
    number: int
    text: str
    closed: bool


class _Words:
    """How many works each word and name has: the frequent ones can be spelled, the most frequent are closed."""

    def __init__(self, main: sqlite3.Connection) -> None:
        self._counts: Counter[str] = Counter()
        self._known: dict[str, _Word] = {}
        self._changed: set[str] = set()
        self._spelled: list[_Word] = []
        for number, text, is_closed in main.execute("SELECT id, word, closed FROM words"):
            self._known[text] = _Word(number, text, bool(is_closed))
            # How often it stood there before is not kept: it is closed a little later than it could be.
            self._counts[text] = CLOSED_AT if is_closed else _SPELLED_AT
        self._next = max((word.number for word in self._known.values()), default=0) + 1
        self.closed = {text for text, word in self._known.items() if word.closed}

    def open(self, found: terms.Clues) -> Iterator[str]:
        """Count the words and names of a work, and give those that are still open."""
        for text in terms.plain_terms(found):
            if text in self.closed:
                continue
            self._counts[text] += 1
            count = self._counts[text]
            if count == _SPELLED_AT:
                self._spell(text)
            elif count >= CLOSED_AT:
                self._close(text)
            yield text
        if len(self._counts) > _MOST_WORDS:
            self._counts = Counter({text: count for text, count in self._counts.items() if count > 1})

    def _spell(self, text: str) -> None:
        word = _Word(self._next, text, closed=False)
        self._next += 1
        self._known[text] = word
        self._changed.add(text)
        if text.startswith("w:") and len(text) > 5:
            self._spelled.append(_Word(word.number, text[2:], closed=False))

    def _close(self, text: str) -> None:
        self._known[text].closed = True
        self._changed.add(text)
        self.closed.add(text)

    def spelled(self) -> list[_Word]:
        """Words that have become frequent since this was asked last."""
        found, self._spelled = self._spelled, []
        return found

    def changed(self) -> list[tuple[int, str, int]]:
        """Rows that are new or no longer right."""
        rows = [
            (word.number, word.text, int(word.closed)) for word in map(self._known.__getitem__, self._changed)
        ]
        self._changed = set()
        return sorted(rows)
