"""`cite2bib fix`: what is wrong in a .bib, shown, as a diff, or mended in place."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cite2bib.cli import DONE, FINDINGS
from cite2bib.cli.talk import Talk, give
from cite2bib.diagnostics import ReadError, Severity, UsageError
from cite2bib.light import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cite2bib import findings
    from cite2bib.cli.settings import Settings
    from cite2bib.fix import Finding, Mended, Rule, Wants
    from cite2bib.fix.manuscripts import Cited
    from cite2bib.formats.bibtex.syntax import Bib

_PATH = click.Path(path_type=Path)


def _settings(ctx: click.Context, _param: click.Parameter, value: Path | None) -> Settings:
    """Load the settings first, and make what their `[fix]` says the default of options."""
    from cite2bib.cli import settings

    loaded = settings.load(Path.cwd()) if value is None else settings.read(value)
    said = {name.replace("-", "_"): item for name, item in loaded.fix.items()}
    if "in" in said:
        said["documents"] = said.pop("in")
    ctx.default_map = said
    return loaded


def _explain(ctx: click.Context, _param: click.Parameter, value: str) -> None:
    if not value or ctx.resilient_parsing:
        return
    from cite2bib.fix import reporting, rules

    names = [rule.name for rule in rules.named([value])]
    click.echo("\n\n".join(reporting.explained(name).rstrip("\n") for name in names))
    ctx.exit(DONE)


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user asked for."""

    select: tuple[str, ...]
    ignore: tuple[str, ...]
    profile: str
    keys: str
    sort: str
    documents: tuple[Path, ...]
    remove_unused: bool
    dialect: str
    diff: bool
    write: bool
    check: bool
    strict: bool
    output: Path | None
    output_format: str


@click.command(name="fix", no_args_is_help=True)
@click.argument("files", nargs=-1, required=True, type=click.Path(allow_dash=True))
@click.option("--diff", is_flag=True, help="Show the changes as a diff instead of findings.")
@click.option(
    "--write", is_flag=True, help="Make the changes, keeping FILE.bak unless FILE is in a git work tree."
)
@click.option(
    "--check",
    is_flag=True,
    help="Exit with 1 where something can be mended or BibTeX would stop; change nothing by itself.",
)
@click.option(
    "--strict", is_flag=True, help="With --check, exit with 1 for what people have to decide as well."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Write the mended file there instead; `-` is standard output.",
)
@click.option(
    "--select",
    multiple=True,
    metavar="RULES",
    help="Run these rules only, parted by commas; also all, default, none.",
)
@click.option("--ignore", multiple=True, metavar="RULES", help="Leave these rules out.")
@click.option(
    "--explain",
    default="",
    metavar="RULE",
    is_eager=True,
    expose_value=False,
    callback=_explain,
    help="Tell what a rule does and why, with an example; `all` tells all.",
)
@click.option(
    "--profile",
    default="",
    metavar="NAME",
    help="Write what a venue wants: acl, acm, ieee, minimal, nature, neurips, or the path of a TOML like theirs.",
)
@click.option(
    "--keys",
    default="",
    metavar="TEMPLATE",
    help="Rename all keys by a template such as {author}{year}{title}.",
)
@click.option(
    "--in",
    "documents",
    multiple=True,
    type=_PATH,
    metavar="DOCUMENT",
    help="A .tex, .md, .qmd, .typ or .aux that cites FILE: keys are renamed in it too, and what no document cites is told. "
    "May be repeated.",
)
@click.option("--remove-unused", is_flag=True, help="Take out the entries that no document of --in cites.")
@click.option(
    "--sort",
    type=click.Choice(["", "key", "author", "year", "type"]),
    default="",
    metavar="BY",
    help="Sort the entries by key, author, year or type.",
)
@click.option(
    "--dialect",
    type=click.Choice(["", "bibtex", "biblatex"]),
    default="",
    metavar="NAME",
    help="bibtex or biblatex, where FILE does not show which it is for.",
)
@click.option(
    "--output-format",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    show_default=True,
    help="How findings are printed.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say errors only.")
@click.option(
    "--config",
    "settings",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    is_eager=True,
    callback=_settings,
    expose_value=False,
    metavar="FILE",
    help="A settings file instead of the nearest cite2bib.toml or pyproject.toml.",
)
def command(files: tuple[str, ...], *, quiet: bool, **wishes: Any) -> int:  # fmt: skip
    """Mend a .bib by rules that change what is wrong and leave every other byte alone.

    Without --write, --diff or -o the findings are printed, one a line: `path:line:col: RULE key: message`; [not
    mended] marks those that people have to decide.
    """
    for name in ("select", "ignore"):
        wishes[name] = tuple(word for said in wishes[name] for word in said.replace(",", " ").split())
    return fix(files, Wishes(**wishes), Talk(-1 if quiet else 0))


def fix(files: Sequence[str], wishes: Wishes, talk: Talk) -> int:
    """Mend the files, and the exit code."""
    from cite2bib.findings import WRITERS
    from cite2bib.fix import reporting

    _refuse_nonsense(files, wishes)
    cited = _cited(wishes)
    wants = _wants(wishes, cited)
    rules = _rules(wishes, wants)
    rows: list[findings.Finding] = []
    counted: Counter[str] = Counter()
    renamed: dict[str, str] = {}
    for file in files:
        bib = _read(file)
        if not bib.blocks or not any(block.kind.value != "text" for block in bib.blocks):
            talk.say(f"{file}: no entry of BibTeX was found")
        if _only_looks(wishes):
            found = _findings(bib, rules, wants)
            rows += reporting.told(file, bib, found)
        else:
            mended = _mended(bib, rules, wants)
            found = mended.left if wishes.write or wishes.output else mended.findings
            renamed |= {old: new for old, new in mended.renamed.items() if old != new}
            rows += _put(file, mended, wishes, talk)
        counted.update(_kind(item) for item in found)
    _carry(renamed, cited, wishes, talk)
    if not wishes.diff or rows:
        click.echo(WRITERS[wishes.output_format](rows, reporting.told_rules(rules)), nl=False)
    return _judged(counted, wishes, talk)


def _kind(item: Finding) -> str:
    """What is to be done about a finding."""
    from cite2bib.fix import reporting

    if item.edits:
        return "to mend with --write"
    return "at which BibTeX stops" if reporting.severity(item) is Severity.ERROR else "for you to decide"


def _judged(counted: Counter[str], wishes: Wishes, talk: Talk) -> int:
    """The exit code: what only people can decide is no reason to fail, unless they say so."""
    if not wishes.check:
        return DONE
    failing = sum(count for kind, count in counted.items() if wishes.strict or kind != "for you to decide")
    if counted:
        talk.say(", ".join(f"{count} {kind}" for kind, count in sorted(counted.items(), reverse=True)))
    return FINDINGS if failing else DONE


def _only_looks(wishes: Wishes) -> bool:
    """Whether nothing asks what the file would be in the end, so that one look is enough."""
    return wishes.check and not (wishes.diff or wishes.write or wishes.output)


def _refuse_nonsense(files: Sequence[str], wishes: Wishes) -> None:
    if wishes.output and len(files) > 1:
        raise UsageError("-o takes the outcome of one file; --write mends several in place")
    if wishes.output and wishes.write:
        raise UsageError("--write mends the file itself, -o writes another: one of them")
    if wishes.write and "-" in files:
        raise UsageError("standard input can't be mended in place; -o - prints the outcome")
    if wishes.remove_unused and not wishes.documents:
        raise UsageError("--remove-unused wants to know the documents that cite: --in paper.tex")
    if wishes.keys:
        from cite2bib.resolve.keys import parse

        parse(wishes.keys)
    if wishes.output and str(wishes.output) != "-":
        from cite2bib.pipeline.saving import check_target

        check_target(wishes.output)


def _read(file: str) -> Bib:
    from cite2bib.formats.bibtex import syntax

    if file == "-":
        return syntax.read(sys.stdin.buffer.read())
    try:
        return syntax.read(Path(file).read_bytes())
    except OSError as error:
        raise ReadError(f"{file} can't be read: {error.strerror or error}") from error


def _cited(wishes: Wishes) -> Cited | None:
    if not wishes.documents:
        return None
    from cite2bib.fix import manuscripts

    return manuscripts.cited(wishes.documents)


def _wants(wishes: Wishes, cited: Cited | None) -> Wants:
    from cite2bib.fix import Wants, profiles

    return Wants(
        profiles.load(wishes.profile) if wishes.profile else profiles.NO_PROFILE,
        wishes.keys, wishes.sort, wishes.remove_unused,
        cited.keys if cited else None, cited.everything if cited else False, wishes.dialect,
    )  # fmt: skip


def _rules(wishes: Wishes, wants: Wants) -> tuple[Rule, ...]:
    """The selected rules, and those that other options ask for."""
    from cite2bib.fix import RULES, chosen

    options = {
        "--profile": wishes.profile, "--keys": wishes.keys, "--sort": wishes.sort,
        "--in": wishes.documents and (wishes.remove_unused or "none" not in wishes.select),
    }  # fmt: skip
    asked = [rule.name for rule in RULES if options.get(rule.option)]
    select = (*(wishes.select or ("default",)), *wants.profile.select)
    return chosen(select, (*wishes.ignore, *wants.profile.ignore), asked)


def _findings(bib: Bib, rules: Sequence[Rule], wants: Wants) -> list[Finding]:
    from cite2bib.fix.entries import File
    from cite2bib.fix.rounds import findings

    return findings(File(bib, wants), rules)


def _mended(bib: Bib, rules: Sequence[Rule], wants: Wants) -> Mended:
    from cite2bib.fix import mend

    return mend(bib, rules, wants)


def _put(file: str, mended: Mended, wishes: Wishes, talk: Talk) -> list[findings.Finding]:
    """Write or show the outcome; what is left to print of findings."""
    from cite2bib.fix import reporting

    if wishes.output:
        _save(wishes.output, mended.data)
        return []
    if wishes.diff and not wishes.write:
        click.echo(reporting.difference(file, _shown(mended.before), _shown(mended.after)), nl=False)
        return []
    if not wishes.write:
        return reporting.told(file, mended.before, mended.findings)
    count = sum(bool(item.edits) for item in mended.findings)
    if mended.is_changed:
        backup = _backed_up(Path(file))
        _save(Path(file), mended.data)
        kept = f", the file as it was is {backup}" if backup else ""
        talk.say(f"{file}: {count} mended, {len(mended.left)} left for you{kept}")
    else:
        talk.say(f"{file}: nothing to mend, {len(mended.left)} left for you")
    return reporting.told(file, mended.after, mended.left)


def _shown(bib: Bib) -> str:
    return bib.text.removeprefix("\ufeff").encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _save(path: Path, data: bytes) -> None:
    if str(path) == "-":
        give(data)
        return
    from cite2bib.pipeline.saving import save

    save(path, data)


def _backed_up(path: Path) -> Path | None:
    """A copy of the file beside it, unless git keeps the file already."""
    real = Path(os.path.realpath(path))
    if any((folder / ".git").exists() for folder in real.parents):
        return None
    backup = path.with_name(f"{path.name}.bak")
    _save(backup, path.read_bytes())
    return backup


def _carry(renamed: dict[str, str], cited: Cited | None, wishes: Wishes, talk: Talk) -> None:
    """Take renamed keys into the documents that cite them."""
    if renamed and cited is None and wishes.keys:
        talk.say("documents that cite these keys are renamed too when --in names them")
    if not renamed or cited is None:
        return
    from cite2bib.fix import manuscripts, reporting
    from cite2bib.formats.bibtex import coding

    for path in cited.texts:
        before, after = manuscripts.renamed(path, renamed)
        if before == after:
            continue
        if wishes.write:
            _backed_up(path)
            _save(path, after)
            talk.say(f"{path}: keys renamed")
        elif wishes.diff:
            click.echo(
                reporting.difference(str(path), coding.decode(before)[0], coding.decode(after)[0]), nl=False
            )
        else:
            talk.say(f"{path}: keys would be renamed")
