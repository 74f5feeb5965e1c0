"""Names as BibTeX has them: `von Last, Jr, First`, corporate ones in braces, `others`; biblatex's `family=..., given=...`.

The algorithm is BibTeX's own (section 4 of https://tug.org/texinfohtml/btxhak, `format.name$`); tests compare it with pybtex's.
"""

from __future__ import annotations

import re
from functools import lru_cache

from cite2bib.formats.bibtex.decode import braces, decode
from cite2bib.model import Name
from cite2bib.names import OTHERS
from cite2bib.patterns import late

_AND = late(r"(?<!\s)\s++and(?=\s)|[{}]", re.IGNORECASE)
# What people write for `and others`; BibTeX itself takes it for a person.
_ET_AL = late(r"(?:\s*,)?(?:\s+and)?[\s~]+\{?(?:\\(?:emph|textit)\{)?et\.?[\s~]+al\.?[\s}]*\.?\s*$")
_SPACE = late(r"\s+")
_KEYED = late(
    r"\s*(?:family|given|prefix|suffix|useprefix|id|literal|name|sortingnamekeytemplatename)\s*=",
    re.IGNORECASE,
)


def parse_list(value: str) -> tuple[Name, ...]:
    r"""The names in a field.

    >>> [str(name) for name in parse_list(r"Donald E. Knuth and {Barnes and Noble} and G{\"o}del, Kurt and others")]
    ['Donald E. Knuth', 'Barnes and Noble', 'Kurt Gödel', 'others']
    """
    told = _ET_AL.search(value) if value.rstrip(" .}").endswith("al") else None
    names = (_parse(part) for part in split_list(value[: told.start()] if told else value) if part)
    named = tuple(name for name in names if str(name))
    return (*named, OTHERS) if told and named else named


def hides_particle(names: tuple[Name, ...], value: str) -> bool:
    """Whether braces say that a small word is part of a family name: `{de la Mata}, Maria`."""
    return "{" in value and any(name.family[:1].islower() and " " in name.family for name in names)


def split_list(value: str) -> list[str]:
    """The names in a field, each as it is written: parted by an `and` that is in no braces."""
    if "{" not in value:
        return [part.strip() for part in re.split(r"(?<!\s)\s++and(?=\s)", f" {value} ", flags=re.IGNORECASE)]
    parts = []
    depth = start = 0
    for found in _AND.finditer(value):
        if found[0] in "{}":
            depth += 1 if found[0] == "{" else -1
        elif depth == 0:
            parts.append(value[start : found.start()].strip())
            start = found.end()
    return [*parts, value[start:].strip()]


@lru_cache(maxsize=16_384)
def _parse(text: str) -> Name:
    if text.lower() == "others":
        return OTHERS
    if text.startswith("{") and braces(text).get(0) == len(text) - 1 and not text.startswith("{\\"):
        return Name(literal=decode(text))
    if "=" in text and _KEYED.match(text):
        return _keyed(text)
    return _by_commas([_tokens(part) for part in _split(text, ",")])


def _by_commas(parts: list[list[str]]) -> Name:
    if len(parts) == 1:
        return _given_first(parts[0])
    particle, family = _von_last(parts[0])
    if not family and not particle:
        return Name(literal=_joined([token for part in parts for token in part]))
    suffix, given = (
        ([], parts[1]) if len(parts) == 2 else (parts[1], [token for part in parts[2:] for token in part])
    )
    return Name(_joined(family), _joined(given), _joined(particle), suffix=_joined(suffix))


def _given_first(tokens: list[str]) -> Name:
    """`First von Last`: the first small word, unless it is the last of all, starts the particle."""
    start = next((index for index, token in enumerate(tokens[:-1]) if _is_small(token)), len(tokens) - 1)
    particle, family = _von_last(tokens[start:])
    return Name(_joined(family), _joined(tokens[:start]), _joined(particle))


def _von_last(tokens: list[str]) -> tuple[list[str], list[str]]:
    """The particle goes to the last small word before the last word."""
    last = max((index for index, token in enumerate(tokens[:-1]) if _is_small(token)), default=-1)
    return tokens[: last + 1], tokens[last + 1 :]


def _is_small(token: str) -> bool:
    r"""Whether a word's first letter outside braces is small; `{\'e}` is a letter, `{...}` is none."""
    position = 0
    while position < len(token):
        char = token[position]
        if char == "{":
            close = braces(token[position:]).get(0, len(token) - position - 1) + position
            if token.startswith("{\\", position):
                return decode(token[position : close + 1])[:1].islower()
            position = close + 1
        elif char == "\\":
            return decode(token[position:])[:1].islower()
        elif char.isalpha():
            return char.islower()
        else:
            position += 1
    return False


def _split(text: str, mark: str) -> list[str]:
    """The parts of a text between marks that are in no braces."""
    if "{" not in text:
        return text.split(mark)
    parts = [""]
    depth = 0
    for char in text:
        depth += (char == "{") - (char == "}")
        if char == mark and depth <= 0:
            parts.append("")
        else:
            parts[-1] += char
    return parts


def _tokens(text: str) -> list[str]:
    if "{" not in text and "\\" not in text:
        return text.replace("~", " ").split()
    spaced = re.sub(r"(?<!\\)~", " ", text)
    return [token for token in _split(_SPACE.sub(" ", spaced), " ") if token]


def _joined(tokens: list[str]) -> str:
    return decode(" ".join(tokens))


def _keyed(text: str) -> Name:
    """Biblatex's extended format, section 3.6 of its manual."""
    said = {}
    for part in _split(text, ","):
        key, _, value = part.partition("=")
        said[key.strip().lower()] = value.strip()
    plain = {key: decode(value) for key, value in said.items()}
    if plain.get("literal") or plain.get("name"):
        return Name(literal=plain.get("literal") or plain["name"])
    prefix = plain.get("prefix", "")
    dropping = said.get("useprefix", "").lower() == "false"
    return Name(
        plain.get("family", ""),
        plain.get("given", ""),
        "" if dropping else prefix,
        dropping_particle=prefix if dropping else "",
        suffix=plain.get("suffix", ""),
    )


def render_list(names: tuple[Name, ...], *, raw: bool) -> str:
    """Names as a field's value; `raw` leaves letters in Unicode (for BibLaTeX)."""
    return " and ".join(_render(name, raw=raw) for name in names if str(name))


@lru_cache(maxsize=16_384)
def _render(name: Name, *, raw: bool) -> str:
    if name == OTHERS:
        return "others"
    if name.literal:
        return f"{{{_encoded(name.literal, raw=raw)}}}"
    if raw and name.dropping_particle and not name.particle:
        return _rendered_keyed(name)
    particle = " ".join(part for part in (name.dropping_particle, name.particle) if part)
    parts = [_part(part, raw=raw) for part in (name.family, name.suffix, name.given)]
    family, suffix, given = parts
    particles, _ = _von_last(_tokens(family))
    if particles and not _is_small(particles[0]):
        family = f"{{{family}}}"  # "Vázquez de Parga" is no particle
    if not family:
        return f"{{{given}}}" if " " in given else given
    if not (given or suffix or particle):
        return family if _is_one_word(family) else f"{{{family}}}"
    before = f"{_encoded(particle, raw=raw)} " if particle else ""
    return ", ".join(
        [f"{before}{family}", *([suffix] if suffix else []), *([given] if given or suffix else [])]
    )


def _part(text: str, *, raw: bool) -> str:
    written = _encoded(text, raw=raw)
    return f"{{{written}}}" if "," in text or "and" in map(str.lower, text.split()) else written


def _encoded(text: str, *, raw: bool) -> str:
    from cite2bib.formats.bibtex.encode import encode  # who only reads does without

    return encode(text, raw=raw, names=True)


def _is_one_word(text: str) -> bool:
    return len(_tokens(text)) == 1


def _rendered_keyed(name: Name) -> str:
    parts = [
        ("family", name.family),
        ("given", name.given),
        ("prefix", name.dropping_particle),
        ("suffix", name.suffix),
    ]
    said = [f"{key}={{{_encoded(value, raw=True)}}}" for key, value in parts if value]
    return ", ".join([*said, "useprefix=false"])
