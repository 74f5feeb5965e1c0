"""Citation keys from a template: `{author}{year}{title}` gives `zhu2025context`.

A template is text with parts in braces, `{PART:MODIFIER:MODIFIER}`:

    author    family name of the first author (editor, organization)     authors   those of all, joined
    year      year of issue            month   01 to 12                  date      2025-03-13
    title     first word of the title that says something                words     all of them
    container first such word of the journal or book                     type      the CSL type
    arxiv doi id   the identifier, as far as letters and digits go

    3         at most three: words of `words`, names of `authors`, else letters
    upper lower title (Zhu) camel (ContextEnhanced)
    -         join by hyphens (or `_`, `.`)
    short     last two digits of a year

Keys are ASCII. What a work does not have is left out; a key that would be empty is made from the title.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from cite2bib import dates, richtext
from cite2bib.diagnostics import UsageError
from cite2bib.letters import to_ascii
from cite2bib.light import NamedTuple, replace
from cite2bib.names import OTHERS
from cite2bib.patterns import late

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from cite2bib.model import Work

DEFAULT = "{author}{year}{title}"

_PART = late(r"\{([^{}]*)\}")
_WORD = late(r"[A-Za-z0-9]+")
_ALLOWED = late(r"[^A-Za-z0-9:/._+-]+")
_MATH_OR_COMMAND = late(r"\$[^$]*\$|\\[A-Za-z]+\s*|https?://\S+")
_STOP_WORDS = frozenset(
    """
a an and are as at be by can do does for from how if in into is it its not of off on onto or our over per
so than that the their them then there these they this those through to toward towards under up upon via
was we what when where whether which who whose why will with within without you your der die das des dem
den ein eine und le la les un une du et el los las y il lo gli e
""".split()
)
# `On the Power of Context-Enhanced Learning` is about context: such a noun before an "of" or "in" says nothing.
_EMPTY_NOUNS = frozenset(
    """
power role effect effects impact impacts importance nature limits limitations case art use uses usage
study analysis survey review problem question influence value benefits dangers risk risks curse blessing
existence relationship relation interplay connection understanding exploration investigation examination
overview introduction necessity utility effectiveness advantages state theory foundations properties
aspects notion concept idea meaning design development evaluation
""".split()
)


class _Part(NamedTuple):
    """A piece of a template: literal text, or a part with its modifiers."""

    name: str
    literal: str = ""
    most: int = 0
    case: str = "lower"
    joint: str = ""
    short: bool = False


def assign(
    works: Sequence[Work], template: str = DEFAULT, taken: AbstractSet[str] = frozenset()
) -> tuple[Work, ...]:
    """The works with keys, each its own; one that has a key keeps it.

    Of several works with the same key the first keeps it plain and each later one is told apart by what it says itself: by
    further words of its title, then by letters. So works that are added behind others change no key. Keys are told
    apart without regard to capitals, as BibTeX does.
    """
    used = {key.lower() for key in taken} | {work.id.lower() for work in works if work.id}
    parts = parse(template)
    keyed = []
    for work in works:
        if not work.id:
            key = next(key for key in _candidates(work, parts) if key.lower() not in used)
            used.add(key.lower())
            work = replace(work, id=key)  # noqa: PLW2901 - the same work, named
        keyed.append(work)
    return tuple(keyed)


def key(work: Work, template: str = DEFAULT) -> str:
    """The key of a work, regardless of others.

    >>> from cite2bib.model import Date, Field, Name, Work
    >>> key(Work(fields={"author": Field((Name("Zhu"),)), "title": Field("On the Power of Context"), "issued": Field(Date((2025,)))}))
    'zhu2025context'
    """
    return next(_candidates(work, parse(template)))


@lru_cache(maxsize=32)
def parse(template: str) -> tuple[_Part, ...]:
    """The pieces of a template; a part or modifier that does not exist raises `UsageError`."""
    parts: list[_Part] = []
    for index, piece in enumerate(_PART.split(template)):
        if index % 2:
            parts.append(_parsed_part(piece))
        elif _ALLOWED.search(piece):
            raise UsageError(f"a key can't hold {_ALLOWED.findall(piece)[0]!r}")
        elif piece:
            parts.append(_Part("", piece))
    if not any(part.name for part in parts):
        raise UsageError(f"the key template {template!r} names no part of a work: {', '.join(_PARTS)}")
    return tuple(parts)


def _parsed_part(text: str) -> _Part:
    name, *modifiers = text.strip().split(":")
    if name not in _PARTS:
        raise UsageError(f"a key has no part {name!r}; there are {', '.join(_PARTS)}")
    part = _Part(name)
    for modifier in modifiers:
        if modifier.isdecimal():
            part = part._replace(most=int(modifier))
        elif modifier in {"upper", "lower", "title", "camel"}:
            part = part._replace(case=modifier)
        elif modifier in {"-", "_", "."}:
            part = part._replace(joint=modifier)
        elif modifier == "short":
            part = part._replace(short=True)
        else:
            raise UsageError(
                f"a key's part has no modifier {modifier!r}; there are a number, upper, lower, title, camel, -, _, ., short"
            )
    return part


def _candidates(work: Work, parts: tuple[_Part, ...]) -> Iterator[str]:
    """The work's key, then longer ones without end."""
    said = any(part.name and _PARTS[part.name](work) for part in parts)
    base = "".join(part.literal or _rendered(part, work) for part in parts) if said else ""
    words = _title_words(work)
    used = 0
    if not base:
        base = "".join(words[:1]) or "untitled"
        used = 1
    yield base
    title = next((part for part in parts if part.name in {"title", "words"}), None)
    if title is not None or used:
        cased = _CASES[title.case if title else "lower"]
        used = max(used, 1 if title is None or title.name == "title" else title.most or len(words))
        for end in range(used + 1, min(len(words), used + 6) + 1):
            yield base + "".join(cased(word) for word in words[used:end])
    yield from (base + _letters(number) for number in _naturals())


def _naturals() -> Iterator[int]:
    number = 0
    while True:
        yield number
        number += 1


def _letters(number: int) -> str:
    """a, b, ..., z, aa, ab, ..."""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(97 + rest) + text
    return text


def _rendered(part: _Part, work: Work) -> str:
    words = _PARTS[part.name](work)
    if part.short:
        words = [word[-2:] for word in words]
    if part.most and part.name in {"words", "authors"}:
        words = words[: part.most]
    text = part.joint.join(_CASES[part.case](word) for word in words)
    return text[: part.most] if part.most and part.name not in {"words", "authors"} else text


_CASES: dict[str, Callable[[str], str]] = {
    "lower": str.lower,
    "upper": str.upper,
    "title": lambda word: word[:1].upper() + word[1:].lower(),
    "camel": lambda word: word[:1].upper() + word[1:],
}


def _families(work: Work) -> list[str]:
    for variable in ("author", "editor", "director", "composer"):
        names = [name for name in work.names(variable) if name != OTHERS]
        if names:
            families = [
                "".join(_WORD.findall(to_ascii(name.family or name.literal or name.given))) for name in names
            ]
            return [family for family in families if family]
    return []


def _first_family(work: Work) -> list[str]:
    return (
        _families(work)[:1]
        or ["".join(_WORD.findall(to_ascii(work.text("organization"))))[:20]][
            : bool(work.text("organization"))
        ]
    )


def _significant(text: str) -> list[str]:
    """The words that say something, in ASCII; all of them when none does."""
    plain = to_ascii(_MATH_OR_COMMAND.sub(" ", richtext.plain(text))).replace("'", "")
    found = _WORD.findall(plain)
    said = [word for index, word in enumerate(found) if not _is_empty(found, index)]
    return said or [word for word in found if word.lower() not in _STOP_WORDS] or found


def _is_empty(words: list[str], index: int) -> bool:
    word = words[index].lower()
    following = words[index + 1].lower() if index + 1 < len(words) else ""
    return word in _STOP_WORDS or (word in _EMPTY_NOUNS and following in {"of", "in", "for", "between"})


def _title_words(work: Work) -> list[str]:
    return _significant(work.text("title"))


def _date(work: Work, length: int) -> list[str]:
    date = work.date()
    return [f"{part:02d}" for part in date.start[:length]] if date and date.start else []


def _month(work: Work) -> list[str]:
    return _date(work, 2)[1:]


def _full_date(work: Work) -> list[str]:
    date = work.date()
    return [dates.edtf(replace(date, end=(), circa=False))] if date and date.start else []


def _identifier(variable: str) -> Callable[[Work], list[str]]:
    return lambda work: [_ALLOWED.sub("", to_ascii(work.text(variable)))] if variable in work else []


_PARTS: dict[str, Callable[[Work], list[str]]] = {
    "author": _first_family,
    "authors": _families,
    "year": lambda work: _date(work, 1),
    "month": _month,
    "date": _full_date,
    "title": lambda work: _title_words(work)[:1],
    "words": _title_words,
    "container": lambda work: _significant(work.text("container-title"))[:1],
    "type": lambda work: [work.type] if work.type else [],
    "arxiv": _identifier("arxiv"),
    "doi": _identifier("DOI"),
    "id": lambda work: next(
        (found for name in ("DOI", "arxiv", "PMID", "ISBN") if (found := _identifier(name)(work))), []
    ),
}
