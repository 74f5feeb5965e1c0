"""The index beside other engines, and what matching makes of its answers.

    python bench/made_works.py /tmp/made --works 1000000
    python bench/index.py engines /tmp/made --folder /tmp/bench       build time, size, memory, look-ups, recall
    python bench/index.py matching /tmp/made --folder /tmp/bench      right and wrong papers, by what was done to the title
    python bench/index.py references /tmp/bench/ours refs.jsonl --count 1000000
    python bench/index.py batches /tmp/bench/ours refs.jsonl --folder /tmp/bench             time and memory of each

All engines hold the same works and get the same questions in one run; figures are of CPU time, with wall time where several
processes work. Engines that are not installed (`pip install tantivy duckdb`) are left out.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import re
import resource
import sqlite3
import subprocess
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from rapidfuzz.distance import Levenshtein  # noqa: E402

from cite2bib import titles  # noqa: E402
from cite2bib.index.disk import Disk  # noqa: E402
from cite2bib.model import Date, Work  # noqa: E402
from cite2bib.names import OTHERS, family_key  # noqa: E402
from cite2bib.pipeline import indexing  # noqa: E402
from cite2bib.resolve.match import choose, notice  # noqa: E402
from cite2bib.resolve.match.weights import DOUBT  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_BEST = 12


class Row(NamedTuple):
    """What the other engines hold of a work."""

    place: int
    key: str
    words: str
    people: str


def rows_of(index: Path) -> Iterator[Row]:
    """The works of our index, as the others get them."""
    with Disk(index) as disk:
        for place, work in enumerate(disk.works()):
            title = work.text("title")
            people = " ".join(family_key(name) for name in work.names("author")[:8])
            yield Row(place, titles.key(title), " ".join(titles.words(title)), people)


class Ours:
    """The index of this package."""

    name = "cite2bib"

    def __init__(self, folder: Path) -> None:
        self.disk = Disk(folder / "ours")
        self.places: dict[str, int] = {}

    @staticmethod
    def build(folder: Path, made: Path, _index: Path) -> None:
        """Make the files."""
        indexing.build(folder / "ours", [made])

    def exact(self, works: Sequence[Work]) -> list[list[str]]:
        """Works with a title, or an identifier."""
        return [[_identity(item) for item in found] for found in self.disk.exact(works)]

    def fuzzy(self, works: Sequence[Work]) -> list[list[str]]:
        """The works that are likest."""
        return [[_identity(item) for item in self.disk.similar(work)[:_BEST]] for work in works]


class Fts5:
    """SQLite's own search: words as an OR, ranked by BM25."""

    name = "SQLite FTS5"

    def __init__(self, folder: Path) -> None:
        self.db = sqlite3.connect(folder / "fts5.sqlite")

    @staticmethod
    def build(folder: Path, _made: Path, index: Path) -> None:
        """Make the files."""
        db = sqlite3.connect(folder / "fts5.sqlite")
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("CREATE VIRTUAL TABLE works USING fts5(words, people, content='')")
        rows = ((row.place, row.words, row.people) for row in rows_of(index))
        db.executemany("INSERT INTO works(rowid, words, people) VALUES (?, ?, ?)", rows)
        db.execute("INSERT INTO works(works) VALUES ('optimize')")
        db.commit()

    def exact(self, works: Sequence[Work]) -> list[list[int]]:
        """Works with a title, or an identifier."""
        return [self._asked(f'words : "{" ".join(titles.words(work.text("title")))}"') for work in works]

    def fuzzy(self, works: Sequence[Work]) -> list[list[int]]:
        """The works that are likest."""
        return [self._asked(" OR ".join(f'"{word}"' for word in _asked_words(work))) for work in works]

    def _asked(self, query: str) -> list[int]:
        found = self.db.execute(
            "SELECT rowid FROM works WHERE works MATCH ? ORDER BY rank LIMIT ?", (query, _BEST)
        )
        return [row[0] for row in found]


class Tantivy:
    """A search engine in Rust: words as an OR, ranked by BM25."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        import tantivy

        self.index = tantivy.Index.open(str(folder / "tantivy"))
        self.searcher = self.index.searcher()

    @staticmethod
    def build(folder: Path, _made: Path, index: Path) -> None:
        """Make the files."""
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("place", stored=True)
        builder.add_text_field("words")
        builder.add_text_field("people")
        builder.add_text_field("key", tokenizer_name="raw")
        (folder / "tantivy").mkdir()
        made = tantivy.Index(builder.build(), path=str(folder / "tantivy"))
        writer = made.writer(300_000_000, 1)
        for row in rows_of(index):
            document = tantivy.Document(place=row.place, words=row.words, people=row.people, key=row.key)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def exact(self, works: Sequence[Work]) -> list[list[int]]:
        """Works with a title, or an identifier."""
        import tantivy

        keys = (titles.key(work.text("title")) for work in works)
        return [self._asked(tantivy.Query.term_query(self.index.schema, "key", key)) for key in keys]

    def fuzzy(self, works: Sequence[Work]) -> list[list[int]]:
        """The works that are likest."""
        queries = (
            self.index.parse_query(" ".join(_asked_words(work)), ["words", "people"]) for work in works
        )
        return [self._asked(query) for query in queries]

    def _asked(self, query: Any) -> list[int]:
        hits = self.searcher.search(query, _BEST).hits
        return [self.searcher.doc(address)["place"][0] for _, address in hits]


class DuckDb:
    """An analytical database: a table of words, grouped by work."""

    name = "DuckDB"

    def __init__(self, folder: Path) -> None:
        import duckdb

        self.db = duckdb.connect(str(folder / "duck.db"), read_only=True)
        self.db.execute("SET threads = 1")

    @staticmethod
    def build(folder: Path, _made: Path, index: Path) -> None:
        """Make the files."""
        import duckdb

        listed = folder / "rows.tsv"
        with listed.open("w", encoding="utf-8") as file:
            file.writelines(f"{row.place}\t{row.key}\t{row.words} {row.people}\n" for row in rows_of(index))
        db = duckdb.connect(str(folder / "duck.db"))
        columns = "{'place': 'INTEGER', 'key': 'VARCHAR', 'words': 'VARCHAR'}"
        db.execute(
            f"CREATE TABLE works AS SELECT * FROM read_csv('{listed}', delim='\t', header=false, quote='', columns={columns})"
        )
        db.execute("CREATE INDEX keys ON works(key)")
        words = "SELECT DISTINCT unnest(string_split(words, ' ')) AS word, place FROM works"
        db.execute(f"CREATE TABLE words AS SELECT * FROM ({words}) ORDER BY word, place")
        db.execute(
            "CREATE TABLE counts AS SELECT word, ln(1e6 / count(*)) AS weight FROM words GROUP BY word ORDER BY word"
        )
        db.close()
        listed.unlink()

    def exact(self, works: Sequence[Work]) -> list[list[int]]:
        """Works with a title, or an identifier."""
        keys = (titles.key(work.text("title")) for work in works)
        return [self._asked("SELECT place FROM works WHERE key = ?", [key]) for key in keys]

    def fuzzy(self, works: Sequence[Work]) -> list[list[int]]:
        """The works that are likest."""
        query = f"""SELECT place FROM words JOIN counts USING (word) WHERE list_contains(?, word)
            GROUP BY place ORDER BY sum(weight) DESC LIMIT {_BEST}"""
        return [self._asked(query, [_asked_words(work)]) for work in works]

    def _asked(self, query: str, values: list[Any]) -> list[int]:
        return [row[0] for row in self.db.execute(query, values).fetchall()]


class RapidFuzz:
    """All titles in memory, compared one by one in C++."""

    name = "rapidfuzz"

    def __init__(self, folder: Path) -> None:
        self.keys = [row.key for row in rows_of(folder / "ours")]

    @staticmethod
    def build(_folder: Path, _made: Path, _index: Path) -> None:
        """Make the files."""
        return

    def exact(self, works: Sequence[Work]) -> list[list[int]]:
        """Works with a title, or an identifier."""
        return [self._asked(work, 100) for work in works]

    def fuzzy(self, works: Sequence[Work]) -> list[list[int]]:
        """The works that are likest."""
        return [self._asked(work, 60) for work in works]

    def _asked(self, work: Work, cutoff: int) -> list[int]:
        from rapidfuzz import fuzz, process

        key = titles.key(work.text("title"))
        found = process.extract(key, self.keys, scorer=fuzz.ratio, limit=_BEST, score_cutoff=cutoff)
        return [place for _, _, place in found]


ENGINES: dict[str, Any] = {item.name: item for item in (Ours, Fts5, Tantivy, DuckDb, RapidFuzz)}
_FEW = {"rapidfuzz": 20, "SQLite FTS5": 60, "DuckDB": 60}  # questions, where one takes long


def _asked_words(work: Work) -> list[str]:
    people = [family_key(name) for name in work.names("author")[:3]]
    return [word for word in (*titles.words(work.text("title")), *people) if word.isalnum()]


def _identity(work: Work) -> str:
    return work.text("DOI") or work.text("arxiv")


# What is done to a title, as people and programs do it.


def misprinted(title: str, chance: random.Random) -> str:
    """Two slips of the fingers."""
    letters = list(title)
    for _ in range(2):
        place = chance.randrange(1, max(2, len(letters) - 1))
        kind = chance.random()
        if kind < 0.4 and place + 1 < len(letters):
            letters[place], letters[place + 1] = letters[place + 1], letters[place]
        elif kind < 0.7:
            del letters[place]
        else:
            letters.insert(place, chance.choice("abcdefghijklmnopqrstuvwxyz"))
    return "".join(letters)


def without_subtitle(title: str, _chance: random.Random) -> str:
    """What stands before the colon."""
    return title.partition(":")[0] if ":" in title and not notice.kind(title) else ""


def truncated(title: str, _chance: random.Random) -> str:
    """The first words."""
    words = title.split()
    return " ".join(words[: max(6, len(words) * 2 // 3)]) if len(words) > 7 else ""


def in_tex(title: str, chance: random.Random) -> str:
    """With TeX that a program left."""
    words = title.split()
    place = chance.randrange(len(words))
    words[place] = f"{{{words[place]}}}"
    return r"\textbf{" + " ".join(words).replace("a", r"\'{a}", 1).replace("&", r"\&") + "}"


def untouched(title: str, _chance: random.Random) -> str:
    """As it is."""
    return title


KINDS: dict[str, Callable[[str, random.Random], str]] = {
    "as it is": untouched, "two typos": misprinted, "no subtitle": without_subtitle, "truncated": truncated, "TeX": in_tex,
}  # fmt: skip


def query_of(work: Work, title: str, chance: random.Random, year: int = 0) -> Work:
    """A reference to a work under a title: with initials now and then, and maybe another year."""
    query = Work().with_field("title", title)
    people = work.names("author")
    if people:
        short = chance.random() < 0.4
        named = tuple(
            type(name)(name.family, f"{name.given[:1]}." if short else name.given) for name in people
        )
        query = query.with_field("author", named)
    date = work.date()
    return query.with_field("issued", Date((date.year + year,))) if date and date.year else query


def sampled(index: Path, count: int, seed: int = 1) -> list[tuple[int, Work]]:
    """Some works of an index with their places."""
    with Disk(index) as disk:
        total = len(disk)
        wanted = set(random.Random(seed).sample(range(total), min(count, total)))
        return [(place, work) for place, work in enumerate(disk.works()) if place in wanted]


@dataclass(slots=True)
class Cost:
    """What a step took."""

    cpu_s: float
    wall_s: float
    peak_mb: float = 0.0


def timed(call: Callable[[], Any]) -> tuple[Any, Cost]:
    """What a call gives, and what it took."""
    gc.collect()
    cpu, wall = time.process_time(), time.perf_counter()
    result = call()
    return result, Cost(time.process_time() - cpu, time.perf_counter() - wall)


def _built(name: str, folder: Path, made: Path) -> tuple[float, float, float]:
    _, cost = timed(lambda: ENGINES[name].build(folder, made, folder / "ours"))
    return cost.cpu_s, cost.wall_s, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _size_mb(folder: Path, before: set[Path]) -> float:
    return sum(path.stat().st_size for path in set(_files(folder)) - before) / 1e6


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())


def build_all(names: Sequence[str], folder: Path, made: Path) -> None:
    """Each engine's files, made in a process of its own so that its memory is its own."""
    folder.mkdir(parents=True, exist_ok=True)
    notes = folder / "built.json"
    told: dict[str, Any] = json.loads(notes.read_text()) if notes.exists() else {}
    print(f"{'engine':14} {'build CPU s':>12} {'wall s':>8} {'size MB':>9} {'peak MB':>9}")
    for name in names:
        if name not in told:
            before = set(_files(folder))
            with get_context("spawn").Pool(1) as pool:
                cpu, wall, peak = pool.apply(_built, (name, folder, made))
            told[name] = [cpu, wall, _size_mb(folder, before), peak]
            notes.write_text(json.dumps(told))
        cpu, wall, size, peak = told[name]
        print(f"{name:14} {cpu:12.0f} {wall:8.0f} {size:9.0f} {peak:9.0f}")


def _fuzzy_share(folder: Path, queries: list[Work]) -> int:
    return len(Ours(folder).fuzzy(queries))


def engines(arguments: argparse.Namespace) -> None:
    """The tables of all engines."""
    names = [name for name in ENGINES if name in arguments.only or not arguments.only]
    names = [name for name in names if _is_there(name)]
    build_all(names, arguments.folder, arguments.made)
    chosen = sampled(arguments.folder / "ours", arguments.questions)
    chance = random.Random(3)
    asked: dict[str, list[tuple[int, Work, Work]]] = defaultdict(list)
    for place, work in chosen:
        for kind, change in KINDS.items():
            if title := change(work.text("title"), chance):
                asked[kind].append((place, work, query_of(work, title, chance)))
    print(f"\n{'engine':14} {'question':12} {'asked':>6} {'a second (CPU)':>15} {'found':>7} {'first':>7}")
    for name in names:
        engine, opened = timed(partial(ENGINES[name], arguments.folder))
        print(f"{name:14} {'opened':12} {'':6} {opened.wall_s:12.4f} s")
        exact = [(place, work, Work(fields={"title": work.fields["title"]})) for place, work in chosen]
        _row(name, "exact title", engine.exact, exact[: _FEW.get(name, len(exact))])
        for kind, rows in asked.items():
            if kind != "as it is":
                _row(name, kind, engine.fuzzy, rows[: _FEW.get(name, len(rows))])
        if name == Ours.name:
            named = [(place, work, work.without("title")) for place, work in chosen]
            _row(name, "identifier", engine.exact, named)
            _in_batches(engine.disk, sampled(arguments.folder / "ours", 6 * arguments.questions, seed=9))
            _two_processes(arguments.folder, [row[2] for row in asked["two typos"]])


def _row(
    name: str, kind: str, ask: Callable[[list[Work]], list[list[Any]]], rows: list[tuple[int, Work, Work]]
) -> None:
    queries = [query for _, _, query in rows]
    found, cost = timed(lambda: ask(queries))
    right = [_identity(work) if name == Ours.name else place for place, work, _ in rows]
    hits = sum(item in places for item, places in zip(right, found, strict=True))
    first = sum(places[:1] == [item] for item, places in zip(right, found, strict=True))
    speed = len(rows) / max(cost.cpu_s, 1e-9)
    print(
        f"{name:14} {kind:12} {len(rows):6} {speed:15.0f} {hits / len(rows):7.1%} {first / len(rows):7.1%}",
        flush=True,
    )


def _in_batches(disk: Disk, chosen: list[tuple[int, Work]]) -> None:
    asked = [Work(fields={"title": work.fields["title"]}) for _, work in chosen]
    starts = range(0, len(asked), 500)
    for kind in ("that nobody asked before", "that somebody asked"):
        titles.words.cache_clear()
        titles.key.cache_clear()
        _, cost = timed(lambda: [len(disk.exact(asked[start : start + 500])) for start in starts])
        print(
            f"{'cite2bib':14} {len(asked)} titles {kind}, 500 at a time: {len(asked) / cost.cpu_s:.0f} a second"
        )


def _two_processes(folder: Path, queries: list[Work]) -> None:
    plain = [Work(fields=dict(query.fields)) for query in queries]
    with get_context("spawn").Pool(2) as pool:
        pool.starmap(_fuzzy_share, [(folder, plain[:2]), (folder, plain[:2])])
        halves = [plain[::2], plain[1::2]]
        _, cost = timed(lambda: pool.starmap(_fuzzy_share, [(folder, half) for half in halves]))
    load = os.getloadavg()[0]
    print(
        f"{'cite2bib':14} two processes: {len(plain) / cost.wall_s:.0f} typos a second of wall time, at a load of {load:.1f}"
    )


def _is_there(name: str) -> bool:
    try:
        __import__({"tantivy": "tantivy", "DuckDB": "duckdb"}.get(name, "sqlite3"))
    except ImportError:
        print(f"{name} is not installed")
        return False
    return True


def _all(query: Work) -> Work:
    return query


def _first_of(query: Work) -> Work:
    return query.with_field("author", query.names("author")[:1])


def _et_al(query: Work) -> Work:
    people = query.names("author")
    return query.with_field("author", (*people[:1], OTHERS)) if len(people) > 1 else query


SAID: dict[str, Callable[[Work], Work]] = {
    "all authors, year": _all, "first author et al., year": _et_al, "first author, year": _first_of,
    "year": lambda query: query.without("author"), "nothing": lambda query: query.without("author", "issued"),
}  # fmt: skip
_NAMING = tuple(SAID)[:3]


def matching(arguments: argparse.Namespace) -> None:
    """Right and wrong papers. Every fifth work asked for is held back: nothing is right for it."""
    index = arguments.folder / "ours"
    if not index.exists():
        indexing.build(index, [arguments.made])
    chance = random.Random(4)
    chosen = [work for _, work in sampled(index, arguments.questions, seed=5)]
    changes: dict[str, tuple[Callable[[str, random.Random], str], int]] = {
        **{kind: (change, 0) for kind, change in KINDS.items()}, "wrong year": (untouched, 1), "very wrong year": (untouched, -6),
        "typos, wrong year": (misprinted, 1),
    }  # fmt: skip
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    rows: list[tuple[float, bool, bool]] = []
    with Disk(index) as disk:
        for number, work in enumerate(chosen):
            for kind, (change, year) in changes.items():
                if not (title := change(work.text("title"), chance)):
                    continue
                whole = query_of(work, title, chance, year)
                for said, saying in SAID.items():
                    told, score = _judged(disk, saying(whole), work, is_absent=number % 5 == 0)
                    counts[said, kind].update((told, "there" if number % 5 else "absent"))
                    if said in _NAMING and told != "no telling":
                        rows.append((score, told == "right", bool(number % 5)))
    _print_matching(counts, list(changes))
    if arguments.svg:
        from matching import svg

        arguments.svg.write_text(svg({"index": rows}), encoding="utf-8")


def _judged(disk: Disk, query: Work, work: Work, *, is_absent: bool) -> tuple[str, float]:
    """What became of a question, and the score of what was or would have been taken."""
    found = [item for item in disk.find(query) if not (is_absent and _are_one(item, work))]
    is_bare = not query.names("author") and any(
        item.fields["title"].origin.source != "arxiv" for item in found
    )
    decision = choose(query, found, DOUBT if disk.holds_everything and is_bare else 0.0)
    if decision.record is None:
        there = any(_are_one(item, work) for item in found)
        if there and decision.reason.startswith("two works") and _has_twin(query, found, work):
            return "no telling", 0.0
        score = 0.0 if decision.reason.startswith("two") else decision.match.score
        return "none" if is_absent else "not taken" if there else "not found", score
    if _are_one(decision.record, work):
        return "right", decision.match.score
    told = "no telling" if _fits_as_well(query, decision.record, work) else "wrong"
    told = "namesake" if told == "wrong" and _is_namesake(query, decision.record, work) else told
    return told, decision.match.score


def _is_namesake(query: Work, record: Work, work: Work) -> bool:
    """Whether nobody is named, and all that is said is as true of another's work: its title, and the year if there is one."""
    if query.names("author"):
        return False
    asked, one, other = (titles.key(item.text("title")) for item in (query, record, work))
    apart = [
        min(Levenshtein.distance(asked, key), Levenshtein.distance(asked, key[: len(asked)]))
        for key in (one, other)
    ]
    year = _year(query)
    return apart[0] <= apart[1] and (not year or abs(_year(record) - year) <= abs(_year(work) - year))


def _has_twin(query: Work, found: Sequence[Work], work: Work) -> bool:
    """Whether another work found is by the same people in the same year and differs in nothing that the reference says."""
    year = _year(work)
    twins = (item for item in found if not _are_one(item, work) and _year(item) == year)
    return any(_fits_as_well(query, item, work) for item in twins)


def _year(work: Work) -> int:
    date = work.date()
    return (date.year if date else 0) or 0


def _fits_as_well(query: Work, record: Work, work: Work) -> bool:
    """Whether what a reference says is as true of a near-duplicate by the same people: a twin that was made so."""
    asked, one, other = (titles.key(item.text("title")) for item in (query, record, work))
    apart = [Levenshtein.distance(asked, key[: len(asked)]) for key in (one, other)]
    return (
        bool(query.names("author"))
        and record.names("author") == work.names("author")
        and apart[0] <= apart[1] + 2
    )


def _are_one(record: Work, work: Work) -> bool:
    """The same record, or another of the same work: a preprint and its publication."""
    if _identity(record) == _identity(work):
        return True
    years = [date.year or 0 for item in (record, work) if (date := item.date())]
    return (
        titles.key(record.text("title")) == titles.key(work.text("title"))
        and record.names("author") == work.names("author")
        and max(years) - min(years) <= 3
    )


def _print_matching(counts: dict[tuple[str, str], Counter[str]], kinds: Sequence[str]) -> None:
    for said in SAID:
        print(f"\nsaid besides the title: {said}")
        print(
            f"{'title':20} {'asked':>6} {'recall':>8} {'wrong':>6} {'of taken':>9} {'namesakes':>10} {'of taken':>9} {'no telling':>11} {'not taken':>10} {'not found':>10}"
        )
        for kind in kinds:
            _print_row(kind, counts[said, kind])
        _print_row("all", sum((counts[said, kind] for kind in kinds), Counter()))
    print("\nwhere people are named")
    _print_row("all", sum((counts[said, kind] for said in _NAMING for kind in kinds), Counter()))


def _print_row(kind: str, seen: Counter[str]) -> None:
    asked, taken = seen["there"] + seen["absent"], seen["right"] + seen["wrong"] + seen["namesake"]
    print(
        f"{kind:20} {asked:6} {seen['right'] / max(1, seen['there']):8.2%} {seen['wrong']:6} {seen['wrong'] / max(1, taken):9.2%} {seen['namesake']:10} {seen['namesake'] / max(1, taken):9.2%} {seen['no telling']:11}"
        f" {seen['not taken']:10} {seen['not found']:10}"
    )


def references(arguments: argparse.Namespace) -> None:
    """References to works of an index as JSON lines in no order: most as they are, some mistreated, a few twice, some to nothing."""
    chance = random.Random(6)
    lines: list[str] = []
    with Disk(arguments.index) as disk:
        share = arguments.count / len(disk)
        for work in disk.works():
            if chance.random() < share:
                line = json.dumps(_reference(work, chance), ensure_ascii=False) + "\n"
                lines += [line] * (2 if chance.random() < 0.03 else 1)
    chance.shuffle(lines)
    with arguments.output.open("w", encoding="utf-8") as output:
        output.writelines(lines[: arguments.count])


def batches(arguments: argparse.Namespace) -> None:
    """What the first so many of some references cost: read, joined, looked up and written in one command."""
    print(
        f"{'references':>10} {'works':>9} {'CPU s':>7} {'a thousand':>11} {'wall s':>7} {'load':>5} {'peak MB':>8} {'with files':>11}"
    )
    for count in arguments.counts:
        folder = arguments.folder / f"batches-{count}"
        folder.mkdir(parents=True, exist_ok=True)
        given, output = folder / "given.jsonl", folder / "out.jsonl"
        with arguments.references.open("rb") as lines:
            given.write_bytes(b"".join(islice(lines, count)))
        output.unlink(missing_ok=True)
        cost, whole_mb = _run(given, arguments.index, output)
        with output.open("rb") as lines:
            works = sum(1 for _ in lines)
        print(
            f"{count:10} {works:9} {cost.cpu_s:7.0f} {1000 * cost.cpu_s / count:9.2f} s {cost.wall_s:7.0f} {os.getloadavg()[1]:5.1f}"
            f" {cost.peak_mb:8.0f} {whole_mb:11.0f}",
            flush=True,
        )


def _run(given: Path, index: Path, output: Path) -> tuple[Cost, float]:
    """The command as a user gives it; its cost, and its peak of memory with the files that it reads as memory."""
    command = [sys.executable, "-m", "cite2bib", str(given), "--index", str(index), "--sources", "none", "--batches", "-q", "-o", str(output)]  # fmt: skip
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    peak = whole = 0.0
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT / "src")}) as process:
        while process.poll() is None:
            own, files = map(sum, zip(*map(_memory_mb, _family(process.pid)), strict=True))
            peak, whole = max(peak, own), max(whole, own + files)
            time.sleep(0.5)
    if process.returncode:
        raise SystemExit(f"the run ended with {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(cpu, time.perf_counter() - began, peak), whole


def _family(process: int) -> list[int]:
    """A process and those it began."""
    try:
        children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except OSError:  # it has ended
        children = []
    return [process, *(number for child in children for number in _family(int(child)))]


def _memory_mb(process: int) -> tuple[float, float]:
    """A process's own memory, and the pages of files among what it has mapped."""
    try:
        said = dict(re.findall(r"(Rss\w+):\s+(\d+)", Path(f"/proc/{process}/status").read_text()))
    except OSError:
        return 0.0, 0.0
    return int(said.get("RssAnon", 0)) / 1024, int(said.get("RssFile", 0)) / 1024


def _reference(work: Work, chance: random.Random) -> dict[str, Any]:
    date = work.date()
    people = [str(name) for name in work.names("author")]
    if chance.random() < 0.3:
        people = [re.sub(r"^(\w)\w*", r"\1.", name) for name in people]
    said = {
        "title": work.text("title"),
        "authors": people,
        "year": date.year if date else None,
        "venue": work.text("container-title"),
    }
    kind = chance.random()
    if kind < 0.25:
        said |= {"doi": work.text("DOI"), "arxiv": work.text("arxiv")}
    elif kind < 0.6:
        change = chance.choice([misprinted, misprinted, misprinted, without_subtitle, truncated, in_tex])
        said["title"] = change(work.text("title"), chance) or work.text("title")
    elif kind < 0.63:
        said["title"] = " ".join(chance.sample(work.text("title").split(), len(work.text("title").split())))
    return {name: value for name, value in said.items() if value}


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(required=True)
    for call, name in ((engines, "engines"), (matching, "matching")):
        command = commands.add_parser(name)
        command.add_argument("made", type=Path)
        command.add_argument("--folder", type=Path, required=True)
        command.add_argument("--questions", type=int, default=2_000)
        command.add_argument("--only", nargs="*", default=[])
        command.add_argument("--svg", type=Path)
        command.set_defaults(call=call)
    made = commands.add_parser("references")
    made.add_argument("index", type=Path)
    made.add_argument("output", type=Path)
    made.add_argument("--count", type=int, default=100_000)
    made.set_defaults(call=references)
    many = commands.add_parser("batches")
    many.add_argument("index", type=Path)
    many.add_argument("references", type=Path)
    many.add_argument("--folder", type=Path, required=True)
    many.add_argument("--counts", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    many.set_defaults(call=batches)
    arguments = parser.parse_args()
    arguments.call(arguments)


if __name__ == "__main__":
    main()
