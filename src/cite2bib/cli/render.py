"""`cite2bib render`: works as they stand, in a citation style; nothing is looked up."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cite2bib.cli.talk import Talk
from cite2bib.cli.targets import target_of
from cite2bib.diagnostics import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

_EXAMPLES = """\b
  cite2bib render refs.bib --style apa
  cite2bib render refs.json --style chicago-author-date --lang de-DE -o refs.html
  cite2bib render refs.bib --style IEEEtran.bst -t latex
"""


@click.command(name="render", no_args_is_help=True, epilog=f"Examples:\n\n{_EXAMPLES}")
@click.argument("inputs", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option(
    "--style",
    default="apa",
    show_default=True,
    metavar="STYLE",
    help="A CSL style by name, title or path; a BibTeX style as plain.bst.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file to write; standard output without it.",
)
@click.option(
    "-t",
    "--to",
    default="",
    metavar="FORMAT",
    help="text, html, markdown, latex or rtf; else what the suffix of FILE says, or text.",
)
@click.option("--lang", default="", metavar="TAG", help="The language to render in, such as de-DE.")
@click.option("--sort/--no-sort", default=True, help="Sort as the style says (default), or keep the order.")
@click.option(
    "--own-name",
    "own_names",
    multiple=True,
    metavar="NAME",
    help="A name to print in bold, such as 'Doe, Jane'; may be repeated.",
)
def command(
    *,
    inputs: Sequence[str],
    style: str,
    output: Path | None,
    to: str,
    lang: str,
    sort: bool,
    own_names: Sequence[str],
) -> None:
    """Print the bibliography of files in a citation style, as their works stand: nothing is looked up."""
    from cite2bib import pipeline
    from cite2bib.pipeline import rendering, saving

    target = target_of(output, to)
    read = pipeline.read(inputs, skip=[output] if output else [])
    Talk().tell(read.diagnostics)
    if not read.works:
        raise UsageError(f"no work was found in {', '.join(inputs)}")
    text = rendering.render(
        pipeline.named(read.works), style, target, lang=lang, sort=sort, own_names=own_names
    )
    if output:
        saving.save(output, text.encode())
    else:
        sys.stdout.buffer.write(text.encode())
