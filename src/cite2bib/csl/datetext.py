"""cs:date: dates and ranges of them, in the locale's format or the style's own.

https://docs.citationstyles.org/en/stable/specification.html#date
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib.csl import ast, markup, numbers, texts
from cite2bib.csl.context import CALLED, FILLED
from cite2bib.csl.tree import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from cite2bib.csl.context import Context
    from cite2bib.csl.evaluate import Compiler, Render
    from cite2bib.csl.items import Day, When
    from cite2bib.csl.locale import Locale
    from cite2bib.csl.tree import Node

    PartText = Callable[[Context, Day], "Span | None"]

_ORDER = ("day", "month", "year")
_FIRST_YEAR_WITHOUT_ERA = 500
_SHOWN = {
    "year": frozenset(("year",)),
    "year-month": frozenset(("year", "month")),
    "year-month-day": frozenset(_ORDER),
}


def date(compiler: Compiler, element: ast.Date) -> Render:
    """A cs:date."""
    parts, delimiter = _parts(compiler, element)
    look = element.look._replace(delimiter="")
    variable = element.variable
    if compiler.sorting:
        return _sort_text(variable, {part.name for part in parts})
    writer = _Writer(compiler, parts, delimiter, variable)
    dress = texts.dresser(compiler, look)
    quotes = compiler.locale.quotes

    def run(ctx: Context) -> Span | None:
        ctx.flags |= CALLED
        value = ctx.item.date(variable)
        if value is None or variable in ctx.unavailable():
            return None
        if value.start is None:
            nodes = writer.literal(ctx, markup.parse(value.literal, quotes))
        else:
            nodes = writer.write(ctx, value)
        if not nodes:
            return None
        ctx.flags |= FILLED
        if ctx.record is not None:
            ctx.record.add(variable)
        span = dress(ctx, nodes, "date")
        span.value = variable
        return span

    return run


def _parts(compiler: Compiler, element: ast.Date) -> tuple[tuple[ast.DatePart, ...], str]:
    """The parts to render and what stands between them."""
    if not element.form:
        return element.parts, element.look.delimiter
    shown = _SHOWN.get(element.date_parts, _SHOWN["year-month-day"])
    base = compiler.locale.data.dates.get(element.form)
    if base is None:
        return (), ""
    overrides = {part.name: part for part in element.parts}
    parts = tuple(_overridden(part, overrides.get(part.name)) for part in base.parts if part.name in shown)
    return parts, base.look.delimiter


def _overridden(part: ast.DatePart, override: ast.DatePart | None) -> ast.DatePart:
    """A locale's part in the form and look of the style. The specification has no affixes there; the reference prints them."""
    if override is None:
        return part
    look = part.look._replace(
        prefix=override.look.prefix or part.look.prefix,
        suffix=override.look.suffix or part.look.suffix,
        formats=override.look.formats or part.look.formats,
        text_case=override.look.text_case or part.look.text_case,
        strip_periods=override.look.strip_periods or part.look.strip_periods,
    )
    delimiter = override.range_delimiter or part.range_delimiter
    return part._replace(form=override.form or part.form, range_delimiter=delimiter, look=look)


class _Writer:
    """Renders the parts of one cs:date."""

    def __init__(
        self, compiler: Compiler, parts: tuple[ast.DatePart, ...], delimiter: str, variable: str
    ) -> None:
        self.compiler = compiler
        self.parts = parts
        self.look = ast.Look(delimiter=delimiter)
        self.texts = [_part_text(compiler, part, variable) for part in parts]
        year = next((part for part in parts if part.name == "year"), None)
        self.dress_year = texts.dresser(compiler, year.look) if year else None

    def write(self, ctx: Context, value: When) -> tuple[Node, ...]:
        start, end = value.start, value.end
        assert start is not None
        if end is not None and not end.year:
            nodes = self.single(ctx, start)
            has_year = any(part.name == "year" for part in self.parts)
            return (*self.joined(_unsuffixed(nodes)), "–") if has_year else self.joined(nodes)
        step = self.difference(start, end) if end is not None else ""
        nodes = self.doubled(ctx, start, end, step) if end is not None and step else self.single(ctx, start)
        return self.joined(nodes)

    def literal(self, ctx: Context, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        """A date that is no date stands where the year would."""
        return (self.dress_year(ctx, nodes, "year"),) if self.dress_year else ()

    def joined(self, nodes: list[Node]) -> tuple[Node, ...]:
        if not self.look.delimiter or len(nodes) < 2:
            return tuple(nodes)
        return (Span(tuple(nodes), self.look),)

    def single(self, ctx: Context, day: Day) -> list[Node]:
        return [span for text in self.texts if (span := text(ctx, day)) is not None]

    def difference(self, start: Day, end: Day) -> str:
        """The largest part that is shown and differs, or ""."""
        names = {part.name for part in self.parts}
        if start.year != end.year and "year" in names:
            return "year"
        if (start.month, start.season) != (end.month, end.season) and "month" in names:
            return "month"
        return "day" if start.day != end.day and "day" in names else ""

    def doubled(self, ctx: Context, start: Day, end: Day, step: str) -> list[Node]:
        """What differs twice, with the step's range delimiter between; the rest once."""
        changing = _ORDER[: _ORDER.index(step) + 1]
        places = [index for index, part in enumerate(self.parts) if part.name in changing]
        first, last = places[0], places[-1]
        before = self.spans(ctx, start, range(first))
        bare_start, end = _with_eras(start, end)
        head = self.spans(ctx, bare_start, range(first, last + 1))
        joints = [part.range_delimiter for part in self.parts[first : last + 1] if _has(start, part.name)]
        delimiter = (joints[-1] if joints else "") or "–"  # of the last part before the joint
        tail = _unprefixed(self.spans(ctx, end, range(first, last + 1)))
        after = self.spans(ctx, start, range(last + 1, len(self.parts)))
        if not head or not tail:
            return [*before, *(head or tail), *after]
        middle = Span((*self.joined(_unsuffixed(head)), delimiter, *self.joined(tail)))
        return [*before, middle, *after]

    def spans(self, ctx: Context, day: Day, places: range) -> list[Node]:
        return [span for index in places if (span := self.texts[index](ctx, day)) is not None]


def _with_eras(start: Day, end: Day) -> tuple[Day, Day]:
    """The ends of a range with what they say of their era, once: "12–13 BC", "450–600 AD", "500–600"."""
    if (start.year < 0) is not (end.year < 0):
        return start, end
    in_era = start._replace(keeps_era=True)
    return in_era, end._replace(era_of=start.year)


def _has(day: Day, name: str) -> bool:
    return bool({"year": day.year, "month": day.month or day.season, "day": day.day}.get(name))


def _unsuffixed(nodes: list[Node]) -> list[Node]:
    if nodes and isinstance(nodes[-1], Span):
        last = nodes[-1]
        nodes[-1] = Span(last.children, last.look._replace(suffix=""), last.tag, last.value)
    return nodes


def _unprefixed(nodes: list[Node]) -> list[Node]:
    if nodes and isinstance(nodes[0], Span):
        first = nodes[0]
        nodes[0] = Span(first.children, first.look._replace(prefix=""), first.tag, first.value)
    return nodes


def _part_text(compiler: Compiler, part: ast.DatePart, variable: str) -> PartText:
    locale, form = compiler.locale, part.form
    # A letter that the style has no place for goes to the year; to when a page was looked at if there is no other.
    with_suffix = part.name == "year" and not compiler.has_year_suffix
    looked_at = variable == "accessed"
    dress = texts.dresser(compiler, part.look, of_style=True)

    def text(ctx: Context, day: Day) -> Span | None:
        found = {"year": _year, "month": _month, "day": _day}.get(part.name, _nothing)(locale, form, day)
        if not found:
            return None
        span = dress(ctx, markup.parse(found, locale.quotes), part.name)
        if part.name == "year" and (era := _era(locale, day)):
            # The era follows the year's suffix, undressed (as in the reference).
            span = Span((span, era))
        takes = with_suffix and not (looked_at and ctx.item.has("issued"))
        if takes and ctx.decision.suffix and not ctx.suffix_done:
            ctx.suffix_done = True
            suffix = Span((ctx.decision.suffix,), tag="year-suffix", value=ctx.decision.suffix)
            span.children = (*span.children, suffix)
        return span

    return text


def _nothing(_locale: Locale, _form: str, _day: Day) -> str:
    return ""


def _year(_locale: Locale, form: str, day: Day) -> str:
    if not day.year:
        return ""
    if day.year < 1000:
        return str(abs(day.year))
    return f"{day.year % 100:02d}" if form == "short" else str(day.year)


def _era(locale: Locale, day: Day) -> str:
    """The era of a year before Christ, or early after; that of a range is said at its end."""
    year = day.era_of or day.year
    if day.keeps_era or year >= _FIRST_YEAR_WITHOUT_ERA:
        return ""
    return (locale.term("bc") or "BC") if year < 0 else (locale.term("ad") or "AD")


def _month(locale: Locale, form: str, day: Day) -> str:
    if not day.month:
        named = day.season and not (day.is_month and form.startswith("numeric"))
        return (locale.term(f"season-{day.season:02d}") or "") if named else ""
    match form:
        case "numeric":
            return str(day.month)
        case "numeric-leading-zeros":
            return f"{day.month:02d}"
    return locale.term(f"month-{day.month:02d}", form or "long") or ""


def _day(locale: Locale, form: str, day: Day) -> str:
    if not day.day:
        return ""
    match form:
        case "numeric-leading-zeros":
            return f"{day.day:02d}"
        case "ordinal" if day.day == 1 or not locale.limit_day_ordinals:
            return numbers.ordinal(day.day, locale, locale.gender(f"month-{day.month:02d}"))
    return str(day.day)


def _sort_text(variable: str, names: set[str]) -> Render:
    """In sort keys a date is its number, as far as the style shows its parts (spec, sorting dates)."""
    from cite2bib.csl import sortkeys

    def run(ctx: Context) -> Span | None:
        ctx.flags |= CALLED
        value = ctx.item.date(variable)
        if value is None or variable in ctx.unavailable():
            return None
        ctx.flags |= FILLED
        if ctx.record is not None:
            ctx.record.add(variable)
        return Span((sortkeys.date_text(value, names),), tag="date")

    return run
