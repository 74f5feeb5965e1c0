"""`cite2bib upgrade`: preprints in a .bib that were published since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cite2bib.cli import DONE, FINDINGS, UNASKED, asking, options
from cite2bib.cli.options import picked
from cite2bib.cli.talk import Talk, give

if TYPE_CHECKING:
    from collections.abc import Sequence

_EXAMPLES = """\b
  cite2bib upgrade refs.bib                show what would change
  cite2bib upgrade refs.bib --write        change it
"""


_HELP = """Make references to preprints references to their publications, in the .bib itself.

A publication is taken where the preprint's record or Crossref's relation names it, or where title and people are the
same. The key and the arXiv id stay, and so does every byte of what does not change."""
_PARAMS = [
    click.Argument(["inputs"], nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False)),
    click.Option(
        ["--write"], is_flag=True, help="Write the file; a copy of the old one is kept unless git has it."
    ),
    click.Option(["--check"], is_flag=True, help="Exit with 1 where something would change."),
    *picked("libraries", "index", "offline", "sources"),
    click.Option(["--refresh"], is_flag=True, help="Ask again, whatever is kept of earlier runs."),
    *picked("quiet", "settings"),
]


def _upgrade(inputs: Sequence[str], talk: Talk, wishes: dict[str, Any]) -> int:
    from cite2bib import pipeline
    from cite2bib.check import kinds
    from cite2bib.check.asking import inquiry
    from cite2bib.check.verdict import called
    from cite2bib.pipeline import checking
    from cite2bib.pipeline.upgrading import upgrades

    read = pipeline.read(inputs)
    preprints = [work for work in read.works if inquiry(work).kind is kinds.Kind.PREPRINT]
    with (Talk(-1) if wishes["offline"] else talk).progress() as progress:
        checked = checking.check(
            preprints,
            libraries=wishes["libraries"],
            index=wishes["index"],
            network=asking.network(
                wishes["settings"],
                offline=wishes["offline"],
                named=asking.names(wishes["sources"]),
                also=("dblp",),  # what appeared at conferences without DOIs
                refresh=wishes["refresh"],
            ),
            store=checking.default_store(),
            refresh=wishes["refresh"],
            progress=progress,
        )
    found = list(upgrades(inputs, checked.verdicts))
    for item in found:
        if wishes["write"]:
            copy = item.write()
            talk.say(f"{item.path} written" + (f"; {copy} is the old one" if copy else ""))
        else:
            give(item.diff().encode("utf-8", "replace"))
        for key, where in item.told:
            talk.say(f"  {key}: {where}")
    silent = sorted(
        {f"{called(part.source)}: {part.what}" for verdict in checked.verdicts for part in verdict.silent}
    )
    for line in silent:
        talk.say(f"could not be asked: {line}", fg="yellow")
    if wishes["check"] and found:
        return FINDINGS
    return UNASKED if silent and not wishes["offline"] else DONE


def _run(*, inputs: Sequence[str], quiet: bool, **wishes: Any) -> int:
    return _upgrade(inputs, Talk(-1 if quiet else 0), wishes)


command = options.command("upgrade", _run, _PARAMS, _HELP, _EXAMPLES)
