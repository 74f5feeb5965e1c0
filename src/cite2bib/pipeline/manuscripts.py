"""Manuscripts as they lie on the disk: their source with the parts that it reads, what it cites, its bibliographies."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cite2bib.diagnostics import Diagnostic, ReadError, Severity, Span, UsageError
from cite2bib.documents import citing
from cite2bib.documents.citing import latex, linked, typst
from cite2bib.extract.cited import SYNTAXES, citations
from cite2bib.formats.bibtex import coding
from cite2bib.light import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from cite2bib.documents.citing import Citation

_MOST_PARTS = 1_000
_NEAR = 75  # of 100: how alike a key must be to be suggested
_MERE_LISTS = {".aux", ".ipynb"}  # read for their keys alone
_PARTS_OF_TEX = frozenset(
    {"glyphtounicode", "pdfsync", "xy", "xypic", "psfig", "epsf", "amssym.def", "amssym"}
)


@dataclass(frozen=True, slots=True)
class Source:
    """A file of a manuscript."""

    path: str
    text: str
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A text that cites, with the files it is made of."""

    path: str
    syntax: str  # latex, pandoc, typst
    sources: tuple[Source, ...]
    keys: tuple[tuple[str, Span], ...]  # as often as they are cited, in the order of reading
    bibliographies: tuple[Path, ...] = ()  # that it names
    own: frozenset[str] = frozenset()  # keys that need no entry: it brings them along
    cites_all: bool = False
    biblatex: bool = False
    front: Mapping[str, Any] = field(default_factory=dict)
    diagnostics: tuple[Diagnostic, ...] = ()


def read(path: str) -> Manuscript:
    """A manuscript with all its parts; a part that is not there is told."""
    suffix = Path(path).suffix.lower()
    if suffix in _MERE_LISTS:
        return _listed(path, suffix)
    syntax = SYNTAXES.get(suffix)
    if not syntax:
        known = " ".join(sorted({*SYNTAXES, *_MERE_LISTS}))
        raise UsageError(f"{path}: no manuscript by its name; there are {known}")
    reading = _Reading(Path(path).parent, syntax)
    reading.take(Path(path), path)
    parts = list(reading.texts.items())
    sources = tuple(Source(name, text, tuple(_citations(text, name, syntax, parts))) for name, text in parts)
    keys = tuple(pair for source in sources for pair in _places(source))
    files = [name for _, text in parts for name in linked.bibliographies(text, syntax)]
    fields, told = front(parts[0][1], path) if syntax == "pandoc" else ({}, ())
    is_latex = syntax == "latex"
    return Manuscript(
        path,
        syntax,
        sources,
        tuple((key, span) for key, span in keys if key != "*"),
        tuple(
            Path(path).parent / name for name in dict.fromkeys([*files, *texts(fields.get("bibliography"))])
        ),
        frozenset().union(*(linked.own_keys(text) for _, text in parts)) if is_latex else _references(fields),
        any(linked.cites_all(text) for _, text in parts)
        if is_latex
        else "@*" in str(fields.get("nocite", "")),
        is_latex and any(linked.uses_biblatex(text) for _, text in parts),
        fields,
        (*reading.diagnostics, *told),
    )


@dataclass(slots=True)
class _Reading:
    """The files of one manuscript as they are found."""

    folder: Path  # of the main file: TeX looks from there, wherever a part lies
    syntax: str
    texts: dict[str, str] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def take(self, path: Path, name: str) -> None:
        """Read a file and all that it includes, each once, in the order of reading."""
        left = [(path, name)]
        seen: set[Path] = set()
        while left and len(seen) < _MOST_PARTS:
            path, name = left.pop(0)
            if path.resolve() in seen:
                continue
            seen.add(path.resolve())
            text = self.text(path, name)
            self.texts[name] = text
            left[:0] = list(self.parts(text, path, name))

    def text(self, path: Path, name: str) -> str:
        try:
            return coding.decode(path.read_bytes())[0]
        except OSError as error:
            raise ReadError(f"the manuscript can't be read: {error.strerror}", Span(name)) from None

    def parts(self, text: str, path: Path, name: str) -> Iterator[tuple[Path, str]]:
        for part in linked.parts(text, self.syntax):
            found = self.find(part.name, path)
            if found:
                yield found, str(found)
            elif part.name not in _PARTS_OF_TEX:
                message = f"{part.name} is not there: what it cites is not known"
                self.diagnostics.append(Diagnostic("missing-part", message, span_of(text, name, part.start)))

    def find(self, name: str, path: Path) -> Path | None:
        suffixes = ("", ".tex") if self.syntax == "latex" else ("",)
        folders = (self.folder, path.parent)
        places = [folder / f"{name.lstrip('/')}{suffix}" for folder in folders for suffix in suffixes]
        return next((place for place in places if place.is_file()), None)


def _citations(text: str, name: str, syntax: str, texts: list[tuple[str, str]]) -> list[Citation]:
    """The citations of one part, by what all parts define."""
    if syntax == "latex":
        return latex.find(text, frozenset().union(*(latex.aliases(other) for _, other in texts)))
    if syntax == "typst":
        return typst.find(text, frozenset().union(*(typst.labels(other) for _, other in texts)))
    return citations(text, name if Path(name).suffix.lower() in SYNTAXES else f"{name}.md")


def _places(source: Source) -> Iterator[tuple[str, Span]]:
    lines = citing.evened(source.text).split("\n")
    for found in citing.keys(source.citations, source.text):
        end = found.column + len(found.key)
        yield found.key, Span(source.path, found.line, found.column, end, lines[found.line - 1])


def span_of(text: str, path: str, start: int, end: int = 0) -> Span:
    """A stretch of a text as a place."""
    even = citing.evened(text)
    first = even.rfind("\n", 0, start) + 1
    stop = even.find("\n", start)
    source = even[first : stop if stop >= 0 else len(even)]
    return Span(
        path, even.count("\n", 0, start) + 1, start - first + 1, (end or start + 1) - first + 1, source
    )


def _listed(path: str, suffix: str) -> Manuscript:
    """A file that is read for its keys: what LaTeX noted in its .aux, the cells of a notebook."""
    from cite2bib.documents import registry

    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise ReadError(f"the manuscript can't be read: {error.strerror}", Span(path)) from None
    document, told = registry.get("tex" if suffix == ".aux" else "ipynb").read(data, path)
    keys = tuple((item.key, Span(path, item.line, item.column)) for item in document.cited)
    files = document.metadata.get("bibliography", "").split() if suffix == ".aux" else []
    syntax = "latex" if suffix == ".aux" else "pandoc"
    named = tuple(Path(path).parent / name for name in files)
    return Manuscript(path, syntax, (), keys, named, diagnostics=tuple(told))


def front(text: str, path: str) -> tuple[dict[str, Any], tuple[Diagnostic, ...]]:
    """The front matter's fields, and what a Quarto project says beside it; one that is no YAML is told, and as good as none."""
    from cite2bib.documents.citing.markdown import front_matter_end

    even = citing.evened(text)
    end = front_matter_end(even)
    inner = even[:end].lstrip("\ufeff").rstrip().removesuffix("...").rstrip("-")
    own, told = _fields(inner, path)
    around, further = _project(Path(path)) if Path(path).suffix.lower() == ".qmd" else ({}, ())
    return {**around, **own}, (*told, *further)


def _fields(text: str, path: str) -> tuple[dict[str, Any], tuple[Diagnostic, ...]]:
    from cite2bib.formats import safe_yaml

    if not text.strip():
        return {}, ()
    try:
        value, _ = safe_yaml.parse(text, path)
    except ReadError as error:
        return {}, (Diagnostic("front-matter", error.message, error.span, severity=Severity.WARNING),)
    return (value if isinstance(value, dict) else {}), ()


_OF_PROJECT = (
    "bibliography",
    "csl",
    "lang",
    "link-citations",
    "nocite",
    "suppress-bibliography",
    "notes-after-punctuation",
)


def _project(path: Path) -> tuple[dict[str, Any], tuple[Diagnostic, ...]]:
    """What the nearest `_quarto.yml` says of citations; its files lie beside it."""
    folder = next((item for item in path.resolve().parents if (item / "_quarto.yml").is_file()), None)
    if folder is None:
        return {}, ()
    place = folder / "_quarto.yml"
    fields, told = _fields(coding.decode(place.read_bytes())[0], str(place))
    found = {name: fields[name] for name in _OF_PROJECT if name in fields}
    if "bibliography" in found:
        found["bibliography"] = [_beside(folder, name, path) for name in texts(found["bibliography"])]
    if isinstance(found.get("csl"), str) and (folder / found["csl"]).is_file():
        found["csl"] = str(folder / found["csl"])
    return found, told


def _beside(folder: Path, name: str, path: Path) -> str:
    """A file of a project, seen from one of its manuscripts."""
    return os.path.relpath(folder / name, path.resolve().parent)


def texts(value: Any) -> list[str]:
    """A field that may hold one text or a list of them."""
    values = value if isinstance(value, list) else [value]
    return [str(item) for item in values if isinstance(item, str) and item]


def _references(front: Mapping[str, Any]) -> frozenset[str]:
    """The keys of works that a front matter holds itself."""
    found = front.get("references")
    rows = found if isinstance(found, list) else []
    return frozenset(str(row["id"]) for row in rows if isinstance(row, dict) and row.get("id"))


def meant(key: str, known: Collection[str]) -> str:
    """A question that names up to three keys like one that is missing, "" when there are none."""
    from rapidfuzz import fuzz, process

    near = process.extract(key, known, scorer=fuzz.ratio, processor=str.lower, score_cutoff=_NEAR, limit=3)
    return f"is {' or '.join(str(row[0]) for row in near)} meant?" if near else ""
