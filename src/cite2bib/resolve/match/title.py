"""What two titles have to do with one another: the same, a misprint apart, one without its subtitle, or another work.

One exchanged word makes another work ("frozen" against "fine-tuned", "Part I" against "Part II"): in lists of real
titles such pairs are ten times as frequent as two works of one title. So every differing stretch is judged by itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate

from cite2bib import titles
from cite2bib.resolve.match import notice
from cite2bib.resolve.match.word import NEGATIONS, distance, is_misprint, is_word, spelling


class Relation(Enum):
    """How a query's title stands to a candidate's."""

    SAME = "title equal"
    CLOSE = "title equal but for small words or spelling"
    MISPRINT = "title equal but for misprints"
    HEAD = "title equal but for a subtitle that one of them lacks"
    TAIL = "title equal to the subtitle of the other"
    CUT = "title cut off"
    NEAR = "another title, though a similar one"
    NOTICE = "a notice about a work, or a work about it"
    OTHER = "another title"
    UNKNOWN = "no title to compare"


@dataclass(frozen=True, slots=True)
class Titles:
    """The relation of two titles and the words that speak for it."""

    relation: Relation
    difference: str = ""  # "frozen" against "fine tuned"
    length: int = 0  # words of the part that is equal

    def __str__(self) -> str:
        return f"{self.relation.value}: {self.difference}" if self.difference else self.relation.value


class _Kind(Enum):
    """What one differing stretch means."""

    NOTHING = 0
    SMALL = 1
    MISPRINT = 2
    MEANING = 3


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch in which two titles differ, and where it stands in each."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    left_span: tuple[int, int]
    right_span: tuple[int, int]

    def __str__(self) -> str:
        sides = [f'"{" ".join(side)}"' if side else "nothing" for side in (self.left, self.right)]
        return " against ".join(sides)


def compare(query: str, candidate: str) -> Titles:
    """The relation of a query's title to a candidate's.

    >>> compare("Deep Nets for Speach", "Deep nets for speech").relation.name
    'MISPRINT'
    >>> str(compare("Robust Frozen Encoders", "Robust Fine-Tuned Encoders"))
    'another title, though a similar one: "frozen" against "fine tuned"'
    """
    left, right = titles.words(query), titles.words(candidate)
    if not left or not right:
        return Titles(Relation.UNKNOWN)
    if titles.key(query) == titles.key(candidate):
        return Titles(Relation.SAME, length=len(right))
    if _are_unlike(left, right):
        return Titles(Relation.OTHER)
    said, found = notice.kind(query), notice.kind(candidate)
    if bool(said) != bool(found):
        return Titles(Relation.NOTICE, said or found)
    return _judged(query, candidate, _stretches(left, right))


def _are_unlike(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """A quick no for the many candidates that share hardly a word; misprints leave most words as they are."""
    shared = len(set(left) & set(right))
    return shared * 4 < min(len(left), len(right)) and "".join(left)[:6] != "".join(right)[:6]


def _stretches(left: tuple[str, ...], right: tuple[str, ...]) -> list[_Stretch]:
    from rapidfuzz.distance import Levenshtein  # 16 ms, and titles mostly are equal or nothing alike

    found: list[_Stretch] = []
    for code in Levenshtein.opcodes(left, right):
        a, b, c, d = code.src_start, code.src_end, code.dest_start, code.dest_end
        if code.tag == "equal":
            continue
        if found and found[-1].left_span[1] == a and found[-1].right_span[1] == c:
            a, c = found[-1].left_span[0], found.pop().right_span[0]
        found.append(_Stretch(left[a:b], right[c:d], (a, b), (c, d)))
    return found


def _judged(query: str, candidate: str, stretches: list[_Stretch]) -> Titles:
    open_end = _missing_part(query, candidate, stretches)
    rest = [item for item in stretches if not (open_end and item is open_end[1])]
    kinds = [_kind(item) for item in rest]
    equal = len(titles.words(candidate)) - sum(len(item.right) for item in stretches)
    meant = [str(item) for item, kind in zip(rest, kinds, strict=True) if kind is _Kind.MEANING]
    misprints, small = kinds.count(_Kind.MISPRINT), kinds.count(_Kind.SMALL)
    # Three misprints in a title are still one's haste; more is another title.
    if meant or misprints > min(3, 1 + equal // 2) or small > 3:
        relation = Relation.NEAR if equal * 2 >= len(titles.words(candidate)) else Relation.OTHER
        return Titles(relation, "; ".join(meant), equal)
    told = "; ".join(str(item) for item in stretches)
    if open_end:
        return Titles(open_end[0], told, equal + misprints + small)
    if misprints:
        return Titles(Relation.MISPRINT, told, equal)
    return Titles(Relation.CLOSE if small else Relation.SAME, told, equal)


def _missing_part(query: str, candidate: str, stretches: list[_Stretch]) -> tuple[Relation, _Stretch] | None:
    """The stretch that one of the titles has beyond the other's end or before its beginning."""
    if not stretches:
        return None
    first, last = stretches[0], stretches[-1]
    sizes = len(titles.words(query)), len(titles.words(candidate))
    if (last.left_span[1], last.right_span[1]) == sizes:
        if not last.left and not _is_meant(last.right):
            return _ending(
                candidate, last.right_span[0], last, cut=titles.is_cut(query) or len(last.right) > 1
            )
        if not last.right and not _is_meant(last.left):
            return _ending(query, last.left_span[0], last, cut=titles.is_cut(candidate))
        if len(last.left) == 1 and _is_broken_off(last, cut=titles.is_cut(query)):
            return Relation.CUT, last
    if first.left_span[0] == 0 == first.right_span[0]:
        longer, span = (candidate, first.right_span) if not first.left else (query, first.left_span)
        if not (first.left and first.right) and span[1] in _boundaries(longer):
            return None if _is_meant(first.left or first.right) else (Relation.TAIL, first)
    return None


def _ending(longer: str, start: int, stretch: _Stretch, *, cut: bool) -> tuple[Relation, _Stretch] | None:
    if start in _boundaries(longer):
        return Relation.HEAD, stretch
    # A catalogue does not cut titles, and one word more is more often another work than a cut.
    return (Relation.CUT, stretch) if cut else None


def _is_broken_off(stretch: _Stretch, *, cut: bool) -> bool:
    """Whether the query's last word is the beginning of the candidate's next."""
    broken, whole = stretch.left[0], stretch.right[0] if stretch.right else ""
    is_start = whole.startswith(broken) and not _digits((broken,))
    return is_start and (cut or (len(stretch.right) > 1 and not is_word(broken)))


def _boundaries(title: str) -> set[int]:
    """After how many words a part of the title ends."""
    return set(accumulate(len(titles.words(part)) for part in titles.parts(title)))


# What makes another work when a title ends in it: a part, a version, a sequel.
_SEQUEL_LIST = (
    "part volume vol chapter paper pt teil partie ii iii iv vi vii viii ix revisited reloaded reconsidered revised "
    "again redux continued sequel supplement supplementary appendix addendum correction corrigendum erratum reply "
    "comment rejoinder retraction discussion extension extended update updated addenda response"
)
_SEQUELS = frozenset(_SEQUEL_LIST.split())
_SEQUEL_STARTS = frozenset({"revisited", "revisiting", "beyond", "rethinking", "reply", "response"})


def _is_meant(words: tuple[str, ...]) -> bool:
    """Whether a stretch that only one title has says by itself that it is another work."""
    if not words:
        return False
    is_short = len(words) <= 3
    return (
        words[0] in _SEQUELS
        or words[0] in _SEQUEL_STARTS
        or (is_short and (bool(_digits(words)) or bool(_SEQUELS & set(words))))
        or bool(_digits(words[:1]))
    )


_DIGITS = re.compile(r"\d+")
_ROMAN_WORDS = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}


def _digits(words: tuple[str, ...]) -> list[str]:
    return _DIGITS.findall(" ".join(_ROMAN_WORDS.get(word, word) for word in words))


def _kind(stretch: _Stretch) -> _Kind:
    left, right = stretch.left, stretch.right
    if "".join(left) == "".join(right):
        return _Kind.NOTHING
    if _digits(left) != _digits(right) or _signs(left) != _signs(right):
        return _Kind.MEANING
    if NEGATIONS & (set(left) ^ set(right)):
        return _Kind.MEANING
    left, right = _without_small(left), _without_small(right)
    if "".join(left) == "".join(right) or _is_acronym(left, right) or _is_acronym(right, left):
        return _Kind.SMALL
    return _words_kind(left, right)


def _signs(words: tuple[str, ...]) -> list[str]:
    return [word[-1] for word in words if word[-1] in "+#"]


def _without_small(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in titles.FUNCTION_WORDS)


def _is_acronym(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether one stands for the other: "llms" for "large language models"; never one word for another."""
    if len(short) != 1 or len(long) < 2:
        return False
    letters = "".join(word[0] for word in long)
    return short[0] in {letters, f"{letters}s"}


def _words_kind(left: tuple[str, ...], right: tuple[str, ...]) -> _Kind:
    if len(left) != len(right):
        # A space set wrongly in a misprint: "deeplearnign".
        joined = "".join(left), "".join(right)
        near = abs(len(left) - len(right)) == 1 and left and right and distance(*joined) <= 1
        return _Kind.MISPRINT if near and min(map(len, joined)) >= 6 else _Kind.MEANING
    kinds = [_word_kind(*pair) for pair in zip(left, right, strict=True)]
    return max(kinds, key=lambda kind: kind.value)


def _word_kind(left: str, right: str) -> _Kind:
    if left == right:
        return _Kind.NOTHING
    if spelling(left) == spelling(right):
        return _Kind.SMALL
    return _Kind.MISPRINT if is_misprint(left, right) else _Kind.MEANING
