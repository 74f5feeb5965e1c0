"""Bytes of a .bib to text and back, the same bytes: encodings are found out and kept, and so are line ends."""

from __future__ import annotations

import codecs
import re
from functools import cache
from typing import TYPE_CHECKING

from cite2bib.letters import escaped, has_utf8
from cite2bib.light import NamedTuple
from cite2bib.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = late(
    rb"^[ \t]*%[ \t]*Encoding:[ \t]*([\w.:-]+)|-\*-.*?coding:[ \t]*([\w.-]+)", re.IGNORECASE | re.MULTILINE
)


class Coding(NamedTuple):
    """How a text stands in its bytes. A mark of byte order is the text's own first character."""

    name: str = "utf-8"
    errors: str = "strict"  # "surrogateescape": UTF-8 with a few bytes that are none
    newline: str = "\n"
    guessed: bool = False  # nothing in the file says so


def decode(data: bytes) -> tuple[str, Coding]:
    r"""The text of some bytes; `encode` gives the same bytes back.

    >>> decode("% Encoding: Cp1252 @misc{é}".encode("cp1252"))[1]
    Coding(name='cp1252', errors='strict', newline='\n', guessed=False)
    """
    for name, errors, guessed in _candidates(data):
        try:
            text = data.decode(name, errors) if errors == "strict" else escaped(data)
            is_same = name == "utf-8" or text.encode(name, errors) == data
        except (UnicodeError, LookupError):
            continue
        if is_same:
            return text, Coding(name, errors, _newline(text), guessed)
    raise AssertionError("Latin-1 takes every byte")


def encode(text: str, coding: Coding) -> bytes:
    """The bytes of a text; what an old encoding has no place for raises `UnicodeEncodeError`."""
    return text.encode(coding.name, coding.errors)


def _candidates(data: bytes) -> Iterator[tuple[str, str, bool]]:
    """What the bytes may be, the likely first; what is unlikely is not even looked for before it is asked for."""
    marked = [(name, "strict", False) for mark, name in _MARKS if data.startswith(mark)]
    head = data[:4096]
    if not marked and b"\0" in head:
        even, odd = head[::2].count(0), head[1::2].count(0)
        if max(even, odd) > 10 * min(even, odd) and max(even, odd) > len(head) // 20:  # not a stray one
            marked = [("utf-16-le" if odd > even else "utf-16-be", "strict", True)]
    yield from marked
    if b"coding:" in head.lower() and (declared := _DECLARED.search(head)):
        name = (declared[1] or declared[2]).decode("ascii").lower().replace("utf8", "utf-8")
        if _holds_ascii(name):  # else the declaration itself could not be read
            yield (name, "strict", False)
    yield ("utf-8", "strict", False)
    if data.startswith(codecs.BOM_UTF8) or has_utf8(data):
        yield ("utf-8", "surrogateescape", True)
    yield from (("cp1252", "strict", True), ("latin-1", "strict", True))


def _holds_ascii(name: str) -> bool:
    """Whether it is a character set in which ASCII is ASCII; Python has codecs by other names too (idna, utf-7)."""
    ascii_ = bytes(range(32, 127))
    try:
        return ascii_.decode().encode(name) == ascii_
    except (UnicodeError, LookupError):
        return False


def _newline(text: str) -> str:
    """The first end of a line."""
    first = text.find("\n")
    bare = text.find("\r", 0, first if first >= 0 else None)
    if bare < 0:
        return "\n"
    return "\r\n" if text.startswith("\n", bare + 1) else "\r"


def without_slips(text: str) -> str:
    """Text in which bytes that were no UTF-8 are read as Windows' Western letters."""
    return text.translate(_slips())


@cache
def _slips() -> dict[int, str]:
    return {0xDC80 + byte: bytes([0x80 + byte]).decode("cp1252", "replace") for byte in range(128)}
