r"""A `thebibliography` environment, to be put into a TeX file as it is. Written only.

https://latexref.xyz/thebibliography.html
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib.formats import WriteOptions, Written
from cite2bib.formats.bibtex.encode import encode
from cite2bib.formats.bibtex.verbatim import verbatim
from cite2bib.formats.reference import reference_of
from cite2bib.letters import to_ascii

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cite2bib.model import Work

_SPECIAL = {char: f"\\{char}" for char in "#%&_$"} | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


def write_thebibliography(works: Sequence[Work], _options: WriteOptions) -> Written:
    r"""A `\bibitem` a work: authors, title, container in italics, details and link."""
    taken: set[str] = set()
    items = "".join(f"\n{_item(work, _free_key(work, taken))}" for work in works)
    widest = "9" * len(str(len(works)))
    return Written(f"\\begin{{thebibliography}}{{{widest}}}\n{items}\n\\end{{thebibliography}}\n")


def _free_key(work: Work, taken: set[str]) -> str:
    r"""The key without what `\cite` can't take, told apart from those before it."""
    bare = re.sub(r"[^A-Za-z0-9:.+/_-]", "", to_ascii(work.id)) or "item"
    key, number = bare, 2
    while key in taken:
        key, number = f"{bare}-{number}", number + 1
    taken.add(key)
    return key


def _item(work: Work, key: str) -> str:
    found = reference_of(work)
    container = f"\\emph{{{encode(found.container)}}}" if found.container else ""
    details = encode(found.details.replace("–", "--"))
    year = encode(found.year)
    source = ", ".join(filter(None, [container, details, year]))
    link = f"\\texttt{{{_address(found.link)}}}" if found.link else ""
    parts = [_ended(encode(found.authors)), _ended(encode(found.title)), _ended(source), link]
    return f"\\bibitem{{{key}}}\n" + "\n\\newblock ".join(filter(None, parts)) + "\n"


def _ended(text: str) -> str:
    return text if not text or text.endswith((".", "?", "!")) else f"{text}."


def _address(link: str) -> str:
    """An address as text that needs no package; it breaks nowhere, as `url` would let it."""
    return "".join(_SPECIAL.get(char, char) for char in verbatim(link))
