"""Bytes of a .bib to text and back, the same bytes: encodings are found out and kept, and so are line ends."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"%[ \t]*Encoding:[ \t]*([\w.:-]+)|-\*-.*?coding:[ \t]*([\w.-]+)", re.IGNORECASE)
_NEWLINE = re.compile(r"\r\n|\n|\r")


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
            text = data.decode(name, errors)
        except (UnicodeError, LookupError):
            continue
        if name == "utf-8" or text.encode(name, errors) == data:
            return text, Coding(name, errors, _newline(text), guessed)
    raise AssertionError("Latin-1 takes every byte")


def encode(text: str, coding: Coding) -> bytes:
    """The bytes of a text; what an old encoding has no place for raises `UnicodeEncodeError`."""
    return text.encode(coding.name, coding.errors)


def _candidates(data: bytes) -> list[tuple[str, str, bool]]:
    marked = [(name, "strict", False) for mark, name in _MARKS if data.startswith(mark)]
    head = data[:4096]
    if not marked and b"\0" in head:
        even, odd = head[::2].count(0), head[1::2].count(0)
        marked = [("utf-16-le" if odd > even else "utf-16-be", "strict", True)]
    declared = _DECLARED.search(head)
    said = []
    if declared:
        name = (declared[1] or declared[2]).decode("ascii").lower().replace("utf8", "utf-8")
        said = [(name, "strict", False)]
    return [*marked, *said, ("utf-8", "strict", False), *_guesses(data)]


def _guesses(data: bytes) -> list[tuple[str, str, bool]]:
    """For bytes that say nothing and are no UTF-8: mostly UTF-8 with slips, or an old Western encoding."""
    text = data.decode("utf-8", "surrogateescape")
    slips = sum(1 for _ in re.finditer("[\udc80-\udcff]", text))
    letters = sum(1 for _ in re.finditer("[\x80-\ud7ff\ue000-\U0010ffff]", text))
    mixed = [("utf-8", "surrogateescape", True)] if letters > slips else []
    return [*mixed, ("cp1252", "strict", True), ("latin-1", "strict", True)]


def _newline(text: str) -> str:
    found = _NEWLINE.search(text)
    return found[0] if found else "\n"


_SLIPS = {0xDC80 + byte: bytes([0x80 + byte]).decode("cp1252", "replace") for byte in range(128)}


def without_slips(text: str) -> str:
    """Text in which bytes that were no UTF-8 are read as Windows' Western letters."""
    return text.translate(_SLIPS)
