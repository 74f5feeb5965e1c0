r"""LaTeX sources, .aux and .bbl files: sections and paragraphs, what they cite, and the \bibitem entries they hold."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from cite2bib.documents import Block, Cited, Document, bbl
from cite2bib.documents.citing import blanked, keys, latex, linked
from cite2bib.documents.decoding import HEAD, decode
from cite2bib.documents.detex import closing, plain
from cite2bib.documents.registry import Parsed
from cite2bib.model import Origin, Work

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNS = re.compile(
    rb"\\(?:documentclass|begin\{document\}|begin\{thebibliography\}|bibitem\b|section\*?\{|relax \n\\|entry\{|bibdata\{|citation\{|documentstyle)"
)


def sniff_tex(data: bytes) -> bool:
    """Whether a text is surely LaTeX."""
    head = data[:HEAD]
    return b"\\" in head and bool(_SIGNS.search(head)) and b"\x00" not in head


def read_tex(data: bytes, path: str) -> Parsed:
    """The sections, paragraphs and bibliography of a LaTeX source; keys are cited as often as the text does so."""
    decoded = decode(data, path)
    text = decoded.text
    if (text.lstrip().startswith("\\relax") and "\\citation{" in text) or path.lower().endswith(".aux"):
        return Parsed(_from_aux(text, path), decoded.diagnostics)
    shown = blanked(text, latex.HIDDEN)
    cited = tuple(keys(latex.find(text), text))
    listed = list(_items(shown, path))
    blocks = (*_prose(shown), *(item for item in listed if isinstance(item, Block)))
    works = (*(item for item in listed if isinstance(item, Work)), *bbl.entries(shown, path))
    metadata = MappingProxyType(dict(_stated(shown)))
    return Parsed(Document(path, blocks, metadata, cited, works), decoded.diagnostics)


_CITATION = re.compile(r"\\(?:citation|abx@aux@cite)(?:\{0\})?\{([^{}]*)\}")
_DATABASE = re.compile(r"\\(?:bibdata|abx@aux@refcontext@none)\{([^{}]*)\}")


def _from_aux(text: str, path: str) -> Document:
    r"""What a run of LaTeX noted: `\\citation{a,b}`, `\\bibdata{refs}`."""
    cited = []
    for found in _CITATION.finditer(text):
        line = text.count("\n", 0, found.start()) + 1
        cited += [Cited(key.strip(), line) for key in found[1].split(",") if key.strip() not in {"", "*"}]
    databases = [name for found in _DATABASE.finditer(text) for name in found[1].split(",") if name]
    return Document(
        path,
        (),
        MappingProxyType({"bibliography": " ".join(map(linked.file_of, databases))} if databases else {}),
        tuple(cited),
    )


_STATED = re.compile(r"\\(title|author|date)\s*(?:\[[^\[\]]*\])?\s*(?=\{)")


def _stated(text: str) -> Iterator[tuple[str, str]]:
    """Title, authors and date of the source, and the files of its bibliography parted by spaces."""
    names = {"title": "title", "author": "author", "date": "issued"}
    for found in _STATED.finditer(text):
        value = _braced(text, found.end())
        if value:
            yield (
                names[found[1]],
                _people(value)
                if found[1] == "author"
                else plain(re.sub(r"\\thanks\s*\{[^{}]*\}", "", value)),
            )
    files = linked.bibliographies(text, "latex")
    if files:
        yield "bibliography", " ".join(files)


def _people(value: str) -> str:
    bare = re.sub(r"\\(?:thanks|inst|affil|email|orcidID|footnote)\s*\{[^{}]*\}", "", value)
    return "; ".join(
        name for part in re.split(r"\\and\b|\\AND\b|\\And\b", bare) if (name := plain(part.split("\\\\")[0]))
    )


def _braced(text: str, start: int) -> str:
    """What stands in the braces that open at a place."""
    return text[start + 1 : closing(text[: start + 10_000], start) - 1]


_LONGEST = 5_000  # characters of one entry
_ITEM = re.compile(r"\\bibitem(?![A-Za-z])\s*(?:%[^\n]*\n\s*)?")
_HARVARD = re.compile(r"\\harvarditem(?![A-Za-z])\s*")  # \harvarditem[short]{long}{year}{key}
_LIST_END = re.compile(r"\\end\{thebibliography\}|\\(?:bib|harvard)item(?![A-Za-z])")


def _items(text: str, path: str) -> Iterator[Block | Work]:
    """The entries of every thebibliography, each under its key; whole works where their parts are named."""
    for found in sorted([*_ITEM.finditer(text), *_HARVARD.finditer(text)], key=lambda item: item.start()):
        place = found.end()
        if text[place : place + 1] == "[":
            place = _after_label(text, place)
        for _ in range(2 if found.re is _HARVARD else 0):
            place = closing(text[: place + _LONGEST], text.find("{", place))
        key = re.match(r"\s*(?:%[^\n]*\n\s*)?\{([^{}]*)\}", text[place : place + 400])
        if not key:
            continue
        start = place + key.end()
        end = _LIST_END.search(text, start)
        source = text[start : min(end.start() if end else len(text), start + _LONGEST)]
        line = text.count("\n", 0, found.start()) + 1
        work = bbl.from_bibinfo(source, key[1].strip(), Origin(path, str(line)))
        if work:
            yield work
        elif body := plain(source):
            yield Block(body, line, "reference", key=key[1].strip())


def _after_label(text: str, start: int) -> int:
    """Behind the bracket that closes a label, which may hold braces with brackets."""
    depth = 0
    for place in range(start, min(len(text), start + 2_000)):
        char = text[place]
        depth += {"{": 1, "}": -1}.get(char, 0)
        if char == "]" and depth <= 0:
            return place + 1
    return start


_HEADING = re.compile(
    r"\\(part|chapter|section|subsection|subsubsection|paragraph)\*?\s*(?:\[[^\[\]]*\])?\s*(?=\{)"
)
_LEVELS = {"part": 1, "chapter": 1, "section": 1, "subsection": 2, "subsubsection": 3, "paragraph": 4}
_OUTSIDE = re.compile(
    r"\\begin\{(thebibliography|equation|align|figure|table|tabular|tikzpicture|algorithm)(\*?)\}.*?(?:\\end\{\1\2\}|\Z)",
    re.DOTALL,
)


def _prose(text: str) -> Iterator[Block]:
    r"""Headings and paragraphs between \\begin{document} and the bibliography."""
    begin = text.find("\\begin{document}")
    start = begin + len("\\begin{document}") if begin >= 0 else 0
    shown = blanked(text, (_OUTSIDE,))
    for found in re.finditer(r"\S.*?(?=\n[ \t]*\n|\Z)", shown[start:], re.DOTALL):
        yield from _paragraph(shown, start + found.start(), start + found.end())


def _paragraph(text: str, start: int, end: int) -> Iterator[Block]:
    place = start
    for found in _HEADING.finditer(text, start, end):
        yield from _block(text, place, found.start())
        inner = _braced(text, found.end())
        if heading := plain(inner):
            yield Block(heading, text.count("\n", 0, found.start()) + 1, "heading", _LEVELS[found[1]])
        place = found.end() + len(inner) + 2
    yield from _block(text, place, end)


def _block(text: str, start: int, end: int) -> Iterator[Block]:
    source = text[start:end]
    if re.search(r"[^\W\d_]{2}", re.sub(r"\\[A-Za-z]+", "", source)):
        shown = plain(source)
        if shown:
            lead = len(source) - len(source.lstrip())
            yield Block(shown, text.count("\n", 0, start + lead) + 1)
