"""`cite2bib index`: works of whole catalogues on this disk, looked up before anybody on the network is asked."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cite2bib.cli import DONE, FINDINGS, UNUSABLE
from cite2bib.cli.meter import meter
from cite2bib.cli.talk import Talk, table
from cite2bib.diagnostics import UsageError
from cite2bib.richtext import plain

if TYPE_CHECKING:
    from cite2bib.model import Work
    from cite2bib.pipeline.indexing import Built, Info

_INDEX = click.option(
    "--index",
    "path",
    type=click.Path(path_type=Path),
    envvar="CITE2BIB_INDEX",
    metavar="FOLDER",
    help="Where the index is, instead of its usual place in the user's data folder.",
)
_FILES = click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
_ABSTRACTS = click.option(
    "--abstracts/--no-abstracts",
    default=True,
    help="Keep abstracts (default), or leave them out to save room.",
)
_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_LABELS = {"DOI": "DOI", "arxiv": "arXiv", "PMID": "PMID", "ISBN": "ISBN", "openalex": "OpenAlex"}
_NAMED = 5  # files that were not read to their end
_STATES = {
    "being written": "being written by another run at this moment",
    "stopped": "a build was stopped before its end; the same command goes on from there",
}
_QUIET = click.option("-q", "--quiet", is_flag=True, help="Say errors only.")


@click.group(name="index")
def command() -> None:
    """Works of whole catalogues on this disk, looked up before anybody on the network is asked."""


@command.command()
@_FILES
@_INDEX
@_ABSTRACTS
@_QUIET
def build(files: tuple[Path, ...], path: Path | None, *, abstracts: bool, quiet: bool) -> int:
    """Make an index of FILES: bulk downloads as they come, folders of their parts, bibliography files.

    What they are is told by their content: arXiv's metadata snapshot, Crossref's public data files, dblp.xml, OpenAlex's works,
    the ACL Anthology, PubMed's baseline, and every format that cite2bib reads; compressed or not. The same command goes on
    where it was stopped.
    """
    return _built(files, _place(path), Talk(-1 if quiet else 0), anew=True, abstracts=abstracts)


@command.command()
@_FILES
@_INDEX
@_ABSTRACTS
@_QUIET
def update(files: tuple[Path, ...], path: Path | None, *, abstracts: bool, quiet: bool) -> int:
    """Add FILES to an index: a newer record replaces the older one of the same catalogue and identifier."""
    return _built(files, _place(path), Talk(-1 if quiet else 0), anew=False, abstracts=abstracts)


@command.command()
@_INDEX
@_JSON
def info(path: Path | None, *, as_json: bool) -> None:
    """Print what is in the index and how much room it takes, and whether the last build came to its end."""
    from cite2bib.pipeline import indexing

    found = indexing.info(_place(path))
    if as_json:
        click.echo(json.dumps(_told(found), ensure_ascii=False, indent=2))
        return
    click.echo(f"{found.path}  {found.works} works, {found.size_bytes / 1e6:.1f} MB")
    rows = [
        (f"records of {kind}, from {_counted(files, 'file')}", str(done)) for kind, files, done in found.parts
    ]
    if rows:
        click.echo(table(rows))
    for name in found.unfinished[:_NAMED]:
        click.echo(f"  not read to its end: {name}")
    if len(found.unfinished) > _NAMED:
        click.echo(f"  ... and {len(found.unfinished) - _NAMED} more files")
    if found.state:
        click.echo(f"  {_STATES[found.state]}")


def _told(found: Info) -> dict[str, Any]:
    return {
        "path": str(found.path),
        "works": found.works,
        "bytes": found.size_bytes,
        "state": found.state or "finished",
        "records": [{"kind": kind, "files": files, "records": done} for kind, files, done in found.parts],
        "unfinished": list(found.unfinished),
    }


@command.command()
@click.argument("words", nargs=-1, required=True)
@_INDEX
@click.option("-n", "--number", default=10, show_default=True, help="How many works at the most.")
@click.option(
    "-t",
    "--to",
    default="",
    metavar="FORMAT",
    help="Write whole records in a format, such as bibtex or csljson.",
)
@_JSON
def search(words: tuple[str, ...], path: Path | None, number: int, to: str, *, as_json: bool) -> int:
    """Print works with WORDS in their titles, among their authors, in year or venue; or of an identifier.

    --json writes whole records as CSL-JSON. The exit code is 1 when nothing is found.
    """
    from cite2bib.index.disk import Disk

    place, asked = _place(path), " ".join(words)
    with Disk(place) as disk:
        found = disk.search(asked, number)
        total = 0 if found else len(disk)
    if not found:
        works = "works of" if total != 1 else "work of"
        click.echo(f"cite2bib: nothing like “{asked}” among the {total} {works} {place}", err=True)
    if as_json or (to and found):
        from cite2bib import pipeline

        click.echo(pipeline.write(found, format_name=to or "csljson").text, nl=False)
    else:
        for work in found:
            click.echo(_line(work))
    return DONE if found else FINDINGS


@command.command()
@_INDEX
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file to write; standard output without it.",
)
@_QUIET
def export(path: Path | None, output: Path | None, *, quiet: bool) -> None:
    """Write all works as JSON lines, each with where it is from."""
    from cite2bib.pipeline import indexing, saving

    with meter(Talk(-1 if quiet else 0), "works") as progress:
        if output is None:
            indexing.export(_place(path), sys.stdout.buffer, progress)
            return
        with saving.streamed(output) as file:
            indexing.export(_place(path), file, progress)


def _place(path: Path | None) -> Path:
    """The index that is meant: the option or the environment, then the settings, then the usual place."""
    from cite2bib.cli import settings
    from cite2bib.pipeline import looking

    said = path or settings.load(Path.cwd()).values.get("index")
    place = Path(said) if said else looking.usual_index()
    if place == looking.NO_INDEX:
        raise UsageError("--index none names no index")
    return place


def _built(files: tuple[Path, ...], place: Path, talk: Talk, *, anew: bool, abstracts: bool) -> int:
    from cite2bib.pipeline import indexing

    with meter(talk, "bytes") as progress:
        built = indexing.build(place, files, anew=anew, abstracts=abstracts, progress=progress)
    talk.tell(built.diagnostics)
    talk.say(_summary(built, place))
    if not _has_read_anything(built):
        raise UsageError(f"no works were found in {', '.join(map(str, files))}")
    return UNUSABLE if built.faults["broken-part"] else DONE


def _has_read_anything(built: Built) -> bool:
    counts = (built.added, built.replaced, built.unchanged, built.older, built.skipped_parts)
    return any(counts) or bool(built.faults["broken-part"])


def _summary(built: Built, place: Path) -> str:
    aside = built.faults["not-a-bibliography"]
    rows = [
        (label, str(count))
        for label, count in (
            ("works added", built.added),
            ("replaced by newer records", built.replaced),
            ("held already", built.unchanged),
            ("older than what is held", built.older),
            ("files read before", built.skipped_parts),
            ("other files left out", aside),
            (_skipped(built), built.faults.total() - aside),
        )
        if count or label == "works added"
    ]
    return f"{table(rows)}\n{place}"


def _skipped(built: Built) -> str:
    told = sum(item.code != "not-a-bibliography" for item in built.diagnostics)
    left = built.faults.total() - built.faults["not-a-bibliography"] - told
    return f"records skipped, the first {told} told above" if left else "records skipped"


def _line(work: Work) -> str:
    people, date = work.names("author"), work.date()
    who = str(people[0]) + (" et al." if len(people) > 1 else "") if people else ""
    where = next((f"{label}:{value}" for name, label in _LABELS.items() if (value := work.text(name))), "")
    told = (who, str(date.year) if date and date.year else "", work.text("container-title"), where)
    return ". ".join([plain(work.text("title")), ", ".join(filter(None, told))])


def _counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
