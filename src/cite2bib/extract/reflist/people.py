"""Lists of authors at the start of a reference: every place where the list may end, and what it then says.

A list is written in one of a few schemes (`Family, I.`; `I. Family`; `Family I`; `Given Family`; a first name turned
round and the others not; an organisation). Each scheme reads the same chunks; the caller weighs what they say.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from cite2bib import names
from cite2bib.extract.reflist.core import BREAK, GAP
from cite2bib.extract.reflist.lexicon import (
    AND,
    ELLIPSIS,
    ET_AL,
    JOURNAL_WORDS,
    ORGANISATION,
    PARTICLES,
    ROLE,
    THESIS,
    TITLE_WORDS,
)
from cite2bib.letters import words
from cite2bib.light import dataclass
from cite2bib.model import Name

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 4000  # characters of a list of authors; a list of a collaboration is longer, and cut
_MOST_READ = 60_000  # characters of all the lists that are tried at one start


@dataclass(frozen=True, slots=True)
class People:
    """One reading of the start of a reference."""

    end: int  # where the list and its closing mark end
    names: tuple[Name, ...]
    scheme: str
    score: float
    closer: str  # ".", ",", ":", "(", "quote", "break", ...
    role: str = "author"


_SEPARATOR = re.compile(
    r"\s*(?:[,;·•|，、；]|(?<=[\w.])\s/\s|(?<=[\w.])/(?=[^\W\d_a-z])|\s[–—-]\s(?=[^\W\d_a-z][\w’-]+,\s[^\W\d_a-z]))\s*(?:(?:and|&|und|et|y|og|och|en|и|و)\s+)?|\s+(?:and|&|und|et|y|og|och|en|e|и|ve|és|و|in(?=\s[^\W\d_a-z][\w-]+,\s[^\W\d_]\.)|a(?=\s[^\W\d_]))\s+|\s*&\s*"
)
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[-‐– ]?){1,5}\.?")
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.[-‐–]?\s?)+(?:[^\W\d_]\.?)?|[^\W\d_]\.?(?:[-‐–][^\W\d_]\.?)*")
_SUFFIX = re.compile(r"(?:Jr|Sr)\.?|I{2,3}|IV|2nd|3rd", re.IGNORECASE)
_HAN = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,5}(?:\s[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{1,4})?"
)


@lru_cache(maxsize=8192)
def token_kind(token: str) -> str:
    """I initials, A capitals that may be initials or a family name, W a word as in names, p particle, S suffix, x none."""
    bare = token.strip("()")
    if bare in {"v.", "vs."}:  # the parties of a case
        return "x"
    if _SUFFIX.fullmatch(bare) and not (bare.isalpha() and bare.islower()) and bare not in {"JR", "SR"}:
        return "S"
    if bare in {"’t", "'t", "‘t"}:
        return "p"
    letters = bare.replace(".", "").replace("-", "").replace("–", "").replace("’", "").replace("'", "")
    if not letters or not letters.isalpha():
        return "x"
    if "." in bare and _DOTTED.fullmatch(bare) and (bare[0].isupper() or len(bare) == 2):
        return "I"
    if bare.lower().rstrip(".").replace("’", "'") in PARTICLES and not bare[0].isupper():
        return "p"
    if len(letters) == 1 and letters.isupper():
        return "I"
    if bare.endswith("."):
        return "I" if len(bare) <= 4 and bare[0].isupper() and bare[:-1].isalpha() else "x"
    if len(letters) <= 3 and (
        letters.isupper() or re.fullmatch(r"[A-Z][a-z][A-Z]|[A-Z]{2}[a-z]|[A-Z]-[a-z]", bare)
    ):
        return "A"
    if bare[0].isupper() or re.match(r"(?:d|l|al|el|ul|de)[-'’][^\W\d_a-z]|(?:de|van|di|mc)[A-Z]", bare):
        return "W"
    return "x"


_KINDS = (
    ("given", re.compile(r"I+|A")),
    ("direct", re.compile(r"[IA]+(?:p*[WA]{1,2}){1,2}S?")),
    ("vancouver", re.compile(r"(?:p*[WA]{1,2}){1,2}p?S?(?:I+|A)p*S?")),
    ("full", re.compile(r"W[IWA]{0,5}p*[WA]{1,2}(?:p[WA]{1,2})?S?")),
    ("full", re.compile(r"Wp+[WA]{1,2}S?")),
    ("family", re.compile(r"[pWA]{0,3}[WA]p?S?")),
    ("suffix", re.compile(r"S")),
    ("given", re.compile(r"[WA]{1,2}I+p?|I+[WA]p?|[WAI]{1,3}p{0,2}")),
)  # fmt: skip


@lru_cache(maxsize=8192)
def chunk_kinds(chunk: str) -> frozenset[str]:
    """All that a stretch between two commas may be in a list of names."""
    if _HAN.fullmatch(chunk):
        return frozenset({"full"})
    tokens = chunk.split()
    if not 1 <= len(tokens) <= 7:
        return frozenset()
    shape = "".join(token_kind(token) for token in tokens)
    if "x" in shape:
        return frozenset()
    return frozenset(kind for kind, pattern in _KINDS if pattern.fullmatch(shape))


@lru_cache(maxsize=8192)
def title_likeness(chunk: str) -> float:
    """The share of words that are known from titles."""
    spoken = words(chunk)
    return sum(word in TITLE_WORDS and len(word) > 1 for word in spoken) / len(spoken) if spoken else 0.0


@dataclass(frozen=True, slots=True)
class _List:
    """A stretch of text taken apart at its separators."""

    chunks: tuple[str, ...]
    separators: tuple[str, ...]  # between the chunks, stripped
    others: bool  # "et al."
    role: str = ""


def _taken_apart(text: str) -> _List:
    role = ""
    trimmed = text.strip(" ,;")
    roles = list(ROLE.finditer(trimmed))
    if roles and roles[-1].end() >= len(trimmed) - 1:
        role = roles[-1]["role"]
        trimmed = trimmed[: roles[-1].start()].strip(" ,;(")
    others = ET_AL.search(trimmed)
    if others and others.end() >= len(trimmed.rstrip(" .,;")):
        trimmed = trimmed[: others.start()].strip(" ,;")
    trimmed = ELLIPSIS.sub(", ", trimmed)
    chunks, separators, position = [], [], 0
    for found in _SEPARATOR.finditer(trimmed):
        if found.start() <= position and position:
            continue
        chunks.append(trimmed[position : found.start()].strip())
        separators.append(found[0].strip())
        position = found.end()
    chunks.append(trimmed[position:].strip())
    return _List(tuple(chunks), tuple(separators), bool(others), role)


def _is_and(separator: str) -> bool:
    return separator.lstrip(",; ").strip() in AND


def _person(family: str, given: str, suffix: str = "") -> Name:
    family = _cased(family)
    head, _, last = family.rpartition(" ")
    if head and not suffix and token_kind(last) == "S":
        family, suffix = head, last
    parsed = names.parse(f"{family}, {suffix}, {given}" if suffix else f"{family}, {given}")
    return _given_particle(parsed)


def _given_particle(name: Name) -> Name:
    """`Maaten, L. van der`: what trails the initials belongs before the family name."""
    tokens = name.given.split()
    start = len(tokens)
    while start and token_kind(tokens[start - 1]) == "p":
        start -= 1
    if start == len(tokens) or not start or name.particle:
        return name
    return Name(name.family, " ".join(tokens[:start]), " ".join(tokens[start:]), suffix=name.suffix)


def _cased(family: str) -> str:
    """A family name printed in capitals, as it is written elsewhere.

    >>> _cased("VAN DEN BERG-MÜLLER"), _cased("Wu"), _cased("LI")
    ('van den Berg-Müller', 'Wu', 'Li')
    """
    if not family.isupper() or len(family) < 2:
        return family
    lowered = [
        token.lower() if token.lower() in PARTICLES and len(family.split()) > 1
        else re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), token)
        for token in family.split()
    ]  # fmt: skip
    return " ".join(lowered)


def _direct(chunk: str, *, spelled: bool = False) -> Name:
    """A name in its natural order; `spelled` where the list spells given names out: there `R. Devon Hjelm` has two."""
    tokens = chunk.split()
    if _HAN.fullmatch(chunk):
        return Name(literal=chunk)
    if capitals := _in_capitals(tokens):
        return capitals
    suffix = tokens.pop() if len(tokens) > 2 and token_kind(tokens[-1]) == "S" else ""
    leading = [index for index, token in enumerate(tokens) if token_kind(token) == "I"]
    last_initial = max(leading, default=-1)
    rest = tokens[last_initial + 1 :]
    two = last_initial == 0 and len(rest) == 2 and all(token_kind(token) == "W" for token in rest)
    if last_initial >= 0 and len(rest) > 1 and not (spelled and two):
        family, given = " ".join(rest), " ".join(tokens[: last_initial + 1])
        return _person(family, given, suffix)
    parsed = names.parse(" ".join(tokens))
    return Name(_cased(parsed.family), parsed.given, parsed.particle, suffix=suffix)


def _in_capitals(tokens: Sequence[str]) -> Name | None:
    """`LATOUR Bruno`, `Bruno LATOUR`: the family name is the one in capitals, on either side."""
    loud = [_is_loud(token) for token in tokens]
    if all(loud) or not any(loud):
        return None
    first, last = loud.index(True), len(loud) - loud[::-1].index(True)
    if not all(loud[first:last]) or not (first == 0 or last == len(tokens)):
        return None
    given = tokens[last:] if first == 0 else tokens[:first]
    return _person(" ".join(tokens[first:last]), " ".join(given))


def _is_loud(token: str) -> bool:
    return token.isupper() and len(re.sub(r"\W", "", token)) >= 3 and "." not in token


def _vancouver(chunk: str) -> Name:
    tokens = chunk.split()
    if (
        capitals := _in_capitals(tokens)
        if any(token_kind(token) == "W" and not _is_loud(token) for token in tokens)
        and not re.fullmatch(r"[^\W\d_]{3}", tokens[-1])  # `Maaten LVD`: initials
        else None
    ):
        return capitals
    suffix = tokens.pop() if token_kind(tokens[-1]) == "S" else ""
    cut = len(tokens)
    while (
        cut > 1
        and token_kind(tokens[cut - 1]) in "IA"
        and (token_kind(tokens[cut - 1]) == "I" or cut == len(tokens))
    ):
        cut -= 1
    given = " ".join(tokens[cut:])
    if given.isupper() and "." not in given:
        given = " ".join(f"{letter}." for letter in given if letter.isalpha())
    return _person(" ".join(tokens[:cut]), given, suffix)


@dataclass(frozen=True, slots=True)
class _Reading:
    scheme: str
    names: tuple[Name, ...]
    score: float


def _pairs(
    chunks: tuple[str, ...], separators: tuple[str, ...], kinds: list[frozenset[str]]
) -> _Reading | None:
    """`Family, I. I.` all through; initials after the last comma may stand alone for `Family, I., Jr.`."""
    people: list[Name] = []
    index, score = 0, 0.0
    while index < len(chunks):
        if (
            people
            and index == len(chunks) - 1
            and kinds[index] & {"full", "direct"}
            and _is_and(separators[-1])
        ):
            return _Reading("pairs", (*people, _direct(chunks[index])), score - 0.5)
        mixed = "vancouver" in kinds[index] and "I" in {token_kind(token) for token in chunks[index].split()}
        if mixed and len(chunks) > 1:  # `Mangel M. & Clark, C.W.`
            people.append(_vancouver(chunks[index]))
            score += 0.9
            index += 1
            continue
        if index + 1 >= len(chunks) or "family" not in kinds[index]:
            return None
        if _is_and(separators[index]) or _is_alone(chunks, index):
            if len(people) < 2:
                return None
            people.append(Name(literal=chunks[index]))  # a person of one name among others of two
            score -= 0.2
            index += 1
            continue
        given = chunks[index + 1]
        suffix = ""
        if kinds[index + 1] == {"suffix"} and index + 2 < len(chunks):
            suffix, given = given, chunks[index + 2]
            index += 1
        if "given" not in chunk_kinds(given):
            return None
        if index + 2 < len(chunks) and chunk_kinds(chunks[index + 2]) == {"suffix"}:
            suffix = chunks[index + 2]
            index += 1
        initials = all(token_kind(token) in "IAp" for token in given.split())
        score += 1.6 if initials else 0.7
        score -= (
            (2.5 if " " in chunks[index] else 1.2) * title_likeness(chunks[index])
            + 2.5 * title_likeness(given)
            + _fullness(chunks[index], given)
        )
        people.append(
            _person(chunks[index - (1 if suffix else 0)] if suffix else chunks[index], given, suffix)
        )
        index += 2
        joint = separators[index - 1] if index - 1 < len(separators) else ";"
        if not initials and joint == "," and not any(map(_is_and, separators)):
            score -= 0.5  # `Family, Given, Family, Given` needs a stronger joint
    return _Reading("pairs", tuple(people), score) if people else None


def _is_alone(chunks: Sequence[str], index: int) -> bool:
    """`Akiba` in `Cufí, C., Akiba, Davidson, R.`: one more name comes before the next initials."""
    if index < 4 or index + 2 >= len(chunks):
        return False
    return (
        _is_initials(chunks[index - 1])
        and not _is_initials(chunks[index + 1])
        and _is_initials(chunks[index + 2])
    )


def _is_initials(chunk: str) -> bool:
    return all(token_kind(token) in "IA" for token in chunk.split())


def _fullness(family: str, given: str) -> float:
    """`Ian Goodfellow, Yoshua Bengio` may be one name turned round, but hardly is."""
    words_of = [sum(token_kind(token) in "WA" for token in part.split()) for part in (family, given)]
    initials = all(token_kind(token) in "IA" for token in given.split())
    return 0.0 if initials else (0.0, 0.45, 2.0)[sum(count > 1 for count in words_of)]


def _first_turned(chunks: tuple[str, ...], kinds: list[frozenset[str]]) -> _Reading | None:
    """`Family, Given, Given Family, and Given Family`."""
    if len(chunks) < 2 or "family" not in kinds[0] or "given" not in kinds[1]:
        return None
    people = [_person(chunks[0], chunks[1])]
    initials = all(token_kind(token) in "IAp" for token in chunks[1].split())
    score = (1.4 if initials else 1.0) - 2.5 * title_likeness(chunks[0]) - 2.5 * title_likeness(chunks[1])
    score -= _fullness(chunks[0], chunks[1])
    index = 2
    if index < len(chunks) and kinds[index] == {"suffix"}:
        index += 1
    for chunk, kind in zip(chunks[index:], kinds[index:], strict=True):
        if not kind & {"direct", "full"}:
            return None
        score += (0.9 if "direct" in kind else 0.6) - 2.5 * title_likeness(chunk)
        people.append(_direct(chunk))
    return _Reading("first", tuple(people), score)


def _simple(chunks: tuple[str, ...], kinds: list[frozenset[str]], scheme: str) -> _Reading | None:
    """All chunks are whole names of one kind; a full name among names with initials is rare."""
    people: list[Name] = []
    score = 0.0
    index = 0
    spelled = sum("direct" not in kind for kind in kinds) > 0.5 * len(kinds)
    while index < len(chunks):
        chunk, kind = chunks[index], kinds[index]
        suffix = ""
        if index + 1 < len(chunks) and kinds[index + 1] == {"suffix"}:
            suffix = chunks[index + 1]
            index += 1
        index += 1
        if scheme == "vancouver":
            if "vancouver" not in kind:
                return None
            dotted = "I" in {token_kind(token) for token in chunk.split()}
            score += (1.3 if dotted else 1.2) - 2.5 * title_likeness(chunk)
            name = _vancouver(chunk)
        else:
            if not (kind & {"direct", "full"}):
                if "family" not in kind or len(chunks) < 4 or len(people) < 2:
                    return None
                people.append(Name(literal=chunk))  # a person of one name among others of two
                score -= 0.2
                continue
            gain = 1.4 if "direct" in kind or _in_capitals(chunk.split()) else 0.8
            gain -= 1.5 * bool((ORGANISATION | JOURNAL_WORDS) & set(words(chunk)[-1:]))
            score += (
                gain if scheme in kind else -0.9 if scheme == "direct" else -0.4
            ) - 2.5 * title_likeness(chunk)
            name = _direct(chunk, spelled=spelled)
        people.append(name if not suffix else Name(name.family, name.given, name.particle, suffix=suffix))
    return _Reading(scheme, tuple(people), score)


def _family_only(chunks: tuple[str, ...], kinds: list[frozenset[str]]) -> _Reading | None:
    """`Smith, Jones and Brown`: rare, and only family names of one word."""
    if any("family" not in kind or "full" in kind for kind in kinds):
        return None
    score = sum(0.15 - 2.5 * title_likeness(chunk) for chunk in chunks)
    return _Reading("family", tuple(Name(family=_cased(chunk)) for chunk in chunks), score)


# One word is as much the name of a body as a given name.
_MONONYM = {1: {"given", "full"}}


_KIND_OF_BODY = frozenset(
    ["academy", "agency", "association", "authority", "bureau", "centers", "collaboration", "commission", "committee",
     "consortium", "council", "department", "federation", "foundation", "institute", "ministry", "office",
     "organisation", "organization", "society", "university"]
)  # fmt: skip
_COUNTRY = re.compile(
    r"^(?:[^\W\d_a-z]{4,}|Great Britain|United (?:States|Kingdom)|Canada|Australia|Germany|France|India|Ireland|Scotland|New Zealand)\.\s(?=[^\W\d_a-z])"
)  # BRASIL. Ministério da Saúde
_NO_BODY = re.compile(r"(?<!Dept)(?<!Inst)(?<!Univ)(?<!Natl)(?<=[^\W\d_]{3})\.\s|[(\[]\d|,\s[^\W\d_]\.")


def _organisation(text: str) -> _Reading | None:
    """A body that is named as author."""
    tokens = text.split()
    if not tokens or len(tokens) > 14 or not re.match(r"[^\W_a-z]|[a-z]{1,3}[A-Z]", text):
        return None
    if not re.search(r"[^\W\d_]{2}", text) or _NO_BODY.search(_COUNTRY.sub("", text)):
        return None
    known = sum(word in ORGANISATION for word in words(text)) + text.startswith("The ")
    last = words(text)[-1]
    if re.search(r"\d{4}|,", text) and last not in ORGANISATION and words(text)[0] not in _KIND_OF_BODY:
        return None
    if not known and chunk_kinds(text) & {"full", "given", "direct", "vancouver"} - _MONONYM.get(
        len(tokens), set()
    ):
        return None
    if any(mark in text for mark in (BREAK, GAP, ";", ": ")):
        return None
    if not known and ("," in text or len(tokens) > 4 or any(token[0].islower() for token in tokens)):
        return None
    certain = 0.5 * (last in ORGANISATION and len(tokens) > 1)
    score = certain + (1.2 if known else 0.1) - 1.2 * title_likeness(text) * (0.3 if known else 1.5)
    return _Reading("organisation", (Name(literal=text),), score - 0.05 * len(tokens))


def is_body(title: str) -> bool:
    """Whether a stretch that may be a title reads as the name of a body: `Modern Language Association of America`."""
    spoken = title.split()
    small = sum(word[0].islower() and len(word) > 3 for word in spoken)
    return (
        2 < len(spoken) < 9
        and not small
        and not re.search(r"[:?,]", title)
        and bool(_KIND_OF_BODY & set(words(title)))
    )


def readings(text: str) -> list[People]:
    """What a stretch of text says when all of it is a list of people; `end` is left at 0."""
    parts = _taken_apart(text)
    if not parts.chunks or not parts.chunks[0]:
        return []
    whole, (parts, group) = parts, _without_group(parts)
    leading = bool(group) and parts.chunks == whole.chunks[1:]
    kinds = [chunk_kinds(chunk) for chunk in parts.chunks]
    found = [
        _organisation(" ".join(text.strip(" ,;").split())) if not parts.others and not parts.role else None
    ]
    if (not parts.role and len(parts.chunks) == 1 and "full" not in kinds[0]) or parts.others or parts.role:
        found.append(_organisation(parts.chunks[0]) if len(parts.chunks) == 1 else None)
    if all(kinds):
        found += [
            _pairs(parts.chunks, parts.separators, kinds),
            _first_turned(parts.chunks, kinds),
            _simple(parts.chunks, kinds, "direct"),
            _simple(parts.chunks, kinds, "full"),
            _simple(parts.chunks, kinds, "vancouver"),
            _family_only(parts.chunks, kinds),
        ]
    extra = (1.2 if parts.others else 0.0) + (0.8 if parts.role else 0.0)
    role = _role(parts.role)
    return [
        People(0, (*(group if leading else ()), *item.names, *(() if leading else group), *((names.OTHERS,) if parts.others else ())), item.scheme,
               _damped(item.score, len(item.names)) + _besides(item.scheme, parts, extra), "", role)
        for item in found if item
    ]  # fmt: skip


def _without_group(parts: _List) -> tuple[_List, tuple[Name, ...]]:
    """`Moher D, Altman DG; PRISMA Group`: a body that stands last among people."""
    first = parts.chunks[0]
    if len(parts.chunks) > 1 and ORGANISATION & set(words(first)[-1:]) and len(first.split()) > 1:
        rest = _List(parts.chunks[1:], parts.separators[1:], parts.others, parts.role)
        return rest, (Name(literal=first),)
    last = parts.chunks[-1]
    if len(parts.chunks) < 2 or not (ORGANISATION & set(words(last)[-1:])) or len(last.split()) < 2:
        return parts, ()
    if re.search(r"[?!:]", last) or sum(word[0].islower() and len(word) > 3 for word in last.split()) > 2:
        return parts, ()
    rest = _List(parts.chunks[:-1], parts.separators[:-1], parts.others, parts.role)
    return rest, (Name(literal=last),)


def _damped(score: float, count: int) -> float:
    """Many names are better evidence than few, but not many times better."""
    average = score / max(count, 1)
    return average * (1 + 0.35 * min(count - 1, 6)) if average > 0 else score


def _role(written: str) -> str:
    if not written:
        return "author"
    if written.lower().startswith(("tr",)):
        return "translator"
    return "editor" if not written.lower().startswith("comp") else "compiler"


def _besides(scheme: str, parts: _List, extra: float) -> float:
    """What "et al.", a role and the joints between names add."""
    if scheme == "organisation":
        return 0.3 * (extra + _joints_score(parts.separators))
    # In names turned round every second comma stands inside a name.
    between = {"pairs": parts.separators[1::2], "first": parts.separators[1:]}.get(scheme, parts.separators)
    return extra + _joints_score(between)


def _joints_score(separators: Sequence[str]) -> float:
    """`and` closes a list; in the middle of one it is odd unless it stands everywhere."""
    joints = [_is_and(separator) for separator in separators]
    if not joints:
        return 0.0
    if joints[-1]:
        return 0.6 if not any(joints[:-1]) or all(joints) else 0.1
    return -1.0 if any(joints) else 0.0


_CLOSERS = re.compile(
    rf"(?P<break>\s*[.,:;]?\s*{BREAK})"
    r"|(?P<paren>[.,]?\s*[(\[](?=(?:c?\.?\s?\d{4}|[A-Z][a-z]+\.?,?\s(?:\d\d?,?\s)?\d{4}|n\.\s?d|in press|forthcoming|to appear|\d{1,2}\s[A-Z]\w+\s\d{4})))"
    r"|(?P<role>[.,]?\s[(\[]?(?:[Ee]ds?\.?|EDS?\.?|[Hh]rsg\.?|[Hh]g\.|[Ee]ditors?|[Tt]rans\.|ред\.|[Cc]omps?\.)[)\]]?(?=[\s,.:])[,.:]*\s*)"
    r"|(?P<quote>[.,:，：]?\s*(?=[“\"«„‟〝「『《]|``|(?<=\s)[‘'](?=\w)))"
    r"|(?P<year>[.,;:]?\s+(?=(?:1[5-9]|20)\d\d[a-z]?(?:\s?[.,:;)]|\s[^\W\d_a-z]|\s?[“‘\"])))"
    r"|(?P<in>,?\s(?=in:?\s[A-Z\d]))"
    r"|(?P<dot>\.(?=\s|[A-Z\u0400-\u04ff]))"
    r"|(?P<comma>[,，]\s)|(?P<colon>：|:(?=\s|[A-Z])|\s[-–—]\s)|(?P<semicolon>;\s)"
    rf"|(?P<slash>\s//?\s)|(?P<gap>{GAP})|(?P<dots>(?<=al|др)\s)|(?P<tight>,(?=[A-Z]))",
)

# Any words before a date in brackets: `Convention on Biological Diversity (2010)`.
_UNKNOWN_BODY = re.compile(r"[^\W_a-z][\w&'’-]+(?:\s[\w&'’-]+){0,8}")


def candidates(text: str) -> list[People]:
    """Every plausible list of people at the start of a text, each with the place where it ends."""
    found: list[People] = []
    left = _MOST_READ
    for match in _CLOSERS.finditer(text, 0, LONGEST):
        closer = str(match.lastgroup)
        end = match.end() - (closer == "paren")
        prefix = text[: end if closer == "role" else match.start()]
        if left < 0 or not _may_be_people(prefix):
            break
        if closer == "comma" and not _JOINED.search(prefix) and _goes_on(text, match.end()):
            continue
        left -= len(prefix)
        if closer == "paren" and _UNKNOWN_BODY.fullmatch(prefix) and not readings(prefix):
            found.append(People(end, (Name(literal=prefix),), "organisation", 1.0, closer))
        for people in _prefixes(prefix, text[match.start() : match.start() + 1]):
            for item in readings(people.strip()):
                score = item.score + _closing_score(item.scheme, closer, people, text[end:])
                found.append(People(end, item.names, item.scheme, score, closer, item.role))
    return found


_JOINED = re.compile(
    r"(?:\s(?:and|und|et|y|и)\s|&\s?)[^,;&]{3,40}(?:,\s?(?:[^\W\d_a-z]\.[\s-]?){1,3})?$"
)  # "and" stands before the last name of a list
_NEXT = re.compile(r"[^,;&()“\":]{2,40}?(?=,\s|;|\s&|\s(?:and|und|et)\s[^\W\d_a-z])")

_AND_NEXT = re.compile(r"\s(?:&|and\b|und\b|et\b)")


def _goes_on(text: str, start: int) -> bool:
    """What follows a comma is a part of a name, and another comma comes: the list can't end here."""
    if text.startswith(("and ", "& ", "und ", "et "), start):
        return True
    if THESIS.match(text, start):
        return False
    following = _NEXT.match(text, start)
    if following and " " not in following[0] and _AND_NEXT.match(text, following.end()):
        return False  # one word before an "and" is no name beside others of two
    return bool(
        following and chunk_kinds(following[0]) and not title_likeness(following[0]) and len(following[0]) > 2
    )


def _prefixes(prefix: str, mark: str) -> list[str]:
    """The full stop of an initial belongs to it; a short word (`Ba.`, `Yu.`) may be either."""
    last = prefix.rsplit(maxsplit=1)[-1] if prefix.split() else ""
    if mark != "." or token_kind(f"{last}.") != "I":
        return [prefix]
    single = len(last.rpartition(".")[2].rpartition("-")[2]) == 1
    return [f"{prefix}."] if single else [prefix, f"{prefix}."]


def _may_be_people(prefix: str) -> bool:
    """Whether a longer list could still come of this; ends the search early."""
    lower = [token.strip(".,;:()") for token in prefix.split() if token[0].islower()]
    return sum(token not in PARTICLES and token not in _CONNECTING for token in lower) <= 5


_CONNECTING = frozenset(
    [
        "and",
        "et",
        "al",
        "und",
        "others",
        "eds",
        "ed",
        "hrsg",
        "editors",
        "editor",
        "y",
        "og",
        "och",
        "en",
        "и",
        "др",
        "of",
        "for",
        "the",
        "on",
        "in",
    ]
)
_FIT = {
    ("pairs", "comma"): -0.5, ("pairs", "dot"): 0.5, ("pairs", "paren"): 1.2, ("pairs", "colon"): 0.8,
    ("direct", "comma"): 0.5, ("direct", "dot"): 0.5, ("direct", "quote"): 1.2, ("direct", "paren"): 0.6,
    ("full", "comma"): -0.3, ("full", "colon"): -0.2, ("first", "colon"): -1.0, ("full", "dot"): 0.8, ("full", "quote"): 1.0, ("full", "paren"): 0.6,
    ("first", "dot"): 0.8, ("first", "comma"): -0.8, ("first", "quote"): 1.0,
    ("vancouver", "dot"): 1.0, ("vancouver", "comma"): -0.6, ("vancouver", "paren"): 1.2, ("vancouver", "colon"): 0.7,
    ("vancouver", "quote"): 1.2,
    ("family", "comma"): -1.5, ("organisation", "comma"): -0.6, ("organisation", "dot"): 0.4, ("organisation", "paren"): 0.9,
    ("organisation", "colon"): -0.2, ("organisation", "quote"): 0.8, ("organisation", "year"): 0.8,
}  # fmt: skip


def _closing_score(scheme: str, closer: str, prefix: str, rest: str) -> float:
    """How well the mark at the end fits the scheme, and whether the list was cut short."""
    score = _FIT.get((scheme, closer), 0.0)
    if closer in {"semicolon", "gap", "tight"}:
        score -= 1.0
    if closer == "year":
        score += 1.0
    if closer == "break":
        score += 3.0
    if closer in {"comma", "semicolon", "dot", "tight", "colon"}:
        score -= _cut_short(scheme, closer, rest) * (0.3 if _JOINED.search(prefix) else 1.0)
    if closer == "dot" and scheme == "direct" and re.search(r"(?:^|[\s.-])[^\W\d_]\.?$", prefix):
        score -= 2.0
    if closer == "dot" and re.match(r"\s*[^\W\d_]\.", rest):
        score -= 2.0
    lone = scheme not in {"vancouver", "pairs"} and (scheme != "vancouver" or "," not in prefix)
    lone = lone and (scheme != "first" or prefix.count(",") > 1)  # `Mintz, Sidney W.` is whole
    if closer == "dot" and lone and _NAME_GOES_ON.match(rest) and _MIDDLE.search(prefix):
        score -= 2.0
    if closer == "dot" and not rest[:1].isspace():
        score -= 1.5
    return score


_PAIR = re.compile(r"\s?[^\W\d_a-z][\w'’-]+,\s(?:[^\W\d_]\.\s?)+(?:\s[–—-]\s|,|\.|;|:)")
# `Aidan N.` | ` Gomez, Noam`: the full stop is that of a middle initial.
_MIDDLE = re.compile(r"[^\W\d_a-z][^\W\d_]+\s[^\W\d_]\.?$")
_NAME_GOES_ON = re.compile(r"\s?[^\W\d_a-z][\w'’-]+(?:[,;:]|\s(?:and|&|et|und)\s)")


def _cut_short(scheme: str, closer: str, rest: str) -> float:
    """The next stretch reads like one more name of the same scheme."""
    if re.match(r"(?:(?:and|&|und|et|y|и)\s|[,;&]|[–—/]\s?[^\W\d_a-z])", rest.lstrip()):
        return 2.5
    if closer == "colon":
        return 2.0 if scheme == "pairs" and _PAIR.match(rest) else 0.0
    if ET_AL.match(rest.lstrip()):
        return 3.0
    chunk = _SEPARATOR.split(rest.lstrip(), maxsplit=1)[0].strip()
    chunk = re.split(rf"[({GAP}{BREAK}“\":]", chunk, maxsplit=1)[0].strip()
    sentence = re.split(r"(?<=[^\W\d_]{2})\.\s", chunk, maxsplit=1)[0]
    kinds = chunk_kinds(sentence) if closer != "dot" else chunk_kinds(chunk)
    if not kinds or title_likeness(sentence) > 0:
        return 0.0
    wanted = {"pairs": {"family"}, "first": {"full", "direct"}, "direct": {"direct"}, "full": {"full"},
              "vancouver": {"vancouver"}, "family": {"family"}}.get(scheme, set())  # fmt: skip
    if closer == "dot":
        return 1.2 if kinds & {"direct", "vancouver"} else 0.0
    follows = _SEPARATOR.match(rest.lstrip()[len(chunk) :])
    return (1.8 if follows else 0.9) if kinds & wanted else 0.0
