"""Formats of tags: their lines, and a record on its way to a work: what is taken becomes variables, what stays foreign ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib.formats import ReadResult
from cite2bib.formats.text import decode
from cite2bib.model import Field, Origin, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from cite2bib.diagnostics import Diagnostic
    from cite2bib.model import Work

Tags = dict[str, list[str]]


def read_records(
    data: bytes,
    path: str,
    split: Callable[[str, str, list[Diagnostic]], Iterator[tuple[int, Tags]]],
    work_of: Callable[[Record], Work],
) -> ReadResult:
    """The works of a file: `split` gives the tags of each record with its line, and tells what it skips."""
    text, diagnostics = decode(data, path)
    faults = list(diagnostics)
    works = [work_of(Record(tags, Origin(path, str(line)))) for line, tags in split(text, path, faults)]
    return ReadResult(tuple(works), tuple(faults))


def lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a text with their numbers, whatever ends them."""
    return enumerate(text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1)


class Record:
    """The tags of a record, and the fields that come of them."""

    def __init__(self, tags: Tags, origin: Origin) -> None:
        self.tags: Tags = {
            tag: values if "" not in values else kept
            for tag, values in tags.items()
            if "" not in values or (kept := [value for value in values if value])
        }
        self.origin = origin
        self.fields: dict[str, Field] = {}

    def set(self, variable: str, value: Value | None) -> None:
        """A variable, when there is something to say and nothing said it before."""
        if value and variable not in self.fields:
            self.fields[variable] = Field(value, self.origin)

    def text(self, variable: str) -> str:
        """What was set so far, if it is a text."""
        field = self.fields.get(variable)
        return field.value if field and isinstance(field.value, str) else ""

    def peek(self, tag: str) -> str:
        """The first value of a tag, which stays."""
        values = self.tags.get(tag)
        return values[0] if values else ""

    def take(self, *tags: str) -> str:
        """The first value of the first of these tags; other values stay, but for its repetitions."""
        for tag in tags:
            if values := self.tags.pop(tag, None):
                if len(values) > 1 and (rest := [value for value in values[1:] if value != values[0]]):
                    self.tags[tag] = rest
                return values[0]
        return ""

    def take_all(self, *tags: str) -> list[str]:
        """All values of the first of these tags that has any."""
        return next((values for tag in tags if (values := self.tags.pop(tag, []))), [])

    def texts(self, table: Mapping[str, str]) -> None:
        """Variables from tags that hold one text each."""
        for tag, variable in table.items():
            if tag in self.tags and variable not in self.fields:
                self.set(variable, self.take(tag))

    def foreign(self, prefix: str) -> dict[str, Field]:
        """The fields set, and what stayed behind as foreign ones, one value a line."""
        kept = {f"{prefix}{tag}": Field("\n".join(values), self.origin) for tag, values in self.tags.items()}
        return {**self.fields, **kept}
