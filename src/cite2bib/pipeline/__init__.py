"""The whole journey on one screen: read -> resolve -> write.

works, diagnostics = read("seeds/")
outcome = resolve(works)
write(outcome.works, "refs.bib")
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any, BinaryIO

from cite2bib.diagnostics import Diagnostic, ReadError, Severity, UsageError
from cite2bib.formats import ReadResult, WriteOptions, Written

__all__ = ["Outcome", "named", "output_format", "read", "resolve", "write"]

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from pathlib import Path

    from cite2bib.formats import Format
    from cite2bib.model import Work
    from cite2bib.pipeline.looking import Outcome, resolve


def __getattr__(name: str) -> Any:
    """Load what looks works up when it is first used: rendering them does without it."""
    if name in {"Outcome", "resolve"}:
        from cite2bib.pipeline import looking

        return getattr(looking, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def read(
    inputs: str | Path | Iterable[str | Path],
    *,
    format_name: str = "",
    stdin: BinaryIO | None = None,
    skip: Collection[str | Path] = (),
    middlewares: Sequence[str] = (),
) -> ReadResult:
    """The works that files and folders mention, in their order; what can't be read is told and the rest goes on.

    `-` is standard input; `skip` are files this run writes; `middlewares` of bibtexparser run over each .bib. A file
    that is not there raises `ReadError`.
    """
    from cite2bib.documents import files
    from cite2bib.extract import read_any

    given = [inputs] if isinstance(inputs, (str, os.PathLike)) else list(inputs)
    _refuse_missing(given)
    works: list[Work] = []
    diagnostics: list[Diagnostic] = []
    for found in files.find(given, stdin=stdin, skip=skip):
        try:
            data = (
                _bridged(found.read(), found.path, format_name, middlewares) if middlewares else found.read()
            )
            result = read_any(data, found.path, format_name or None)
        except ReadError as error:
            diagnostics.append(Diagnostic("unreadable", error.message, error.span, severity=Severity.ERROR))
            continue
        works += result.works
        diagnostics += result.diagnostics
    return ReadResult(tuple(works), tuple(diagnostics))


def _bridged(data: bytes, path: str, format_name: str, middlewares: Sequence[str]) -> bytes:
    """A .bib after the middlewares, anything else as it is."""
    from cite2bib.extract.choosing import choose

    kind = choose(data, path, format_name or None)
    if getattr(kind, "module", "") != "bibtex":
        return data
    from cite2bib.formats.bibtex import bridge

    return bridge.run(data, middlewares)


def _refuse_missing(inputs: Iterable[str | Path]) -> None:
    """A name that was mistyped ends the run before anything is looked up."""
    missing = [str(path) for path in inputs if str(path) != "-" and not os.path.exists(path)]
    if missing:
        raise ReadError(f"{', '.join(missing)}: no such file or folder")


def write(
    works: Sequence[Work],
    path: str | Path | None = None,
    *,
    format_name: str = "",
    keys: str = "",
    abstracts: bool = True,
    losses: bool = True,
    append: bool = False,
    force: bool = False,
    middlewares: Sequence[str] = (),
) -> Written:
    """Write works to a file, in the format that is named or that the suffix promises; without a path just the text.

    A file that holds anything which would be lost raises `UsageError`, unless `force`; `append` adds what is new.
    `middlewares` of bibtexparser run over a .bib before it is written, or over what is added to it.
    """
    from pathlib import Path

    target = Path(path) if path else None
    item = output_format(target, format_name)
    options = WriteOptions(abstracts=abstracts, losses=losses)
    existing = _existing(target)
    if append and target and existing.strip():
        return _append(target, existing, works, (item, options, keys), middlewares)
    written = item.write(named(works, keys), options)
    if middlewares:
        written = written._replace(text=_finished(written.text.encode(), item, middlewares).decode())
    if target:
        from cite2bib.pipeline import saving

        saving.overwrite(target, existing, written.text, item, force=force)
    return written


def _finished(data: bytes, item: Format, middlewares: Sequence[str]) -> bytes:
    """What is to be written, after the middlewares."""
    if item.module != "bibtex":
        raise UsageError(f"middlewares of bibtexparser run over a .bib, and {item.title} is written")
    from cite2bib.formats.bibtex import bridge

    return bridge.run(data, middlewares)


def _append(
    target: Path,
    existing: bytes,
    works: Sequence[Work],
    how: tuple[Format, WriteOptions, str],
    middlewares: Sequence[str] = (),
) -> Written:
    """Add the works a file does not hold yet, under keys it does not use yet."""
    item, options, keys = how
    from cite2bib.pipeline import saving
    from cite2bib.resolve import dedupe

    held = item.read(existing, str(target)).works
    new = named(dedupe.unknown(works, held), keys, taken=frozenset(work.id for work in held))
    if new:
        data = saving.added_to(existing, new, item, options)
        if middlewares:
            data = existing + _finished(data[len(existing) :], item, middlewares)
        saving.save(target, data)
    return Written("", item.write(new, options).losses)


def _existing(target: Path | None) -> bytes:
    if target is None or not target.exists():
        return b""
    from cite2bib.pipeline.saving import check_target

    check_target(target)
    return target.read_bytes()


def named(
    works: Sequence[Work],
    template: str = "",
    taken: frozenset[str] = frozenset(),
    *,
    output: Path | None = None,
    format_name: str = "",
) -> tuple[Work, ...]:
    """Works with a citation key each, none of those that are taken.

    What the output file, a .bib, has already keeps the key it has there, unless a template asks for others: somebody
    may cite by it.
    """
    if not (template or output) and all(work.id for work in works):
        return tuple(works)
    from cite2bib.resolve import keys

    keyed = keys.assign(works, template or keys.DEFAULT, taken)
    if template or format_name not in {"bibtex", "biblatex"} or not (output and output.is_file()):
        return keyed
    existing = output.read_bytes()
    held = re.findall(rb"^@\w+\{([^,\s]+),", existing, re.MULTILINE)
    if held == [work.id.encode() for work in keyed]:
        return keyed  # nothing was added or renamed, as mostly
    from cite2bib.formats.bibtex.append import with_known_keys

    return keys.assign(with_known_keys(existing, works), keys.DEFAULT, taken)


def output_format(path: Path | None, name: str) -> Format:
    """The format that was asked for, or that a file's suffix promises, or BibTeX."""
    from cite2bib import formats

    if name:
        return formats.get(name)
    promised = formats.for_suffix(str(path)) if path else None
    if path and path.suffix and not (promised and promised.writes):
        known = ", ".join(suffix for item in formats.FORMATS if item.writes for suffix in item.suffixes)
        raise UsageError(f"{path}: no format is written to {path.suffix} files ({known}); -t names one")
    return promised or formats.get("bibtex")
