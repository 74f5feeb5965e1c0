"""The files a user means: files, folders and `-` in, named bytes out, read one at a time and only when asked."""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

from cite2bib.diagnostics import ReadError, Span
from cite2bib.light import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator
    from pathlib import Path

    from pathspec import GitIgnoreSpec

STDIN = "<stdin>"

# What a `.gitignore` says of a path (and whether that is a folder): True ignored, False wanted after all, None nothing.
Rule: TypeAlias = "Callable[[str, bool], bool | None]"


class Found(NamedTuple):
    """A file that was found: its name as the user would write it, its bytes when asked for."""

    path: str
    fault: str = ""  # why it can't be read; told when it is read
    stream: BinaryIO | None = None

    def read(self) -> bytes:
        """The bytes; whatever is in the way raises `ReadError` with the path."""
        if self.fault:
            raise ReadError(self.fault, Span(self.path))
        try:
            if self.stream:
                return self.stream.read()
            with open(self.path, "rb") as file:
                return file.read()
        except OSError as error:
            raise ReadError(_reason(error), Span(self.path)) from error


def find(
    inputs: Iterable[str | Path], *, stdin: BinaryIO | None = None, skip: Collection[str | Path] = ()
) -> Iterator[Found]:
    """The files that inputs name, each once, folders walked in the order of their names.

    Inside folders, hidden files and what a `.gitignore` there names are left out; so is `skip` (files this run
    writes). What is missing or unreadable is found too, and says so when it is read.
    """
    walk = _Walk({_real(path) for path in skip})
    for given in inputs:
        if str(given) == "-":
            yield Found(STDIN, stream=stdin or sys.stdin.buffer)
        else:
            yield from walk.given(_plain(str(given)))


def _real(path: str | Path) -> str:
    return os.path.realpath(path)


def _plain(path: str) -> str:
    """A path with slashes, without steps that lead nowhere.

    >>> _plain("./seeds//one.txt"), _plain("/tmp/"), _plain("../here/."), _plain("./")
    ('seeds/one.txt', '/tmp', '../here', '.')
    """
    path = path.replace(os.sep, "/")
    parts = [part for part in path.split("/") if part not in {"", "."}]
    return "/" * path.startswith("/") + "/".join(parts) or "."


def _reason(error: OSError) -> str:
    """What the system says, in the words of this command line."""
    reasons = {
        FileNotFoundError: "no such file or folder",
        PermissionError: "permission denied",
        IsADirectoryError: "is a folder",
    }
    return reasons.get(type(error)) or f"can't be read: {(error.strerror or str(error)).lower()}"


class _Walk:
    """One journey over inputs; it remembers where it has been, so that links can't lead it round in circles."""

    def __init__(self, seen: set[str]) -> None:
        self.seen = seen

    def given(self, path: str) -> Iterator[Found]:
        try:
            mode = os.stat(path).st_mode
        except OSError as error:
            yield Found(path, _fault_of(path, error))
            return
        if not stat.S_ISDIR(mode):
            yield from self._once(path)
            return
        if _real(path) in self.seen:
            return
        self.seen.add(_real(path))
        found = False
        for item in self._folder(path, ()):
            found = True
            yield item
        if not found:
            yield Found(path, "nothing to read in this folder")

    def _once(self, path: str) -> Iterator[Found]:
        real = _real(path)
        if real not in self.seen:
            self.seen.add(real)
            yield Found(path)

    def _folder(self, folder: str, ignored: tuple[Rule, ...]) -> Iterator[Found]:
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            yield Found(folder, _reason(error))
            return
        rules = (*ignored, *_rules(folder))
        for entry in entries:
            if not entry.name.startswith("."):
                yield from self._entry(entry, rules)

    def _entry(self, entry: os.DirEntry[str], rules: tuple[Rule, ...]) -> Iterator[Found]:
        path = _plain(entry.path)
        try:
            is_folder, is_file = entry.is_dir(), entry.is_file()
        except OSError as error:  # a link that leads to itself
            yield Found(path, _fault_of(path, error))
            return
        if _is_ignored(path, is_folder, rules):
            return
        if is_folder:
            real = _real(path)
            if real not in self.seen:
                self.seen.add(real)
                yield from self._folder(path, rules)
        elif is_file:
            yield from self._once(path)
        elif entry.is_symlink():
            yield Found(path, "a link that leads nowhere")


def _fault_of(path: str, error: OSError) -> str:
    return "a link that leads nowhere" if os.path.islink(path) else _reason(error)


def _rules(folder: str) -> Iterator[Rule]:
    """What the `.gitignore` of a folder says, if there is one."""
    try:
        with open(os.path.join(folder, ".gitignore"), encoding="utf-8", errors="replace") as file:
            lines = file.read().splitlines()
    except OSError:
        return
    from pathspec import GitIgnoreSpec  # only folders with such a file need it

    yield _rule(folder, GitIgnoreSpec.from_lines(lines))


def _rule(folder: str, spec: GitIgnoreSpec) -> Rule:
    def says(path: str, is_folder: bool) -> bool | None:
        name = path if folder == "." else path.removeprefix(folder).lstrip("/")
        return spec.check_file(f"{name}/" if is_folder else name).include

    return says


def _is_ignored(path: str, is_folder: bool, rules: tuple[Rule, ...]) -> bool:
    """The innermost `.gitignore` that says anything decides (https://git-scm.com/docs/gitignore)."""
    for says in reversed(rules):
        verdict = says(path, is_folder)
        if verdict is not None:
            return verdict
    return False
