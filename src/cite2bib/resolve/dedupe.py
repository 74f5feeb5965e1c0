"""Works that are mentioned several times, joined: the same question as a look-up, asked inside one list.

Only works that share an identifier, a title or rare words are compared, so a long list costs little more per work than
a short one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from cite2bib import printed, titles
from cite2bib.light import dataclass
from cite2bib.names import family_key
from cite2bib.resolve.match import ACCEPT, facts, match, people
from cite2bib.resolve.match.people import Agreement
from cite2bib.resolve.match.word import MOST_SLIPS, spelling
from cite2bib.resolve.merge import join

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cite2bib.model import Conflict, Work

_IDENTIFIERS = ("DOI", "arxiv", "PMID", "PMCID", "openalex")
_RAREST = 4  # words of a title by which similar ones are looked for
_MOST_COMMON = 30  # a word of more works than this is not rare
_COMPARED = 200  # works of one title or identifier that a further one is held against


@dataclass(frozen=True, slots=True)
class Group:
    """One work and the mentions that it was joined from."""

    work: Work
    mentions: tuple[Work, ...]
    conflicts: tuple[Conflict, ...] = ()


def dedupe(works: Iterable[Work]) -> list[Group]:
    """Each distinct work once, in the order of first mention, with the places of all its mentions."""
    listed = tuple(works)
    groups: list[list[int]] = []
    seen = _Seen(listed)
    for place in range(len(listed)):
        found = seen.group_of(place, groups)
        if found is None:
            found = len(groups)
            groups.append([])
        groups[found].append(place)
        seen.add(place, found)
    return [_group([listed[place] for place in group]) for group in groups]


def may_repeat(works: Iterable[Work]) -> bool:
    """Whether two of some works share an identifier or a title, which is quickly told."""
    seen: set[str] = set()
    for work in works:
        found = set(keys(work))
        if not seen.isdisjoint(found):
            return True
        seen |= found
    return False


def unknown(works: Sequence[Work], held: Sequence[Work]) -> list[Work]:
    """Those of some works that a list does not hold yet, each once."""
    ours = set(map(id, held))
    return [
        group.work
        for group in dedupe((*held, *works))
        if not any(id(work) in ours for work in group.mentions)
    ]


def _group(mentions: Sequence[Work]) -> Group:
    if len(mentions) == 1:
        return Group(mentions[0], (mentions[0],))
    work, conflicts = join(mentions)
    return Group(work, tuple(mentions), tuple(conflicts))


class _Seen:
    """The works so far, by what two mentions of one work share."""

    def __init__(self, works: Sequence[Work]) -> None:
        self.works = works
        self.words = [titles.content_words(work.text("title")) for work in works]
        self.content = [frozenset(words) for words in self.words]
        self.common = Counter(word for words in self.content for word in words)
        self.keyed: dict[str, list[tuple[int, int]]] = defaultdict(list)  # key -> (place, group)
        self.worded: dict[str, list[tuple[int, int]]] = defaultdict(list)

    def add(self, place: int, group: int) -> None:
        for key in keys(self.works[place]):
            self.keyed[key].append((place, group))
        for block in self._blocks(place):
            self.worded[block].append((place, group))

    def _blocks(self, place: int) -> list[str]:
        """What a work shares with few others: the rarest words of its title, and its first authors."""
        authors = [family_key(name) for name in self.works[place].names("author")[:2]]
        return [*self._rare(place), *([f"by {' '.join(authors)}"] if authors else [])]

    def _rare(self, place: int) -> list[str]:
        shared = [word for word in self.content[place] if 2 <= self.common[word] <= _MOST_COMMON]
        return sorted(shared, key=lambda word: (self.common[word], word))[:_RAREST]

    def group_of(self, place: int, groups: Sequence[Sequence[int]]) -> int | None:
        """The group of the same work, if it was mentioned before."""
        tried: set[int] = set()
        for group in self._candidates(place):
            if group in tried:
                continue
            tried.add(group)
            if any(self._are_same(place, other) for other in groups[group][:5]):
                return group
        return None

    def _candidates(self, place: int) -> Iterator[int]:
        for key in keys(self.works[place]):
            yield from (group for _, group in self.keyed.get(key, ())[:_COMPARED])
        own = self.content[place]
        for block in self._blocks(place):
            for other, group in self.worded.get(block, ())[:_COMPARED]:
                if _may_be_same(own, self.content[other]) and self._is_in_order(place, other):
                    yield group

    def _is_in_order(self, place: int, other: int) -> bool:
        """Whether a title whose words are all in the other one is its beginning or its end, as without a subtitle."""
        if not (self.content[place] <= self.content[other] or self.content[other] <= self.content[place]):
            return True
        short, long = sorted((self.words[place], self.words[other]), key=len)
        return not short or short in {long[: len(short)], long[-len(short) :]}

    def _are_same(self, place: int, other: int) -> bool:
        return are_same(self.works[place], self.works[other])


def are_same(one: Work, two: Work) -> bool:
    """Whether two mentions are of one work."""
    if _are_by_others(one, two):
        return False
    return match(one, two).score >= ACCEPT or match(two, one).score >= ACCEPT


def _are_by_others(one: Work, two: Work) -> bool:
    """Whether two works share nobody and no identifier, which is never accepted; titles cost more to compare."""
    authors = one.names("author"), two.names("author")
    return people.compare(*authors).agreement is Agreement.NONE and not facts.same_identifier(one, two)


def _may_be_same(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the words that only one title has can be misprints of those that only the other has, or a subtitle.

    Cheap, so that the comparison proper is made for few pairs.
    """
    if 2 * len(one & other) < min(len(one), len(other)):
        return False
    few, many = sorted((one - other, other - one), key=len)
    return all(any(_look_alike(word, partner) for partner in many) for word in few)


def _look_alike(word: str, other: str) -> bool:
    is_near = abs(len(word) - len(other)) <= 2 and (word[0] == other[0] or word[-2:] == other[-2:])
    if is_near and (_may_be_misprint(word, other) or spelling(word) == spelling(other)):
        return True
    return word in other or (len(other) > 1 and other in word)


def _may_be_misprint(word: str, other: str) -> bool:
    """Each slip brings in one letter at the most, and takes one away."""
    letters, others = Counter(word), Counter(other)
    return max((letters - others).total(), (others - letters).total()) <= MOST_SLIPS


def keys(work: Work) -> Iterator[str]:
    """What two mentions of one work mostly share: identifiers and the title."""
    for variable in _IDENTIFIERS:
        if value := facts.identifier(work, variable):
            yield f"{variable}:{value}"
    if key := titles.key(work.text("title")):
        yield key
    elif work.text("URL"):
        yield work.text("URL")
    elif all(found := printed.place(work)):
        yield " ".join(found)
