"""Names of people: taken apart by BibTeX's rules, compared by what is stable in them."""

from __future__ import annotations

import re
from functools import lru_cache

from cite2bib.letters import fold, words
from cite2bib.model import Name
from cite2bib.patterns import late

OTHERS = Name(literal="others")  # "and others": there are more, unnamed
_SUFFIX = late(r"(?:jr|sr|junior|senior)\.?|(?:I{2,3}|IV|VI{0,3})", re.IGNORECASE)


@lru_cache(maxsize=16_384)  # catalogues repeat their authors
def parse(text: str) -> Name:
    """A name in either order: `Laurens van der Maaten`, `van der Maaten, Laurens`, `King, Jr., Martin Luther`.

    A lower-case word starts the particle, as in BibTeX.

    >>> parse("Laurens van der Maaten")
    Name(family='Maaten', given='Laurens', particle='van der')
    """
    parts = [" ".join(part.split()) for part in text.split(",")]
    if len(parts) == 1:
        return _given_first(parts[0].split())
    if len(parts) == 2 and _SUFFIX.fullmatch(parts[1]):
        name = _given_first(parts[0].split())
        return Name(name.family, name.given, name.particle, suffix=parts[1])
    particle, family = _particle(parts[0].split())
    if not family:  # nothing stands before the comma
        return _given_first(" ".join(parts).split())
    suffix = parts[1] if len(parts) > 2 else ""
    return Name(
        family, " ".join(filter(None, parts[2:] if len(parts) > 2 else parts[1:])), particle, suffix=suffix
    )


def _given_first(tokens: list[str]) -> Name:
    suffix = ""
    is_initial = len(tokens) > 2 and len(tokens[-2].rstrip(".")) == 1  # "Andrew W Senior" has a family name
    if len(tokens) > 2 and _SUFFIX.fullmatch(tokens[-1]) and not tokens[-1].islower() and not is_initial:
        *tokens, suffix = tokens
    lower = [index for index, token in enumerate(tokens[:-1]) if _is_lower(token)]
    start = lower[0] if lower else len(tokens) - 1
    particle, family = _particle(tokens[start:])
    return Name(family, " ".join(tokens[:start]), particle, suffix=suffix)


def _particle(tokens: list[str]) -> tuple[str, str]:
    """The lower-case words up to the last one before the end, and the rest."""
    if not (tokens and _is_lower(tokens[0])):
        return "", " ".join(tokens)  # "García de Paredes" is a family name
    last = max((index for index, token in enumerate(tokens[:-1]) if _is_lower(token)), default=-1)
    return " ".join(tokens[: last + 1]), " ".join(tokens[last + 1 :])


def _is_lower(token: str) -> bool:
    first = next((char for char in token if char.isalpha()), "")
    return first.islower()


def family_key(name: Name) -> str:
    """What is compared of a family name: folded, without particles.

    >>> family_key(Name(family="Gödel-Müller")) == family_key(Name(family="godel muller"))
    True
    """
    return fold(name.family or name.literal)


def initials(name: Name) -> str:
    """The first letters of the given names, folded.

    >>> initials(Name(family="Doe", given="Jean-Paul É."))
    'jpe'
    """
    return "".join(word[0] for word in words(name.given))
