"""Files written whole or not at all, and never over something that would be lost."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from cite2bib.diagnostics import ReadError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cite2bib.formats import Format, WriteOptions
    from cite2bib.model import Work

_SHOWN = 8  # of what would be lost


def save(path: Path, data: bytes) -> None:
    """Write a file at once: a reader sees the old bytes or the new ones, and a full disk leaves the old."""
    with streamed(path) as file:
        file.write(data)


@contextmanager
def streamed(path: Path) -> Iterator[IO[bytes]]:
    """A file that takes its name when all is written; until then, and after a fault, the old one is there."""
    target = Path(os.path.realpath(path))  # a link stays a link
    check_target(path)
    partial = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with partial.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if target.exists():  # a file keeps its permissions
            partial.chmod(stat.S_IMODE(target.stat().st_mode))
        partial.replace(target)
    except OSError as error:
        why = error.strerror or error
        raise UsageError(f"{path} can't be written: {why}; nothing was changed") from error
    finally:
        partial.unlink(missing_ok=True)


def check_target(path: Path) -> None:
    """Refuse a file that can't be written before any work is done for it."""
    if path.is_dir():
        raise UsageError(f"{path} is a folder; -o wants the name of a file")
    if not path.absolute().parent.is_dir():
        raise UsageError(f"{path} can't be written: there is no folder {path.absolute().parent}")


def overwrite(path: Path, existing: bytes, text: str, item: Format, *, force: bool) -> None:
    """Write a text over a file, unless that loses something the file holds."""
    if existing == text.encode():
        return
    lost = () if force else lost_by_overwriting(existing, text, item)
    if lost:
        shown = "".join(f"\n  {line}" for line in lost[:_SHOWN])
        more = f"\n  ... and {len(lost) - _SHOWN} more" if len(lost) > _SHOWN else ""
        raise UsageError(
            f"{path} holds what this run would lose:{shown}{more}\n"
            "--append adds new works to it and leaves the rest, --force overwrites it; nothing was changed"
        )
    save(path, text.encode())


def lost_by_overwriting(existing: bytes, text: str, item: Format) -> Sequence[str]:
    """What an existing file says that the new text does not, a line each."""
    if not existing.strip():
        return ()
    if item.module == "bibtex":
        from cite2bib.formats.bibtex.append import would_lose

        return would_lose(existing, text)
    return _lost_works(existing, text, item) if item.reads else _lost_lines(existing, text)


def _lost_lines(existing: bytes, text: str) -> Sequence[str]:
    kept = {line.strip() for line in text.splitlines()}
    lines = (line.strip() for line in existing.decode(errors="replace").splitlines())
    return [line for line in lines if line not in kept]


def _lost_works(existing: bytes, text: str, item: Format) -> Sequence[str]:
    """Works, and fields of works, that are in one text and not in the other."""
    try:
        before = item.read(existing, "").works
    except ReadError:  # whatever it is, it is not ours
        return _lost_lines(existing, text)
    after = {work.id: work for work in item.read(text.encode(), "").works}
    lost: list[str] = []
    for work in before:
        name = work.id or repr(work.text("title"))
        kept = after.get(work.id)
        lost += _lost_fields(work, kept, name) if kept else [f"the work {name}"]
    return lost


def _lost_fields(work: Work, kept: Work, name: str) -> Iterator[str]:
    for variable, field in work.fields.items():
        if variable not in kept or kept.fields[variable].value != field.value:
            yield f"{variable} of {name}"


def added_to(existing: bytes, works: Sequence[Work], item: Format, options: WriteOptions) -> bytes:
    """The bytes of a file with works added to it, and every byte it had as it was."""
    if item.module == "bibtex":
        from cite2bib.formats.bibtex.append import append

        return append(existing, works, latex=item.name == "biblatex")
    text = item.write(works, options).text
    if item.name == "jsonl":
        return existing + (b"" if existing.endswith(b"\n") else b"\n") + text.encode()
    if item.name in {"csljson", "zotero"}:
        return _spliced(existing, text)
    raise UsageError(
        f"--append can't add to {item.title}; it can to BibTeX, BibLaTeX, CSL-JSON and JSON lines"
    )


def _spliced(existing: bytes, text: str) -> bytes:
    """A JSON array with the items of another put in before its closing bracket."""
    end = existing.rstrip().rfind(b"]")
    body = existing[:end].rstrip()
    if end < 0 or not body.lstrip().startswith(b"["):
        raise UsageError(
            "--append adds to a file that is one JSON array, and this one is not; nothing was changed"
        )
    items = text.strip().removeprefix("[").removesuffix("]").rstrip()
    comma = b"" if body.endswith(b"[") else b","
    return body + comma + items.encode() + b"\n" + existing[end:]
