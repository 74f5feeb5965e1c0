"""What `cite2bib FILE...` takes, under the headings of its help; the environment can set each as CITE2BIB_NAME."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from cite2bib import formats
from cite2bib.cli.targets import RENDERED, File

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from cite2bib.cli.settings import Settings


def _format_names(*, reads: bool) -> list[str]:
    return [item.name for item in formats.FORMATS if (item.reads if reads else item.writes)]


def _load_settings(ctx: click.Context, _param: click.Parameter, value: Path | None) -> Settings:
    """Load the settings file before other options, and make what it says their default."""
    from cite2bib.cli import settings

    loaded = settings.load(os.getcwd()) if value is None else settings.read(value)
    ctx.default_map = {**loaded.values, "from_": loaded.values.get("from")}
    return loaded


def _option(*names: str, **kwargs: Any) -> click.Option:
    long = next(name for name in names if name.startswith("--"))
    variable = "CITE2BIB_" + long.split("/")[0].lstrip("-").upper().replace("-", "_")
    return click.Option(list(names), envvar=variable, **kwargs)


def _flag(*names: str, **kwargs: Any) -> click.Option:
    return _option(*names, is_flag=True, **kwargs)


_PATH = File()
_WRITTEN = ", ".join(_format_names(reads=False))

INPUTS = click.Argument(["inputs"], nargs=-1, required=True, type=click.Path(allow_dash=True))
OPTIONS: dict[str, list[click.Option]] = {
    "Input": [
        _option("-f", "--from", "from_", default="", metavar="FORMAT",
                help="Format of the input, instead of looking at each file: " + ", ".join(_format_names(reads=True)) + "."),
        _option("--dedupe/--no-dedupe", default=True,
                help="Join what is mentioned more than once (default), or keep each mention."),
    ],
    "Looking up": [
        _option("--library", "libraries", multiple=True, type=_PATH, metavar="FILE",
                help="A .bib, CSL-JSON or JSON-lines file to look works up in first; may be repeated."),
        _option("--index", type=_PATH, metavar="FOLDER",
                help="The index on this disk to look works up in (`cite2bib index`), instead of the one at its usual place; "
                     "`none` uses none."),
        _flag("--offline", help="Send nothing: use the lock, libraries and cached answers alone."),
        _option("--sources", default="", metavar="NAMES",
                help="Catalogues to ask, parted by commas, instead of the standard ones; `none` asks none."),
        _flag("--lock", help="Keep what is decided for each work in cite2bib.lock."),
        _flag("--locked", help="Look nothing up: take each decision from cite2bib.lock; a work it lacks is an error."),
        _option("--prefer", type=click.Choice(["published", "preprint"]), default="published", show_default=True,
                help="What an entry is when a work is both."),
    ],
    "Output": [
        _option("-o", "--output", type=_PATH, metavar="FILE", help="The file to write; standard output without it."),
        _option("--batches/--no-batches", default=None,
                help="Read, look up and write in batches, with a state file beside FILE that a stopped run goes on from "
                     "(default: for more than 16 MB to .jsonl or .bib), or hold everything at once."),
        _option("-t", "--to", default="", metavar="FORMAT",
                help=f"Format of the output: {_WRITTEN}; with --style: {', '.join(RENDERED)}. "
                     "Else what the suffix of FILE says, or bibtex."),
        _option("--keys", default="", metavar="TEMPLATE", help="How citation keys are made (default: {author}{year}{title})."),
        _option("--abstracts/--no-abstracts", default=True, help="Write abstracts (default), or leave them out."),
        _flag("--append", help="Add what is new to FILE, and leave every byte of it as it is."),
        _option("--middleware", multiple=True, metavar="PACKAGE:CLASS",
                help="A middleware of bibtexparser to run over the .bib that is written, or, where another format is written, over "
                     "each .bib that is read; in: or out: before it decides. May be repeated."),
        _flag("--force", help="Overwrite FILE even where that loses something it holds."),
    ],
    "Citation styles": [
        _option("--style", default="", metavar="STYLE",
                help="Render in a style: a CSL style by name, title or path (`cite2bib styles`), a BibTeX style as plain.bst. "
                     "What comes from a bibliography file is then rendered as it is, not looked up; one file alone entry for entry."),
        _option("--lang", default="", metavar="TAG", help="The language to render in, such as de-DE."),
        _option("--sort/--no-sort", default=True, help="Sort as the style says (default), or keep the order."),
    ],
    "Reporting": [
        _option("--report", type=_PATH, metavar="FILE",
                help="Write a JSON report: each work, its fields and where they are from, its evidence."),
        _flag("--loss-report", help="Say what the output format has no place for."),
        _flag("--strict", help="Exit with 1 where a work stays unsure, with 3 where a source could not be asked."),
        _flag("-q", "--quiet", help="Say errors only."),
        _flag("-v", "--verbose", help="Say every decision and its evidence."),
        _option("--color/--no-color", default=None, help="Colours on stderr (default: on a terminal)."),
        click.Option(["--config", "settings"], type=File(exists=True, dir_okay=False),
                     is_eager=True, callback=_load_settings, metavar="FILE",
                     help="A settings file instead of the nearest cite2bib.toml or pyproject.toml."),
    ],
}  # fmt: skip


def picked(*names: str) -> list[click.Option]:
    """Some of these options, for commands that take them in the same sense."""
    return [option for group in OPTIONS.values() for option in group if option.name in names]


def command(
    name: str, run: Callable[..., int | None], params: Sequence[click.Parameter], text: str, examples: str
) -> click.Command:
    """A subcommand made of such options: without arguments it shows its help, which ends with examples."""
    return click.Command(
        name,
        callback=run,
        params=list(params),
        help=text,
        epilog=f"Examples:\n\n{examples}",
        no_args_is_help=True,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
