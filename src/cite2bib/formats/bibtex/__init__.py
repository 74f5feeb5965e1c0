"""BibTeX and BibLaTeX: https://tug.org/texinfohtml/btxdoc and https://ctan.org/pkg/biblatex.

`syntax` cuts a file into blocks and edits it without touching the rest; `reading` and `writing` go from entries to works
and back by the table of `tables`; `decode` and `encode` go between TeX and rich text; `append` adds works to a file that
exists; `bridge` hands over to bibtexparser.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib.patterns import late

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cite2bib.formats import ReadResult, WriteOptions, Written
    from cite2bib.model import Work

_USUAL_ENTRY = late(
    r"^@[A-Za-z]+\{[^\s,{}()=\"]+,", re.MULTILINE
)  # in most files; compiled in a fifth of the time
# A line that starts an entry: with a key and a comma, or a field. Decorators, annotations and CSS look much like it.
_ENTRY = late(
    r"""(?<![^\r\n])[ \t]*@[ \t]*(?:
        (?i:string|preamble|comment)\s*[{(]
        |[A-Za-z][\w-]*\s*\{\s*(?:[^\s,{}()="]*\s*,|[\w-]+\s*=\s*[{"\w]|[^\s,{}()="]+\s*\}\s*$)
        |(?i:article|book|in\w+|misc|manual|\w*thesis|techreport|proceedings|unpublished)\s*\(\s*[^\s,{}()="]*\s*,
    )""",
    re.MULTILINE | re.VERBOSE,
)
_OWN_OF_BIBLATEX = late(
    r"^[ \t]*(?:@(?:online|report|thesis|mv\w+|inreference|xdata)\b|(?:journaltitle|eprinttype|date|langid)\s*=)",
    re.MULTILINE | re.IGNORECASE,
)


def read_bibtex(data: bytes, path: str) -> ReadResult:
    """Works from a .bib; the two dialects are read alike."""
    from cite2bib.formats.bibtex.reading import read_works

    return read_works(data, path)


def read_biblatex(data: bytes, path: str) -> ReadResult:
    """Works from a .bib; the two dialects are read alike."""
    return read_bibtex(data, path)


def write_bibtex(works: Sequence[Work], options: WriteOptions) -> Written:
    """Entries that the styles of BibTeX take without a warning, in ASCII."""
    from cite2bib.formats.bibtex.writing import write

    return write(works, options, latex=False)


def write_biblatex(works: Sequence[Work], options: WriteOptions) -> Written:
    """Entries for biblatex and biber, letters in Unicode."""
    from cite2bib.formats.bibtex.writing import write

    return write(works, options, latex=True)


def write_entry(work: Work, dialect: str = "bibtex") -> str:
    """One entry, in `bibtex` or `biblatex`."""
    from cite2bib.formats.bibtex.writing import entry

    return entry(work, latex=dialect == "biblatex")


def sniff_bibtex(head: str) -> bool:
    """Whether a line of a text starts an entry."""
    return bool(_USUAL_ENTRY.search(head) or _ENTRY.search(head))


def sniff_biblatex(head: str) -> bool:
    """Whether a .bib uses what only BibLaTeX knows."""
    return sniff_bibtex(head) and bool(_OWN_OF_BIBLATEX.search(head))
