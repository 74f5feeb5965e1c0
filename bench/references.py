"""References to works as physicists, chemists and others write them, matched with records of a catalogue.

    python bench/made_works.py /tmp/made --works 100000
    python bench/references.py /tmp/made --folder /tmp/bench [--misses]

Works are the articles of the shared .bib files that have all of title, people, journal, volume, pages and year; their journals
are written out as Crossref has them, where a table here knows how. Each is referred to in many ways: as fields, as publishers
deposit them, with and without a title, and as text that is read as any reference list. In the index stand, beside them and
beside made works, three neighbours of each: the next article of the volume, the same volume and page of another journal,
another article by the same people in that volume. Every fifth work is held back: then nothing is right.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "bench")]

from made_works import Maker  # noqa: E402

from cite2bib import printed, richtext, titles  # noqa: E402
from cite2bib.extract.reflist.parse import parse  # noqa: E402
from cite2bib.formats.bibtex import read_bibtex  # noqa: E402
from cite2bib.index.disk import Disk  # noqa: E402
from cite2bib.model import Date, Name, Work  # noqa: E402
from cite2bib.pipeline import indexing  # noqa: E402
from cite2bib.resolve.lookup import resolve  # noqa: E402
from index import misprinted  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SHARED = Path(os.environ.get("CITE2BIB_SHARED", ROOT.parent / "shared"))
JOURNALS = {
    "Appl. Phys. Lett.": "Applied Physics Letters", "Phys. Rev. B": "Physical Review B", "Nano Lett.": "Nano Letters",
    "J. Appl. Phys.": "Journal of Applied Physics", "Jpn. J. Appl. Phys.": "Japanese Journal of Applied Physics",
    "J. Cryst. Growth": "Journal of Crystal Growth", "Phys. Status Solidi A": "physica status solidi (a)",
    "IEEE Trans. on Circuits and Systems": "IEEE Transactions on Circuits and Systems",
    "J. Phys. D: Appl. Phys.": "Journal of Physics D: Applied Physics", "Phys. Rev. Lett.": "Physical Review Letters",
    "Opt. Express": "Optics Express", "Cryst. Growth Des.": "Crystal Growth & Design", "New J. Phys.": "New Journal of Physics",
    "IEEE J. Sel. Top. Quantum Electron.": "IEEE Journal of Selected Topics in Quantum Electronics",
    "J. Phys. Condens. Matter": "Journal of Physics: Condensed Matter", "Nano Res.": "Nano Research",
    "Semicond. Sci. Technol.": "Semiconductor Science and Technology", "Phys. Status Solidi B": "physica status solidi (b)",
    "J. Vac. Sci. Technol. B": "Journal of Vacuum Science & Technology B", "Philos. Mag.": "Philosophical Magazine",
    "J. Vac. Sci. Technol. A": "Journal of Vacuum Science & Technology A", "Phys. Status Solidi C": "physica status solidi (c)",
    "Nat. Photonics": "Nature Photonics", "Nat. Mater.": "Nature Materials", "J. Chem. Phys.": "The Journal of Chemical Physics",
    "Ann. Phys.": "Annals of Physics", "Mater. Sci. Eng. B": "Materials Science and Engineering: B",
    "Solid. State. Electron.": "Solid-State Electronics", "J. Appl. Crystallogr.": "Journal of Applied Crystallography",
    "J. Mater. Res.": "Journal of Materials Research", "J. Electron. Mater.": "Journal of Electronic Materials",
    "J. Phys. Conf. Ser.": "Journal of Physics: Conference Series", "Nanoscale Res. Lett.": "Nanoscale Research Letters",
    "J. Lumin.": "Journal of Luminescence", "Appl. Phys. Express": "Applied Physics Express",
    "Superlattices Microstruct.": "Superlattices and Microstructures", "Solid State Commun.": "Solid State Communications",
    "Adv. Mater.": "Advanced Materials", "IEEE J. Quantum Electron.": "IEEE Journal of Quantum Electronics",
    "Nat. Commun.": "Nature Communications", "IEEE Signal Process. Lett.": "IEEE Signal Processing Letters",
    "Data Knowl. Eng.": "Data & Knowledge Engineering",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Article:
    """An article as a catalogue has it."""

    doi: str
    title: str
    people: tuple[Name, ...]
    journal: str
    short: str
    volume: str
    page: str
    year: int

    @property
    def first(self) -> str:
        """The page it begins on."""
        return re.split(r"[-–—]", self.page)[0].strip()


def articles() -> list[Article]:
    """The articles of the shared .bib files, each once."""
    found: dict[tuple[str, str], Article] = {}
    for path in sorted(SHARED.glob("bib-corpus/**/*.bib")):
        for work in read_bibtex(path.read_bytes(), str(path)).works:
            date, names = work.date(), work.names("author")
            title = richtext.plain(work.text("title"))
            place = printed.place(work)
            if (
                title
                and names
                and date
                and date.year
                and all(place)
                and work.text("container-title")
                and names[0].family
            ):
                short = richtext.plain(work.text("container-title"))
                key = (titles.key(title), place[0])
                found.setdefault(key, Article(f"10.5555/{len(found)}", title, names, JOURNALS.get(short, short), short,
                                              work.text("volume"), work.text("page"), date.year))  # fmt: skip
    return list(found.values())


def neighbours(
    work: Article, others: Sequence[str], chance: random.Random, maker: Maker
) -> Iterator[Article]:
    """Articles that are taken for it by who looks at part of what a reference says."""

    def made(kind: str, people: tuple[Name, ...], journal: str, page: str) -> Article:
        return Article(
            f"{work.doi}/{kind}", maker.phrase(8), people, journal, journal, work.volume, page, work.year
        )

    strangers = tuple(Name(family, given) for given, family in maker.people())
    number = int(re.sub(r"\D", "", work.first)[:7] or 0)
    yield made("next", strangers, work.journal, str(number + chance.randint(3, 9)))
    yield made(
        "place", strangers, chance.choice([name for name in others if name != work.journal]), work.page
    )
    yield made("people", work.people, work.journal, str(number + chance.randint(20, 90)))


def item(work: Article) -> dict[str, Any]:
    """An article as Crossref has it."""
    return {
        "DOI": work.doi, "type": "journal-article", "title": [work.title], "container-title": [work.journal],
        "volume": work.volume, "page": work.page, "issued": {"date-parts": [[work.year]]}, "prefix": "10.5555",
        "author": [{"given": name.given, "family": f"{name.particle} {name.family}".strip()} for name in work.people],
    }  # fmt: skip


# How it is referred to: as fields.


def fields(work: Article, *said: str, **instead: Any) -> Work:
    """Some of what is known of an article, as publishers deposit it: the family name of the first author, the first page."""
    told: dict[str, Any] = {
        "author": (Name(work.people[0].family),), "issued": Date((work.year,)), "container-title": work.short,
        "volume": work.volume, "page": work.first, "title": work.title,
    }  # fmt: skip
    query = Work()
    for name in said:
        query = query.with_field(name, instead.get(name.replace("-", "_"), told[name]))
    return query


_PLACE = ("container-title", "volume", "page", "issued")
_NEAR_KEYS = {str(number): str((number + 1) % 10) for number in range(10)}


def _acronym(journal: str) -> str:
    return "".join(
        word[0] for word in titles.words(journal) if word not in {"of", "the", "and", "in"}
    ).upper()


def _initials(name: Name, dots: str = ". ") -> str:
    return dots.join(part[0] for part in re.split(r"[\s.-]+", name.given) if part) + dots.rstrip()


def _listed(work: Article, order: str, joint: str = ", ", most: int = 6) -> str:
    people = [
        f"{name.family}{order}{_initials(name)}" if order else f"{_initials(name)} {name.family}"
        for name in work.people
    ]
    return joint.join(people[:most]) + (" et al." if len(people) > most else "")


WAYS: dict[str, Callable[[Article, random.Random], Work | None]] = {
    "author, journal, volume, page, year": lambda work, _: fields(work, "author", *_PLACE),
    "without author": lambda work, _: fields(work, *_PLACE),
    "journal in full": lambda work, _: fields(work, "author", *_PLACE, container_title=work.journal),
    "journal as an acronym": lambda work, _: fields(work, "author", *_PLACE, container_title=_acronym(work.journal)),
    "year off by one": lambda work, chance: fields(work, "author", *_PLACE, issued=Date((work.year + chance.choice((-1, 1)),))),
    "without volume": lambda work, _: fields(work, "author", "container-title", "page", "issued"),
    "without year": lambda work, _: fields(work, "author", *_PLACE[:3]),
    "without journal": lambda work, _: fields(work, "author", *_PLACE[1:]),
    "a digit of the page wrong": lambda work, _: fields(work, "author", *_PLACE, page=work.first[:-1] + _NEAR_KEYS.get(work.first[-1], "1")),
    "without page": lambda work, _: fields(work, "author", "container-title", "volume", "issued"),
    "title and place": lambda work, _: fields(work, "title", "author", *_PLACE),
    "title with two slips, and place": lambda work, chance: fields(work, "title", "author", *_PLACE, title=misprinted(work.title, chance)),
    "title, author, year": lambda work, _: fields(work, "title", "author", "issued"),
    "title with two slips, author, year": lambda work, chance: fields(work, "title", "author", "issued", title=misprinted(work.title, chance)),
    "title, year": lambda work, _: fields(work, "title", "issued"),
    "text of APS": lambda work, _: parse(f"{_listed(work, '')}, {work.short} {work.volume}, {work.first} ({work.year})."),
    "text of ACS": lambda work, _: parse(f"{_listed(work, ', ', '; ')} {work.short} {work.year}, {work.volume}, {work.page}."),
    "text of AIP": lambda work, _: parse(f"{_listed(work, '', ', ', 3)}, “{work.title},” {work.short} {work.volume}, {work.first} ({work.year})."),
    "text of AAS": lambda work, _: parse(f"{_listed(work, ', ')} {work.year}, {work.short}, {work.volume}, {work.first}"),
    "text of Nature": lambda work, _: parse(f"{_listed(work, ', ', ', ', 4)} {work.title}. {work.journal} {work.volume}, {work.page} ({work.year})."),
    "text of APA": lambda work, _: parse(f"{_listed(work, ', ')} ({work.year}). {work.title}. {work.journal}, {work.volume}, {work.page}."),
    "text of Vancouver": lambda work, _: parse(f"{', '.join(f'{name.family} {_initials(name, str())}' for name in work.people[:6])}. {work.title}. {work.short} {work.year};{work.volume}:{work.page}."),
    "text of IEEE": lambda work, _: parse(f"{_listed(work, '')}, “{work.title},” {work.short}, vol. {work.volume}, pp. {work.page}, {work.year}."),
}  # fmt: skip


def build(made: Path, folder: Path, held: Sequence[Article]) -> Path:
    """The index of made works, the articles that are not held back, and the neighbours of all."""
    index, chance, maker = folder / "references", random.Random(1), Maker(1)
    if index.exists():
        return index
    journals = sorted({work.journal for work in held})
    there = [work for number, work in enumerate(held) if number % 5]
    near = [other for work in held for other in neighbours(work, journals, chance, maker)]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "articles.json"
    path.write_text(json.dumps({"items": [item(work) for work in (*there, *near)]}), encoding="utf-8")
    indexing.build(index, [made, path])
    return index


def main() -> None:
    """Ask and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("made", type=Path)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    held, chance = articles(), random.Random(2)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    with Disk(build(options.made, options.folder, held)) as disk:
        for way, refer in WAYS.items():
            queries = [query for work in held if (query := refer(work, chance)) is not None]
            # One by one: that two of a list do not take one record would help here.
            for number, (work, query) in enumerate(zip(held, queries, strict=True)):
                (found,) = resolve([query], libraries=[disk]).resolutions
                doi = found.decision.record.text("DOI") if found.decision.record else ""
                told = ("right" if doi == work.doi else "wrong") if doi else "none"
                counts[way][told] += 1
                counts[way]["there"] += bool(number % 5)
                if options.misses and (told == "wrong" or (told == "none" and number % 5)):
                    print(way, "|", told, "|", work, "|", query.fields, "|", doi, found.reason, "\n")
    print(f"{'said':40} {'asked':>6} {'recall':>8} {'wrong':>6}")
    total: Counter[str] = Counter()
    for way, seen in counts.items():
        total.update(seen)
        print(
            f"{way:40} {sum(seen[told] for told in ('right', 'wrong', 'none')):6} {seen['right'] / seen['there']:8.1%} {seen['wrong']:6}"
        )
    taken = total["right"] + total["wrong"]
    print(
        f"all: {taken + total['none']} asked, recall {total['right'] / total['there']:.1%}, wrong {total['wrong'] / taken:.2%} of those taken"
    )


if __name__ == "__main__":
    main()
