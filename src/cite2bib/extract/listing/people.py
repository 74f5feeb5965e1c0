"""Lists of authors: told from titles and menus by the shapes of their pieces, paired where they are flat."""

from __future__ import annotations

import re
from functools import lru_cache

from cite2bib import names
from cite2bib.extract.listing.vocabulary import COMMON, GIVEN, PARTICLES
from cite2bib.extract.words import word_set
from cite2bib.letters import without_marks
from cite2bib.light import NamedTuple
from cite2bib.model import Name
from cite2bib.patterns import late

LONGEST = 20_000  # characters; a collaboration of a thousand people fits
_ETAL = re.compile(
    r"[,;]?\s*(?:\band\s|&\s?)?(?:\bet\.?\s?al\b\.?,?|\band\sothers\b\.?|(?:…|\.\.\.)|等\.?|"
    r"(?:and\s|&\s|\(?\+\s?)\d+\s(?:more\s|other\s)?(?:authors?|others|more|coauthors?|co-authors?)\)?)",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]{0,200}[)\]]")
_MORE = re.compile(
    r"et\.?\s?al|others|more|author|…|\.\.\.|等", re.IGNORECASE
)  # some of it is in all of the above
_MARKS = re.compile(r"[*†‡§¶#⋆♠♣♦♥∗✉\d¹²³⁰-⁹]")  # and some of these in what follows
_SUPERS = re.compile(
    r"(?<=[^\W\d_.])(?:\s?(?:[*†‡§¶#⋆♠♣♦♥∗✉]|\^?\{?\d{1,2}(?:,\s?\d{1,2})*\}?(?![\w.])|\s0\d{3}\b))+|^[*†‡§¶\d]+\s?|[¹²³⁰-⁹]+"
)
_LABEL = re.compile(
    r"(?:authors?|by|autor(?:en|es)?|auteurs?|speakers?|presenters?)\s*(?::|(?<=by)\s)\s*", re.IGNORECASE
)
_LOWER = re.compile(r"(?:^|,\s|\band\s)(?:[^\W\d_]\.[\s-]?)+[^\W\d_]{2}")
_BODY = re.compile(
    r"(?:Authors:\s)?((?:The\s)?[A-Z][\w -]{1,60}?\s(?:Collaboration|Team|Consortium|Group|Project))(?::|\s•)\s+(?=\S)"
)
_EDITORS = re.compile(r"\((?:editors?|eds?\.?)\)|,\s(?:editors?|eds\.?)$", re.IGNORECASE)
_AND = re.compile(r"\s*,?\s+(?:and|und|et|y|e)\s+|\s*,?\s*&\s*")
_COMMA = re.compile(r"\s*[,，、]\s*")
_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV")
_INITIALS = re.compile(
    r"(?:[^\W\d_]\.[-‐– ]?){1,4}|[^\W\d_a-z]{1,3}|(?:[^\W\d_a-z][- ]){1,3}[^\W\d_a-z]|[^\W\d_]{1,2}\."
)
_HAN = late(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af·]{2,6}")
_WORD = re.compile(r"[^\W\d_]+(?:[-‐'’`.][^\W\d_]+)*[-’']?|[^\W\d_]{1,4}\.")
_CAPITAL_PARTICLES = word_set("van von der den de della")


class People(NamedTuple):
    """A list of authors as it is read, and how sure that it is one."""

    names: tuple[Name, ...]
    score: float  # 0 to 1
    scheme: str  # direct, pairs, ...: how the list is written
    others: bool = False  # it says there are more

    def all_names(self) -> tuple[Name, ...]:
        """The names, with `others` where the list says so."""
        return (*self.names, names.OTHERS) if self.others else self.names


def read(
    text: str, *, scheme: str = "", common: frozenset[str] = frozenset(), families: bool = False
) -> People | None:
    """The people a text names when it is nothing but a list of them.

    `scheme` is how the document's other lists are written, `common` its ordinary words; `families` says that family
    names alone may be listed, as beside a title that is set apart.

    >>> [str(name) for name in read("Wang, Xin, Freer, Jonathan, Chang, Hyung Jin").names]
    ['Xin Wang', 'Jonathan Freer', 'Hyung Jin Chang']
    >>> [str(name) for name in read("Xin Wang, Jonathan Freer and Hyung Jin Chang").names]
    ['Xin Wang', 'Jonathan Freer', 'Hyung Jin Chang']
    >>> read("Attention Is All You Need") is None
    True
    """
    if not 3 <= len(text) <= LONGEST or "http" in text:
        return None
    if text.islower() and _LOWER.search(text):  # a page in lower case throughout
        text = text.title()
    body = _BODY.match(text)
    if body:  # `Belle II Collaboration: F. Abudinén, I. Adachi`
        inner = read(text[body.end() :], scheme=scheme, common=common)
        return inner._replace(names=(Name(literal=body[1]), *inner.names)) if inner else None
    if _EDITORS.search(text):
        return None
    bare, others, labelled = _bare(text)
    parts, joined = _parts(bare)
    if not parts or any(len(part) > 60 for part in parts):
        return None
    ordinary = sum(_is_ordinary(part, common) for part in parts)
    if ordinary * 4 > len(parts) and not labelled:
        return None
    found = _readings(parts, joined, by_semicolon=";" in bare) or (
        _families(parts) if others or ((labelled or families) and joined) else []
    )
    best = max(found, key=lambda item: item[0] + 0.15 * (item[1] == scheme), default=None)
    if not best or best[0] <= 0:
        return None
    long = len(parts) == 1 and _shapes(parts[0]).count("W") > 3
    count = len(best[2]) // 2 if best[1] == "flat" else len(best[2])
    score = _certainty(best[0], count, others=others, labelled=labelled, long=long) - 0.3 * ordinary / len(
        parts
    )
    return People(best[2], max(score, 0.0), best[1], others)


def lists_editors(text: str) -> bool:
    """Whether a line says that the people it lists are editors."""
    found = _EDITORS.search(text) if len(text) < 1000 else None
    return found is not None and (
        found.start() < 3 or len(text) - found.end() < 12
    )  # not "In P. Lee (Ed.), Handbook"


def _bare(text: str) -> tuple[str, bool, bool]:
    """The list without label, marks of affiliation and "et al."; whether it had the last; whether the first."""
    label = _LABEL.match(text)
    bare = text[label.end() :] if label else text
    for _ in range(2):  # ((1) MIT, (2) ETH)
        bare = _BRACKETS.sub(" ", bare) if "(" in bare or "[" in bare else bare
    shorter = _ETAL.sub(",", bare) if _MORE.search(bare) else bare
    others = shorter != bare
    shorter = _SUPERS.sub("", shorter) if _MARKS.search(shorter) else shorter
    return " ".join(shorter.split()).strip(" ,;.:|·•") + _last_dot(shorter), others, bool(label)


def _last_dot(text: str) -> str:
    """The full stop of a last initial belongs to the name."""
    return "." if re.search(r"(?:(?:^|[\s.-])[^\W\d_a-z]|\b[JS]r)\.[\s,;:]*$", text) else ""


def _parts(text: str) -> tuple[list[str], frozenset[int]]:
    """The pieces of a list, and which of them an "and" stands before."""
    mark = next((mark for mark in ";|·•⋅∙‧／" if mark in text), "")
    pieces: list[str] = []
    joined = set()
    for group in text.split(mark) if mark else [text]:
        for number, part in enumerate(_AND.split(group)):
            if number:
                joined.add(len(pieces))
            pieces += [piece.strip() for piece in ([part] if mark else _COMMA.split(part)) if piece.strip()]
    return pieces, frozenset(joined)


@lru_cache(maxsize=8192)
def _shape(token: str) -> str:
    """I initials, W a word as in names, p a particle, C Han or kana or hangul, x what no name holds."""
    if token in PARTICLES or (token.lower() in _CAPITAL_PARTICLES and token.istitle()):
        return "p"
    if not token.isascii() and _HAN.fullmatch(token):
        return "C"
    if _INITIALS.fullmatch(token):
        return "I"
    if _WORD.fullmatch(token) and (
        token[0].isupper() or re.match(r"(?:d|l|al|el|ul|de|o)[-'’][^\W\d_a-z]", token)
    ):
        return "W"
    return "x"


@lru_cache(maxsize=8192)
def _shapes(piece: str) -> str:
    return "".join(_shape(token) for token in piece.split()[:9])


_FULL = re.compile(r"(?:[WI][WIp]{0,4}W|I+p*W{1,2}|C{1,3}|W{1,2}p+W{1,2}|W(?=I))I{0,3}")
_FAMILY = re.compile(r"p{0,3}W{1,3}|p{0,2}I")
_GIVEN = re.compile(r"[WI]{1,4}p{0,3}")
_VANCOUVER = re.compile(r"p{0,3}W{1,3}I{1,2}")


def _is_full(piece: str) -> bool:
    return bool(_FULL.fullmatch(_shapes(piece)))


def _readings(
    parts: list[str], joined: frozenset[int], *, by_semicolon: bool
) -> list[tuple[float, str, tuple[Name, ...]]]:
    """What the pieces say under each way of writing such lists: a mark, its name, the names."""
    if by_semicolon or any("," in part for part in parts):
        return [reading for reading in (_parted(parts),) if reading]
    merged = _with_suffixes(parts)
    pairs = None if any(index % 2 for index in joined) else _pairs(parts)  # no "and" inside a name
    two = _families(parts) if len(parts) == 2 and joined else []
    flat = _flat(parts) if pairs else None
    readings = (_direct(merged), pairs, flat, _vancouver(merged), _turned(parts), *two)
    return [reading for reading in readings if reading]


def _with_suffixes(parts: list[str]) -> list[str]:
    """`Martin Luther King, Jr.` is one name."""
    merged: list[str] = []
    for part in parts:
        if merged and _SUFFIX.fullmatch(part):
            merged[-1] = f"{merged[-1]}, {part}"
        else:
            merged.append(part)
    return merged


def _parted(parts: list[str]) -> tuple[float, str, tuple[Name, ...]] | None:
    """Semicolons part the people: each is a name in either order."""
    good = sum(map(_is_either_way, parts))
    if good * 3 < len(parts) * 2:
        return None
    return 0.9 * good / len(parts), "parted", tuple(map(_name, parts))


def _is_either_way(part: str) -> bool:
    family, comma, given = part.partition(",")
    turned = bool(comma and _FAMILY.fullmatch(_shapes(family)) and _GIVEN.fullmatch(_shapes(given)))
    return turned or bool(_FULL.fullmatch(_shapes(part.replace(",", " "))))


def _direct(parts: list[str]) -> tuple[float, str, tuple[Name, ...]] | None:
    """`Given Family, Given Family`; single words only among many whole names."""
    full = sum(_is_full(part.split(",")[0]) for part in parts)
    single = sum(len(part.split()) == 1 and _shapes(part) == "W" for part in parts)
    if full + single < len(parts) or full < 2 * single:
        return None
    return (0.8 * full - 0.5 * single) / len(parts), "direct", tuple(map(_name, parts))


def _pairs(parts: list[str]) -> tuple[float, str, tuple[Name, ...]] | None:
    """`Family, Given, Family, Given`: an even count, and every odd piece like a given name."""
    if len(parts) % 2:
        return None
    families, given = parts[::2], parts[1::2]
    if not all(_FAMILY.fullmatch(_shapes(part)) for part in families):
        return None
    if not all(_GIVEN.fullmatch(_shapes(part)) for part in given) or any(map(_is_acronym, given)):
        return None
    # A family name of several words is rare, a whole name in that place is not.
    long = sum(len([t for t in part.split() if _shape(t) == "W"]) > 1 for part in families)
    initials = sum(set(_shapes(part)) <= {"I", "p"} for part in given)
    mark = 0.7 + 0.3 * initials / len(given) - 0.9 * long / len(families)
    people = tuple(names.parse(f"{family}, {first}") for family, first in zip(families, given, strict=True))
    return mark, "pairs", people


def _flat(parts: list[str]) -> tuple[float, str, tuple[Name, ...]] | None:
    """`Belkin, Hsu, Ma, Mandal`: pairs by their number, but none of the words is a given name that is known."""
    told = any(without_marks(part).lower() in GIVEN or "-" in part for part in parts[1::2])
    if told or any(map(_is_acronym, parts)) or any(_shapes(part) != "W" for part in parts):
        return None
    return 0.75, "flat", tuple(names.parse(f"{part},") for part in parts)


def _is_acronym(part: str) -> bool:
    """`UIUC`: of an organisation; initials are fewer."""
    return part.isupper() and part.isalpha() and len(part) > 3


def _vancouver(parts: list[str]) -> tuple[float, str, tuple[Name, ...]] | None:
    """`Family GN, Family GN`."""
    bare = [part.split(",")[0] for part in parts]
    if not all(_VANCOUVER.fullmatch(_shapes(part)) for part in bare):
        return None
    return 0.9, "vancouver", tuple(_family_first(part) for part in bare)


def _family_first(part: str) -> Name:
    tokens = part.split()
    cut = next(index for index, token in enumerate(tokens) if index and _shape(token) == "I")
    given = " ".join(tokens[cut:])
    dotted = " ".join(f"{letter}." for letter in given if letter.isalpha()) if given.isupper() else given
    return names.parse(f"{' '.join(tokens[:cut])}, {dotted}")


def _turned(parts: list[str]) -> tuple[float, str, tuple[Name, ...]] | None:
    """`Family, Given, Given Family, and Given Family`: only the first is turned round."""
    if len(parts) < 3 or not all(map(_is_full, parts[2:])) or len(parts[0].split()) > 1 or _is_full(parts[1]):
        return None
    if not _FAMILY.fullmatch(_shapes(parts[0])) or not _GIVEN.fullmatch(_shapes(parts[1])):
        return None
    return 0.75, "turned", (names.parse(f"{parts[0]}, {parts[1]}"), *map(_name, parts[2:]))


_SUBJECT = late(
    r"...(?:ity|[st]ions?|ments?|ics|ology|ologies|isms?|ness|ances?|ences?|graphy|ings)$", re.IGNORECASE
)


def _families(parts: list[str]) -> list[tuple[float, str, tuple[Name, ...]]]:
    """`Vaswani et al.`, `Hinton, Vinyals and Dean`: without given names only when the list says that it is one."""
    if not all(_FAMILY.fullmatch(_shapes(part)) and len(part.split()) < 3 for part in parts):
        return []
    if any(map(_SUBJECT.search, parts)):
        return []
    return [(0.6, "families", tuple(names.parse(f"{part},") for part in parts))]


def _name(part: str) -> Name:
    """A whole name; initials without stops get them (`AN Gomez`)."""
    tokens = part.split()
    if not part.isascii() and _HAN.fullmatch(part.replace(" ", "")):
        return Name(literal=part)
    if len(tokens) > 1 and re.fullmatch(r"[A-Z]{2,3}", tokens[0]) and "," not in part:
        tokens[0] = " ".join(f"{letter}." for letter in tokens[0])
    elif len(tokens) > 1 and re.fullmatch(r"[^\W\d_a-z]", tokens[0]) and "," not in part:
        tokens[0] += "."
    return names.parse(" ".join(tokens))


def _is_ordinary(piece: str, common: frozenset[str]) -> bool:
    """Whether a piece holds a word that nobody is called."""
    tokens = [token.strip(".-’'").lower() for token in piece.split() if _shape(token) != "I"]
    if not tokens:
        return False
    if any(map(_NOUN.search, tokens[:-1])) or any(
        part in COMMON for token in tokens if token.count("-") for part in token.split("-") if len(part) > 3
    ):
        return True
    known = sum(
        (token in COMMON or token in common) and token not in PARTICLES and len(token) > 1 for token in tokens
    )
    return known * 2 >= len(tokens) or any(token in _NEVER for token in tokens)


# Endings of nouns and verb forms that no given name has; family names may.
_NOUN = re.compile(
    r"...(?:[iy]zing|[eou]ring|cting|nding|rning|ssing|lving|dging|cking|rting|sting|tions?|ities|[ial]lity|ivity|ness|ments?|ics|isms?|ically|istic|ative|[tns]ional|ible|less)$"
)
_NEVER = word_set("the of for with in on is are via using from by to at as or how why what we our")


def _certainty(mark: float, count: int, *, others: bool, labelled: bool, long: bool) -> float:
    """A list is surer than one name, which may be anything that has two capitals."""
    base = {1: 0.4 if not long else 0.15, 2: 0.75, 3: 0.9}.get(count, 1.0)
    bonus = 0.35 * labelled + 0.3 * others
    return min(1.0, base * (0.35 + 0.8 * mark) + bonus)
