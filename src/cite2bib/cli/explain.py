"""`cite2bib explain WHAT [FILE...]`: why a record was taken for a work, or why none was. Nothing is sent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cite2bib.cli import asking, options
from cite2bib.cli.options import picked
from cite2bib.diagnostics import ReadError, UsageError
from cite2bib.light import replace

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cite2bib.cli.settings import Settings
    from cite2bib.pipeline.explaining import Case
    from cite2bib.resolve.lock import Lock


_HELP = """Tell why a record was taken for a work, or why none was.

WHAT is a citation key, an identifier, or a title or its beginning. FILE is what the bibliography was made from, or
the report of a run; without one, what the lock file says is told. Candidates are those of libraries and of answers
that are kept on this machine."""


def _explain(*, what: str, inputs: Sequence[str], keys: str, settings: Settings, **shelves: Any) -> None:
    for text in _reports(what, inputs):
        click.echo(text, nl=False)
        return
    shelves["network"] = asking.network(settings, offline=True)  # whatever catalogues answered before
    found = _from_inputs(what, inputs, keys, shelves) if inputs else _from_lock(what, keys)
    if not found:
        where = ", ".join(inputs) or "the lock"
        raise UsageError(f"no work in {where} has the key, identifier or title {what!r}")
    from cite2bib.pipeline.explaining import explain

    click.echo("\n".join(explain(case) for case in found), nl=False)


def _reports(what: str, inputs: Sequence[str]) -> list[str]:
    """What reports among the inputs say."""
    from cite2bib.pipeline.explaining import reported

    texts: list[str] = []
    for path in map(Path, inputs):
        if (
            path.suffix == ".json"
            and path.is_file()
            and (told := reported(path.read_bytes(), what)) is not None
        ):
            if not told:
                raise UsageError(f"{path} has no work with the key, identifier or title {what!r}")
            texts.append("\n".join(told))
    return ["\n".join(texts)] if texts else []


def _from_lock(what: str, keys: str) -> list[Case]:
    from cite2bib.pipeline.explaining import locked_cases
    from cite2bib.resolve import keys as citation_keys
    from cite2bib.resolve import lock

    path = lock.find(())
    if path is None:
        raise ReadError(f"there is no {lock.NAME} here; name the files that the bibliography was made from")
    held = lock.read(path.read_bytes(), str(path))
    named = {}
    for line in held:
        if line.record:  # each by itself: which of two would get an "a" is not known here
            named[line.key] = citation_keys.assign([line.record], keys or citation_keys.DEFAULT)[0].id
    return locked_cases(held, what, named)


def _from_inputs(what: str, inputs: Sequence[str], keys: str, shelves: Mapping[str, Any]) -> list[Case]:
    """What was there to choose from: in libraries, an index, and answers that are kept."""
    from cite2bib import pipeline
    from cite2bib.pipeline.explaining import cases
    from cite2bib.pipeline.looking import candidates_of

    read = pipeline.read(inputs)
    if not read.works:
        raise UsageError(f"no work was found in {', '.join(inputs)}")
    outcome = pipeline.resolve(read.works, lock=_lock(inputs), **shelves)
    outcome = outcome.renamed(pipeline.named(outcome.works, keys))
    found = cases(outcome.items, what)
    others = candidates_of([case.query for case in found], **shelves)
    return [replace(case, candidates=more) for case, more in zip(found, others, strict=True)]


def _lock(inputs: Sequence[str]) -> Lock:
    from cite2bib.resolve import lock

    path = lock.find(inputs)
    return lock.read(path.read_bytes(), str(path)) if path else lock.Lock({})


_PARAMS = [
    click.Argument(["what"]),
    click.Argument(["inputs"], nargs=-1, metavar="[FILE]...", type=click.Path(allow_dash=True)),
    *picked("libraries", "index", "keys", "settings"),
]
_EXAMPLES = """\b
  cite2bib explain zhu2025context seeds/
  cite2bib explain 10.1038/nature14539 refs.bib
  cite2bib explain "attention is all"             from the lock file"""

command = options.command("explain", _explain, _PARAMS, _HELP, _EXAMPLES)
