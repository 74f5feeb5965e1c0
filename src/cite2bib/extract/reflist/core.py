"""A reference made ready for parsing: cleaned, its label and its identifiers taken out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib import dates, identifiers
from cite2bib.documents.detex import BREAK
from cite2bib.documents.glyphs import repaired
from cite2bib.documents.lines import without_loose_hyphens
from cite2bib.extract.reflist.lexicon import MONTH
from cite2bib.light import dataclass, field

if TYPE_CHECKING:
    from cite2bib.model import Date

__all__ = ["BREAK", "GAP", "Core", "clean", "prepare", "take_label"]

GAP = "\ue000"  # stands where an identifier or remark was taken out

_ODD = str.maketrans(
    {"\u00ad": "", "\u200b": "", "\ufeff": "", "\u2010": "-", "\u2011": "-", "\u00a0": " ", "\u202f": " ",
     "\u2009": " ", "‚": ",", "،": ","}
)  # fmt: skip
_LABEL = re.compile(
    r"^\s*(?:\[(?P<bracket>[^\[\]]{1,40})\]\.?|\((?P<round>\d{1,4})\)(?!\s*[(,])|(?P<number>(?!(?:1[5-9]|20)\d\d)\d{1,4})[.)](?=\s|[A-Z])"
    r"|(?P<bare>\d{1,3})\s+(?=[^\W\d_a-z])|(?P<raised>\d{1,3})(?=[^\W\d_a-z](?:\.|[^\W\d_A-Z])))\s*"
)
_LABEL_TEXT = re.compile(
    r"\d{1,4}[a-z]?|[A-Za-z][A-Za-z+*’'-]{0,14}\+?[ ]?\d{2,4}[a-z]?|[^\W\d_][^\d\[\]]{0,32}?[,\s(]*\d{4}[a-z]?\)?|[A-Z]{1,5}\d{0,3}|[A-Z][A-Za-z]{0,6}|[A-Z]{2,5}\s(?:[IVX]{1,4}|\d)"
)
_BROKEN = (
    (
        re.compile(
            r"\[\s?[Ss]\.\s?[Ll]\.?\s?\]:?|\[\s?[Ss]\.\s?[Nn]\.?\s?\]|\[(?:place|publisher)\sunknown\]:?|\[[Ss]\.\s?[Ll]\.?:\s?[Ss]\.\s?[Nn]\.?\]\.?"
        ),
        "",
    ),  # no place, no name
    (re.compile(r"(https?:)\s*//\s*", re.IGNORECASE), r"\1//"),
    (re.compile(r"\b((?:dx\.)?doi\.)\s+(org/)"), r"\1\2"),
    (re.compile(r"(10\.\d{4,9}/)\s+(?=\S)"), r"\1"),
    (re.compile(r"(doi\.org/)\s+(?=10\.)"), r"\1"),
    (re.compile(r"\b(arXiv)\s*:\s+(?=\d{4}\.\d)", re.IGNORECASE), r"\1:"),
)


@dataclass(frozen=True, slots=True)
class Core:
    """What is left to parse, and what was found on the way."""

    text: str
    label: str = ""
    found: dict[str, str] = field(default_factory=dict)  # variable -> identifier
    accessed: Date | None = None
    continues: bool = False  # a dash stands for the authors of the reference before


_LINK = re.compile(r"\[([^\[\]]*)\]\((https?://[^\s()]+)\)")
_EMPHASIS = re.compile(
    r"(?<![\w/_*])(?:\*{1,2}|_{1,2})(?=[^\s_*])|(?<=[^\s_*/])(?:\*{1,2}|_{1,2})(?![\w/_*])"
)


# What reviewing journals call a work.
_REVIEWED = re.compile(r"\[?\bMR\s?\d{5,8}\b(?:\s?\(\d\w{1,3}\s?[:#]\s?\d+\))?\]?|\bZbl\.?\s\d[\d.]+")


def clean(text: str) -> str:
    """One line of plain text: odd letters and spaces resolved, marks of Markdown taken off, broken addresses mended.

    >>> clean("[1] _A. M¨uller_ , Image recog- nition. doi. org/10.1000/ 1")
    '[1] A. Müller, Image recognition. doi.org/10.1000/1'
    """
    text = repaired(text.translate(_ODD))
    text = re.sub(r"\s+", " ", text).strip()
    if "](" in text:
        text = " ".join([_LINK.sub(r"\1", text), *dict.fromkeys(found[2] for found in _LINK.finditer(text))])
    text = _EMPHASIS.sub("", text) if "*" in text or "_" in text else text
    text = re.sub(r"\s+([,;])(?=\s|$)|\s+(\.)(?=\s|$)(?!\s\.)", r"\1\2", text)
    for pattern, mended in _BROKEN:
        text = pattern.sub(mended, text)
    return without_loose_hyphens(text) if "- " in text else text


def take_label(text: str) -> tuple[str, str]:
    """The label that a list puts before a reference (`[12]`, `3.`, `[KB14]`), and the rest.

    >>> take_label("[KB14] D. P. Kingma"), take_label("12. Knuth, D."), take_label("1984 by G. Orwell")
    (('KB14', 'D. P. Kingma'), ('12', 'Knuth, D.'), ('', '1984 by G. Orwell'))
    """
    found = _LABEL.match(text)
    if not found or found.end() == len(text):
        return "", text
    label = next(group for group in found.groups() if group)
    if found["bracket"] and not _LABEL_TEXT.fullmatch(label.strip()):
        return "", text
    return label.strip(), text[found.end() :]


_REPEATED = re.compile(r"^(?:[—–―]{1,4}|-{3,}|_{2,})(?:\s*[.,:;]|(?=\s|\())?\s*(?:(?:and|&|und)\s+)?")
_DATE = rf"(?:\d{{1,2}}[-./ ]{{1,2}}(?:\d{{1,2}}|{MONTH})[-./, ]{{1,2}}\d{{4}}|\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}|{MONTH}\.?\s\d{{1,2}}(?:st|nd|rd|th)?,?\s\d{{4}}|\d{{1,2}}(?:st|nd|rd|th)?\.?\s{MONTH}\.?,?\s\d{{4}}|{MONTH}\.?\s\d{{4}}|\d{{4}}\s{MONTH}\.?\s\d{{1,2}})"
_ACCESSED = re.compile(
    rf"[\[(]?\s*(?:(?:\[?online\]?|www)[;:.,]?\s*)?(?:last\s+)?(?:date\s+)?(?:accessed|retrieved|visited|cited|viewed|checked|zugriff|zugegriffen|"
    rf"abgerufen|consulté\s+le|дата\s+обращения|access(?:ed)?\s+date|acesso\s+em|accessed\s+on)\b[:;,]?\s*(?:on\s+|am\s+|in\s+)?(?:the\s+)?"
    rf"(?P<date>{_DATE})(?:,?\s+from)?\s*[\])]?\.?",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    rf"\[?\s*(?:last\s+)?(?:updated|modified|revised|reviewed):?\s+(?:on\s+)?{_DATE}\s*[;,\]]?|\[cited\s[^\[\]]{{4,30}}\]",
    re.IGNORECASE,
)
_LEAD_IN = re.compile(
    r"(?:[\[(]?\s*(?:\[?online\]?\.?\s*(?:available(?:\s+(?:from|at|online))?)?|available(?:\s+online)?(?:\s+(?:at|from))?|retrieved\s+from|accessed\s+(?:at|from|via)|"
    r"url|doi|from|see|at|режим\s+доступа|disponible\s+(?:en|sur)|verfügbar\s+unter|arxiv\s+preprint|arxiv\s+e-?prints?|arxiv|preprint|eprint|e-print|corr,?\s*|"
    r"pmid|pmcid|isbn|issn|https?|<)\s*[:,]?\s*)+$",
    re.IGNORECASE,
)
_TRAIL = re.compile(
    r"^(?:v\d+)?\s*(?:\[[a-z-]+(?:\.[A-Za-z-]+)?\]|\((?:cs|math|stat|physics)[.\w-]*\))?[>\])]?"
)
_CORR = re.compile(r"\b(?:CoRR,?\s*)?abs/(\d{4}\.\d{4,5}|[a-z-]+/\d{7})(?:v\d+)?")
_EPRINT = re.compile(
    r"\[\s*((?:astro-ph|cond-mat|gr-qc|hep-(?:ex|lat|ph|th)|math-ph|nucl-(?:ex|th)|quant-ph)/\d{7})\s*\]"
)


# The number of a standard stands before its title: DIN EN ISO 9241-110:2008-09.
_STANDARD = re.compile(
    r"(?:(?:ANSI|API|ASHRAE|ASME|ASTM|BS|CEN|DIN|EN|ETSI|GB|GB/T|IEC|IEEE(?:\sStd)?|ISO|ITU-T|JIS|NF|NFPA|NIST|ÖNORM|SAE|UNE|VDI|ГОСТ)(?:\sР)?(?:\s?/\s?|\s))+"
    r"(?:TS\s|TR\s|Std\s|Standard\s|Rec\.\s)?[A-Z]{0,2}[\s-]?\d[\w.-]*(?:[–-]\d+[a-z]?)?(?::[\d-]+)?[.,:]\s+(?=[^\W\d_]{3})"
)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def _without_number(text: str) -> str:
    """A standard without its number, and the year that this holds at the end."""
    found = _STANDARD.match(text)
    if not found:
        return text
    rest, year = text[found.end() :], _YEAR.search(found[0])
    return f"{rest.rstrip(' .')}, {year[0]}." if year and not _YEAR.search(rest) else rest


def prepare(reference: str) -> Core:
    """A reference without label, identifiers, addresses and dates of access; `GAP` stands where they were."""
    label, text = take_label(clean(reference))
    accessed = None
    repeated = _REPEATED.match(text)
    text = _without_number(text[repeated.end() :] if repeated else text)
    if found := _ACCESSED.search(text):
        accessed = dates.parse(_readable(found["date"]))
        text = f"{text[: found.start()]}{GAP}{text[found.end() :]}"
    text = _UPDATED.sub("", _REVIEWED.sub(GAP, text))
    spans = _spans(text)
    values: dict[str, str] = {}
    for variable, value, _, _ in spans:
        values.setdefault(variable, value)
    return Core(
        _without(text, [(start, end) for _, _, start, end in spans]), label, values, accessed, bool(repeated)
    )


def _readable(date: str) -> str:
    """A date as `dates.parse` reads it; days first where the order is open."""
    numeric = re.fullmatch(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})", date)
    if numeric:
        return f"{numeric[3]}-{int(numeric[2]):02d}-{int(numeric[1]):02d}"
    return re.sub(r"[-.]", " ", date) if not date[:4].isdigit() else date


def _spans(text: str) -> list[tuple[str, str, int, int]]:
    found = [(item.variable, item.value, item.start, item.end) for item in identifiers.find(text)]
    for pattern in (_CORR, _EPRINT):
        for match in pattern.finditer(text):
            value = identifiers.normal_arxiv(match[1])
            if value and not any(start < match.end() and match.start() < end for _, _, start, end in found):
                found.append(("arxiv", value, match.start(), match.end()))
    return found


def _without(text: str, spans: list[tuple[int, int]]) -> str:
    """The text with each span, what leads to it and what closes it replaced by a gap."""
    for start, end in sorted(spans, reverse=True):
        head = text[:start]
        last = head[_token_start(head) :]
        head = head[: len(head) - len(last)] if "://" in last or last.endswith(("/", ":")) else head
        head = _LEAD_IN.sub("", head)
        tail = text[end:]
        if trail := _TRAIL.match(tail):
            tail = tail[trail.end() :]
        text = f"{head}{GAP}{tail}"
    text = re.sub(rf"[\[(]?\s*{GAP}(?:[\s,;.:]*{GAP})*\s*[\])]?", GAP, text)
    return text.strip()


def _token_start(head: str) -> int:
    """Where the word begins that ends a text: `https://doi.org/` before a DOI."""
    return max(head.rfind(" "), head.rfind(GAP), head.rfind("<"), head.rfind("(")) + 1
