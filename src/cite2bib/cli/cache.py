"""`cite2bib cache`: the answers of catalogues kept on this machine, and styles as they were read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cite2bib.cli.talk import Talk, table
from cite2bib.csl import kept
from cite2bib.http import cache

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cite2bib.diagnostics import Diagnostic

_FILE = click.option(
    "--file", "path", type=click.Path(path_type=Path), help="Another cache file than the user's own."
)


@click.group(name="cache")
def command() -> None:
    """Answers of catalogues kept on this machine, so that nothing is asked twice."""


@command.command()
@_FILE
def path(path: Path | None) -> None:
    """Print where the cache is."""
    click.echo(path or cache.default_path())


@command.command()
@_FILE
def info(path: Path | None) -> None:
    """Print how many answers are kept of each service, and how much room they take."""
    found = cache.info(path)
    _tell(found.diagnostics)
    rows = [(host, str(count)) for host, count in found.answers.items()]
    click.echo(f"{found.path}  {found.size_bytes / 1e6:.1f} MB")
    click.echo(table(rows) if rows else "  no answers are kept")
    if path is None:
        files, size_bytes = kept.count()
        click.echo(f"  and {files} citation styles and locales as they were read, {size_bytes / 1e6:.1f} MB")


@command.command()
@click.argument("host", default="")
@_FILE
def clear(host: str, path: Path | None) -> None:
    """Forget all answers, or those of one HOST (as `info` names it); they are fetched again when needed.

    Without a HOST the styles that were read are forgotten too.
    """
    if not (host or path):
        kept.forget()
    count, diagnostics = cache.clear(host, path)
    _tell(diagnostics)
    click.echo(f"{count} {'answer' if count == 1 else 'answers'} forgotten")


def _tell(diagnostics: Sequence[Diagnostic]) -> None:
    Talk().tell(diagnostics)
