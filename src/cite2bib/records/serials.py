"""ISBNs and ISSNs out of the texts in which they stand together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_ISBN = re.compile(r"(?<![\w-])(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx](?![\w-])")
_ISSN = re.compile(r"(?<![\w-])\d{4}-?\d{3}[\dXx](?![\w-])")


def standard_numbers(texts: Iterable[str]) -> tuple[list[str], list[str], list[str]]:
    """ISBNs, ISSNs and the texts that hold neither, each once, as they are written.

    >>> standard_numbers(["2325-9671 (electronic)", "978-3-16-148410-0", "US 3"])
    (['978-3-16-148410-0'], ['2325-9671'], ['US 3'])
    """
    isbns: dict[str, None] = {}
    issns: dict[str, None] = {}
    rest: list[str] = []
    for text in texts:
        found = _ISBN.findall(text)
        isbns |= dict.fromkeys(number.strip() for number in found)
        serial = [] if found else _ISSN.findall(text)
        issns |= dict.fromkeys(serial)
        if not (found or serial):
            rest.append(text)
    return list(isbns), list(issns), rest
