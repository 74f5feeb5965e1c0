"""Names as the engine sees them: particles and suffixes taken out of their fields, scripts told apart.

https://docs.citationstyles.org/en/stable/specification.html#names; particles as citeproc-js finds them in family and given.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from cite2bib.light import NamedTuple
from cite2bib.patterns import late

if TYPE_CHECKING:
    from cite2bib.model import Name

# Alphabets whose names have initials, from one letter to another; as a pattern they would take long to compile.
_ROMANESQUE = (
    ("-", "-"), ("0", "9"), ("A", "Z"), ("a", "z"), ("\u00c0", "\u024f"), ("\u02bb", "\u02bb"), ("\u02be", "\u02bf"),
    ("\u0370", "\u03ff"), ("\u0400", "\u052f"), ("\u0531", "\u0587"), ("\u0590", "\u05d4"), ("\u05d6", "\u06ff"),
    ("\u0e01", "\u0e5b"), ("\u10a0", "\u10ff"), ("\u1e00", "\u1fff"), ("\u200c", "\u200e"),
)  # fmt: skip
_BEFORE_NAMES = frozenset("‘’'\"“")
_LEADING_PARTICLE = late(r"([^ ]+(?:-|\u02bb|’| |') *)(?=\S)")
_GIVEN_SUFFIX = late(r"\s*,(!*)\s*")
_APOSTROPHES = "'’ʻ\"“‘"


class Person(NamedTuple):
    """One name, ready to be put in any order."""

    family: str
    given: str
    particle: str  # non-dropping
    dropping: str
    suffix: str
    comma_suffix: bool
    literal: str  # an institution, or a name that can't be taken apart
    script: int  # 2 given before family, 1 family first with a space, 0 family first without
    static: bool
    only_given: bool = False  # the family is a given name


@lru_cache(maxsize=65_536)
def person(name: Name) -> Person:
    """A name of the model, with particles and suffix found where the fields hide them."""
    if name.literal:
        return Person("", "", "", "", "", comma_suffix=False, literal=name.literal, script=2, static=True)
    family, given, suffix = name.family.strip(), name.given.strip(), name.suffix.strip()
    particle, dropping = name.particle.strip(), name.dropping_particle.strip()
    comma = name.comma_suffix
    only_given = bool(given and not family)
    if only_given:
        family, given = given, ""
    if not suffix and "," in given and (found := _GIVEN_SUFFIX.search(given)):
        given, suffix, comma = given[: found.start()], given[found.end() :], comma or bool(found[1])
    if family.startswith('"') and family.endswith('"') and len(family) > 2:
        family = family[1:-1]
    elif given and not particle and not dropping:
        particle, family = _leading(family)
        given, dropping = _trailing(given)
    script = _script(family, given)
    return Person(
        family, given, particle, dropping, suffix, comma, "", script, name.static_ordering, only_given
    )


def _leading(family: str) -> tuple[str, str]:
    """The lower-case words before a family name, and the rest: "van der Meer", "d'Aubignac", "al-One"."""
    found: list[str] = []
    rest = family
    if not _is_small(family):
        return "", family
    while match := _LEADING_PARTICLE.match(rest):
        if not _is_small(match[1]):
            break
        found.append(match[1])
        rest = rest[match.end() :]
    particle = "".join(found)
    # "de' Medici" keeps its space, "d'Aubignac" gets none.
    return particle if particle[:-1].endswith(tuple(_APOSTROPHES)) else particle.strip(), rest


def _trailing(given: str) -> tuple[str, str]:
    """The rest, and the lower-case words after given names: "Jean de"."""
    found: list[str] = []
    rest = given
    while True:
        before, _, word = rest.rpartition(" ")
        if not before or not _is_small(word):
            return rest, " ".join(found)
        found.insert(0, word)
        rest = before


def _is_small(word: str) -> bool:
    """Whether a word begins with a small letter, behind its apostrophe."""
    first = word.lstrip(_APOSTROPHES)[:1]
    return first.upper() != first


def _script(family: str, given: str) -> int:
    if not family or starts_romanesque(family) or has_romanesque(family):
        return 2
    return 1 if starts_romanesque(given) else 0


def family_first(name: Person) -> Person:
    """A name in the order of languages that begin with the family."""
    return name if name.literal else name._replace(static=True, dropping="", suffix="")


def starts_romanesque(text: str) -> bool:
    """Whether a text starts in an alphabet that knows initials."""
    first = text.removeprefix("&")[:1]
    return bool(first) and (first in _BEFORE_NAMES or _is_romanesque(first))


def has_romanesque(text: str) -> bool:
    """Whether anything in a text is of such an alphabet."""
    return any(map(_is_romanesque, text))


@lru_cache(maxsize=4096)
def _is_romanesque(char: str) -> bool:
    return any(first <= char <= last for first, last in _ROMANESQUE)


_NO_INITIALS = frozenset("ʻʿʾ")  # signs of their own that a name may begin with
_SPLIT = late(r"(-|\s+)")


@lru_cache(maxsize=65_536)
def initials(given: str, mark: str, *, hyphen: bool = True, initialize: bool = True) -> str:
    """Given names as initials; or, with `initialize` off, only the initials that there are, set the same way.

    >>> initials("Hui-Xiao Li Yuan", ". "), initials("J.J.", ""), initials("TSerendorjiin", ".")
    ('H.-X. L. Y.', 'JJ', 'Ts.')
    """
    if "<" in given and _TAGS.search(given):
        return _around_tags(given, mark, hyphen=hyphen, initialize=initialize)
    if not given or not starts_romanesque(given) or given[0] in _NO_INITIALS:
        return given
    if not hyphen:
        given = given.replace("-", " ")
    given = re.sub(r"\s+", " ", given)
    if "-" in given:
        given = re.sub(r"\s*-\s*", "-", given)
        given = re.sub(r"-([a-zß-öø-ÿ])", "–\\1", given)  # what follows in lower case is no name of its own
    parts = [part for part in _SPLIT.split(re.sub(r"\.(?=[^\s-])", ". ", given)) if part]
    pieces = _abbreviated(parts, mark) if initialize else _normalized(parts, mark)
    joined = re.sub(r"\s*-\s*", "-", re.sub(r" +", " ", "".join(pieces)))
    return joined.strip().replace("–", "-")


_TAGS = late(r"(</?(?:i|b|sup|sub|sc|span)(?:\s[^<>]*)?>)")


def _around_tags(given: str, mark: str, *, hyphen: bool, initialize: bool) -> str:
    """Initials of what stands between tags."""
    out = []
    for piece in _TAGS.split(given):
        if piece.startswith("<"):
            out.append(piece)
        elif piece.strip():
            space = mark[len(mark.rstrip()) :] if initialize else " "
            out.append(space if piece[0].isspace() and out else "")
            out.append(initials(piece.strip(), mark, hyphen=hyphen, initialize=initialize))
    return "".join(out)


def _abbreviated(parts: list[str], mark: str) -> list[str]:
    out: list[str] = []
    for part in parts:
        if part == "-" or part.isspace():
            if part == "-":
                out.append("-")
            continue
        first = part[0]
        if _is_initial(part):
            out.append(part.rstrip(".") + mark)
        elif first.upper() != first or not first.isalpha():
            out.append(f" {part} ")
        else:
            out.append(first + _digraph(part) + mark)
    return out


def _digraph(part: str) -> str:
    """The "s" of "TSerendorjiin": capitals that go with the first letter."""
    rest = part[1:]
    capitals = rest[: next((index for index, char in enumerate(rest) if not char.isupper()), len(rest))]
    return capitals.lower() if capitals and len(capitals) < len(rest) else ""


def _is_initial(part: str) -> bool:
    bare = part.rstrip(".")
    return bare[:1].isupper() and (len(bare) == 1 or part.endswith("."))


def _normalized(parts: list[str], mark: str) -> list[str]:
    out: list[str] = []
    for index, part in enumerate(parts):
        if _is_initial(part) or (len(part) == 2 and part[0].isalpha() and part[1] == "."):
            out.append(part.rstrip(".") + mark)
        elif part != "-" and not part.isspace():
            out.append(part)
        elif (
            out
            and index + 1 < len(parts)
            and not (_is_initial(parts[index - 1]) and _is_initial(parts[index + 1]))
        ):
            out.append(part)  # between initials their mark is enough
    return out
