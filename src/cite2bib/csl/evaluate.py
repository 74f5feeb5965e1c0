"""A style's typed tree to functions: compiled once for each area, then called for each item.

A compiled element takes a `Context` and gives a span, or None when it has nothing to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from cite2bib.csl import ast, conditions, datetext, labels, namelists, texts
from cite2bib.csl.context import CALLED, FILLED, TERMS
from cite2bib.csl.tree import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from cite2bib.csl.ast import Style
    from cite2bib.csl.context import Context
    from cite2bib.csl.locale import Locale
    from cite2bib.csl.tree import Node

    Render: TypeAlias = Callable[[Context], Span | None]


# The look of what is no element of the output: the children of a cs:if belong to the group around cs:choose.
_TRANSPARENT = ast.PLAIN._replace()


class Compiler:
    """Compiles the elements of one area (citation, bibliography, or one sort key) of a style in one locale."""

    def __init__(
        self, style: Style, locale: Locale, options: Mapping[str, str], *, area: str, sorting: bool = False
    ) -> None:
        self.style = style
        self.locale = locale
        self.options = {**style.options, **options}
        self.area = area
        self.sorting = sorting
        self.has_year_suffix = style.has_variable("year-suffix")
        self.page_format = style.options.get("page-range-format", "")
        self._macros: dict[str, Render] = {}

    def elements(self, elements: Sequence[ast.Element]) -> list[Render]:
        """Several elements."""
        return [self.element(element) for element in elements]

    def element(self, element: ast.Element) -> Render:
        """One element."""
        return _COMPILERS[type(element)](self, element)

    def macro(self, name: str) -> Render:
        """A macro, as the implicit group that it is."""
        if name not in self._macros:
            self._macros[name] = _group(self.elements(self.style.macros[name]), ast.PLAIN)
        return self._macros[name]

    def layout(self, layout: ast.Layout) -> Callable[[Context], tuple[Node, ...]]:
        """What a layout renders for one item, without the layout's own look."""
        return _sequence(self.elements(layout.children))


def _sequence(parts: list[Render]) -> Callable[[Context], tuple[Node, ...]]:
    def run(ctx: Context) -> tuple[Node, ...]:
        children: list[Node] = []
        for part in parts:
            span = part(ctx)
            if span is None:
                continue
            if span.look is _TRANSPARENT:
                children.extend(span.children)
            else:
                children.append(span)
        return tuple(children)

    return run


def _group(parts: list[Render], look: ast.Look) -> Render:
    """A group vanishes when variables were asked for and none had a value (spec, group)."""
    sequence = _sequence(parts)

    def run(ctx: Context) -> Span | None:
        outer, begun = ctx.flags, ctx.begun
        ctx.flags = 0
        children = sequence(ctx)
        flags = ctx.flags
        if not children or (flags & CALLED and not flags & FILLED):
            ctx.flags = outer | (flags & (CALLED | FILLED))
            ctx.begun = begun
            return None
        ctx.flags = outer | FILLED | (flags & CALLED) | TERMS
        return Span(children, look)

    return run


def _text(compiler: Compiler, element: ast.Text) -> Render:
    if element.source != "macro":
        return texts.text(compiler, element)
    macro = compiler.macro(element.value)
    # The reference changes the case of text, not of what is made of several elements.
    look = element.look._replace(text_case="") if element.look.text_case else element.look
    if look.plain:
        return macro
    dress = texts.dresser(compiler, look)

    def run(ctx: Context) -> Span | None:
        span = macro(ctx)
        return None if span is None else dress(ctx, span.children, "")

    return run


def _choose(compiler: Compiler, element: ast.Choose) -> Render:
    branches = [_Branch(compiler, branch) for branch in element.branches]

    def run(ctx: Context) -> Span | None:
        for branch in branches:
            if (branch.test or branch.compiled_test())(ctx):
                children = (branch.render or branch.compiled_render())(ctx)
                return Span(children, _TRANSPARENT) if children else None
        return None

    return run


class _Branch:
    """A branch of cs:choose; its test and what it renders are compiled when first wanted: few works take few branches."""

    __slots__ = ("compiler", "element", "render", "test")

    def __init__(self, compiler: Compiler, element: ast.Branch) -> None:
        self.compiler, self.element = compiler, element
        self.test: Callable[[Context], bool] | None = None
        self.render: Callable[[Context], tuple[Node, ...]] | None = None

    def compiled_test(self) -> Callable[[Context], bool]:
        self.test = conditions.branch(self.compiler, self.element)
        return self.test

    def compiled_render(self) -> Callable[[Context], tuple[Node, ...]]:
        self.render = _sequence(self.compiler.elements(self.element.children))
        return self.render


_COMPILERS: dict[type, Callable[[Compiler, Any], Render]] = {
    ast.Text: _text,
    ast.Number: texts.number,
    ast.Label: labels.label,
    ast.Date: datetext.date,
    ast.Names: namelists.names,
    ast.Group: lambda compiler, element: _group(compiler.elements(element.children), element.look),
    ast.Choose: _choose,
}
