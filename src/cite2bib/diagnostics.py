"""What stops (errors, raised) and what is told (diagnostics, returned).

Cite2bibError
├── ReadError          a file can't be read, or not as what it is said to be
├── StyleError         a style is broken or names what does not exist
├── SourceError        a catalogue did not answer, or answered nonsense
│   └── NotCached      offline, and the answer is not in the cache
├── IndexFault         an index on this disk can't be used
└── UsageError         what was asked for makes no sense
"""

from enum import Enum

from cite2bib.light import NamedTuple


class Severity(Enum):
    """How much a diagnostic matters."""

    ERROR = "error"  # something is lost or wrong
    WARNING = "warning"  # something was skipped, guessed or in conflict
    NOTE = "note"  # worth knowing


class Span(NamedTuple):
    """A place in a text: lines and columns count from 1, 0 means unknown."""

    path: str
    line: int = 0
    column: int = 0
    end_column: int = 0  # exclusive
    source: str = ""  # the line itself, for drawing

    def __str__(self) -> str:
        numbers = (self.line, self.column) if self.column else (self.line,)
        return ":".join([self.path, *(str(number) for number in numbers if number)])

    def drawing(self) -> str:
        """The line with `~~~^` under the place, or "" when the line is not known."""
        if not (self.source and self.column):
            return ""
        # A window keeps a line of megabytes on the screen.
        start = max(0, self.column - 60)
        window = self.source[start : start + 100].expandtabs(1)
        width = max(1, self.end_column - self.column) if self.end_column else 1
        mark = "~" * (min(width, 40) - 1) + "^"
        return f"    {window}\n    {' ' * (self.column - 1 - start)}{mark}"


class Diagnostic(NamedTuple):
    """Whatever was skipped, guessed or in conflict."""

    code: str  # a stable name: "duplicate-key"
    message: str
    span: Span | None = None
    work_id: str = ""
    severity: Severity = Severity.WARNING

    def __str__(self) -> str:
        return f"{self.span}: {self.message}" if self.span else self.message


class Cite2bibError(Exception):
    """The root of our errors; its text is `path:line:col: what`, the line, and a mark under the place."""

    def __init__(self, message: str, span: Span | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.span = span

    def __str__(self) -> str:
        if not self.span:
            return self.message
        drawing = self.span.drawing()
        return f"{self.span}: {self.message}" + (f"\n{drawing}" if drawing else "")


class ReadError(Cite2bibError):
    """A file can't be read, or not as what it is said to be."""


class StyleError(Cite2bibError):
    """A style is broken or names what does not exist."""


class SourceError(Cite2bibError):
    """A catalogue did not answer, or answered nonsense; never the same as "not found"."""


class NotCached(SourceError):  # noqa: N818 - reads as what happened
    """Offline, and the answer is not in the cache."""


class IndexFault(Cite2bibError):  # noqa: N818 - reads as what happened
    """An index on this disk can't be used."""


class UsageError(Cite2bibError):
    """What was asked for makes no sense."""
