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
    from cite2bib.csl.people import Person
    from cite2bib.csl.tree import Node

NO_FIRST_FIELD = Span((), tag="none")  # where the first field says nothing
_LEFT = ast.Look(display="left-margin")
_RIGHT = ast.Look(display="right-inline")


def substituted(
    entries: Sequence[tuple[Node, ...]], area: Area, named: Sequence[bool]
) -> list[tuple[Node, ...]]:
    """Entries whose names repeat those of the entry before show a substitute instead.

    Only the first names that a style asks for count: an entry that is not `named` has others, which stay.
    """
    if "subsequent-author-substitute" not in area.options:
        return list(entries)
    run = _Substitution(area)
    return [
        run.entry(nodes) if is_named else run.unnamed(nodes)
        for nodes, is_named in zip(entries, named, strict=True)
    ]


class _Substitution:
    """Remembers the names of the entry before."""

    def __init__(self, area: Area) -> None:
        self.text = area.options["subsequent-author-substitute"]
        self.rule = area.option("subsequent-author-substitute-rule", "complete-all")
        self.before: list[str] = []

    def unnamed(self, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        """An entry that begins with nobody is passed over, but parts others where single names are substituted."""
        if self.rule.startswith("partial"):
            self.before = []
        return nodes

    def entry(self, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        found = tree.find(Span(nodes), "names")
        if found is not None and not _begins(Span(nodes), found):
            return nodes  # names behind other words are never substituted (as in the reference)
        now = _shown(found) if found is not None else []
        if found is None or not now:
            return self.unnamed(nodes)
        before, self.before = self.before, now
        if not before:
            return nodes
        changed = self.changed(found, now, before)
        if changed is None:
            return nodes
        kept = None if tree.is_empty(changed) else changed
        root, _ = tree.replace_first(Span(nodes), "names", lambda _: kept)
        return root.children if isinstance(root, Span) else ()

    def changed(self, names: Span, now: list[str], before: list[str]) -> Span | None:
        """The names with what repeats substituted; None when nothing does."""
        if tree.find(names, "name") is None:
            return _stand_in_replaced(names, self.text, self.rule) if now == before else None
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


def _begins(node: Node, names: Span) -> bool | None:
    """Whether names stand before anything else but the number of the entry; None where neither of them is met."""
    if isinstance(node, str):
        return False if node else None
    if node is names:
        return True
    if node.tag == "citation-number":
        return None
    return next((found for child in node.children if (found := _begins(child, names)) is not None), None)


def _shown(names: Span) -> list[str]:
    """The people that are shown, whole: "Doe" who wrote alone is not another "Doe", but may be the first of "Doe et al."."""
    found = [_whole(name.value) for name in tree.find_all(names, "name")]
    if found:
        return found
    stand_in = _stand_in(names)
    return [tree.bare(stand_in)] if stand_in else []


def _stand_in(names: Span) -> Span | None:
    """The text that begins what stands in for names: a title, not a word of the style or a date."""
    if names.tag == "variable":
        return names
    first = next((child for child in names.children if not tree.is_empty(child)), "")
    return None if isinstance(first, str) else _stand_in(first)


def _stand_in_replaced(names: Span, text: str, rule: str) -> Span:
    """That text substituted: with its affixes and formatting where all names are, as in the reference."""

    def change(span: Span) -> Span | None:
        return (span if rule == "complete-all" else Span(())).with_children((text,)) if text else None

    changed, _ = tree.replace_first(names, "variable", change)
    return changed if isinstance(changed, Span) else Span(())


def _whole(person: Person) -> str:
    parts = (person.given, person.dropping, person.particle, person.family or person.literal, person.suffix)
    return " ".join(filter(None, parts))


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
    return changed if isinstance(changed, Span) else Span(())


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
    if nodes[0] == NO_FIRST_FIELD:
        return (Span(nodes[1:], _RIGHT),)
    rest = (Span(nodes[1:], _RIGHT),) if len(nodes) > 1 else ()
    return (Span(nodes[:1], _LEFT), *rest)


def finished(nodes: tuple[Node, ...], area: Area) -> Span:
    """An entry with the layout's affixes and formatting; where it begins with a block, affixes go inside blocks."""
    if isinstance(nodes[0], Span) and nodes[0].tag == "unprinted":
        return nodes[0]
    look = area.layout.look
    blocks = aligned(nodes, area)
    if not (blocks and _is_block(blocks[0])):
        return Span(blocks, look._replace(delimiter=""), "entry")
    if look.suffix and _is_block(blocks[-1]):
        # The reference prints no suffix behind what stands in the margin alone.
        suffix = "" if getattr(blocks[-1], "look", None) is _LEFT else look.suffix
        blocks = (*blocks[:-1], _inside(blocks[-1], ast.Look(suffix=suffix)))
        look = look._replace(suffix="")
    if look.prefix:
        blocks = (_inside(blocks[0], ast.Look(prefix=look.prefix)), *blocks[1:])
        look = look._replace(prefix="")
    return Span(blocks, look._replace(delimiter=""), "entry")


def _is_block(node: Node) -> bool:
    return isinstance(node, Span) and bool(node.look.display)


def _inside(block: Node, affixes: ast.Look) -> Node:
    """A block with the layout's affixes inside."""
    if isinstance(block, str):
        return block
    bare = Span(block.children, block.look._replace(display=""), block.tag, block.value)
    return Span((Span((bare,), affixes),), ast.Look(display=block.look.display))
