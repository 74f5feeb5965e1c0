"""Lists of names: `et al.`, names in capitals, and marks between names that are no `and`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib.fix.finding import Found, Rule
from cite2bib.formats.bibtex.people import split_list
from cite2bib.formats.bibtex.syntax import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cite2bib.fix.entries import Entry, Item

NAMES = frozenset(
    "author editor translator bookauthor editora editorb editorc annotator commentator holder".split()
)

_ET_AL = re.compile(
    r"(?P<before>.*?[^\s,{])(?:\s*,)?(?:\s+and)?(?:\s|~)*[{(]?(?:\\(?:emph|textit)\{)?\s*\bet[.\s~]+al(?:ii|ia|\.)?(?![A-Za-z])[.]?\s*\}?[})]?[.,]?\s*",
    re.IGNORECASE | re.DOTALL,
)
_OTHERS = re.compile(
    r"(?P<before>.*?[^\s,])(?:\s*[,;])?\s+(?:and|&|\\&)\s+(?:\{?others\}?\.?|(?:many |several |\d+ )?(?:other authors|more)\.?|\.\.\.|…|\\ldots(?:\{\})?)\s*,?\s*",
    re.IGNORECASE | re.DOTALL,
)
_RIGHT = re.compile(r".*\sand\s+others\s*", re.DOTALL)


def _et_al(entry: Entry, item: Item) -> Iterator[Found]:
    text = item.text
    if text is None or _RIGHT.fullmatch(text):
        return
    found = _ET_AL.fullmatch(text) or _OTHERS.fullmatch(text)
    if not found or not _is_balanced(found["before"]):
        return
    before = found["before"]
    edit = Edit(item.value_start + 1 + len(before), item.end - 1, " and others")
    yield Found(
        item.value_start, f"{text[len(before) :].strip(' ,')!r} is `and others` in {item.name}", (edit,)
    )
    del entry


_OTHERS_SAID = ("others", "more", "...", "…", "ldots")


def _may_have_others(raw: str) -> bool:
    lower = raw.lower()
    return ("al" in lower and _ALIA.search(lower) is not None) or any(mark in lower for mark in _OTHERS_SAID)


_ALIA = re.compile(r"et[.\s~]+al")


def _is_balanced(text: str) -> bool:
    return text.count("{") == text.count("}")


_CAPS_WORD = re.compile(r"[^\W\d_]{2,}")
_CAPITALS = re.compile(r"[^\W\d_]{3,}(?:['’-][^\W\d_]+)*")
_ROMAN = re.compile(r"(?:II|III|IV|VI{0,3}|JR|SR)\.?")
_PARTICLES = frozenset(
    "VAN VON DER DEN DE DI DA DEL DELLA DU LA LE LOS DOS DAS ZU ZUR TEN TER BIN IBN AL EL".split()
)
_VOWEL = re.compile("[AEIOUYÀ-ÖØ-Ý]")
_PLAIN_NAME = re.compile(r"[^{}\\$=]+")


def _caps(entry: Entry, item: Item) -> Iterator[Found]:
    text = item.text
    if text is None:
        return
    position = 0
    for name in split_list(text):
        start = text.index(name, position) if name else position
        position = start + len(name)
        if not _PLAIN_NAME.fullmatch(name) or not _is_shouted(name) or _ET_AL.fullmatch(name):
            continue
        new = _calm(name)
        if new != name and entry.file.can_hold(new):
            place = item.value_start + 1 + start
            yield Found(place, f"the name {name} is in capitals", (Edit(place, place + len(name), new),))


def _is_shouted(name: str) -> bool:
    """Whether all of a person's name is in capitals, or the family name before a comma is; one word may be an institution."""
    family, comma, given = name.partition(",")
    words = _CAPS_WORD.findall(family if comma else name)
    long = [word for word in words if len(word) > 2]
    if not long or not all(word.isupper() for word in words if word.upper() not in _PARTICLES):
        return False
    if not all(_VOWEL.search(word) for word in long):
        return False
    if comma:
        return bool(given.strip()) and any(len(word) > 2 and word not in _PARTICLES for word in words)
    parts = re.findall(r"[^\W\d_]+", name)
    return len(parts) > 1 and all(map(str.isupper, parts)) and len(parts) < 5 and len(long) > len(parts) - 2


def _calm(name: str) -> str:
    """A name in ordinary capitals; initials, numbers and what is small stay."""
    family, comma, given = name.partition(",")
    if comma:
        return _calmed(family, 2) + comma + _calmed(given, 3 if given.isupper() else 99)
    return _calmed(name, 3)


def _calmed(text: str, least: int) -> str:
    def word(found: re.Match[str]) -> str:
        letters = found[0]
        if _ROMAN.fullmatch(letters) or not letters.isupper():
            return letters
        if letters in _PARTICLES and (len(letters) > 2 or found.end() < len(text)):
            return letters.lower() if found.end() < len(text) else letters.capitalize()
        if len(letters) < least or not _VOWEL.search(letters):
            return letters
        if letters.startswith("MC") and len(letters) > 4:
            return f"Mc{letters[2:].capitalize()}"
        return letters.capitalize()

    return re.sub(r"[^\W\d_]+", word, text)


_SEMICOLON = re.compile(r"\s*;\s*(?:and\s+)?", re.IGNORECASE)
_ONE_NAME = re.compile(r"[^{}\\$&;]+")


def _separators(entry: Entry, item: Item) -> Iterator[Found]:
    text = item.text
    if text is None or "&" in text or "{" in text:
        return
    if ";" not in text:
        yield from _commas(item, text)
        return
    parts = [part.strip() for part in text.split(";")]
    if len(parts) < 2 or not all(_is_person(part) for part in parts if part):
        return
    edits = []
    for found in _SEMICOLON.finditer(text):
        is_last = found.end() == len(text)
        edits.append(
            Edit(
                item.value_start + 1 + found.start(),
                item.value_start + 1 + found.end(),
                "" if is_last else " and ",
            )
        )
    yield Found(
        item.value_start, f"names in {item.name} are parted by `and`, not by semicolons", tuple(edits)
    )
    del entry


_COMMA = re.compile(r"\s*,\s*(?:and\s+)?")
_WHOLE_NAME = re.compile(
    r"(?:[^\W\d_a-z][^\W\d_]*\.?(?:[-'’][^\W\d_]+\.?)*\s+)+(?:(?:de|del|van|von|der|den|la|di|da|dos|ten|ter)\s+)*[^\W\d_a-z][^\W\d_]+(?:[-'’][^\W\d_]+)*"
)


def _commas(item: Item, text: str) -> Iterator[Found]:
    """Three or more whole names, given name first, with commas between: BibTeX makes one person of too many parts of it."""
    names = _COMMA.split(text.strip())
    if (
        (" and " in text and ", and " not in text)
        or len(names) < 3
        or not all(map(_WHOLE_NAME.fullmatch, names))
    ):
        return
    edits = tuple(
        Edit(item.value_start + 1 + found.start(), item.value_start + 1 + found.end(), " and ")
        for found in _COMMA.finditer(text)
    )
    yield Found(item.value_start, f"names in {item.name} are parted by `and`, not by commas", edits)


def _is_person(part: str) -> bool:
    """Whether something reads as one name, or as names that an `and` parts."""
    names = split_list(re.sub(r"^and\s+", "", part, flags=re.IGNORECASE))
    return all(
        _ONE_NAME.fullmatch(name)
        and name.count(",") <= 1
        and 0 < len(name.split()) <= 6
        and not re.search(r"\d", name)
        for name in names
    )


RULES = (
    Rule(
        "et-al",
        "`et al.` and the like stand where BibTeX wants `and others`.",
        "BibTeX takes `et al.` for a person; `and others` becomes what the style prints for it.",
        "@misc{a,\n  author = {Doe, Jane et al.},\n}\n",
        "@misc{a,\n  author = {Doe, Jane and others},\n}\n",
        field=_et_al,
        names=NAMES,
        gate=_may_have_others,
    ),
    Rule(
        "name-separator",
        "Names are parted by semicolons or commas.",
        "BibTeX takes such a list for one person. It is changed when every part reads as a name; with commas, when there are three or more "
        "and each has its given name before the family name.",
        "@misc{a,\n  author = {Doe, Jane; Roe, Richard},\n}\n",
        "@misc{a,\n  author = {Doe, Jane and Roe, Richard},\n}\n",
        field=_separators,
        names=NAMES,
        gate=lambda raw: ";" in raw or (raw.count(",") > 1 and (" and " not in raw or ", and " in raw)),
    ),
    Rule(
        "all-caps-name",
        "A person's name is in capitals.",
        "Styles print names as they stand. Initials, Roman numbers, single words (institutions) and names in braces stay.",
        "@misc{a,\n  author = {MCDONALD, JEAN-PAUL and VAN DER BERG, K.},\n}\n",
        "@misc{a,\n  author = {McDonald, Jean-Paul and van der Berg, K.},\n}\n",
        field=_caps,
        names=NAMES,
        gate=re.compile(r"[A-ZÀ-ÖØ-Ý]{3}").search,
    ),
)
