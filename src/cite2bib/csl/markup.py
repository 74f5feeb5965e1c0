"""Field text to nodes: inline tags become spans, straight and typographic quotes become quoted spans or apostrophes.

https://docs.citationstyles.org/en/stable/specification.html#html-like-formatting-tags; quotes as citeproc-js reads them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from cite2bib import richtext
from cite2bib.csl.ast import PLAIN, Look
from cite2bib.csl.tree import Span

if TYPE_CHECKING:
    from cite2bib.csl.tree import Node

QUOTED = Look(quotes=True)
_LOOKS = {
    "italic": Look(formats=(("font-style", "italic"),)),
    "bold": Look(formats=(("font-weight", "bold"),)),
    "sup": Look(formats=(("vertical-align", "sup"),)),
    "sub": Look(formats=(("vertical-align", "sub"),)),
    "smallcaps": Look(formats=(("font-variant", "small-caps"),)),
}
_SPECIAL = frozenset("<\"'“”‘’«»„‚‹›")
_BEFORE_OPENING = frozenset(" \u00a0\t\n([{<-–—/“‘\"'«„‚:;,.…")
_AFTER_CLOSING = frozenset(" \u00a0\t\n)]}>-–—/”’\"'»“:;,.!?…")
_STRAIGHT = {'"': '"', "'": "'"}


@lru_cache(maxsize=65_536)
def parse(text: str, quotes: tuple[str, str, str, str]) -> tuple[Node, ...]:
    """Nodes of a text; the quotes are those of the locale."""
    if _SPECIAL.isdisjoint(text):
        return (text,)
    pairs = _pairs(quotes)
    return _quoted(_converted(richtext.parse(text), pairs), pairs, "", "", inner=False)


@lru_cache(maxsize=64)
def _pairs(quotes: tuple[str, str, str, str]) -> dict[str, str]:
    """Each opening quote and what closes it: straight ones, and the locale's where they are single characters.

    Quotes of other languages stay as they are.
    """
    own = [
        (opening, closing)
        for opening, closing in (quotes[2:], quotes[:2])
        if len(opening) == len(closing) == 1
    ]
    return dict(own) | _STRAIGHT


def _converted(nodes: tuple[richtext.Node, ...], pairs: dict[str, str]) -> list[Node]:
    out: list[Node] = []
    for index, node in enumerate(nodes):
        if isinstance(node, str):
            out.append(node)
            continue
        before = _edge(nodes[index - 1], last=True) if index else ""
        after = _edge(nodes[index + 1], last=False) if index + 1 < len(nodes) else ""
        children = _quoted(_converted(node.children, pairs), pairs, before, after)
        look = _LOOKS.get(node.style, PLAIN)
        out.append(Span(children, look, "markup" if look is not PLAIN else node.style))
    return out


def _edge(node: richtext.Node, *, last: bool) -> str:
    """The outermost character of a neighbour."""
    while not isinstance(node, str):
        if not node.children:
            return ""
        node = node.children[-1 if last else 0]
    return node[-1 if last else 0] if node else ""


class _Mark:
    """A quote character that may open or close."""

    __slots__ = ("char", "closes", "opens", "position")

    def __init__(self, char: str, position: int, *, opens: bool, closes: bool) -> None:
        self.char, self.position, self.opens, self.closes = char, position, opens, closes


def _quoted(
    nodes: list[Node], pairs: dict[str, str], before: str, after: str, *, inner: bool = True
) -> tuple[Node, ...]:
    """One level of a tree with its quotes matched."""
    pieces = _pieces(nodes, pairs)
    marks = _marks(pieces, pairs, before, after)
    matched = _matched(marks, pairs)
    out, _ = _assemble(pieces, matched, 0, len(pieces), inner=inner)
    return out


def _pieces(nodes: list[Node], pairs: dict[str, str]) -> list[Node]:
    """Strings cut at quote characters, each of which is a piece of its own."""
    quotes = {*pairs, *pairs.values()}
    out: list[Node] = []
    for node in nodes:
        out += _cut(node, quotes) if isinstance(node, str) else [node]
    return out


def _cut(text: str, quotes: set[str]) -> list[str]:
    pieces = []
    start = 0
    for position, char in enumerate(text):
        if char in quotes:
            pieces += [text[start:position], char]
            start = position + 1
    return [piece for piece in (*pieces, text[start:]) if piece]


def _marks(pieces: list[Node], pairs: dict[str, str], before: str, after: str) -> list[_Mark]:
    known = {*pairs, *pairs.values()}
    marks: list[_Mark] = []
    for position, piece in enumerate(pieces):
        if not isinstance(piece, str) or piece not in known:
            continue
        left = _neighbour(pieces[position - 1], last=True) if position else before
        right = _neighbour(pieces[position + 1], last=False) if position + 1 < len(pieces) else after
        after_opening = bool(marks) and marks[-1].position == position - 1 and marks[-1].opens
        opens = (
            piece in pairs
            and (not left or after_opening or (left in _BEFORE_OPENING and left not in known))
            and bool(right)
            and not right.isspace()
        )
        closes = (
            piece in pairs.values()
            and (not right or right in _AFTER_CLOSING)
            and (bool(left) and not left.isspace())
        )
        marks.append(_Mark(piece, position, opens=opens, closes=closes))
    return marks


def _neighbour(node: Node, *, last: bool) -> str:
    while not isinstance(node, str):
        if not node.children:
            return ""
        node = node.children[-1 if last else 0]
    return node[-1 if last else 0] if node else ""


def _matched(marks: list[_Mark], pairs: dict[str, str]) -> dict[int, int]:
    """Positions of opening quotes and of those that close them; nested, never crossing."""
    matched: dict[int, int] = {}
    stack: list[_Mark] = []
    for mark in marks:
        opener = next(
            (index for index in range(len(stack) - 1, -1, -1) if pairs[stack[index].char] == mark.char), None
        )
        if mark.closes and opener is not None and mark.position > stack[opener].position + 1:
            matched[stack[opener].position] = mark.position
            del stack[opener:]
        elif mark.opens:
            stack.append(mark)
    return matched


def _assemble(
    pieces: list[Node], matched: dict[int, int], start: int, end: int, *, inner: bool = True
) -> tuple[tuple[Node, ...], int]:
    """Pieces as spans; as in the reference an apostrophe stays straight that begins a word inside of markup or quotes."""
    out: list[Node] = []
    position = start
    while position < end:
        if position in matched:
            close = matched[position]
            quoted, _ = _assemble(pieces, matched, position + 1, close)
            out.append(Span(quoted, QUOTED, "markup", pieces[position]))
            position = close + 1
            continue
        piece = pieces[position]
        if piece == "'" and not (inner and (position == start or _ends_with_space(pieces[position - 1]))):
            piece = "’"
        if isinstance(piece, str) and out and isinstance(out[-1], str):
            out[-1] += piece
        else:
            out.append(piece)
        position += 1
    return tuple(out), position


def _ends_with_space(node: Node) -> bool:
    return isinstance(node, str) and node[-1] in " \u00a0("
