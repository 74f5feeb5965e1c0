"""BibTeX styles: a .bib text and a .bst file in, the text of the .bbl out, through pybtex's interpreter.

What BibTeX itself would write, byte for byte; docs/bst.md tells the only differences.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib.bst.find import find
from cite2bib.diagnostics import Diagnostic, Severity, Span, StyleError
from cite2bib.light import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Bbl:
    """A formatted bibliography, ready for LaTeX, and what BibTeX would warn of."""

    text: str
    warnings: tuple[Diagnostic, ...] = ()


def render_bst(bib: str, style: str, cited: Sequence[str] = ("*",), min_crossrefs: int = 2) -> Bbl:
    """The .bbl of a .bib text in a style given by name or path; `cited` holds keys in their order, `*` is all."""
    path = find(style)
    script = _script(path)
    from pybtex.exceptions import PybtexError

    from cite2bib.bst.machine import Machine

    said: list[Diagnostic] = []
    machine = Machine(
        _to_bytes(bib),
        lambda message: said.append(_diagnostic(message, Severity.WARNING)),
        lambda message: said.append(_diagnostic(message, Severity.NOTE)),
        min_crossrefs,
    )
    try:
        text = machine.run_style(script, [_to_bytes(key) for key in cited])
    except RecursionError:
        raise StyleError(f"{path}: a function of the style calls itself") from None
    except (StyleError, PybtexError) as error:
        raise StyleError(f"{path}: {error}") from None
    return Bbl(_from_bytes(text), tuple(said))


def _diagnostic(message: str, severity: Severity) -> Diagnostic:
    return Diagnostic("bibtex", _from_bytes(message), severity=severity)


def _to_bytes(text: str) -> str:
    return text.encode("utf-8", "surrogateescape").decode("latin-1")


def _from_bytes(text: str) -> str:
    return text.encode("latin-1").decode("utf-8", "replace")


def _script(path: Path) -> Iterator[list[object]]:
    """The commands of a style file; one that is broken raises with its place."""
    from pybtex.bibtex.bst import parse_string
    from pybtex.scanner import PybtexSyntaxError

    try:
        text = path.read_bytes().decode("latin-1")
    except OSError as error:
        raise StyleError(f"{path} can't be read: {error.strerror}") from error
    try:
        return iter(list(parse_string(text)))
    except PybtexSyntaxError as error:
        lines = text.splitlines()
        line = error.lineno or 0
        source = lines[line - 1] if 0 < line <= len(lines) else ""
        raise StyleError(f"a broken BibTeX style: {error}", Span(str(path), line, source=source)) from None
