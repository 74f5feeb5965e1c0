r"""What a manuscript's source says of other files: parts that are read with it, bibliographies, keys of its own.

`\input{chapter}`, `{{< include part.qmd >}}`, `#include "part.typ"`; `\bibliography{refs}`, `#bibliography("refs.bib")`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib.documents.citing import blanked, evened, latex
from cite2bib.light import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class Part(NamedTuple):
    """A file that is read with another: its name as written, and where it is named."""

    name: str
    start: int


_LATEX_PART = re.compile(
    r"\\(?:input|include|subfile|subfileinclude|loadglsentries)\s*\{(?P<braced>[^{}|\\#]+)\}"
    r"|\\input\s+(?P<bare>[^\s{}\\%#]+)"
    r"|\\(?:sub)?(?:import|includefrom|inputfrom)\*?\s*\{(?P<folder>[^{}\\#]*)\}\s*\{(?P<file>[^{}\\#]+)\}"
)
_LATEX_FILES = re.compile(
    r"\\(?:bibliography|addbibresource|addglobalbib|nobibliography)\*?\s*(?:\[[^\[\]]*\])?\s*\{([^{}]*)\}"
)
_BIBITEM = re.compile(r"\\bibitem(?![A-Za-z])\s*(?:\[(?:[^\[\]{}]|\{[^{}]*\})*\])?\s*\{([^{}]*)\}")
_BIBLATEX = re.compile(
    r"\\addbibresource\b|\\(?:usepackage|RequirePackage)\s*(?:\[[^\]]*\])?\s*\{[^{}]*\bbiblatex\b"
)
_CITES_ALL = re.compile(r"\\nocite\s*\{\s*\*\s*\}")
_QUARTO_PART = re.compile(r"\{\{<\s*include\s+[\"']?([^\s\"'>]+)[\"']?\s*>\}\}")
_TYPST_PART = re.compile(r"#?\binclude\s+\"([^\"\n]+)\"")
_TYPST_FILES = re.compile(r"\bbibliography\s*\(\s*(\([^()]*\)|\"[^\"\n]*\")")


def parts(text: str, syntax: str) -> Iterator[Part]:
    """The files that are read with a source, in their order."""
    if syntax == "latex":
        for found in _LATEX_PART.finditer(_shown(text)):
            name = found["braced"] or found["bare"] or f"{found['folder'].rstrip('/') or '.'}/{found['file']}"
            yield Part(name.strip(), found.start())
        return
    pattern = _QUARTO_PART if syntax == "pandoc" else _TYPST_PART
    for found in pattern.finditer(evened(text)):
        yield Part(found[1], found.start())


def bibliographies(text: str, syntax: str) -> list[str]:
    """The bibliographies that a source names, as it names them; those of a front matter aside."""
    if syntax == "latex":
        names = [
            name.strip() for found in _LATEX_FILES.finditer(_shown(text)) for name in found[1].split(",")
        ]
        return [file_of(name) for name in dict.fromkeys(names) if name]
    found = _TYPST_FILES.finditer(evened(text)) if syntax == "typst" else ()
    return [name for item in found for name in re.findall(r"\"([^\"\n]*)\"", item[1])]


def file_of(name: str) -> str:
    """BibTeX adds the suffix itself, biblatex wants it written."""
    return name if "." in name.rsplit("/", maxsplit=1)[-1] else f"{name}.bib"


def own_keys(text: str) -> frozenset[str]:
    r"""The keys of `\\bibitem` entries that a LaTeX source holds."""
    return frozenset(key.strip() for key in _BIBITEM.findall(_shown(text)))


def uses_biblatex(text: str) -> bool:
    """Whether a LaTeX source has its bibliography made by biblatex."""
    return bool(_BIBLATEX.search(_shown(text)))


def cites_all(text: str) -> bool:
    r"""Whether a LaTeX source lists all there is: `\\nocite{*}`."""
    return bool(_CITES_ALL.search(_shown(text)))


def _shown(text: str) -> str:
    return blanked(evened(text), latex.HIDDEN)
