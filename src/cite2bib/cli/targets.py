"""What a bibliography can be rendered as; apart from the options of making one, which cost their time to set up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib.diagnostics import UsageError

if TYPE_CHECKING:
    from pathlib import Path

RENDERED = ("text", "html", "markdown", "latex", "rtf")  # -t with --style


def target_of(output: Path | None, name: str) -> str:
    """What a rendered bibliography is written as: what was asked for, what a suffix promises, or text."""
    suffixes = {
        ".html": "html",
        ".htm": "html",
        ".md": "markdown",
        ".tex": "latex",
        ".bbl": "latex",
        ".rtf": "rtf",
    }
    target = name or suffixes.get(output.suffix.lower() if output else "", "text")
    if target not in RENDERED:
        raise UsageError(f"with --style, -t is one of {', '.join(RENDERED)}, not {target!r}")
    return target
