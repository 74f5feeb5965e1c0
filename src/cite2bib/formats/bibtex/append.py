"""Adding to a .bib that exists without touching a byte of it, and telling what overwriting it would lose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib import identifiers, richtext
from cite2bib.formats.bibtex import coding, syntax
from cite2bib.formats.bibtex.decode import decode
from cite2bib.formats.bibtex.reading import entries as entries_of
from cite2bib.formats.bibtex.reading import read_works
from cite2bib.formats.bibtex.syntax import Kind
from cite2bib.formats.bibtex.writing import entry
from cite2bib.letters import fold, to_ascii
from cite2bib.light import replace
from cite2bib.names import family_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cite2bib.formats.bibtex.reading import Entry
    from cite2bib.formats.bibtex.syntax import Bib, Block
    from cite2bib.model import Work

_KEY_SUFFIX = 2  # of a key that is taken: zhu2025context-2


def append(existing: bytes, works: Sequence[Work], *, latex: bool = False) -> bytes:
    """The file with the works that are not in it yet added at its end, in its own encoding and line ends.

    A work is in it when it has the same identifier, or the same title and neither first author nor year differ.
    """
    added = missing(existing, works)
    if not added:
        return existing
    bib = syntax.read(existing)
    taken = {block.key.lower() for block in bib.entries()}
    entries = []
    for work in added:
        key = _free(work.id, taken)
        entries.append(_renamed(entry(work, latex=latex), work.id, key))
        taken.add(key.lower())
    return with_entries(existing, entries)


def with_entries(existing: bytes, entries: Sequence[str]) -> bytes:
    """The file with entries, as they are written, added at its end, in its own encoding and line ends."""
    if not entries:
        return existing
    bib = syntax.read(existing)
    ended = (text if text.endswith("\n") else f"{text}\n" for text in entries)
    text = re.sub("\r\n?", "\n", "\n".join(ended))
    gap = "" if not bib.text.strip("\ufeff") else "\n" if bib.text.endswith(("\n", "\r")) else "\n\n"
    return existing + _encoded((gap + text).replace("\n", bib.coding.newline), bib.coding)


def _encoded(text: str, how: coding.Coding) -> bytes:
    """Letters that the file's encoding has no place for are romanised."""
    try:
        return coding.encode(text, how)
    except UnicodeEncodeError:
        return "".join(_fitting(char, how) for char in text).encode(how.name, how.errors)


def _fitting(char: str, how: coding.Coding) -> str:
    try:
        char.encode(how.name)
    except UnicodeEncodeError:
        from cite2bib.formats.bibtex.encode import encode

        written = encode(char)
        return written if written.isascii() else to_ascii(char)
    return char


def _free(key: str, taken: set[str]) -> str:
    free = key
    number = _KEY_SUFFIX
    while free.lower() in taken:
        free = f"{key}-{number}"
        number += 1
    return free


def entry_under(work: Work, key: str, *, latex: bool = False) -> str:
    """An entry under that very key, whatever letters it has."""
    return _renamed(entry(replace(work, id="key"), latex=latex), "key", key)


def same_entry(existing: bytes, works: Sequence[Work]) -> dict[str, str]:
    """The works, by key, that a file holds under another key, or that are there twice: each with that key."""
    there = _Known(read_works(existing, "").works)
    found = {}
    for work in works:
        same = there.find(work)
        if same is None:
            there.add(work)
        elif same.id != work.id:
            found[work.id] = same.id
    return found


def _renamed(text: str, key: str, free: str) -> str:
    return text if key == free else text.replace(f"{{{key},", f"{{{free},", 1)


def missing(existing: bytes, works: Sequence[Work]) -> tuple[Work, ...]:
    """The works that are not in a .bib, each once."""
    there = _Known(read_works(existing, "").works)
    found = []
    for work in works:
        if there.find(work) is None:
            found.append(work)
            there.add(work)
    return tuple(found)


def with_known_keys(existing: bytes, works: Sequence[Work]) -> tuple[Work, ...]:
    """The works, those without a key under the one that a .bib has for them already."""
    there = _Known(read_works(existing, "").works)
    given = {work.id for work in works if work.id}
    named = []
    for work in works:
        same = None if work.id else there.find(work)
        if same and same.id and same.id not in given:
            given.add(same.id)
            work = replace(work, id=same.id)  # noqa: PLW2901 - the same work, named
        named.append(work)
    return tuple(named)


class _Known:
    """Works by what tells them: an identifier, or the title as far as author and year do not speak against it."""

    def __init__(self, works: Iterable[Work]) -> None:
        self._by_identifier: dict[tuple[str, str], Work] = {}
        self._by_title: dict[str, list[Work]] = {}
        for work in works:
            self.add(work)

    def add(self, work: Work) -> None:
        for mark in _identifiers(work):
            self._by_identifier.setdefault(mark, work)
        if title := _title(work):
            self._by_title.setdefault(title, []).append(work)

    def find(self, work: Work) -> Work | None:
        for mark in _identifiers(work):
            if mark in self._by_identifier:
                return self._by_identifier[mark]
        return next((other for other in self._by_title.get(_title(work), ()) if _may_be(work, other)), None)


def _identifiers(work: Work) -> Iterator[tuple[str, str]]:
    for variable in ("DOI", "arxiv", "PMID", "PMCID"):
        if variable in work and (value := identifiers.normalise(variable, work.text(variable))):
            yield variable, value


def _title(work: Work) -> str:
    return fold(richtext.plain(work.text("title")))


def _may_be(one: Work, other: Work) -> bool:
    """Whether works of one title can be the same: a preprint may come out a year later, an Editorial is no Editorial."""
    authors = [work.names("author") or work.names("editor") for work in (one, other)]
    years = [date.year for work in (one, other) if (date := work.date()) and date.year]
    by_authors = all(authors) and family_key(authors[0][0]) == family_key(authors[1][0])
    if all(authors) and not by_authors:
        return False
    if len(years) == 2 and abs(years[0] - years[1]) > 1:
        return False
    return by_authors or len(years) == 2 or len(richtext.plain(one.text("title")).split()) > 2


def would_lose(existing: bytes, new: str) -> list[str]:
    """What of an existing .bib would be lost if the new text took its place; empty when nothing is."""
    old, bib = syntax.read(existing), syntax.Bib(new, tuple(syntax.split(new)))
    kept = {_squeezed(bib.source(block)) for block in bib.blocks}
    lines = syntax.Lines(old.text)
    losses = [
        (lines.line(_first_letter(old, block)), f"{_named(block)} {text[:60]!r}")
        for block in old.blocks
        if block.kind is not Kind.ENTRY and (text := _squeezed(old.source(block))) and text not in kept
    ]
    theirs = {other.key.lower(): other for other in entries_of(new.encode("utf-8", "replace"))}
    for mine in entries_of(existing):
        if _squeezed(old.source(mine.block)) not in kept:
            losses += _lost_of_entry(mine, theirs.get(mine.key.lower()), lines.line(mine.block.start))
            comments = _comments(old, mine.block)
            losses += [(lines.line(place), f"a comment inside {mine.key!r}") for place in comments]
    return [f"line {line}: {what}" for line, what in sorted(losses)]


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text.strip().strip("\ufeff"))


def _first_letter(bib: Bib, block: Block) -> int:
    text = bib.source(block)
    return block.start + len(text) - len(text.lstrip("\ufeff \t\r\n"))


def _named(block: Block) -> str:
    names = {Kind.TEXT: "the text", Kind.COMMENT: "the comment", Kind.BROKEN: "the broken entry"}
    return names.get(block.kind, f"the @{block.type.lower()}")


def _lost_of_entry(old: Entry, new: Entry | None, line: int) -> list[tuple[int, str]]:
    if new is None:
        return [(line, f"the entry {old.key!r}")]
    return [
        (old.places[name], f"the field {name} of {old.key!r}, {value[:40]!r}")
        for name, value in old.fields.items()
        if value.strip() and fold(_plain(value)) != fold(_plain(new.fields.get(name, "")))
    ]


def _plain(value: str) -> str:
    return richtext.plain(decode(value))


def _comments(bib: Bib, block: Block) -> Iterator[int]:
    """Where comments stand between an entry's fields."""
    position = block.body
    for item in bib.assignments(block):
        if (found := bib.text.find("%", position, item.start)) >= 0:
            yield found
        position = item.end
