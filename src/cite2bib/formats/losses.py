"""What a format has no place for, said the same way by all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib.diagnostics import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterable

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
