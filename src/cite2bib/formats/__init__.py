"""Bibliographic formats: bytes to works and works to text, each in one module.

A new format is one module and one row of `FORMATS`. A module is loaded when its format is used.
"""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING

from cite2bib import paths
from cite2bib.diagnostics import Diagnostic, UsageError
from cite2bib.light import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cite2bib.model import Work


class ReadResult(NamedTuple):
    """What reading gives: the works, and whatever was skipped or guessed."""

    works: tuple[Work, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


class Written(NamedTuple):
    """What writing gives: the text, and a diagnostic for each thing the format has no place for."""

    text: str
    losses: tuple[Diagnostic, ...] = ()


class WriteOptions(NamedTuple):
    """What a user may choose of a format's output; a format ignores what it does not know."""

    abstracts: bool = True
    losses: bool = True  # whether to find out what is lost, where that costs time


class Format(NamedTuple):
    """A row of the table: `module` has `read_NAME`, `write_NAME` and `sniff_NAME` as far as the flags say so."""

    name: str  # as in `-t NAME`; hyphens become underscores in the names of functions
    title: str
    module: str
    suffixes: tuple[str, ...]
    reads: bool = True
    writes: bool = True
    sign: str = ""  # what a text of this format must hold near its start: tells without loading the module

    def _function(self, verb: str) -> object:
        return getattr(
            import_module(f"cite2bib.formats.{self.module}"), f"{verb}_{self.name.replace('-', '_')}"
        )

    def read(self, data: bytes, path: str) -> ReadResult:
        """Works from bytes; a broken record costs that record, an unreadable whole raises `ReadError`.

        The path names the bytes in origins and diagnostics; it is not opened.
        """
        if not self.reads:
            raise UsageError(f"{self.title} can be written but not read")
        return self._function("read")(data, path)  # type: ignore[operator, no-any-return]

    def write(self, works: Sequence[Work], options: WriteOptions | None = None) -> Written:
        """Text from works."""
        if not self.writes:
            raise UsageError(f"{self.title} can be read but not written")
        return self._function("write")(works, options or WriteOptions())  # type: ignore[operator, no-any-return]

    def sniff(self, head: str) -> bool:
        """Whether the first kilobytes of a text look like this format."""
        signed = self.reads and re.search(self.sign, head, re.MULTILINE)
        return bool(signed and self._function("sniff")(head))  # type: ignore[operator]


FORMATS: tuple[Format, ...] = (
    Format("bibtex", "BibTeX", "bibtex", (".bib",), sign=r"^[ \t]*+@\s*+\w++\s*+[{(]"),
    Format("biblatex", "BibLaTeX", "bibtex", (), sign=r"^[ \t]*+@\s*+\w++\s*+[{(]"),
    Format("csljson", "CSL-JSON", "csljson", (".json",), sign=r"\A\ufeff?\s*[\[{]"),
    Format("zotero", "CSL-JSON for Zotero", "csljson", (), reads=False),
    Format("jsonl", "JSON lines", "jsonl", (".jsonl", ".ndjson"), sign=r"\A\ufeff?\s*\{"),
    Format("csl-yaml", "CSL-YAML", "csl_yaml", (), sign=r"^[ \t]*+(?:-\s++)?(?:references|id|type):"),
    Format(
        "hayagriva", "Hayagriva (Typst)", "hayagriva", (".yml", ".yaml"), sign=r"^[^\s#].*:[ \t]*(?:#.*)?$"
    ),
    Format("ris", "RIS", "ris", (".ris",), sign=r"^\ufeff?[ \t]*+[A-Z][A-Z\d]\s{0,3}-"),
    Format("nbib", "NBIB (PubMed)", "nbib", (".nbib",), sign=r"^(?:PMID|[A-Z]{2,4} {0,2}) ?- ?"),
    Format("endnote-xml", "EndNote XML", "endnote_xml", (), sign=r"(?i)<(?:xml|records|record)\b"),
    Format("mods", "MODS", "mods", (".mods",), sign=r"(?i)<(?:\w+:)?mods"),
    Format("cff", "CITATION.cff", "cff", (".cff",), sign=r"^['\" \t]*+cff-version"),
    Format(
        "pubmed-xml", "PubMed XML", "pubmed_xml", (), writes=False, sign=r"(?i)<(?:Pubmed|MedlineCitation)"
    ),
    Format(
        "feed", "RSS or Atom", "feed", (".rss", ".atom"), writes=False, sign=r"<(?:rss|feed|rdf:RDF)[\s>]"
    ),
    Format("crossref", "Crossref's answers", "saved", (), writes=False, sign=r"\A\ufeff?\s*[\[{]"),
    Format("openalex", "OpenAlex's answers", "saved", (), writes=False, sign=r"\A\ufeff?\s*[\[{]"),
    Format("datacite", "DataCite's answers", "saved", (), writes=False, sign=r"\A\ufeff?\s*[\[{]"),
    Format("enw", "EndNote tagged", "enw", (".enw", ".ref"), writes=False, sign=r"^\ufeff?%[0A-Z](?:\s|$)"),
    Format(
        "isi", "ISI (Web of Science)", "isi", (".isi", ".ciw"), writes=False, sign=r"^\ufeff?(?:FN|PT|VR) "
    ),
    Format("markdown", "Markdown list", "markdown", (), reads=False),
    Format("html", "HTML list", "html", (), reads=False),
    Format("thebibliography", "LaTeX thebibliography", "thebibliography", (), reads=False),
    Format("csv", "CSV table", "csv", (".csv",), reads=False),
)
_BY_NAME = {item.name: item for item in FORMATS}


def get(name: str) -> Format:
    """The format of that name; an unknown one raises `UsageError` and lists those there are."""
    try:
        return _BY_NAME[name.lower()]
    except KeyError:
        raise UsageError(f"no format is named {name!r}; there are {', '.join(_BY_NAME)}") from None


def for_suffix(path: str) -> Format | None:
    """The format that a file's name promises, if any."""
    suffix = paths.suffix(path)
    return next((item for item in FORMATS if suffix in item.suffixes), None)
