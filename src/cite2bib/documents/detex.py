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
    (re.compile(r"\\(?:BibitemShut\s*\{[^{}]*\}|maketitle|tableofcontents|listoffigures|listoftables|BibitemOpen|BibitemShut|bibAnnoteFile|natexlab|showarticletitle|shownote|providecommand|penalty\s*-?\d+|"
                r"allowbreak|hskip\s*[\d.]+\s*\w+(?:\s*plus\s*[\d.]+\s*\w+)?(?:\s*minus\s*[\d.]+\s*\w+)?(?:\\relax)?|relax|"
                r"urlprefix|bysame|leavevmode|noopsort\s*\{[^{}]*\}|par|selectlanguage\s*\{[^{}]*\}|Hy@raisedlink|"
                r"hypertarget\s*\{[^{}]*\}|label\s*\{[^{}]*\}|vspace\*?\s*\{[^{}]*\}|noindent|bgroup|egroup|"
                r"bibitemNoStop|bibitemStop|BibAnnote|NoStop|xspace|protect)(?![A-Za-z@])"), " "),
    (re.compile(r"\\(?:textquotesingle)\b"), "'"),
    (re.compile(r"\\BBA\b|\\BBAA\b|\\APACrefauthors|\\betal"), "&"),
)  # fmt: skip

_CITE = re.compile(r"\\[A-Za-z]*[cC]ite[A-Za-z]*\*?\s*(?:\[[^\[\]]*\]\s*)*\{([^{}]*)\}")


def _keys(found: re.Match[str]) -> str:
    return f"[{', '.join(found[1].replace(',', ' ').split())}]"


def plain(source: str) -> str:
    r"""The text of a stretch of LaTeX on one line; `BREAK` stands for each \newblock.

    >>> plain(r"K.~G{\"o}del. {\em On Formally Undecidable} \textbf{I}, 1931, pp.~1--9.")
    'K. Gödel. On Formally Undecidable I, 1931, pp. 1–9.'
    """
    text = source[:_LONGEST]
    text = _CITE.sub(_keys, text)
    for pattern, replacement in _SHELLS:
        text = pattern.sub(replacement, text)
    text = _converted(_quoted(text))
    text = text.replace("``", "“").replace("''", "”").replace("---", "—").replace("--", "–")
    text = re.sub(r"[{}]", "", text)
    text = re.sub(r"([(\[“])\s+(?=\S)", r"\1", text)
    return re.sub(rf"\s+([.,;:])(?=\s|$)|(?:\s*{BREAK}\s*)(?=$)", r"\1", re.sub(r"\s+", " ", text)).strip()


_QUOTE = re.compile(r"\\(?:enquote|mkbibquote)\*?\s*(?=\{)")


def _quoted(text: str) -> str:
    r"""Every \enquote{...} in quotation marks; what it holds may be braced in turn."""
    while found := _QUOTE.search(text):
        end = closing(text, found.end())
        text = f"{text[: found.start()]}“{text[found.end() + 1 : end - 1]}”{text[end:]}"
    return text


def closing(text: str, start: int) -> int:
    """The place behind the brace that closes the one at a place; the end of the text when none does."""
    depth = 0
    for place in range(start, len(text)):
        char = text[place]
        if char in "{}" and (place == 0 or text[place - 1] != "\\"):
            depth += 1 if char == "{" else -1
            if depth == 0:
                return place + 1
    return len(text)


def _converted(text: str) -> str:
    if "\\" not in text and "$" not in text and "~" not in text:
        return text
    try:
        return str(_converter().latex_to_text(text))
    except Exception:  # noqa: BLE001 - the library raises many kinds; a reference less dressed is better than none
        return re.sub(r"\\[A-Za-z@]+\*?\s*", " ", text).replace("~", " ")


@lru_cache(maxsize=1)
def _converter() -> Any:
    from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]  # 40 ms

    return LatexNodes2Text(math_mode="text", strict_latex_spaces=False, keep_comments=False)
