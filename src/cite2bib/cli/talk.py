"""Talk on stderr: stages, progress, warnings, and the table at the end. Data goes to stdout."""

from __future__ import annotations

import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from cite2bib.diagnostics import Diagnostic, Severity
from cite2bib.light import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cite2bib.resolve.lookup import Progress

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.NOTE: "blue"}
_MOST = 12  # lines of one kind before the rest is counted


def give(data: bytes) -> None:
    """Data on stdout, and out at once: what is said after it stands behind it, also where both go to one file."""
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


class Talk(NamedTuple):
    """How much is said, and whether in colour."""

    verbosity: int = 0  # -1 quiet, 0, 1 verbose
    color: bool | None = None  # None: when stderr is a terminal

    def say(self, text: str = "", *, level: int = 0, **style: Any) -> None:
        """One line, unless it is more than was asked for."""
        if self.verbosity >= level:
            click.secho(text, err=True, color=self.color, **style)

    def tell(self, diagnostics: Sequence[Diagnostic]) -> None:
        """Diagnostics, the worst first; many of one kind are counted unless -v is given."""
        order = list(Severity)
        by_code: dict[tuple[int, str], list[Diagnostic]] = {}
        for item in diagnostics:
            by_code.setdefault((order.index(item.severity), item.code), []).append(item)
        for (rank, code), items in sorted(by_code.items(), key=lambda pair: pair[0][0]):
            self._tell_kind(order[rank], code, items)

    def report(self, diagnostics: Sequence[Diagnostic]) -> None:
        """What was asked for: each of them, in their order."""
        for item in diagnostics:
            self.say(f"{click.style(f'{item.severity.value}:', fg=_COLORS[item.severity])} {item}")

    def _tell_kind(self, severity: Severity, code: str, items: Sequence[Diagnostic]) -> None:
        level = {Severity.ERROR: -1, Severity.WARNING: 0, Severity.NOTE: 1}[severity]
        shown = items if self.verbosity > 0 or severity is Severity.ERROR else items[:_MOST]
        for item in shown:
            label = click.style(f"{severity.value}:", fg=_COLORS[severity])
            self.say(f"{label} {item}", level=level)
            if item.span and (drawing := item.span.drawing()):
                self.say(drawing, level=level)
        if len(shown) < len(items):
            self.say(
                f"  ... and {len(items) - len(shown)} more of this kind ({code}); -v shows all", level=level
            )

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """Progress of looking up: a bar a catalogue on a terminal, plain lines now and then otherwise."""
        if self.verbosity < 0:
            yield lambda _where, _done, _total: None
        elif sys.stderr.isatty():
            bars = _Bars(self.color)
            try:
                yield bars
            finally:
                bars.close()
        else:
            yield _Lines(self)


class _Lines:
    """A line when a catalogue's turn begins, and one now and then while it goes on."""

    PAUSE_S = 5.0

    def __init__(self, talk: Talk) -> None:
        self.talk = talk
        self.next_s = 0.0

    def __call__(self, where: str, done: int, total: int) -> None:
        now = time.monotonic()
        if done == 0:
            self.talk.say(f"asking {where} about {total} {'work' if total == 1 else 'works'}")
        elif now >= self.next_s:
            self.talk.say(f"  {done} of {total}")
        else:
            return
        self.next_s = now + self.PAUSE_S


class _Bars:
    """Bars, made when the first catalogue is asked: whoever needs none does not load them."""

    def __init__(self, color: bool | None) -> None:
        self.color = color
        self.bars: Any = None
        self.tasks: dict[str, Any] = {}

    def __call__(self, where: str, done: int, total: int) -> None:
        self.bars = self.bars or self._start()
        if where not in self.tasks:
            self.tasks[where] = self.bars.add_task(f"asking {where}", total=total)
        self.bars.update(self.tasks[where], completed=done, total=total)

    def _start(self) -> Any:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeElapsedColumn

        console = Console(stderr=True, no_color=self.color is False)
        columns = ("{task.description}", BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        bars = Progress(*columns, console=console, transient=True)
        bars.start()
        return bars

    def close(self) -> None:
        """Take the bars off the screen."""
        if self.bars:
            self.bars.stop()


def table(rows: Sequence[tuple[str, str]]) -> str:
    """Two columns, numbers to the right of the first.

    >>> print(table([("works", "275"), ("left as given", "39")]))
      275  works
       39  left as given
    """
    width = max((len(value) for _, value in rows), default=0)
    return "\n".join(f"  {value:>{width}}  {label}" for label, value in rows)
