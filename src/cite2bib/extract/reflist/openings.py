"""Where references begin in lines that nothing else sets apart: told by how they open and how the line before ends.

Every line gets a score for opening a reference; a search over all divisions then finds the best whole.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cite2bib.extract.reflist import people, when
from cite2bib.letters import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 14  # lines of one reference

_UP = r"[^\W\d_a-z]"
_PARTICLES = r"(?:(?:van|von|de|der|den|di|da|del|della|dos|du|el|al|le|la|ter|ten|i|’t|d’)\s?)*"
_FAMILY = rf"{_PARTICLES}{_UP}[\w'’-]+(?:\s(?:i\s)?{_UP}[\w'’-]+)?"
_OPENINGS = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("dash", r"[—–_-]{2,}"),
        (
            "inverted",
            rf"{_FAMILY},\s(?:{_UP}{{1,2}}\.[\s-]?){{1,4}}|{_FAMILY},\s{_UP}{{1,3}}(?:[,.]|\s)",
        ),  # Family, I.
        (
            "vancouver",
            rf"{_FAMILY}\s{_UP}{{1,3}}(?:[,.]|\s\(|\set\b)|{_FAMILY}\s(?:{_UP}\.){{1,3}},",
        ),  # Family IJ
        ("direct", rf"(?:{_UP}{{1,2}}\.?[\s-]?){{1,4}}{_PARTICLES}{_UP}[\w'’-]+"),  # I. Family
        ("turned", rf"{_FAMILY},\s{_UP}[\w'’-]+(?:\s{_UP}\.?)*[,.;:]?(?:\s|$)"),  # Family, Given
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
CLOSED = re.compile(r"(?:[.!?”\"»)\]]|\d[.,]?|https?://\S+|10\.\d{4,}/\S+)$")
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
    key: str  # what a list would be sorted by


def starts(texts: Sequence[str], parted: Sequence[bool], indents: Sequence[int]) -> list[int]:
    """The lines that begin a reference, by the best division of all; blank lines and indents are evidence."""
    width = max(len(text) for text in texts)
    closings = [1.4, *(_closing(text, width) for text in texts[:-1])]
    kinds = [opening(text) for text in texts]
    usual = _usual(kinds, closings)
    laid = _layout(parted, indents)
    evidence = [
        _evidence(texts, index, closings[index] + usual.get(kinds[index], -0.6) + laid[index])
        for index in range(len(texts))
    ]
    return _best_division(texts, evidence, is_sorted=_is_sorted(evidence))


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
        return _Start(score - 2.0, "")
    head = " ".join(texts[index : index + 5])[:500]
    found = [item for item in people.candidates(head) if item.end < 450]
    best = max(found, key=lambda item: item.score, default=None)
    if not best:
        return _Start(score - 1.0, "")
    score += min(1.0, max(-1.0, 0.5 * (best.score - 1.0)))
    if when.front(head, best.end):
        score += 0.9
    name = best.names[0]
    return _Start(score - 0.9, fold(name.family or name.literal)[:6])


def _closing(text: str, width: int) -> float:
    """How much a line ends like a reference: with a mark, and before the margin."""
    if re.search(
        r"(?:,|;|:|\band|&|\bet|\bof|\bthe|\bin|\bfor|\bon|\bby|\ba|-|–|\b[A-Z]\.|\b(?:pp|vol|no|eds?|al|J|Proc|Int|Conf|Trans)\.)$",
        text,
        re.IGNORECASE,
    ):
        return -1.0
    score = 0.5 if text.endswith(".") else 0.3 if CLOSED.search(text) else -0.7
    return score + (0.9 if len(text) < 0.75 * width else 0.3 if len(text) < 0.88 * width else 0.0)


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
