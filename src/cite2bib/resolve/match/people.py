"""Two lists of authors: how many of the people are the same, whoever wrote the names down.

Catalogues swap family and given names, cut given names to initials, put whole names into one part, romanise, drop
accents and particles, and order lists by the alphabet. What is stable is the set of a person's name parts.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING

from cite2bib.letters import fold, to_ascii, words
from cite2bib.light import NamedTuple
from cite2bib.model import Name
from cite2bib.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_OTHERS = frozenset({"others", "andothers", "etal", "al", "andetal", "more", "andmore"})
_UMLAUT = late(r"(?<=[aou])e(?=.)")
_CAMEL = late(r"(?<=[a-z])(?=[A-Z])")
_GLUED_INITIALS = late(r"[A-Z]{2,3}")


class Agreement(Enum):
    """How far two lists of authors agree."""

    ALL = "all"
    MOST = "most"
    OPEN = "all that are named of a list that goes on"
    FIRST = "the first, and nobody else is named"
    HALF = "some"
    FEW = "few"
    NONE = "none"
    UNKNOWN = "not known on both sides"


class People(NamedTuple):
    """How many of the query's authors are among the candidate's."""

    agreement: Agreement
    shared: int = 0
    asked: int = 0
    found: int = 0
    likely: int = 0  # further ones with the same family name and initial, but another given name
    in_full: bool = False  # the given names of those who are the same are written out on both sides

    def __str__(self) -> str:
        more = f" and {self.likely} with another given name" if self.likely else ""
        count = f", the record has {self.found}" if self.found != self.asked else ""
        return f"{self.shared} of {self.asked} authors{more}{count}"


class _Person(NamedTuple):
    family: tuple[str, ...]
    tokens: tuple[str, ...]  # of the whole name, given names first
    joined: frozenset[str]  # the whole name without spaces, in both orders
    surname: str  # the family name with its particle, as one word


@lru_cache(maxsize=16_384)
def _person(name: Name) -> _Person:
    name = _uncovered(name)
    family = _tokens(name.family or name.literal)
    given = tuple(word for word in _tokens(name.given) if word not in _TITLES)
    glued = name.given.rstrip(".")  # "Bryant DJ." at the end of a list
    if _GLUED_INITIALS.fullmatch(glued) and not name.family.isupper():
        given = tuple(glued.lower())
    return _of(family, given, "".join(_tokens(name.particle)))


def _of(family: tuple[str, ...], given: tuple[str, ...], particle: str = "") -> _Person:
    joined = frozenset({"".join(given + family), "".join(family + given)})
    return _Person(family, given + family, joined, particle + "".join(family))


_PARTICLE_LIST = (
    "van von der den de la le di du da dos das do del della dello degli el al ten ter te 't st bin ibn af av zu zur zum vom "
    "y e las los lo d' ben abu"
)
_PARTICLES = frozenset(_PARTICLE_LIST.split())


def _uncovered(name: Name) -> Name:
    """A name all in small letters, whose given names were read as particles: "jm hellerstein"."""
    if name.given or not (name.particle and name.family.islower()):
        return name
    before = name.particle.split()
    count = next((place for place, word in enumerate(before) if word in _PARTICLES), len(before))
    return Name(name.family, " ".join(before[:count]), " ".join(before[count:]))


@lru_cache(maxsize=16_384)
def _readings(name: Name) -> tuple[_Person, ...]:
    """The people a name can mean, the likeliest first.

    Medical lists have the family name first ("Hill RJ"), and lists in small letters hide initials ("jm hellerstein").
    """
    found = [_person(name)]
    if re.fullmatch(r"[A-Z]{1,3}", name.family) and name.given and not name.given.isupper():
        found.append(_of(_tokens(name.given), tuple(name.family.lower())))
    bare = _uncovered(name)
    if re.fullmatch(r"[a-z]{2,3}", bare.given):
        found.append(_of(found[0].family, tuple(bare.given)))
    return tuple(found)


def _tokens(text: str) -> tuple[str, ...]:
    ascii_text = to_ascii(text)
    if not text.isascii():
        ascii_text = _CAMEL.sub(" ", ascii_text)  # Chinese is romanised as "WangWei"
    return tuple(_UMLAUT.sub("", word) for word in words(ascii_text))


def same_person(one: Name, other: Name) -> bool:
    """Whether two names can be one person's.

    >>> from cite2bib.names import parse
    >>> same_person(parse("J.-P. Müller"), parse("Mueller, Jean-Paul")), same_person(parse("Fei Li"), parse("Li, F."))
    (True, True)
    >>> same_person(parse("Xin Wang"), parse("Xiang Wang"))
    False
    """
    return any(_are_one(left, right) for left in _readings(one) for right in _readings(other))


def _are_one(left: _Person, right: _Person) -> bool:
    if not (left.tokens and right.tokens):
        return False
    if left.joined & right.joined:
        return True
    short, long = sorted((left, right), key=lambda person: len(person.tokens))
    return _covers(short, long) or _is_misprinted(left, right) or _is_respelled(left, right)


def _is_respelled(left: _Person, right: _Person) -> bool:
    """One surname, however its parts are joined, and given names that are short forms or romanisations of one another."""
    if not set(map(_romanised, left.joined)).isdisjoint(map(_romanised, right.joined)):
        return True
    if _romanised(left.surname) != _romanised(right.surname) and left.surname != "".join(right.family):
        return False
    one, other = (person.tokens[: -len(person.family) or None] for person in (left, right))
    if len(left.surname) > 2 and not (one and other):
        return left.surname == right.surname  # "van Dorp", whose particle the other list knows as one
    if not (one and other and len(left.surname) > 2):
        return False
    if "".join(one).startswith("".join(other)) or "".join(other).startswith("".join(one)):
        return left.surname == right.surname or min(len(one[0]), len(other[0])) == 1
    return all(_is_same_given(*pair) for pair in zip(one, other, strict=False))


def _is_same_given(one: str, other: str) -> bool:
    if min(len(one), len(other)) == 1:
        return one[0] == other[0]
    formal = _NICKNAMES.get(one, one), _NICKNAMES.get(other, other)
    return formal[0] == formal[1] or _romanised(one) == _romanised(other)


_ROMANISATIONS = (
    (late("[yj]"), "i"),
    (late("kh"), "h"),
    (late(r"(?<=.)h"), ""),
    (late(r"(.)\1+"), r"\1"),
)


@lru_cache(maxsize=16_384)
def _romanised(word: str) -> str:
    """One form for the ways in which a name of another script is spelt: "Dmitrii" and "Dmitry"; Chinese names stay apart.

    >>> _romanised("yuliya") == _romanised("julia"), _romanised("xiaoming") == _romanised("xiaomin")
    (True, False)
    """
    for pattern, instead in _ROMANISATIONS:
        word = pattern.sub(instead, word)
    return word


# What stands before or behind a name and is none.
_TITLES = frozenset(
    {"jr", "sr", "dr", "prof", "professor", "ph", "phd", "md", "mr", "mrs", "ms", "sir", "iii"}
)
_NICKNAME_LIST = (
    "bob robert|rob robert|bobby robert|bill william|will william|liz elizabeth|beth elizabeth|betty elizabeth|"
    "tom thomas|mike michael|dick richard|rick richard|rich richard|jim james|jimmy james|dave david|steve steven|"
    "stephen steven|tony anthony|dan daniel|joe joseph|kate katherine|cathy catherine|katharine katherine|"
    "catherine katherine|sue susan|matt matthew|nick nicholas|ed edward|ted edward|sam samuel|ben benjamin|andy andrew|"
    "drew andrew|chris christopher|greg gregory|jeff jeffrey|geoff geoffrey|ken kenneth|larry lawrence|"
    "meg margaret|peggy margaret|maggie margaret|pat patricia|ron ronald|don donald|phil philip|tim timothy|"
    "vicky victoria|alex alexander|sasha alexander|max maximilian|fred frederick|jack john|jon jonathan|becky rebecca|"
    "debbie deborah|jenny jennifer|kathy katherine|manny emmanuel|ray raymond|russ russell|zach zachary|josh joshua"
)
_NICKNAMES = dict(line.split() for line in _NICKNAME_LIST.split("|"))


def _covers(short: _Person, long: _Person) -> bool:
    """Whether each part of one name has its own in the other, a family name being among the whole ones."""
    left = list(long.tokens)
    whole: set[str] = set()
    for token in sorted(short.tokens, key=len, reverse=True):
        partner = (
            token if token in left else next((other for other in left if _abbreviates(token, other)), None)
        )
        if partner is None:
            return False
        left.remove(partner)
        if partner == token and len(token) > 1:
            whole.add(token)
    return bool(whole & {*short.family, *long.family}) and _is_named_enough(short, whole)


def _is_named_enough(short: _Person, whole: set[str]) -> bool:
    return bool(whole & set(short.family)) or len(whole) > 1


def _abbreviates(one: str, other: str) -> bool:
    """An initial, or a short form of four letters or more: "Alex" for "Alexander"."""
    short, long = sorted((one, other), key=len)
    return long.startswith(short) and (len(short) == 1 or len(short) >= 4)


def _is_misprinted(left: _Person, right: _Person) -> bool:
    """The same given names and a family name a letter apart: misprints, and characters lost on the way."""
    one, other = "".join(left.family), "".join(right.family)
    if min(len(one), len(other)) < 5 or left.tokens[0][:1] != right.tokens[0][:1] or one == other:
        return False
    if abs(len(one) - len(other)) > 1 or len(set(one) ^ set(other)) > 2:
        return False  # more than one slip changes; said without loading what counts them
    from rapidfuzz.distance import OSA

    return int(OSA.distance(one, other, score_cutoff=1)) <= 1


@lru_cache(maxsize=16_384)
def marks(name: Name, *, sought: bool = False) -> frozenset[str]:
    """Marks by which the same person is found among many: those sought of one name and those of the other share one.

    >>> from cite2bib.names import parse
    >>> bool(marks(parse("Müller, J.-P.")) & marks(parse("Jean-Paul Mueller"), sought=True))
    True
    """
    found: set[str] = set()
    for person in _readings(name):
        given = person.tokens[: -len(person.family) or None]
        initials = _initials(given) or (_ANY_INITIAL if sought else frozenset({""}))
        initials |= {""} if sought else frozenset()
        families = map(_romanised, (*person.family, person.surname, "".join(person.family)))
        found |= {f"{family} {initial}" for family in families for initial in initials}
        for word in given if len(person.tokens) > 1 else ():  # which may be the family name, or one of two
            others = _initials(tuple(other for other in person.tokens if other != word))
            found |= {f"{_romanised(word)} {initial}" for initial in others if len(word) > 1}
        found |= {_romanised(whole) for whole in (person.joined if sought else sorted(person.joined)[:1])}
    return frozenset(found)


_ANY_INITIAL = frozenset("abcdefghijklmnopqrstuvwxyz")


def _initials(given: tuple[str, ...]) -> frozenset[str]:
    """Those of names as they are written, and as the names they are short for or romanised from begin."""
    formal = (_romanised(_NICKNAMES.get(word, word)) for word in given)
    return frozenset(word[:1] for word in (*given, *formal))


_ENDS = {5: (2,), 6: (2,), 7: (2, 3)}  # letters of an end; a slip makes six or eight letters of seven


def ends(name: Name) -> Iterator[str]:
    """Initial and beginning, and initial and end of a family name: one slip leaves one of them as it is."""
    person = _person(name)
    family = "".join(person.family)
    initial = person.tokens[0][:1] if person.tokens else ""
    for length in _ENDS.get(len(family), (3,) if len(family) > 7 else ()):
        yield from (f"{initial}{family[:length]}-", f"{initial}-{family[-length:]}")


def is_open(names: Sequence[Name]) -> bool:
    """Whether a list of names says that there are more."""
    return any(_is_others(name) or _alone(name) is not name for name in names)


def named(names: Sequence[Name]) -> tuple[Name, ...]:
    """The names of a list without "and others"."""
    return tuple(_alone(name) for name in names if not _is_others(name))


def _alone(name: Name) -> Name:
    """A name without the "et al." that was read as part of it: "Peters et al."."""
    if name.family[:2].lower() != "al" or name.family.rstrip(".").lower() != "al":
        return name
    *before, last = f"{name.given} {name.particle}".split() or [""]
    return Name(before[-1], " ".join(before[:-1])) if last.lower() == "et" and before else name


def _is_others(name: Name) -> bool:
    if name.given and name.given[0] not in "eE":
        return False  # as nearly all
    return (not name.given or name.given.lower().startswith("et al")) and fold(
        name.literal or name.family
    ) in _OTHERS


def compare(query: Sequence[Name], candidate: Sequence[Name]) -> People:
    """How far the query's list of authors and the candidate's agree."""
    asked, found = named(query), named(candidate)
    if not asked or not found:
        return People(Agreement.UNKNOWN, 0, len(asked), len(found))
    pairs, likely = _pairs(asked, found)
    agreement = _agreement(
        len(asked), len(found), pairs, likely, is_open=is_open(query) or is_open(candidate)
    )
    in_full = all(_is_in_full(asked[one]) and _is_in_full(found[other]) for one, other in pairs[:3])
    return People(agreement, len(pairs), len(asked), len(found), likely, bool(pairs) and in_full)


def _is_in_full(name: Name) -> bool:
    person = _person(name)
    return len(person.tokens) > len(person.family) and len(person.tokens[0]) > 1


def _pairs(asked: Sequence[Name], found: Sequence[Name]) -> tuple[list[tuple[int, int]], int]:
    """Places of the same people, and how many more are likely the same.

    Equal names first, so that lists of thousands stay cheap.
    """
    places: dict[_Person, list[int]] = {}
    for place, name in enumerate(found):
        places.setdefault(_person(name), []).append(place)
    pairs: list[tuple[int, int]] = []
    rest: list[int] = []
    for place, name in enumerate(asked):
        same = places.get(_person(name))
        if same:
            pairs.append((place, same.pop(0)))
        else:
            rest.append(place)
    free = [place for same in places.values() for place in same]
    left: list[int] = []
    for place in rest[:100]:
        partner = next((other for other in free[:200] if same_person(asked[place], found[other])), None)
        if partner is None:
            left.append(place)
        else:
            free.remove(partner)
            pairs.append((place, partner))
    return pairs, _likely([asked[place] for place in left], [found[place] for place in free[:200]])


def _likely(asked: Sequence[Name], found: Sequence[Name]) -> int:
    """How many share family name and initial: given names are often made up where initials were expanded."""
    free = [_surname_and_initial(name) for name in found]
    count = 0
    for name in asked:
        key = _surname_and_initial(name)
        if key in free:
            free.remove(key)
            count += 1
    return count


def _surname_and_initial(name: Name) -> tuple[tuple[str, ...], str]:
    person = _person(name)
    return person.family, person.tokens[0][:1] if person.tokens else ""


def _agreement(
    asked: int, found: int, pairs: list[tuple[int, int]], likely: int, *, is_open: bool
) -> Agreement:
    shared = len(pairs)
    first = (0, 0) in pairs
    together = shared + 0.7 * likely
    if not shared:
        return Agreement.FEW if likely >= 2 else Agreement.NONE
    if shared == asked == found:
        return Agreement.ALL
    if is_open and shared in {asked, found} and first:
        return Agreement.OPEN
    if asked == 1 and first:
        return Agreement.FIRST
    if shared >= 2 and together >= 0.75 * asked and together >= 0.6 * found:
        return Agreement.MOST
    if 2 * together >= min(asked, found) and (shared >= 2 or first):
        return Agreement.HALF
    return Agreement.FEW
