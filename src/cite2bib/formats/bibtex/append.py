"""Adding to a .bib that exists without touching a byte of it, and telling what overwriting it would lose."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib import identifiers, richtext
from cite2bib.formats.bibtex import coding, syntax
from cite2bib.formats.bibtex.decode import decode
from cite2bib.formats.bibtex.reading import read_works
from cite2bib.formats.bibtex.syntax import Kind
from cite2bib.formats.bibtex.writing import entry
from cite2bib.letters import fold, to_ascii
from cite2bib.names import family_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cite2bib.formats.bibtex.syntax import Bib, Block
    from cite2bib.model import Work

_IDENTIFIERS = ("DOI", "arxiv", "PMID", "PMCID")
_KEY_SUFFIX = 2  # of a key that is taken: zhu2025context-2


def append(existing: bytes, works: Sequence[Work], *, latex: bool = False) -> bytes:
    """The file with the works that are not in it yet added at its end, in its own encoding and line ends.

    A work is in it when it has the same identifier, or the same title with the same first author or year.
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
    text = "\n".join(entries)
    newline = bib.coding.newline
    gap = "" if not bib.text.strip("\ufeff") else "\n" if bib.text.endswith(("\n", "\r")) else "\n\n"
    return existing + _encoded((gap + text).replace("\n", newline), bib.coding)


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


def _renamed(text: str, key: str, free: str) -> str:
    return text if key == free else text.replace(f"{{{key},", f"{{{free},", 1)


def missing(existing: bytes, works: Sequence[Work]) -> tuple[Work, ...]:
    """The works that are not in a .bib, each once."""
    seen = {mark for work in read_works(existing, "").works for mark in marks(work)}
    found = []
    for work in works:
        own = set(marks(work))
        if not own & seen:
            found.append(work)
        seen |= own
    return tuple(found)


def known_keys(existing: bytes) -> dict[tuple[str, ...], str]:
    """What tells each work of a .bib, and its key there: for giving works the keys they have already."""
    return {mark: work.id for work in reversed(read_works(existing, "").works) for mark in marks(work)}


def marks(work: Work) -> Iterator[tuple[str, ...]]:
    """What tells a work: its identifiers, and its title with its first author, its year, or neither when it has neither."""
    for variable in _IDENTIFIERS:
        if value := identifiers.normalise(variable, work.text(variable)):
            yield variable, value
    title = fold(richtext.plain(work.text("title")))
    if not title:
        return
    date, authors = work.date(), work.names("author")
    if authors:
        yield "author", title, family_key(authors[0])
    if date and date.year:
        yield "year", title, str(date.year)
    if not authors or not (date and date.year):
        yield "title", title


def would_lose(existing: bytes, new: str) -> list[str]:
    """What of an existing .bib would be lost if the new text took its place; empty when nothing is."""
    old = syntax.read(existing)
    bib = syntax.Bib(new, tuple(syntax.split(new)))
    entries = {block.key.lower(): block for block in bib.entries()}
    kept = {_squeezed(bib.source(block)) for block in bib.blocks}
    losses = []
    lines = syntax.Lines(old.text)
    for block in old.blocks:
        line = lines.line(block.start)
        if block.kind is Kind.ENTRY:
            other = entries.get(block.key.lower())
            losses += _lost_of_entry(old, block, bib, other, line)
        elif (text := _squeezed(old.source(block))) and text not in kept:
            losses.append(f"line {line}: {_named(block)} {text[:60]!r}")
    return losses


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text.strip().strip("\ufeff"))


def _named(block: Block) -> str:
    names = {Kind.TEXT: "the text", Kind.COMMENT: "the comment", Kind.BROKEN: "the broken entry"}
    return names.get(block.kind, f"the @{block.type.lower()}")


def _lost_of_entry(old: Bib, block: Block, new: Bib, other: Block | None, line: int) -> list[str]:
    if other is None:
        return [f"line {line}: the entry {block.key!r}"]
    if _squeezed(old.source(block)) == _squeezed(new.source(other)):
        return []
    theirs = {item.name.lower(): _plain(new, item) for item in new.assignments(other)}
    losses = []
    for item in old.assignments(block):
        name = item.name.lower()
        if name not in theirs:
            losses.append(f"line {line}: the field {name} of {block.key!r}")
        elif (was := _plain(old, item)) and fold(was) != fold(theirs[name]):
            losses.append(f"line {line}: the field {name} of {block.key!r}, {was[:40]!r}")
    if old.source(block).count("%") > new.source(other).count("%") and re.search(
        r"^\s*%", old.source(block), re.MULTILINE
    ):
        losses.append(f"line {line}: a comment inside {block.key!r}")
    return losses


def _plain(bib: Bib, item: syntax.Assignment) -> str:
    raw = bib.text[item.value_start : item.end]
    return richtext.plain(decode(raw[1:-1] if raw[:1] in {"{", '"'} else raw))
