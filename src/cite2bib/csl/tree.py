"""The output tree: strings and spans of them that remember which element made them.

Every pass after evaluation is a query or a rewrite of this tree; nothing is joined to one string before the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from cite2bib.csl.ast import PLAIN, Look

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


class Span:
    """A stretch of output.

    Tags: cite, names, name, date, year, year-suffix, citation-number, locator, term, markup (a tag of the data), nocase,
    nodecor, link. A plain class with slots, not a frozen dataclass: hundreds are made for each entry.
    """

    __slots__ = ("children", "look", "tag", "value")

    def __init__(
        self, children: tuple[Node, ...], look: Look = PLAIN, tag: str = "", value: Any = None
    ) -> None:
        self.children = children
        self.look = look
        self.tag = tag
        self.value = value

    def __repr__(self) -> str:
        return f"Span({self.children!r}, {self.tag!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Span) and (self.children, self.look, self.tag) == (
            other.children,
            other.look,
            other.tag,
        )

    __hash__ = None  # type: ignore[assignment]

    def with_children(self, children: tuple[Node, ...]) -> Span:
        """The same span around other children."""
        return Span(children, self.look, self.tag, self.value)


Node: TypeAlias = "str | Span"


def text(node: Node) -> str:
    """What a node says with its affixes and delimiters but without any formatting: for comparing."""
    if isinstance(node, str):
        return node
    look = node.look
    return f"{look.prefix}{look.delimiter.join(map(text, node.children))}{look.suffix}"


def bare(node: Node) -> str:
    """What a node says without its own affixes."""
    return node if isinstance(node, str) else node.look.delimiter.join(map(text, node.children))


def capitalized(node: Node) -> Node:
    """A node with its first letter in upper case."""
    if isinstance(node, str):
        return node[:1].upper() + node[1:]
    first, *rest = node.children or ("",)
    return node.with_children((capitalized(first), *rest))


def is_empty(node: Node) -> bool:
    """Whether a node says nothing."""
    return not node if isinstance(node, str) else all(map(is_empty, node.children))


def find(node: Node, tag: str) -> Span | None:
    """The first span with that tag, depth first."""
    if isinstance(node, str):
        return None
    if node.tag == tag:
        return node
    for child in node.children:
        if not isinstance(child, str) and (found := find(child, tag)) is not None:
            return found
    return None


def find_all(node: Node, tag: str) -> Iterator[Span]:
    """All spans with that tag that are not inside another of them."""
    if isinstance(node, str):
        return
    if node.tag == tag:
        yield node
        return
    for child in node.children:
        yield from find_all(child, tag)


def names_people(names: Span) -> bool:
    """Whether names are those of people, not a text that stands in for them."""
    return bool(names.value) or any(names_people(child) for child in find_all(Span(names.children), "names"))


def names_work(names: Span) -> bool:
    """Whether names say something of the work: its people or its title, not a word of the style like "Anon."."""
    return names_people(names) or find(names, "variable") is not None


def replace_first(node: Node, tag: str, change: Callable[[Span], Node | None]) -> tuple[Node | None, bool]:
    """The tree with its first span of that tag changed (None removes it), and whether there was one."""
    if isinstance(node, str):
        return node, False
    if node.tag == tag:
        return change(node), True
    for index, child in enumerate(node.children):
        changed, found = replace_first(child, tag, change)
        if found:
            middle = () if changed is None else (changed,)
            children = (*node.children[:index], *middle, *node.children[index + 1 :])
            return (node.with_children(children) if children else None), True
    return node, False


def without(node: Node, tag: str) -> Node | None:
    """The tree without all spans of that tag."""
    if isinstance(node, str):
        return node
    if node.tag == tag:
        return None
    kept = tuple(new for child in node.children if (new := without(child, tag)) is not None)
    if not kept:
        return None
    return node.with_children(kept)


def map_text(nodes: Iterable[Node], change: Callable[[str], str]) -> tuple[Node, ...]:
    """The tree with every string changed; affixes stay."""
    return tuple(
        change(node) if isinstance(node, str) else node.with_children(map_text(node.children, change))
        for node in nodes
    )
