"""Two words of titles: one spelling, a misprint, or two meanings."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from cite2bib.letters import without_marks
from cite2bib.titles import FUNCTION_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

_NEGATION_LIST = "not no non without never nor neither cannot un anti"
NEGATIONS = frozenset(_NEGATION_LIST.split())
_PREFIX_LIST = (
    "anti auto bi co contra counter de dis down en endo ex exo extra hetero homo hyper hypo il im in infra inter intra "
    "ir macro mal micro mid mini mis mono multi non out over poly post pre pro pseudo quasi re self semi sub super sym "
    "trans tri ultra un under uni up a e"
)
_PREFIXES = _PREFIX_LIST.split()

_SPELLINGS = (
    (re.compile(r"is(?=(?:ation|e|ed|er|es|ing|able)s?$)"), "iz"),
    (re.compile(r"yse(?=[drs]?$)|ysing$"), "yze"),
    (re.compile(r"our(?=$|s$|ed$|ing$|al$|able$|ful$|less$)"), "or"),
    (re.compile(r"ll(?=(?:ed|ing|er|ers)$)"), "l"),
    (re.compile(r"tre(?=s?$)"), "ter"),
    (re.compile(r"ogue(?=s?$)"), "og"),
    (re.compile(r"(?<=.)ae(?=.)|^ae"), "e"),
    (re.compile(r"ence(?=s?$)"), "ense"),
    (re.compile(r"ies$"), "y"),
    (re.compile(r"(?<=[sxz])es$|(?<=[cs]h)es$|(?<![su])s$"), ""),
    (re.compile(r"(?<=.{3})(?:ue|oe)(?=.)"), "u"),
)


@cache
def spelling(word: str) -> str:
    """One form for British and American spelling, singular and plural."""
    if len(word) < 4:
        return word
    for pattern, replacement in _SPELLINGS:
        word = pattern.sub(replacement, word)
    return word


class Slip(Enum):
    """Whether two words are one word, misprinted in one of them."""

    SURE = "a misprint"
    MAYBE = "a misprint, or another word"
    NO = "another word"


def slip(left: str, right: str) -> Slip:
    """Whether two words are one word with a slip of the fingers in it.

    Of two words that both exist, or of which none does, nobody can say so: "encoding" and "decoding", "BERT" and
    "BART". The longer the word, the more of it may be wrong.

    >>> [slip(*pair).name for pair in [("trasnformer", "transformer"), ("modal", "model"), ("frozen", "tuned")]]
    ['SURE', 'MAYBE', 'NO']
    """
    apart = distance(left, right)
    if {left, right} & FUNCTION_WORDS:
        # They carry no meaning: "far" and "fro" were "for". Only a negation means something.
        return Slip.SURE if apart == 1 and not {left, right} & NEGATIONS else Slip.NO
    known = is_word(left), is_word(right)
    if (
        _is_prefixed(left, right)
        or _is_prefixed(right, left)
        or (any(known) and _are_prefixed_apart(left, right))
    ):
        return Slip.NO
    shorter = min(len(left), len(right))
    if known[0] != known[1] or (not any(known) and is_compound(left) != is_compound(right)):
        return Slip.SURE if shorter >= 2 and apart <= (1 if shorter < 5 else 2) else Slip.NO
    if not any(known) and shorter >= 8 and left[0] == right[0] and apart == 1:
        return Slip.SURE
    return Slip.MAYBE if apart == 1 and shorter >= 3 else Slip.NO


def _is_prefixed(short: str, long: str) -> bool:
    """Whether one word is the other with a prefix; of "adata" and "data" it is the misprint that is more likely."""
    prefix = long.removesuffix(short)
    return prefix != long and prefix in _PREFIXES and is_word(short) and (len(prefix) > 1 or is_word(long))


def _are_prefixed_apart(left: str, right: str) -> bool:
    """Whether two words are one stem with two prefixes: "exogenous" and "endogenous"."""
    bare = {left.removeprefix(prefix) for prefix in _PREFIXES if len(prefix) > 1 and left.startswith(prefix)}
    return any(
        right.startswith(prefix) and right.removeprefix(prefix) in bare
        for prefix in _PREFIXES
        if len(prefix) > 1
    )


def distance(left: str, right: str) -> int:
    """Edits, a swap of neighbours being one."""
    from rapidfuzz.distance import OSA

    return int(OSA.distance(left, right, score_cutoff=3))


@cache
def _vocabulary() -> str:
    """The known words as they stand in the file: a search in it is cheaper than a set of all for the few asked."""
    return Path(__file__).with_name("words.txt").read_text(encoding="utf-8")


# What the file of words leaves out where the rest is in it: ending, and how the rest ends.
_ENDINGS = (("s", ""), ("es", "sxzho"), ("d", "e"), ("ed", ""), ("ing", ""), ("ly", ""))


def stems(word: str) -> Iterator[str]:
    """What a word may be derived from."""
    for ending, before in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 2 and (not before or stem[-1] in before):
            yield stem


@cache
def is_word(word: str) -> bool:
    """Whether a folded word is a known one.

    >>> is_word("decoding"), is_word("decodign")
    (True, False)
    """
    bare = without_marks(word)
    if bare.isdigit() or bare in _PREFIXES or bare in FUNCTION_WORDS or _is_listed(bare):
        return True
    return any(map(_is_listed, stems(bare)))


@cache
def is_compound(word: str) -> bool:
    """Whether a word is two known ones: "halfspaces"."""
    places = range(4, len(word) - 3)
    return any(is_word(word[:place]) and is_word(word[place:]) for place in places)


def _is_listed(word: str) -> bool:
    return f"\n{word}\n" in _vocabulary()
