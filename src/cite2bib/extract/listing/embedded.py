"""BibTeX pasted into a page or a letter: its entries are read by their own reader, with the lines they stand on."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from cite2bib import formats

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cite2bib.documents import Block, Document

_ENTRY = re.compile(
    r"\s*@\s*(?:article|book|booklet|conference|inbook|incollection|inproceedings|manual|mastersthesis|misc|online|phdthesis|proceedings|report|techreport|"
    r"thesis|unpublished|software|dataset|electronic|patent|collection|string|preprint|mvbook|periodical|standard|reference|www)\s*([{(])",
    re.IGNORECASE,
)
_LONGEST = 2000  # lines of one entry


def take(document: Document) -> tuple[formats.ReadResult, Document]:
    """The works of the entries in a document, and the document without them."""
    if not any("@" in block.text and _ENTRY.search(block.text) for block in document.blocks):
        return formats.ReadResult(()), document
    lines = _lines(document.blocks)
    claimed = set().union(*_regions(lines))
    if not claimed:
        return formats.ReadResult(()), document
    # Empty lines in place of all others keep the numbers of lines right.
    source = "\n".join(
        lines.get(number, "") if number in claimed else "" for number in range(1, max(claimed) + 1)
    )
    found = formats.get("bibtex").read(source.encode("utf-8", "replace"), document.path)
    rest = tuple(block for old in document.blocks for block in _without(old, claimed))
    return found, replace(document, blocks=rest)


def _lines(blocks: tuple[Block, ...]) -> dict[int, str]:
    found: dict[int, str] = {}
    for block in blocks:
        for offset, text in enumerate(block.text.split("\n")):
            number = block.line + offset
            found[number] = f"{found[number]} {text}" if number in found else text
    return found


def _regions(lines: dict[int, str]) -> Iterator[set[int]]:
    """The numbers of the lines of each entry, from its `@` to the brace that closes it."""
    numbers = sorted(lines)
    index = 0
    while index < len(numbers):
        start = _ENTRY.match(lines[numbers[index]])
        end = _end(lines, numbers, index, start[1]) if start else -1
        if end < 0:
            index += 1
        else:
            yield set(numbers[index : end + 1])
            index = end + 1


def _end(lines: dict[int, str], numbers: list[int], index: int, opener: str) -> int:
    """The index of the line that closes an entry, -1 when none does."""
    closer = {"{": "}", "(": ")"}[opener]
    depth = 0
    for position in range(index, min(len(numbers), index + _LONGEST)):
        text = lines[numbers[position]]
        if position > index and _ENTRY.match(text):
            return -1  # the next entry begins: this one was never closed
        depth += (
            text.count(opener) - text.count(closer) - text.count("\\" + opener) + text.count("\\" + closer)
        )
        if depth <= 0:
            return position
    return -1


def _without(block: Block, claimed: set[int]) -> Iterator[Block]:
    """A block's lines that no entry claimed, in pieces."""
    rows = block.text.split("\n")
    if not any(block.line + offset in claimed for offset in range(len(rows))):
        yield block
        return
    piece: list[str] = []
    for offset, row in enumerate([*rows, None]):
        number = block.line + offset
        if row is not None and number not in claimed:
            piece.append(row)
        elif piece:
            yield replace(block, text="\n".join(piece), line=number - len(piece))
            piece = []
