"""Two words of titles: one spelling, a misprint, or two meanings."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from cite2bib.letters import without_marks

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


def is_misprint(left: str, right: str) -> bool:
    """Whether two words are one word, misprinted in one of them.

    Of two words that both exist, or of which none does, nobody can say so: "encoding" and "decoding", "BERT" and
    "BART". The longer the word, the more of it may be wrong.

    >>> is_misprint("trasnformer", "transformer"), is_misprint("modal", "model"), is_misprint("bart", "bert")
    (True, False, False)
    """
    if {left, right} & NEGATIONS or _is_prefixed(left, right) or _is_prefixed(right, left):
        return False
    known = is_word(left), is_word(right)
    shorter = min(len(left), len(right))
    if known[0] == known[1]:
        is_long_unknown = not known[0] and shorter >= 8 and left[:2] == right[:2]
        return is_long_unknown and distance(left, right) == 1
    return shorter >= 2 and distance(left, right) <= (1 if shorter < 5 else 2)


def _is_prefixed(short: str, long: str) -> bool:
    return any(long == prefix + short for prefix in _PREFIXES) and is_word(short)


def distance(left: str, right: str) -> int:
    """Edits, a swap of neighbours being one."""
    from rapidfuzz.distance import OSA

    return int(OSA.distance(left, right, score_cutoff=3))


@cache
def _vocabulary() -> str:
    """The known words as they stand in the file: a search in it is cheaper than a set of all for the few asked."""
    return Path(__file__).with_name("words.txt").read_text(encoding="utf-8")


@cache
def is_word(word: str) -> bool:
    """Whether a folded word is a known one.

    >>> is_word("decoding"), is_word("decodign")
    (True, False)
    """
    return word.isdigit() or f"\n{without_marks(word)}\n" in _vocabulary()
