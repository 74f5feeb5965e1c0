"""Which module reads which container: a new one is one module and one row of `CONTAINERS`.

A row's module is loaded when a file needs it, and has `read_NAME(data, path) -> Parsed` and `sniff_NAME(data) -> bool`.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from cite2bib import paths
from cite2bib.diagnostics import Diagnostic, UsageError
from cite2bib.light import NamedTuple

if TYPE_CHECKING:
    from cite2bib.documents import Document


class Parsed(NamedTuple):
    """What reading a container gives: the document, and whatever was skipped or guessed."""

    document: Document
    diagnostics: tuple[Diagnostic, ...] = ()


class Container(NamedTuple):
    """A row of the table."""

    name: str
    title: str
    module: str
    suffixes: tuple[str, ...]
    magic: tuple[bytes, ...] = ()  # how a binary container starts; without any it is a text
    signs: tuple[bytes, ...] = ()  # a text without any of these is surely of another container

    def _function(self, verb: str) -> object:
        return getattr(import_module(f"cite2bib.documents.{self.module}"), f"{verb}_{self.name}")

    def read(self, data: bytes, path: str) -> Parsed:
        """The document in these bytes; an unreadable whole raises `ReadError`. The path is not opened."""
        return self._function("read")(data, path)  # type: ignore[operator, no-any-return]

    def sniff(self, data: bytes) -> bool:
        """Whether these bytes are certainly of this container; `magic` and `signs` are asked first, and load nothing."""
        if self.magic and not data.startswith(self.magic):
            return False
        if self.signs and not any(sign in data for sign in self.signs):
            return False
        return bool(self._function("sniff")(data))  # type: ignore[operator]


_OF_TEX = (b"\\document", b"\\begin{", b"\\bib", b"\\section", b"\\relax", b"\\citation{")
_OF_TYPST = (b"#import", b"#let", b"#set", b"#show", b"#include")
# Content decides before names, in this order; "text" is what nothing else wanted.
CONTAINERS: tuple[Container, ...] = (
    Container("pdf", "PDF", "pdf", (".pdf",), (b"%PDF-",)),
    Container("docx", "a Word document", "docx", (".docx", ".docm", ".dotx"), (b"PK\x03\x04",)),
    Container("odt", "an OpenDocument text", "odt", (".odt", ".ott"), (b"PK\x03\x04",)),
    Container("epub", "EPUB", "epub", (".epub",), (b"PK\x03\x04",)),
    Container("tex", "LaTeX", "tex", (".tex", ".ltx", ".bbl", ".aux", ".rnw"), signs=_OF_TEX),
    Container("ipynb", "a Jupyter notebook", "ipynb", (".ipynb",), signs=(b'"nbformat"',)),
    Container("typst", "Typst", "typ", (".typ",), signs=_OF_TYPST),
    Container(
        "html",
        "HTML",
        "html",
        (".html", ".htm", ".xhtml"),
        signs=(b"</", b"<!", b"<html", b"<head", b"<body"),
    ),
    Container("markdown", "Markdown", "markdown", (".md", ".markdown", ".mdown", ".qmd", ".rmd", ".mdx")),
    Container("table", "a table (CSV or TSV)", "table", (".csv", ".tsv", ".tab")),
    Container("text", "plain text", "text", (".txt", ".text")),
)
_BY_NAME = {item.name: item for item in CONTAINERS}


def get(name: str) -> Container:
    """The container of that name; an unknown one raises `UsageError` and lists those there are."""
    try:
        return _BY_NAME[name.lower()]
    except KeyError:
        raise UsageError(f"no document is named {name!r}; there are {', '.join(_BY_NAME)}") from None


def for_suffix(path: str) -> Container | None:
    """The container that a file's name promises, if any."""
    suffix = paths.suffix(path)
    return next((item for item in CONTAINERS if suffix and suffix in item.suffixes), None)


def choose(data: bytes, path: str) -> Container:
    """The container of a file: what its bytes say, else a text container its name promises, else plain text."""
    sniffed = next((item for item in CONTAINERS if item.name != "text" and item.sniff(data)), None)
    if sniffed:
        return sniffed
    promised = for_suffix(path)
    return promised if promised and not promised.magic else get("text")


def read(data: bytes, path: str) -> Parsed:
    """A document from bytes, by what they are."""
    return choose(data, path).read(data, path)
