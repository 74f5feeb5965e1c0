"""An index on this disk: opened at once whatever its size, asked for one work or for many at a time.

Identifiers and titles are looked up exactly; what has no plausible record there is searched by its rarest words, by
pairs of common ones, by its people, and by words that one slip makes of a misprinted one.
"""

from __future__ import annotations

import contextlib
import math
import sqlite3
from itertools import islice
from typing import TYPE_CHECKING, Any, Self

from cite2bib import titles
from cite2bib.collector import uncollected
from cite2bib.diagnostics import IndexFault
from cite2bib.index import folder as files
from cite2bib.index import likeness, record, terms
from cite2bib.index.terms import Clues
from cite2bib.light import NamedTuple
from cite2bib.model import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_AT_ONCE = 500  # values of one SQL statement, which older SQLites limit to 999
_EXACT = 64  # works of one identifier or title that are looked at
_POSTINGS = 6_000  # that one search reads, the rarest terms first
_WEIGHED = 32  # works whose records are read to be ranked
_ENOUGH = 0.45  # of the best one's score: when all that is left weighs less, nobody new comes in
_FAR_BEHIND = 0.35  # of the best one's score: what has less is not ranked
_CANDIDATES = 12
_RARE = 3  # works of a word: so few have it that it may be a misprint
_GIVEN_AT_ONCE = 200  # works of a batch


class Ranked(NamedTuple):
    """A record and how like it is to what was asked."""

    likeness: float
    place: int
    raw: list[Any]


class Disk:
    """An index on this disk."""

    def __init__(self, path: Path, name: str = "") -> None:
        self.path = path
        self.name = name or path.name
        self._stack = contextlib.ExitStack()
        self._main = self._stack.enter_context(contextlib.closing(files.open_main(path)))
        with files.damage_told(path):
            self._terms = self._open_terms()
        self._closed: frozenset[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the files."""
        self._stack.close()

    def __len__(self) -> int:
        with files.damage_told(self.path):
            return int(self._main.execute("SELECT count(*) FROM works").fetchone()[0])

    @property
    def holds_everything(self) -> bool:
        """Whether it holds a catalogue of everything: namesakes that nobody chose."""
        with files.damage_told(self.path):
            kinds = {row[0] for row in self._main.execute("SELECT DISTINCT kind FROM parts")}
        return bool(kinds & {"crossref", "openalex", "pubmed", "datacite"})

    def find(self, work: Work) -> Sequence[Work]:
        """Candidates for a work, the likelier first."""
        return next(self.find_each([work]))

    def find_each(self, works: Iterable[Work]) -> Iterator[Sequence[Work]]:
        """Candidates for each of some works, in their order; faster than one at a time."""
        asked = iter(works)
        while batch := list(islice(asked, _GIVEN_AT_ONCE)):
            with uncollected(), files.damage_told(self.path):
                found = list(self._find_batch(batch))
            yield from found

    def exact(self, works: Sequence[Work]) -> list[list[Work]]:
        """For each work the records of its identifiers and its title, and no others."""
        with uncollected(), files.damage_told(self.path):
            return [[record.work_of(raw) for _, raw in found] for found in self._exact(works, _exact_terms)]

    def similar(self, work: Work) -> list[Work]:
        """Works with similar titles, the likelier first."""
        with files.damage_told(self.path):
            return [record.work_of(item.raw) for item in self._similar(work)]

    def works(self) -> Iterator[Work]:
        """All works, in the order in which they came in."""
        with files.damage_told(self.path):
            for (data,) in self._main.execute("SELECT data FROM works ORDER BY id"):
                yield record.unpack(data)

    def search(self, text: str, most: int = 10) -> list[Work]:
        """Works that have the words of a text in their titles or among their people, the likelier first."""
        with files.damage_told(self.path):
            return self._search(text, most)

    def _search(self, text: str, most: int) -> list[Work]:
        words = tuple(dict.fromkeys(titles.words(text)))
        content = tuple(word for word in words if word not in titles.FUNCTION_WORDS)
        numbers = list(map(terms.number, _identifiers_in(text)))
        named = self._records(self._places(numbers, self._postings(numbers)))
        titled = [terms.number(f"t:{titles.key(text)}")]
        places = self._places(titled, self._postings(titled))
        places |= dict.fromkeys(_best(self._scores(Clues(content, content)), 4 * _WEIGHED))
        found = [
            Ranked(likeness.of_text(words, raw), place, raw) for place, raw in self._records(places).items()
        ]
        found.sort(key=lambda item: (-item.likeness, item.place))
        shown = {item.place: item.raw for item in found if item.likeness >= likeness.WORTH_SHOWING}
        return [record.work_of(raw) for raw in islice((named | shown).values(), most)]

    def _find_batch(self, batch: Sequence[Work]) -> Iterator[Sequence[Work]]:
        for work, exact in zip(batch, self._exact(batch, _first_terms), strict=True):
            found = dict(exact)
            if not _has_plausible(work, found):
                found |= dict(self._exact([work], _near_terms)[0])
            if not _has_plausible(work, found):
                similar = self._similar(work)
                found |= {item.place: item.raw for item in similar}
                found |= self._namesakes(work, similar[:1])
            yield [record.work_of(raw) for raw in found.values()]

    def _namesakes(self, work: Work, best: Sequence[Ranked]) -> dict[int, list[Any]]:
        """Where nobody is named, what has the title of the record that is likest: words alone may not bring it all up."""
        if work.names("author") or not work.text("title"):
            return {}
        asked = [Work().with_field("title", item.raw[4].get("title", "")) for item in best]
        return dict(found for listed in self._exact(asked, _first_terms) for found in listed)

    def _exact(
        self, works: Sequence[Work], wanted: Callable[[Work], Iterable[str]]
    ) -> list[list[tuple[int, list[Any]]]]:
        asked = [list(map(terms.number, wanted(work))) for work in works]
        held = self._postings({number for numbers in asked for number in numbers})
        places = [self._places(numbers, held) for numbers in asked]
        records = self._records({place for found in places for place in found})
        return [[(place, records[place]) for place in found if place in records] for found in places]

    def _places(self, numbers: Iterable[int], held: Mapping[int, int | bytes]) -> dict[int, None]:
        found: dict[int, None] = {}
        for number in numbers:
            if number in held:
                found |= dict.fromkeys(files.postings(held[number])[:_EXACT])
        return found

    def _similar(self, work: Work) -> list[Ranked]:
        found = terms.clues(work)
        scores = self._scores(found)
        best = _best(scores, _WEIGHED)
        asked = likeness.Asked.of(work)
        ranked = [
            Ranked(likeness.of_record(asked, raw), place, raw) for place, raw in self._records(best).items()
        ]
        ranked.sort(key=lambda item: (-item.likeness, item.place))
        return [item for item in ranked[:_CANDIDATES] if item.likeness >= likeness.WORTH_WEIGHING]

    def _scores(self, found: Clues) -> dict[int, float]:
        """Works by how rare the terms are that they share with what is asked."""
        weights = sorted(self._weights(found), key=lambda item: -item[0])
        scores: dict[int, float] = {}
        left, best, to_come = _POSTINGS, 0.0, sum(weight for weight, _ in weights)
        for number, (weight, value) in enumerate(weights):
            if to_come < _ENOUGH * best:  # who comes in only now would be far behind
                return _told_apart(scores, weights[number:])
            to_come -= weight
            listed = files.postings(value)
            if len(listed) <= left:
                left -= len(listed)
                for place in listed:
                    scores[place] = scores.get(place, 0.0) + weight
                best = max(scores.values(), default=0.0)
        return scores

    def _weights(self, found: Clues) -> list[tuple[float, int | bytes]]:
        total = self._size()
        texts = list(terms.plain_terms(found))
        held = self._postings(map(terms.numbered, texts))
        mended = self._mended(found, held)
        if mended != found:
            texts = list(dict.fromkeys([*texts, *terms.plain_terms(mended)]))
        texts += terms.joint_terms(mended, self._closed_terms())
        held |= self._postings(number for text in texts if (number := terms.numbered(text)) not in held)
        values = (held.get(terms.numbered(text)) for text in texts)
        return [(math.log(1 + total / _count(value)), value) for value in values if value is not None]

    def _mended(self, found: Clues, held: Mapping[int, int | bytes]) -> Clues:
        """The clues with words that hardly any work has as the frequent ones they may be misprints of."""
        doubtful = [
            word
            for word in found.words
            if len(word) > 3 and _count(held.get(terms.numbered(f"w:{word}"))) <= _RARE
        ]
        if not doubtful:
            return found
        instead = {word: other for word in doubtful if (other := self._spelled(word))}
        words = dict.fromkeys(instead.get(word, word) for word in found.words)
        return Clues(tuple(words), found.people)

    def _spelled(self, word: str) -> str:
        """The frequent word that is nearest to one, if any is near."""
        held = self._postings(map(terms.number, terms.slips(word)))
        numbers = {number for value in held.values() for number in files.postings(value)}
        rows = self._rows("SELECT id, word FROM words WHERE id IN ({})", numbers)
        return likeness.nearest(word, [text[2:] for _, text in rows])

    def _closed_terms(self) -> frozenset[str]:
        if self._closed is None:
            rows = self._main.execute("SELECT word FROM words WHERE closed")
            self._closed = frozenset(row[0] for row in rows)
        return self._closed

    def _size(self) -> int:
        return int(self._main.execute("SELECT coalesce(max(id), 1) FROM works").fetchone()[0])

    def _records(self, places: Iterable[int]) -> dict[int, list[Any]]:
        """The records at some places, in their order; those that were replaced are not there any more."""
        listed = list(places)
        held = dict(self._rows("SELECT id, data FROM works WHERE id IN ({})", listed))
        return {place: record.raw(held[place]) for place in listed if place in held}

    def _postings(self, numbers: Iterable[int]) -> dict[int, int | bytes]:
        listed = list(numbers)
        found: dict[int, int | bytes] = {}
        for connection in self._terms:
            query = "SELECT term, works FROM terms WHERE term IN ({})"
            for number, value in self._rows(query, listed, connection):
                found[number] = _joined(found[number], value) if number in found else value
        return found

    def _rows(
        self, query: str, values: Iterable[int], connection: sqlite3.Connection | None = None
    ) -> Iterator[tuple[Any, Any]]:
        asked = iter(values)
        while batch := list(islice(asked, _AT_ONCE)):
            marks = ",".join("?" * len(batch))
            yield from (connection or self._main).execute(query.format(marks), batch)

    def _open_terms(self) -> list[sqlite3.Connection]:
        """The files of terms; another run may just have put new ones in their place."""
        for attempt in range(3):
            try:
                return [
                    self._stack.enter_context(contextlib.closing(files.open_terms(self.path, part.number)))
                    for part in files.segments(self._main)
                ]
            except sqlite3.OperationalError as error:
                if attempt == 2:
                    raise IndexFault(f"the index {self.path} can't be opened: {error}") from None
        raise AssertionError


def _exact_terms(work: Work) -> Iterator[str]:
    named = list(terms.identifiers(work))
    yield from named
    if title := work.text("title"):
        yield from terms.title_terms(title, lambda: terms.clues(work).people)
    elif not named:
        yield from _place_terms(work)


def _first_terms(work: Work) -> Iterator[str]:
    """What finds a work; where nobody is named also what has its title before a subtitle, for it may be meant as well."""
    yield from _exact_terms(work)
    title = work.text("title")
    if title and not work.names("author") and titles.specificity(title) == 2:
        yield terms.before_subtitle(title)


def _has_plausible(work: Work, found: Mapping[int, list[Any]]) -> bool:
    return any(likeness.is_plausible(work, raw) for raw in found.values())


def _near_terms(work: Work) -> Iterator[str]:
    return terms.other_titles(work.text("title")) if work.text("title") else _place_terms(work)


def _place_terms(work: Work) -> Iterator[str]:
    return terms.place_terms(work, terms.clues(work).people, slack=1)


def _told_apart(scores: dict[int, float], rest: Sequence[tuple[float, int | bytes]]) -> dict[int, float]:
    """The works that are not far behind, and if they are many, with what the terms that are left say of them."""
    least = _FAR_BEHIND * max(scores.values())
    kept = {place: score for place, score in scores.items() if score >= least}
    for weight, value in rest if len(kept) > _WEIGHED else ():
        for place in set(files.postings(value)).intersection(kept):
            kept[place] += weight
    return kept


def _best(scores: Mapping[int, float], most: int) -> list[int]:
    """The places with the highest scores, the best first."""
    top = max(scores.values(), default=0.0)
    for share in (0.8, 0.6, _FAR_BEHIND):  # so that few need to be sorted
        kept = [place for place, score in scores.items() if score >= share * top]
        if len(kept) >= most:
            break
    return sorted(kept, key=lambda place: -scores[place])[:most]


def _identifiers_in(text: str) -> Iterator[str]:
    from cite2bib import identifiers

    for found in identifiers.find(text):
        if found.variable in {"DOI", "arxiv", "PMID", "PMCID", "openalex"}:
            yield f"{found.variable}:{found.value}"
    yield from (f"ISBN:{isbn}" for isbn in terms.isbns(text))


def _count(value: int | bytes | None) -> int:
    if value is None:
        return 0
    return 1 if isinstance(value, int) else len(value) // 4


def _joined(one: int | bytes, other: int | bytes) -> bytes:
    value = files.packed([*files.postings(one), *files.postings(other)])
    assert isinstance(value, bytes)
    return value
