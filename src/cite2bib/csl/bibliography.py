"""The entries of a bibliography: rendered, repeated names substituted, the first field set apart.

https://docs.citationstyles.org/en/stable/specification.html#bibliography-specific-options
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib.csl import ast, tree
from cite2bib.csl.tree import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cite2bib.csl.ast import Area
    from cite2bib.csl.tree import Node

_LEFT = ast.Look(display="left-margin")
_RIGHT = ast.Look(display="right-inline")


def substituted(entries: Sequence[tuple[Node, ...]], area: Area) -> list[tuple[Node, ...]]:
    """Entries whose names repeat those of the entry before show a substitute instead."""
    if "subsequent-author-substitute" not in area.options:
        return list(entries)
    run = _Substitution(area)
    return [run.entry(nodes) for nodes in entries]


class _Substitution:
    """Remembers the names of the entry before."""

    def __init__(self, area: Area) -> None:
        self.text = area.options["subsequent-author-substitute"]
        self.rule = area.option("subsequent-author-substitute-rule", "complete-all")
        self.before: list[str] = []

    def entry(self, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        found = tree.find(Span(nodes), "names")
        if found is None or not tree.names_work(found):
            self.before = []
            return nodes
        now = _name_texts(found)
        before, self.before = self.before, now
        if not now or not before:
            return nodes
        changed = self.changed(found, now, before)
        if changed is None:
            return nodes
        kept = None if tree.is_empty(changed) else changed
        root, _ = tree.replace_first(Span(nodes), "names", lambda _: kept)
        return root.children if isinstance(root, Span) else ()

    def changed(self, names: Span, now: list[str], before: list[str]) -> Span | None:
        """The names with what repeats substituted; None when nothing does."""
        match self.rule:
            case "complete-each":
                return _each(names, self.text, len(now)) if now == before else None
            case "partial-each" | "partial-first":
                same = next(
                    (i for i, pair in enumerate(zip(now, before, strict=False)) if pair[0] != pair[1]), None
                )
                count = min(len(now), len(before)) if same is None else same
                count = min(count, 1) if self.rule == "partial-first" else count
                return _each(names, self.text, count) if count else None
        return _complete(names, self.text) if now == before else None


def _name_texts(names: Span) -> list[str]:
    """Each name, and "et al." as one of them: "Doe" is not the author of what "Doe et al." wrote."""
    found = [tree.text(name) for name in tree.find_all(names, "name")]
    if not found:
        return [tree.text(Span(names.children))]
    return [*found, *(tree.text(term) for term in tree.find_all(names, "et-al"))]


def _complete(names: Span, text: str) -> Span:
    """All names as one substitute; labels stay."""
    done = False

    def change(node: Node) -> Node | None:
        nonlocal done
        if isinstance(node, str):
            return node
        if node.tag == "name-list":
            if done:
                return None
            done = True
            return node.with_children((text,)) if text else None
        children = tuple(new for child in node.children if (new := change(child)) is not None)
        return node.with_children(children) if children else None

    changed = change(names)
    if done:
        return changed if isinstance(changed, Span) else Span(())
    return names.with_children((text,) if text else ())


def _each(names: Span, text: str, count: int) -> Span:
    """The first names as a substitute each."""
    left = count

    def change(node: Node) -> Node:
        nonlocal left
        if isinstance(node, str):
            return node
        if node.tag == "name" and left:
            left -= 1
            return node.with_children((text,))
        return node.with_children(tuple(map(change, node.children)))

    changed = change(names)
    return changed if isinstance(changed, Span) else names


def aligned(nodes: tuple[Node, ...], area: Area) -> tuple[Node, ...]:
    """With second-field-align, the first field in the margin and the rest beside it."""
    if not area.option("second-field-align") or not nodes:
        return nodes
    rest = (Span(nodes[1:], _RIGHT),) if len(nodes) > 1 else ()
    return (Span(nodes[:1], _LEFT), *rest)


def finished(nodes: tuple[Node, ...], area: Area) -> Span:
    """An entry with the layout's affixes and formatting; affixes go inside what is a block of its own."""
    look = area.layout.look
    blocks = aligned(nodes, area)
    first, last = blocks[:1], blocks[-1:]
    if look.prefix and first and isinstance(first[0], Span) and first[0].look.display:
        blocks = (_inside(first[0], ast.Look(prefix=look.prefix)), *blocks[1:])
        look = look._replace(prefix="")
    if look.suffix and last and isinstance(last[0], Span) and last[0].look.display:
        # The reference prints no suffix behind what stands in the margin alone.
        if last[0].look is not _LEFT:
            blocks = (*blocks[:-1], _inside(last[0], ast.Look(suffix=look.suffix)))
        look = look._replace(suffix="")
    return Span(blocks, look._replace(delimiter=""), "entry")


def _inside(block: Span, affixes: ast.Look) -> Span:
    """A block with the layout's affixes inside."""
    bare = Span(block.children, block.look._replace(display=""), block.tag, block.value)
    return Span((Span((bare,), affixes),), ast.Look(display=block.look.display))
