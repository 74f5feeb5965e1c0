"""Names as files of references write them: family first behind a comma, or a body that has no parts."""

from __future__ import annotations

import re
from functools import lru_cache

from cite2bib import names
from cite2bib.model import Name
from cite2bib.patterns import late
from cite2bib.records.parts import is_body

_INITIALS_LAST = late(r"(?P<family>[^\s,.]+(?:[ -][^\s,.]+){0,2}) (?P<given>(?:[^\W\d_]\.[ -]?)+)")
_SUFFIX = late(r"(?:jr|sr|junior|senior)\.?|[IVX]{2,4}", re.IGNORECASE)


@lru_cache(maxsize=65_536)
def person(text: str) -> Name:
    """`Family, Given, Suffix`, `Family G.`, `Given Family`, or the name of a body.

    >>> person("King, Martin Luther, Jr.").suffix, person("Adler D.G.").family, person("World Health Organization").literal
    ('Jr.', 'Adler', 'World Health Organization')
    """
    parts = [" ".join(part.split()) for part in text.split(",")]
    if len(parts) > 3 or not parts[0]:
        return Name(literal=" ".join(text.split()))
    if len(parts) == 1:
        return _without_comma(parts[0])
    if parts[1:] == [""] and " " in parts[0] and not parts[0][0].islower():
        return Name(literal=parts[0])  # how EndNote says that a body is not to be taken apart
    if len(parts) == 3 and not _SUFFIX.fullmatch(parts[1]):
        parts[1:] = reversed(parts[1:])  # BibTeX puts the suffix into the middle, all others last
    return names.parse(", ".join(parts))


def _without_comma(text: str) -> Name:
    if found := _INITIALS_LAST.fullmatch(text):
        return names.parse(f"{found['family']}, {found['given']}")
    if (
        " " not in text
        or is_body(text)
        or text.isupper()
        or re.search(r"[\d&]|\b(?:and|et|und)\b", text)
        or len(text.split()) > 5
    ):
        return Name(literal=text)
    return names.parse(text)


def family_first(name: Name) -> str:
    """A name as `person` reads it; a comma at the end keeps a body's words together, and a lone family name from being one.

    >>> family_first(Name("Maaten", "Laurens", "van der")), family_first(Name("Plato"))
    ('van der Maaten, Laurens', 'Plato,')
    """
    if name.literal:
        whole = name.literal if "," in name.literal else f"{name.literal},"
        return name.literal if person(name.literal) == name else whole
    family = " ".join(filter(None, [name.particle, name.family]))
    given = " ".join(filter(None, [name.given, name.dropping_particle]))
    return f"{family}, {given}, {name.suffix}" if name.suffix else f"{family}, {given}".rstrip()
