"""Building an index on this disk from bulk downloads and bibliography files, and saying what is in one."""

from __future__ import annotations

from collections import Counter
from typing import IO, TYPE_CHECKING

from cite2bib.diagnostics import Diagnostic, Severity, Span, UsageError
from cite2bib.index import folder as files
from cite2bib.index.writing import Part as State
from cite2bib.index.writing import Writer
from cite2bib.light import dataclass, field, replace
from cite2bib.pipeline import bulk, parts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path
    from typing import TypeAlias

    Progress: TypeAlias = Callable[[int, int, int], None]  # bytes read, of how many, works so far

_KEPT_DIAGNOSTICS = 20  # of a kind: a catalogue of millions has its thousands
_NOTHING = ""  # the kind of a file without records, which is not read again either
_TOLD_EACH = 500  # works between two words on progress


@dataclass(slots=True)
class Built:
    """What became of a build."""

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    older: int = 0
    skipped_parts: int = 0
    faults: Counter[str] = field(default_factory=Counter)  # of each kind, also those that are not kept
    diagnostics: list[Diagnostic] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Info:
    """What an index holds."""

    path: Path
    works: int
    size_bytes: int
    parts: tuple[tuple[str, int, int], ...]  # kind, files, records read
    unfinished: tuple[str, ...]  # files that were not read to their end
    state: str = ""  # "being written", "stopped", or "" when the last build came to its end


def build(
    path: Path,
    inputs: Iterable[str | Path],
    *,
    anew: bool = True,
    abstracts: bool = True,
    progress: Progress | None = None,
) -> Built:
    """Read files into an index; whatever was read before, in this run or one that was stopped, is not read again.

    `anew` refuses an index that was finished with other files.
    """
    found = parts.find(inputs)
    if anew:
        _refuse_finished(path, found)
    elif not files.is_index(path):
        raise UsageError(f"{path} is no index; `cite2bib index build` makes one")
    with files.damage_told(path), Writer(path) as writer:
        writer.begin()
        building = _Building(writer, abstracts, progress or _silently, sum(file.size for file in found))
        for file in found:
            building.read(file)
        building.end()
    return building.built


def _silently(_done: int, _total: int, _works: int) -> None:
    return


def _refuse_finished(path: Path, found: Sequence[parts.File]) -> None:
    """An index of other files is not to be mixed with these by a slip."""
    if not files.is_index(path):
        if path.is_dir() and any(path.iterdir()):
            raise UsageError(f"{path} is a folder with other things in it; an index wants one of its own")
        return
    asked = {file.path.absolute().as_posix() for file in found}
    main = files.open_main(path)
    held = {row[0] for row in main.execute("SELECT path FROM parts")}
    main.close()
    if held and not any(name == file or name.startswith(f"{file}/") for name in held for file in asked):
        raise UsageError(f"{path} holds an index of other files; `cite2bib index update` adds to it")


class _Building:
    """One build: the files in turn, a transaction now and then."""

    def __init__(self, writer: Writer, abstracts: bool, progress: Progress, total: int) -> None:
        self.writer = writer
        self.abstracts = abstracts
        self.progress = progress
        self.total = total
        self.before = 0  # bytes of files that are done
        self.works = 0
        self.states: list[State] = []
        self.built = Built()

    def read(self, file: parts.File) -> None:
        try:
            for part in parts.opened(file):
                self._read_part(part)
        except parts.BROKEN as error:  # an archive
            place = Span(str(file.path))
            self._tell(
                Diagnostic("broken-part", f"it can't be read: {error}", place, severity=Severity.ERROR)
            )
        self.before += file.size
        self.progress(self.before, self.total, self.works)

    def _read_part(self, part: parts.Part) -> None:
        known = self.writer.part(part.name)
        is_same = known is not None and (known.size, known.changed) == (part.file.size, part.file.changed)
        if known and is_same and known.finished:
            self.built.skipped_parts += 1
            return
        kind = bulk.kind_of(part)
        state = State(part.name, kind.name, part.file.size, part.file.changed)
        skip, number, is_whole = known.done if known and is_same else 0, 0, True
        lone: Diagnostic | None = None
        before = self.works
        for number, found in bulk.entries(part, kind, skip):
            if isinstance(found, Diagnostic):
                if number == 1 and found.code == "not-a-work":
                    lone = found  # maybe all that there is: a manifest, settings
                else:
                    self._tell(found)
                is_whole = is_whole and found.code != "broken-part"
                continue
            self._add(found)
            if self.writer.is_full:
                self._commit(state, number)
            if self.works % _TOLD_EACH == 0:
                self.progress(self.before + part.handle.tell(), self.total, self.works)
        if lone:
            self._tell(bulk.left_out(part.name) if number == 1 else lone)
        if number <= 1 and self.works == before and is_whole:
            state = replace(state, kind=_NOTHING)
        self.states.append(replace(state, done=max(number, skip), finished=is_whole))

    def _add(self, entry: bulk.Entry) -> None:
        work = entry.work if self.abstracts else entry.work.without("abstract")
        self.writer.add(work, entry.stamp)
        self.works += 1

    def _tell(self, found: Diagnostic) -> None:
        self.built.faults[found.code] += 1
        if self.built.faults[found.code] <= _KEPT_DIAGNOSTICS:
            self.built.diagnostics.append(found)

    def _commit(self, state: State, number: int) -> None:
        # The record that is being read may hold more: it is read again, which changes nothing.
        done = replace(state, done=number - 1)
        self.writer.commit([*self.states, done])
        self.states = []

    def end(self) -> None:
        """The last transaction."""
        self.writer.commit(self.states)
        self.writer.finish()
        for name in ("added", "replaced", "unchanged", "older"):
            setattr(self.built, name, getattr(self.writer, name))


def info(path: Path) -> Info:
    """What an index holds."""
    with files.damage_told(path):
        return _info(path)


def _info(path: Path) -> Info:
    main = files.open_main(path)
    works = main.execute("SELECT count(*) FROM works").fetchone()[0]
    query = "SELECT kind, count(*), sum(done) FROM parts WHERE kind != ? GROUP BY kind ORDER BY kind"
    kinds = main.execute(query, (_NOTHING,)).fetchall()
    unfinished = main.execute("SELECT path FROM parts WHERE NOT finished ORDER BY path").fetchall()
    is_begun = main.execute("SELECT 1 FROM meta WHERE name = ?", (files.UNFINISHED,)).fetchone() is not None
    main.close()
    state = "being written" if files.is_being_written(path) else "stopped" if is_begun else ""
    size = sum(file.stat().st_size for file in path.iterdir() if file.is_file())
    return Info(path, works, size, tuple(kinds), tuple(row[0] for row in unfinished), state)


def export(path: Path, output: IO[bytes], progress: Progress | None = None) -> int:
    """All works of an index as JSON lines, one at a time; how many."""
    from cite2bib import formats
    from cite2bib.index.disk import Disk

    item = formats.get("jsonl")
    count = 0
    with Disk(path) as disk:
        total = len(disk)
        for count, work in enumerate(disk.works(), 1):
            output.write(item.write([work]).text.encode())
            if progress and count % _TOLD_EACH == 0:
                progress(count, total, count)
    return count
