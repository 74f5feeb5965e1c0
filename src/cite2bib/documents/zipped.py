"""Zip files of strangers, opened without harm: no member is written to the disk, none grows without end.

https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from cite2bib.diagnostics import ReadError, Span
from cite2bib.light import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_MEMBERS = 20_000
LARGEST_MEMBER = 100_000_000  # bytes, unpacked
LARGEST_WHOLE = 1_000_000_000
SUSPECT_RATIO = 200  # text packs to a tenth, a bomb to a thousandth; only members above 1 MB are judged


@dataclass(slots=True)
class Budget:
    """What may still be unpacked: archives inside an archive draw on the same, so that nesting multiplies nothing."""

    size: int = LARGEST_WHOLE
    members: int = MOST_MEMBERS


class Zipped:
    """The members of a zip file, by name; what is wrong with them raises `ReadError`."""

    def __init__(self, data: bytes, path: str, budget: Budget | None = None) -> None:
        self.path = path
        self.budget = budget or Budget()
        try:
            self.file = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError) as error:
            raise ReadError(f"not a readable zip archive: {error}", Span(path)) from None
        self.budget.members -= len(self.file.infolist())
        if self.budget.members < 0:
            raise ReadError(f"a zip archive of more than {MOST_MEMBERS} files", Span(path))

    def names(self) -> Iterator[str]:
        """The files in it, folders and links left out."""
        for info in self.file.infolist():
            if not info.is_dir() and (info.external_attr >> 28) != 0o12:
                yield info.filename

    def __contains__(self, name: str) -> bool:
        return name in self.file.NameToInfo

    def read(self, name: str) -> bytes:
        """A member's bytes; one that is missing, broken, locked or a bomb raises `ReadError`."""
        place = Span(f"{self.path}!{name}")
        try:
            info = self.file.getinfo(name)
            self._judge(info, place)
            with self.file.open(info) as member:
                data = member.read(LARGEST_MEMBER + 1)
        except KeyError:
            raise ReadError("not in this archive", place) from None
        except (
            zipfile.BadZipFile,
            zlib.error,
            RuntimeError,
            NotImplementedError,
            EOFError,
            OSError,
            ValueError,
        ) as error:
            raise ReadError(f"can't be unpacked: {error}", place) from None
        self.budget.size -= len(data)
        if len(data) > LARGEST_MEMBER or self.budget.size < 0:
            raise ReadError("more than can be unpacked", place)
        return data

    def _judge(self, info: zipfile.ZipInfo, place: Span) -> None:
        if info.flag_bits & 0x1:
            raise ReadError("locked by a password", place)
        if info.file_size > LARGEST_MEMBER or info.file_size > self.budget.size:
            raise ReadError("more than can be unpacked", place)
        if info.file_size > 1_000_000 and info.file_size > SUSPECT_RATIO * max(info.compress_size, 1):
            raise ReadError("packed too well to be a document", place)


def is_zip(data: bytes) -> bool:
    """Whether these bytes begin as a zip file does."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def names_of(data: bytes) -> frozenset[str]:
    """The names in a zip file, none when it is broken."""
    try:
        return frozenset(Zipped(data, "").names())
    except ReadError:
        return frozenset()
