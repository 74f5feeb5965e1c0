"""Zip archives of documents: each member with its name behind the archive's, `papers.zip!a/b.pdf`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib.diagnostics import ReadError, Span
from cite2bib.documents import registry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cite2bib.documents.zipped import Budget

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # the second is an empty one
DEEPEST = 2  # archives inside archives


def is_archive(data: bytes) -> bool:
    """Whether these bytes are a zip archive, and no document that is a zip file itself."""
    if not data.startswith(_ZIP):
        return False
    zips = (item for item in registry.CONTAINERS if b"PK\x03\x04" in item.magic)
    return not any(item.sniff(data) for item in zips)


def members(data: bytes, path: str, budget: Budget | None = None) -> Iterator[tuple[str, bytes | ReadError]]:
    """The files of an archive in the order of their names; for one that can't be unpacked its error.

    Hidden files and what a Mac puts beside files are left out. Names are only shown: nothing is written.
    """
    if path.count("!") >= DEEPEST:
        raise ReadError("archives nested too deep", Span(path))
    from cite2bib.documents.zipped import Zipped  # zlib and its kin are loaded for archives only

    zipped = Zipped(data, path, budget)
    for name in sorted(set(zipped.names())):
        if _is_wanted(name):
            try:
                yield f"{path}!{_shown(name)}", zipped.read(name)
            except ReadError as error:
                yield f"{path}!{_shown(name)}", error


def _is_wanted(name: str) -> bool:
    parts = _parts(name)
    return (
        bool(parts)
        and "__MACOSX" not in parts
        and not any(part.startswith(".") and part != ".." for part in parts)
    )


def _shown(name: str) -> str:
    r"""A member's name without steps that lead out of the archive.

    >>> _shown("../../etc/passwd"), _shown("/a\\\\b.txt")
    ('etc/passwd', 'a/b.txt')
    """
    return "/".join(part for part in _parts(name) if part != "..") or "unnamed"


def _parts(name: str) -> list[str]:
    return [part for part in name.replace("\\", "/").split("/") if part not in {"", "."}]
