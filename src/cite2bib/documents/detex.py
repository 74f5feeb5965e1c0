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
    (re.compile(r"\\betal\b"), "&"),
    (re.compile(r"\\harvardand(?![A-Za-z])\\?"), "and"),
    (re.compile(r"\\harvardyearleft(?![A-Za-z])\\?"), "("),
    (re.compile(r"\\harvardyearright(?![A-Za-z])\\?"), ")"),
    (re.compile(r"\\harvardurl\s*\{([^{}]*)\}"), r" \1 "),
    (re.compile(r"\\(?:begin|end)\s*\{APACref[A-Za-z]*\}%?"), " "),
)  # fmt: skip

# Journals as the macros of AASTeX name them (https://journals.aas.org/aastexguide/#abbreviations).
_JOURNALS = {
    "aj": "AJ", "actaa": "Acta Astron.", "araa": "ARA&A", "apj": "ApJ", "apjl": "ApJL", "apjlett": "ApJL", "apjs": "ApJS",
    "apjsupp": "ApJS", "apss": "Ap&SS", "aap": "A&A", "aapr": "A&ARv", "aaps": "A&AS", "baas": "BAAS", "icarus": "Icarus",
    "jcap": "JCAP", "jgr": "J. Geophys. Res.", "grl": "Geophys. Res. Lett.", "mnras": "MNRAS", "memras": "MmRAS",
    "nat": "Nature", "pasa": "PASA", "pasj": "PASJ", "pasp": "PASP", "physrep": "Phys. Rep.", "planss": "Planet. Space Sci.",
    "pra": "Phys. Rev. A", "prb": "Phys. Rev. B", "prc": "Phys. Rev. C", "prd": "Phys. Rev. D", "pre": "Phys. Rev. E",
    "prl": "Phys. Rev. Lett.", "qjras": "QJRAS", "rmp": "Rev. Mod. Phys.", "rmxaa": "RMxAA", "solphys": "Sol. Phys.",
    "ssr": "Space Sci. Rev.", "nphysa": "Nucl. Phys. A", "procspie": "Proc. SPIE", "psj": "PSJ",
}  # fmt: skip
_JOURNAL = re.compile(rf"\\({'|'.join(sorted(_JOURNALS, key=len, reverse=True))})(?![A-Za-z@])")
_LOGO = re.compile(r"\\((?:Bib|pdf|Xe|Lua)?(?:La)?TeX)e?(?![A-Za-z@])(?:\s*\{\})?")
# What apacite (https://ctan.org/pkg/apacite) writes of each part; the braces of a format are the macro's arguments.
_APACITE = {
    "APACrefYearMonthDay": "({0})", "APACrefYear": "({0})", "APACrefatitle": "{0}", "APACrefbtitle": "{0}", "APACrefaetitle": "{0}",
    "APACrefbetitle": "{0}", "APACjournalVolNumPages": "{0}, {1}({2}), {3}", "APACaddressPublisher": "{0}: {1}",
    "APACaddressInstitution": "{0}: {1}", "APACaddressSchool": "{0}: {1}", "APACtypeAddressSchool": "[{0}]. {1}: {2}",
    "APACbVolEdTR": "({1})", "APACbVolEdTRpgs": "({1}, {2})", "APACinsertmetastar": "", "PrintBackRefs": "", "APACyear": "{0}",
    "APAChowpublished": "{0}", "APACciteatitle": "{0}",
}  # fmt: skip
_APA = re.compile(rf"\\({'|'.join(sorted(_APACITE, key=len, reverse=True))})(?![A-Za-z@])\s*(?=\{{)")
_APA_WORDS = {
    "BPBI": ". ", "BHBI": ".-", "BCBL": ",", "BCBT": ",", "BBOQ": "“", "BBCQ": "”", "BPGS": "pp.", "BPG": "p.", "BEDS": "Eds.",
    "BED": "Ed.", "BEd": "ed.", "BIn": "In", "BOthers": "et al.", "BVOL": "Vol.", "BNUM": "No.", "BCHAP": "chap.", "BTR": "Tech. Rep.",
    "BUMTh": "Unpublished master's thesis", "BUPhD": "Unpublished doctoral dissertation", "BPhD": "Doctoral dissertation",
    "BMTh": "Master's thesis", "BTRANSS": "Trans.", "BTRANS": "Trans.", "BIP": "in press", "BBA": "&", "BBAA": "&", "unskip": "",
}  # fmt: skip
_APA_WORD = re.compile(
    rf"\\({'|'.join(sorted(_APA_WORDS, key=len, reverse=True))})(?![A-Za-z@])\s*(?:\{{\s*\}})?"
)


def _spelled(text: str) -> str:
    """Macros that stand for words, as those words."""
    text = _LOGO.sub(r"\1", text)
    text = _JOURNAL.sub(lambda found: _JOURNALS[found[1]], text)
    if "\\APAC" not in text and "\\B" not in text:
        return text
    while found := _APA.search(text):
        form = _APACITE[found[1]]
        arguments, end = _arguments(text, found.end(), max(3, form.count("{")))
        filled = form.format(*arguments, *[""] * 4).replace("()", "")
        text = f"{text[: found.start()]}{filled}{text[end:]}"
    return _APA_WORD.sub(lambda found: _APA_WORDS[found[1]], text)


def _arguments(text: str, start: int, limit: int) -> tuple[list[str], int]:
    """What stands in the braces that follow each other from a place on, and where they end."""
    found: list[str] = []
    while text[start : start + 1] == "{" and len(found) < limit:
        end = closing(text, start)
        found.append(" ".join(text[start + 1 : end - 1].split()))
        start = end + len(text[end:]) - len(text[end:].lstrip())
    return found, start


_CITE = re.compile(r"\\[A-Za-z]*[cC]ite[A-Za-z]*\*?\s*(?:\[[^\[\]]*\]\s*)*\{([^{}]*)\}")


def _keys(found: re.Match[str]) -> str:
    return f"[{', '.join(found[1].replace(',', ' ').split())}]"


def plain(source: str) -> str:
    r"""The text of a stretch of LaTeX on one line; `BREAK` stands for each \newblock.

    >>> plain(r"K.~G{\"o}del. {\em On Formally Undecidable} \textbf{I}, 1931, pp.~1--9.")
    'K. Gödel. On Formally Undecidable I, 1931, pp. 1–9.'
    """
    text = source[:_LONGEST]
    text = _linked(_spelled(_CITE.sub(_keys, text)))
    for pattern, replacement in _SHELLS:
        text = pattern.sub(replacement, text)
    text = _converted(_quoted(text))
    text = text.replace("``", "“").replace("''", "”").replace("---", "—").replace("--", "–")
    text = re.sub(r"[{}]", "", text)
    text = re.sub(r"([(\[“])\s+(?=\S)", r"\1", text)
    return re.sub(rf"\s+([.,;:])(?=\s|$)|(?:\s*{BREAK}\s*)(?=$)", r"\1", re.sub(r"\s+", " ", text)).strip()


_LINK = re.compile(
    r"\\href\s*(?:@noop)?\s*\{\s*(?:\\doibase\s*|\\path\{)?((?:https?|10\.)[^{}]*)\}?\}(?:\s|%\n)*(?=\{)"
)


def _linked(text: str) -> str:
    r"""Every \href{address}{text} as its text with the address behind it: the text may be a title."""
    while found := _LINK.search(text):
        end = closing(text, found.end())
        shown = text[found.end() : end]
        address = "" if found[1] in shown else f" {found[1]} "
        text = f"{text[: found.start()]}{shown}{_trailing(text[end:], address)}"
    return text


def _trailing(rest: str, address: str) -> str:
    """An address stands behind the part of a reference that it belongs to, or behind all of it."""
    where = rest.find("\\newblock") if address else -1
    return f"{rest[:where]}{address}{rest[where:]}" if where >= 0 else f"{rest}{address}"


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
    converter = _converter()
    try:
        return str(converter.latex_to_text(text))
    except Exception:  # noqa: BLE001 - the library raises many kinds; a reference less dressed is better than none
        return re.sub(r"\\[A-Za-z@]+\*?\s*", " ", text).replace("~", " ")


@lru_cache(maxsize=1)
def _converter() -> Any:
    from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]  # 40 ms

    return LatexNodes2Text(math_mode="text", strict_latex_spaces=False, keep_comments=False)
