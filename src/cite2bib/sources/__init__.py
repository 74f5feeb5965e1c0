"""Catalogues on the network: what to ask and how to read the answer, one module each, no I/O of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cite2bib.diagnostics import SourceError
    from cite2bib.model import Work


@dataclass(frozen=True, slots=True)
class Answer:
    """What one question gave: candidates for the works it was about, or why there is no answer."""

    asked: tuple[Work, ...]
    found: tuple[Work, ...] = ()
    error: SourceError | None = None  # not the same as having found nothing
