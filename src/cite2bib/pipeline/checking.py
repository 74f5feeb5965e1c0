"""Checking the references of files: read, ask, judge; verdicts are kept as they come, so that a run goes on where it ended."""

from __future__ import annotations

import contextlib
import json
import os
import time
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from cite2bib.check import Verdict, kept
from cite2bib.check import check as check_works
from cite2bib.diagnostics import UsageError
from cite2bib.light import dataclass, field
from cite2bib.pipeline.looking import NO_INDEX, all_sources, bound, index_path, shelves_of
from cite2bib.pipeline.saving import save

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
    from pathlib import Path

    from cite2bib.check.asking import Progress
    from cite2bib.diagnostics import Diagnostic
    from cite2bib.model import Work
    from cite2bib.pipeline.looking import Network

_MOST_LINES = 5_000  # of verdicts that are out of date, or given again
_KEEP_S = 30 * 86_400.0  # how long a verdict serves: works are retracted, preprints published
# Who is asked beside the standard catalogues: "not found" needs two independent ones for each kind of work.
ALSO_ASKED = ("doi", "openlibrary", "pubmed", "semanticscholar", "dblp")


@dataclass(frozen=True, slots=True)
class Checked:
    """The verdicts, in the order of the references, and what it took."""

    verdicts: tuple[Verdict, ...]
    sent: Mapping[str, int] = field(default_factory=dict)  # service: requests
    kept: int = 0  # verdicts of earlier runs
    diagnostics: tuple[Diagnostic, ...] = ()


def check(
    works: Sequence[Work],
    *,
    libraries: Sequence[str | Path] = (),
    index: Path | None = None,
    holds: Sequence[str] = (),
    network: Network | None = None,
    store: Path | None = None,
    refresh: bool = False,
    progress: Progress | None = None,
) -> Checked:
    """Check references on this disk and at all catalogues of `network`.

    `index` None is the one at the usual place, if there is one. `holds` are the catalogues that libraries and index have
    whole, so that what they lack is not there. `store` is the file in which verdicts are kept, None keeps none.
    """
    network = network or all_sources()
    place = index_path(index)
    held = {*holds, *(whole(place) if place else ())}
    memory = Memory(store, _asked(network, libraries, place, held), forget=refresh)
    found = {id(work): verdict for work in works if (verdict := memory.get(work))}
    open_ = [work for work in works if id(work) not in found]
    with ExitStack() as stack:
        asks, client = _asks(network, stack, needed=bool(open_))
        shelves = shelves_of(libraries, place or NO_INDEX, stack) if open_ else []
        for verdict in check_works(open_, asks, shelves, progress, held):
            found[id(verdict.work)] = verdict
            memory.keep(verdict)
        sent, told = (client.sent, client.diagnostics) if client else ({}, ())
    verdicts = tuple(found[id(work)] for work in works)
    return Checked(verdicts, sent, len(works) - len(open_), told)


def _asks(network: Network, stack: ExitStack, *, needed: bool) -> tuple[dict[str, Any], Any]:
    if not network.sources or not needed:
        return {}, None
    from cite2bib.http.client import open_send

    send = stack.enter_context(open_send(network.http))
    return {source.name: bound(source, send) for source in network.sources}, send


# Records by which a copy of a catalogue is a whole one, and not a part that somebody cut out.
_WHOLE = {"arxiv": 2_000_000, "crossref": 100_000_000, "openalex": 150_000_000, "pubmed": 30_000_000}


def whole(index: Path) -> frozenset[str]:
    """The catalogues that an index has whole."""
    from cite2bib.pipeline import indexing

    parts = indexing.info(index).parts
    return frozenset(kind for kind, _files, records in parts if records >= _WHOLE.get(kind, records + 1))


def _asked(
    network: Network, libraries: Sequence[str | Path], index: Path | None, held: Collection[str]
) -> list[str]:
    """Whom a run asks: a verdict by others is another verdict."""
    main = index / "works.sqlite" if index else None
    return [
        *(f"index {main} {main.stat().st_mtime_ns}" for main in [main] if main and main.is_file()),
        *(f"whole {name}" for name in held),
        *(f"{source.name} {source.url}" for source in network.sources),
        *(f"{path} {os.stat(path).st_mtime_ns}" for path in libraries),  # noqa: PTH116 - a path or its name
    ]


def default_store() -> Path:
    """Where verdicts are kept unless the settings say otherwise: beside the answers of catalogues."""
    from cite2bib.http.cache import default_path

    return default_path().with_name("verdicts.jsonl")


def references(works: Sequence[Work]) -> tuple[Work, ...]:
    """The works that a document refers to: not the one that it is itself, and no bare keys."""
    return tuple(work for work in works if _says_something(work) and not _is_document(work))


def _is_document(work: Work) -> bool:
    return any(place.locator == "metadata" for place in work.places)


def _says_something(work: Work) -> bool:
    return any(
        name in work for name in ("title", "DOI", "arxiv", "PMID", "PMCID", "ISBN", "URL", "container-title")
    )


class Memory:
    """A file of verdicts, a line each; written line by line, so that whatever ends a run costs the last line at most."""

    def __init__(
        self,
        path: Path | None,
        asked: Sequence[str],
        *,
        forget: bool = False,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.path = path
        self.asked = asked
        self.clock = clock
        self.start = b""  # ends a line that a run left unfinished
        self.rows: dict[str, Mapping[str, Any]] = {}
        if path and not forget:
            self._load(path)

    def _load(self, path: Path) -> None:
        """Read what holds, and write the file anew when most of it does not."""
        try:
            data = path.read_bytes()
        except OSError:
            return
        self.start = b"" if data.endswith(b"\n") or not data else b"\n"
        lines = data.decode("utf-8", "replace").splitlines()
        self.rows = {key: row["verdict"] for key, row in self._holding(lines)}
        if len(lines) > _MOST_LINES and len(lines) > 2 * len(self.rows):
            rows = dict(self._holding(lines)).values()
            text = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)
            with contextlib.suppress(UsageError):  # another time, then
                save(path, text.encode("utf-8", "replace"))

    def _holding(self, lines: Sequence[str]) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """The lines that still hold; a line that was cut off, or that somebody else wrote, is passed over."""
        oldest = self.clock() - _KEEP_S
        for line in lines:
            try:
                row = json.loads(line)
                if row["at"] >= oldest and isinstance(row["verdict"], dict):
                    yield str(row["key"]), row
            except (ValueError, TypeError, KeyError):
                continue

    def get(self, work: Work) -> Verdict | None:
        """The verdict kept for a reference that says just this, by a run that asked the same catalogues."""
        row = self.rows.get(kept.fingerprint(work, self.asked))
        if row is None:
            return None
        try:
            return kept.verdict_of(row, work)
        except (ValueError, TypeError, KeyError, AttributeError):
            return None

    def keep(self, verdict: Verdict) -> None:
        """Add a verdict to the file, if it is one to be kept; a disk that is full costs the keeping alone."""
        if not self.path or not kept.is_final(verdict):
            return
        row = {
            "key": kept.fingerprint(verdict.work, self.asked),
            "at": round(self.clock()),
            "verdict": kept.row(verdict),
        }
        line = f"{json.dumps(row, ensure_ascii=False)}\n".encode("utf-8", "replace")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("ab", buffering=0) as file:
                file.write(self.start + line)
            self.start = b""
        except OSError:
            self.path = None
