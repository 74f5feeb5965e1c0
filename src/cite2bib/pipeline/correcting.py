"""What records say, written into a .bib: only the values that are wrong change, every other byte stays."""

from __future__ import annotations

import subprocess
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from cite2bib.check import Judgement
from cite2bib.diagnostics import UsageError
from cite2bib.pipeline.saving import save

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from cite2bib.check import Verdict
    from cite2bib.formats.bibtex.syntax import Bib, Block, Edit
    from cite2bib.model import Work

_SURE = 0.9  # of a verdict that is acted upon without asking
_VARIABLES = frozenset(
    {"title", "author", "editor", "issued", "container-title", "volume", "issue", "page", "DOI"}
)


def corrected(verdict: Verdict) -> Work | None:
    """The reference as its record has it in what is wrong; None where nothing is wrong, or not surely so."""
    record = verdict.record
    if (
        verdict.judgement is not Judgement.WRONG
        or not (record and verdict.identified)
        or verdict.confidence < _SURE
    ):
        return None
    names = [
        part.variable for part in verdict.wrong if part.variable in _VARIABLES and part.variable in record
    ]
    return verdict.work.with_fields({name: record.fields[name] for name in names}) if names else None


def correct(verdicts: Sequence[Verdict]) -> list[tuple[Path, int]]:
    """Correct the .bib files that references are from; which, and how many entries of each."""
    pairs = [(verdict.work, work) for verdict in verdicts if (work := corrected(verdict))]
    found = []
    for path, changes in by_file(pairs).items():
        data, count = revised(path.read_bytes(), changes)
        if count:
            backed_up(path)
            save(path, data)
            found.append((path, count))
    return found


def by_file(pairs: Sequence[tuple[Work, Work]]) -> Mapping[Path, dict[str, tuple[Work, Work]]]:
    """Works before and after by the file and the key of their entry; what is from no .bib is left out."""
    files: dict[Path, dict[str, tuple[Work, Work]]] = defaultdict(dict)
    for before, after in pairs:
        place = before.places[0] if before.places else None
        if place and before.id and place.source.lower().endswith(".bib") and Path(place.source).is_file():
            files[Path(place.source)].setdefault(before.id, (before, after))
    return files


def revised(data: bytes, changes: Mapping[str, tuple[Work, Work]]) -> tuple[bytes, int]:
    """The bytes of a .bib in which entries say what is to be said, and how many of them changed."""
    from cite2bib.formats.bibtex import syntax
    from cite2bib.formats.bibtex.revise import revise

    bib = syntax.read(data)
    edits: list[Edit] = []
    count = 0
    for block, (before, after) in _entries(bib, changes):
        found = revise(bib, block, before, after)
        edits += found
        count += bool(found)
    return bib.edited(edits), count


def _entries(bib: Bib, changes: Mapping[str, tuple[Work, Work]]) -> Iterator[tuple[Block, tuple[Work, Work]]]:
    """The entries that change; of two of one key the one that was read first."""
    left = dict(changes)
    for block in bib.entries():
        if block.key in left and not block.faults:
            yield block, left.pop(block.key)


def backed_up(
    path: Path, run: Callable[..., subprocess.CompletedProcess[bytes]] = subprocess.run
) -> Path | None:
    """Keep a copy of a file beside it, unless git has this very content; where it is kept."""
    command = [
        "git",
        "-C",
        str(path.absolute().parent),
        "status",
        "--porcelain",
        "--ignored",
        "--",
        path.name,
    ]
    try:
        done = run(command, capture_output=True, check=False, timeout=20)
        if done.returncode == 0 and not done.stdout.strip():
            return None  # tracked, and as it was committed
    except (OSError, subprocess.SubprocessError):
        pass  # no git, or one that hangs
    copy = path.with_name(f"{path.name}.orig")
    number = 1
    while copy.exists() and copy.read_bytes() != path.read_bytes():
        copy = path.with_name(f"{path.name}.orig{number}")
        number += 1
    try:
        save(copy, path.read_bytes())
    except OSError as error:
        raise UsageError(f"{path} can't be copied: {error.strerror}; nothing was changed") from error
    return copy
