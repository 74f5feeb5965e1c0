"""Letters as print programs leave them: accents set before their letters, ligatures, codes of TeX's own fonts.

The Cork encoding: https://www.ctan.org/pkg/encguide
"""

from __future__ import annotations

import re
import unicodedata

# PDFium marks a hyphen at the end of a line with U+FFFE or U+0002.
LIGATURES = str.maketrans(
    {"\ufffe": "-", "\x02": "-", "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)  # fmt: skip
# A font without a table to Unicode speaks its own code: 0x00-0x1F and 0x80-0xBF of Cork, 0x0B-0x0F of OT1.
_CORK_LOW = dict(
    zip(
        range(0x10, 0x20),
        ("“", "”", "„", "«", "»", "–", "—", "", "", "ı", "ȷ", "ff", "fi", "fl", "ffi", "ffl"),
        strict=True,
    )
)
_CORK_HIGH = dict(
    zip(
        range(0x80, 0xA0),
        "ĂĄĆČĎĚĘĞĹĽŁŃŇŊŐŔŘŚŠŞŤŢŰŮŸŹŽŻĲİđ§",
        strict=True,
    )
)
_CORK_MIDDLE = dict(
    zip(
        range(0xA0, 0xC0),
        "ăąćčďěęğĺľłńňŋőŕřśšşťţűůÿźžżĳ¡¿£",
        strict=True,
    )
)
_OT1 = {0x0B: "ff", 0x0C: "fi", 0x0E: "ffi", 0x0F: "ffl"}
_ACCENTS = {
    "´": "\u0301", "`": "\u0300", "¨": "\u0308", "ˆ": "\u0302", "^": "\u0302", "˜": "\u0303", "~": "\u0303", "ˇ": "\u030c",
    "˘": "\u0306", "¯": "\u0304", "˙": "\u0307", "˚": "\u030a", "˝": "\u030b", "¸": "\u0327", "˛": "\u0328",
}  # fmt: skip
_BEFORE = re.compile(r"([´¨ˆ˜ˇ˘¯˙˚˝]) ?([A-Za-zı])")
_APART = re.compile(
    r"(?<=[^\W\d_]) ([´¨ˆ˜ˇ˘˚]) (?=ı|[a-z](?![^\W\d_]))"
)  # the accent of a letter inside a word
_STRAY = re.compile(r"\s[´¨ˆ˜ˇ˘˚](?=\s|$)")  # one that was set above another line
_AFTER = re.compile(r"([¸˛]) ?([A-Za-z])")


def repaired(text: str) -> str:
    r"""A line of print in the letters it shows.

    >>> repaired("J¨urgen e\x1ecient \x8aukasz Fran¸cois")
    'Jürgen efficient Łukasz François'
    """
    if any(char in text for char in "´¨ˆ˜ˇ˘¯˙˚˝¸˛"):
        text = _STRAY.sub("", _APART.sub(r"\1", text))
        text = _BEFORE.sub(lambda pair: _composed(pair[2], pair[1]), text)
        text = _AFTER.sub(lambda pair: _composed(pair[2], pair[1]), text)
    if any(ord(char) in _CORK_HIGH or ord(char) in _CORK_LOW for char in text):
        high = _CORK_HIGH | _CORK_MIDDLE if any(ord(char) in _CORK_HIGH for char in text) else {}
        text = text.translate(_CORK_LOW | high)
    text = text.translate(_OT1).translate(LIGATURES)
    return unicodedata.normalize("NFC", text)


def _composed(letter: str, accent: str) -> str:
    return unicodedata.normalize("NFC", letter.replace("ı", "i") + _ACCENTS[accent])
