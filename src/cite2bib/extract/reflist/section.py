"""Where a document keeps its references."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib.extract.reflist.split import Line, Reference, split_lines
from cite2bib.model import Origin

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cite2bib.documents import Block, Document

_HEADING = re.compile(
    r"\s*(?:#+\s*|\*\*|(?:\d{1,2}|[IVX]{1,4}|[A-Z])[.)]?\s+)?(?:list\s+of\s+)?"
    r"(?:references?(?:\s+(?:and\s+notes|cited|list))?|bibliograph(?:y|ie)|works\s+cited|literature(?:\s+cited)?|"
    r"cited\s+(?:literature|references|works)|notes\s+and\s+references|reference\s+list|further\s+reading|"
    r"literatur(?:verzeichnis|liste)?|quellen(?:verzeichnis)?|schrifttum|références(?:\s+bibliographiques)?|"
    r"bibliografía|bibliografia|referencias(?:\s+bibliográficas)?|referências(?:\s+bibliográficas)?|"
    r"riferimenti(?:\s+bibliografici)?|список\s+(?:использованной\s+)?(?:литературы|источников)|литература|"
    r"библиографический\s+список|参考文献|參考文獻|参考資料|참고문헌|litteraturförteckning|referenser|litteratur|"
    r"literatuur(?:lijst)?|bronnen|kaynakça|kaynaklar)\s*(?:\*\*)?\s*[:.]?\s*#*\s*",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r"\s*(?:#+\s*|\*\*)?(?:(?:\d{1,2}|[IVX]{1,4}|[A-Z](?:\.\d+)?)[.)]?\s+)?(?:appendi(?:x|ces)\b.{0,80}|supplement(?:ary|al)\b.{0,60}|"
    r"acknowledge?ments?|about\s+the\s+authors?|author(?:s['’]?)?\s+(?:biograph|contributions?|information|details).{0,40}|"
    r"(?:list\s+of\s+)?(?:figures|tables)|index|glossary|funding|conflicts?\s+of\s+interest.{0,20}|competing\s+interests|"
    r"data\s+availability.{0,20}|figure\s+legends?|neurips\s+paper\s+checklist|checklist|anhang.{0,60}|annexe?s?.{0,40}|"
    r"publisher['’]s\s+note.{0,80}|open\s+access.{0,20}|ethics\s+statement|proofs?\s+of\s+.{0,60})\s*(?:\*\*)?\s*[:.]?\s*",
    re.IGNORECASE,
)


def find_section(document: Document) -> tuple[Block, ...]:
    """The blocks that hold a document's references: marked ones, or what stands under such a heading."""
    marked = tuple(block for block in document.blocks if block.kind == "reference")
    if marked:
        return marked
    return tuple(block for block in _under_headings(document.blocks))


def is_heading(text: str) -> bool:
    """Whether a line is the heading of a reference section, in one of the common languages.

    >>> is_heading("7. References"), is_heading("СПИСОК ЛИТЕРАТУРЫ"), is_heading("References are good.")
    (True, True, False)
    """
    return len(text) < 80 and bool(_HEADING.fullmatch(text))


def _under_headings(blocks: Iterable[Block]) -> Iterable[Block]:
    from dataclasses import replace

    level = -1  # of the heading we are under; -1 outside
    for block in blocks:
        lines = block.text.split("\n")
        opening = next((place for place, line in enumerate(lines) if is_heading(line.strip())), None)
        if opening is not None and (block.kind == "heading" or len(lines) > 1 or len(lines[0]) < 60):
            level = block.level if block.kind == "heading" else 99
            rest = "\n".join(lines[opening + 1 :])
            if rest.strip():
                yield replace(block, text=rest, line=block.line + opening + 1, kind="paragraph")
            continue
        if level >= 0 and _ends(block, level):
            level = -1
        if level >= 0:
            kept = _until_ending(lines)
            if kept:
                yield replace(block, text="\n".join(kept))
            if len(kept) < len(lines):
                level = -1


def _ends(block: Block, level: int) -> bool:
    if block.kind == "heading":
        return block.level <= level or bool(_ENDING.fullmatch(block.text.strip()))
    return False


def _until_ending(lines: list[str]) -> list[str]:
    for place, line in enumerate(lines):
        if len(line) < 100 and _ENDING.fullmatch(line.strip()):
            return lines[:place]
    return lines


def references(document: Document) -> list[Reference]:
    """The reference strings of a document, in their order."""
    blocks = find_section(document)
    if blocks and all(block.kind in {"reference", "item"} for block in blocks):
        return [reference for block in blocks for reference in _one(block, document.path)]
    return split_lines(list(_lines(blocks)), document.path)


def _one(block: Block, path: str) -> Iterable[Reference]:
    from cite2bib.extract.reflist.core import clean, take_label

    label, text = take_label(clean(block.text))
    if text:
        yield Reference(text, label, Origin(path, str(block.line)), block.key)


def _lines(blocks: Iterable[Block]) -> Iterable[Line]:
    for block in blocks:
        for place, raw in enumerate(block.text.split("\n")):
            text = raw.expandtabs(4).rstrip()
            if text.strip():
                number = block.line + (place if block.kind != "page" else 0)
                yield Line(text.strip(), len(text) - len(text.lstrip()), number, place == 0)
