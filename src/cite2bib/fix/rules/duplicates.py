"""Keys and works that a file holds twice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cite2bib import richtext
from cite2bib.fix.entries import NO_WORKS
from cite2bib.fix.finding import Found, Rule
from cite2bib.fix.references import in_file
from cite2bib.formats.bibtex.decode import decode
from cite2bib.formats.bibtex.people import parse_list, split_list
from cite2bib.formats.bibtex.syntax import Edit
from cite2bib.formats.bibtex.verbatim import unescape
from cite2bib.identifiers import normal_arxiv, normal_doi
from cite2bib.letters import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cite2bib.fix.entries import Entry, File, Item
    from cite2bib.model import Work

# What programs note for themselves; two exports of one work differ in it.
_NOTES = frozenset(
    """
timestamp bibsource biburl owner date-added date-modified bdsk-url-1 bdsk-url-2 bdsk-url-3 bdsk-file-1 groups added-at interhash intrahash
username citeulike-article-id posted-at priority mendeley-groups mendeley-tags adsurl adsnote crossref-doi acmid numpages read rating urldate
""".split()
)
# What people write when they mean two entries of one work.
_MEANT = frozenset(
    "related relatedtype shorthand shortauthor options crossref xdata entryset label sortkey presort execute".split()
)
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
    few = (places for places in loose.several.values() if len(places) <= _MOST_ALIKE)
    return {place for places in (*found.several.values(), *few) for place in places}


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
        for place, entry in enumerate(entries[1:], 1):
            first = next((other for other in entries[:place] if other.key == entry.key), None)
            if first is None:
                message = (
                    f"BibTeX takes the key {entry.key} for {entries[0].key} of line {_line(file, entries[0])}"
                )
                yield Found(entry.block.start, message)
            elif _is_copy(first, entry) or id(same.get(id(entry))) == id(first):
                yield _merged(first, entry)
            elif id(entry) in same or entry.type in NO_WORKS:
                yield Found(entry.block.start, f"the key {entry.key} is that of line {_line(file, first)}")
            else:
                yield _renamed(entry, first, taken)


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
    for first, other in _same_works(file):
        if first.key.lower() != other.key.lower():
            yield _merged(first, other)


@dataclass(slots=True)
class _Union:
    """What of an entry is taken over into another, and what speaks against it."""

    added: list[tuple[str, str]]
    replaced: list[Edit]
    conflicts: list[str]


def _merged(first: Entry, other: Entry) -> Found:
    """The finding that another entry is the same work, with the edits that make one of both if nothing contradicts."""
    named = first.key if first.key != other.key else f"that of line {_line(first.file, first)}"
    message = f"the same work as {named or f'line {_line(first.file, first)}'}"
    union = _union(first, other)
    obstacles = union.conflicts
    if first.block.faults or other.block.faults or first.has_comments() or other.has_comments():
        obstacles = [*obstacles, "what stands between the fields"]
    if not first.key or not other.key:
        obstacles = [*obstacles, "a key is missing"]
    if obstacles:
        return Found(other.block.start, f"{message}; not merged for its {', '.join(obstacles)}")
    edits = [*union.replaced, other.away()]
    added = list(union.added)
    if other.key != first.key:
        message = f"{message}: merged, the key {other.key} goes"
        edits += in_file(first.file, {other.key: first.key})
        _keep_key(first, other, added, edits)
    else:
        message += ": merged"
    if added and (edit := first.added(added)):
        edits.append(edit)
    pairs = ((other.key, first.key),) if other.key != first.key else ()
    return Found(other.block.start, message, tuple(edits), pairs, other.key)


def _keep_key(first: Entry, other: Entry, added: list[tuple[str, str]], edits: list[Edit]) -> None:
    """The key that goes stays as an alias: biber knows `ids`, and people find it."""
    added[:] = [(name, raw) for name, raw in added if name.lower() != "ids"]
    gone = ", ".join(filter(None, (other.key, other.plain("ids"))))
    ids = first.get("ids")
    if ids and ids.text is not None:
        edits.append(Edit(ids.end - 1, ids.end - 1, f", {gone}"))
    else:
        added.append(("ids", f"{{{gone}}}"))


def _union(first: Entry, other: Entry) -> _Union:
    union = _Union([], [], [])
    if first.type != other.type and {first.type, other.type} != {"inproceedings", "conference"}:
        union.conflicts.append("type")
    union.conflicts += sorted(
        name for name in _MEANT if (first.plain(name) or "") != (other.plain(name) or "")
    )
    for item in other.items:
        own = first.get(item.name)
        if not item.raw.strip('{}" \t\r\n') or item.name == "ids" or item.name in _MEANT:
            continue
        if own is None:
            if first.has(item.name):
                union.conflicts.append(item.name)
            elif not (item.name == "url" and _is_doi_of(first, item)):
                union.added.append((item.written, _portable(first, item)))
        elif item.name not in _NOTES and not _says_the_same(own, item):
            if item.name in {"author", "editor"} and _is_fuller(item, own):
                union.replaced.append(Edit(own.value_start, own.end, _portable(first, item)))
            elif not (item.name in {"author", "editor"} and _is_fuller(own, item)):
                union.conflicts.append(item.name)
    return union


def _is_doi_of(entry: Entry, item: Item) -> bool:
    doi = normal_doi(unescape(entry.plain("doi")))
    return bool(doi) and normal_doi(unescape(item.plain)) == doi


def _portable(first: Entry, item: Item) -> str:
    """A value as it can stand elsewhere: a macro that is defined behind that place is written out."""
    strings = first.file.strings()
    words = re.findall(r"[^\s#]+", item.raw) if item.raw[:1] not in {"{", '"'} and item.text is None else []
    if len(words) == 1 and words[0].lower() in strings and strings[words[0].lower()][0] > first.block.start:
        return strings[words[0].lower()][1]
    return item.raw


def _says_the_same(own: Item, other: Item) -> bool:
    if own.raw == other.raw:
        return True
    one, two = own.plain, other.plain
    if own.name == "doi":
        return normal_doi(unescape(one)) == normal_doi(unescape(two)) != ""
    if own.name == "pages":
        return re.findall(r"\w+", one) == re.findall(r"\w+", two)
    if own.name == "url":
        return _bare_address(one) == _bare_address(two)
    if own.name in {"journal", "journaltitle", "booktitle"}:
        return _venue(one) == _venue(two) != ""
    if own.name in {"author", "editor"}:
        return [str(name) for name in parse_list(one)] == [str(name) for name in parse_list(two)]
    if own.name == "month":
        return fold(one)[:3] == fold(two)[:3]
    return _folded(one) == _folded(two) != ""


def _bare_address(text: str) -> str:
    return re.sub(r"^https?://(?:www\.|dx\.)?", "", unescape(text)).rstrip("/")


def _folded(text: str) -> str:
    return fold(richtext.plain(decode(text)))


def _venue(text: str) -> str:
    from cite2bib.fix.journals import abbreviated

    return fold(abbreviated(richtext.plain(decode(text))))


def _is_fuller(one: Item, other: Item) -> bool:
    """Whether a list of names says all that another does: the same people in their order, given names in full or none left out."""
    if one.text is None or other.text is None or "\\" in one.text + other.text:
        return False
    long, short = parse_list(one.text), parse_list(other.text)
    is_open = short and short[-1].literal == "others"
    short = short[:-1] if is_open else short
    if (
        len(long) < len(short)
        or (len(long) > len(short) and not is_open)
        or len(split_list(one.text)) != len(long)
    ):
        return False
    for full, brief in zip(long, short, strict=False):
        if (
            fold(full.family or full.literal) != fold(brief.family or brief.literal)
            or full.suffix != brief.suffix
        ):
            return False
        if full.particle != brief.particle or not _begins(_words(full.given), _words(brief.given)):
            return False
    return True


def _words(text: str) -> list[str]:
    return [fold(word) for word in re.findall(r"[^\W\d_]+", text)]


def _begins(full: Sequence[str], brief: Sequence[str]) -> bool:
    return len(brief) <= len(full) and all(
        word.startswith(start) for word, start in zip(full, brief, strict=False)
    )


RULES = (
    Rule(
        "duplicate-key",
        "Two entries have one key.",
        "BibTeX stops at the second one. If both are the same work they are merged; if not, the second gets a key of its own (what "
        "cites the key means the first, for BibTeX as for biber). Keys that differ in capitals only are told.",
        "@misc{a,\n  title = {On Things},\n  year = {2020},\n}\n\n@misc{a,\n  title = {Of Other Matters},\n  year = {1999},\n}\n",
        "@misc{a,\n  title = {On Things},\n  year = {2020},\n}\n\n@misc{ab,\n  title = {Of Other Matters},\n  year = {1999},\n}\n",
        file=_duplicate_keys,
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
