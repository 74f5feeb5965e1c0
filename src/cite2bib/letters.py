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
