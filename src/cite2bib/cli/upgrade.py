"""`cite2bib upgrade`: preprints in a .bib that were published since."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cite2bib.cli import DONE, FINDINGS, UNASKED
from cite2bib.cli.check import index_of_settings, libraries_of_settings, network
from cite2bib.cli.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Sequence

_EXAMPLES = """\b
  cite2bib upgrade refs.bib                show what would change
  cite2bib upgrade refs.bib --write        change it
"""


@click.command(name="upgrade", no_args_is_help=True, epilog=f"Examples:\n\n{_EXAMPLES}")
@click.argument("inputs", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False))
@click.option(
    "--write", is_flag=True, help="Write the file; a copy of the old one is kept unless git has it."
)
@click.option("--check", is_flag=True, help="Exit with 1 where something would change.")
@click.option(
    "--library",
    "libraries",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="A .bib, CSL-JSON or JSON-lines file to look works up in as well; may be repeated.",
)
@click.option(
    "--index",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="The index on this disk to look works up in, instead of the one at its usual place; `none` is none.",
)
@click.option("--offline", is_flag=True, help="Send nothing: use libraries and cached answers alone.")
@click.option(
    "--sources",
    default="",
    metavar="NAMES",
    help="Catalogues to ask, parted by commas, instead of the standard ones.",
)
@click.option("--refresh", is_flag=True, help="Ask again, whatever is kept of earlier runs.")
@click.option("-q", "--quiet", is_flag=True, help="Say errors only.")
def command(
    *,
    inputs: Sequence[str],
    write: bool,
    check: bool,
    libraries: Sequence[Path],
    index: Path | None,
    offline: bool,
    sources: str,
    refresh: bool,
    quiet: bool,
) -> int:
    """Make references to preprints references to their publications, in the .bib itself.

    A publication is taken where the preprint's record or Crossref's relation names it, or where title and people are the
    same. The key and the arXiv id stay, and so does every byte of what does not change.
    """
    from cite2bib import pipeline
    from cite2bib.check import kinds
    from cite2bib.check.asking import inquiry
    from cite2bib.pipeline import checking
    from cite2bib.pipeline.upgrading import upgrades

    talk = Talk(-1 if quiet else 0)
    read = pipeline.read(inputs)
    preprints = [work for work in read.works if inquiry(work).kind is kinds.Kind.PREPRINT]
    with (Talk(-1) if offline else talk).progress() as progress:
        checked = checking.check(
            preprints,
            libraries=libraries or libraries_of_settings(),
            index=index or index_of_settings(),
            network=network(offline=offline, names=sources),
            store=checking.default_store(),
            refresh=refresh,
            progress=progress,
        )
    found = list(upgrades(inputs, checked.verdicts))
    for item in found:
        if write:
            copy = item.write()
            talk.say(f"{item.path} written" + (f"; {copy} is the old one" if copy else ""))
        else:
            sys.stdout.buffer.write(item.diff().encode("utf-8", "replace"))
        for key, where in item.told:
            talk.say(f"  {key}: {where}")
    silent = sorted(
        {f"{part.source}: {part.what}" for verdict in checked.verdicts for part in verdict.silent}
    )
    for line in silent:
        talk.say(f"could not be asked: {line}", fg="yellow")
    if check and found:
        return FINDINGS
    return UNASKED if silent and not offline else DONE
