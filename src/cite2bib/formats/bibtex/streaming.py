"""The works of a .bib that is too large to hold: read in pieces, each let go before the next.

Entries may take over from entries that come later, so the file is gone through twice: first for what is taken over from
and for macros, then for the works.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from cite2bib.formats.bibtex import coding, syntax
from cite2bib.formats.bibtex.reading import Reader
from cite2bib.formats.bibtex.syntax import Bib, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cite2bib.diagnostics import Diagnostic
    from cite2bib.formats.bibtex.reading import Entry
    from cite2bib.model import Work

_PIECE = 4_000_000  # bytes


def pieces(path: Path) -> Iterator[tuple[int, Bib]]:
    """The file as stretches of whole blocks, each with the number of lines before it."""
    with path.open("rb") as handle:
        data = handle.read(_PIECE)
        how = _coding(data)
        decoder = codecs.getincrementaldecoder(how.name)("replace" if how.errors == "strict" else how.errors)
        rest, lines = "", 0
        while data:
            following = handle.read(_PIECE)
            text = rest + decoder.decode(data, final=not following)
            blocks = syntax.split(text)
            whole = blocks if not following else _surely_whole(text, blocks)
            end = whole[-1].end if whole else 0
            yield lines, Bib(text[:end], tuple(whole), how)
            lines += _line_ends(text[:end])
            rest, data = text[end:], following


def _coding(data: bytes) -> coding.Coding:
    """How the first bytes of a file are encoded; the last of them may be a part of a letter."""
    found = [coding.decode(data[: len(data) - cut])[1] for cut in range(4)]
    return next((how for how in found if not how.guessed), found[0])


def _surely_whole(text: str, blocks: list[syntax.Block]) -> list[syntax.Block]:
    """Blocks that no further text can change: not the last, nor any that a broken one before it may have cut."""
    whole = list(blocks)
    while whole and (whole[-1].end == len(text) or whole[-1].faults or whole[-1].kind is not Kind.ENTRY):
        whole.pop()
    return whole[:-1]


def _line_ends(text: str) -> int:
    return text.count("\n") + (text.count("\r") - text.count("\r\n") if "\r" in text else 0)


def works(path: Path, diagnostics: list[Diagnostic], name: str = "") -> Iterator[Work]:
    """The works of a file in its order; what is wrong is added to `diagnostics` as it is found.

    `name` is what origins call the file, where it is a copy.
    """
    strings, parents = _taken_over(path)
    seen: dict[str, tuple[str, int]] = {}
    for line, bib in pieces(path):
        reader = Reader(bib, name or str(path), first_line=line, strings=strings, seen=seen)
        result = reader.result(parents)
        diagnostics += result.diagnostics
        yield from result.works


def _taken_over(path: Path) -> tuple[dict[str, str], dict[str, Entry]]:
    """The macros of a file, and the entries that others name in `crossref` and `xdata`."""
    strings: dict[str, str] = {}
    wanted: set[str] = set()
    for _, bib in pieces(path):
        reader = Reader(bib, "", strings=strings)
        for entry in reader.entries():
            wanted |= _names(entry)
    parents: dict[str, Entry] = {}
    if wanted:
        while more := _found(path, strings, wanted - parents.keys()):
            parents |= more
            wanted = set().union(*(_names(entry) for entry in more.values()))
        quiet = Reader(Bib("", ()), "")
        for entry in parents.values():
            quiet.take_over(entry, parents)
    return strings, parents


def _names(entry: Entry) -> set[str]:
    named = f"{entry.fields.get('crossref', '')},{entry.fields.get('xdata', '')}".lower()
    return {key.strip() for key in named.split(",") if key.strip()}


def _found(path: Path, strings: dict[str, str], keys: set[str]) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for line, bib in pieces(path) if keys else ():
        for entry in Reader(bib, "", first_line=line, strings=strings).entries():
            if entry.key.lower() in keys:
                found.setdefault(entry.key.lower(), entry)
    return found
