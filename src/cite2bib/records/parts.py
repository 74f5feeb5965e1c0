"""What the answers of all catalogues have in common: dirty text, dirty names, and fields that may be missing."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from cite2bib import names, richtext
from cite2bib.model import Field, Name, Origin, Value, Work
from cite2bib.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


def work_of(kind: str, values: Mapping[str, Value | None], origin: Origin) -> Work:
    """A work of whatever values there are."""
    return Work(
        type=kind,
        fields={name: Field(value, origin) for name, value in values.items() if value},
    )


def mapping(raw: Any) -> Mapping[str, Any]:
    """A JSON object, or an empty one where something else stands."""
    return raw if isinstance(raw, dict) else {}


def sequence(raw: Any) -> Sequence[Any]:
    """A JSON list; a single thing is a list of one, nothing an empty one."""
    if raw is None:
        return ()
    return raw if isinstance(raw, list) else [raw]


def text(raw: Any) -> str:
    """Plain text: the first of a list, without tags and entities, with its letters mended.

    >>> text(["  A &amp; B "]), text(None), text(7)
    ('A & B', '', '7')
    """
    return richtext.plain(rich(raw))


def rich(raw: Any) -> str:
    """The same with its markup kept.

    >>> rich("The <em>MarrÃ£o</em>  effect")
    'The <i>Marrão</i> effect'
    """
    for item in sequence(raw):
        if isinstance(item, bool) or not isinstance(item, str | int | float):
            continue
        string = str(item)
        if string.isascii() and not _UNTIDY.search(string):
            found = string.strip()  # nothing to mend, as mostly
        else:
            found = unicodedata.normalize("NFC", richtext.from_html(mended(string)))
        if found:
            return found
    return ""


_UNTIDY = late(r"[<&]|\s\s|[\t-\r\x1c-\x1f]")
_DOUBLY_ENCODED = late(r"[ÂÃâäåæçèéïðÄÅÐÑ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")


def mended(raw: str) -> str:
    r"""Text whose UTF-8 was read as Latin-1 or Windows-1252 once too often, as it was meant.

    >>> mended("AntÃ³nio VerÃ\xadssimo"), mended("Ãtoile d’Â")
    ('António Veríssimo', 'Ãtoile d’Â')
    """
    if raw.isascii() or not _DOUBLY_ENCODED.search(raw):
        return raw
    for encoding in ("latin-1", "cp1252"):
        try:
            return raw.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
    return raw


# Words that no person has in a name, and those that some do.
_BODY_WORDS = frozenset(
    [
        "academy",
        "agency",
        "alliance",
        "association",
        "authority",
        "bureau",
        "center",
        "centre",
        "college",
        "commission",
        "committee",
        "company",
        "consortium",
        "collaboration",
        "collaborative",
        "collaborators",
        "conference",
        "corporation",
        "council",
        "department",
        "directorate",
        "editors",
        "federation",
        "forum",
        "foundation",
        "group",
        "inc",
        "institute",
        "institutes",
        "international",
        "investigators",
        "laboratories",
        "laboratory",
        "lancet",
        "ltd",
        "llc",
        "ministry",
        "organisation",
        "organization",
        "subcommittee",
        "taskforce",
        "team",
        "university",
        "workgroup",
    ]
)
_DOUBTFUL_WORDS = frozenset(
    [
        "board",
        "division",
        "journal",
        "national",
        "network",
        "office",
        "press",
        "program",
        "programme",
        "project",
        "research",
        "school",
        "service",
        "services",
        "society",
        "staff",
        "study",
        "trust",
        "union",
        "working",
    ]
)


def is_body(name: str) -> bool:
    """Whether a name is rather that of a body than of a person.

    >>> is_body("The Lancet"), is_body("Gemini Team"), is_body("Jin-Fu Chang"), is_body("Frank Press")
    (True, True, False, False)
    """
    tokens = name.lower().split()
    if set(tokens) & {"the", "of", "for", "&", "and", "behalf"}:
        return True
    found = set(re.findall(r"[^\W\d_]+", name.lower()))
    return bool(found & _BODY_WORDS) or (len(tokens) > 2 and bool(found & _DOUBTFUL_WORDS))


def person(family: str = "", given: str = "", suffix: str = "", literal: str = "") -> Name | None:
    """A name from parts that may be swapped into one, None when there is none.

    >>> person("Jin-Fu Chang")
    Name(family='Chang', given='Jin-Fu')
    >>> person("van den Bergh", "Mathieu").particle, person("The Lancet").literal
    ('van den', 'The Lancet')
    """
    family, given, suffix, literal = (text(part).strip(" ,;") for part in (family, given, suffix, literal))
    if family and given:
        return names.parse(", ".join(filter(None, (family, suffix, given))))
    whole = literal or family or given
    if not re.search(r"[^\W\d_]", whole) or whole.lower().rstrip(".") in {"et al", "others", "anonymous"}:
        return None
    if is_body(whole) or not 2 <= len(whole.split()) <= 5 or literal:
        return Name(literal=whole)
    return names.parse(f"{whole}, {suffix}" if suffix else whole)


def people(found: Iterable[Name | None], title: str = "") -> tuple[Name, ...]:
    """Names as a list: no list twice, in one script, not in capitals."""
    listed = [name for name in found if name]
    half = len(listed) // 2
    if half and listed[:half] == listed[half:]:  # and not each name twice: there are papers by two Wei Wangs
        listed = listed[:half]
    return tuple(_calmed(_in_one_script(listed, title)))


def _in_one_script(listed: list[Name], title: str) -> list[Name]:
    """When each person stands there twice, in Latin letters and in others, those of the title's script."""
    latin = [name for name in listed if _is_latin(str(name))]
    other = [name for name in listed if not _is_latin(str(name))]
    if not latin or len(latin) != len(other):
        return listed
    return latin if _is_latin(title) else other


def _is_latin(string: str) -> bool:
    if string.isascii():
        return True
    letters = [char for char in string if char.isalpha()]
    return sum("LATIN" in unicodedata.name(char, "") for char in letters) * 2 >= len(letters)


def _calmed(listed: list[Name]) -> list[Name]:
    """Names all in capitals are a habit of typesetters."""
    families = [name.family for name in listed if name.family]
    if not families or not all(family.isupper() for family in families) or max(map(len, families)) < 3:
        return listed
    return [
        Name(calm(name.family), _calm_given(name.given), name.particle, name.dropping_particle, name.suffix, name.literal)
        for name in listed
    ]  # fmt: skip


def _calm_given(given: str) -> str:
    """`BO` is a name, `AJ` are initials: initials seldom have a vowel at the end."""
    return " ".join(
        calm(word) if word.isupper() and len(word) > 1 and (len(word) > 3 or word[-1] in "AEIOUY") else word
        for word in given.split()
    )


def calm(word: str) -> str:
    """A name in capitals as it is written.

    >>> calm("O'BRIEN-MCDONALD"), calm("VAN DYCK")
    ("O'Brien-McDonald", 'Van Dyck')
    """
    capitalised = re.sub(r"[^\W\d_]+", lambda part: part[0].capitalize(), word)
    return re.sub(r"\bMc([a-z])", lambda part: f"Mc{part[1].upper()}", capitalised)


_ROMAN = late(r"[IVXLCDM]+")


def sentence(title: str) -> str:
    """A title all in capitals as a sentence; what is likely an acronym stays.

    >>> sentence("APLICAÇÃO DO SOFTWARE GEOGEBRA: AO ENSINO"), sentence("BERT")
    ('Aplicação do software geogebra: Ao ensino', 'BERT')
    """
    letters = [char for char in title if char.isalpha()]
    if "<" in title or len(title.split()) < 4 or not letters or not all(char.isupper() for char in letters):
        return title
    calmed = re.sub(r"[^\W_]+", _calm_word, title)
    return re.sub(r"(^\W*|[:.?!]\s+)([^\W\d_])", lambda start: start[1] + start[2].upper(), calmed)


def _calm_word(found: re.Match[str]) -> str:
    word = found[0]
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    in_brackets = before == "(" and after == ")"
    vowels = re.search(r"[AEIOUY]", unicodedata.normalize("NFD", word))
    if (
        in_brackets
        or not word.isalpha()
        or (word.isascii() and not vowels)
        or (len(word) > 1 and _ROMAN.fullmatch(word))
    ):
        return word
    return word.lower()
