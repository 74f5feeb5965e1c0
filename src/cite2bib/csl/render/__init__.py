"""Tokens to text: one module a target, each with `citation` and `bibliography`."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from cite2bib.diagnostics import UsageError

if TYPE_CHECKING:
    from types import ModuleType

    from cite2bib.csl.flatten import Token
    from cite2bib.csl.passes import Rendered

TARGETS = ("text", "html", "markdown", "latex", "rtf")


def render(rendered: Rendered, target: str) -> str:
    """The bibliography as text, html, markdown, latex or rtf."""
    return str(_module(target).bibliography(rendered))


def citation(tokens: list[Token], target: str) -> str:
    """One citation as text, html, markdown, latex or rtf."""
    return str(_module(target).citation(tokens))


def _module(target: str) -> ModuleType:
    if target not in TARGETS:
        raise UsageError(f"a bibliography can be rendered as {', '.join(TARGETS)}, not as {target!r}")
    return import_module(f"cite2bib.csl.render.{target}")
