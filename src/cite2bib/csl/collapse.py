"""Cites of one cluster joined: numbers in ranges, names once for several years, years once for several letters.

https://docs.citationstyles.org/en/stable/specification.html#cite-collapsing and #cite-grouping
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from cite2bib.csl import collate, tree
from cite2bib.csl.tree import Span
from cite2bib.light import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cite2bib.csl.ast import Area
    from cite2bib.csl.positions import Placed
    from cite2bib.csl.tree import Node

_RANGE = "–"
_SHORTEST_RANGE = 3


class Rendered:
    """A rendered cite: its own nodes, and the prefix and suffix that the text gives it."""

    __slots__ = ("all_names", "body", "names", "placed", "prefix", "says_text", "suffix")

    def __init__(
        self,
        placed: Placed,
        body: Span,
        prefix: tuple[Node, ...] = (),
        suffix: tuple[Node, ...] = (),
        names: Sequence[str] = (),
        *,
        says_text: bool = False,
    ) -> None:
        self.placed, self.body = placed, body
        self.prefix, self.suffix = prefix, suffix
        self.names = names[0] if names else ""  # its first names of people, by which cites are grouped
        self.all_names = "\n".join(names)
        self.says_text = says_text  # the style asks for a text, be it in the place of names, and be it empty

    @property
    def has_locator(self) -> bool:
        """Whether the text asks for a place in the work."""
        return bool(self.placed.cite.locator.strip())

    @property
    def is_bare(self) -> bool:
        """Whether it has nothing of its own around it."""
        return not self.prefix and self.ends_bare

    @property
    def ends_bare(self) -> bool:
        """Whether it has nothing of its own behind it."""
        return not self.suffix and not (self.has_locator and tree.find(self.body, "locator") is not None)

    def span(self) -> Span:
        """The whole cite."""
        return Span((*self.prefix, self.body, *self.suffix), tag="cite", value=self.placed.item.id)


def joined(
    cites: list[Rendered], citation: Area, *, in_text: bool, keeps_order: bool = False
) -> tuple[Node, ...]:
    """The nodes of a cluster, delimiters between them; cites of the same names are brought together."""
    delimiter = citation.layout.look.delimiter
    mode = citation.option("collapse")
    if mode == "citation-number":
        return _numbers(cites, delimiter, citation.options.get("after-collapse-delimiter", delimiter))
    grouping = {"cite-group-delimiter", "after-collapse-delimiter"} & citation.options.keys()
    if mode in {"year", "year-suffix", "year-suffix-ranged"} or grouping:
        if citation.keys and not keeps_order and ("cite-group-delimiter" in grouping or (in_text and mode)):
            cites = list(_grouped(cites))
        return _groups(cites, citation, mode, in_text=in_text)
    out: list[Node] = []
    for cite in cites:
        _add(out, cite, delimiter)
    return tuple(out)


def _add(out: list[Node], cite: Rendered, delimiter: str) -> None:
    """One more cite, and the delimiter before it unless affixes of cites have a mark there already."""
    if not (cite.body.children or cite.prefix or cite.suffix):
        return  # collapsing has left nothing
    if out:
        out.append(_between(_suffix(out[-1]), cite, delimiter))
    out.append(cite.span())


def _suffix(node: Node) -> str:
    """How the text ends a cite."""
    last = node.children[-1] if isinstance(node, Span) and node.children else ""
    if isinstance(last, str):
        return last
    return ">" if last.tag in {"markup", "nocase", "nodecor"} else ""  # its marks don't count


def _between(before: str, cite: Rendered, delimiter: str) -> str:
    """The delimiter, unless the mark that ends the text before or begins the one behind does its work."""
    prefix = tree.text(Span(cite.prefix)) if cite.prefix and not before else ""
    if prefix.startswith((",", ";", ".")):
        return ""
    return delimiter.lstrip(",;.") if before.endswith((",", ";", ".")) else delimiter


def _numbers(cites: list[Rendered], delimiter: str, after: str) -> tuple[Node, ...]:
    """Numbers that follow each other as ranges; `after` stands behind a number that shows its locator."""
    out: list[Node] = []
    position = 0
    while position < len(cites):
        length = _run(cites, position)
        before = cites[position - 1] if position else None
        says_more = before is not None and before.has_locator and _shows_more(before)
        _add(out, cites[position], after if says_more else delimiter)
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
        if not _is_number(cite) or (length and cite.prefix):
            break
        if cite.placed.item.number != cites[start].placed.item.number + length:
            break
        length += 1
    return length


def _is_number(cite: Rendered) -> bool:
    return not cite.suffix and not _shows_more(cite)


def _shows_more(cite: Rendered) -> bool:
    """Whether a cite says more than its number, or has none."""
    return tree.find(cite.body, "citation-number") is None or _other_text(cite.body, "citation-number")


def _other_text(node: Node, tag: str) -> bool:
    """Whether a node says anything outside spans of that tag, affixes aside."""
    if isinstance(node, str):
        return bool(node)
    return node.tag != tag and any(_other_text(child, tag) for child in node.children)


class _Delimiters(NamedTuple):
    """What stands between cites, as citeproc-js chooses it."""

    layout: str
    group: str | None  # cite-group-delimiter
    after: str | None  # after-collapse-delimiter
    letters: str  # between the letters of one year
    mode: str
    in_text: bool
    cuts_years: bool  # cites of one year show their letters only

    def joint(self, *, collapsed: bool, grouped: bool, after_collapse: bool) -> str:
        """Before a cite: `collapsed` shows no names, `grouped` belongs to the names before."""
        if self.after is not None:
            if collapsed and self.mode:
                return self.layout
            if after_collapse or self.mode != "year-suffix":
                return self.after
        if grouped and self.group is not None:
            return self.group
        return ", " if collapsed and self.mode and self.in_text else self.layout


def _groups(cites: list[Rendered], citation: Area, mode: str, *, in_text: bool) -> tuple[Node, ...]:
    """Cites of the same names name them once."""
    layout = citation.layout.look.delimiter
    group = citation.options.get("cite-group-delimiter")
    letters = group if group is not None else citation.option("year-suffix-delimiter", layout)
    after = citation.options.get("after-collapse-delimiter")
    cuts_years = mode.startswith("year-suffix") and citation.flag("disambiguate-add-year-suffix")
    delimiters = _Delimiters(layout, group, after, letters, mode, in_text, cuts_years)
    run = _Joining(delimiters)
    for cite in cites:
        run.add(cite)
    return tuple(run.finished())


def _grouped(cites: list[Rendered]) -> Iterator[Rendered]:
    """Cites of the same names, or of none, one after the other; groups whose first cites tie as `_rank` says."""
    by_names: dict[str, list[Rendered]] = {}
    for cite in cites:
        by_names.setdefault(cite.names, []).append(cite)
    for _, found in groupby(by_names.values(), lambda group: _first_weight(group[0])):
        tied = list(found)
        if len(tied) > 1:
            tied.sort(key=lambda group: _rank(group[0]))
        for group in tied:
            yield from group


def _first_weight(cite: Rendered) -> str:
    return cite.placed.weights[0] if cite.placed.weights else ""


def _rank(cite: Rendered) -> tuple[bool, str]:
    """Where a group stands among those of one first key: by its names, which the reference compares without spaces."""
    return not cite.names, collate.key("".join(cite.names.split()))


class _Joining:
    """Joins cites one after the other."""

    def __init__(self, delimiters: _Delimiters) -> None:
        self.delimiters = delimiters
        self.out: list[Node] = []
        self.before: Rendered | None = None
        self.collapsed = False  # whether the cite before shows no names of its own
        self.grouped = False  # whether the names shown last were those of the cite before them
        self.only_letter = False  # whether the cite before ends with its letter
        self.letters: list[tuple[int, str]] = []  # places in `out` of letters that may become a range

    def add(self, cite: Rendered) -> None:
        before, self.before = self.before, cite
        same = before is not None and self.has_same_names(cite, before)
        if cite.names:
            self.grouped = same
        self.collapsed = self.collapsed or self.ends_group(before)
        if before is None or not (same and self.delimiters.mode):
            self.flush()
            shows = cite.names or cite.says_text or self.ends_group(before)
            self.add_rest(cite, cite.body, collapsed=not shows)
            return
        body = _without_names(cite.body)
        years = self.delimiters.cuts_years and _years(cite.body)
        if years and years == _years(before.body):
            self.add_letter(cite, _without_years(body), before)
        else:
            self.flush()
            self.add_rest(cite, body, collapsed=not (cite.says_text or self.ends_group(before)))
        self.collapsed = not cite.says_text  # a text ends the group, as in the reference

    def has_same_names(self, cite: Rendered, before: Rendered) -> bool:
        """Whether two cites are of the same people, or of nobody in a style that joins the letters of a year."""
        if cite.names or before.names:
            return cite.names == before.all_names  # where others follow, the next cite is of others
        return self.delimiters.cuts_years and not (cite.says_text or before.says_text)

    def ends_group(self, before: Rendered | None) -> bool:
        """Whether a style that sets groups apart does so after this cite: a place in a work ends them."""
        return before is not None and before.has_locator and self.delimiters.after is not None

    def add_rest(self, cite: Rendered, body: Span, *, collapsed: bool) -> None:
        """What is left of a cite, after the delimiter that belongs before it."""
        rest = Rendered(cite.placed, body, cite.prefix, cite.suffix)
        joins = self.only_letter and _is_letter(rest)
        _add(self.out, rest, self.delimiters.letters if joins else self.joint(collapsed=collapsed))
        self.collapsed = collapsed
        self.only_letter = _ends_with_letter(cite)
        self.start_range(cite)

    def joint(self, *, collapsed: bool) -> str:
        """The delimiter before the next cite."""
        return self.delimiters.joint(collapsed=collapsed, grouped=self.grouped, after_collapse=self.collapsed)

    def add_letter(self, cite: Rendered, body: Span, before: Rendered) -> None:
        """A cite of the same names and year as the one before: its letter, and what else it says."""
        rest = Rendered(cite.placed, body, cite.prefix, cite.suffix)
        letter = tree.find(body, "year-suffix")
        alone = letter is not None and _is_letter(rest)
        joins = alone and (self.only_letter or (before.has_locator and not before.suffix))
        delimiter = self.delimiters.letters if joins else self.joint(collapsed=not cite.says_text)
        if alone and letter is not None:
            self.letters.append((len(self.out), str(letter.value)))
        else:
            self.flush()
        _add(self.out, rest, delimiter)
        self.only_letter = alone

    def start_range(self, cite: Rendered) -> None:
        letter = tree.find(cite.body, "year-suffix")
        self.letters = []
        if letter is not None and cite.ends_bare and self.only_letter:
            self.letters = [(-1, str(letter.value))]

    def flush(self) -> None:
        """Letters that follow each other become a range, if the style ranges them."""
        letters, self.letters = self.letters, []
        if not self.delimiters.mode.endswith("ranged"):
            return
        end = len(letters)
        while end > 1:
            start = end - 1
            while start and _follows(letters[start - 1][1], letters[start][1]):
                start -= 1
            if end - start >= _SHORTEST_RANGE:
                first = letters[start + 1][0]
                last = letters[end - 1][0]
                self.out[first : last + 1] = [_RANGE]
            end = start

    def finished(self) -> list[Node]:
        """All nodes."""
        self.flush()
        return self.out


def _without_names(body: Span) -> Span:
    rest, _ = tree.replace_first(body, "names", lambda _: None)
    return rest if isinstance(rest, Span) else Span(())


def _without_years(body: Span) -> Span:
    """A cite without its dates but for the letters in them."""

    def change(node: Node) -> Node | None:
        if isinstance(node, str):
            return node
        if node.tag == "date":
            letter = tree.find(node, "year-suffix")
            return node.with_children((letter,)) if letter is not None else None
        children = tuple(new for child in node.children if (new := change(child)) is not None)
        return node.with_children(children) if children else None

    changed = change(body)
    return changed if isinstance(changed, Span) else Span(())


def _years(body: Span) -> str:
    """The dates of a cite as they compare: without letters."""
    found = []
    for span in tree.find_all(body, "date"):
        rest = tree.without(span, "year-suffix")
        found.append(tree.text(rest) if rest is not None else "")
    return "\n".join(found)


def _is_letter(cite: Rendered) -> bool:
    """Whether a cite says nothing but the letter of its year."""
    letter = tree.find(cite.body, "year-suffix")
    return letter is not None and cite.is_bare and not _other_text(cite.body, "year-suffix")


def _ends_with_letter(cite: Rendered) -> bool:
    """Whether nothing follows the letter of a cite, not even an affix."""
    letter = tree.find(cite.body, "year-suffix")
    return letter is not None and cite.ends_bare and tree.text(cite.body).endswith(tree.text(letter))


def _follows(before: str, after: str) -> bool:
    return before[:-1] == after[:-1] and ord(after[-1]) == ord(before[-1]) + 1
