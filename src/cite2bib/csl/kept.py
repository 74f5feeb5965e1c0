"""Styles and locales as they were read, kept in the user's cache: taking one back is ten times as quick as reading its XML.

As Python does with its modules, a file is told by its place, size and times, and what is kept holds for the modules that read
it. It is data: nothing but the tuples of `ast` is made of it, whatever it says. A file of the cache that is broken, or can't
be written, is done without.
"""

from __future__ import annotations

import contextlib
import os
import time
from functools import partial
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
_SETTLED_NS = 2 * 10**9  # a file that is younger may change again within one tick of its clock


class _Writer(Pickler):
    """Writes tuples of ours by their values alone."""

    def reducer_override(self, value: Any) -> Any:
        made_of = isinstance(value, tuple) and type(value).__module__ == ast.__name__
        return (type(value), ((*value,),)) if made_of else NotImplemented


class _Reader(Unpickler):
    """Makes what is in `ast`, and nothing else; tuples without their constructors, which take as long as all else."""

    def find_class(self, module: str, name: str) -> Any:
        made = vars(ast).get(name) if module == ast.__name__ else None
        if not isinstance(made, type) or made.__module__ != module:
            raise ValueError(f"{module}.{name} is nothing that is kept")
        return partial(tuple.__new__, made) if issubclass(made, tuple) else made


def kept(path: str, read: Callable[[], T]) -> T:
    """What `read` makes of a file; taken from the cache if it was made of this very file before."""
    try:
        file = os.stat(path)
    except OSError:
        return read()  # which says why
    made_of = (_makers(), path, os.path.abspath(path), file.st_size, file.st_mtime_ns, file.st_ctime_ns)
    place = os.path.join(_folder(), f"{os.path.basename(path)}-{file.st_mtime_ns:x}")
    found = _taken(place)
    if isinstance(found, tuple) and found[:1] == (made_of,):
        return found[1]  # type: ignore[no-any-return]
    value = read()
    if time.time_ns() - file.st_mtime_ns > _SETTLED_NS:
        _keep(place, (made_of, value))
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


def _makers() -> tuple[tuple[int, int], ...]:
    """What tells this package from others that would make something else of the same file."""
    folder = os.path.dirname(__file__)
    files = (os.stat(os.path.join(folder, f"{name}.py")) for name in _MAKERS)
    return tuple((file.st_mtime_ns, file.st_size) for file in files)


def _taken(path: str) -> object:
    try:
        with open(path, "rb", buffering=0) as file:
            return _Reader(file).load()
    except Exception:  # noqa: BLE001 - whatever stands there: the file itself is at hand
        return None


def _keep(path: str, row: tuple[object, ...]) -> None:
    """Write whole or not at all."""
    partial = f"{path}.{os.getpid()}"
    try:
        os.makedirs(_folder(), exist_ok=True)
        with open(partial, "wb") as file:
            _Writer(file, protocol=5).dump(row)
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
