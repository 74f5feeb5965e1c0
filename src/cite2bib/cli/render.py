"""`cite2bib render`: works as they stand, in a citation style; nothing is looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cite2bib import paths
from cite2bib.cli import DONE, FINDINGS
from cite2bib.cli.talk import Talk, give
from cite2bib.cli.targets import File, target_of
from cite2bib.diagnostics import UsageError
from cite2bib.light import replace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cite2bib.pipeline.typesetting import Wishes

_MARKDOWN = frozenset({".md", ".markdown", ".qmd", ".rmd"})
_TEXTS = _MARKDOWN | {".html", ".htm", ".tex", ".ltx", ".latex", ".rnw", ".typ", ".ipynb"}
_EXAMPLES = """\b
  cite2bib render refs.bib --style apa
  cite2bib render refs.json --style chicago-author-date --lang de-DE -o refs.html
  cite2bib render refs.bib --style IEEEtran.bst -t latex
  cite2bib render paper.md --bibliography refs.bib --style apa -o paper.html
"""


@click.command(name="render", no_args_is_help=True, epilog=f"Examples:\n\n{_EXAMPLES}")
@click.argument("inputs", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option(
    "--style",
    default="",
    metavar="STYLE",
    help="A CSL style by name, title or path (default: apa); for a bibliography, a BibTeX style as plain.bst.",
)
@click.option(
    "--bibliography",
    "bibliographies",
    multiple=True,
    type=File(),
    metavar="FILE",
    help="What a manuscript cites from, instead of the files its front matter names; may be repeated.",
)
@click.option(
    "-o",
    "--output",
    type=File(),
    metavar="FILE",
    help="The file to write; standard output without it.",
)
@click.option(
    "-t",
    "--to",
    default="",
    metavar="FORMAT",
    help="text, html, markdown, latex or rtf; else what the suffix of FILE says, or text. A manuscript: markdown or html.",
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
    bibliographies: Sequence[Path],
    output: Path | None,
    to: str,
    lang: str,
    sort: bool,
    own_names: Sequence[str],
) -> int:
    """Print the bibliography of files in a citation style, as their works stand: nothing is looked up.

    A manuscript in Markdown (.md, .qmd) or HTML that cites ([see @doe99, p. 3]) is printed whole, its citations rendered, its
    bibliography in place. Exit code 1: it cites what is in no bibliography.
    """
    from cite2bib import pipeline
    from cite2bib.pipeline import rendering

    if len(inputs) == 1 and _is_manuscript(inputs[0], bibliographies):
        from cite2bib.pipeline.typesetting import Wishes

        return _manuscript(inputs[0], Wishes(style, lang, tuple(bibliographies)), output, to)
    if bibliographies:
        raise UsageError("--bibliography goes with one manuscript in Markdown or HTML")
    style = style or "apa"
    target = target_of(output, to)
    read = pipeline.read(inputs, skip=[output] if output else [])
    Talk().tell(read.diagnostics)
    if not read.works:
        raise UsageError(f"no work was found in {', '.join(inputs)}")
    text = rendering.render(
        pipeline.named(read.works), style, target, lang=lang, sort=sort, own_names=own_names
    )
    if output:
        from cite2bib.pipeline import saving

        saving.save(output, text.encode())
    else:
        give(text.encode())
    return DONE


def _is_manuscript(path: str, bibliographies: Sequence[Path]) -> bool:
    if paths.suffix(path) not in _TEXTS:
        return False
    from cite2bib.pipeline import typesetting

    return typesetting.is_manuscript(path, bibliography=bool(bibliographies))


def _manuscript(path: str, wishes: Wishes, output: Path | None, to: str) -> int:
    """One text with its citations rendered, and the exit code."""
    from cite2bib.pipeline import saving, typesetting

    page = _is_page(path, output, to)
    if output and output.exists() and output.samefile(path):
        raise UsageError(f"{output} is the manuscript itself: -o wants another file")
    rendered = typesetting.render(path, replace(wishes, page=page))
    if output:
        saving.save(output, rendered.data)
    else:
        give(rendered.data)
    Talk().tell(rendered.diagnostics)
    return FINDINGS if any(line.code == "missing-key" for line in rendered.diagnostics) else DONE


def _is_page(path: str, output: Path | None, to: str) -> bool:
    """Whether HTML is asked for; what a manuscript can't become is refused."""
    is_html = paths.suffix(path) in {".html", ".htm"}
    suffix = output.suffix.lower() if output else ""
    promised = "html" if suffix in {".html", ".htm"} else "" if suffix in {"", *_MARKDOWN} else suffix
    target = to or promised or ("html" if is_html else "markdown")
    if target not in {"markdown", "html"} or (is_html and target == "markdown"):
        known = "HTML" if is_html else "Markdown or HTML"
        raise UsageError(f"{path}: a manuscript is rendered as {known}, not as {target}")
    return target == "html"
