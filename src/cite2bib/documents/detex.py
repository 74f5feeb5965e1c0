r"""LaTeX to the plain text that it prints, as far as prose and bibliographies need it.

Accents and symbols are pylatexenc's (https://pylatexenc.readthedocs.io/); what bibliography styles write around them
(\newblock, \bibinfo, \href) is resolved here.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

BREAK = "\ue001"  # where a style itself parts a reference: \newblock
_LONGEST = 20_000

_SHELLS = (
    (re.compile(r"(?<!\\)%[^\n]*\n?"), ""),
    (re.compile(r"\\newblock\b\s*"), f" {BREAK}"),
    (re.compile(r"\\href\s*(?:@noop)?\s*\{\s*(?:\\doibase\s*)?((?:https?|10\.)[^{}]*)\}"), r" \1 "),
    (re.compile(r"\\href\s*(?:@noop)?\s*\{[^{}]*\}"), ""),
    (re.compile(r"\\(?:bibinfo|bibfield|bibnamefont|bibfnamefont|Eprint)\s*\{(?:type|author|person|editor|title|booktitle|"
                r"journal|year|volume|number|pages|publisher|address|doi|isbn|issn|url|series|edition|note|articleno|"
                r"numpages|month|date|eprint|howpublished|institution|school|chapter|eid|archivePrefix)\s*\}"), ""),
    (re.compile(r"\\(?:url|path|nolinkurl)\s*\{([^{}]*)\}"), r" \1 "),
    (re.compile(r"\\(?:doi|showDOI|showdoi|DOI)\s*\{(?:\\[a-zA-Z]+\s*\{?)?(?:https?://(?:dx\.)?doi\.org/|doi:)?\s*(10\.[^{}]*)\}\}?"), r" doi:\1 "),
    (re.compile(r"\\(?:BibitemOpen|BibitemShut|bibAnnoteFile|natexlab|showarticletitle|shownote|providecommand|penalty\s*-?\d+|"
                r"allowbreak|hskip\s*[\d.]+\s*\w+(?:\s*plus\s*[\d.]+\s*\w+)?(?:\s*minus\s*[\d.]+\s*\w+)?(?:\\relax)?|relax|"
                r"urlprefix|bysame|leavevmode|noopsort\s*\{[^{}]*\}|par|selectlanguage\s*\{[^{}]*\}|Hy@raisedlink|"
                r"hypertarget\s*\{[^{}]*\}|label\s*\{[^{}]*\}|vspace\*?\s*\{[^{}]*\}|noindent|bgroup|egroup|"
                r"BibitemShut\s*\{[^{}]*\}|bibitemNoStop|bibitemStop|BibAnnote|NoStop|xspace|protect)(?![A-Za-z@])"), " "),
    (re.compile(r"\\(?:textquotesingle)\b"), "'"),
    (re.compile(r"\\BBA\b|\\BBAA\b|\\APACrefauthors|\\betal"), "&"),
    (re.compile(r"\\(?:enquote|mkbibquote)\s*\{"), r"{“"),
)  # fmt: skip


def plain(source: str) -> str:
    r"""The text of a stretch of LaTeX on one line; `BREAK` stands for each \newblock.

    >>> plain(r"K.~G{\"o}del. {\em On Formally Undecidable} \textbf{I}, 1931, pp.~1--9.")
    'K. Gödel. On Formally Undecidable I, 1931, pp. 1–9.'
    """
    text = source[:_LONGEST]
    for pattern, replacement in _SHELLS:
        text = pattern.sub(replacement, text)
    text = _converted(text)
    text = text.replace("``", "“").replace("''", "”").replace("---", "—").replace("--", "–")
    text = re.sub(r"[{}]", "", text)
    return re.sub(rf"\s+([.,;:])(?=\s|$)|(?:\s*{BREAK}\s*)(?=$)", r"\1", re.sub(r"\s+", " ", text)).strip()


def _converted(text: str) -> str:
    if "\\" not in text and "$" not in text and "~" not in text:
        return text
    try:
        return str(_converter().latex_to_text(text))
    except Exception:  # noqa: BLE001 - the library raises many kinds; a reference less dressed is better than none
        return re.sub(r"\\[A-Za-z@]+\*?\s*", " ", text).replace("~", " ")


@lru_cache(maxsize=1)
def _converter() -> Any:
    from pylatexenc.latex2text import LatexNodes2Text  # 40 ms

    return LatexNodes2Text(math_mode="text", strict_latex_spaces=False, keep_comments=False)
