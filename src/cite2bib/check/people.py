"""The authors of a reference against those of the record: who is missing, who was made up, who got another given name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from cite2bib.check.verdict import Difference
from cite2bib.letters import fold, to_ascii, words
from cite2bib.model import Name
from cite2bib.names import family_key
from cite2bib.records.parts import is_body
from cite2bib.resolve.match import people
from cite2bib.resolve.match.people import Agreement, same_person

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cite2bib.model import Work

_SHOWN = 6  # names in a difference
_CUT = 4  # so many names fewer are a record that was cut short, and not people made up
# Short forms that share no beginning with the name; the others are prefixes.
_SHORT_FORMS = """
william bill will billy liam
robert bob rob bobby
richard dick rick
james jim jimmy
john jack johnny
margaret peggy meg maggie
elizabeth betty liz beth lisa
edward ted ed ned
charles chuck charlie
henry harry hank
michael mike mick
anthony tony
thomas tom
alexander sasha sascha alex aleksandr alexandre
katherine kate kathy catherine cathy katharine
stephen steve steven
joseph joe
david dave
daniel dan
christopher chris kris
nicholas nick
gregory greg
jeffrey jeff geoffrey geoff
andrew andy drew
lawrence larry
theodore ted
dmitry dima dmitri dmitriy
mikhail misha michael
vladimir volodya
sergey serge sergei
yevgeny eugene evgeny
yuri yury iouri
patricia pat patty
rebecca becky
deborah debbie
susan sue
timothy tim
kenneth ken
ronald ron
donald don
leonard leo len
matthew matt
benjamin ben
samuel sam
philip phil
frederick fred
peter pete
"""


def differing(work: Work, records: Sequence[Work]) -> Iterator[Difference]:
    """The one difference between two lists of authors that weighs most; none where a record has the same people."""
    said = work.names("author") or work.names("editor")
    role = "author" if work.names("author") else "editor"
    listed = [record.names("author") or record.names("editor") for record in records]
    listed = [names for names in listed if names]
    if are_placeholders(said) and listed and not any(map(are_placeholders, listed)):
        yield _told(role, said, listed[0], "a placeholder, and nobody's name")
        return
    if not said or not listed or is_of_bodies(said) or any(is_of_bodies(names) for names in listed):
        return
    found = [_between(role, said, names) for names in listed]
    if any(item is None for item in found):
        return
    yield min(filter(None, found), key=lambda item: item.matters)


# What stands for people in examples and templates, and in what was made up; of real people they are no whole list.
_NOBODY = """
anonymous ; anon ; anonymous author ; anonymous authors ; unknown ; unknown author ; unknown authors ; author ; authors ;
author name ; author names ; various ; various authors ; n a ; na ; none ; null ; nn ; n n ; tba ; tbd ; to be added ;
name ; your name ; my name ; full name ; first last ; firstname lastname ; first name last name ; given family ;
john doe ; jane doe ; j doe ; joe bloggs ; john q public ; john public ; foo bar ; test author ; some author
"""
_EXAMPLE = re.compile(r"[a-z]|\d+|authors?|coauthor|first|second|third|one|two|three|another|other|last|name")


@lru_cache(maxsize=1)
def _nobody() -> frozenset[str]:
    return frozenset(" ".join(words(name)) for name in _NOBODY.split(";"))


def are_placeholders(names: Sequence[Name]) -> bool:
    """Whether nobody is named: a list begins with "John Doe", "A. Author" or "Anonymous"."""
    named = people.named(names)
    return bool(named) and _is_placeholder(named[0])


def are_namesakes(said: Sequence[Name], found: Sequence[Name]) -> bool:
    """Whether two lists of some people have the same family names in the same order."""
    ours, theirs = (
        [fold(to_ascii(family_key(name))) for name in people.named(names)] for names in (said, found)
    )
    return len(ours) > 1 and ours == theirs


def _is_placeholder(name: Name) -> bool:
    said = words(to_ascii(str(name)))
    is_author = "author" in said and all(_EXAMPLE.fullmatch(word) for word in said)
    return is_author or " ".join(said) in _nobody()


def is_of_bodies(names: Sequence[Name]) -> bool:
    """Whether a body stands as (the first) author: its people are named, or not, as one likes.

    A name alone without a given one may be of either: "OpenAI", "Vaswani"; several such are people.
    """
    named = people.named(names)
    if not named:
        return False
    is_alone = len(named) == 1 and not named[0].given
    return bool(named[0].literal) or is_alone or is_body(str(named[0]))


def _between(role: str, said: Sequence[Name], found: Sequence[Name]) -> Difference | None:
    seen = people.compare(said, found)
    if seen.agreement is Agreement.ALL:
        return _order(role, said, found)
    if seen.agreement is Agreement.OPEN:
        return None
    ours, theirs = people.named(said), people.named(found)
    if len(ours) < len(theirs) and _words_of(ours) == _words_of(theirs):
        return _told(role, said, found, "the same names, but parted by commas", matters=False)
    extra, missing = _unpaired(ours, theirs)
    renamed, misspelt, strangers, absent = _sorted_out(extra, missing)
    if strangers and not _is_cut(ours, theirs, absent):
        return _told(
            role,
            said,
            found,
            f"{_listed(strangers)} {_is_are(strangers)} not among the authors of the record",
        )
    wrong = [one for one, other in renamed if not _are_variants(one, other)]
    if wrong:
        return _told(role, said, found, f"{_listed(wrong)}: another given name")
    if absent and not (people.is_open(said) or people.is_open(found) or strangers):
        return _told(role, said, found, f"{_listed(absent)} left out")
    return _told(role, said, found, "spelled otherwise", matters=False) if renamed or misspelt else None


def _words_of(names: Sequence[Name]) -> list[str]:
    """All words of some names: BibTeX takes "Ada Made, Ben Else" for one person."""
    return sorted(word for name in names for word in words(to_ascii(str(name))))


_Pairs: TypeAlias = "list[tuple[Name, Name]]"


def _sorted_out(
    extra: Sequence[Name], missing: Sequence[Name]
) -> tuple[_Pairs, _Pairs, list[Name], list[Name]]:
    """Of the names that have no partner: those with another given name, misspelt ones, strangers, those left out."""
    free = [name for name in missing if not (name.literal or is_body(str(name)))]
    renamed: _Pairs = []
    misspelt: _Pairs = []
    strangers: list[Name] = []
    for name in extra:
        for pairs, find in ((renamed, _namesake), (misspelt, _misspelt)):
            other = find(name, free)
            if other:
                pairs.append((name, other))
                free = [rest for rest in free if rest is not other]
                break
        else:
            strangers.append(name)
    return renamed, misspelt, strangers, free


def _with_initials_behind(name: Name) -> Name | None:
    """A name whose glued initials were taken for the family name: "Siddiquee MMR"."""
    if not (name.given and name.family.isalpha() and 2 <= len(name.family) <= 3 and name.family.isascii()):
        return None
    return Name(name.given, " ".join(name.family.upper()))


def _misspelt(name: Name, others: Sequence[Name]) -> Name | None:
    """Somebody whose name is nearly the same, letter by letter: "Xingrui Wong", "G. Pomianos"."""
    from rapidfuzz.distance import OSA

    def is_near(one: str, other: str) -> bool:
        longest = max(len(one), len(other))
        return longest >= 4 and int(OSA.distance(one, other)) <= (1 if longest < 8 else 2)

    swapped = _with_initials_behind(name)
    for other in others:
        if swapped and same_person(swapped, other):
            return other
        ours, theirs = (fold(to_ascii(family_key(one))) for one in (name, other))
        given = [fold(to_ascii(one.given)) for one in (name, other)]
        is_one = given[0] == given[1] or (min(map(len, given)) <= 2 and given[0][:1] == given[1][:1])
        wholes = [fold(to_ascii(f"{one.given}{one.family or one.literal}")) for one in (name, other)]
        if (is_one and is_near(ours, theirs)) or (
            min(map(len, wholes)) >= 10 and int(OSA.distance(*wholes)) <= 2
        ):
            return other
    return None


def _is_cut(ours: Sequence[Name], theirs: Sequence[Name], absent: Sequence[Name]) -> bool:
    """Whether the record keeps the first few alone: all whom it names are named here too, and many more."""
    is_short = len(theirs) == 1 or len(ours) - len(theirs) >= _CUT
    return not absent and len(theirs) < len(ours) and is_short and same_person(ours[0], theirs[0])


def _unpaired(ours: Sequence[Name], theirs: Sequence[Name]) -> tuple[list[Name], list[Name]]:
    free, extra = list(theirs), []
    for name in ours:
        partner = next((place for place, other in enumerate(free) if same_person(name, other)), None)
        if partner is None:
            extra.append(name)
        else:
            del free[partner]
    return extra, free


def _namesake(name: Name, others: Sequence[Name]) -> Name | None:
    """Somebody of the same family name."""
    key = fold(to_ascii(family_key(name)))
    return next((other for other in others if fold(to_ascii(family_key(other))) == key), None)


def _are_variants(one: Name, other: Name) -> bool:
    """Whether two given names are forms of one: "Bill" and "William", "Sergey" and "Sergei", "Ya-Li" and "Yali"."""
    left, right = ("".join(words(to_ascii(name.given))[:2]) for name in (one, other))
    first, second = ((words(to_ascii(name.given)) or ("",))[0] for name in (one, other))
    if not first or not second or len(first) == 1 or len(second) == 1:
        # Of initials only the first one tells: "J. R." is no "M.", and second names come and go.
        return first[:1] == second[:1]
    if any(second in row for row in _forms().get(first, ())) or first[:4] == second[:4]:
        return True
    from rapidfuzz.distance import OSA

    return int(OSA.distance(left, right)) <= 1 or int(OSA.distance(first, second)) <= (
        2 if len(first) > 6 else 1
    )


@lru_cache(maxsize=1)
def _forms() -> Mapping[str, list[frozenset[str]]]:
    found: dict[str, list[frozenset[str]]] = {}
    for row in _SHORT_FORMS.strip().splitlines():
        forms = frozenset(row.split())
        for form in forms:
            found.setdefault(form, []).append(forms)
    return found


def _order(role: str, said: Sequence[Name], found: Sequence[Name]) -> Difference | None:
    """Another first author makes another citation; lists in the order of the alphabet say nothing of who was first."""
    ours, theirs = people.named(said), people.named(found)
    if len(ours) < 2 or same_person(ours[0], theirs[0]):
        return None
    by_alphabet = _is_sorted(ours) or _is_sorted(theirs)
    return _told(role, said, found, "the same people in another order", matters=not by_alphabet)


def _is_sorted(names: Sequence[Name]) -> bool:
    keys = [family_key(name) for name in names]
    return keys == sorted(keys)


def _told(
    role: str, said: Sequence[Name], found: Sequence[Name], why: str, *, matters: bool = True
) -> Difference:
    return Difference(role, _listed(said), _listed(found), matters, why)


def _listed(names: Sequence[Name]) -> str:
    shown = ", ".join(str(name) for name in names[:_SHOWN])
    return f"{shown} and {len(names) - _SHOWN} more" if len(names) > _SHOWN else shown


def _is_are(names: Sequence[Name]) -> str:
    return "is" if len(names) == 1 else "are"
