"""Further ways to write references and to make them up, written after the rules were done and left as they are."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from manners import (
    FAMILY,
    GIVEN,
    OTHER_VENUES,
    TOPICS,
    Entry,
    Make,
    Write,
    full,
    initials,
    plausible,
    posted,
    scholar,
    terse,
)

if TYPE_CHECKING:
    import random

    from services import Paper
    from worlds import World


def biblatex(work: Paper, dice: random.Random) -> Entry:
    """With the names of fields that BibLaTeX has."""
    entry = full(work, dice)
    entry["date"] = f"{entry.pop('year')}-{dice.randint(1, 12):02d}"
    if "journal" in entry and work.venue:
        entry["journaltitle"] = entry.pop("journal")
    elif work.arxiv and not work.venue:
        entry.pop("journal", None)
        entry |= {"type": "online", "eprint": work.arxiv, "eprinttype": "arxiv"}
    return entry


def title_case(work: Paper, dice: random.Random) -> Entry:
    """Each word with a capital, or all of it in capitals."""
    entry = terse(work, dice)
    return entry | {"title": work.whole.upper() if dice.random() < 0.3 else work.whole.title()}


def in_series(work: Paper, dice: random.Random) -> Entry:
    """With editors, series, publisher, address, months and days."""
    entry = full(work, dice) | {
        "publisher": "Springer",
        "address": "Cham",
        "month": "jul",
        "note": "Accessed 2024-02-03",
    }
    if "booktitle" in entry:
        entry |= {"series": "Lecture Notes in Computer Science", "editor": "Ada Made and Ben Else"}
    return entry


def accepted(work: Paper, dice: random.Random) -> Entry:
    """A preprint whose place stands in the note alone."""
    venue = work.acronym or work.venue
    return posted(work, "article") | {
        "journal": f"arXiv:{work.arxiv}",
        "note": f"{dice.choice(('Accepted at', 'To appear in', 'In'))} {venue}",
    }


def family_first(work: Paper, _dice: random.Random) -> Entry:
    """Names in the order of the East, or with a comma forgotten."""
    return full(work, _dice) | {
        "author": " and ".join(f"{family}, {given}" for given, family in work.people[::1])
    }


def surnames(work: Paper, dice: random.Random) -> Entry:
    """Family names alone."""
    entry = terse(work, dice)
    names = [family for _, family in work.people]
    return entry | {"author": " and ".join(names[:3] + ["others"] * (len(names) > 3))}


def letter_in_a_name(work: Paper, dice: random.Random) -> Entry:
    """A family name with a letter wrong."""
    names = [list(pair) for pair in work.people]
    long = [place for place, (_, family) in enumerate(names) if len(family) > 6]
    if long:
        place = dice.choice(long)
        family = names[place][1]
        at = dice.randint(2, len(family) - 2)
        names[place][1] = family[:at] + family[at + 1 :]
    return terse(work, dice) | {"author": " and ".join(f"{given} {family}" for given, family in names)}


def number_in_title(work: Paper, dice: random.Random) -> Entry:
    """What copying leaves in a title: a full stop, a mark of a note, a tag."""
    entry = terse(work, dice)
    return entry | {
        "title": dice.choice(("{}.", "[PDF] {}", "{}*", "``{}''", "{} [Online]")).format(work.whole)
    }


def ampersands(work: Paper, dice: random.Random) -> Entry:
    """Authors parted by commas and &, as from a style that was printed."""
    names = [
        f"{family}, {''.join(f'{part[0]}.' for part in given.replace('-', ' ').split())}"
        for given, family in work.people
    ]
    return full(work, dice) | {"author": " and ".join(names)}


def pages_cut(work: Paper, dice: random.Random) -> Entry:
    """The first page alone, or a range cut short."""
    entry = full(work, dice)
    first, _, last = work.pages.partition("-")
    if last:
        entry["pages"] = dice.choice(
            (first, f"{first}-{last[-2:]}", f"{first}--{last}", f"pp. {first}–{last}")
        )
    return entry


def of_proceedings(work: Paper, dice: random.Random) -> Entry:
    """A journal's article as if of proceedings, and the other way round."""
    entry = terse(work, dice)
    if "booktitle" in entry:
        return entry | {"type": "article", "journal": entry.pop("booktitle")}
    return entry | ({"type": "inproceedings", "booktitle": entry.pop("journal")} if work.venue else {})


def wordy_venue(work: Paper, dice: random.Random) -> Entry:
    """A venue with all that its title page says."""
    entry = terse(work, dice)
    name = "journal" if work.is_journal else "booktitle"
    if not work.venue or work.is_journal:
        return entry
    many = f"{dice.randint(2, 45)}th"
    bare = re.sub(r"^(?:Proceedings of the |The )", "", work.venue)
    return entry | {
        name: f"Proceedings of the {many} {bare}, {work.acronym or ''} {work.year}, Vienna, Austria, May 3-7".replace(
            ",  ", ", "
        )
    }


def _any(world: World) -> tuple[Paper, Entry]:
    work = world.one(world.published)
    return work, world.dice.choice((full, terse, scholar, initials, biblatex))(work, world.dice)


def given_names_permuted(world: World) -> Entry:
    """The given names of the authors dealt out anew."""
    work = world.one(world.published, lambda one: len({given[0] for given, _ in one.people}) > 2)
    given = [one for one, _ in work.people]
    turned = [*given[1:], given[0]]
    names = [f"{one} {family}" for one, (_, family) in zip(turned, work.people, strict=True)]
    return full(work, world.dice) | {"author": " and ".join(names)}


def last_author_another(world: World) -> Entry:
    """Another well-known last author."""
    work = world.one(world.published, lambda one: len(one.people) > 2)
    return terse(work, world.dice) | {"author": " and ".join([*work.names[:-1], world.other(work).names[-1]])}


def order_turned(world: World) -> Entry:
    """Another first author."""
    work = world.one(
        world.published,
        lambda one: len(one.people) > 2 and [f for _, f in one.people] != sorted(f for _, f in one.people),
    )
    return terse(work, world.dice) | {"author": " and ".join([*work.names[1:], work.names[0]])}


def sequel(world: World) -> Entry:
    """A second part that there is not."""
    work, entry = _any(world)
    entry.pop("doi", None)
    return entry | {
        "title": f"{work.whole} {world.dice.choice(('II', '2.0', 'Revisited', 'Part 2: Extensions'))}"
    }


def other_subtitle(world: World) -> Entry:
    """The head of a title under a subtitle that is made up."""
    work = world.one(world.published, lambda one: ": " in one.whole and len(one.whole.partition(": ")[0]) > 5)
    entry = terse(work, world.dice)
    entry.pop("doi", None)
    return entry | {
        "title": f"{work.whole.partition(': ')[0]}: {world.dice.choice(TOPICS)} for Heterogeneous Time Series"
    }


def no_such_number(world: World) -> Entry:
    """A preprint under a number of arXiv's that there is not."""
    work = world.one(world.posted)
    number = f"{work.posted % 100:02d}{world.dice.randint(1, 12):02d}.{world.dice.randint(20000, 29999)}"
    return full(replace(work, arxiv=number), world.dice)


def doi_of_neighbour(world: World) -> Entry:
    """The DOI of another work of the same venue, as copying lists gives."""
    work = world.one(world.published, lambda one: bool(one.doi))
    others = [one for one in world.published if one.doi and one is not work and one.doi[:8] == work.doi[:8]]
    return full(work, world.dice) | {
        "doi": world.dice.choice(others).doi if others else world.other(work, world.both).doi or work.doi[:-2]
    }


def doi_cut(world: World) -> Entry:
    """A DOI whose end got lost."""
    work = world.one(world.published, lambda one: len(one.doi) > 16)
    return full(work, world.dice) | {"doi": work.doi[:-3]}


def made_up_with_address(world: World) -> Entry:
    """An invention with an address that looks like one."""
    dice = world.dice
    where = dice.choice(
        (
            f"https://openreview.net/forum?id={''.join(dice.choices('abcdefghijkXYZ0189', k=10))}",
            f"https://proceedings.neurips.cc/paper/20{dice.randint(18, 24)}/hash/{dice.getrandbits(64):x}-Abstract.html",
            f"https://aclanthology.org/20{dice.randint(20, 24)}.acl-long.{dice.randint(1, 900)}",
        )
    )
    return plausible(world) | {"url": where}


def made_up_by_real_people(world: World) -> Entry:
    """A title that these people might have written."""
    work = world.one(world.published)
    entry = plausible(world)
    return entry | {
        "author": " and ".join(work.names),
        "year": str(work.year + world.dice.choice((-1, 0, 1))),
    }


def made_up_in_a_real_place(world: World) -> Entry:
    """An article of a journal there is, with volume, pages, and a DOI like its others."""
    work = world.one(world.journals, lambda one: bool(one.doi))
    dice = world.dice
    people = [f"{dice.choice(FAMILY)}, {dice.choice(GIVEN)[0]}." for _ in range(dice.randint(1, 6))]
    return {
        "type": "article",
        "title": plausible(world)["title"],
        "author": " and ".join(people),
        "journal": work.venue,
        "year": str(dice.randint(2012, 2024)),
        "volume": work.volume,
        "pages": f"{dice.randint(1, 500)}--{dice.randint(501, 999)}",
        "doi": f"{work.doi[:-4]}{dice.randint(1000, 9999)}",
    }


def venue_of_another_year(world: World) -> Entry:
    """Right but for a year and a venue."""
    work = world.one(world.published, lambda one: not one.is_journal and not one.posted and not one.acronym)
    venue, _ = world.dice.choice(OTHER_VENUES[:6])
    return terse(work, world.dice) | {"year": str(work.year + 4), "booktitle": venue}


GOOD: dict[str, tuple[Write, str]] = {
    "BibLaTeX": (biblatex, "works"), "title case": (title_case, "works"), "series": (in_series, "works"),
    "accepted": (accepted, "both"), "family first": (family_first, "works"), "surnames": (surnames, "works"),
    "letter in a name": (letter_in_a_name, "works"), "scraps in the title": (number_in_title, "works"),
    "initials behind": (ampersands, "works"), "pages cut": (pages_cut, "published"), "other type": (of_proceedings, "works"),
    "wordy venue": (wordy_venue, "works"),
}  # fmt: skip
BAD: dict[str, Make] = {
    made.__name__.replace("_", " "): made
    for made in (
        given_names_permuted, last_author_another, order_turned, sequel, other_subtitle, no_such_number, doi_of_neighbour,
        doi_cut, made_up_with_address, made_up_by_real_people, made_up_in_a_real_place, venue_of_another_year,
    )
}  # fmt: skip
