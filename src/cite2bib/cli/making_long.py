"""The main job for lists too long to hold: what fits it, and the table at its end."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from cite2bib.cli import DONE, FINDINGS, UNASKED
from cite2bib.cli.talk import table
from cite2bib.diagnostics import UsageError

if TYPE_CHECKING:
    from collections import Counter

    from cite2bib.cli.make import Wishes
    from cite2bib.cli.talk import Talk
    from cite2bib.pipeline.looking import Network

_LARGE = 16_000_000  # bytes of input that are not held at once
_FORMATS = frozenset({"jsonl", "bibtex", "biblatex"})  # that are written piece by piece
# What needs all works at once.
_WHOLE = ("style", "lock", "locked", "append", "report", "from_", "loss_report", "middleware")


def are_large(wishes: Wishes, format_name: str) -> bool:
    """Whether the input is better not held, and nothing is asked for that needs it whole."""
    if format_name not in _FORMATS or any(getattr(wishes, name) for name in _WHOLE):
        return False
    files = [Path(path) for path in wishes.inputs]
    return all(path.is_file() for path in files) and sum(path.stat().st_size for path in files) >= _LARGE


def refuse_whole(wishes: Wishes, format_name: str) -> None:
    """Tell what --batches can't be together with."""
    if wishes.output is None:
        raise UsageError("--batches keeps its state beside the output, so it needs -o FILE")
    if format_name not in _FORMATS:
        raise UsageError(f"--batches writes {', '.join(sorted(_FORMATS))}, not {format_name}")
    for name in _WHOLE:
        if getattr(wishes, name):
            raise UsageError(
                f"--{name.strip('_').replace('_', '-')} needs all works at once, --batches holds a few"
            )


def make(wishes: Wishes, format_name: str, network: Network, talk: Talk) -> int:
    """The whole journey in batches, and its exit code."""
    from cite2bib import formats
    from cite2bib.cli.meter import meter
    from cite2bib.pipeline import batches

    assert wishes.output
    if wishes.output.exists() and wishes.output.stat().st_size and not wishes.force:
        raise UsageError(f"{wishes.output} is there already; --force overwrites it; nothing was changed")
    asked = batches.Wishes(
        wishes.output,
        formats.get(format_name),
        formats.WriteOptions(abstracts=wishes.abstracts, losses=False),
        wishes.keys,
        wishes.libraries,
        wishes.index,
        network,
        wishes.prefer,
        wishes.dedupe,
        os.cpu_count() or 1,
    )
    with meter(talk, "bytes") as progress:
        result = batches.run(wishes.inputs, asked, progress)
    if not result.counts["mentions"]:
        raise UsageError(f"no work was found in {', '.join(wishes.inputs)}")
    talk.tell(result.diagnostics)
    talk.say(f"{_summary(result.counts)}\n{wishes.output} written")
    return _exit_code(wishes, result.counts)


def _summary(counts: Counter[str]) -> str:
    mentions = counts["mentions"]
    rows = [(f"works, from {mentions} {'mention' if mentions == 1 else 'mentions'}", counts["works"])]
    for start, label in (
        ("in ", "looked up in "),
        ("given ", "left as given: "),
        ("silent ", "not to be asked: "),
    ):
        found = [
            (name.removeprefix(start), count)
            for name, count in counts.most_common()
            if name.startswith(start)
        ]
        rows += [(label + name, count) for name, count in found[:6]]
    skipped = sum(count for name, count in counts.items() if name.startswith("fault "))
    rows += [("records skipped", skipped)] if skipped else []
    return table([(label, str(count)) for label, count in rows])


def _exit_code(wishes: Wishes, counts: Counter[str]) -> int:
    if not wishes.strict:
        return DONE
    if any(name.startswith("silent ") for name in counts):
        return UNASKED
    return FINDINGS if any(name.startswith(("given ", "fault ")) for name in counts) else DONE
