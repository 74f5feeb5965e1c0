"""Lists too long to hold, in batches: a million references take no more memory than ten thousand.

What is found is kept in a file beside the output, in transactions together with how far the input was read: the same
command goes on where it was stopped. Mentions are joined by what they share (identifiers, titles) and by the record that they
lead to; unlike in a list that is held whole, two misprints of a title that nobody knows stay two.
"""

from __future__ import annotations

from collections import Counter, deque
from contextlib import ExitStack, closing
from itertools import islice
from typing import TYPE_CHECKING, Any

from cite2bib.diagnostics import Diagnostic
from cite2bib.index.record import unpack
from cite2bib.light import dataclass, field
from cite2bib.pipeline import bulk, looking, parts, saving, workers
from cite2bib.pipeline.state import State
from cite2bib.resolve.dedupe import are_same, keys
from cite2bib.resolve.merge import join

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path
    from typing import IO, TypeAlias

    from cite2bib.formats import Format, WriteOptions
    from cite2bib.model import Work
    from cite2bib.pipeline.looking import Network
    from cite2bib.pipeline.workers import Found, Results, Submit
    from cite2bib.resolve.merge import Prefer

    Progress: TypeAlias = Callable[[int, int, int], None]  # bytes read, of how many, references so far

_BATCH = 1_000
_AHEAD = 3  # batches that are taken in while one is looked up
_MUCH = 1_000_000  # bytes: for less, further processes are not worth their start
_COMPARED = 50  # works of one title that a further one is held against
_KEPT_DIAGNOSTICS = 200


@dataclass(frozen=True, slots=True)
class Wishes:
    """What becomes of the references."""

    output: Path
    item: Format
    options: WriteOptions
    keys: str = ""
    libraries: Sequence[str | Path] = ()
    index: Path | None = None
    network: Network | None = None
    prefer: Prefer = "published"
    joined: bool = True
    processes: int = 1

    def told(self, files: Iterable[parts.File]) -> str:
        """What a run that goes on must have in common with the one that was stopped."""
        read = [(str(file.path.absolute()), file.size, file.changed) for file in files]
        sources = [source.name for source in self.network.sources] if self.network else []
        return repr(
            (read, sorted(map(str, self.libraries)), str(self.index), sources, self.prefer, self.joined)
        )


@dataclass(slots=True)
class Result:
    """What became of the references."""

    counts: Counter[str] = field(
        default_factory=Counter
    )  # "mentions", "works", "in NAME", "given REASON", ...
    diagnostics: list[Diagnostic] = field(default_factory=list)


def run(inputs: Sequence[str | Path], wishes: Wishes, progress: Progress | None = None) -> Result:
    """The whole journey of a long list."""
    files = parts.find(inputs)
    place = wishes.output.absolute().with_name(f".{wishes.output.name}.run")
    result = Result()
    with closing(State(place, wishes.told(files))) as state, state.told_faults(), ExitStack() as stack:
        journey = _Journey(state, wishes, _look_ups(wishes, files, stack), result)
        total = sum(file.size for file in files)
        for done, count in journey.read(files):
            if progress:
                progress(done, total, count)
        journey.end()
        result.counts = state.counts()
        with saving.streamed(wishes.output) as output:
            for written in _write(state, wishes, output):
                result.counts["works"] = written
                if progress:
                    progress(total, total, written)
    place.unlink(missing_ok=True)
    return result


def _look_ups(wishes: Wishes, files: Sequence[parts.File], stack: ExitStack) -> Submit:
    """Several processes, where it is the index alone that is asked, and about much."""
    network = wishes.network or looking.all_sources()
    asks, _ = looking.asks_of(network, stack)
    index = looking.index_path(wishes.index)
    is_much = sum(file.size for file in files) >= _MUCH
    if index and is_much and wishes.processes > 1 and not (asks or wishes.libraries):
        looking.shelves_of((), index, stack)  # what is wrong with it is told here
        return stack.enter_context(workers.several(wishes.processes, index, wishes.prefer))
    return workers.alone(looking.shelves_of(wishes.libraries, wishes.index, stack), asks, wishes.prefer)


class _Journey:
    """References on their way into the state."""

    def __init__(self, state: State, wishes: Wishes, submit: Submit, result: Result) -> None:
        self.state = state
        self.wishes = wishes
        self.submit = submit
        self.result = result
        self.count = state.counts()["mentions"]
        self.pending: deque[tuple[list[int], Results]] = deque()

    def read(self, files: Iterable[parts.File]) -> Iterator[tuple[int, int]]:
        """Take in all files; after each batch, how many bytes were read and how many references."""
        for stopped in self.state.unsettled(_BATCH):
            self._ask(stopped)
        before = 0
        for file in files:
            for part in parts.opened(file):
                for _ in self._read_part(part):
                    yield before + part.handle.tell(), self.count
            before += file.size

    def _read_part(self, part: parts.Part) -> Iterator[None]:
        entries = bulk.entries(part, bulk.named_in_document(part), self.state.done(part.name))
        for batch in _batches(entries):
            counts: Counter[str] = Counter()
            with self.state.transaction():
                new = self._take(self._works(batch, counts), counts)
                self.state.keep(part.name, batch[-1][0])
                self.state.count(counts)
            self._ask(new)
            yield

    def _works(self, batch: Sequence[tuple[int, Any]], counts: Counter[str]) -> list[Work]:
        works = []
        for _, found in batch:
            if isinstance(found, Diagnostic):
                counts[f"fault {found.code}"] += 1
                if len(self.result.diagnostics) < _KEPT_DIAGNOSTICS:
                    self.result.diagnostics.append(found)
            else:
                works.append(found.work)
        return works

    def _take(self, works: Sequence[Work], counts: Counter[str]) -> list[tuple[int, bytes]]:
        """Join what is known; what is new, to be looked up."""
        counts["mentions"] += len(works)
        self.count += len(works)
        new: list[tuple[int, bytes]] = []
        for work in works:
            group = self._known(work, tuple(keys(work))) if self.wishes.joined else 0
            if group:
                self.state.mention(group, work)
            else:
                new.append(self.state.begin(work, keys(work)))
        return new

    def _ask(self, new: Sequence[tuple[int, bytes]]) -> None:
        """Have works looked up, and see what became of those before them."""
        self.pending.append(([group for group, _ in new], self.submit([packed for _, packed in new])))
        while len(self.pending) > _AHEAD:
            self._settle_next()

    def end(self) -> None:
        """See what became of all."""
        while self.pending:
            self._settle_next()

    def _settle_next(self) -> None:
        groups, results = self.pending.popleft()
        found = results()
        counts: Counter[str] = Counter()
        with self.state.transaction():
            for group, item in zip(groups, found, strict=True):
                self._settle(group, item)
                counts[f"in {item.source}" if item.source else f"given {item.reason}"] += 1
                counts.update(f"silent {name}" for name in item.silent)
            self.state.count(counts)

    def _known(self, work: Work, shared: Iterable[str], other_than: int = 0) -> int:
        """The group of the same work, 0 when there is none."""
        for key in shared:
            for group in self.state.groups_of(key, _COMPARED):
                if group != other_than and are_same(work, self.state.work(group)):
                    return group
        return 0

    def _settle(self, group: int, item: Found) -> None:
        """Keep what became of a work; two that lead to one record are one."""
        if not self.state.holds(group):  # joined with one that was looked up before it
            return
        if self.wishes.joined and item.source and self.state.is_shared(item.keys, group):
            work = unpack(item.work)
            if other := self._known(work, item.keys, group):
                self.state.merge(group, other, item.work, item.keys)
                return
        self.state.settle(group, item.work, item.keys if item.source else ())


def _batches(entries: Iterator[tuple[int, Any]]) -> Iterator[list[tuple[int, Any]]]:
    """So many at a time, and never some of a record without the rest of it."""
    batch: list[tuple[int, Any]] = []
    for entry in entries:
        if len(batch) >= _BATCH and entry[0] != batch[-1][0]:
            yield batch
            batch = []
        batch.append(entry)
    if batch:
        yield batch


def _write(state: State, wishes: Wishes, output: IO[bytes]) -> Iterator[int]:
    """Each work once, in the order of first mention, with a key of its own; how many so far."""
    from cite2bib import pipeline
    from cite2bib.formats.bibtex.writing import PREAMBLE

    written = 0
    pieces = state.works()
    state.forget_names()
    has_preamble = False
    while chunk := list(islice(pieces, _BATCH)):
        works = [join(mentions)[0] if len(mentions) > 1 else mentions[0] for mentions in chunk]
        named = pipeline.named(works, wishes.keys, state.names_like(works, wishes.keys))
        state.take_names(work.id for work in named)
        text = wishes.item.write(named, wishes.options).text
        if has_preamble:  # said once
            text = text.removeprefix(f"{PREAMBLE}\n")
        has_preamble = has_preamble or text.startswith(PREAMBLE)
        joint = "\n" if written and wishes.item.name != "jsonl" else ""
        output.write(f"{joint}{text}".encode())
        written += len(works)
        yield written
