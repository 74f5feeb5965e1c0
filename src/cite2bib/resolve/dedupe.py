"""Works that are mentioned several times, joined: the same question as a look-up, asked inside one list.

Only works that share an identifier, a title or rare words are compared, so a long list costs little more per work than
a short one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import islice
from typing import TYPE_CHECKING

from cite2bib import printed, titles
from cite2bib.light import NamedTuple, dataclass
from cite2bib.names import family_key
from cite2bib.resolve.match import ACCEPT, facts, match, people
from cite2bib.resolve.match.people import Agreement
from cite2bib.resolve.match.score import log_odds
from cite2bib.resolve.match.weights import WEIGHTS
from cite2bib.resolve.match.word import MOST_SLIPS, spelling
from cite2bib.resolve.merge import join
from cite2bib.resolve.namesakes import COMPARED, Namesakes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cite2bib.model import Conflict, Work
    from cite2bib.resolve.match.facts import Fact

_IDENTIFIERS = ("DOI", "arxiv", "PMID", "PMCID", "openalex")
_NAMING = frozenset(_IDENTIFIERS)
_RAREST = 4  # words of a title by which similar ones are looked for
_MOST_COMMON = 30  # a word of more works than this is not rare


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


class _Publication(NamedTuple):
    """By what two publications are told apart, made ready to be compared many times."""

    identifiers: tuple[str, ...]
    doi: str  # not that of a preprint
    arxiv: str
    year: int
    is_by_several: bool
    is_told: bool  # it has an abstract

    @classmethod
    def of(cls, work: Work) -> _Publication:
        found = tuple(_identifying(work))
        date = work.date()
        year = (date.year if date else 0) or 0
        is_by_several = len(work.names("author")) > 1
        return cls(found, _doi(found), _of(found, "arxiv"), year, is_by_several, "abstract" in work.fields)

    def is_not(self, other: _Publication) -> bool:
        """Whether identifiers say so, and neither people and year nor an abstract speak for a slip in one of them."""
        is_other_doi = bool(self.doi and other.doi and self.doi != other.doi)
        if not is_other_doi and not (self.arxiv and other.arxiv and self.arxiv != other.arxiv):
            return False
        may_be_slip = (self.is_by_several and other.is_by_several) or (self.is_told and other.is_told)
        if may_be_slip and not (is_other_doi and self.year != other.year and not (self.arxiv or other.arxiv)):
            return False
        return set(self.identifiers).isdisjoint(other.identifiers)


def _of(identifiers: Sequence[str], variable: str) -> str:
    start = f"{variable}:"
    return next((key.removeprefix(start) for key in identifiers if key.startswith(start)), "")


def _doi(identifiers: Sequence[str]) -> str:
    doi = _of(identifiers, "DOI")
    return "" if doi and facts.is_preprint_doi(doi) else doi


class _Seen:
    """The works so far, by what two mentions of one work share."""

    def __init__(self, works: Sequence[Work]) -> None:
        self.works = works
        self.publications = [_Publication.of(work) for work in works]
        self.words = [titles.content_words(work.text("title")) for work in works]
        self.common = Counter(word for words in self.words for word in set(words))
        self.keyed: dict[str, dict[int, None]] = defaultdict(dict)  # identifier or address -> groups
        self.titled: dict[str, dict[tuple[str, ...], Namesakes]] = defaultdict(dict)  # title -> by its words
        self.worded: dict[str, dict[Namesakes, None]] = defaultdict(dict)

    def add(self, place: int, group: int) -> None:
        work = self.works[place]
        for key in self.publications[place].identifiers:
            self.keyed[key][group] = None
        title, words = work.text("title"), self.words[place]
        alike = self.titled[titles.key(title)]
        namesakes = alike.get(words) or alike.setdefault(words, Namesakes(title, words))
        namesakes.add(work, group)
        for block in self._blocks(place):
            self.worded[block][namesakes] = None

    def _blocks(self, place: int) -> list[str]:
        """What a work shares with few others: the rarest words of its title, and its first authors."""
        authors = [family_key(name) for name in self.works[place].names("author")[:2]]
        return [*self._rare(self.words[place]), *([f"by {' '.join(authors)}"] if authors else [])]

    def _rare(self, words: Sequence[str]) -> list[str]:
        shared = [word for word in set(words) if 2 <= self.common[word] <= _MOST_COMMON]
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
        work = self.works[place]
        for key in self.publications[place].identifiers:
            yield from islice(self.keyed.get(key, ()), COMPARED)
        for namesakes in self._alike(titles.key(work.text("title")), place):
            yield from namesakes.groups_for(work)

    def _alike(self, key: str, place: int) -> Iterator[Namesakes]:
        """The works of the same title, then those of titles that may be misprints of it or have another subtitle."""
        same = tuple(self.titled.get(key, {}).values()) if key else ()
        yield from same
        tried = set(same)
        words = self.words[place]
        own = frozenset(words)
        for block in self._blocks(place):
            for other in islice(self.worded.get(block, ()), COMPARED):
                if other in tried:
                    continue
                tried.add(other)
                if _may_be_same(own, frozenset(other.words)) and _is_in_order(words, other.words):
                    yield other

    def _are_same(self, place: int, other: int) -> bool:
        if self.publications[place].is_not(self.publications[other]):
            return False
        return are_same(self.works[place], self.works[other])


def _is_in_order(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether a title whose words are all in the other one is its beginning or its end, as without a subtitle."""
    if not (set(one) <= set(other) or set(other) <= set(one)):
        return True
    short, long = sorted((one, other), key=len)
    return not short or short in {long[: len(short)], long[-len(short) :]}


def are_same(one: Work, two: Work) -> bool:
    """Whether two mentions are of one work."""
    if not facts.same_identifier(one, two) and _are_apart(one, two):
        return False
    return match(one, two).score >= ACCEPT or match(two, one).score >= ACCEPT


def _are_apart(one: Work, two: Work) -> bool:
    """Whether two works cannot be one whatever their titles, which cost more to compare."""
    agreement = people.compare(one.names("author"), two.names("author")).agreement
    return agreement is Agreement.NONE or (agreement is Agreement.UNKNOWN and _says_too_little(one, two))


def _says_too_little(one: Work, two: Work) -> bool:
    """Whether year, venue and pages are against two works of which one names nobody, be the titles equal."""
    if one.date() == two.date():
        return False  # as mostly
    if "author-count" in one.fields or "author-count" in two.fields:
        return False
    if "abstract" in one.fields and "abstract" in two.fields:
        return False
    date = max(_worth(facts.dates(one, two)), _worth(facts.dates(two, one)))
    venue = max(_worth(facts.venues(one, two)), _worth(facts.venues(two, one)))
    return WEIGHTS["title-same-2"] + date + venue < log_odds(ACCEPT)


def _worth(said: Iterable[Fact]) -> float:
    return sum(WEIGHTS[fact.weight] * fact.scale for fact in said)


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
    """What two mentions of one work mostly share: identifiers and the title; of a column the title and its issue."""
    yield from _identifying(work)
    title = work.text("title")
    if not (key := titles.key(title)):
        return
    if not titles.comes_back(title):
        yield key
        return
    if page := printed.first_page(printed.page(work)):
        yield f"{key} p{page}"
    date = work.date()
    if date and date.year:
        yield from (f"{key} {family_key(name)} {date.year}" for name in work.names("author")[:2])


def _identifying(work: Work) -> Iterator[str]:
    """The identifiers of a work; where it has no title the address or the place where it is printed."""
    for variable in () if _NAMING.isdisjoint(work.fields) else _IDENTIFIERS:
        if value := facts.identifier(work, variable):
            yield f"{variable}:{value}"
    if titles.key(work.text("title")):
        return
    if work.text("URL"):
        yield work.text("URL")
    elif all(found := printed.place(work)):
        yield " ".join(found)
