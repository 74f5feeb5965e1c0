"""Lines that hold a title and, with no mark between, its authors: pages that set them apart by type alone, saved as text.

`Cross-Episodic Curriculum for Transformer Agents Lucy Xiaoyang Shi, Yunfan Jiang, Linxi Fan`
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib.extract.listing import people
from cite2bib.extract.listing.drafts import Draft, tidy_title
from cite2bib.extract.listing.vocabulary import GIVEN
from cite2bib.letters import without_marks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cite2bib.extract.listing.facts import Facts
    from cite2bib.extract.listing.people import People
    from cite2bib.extract.listing.reference import Context

_FEWEST = 3  # lines that make it a page's manner
_SHORTEST = 3  # words of a title
_MARK = re.compile(r",\s+|\s+and\s+|\s+&\s+")


def told(seen: Sequence[Facts], context: Context) -> None:
    """Give the lines of such a page their records."""
    lines = [item for item in seen if item.title > 0 and not item.chrome and not _says_more(item)]
    several = [item for item in lines if split(item.line.text, context)]
    if len(several) < _FEWEST or len(several) * 2 < len(lines):
        return
    for item in lines:
        found = split(item.line.text, context) or _one(item.line.text)
        if found:
            item.record = _draft(*found, item, context), 0.6


def _says_more(item: Facts) -> bool:
    """A record with a year or an identifier has its parts in another order."""
    return bool(item.record and item.record[0].evidence & {"year", "id", "link", "date"})


def _draft(title: str, named: People, item: Facts, context: Context) -> Draft:
    draft = Draft(context.path, item.line.number)
    draft.put("title", tidy_title(title), item.line.number, 0.8)
    draft.put_people(named, item.line.number)
    draft.put_links(item.line.links, item.line.number)
    return draft


def split(text: str, context: Context) -> tuple[str, People] | None:
    """The title and the authors of a line that ends in a list of two people or more."""
    for mark in _MARK.finditer(text):
        listed = context.people(text[mark.end() :])
        if not listed or listed.scheme != "direct" or listed.score < 0.35:
            continue
        words = text[: mark.start()].split()
        count = _first_name(words)
        if count and len(words) - count >= _SHORTEST:
            start = " ".join(words[:-count])
            named = context.people(text[len(start) :].strip())
            return (start, named) if named and named.scheme == "direct" else None
    return None


def _one(text: str) -> tuple[str, People] | None:
    """The same with one author, whose given name is known."""
    words = text.split()
    count = _first_name(words, known=True)
    named = people.read(" ".join(words[-count:])) if count else None
    return (" ".join(words[:-count]), named) if named and len(words) - count >= _SHORTEST else None


def _first_name(words: Sequence[str], *, known: bool = False) -> int:
    """How many of the last words are a person's name: from a given name that is known, else two and their initials."""
    for count in (4, 3, 2):
        if len(words) > count and _is_given(words[-count]) and people.read(" ".join(words[-count:])):
            return count
    if known:
        return 0
    count = 3 if len(words) > 3 and re.fullmatch(r"[^\W\d_]\.", words[-2]) else 2
    return count if people.read(" ".join(words[-count:])) else 0


def _is_given(word: str) -> bool:
    return without_marks(word).lower() in GIVEN and word[:1].isupper()
