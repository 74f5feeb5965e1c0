"""BibTeX pasted into a page or a letter: its entries are read by their own reader, with the lines they stand on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib import formats

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cite2bib.documents import Block, Document

_TYPES = (
    r"@\s*(?:article|book|booklet|conference|inbook|incollection|inproceedings|manual|mastersthesis|misc|online|phdthesis|proceedings|report|techreport|"
    r"thesis|unpublished|software|dataset|electronic|patent|collection|string|preprint|mvbook|periodical|standard|reference|www)\s*([{(])"
)
_ENTRY = re.compile(rf"\s*{_TYPES}", re.IGNORECASE)
# In the middle of a sentence it must have its key.
_INSIDE = re.compile(rf"(?<=[\s:(\[,;.>]){_TYPES}\s*[^\s,{{}}()]+\s*,", re.IGNORECASE)
_LONGEST = 2000  # lines of one entry


def take(document: Document) -> tuple[formats.ReadResult, Document]:
    """The works of the entries in a document, and the document without them."""
    if not any("@" in block.text and _ENTRY.search(block.text) for block in document.blocks):
        return formats.ReadResult(()), document
    claimed = _claimed(_lines(document.blocks))
    if not claimed:
        return formats.ReadResult(()), document
    # Empty lines in place of all others keep the numbers of lines right.
    source = "\n".join(" ".join(claimed.get(number, ())) for number in range(1, max(claimed) + 1))
    found = formats.get("bibtex").read(source.encode("utf-8", "replace"), document.path)
    rest = tuple(block for old in document.blocks for block in _without(old, claimed))
    return found, document._replace(blocks=rest)


def _lines(blocks: tuple[Block, ...]) -> dict[int, str]:
    found: dict[int, str] = {}
    for block in blocks:
        for offset, text in enumerate(block.text.split("\n")):
            number = block.line + offset
            found[number] = f"{found[number]} {text}" if number in found else text
    return found


def _claimed(lines: Mapping[int, str]) -> dict[int, list[str]]:
    """What of each line belongs to entries, each from its `@` to the brace that closes it."""
    claimed: dict[int, list[str]] = {}
    numbers = sorted(lines)
    index, column = 0, 0
    while index < len(numbers):
        text = lines[numbers[index]]
        start = (_ENTRY.match(text) if not column else None) or _INSIDE.search(text, column)
        end = _end(lines, numbers, (index, start.start(1)), start[1]) if start else None
        if not start or not end:
            index, column = index + 1, 0
            continue
        for place in range(index, end[0] + 1):
            row = lines[numbers[place]]
            piece = row[start.start() if place == index else 0 : end[1] if place == end[0] else len(row)]
            claimed.setdefault(numbers[place], []).append(piece)
        index, column = end
    return claimed


def _end(
    lines: Mapping[int, str], numbers: Sequence[int], start: tuple[int, int], opener: str
) -> tuple[int, int] | None:
    """Behind the brace that closes an entry: the index of the line, and the column; None when nothing does."""
    closer = {"{": "}", "(": ")"}[opener]
    depth = 0
    for position in range(start[0], min(len(numbers), start[0] + _LONGEST)):
        text = lines[numbers[position]]
        if position > start[0] and _ENTRY.match(text):
            return None  # the next entry begins: this one was never closed
        for brace in _BRACE.finditer(text, start[1] if position == start[0] else 0):
            depth += (brace[0] == opener) - (brace[0] == closer)
            if not depth:
                return position, brace.end()
    return None


_BRACE = re.compile(r"(?<!\\)[{}()]")


def _without(block: Block, claimed: Mapping[int, Sequence[str]]) -> Iterator[Block]:
    """A block's lines without what entries claimed, in pieces."""
    rows = block.text.split("\n")
    if not any(block.line + offset in claimed for offset in range(len(rows))):
        yield block
        return
    piece: list[str] = []
    for offset, row in enumerate([*rows, None]):
        number = block.line + offset
        left = row and _cut(row, claimed.get(number, ()))
        if left is not None and (left.strip() or number not in claimed):
            piece.append(left)
        elif piece:
            yield block._replace(text="\n".join(piece), line=number - len(piece))
            piece = []


def _cut(row: str, pieces: Sequence[str]) -> str:
    for piece in pieces:
        row = row.replace(piece, " ")
    return row
