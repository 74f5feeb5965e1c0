"""`cite2bib sync`: every key and identifier that manuscripts cite gets an entry in their .bib."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cite2bib.cli import DONE, FINDINGS, UNASKED, asking, options
from cite2bib.cli.options import OPTIONS, picked
from cite2bib.cli.talk import Talk, table
from cite2bib.diagnostics import Severity, UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cite2bib.diagnostics import Diagnostic
    from cite2bib.findings import Rule
    from cite2bib.model import Work
    from cite2bib.pipeline.looking import Network, Outcome
    from cite2bib.pipeline.syncing import Filled, Plan

_EXAMPLES = """\b
  cite2bib sync paper.tex                         the .bib that the paper names
  cite2bib sync paper.md slides.qmd -o refs.bib
  cite2bib sync paper.tex --library ~/all.bib     copies what the library has
  cite2bib sync paper.tex --check                 for CI: 1 if anything is missing
"""
_SHOWN = 12  # unused keys before the rest is counted
# Who knows an identifier that the standard catalogues do not.
_KNOWS = {"PMID": "pubmed", "PMCID": "pubmed", "ISBN": "openlibrary", "URL": "webpage", "openalex": "openalex",
          "DOI": "doi"}  # fmt: skip


_HELP = """Give every key and identifier that manuscripts cite an entry in their .bib.

A .tex, .md, .qmd, .ipynb, .typ or .aux is read with the parts that it includes. An identifier used as a key
(doi:10.1145/..., arxiv:2303.12712, pmid:, isbn:, url:) is looked up, and its entry gets that very key. What the
.bib holds is not touched; a key that nothing is known of is named with its place."""
_PARAMS = [
    click.Argument(["inputs"], nargs=-1, required=True, type=click.Path()),
    click.Option(
        ["-o", "--output"],
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="The .bib to bring up to date; without it the one that the manuscripts name.",
    ),
    click.Option(
        ["-t", "--to", "dialect"],
        type=click.Choice(["bibtex", "biblatex"]),
        help="How entries are written; else as FILE has them, or as the manuscripts use it.",
    ),
    click.Option(
        ["--check"], is_flag=True, help="Write and look up nothing; exit with 1 if anything is missing."
    ),
    *OPTIONS["Looking up"],
    click.Option(
        ["--output-format"],
        type=click.Choice(["text", "json", "github", "sarif"]),
        default="text",
        show_default=True,
        help="How what is missing is printed: beside text, on standard output, for other programs.",
    ),
    *picked("quiet", "verbose", "color", "settings"),
]


def _run(*, quiet: bool, verbose: bool, color: bool | None, **wishes: Any) -> int:
    return _sync(Talk(-1 if quiet else int(verbose), color), wishes)


command = options.command("sync", _run, _PARAMS, _HELP, _EXAMPLES)


def _sync(talk: Talk, wishes: dict[str, Any]) -> int:
    from cite2bib.pipeline import manuscripts, saving, syncing

    read = [manuscripts.read(path) for path in dict.fromkeys(wishes["inputs"])]
    told = [*(line for item in read for line in item.diagnostics), *syncing.misread(read)]
    path = wishes["output"] or syncing.target(read)
    existing = syncing.check_target(path)
    plan = syncing.plan(read, path, existing, dialect=wishes["dialect"] or "")
    if wishes["check"]:
        near = syncing.library_keys(wishes["libraries"])
        lacking = syncing.lacking(plan, near)
        _tell(talk, [*told, *lacking], wishes["output_format"])
        _report(talk, path, plan, len(lacking))
        return FINDINGS if lacking else DONE
    copied = syncing.from_libraries(plan, wishes["libraries"])
    outcome = _looked_up(talk, wishes, syncing.asked(plan, copied.copied), path)
    resolutions = [found for item in outcome.items for found in item.resolutions] if outcome else []
    near = syncing.library_keys(wishes["libraries"]) if plan.missing else frozenset()
    filled = syncing.fill(plan, copied, resolutions, near)
    if filled.data != existing:
        saving.save(path, filled.data)
    _tell(talk, [*told, *filled.diagnostics], wishes["output_format"])
    left = [line for line in filled.diagnostics if line.severity is Severity.ERROR]
    _report(talk, path, plan, len(left), filled)
    silent = {item.query.id for item in resolutions if item.silent and not item.decision.record}
    if left and all(line.work_id in silent for line in left) and not wishes["offline"]:
        return UNASKED
    return FINDINGS if left else DONE


def _tell(talk: Talk, lines: Sequence[Diagnostic], output_format: str) -> None:
    """What is missing or doubtful, as text for people or as other programs read it."""
    if output_format == "text":
        talk.tell(lines)
        return
    from cite2bib.findings import WRITERS, Finding

    found = [Finding(line.code, line.message, line.span, line.severity, line.work_id) for line in lines]
    click.echo(WRITERS[output_format](found, _rules()), nl=False)


def _rules() -> tuple[Rule, ...]:
    """The kinds of what sync tells."""
    from cite2bib.findings import Rule

    return (
        Rule("missing-key", "A cited key has no entry", severity=Severity.ERROR),
        Rule("same-work", "Two cited keys are one work"),
        Rule("other-string", "An entry can't be copied: a string means something else"),
        Rule("misread-key", "Typst reads a part of the key alone"),
        Rule("missing-part", "A part of the manuscript is not there"),
        Rule("front-matter", "The front matter is no YAML"),
    )


def _looked_up(talk: Talk, wishes: dict[str, Any], works: Sequence[Work], path: Path) -> Outcome | None:
    """The ordinary journey of the works that cited identifiers name: lock, libraries, cache, network."""
    if not works:
        return None
    from cite2bib import pipeline
    from cite2bib.pipeline import saving
    from cite2bib.resolve import lock as locks

    place = locks.find(wishes["inputs"])
    if place is None and wishes["locked"]:
        raise UsageError(
            f"--locked, but there is no {locks.NAME} beside the manuscripts or in the working folder"
        )
    lock = locks.read(place.read_bytes(), str(place)) if place else locks.Lock({})
    shelves = [*wishes["libraries"], *([path] if path.is_file() else [])]
    with (Talk(-1) if wishes["offline"] else talk).progress() as progress:
        outcome = pipeline.resolve(
            works,
            lock=lock,
            libraries=shelves,
            index=wishes["index"],
            network=_network(wishes, works),
            prefer=wishes["prefer"],
            locked=wishes["locked"],
            joined=False,
            progress=progress,
        )
    talk.tell(outcome.diagnostics)
    _say_decisions(talk, outcome)
    if wishes["lock"]:
        saving.save(place or Path(locks.NAME), locks.write(outcome.lock).encode())
    return outcome


def _network(wishes: dict[str, Any], works: Sequence[Work]) -> Network:
    """Whom to ask: those that are named, or the standard ones and those that know what is cited."""
    kinds = {variable for work in works for variable in work.fields}
    further = [name for variable, name in _KNOWS.items() if variable in kinds]
    return asking.network(
        wishes["settings"], offline=wishes["offline"], named=asking.names(wishes["sources"]), also=further
    )


def _say_decisions(talk: Talk, outcome: Outcome) -> None:
    for item in outcome.items:
        for resolution in item.resolutions:
            evidence = "; ".join(resolution.decision.match.evidence) if resolution.decision.record else ""
            talk.say(f"  {item.work.id}: {resolution.source or 'not found'} {evidence}".rstrip(), level=1)


def _report(talk: Talk, path: Path, plan: Plan, left: int, filled: Filled | None = None) -> None:
    """The table at the end, and what nothing cites."""
    keys, files = len(plan.needs), plan.files
    cited = f"{'key' if keys == 1 else 'keys'} cited in {files} {'file' if files == 1 else 'files'}"
    rows = [(cited, keys), ("there already", keys - len(plan.missing))]
    if filled:
        rows += [("copied from libraries", len(filled.copied)), ("looked up", len(filled.written))]
    rows += [("missing", left)]
    talk.say(table([(label, str(count)) for label, count in rows if count or label == "missing"]))
    if plan.unused:
        more = f", and {len(plan.unused) - _SHOWN} more" if len(plan.unused) > _SHOWN else ""
        talk.say(f"cited nowhere, and left in {path}: {', '.join(plan.unused[:_SHOWN])}{more}")
    if filled and filled.data != plan.existing:
        talk.say(f"{path} written")
