"""Preprints in a .bib upgraded to their publications: found, shown as a diff, written where that is wanted."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import TYPE_CHECKING

from cite2bib.check.published import cited
from cite2bib.check.upgrading import upgraded
from cite2bib.diagnostics import UsageError
from cite2bib.light import dataclass
from cite2bib.pipeline.correcting import backed_up, revised
from cite2bib.pipeline.saving import save

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cite2bib.check import Verdict
    from cite2bib.model import Work


@dataclass(frozen=True, slots=True)
class Upgrade:
    """A .bib and what becomes of it."""

    path: Path
    before: bytes
    after: bytes
    told: tuple[tuple[str, str], ...]  # key: where it was published

    def diff(self) -> str:
        """What changes, line by line."""
        from cite2bib.formats.bibtex import syntax

        old, new = (syntax.read(data).text.splitlines(keepends=True) for data in (self.before, self.after))
        lines = difflib.unified_diff(old, new, f"a/{self.path}", f"b/{self.path}")
        return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)

    def write(self) -> Path | None:
        """Write the file at once; where a copy of the old one is kept, unless git has it."""
        copy = backed_up(self.path)
        save(self.path, self.after)
        return copy


def upgrades(paths: Sequence[str | Path], verdicts: Sequence[Verdict]) -> Iterator[Upgrade]:
    """What becomes of each .bib whose references were checked; files in which nothing changes are left out."""
    for path in map(Path, paths):
        if path.suffix.lower() != ".bib":
            raise UsageError(f"{path}: only a .bib can be upgraded")
        data = path.read_bytes()
        changes: dict[str, tuple[Work, Work]] = {}
        told: list[tuple[str, str]] = []
        for verdict in verdicts:
            work = verdict.work
            if work.places and Path(work.places[0].source) == path and (after := upgraded(verdict)):
                changes.setdefault(work.id, (work, after))
                told.append((work.id, cited(after)))
        new, count = revised(data, changes)
        if count:
            yield Upgrade(path, data, new, tuple(told))
