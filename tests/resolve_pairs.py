"""Queries with the record that is meant and with those that only look like it, for tests and `bench/matching.py`."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cite2bib.model import Date, Field, Name, Work
from cite2bib.names import OTHERS, parse
from cite2bib.titles import FUNCTION_WORDS, key
from resolve_works import work

FOLDER = Path(__file__).parent / "resolve" / "pairs"

AUTHORS = "Mira Anders; Tomas Okafor; Li Wei"
OTHERS_WORK = "Hugo Brandt; Chen Ying; Ada Nwosu"
ABSTRACT = (
    "Large language models hold facts that age. We train small networks that turn the gradient of a single desired edit "
    "into a fast local change of the weights, and show that editing scales to models of ten billion parameters."
)
OTHER_ABSTRACT = (
    "We follow four hundred households in two coastal villages over twelve years and ask how remittances change the "
    "schooling of girls, the price of land and the age of marriage; effects are large early on and fade later."
)


@dataclass(frozen=True, slots=True)
class Case:
    """A query, what a catalogue gave for it, and which of that is right (None: nothing is)."""

    kind: str
    query: Work
    candidates: tuple[Work, ...]
    right: Work | None = None


def titles(name: str) -> list[tuple[str, str, str]]:
    """The pairs of a file, each with its heading."""
    found: list[tuple[str, str, str]] = []
    heading = ""
    for line in (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading = line[3:]
        elif " | " in line and not line.startswith("#"):
            one, _, other = line.partition(" | ")
            found.append((heading, one, other))
    return found


def told(name: str) -> Iterator[tuple[str, Work, Work]]:
    """The pairs of a file whose lines say more than titles, each with its heading."""
    for heading, one, other in titles(name):
        yield heading, _told(one), _told(other)


def _told(line: str) -> Work:
    title, *details = line.strip().split(" // ")
    said = dict(detail.split("=", 1) for detail in details)
    names = {name.replace("-", "_"): text for name, text in said.items() if name not in {"author", "issued"}}
    return work(title, said.get("author", ""), said.get("issued", ""), **names)


def second_traps() -> Iterator[Case]:
    """A second and third set of pairs that must not be taken."""
    for heading, one, other in titles("near_2"):
        yield from _near(heading, one, other)
    for heading, query, record in (*told("told_traps"), *told("told_traps_3"), *told("told_traps_4")):
        if len(query.fields) > 1:
            yield Case(heading, query, (record,))
        else:
            yield from _near(heading, query.text("title"), record.text("title"))


def second_right_ones() -> Iterator[Case]:
    """A second and third set of works that must be found."""
    for heading, one, other in titles("same_2"):
        record = work(other, AUTHORS, "2021", container_title="Nature Things")
        yield Case(f"{heading}: authors and year", work(one, AUTHORS, "2021"), (record,), record)
        yield Case(f"{heading}: et al., next year", work(one, "M. Anders; others", "2022"), (record,), record)
    for heading, query, record in (*told("told_right"), *told("told_right_3")):
        yield Case(heading, query, (record,), record)


def traps() -> Iterator[Case]:
    """Everything that must not be taken."""
    for heading, one, other in titles("near"):
        yield from _near(heading, one, other)
    for title in (FOLDER / "shared.txt").read_text(encoding="utf-8").splitlines():
        if title and title[0] != "#":
            yield from _shared(title)
    yield from _identified()


def _near(heading: str, one: str, other: str) -> Iterator[Case]:
    """A similar title by the same people: a predecessor, a second part, a notice."""
    record = work(other, AUTHORS, "2021", container_title="Nature")
    same = {"abstract": ABSTRACT}
    yield Case(
        f"{heading}, same authors, year and venue",
        work(one, AUTHORS, "2021", container_title="Nature"),
        (record,),
    )
    yield Case(f"{heading}, same authors, next year", work(one, AUTHORS, "2020"), (record,))
    yield Case(f"{heading}, title alone", work(one), (record,))
    yield Case(f"{heading}, same abstract", work(one, **same), (work(other, AUTHORS, "2021", **same),))
    yield Case(f"{heading}, number of authors and month", work(one, "", "2021-03", author_count="3"),
               (work(other, AUTHORS, "2021", arxiv="2103.00001"),))  # fmt: skip


def _shared(title: str) -> Iterator[Case]:
    """The same title, another work."""
    record = work(title, OTHERS_WORK, "2021", container_title="Nature")
    yield Case("shared title, other authors", work(title, AUTHORS, "2021"), (record,))
    yield Case("shared title, other first author alone", work(title, "Mira Anders; others"), (record,))
    yield Case("shared title, other authors but one name", work(title, f"{AUTHORS}; Z. Ying"), (record,))
    yield Case(
        "shared title, record without authors", work(title, AUTHORS, "2021"), (work(title, "", "2021"),)
    )
    yield Case("shared title, other number of authors", work(title, author_count="9"), (record,))
    yield Case("shared title, other year", work(title, issued="2009"), (record,))
    yield Case(
        "shared title, other abstract",
        work(title, abstract=ABSTRACT),
        (_with(record, abstract=OTHER_ABSTRACT),),
    )
    yield Case("shared title, two that fit", work(title), (record, work(title, AUTHORS, "2020")))
    squatter = work(title, AUTHORS, "2025", DOI="10.65215/ysbyhc05", type="article", publisher="A Press")
    yield Case("squatter", work(title, AUTHORS), (squatter,))
    yield Case(
        "squatter, unknown registrant", work(title, AUTHORS, "2017"), (_with(squatter, DOI="10.99999/ab"),)
    )
    review = work(title, OTHERS_WORK, "2021", type="review-book")
    yield Case("review under the same title", work(title, issued="2021"), (review,))


def _identified() -> Iterator[Case]:
    """Identifiers that are wrong."""
    for _, one, other in titles("near")[::4]:
        record = work(
            re.sub(r".*", f"{OTHERS_WORK[:4]} and the Sea of Troubles in Winter", other, count=1),
            OTHERS_WORK,
            "2024",
            arxiv="2405.12345",
        )
        yield Case("invented arXiv id", work(one, AUTHORS, "2024", arxiv="2405.12345"), (record,))
        yield Case("invented arXiv id, title alone", work(one, arxiv="2405.12345"), (record,))
    for _, one, _ in titles("same")[::6]:
        mine, theirs = {"arxiv": "2405.12345"}, {"arxiv": "2406.00001"}
        yield Case("same title, another arXiv id", work(one, **mine), (work(one, OTHERS_WORK, **theirs),))
        journal = work(one, AUTHORS, "2023", DOI="10.1234/journal", container_title="Journal of Things")
        yield Case(
            "conference against journal version",
            work(one, AUTHORS, "2020", DOI="10.1234/conf", container_title="ACL"),
            (journal,),
        )


def _with(base: Work, **said: str) -> Work:
    extra = work(**said)
    return base.with_fields(extra.fields)


def right_ones() -> Iterator[Case]:
    """Works that must be found, each written by two people."""
    for heading, one, other in titles("same"):
        record = work(other, AUTHORS, "2021", container_title="Nature Things")
        for kind, query in (
            ("authors and year", work(one, AUTHORS, "2021")),
            ("initials, et al.", work(one, "M. Anders; T. Okafor; others", "2021")),
            ("authors, preprint year", work(one, "Anders, M.; Okafor, T.; Wei, L.", "2020")),
        ):
            yield Case(f"{heading}: {kind}", query, (record,), record)
        arxiv = work(other, AUTHORS, "2021", arxiv="2103.00001")
        yield Case(
            f"{heading}: number of authors and month",
            work(one, "", "2021-03-11", author_count="3"),
            (arxiv,),
            arxiv,
        )
        told = _with(record, abstract=ABSTRACT)
        yield Case(f"{heading}: abstract", work(one, abstract=f"{ABSTRACT} Code is there."), (told,), told)


def varied(records: Sequence[Work], find: Callable[[Work], Sequence[Work]], seed: int = 7) -> Iterator[Case]:
    """Queries made from real records as people mistreat them; the candidates are what an index gives for each."""
    chance = random.Random(seed)
    for record in records:
        for kind, change in VARIATIONS.items():
            query = change(_as_query(record), chance)
            if query is not None:
                yield Case(kind, query, tuple(find(query)), record)


def distorted(records: Sequence[Work], seed: int = 3) -> Iterator[Case]:
    """Queries by the same authors in the same year with a title that one word makes another; none is the record."""
    chance = random.Random(seed)
    every = sorted({word for record in records for word in record.text("title").split() if _is_content(word)})
    for record in records:
        query = _as_query(record)
        for kind, title in _distortions(record.text("title"), every, chance):
            if key(title) != key(record.text("title")):
                yield Case(kind, query.with_field("title", title), (record,))
                yield Case(f"{kind}, the other way round", query, (record.with_field("title", title),))


def _is_content(word: str) -> bool:
    return bool(re.fullmatch(r"[A-Za-z]{4,}", word)) and word.lower() not in FUNCTION_WORDS


def _distortions(title: str, every: Sequence[str], chance: random.Random) -> Iterator[tuple[str, str]]:
    words = title.split()
    places = [place for place, word in enumerate(words) if _is_content(word)]
    if not places:
        return
    place, other, new = chance.choice(places), chance.choice(places), chance.choice(every)
    yield "a word exchanged", " ".join([*words[:place], new, *words[place + 1 :]])
    yield "a word added", " ".join([*words[:place], new, *words[place:]])
    if words[place + 1 :]:  # else it is cut
        yield "a word left out", " ".join([*words[:place], *words[place + 1 :]])
    yield "a word more at the end", f"{title} {new}"
    yield "a part", f"{title}, Part {chance.choice(['I', 'II', '2', 'B'])}"
    yield "a version", f"{title} {chance.choice(['2', 'v2', 'II', '2.0', '3D', 'Revisited'])}"
    words[place], words[other] = words[other], words[place]
    yield "two words swapped", " ".join(words)
    for one, opposite in (
        ("supervised", "unsupervised"),
        ("Learning", "Unlearning"),
        ("Linear", "Nonlinear"),
        ("with", "without"),
    ):
        if re.search(rf"\b{one}\b", title):
            yield "its opposite", re.sub(rf"\b{one}\b", opposite, title)


def _as_query(record: Work) -> Work:
    kept = {
        name: Field(said.value)
        for name, said in record.fields.items()
        if name in {"title", "author", "issued"}
    }
    return Work(fields=kept)


def _retitled(query: Work, title: str) -> Work | None:
    return query.with_field("title", title) if title != query.text("title") else None


def misprinted(word: str, chance: random.Random) -> str:
    """A word with one slip of the fingers."""
    place = chance.randrange(len(word) - 1)
    slips = (
        word[:place] + word[place + 1] + word[place] + word[place + 2 :],
        word[:place] + word[place + 1 :],
        word[:place] + chance.choice("aeinrst") + word[place:],
        word[:place] + chance.choice("aeinrst") + word[place + 1 :],
    )
    return chance.choice(slips)


def _misprints(count: int) -> Callable[[Work, random.Random], Work | None]:
    def change(query: Work, chance: random.Random) -> Work | None:
        words = query.text("title").split()
        long = [place for place, word in enumerate(words) if re.fullmatch(r"[A-Z]?[a-z]{3,}[:,]?", word)]
        for place in chance.sample(long, min(count, len(long))):
            words[place] = misprinted(words[place], chance)
        return _retitled(query, " ".join(words))

    return change


def _shouted(query: Work, _chance: random.Random) -> Work | None:
    return _retitled(query, query.text("title").upper())


def _headed(query: Work, _chance: random.Random) -> Work | None:
    head, joint, _ = query.text("title").partition(": ")
    return _retitled(query, head) if joint else None


def _subtitled(query: Work, _chance: random.Random) -> Work | None:
    _, joint, rest = query.text("title").partition(": ")
    return _retitled(query, rest) if joint and len(rest.split()) >= 4 else None


def _cut(query: Work, _chance: random.Random) -> Work | None:
    title = query.text("title")
    return _retitled(query, f"{title[:50]}...") if len(title) > 60 else None


def _cut_unmarked(query: Work, _chance: random.Random) -> Work | None:
    words = query.text("title").split()
    return _retitled(query, " ".join(words[:8])) if len(words) > 10 else None


def _texed(query: Work, _chance: random.Random) -> Work | None:
    title = re.sub(r"\b([A-Z]{2,})\b", r"{\1}", query.text("title"))
    return _retitled(
        query, re.sub(r"^(\w)(\w+)", r"{\1}\2 \\emph{}", title, count=1).replace(" \\emph{}", "", 1)
    )


def _year(off: int) -> Callable[[Work, random.Random], Work | None]:
    def change(query: Work, _chance: random.Random) -> Work | None:
        date = query.date()
        return query.with_field("issued", Date((date.start[0] + off,))) if date and date.start else None

    return change


def _initials(query: Work, _chance: random.Random) -> Work | None:
    short = tuple(
        Name(name.family, " ".join(f"{part[0]}." for part in name.given.split()), name.particle)
        for name in query.names("author")
    )
    return query.with_field("author", short)


def _et_al(query: Work, _chance: random.Random) -> Work | None:
    names = query.names("author")
    return query.with_field("author", (*names[:1], OTHERS)) if len(names) > 2 else None


def _swapped(query: Work, _chance: random.Random) -> Work | None:
    swapped = tuple(Name(name.given, name.family) if name.given else name for name in query.names("author"))
    return query.with_field("author", swapped)


def _shuffled(query: Work, chance: random.Random) -> Work | None:
    names = list(query.names("author"))
    chance.shuffle(names)
    return query.with_field("author", tuple(names))


def _counted(query: Work, _chance: random.Random) -> Work | None:
    return query.without("author").with_field("author-count", str(len(query.names("author"))))


def _as_scholar(query: Work, _chance: random.Random) -> Work | None:
    """Small letters, initials glued before the family name, marks set apart, at most four authors, no year."""
    title = re.sub(r"\s*([:,()])\s*", r" \1 ", query.text("title").lower()).strip()
    listed = [
        parse(f"{''.join(part[0] for part in name.given.replace('-', ' ').split())} {name.family}".lower())
        for name in query.names("author")[:4]
    ]
    more = (OTHERS,) if len(query.names("author")) > 4 else ()
    return query.without("issued").with_field("title", title).with_field("author", (*listed, *more))


def _as_medical(query: Work, _chance: random.Random) -> Work | None:
    """`Hill RJ, Mann EA, et al.`, as it is read when nobody knows that the family name comes first."""
    listed = [
        parse(f"{name.family} {''.join(part[0] for part in name.given.split())}")
        for name in query.names("author")
        if name.given and name.family
    ]
    return query.with_field("author", tuple(listed[:6])) if 0 < len(listed) <= 6 else None


def _junk_behind(query: Work, chance: random.Random) -> Work | None:
    junk = chance.choice(
        [
            ", Proceedings of the 23rd VLDB",
            ". To appear at the",
            ", ACM SIGMOD Int",
            ". Technical Report",
            " [PDF]",
        ]
    )
    return _retitled(query, query.text("title") + junk)


def _untouched(query: Work, _chance: random.Random) -> Work | None:
    return query


VARIATIONS: dict[str, Callable[[Work, random.Random], Work | None]] = {
    "as it is": _untouched,
    "one misprint": _misprints(1),
    "two misprints": _misprints(2),
    "three misprints": _misprints(3),
    "capitals": _shouted,
    "no subtitle": _headed,
    "subtitle alone": _subtitled,
    "cut off, saying so": _cut,
    "cut off": _cut_unmarked,
    "TeX": _texed,
    "a year late": _year(1),
    "a year early": _year(-1),
    "two years off": _year(2),
    "wrong year": _year(7),
    "initials": _initials,
    "et al.": _et_al,
    "names swapped": _swapped,
    "names in another order": _shuffled,
    "number of authors": _counted,
    "as Google Scholar lists it": _as_scholar,
    "family names first": _as_medical,
    "what stands behind it": _junk_behind,
}
