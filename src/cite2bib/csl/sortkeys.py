"""cs:sort: the keys of an area as functions from items to strings, and lists sorted by them.

https://docs.citationstyles.org/en/stable/specification.html#sorting
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib import richtext
from cite2bib.csl import ast, collate, evaluate, namelists, tree
from cite2bib.csl.context import Context
from cite2bib.model import Kind, kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import TypeVar

    from cite2bib.csl.ast import Style
    from cite2bib.csl.items import Day, Item, When
    from cite2bib.csl.locale import Locale

    T = TypeVar("T")
    KeyText = Callable[[Context], str]

_ERA = 500_000  # years before Christ sort before it


def date_text(value: When, names: set[str] | None = None) -> str:
    """A date as a number that sorts; a range sorts behind its bare beginning."""
    if value.start is None:
        return value.literal
    first = _day_text(value.start, names)
    return f"{first} {_day_text(value.end, names)}" if value.end else first


def _day_text(day: Day, names: set[str] | None) -> str:
    month = day.month or (day.season * 3 if day.season else 0)
    year = day.year + _ERA if names is None or "year" in names else 0
    month = month if names is None or "month" in names else 0
    day_ = day.day if names is None or "day" in names else 0
    return f"{year:06d}{month:02d}{day_:02d}"


def compiled(style: Style, locale: Locale, area: ast.Area, name: str) -> list[tuple[KeyText, bool]]:
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
            return _rendered(self.compiler(options).macro(key.macro))
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
                compiler = self.compiler({**self.area.options, **_NO_ET_AL, **key.options})
                names = ast.Names(
                    (variable,), ast.Name({"form": "long"}), None, None, False, (), None, ast.PLAIN
                )
                return _rendered(namelists.names(compiler, names))
            case Kind.DATE:
                return _date_key(variable)
        return lambda ctx: richtext.plain(ctx.item.text(variable))


_NO_ET_AL = {"et-al-min": "", "et-al-use-first": "", "et-al-use-last": ""}


def _date_key(variable: str) -> KeyText:
    def run(ctx: Context) -> str:
        value = ctx.item.date(variable)
        return date_text(value) if value is not None else ""

    return run


def _rendered(render: evaluate.Render) -> KeyText:
    def run(ctx: Context) -> str:
        ctx.lists.clear()
        ctx.quashed = None
        ctx.suffix_done = False
        span = render(ctx)
        return "" if span is None else tree.text(span)

    return run


def weigh(item: Item, keys: Sequence[tuple[KeyText, bool]], language: str) -> tuple[str, ...]:
    """What an item has for each key, as it compares in that language."""
    ctx = Context(item)
    ctx.in_sort = True
    return tuple(collate.key(key(ctx), language) for key, _ in keys)


def ordered(
    rows: Iterable[T], weights_of: Callable[[T], tuple[str, ...]], keys: Sequence[tuple[KeyText, bool]]
) -> list[T]:
    """Rows sorted by all keys; what has no value stands last, whichever way a key goes (spec, sorting)."""
    weighed = [(weights_of(row), row) for row in rows]
    for place in reversed(range(len(keys))):
        if keys[place][1]:
            weighed.sort(key=lambda entry: entry[0][place], reverse=True)
        else:
            weighed.sort(key=lambda entry: (not entry[0][place], entry[0][place]))
    return [row for _, row in weighed]
