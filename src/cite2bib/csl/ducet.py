"""Primary weights of single characters in Unicode's default order of all scripts.

https://unicode.org/reports/tr10/#Default_Unicode_Collation_Element_Table. The table is that of the package pyuca, which is not
imported: it takes 0.2 s to load all 31,000 lines, and a list of works needs a few dozen of them.
"""

from __future__ import annotations

import os
import re
import unicodedata
from functools import lru_cache
from importlib.util import find_spec

# What has no line in the table is weighed by its number: ideographs, then all else (tr10, Implicit Weights).
_UNIFIED = range(0x4E00, 0xA000)
_UNIFIED_ELSEWHERE = frozenset(map(ord, "﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩"))
_EXTENSIONS = (range(0x3400, 0x4DC0), range(0x20000, 0x32400))
_SYLLABARIES = {range(0x17000, 0x18B00): 0xFB00, range(0x1B170, 0x1B300): 0xFB01}


def weights(char: str) -> tuple[int, ...]:
    """The weights of a character, more than one where it counts as several.

    >>> weights("ж") < weights("я"), weights("각") < weights("나"), weights("中") < weights("文")
    (True, True, True)
    """
    code = ord(char)
    if code in _UNIFIED or code in _UNIFIED_ELSEWHERE:
        return _implicit(code, 0xFB40)
    if any(code in block for block in _EXTENSIONS):
        return _implicit(code, 0xFB80)
    found = _listed(code)
    if found is not None:
        return found
    parts = unicodedata.normalize("NFD", char)
    return tuple(weight for part in parts for weight in weights(part)) if parts != char else _unlisted(code)


def _listed(code: int) -> tuple[int, ...] | None:
    table = _table()
    number = f"{code:04X}".ljust(6)
    start = table.find(f"\n{number};".encode())
    if start < 0:
        return None
    line = table[start : table.index(b"#", start)]
    primaries = (int(primary, 16) for primary in re.findall(rb"\[[.*]([0-9A-F]{4})", line))
    return tuple(primary for primary in primaries if primary)


def _unlisted(code: int) -> tuple[int, int]:
    for syllables, base in _SYLLABARIES.items():
        if code in syllables:
            return base, (code - syllables.start) | 0x8000
    return _implicit(code, 0xFBC0)


def _implicit(code: int, base: int) -> tuple[int, int]:
    return base + (code >> 15), (code & 0x7FFF) | 0x8000


@lru_cache(maxsize=1)
def _table() -> bytes:
    """The newest of the tables; b"" without pyuca, which leaves scripts in the order of their numbers."""
    spec = find_spec("pyuca")
    folders = spec.submodule_search_locations if spec else None
    if not folders:
        return b""
    names = [name for name in os.listdir(folders[0]) if name.startswith("allkeys-") and name.endswith(".txt")]
    if not names:
        return b""
    with open(os.path.join(folders[0], max(names, key=_version)), "rb") as file:
        return file.read()


def _version(name: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", name)]
