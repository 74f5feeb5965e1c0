"""The headings under which documents keep their references, and those that end such a section."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterable

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


def has_references(blocks: Iterable[Block]) -> bool:
    """Whether there can be a reference section: a block of it is marked, or a line is its heading."""
    return any(
        block.kind == "reference" or any(map(opens_references, block.text.split("\n"))) for block in blocks
    )
