"""What a format has no place for, said the same way by all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib.diagnostics import Diagnostic, Severity
from cite2bib.formats import ReadResult, WriteOptions, Written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from cite2bib.model import Work

_ENTRY_TYPE, _RAW = "bibtex:entrytype", "bibtex:raw-"


def name_of(work: Work) -> str:
    """How a work is named to a reader: its key, else its title."""
    return work.id or work.text("title") or "a work without key and title"


def shown(work: Work, variable: str) -> str:
    """How a variable is named to a reader: a foreign one as its own format calls it.

    >>> from cite2bib.model import Work
    >>> shown(Work(), "bibtex:raw-subtitle"), shown(Work().with_field("bibtex:entrytype", "manual"), "bibtex:entrytype")
    ('subtitle (as written)', 'entry type @manual')
    """
    if variable == _ENTRY_TYPE:
        return f"entry type @{work.text(variable)}"
    if variable.startswith(_RAW):
        return f"{variable.removeprefix(_RAW)} (as written)"
    return variable.partition(":")[2] or variable


def lost(work: Work, variables: Iterable[str], format_title: str, why: str = "") -> list[Diagnostic]:
    """One diagnostic for each variable of a work that does not come back from a format."""
    reason = why or f"has no place in {format_title}"
    return [
        Diagnostic("lost-field", f"{name_of(work)}: {shown(work, variable)} {reason}", work_id=work.id)
        for variable in variables
    ]


def written(
    text: str,
    works: Sequence[Work],
    read: Callable[[bytes, str], ReadResult],
    format_title: str,
    options: WriteOptions,
) -> Written:
    """A text, and where it is asked for what differs in the works read from it: measured, not promised by a table."""
    if not options.losses:
        return Written(text)
    back = read(text.encode(errors="replace"), "").works
    return Written(text, _by_reading_back(works, back, format_title))


def _by_reading_back(
    works: Sequence[Work], back: Sequence[Work], format_title: str
) -> tuple[Diagnostic, ...]:
    if len(works) != len(back):
        message = f"of {len(works)} works {len(back)} come back from {format_title}"
        return (Diagnostic("lost-work", message, severity=Severity.ERROR),)
    return tuple(
        diagnostic
        for work, again in zip(works, back, strict=True)
        for diagnostic in _differences(work, again, format_title)
    )


def is_implied(work: Work, again: Work) -> bool:
    """Whether the type alone says the entry type that a work was read with: `@article` is how BibTeX writes articles."""
    from cite2bib.formats.bibtex.fields import is_masters
    from cite2bib.formats.bibtex.tables import ENTRY_TYPES

    entry_type = work.text(_ENTRY_TYPE)
    if again.type == "thesis" and is_masters(again.text("genre")):
        return entry_type in {"mastersthesis", "thesis"}
    return entry_type in ENTRY_TYPES.get(again.type, ())


def _differences(work: Work, again: Work, format_title: str) -> Iterator[Diagnostic]:
    gone = [
        variable
        for variable in work.fields
        if variable not in again.fields and not (variable == _ENTRY_TYPE and is_implied(work, again))
    ]
    yield from lost(work, gone, format_title)
    changed = [
        variable
        for variable, field in work.fields.items()
        if variable in again.fields and again.fields[variable].value != field.value
    ]
    yield from lost(work, changed, format_title, f"does not come back from {format_title} as it was")
    if work.type and work.type != again.type:
        yield from lost(
            work, ["type"], format_title, f"{work.type!r} comes back from {format_title} as {again.type!r}"
        )
    if work.id and work.id != again.id:
        yield from lost(work, ["id"], format_title)
