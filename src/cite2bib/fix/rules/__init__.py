"""The table of rules, in the order in which their edits go before each other's. A new rule is one row of a module here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib.diagnostics import UsageError
from cite2bib.fix.rules import (
    addresses,
    casing,
    characters,
    duplicates,
    numbers,
    order,
    people,
    syntax,
    types,
    venues,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cite2bib.fix.finding import Rule

RULES: tuple[Rule, ...] = tuple(
    rule
    for module in (syntax, characters, addresses, numbers, people, casing, types, venues, duplicates, order)
    for rule in module.RULES
)
BY_NAME = {rule.name: rule for rule in RULES}
# Rules that wait until all others have nothing left to change: keys are made from what is said then, and order may go by keys.
LAST = ("citation-key", "sort")


def named(names: Iterable[str]) -> list[Rule]:
    """Rules by name; `all`, `default` and `none` stand for several."""
    found: list[Rule] = []
    for name in names:
        if name == "all":
            found += RULES
        elif name == "default":
            found += (rule for rule in RULES if rule.is_default)
        elif name in BY_NAME:
            found.append(BY_NAME[name])
        elif name != "none":
            raise UsageError(f"no rule is named {name!r}{_hint(name)}")
    return found


def _hint(name: str) -> str:
    import difflib

    near = difflib.get_close_matches(name, BY_NAME, 1)
    return f"; is {near[0]!r} meant?" if near else f"; there are {', '.join(BY_NAME)}, all, default and none"


def chosen(select: Sequence[str], ignore: Sequence[str], asked: Iterable[str] = ()) -> tuple[Rule, ...]:
    """The rules of a run: the selected ones (the defaults without any), those that options ask for, less the ignored."""
    wanted = {rule.name for rule in named(select or ("default",))} | set(asked)
    wanted -= {rule.name for rule in named(ignore)}
    return tuple(rule for rule in RULES if rule.name in wanted)
