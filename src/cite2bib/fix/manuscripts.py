"""What documents cite, and renamed keys carried into them: LaTeX with what it inputs, .aux, Pandoc's Markdown, Typst.

The spans of keys are those of `documents.citing`, so comments and verbatim text are left alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib.diagnostics import UsageError
from cite2bib.documents.citing import blanked, latex, pandoc, typst
from cite2bib.formats.bibtex import coding
from cite2bib.formats.bibtex.syntax import Edit, apply
from cite2bib.light import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from cite2bib.documents.citing import Citation

_FINDERS: dict[str, Callable[[str], list[Citation]]] = {
    ".tex": latex.find, ".ltx": latex.find, ".latex": latex.find, ".sty": latex.find, ".cls": latex.find, ".rnw": latex.find,
    ".md": pandoc.find, ".markdown": pandoc.find, ".qmd": pandoc.find, ".rmd": pandoc.find, ".mdx": pandoc.find, ".txt": pandoc.find,
    ".typ": typst.find,
}  # fmt: skip
_TEX = frozenset({".tex", ".ltx", ".latex", ".rnw"})
_INPUT = re.compile(
    r"\\(?:input|include|subfile|subfileinclude)\s*\{([^{}]+)\}|\\input\s+([\w./-]+)|\\(?:sub)?import\*?\s*\{([^{}]*)\}\s*\{([^{}]+)\}"
)
_AUX_KEYS = re.compile(r"\\(?:citation|abx@aux@cite|bibcite)(?:\{\d+\})?\{([^{}]*)\}")
_AUX_INPUT = re.compile(r"\\@input\{([^{}]+)\}")
_BCF_KEY = re.compile(r"<bcf:citekey[^>]*>([^<]+)</bcf:citekey>")


@dataclass(frozen=True, slots=True)
class Cited:
    """What some documents cite."""

    keys: frozenset[str]
    everything: bool  # \nocite{*}
    texts: tuple[Path, ...]  # those in which keys can be renamed


def cited(paths: Iterable[Path]) -> Cited:
    """The keys that documents cite, those that they input among them."""
    keys: set[str] = set()
    texts: list[Path] = []
    for path in _with_parts(paths):
        if path.suffix.lower() in {".aux", ".bcf"}:
            keys |= set(_of_aux(path))
        else:
            texts.append(path)
            keys |= {key for key, _, _ in _cites(_text(path), path)}
    return Cited(frozenset(keys - {"*"}), "*" in keys or any(map(_cites_all, texts)), tuple(texts))


_NOCITE_ALL = re.compile(
    r"\\nocite\s*\{\s*\*\s*\}|^nocite:(?:\s*\|)?\s*['\"]?@\*|^\s+-?\s*['\"]?@\*|full\s*:\s*true", re.MULTILINE
)


def _cites_all(path: Path) -> bool:
    text = _text(path)
    if path.suffix.lower() in _TEX:
        text = blanked(text, latex.HIDDEN)
    return bool(_NOCITE_ALL.search(text))


def _with_parts(paths: Iterable[Path]) -> list[Path]:
    """The documents, and those that LaTeX reads on their behalf, each once."""
    found: dict[Path, None] = {}
    waiting = [(path, path.parent) for path in paths]
    while waiting:
        path, root = waiting.pop(0)
        if path in found:
            continue
        _check(path)
        found[path] = None
        waiting += [(part, root) for part in _parts(path, root) if part.is_file()]
    return list(found)


def _check(path: Path) -> None:
    if not path.is_file():
        raise UsageError(f"there is no document {path}")
    suffix = path.suffix.lower()
    if suffix not in _FINDERS and suffix not in {".aux", ".bcf"}:
        known = ", ".join([*_FINDERS, ".aux", ".bcf"])
        raise UsageError(f"{path}: citations are found in {known}")


def _parts(path: Path, root: Path) -> Iterator[Path]:
    suffix = path.suffix.lower()
    if suffix == ".aux":
        yield from (root / name for name in _AUX_INPUT.findall(_text(path)))
    elif suffix in _TEX:
        for found in _INPUT.finditer(blanked(_text(path), latex.HIDDEN)):
            name = (found[1] or found[2] or f"{found[3]}/{found[4]}").strip()
            for folder in dict.fromkeys((root, path.parent)):
                yield from (folder / candidate for candidate in (name, f"{name}.tex"))


def _of_aux(path: Path) -> Iterator[str]:
    text = _text(path)
    for found in (_BCF_KEY if path.suffix.lower() == ".bcf" else _AUX_KEYS).findall(text):
        yield from (key.strip() for key in found.split(",") if key.strip())


def _text(path: Path) -> str:
    return coding.decode(path.read_bytes())[0]


def _cites(text: str, path: Path) -> Iterator[tuple[str, int, int]]:
    """Each cited key and where it stands, each place once."""
    even = text.replace("\r\n", " \n")  # places stay, and lines end where the finders look for it
    seen = set()
    for citation in _FINDERS[path.suffix.lower()](even):
        for cite in citation.cites:
            if cite.start not in seen:
                seen.add(cite.start)
                yield cite.key, cite.start, cite.end


def renamed(path: Path, keys: Mapping[str, str]) -> tuple[bytes, bytes]:
    """The bytes of a document, and those with its keys renamed: the very same where it cites none of them."""
    data = path.read_bytes()
    text, how = coding.decode(data)
    edits = [
        Edit(start, end, keys[key])
        for key, start, end in _cites(text, path)
        if key in keys and text[start:end] == key
    ]
    return data, coding.encode(apply(text, edits), how) if edits else data
