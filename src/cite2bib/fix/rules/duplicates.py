"""Keys and works that a file holds twice."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from cite2bib import richtext
from cite2bib.fix import merging
from cite2bib.fix.entries import NO_WORKS
from cite2bib.fix.finding import Found, Rule
from cite2bib.formats.bibtex.decode import decode
from cite2bib.formats.bibtex.syntax import Edit
from cite2bib.identifiers import normal_arxiv
from cite2bib.letters import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cite2bib.fix.entries import Entry, File
    from cite2bib.model import Work

_DELETED = bytes(byte for byte in range(256) if not chr(byte).isalnum() or byte > 127)
_COMMAND = re.compile(r"\\[A-Za-z]")
_SHORTEST = 10  # letters of a title by which works are looked for


def _title_mark(raw: str) -> str:
    if raw.isascii() and not ("\\" in raw and _COMMAND.search(raw)):  # accents fall away as in folding
        return raw.lower().encode("ascii").translate(None, _DELETED).decode("ascii")
    return fold(richtext.plain(decode(raw[1:-1])))


def _doi_mark(raw: str) -> str:
    start = raw.find("10.")
    return raw[start:-1].strip("} ").lower() if start >= 0 else ""


def _eprint_mark(raw: str) -> str:
    arxiv = normal_arxiv(raw) if "." in raw or "/" in raw else ""
    return f"arxiv:{arxiv}" if arxiv else ""


def _year_mark(raw: str) -> str:
    found = _YEAR.search(raw)
    return found[0] if found else ""


_YEAR = re.compile(r"\d{4}")
_MARKS = {
    "title": _title_mark, "doi": _doi_mark, "eprint": _eprint_mark, "year": _year_mark, "date": _year_mark,
}  # fmt: skip


class _Marked(dict[str, "Callable[[str], str] | None"]):
    """What marks a field makes, by its name as written."""

    def __missing__(self, name: str) -> Callable[[str], str] | None:
        self[name] = _MARKS.get(name.lower())
        return self[name]


_SAME_ENDS = 24  # letters at a title's beginning or end that two spellings of it share
_MOST_SAME = 50  # entries of one mark; a title that more have ("Editorial") tells none of them
_MOST_ALIKE = 12  # titles of one year that share them, as "Proceedings of the" does


class _Places:
    """Entries by a mark; most marks are of one entry, which costs no list."""

    def __init__(self) -> None:
        self.first: dict[str, int] = {}
        self.several: dict[str, list[int]] = {}

    def add(self, mark: str, place: int) -> None:
        first = self.first.setdefault(mark, place)
        if first != place:
            self.several.setdefault(mark, [first]).append(place)


def _alike(file: File) -> set[int]:
    """Places of entries that share an identifier, a title, or a year and how their titles begin or end, with others."""
    found, loose = _Places(), _Places()
    marks = _Marked()
    for place, entry in enumerate(file.entries):
        if entry.type in NO_WORKS:
            continue
        title = year = ""
        for name, raw in entry.values:
            marked = marks[name]
            if marked is None:
                continue
            mark = marked(raw)
            if marked is _year_mark:
                year = mark
            elif len(mark) >= _SHORTEST:
                found.add(mark, place)
                title = mark if marked is _title_mark else title
        if len(title) > _SAME_ENDS and year:
            loose.add(year + title[:_SAME_ENDS], place)
            loose.add(title[-_SAME_ENDS:] + year, place)
    alike = [places for places in loose.several.values() if len(places) <= _MOST_ALIKE]
    alike += [places for places in found.several.values() if len(places) <= _MOST_SAME]
    return {place for places in alike for place in places}


def _same_works(file: File) -> list[tuple[Entry, Entry]]:
    """Pairs of entries of one work, each with the first of it."""
    if "same" not in file.kept:
        file.kept["same"] = list(_pairs(file))
    same: list[tuple[Entry, Entry]] = file.kept["same"]
    return same


def _pairs(file: File) -> Iterator[tuple[Entry, Entry]]:
    listed = _alike(file)
    repeated = {id(entry) for entries in _by_key(file).values() for entry in entries}
    listed |= {place for place, entry in enumerate(file.entries) if id(entry) in repeated}
    entries = [file.entries[place] for place in sorted(listed)]
    works = works_of(file, entries)
    if len(works) != len(entries):
        return
    from cite2bib.resolve.dedupe import dedupe

    own = {id(work): entry for work, entry in zip(works, entries, strict=True)}
    for group in dedupe(works):
        same = [own[id(work)] for work in group.mentions]
        yield from ((same[0], other) for other in same[1:])


def works_of(file: File, entries: Sequence[Entry]) -> list[Work]:
    """Works of some entries, in their order, without looking at the rest of the file but for its macros and parents."""
    if not entries:
        return []
    from cite2bib.formats.bibtex.reading import read_works

    by_key = {entry.key.lower(): entry for entry in reversed(file.entries)}
    own = set(map(id, entries))
    parents = {
        id(parent): parent
        for entry in entries
        for name in ("crossref", "xdata")
        if (parent := by_key.get(entry.plain(name).lower())) and id(parent) not in own
    }
    strings = [
        file.text[block.start : block.end] for block in file.bib.blocks if block.kind.value == "string"
    ]
    sources = [file.bib.source(entry.block) for entry in (*entries, *parents.values())]
    text = "\n\n".join([*strings, *sources])
    works = read_works(text.encode("utf-8", "surrogateescape"), "").works
    wanted = len(entries) + sum(parent.type not in NO_WORKS for parent in parents.values())
    return list(works[: len(entries)]) if len(works) == wanted else []


def _by_key(file: File) -> dict[str, list[Entry]]:
    """Entries of one key, where there are several, capitals apart."""
    if "keys" not in file.kept:
        file.kept["keys"] = _keyed(file)
    keyed: dict[str, list[Entry]] = file.kept["keys"]
    return keyed


def _keyed(file: File) -> dict[str, list[Entry]]:
    found: dict[str, list[Entry]] = {}
    firsts: dict[str, Entry] = {}
    for entry in file.entries:
        key = entry.key.lower()
        first = firsts.setdefault(key, entry)
        if key and first is not entry:
            found.setdefault(key, [first]).append(entry)
    return found


def _duplicate_keys(file: File) -> Iterator[Found]:
    taken = {entry.key.lower() for entry in file.entries}
    same = {id(other): first for first, other in _same_works(file)} if _by_key(file) else {}
    for entries in _by_key(file).values():
        joined: dict[str, list[Entry]] = defaultdict(list)
        for place, entry in enumerate(entries[1:], 1):
            first = next((other for other in entries[:place] if other.key == entry.key), None)
            if first is None:
                message = (
                    f"BibTeX takes the key {entry.key} for {entries[0].key} of line {_line(file, entries[0])}"
                )
                yield Found(entry.block.start, message)
            elif _is_copy(first, entry) or id(same.get(id(entry))) == id(first):
                joined[entry.key].append(entry)
            elif id(entry) in same or entry.type in NO_WORKS:
                yield Found(entry.block.start, f"the key {entry.key} is that of line {_line(file, first)}")
            else:
                yield _renamed(entry, first, taken)
        for key, others in joined.items():
            first = next(entry for entry in entries if entry.key == key)
            yield from merging.merged(first, others, f"line {_line(file, first)}")


def _line(file: File, entry: Entry) -> int:
    return file.text.count("\n", 0, entry.block.start) + 1


def _is_copy(first: Entry, other: Entry) -> bool:
    texts = [re.sub(r"\s+", "", entry.file.bib.source(entry.block)) for entry in (first, other)]
    return texts[0] == texts[1]


def _renamed(entry: Entry, first: Entry, taken: set[str]) -> Found:
    letters = (entry.key + chr(code) for code in range(ord("b"), ord("z") + 1))
    numbers = (f"{entry.key}-{number}" for number in range(2, len(taken) + 3))
    new = next(key for key in (*letters, *numbers) if key.lower() not in taken)
    taken.add(new.lower())
    message = f"the key {entry.key} is that of another work in line {_line(entry.file, first)}: here it becomes {new}"
    start = entry.key_start
    return Found(entry.block.start, message, (Edit(start, start + len(entry.key), new),))


def _duplicate_works(file: File) -> Iterator[Found]:
    groups: dict[int, list[Entry]] = {}
    firsts: dict[int, Entry] = {}
    for first, other in _same_works(file):
        if first.key.lower() != other.key.lower():
            firsts[id(first)] = first
            groups.setdefault(id(first), []).append(other)
    for own, others in groups.items():
        first = firsts[own]
        yield from merging.merged(first, others, first.key or f"line {_line(file, first)}")


RULES = (
    Rule(
        "duplicate-key",
        "Two entries have one key.",
        "BibTeX stops at the second one. If both are the same work they are merged; if not, the second gets a key of its own (what "
        "cites the key means the first, for BibTeX as for biber). Keys that differ in capitals only are told.",
        "@misc{a,\n  title = {On Things},\n  year = {2020},\n}\n\n@misc{a,\n  title = {Of Other Matters},\n  year = {1999},\n}\n",
        "@misc{a,\n  title = {On Things},\n  year = {2020},\n}\n\n@misc{ab,\n  title = {Of Other Matters},\n  year = {1999},\n}\n",
        file=_duplicate_keys,
        is_error=True,
    ),
    Rule(
        "duplicate-work",
        "Two entries are the same work.",
        "They are found as everywhere in cite2bib: by identifiers, or by title, authors and date. The first stays and takes over the "
        "fields that only the other has; the key that goes is kept in `ids`, and renamed in the documents of `--in`. Where the two "
        "contradict each other (a preprint and its journal's version do) nothing is changed.",
        "@article{a,\n  title = {On the Nature of Things},\n  author = {Doe, Jane},\n  journal = {Nature},\n  year = {2020},\n"
        "  doi = {10.1000/1},\n}\n\n@article{b,\n  title = {On the nature of things},\n  author = {Doe, J.},\n  journal = {Nature},\n"
        "  year = {2020},\n  doi = {10.1000/1},\n  pages = {1--9},\n}\n",
        "@article{a,\n  title = {On the Nature of Things},\n  author = {Doe, Jane},\n  journal = {Nature},\n  year = {2020},\n"
        "  doi = {10.1000/1},\n  pages = {1--9},\n  ids = {b},\n}\n",
        file=_duplicate_works,
    ),
)
