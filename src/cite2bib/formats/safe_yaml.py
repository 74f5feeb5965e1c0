"""YAML to plain values without its dangers: scalars stay texts, aliases can't multiply, depth costs no stack.

Why from events: docs/decisions, "Reading XML and YAML from strangers".
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

from cite2bib.diagnostics import Diagnostic, ReadError, Severity, Span
from cite2bib.patterns import late

if TYPE_CHECKING:
    import re

_NUMBER = late(r"[-+]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?|0o[0-7]+|0x[0-9a-fA-F]+")

_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
_DEEPEST = 100
_LARGEST = 1_000_000  # values that aliases may add to those written out

Entries: TypeAlias = "list[tuple[str, int, Any]]"


class _Open:
    """A mapping or list that is not closed yet."""

    def __init__(self, value: dict[str, Any] | list[Any], anchor: str | None) -> None:
        self.value, self.anchor, self.key, self.size = value, anchor, "", 1
        self.expects_key = isinstance(value, dict)
        self.lines: dict[str, int] = {}


def parse(text: str, path: str) -> tuple[Any, dict[str, int]]:
    """The first document's value, and the line of each key (or index) at its top."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    builder = _Builder(path)
    try:
        for event in yaml.parse(text, Loader=loader):
            if isinstance(event, yaml.DocumentEndEvent):
                break
            builder.take(event)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        place = Span(path, mark.line + 1, mark.column + 1) if mark else Span(path)
        problem = getattr(error, "problem", None) or str(error).splitlines()[0]
        raise ReadError(f"broken YAML: {problem}", place) from None
    return builder.root, builder.lines


def parse_records(
    text: str, path: str, start: re.Pattern[str]
) -> tuple[Any, dict[str, int], tuple[Diagnostic, ...]]:
    """The same; of a broken document what its records say that are whole, and what is wrong with the others.

    `start` finds where records start, each at its line's beginning.
    """
    try:
        return *parse(text, path), ()
    except ReadError as error:
        starts = [found.start() for found in start.finditer(text)]
        records, faults = _whole(text, path, starts)
        if len(starts) < 2 or not records:
            raise
        told = tuple(
            Diagnostic("broken", item.message, item.span, severity=Severity.ERROR)
            for item in faults or [error]
        )
    value: Any = {}
    lines: dict[str, int] = {}
    if any(isinstance(record, list) for _, record, _ in records):
        value = [item for _, record, _ in records if isinstance(record, list) for item in record]
    for line, record, own in records:
        if isinstance(record, dict) and isinstance(value, dict):
            value |= record
            lines |= {key: line + at - 1 for key, at in own.items()}
        elif isinstance(record, list):
            lines |= {str(len(lines) + place): line for place in range(len(record))}
    return value, lines, told


def _whole(
    text: str, path: str, starts: list[int]
) -> tuple[list[tuple[int, Any, dict[str, int]]], list[ReadError]]:
    """The records that can be read by themselves, with the line they start on."""
    records: list[tuple[int, Any, dict[str, int]]] = []
    faults: list[ReadError] = []
    line, counted = 1, 0
    for start, end in pairwise([*starts, len(text)]):
        line += text.count("\n", counted, start)
        counted = start
        try:
            records.append((line, *parse(text[start:end], path)))
        except ReadError as error:
            place = error.span or Span(path)
            faults.append(ReadError(error.message, Span(path, line + max(0, place.line - 1), place.column)))
    return records, faults


class _Builder:
    def __init__(self, path: str) -> None:
        self.path = path
        self.root: Any = None
        self.open: list[_Open] = []
        self.anchors: dict[str, tuple[Any, int]] = {}
        self.added = 0
        self.lines: dict[str, int] = {}

    def take(self, event: Any) -> None:
        line = event.start_mark.line + 1 if event.start_mark else 0
        match type(event).__name__:
            case "ScalarEvent":
                self._put(self._scalar(event), 1, line, event.anchor)
            case "MappingStartEvent":
                self._start(_Open({}, event.anchor), line)
            case "SequenceStartEvent":
                self._start(_Open([], event.anchor), line)
            case "MappingEndEvent" | "SequenceEndEvent":
                closed = self.open.pop()
                self._put(closed.value, closed.size, 0, closed.anchor)
            case "AliasEvent":
                self._alias(event.anchor, line)

    def _scalar(self, event: Any) -> str | None:
        is_plain = event.implicit[0] and not event.style
        return None if is_plain and event.value in _NOTHING else event.value

    def _start(self, opened: _Open, line: int) -> None:
        if len(self.open) >= _DEEPEST:
            raise ReadError("YAML nested beyond all measure", Span(self.path, line))
        if len(self.open) == 1:
            self._note_line(line)
        self.open.append(opened)

    def _note_line(self, line: int) -> None:
        top = self.open[0]
        name = top.key if isinstance(top.value, dict) else str(len(top.value))
        self.lines.setdefault(name, line)

    def _alias(self, anchor: str, line: int) -> None:
        if anchor not in self.anchors:
            raise ReadError(f"YAML alias {anchor!r} means nothing here", Span(self.path, line))
        value, size = self.anchors[anchor]
        self.added += size
        if self.added > _LARGEST:
            raise ReadError("YAML aliases multiply beyond all measure", Span(self.path, line))
        self._put(value, size, line, None)

    def _put(self, value: Any, size: int, line: int, anchor: str | None) -> None:
        if anchor:
            self.anchors[anchor] = value, size
        if not self.open:
            self.root = value
            return
        top = self.open[-1]
        top.size += size
        if isinstance(top.value, list):
            if len(self.open) == 1 and line:
                self.lines.setdefault(str(len(top.value)), line)
            top.value.append(value)
        elif top.expects_key:
            top.key, top.expects_key = value if isinstance(value, str) else "", False
            if len(self.open) == 1 and line:
                self.lines[top.key] = line
        else:
            top.value[top.key] = value
            top.expects_key = True


def render(value: Any) -> str:
    """Plain values as YAML in the order they have."""
    import yaml

    text: str = yaml.dump(value, Dumper=_dumper(), allow_unicode=True, sort_keys=False, width=100_000)
    return text


@cache
def _dumper() -> Any:
    """Quotes what is a number to YAML 1.2 alone, as `0521531802` is: others than us would read it as one."""
    import yaml

    class Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
        pass

    def text(dumper: Any, value: str) -> Any:
        style = "'" if _NUMBER.fullmatch(value) else None
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)

    Dumper.add_representer(str, text)
    return Dumper
