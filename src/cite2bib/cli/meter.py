"""How far a long run is: a bar on a terminal, a line now and then elsewhere, nothing when quiet."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cite2bib.cli.talk import Talk

    Progress: TypeAlias = Callable[[int, int, int], None]  # how much, of how much, works so far


@contextmanager
def meter(talk: Talk, unit: str) -> Iterator[Progress]:
    """A bar on a terminal, a line now and then elsewhere, nothing when quiet."""
    if talk.verbosity < 0:
        yield lambda _done, _total, _works: None
    elif sys.stderr.isatty():
        bar = _Bar(unit)
        try:
            yield bar
        finally:
            bar.bars.stop()
    else:
        yield _Lines(talk)


class _Lines:
    """How far it is, every ten seconds."""

    PAUSE_S = 10.0

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self.next_s = time.monotonic() + self.PAUSE_S

    def __call__(self, done: int, total: int, works: int) -> None:
        if time.monotonic() >= self.next_s:
            self.next_s = time.monotonic() + self.PAUSE_S
            self.talk.say(f"  {done / max(total, 1):.0%}, {works} works")


class _Bar:
    """A bar of what was read, with the works so far beside it."""

    def __init__(self, unit: str) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            DownloadColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        size = DownloadColumn() if unit == "bytes" else MofNCompleteColumn()
        columns: tuple[Any, ...] = (
            BarColumn(),
            size,
            TextColumn("{task.fields[works]} works"),
            TimeRemainingColumn(),
        )
        self.bars = Progress(*columns, console=Console(stderr=True), transient=True)
        self.task = self.bars.add_task("", total=None, works=0)
        self.bars.start()

    def __call__(self, done: int, total: int, works: int) -> None:
        self.bars.update(self.task, completed=done, total=total, works=works)
