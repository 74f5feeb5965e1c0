"""Worlds of works, as they really are: those of Crossref's recorded answers, and of the shared list of papers.

A half of them each, so that a fresh set shares none. Some are made papers of venues without DOIs, some preprints alone.
"""

from __future__ import annotations

import html
import json
import os
import random
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from services import ROOT, Paper, Services, crossref_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SHARED = Path(os.environ.get("CITE2BIB_SHARED", ROOT.parent / "shared"))

CONFERENCES = (
    ("International Conference on Learning Representations", "ICLR"),
    ("Advances in Neural Information Processing Systems", "NeurIPS"),
    ("International Conference on Machine Learning", "ICML"),
    ("International Conference on Artificial Intelligence and Statistics", "AISTATS"),
    ("Conference on Robot Learning", "CoRL"),
    ("Conference on Learning Theory", "COLT"),
)


class World:
    """The works of a set, and dice."""

    def __init__(self, half: int, seed: int) -> None:
        self.dice = random.Random(seed)
        self.works = [*_of_crossref(half, random.Random(seed + 1)), *_of_list(half)]
        self.services = Services()
        for work in self.works:
            self.services.hold(work)
        self.published = [work for work in self.works if work.venue]
        self.posted = [work for work in self.works if work.arxiv and not work.venue]
        self.both = [work for work in self.works if work.arxiv and work.venue]
        self.journals = [work for work in self.published if work.is_journal]

    def one(self, works: Sequence[Paper], like: Callable[[Paper], bool] = lambda _work: True) -> Paper:
        """One of some works, if it is so."""
        return self.dice.choice([work for work in works if like(work)])

    def other(self, work: Paper, works: Sequence[Paper] = ()) -> Paper:
        """Another work by other people."""
        family = {name for _, name in work.people}
        return self.one(works or self.works, lambda one: not family & {name for _, name in one.people})


def _of_crossref(half: int, dice: random.Random) -> Iterator[Paper]:
    seen = set()
    path = SHARED / "recordings" / "corpus" / "refchecker_crossref_415.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        for item in json.loads(line)["items"]:
            doi = item["DOI"].lower()
            title = _plain(item["title"][0]) if item.get("title") else ""
            if (
                crc32(doi.encode()) % 2 != half
                or doi in seen
                or title.lower() in seen
                or not _is_usable(item, title)
            ):
                continue
            seen |= {doi, title.lower()}
            yield _work(item, title, dice)


def _is_usable(item: dict[str, Any], title: str) -> bool:
    people = [person for person in item.get("author", []) if person.get("family") and person.get("given")]
    return (
        item["type"] in {"journal-article", "proceedings-article"}
        and len(people) == len(item.get("author", [])) >= 2
        and bool(item.get("container-title"))
        and len(title.split()) >= 5
        and not re.match(r"(?i)(retract|correct|erratum|comment|review of|wip)", title)
        and "SSRN" not in item["container-title"][0]
    )


def _work(item: dict[str, Any], title: str, dice: random.Random) -> Paper:
    is_journal = item["type"] == "journal-article"
    year = item["published"]["date-parts"][0][0]
    start = dice.randint(1, 1800)
    work = Paper(
        title,
        tuple((_plain(person["given"]), _plain(person["family"])) for person in item["author"]),
        year,
        _plain(item["container-title"][0]),
        is_journal=is_journal,
        doi=item["DOI"].lower(),
        volume=str(dice.randint(2, 140)) if is_journal else "",
        issue=str(dice.randint(1, 12)) if is_journal else "",
        pages=f"{start}-{start + dice.randint(5, 30)}",
        is_computing=not is_journal or dice.random() < 0.4,
        in_scholar=dice.random() < 0.85,
    )
    posted = min(max(year - dice.choice((0, 0, 1, 1, 2)), 2008), 2025)
    number = f"{dice.randint(1, 9999):04d}" if posted < 2015 else f"{dice.randint(1, 99999):05d}"
    arxiv = f"{posted % 100:02d}{dice.randint(1, 12):02d}.{number}"
    if year < 2012:
        return work
    share = dice.random()
    if share < 0.25:
        venue, acronym = dice.choice(CONFERENCES)
        return replace(work, venue=venue, acronym=acronym, is_journal=False, doi="", volume="", issue="", arxiv=arxiv,
                       posted=posted, is_computing=True)  # fmt: skip
    if share < 0.42:
        return replace(work, venue="", is_journal=False, doi="", volume="", issue="", pages="", arxiv=arxiv, posted=posted,
                       year=posted, is_computing=True)  # fmt: skip
    if share < 0.65:
        return replace(work, arxiv=arxiv, posted=posted)
    return work


def _of_list(half: int) -> Iterator[Paper]:
    path = SHARED / "known" / "seed-works.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        item = json.loads(line)
        authors = [name for name in item.get("authors", []) if " " in name]
        year = item.get("year") or 0
        if not re.fullmatch(r"(?:\d{4}\.\d{5})?", item.get("arxiv", "")):
            continue
        if crc32(line.encode()) % 2 != half or len(authors) < 2 or not (item.get("arxiv") or item.get("doi")):
            continue
        people = tuple((name.rpartition(" ")[0], name.rpartition(" ")[2]) for name in authors)
        arxiv = item.get("arxiv", "")
        posted = 2000 + int(arxiv[:2]) if arxiv else 0
        venue = _plain(item.get("venue", "")).partition(",")[0] if year else ""
        venue = "" if "arxiv" in venue.lower() or venue == "CoRR" else venue
        doi = item.get("doi", "").lower()
        doi = "" if doi.startswith("10.48550/") or not venue else doi
        if not arxiv and not doi:
            continue
        yield Paper(_plain(item["title"]), people, year or posted, venue, doi=doi, arxiv=arxiv, posted=posted)


def _plain(text: str) -> str:
    text = html.unescape(html.unescape(text))
    return " ".join(re.sub(r"<[^>]+>", "", text).split())


def retract(world: World) -> None:
    """Give some works notices."""
    for work in world.dice.sample([work for work in world.published if work.doi], 12):
        new = replace(work, retracted=True)
        for rows in (world.works, world.published):
            rows[rows.index(work)] = new
        for rows in (world.both, world.journals):
            if work in rows:
                rows.remove(work)
        records = world.services.records
        place = next(number for number, item in enumerate(records) if item["DOI"] == work.doi)
        records[place] = crossref_record(new)
