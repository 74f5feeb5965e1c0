"""The files of a bulk download: folders of parts, compressed or in archives, as streams of bytes that are named.

Nothing is unpacked onto the disk but a .bib, whose reader goes through it twice.
"""

from __future__ import annotations

import contextlib
import io
import tarfile
import zipfile
import zlib
from pathlib import Path
from typing import IO, TYPE_CHECKING, TypeAlias, cast

from cite2bib.diagnostics import ReadError, Span
from cite2bib.light import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Reader: TypeAlias = io.BufferedReader[io.RawIOBase]

HEAD = 1 << 16  # bytes that tell what a part is
BROKEN = (EOFError, OSError, zlib.error, tarfile.TarError, zipfile.BadZipFile, ValueError)


@dataclass(frozen=True, slots=True)
class File:
    """A file as it lies there."""

    path: Path
    size: int
    changed: int  # nanoseconds


@dataclass(slots=True)
class Part:
    """What is to be read: a file, or a member of an archive."""

    name: str  # with the member's, where it is one
    file: File
    source: IO[bytes]  # not compressed any more
    handle: IO[bytes]  # the file itself: how far it was read
    head: bytes


def find(inputs: Iterable[str | Path]) -> list[File]:
    """The files that are meant, folders walked in the order of their names, numbers in theirs."""
    from cite2bib.documents import files

    found = []
    for item in files.find(inputs):
        if item.fault:
            raise ReadError(item.fault, Span(item.path))
        path = Path(item.path)
        state = path.stat()
        found.append(File(path, state.st_size, state.st_mtime_ns))
    return found


def opened(file: File) -> Iterator[Part]:
    """The parts in a file, one after the other, each closed before the next."""
    with contextlib.ExitStack() as stack:
        handle = stack.enter_context(file.path.open("rb"))
        name = file.path.absolute().as_posix()
        source = _plain(handle)
        head = _peek(source)
        if head.startswith(b"PK\x03\x04"):
            archive = stack.enter_context(zipfile.ZipFile(file.path))
            members = [(item.filename, item) for item in archive.infolist() if not item.is_dir()]
            for inner, item in members:
                with archive.open(item) as member:
                    yield _part(f"{name}/{inner}", file, member, handle)
        elif head[257:262] == b"ustar":
            stream = stack.enter_context(tarfile.open(fileobj=source, mode="r|"))
            for info in stream:
                extracted = stream.extractfile(info) if info.isfile() else None
                if extracted:
                    yield _part(f"{name}/{info.name}", file, extracted, handle)
        else:
            yield Part(name, file, source, handle, head)


def _part(name: str, file: File, member: IO[bytes], handle: IO[bytes]) -> Part:
    source = _plain(_buffered(member))
    return Part(name, file, source, handle, _peek(source))


def _plain(handle: IO[bytes]) -> Reader:
    """What a stream holds without its compression, told by its first bytes."""
    import bz2
    import gzip
    import lzma

    reader = handle if isinstance(handle, io.BufferedReader) else _buffered(handle)
    start = reader.peek(6)[:6]
    if start.startswith(b"\x1f\x8b"):
        return _buffered(gzip.GzipFile(fileobj=reader))
    if start.startswith(b"BZh"):
        return _buffered(bz2.BZ2File(reader))
    if start.startswith(b"\xfd7zXZ\x00"):
        return _buffered(lzma.LZMAFile(reader))
    return reader


def _buffered(handle: object) -> Reader:
    return io.BufferedReader(cast("io.RawIOBase", handle), HEAD)


def _peek(source: Reader) -> bytes:
    """The first bytes without taking them."""
    try:
        return source.peek(HEAD)[:HEAD]
    except BROKEN:
        return b""  # whoever reads it on is told why
