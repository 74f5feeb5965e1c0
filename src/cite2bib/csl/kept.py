"""Styles and locales as they were read, kept in the user's cache: taking one back is six times as quick as reading its XML.

They are kept by their very text, and by the modules that read them. What is kept is data: nothing but the tuples of
`ast` is made of it, whatever the file says. A file that is broken, or can't be written, is done without.
"""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING, Any, TypeVar

from cite2bib import paths
from cite2bib.csl import ast

try:  # the module around these takes longer to load than they take to read a style
    from _pickle import Pickler, Unpickler
except ImportError:  # not in this Python
    from pickle import Pickler, Unpickler

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_MAKERS = ("ast", "elements", "style", "xmlread")  # modules: after a change of one, styles are read anew
_MOST = 100  # files: whoever renders in all styles of the world shall not find them all on his disk


class _Reader(Unpickler):
    """Makes what is in `ast`, and nothing else."""

    def find_class(self, module: str, name: str) -> Any:
        made = vars(ast).get(name) if module == ast.__name__ else None
        if not isinstance(made, type) or made.__module__ != module:
            raise ValueError(f"{module}.{name} is nothing that is kept")
        return made


def kept(name: str, text: str, read: Callable[[], T]) -> T:
    """What `read` makes of the text of a file of that name; taken from the cache if it was made of this very text before."""
    path = os.path.join(_folder(), f"{name}-{len(text)}")
    made_of = (_makers(), text)
    found = _taken(path)
    if isinstance(found, tuple) and found[:2] == made_of:
        return found[2]  # type: ignore[no-any-return]
    value = read()
    _keep(path, (*made_of, value))
    return value


def count() -> tuple[int, int]:
    """How many files are kept, and how many bytes they take."""
    sizes = [file.stat().st_size for file in _files()]
    return len(sizes), sum(sizes)


def forget() -> None:
    """Forget all."""
    for file in _files():
        os.unlink(file.path)


def _folder() -> str:
    return os.path.join(paths.cache_folder(), "styles")


def _files() -> list[os.DirEntry[str]]:
    try:
        with os.scandir(_folder()) as found:
            return list(found)
    except OSError:  # nothing was kept yet
        return []


def _makers() -> str:
    """What tells this package from others that would make something else of the same text."""
    folder = os.path.dirname(__file__)
    files = (os.stat(os.path.join(folder, f"{name}.py")) for name in _MAKERS)
    return repr([(file.st_mtime_ns, file.st_size) for file in files])


def _taken(path: str) -> object:
    try:
        with open(path, "rb") as file:
            return _Reader(file).load()
    except Exception:  # noqa: BLE001 - whatever stands there: the text itself is at hand
        return None


def _keep(path: str, row: tuple[object, ...]) -> None:
    """Write whole or not at all."""
    partial = f"{path}.{os.getpid()}"
    try:
        os.makedirs(_folder(), exist_ok=True)
        with open(partial, "wb") as file:
            Pickler(file, protocol=5).dump(row)
        os.replace(partial, path)
        _thin()
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(partial)


def _thin() -> None:
    """Forget what was kept longest ago."""
    files = sorted(_files(), key=lambda file: file.stat().st_mtime)
    for file in files[:-_MOST]:
        os.unlink(file.path)
