"""Letters under their dress: folding for comparison, ASCII for keys."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+")
_UNDECOMPOSED = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE",
     "ß": "ss", "þ": "th", "Þ": "Th", "ð": "d", "ı": "i", "ħ": "h", "Ħ": "H"}
)  # fmt: skip


def without_marks(text: str) -> str:
    """Text with accents and other marks taken off.

    >>> without_marks("Łukasz Gödel")
    'Lukasz Godel'
    """
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(_UNDECOMPOSED))
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c)))


@lru_cache(maxsize=32_768)
def words(text: str) -> tuple[str, ...]:
    """The words of a text as they are compared: lower case, no marks, letters and digits only.

    >>> words("Gödel's  β-Machine, 2nd ed.")
    ('godel', 's', 'β', 'machine', '2nd', 'ed')
    """
    return tuple(_WORD.findall(without_marks(text).casefold()))


def fold(text: str) -> str:
    """Text as it is compared: its words joined without anything between.

    >>> fold("Chain-of-Thought") == fold("chain of thought")
    True
    """
    return "".join(words(text))


def to_ascii(text: str) -> str:
    """Text in ASCII, other scripts romanised.

    >>> to_ascii("Müller")
    'Muller'
    """
    plain = without_marks(text)
    if plain.isascii():
        return plain
    from anyascii import anyascii  # 5 ms, and rarely needed

    return str(anyascii(plain))


def by_lines(data: bytes) -> str:
    r"""The text of bytes that are not all UTF-8: each line is read in UTF-8 or Windows' Western letters, whatever the others are in.

    >>> by_lines("Gödel\n".encode() + "„Maß“".encode("cp1252"))
    'Gödel\n„Maß“'
    """
    return escaped(data).translate(_western())


def escaped(data: bytes) -> str:
    """The same with the bytes of other lines as surrogates, from which they come back as they were."""
    return "\n".join(map(_line, data.split(b"\n")))


def has_utf8(data: bytes) -> bool:
    """Whether some line of a text is in UTF-8, but for slips, and not only in ASCII."""
    return any(_has_letters(_line(line)) for line in data.split(b"\n") if not line.isascii())


def _has_letters(text: str) -> bool:
    return any(letter > "\x7f" and not "\udc80" <= letter <= "\udcff" for letter in text)


@lru_cache
def _western() -> dict[int, str]:
    return {
        0xDC80 + byte: bytes([0x80 + byte]).decode("cp1252", "ignore") or chr(0x80 + byte)
        for byte in range(128)
    }


def _line(line: bytes) -> str:
    text = line.decode("utf-8", "surrogateescape")
    if line.isascii():
        return text
    slips = sum("\udc80" <= letter <= "\udcff" for letter in text)
    letters = sum(letter > "\x7f" for letter in text) - slips
    # One bad paste in a good line; a line of which most is bad is in another encoding throughout.
    # What „Maß“ in Windows' letters is in UTF-8 is of a script that hardly anybody writes.
    if letters < max(slips, 1) or any("\u0700" <= letter <= "\u08ff" for letter in text):
        return line.decode("ascii", "surrogateescape")
    return text
