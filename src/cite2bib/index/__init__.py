"""Works on this disk, behind one protocol: an index gives candidates, and whoever asks decides whether one is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cite2bib.model import Work


class Index(Protocol):
    """Anything that finds works: a library in memory, an engine on disk, a server."""

    @property
    def name(self) -> str:
        """What reports call it."""

    def find(self, work: Work) -> Sequence[Work]:
        """Candidates for a work, the likelier first: by identifier, by title, then by words."""

    def find_each(self, works: Iterable[Work]) -> Iterator[Sequence[Work]]:
        """The same for many works, in their order: what an engine or a server answers faster in batches."""

    @property
    def holds_everything(self) -> bool:
        """Whether it holds a catalogue of everything, so that a title alone proves less."""
