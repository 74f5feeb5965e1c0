"""cs:label outside of cs:names: the term for a number, in the number's plural.

https://docs.citationstyles.org/en/stable/specification.html#label
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib.csl import numbers, texts
from cite2bib.csl.context import TERMS

if TYPE_CHECKING:
    from cite2bib.csl import ast
    from cite2bib.csl.context import Context
    from cite2bib.csl.evaluate import Compiler, Render
    from cite2bib.csl.tree import Span

# Their own number says how many there are (spec, label).
_COUNTS = frozenset(("number-of-pages", "number-of-volumes"))


def label(compiler: Compiler, element: ast.Label) -> Render:
    """A label that stands alone."""
    variable, form, locale = element.variable, element.form, compiler.locale
    dress = texts.dresser(compiler, element.look, of_style=True)
    plural_option = element.plural

    def run(ctx: Context) -> Span | None:
        if variable == "locator":
            value = ctx.cite.locator.strip()
            term = (numbers.own_label(value) or ctx.cite.label or "page").replace("sub verbo", "sub-verbo")
        else:
            value = (
                ctx.backreference if variable == "first-reference-note-number" else ctx.item.text(variable)
            )
            names_itself = variable in {"page", "number"}
            term = (numbers.own_label(value) if names_itself else "") or variable
        if variable in ctx.unavailable():
            return None
        plural = plural_option == "always" or (plural_option == "contextual" and _is_plural(variable, value))
        found = locale.term(term, form, plural=plural)
        if not found:
            return None
        ctx.flags |= TERMS
        return dress(ctx, (found,), "label")

    return run


def _is_plural(variable: str, value: str) -> bool:
    if variable in _COUNTS:
        parts = numbers.parse_of(value, variable)
        if parts is None or len(parts) > 1 or parts[0].is_plural:
            return parts is not None or numbers.is_plural(value)
        first = re.match(r"\d+", parts[0].units[0])
        return first is not None and int(first[0]) > 1
    return numbers.is_plural(value, variable)
