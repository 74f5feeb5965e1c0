"""`cite2bib styles`: finding a citation style, and seeing what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cite2bib.diagnostics import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cite2bib.csl.catalog import StyleInfo


@click.group(name="styles")
def command() -> None:
    """Citation styles: list them, search them, look at one."""


@command.command(name="list")
@click.option("--dependent", is_flag=True, help="Also those that only name another style they follow.")
def list_(*, dependent: bool) -> None:
    """List all styles by name."""
    from cite2bib.csl import catalog

    _print(row for row in catalog.index() if dependent or not row.parent)


@command.command()
@click.argument("words", nargs=-1, required=True)
def search(words: tuple[str, ...]) -> None:
    """Search names and titles for WORDS, or how they begin."""
    from cite2bib.csl import catalog

    text = " ".join(words)
    found = catalog.search(text)
    if not found:
        near = ", ".join(catalog.suggestions(text))
        raise UsageError(
            f"no style has {text!r} in its name or title" + (f"; near it are {near}" if near else "")
        )
    _print(found)


def _print(rows: Iterable[StyleInfo]) -> None:
    for row in rows:
        click.echo(f"{row.name}  {row.title}" + (f"  (as {row.parent})" if row.parent else ""))


@command.command()
@click.argument("name")
def show(name: str) -> None:
    """Tell what the style NAME says of itself."""
    from cite2bib.csl import catalog

    row = catalog.show(name)
    click.echo(row.title)
    for label, value in (
        ("name", row.name), ("short title", row.short), ("follows", row.parent), ("fields", ", ".join(row.fields)),
        ("file", row.path),
    ):  # fmt: skip
        if value:
            click.echo(f"  {label:12} {value}")


@command.command()
@click.argument("name")
@click.option("--lang", default="", metavar="TAG", help="The language to render in, such as de-DE.")
@click.option(
    "-t",
    "--to",
    default="text",
    show_default=True,
    metavar="FORMAT",
    help="text, html, markdown, latex or rtf.",
)
def preview(name: str, lang: str, to: str) -> None:
    """Print a book, an article, a chapter, a thesis, a preprint and a web page in the style NAME."""
    from cite2bib.csl.preview import WORKS
    from cite2bib.pipeline import rendering

    click.echo(rendering.preview(WORKS, name, to, lang=lang), nl=False)
