"""Which characters a citation key may hold, by the program that reads the .bib.

Tried with BibTeX 0.99d, biber 2.18 (whose parser is https://metacpan.org/pod/Text::BibTeX) pandoc 2.17 and Typst 0.15: each ASCII
character that is neither letter nor digit in the middle of a key.
"""

from __future__ import annotations

import re
from typing import Final

_NOWHERE = (
    ' \t\r\n,{}%#\\~"='  # ends a key, begins a comment or is a command; the last two we could not read back
)
REFUSED: Final = {
    "bibtex": frozenset(_NOWHERE),
    "biber": frozenset(f"{_NOWHERE}'()"),
    "pandoc": frozenset(f"{_NOWHERE}<>^|"),
    "typst": frozenset(_NOWHERE),
}


def refused(key: str, reader: str) -> str:
    """The characters of a key that a program does not take, each once.

    >>> refused("doi:10.1002/(SICI)1097<1::AID>", "biber"), refused("doi:10.1145/3290605", "biber")
    ('()', '')
    """
    return "".join(dict.fromkeys(char for char in key if char in REFUSED[reader]))


def taken_everywhere(key: str) -> str:
    """The key with what any program refuses made an underscore.

    >>> taken_everywhere("doi:10.1002/(SICI)1097<1::AID>")
    'doi:10.1002/_SICI_1097_1::AID_'
    """
    chars = "".join(sorted(frozenset().union(*REFUSED.values())))
    return re.sub(f"[{re.escape(chars)}]+", "_", key)
