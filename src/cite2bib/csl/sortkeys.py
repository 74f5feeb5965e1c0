"""cs:sort: the keys of an area as functions from items to strings, and lists sorted by them.

https://docs.citationstyles.org/en/stable/specification.html#sorting
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from cite2bib import richtext
from cite2bib.csl import ast, collate, evaluate, namelists, tree
from cite2bib.csl.context import Context
from cite2bib.model import Kind, kind_of
from cite2bib.patterns import late

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import TypeVar

    from cite2bib.csl.ast import Style
    from cite2bib.csl.items import Day, Item, When
    from cite2bib.csl.locale import Locale

    T = TypeVar("T")
    KeyText = Callable[[Context], str]
    Key = tuple[KeyText, bool]  # what a key says of an item, and whether it descends

_DIGITS = late(r"\d+")
_ERA = 500_000  # years before Christ sort before it


def date_text(value: When, names: set[str] | None = None) -> str:
    """A date as a number that sorts; a range sorts behind its bare beginning, words weigh nothing."""
    if value.start is None:
        return ""
    first = _day_text(value.start, names)
    return f"{first} {_day_text(value.end, names)}" if value.end else first


def _day_text(day: Day, names: set[str] | None) -> str:
    year = day.year + _ERA if names is None or "year" in names else 0
    # Seasons weigh nothing, as in the reference.
    month = day.month if names is None or "month" in names else 0
    day_ = day.day if names is None or "day" in names else 0
    return f"{year:06d}{month:02d}{day_:02d}"


def compiled(style: Style, locale: Locale, area: ast.Area, name: str) -> list[Key]:
    """Each key of an area as a function, and whether it descends."""
    keys = _Keys(style, locale, area, name)
    return [(keys.text(key), key.descending) for key in area.keys]


class _Keys:
    """Makes the keys of an area; those with the same options share what is compiled of macros."""

    def __init__(self, style: Style, locale: Locale, area: ast.Area, name: str) -> None:
        self.style, self.locale, self.area, self.name = style, locale, area, name
        self.compilers: dict[frozenset[tuple[str, str]], evaluate.Compiler] = {}

    def compiler(self, options: Mapping[str, str]) -> evaluate.Compiler:
        said = frozenset(options.items())
        if said not in self.compilers:
            self.compilers[said] = evaluate.Compiler(
                self.style, self.locale, options, area=self.name, sorting=True
            )
        return self.compilers[said]

    def text(self, key: ast.Key) -> KeyText:
        """What a key says of an item."""
        options = {**self.area.options, **key.options}
        if key.macro:
            render = self.compiler(options).macro(key.macro)
            return _rendered(render, _dates if _has_date(self.style.macros[key.macro]) else tree.text)
        variable = key.variable
        match variable:
            case "citation-number":
                return lambda ctx: f"{ctx.item.number:010d}"
            case "type":  # no variable, but the reference sorts by it
                return lambda ctx: ctx.item.type
            case "citation-label":
                element = ast.Text("variable", variable, "long", plural=False, look=ast.PLAIN)
                return _rendered(self.compiler(options).element(element))
        match kind_of(variable):
            case Kind.NAMES:
                compiler = self.compiler({**self.area.options, **key.options})
                names = ast.Names(
                    (variable,), ast.Name({"form": "long"}), None, None, False, (), None, ast.PLAIN
                )
                return _rendered(namelists.names(compiler, names))
            case Kind.DATE:
                return _date_key(variable)
            case Kind.NUMBER if variable != "page-first":
                return lambda ctx: _first_number(richtext.plain(ctx.item.text(variable)))
        return lambda ctx: richtext.plain(ctx.item.text(variable))


def _first_number(text: str) -> str:
    """What a number weighs: the first that stands in it, as in the reference; its words where there is none."""
    found = _DIGITS.search(text)
    return found[0] if found else text


def _date_key(variable: str) -> KeyText:
    def run(ctx: Context) -> str:
        value = ctx.item.date(variable)
        return date_text(value) if value is not None else ""

    return run


def _has_date(elements: Iterable[ast.Element | ast.Branch]) -> bool:
    """Whether a macro itself has a cs:date, other macros that it calls aside."""
    for element in elements:
        match element:
            case ast.Date():
                return True
            case ast.Group(children) | ast.Branch(children=children):
                inside: Iterable[ast.Element | ast.Branch] = children
            case ast.Names(substitute=children):
                inside = children
            case ast.Choose(branches):
                inside = branches
            case _:
                continue
        if _has_date(inside):
            return True
    return False


def _dates(span: tree.Span) -> str:
    """The dates alone: as in the reference, all that a macro with a cs:date weighs as a key, not "circa" or "in press"."""
    return "".join(map(tree.text, tree.find_all(span, "date")))


def _rendered(render: evaluate.Render, said: Callable[[tree.Span], str] = tree.text) -> KeyText:
    def run(ctx: Context) -> str:
        ctx.lists.clear()
        ctx.quashed = None
        ctx.suffix_done = False
        span = render(ctx)
        return "" if span is None else said(span)

    return run


class Weights:
    """What an item has for each key, as it compares in a language; rendered when the keys before it are equal."""

    __slots__ = ("_found", "ctx", "keys", "language")

    def __init__(self, item: Item, keys: Sequence[Key], language: str) -> None:
        self.ctx = Context(item)
        self.ctx.in_sort = True
        self.keys, self.language = keys, language
        self._found: dict[int, str] = {}

    def __getitem__(self, place: int) -> str:
        if place not in self._found:
            self._found[place] = collate.key(self.keys[place][0](self.ctx), self.language)
        return self._found[place]


def ordered(rows: Iterable[T], weights_of: Callable[[T], Weights], keys: Sequence[Key]) -> list[T]:
    """Rows sorted by all keys; what has no value stands last, whichever way a key goes (spec, sorting)."""
    groups = [[(weights_of(row), row) for row in rows]]  # of rows that are equal so far
    for place, (_, descends) in enumerate(keys):
        groups = [part for group in groups for part in _parted(group, place, descends=descends)]
    return [row for group in groups for _, row in group]


def _parted(group: list[tuple[Weights, T]], place: int, *, descends: bool) -> list[list[tuple[Weights, T]]]:
    """A group in the order of one key, as groups of equal rows."""
    if len(group) == 1:
        return [group]

    def weight(entry: tuple[Weights, T]) -> str:
        return entry[0][place]

    if descends:
        group.sort(key=weight, reverse=True)
    else:
        group.sort(key=lambda entry: (not (found := weight(entry)), found))
    return [list(equal) for _, equal in groupby(group, weight)]
