"""Markdown without what cites nothing: code, math, comments, addresses, front matter. Text in, text of the same length out.

https://pandoc.org/MANUAL.html#pandocs-markdown
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib.documents.citing import Enclosed, blanked

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAGS = "script|style|pre|code|textarea"
_BLOCKS = (
    re.compile(
        r"^(?:[ \t]*>)*[ \t]*(?:(?:[-*+]|\d+[.)])[ \t]+)?(?P<fence>`{3,}|~{3,})(?![^\n]*`)[^\n]*(?:\n.*?)??"
        r"(?:\n(?:[ \t]*>)*[ \t]*(?P=fence)[`~]*[ \t]*(?=\n|\Z)|\Z)",
        re.MULTILINE | re.DOTALL,
    ),
    re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL),
    Enclosed(rf"<({_TAGS})\b[^<>]*>", "</{}>", re.IGNORECASE),
)
_ADDRESS = re.compile(r"<(?:https?|mailto|ftp):[^>\s]*>|(?<![\w@{:])https?://[^\s\])<]*", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|\w+);")
_TAG = re.compile(r"<[/!?]?[A-Za-z][^<>]*>")
_INLINE = (
    re.compile(r"(?<![`\\])(`+)(?!`)(?:(?!\n\s*\n)[^`]|(?!\1(?!`))`+)*?\1(?!`)"),
    re.compile(r"\\[^\w\s]"),
    re.compile(r"\$\$(?:(?!\n[ \t]*\n)[^$])+\$\$"),
    re.compile(r"(?<!\$)\$(?=[^\s$])(?:(?!\n[ \t]*\n)[^$])*?(?<!\s)\$(?![\d$])"),
    re.compile(r"(?<=\]\()[^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+(?:\"[^\"\n]*\"|'[^'\n]*'))?(?=\))"),
    _ADDRESS,
    re.compile(r"^[ ]{0,3}\[[^\]@^\n]+\]:[^\n]*$", re.MULTILINE),
    re.compile(r"</?[A-Za-z][^<>\n]*>"),
    re.compile(r"^[ \t]*@[A-Za-z]+[ \t]*[{(][^\s{},]*,", re.MULTILINE),  # an entry of BibTeX among the prose
)
# A front matter is data, but works are cited in these fields: without being seen, or in prose that is written as a block.
_FRONT = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_CITING = re.compile(
    r"^(?:(?P<silent>nocite):.*|(?:abstract|thanks):[ \t]*[|>][+-]?[ \t]*)(?:\n(?:[ \t]+.*|[ \t]*(?=\n)))*",
    re.MULTILINE,
)
_DEFINITION = re.compile(r"^[ ]{0,3}\[([^\]@^\n]+)\]:", re.MULTILINE)


def shown(text: str) -> str:
    """A text in which all that cites nothing is blank."""
    return blanked(_without_code(blanked(_without_front(text), _BLOCKS), text), _INLINE)


def shown_html(text: str) -> str:
    """The same of HTML, whose texts cite as Markdown does."""
    return blanked(text, (*_BLOCKS[1:], _TAG, _ADDRESS, _ENTITY))


def defined(text: str) -> frozenset[str]:
    """The labels of link definitions."""
    return frozenset(found[1].strip().lower() for found in _DEFINITION.finditer(text))


def silent_fields(text: str) -> list[tuple[int, int]]:
    """Where works are cited that are to be listed and not seen."""
    end = front_matter_end(text)
    return [found.span() for found in _CITING.finditer(text, 0, end) if found["silent"]]


def front_matter_end(text: str) -> int:
    """Where a YAML front matter ends; 0 where there is none."""
    front = _FRONT.match(text)
    return front.end() if front else 0


def _without_front(text: str) -> str:
    front = _FRONT.match(text)
    if not front:
        return text
    kept = list(re.sub(r"[^\n]", " ", front[0]))
    for field in _CITING.finditer(text, 0, front.end()):
        start = text.index(":", field.start()) + 1
        kept[start : field.end()] = text[start : field.end()]
    return "".join(kept) + text[front.end() :]


_HOLDS_PARAGRAPHS = re.compile(r"(?:[-*+]|\(?(?:\d+|[A-Za-z]|#|@\w*)[.)]|\[\^[^\]]+\]:|:|~)(?=[ \t]|$)")


def _without_code(text: str, written: str) -> str:
    """Without blocks that are indented as code, unless they are indented as paragraphs of an item or note."""
    if "\n    " not in written and "\n\t" not in written and not written.startswith(("    ", "\t")):
        return text
    return "\n".join(_unindented(text.split("\n"), written.split("\n")))


def _unindented(lines: list[str], written: list[str]) -> Iterator[str]:
    """The lines; how far they are indented is seen in those that are `written`."""
    after_blank, in_code, in_item = True, False, False
    for line, before in zip(lines, written, strict=True):
        if not line.strip():
            after_blank = True
            yield line
            continue
        indented = before.startswith(("    ", "\t")) or re.match(r" {1,3}\t", before) is not None
        in_code = indented and not in_item and (in_code or after_blank)
        if not indented:
            stays = in_item and not after_blank
            in_item = stays or bool(_HOLDS_PARAGRAPHS.match(before.lstrip()))
        after_blank = False
        yield " " * len(line) if in_code else line
