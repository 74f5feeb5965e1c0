"""Cites of one cluster joined: numbers in ranges, names once for several years, years once for several letters.

https://docs.citationstyles.org/en/stable/specification.html#cite-collapsing and #cite-grouping
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cite2bib.csl import tree
from cite2bib.csl.tree import Span

if TYPE_CHECKING:
    from cite2bib.csl.ast import Area
    from cite2bib.csl.positions import Placed
    from cite2bib.csl.tree import Node

_RANGE = "–"
_SHORTEST_RANGE = 3


@dataclass(slots=True)
class Rendered:
    """A rendered cite: its own nodes, and the prefix and suffix that the text gives it."""

    placed: Placed
    body: Span
    prefix: tuple[Node, ...] = ()
    suffix: tuple[Node, ...] = ()
    names: str = ""  # the text of its first names, by which cites are grouped
    lacks_names: bool = False  # the style asks for names, and there are none

    @property
    def is_bare(self) -> bool:
        """Whether it has nothing of its own around it."""
        return not self.prefix and not self.suffix and not self.placed.cite.locator.strip()

    def span(self) -> Span:
        """The whole cite."""
        return Span((*self.prefix, self.body, *self.suffix), tag="cite", value=self.placed.item.id)


def joined(cites: list[Rendered], citation: Area, *, in_text: bool) -> tuple[Node, ...]:
    """The nodes of a cluster, delimiters between them."""
    delimiter = citation.layout.look.delimiter
    mode = citation.option("collapse")
    if mode == "citation-number":
        return _numbers(cites, delimiter)
    if mode in {"year", "year-suffix", "year-suffix-ranged"} or "cite-group-delimiter" in citation.options:
        return _groups(cites, citation, mode, delimiter, in_text=in_text)
    out: list[Node] = []
    for cite in cites:
        _add(out, cite, delimiter)
    return tuple(out)


def _add(out: list[Node], cite: Rendered, delimiter: str) -> None:
    """One more cite, and the delimiter before it unless affixes of cites have a comma there already."""
    if not (cite.body.children or cite.prefix or cite.suffix):
        return  # collapsing has left nothing
    if out:
        out.append(_between(tree.text(out[-1]), cite, delimiter))
    out.append(cite.span())


def _between(before: str, cite: Rendered, delimiter: str) -> str:
    prefix = tree.text(Span(cite.prefix)) if cite.prefix else ""
    if prefix.startswith((",", ";")):
        return ""
    if before.endswith((",", ";")):
        return " "
    return delimiter


def _numbers(cites: list[Rendered], delimiter: str) -> tuple[Node, ...]:
    out: list[Node] = []
    position = 0
    while position < len(cites):
        length = _run(cites, position)
        _add(out, cites[position], delimiter)
        if length >= _SHORTEST_RANGE:
            out += (_RANGE, cites[position + length - 1].span())
            position += length
        else:
            position += 1
    return tuple(out)


def _run(cites: list[Rendered], start: int) -> int:
    """How many cites from here on are consecutive numbers and nothing else."""
    length = 0
    while start + length < len(cites):
        cite = cites[start + length]
        if not _is_number(cite) or cite.placed.item.number != cites[start].placed.item.number + length:
            break
        length += 1
    return length


def _is_number(cite: Rendered) -> bool:
    return cite.is_bare and tree.find(cite.body, "citation-number") is not None and not _other_text(cite.body)


def _other_text(node: Node) -> bool:
    if isinstance(node, str):
        return bool(node)
    return node.tag != "citation-number" and any(map(_other_text, node.children))


def _groups(
    cites: list[Rendered], citation: Area, mode: str, delimiter: str, *, in_text: bool
) -> tuple[Node, ...]:
    """Cites of the same names stand together and, if they collapse, name them once."""
    inside = citation.option("cite-group-delimiter", ", " if in_text else delimiter)
    letters = citation.option("year-suffix-delimiter", citation.option("cite-group-delimiter", delimiter))
    after = citation.option("after-collapse-delimiter") if mode else ""
    if after:
        inside = delimiter
    out: list[Node] = []
    before: list[Rendered] = []
    for group in _grouped(cites):
        _add(out, group[0], _joint(before, group, mode, inside, after) or delimiter)
        if mode.startswith("year-suffix"):
            _letters(out, group, inside, letters, ranged=mode.endswith("ranged"))
        else:
            for cite in group[1:]:
                _add(out, _nameless(cite) if mode else cite, inside)
        before = group
    return tuple(out)


def _joint(before: list[Rendered], group: list[Rendered], mode: str, inside: str, after: str) -> str:
    """What stands before a group where it is not the layout's delimiter.

    As the reference has it, cites that lack names go with what is before them, and after-collapse-delimiter stands also
    where nothing has collapsed, but for year-suffix.
    """
    if mode and group[0].lacks_names:
        return inside
    if mode == "year-suffix" and len(before) == 1 and not before[0].lacks_names:
        return ""
    return after


def _grouped(cites: list[Rendered]) -> list[list[Rendered]]:
    groups: list[list[Rendered]] = []
    by_names: dict[str, list[Rendered]] = {}
    for cite in cites:
        group = by_names.get(cite.names) if cite.names else None
        if group is not None:
            group.append(cite)
        else:
            by_names[cite.names] = [cite]
            groups.append(by_names[cite.names])
    return groups


def _nameless(cite: Rendered) -> Rendered:
    body, _ = tree.replace_first(cite.body, "names", lambda _: None)
    kept = body if isinstance(body, Span) else Span(())
    return Rendered(cite.placed, kept, cite.prefix, cite.suffix)


def _letters(out: list[Node], group: list[Rendered], inside: str, letters: str, *, ranged: bool) -> None:
    """The rest of a group whose first cite is there: years with letters, equal years once."""
    position = 1
    while position < len(group):
        year = _year(group[position - 1])
        run = position
        while run < len(group) and year and _year(group[run]) == year:
            run += 1
        if run == position:
            _add(out, _nameless(group[position]), inside)
            position += 1
            continue
        _add_letters(out, group[position - 1 : run], letters, ranged=ranged)
        position = run


def _year(cite: Rendered) -> str:
    """What a cite says besides its names and its letter, if it may share that with the one before."""
    if not cite.is_bare or tree.find(cite.body, "year-suffix") is None:
        return ""
    rest = tree.without(_nameless(cite).body, "year-suffix")
    return tree.text(rest) if rest is not None else " "


def _add_letters(out: list[Node], cites: list[Rendered], delimiter: str, *, ranged: bool) -> None:
    """Letters behind the first of some cites, which is there already."""
    suffixes = [tree.find(cite.body, "year-suffix") for cite in cites]
    values = [str(span.value) for span in suffixes if span is not None]
    position = 1
    while position < len(suffixes):
        length = _letter_run(values, position - 1) if ranged else 1
        if length >= _SHORTEST_RANGE:
            last = position + length - 2
            out += (_RANGE, suffixes[last] or "")
            position = last + 1
        else:
            start = position
            length = _letter_run(values, start) if ranged else 1
            out += (delimiter, suffixes[position] or "")
            position += 1
            if length >= _SHORTEST_RANGE:
                out += (_RANGE, suffixes[start + length - 1] or "")
                position = start + length


def _letter_run(values: list[str], start: int) -> int:
    length = 1
    while start + length < len(values) and _follows(values[start + length - 1], values[start + length]):
        length += 1
    return length


def _follows(before: str, after: str) -> bool:
    return before[:-1] == after[:-1] and ord(after[-1]) == ord(before[-1]) + 1
