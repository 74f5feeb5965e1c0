"""What a work is found by: its identifiers, its title, and the words and people that stand in it.

Each is a text such as `doi:10.1234/x`, kept as a number of 64 bits. A word of very many works finds nothing by itself:
such a one is *closed*, and from then on it is kept together with its neighbours.
"""

from __future__ import annotations

import re
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

from cite2bib import printed, titles
from cite2bib.identifiers import normal_isbn, normalise
from cite2bib.light import NamedTuple
from cite2bib.names import OTHERS, family_key

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from cite2bib.model import Work

_IDENTIFIERS = ("DOI", "arxiv", "PMID", "PMCID", "openalex")
_ARXIV_DOI = "10.48550/arxiv."
_DBLP = "dblp:key"
_MOST_WORDS = 24  # of a title: what follows tells no two works apart
_PEOPLE = 3
_SHORT = 30  # letters of a title that may be shared by many works
_PREFIX = 8  # letters of a word in which a slip is looked for


class Clues(NamedTuple):
    """The words of a title that say something and the family names of the first authors, each once."""

    words: tuple[str, ...]
    people: tuple[str, ...]


def number(text: str) -> int:
    """A term as SQLite's row id."""
    return int.from_bytes(
        blake2b(text.encode(errors="replace"), digest_size=8).digest(), "little", signed=True
    )


numbered = lru_cache(maxsize=32_768)(number)  # for words and names, which come again


def identifiers(work: Work) -> Iterator[str]:
    """The identifiers of a work, each with its kind.

    >>> from cite2bib.model import Work
    >>> list(identifiers(Work().with_field("DOI", "10.48550/arXiv.2110.11309")))
    ['DOI:10.48550/arxiv.2110.11309', 'arxiv:2110.11309']
    """
    for variable in _IDENTIFIERS:
        if variable in work.fields and (normal := normalise(variable, work.text(variable))):
            yield f"{variable}:{normal}"
            if variable == "DOI" and normal.startswith(_ARXIV_DOI):
                yield f"arxiv:{normalise('arxiv', normal[len(_ARXIV_DOI) :])}"
    if "ISBN" in work.fields:
        yield from (f"ISBN:{isbn}" for isbn in isbns(work.text("ISBN")))
    key = work.text(_DBLP) or (work.id[5:] if work.id.startswith("DBLP:") else "")
    if key:
        yield f"dblp:{key}"


def isbns(text: str) -> Iterator[str]:
    """The ISBNs in a field, in the form of thirteen digits.

    >>> list(isbns("0-306-40615-2, 978-3-16-148410-0"))
    ['9780306406157', '9783161484100']
    """
    for part in re.split(r"[,;/]|\s{2,}|\band\b", text) if text else ():
        found = normal_isbn(part)
        if len(found) == 10:
            body = f"978{found[:9]}"
            total = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(body))
            found = f"{body}{-total % 10}"
        if found:
            yield found


def title_terms(title: str, people: Callable[[], Collection[str]]) -> Iterator[str]:
    """The whole title; where it is short, before that the title with each of its people."""
    if key := titles.key(title):
        if len(key) < _SHORT:
            yield from (f"t:{key} {name}" for name in people())
        yield f"t:{key}"


def head_terms(title: str) -> Iterator[str]:
    """What stands before the subtitle, if there is one."""
    head = titles.head(title)
    if head != title and (key := titles.key(head)):
        yield f"h:{key}"


def before_subtitle(title: str) -> str:
    """A title as that of a work which has a subtitle behind it."""
    return f"h:{titles.key(title)}"


def other_titles(title: str) -> Iterator[str]:
    """What a title may be in other records: the part before a subtitle, a title whose subtitle is left out here."""
    if titles.key(title):
        yield before_subtitle(title)
    for head in head_terms(title):
        yield f"t:{head[2:]}"
        yield head


def place_terms(work: Work, people: Collection[str], *, slack: int = 0) -> Iterator[str]:
    """Where a work is printed, with its first author and with its year, by which one without a title is found."""
    volume, page = printed.place(work)
    if not volume:
        return
    yield from (f"v:{volume} {page} {name}" for name in list(people)[:1])
    date = work.date()
    if date and date.year:
        yield from (f"v:{volume} {page} {year}" for year in range(date.year - slack, date.year + slack + 1))


def clues(work: Work) -> Clues:
    """The words and people of a work."""
    people = (family_key(name) for name in work.names("author")[:_PEOPLE] if name != OTHERS)
    words = titles.content_words(work.text("title"))
    return Clues(tuple(dict.fromkeys(words[:_MOST_WORDS])), tuple(dict.fromkeys(filter(None, people))))


def plain_terms(found: Clues) -> Iterator[str]:
    """A term for each word and each name."""
    yield from (f"w:{word}" for word in found.words)
    yield from (f"a:{name}" for name in found.people)


def joint_terms(found: Clues, closed: Collection[str]) -> Iterator[str]:
    """What stands together: closed words near one another, a closed name with them, the first two authors."""
    words = found.words
    common = [f"w:{word}" in closed for word in words]
    for place, word in enumerate(words):
        if not common[place]:
            continue
        for other in range(place + 1, min(place + 3, len(words))):
            if common[other]:
                yield f"p:{word} {words[other]}"
    first = found.people[:1]
    if first and f"a:{first[0]}" in closed:
        yield from (
            f"q:{first[0]} {word}" for word, is_common in zip(words, common, strict=True) if is_common
        )
    if len(found.people) > 1:
        yield f"b:{found.people[0]} {found.people[1]}"


def slips(word: str) -> set[str]:
    """What a word shares with those that one slip of the fingers makes of it.

    >>> sorted(slips("deep"))
    ['s:dee', 's:deep', 's:dep', 's:eep']
    """
    start = word[:_PREFIX]
    return {f"s:{start}"} | {f"s:{start[:place]}{start[place + 1 :]}" for place in range(len(start))}
