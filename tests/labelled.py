"""References with a label each, and a catalogue that holds their works among others like them.

    references, catalogue = labelled(shared)

Real ones are of two sets: 259 references of nine papers (statistics, immunology, vision, ...) as their authors wrote them,
with the record that a reader found right, and the works of the seed documents, written down in other conventions. From
them are made errors of one detail, mixtures of two works, stolen identifiers; invented ones are made of words alone. All is
the same in each run.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalogue import Catalogue
from cite2bib import names
from cite2bib.check import Judgement
from cite2bib.identifiers import arxiv_month, normal_arxiv
from cite2bib.model import Date, Name, Value, Work
from cite2bib.records.crossref import work_from_crossref

PAIRS = Path(__file__).parent / "resolve" / "pairs" / "crossref_415.tsv"
FINE = frozenset({Judgement.VERIFIED, Judgement.PUBLISHED})
FLAGGED = frozenset({Judgement.WRONG, Judgement.NOT_FOUND})


@dataclass(frozen=True)
class Labelled:
    """A reference, what it is, and which verdicts on it are right."""

    kind: str
    work: Work
    right: frozenset[Judgement]
    field: str = ""  # the one that is wrong


def work_of(kind: str, **fields: Any) -> Work:
    made = Work(type=kind)
    for name, value in fields.items():
        if value:
            made = made.with_field(name.replace("_", "-"), value)
    return made


def people(listed: Sequence[str]) -> tuple[Name, ...]:
    return tuple(
        names.OTHERS if re.fullmatch(r"et al\.?|others", name) else names.parse(name) for name in listed
    )


def labelled(shared: Path) -> tuple[list[Labelled], Catalogue]:
    """All references, and the catalogue of arXiv, Crossref and DataCite to check them against."""
    dice = random.Random(20261121)
    known = [
        json.loads(line)
        for line in (shared / "known" / "seed-works.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    listed = [work for work in known if normal_arxiv(work.get("arxiv") or "") or work.get("doi")]
    catalogue = Catalogue.of(listed)
    catalogue.add_near_misses(listed[::4])
    cited = list(_cited(shared, catalogue))
    described = [_described(work) for work in listed]
    references = [
        *(Labelled("as cited in papers", work, FINE) for work, _ in cited if not _is_wrong(work)),
        *(
            Labelled("cited wrongly in papers", work, frozenset({Judgement.WRONG}))
            for work, _ in cited
            if _is_wrong(work)
        ),
        *_in_conventions(listed, dice),
        *_abbreviated(catalogue, random.Random(7)),
        *_with_errors([*cited, *((work, None) for work in described)], dice),
        *_mixed(cited, described, dice),
        *_invented(dice),
        *_undone(shared, catalogue),
        *_uncheckable(),
    ]
    return references, catalogue


# References of those papers that are wrong, found by reading them beside their records: given names made up where there
# were initials, authors left out, a DOI that is nobody's, a journal for a paper of a conference.
_WRONG = (
    "enhancing antibody language models", "de novo generation of sars-cov-2 antibody", "lipid interactions and angle of",
    "mechanism design via correlation gap", "chexpert: a large chest", "radimagenet: an open", "human body measurement with",
    "language-interfaced fine-tuning", "unveiling hidden energy poverty", "protodepth: unsupervised continual",
)  # fmt: skip


def _is_wrong(work: Work) -> bool:
    return work.text("title").lower().startswith(_WRONG)


def _cited(shared: Path, catalogue: Catalogue) -> Iterator[tuple[Work, dict[str, Any]]]:
    """References of papers whose right record Crossref gave; all that it gave goes into the catalogue."""
    rows = (line.split("\t") for line in PAIRS.read_text(encoding="utf-8").splitlines() if line[0] != "#")
    right = {int(number): dois.split() for number, dois in rows}
    corpus = shared / "recordings" / "corpus" / "refchecker_crossref_415.jsonl"
    seen: set[str] = set()
    for number, line in enumerate(corpus.read_text(encoding="utf-8").splitlines(), 1):
        row = json.loads(line)
        for item in row["items"]:
            if item["DOI"].lower() not in seen:
                seen.add(item["DOI"].lower())
                catalogue.records.append({**item, "issued": item.get("issued") or item.get("published")})
        if number in right:
            record = next(item for item in row["items"] if item["DOI"].lower() in right[number])
            yield _reference(row["reference"], record), record


_TYPES = {
    "proceedings-article": "paper-conference",
    "book": "book",
    "monograph": "book",
    "book-chapter": "chapter",
}


def _reference(said: Mapping[str, Any], record: Mapping[str, Any]) -> Work:
    kind = _TYPES.get(record["type"], "article-journal" if said["venue"] else "document")
    if kind == "chapter" and said["venue"]:
        kind = "paper-conference"  # of proceedings that Crossref has as a book
    return work_of(
        kind,
        title=said["title"],
        author=people(said["authors"]),
        issued=Date((int(said["year"]),)) if said["year"] else None,
        container_title="" if kind == "book" else said["venue"],
        DOI=said["doi"],
    )


def _described(work: Mapping[str, Any]) -> Work:
    """A seed work as a .bib would have it."""
    year = work.get("year") or 2000 + int(str(work["arxiv"])[:2])
    return work_of(
        "paper-conference" if work.get("venue") else "article",
        title=work["title"],
        author=people(work["authors"]),
        issued=Date((int(year),)),
        container_title=work.get("venue"),
        arxiv=work.get("arxiv"),
        DOI=work.get("doi"),
    )


# -- real works, described by other conventions


def _initials(work: Work) -> Work:
    shortened = tuple(
        Name(name.family, " ".join(f"{part[0]}." for part in name.given.split()), name.particle)
        if name.given
        else name
        for name in work.names("author")
    )
    return work.with_field("author", shortened)


def _and_others(work: Work) -> Work:
    listed = work.names("author")
    return work.with_field("author", (*listed[:1], names.OTHERS)) if len(listed) > 1 else work


def _family_first(work: Work) -> Work:
    """As catalogues of East Asia have it: the family name where the given name is expected."""
    swapped = tuple(
        Name(name.given, name.family) if name.given and " " not in name.given else name
        for name in work.names("author")
    )
    return work.with_field("author", swapped)


def _without_subtitle(work: Work) -> Work:
    head, joint, _ = work.text("title").partition(": ")
    return work.with_field("title", head) if joint and len(head.split()) > 1 else work


def _shouted(work: Work) -> Work:
    return work.with_field("title", work.text("title").upper())


def _lowered(work: Work) -> Work:
    return work.with_field("title", work.text("title").lower())


def _year_before(work: Work) -> Work:
    """The preprint's year where the publication's is expected."""
    posted = arxiv_month(work.text("arxiv"))
    return work.with_field("issued", Date((posted[0],))) if posted else work


def _in_tex(work: Work) -> Work:
    return work.with_field("title", re.sub(r"\b([A-Z][A-Za-z]*[A-Z]\w*)", r"{\1}", work.text("title")))


def _as_preprint(work: Work) -> Work:
    return work.without("container-title", "DOI") if work.text("arxiv") else work


def _of_arxiv(work: Work) -> Work:
    arxiv = work.text("arxiv")
    return work.with_field("container-title", f"arXiv preprint arXiv:{arxiv}") if arxiv else work


def _without_identifiers(work: Work) -> Work:
    return work.without("DOI", "arxiv")


def _without_year(work: Work) -> Work:
    return work.without("issued")


def _plain_ascii(work: Work) -> Work:
    from cite2bib.letters import to_ascii

    plain = tuple(
        Name(to_ascii(name.family), to_ascii(name.given), name.particle) for name in work.names("author")
    )
    return work.with_field("author", plain)


def _venue_short(work: Work) -> Work:
    """The acronym alone, as it stands in brackets or before the year."""
    found = re.search(r"\b([A-Z]{3,8})\b", work.text("container-title"))
    return work.with_field("container-title", found[1]) if found else work


def _small_words(work: Work) -> Work:
    return work.with_field("title", re.sub(r"\b(?:the|a|an) ", "", work.text("title"), flags=re.IGNORECASE))


def _hyphened(work: Work) -> Work:
    return work.with_field("title", work.text("title").replace("-", " "))


CONVENTIONS: tuple[Callable[[Work], Work], ...] = (
    _initials, _and_others, _family_first, _without_subtitle, _shouted, _lowered, _year_before, _in_tex, _as_preprint,
    _of_arxiv, _without_identifiers, _without_year, _plain_ascii, _venue_short, _small_words, _hyphened,
)  # fmt: skip


def _in_conventions(listed: Sequence[Mapping[str, Any]], dice: random.Random) -> Iterator[Labelled]:
    for number, work in enumerate(listed):
        described = _described(work)
        for convention in (CONVENTIONS[number % len(CONVENTIONS)], dice.choice(CONVENTIONS)):
            yield Labelled(f"real, {convention.__name__.strip('_')}", convention(described), FINE)


def _abbreviated(catalogue: Catalogue, dice: random.Random) -> Iterator[Labelled]:
    """Records of all fields as lists of references print them: everything shortened that can be."""
    records = [
        record
        for record in catalogue.records
        if record.get("container-title") and not record.get("update-to")
    ]
    for record in dice.sample(records, 260):
        work = work_from_crossref(record)
        is_plain = len(work.text("title").split()) > 3 and not work.text("status")
        people = [name for name in work.names("author") if name.family and name.given]
        if (
            work.type in {"article-journal", "paper-conference"}
            and is_plain
            and len(people) == len(work.names("author")) > 0
        ):
            yield Labelled("real, abbreviated", _shortened(work, dice), FINE)


def _shortened(work: Work, dice: random.Random) -> Work:
    glue = dice.choice(["", ". "])
    people = [
        Name(
            name.family,
            glue.join(part[0].upper() for part in re.split(r"[\s-]+", name.given) if part),
            name.particle,
        )
        for name in work.names("author")
    ]
    people = [*people[:3], names.OTHERS] if len(people) > 4 and dice.random() < 0.5 else people
    words = [
        word
        for word in work.text("container-title").split()
        if word.lower() not in {"of", "the", "and", "in", "on", "&"}
    ]
    venue = " ".join(word if len(word) < 6 else f"{word[: dice.choice((4, 5))]}." for word in words)
    date, pages = work.date(), re.fullmatch(r"(\d+)(\d\d)-\1(\d\d)", work.text("page"))
    year = date.start[0] + dice.choice((0, 0, 1, -1)) if date and date.start else 0
    return work_of(
        work.type,
        title=dice.choice((str.lower, str.upper, str))(work.text("title")),
        author=tuple(people),
        issued=Date((year,)) if year else None,
        container_title=venue,
        volume=work.text("volume"),
        page=f"{pages[1]}{pages[2]}--{pages[3]}" if pages else work.text("page").replace("-", "–"),
        DOI=work.text("DOI").upper() if dice.random() < 0.3 else "",
    )


# -- one detail wrong


def _other_year(work: Work, dice: random.Random, _others: Sequence[Work]) -> Work | None:
    date = work.date()
    if not date or not date.start:
        return None
    return work.with_field("issued", Date((date.start[0] - dice.randint(5, 12),)))


def _made_up_author(work: Work, dice: random.Random, _others: Sequence[Work]) -> Work | None:
    listed = work.names("author")
    if len(listed) < 2 or listed[-1] == names.OTHERS:
        return None
    return work.with_field("author", (*listed[:-1], _person(dice)))


def _author_added(work: Work, dice: random.Random, _others: Sequence[Work]) -> Work | None:
    listed = work.names("author")
    return (
        work.with_field("author", (*listed, _person(dice))) if listed and listed[-1] != names.OTHERS else None
    )


def _author_left_out(work: Work, _dice: random.Random, _others: Sequence[Work]) -> Work | None:
    listed = work.names("author")
    return work.with_field("author", listed[:-1]) if len(listed) > 2 and listed[-1] != names.OTHERS else None


def _given_name_made_up(work: Work, dice: random.Random, _others: Sequence[Work]) -> Work | None:
    """An initial expanded by guessing."""
    listed = work.names("author")
    if len(listed) < 2 or len(listed[0].given) < 3 or "." in listed[0].given:
        return None
    first = Name(
        listed[0].family, dice.choice([given for given in GIVEN if given[:2] != listed[0].given[:2]])
    )
    return work.with_field("author", (first, *listed[1:]))


def _word_exchanged(work: Work, dice: random.Random, _others: Sequence[Work]) -> Work | None:
    parts = work.text("title").split()
    places = [place for place, word in enumerate(parts) if len(word) > 5 and word.isalpha()]
    if len(parts) < 6 or not places or len(work.names("author")) < 2:
        return None
    parts[dice.choice(places)] = dice.choice(
        ["Hierarchical", "Seasonal", "Quantum", "Ottoman", "Pediatric", "Recursive"]
    )
    return work.with_field("title", " ".join(parts))


def _other_venue(work: Work, dice: random.Random, _others: Sequence[Work]) -> Work | None:
    venue = work.text("container-title")
    if not venue or "arxiv" in venue.lower():
        return None
    return work.with_field(
        "container-title", dice.choice(["Journal of Maritime Archaeology", "Veterinary Ophthalmology"])
    )


def _stolen_doi(work: Work, dice: random.Random, others: Sequence[Work]) -> Work | None:
    dois = [
        other.text("DOI")
        for other in others
        if other.text("DOI") and other.text("title") != work.text("title")
    ]
    return work.with_field("DOI", dice.choice(dois))


def _invented_doi(work: Work, dice: random.Random, _others: Sequence[Work]) -> Work | None:
    return work.with_field(
        "DOI", f"10.{dice.randint(1000, 1099)}/j.invented.{dice.randint(2000, 2024)}.{dice.randint(1, 9999)}"
    )


def _stolen_arxiv(work: Work, dice: random.Random, others: Sequence[Work]) -> Work | None:
    if not work.text("arxiv"):
        return None
    ids = [other.text("arxiv") for other in others if other.text("arxiv") not in {"", work.text("arxiv")}]
    return work.with_field("arxiv", dice.choice(ids))


ERRORS: tuple[tuple[str, Callable[[Work, random.Random, Sequence[Work]], Work | None]], ...] = (
    ("issued", _other_year), ("author", _made_up_author), ("author", _author_added), ("author", _author_left_out),
    ("author", _given_name_made_up), ("title", _word_exchanged), ("container-title", _other_venue),
    ("DOI", _stolen_doi), ("DOI", _invented_doi), ("arxiv", _stolen_arxiv),
)  # fmt: skip


def _with_errors(
    real: Sequence[tuple[Work, Mapping[str, Any] | None]], dice: random.Random
) -> Iterator[Labelled]:
    works = [work.with_field("DOI", record["DOI"]) if record else work for work, record in real]
    for number, (work, record) in enumerate(real):
        name, error = ERRORS[number % len(ERRORS)]
        if work.type == "book":
            continue  # nobody here but Crossref lists books
        if name == "container-title" and not (record and record["type"] == "journal-article"):
            continue  # arXiv says nothing of where a paper appeared
        made = error(work, dice, works)
        if made is not None:
            yield Labelled(f"error, {error.__name__.strip('_')}", made, frozenset({Judgement.WRONG}), name)
        if record and record.get("page") and record.get("volume"):
            yield from _wrong_numbers(work, record)


def _wrong_numbers(work: Work, record: Mapping[str, Any]) -> Iterator[Labelled]:
    right = work.with_field("volume", record["volume"]).with_field("page", record["page"])
    yield Labelled(
        "real, volume and pages", right.with_field("page", record["page"].replace("-", "--")), FINE
    )
    digits = re.fullmatch(r"(\d+)-(\d+)", record["page"])
    if record["volume"].isdigit() and len(record["page"]) % 2:
        wrong = right.with_field("volume", str(int(record["volume"]) + 7))
        yield Labelled("error, volume", wrong, frozenset({Judgement.WRONG}), "volume")
    elif digits and int(digits[1]) > 1:
        wrong = right.with_field("page", f"{int(digits[1]) + 1312}--{int(digits[2]) + 1312}")
        yield Labelled("error, pages", wrong, frozenset({Judgement.WRONG}), "page")


# -- of two works, of none


def _mixed(
    cited: Sequence[tuple[Work, Mapping[str, Any]]], described: Sequence[Work], dice: random.Random
) -> Iterator[Labelled]:
    works = [*(work for work, _ in cited), *described]
    telling = [
        work for work in works if len(work.text("title").split()) > 5 and len(work.names("author")) > 2
    ]
    for number in range(90):
        one, other = dice.sample(telling, 2)
        made = one.with_field("author", other.names("author"))
        if number % 3:
            made = made.without("DOI", "arxiv")
        yield Labelled("mixed, title and authors of two", made, FLAGGED)
    for _ in range(40):
        one, other = dice.sample(telling, 2)
        half, rest = one.text("title").split(), other.text("title").split()
        title = " ".join([*half[: len(half) // 2], *rest[len(rest) // 2 :]])
        yield Labelled("mixed, two titles", one.with_field("title", title).without("DOI", "arxiv"), FLAGGED)


GIVEN = """Ada Boris Chiara Dmitri Elif Farid Greta Hiroshi Ingrid Jorge Katarzyna Lars Mei Nikhil Olga Pedro Quentin Rosa
Samir Tove Ulrich Vera Wei Ximena Yusuf Zofia""".split()
FAMILY = """Abbott Bergström Castellanos Demirci Eriksen Fujimoto Grunwald Hadjiev Ivanova Jablonski Kowalczyk Lindqvist
Mbeki Nakagawa Okonkwo Papadakis Quiroga Rasmussen Szabo Tanaka Ulloa Varga Wierzbicki Xenakis Yamamoto Zielinski""".split()
_METHODS = """Longitudinal Comparative Randomised Archival Spectral Bayesian Ethnographic Numerical Cross-Sectional
Phylogenetic Econometric Qualitative""".split()
_THINGS = [
    "Evidence on Household Debt", "Trials of Postoperative Delirium", "Analysis of Charter Towns", "Models of Sediment Flow",
    "Study of Parish Registers", "Reviews of Maternal Anaemia", "Accounts of Guild Apprenticeship", "Imaging of Corneal Nerves",
    "Estimates of Tariff Pass-Through", "Records of Glacier Retreat", "Networks for Protein Folding", "Agents for Theorem Proving",
]  # fmt: skip
_PLACES = [
    "in Northern Anatolia", "among Rural Adolescents", "after Cardiac Surgery", "under Price Controls", "in the Late Bronze Age",
    "during the Interwar Years", "on Small Island States", "with Sparse Supervision", "at Low Reynolds Number",
    "in Early Modern Livonia", "in Elderly Patients with Diabetes", "across Twelve Labour Markets",
]  # fmt: skip
_VENUES = [
    "Journal of Economic History", "The Lancet", "Physical Review Letters", "Journal of Machine Learning Research",
    "American Journal of Sociology", "Nature Communications", "Advances in Neural Information Processing Systems",
    "Journal of Fluid Mechanics", "BMC Medicine", "Past & Present",
]  # fmt: skip


def _person(dice: random.Random) -> Name:
    return Name(dice.choice(FAMILY), dice.choice(GIVEN))


def _invented(dice: random.Random) -> Iterator[Labelled]:
    """Works that nobody wrote, in all fields, as a language model would cite them."""
    for number in range(160):
        title = f"{dice.choice(_METHODS)} {dice.choice(_THINGS)} {dice.choice(_PLACES)}"
        venue = dice.choice(_VENUES)
        authors = tuple(_person(dice) for _ in range(dice.randint(1, 5)))
        work = work_of(
            "paper-conference" if venue.startswith("Advances") else "article-journal",
            title=title,
            author=authors,
            issued=Date((dice.randint(1996, 2025),)),
            container_title=venue,
            volume=str(dice.randint(3, 400)),
            page=f"{dice.randint(1, 900)}--{dice.randint(901, 999)}",
        )
        if number % 4 == 1:
            work = work.with_field(
                "DOI", f"10.1016/j.made.{dice.randint(2000, 2025)}.{dice.randint(10**5, 10**6)}"
            )
        if number % 4 == 2:
            work = work.without("container-title", "volume", "page").with_field(
                "arxiv", f"{dice.randint(19, 25)}{dice.randint(1, 12):02d}.{dice.randint(1, 19999):05d}"
            )
        yield Labelled("invented", work, FLAGGED)


# -- what became of it


def _undone(shared: Path, catalogue: Catalogue) -> Iterator[Labelled]:
    folder = shared / "recordings" / "crossref"
    record = json.loads((folder / "retracted_article.json").read_bytes())["message"]
    catalogue.records.append(record)
    title = record["title"][0].removeprefix("RETRACTED: ")
    lancet = work_of(
        "article-journal", title=title, author=people(["A. J. Wakefield", "S. H. Murch", "A. Anthony"]),
        issued=Date((1998,)), container_title="The Lancet", volume="351", page="637--641",
    )  # fmt: skip
    yield Labelled("retracted", lancet, frozenset({Judgement.RETRACTED}))
    yield Labelled("retracted", lancet.with_field("DOI", record["DOI"]), frozenset({Judgement.RETRACTED}))
    said = lancet.with_field("title", record["title"][0]).with_field("note", "Retracted")
    yield Labelled("retracted, and said to be", said, FINE)
    fates = (
        ("retraction", Judgement.RETRACTED), ("withdrawal", Judgement.WITHDRAWN), ("removal", Judgement.WITHDRAWN),
        ("expression_of_concern", Judgement.CONCERN), ("correction", Judgement.VERIFIED), ("addendum", Judgement.VERIFIED),
        ("RETRACTED: ", Judgement.RETRACTED), ("WITHDRAWN: ", Judgement.WITHDRAWN), ("Retracted Article: ", Judgement.RETRACTED),
        ("notice", Judgement.RETRACTED),
    )  # fmt: skip
    for number, (how, judgement) in enumerate(fates * 3):
        yield _fated(catalogue, number, how, judgement)
    yield from _withdrawn_preprints(catalogue)


def _fated(catalogue: Catalogue, number: int, how: str, judgement: Judgement) -> Labelled:
    title = f"Effects of Compound {number} on Renal Function in {FAMILY[number % len(FAMILY)]} Rats"
    authors = [f"{GIVEN[(number + shift) % 26]} {FAMILY[(number * 7 + shift) % 26]}" for shift in range(3)]
    doi = f"10.5555/fate.{number}"
    prefix = how if how.endswith(": ") else ""
    catalogue.add({"title": prefix + title, "authors": authors, "year": 2011, "doi": doi})
    catalogue.records[-1] |= {"volume": "12", "page": f"{100 + number}-{110 + number}"}
    if how == "notice":
        catalogue.add({"title": f"Retraction: {title}", "authors": [], "year": 2014, "doi": f"{doi}.r"})
        catalogue.records[-1]["update-to"] = [{"DOI": doi, "type": "retraction"}]
    elif not prefix:
        catalogue.records[-1]["updated-by"] = [{"DOI": f"{doi}.r", "type": how, "source": "publisher"}]
    work = work_of(
        "article-journal", title=title, author=people(authors), issued=Date((2011,)), volume="12",
        container_title="Journal of Made Things",
    )  # fmt: skip
    return Labelled(f"fate, {how.strip(': ').lower()}", work, frozenset({judgement}))


def _withdrawn_preprints(catalogue: Catalogue) -> Iterator[Labelled]:
    for number in range(4):
        title = f"A Counterexample to the Conjecture of {FAMILY[number]} in Dimension {number + 5}"
        arxiv = f"1907.{number:05d}"
        catalogue.add({"title": title, "authors": ["Olga Varga", "Lars Szabo"], "arxiv": arxiv})
        entry = catalogue.entries[-1]
        comment = (
            "<arxiv:comment>This paper has been withdrawn due to an error in Lemma 4</arxiv:comment></entry>"
        )
        entry.xml = entry.xml.replace("</entry>", comment)
        work = work_of(
            "article", title=title, author=people(["Olga Varga", "Lars Szabo"]), issued=Date((2019,))
        )
        yield Labelled(
            "fate, withdrawn from arXiv", work.with_field("arxiv", arxiv), frozenset({Judgement.WITHDRAWN})
        )


# -- what nobody lists


def _uncheckable() -> Iterator[Labelled]:
    right = frozenset({Judgement.UNCHECKED})
    for kind, title, fields in (
        ("webpage", "Our approach to responsible scaling", {"URL": "https://example.com/scaling", "author": (Name(literal="Example AI"),)}),
        ("document", "Introducing the new assistant", {"URL": "https://example.com/blog/assistant"}),
        ("post-weblog", "The unreasonable effectiveness of checklists", {"URL": "https://example.org/lists", "author": people(["Vera Szabo"])}),
        ("standard", "Information security management systems: Requirements", {"number": "ISO/IEC 27001:2022"}),
        ("document", "ISO 8601-1:2019 Date and time: Representations for information interchange", {}),
        ("document", "RFC 9110: HTTP Semantics", {"author": people(["R. Fielding", "M. Nottingham", "J. Reschke"])}),
        ("legislation", "General Data Protection Regulation", {"issued": Date((2016,))}),
        ("document", "Regulation (EU) 2016/679 of the European Parliament and of the Council", {}),
        ("legal_case", "Brown v. Board of Education", {"issued": Date((1954,))}),
        ("software", "checkbib: a tool that counts braces", {"URL": "https://github.com/nobody/checkbib", "author": people(["Yusuf Ulloa"])}),
        ("document", "torchthings: layers for things", {"URL": "https://github.com/nobody/torchthings", "author": people(["Tove Xenakis"])}),
        ("document", "Private communication", {"author": people(["Mei Tanaka"]), "issued": Date((2020,))}),
        ("document", "On the reading of instruments", {"author": people(["Mei Tanaka"]), "note": "Personal communication, 3 May 2020"}),
        ("personal_communication", "Letter to the editor's assistant", {"author": people(["Rosa Quiroga"])}),
        ("patent", "Apparatus for sorting bolts", {"author": people(["Lars Eriksen"]), "number": "US 1234567"}),
        ("thesis", "Three Essays on the Provision of Harbours", {"author": people(["Ximena Ulloa"]), "publisher": "University of Tartu"}),
        ("report", "Annual Review of Dredging in the Baltic Ports", {"author": people(["Lars Eriksen"]), "publisher": "Port Authority"}),
        ("article-newspaper", "Council delays decision on bridge", {"container-title": "The Daily Echo"}),
        ("manuscript", "Notes towards a grammar of moth calls", {"author": people(["Zofia Abbott"])}),
        ("motion_picture", "The Long Afternoon of a Clerk", {}),
    ):  # fmt: skip
        work = Work(type=kind).with_field("title", title)
        made: dict[str, Value] = dict(fields)  # type: ignore[arg-type]
        for name, value in made.items():
            work = work.with_field(name, value)
        yield Labelled("not listed anywhere", work, right)
