"""Styles and locales as they were read, kept in the user's cache: taking one back is six times as quick as reading its XML.

They are kept by their very text, and by the modules that read them. What is kept is data: nothing but the tuples of
`ast` is made of it, whatever the file says. A file that is broken, or can't be written, is done without.
"""

from __future__ import annotations

import contextlib
import io
import os
import zlib
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


def kept(text: str, read: Callable[[], T]) -> T:
    """What `read` makes of a text; taken from the cache if it was made of this very text before."""
    path = _path(text)
    found = _taken(path)
    if found is None:
        found = read()
        _keep(path, found)
    return found  # type: ignore[no-any-return]


def _path(text: str) -> str:
    data = text.encode("utf-8", "surrogatepass")
    name = f"{zlib.crc32(data):08x}{zlib.adler32(data):08x}-{zlib.crc32(_maker()):08x}"
    return os.path.join(paths.cache_folder(), "styles", name)


def _maker() -> bytes:
    """What tells this package from others that would make something else of the same text."""
    folder = os.path.dirname(__file__)
    files = (os.stat(os.path.join(folder, f"{name}.py")) for name in _MAKERS)
    return repr([(file.st_mtime_ns, file.st_size) for file in files]).encode()


def _taken(path: str) -> Any:
    try:
        with open(path, "rb") as file:
            check, data = file.read(4), file.read()
        return _Reader(io.BytesIO(data)).load() if check == _check(data) else None
    except Exception:  # noqa: BLE001 - whatever stands there: the text itself is at hand
        return None


def _check(data: bytes) -> bytes:
    return zlib.crc32(data).to_bytes(4, "big")


def _keep(path: str, found: object) -> None:
    """Write whole or not at all."""
    packed = io.BytesIO()
    Pickler(packed, protocol=5).dump(found)
    data = packed.getvalue()
    partial = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(partial, "wb") as file:
            file.write(_check(data) + data)
        os.replace(partial, path)
        _thin(os.path.dirname(path))
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(partial)


def _thin(folder: str) -> None:
    """Forget what was kept longest ago."""
    with os.scandir(folder) as found:
        files = sorted(found, key=lambda file: file.stat().st_mtime)
    for file in files[:-_MOST]:
        os.unlink(file.path)
