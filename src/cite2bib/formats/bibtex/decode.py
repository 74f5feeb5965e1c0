r"""TeX in field values to Unicode and rich text: here the values that hold hardly any, in `commands` the others.

Math stays as it is (`$H_2O$`), but for math that is one letter (`$\beta$`). A command nobody knows stays too, and
`Decoded.exact` tells that something did.
"""

from __future__ import annotations

import re
import unicodedata

from cite2bib.light import NamedTuple
from cite2bib.patterns import late

_TEX = late(r"[\\{}$~`]|--|''")
_RAGGED = late(r"[ \t\r\n\f\v]{2,}|[\t\r\n\f\v]")  # a single blank is left alone
_BRACE = late(r"\\?[{}]", re.DOTALL)
# What `encode` writes for letters that pdflatex can't print: one text for engines that know Unicode, one for others.
UNICODE_ONLY = late(r"\\ifdefined\\Umathchar ?(.*?)\\else ?(?:.*?)\\fi ?", re.DOTALL)


class Decoded(NamedTuple):
    """A value's text, and whether all of its TeX was understood."""

    text: str
    exact: bool


def decode(value: str, *, titles: bool = False) -> str:
    r"""The rich text of a field's value; in titles, braces that protect capitals become `nocase`.

    >>> decode(r"G{\"o}del's \emph{S{\'\i}ntesis}~--- $H_2O$"), decode("The {DNA} test", titles=True)
    ("Gödel's <i>Síntesis</i>\xa0— $H_2O$", 'The <span class="nocase">DNA</span> test')
    """
    return decoded(value, titles=titles).text


def decoded(value: str, *, titles: bool = False) -> Decoded:
    """The rich text of a field's value, and whether nothing of it had to be left as TeX."""
    if not _TEX.search(value):
        text = value if value.isascii() else unicodedata.normalize("NFC", value)
        return Decoded(_in_one_line(text), exact=True)
    if "\\Umathchar" in value:
        value = UNICODE_ONLY.sub(r"\1", value)
    from cite2bib.formats.bibtex.commands import Reader  # most values have no TeX

    reader = Reader(value, titles=titles)
    text = _in_one_line(reader.span(0, len(value), 0))
    return Decoded(text if text.isascii() else unicodedata.normalize("NFC", text), reader.exact)


def _in_one_line(text: str) -> str:
    """Blanks and line ends as single blanks; blanks that ASCII has not mean something."""
    return " ".join(text.split()) if text.isascii() else _RAGGED.sub(" ", text).strip(" ")


def braces(text: str) -> dict[int, int]:
    """Where each brace that has a partner is closed."""
    pairs: dict[int, int] = {}
    stack: list[int] = []
    for found in _BRACE.finditer(text):
        if found[0] == "{":
            stack.append(found.start())
        elif found[0] == "}" and stack:
            pairs[stack.pop()] = found.start()
    return pairs


def is_balanced(text: str) -> bool:
    """Whether BibTeX, which knows no escapes, finds a partner for each brace."""
    depth = 0
    for found in re.finditer(r"[{}]", text):
        depth += 1 if found[0] == "{" else -1
        if depth < 0:
            return False
    return depth == 0
