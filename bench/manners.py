"""References as students and language models write them: right by many conventions, and made up in twenty-four ways."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from services import Paper
from worlds import CONFERENCES, World

OTHER_VENUES = (
    *CONFERENCES,
    ("IEEE/CVF Conference on Computer Vision and Pattern Recognition", "CVPR"),
    ("European Conference on Computer Vision", "ECCV"),
    ("Proceedings of the Annual Meeting of the Association for Computational Linguistics", "ACL"),
    ("Conference on Empirical Methods in Natural Language Processing", "EMNLP"),
    ("AAAI Conference on Artificial Intelligence", "AAAI"),
    ("ACM SIGKDD Conference on Knowledge Discovery and Data Mining", "KDD"),
    ("The Web Conference", "WWW"),
)
JOURNALS = (
    "Nature Medicine", "Journal of Marketing Research", "Physical Review Letters", "The Astrophysical Journal",
    "Journal of Organic Chemistry", "American Economic Review", "Journal of Fluid Mechanics", "Cell Metabolism",
    "Journal of Machine Learning Research", "Ecology Letters", "Annals of Mathematics", "The Lancet Oncology",
)  # fmt: skip
NO_VENUES = (
    "International Conference on Advanced Neural Systems", "Journal of Emerging Computational Intelligence Paradigms",
    "Proceedings of the Global Symposium on Cognitive Algorithms", "Transactions on Applied Deep Reasoning",
    "International Workshop on Next-Generation Foundation Architectures", "Journal of Advanced Data Synergy",
    "Annual Conference on Holistic Machine Cognition", "World Congress on Intelligent Data Ecosystems",
    "International Journal of Quantum Neural Engineering Innovations", "Symposium on Responsible Autonomous Thinking",
)  # fmt: skip
PLACEHOLDERS = (
    ("John Doe", "Jane Smith"), ("A. Author", "B. Author", "C. Author"), ("First Last", "Second Last"),
    ("John Smith", "Jane Doe", "Bob Johnson"), ("Author One", "Author Two"), ("Firstname Lastname",), ("Anonymous",),
    ("X. Author", "others"), ("Alice Anderson", "Bob Brown", "Carol Clark"), ("J. Doe", "others"), ("Unknown Author",),
)  # fmt: skip
GIVEN = (
    "Mei", "Rajesh", "Elena", "Tomas", "Fatima", "Wei", "Hiroshi", "Anna", "Carlos", "Sofia", "Dmitri", "Lars", "Aisha",
    "Jonas", "Priya", "Kenji", "Marta", "Omar", "Ingrid", "Daniel", "Yuki", "Pedro", "Nina", "Samuel",
)  # fmt: skip
FAMILY = (
    "Chen", "Kumar", "Petrova", "Novak", "Hassan", "Zhang", "Tanaka", "Kowalska", "Mendez", "Rossi", "Volkov", "Nielsen",
    "Rahman", "Weber", "Sharma", "Sato", "Garcia", "Farouk", "Larsen", "Cohen", "Ito", "Alves", "Hoffmann", "Okafor",
)  # fmt: skip
TOPICS = (
    "Graph Transformers", "Diffusion Policies", "Sparse Mixture Models", "Contrastive Objectives", "Retrieval Memories",
    "Neural Surrogates", "Causal Embeddings", "Federated Optimizers", "Antibody Encoders", "Spectral Tokenizers",
)  # fmt: skip
GOALS = (
    "Long-Horizon Planning", "Low-Resource Dialogue", "Climate Downscaling", "Cross-Lingual Summarization",
    "Protein Docking", "Few-Shot Segmentation", "Robust Tabular Learning", "Clinical Triage", "Program Repair",
)  # fmt: skip
SHAPES = (
    "{0} for {1}: A Unified Perspective", "Rethinking {0} for {1}", "Towards Scalable {1} with {0}",
    "On the Limits of {0} in {1}", "{0} Are Strong Baselines for {1}", "Adaptive {0} for Efficient {1}",
)  # fmt: skip
SYNONYMS = {
    "learning": "training", "deep": "wide", "efficient": "effective", "robust": "reliable", "network": "architecture",
    "networks": "architectures", "model": "framework", "models": "frameworks", "analysis": "assessment", "image": "video",
    "data": "signal", "method": "strategy", "methods": "strategies", "detection": "recognition", "generation": "synthesis",
    "optimization": "regularization", "estimation": "prediction", "language": "speech", "large": "small", "multi": "single",
    "neural": "probabilistic", "human": "animal", "using": "without", "based": "free", "visual": "textual", "study": "survey",
}  # fmt: skip

Entry: TypeAlias = "dict[str, str]"
Write: TypeAlias = Callable[[Paper, random.Random], Entry]
Make: TypeAlias = Callable[[World], Entry]


# How references are written: each takes a true work and gives the fields of an entry.


def full(work: Paper, _dice: random.Random) -> Entry:
    """As dblp or a publisher exports it."""
    entry = {
        "type": "article" if work.is_journal else "inproceedings" if work.venue else "article",
        "title": work.whole,
        "author": " and ".join(work.names),
        "year": str(work.year),
    }
    if work.venue:
        entry["journal" if work.is_journal else "booktitle"] = work.venue
    elif work.arxiv:
        entry["journal"] = f"arXiv preprint arXiv:{work.arxiv}"
    told = {
        "volume": work.volume,
        "number": work.issue,
        "pages": work.pages.replace("-", "--"),
        "doi": work.doi,
    }
    return entry | {key: value for key, value in told.items() if value}


def terse(work: Paper, dice: random.Random) -> Entry:
    """As a language model writes it: no DOI, a short venue, people as they come."""
    entry = full(work, dice)
    for name in ("doi", "pages", "number"):
        entry.pop(name, None)
    if "booktitle" in entry and work.acronym and dice.random() < 0.6:
        entry["booktitle"] = dice.choice(
            [work.acronym, f"{work.acronym} {work.year}", f"Proceedings of {work.acronym}"]
        )
    return entry


def scholar(work: Paper, dice: random.Random) -> Entry:
    """As Google Scholar exports it: family names first, many cut, lower case."""
    entry = full(work, dice)
    entry.pop("doi", None)
    people = [f"{family}, {given}" for given, family in work.people]
    entry["author"] = " and ".join([*people[:5], "others"] if len(people) > 5 else people)
    entry["title"] = work.whole[:1] + work.whole[1:].lower()
    return entry


def initials(work: Paper, dice: random.Random) -> Entry:
    """Given names as initials."""
    entry = terse(work, dice)
    entry["author"] = " and ".join(f"{_initials(given)} {family}" for given, family in work.people)
    return entry


def _initials(given: str) -> str:
    return " ".join(f"{part[0]}." for part in re.split(r"[\s.-]+", given) if part)


def one_and_others(work: Paper, dice: random.Random) -> Entry:
    """The first author, and that there are others."""
    entry = terse(work, dice)
    first = work.names[0]
    entry["author"] = dice.choice([f"{first} and others", f"{first} et al.", f"{first} and {{et al.}}"])
    return entry


def unaccented(work: Paper, dice: random.Random) -> Entry:
    """Without accents."""
    entry = full(work, dice)
    return {key: _stripped(value) if key in {"title", "author"} else value for key, value in entry.items()}


def _stripped(text: str) -> str:
    kept = unicodedata.normalize(
        "NFKD", text.replace("’", "'").replace("ø", "o").replace("ł", "l").replace("ß", "ss")
    )
    return "".join(char for char in kept if not unicodedata.combining(char))


def bare(work: Paper, dice: random.Random) -> Entry:
    """Title, people and year alone."""
    entry = full(work, dice)
    return {name: entry[name] for name in ("type", "title", "author", "year")}


def posted(work: Paper, kind: str) -> Entry:
    """Title, people and year of a preprint."""
    people = " and ".join(work.names)
    return {"type": kind, "title": work.whole, "author": people, "year": str(work.posted)}


def posted_misc(work: Paper, dice: random.Random) -> Entry:
    """As arXiv exports it."""
    entry = posted(work, "misc")
    how = dice.random()
    if how < 0.4:
        return entry | {"eprint": work.arxiv, "archivePrefix": "arXiv", "primaryClass": "cs.LG"}
    if how < 0.7:
        return entry | {"url": f"https://arxiv.org/abs/{work.arxiv}", "note": "arXiv preprint"}
    return entry | {"type": "article", "journal": f"arXiv preprint arXiv:{work.arxiv}"}


def posted_of_published(work: Paper, dice: random.Random) -> Entry:
    """The venue with the year and the number of the preprint."""
    entry = terse(work, dice)
    return entry | {"year": str(work.posted), "url": f"https://arxiv.org/pdf/{work.arxiv}.pdf"}


def off_by_one(work: Paper, dice: random.Random) -> Entry:
    """The year before or after, as online and print are apart."""
    entry = terse(work, dice)
    return entry | {"year": str(work.year + dice.choice((-1, 1)))}


def short_journal(work: Paper, dice: random.Random) -> Entry:
    """A journal's name with its words cut short."""
    entry = full(work, dice)
    kept = [
        part
        for part in work.venue.split()
        if part.lower() not in {"of", "the", "and", "in", "on", "for", "&"}
    ]
    entry["journal"] = (
        " ".join(part if len(part) < 6 else f"{part[:4]}." for part in kept) if len(kept) > 1 else work.venue
    )
    return entry


def address_only(work: Paper, dice: random.Random) -> Entry:
    """No more than where it is found."""
    entry = bare(work, dice)
    shown = dice.choice((work.doi, work.doi.upper(), f"{work.doi}.")) if work.doi else ""
    return entry | (
        {"url": f"https://doi.org/{shown}"} if work.doi else {"url": f"https://arxiv.org/abs/{work.arxiv}v2"}
    )


def workshop(work: Paper, dice: random.Random) -> Entry:
    """A preprint that was shown at a workshop, which no catalogue lists."""
    place = dice.choice(OTHER_VENUES)[1]
    entry = posted_misc(work, dice) | {"type": "inproceedings"}
    entry.pop("journal", None)
    return entry | {"booktitle": f"{place} {work.year} Workshop on {dice.choice(TOPICS)}"}


def without_subtitle(work: Paper, dice: random.Random) -> Entry:
    """The title as far as its first colon."""
    return terse(work, dice) | {"title": re.split(r"[:?.–—]\s", work.whole)[0]}


def middle_names(work: Paper, dice: random.Random) -> Entry:
    """Second names left out, given names glued or parted."""
    entry = terse(work, dice)
    people = []
    for given, family in work.people:
        parts = given.replace("-", " ").split()
        people.append(
            f"{family}, {parts[0]}"
            if dice.random() < 0.6
            else f"{family}, {''.join(part[0] for part in parts)}"
        )
    return entry | {"author": " and ".join(people)}


def misprint(work: Paper, dice: random.Random) -> Entry:
    """A letter of a long word lost or turned."""
    entry = terse(work, dice)
    parts = work.whole.split()
    long = [place for place, part in enumerate(parts) if len(part) > 7 and part.isalpha()]
    if long:
        place = dice.choice(long)
        at = dice.randint(2, len(parts[place]) - 3)
        part = parts[place]
        parts[place] = part[:at] + part[at + 1] + part[at] + part[at + 2 :]
    return entry | {"title": " ".join(parts)}


def tex(work: Paper, dice: random.Random) -> Entry:
    """Accents and capitals as TeX has them."""
    entry = full(work, dice)
    marks = {
        "\u0301": "'",
        "\u0308": '"',
        "\u0300": "`",
        "\u0302": "^",
        "\u0303": "~",
        "\u030c": "v ",
        "\u0327": "c ",
    }

    def accented(char: str) -> str:
        parts = unicodedata.normalize("NFD", char)
        return f"{{\\{marks[parts[1]]}{parts[0]}}}" if len(parts) == 2 and parts[1] in marks else char

    entry["author"] = "".join(map(accented, entry["author"]))
    entry["title"] = (
        f"{{{entry['title']}}}"
        if dice.random() < 0.5
        else re.sub(r"\b([A-Z]{2,})\b", r"{\1}", entry["title"])
    )
    return entry


# What is made up: each takes the world, and gives the fields of an entry.


def _start(world: World, works: Sequence[Paper] = ()) -> tuple[Paper, Entry]:
    work = world.one(works or world.published)
    how = world.dice.choice((full, terse, scholar, initials))
    return work, how(work, world.dice)


def fabricated_doi(world: World) -> Entry:
    """A DOI that nobody registered."""
    work, entry = _start(world)
    dice = world.dice
    near = (
        re.sub(r"\d(?=\D*$)", lambda digit: str((int(digit[0]) + dice.randint(1, 8)) % 10), work.doi)
        if work.doi
        else ""
    )
    made = f"10.{dice.choice((1145, 1109, 1016, 18653, 5555))}/{dice.randint(10**6, 10**7)}.{dice.randint(10**6, 10**7)}"
    held = {item["DOI"] for item in world.services.records}
    return entry | {"doi": near if near and near not in held and dice.random() < 0.5 else made}


def nonexistent_venue(world: World) -> Entry:
    """A venue that there is not."""
    work, entry = _start(world, world.published)
    return entry | {"journal" if work.is_journal else "booktitle": world.dice.choice(NO_VENUES)}


def placeholder_authors(world: World) -> Entry:
    """Names from templates."""
    _, entry = _start(world, world.works)
    return entry | {"author": " and ".join(world.dice.choice(PLACEHOLDERS))}


def future_date(world: World) -> Entry:
    """A year that has not come."""
    _, entry = _start(world, world.works)
    return entry | {"year": str(world.dice.randint(2027, 2035))}


def chimeric_title(world: World) -> Entry:
    """The authors of a work under a title made of two others."""
    work, entry = _start(world)
    one, two = (world.other(work).title.split() for _ in range(2))
    entry.pop("doi", None)
    return entry | {"title": " ".join([*one[: max(3, len(one) // 2)], *two[-max(3, len(two) // 2) :]])}


def wrong_venue(world: World) -> Entry:
    """A venue that is another."""
    work, entry = _start(world)
    if work.is_journal:
        return entry | {"journal": world.dice.choice([name for name in JOURNALS if name != work.venue])}
    told = f"{work.venue} {work.acronym}".lower()
    others = [pair for pair in OTHER_VENUES if pair[1].lower() not in told and pair[0].lower() not in told]
    if any(word in told for word in ("linguistics", "language processing")):
        others = [pair for pair in others if pair[1] not in {"ACL", "EMNLP"}]
    return entry | {"booktitle": world.dice.choice(world.dice.choice(others))}


def swapped_authors(world: World) -> Entry:
    """The people of another work."""
    work, entry = _start(world)
    entry.pop("doi", None)
    return entry | {"author": " and ".join(world.other(work).names)}


def first_author_only(world: World) -> Entry:
    """The first author is right, the others are another work's."""
    work, entry = _start(world, [work for work in world.published if len(work.people) > 2])
    return entry | {"author": " and ".join([work.names[0], *world.other(work).names[1:4]])}


def preprint_as_published(world: World) -> Entry:
    """What was only posted, as a paper of a conference."""
    work = world.one(world.posted)
    entry = terse(work, world.dice)
    entry.pop("journal", None)
    venue = world.dice.choice(world.dice.choice(OTHER_VENUES))
    return entry | {
        "type": "inproceedings",
        "booktitle": venue,
        "year": str(work.posted + world.dice.choice((0, 1))),
    }


def hybrid(world: World) -> Entry:
    """A DOI that is somebody's under an invented title."""
    work = world.one(world.published, lambda one: bool(one.doi))
    return plausible(world) | {"doi": work.doi}


def merged(world: World) -> Entry:
    """The authors of one, the title of a second, the venue of a third."""
    _, entry = _start(world)
    entry.pop("doi", None)
    work = world.one(world.published)
    return entry | {"title": work.whole, "author": " and ".join(world.other(work).names)}


def partial_authors(world: World) -> Entry:
    """Some authors left out, and nothing says so."""
    work = world.one(world.published, lambda one: len(one.people) > 3)
    entry = terse(work, world.dice)
    kept = work.names[: max(2, len(work.names) // 2)]
    return entry | {"author": " and ".join(kept)}


def near_miss(world: World) -> Entry:
    """A title with one telling word replaced, left out or added."""
    while True:
        work, entry = _start(world)
        entry.pop("doi", None)
        parts = work.whole.split()
        places = [place for place, part in enumerate(parts) if part.lower() in SYNONYMS]
        if places:
            place = world.dice.choice(places)
            new = SYNONYMS[parts[place].lower()]
            parts[place] = new.title() if parts[place][0].isupper() else new
            return entry | {"title": " ".join(parts)}


def near_miss_two(world: World) -> Entry:
    """A title with a telling word left out, or its second half another."""
    work, entry = _start(world)
    entry.pop("doi", None)
    parts = work.whole.split()
    if world.dice.random() < 0.5 and len(parts) > 6:
        cut = parts[: max(3, 2 * len(parts) // 3)]
        return entry | {"title": " ".join([*cut, "with", *world.dice.choice(TOPICS).split()])}
    long = [place for place, part in enumerate(parts) if len(part) > 6 and part.isalpha()]
    for place in sorted(long[:2], reverse=True):
        parts[place] = world.dice.choice((*FAMILY, "Hierarchical", "Bayesian", "Latent", "Quantized"))[:12]
    return entry | {"title": " ".join(parts) if long else f"{work.whole} with Uncertainty"}


def plausible(world: World) -> Entry:
    """Everything is invented."""
    dice = world.dice
    people = [f"{dice.choice(GIVEN)} {dice.choice(FAMILY)}" for _ in range(dice.randint(2, 5))]
    title = dice.choice(SHAPES).format(dice.choice(TOPICS), dice.choice(GOALS))
    venue, acronym = dice.choice(OTHER_VENUES)
    entry = {
        "type": "inproceedings",
        "title": title,
        "author": " and ".join(people),
        "year": str(dice.randint(2018, 2025)),
    }
    if dice.random() < 0.3:
        return entry | {"type": "article", "journal": dice.choice(JOURNALS), "volume": str(dice.randint(3, 60)),
                        "pages": f"{dice.randint(1, 400)}--{dice.randint(401, 900)}"}  # fmt: skip
    return entry | {"booktitle": dice.choice((venue, acronym, f"Proceedings of the {venue} ({acronym})"))}


def plausible_posted(world: World) -> Entry:
    """An invented preprint, under a number that is another's or nobody's."""
    entry = plausible(world)
    for name in ("booktitle", "volume", "pages"):
        entry.pop(name, None)
    number = (
        world.one(world.works, lambda one: bool(one.arxiv)).arxiv
        if world.dice.random() < 0.5
        else "2299.99999"
    )
    if number == "2299.99999":
        number = (
            f"{world.dice.randint(18, 25)}{world.dice.randint(1, 12):02d}.{world.dice.randint(30000, 99999)}"
        )
    return entry | {"type": "article", "journal": f"arXiv preprint arXiv:{number}"}


def wrong_arxiv(world: World) -> Entry:
    """A preprint under the number of another."""
    work = world.one(world.posted)
    other = world.other(work, [one for one in world.works if one.arxiv])
    return posted_misc(replace(work, arxiv=other.arxiv), world.dice) | {"year": str(work.posted)}


def wrong_doi(world: World) -> Entry:
    """The DOI of another work."""
    work, entry = _start(world)
    return entry | {"doi": world.other(work, [one for one in world.works if one.doi]).doi}


def one_author_replaced(world: World) -> Entry:
    """Somebody made up for one of the authors."""
    work, entry = _start(world, [work for work in world.published if len(work.people) > 2])
    names = list(work.names)
    names[world.dice.randrange(1, len(names))] = f"{world.dice.choice(GIVEN)} {world.dice.choice(FAMILY)}"
    return entry | {"author": " and ".join(names)}


def author_added(world: World) -> Entry:
    """Somebody made up beside the authors."""
    work, entry = _start(world)
    names = [*work.names, f"{world.dice.choice(GIVEN)} {world.dice.choice(FAMILY)}"]
    return entry | {"author": " and ".join(names)}


def other_given_names(world: World) -> Entry:
    """The right family names under made up given names."""
    work = world.one(world.published)
    families = [family for _, family in work.people]
    names = [f"{world.dice.choice(GIVEN)} {family}" for family in families]
    return terse(work, world.dice) | {"author": " and ".join(names)}


def wrong_year(world: World) -> Entry:
    """A year long before."""
    work, entry = _start(world, [work for work in world.published if not work.posted])
    return entry | {"year": str(work.year - world.dice.randint(3, 9))}


def wrong_pages(world: World) -> Entry:
    """Another volume, or other pages."""
    work = world.one(world.journals, lambda one: bool(one.volume) and bool(one.doi))
    entry = full(work, world.dice)
    entry.pop("doi")
    return entry | world.dice.choice(({"volume": str(int(work.volume) + 7)}, {"pages": "2301--2319"}))


def retracted(world: World) -> Entry:
    """A work that was retracted, as if it was not."""
    work = world.one(world.works, lambda one: one.retracted)
    return world.dice.choice((full, terse, scholar))(work, world.dice)


GOOD: dict[str, tuple[Write, str]] = {
    "full": (full, "works"), "terse": (terse, "works"), "scholar": (scholar, "works"), "initials": (initials, "works"),
    "et al.": (one_and_others, "works"), "unaccented": (unaccented, "works"), "bare": (bare, "works"),
    "posted": (posted_misc, "posted"), "posted misc of both": (posted_misc, "both"),
    "published, posted": (posted_of_published, "both"), "off by one": (off_by_one, "published"),
    "short journal": (short_journal, "journals"), "address": (address_only, "works"), "workshop": (workshop, "posted"),
    "no subtitle": (without_subtitle, "works"), "middle names": (middle_names, "works"), "misprint": (misprint, "works"),
    "TeX": (tex, "works"),
}  # fmt: skip
BAD: dict[str, Make] = {
    made.__name__.replace("_", " "): made
    for made in (
        fabricated_doi, nonexistent_venue, placeholder_authors, future_date, chimeric_title, wrong_venue, swapped_authors,
        first_author_only, preprint_as_published, hybrid, merged, partial_authors, near_miss, near_miss_two, plausible,
        plausible_posted, wrong_arxiv, wrong_doi, one_author_replaced, author_added, other_given_names, wrong_year,
        wrong_pages, retracted,
    )
}  # fmt: skip
