"""Where references begin in lines that nothing else sets apart: told by how they open and how the line before ends.

Every line gets a score for opening a reference; a search over all divisions then finds the best whole.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from typing import TYPE_CHECKING

from cite2bib.extract.reflist import people, when
from cite2bib.extract.reflist.lexicon import CONTAINER_WORDS
from cite2bib.letters import fold
from cite2bib.light import dataclass, replace

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

LONGEST = 14  # lines of one reference

_UP = r"[^\W\d_a-z]"
_PARTICLES = r"(?:(?:van|von|de|der|den|di|da|del|della|dos|du|el|al|le|la|ter|ten|i|’t|d’)\s?)*"
_FAMILY = rf"{_PARTICLES}{_UP}[\w'’-]+(?:\s(?:i\s)?{_UP}[\w'’-]+)?"
_OPENINGS = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("dash", r"[—–_-]{2,}|[—―]"),
        ("titled", r"[“\"«„]\s?[^\W_a-z]"),  # a work without authors
        (
            "inverted",
            rf"{_FAMILY},\s(?:{_UP}{{1,2}}\.[\s-]?){{1,4}}|{_FAMILY},\s{_UP}{{1,3}}(?:[,.]|\s)",
        ),  # Family, I.
        (
            "vancouver",
            rf"{_FAMILY}\s{_UP}{{1,3}}(?:[,.;:]|\s(?:\(|&|et\b|and\b|und\b))|{_FAMILY}\s(?:{_UP}\.){{1,3}},",
        ),  # Family IJ
        ("direct", rf"(?:{_UP}{{1,2}}\.?[\s-]?){{1,4}}{_PARTICLES}{_UP}[\w'’-]+"),  # I. Family
        ("body", rf"{_UP}[\w'’-]{{2,}}\.\s[^\W_a-z“\"]"),  # OpenAI. GPT-4
        (
            "dated",  # any words, and the date behind them: a body
            rf"{_UP}[^()\[\].:]{{2,90}}\.?,?\s\((?:1[5-9]|20)\d\d[a-z]?(?:,\s[A-Z][a-z]+(?:\s\d{{1,2}})?)?\)[.,:]?\s",
        ),
        (
            "turned",
            rf"{_FAMILY},\s{_UP}[\w'’-]+(?:\s{_UP}\.?)*(?:[,.;:]?(?:\s|$)|\s?/\s?{_UP})",
        ),  # Family, Given
        (
            "direct",  # Given Family
            rf"{_UP}[\w'’-]+(?:\s{_UP}[\w'’.-]*){{0,3}}\s{_PARTICLES}{_UP}[\w'’-]+(?:,|\sand(?:\s|$)|\.|$|\s\()",
        ),
    )
)
_INNER = re.compile(
    r"(?:In|Proceedings|Proc|Journal|Advances|Springer|IEEE|ACM|University|Press|Conference|Available|Accessed|"
    r"Retrieved|Vol|Volume|Number|Pages|Association|International|Transactions|Lecture|Phys|Nature|Science|Trans|Rev|"
    r"Lett|Appl|An?|On|URL|doi|DOI|https?|arXiv|CoRR|abs)\b|//"
)
CLOSED = re.compile(r"(?:[.!?”\"»)>\]]|\d[.,]?|https?://\S+|10\.\d{4,}/\S+)$")
DATED = re.compile(
    r"(?:1[5-9]|20)\d\d|\bn\.\s?d|in press|forthcoming|to appear|arXiv|https?://", re.IGNORECASE
)


def opening(text: str) -> str:
    """The scheme of the list of authors that a line may open with, "" for none."""
    if _INNER.match(text):
        return ""
    return next((name for name, pattern in _OPENINGS if pattern.match(text)), "")


@dataclass(frozen=True, slots=True)
class _Start:
    """A line as the start of a reference."""

    score: float
    key: str = ""  # what a list would be sorted by
    scheme: str = ""  # how its authors are written
    dated: bool = False  # whether the date stands behind them


def starts(texts: Sequence[str], parted: Sequence[bool], indents: Sequence[int]) -> list[int]:
    """The lines that begin a reference, by the best division of all; blank lines and indents are evidence."""
    closings = _closings(texts)
    kinds = [opening(text) for text in texts]
    usual = _usual(kinds, closings)
    laid = _layout(parted, indents)
    evidence = [
        _evidence(texts, index, closings[index] + usual.get(kinds[index], -0.6) + laid[index])
        for index in range(len(texts))
    ]
    first = _best_division(texts, evidence, is_sorted=_is_sorted(evidence))
    settled = _agreed(texts, evidence, first)
    return _best_division(texts, settled, is_sorted=_is_sorted(settled))


def _agreed(texts: Sequence[str], evidence: Sequence[_Start], first: Sequence[int]) -> list[_Start]:
    """The lines weighed again by what most references of the first division have in common."""
    inner = [index for index in first if index]
    if len(inner) < _FEW:
        return list(evidence)
    found = [evidence[index] for index in inner]
    dated = _most(item.dated for item in found)
    width = max(map(len, texts))
    later = _most(not item.dated or not item.scheme for item in found)
    closed = _most(_is_closed(texts[index - 1]) for index in inner)
    scheme, count = Counter(item.scheme for item in found).most_common(1)[0]
    common = {scheme, "organisation"} if count >= 0.6 * len(found) else set()

    def cost(index: int) -> float:
        item = evidence[index]
        undated = 1.2 * (dated and not item.dated) - 0.6 * (
            later and bool(item.scheme) and len(texts[index - 1]) < 0.75 * width
        )
        unclosed = 1.5 * (closed and not _is_closed(texts[index - 1]))
        return undated + unclosed + 0.5 * bool(common and item.scheme not in common)

    return [
        replace(item, score=item.score - cost(index)) if index else item
        for index, item in enumerate(evidence)
    ]


_FEW = 4  # references of which nothing can be said in common


def _most(holds: Iterable[bool]) -> bool:
    marks = list(holds)
    return sum(marks) >= 0.8 * len(marks)


def _is_closed(text: str) -> bool:
    """Whether a line ends as references do."""
    return bool(CLOSED.search(text)) and not _is_open(text)


def _layout(parted: Sequence[bool], indents: Sequence[int]) -> list[float]:
    """What blank lines and indents say, where they set some lines apart and not most."""
    count = len(parted)
    scores = [0.0] * count
    if 0.04 * count <= sum(parted[1:]) <= 0.7 * count:
        scores = [score + (1.2 if mark else -0.3) for score, mark in zip(scores, parted, strict=True)]
    base = min(indents)
    out = [indent <= base + 1 for indent in indents]
    if 0.1 * count <= sum(out) <= 0.7 * count:
        scores = [score + (0.6 if mark else -0.9) for score, mark in zip(scores, out, strict=True)]
    return scores


def _usual(kinds: Sequence[str], closings: Sequence[float]) -> dict[str, float]:
    """What a scheme is worth: the one that most references open with, more than others."""
    counted = Counter(kind for kind, end in zip(kinds, closings, strict=True) if kind and end > 0)
    total = sum(counted.values()) or 1
    worth = {
        kind: 1.2 if number >= 0.4 * total else 0.5 if number >= 0.15 * total else -0.1
        for kind, number in counted.items()
    }
    return {**worth, "": -1.2, "dash": 2.0}


def _evidence(texts: Sequence[str], index: int, score: float) -> _Start:
    """What the parser makes of the text from a line on, asked only where a start is possible."""
    if score < -0.6 and index:
        return _Start(score - 2.0)
    head = " ".join(texts[index : index + 5])[:500]
    if opening(head) == "titled":  # the date of a work without authors is anywhere
        runs_on = index > 0 and _is_all_people(texts[index - 1])
        return _Start(score - 0.4 - 1.2 * runs_on, fold(head)[:6], "organisation", dated=True)
    found = [item for item in people.candidates(head) if item.end < 450]
    if not found:
        return _Start(score - 1.0)
    fitting = [(item.score + 1.5 * (when.front(head, item.end) is not None), item) for item in found]
    worth, best = max(fitting, key=lambda pair: pair[0])
    score += min(1.0, max(-1.0, 0.5 * (best.score - 1.0)))
    dated = worth > best.score
    name = best.names[0]
    score -= 1.2 * (best.scheme in {"full", "organisation"} and bool(CONTAINER_WORDS.search(head[:40])))
    return _Start(score + (0.4 if dated else -0.9), fold(name.family or name.literal)[:6], best.scheme, dated)


def _is_all_people(line: str) -> bool:
    """A line of authors, with or without the date behind them: a title comes next."""
    for item in people.candidates(line):
        dated = when.front(line, item.end)
        if (dated.end if dated else item.end) >= len(line) and item.score > 0:
            return True
    return False


_OPEN_END = re.compile(
    r"(?:,|;|:|\band|&|\bet|\bof|\bthe|\bin|\bfor|\bon|\bby|\ba|-|–|\b[A-Z]\.|\b(?:pp|vol|no|eds?|al|J|Proc|Int|Conf|Trans)\.)$",
    re.IGNORECASE,
)


_ADDRESS_END = re.compile(r"(?:https?://|www\.|10\.\d{4,9}/)\S*$")


def _is_open(text: str) -> bool:
    """Whether a line can't be the last one; an address may end with any mark."""
    return bool(_OPEN_END.search(text)) and (text.endswith(",") or not _ADDRESS_END.search(text))


def _closings(texts: Sequence[str]) -> list[float]:
    """How much the line before each ends like a reference: with a mark, and where the next word would still fit."""
    widths = sorted(len(text) for text in texts)
    width = max(widths[int(0.97 * (len(widths) - 1))], 1)
    return [1.4, *(_closing(text, after, width) for text, after in itertools.pairwise(texts))]


def _closing(text: str, after: str, width: int) -> float:
    if _is_open(text):
        return -1.0
    score = 0.5 if text.endswith(".") else 0.3 if CLOSED.search(text) else -0.7
    room = (width - len(text) - 1 - len(after.split(maxsplit=1)[0])) / width
    return score + (0.9 if room > 0.2 else 0.6 if room > 0.08 else 0.2 if room > 0 else -0.2)


def _is_sorted(evidence: Sequence[_Start]) -> bool:
    keys = [item.key for item in evidence if item.score > 0.8 and item.key]
    rising = sum(first <= second for first, second in itertools.pairwise(keys))
    return len(keys) >= 4 and rising >= 0.75 * (len(keys) - 1)


def _best_division(texts: Sequence[str], evidence: Sequence[_Start], *, is_sorted: bool) -> list[int]:
    """The division whose parts together score best; what stands before place j is solved once."""
    count = len(texts)
    best = [0.0] + [float("-inf")] * count
    before = [0] * (count + 1)
    for end in range(1, count + 1):
        for start in range(max(0, end - LONGEST), end):
            score = best[start] + evidence[start].score + _part(texts, start, end)
            if is_sorted and start and evidence[start].key:
                previous = evidence[before[start]].key
                score += 0.4 if previous <= evidence[start].key else -0.8
            if score > best[end]:
                best[end], before[end] = score, start
    places, end = [], count
    while end:
        end = before[end]
        places.append(end)
    return places[::-1]


def _part(texts: Sequence[str], start: int, end: int) -> float:
    """How much some lines look like one whole reference."""
    text = " ".join(texts[start:end])
    score = 0.3 if DATED.search(text) else -1.5
    score -= 1.0 if len(text) < 45 else 0.0
    return score - max(0.0, (len(text) - 500) / 300)
