"""`cite2bib check`: does every reference exist, and is it what it says."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from cite2bib.cli import DONE, FINDINGS, UNASKED, UNUSABLE, asking, options
from cite2bib.cli.options import INPUTS, picked
from cite2bib.cli.talk import Talk, give, table
from cite2bib.diagnostics import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cite2bib.check import Verdict
    from cite2bib.pipeline.checking import Checked

_EXAMPLES = """\b
  cite2bib check refs.bib
  cite2bib check paper.pdf --output-format html -o report.html
  cite2bib check refs.bib --output-format github          in a workflow
  cite2bib check refs.bib --fix                           correct what is wrong in detail
"""
_FORMATS = ["table", "json", "html", "github", "sarif"]
_COLORS = {
    "verified": "green",
    "published since": "cyan",
    "wrong in detail": "yellow",
    "cannot be checked": "bright_black",
}


_HELP = """Check references: does each work exist, is it what the reference says, and what became of it.

FILE is a .bib or any other bibliography, a manuscript, or a PDF with a list of references. Each reference gets one
verdict: verified, wrong in detail, not found, cannot be checked, retracted, withdrawn, expression of concern, or
published since. "Not found" is said only where two independent catalogues that list such works answered.

Exit codes: 0 nothing to act on, 1 findings, 3 a reference stayed unchecked because a catalogue could not be asked."""
_PARAMS = [
    INPUTS,
    *picked("from_", "libraries", "index", "offline", "sources"),
    click.Option(
        ["--holds"],
        default="",
        metavar="NAMES",
        help="Catalogues that libraries and index have whole, parted by commas: what they lack is then not there.",
    ),
    click.Option(["--refresh"], is_flag=True, help="Ask again, whatever is kept of earlier runs."),
    click.Option(
        ["--output-format"],
        type=click.Choice(_FORMATS),
        default="table",
        show_default=True,
        help="A table to read, JSON, a page for an editor, annotations of a GitHub workflow, or SARIF.",
    ),
    *picked("output"),
    click.Option(
        ["--fix"],
        is_flag=True,
        help="Write what the records say into the .bib, where a verdict is sure; nothing else in it changes.",
    ),
    click.Option(
        ["--strict"],
        is_flag=True,
        help="Exit with 1 also for preprints that were published since, and for what cannot be checked.",
    ),
    click.Option(["-v", "--verbose"], is_flag=True, help="Show verified references too, and the evidence."),
    *picked("quiet", "color", "settings"),
]


def _run(**wishes: Any) -> int:
    return _check(Talk(-1 if wishes["quiet"] else int(wishes["verbose"]), wishes["color"]), wishes)


command = options.command("check", _run, _PARAMS, _HELP, _EXAMPLES)


def _check(talk: Talk, wishes: dict[str, Any]) -> int:
    from cite2bib import pipeline
    from cite2bib.pipeline import checking

    read = pipeline.read(
        wishes["inputs"], format_name=wishes["from_"], skip=[wishes["output"]] if wishes["output"] else []
    )
    talk.tell(read.diagnostics)
    works = checking.references(read.works)
    if not works:
        raise UsageError(f"no reference was found in {', '.join(wishes['inputs'])}")
    checked = _asked(talk, wishes, works)
    _report(talk, wishes, checked.verdicts)
    talk.tell(checked.diagnostics)
    _hint(talk, wishes, checked.verdicts)
    if wishes["fix"]:
        _fix(talk, checked.verdicts)
    unreadable = {line.span.path for line in read.diagnostics if line.code == "unreadable" and line.span}
    if unreadable.intersection(wishes["inputs"]):
        return UNUSABLE
    return _exit_code(checked.verdicts, strict=wishes["strict"])


def _asked(talk: Talk, wishes: dict[str, Any], works: Sequence[Any]) -> Checked:
    from cite2bib.pipeline import checking

    with (Talk(-1) if wishes["offline"] else talk).progress() as progress:
        return checking.check(
            works,
            libraries=wishes["libraries"],
            index=wishes["index"],
            holds=_named(wishes["holds"]),
            network=asking.network(
                wishes["settings"],
                offline=wishes["offline"],
                named=asking.names(wishes["sources"]),
                also=_further(),
                refresh=wishes["refresh"],
            ),
            store=checking.default_store(),
            refresh=wishes["refresh"],
            progress=progress,
        )


def _named(names: str) -> tuple[str, ...]:
    """Catalogues by name; an unknown one raises `UsageError`."""
    from cite2bib import sources

    return tuple(sources.get(name).name for name in asking.names(names))


def _further() -> list[str]:
    """Catalogues that answer what the standard ones leave open; OpenAlex where its key, or a mirror, is at hand."""
    from cite2bib.pipeline import checking

    has_openalex = any(os.environ.get(f"CITE2BIB_OPENALEX_{name}") for name in ("KEY", "URL"))
    return [*checking.ALSO_ASKED, *(["openalex"] if has_openalex else [])]


def _report(talk: Talk, wishes: dict[str, Any], verdicts: Sequence[Verdict]) -> None:
    from cite2bib.pipeline import saving
    from cite2bib.pipeline.verdicts import REPORTS

    name, output = wishes["output_format"], wishes["output"]
    if name == "table":
        is_colored = (
            wishes["color"] if wishes["color"] is not None else output is None and sys.stdout.isatty()
        )
        lines = _lines(verdicts, verbose=wishes["verbose"])
        text = "".join(f"{line if is_colored else click.unstyle(line)}\n" for line in lines)
    else:
        text = REPORTS[name](verdicts)
    if output:
        saving.save(output, text.encode("utf-8", "replace"))
        talk.say(f"{output} written")
    else:
        give(text.encode("utf-8", "replace"))


def _lines(verdicts: Sequence[Verdict], *, verbose: bool) -> Iterator[str]:
    """A block for each reference that is not simply in order, and how many there are of each verdict."""
    from cite2bib.check import Judgement
    from cite2bib.pipeline.verdicts import summary

    for verdict in verdicts:
        if verbose or verdict.judgement is not Judgement.VERIFIED:
            yield from _block(verdict, verbose=verbose)
    yield table([(name, str(count)) for name, count in summary(verdicts).items()])


def _block(verdict: Verdict, *, verbose: bool) -> Iterator[str]:
    from cite2bib.check import Judgement
    from cite2bib.check.judging import where
    from cite2bib.pipeline.verdicts import asked_of, name_of, place_of, title_of, told

    label = click.style(
        f"{verdict.judgement.value}:", fg=_COLORS.get(verdict.judgement.value, "red"), bold=True
    )
    span = place_of(verdict.work)
    place = f"{span}: " if span else ""
    named = f"{name} " if (name := name_of(verdict.work)) else ""
    sure = "" if verdict.judgement is Judgement.UNCHECKED else f" ({verdict.confidence:.0%})"
    yield f"{place}{label} {named}“{title_of(verdict.work)}”{sure}"
    yield f"    {verdict.reason}"
    for item in verdict.differences:
        if item.matters or verbose:
            yield f"    {'' if item.matters else 'no matter: '}{told(item)}"
    for name, record in (
        ("record" if verdict.identified else "nearest", verdict.record),
        ("second", verdict.other),
    ):
        if record and (verdict.is_finding or verbose or name in {"second", "published"}):
            yield f"    {name}: “{title_of(record)}” {where(record)}".rstrip()
    if verbose:
        yield from (f"    {line}" for line in verdict.evidence)
        yield from (f"    {line}" for line in asked_of(verdict))


def _hint(talk: Talk, wishes: dict[str, Any], verdicts: Sequence[Verdict]) -> None:
    """Without a network an index of a part can't say that a work does not exist, and a whole one has to be told from it."""
    from cite2bib.pipeline.looking import index_path
    from cite2bib.pipeline.verdicts import is_unasked

    has_shelf = bool(wishes["libraries"]) or index_path(wishes["index"]) is not None
    if wishes["offline"] and has_shelf and not wishes["holds"] and any(map(is_unasked, verdicts)):
        talk.say(
            "what is lacking here is “not found” only if catalogues are here whole: --holds crossref,arxiv says so"
        )


def _fix(talk: Talk, verdicts: Sequence[Verdict]) -> None:
    from cite2bib.pipeline import correcting

    for path, count in correcting.correct(verdicts):
        talk.say(f"{path}: {count} {'entry' if count == 1 else 'entries'} corrected")


def _exit_code(verdicts: Sequence[Verdict], *, strict: bool) -> int:
    from cite2bib.check import Judgement
    from cite2bib.pipeline.verdicts import is_unasked

    if any(verdict.is_finding for verdict in verdicts):
        return FINDINGS
    if strict and any(verdict.judgement is not Judgement.VERIFIED for verdict in verdicts):
        return FINDINGS
    return UNASKED if any(is_unasked(verdict) for verdict in verdicts) else DONE
