"""Works looked up many at a time, in this process or in several: as bytes in and out, which are cheap to hand over."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from cite2bib.index.record import pack, unpack
from cite2bib.light import NamedTuple
from cite2bib.pipeline import looking
from cite2bib.resolve import lookup
from cite2bib.resolve.dedupe import keys
from cite2bib.resolve.merge import completed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path
    from typing import TypeAlias

    from cite2bib.index import Index
    from cite2bib.resolve.lookup import Ask
    from cite2bib.resolve.merge import Prefer

    Results: TypeAlias = Callable[[], "list[Found]"]  # waits for them
    Submit: TypeAlias = Callable[[Sequence[bytes]], Results]

_HANDED_OVER = 125  # works: so few that no process waits long for the others


class Found(NamedTuple):
    """What became of a work."""

    work: bytes
    source: str  # "" when no record was taken
    reason: str  # why not
    keys: tuple[str, ...]
    silent: tuple[str, ...]  # catalogues that could not be asked


def look_up(
    packed: Sequence[bytes], shelves: Sequence[Index], asks: Mapping[str, Ask], prefer: Prefer
) -> list[Found]:
    """Each of some works with what is known of it."""
    outcome = lookup.resolve(list(map(unpack, packed)), libraries=shelves, sources=asks, prefer=prefer)
    return [_found(resolution) for resolution in outcome.resolutions]


def _found(resolution: lookup.Resolution) -> Found:
    work = completed(resolution.work)
    # Without what belongs to one work alone.
    reason = resolution.decision.reason.split(":")[0].split(";")[0] or "not looked up"
    return Found(pack(work), resolution.source, reason, tuple(keys(work)), resolution.silent)


def alone(shelves: Sequence[Index], asks: Mapping[str, Ask], prefer: Prefer) -> Submit:
    """Look-ups in this process."""

    def submit(packed: Sequence[bytes]) -> Results:
        found = look_up(packed, shelves, asks, prefer)
        return lambda: found

    return submit


@contextmanager
def several(processes: int, index: Path, prefer: Prefer) -> Iterator[Submit]:
    """Look-ups in an index by some processes, each with its own view of it."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Begun anew instead of forked: a copy of this one would hold its open databases.
    pool = ProcessPoolExecutor(processes, get_context("spawn"), _prepare, (index, prefer))
    try:

        def submit(packed: Sequence[bytes]) -> Results:
            starts = range(0, len(packed), _HANDED_OVER)
            futures = [pool.submit(_work, packed[start : start + _HANDED_OVER]) for start in starts]
            return lambda: [found for future in futures for found in future.result()]

        yield submit
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


class _Own:
    """What a process of the pool has open."""

    shelves: Sequence[Index] = ()
    prefer: Prefer = "published"


def _prepare(index: Path, prefer: Prefer) -> None:
    """Open the index, leave interruptions to the process that began this one, and end with it."""
    import gc
    import signal
    import threading

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.set_threshold(50_000, 20, 20)  # as the command line does
    _Own.shelves, _Own.prefer = looking.shelves_of((), index, ExitStack()), prefer


def _end_with_parent() -> None:
    """Nobody tells a process of a pool that the one that began it was killed."""
    import os
    from multiprocessing import parent_process

    if parent := parent_process():
        parent.join()
        os._exit(1)


def _work(packed: Sequence[bytes]) -> list[Found]:
    return look_up(packed, _Own.shelves, {}, _Own.prefer)
