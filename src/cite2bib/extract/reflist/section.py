"""Where a document keeps its references."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib.documents.sections import ends_references, openings, opens_references
from cite2bib.extract.reflist.core import clean, take_label
from cite2bib.extract.reflist.openings import DATED
from cite2bib.extract.reflist.split import Line, Reference, lines_of, split_lines
from cite2bib.light import replace
from cite2bib.model import Origin

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cite2bib.documents import Block, Document


_ASIDE = frozenset({"note", "endnote", "code", "navigation"})  # what stands beside the text


def find_section(document: Document) -> tuple[Block, ...]:
    """The blocks that hold a document's references: marked ones, or what stands under such a heading."""
    marked = tuple(block for block in document.blocks if block.kind == "reference")
    if marked:
        return marked
    return tuple(_under_headings(document.blocks))


def _under_headings(blocks: Sequence[Block]) -> Iterable[Block]:
    """What stands under each heading; a table of contents names the section too, but holds no references."""
    parts = [part for part in _parts(blocks) if part]
    dated = [part for part in parts if _share_of_dates(part) >= 0.1]
    return (block for part in dated or parts for block in part)


def _share_of_dates(part: Sequence[Block]) -> float:
    lines = [line for block in part for line in block.text.split("\n") if line.strip()]
    return sum(bool(DATED.search(line)) for line in lines) / max(len(lines), 1)


def _parts(blocks: Sequence[Block]) -> list[list[Block]]:
    parts: list[list[Block]] = []
    opened = openings(blocks)
    level = -1  # of the heading we are under; -1 outside
    for number, whole in enumerate(blocks):
        if whole.kind in _ASIDE:
            continue
        block, lines = whole, whole.text.split("\n")
        opening = opened.get(number)
        if opening is not None:
            level = block.level if block.kind == "heading" else 99
            parts.append([])
            lines = lines[opening + 1 :]
            block = block._replace(text="\n".join(lines), line=block.line + _below(block, opening))
        elif level >= 0 and _ends(block, level):
            level = -1
        if level >= 0:
            kept = [line for line in _until_ending(lines) if not opens_references(line)]
            if any(line.strip() for line in kept):
                parts[-1].append(block._replace(text="\n".join(kept)))
            level = level if len(_until_ending(lines)) == len(lines) else -1
    return parts


def _below(block: Block, opening: int) -> int:
    return 0 if block.kind == "page" else opening + 1


def _ends(block: Block, level: int) -> bool:
    if block.kind == "heading":
        return block.level <= level or ends_references(block.text)
    return False


def _until_ending(lines: list[str]) -> list[str]:
    for place, line in enumerate(lines):
        if ends_references(line):
            return lines[:place]
    return lines


def references(document: Document) -> list[Reference]:
    """The reference strings of a document, in their order."""
    blocks = find_section(document)
    if blocks and all(block.kind in {"reference", "item"} for block in blocks):
        return [reference for block in blocks for reference in _one(block, document.path)]
    return split_lines(list(_lines(blocks)), document.path)


def _one(block: Block, path: str) -> Iterable[Reference]:
    label, text = take_label(clean(block.text))
    if text:
        yield Reference(text, label, Origin(path, str(block.line)), block.key)


def _lines(blocks: Iterable[Block]) -> Iterable[Line]:
    for block in blocks:
        printed = block.kind == "page"  # there the locator is the page, and a new block is a new column
        for place, line in enumerate(lines_of(block.text, block.line)):
            number = block.line if printed else line.number
            first = place == 0
            yield replace(
                line, number=number, parted=line.parted or (first and not printed), fresh=first and printed
            )
