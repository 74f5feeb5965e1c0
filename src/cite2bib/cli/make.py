"""`cite2bib FILE... -o refs.bib`: read, look up, write, and say what happened."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, Any

from cite2bib.cli import DONE, FINDINGS, UNASKED, UNUSABLE, asking
from cite2bib.cli.options import INPUTS, OPTIONS
from cite2bib.cli.root import GroupedCommand
from cite2bib.cli.talk import Talk, give, table
from cite2bib.cli.targets import target_of
from cite2bib.diagnostics import Severity, UsageError
from cite2bib.light import dataclass, replace

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cite2bib.cli.settings import Settings
    from cite2bib.diagnostics import Diagnostic
    from cite2bib.formats import ReadResult
    from cite2bib.model import Work
    from cite2bib.pipeline.looking import Network, Outcome
    from cite2bib.resolve.lock import Lock
    from cite2bib.resolve.lookup import Resolution
    from cite2bib.resolve.merge import Prefer


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the user asked for."""

    settings: Settings
    inputs: tuple[str, ...]
    from_: str
    libraries: tuple[Path, ...]
    index: Path | None
    dedupe: bool
    offline: bool
    sources: tuple[str, ...]
    lock: bool
    locked: bool
    prefer: Prefer
    output: Path | None
    batches: bool | None
    to: str
    keys: str
    abstracts: bool
    middleware: tuple[str, ...]
    append: bool
    force: bool
    style: str
    lang: str
    sort: bool
    report: Path | None
    loss_report: bool
    strict: bool


def _run(*, quiet: bool, verbose: bool, color: bool | None, **wishes: Any) -> int:
    wishes["sources"] = asking.names(wishes["sources"])
    return make(Wishes(**wishes), Talk(-1 if quiet else int(verbose), color))


command = GroupedCommand(
    "make",
    callback=_run,
    params=[INPUTS, *(option for options in OPTIONS.values() for option in options)],
    headings=OPTIONS,
    help="Find the works that documents mention, look each one up, and write a bibliography.\n\n"
    "FILE may be anything: a saved page, a reading list, a .bib, CSL-JSON, a manuscript, ... "
    "A folder is read whole, `-` is standard input.",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def make(wishes: Wishes, talk: Talk) -> int:
    """The whole journey, and its exit code."""
    format_name = _format_name(wishes)
    if _may_stand(wishes):
        read = _read(wishes, format_name, talk)
        if all(work.id for work in read.works):
            return _render_as_it_stands(wishes, read, format_name, talk)
        return _look_up(wishes, _lock(wishes), read, format_name, network=_network(wishes), talk=talk)
    network = _network(wishes)
    if wishes.batches or (wishes.batches is None and wishes.output):
        from cite2bib.cli import making_long

        if wishes.batches:
            making_long.refuse_whole(wishes, format_name)
        if wishes.batches or making_long.are_large(wishes, format_name):
            return making_long.make(wishes, format_name, network, talk)
    kept = _lock(wishes)  # a lock that is broken or missing is told before anything is read
    return _look_up(wishes, kept, _read(wishes, format_name, talk), format_name, network=network, talk=talk)


def _may_stand(wishes: Wishes) -> bool:
    """Whether one file is to be rendered and nothing to be asked: if it is a bibliography, it needs nothing that looks works up."""
    asked = (*wishes.sources, *wishes.libraries, wishes.index, wishes.lock, wishes.locked, wishes.batches)
    told = (wishes.keys, wishes.report, wishes.loss_report, wishes.strict)
    is_one = len(wishes.inputs) == 1 and not os.path.isdir(wishes.inputs[0])
    return bool(wishes.style) and is_one and not any(asked) and not any(told)


def _render_as_it_stands(wishes: Wishes, read: ReadResult, target: str, talk: Talk) -> int:
    """Each entry of a bibliography file, as `cite2bib render` does it."""
    from cite2bib import pipeline

    for work in read.works:
        talk.say(f"  {work.id}: as given: not looked up", level=1)
    _render(wishes, pipeline.named(read.works), target)
    rows = [(f"works, from {_count(len(read.works), 'mention')}", str(len(read.works)))]
    written = f"\n{wishes.output} written" if wishes.output else ""
    talk.say(table([*rows, ("left as given: not looked up", str(len(read.works)))]) + written)
    return DONE


def _network(wishes: Wishes) -> Network:
    return asking.network(wishes.settings, offline=wishes.offline, named=wishes.sources)


def _read(wishes: Wishes, format_name: str, talk: Talk) -> ReadResult:
    from cite2bib import paths, pipeline

    talk.say(f"reading {', '.join(wishes.inputs)}", level=1)
    coming, _ = _middlewares(wishes, format_name)
    # What this run writes is no input, also where a folder is read.
    written = [wishes.output, wishes.report, paths.lock_file(wishes.inputs) or paths.LOCK]
    read = pipeline.read(
        wishes.inputs,
        format_name=wishes.from_,
        skip=[path for path in written if path],
        middlewares=coming,
    )
    talk.tell(read.diagnostics)
    if not read.works:
        raise UsageError(f"no work was found in {', '.join(wishes.inputs)}")
    return read


def _look_up(
    wishes: Wishes,
    kept: tuple[Path, Lock],
    read: ReadResult,
    format_name: str,
    *,
    network: Network,
    talk: Talk,
) -> int:
    from cite2bib import pipeline

    lock_path, lock = kept
    outcome = _resolve(wishes, read, lock, network, talk)
    keyed = pipeline.named(outcome.works, wishes.keys, output=wishes.output, format_name=format_name)
    outcome = outcome.renamed(keyed)
    _tell(outcome, talk)
    if wishes.lock:
        _save_lock(lock_path, outcome)
    losses = (
        _render(wishes, outcome.works, format_name) if wishes.style else _write(wishes, outcome, format_name)
    )
    if wishes.loss_report:
        _report_losses(losses, format_name, talk)
    if wishes.report:
        _save_report(wishes.report, outcome, read.diagnostics)
    talk.say(_summary(wishes, read, outcome))
    return _exit_code(wishes, read, outcome)


def _report_losses(losses: Sequence[Diagnostic], format_name: str, talk: Talk) -> None:
    """Each loss on a line of its own, and how many there are: whoever asks for a report wants all of it."""
    talk.report(losses)
    works = len({loss.message.partition(": ")[0] for loss in losses})
    told = f"{len(losses)} fields of {works} works don't come back" if losses else "nothing is lost"
    talk.say(f"  loss report for {format_name}: {told}")


def _format_name(wishes: Wishes) -> str:
    """What to write; whatever was mistyped is told before any work is done for it."""
    from cite2bib import pipeline

    if wishes.keys:
        from cite2bib.resolve.keys import parse

        parse(wishes.keys)
    if wishes.middleware:
        from cite2bib.formats.bibtex import bridge

        bridge.check(name.removeprefix("in:").removeprefix("out:") for name in wishes.middleware)
    if wishes.output:
        from cite2bib.pipeline.saving import check_target

        check_target(wishes.output)
    if wishes.style:
        from cite2bib.pipeline import rendering

        rendering.check_style(wishes.style)
        return target_of(wishes.output, wishes.to)
    return pipeline.output_format(wishes.output, wishes.to).name


def _middlewares(wishes: Wishes, format_name: str) -> tuple[list[str], list[str]]:
    """Those that run over what is read, and those that run over what is written."""
    writes_bib = format_name in {"bibtex", "biblatex"} and not wishes.style
    coming, going = [], []
    for name in wishes.middleware:
        way, _, rest = name.partition(":")
        if way == "in" and ":" in rest:
            coming.append(rest)
        elif way == "out" and ":" in rest:
            going.append(rest)
        else:
            (going if writes_bib else coming).append(name)
    if going and not writes_bib:
        raise UsageError(f"--middleware out:{going[0]}: no .bib is written")
    return coming, going


def _lock(wishes: Wishes) -> tuple[Path, Lock]:
    """The lock file beside the inputs or in the working folder; where one would be made if there is none."""
    from pathlib import Path

    from cite2bib.resolve import lock

    path = lock.find(wishes.inputs)
    if path is None and wishes.locked:
        raise UsageError(f"--locked, but there is no {lock.NAME} beside the inputs or in the working folder")
    return (path, lock.read(path.read_bytes(), str(path))) if path else (Path(lock.NAME), lock.Lock({}))


def _resolve(wishes: Wishes, read: ReadResult, lock: Lock, network: Network, talk: Talk) -> Outcome:
    from cite2bib import pipeline

    is_finished = wishes.style and not wishes.sources and all(work.id for work in read.works)
    if is_finished:  # a bibliography file is rendered as it is
        network = replace(network, sources=())

    with (Talk(-1) if wishes.offline else talk).progress() as progress:
        return pipeline.resolve(
            read.works,
            lock=lock,
            libraries=wishes.libraries,
            index=wishes.index,
            network=network,
            prefer=wishes.prefer,
            locked=wishes.locked,
            joined=wishes.dedupe,
            progress=progress,
        )


def _tell(outcome: Outcome, talk: Talk) -> None:
    talk.tell(outcome.diagnostics)
    for item in outcome.items:
        for resolution in item.resolutions:
            evidence = "; ".join(resolution.decision.match.evidence) if resolution.decision.record else ""
            told = f"{resolution.source}: {evidence}" if evidence else f"as given: {resolution.reason}"
            talk.say(f"  {item.work.id}: {told}", level=1)


def _save_lock(path: Path, outcome: Outcome) -> None:
    from cite2bib.pipeline import saving
    from cite2bib.resolve import lock

    data = lock.write(outcome.lock).encode()
    if not path.exists() or path.read_bytes() != data:
        saving.save(path, data)


def _write(wishes: Wishes, outcome: Outcome, format_name: str) -> Sequence[Diagnostic]:
    from cite2bib import pipeline

    written = pipeline.write(
        outcome.works,
        wishes.output,
        format_name=format_name,
        keys=wishes.keys,
        abstracts=wishes.abstracts,
        losses=wishes.loss_report,
        append=wishes.append,
        force=wishes.force,
        middlewares=_middlewares(wishes, format_name)[1],
    )
    if wishes.output is None:
        give(written.text.encode())
    return written.losses


def _render(wishes: Wishes, works: Sequence[Work], target: str) -> Sequence[Diagnostic]:
    from cite2bib.pipeline import rendering

    text = rendering.render(works, wishes.style, target, lang=wishes.lang, sort=wishes.sort)
    if wishes.output is None:
        give(text.encode())
    else:
        from cite2bib.pipeline import saving

        saving.save(wishes.output, text.encode())
    return ()


def _save_report(path: Path, outcome: Outcome, diagnostics: Sequence[Diagnostic]) -> None:
    from cite2bib.pipeline import saving
    from cite2bib.pipeline.report import report

    saving.save(path, report(outcome, diagnostics).encode())


def _summary(wishes: Wishes, read: ReadResult, outcome: Outcome) -> str:
    """The table at the end: what was found, from where, what was left as it was given and why."""
    resolutions = [resolution for item in outcome.items for resolution in item.resolutions]
    found = Counter(resolution.source for resolution in resolutions if resolution.source)
    given = Counter(_why(wishes, resolution) for resolution in resolutions if not resolution.source)
    rows = [(f"works, from {_count(len(read.works), 'mention')}", len(outcome.items))]
    rows += [(f"looked up in {_place(source)}", count) for source, count in found.most_common()]
    rows += [(f"left as given: {reason}", count) for reason, count in given.most_common(6)]
    rows += [("requests sent", sum(outcome.sent.values()))] if any(outcome.sent.values()) else []
    skipped = sum(line.code == "unreadable" for line in read.diagnostics)
    rows += [(f"{'file' if skipped == 1 else 'files'} skipped", skipped)] if skipped else []
    return table([(label, str(count)) for label, count in rows]) + _ending(wishes, outcome)


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _place(source: str) -> str:
    return "the lock" if source == "lock" else source


def _why(wishes: Wishes, resolution: Resolution) -> str:
    """The reason without what belongs to one work alone."""
    if wishes.offline and (resolution.silent or not resolution.asked):
        return "offline, and nothing is kept of it"
    if resolution.silent:
        return f"{', '.join(sorted(resolution.silent))} could not be asked"
    return resolution.decision.reason.split(":")[0].split(";")[0] or "not looked up"


def _ending(wishes: Wishes, outcome: Outcome) -> str:
    written = f"\n{wishes.output} written" if wishes.output else ""
    again = "; the same command asks for the rest another time" if outcome.silent else ""
    return written + (again if written else f"\n{again.lstrip('; ')}" if again else "")


def _exit_code(wishes: Wishes, read: ReadResult, outcome: Outcome) -> int:
    unreadable = {line.span.path for line in read.diagnostics if line.code == "unreadable" and line.span}
    if unreadable.intersection(wishes.inputs):
        return UNUSABLE
    if not wishes.strict:
        return DONE
    if outcome.silent:
        return UNASKED
    unsure = any(not resolution.source for item in outcome.items for resolution in item.resolutions)
    return (
        FINDINGS if unsure or any(line.severity is not Severity.NOTE for line in read.diagnostics) else DONE
    )
