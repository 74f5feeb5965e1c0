"""Works that look real, by the million: titles, people and venues made from the statistics of real ones.

    python bench/made_works.py FOLDER --works 1000000

writes Crossref's public data files (`crossref/N.json.gz`) and an arXiv snapshot (`arxiv.jsonl`), the same for the same
number. Titles follow which words follow which in the shared corpora, with rarer words of a list of English between them.
A fifth of the works are near-duplicates of earlier ones, as they stand in real lists: a part number, one word another, a word
more, another subtitle, the same title by others, an erratum, a preprint and its publication.
"""

from __future__ import annotations

import argparse
import bisect
import gzip
import itertools
import json
import os
import random
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parent.parent
SHARED = Path(os.environ.get("CITE2BIB_SHARED", ROOT.parent / "shared"))
TWINS = 0.2  # of the works are like an earlier one
_SMALL = frozenset(
    "a an the of for in on and or with via to from by using at as is are over under into".split()
)
_ARCHIVES = ("math", "hep-th", "cs", "astro-ph", "cond-mat", "quant-ph", "gr-qc", "nucl-th")
_JOURNAL_WORDS = "Physics Chemistry Biology Medicine Engineering Statistics Computation Optimization Vision Robotics Energy Materials Neuroscience Genetics Ecology Economics Linguistics Education Psychology Geophysics Algebra Geometry Analysis Probability Logic Oncology Cardiology Surgery Networks Security".split()
_JOURNAL_FORMS = ("Journal of {0}", "Annals of {0}", "International Journal of {0} and {1}", "{0} Letters", "Transactions on {0}",
                  "Advances in {0}", "{0} and {1}", "European {0} Review", "Proceedings of the Conference on {0} and {1}")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """A work that never was."""

    title: str
    people: tuple[tuple[str, str], ...]  # given, family
    year: int
    doi: str = ""
    arxiv: str = ""
    venue: str = ""
    volume: int = 0
    page: str = ""
    kind: str = "journal-article"


@dataclass(slots=True)
class Weighted:
    """Things drawn by how often they were seen."""

    things: list[str]
    sums: list[float]

    @classmethod
    def of(cls, counts: dict[str, float]) -> Weighted:
        """From counts."""
        return cls(list(counts), list(itertools.accumulate(counts.values())))

    def draw(self, chance: random.Random) -> str:
        """One of them."""
        return self.things[bisect.bisect(self.sums, chance.random() * self.sums[-1])]


@dataclass(slots=True)
class Statistics:
    """What real titles and people are made of."""

    words: Weighted
    rare: Weighted
    follow: dict[str, Weighted]
    families: Weighted
    given: Weighted
    venues: list[str] = field(default_factory=list)

    @classmethod
    def of_corpora(cls, chance: random.Random) -> Statistics:
        """From the shared corpora and a list of English words."""
        said = list(_corpora())
        listed = [re.findall(r"[^\W_]+(?:[-’'][^\W_]+)*", title) for title, _ in said]
        follow: dict[str, Counter[str]] = defaultdict(Counter)
        for words in listed:
            for one, other in itertools.pairwise(words):
                follow[one.lower()][other] += 1
        names = [name.split() for _, people in said for name in people if len(name.split()) > 1]
        families = Counter(name[-1] for name in names if name[-1].isalpha() and len(name[-1]) > 1)
        given = Counter(name[0] for name in names if len(name[0]) > 1 and name[0].isalpha())
        return cls(
            Weighted.of(Counter(word for words in listed for word in words)),
            Weighted.of(_english()),
            {word: Weighted.of(found) for word, found in follow.items()},
            Weighted.of(_stretched(families, chance, 60_000)),
            Weighted.of(_stretched(given, chance, 8_000)),
            [_venue(chance) for _ in range(3_000)],
        )


def _corpora() -> Iterator[tuple[str, list[str]]]:
    for line in (SHARED / "known/seed-works.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        yield record["title"], record.get("authors", [])
    answers = SHARED / "recordings/corpus/refchecker_crossref_415.jsonl"
    for line in answers.read_text(encoding="utf-8").splitlines() if answers.exists() else ():
        record = json.loads(line)
        yield record["reference"]["title"], record["reference"]["authors"]
        for item in record["items"]:
            people = [f"{who.get('given', '')} {who.get('family', '')}" for who in item.get("author", [])]
            yield re.sub(r"<[^>]*>", "", " ".join(item.get("title") or [])), people


def _english() -> dict[str, float]:
    """Words of English beyond the most common, by frequency."""
    spec = find_spec("spellchecker")
    assert spec
    assert spec.origin
    data = (Path(spec.origin).with_name("resources") / "en.json.gz").read_bytes()
    counts: dict[str, int] = json.loads(gzip.decompress(data))
    ranked = sorted(counts.items(), key=lambda item: -item[1])[800:]
    # Flatter than speech: titles are where rare words are.
    return {word: 1 / (place + 150) ** 0.95 for place, (word, _) in enumerate(ranked) if len(word) > 3}


def _stretched(seen: Counter[str], chance: random.Random, wanted: int) -> dict[str, float]:
    """Names that were seen, and further ones joined from their beginnings and ends: many people have rare names."""
    found: dict[str, float] = {name: float(count) for name, count in seen.items()}
    listed = list(seen)
    while len(found) < wanted:
        one, other = chance.choice(listed), chance.choice(listed)
        made = one[: max(2, len(one) // 2 + 1)] + other[-max(2, len(other) // 2) :].lower()
        found.setdefault(made, 40 * len(seen) / (len(found) + 40) / 30)
    return found


def _venue(chance: random.Random) -> str:
    return chance.choice(_JOURNAL_FORMS).format(*chance.sample(_JOURNAL_WORDS, 2))


class Maker:
    """Makes works, one after the other."""

    def __init__(self, seed: int = 0) -> None:
        self.chance = random.Random(seed)
        self.statistics = Statistics.of_corpora(self.chance)
        self.recent: list[Made] = []
        self.number = 0
        self.months: Counter[str] = Counter()

    def works(self, count: int) -> Iterator[Made]:
        """Some works, near-duplicates among them."""
        twists = (_part, _other_word, _more, _other_subtitle, _namesake, _erratum, _publication)
        for _ in range(count):
            if self.recent and self.chance.random() < TWINS:
                work = self.chance.choice(twists)(self, self.chance.choice(self.recent))
            else:
                work = self.work()
            self._remember(work)
            yield work

    def _remember(self, work: Made) -> None:
        if len(self.recent) < 20_000:
            self.recent.append(work)
        else:
            self.recent[self.chance.randrange(20_000)] = work

    def work(self) -> Made:
        """A work that is like no other, but for chance."""
        chance = self.chance
        title = self.phrase(
            chance.choices((3, 4, 5, 6, 7, 8, 9, 10, 12, 14), (3, 5, 8, 11, 13, 14, 13, 12, 9, 5))[0]
        )
        if chance.random() < 0.35:
            title = f"{self.phrase(chance.randint(1, 4))}: {title}"
        return self.placed(Made(title, self.people(), self.year()))

    def placed(self, work: Made) -> Made:
        """A work with a place where it appeared, and a number."""
        self.number += 1
        if self.chance.random() < 0.3:
            return replace(
                work, arxiv=self.arxiv(max(work.year, 1991)), year=max(work.year, 1991), doi="", venue=""
            )
        start = self.chance.randint(1, 2000)
        return replace(
            work,
            arxiv="",
            doi=f"10.{5000 + self.number % 900}/made.{work.year}.{self.number}",
            venue=self.chance.choice(self.statistics.venues),
            volume=self.chance.randint(1, 120),
            page=f"{start}-{start + self.chance.randint(2, 30)}",
        )

    def arxiv(self, year: int) -> str:
        """The next id of a month."""
        month = f"{year % 100:02d}{self.chance.randint(1, 12):02d}"
        self.months[month] += 1
        if year >= 2015:
            return f"{month}.{self.months[month]:05d}"
        archive, number = divmod(self.months[month], 999)
        return f"{_ARCHIVES[archive]}/{month}{number + 1:03d}"

    def year(self) -> int:
        """Mostly of late."""
        return 2025 - int(self.chance.expovariate(0.09)) % 60

    def people(self) -> tuple[tuple[str, str], ...]:
        """Some people."""
        count = self.chance.choices((1, 2, 3, 4, 5, 6, 8, 12), (12, 20, 22, 17, 11, 8, 6, 4))[0]
        draw = self.statistics
        return tuple((draw.given.draw(self.chance), draw.families.draw(self.chance)) for _ in range(count))

    def word(self) -> str:
        """A word by itself."""
        kinds = (self.statistics.words, self.statistics.rare)
        return self.chance.choices(kinds, (3, 2))[0].draw(self.chance)

    def phrase(self, length: int) -> str:
        """Words of which each has been seen after the one before it, or comes as it likes."""
        found = [self.word()]
        while len(found) < length or found[-1].lower() in _SMALL:
            next_ = self.statistics.follow.get(found[-1].lower())
            found.append(next_.draw(self.chance) if next_ and self.chance.random() < 0.6 else self.word())
        return " ".join(
            word if word.lower() in _SMALL or word[1:] != word[1:].lower() else word.capitalize()
            for word in found
        )


def _part(maker: Maker, work: Made) -> Made:
    base = re.sub(r",? Part [IV]+$", "", work.title)
    return maker.placed(replace(work, title=f"{base}, Part {maker.chance.choice(['I', 'II', 'III', 'IV'])}"))


def _other_word(maker: Maker, work: Made) -> Made:
    words = work.title.split()
    words[maker.chance.randrange(len(words))] = maker.word().capitalize()
    people = work.people if maker.chance.random() < 0.5 else maker.people()
    return maker.placed(replace(work, title=" ".join(words), people=people, year=maker.year()))


def _more(maker: Maker, work: Made) -> Made:
    words = work.title.split()
    words.insert(maker.chance.randint(0, len(words)), maker.word().capitalize())
    people = work.people if maker.chance.random() < 0.5 else maker.people()
    return maker.placed(replace(work, title=" ".join(words), people=people, year=maker.year()))


def _other_subtitle(maker: Maker, work: Made) -> Made:
    head = work.title.partition(":")[0]
    return maker.placed(
        replace(work, title=f"{head}: {maker.phrase(5)}", people=maker.people(), year=maker.year())
    )


def _namesake(maker: Maker, work: Made) -> Made:
    return maker.placed(replace(work, people=maker.people(), year=maker.year()))


def _erratum(maker: Maker, work: Made) -> Made:
    return maker.placed(
        replace(
            work, title=f"{maker.chance.choice(['Erratum to', 'Correction to', 'Comment on'])}: {work.title}"
        )
    )


def _publication(maker: Maker, work: Made) -> Made:
    """The same work once more, as a preprint is published."""
    return maker.placed(replace(work, year=min(2025, work.year + maker.chance.randint(0, 1))))


def crossref_item(work: Made) -> dict[str, Any]:
    """The work as Crossref has it."""
    return {
        "DOI": work.doi, "type": work.kind, "title": [work.title], "container-title": [work.venue], "volume": str(work.volume),
        "page": work.page, "publisher": "Made Press", "issued": {"date-parts": [[work.year]]}, "prefix": work.doi.partition("/")[0],
        "author": [{"given": given, "family": family, "sequence": "additional"} for given, family in work.people],
        "indexed": {"date-time": f"{work.year}-06-01T00:00:00Z"}, "reference-count": 30, "ISSN": ["0317-8471"],
    }  # fmt: skip


def arxiv_row(work: Made) -> dict[str, Any]:
    """The work as the arXiv snapshot has it."""
    return {
        "id": work.arxiv, "submitter": work.people[0][1], "authors": ", ".join(" ".join(name) for name in work.people),
        "title": work.title, "comments": "10 pages", "journal-ref": None, "doi": None, "report-no": None, "categories": "math.ST cs.LG",
        "license": None, "abstract": "  " + work.title + ".\n", "update_date": f"{work.year}-06-01",
        "versions": [{"version": "v1", "created": f"Mon, 2 Jun {work.year} 19:18:42 GMT"}],
        "authors_parsed": [[family, given, ""] for given, family in work.people],
    }  # fmt: skip


def write(folder: Path, count: int, seed: int = 0, part: int = 5_000) -> None:
    """The files of so many works."""
    (folder / "crossref").mkdir(parents=True, exist_ok=True)
    items: list[dict[str, Any]] = []
    numbers = itertools.count()
    with (folder / "arxiv.jsonl").open("w", encoding="utf-8") as lines:
        for work in Maker(seed).works(count):
            if work.arxiv:
                lines.write(json.dumps(arxiv_row(work), ensure_ascii=False) + "\n")
                continue
            items.append(crossref_item(work))
            if len(items) == part:
                _write_part(folder, next(numbers), items)
                items = []
    _write_part(folder, next(numbers), items)


def _write_part(folder: Path, number: int, items: Sequence[dict[str, Any]]) -> None:
    data = json.dumps({"items": list(items)}, ensure_ascii=False).encode()
    (folder / "crossref" / f"{number}.json.gz").write_bytes(gzip.compress(data, 1))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--works", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    write(given.folder, given.works, given.seed)
