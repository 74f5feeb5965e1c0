"""Regular expressions that are compiled when first used.

Compiling the few hundred of this package takes as long as reading a page with them, and a run needs about half: the others
would be compiled for nothing.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, cast

_METHODS = ("search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer")


class _Late:
    """Stands for a pattern; from its first use on it has the pattern's own methods, and costs nothing."""

    def __init__(self, source: str | bytes, flags: int) -> None:
        self._source, self._flags = source, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        compiled = re.compile(self._source, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def late(source: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """A pattern to call methods of.

    >>> late("[0-9]+").findall("7 of 9")
    ['7', '9']
    """
    return cast("re.Pattern[AnyStr]", _Late(source, flags))
