"""The headings under which documents keep their references, and those that end such a section."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from cite2bib.patterns import late

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cite2bib.documents import Block

_NUMBERING = r"(?:(?:\d{1,2}|[IVX]{1,4}|[A-Z])[.)]?\s+)?"
_REFERENCES = re.compile(
    rf"\s*(?:#+\s*|\*\*)?{_NUMBERING}(?:list\s+of\s+|(?:supplement(?:al|ary)|additional|selected|general|online|main|method|methods|primary|secondary)\s+)?"
    r"(?:references?(?:\s+(?:and\s+notes|cited|list))?|bibliograph(?:y|ie)|works\s+cited|literature(?:\s+cited)?|"
    r"cited\s+(?:literature|references|works)|notes\s+and\s+references|reference\s+list|further\s+reading|"
    r"literatur(?:verzeichnis|liste)?|quellen(?:verzeichnis)?|schrifttum|références(?:\s+bibliographiques)?|"
    r"bibliografía|bibliografia|referencias(?:\s+bibliográficas)?|referências(?:\s+bibliográficas)?|"
    r"riferimenti(?:\s+bibliografici)?|список\s+(?:использованной\s+)?(?:литературы|источников)|литература|"
    r"библиографический\s+список|参考文献|參考文獻|参考資料|참고문헌|litteraturförteckning|referenser|litteratur|"
    r"literatuur(?:lijst)?|bronnen|kaynakça|kaynaklar)\s*(?:\*\*)?\s*[:.]?\s*#*\s*",
    re.IGNORECASE,
)
_ENDING = late(
    r"\s*(?:#+\s*|\*\*)?(?:(?:\d{1,2}|[IVX]{1,4}|[A-Z](?:\.\d+)?)[.)]?\s+)?(?:appendi(?:x|ces)\b.{0,80}|"
    r"supplement(?:ary|al)\b.{0,60}|acknowledge?ments?|about\s+the\s+authors?|"
    r"author(?:s['’]?)?\s+(?:biograph|contributions?|information|details).{0,40}|"
    r"(?:list\s+of\s+)?(?:figures|tables)|index|glossary|funding|conflicts?\s+of\s+interest.{0,20}|"
    r"competing\s+interests|data\s+availability.{0,20}|figure\s+legends?|neurips\s+paper\s+checklist|checklist|"
    r"anhang.{0,60}|annexe?s?.{0,40}|publisher['’]s\s+note.{0,80}|open\s+access.{0,20}|ethics\s+statement|"
    r"proofs?\s+of\s+.{0,60})\s*(?:\*\*)?\s*[:.]?\s*",
    re.IGNORECASE,
)


def opens_references(text: str) -> bool:
    """Whether a line is the heading of a reference section, in one of the common languages.

    >>> opens_references("7. References"), opens_references("СПИСОК ЛИТЕРАТУРЫ"), opens_references("References are good.")
    (True, True, False)
    """
    return len(text) < 80 and bool(_REFERENCES.fullmatch(text.strip()))


def ends_references(text: str) -> bool:
    """Whether a line is a heading of what follows references: an appendix, acknowledgements, figures.

    >>> ends_references("A. Appendix"), ends_references("Appendix B: Proofs"), ends_references("appendices by M. Katz")
    (True, True, False)
    """
    bare = text.strip()
    return (
        len(text) < 100
        and not bare[:1].islower()
        and bool(_ENDING.fullmatch(bare))
        and not opens_references(text)
    )


_MENU_ITEM = late(r"[^\W\d_][^\d,;:.()\[\]]{0,29}")
_NEAR = 3  # neighbours that are asked


def openings(blocks: Sequence[Block]) -> dict[int, int]:
    """The blocks that open a reference section, each with the line of it that is the heading; items of menus are none."""
    if not any(map(opens_references, (line for block in blocks for line in block.text.split("\n")))):
        return {}
    flat = [
        (number, place, line.strip())
        for number, block in enumerate(blocks)
        for place, line in enumerate(block.text.split("\n"))
        if line.strip()
    ]
    opened: dict[int, int] = {}
    for index, (number, place, line) in enumerate(flat):
        if not opens_references(line):
            continue
        texts = [text for _, _, text in flat[max(0, index - _NEAR) : index + _NEAR + 1]]
        if blocks[number].kind == "heading" or not _is_in_menu(line, texts, min(index, _NEAR)):
            opened.setdefault(number, place)
    return opened


def _is_in_menu(line: str, near: Sequence[str], place: int) -> bool:
    """Whether a line stands amid other short lines without a number or a comma, as "literature, authors, jobs" do.

    What follows a heading has people or years in it. A heading in small letters is rare, a menu in them is not.
    """
    if line[0] in "#*":
        return False
    before = list(itertools.takewhile(_is_menu_item, reversed(near[:place])))
    behind = list(itertools.takewhile(_is_menu_item, near[place + 1 :]))
    if line.islower():
        return len(before) + len(behind) >= 2
    return len(behind) == _NEAR or (len(behind) == 2 and bool(before))


def _is_menu_item(line: str) -> bool:
    return bool(_MENU_ITEM.fullmatch(line)) and line.count(" ") < 4


def has_references(blocks: Sequence[Block]) -> bool:
    """Whether there can be a reference section: a block of it is marked, or a line is its heading."""
    return any(block.kind == "reference" for block in blocks) or bool(openings(blocks))
