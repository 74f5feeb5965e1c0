"""The tests of cs:if and cs:else-if.

https://docs.citationstyles.org/en/stable/specification.html#choose
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib.csl import numbers
from cite2bib.csl.context import FIRST, IBID, IBID_WITH_LOCATOR, SUBSEQUENT

if TYPE_CHECKING:
    from collections.abc import Callable

    from cite2bib.csl import ast
    from cite2bib.csl.context import Context
    from cite2bib.csl.evaluate import Compiler

    Test = Callable[[Context], bool]


def branch(compiler: Compiler, element: ast.Branch) -> Test:
    """All conditions of a branch as one test; cs:else is always true."""
    tests = [test for condition in element.conditions for test in _tests(compiler, condition)]
    if not tests:
        return lambda _ctx: True
    if len(tests) == 1 and element.match in {"all", "any"}:
        return tests[0]
    wanted = element.match in {"any", "none"}  # what one test says that decides
    decided = element.match in {"any", "nand"}

    def run(ctx: Context) -> bool:
        for test in tests:
            if test(ctx) is wanted:
                return decided
        return not decided

    return run


def _tests(compiler: Compiler, condition: ast.Condition) -> list[Test]:
    if condition.test == "type":
        # No work has two types, so a list of them asks for any, also where the style forgets to say so.
        types = frozenset(condition.values)
        return [lambda ctx: ctx.item.type in types]
    make = _MAKERS.get(condition.test)
    if make is None:
        return [lambda _ctx: False]  # a test of another dialect is never true
    return [make(compiler, value) for value in condition.values]


def _variable(_: Compiler, value: str) -> Test:
    match value:
        case "locator":
            return lambda ctx: bool(ctx.cite.locator.strip())
        case "citation-number":  # it is the style's, no variable of the work (as in the reference)
            return lambda _ctx: False
        case "year-suffix":
            return lambda ctx: bool(ctx.decision.suffix or ctx.item.text("year-suffix"))
        case "first-reference-note-number":
            return lambda ctx: bool(ctx.backreference)
    return lambda ctx: ctx.item.has(value)


def _is_numeric(_: Compiler, value: str) -> Test:
    match value:
        case "citation-number":
            return lambda _ctx: True
        case "locator":
            return lambda ctx: numbers.is_numeric(ctx.cite.locator)
        case "first-reference-note-number":
            return lambda ctx: numbers.is_numeric(ctx.backreference)
    return lambda ctx: numbers.is_numeric(ctx.item.text(value), value)


def _is_uncertain_date(_: Compiler, value: str) -> Test:
    def test(ctx: Context) -> bool:
        date = ctx.item.date(value)
        return date is not None and date.circa

    return test


def _locator(_: Compiler, value: str) -> Test:
    wanted = value.replace("sub-verbo", "sub verbo")
    return lambda ctx: bool(ctx.cite.locator.strip()) and (ctx.cite.label or "page") in {wanted, value}


def _position(compiler: Compiler, value: str) -> Test:
    if compiler.area == "bibliography":
        return lambda _ctx: False
    match value:
        case "first":
            return lambda ctx: ctx.position == FIRST
        case "subsequent":
            return lambda ctx: ctx.position >= SUBSEQUENT
        case "ibid":
            return lambda ctx: ctx.position >= IBID
        case "ibid-with-locator":
            return lambda ctx: ctx.position == IBID_WITH_LOCATOR
        case "near-note":
            return lambda ctx: ctx.near_note
    return lambda _ctx: False


def _disambiguate(_: Compiler, value: str) -> Test:
    def met(ctx: Context) -> bool:
        ctx.conditions += 1
        return ctx.conditions <= ctx.decision.conditions

    return met if value == "true" else lambda ctx: not met(ctx)


_MAKERS: dict[str, Callable[[Compiler, str], Test]] = {
    "variable": _variable,
    "is-numeric": _is_numeric,
    "is-uncertain-date": _is_uncertain_date,
    "locator": _locator,
    "position": _position,
    "disambiguate": _disambiguate,
}
