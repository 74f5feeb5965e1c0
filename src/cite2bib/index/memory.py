"""A library in memory: the works of any bibliography file, found by identifier, by title, or by their rarest words.

Made for up to a million works: the exact keys are built at once, the words only when an exact key did not hit.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from cite2bib import printed, titles
from cite2bib.identifiers import isbn13, normalise
from cite2bib.names import family_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cite2bib.model import Work

_IDENTIFIERS = ("DOI", "arxiv", "PMID", "PMCID", "ISBN", "openalex")
_ARXIV_DOI = "10.48550/arxiv."
_MOST_COMMON = 2_000  # a word of more titles than this finds nothing by itself
_CANDIDATES = 12


class Library:
    """Works in memory, as an index."""

    holds_everything = False  # somebody chose them

    def __init__(self, works: Iterable[Work], name: str = "library") -> None:
        self.name = name
        self._works = tuple(works)
        self._identified: dict[str, list[int]] = defaultdict(list)
        self._titled: dict[str, list[int]] = defaultdict(list)
        self._worded: dict[str, list[int]] | None = None
        for place, work in enumerate(self._works):
            for key in (*_identifiers(work), *_address(work), *_places(work)):
                self._identified[key].append(place)
            for key in _title_keys(work.text("title")):
                self._titled[key].append(place)

    def __len__(self) -> int:
        return len(self._works)

    def find(self, work: Work) -> Sequence[Work]:
        """Candidates for a work; similar titles only when neither an identifier nor a title hits."""
        marks = (
            _identifiers(work)
            if work.text("title")
            else (*_identifiers(work), *_address(work), *_places(work))
        )
        exact = [place for key in marks for place in self._identified.get(key, ())]
        for key in _title_keys(work.text("title")):
            exact += self._titled.get(key, ())
        places = dict.fromkeys(exact) or self._similar(work)
        return [self._works[place] for place in places]

    def find_each(self, works: Iterable[Work]) -> Iterator[Sequence[Work]]:
        """Candidates for each of some works."""
        return map(self.find, works)

    def _similar(self, work: Work) -> list[int]:
        """Works that share the most of the title's rare words, or the first two authors."""
        worded = self._words()
        asked = _clues(work)
        shared: Counter[int] = Counter()
        for clue in asked:
            places = worded.get(clue, [])
            if len(places) <= _MOST_COMMON:
                shared.update(dict.fromkeys(places, len(asked) if clue.startswith(_BY) else 1))
        least = max(2, len(asked) // 3)
        found = ((count, -place) for place, count in shared.items() if count >= least)
        return [-place for _, place in sorted(found, reverse=True)[:_CANDIDATES]]

    def _words(self) -> dict[str, list[int]]:
        if self._worded is None:
            self._worded = defaultdict(list)
            for place, work in enumerate(self._works):
                for clue in _clues(work):
                    self._worded[clue].append(place)
        return self._worded


_BY = "by "


def _clues(work: Work) -> set[str]:
    """The words of the title that say something, and the first two authors together."""
    clues = set(titles.content_words(work.text("title")))
    authors = [family_key(name) for name in work.names("author")[:2]]
    return clues | {_BY + " ".join(authors)} if len(authors) == 2 else clues


def _identifiers(work: Work) -> Iterator[str]:
    for variable in _IDENTIFIERS:
        if value := work.text(variable):
            yield f"{variable}:{isbn13(value) or value if variable == 'ISBN' else normalise(variable, value)}"
            if variable == "DOI" and value.lower().startswith(_ARXIV_DOI):
                yield f"arxiv:{normalise('arxiv', value[len(_ARXIV_DOI) :])}"


def _address(work: Work) -> Iterator[str]:
    """The address, which a work is found by that has no title."""
    if address := work.text("URL"):
        yield f"URL:{re.sub('^https?://(?:www[.])?', '', address).partition('#')[0].rstrip('/')}"


def _places(work: Work) -> Iterator[str]:
    """Volume and first page, which a work is found by that has no title."""
    if all(found := printed.place(work)):
        yield f"in {' '.join(found)}"


def _title_keys(title: str) -> Iterator[str]:
    """The title's key, and that of what stands before the subtitle."""
    if key := titles.key(title):
        yield key
    head = titles.head(title)
    if head != title:
        yield titles.key(head)
