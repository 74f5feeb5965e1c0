"""Paths without `pathlib`, which takes three milliseconds to load: what each start needs of them."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LOCK = "cite2bib.lock"


def suffix(path: str) -> str:
    """The suffix of a file's name in small letters, with its dot.

    >>> suffix("refs/My.Works.BIB"), suffix(".bashrc"), suffix("README")
    ('.bib', '', '')
    """
    return os.path.splitext(path)[1].lower()


def cache_folder() -> str:
    """What can be had again: answers of catalogues, styles as they were read."""
    if sys.platform == "linux":
        return _folder("XDG_CACHE_HOME", "~/.cache")
    from platformdirs import user_cache_dir

    return user_cache_dir("cite2bib", appauthor=False)


def data_folder() -> str:
    """What was made at some cost: the index."""
    if sys.platform == "linux":
        return _folder("XDG_DATA_HOME", "~/.local/share")
    from platformdirs import user_data_dir

    return user_data_dir("cite2bib", appauthor=False)


def lock_file(inputs: Iterable[str]) -> str:
    """The lock file beside the inputs, or in the working folder; "" where there is none."""
    given = [path for path in inputs if path != "-"]
    folders = [path if os.path.isdir(path) else os.path.dirname(path) for path in given]
    above = [os.path.dirname(folder.rstrip("/")) for folder in folders if os.path.isdir(folder or ".")]
    places = (os.path.join(folder, LOCK) for folder in dict.fromkeys([*folders, *above, ""]))
    return next((place for place in places if os.path.isfile(place)), "")


def _folder(variable: str, usual: str) -> str:
    """On Linux, where the rule is one line, nothing is loaded to know it."""
    folder = os.environ.get(variable, "").strip() or usual
    return os.path.join(os.path.expanduser(folder), "cite2bib")
