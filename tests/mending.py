"""Mending a text as the command does, for tests."""

from __future__ import annotations

from typing import Any

from cite2bib.fix import Mended, Wants, chosen, mend
from cite2bib.fix.profiles import parse
from cite2bib.formats.bibtex import syntax

PROFILE = parse(
    '[fields]\ndrop = ["abstract"]\n[names]\ngiven = "initials"\n[venues]\njournals = "abbreviated"\n',
    "test.toml",
)


def mended(text: str | bytes, *rules: str, **wants: Any) -> Mended:
    """A file after some rules, the default ones without any."""
    data = text if isinstance(text, bytes) else text.encode()
    return mend(syntax.read(data), chosen(rules, ()), Wants(**wants))


def fixed(text: str, *rules: str, **wants: Any) -> str:
    """The text after some rules."""
    return mended(text, *rules, **wants).data.decode()


def field(assignment: str, *rules: str, kind: str = "misc", more: str = "", **wants: Any) -> str:
    """What becomes of one field (`title = {...}`) in an entry that has little else."""
    before = f"@{kind}{{key,\n  {assignment},\n{more}}}\n"
    after = fixed(before, *rules, **wants)
    start, end = f"@{kind}{{key,\n  ", f",\n{more}}}\n"
    assert after.startswith(start), after
    assert after.endswith(end), after
    return after[len(start) : len(after) - len(end)]
