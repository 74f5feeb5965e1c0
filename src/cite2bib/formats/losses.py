"""What a format has no place for, said the same way by all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib.diagnostics import Diagnostic, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cite2bib.model import Work


def name_of(work: Work) -> str:
    """How a work is named to a reader: its key, else its title."""
    return work.id or work.text("title") or "a work without key and title"


def lost(work: Work, variables: Iterable[str], format_title: str, why: str = "") -> list[Diagnostic]:
    """One diagnostic for each variable of a work that does not come back from a format."""
    reason = why or f"has no place in {format_title}"
    return [
        Diagnostic("lost-field", f"{name_of(work)}: {variable} {reason}", work_id=work.id)
        for variable in variables
    ]


def by_reading_back(works: Sequence[Work], back: Sequence[Work], format_title: str) -> tuple[Diagnostic, ...]:
    """What differs in works that were written and read again: measured, not promised by a table."""
    if len(works) != len(back):
        message = f"of {len(works)} works {len(back)} come back from {format_title}"
        return (Diagnostic("lost-work", message, severity=Severity.ERROR),)
    return tuple(
        diagnostic
        for work, again in zip(works, back, strict=True)
        for diagnostic in _differences(work, again, format_title)
    )


def _differences(work: Work, again: Work, format_title: str) -> Iterator[Diagnostic]:
    gone = [variable for variable in work.fields if variable not in again.fields]
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
