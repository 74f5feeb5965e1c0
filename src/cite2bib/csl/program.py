"""A style in a language, compiled: what is the same for all works is done once here.

Programs are kept for the process; compiling one takes some milliseconds, running it for an item some dozens of microseconds.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from cite2bib.csl import ast, disambiguate, evaluate, locale, sortkeys

if TYPE_CHECKING:
    from collections.abc import Callable

    from cite2bib.csl.ast import Style
    from cite2bib.csl.context import Context
    from cite2bib.csl.tree import Node


class Program:
    """The compiled areas of a style."""

    def __init__(self, source: Style, language: str) -> None:
        self.style = source
        self.locale = locale.build(language or source.default_locale, source.locales)
        self.language = self.locale.language
        self.citation = source.citation
        self.bibliography = source.bibliography
        self.render_entry = self._layout(source.bibliography, "bibliography") if source.bibliography else None
        self.bibliography_keys = (
            sortkeys.compiled(source, self.locale, source.bibliography, "bibliography")
            if source.bibliography
            else []
        )
        # A bibliography that sorts by falling numbers, be it among other keys, is numbered from its end.
        keys = source.bibliography.keys if source.bibliography else ()
        falls = [key.descending for key in keys if self._is_by_number(key)]
        self.counts_down = bool(falls) and falls[-1]
        self.is_numeric = any("citation-number" in used.variables for used in source.used(source.citation))
        tests = source.tests(source.citation)
        self.methods = disambiguate.methods(source.citation, has_condition="disambiguate" in tests)
        self.has_positions = "position" in tests

    @cached_property
    def render_cite(self) -> Callable[[Context], tuple[Node, ...]]:
        """A cite of an item; a bibliography alone may do without."""
        return self._layout(self.citation, "citation")

    @cached_property
    def render_first(self) -> Callable[[Context], tuple[Node, ...]] | None:
        """The first element of a bibliography's entry, which may be set apart; not one that is chosen."""
        area = self.bibliography
        if area is None or not area.option("second-field-align"):
            return None
        if not area.layout.children or isinstance(area.layout.children[0], ast.Choose):
            return None
        first = area._replace(layout=area.layout._replace(children=area.layout.children[:1]))
        return self._layout(first, "bibliography")

    @cached_property
    def citation_keys(self) -> list[sortkeys.Key]:
        """What cites are sorted by."""
        return sortkeys.compiled(self.style, self.locale, self.citation, "citation")

    def _is_by_number(self, key: ast.Key) -> bool:
        if key.macro:
            return "citation-number" in self.style.uses[key.macro].variables
        return key.variable == "citation-number"

    def _layout(self, area: ast.Area, name: str) -> Callable[[Context], tuple[Node, ...]]:
        return evaluate.Compiler(self.style, self.locale, area.options, area=name).layout(area.layout)


@lru_cache(maxsize=32)
def of_style(source: Style, language: str = "") -> Program:
    """The program of a style in its own language or another; styles are told apart by identity."""
    return Program(source, language)
