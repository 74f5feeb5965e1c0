r"""Where a value is text and where it is TeX: math, commands and verbatim arguments are nobody's to mend."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_GROUP = r"\{(?:[^{}]++|\{(?:[^{}]++|\{[^{}]*+\})*\})*\}"
# Arguments that are addresses, labels or code: nothing in them is text.
_VERBATIM = (
    "url|path|nolinkurl|doi|burl|urlprefix|cite[a-zA-Z]*|[a-z]+cite|ref|eqref|autoref|label|includegraphics|input|lstinline"
    "|detokenize|hypertarget|hyperlink"
)
_TOKEN = re.compile(
    rf"\\(?:{_VERBATIM})\*?(?![a-zA-Z])\s*(?:\[[^\]]*\])?\s*{_GROUP}"
    rf"|\\href\s*{_GROUP}"
    r"|\\ensuremath\s*" + _GROUP + r"|\\\(.{0,2000}?\\\)|\\\[.{0,2000}?\\\]"
    r"|\\[A-Za-z@]+\*?|\\.|\$\$.{0,2000}?\$\$|(?P<math>\$(?:[^$\\]|\\.)*\$)",
    re.DOTALL,
)
_CURRENCY = re.compile(r"\$\d[\d.,]*(?![\d.,]*\$)[^$\\^_=]{0,200}[A-Za-z]{2}[^$\\^_=]{0,200}\$(?=\d)")
_UNKNOWN = re.compile(r"\\(?:begin|verb|lstinline|catcode|def|newcommand|providecommand)(?![A-Za-z])")


def texts(value: str) -> Iterator[tuple[int, int]]:
    r"""The stretches of a value that are text and no TeX.

    >>> value = r"On $x_1$ \& \url{a_b} at_c"
    >>> [value[start:end] for start, end in texts(value)]
    ['On ', ' ', ' ', ' at_c']
    """
    if _UNKNOWN.search(value):
        return
    position = start = 0
    while found := _TOKEN.search(value, position):
        if found["math"] and _CURRENCY.match(value, found.start()):  # "$5 and $10"
            position = found.start() + 1
            continue
        if found.start() > start:
            yield start, found.start()
        position = start = found.end()
    if start < len(value):
        yield start, len(value)


def is_escaped(value: str, place: int) -> bool:
    """Whether an odd number of backslashes stands before a place."""
    count = 0
    while place - count > 0 and value[place - count - 1] == "\\":
        count += 1
    return count % 2 == 1


def depth_at_ends(value: str) -> tuple[int, int]:
    """How deep the braces of a value are at its lowest point and at its end, as BibTeX counts."""
    depth = lowest = 0
    for mark in re.findall(r"[{}]", value):
        depth += 1 if mark == "{" else -1
        lowest = min(lowest, depth)
    return lowest, depth
