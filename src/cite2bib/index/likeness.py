"""How like a record is to what is asked, roughly and fast: which candidates are worth weighing, not which is right."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cite2bib import titles
from cite2bib.letters import fold
from cite2bib.light import NamedTuple
from cite2bib.names import OTHERS, family_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cite2bib.model import Work

WORTH_WEIGHING = 0.45
WORTH_SHOWING = 0.5
_SAME_TITLE = 0.9
_OF_PEOPLE = 0.3  # what the same people are worth beside the same title
_OF_YEAR = 0.03


class Asked(NamedTuple):
    """What is asked, made ready to be compared many times."""

    key: str
    people: frozenset[str]
    year: int

    @classmethod
    def of(cls, work: Work) -> Asked:
        """From a work."""
        people = (family_key(name) for name in work.names("author") if name != OTHERS)
        date = work.date()
        return cls(titles.key(work.text("title")), frozenset(people), (date.year if date else 0) or 0)


def of_record(asked: Asked, raw: list[Any]) -> float:
    """About 1 for the same title, more where people and year agree, 0 for nothing in common."""
    values = raw[4]
    score = _of_titles(asked.key, values.get("title", ""))
    if asked.people:
        people = _families(values.get("author", ()))
        score += _OF_PEOPLE * len(asked.people & people) / len(asked.people)
    return score + (_OF_YEAR if asked.year and asked.year == _year(values.get("issued")) else 0)


def is_plausible(work: Work, raw: list[Any]) -> bool:
    """Whether a record found by identifier or title may well be the work, so that nothing else need be looked for."""
    values = raw[4]
    key, title = titles.key(work.text("title")), values.get("title", "")
    if key and title and _of_titles(key, title) < _SAME_TITLE:
        return False
    people = frozenset(family_key(name) for name in work.names("author") if name != OTHERS)
    found = _families(values.get("author", ()))
    return not people or not found or bool(people & found)


def of_text(words: Sequence[str], raw: list[Any]) -> float:
    """The share of some words that a record has in its title, its people, its year or its venue."""
    values = raw[4]
    if not words:
        return 0.0
    here = set(titles.words(values.get("title", ""))) | _families(values.get("author", ()))
    here |= {str(_year(values.get("issued"))), *titles.words(values.get("container-title", ""))}
    share = sum(word in here for word in words) / len(words)
    return share + 0.2 * _of_titles("".join(words), values.get("title", ""))


def nearest(word: str, others: Iterable[str]) -> str:
    """The one of some words that is one slip away, or two from a long one; "" when none is."""
    from rapidfuzz.distance import OSA

    most = 2 if len(word) >= 8 else 1
    found = ((OSA.distance(word, other, score_cutoff=most), other) for other in others)
    return min((item for item in found if item[0] <= most), default=(0, ""))[1]


def _of_titles(key: str, title: str) -> float:
    from rapidfuzz import fuzz

    other = titles.key(title)
    whole = fuzz.ratio(key, other) / 100
    if whole >= _SAME_TITLE or not (key and other):
        return whole
    # One of them may be cut, or lack its subtitle.
    short, long = sorted((key, other), key=len)
    start = fuzz.ratio(short, long[: len(short)]) / 100
    end = fuzz.ratio(short, long[-len(short) :]) / 100
    return max(whole, (max(start, end) if len(short) > 3 else 0.0) - 0.02)


def _families(raw: Any) -> set[str]:
    return {fold(parts[0] or (parts[5] if len(parts) > 5 else "")) for parts in raw if parts}


def _year(raw: Any) -> int:
    if isinstance(raw, dict):
        raw = raw.get("s")
    return raw[0] if raw else 0
