"""What commands write to: files, and the forms a bibliography can be rendered as.

Apart from the options of making one, which cost their time to set up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cite2bib.diagnostics import UsageError

if TYPE_CHECKING:
    import os
    from pathlib import Path

RENDERED = ("text", "html", "markdown", "latex", "rtf")  # -t with --style


class File(click.Path):
    """A path as `click.Path(path_type=Path)` gives it; `pathlib` is loaded when there is one."""

    name = "path"

    def coerce_path_result(self, value: str | os.PathLike[str]) -> Any:
        """The path itself."""
        from pathlib import Path

        return Path(value)


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
