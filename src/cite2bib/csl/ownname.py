"""One's own name in bold, in any style: a rewrite of the tree, where names still know whose they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib.csl.ast import Look
from cite2bib.csl.people import Person
from cite2bib.csl.tree import Span
from cite2bib.letters import fold, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cite2bib.csl.tree import Node
    from cite2bib.model import Name

_BOLD = Look(formats=(("font-weight", "bold"),))


def in_bold(nodes: tuple[Node, ...], own: Sequence[Name]) -> tuple[Node, ...]:
    """The tree with every name that is one of these set in bold."""
    return tuple(node if isinstance(node, str) else _marked(node, own) for node in nodes)


def _marked(span: Span, own: Sequence[Name]) -> Span:
    if span.tag == "name" and isinstance(span.value, Person):
        is_own = any(is_same(span.value, name) for name in own)
        return Span((span,), _BOLD) if is_own else span
    return span.with_children(in_bold(span.children, own))


def is_same(person: Person, name: Name) -> bool:
    """Whether a printed name can be this person's: the same family, and given names that agree as far as both go.

    "A. Lovelace" and "Ada K. Lovelace" can be Ada King Lovelace, "Adam Lovelace" can not.
    """
    if person.literal or name.literal:
        return fold(person.literal or person.family) == fold(name.literal or name.family)
    if fold(person.family) != fold(name.family):
        return False
    pairs = list(zip(words(person.given), words(name.given), strict=False))
    return bool(pairs) and all(_agree(*pair) for pair in pairs)


def _agree(one: str, other: str) -> bool:
    """Equal words, or a word and its initial."""
    return one == other or (1 in {len(one), len(other)} and one[0] == other[0])
