"""Bytes to text: byte order marks, UTF-8, UTF-16, what the text declares, and Windows-1252 for lines that nothing else fits.

A guess is told with the place of the first byte that is wrong; binary content is named and refused.
"""

from __future__ import annotations

import codecs
import re

from cite2bib.diagnostics import Diagnostic, ReadError, Severity, Span
from cite2bib.letters import by_lines, has_utf8
from cite2bib.light import NamedTuple
from cite2bib.patterns import late

HEAD = 65_536  # bytes that guesses look at
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = late(rb"(?:charset|coding)\s{0,4}[=:]\s{0,4}[\"']?([A-Za-z][\w.-]{1,30})", re.IGNORECASE)
# https://en.wikipedia.org/wiki/List_of_file_signatures
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"RIFF", "a WebP image, a sound or a film"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90\x00", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\x00asm", "a program"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document"),
    (b"OggS", "a sound"),
    (b"ID3", "a sound"),
    (b"fLaC", "a sound"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"\x00\x01\x00\x00\x00", "a font"),
)
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 27} | {127})


class Decoded(NamedTuple):
    """A text, the encoding it was in, and what had to be guessed."""

    text: str
    encoding: str
    diagnostics: tuple[Diagnostic, ...] = ()


def binary_kind(data: bytes) -> str:
    r"""What binary content is ("a PNG image", "binary data"), "" for text.

    >>> binary_kind(b"GIF89a\x01\x00"), binary_kind("Gödel".encode())
    ('a GIF image', '')
    """
    for signature, kind in _SIGNATURES:
        if data.startswith(signature) and _is_binary_after(signature, data):
            return kind
    if data[4:8] == b"ftyp":
        return "a film or image"
    head = data[:HEAD]
    if any(data.startswith(bom) for bom, _ in _BOMS) or _wide(head):
        return ""
    controls = len(head) - len(head.translate(None, _CONTROL))
    return "binary data" if b"\x00" in head or controls * 20 > len(head) else ""


def _is_binary_after(signature: bytes, data: bytes) -> bool:
    """A signature of mere letters may start a text ("RIFF", "BZh"): then a control byte must follow."""
    if not signature.isalnum() or signature.startswith(b"GIF"):
        return True
    return bool(data[:64].translate(None, bytes(set(range(256)) - set(_CONTROL))))


def _wide(head: bytes) -> str:
    """UTF-16 without a mark: Latin text has a zero in every other byte."""
    pairs = len(head) // 2
    if pairs < 2 or b"\x00" not in head:
        return ""
    even, odd = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if odd * 10 > pairs * 4 and even * 20 < pairs:
        return "utf-16-le"
    return "utf-16-be" if even * 10 > pairs * 4 and odd * 20 < pairs else ""


def decode(data: bytes, path: str) -> Decoded:
    r"""The text in some bytes, its line ends all made `\n`; binary content raises `ReadError`."""
    kind = binary_kind(data)
    if kind:
        raise ReadError(f"{kind}, not a text", Span(path))
    decoded = _decoded(data, path)
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in decoded.text else decoded.text
    return decoded._replace(text=text.removeprefix("\ufeff"))


def _decoded(data: bytes, path: str) -> Decoded:
    marked = next((name for bom, name in _BOMS if data.startswith(bom)), "")
    encoding = marked or _wide(data[:HEAD]) or "utf-8"
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        if encoding != "utf-8":
            return Decoded(data.decode(encoding, "replace"), encoding, (_told(data, path, error, encoding),))
        return _not_utf8(data, path, error)


def _not_utf8(data: bytes, path: str, error: UnicodeDecodeError) -> Decoded:
    declared = _declared(data)
    if declared:
        try:
            return Decoded(data.decode(declared), declared)
        except (UnicodeDecodeError, LookupError):
            pass
    if has_utf8(data):
        told = _told(data, path, error, "utf-8", "the bytes that are not are read as Windows-1252")
        return Decoded(by_lines(data), "utf-8", (told,))
    told = _told(data, path, error, "utf-8", "the text is read as Windows-1252")
    return Decoded(by_lines(data), "cp1252", (told,))


def _declared(data: bytes) -> str:
    """The encoding a text says it is in, if Python knows it and it is one for text."""
    found = _DECLARED.search(data[:2048])
    if not found:
        return ""
    try:
        info = codecs.lookup(found[1].decode("ascii"))
    except LookupError:
        return ""
    is_text = getattr(info, "_is_text_encoding", True)
    return info.name if is_text and info.name not in {"utf-8", "idna", "punycode", "undefined"} else ""


def _told(data: bytes, path: str, error: UnicodeDecodeError, encoding: str, what: str = "") -> Diagnostic:
    start = data.rfind(b"\n", 0, error.start) + 1
    line = data.count(b"\n", 0, error.start) + 1
    before = data[start : error.start].decode(encoding, "replace")
    end = data.find(b"\n", error.start)
    # A line of megabytes is not kept for one message.
    source = data[start : min(end if end >= 0 else len(data), error.start + 200)].decode(encoding, "replace")
    span = Span(path, line, len(before) + 1, len(before) + 2, source.rstrip("\r"))
    consequence = what or "it is read with replacement characters"
    byte = data[error.start]
    return Diagnostic(
        "encoding",
        f"invalid {encoding.upper()} (byte 0x{byte:02X}); {consequence}",
        span,
        severity=Severity.WARNING,
    )
