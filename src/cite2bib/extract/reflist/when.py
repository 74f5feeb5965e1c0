"""The date of publication in a reference: right behind the authors, or among what follows the title."""

from __future__ import annotations

import re

from cite2bib import dates
from cite2bib.extract.reflist.lexicon import MONTH
from cite2bib.light import dataclass
from cite2bib.model import Date

_YEAR = r"(?P<year>1[4-9]\d\d|20\d\d)(?P<suffix>[a-z]|-[a-z])?(?![^\W年년])"
_FRONT = re.compile(
    rf"\s*(?P<open>[\[(])?\s*(?:©\s*|ca?\.\s?|(?P<before>{MONTH}\.?(?:\s\d{{1,2}})?|\d{{1,2}}\s{MONTH}),?\s)?{_YEAR}"
    rf"(?:\s*/\s*(?:1[4-9]|20)\d\d|\s?[-–]\s?(?:1[4-9]|20)?\d\d|\s*\[[^\]]{{4,12}}\])?"
    rf"(?:[,.;]?\s*(?P<after>{MONTH}(?:\s?[-–/]\s?{MONTH})?\.?(?:\s\d{{1,2}})?(?:[-–](?:{MONTH}\s)?\d{{1,2}})?|\d{{1,2}}\s{MONTH}))?(?P<close>\s*[\])])?\s*(?P<mark>[.,:;])?\s*"
)
_ORIGINAL = re.compile(r"\s*[\[(](?:1[4-9]|20)\d\d[\])]\s(?=(?:1[4-9]|20)\d\d[a-z]?[.,:])")  # (1975) 1995.
_UNDATED = re.compile(
    r"\s*(?:n\.\s?d\.|forthcoming|in\s+press|to\s+appear)[.,:]+\s+|\s*[\[(]\s*(?:n\.\s?d\.?|s\.\s?a\.?|o\.\s?J\.?|in\s+press|forthcoming|to\s+appear|submitted|б\.\s?г\.?)(?:-?[a-z])?\s*[\])]\s*[.,:;]?\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date and the place it takes in a text."""

    date: Date
    start: int
    end: int


_STARTS = re.compile('[“"‘«„\ue001\ue000]|[^\\W\\d_a-z]')


def front(text: str, start: int) -> Dated | None:
    """The date at a place right behind the authors; it must be set off by a mark or brackets."""
    if undated := _UNDATED.match(text, start):
        return Dated(Date(), start, undated.end())
    original = _ORIGINAL.match(text, start)
    found = _FRONT.match(text, original.end() if original else start)
    if not found or not (found["mark"] or found["close"] or _STARTS.match(text, found.end())):
        return None
    if bool(found["open"]) != bool(found["close"]):
        return None
    return Dated(_date(found["year"], found["before"] or found["after"]), start, found.end())


def _date(year: str, month: str | None) -> Date:
    if month:
        words = re.findall(r"[^\W\d_]+|\d+", month)
        number = dates.month_number(next((word for word in words if word.isalpha()), ""))
        day = next((dates.number(word) for word in words if word.isdecimal()), 0)
        parts = (int(year), number, day) if day else (int(year), number)
        if number and dates.is_valid(parts):
            return Date(parts)
    return Date((int(year),))


_ANY = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?\s)?(?:(?P<month>{MONTH})\.?(?:\s?[-–/]\s?{MONTH}\.?)?(?:\s(?P<day2>\d{{1,2}})(?:[-–]\d{{1,2}})?)?,?\s+)?(?<![\w./-])c?{_YEAR}"
    rf"(?:[\s-](?P<month2>{MONTH})\b\.?(?:[\s-](?P<day3>\d{{1,2}})\b)?)?"
)


def find(text: str, floor: int = 0) -> Dated | None:
    """The most likely date of publication in a text; later ones and ones in brackets before others."""
    best: tuple[float, Dated] | None = None
    for found in _ANY.finditer(text, floor):
        score = _score(text, found, floor)
        if score > 0 and (best is None or score >= best[0]):
            month = found["month"] or found["month2"]
            day = found["day"] if found["month"] else None
            day = day or found["day2"] or found["day3"] or ""
            best = (
                score,
                Dated(_date(found["year"], f"{month} {day}" if month else None), found.start(), found.end()),
            )
    return best[1] if best else None


def _score(text: str, found: re.Match[str], floor: int) -> float:
    """How much a year looks like the date, not like a page, a volume or a part of a name."""
    before, after = (
        text[max(floor, found.start("year") - 12) : found.start("year")],
        text[found.end() : found.end() + 8],
    )
    score = 1.0
    bracketed = before.endswith(("(", "[")) or (
        bool(found["month"]) and text[: found.start()].rstrip().endswith("(")
    )
    if bracketed and re.match(r"\s*[)\]]", after):
        score += 2.0
    if re.match(r"\s*;\s*\d", after) or re.match(r"\s?[.,]?\s*$", after):
        score += 1.2
    if re.match(r"[.,;:)\]\ue000]", after.strip()[:1] or "."):
        score += 0.6
    if found["month"] or found["month2"]:
        score += 0.8
    if re.search(r"\d\s?[–—-]$", before):  # the last page
        score -= 2.0
    if re.search(r"(?:[,.(;]|\s[–—])\s*$", before):
        score += 0.6
    if re.search(r"(?:\bpp?\.?|\bpages?|\bS\.|\bno\.?|\bvol\.?|№|[:–—-]|\bС\.)\s*$", before, re.IGNORECASE):
        score -= 1.6 if not re.search(r"\s[–—-]\s*$", before) else 0.0
    if re.match(r"\s?[–-]\s?\d", after) or re.match(r"\s*\(\d{1,3}\)\s*[:,]", after):
        score -= 1.2
    if re.search(
        r"\d\s\[$|published\s*$|\borig\w*\.?\s*$", before
    ):  # 1988 [1982]; what was translated or reprinted
        score -= 3.0
    if re.search(r"['’]\s*$|©\s*$", before):
        score -= 0.2
    return score
