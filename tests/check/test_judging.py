"""Verdicts by what catalogues answer, each catalogue being a function of the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import pytest

from cite2bib import names
from cite2bib.check import Judgement, Verdict, check, kept
from cite2bib.diagnostics import NotCached, SourceError
from cite2bib.formats.bibtex.reading import read_works
from cite2bib.index.memory import Library
from cite2bib.model import Date, Field, Origin, Work
from cite2bib.resolve.match import facts
from cite2bib.sources import Answer

if TYPE_CHECKING:
    from cite2bib.check.asking import Ask, Inquiry

Records = Sequence[Work]


def work(kind: str, title: str, authors: str = "", year: int = 0, **fields: str) -> Work:
    made = Work(type=kind).with_field("title", title) if title else Work(type=kind)
    if authors:
        made = made.with_field("author", tuple(names.parse(name) for name in authors.split(" and ")))
    if year:
        made = made.with_field("issued", Date((year,)))
    for name, value in fields.items():
        made = made.with_field(name.replace("__", ":").replace("_", "-"), value)
    return made


def of(source: str, record: Work) -> Work:
    """A record as a catalogue gives it."""
    origin = Origin(source, "somewhere")
    return Work(
        record.id, record.type, {name: Field(item.value, origin) for name, item in record.fields.items()}
    )


def holding(source: str, records: Records) -> Ask:
    """A catalogue that finds by identifier, and by title whatever shares two words."""

    def ask(works: Sequence[Work]) -> Iterator[Answer]:
        for asked in works:
            found = [of(source, record) for record in records if _is_hit(asked, record)]
            yield Answer((asked,), tuple(found))

    return ask


def _is_hit(asked: Work, record: Work) -> bool:
    if any(facts.identifier(asked, name) for name in ("DOI", "arxiv", "PMID")):
        return bool(facts.same_identifier(asked, record))
    if asked.text("ISBN") and asked.text("ISBN") == record.text("ISBN"):
        return True
    said = set(asked.text("title").lower().split())
    known = {*record.text("title").lower().split(), *(name.family.lower() for name in record.names("author"))}
    return len(said & known) >= 2


def down(works: Sequence[Work]) -> Iterator[Answer]:
    yield Answer(tuple(works), error=SourceError("it gave no answer: 503 service unavailable"))


def offline(works: Sequence[Work]) -> Iterator[Answer]:
    yield Answer(
        tuple(works), error=NotCached("offline, and nothing is cached: https://api.example.org/works?query=x")
    )


def broken(_works: Sequence[Work]) -> Iterator[Answer]:
    raise ValueError("half a record")
    yield  # pragma: no cover


def verdict(reference: Work, **catalogues: Records | Ask) -> Verdict:
    asks: Mapping[str, Ask] = {
        name: given if callable(given) else holding(name, given) for name, given in catalogues.items()
    }
    (found,) = check([reference], asks)
    return found


THINGS = work(
    "article-journal", "A Theory of Several Surprising Things", "Ada Made and Ben Else and Cy Third", 2020,
    container_title="Journal of Surprise", volume="12", page="1-20", DOI="10.5555/things",
)  # fmt: skip
OTHERS = work(
    "article-journal", "Patterns of Meadow Recovery after Drought", "Dora Green and Emil Brown and Fay White", 2019,
    container_title="Alpine Ecology", volume="3", page="7-9", DOI="10.5555/meadow",
)  # fmt: skip
PREPRINT = work(
    "article",
    "A Theory of Several Surprising Things",
    "Ada Made and Ben Else and Cy Third",
    2019,
    arxiv="1905.00001",
)
INVENTED = work(
    "article-journal",
    "On the Invention of Imaginary Lighthouses",
    "Nemo Nobody",
    2018,
    container_title="Past",
)


def test_not_found_needs_two_independent_answers() -> None:
    assert verdict(INVENTED, crossref=[], arxiv=[]).judgement is Judgement.NOT_FOUND
    assert verdict(INVENTED, openalex=[], semanticscholar=[]).judgement is Judgement.NOT_FOUND
    few: Mapping[str, Records]
    for few in (
        {"crossref": []},
        {"crossref": [], "openalex": []},
        {"arxiv": [], "semanticscholar": []},
        {"dblp": []},
    ):
        found = verdict(INVENTED, **few)
        assert (found.judgement, found.unasked) == (Judgement.UNCHECKED, False), few


@pytest.mark.parametrize("ill", [down, broken], ids=["down", "broken"])
def test_a_silent_catalogue_is_no_answer(ill: Callable[[Sequence[Work]], Iterator[Answer]]) -> None:
    found = verdict(INVENTED, crossref=ill, arxiv=[], semanticscholar=[])
    assert (found.judgement, found.unasked) == (Judgement.UNCHECKED, True)
    assert [part.source for part in found.silent] == ["crossref"]
    # Its copy may answer in its place.
    assert verdict(INVENTED, crossref=ill, arxiv=[], openalex=[]).judgement is Judgement.NOT_FOUND


def test_a_book_needs_a_catalogue_of_books() -> None:
    book = work("book", "The Harbours of Livonia", "Nemo Nobody", 1999)
    assert verdict(book, crossref=[], arxiv=[]).judgement is Judgement.UNCHECKED
    assert verdict(book, crossref=[], openlibrary=[]).judgement is Judgement.NOT_FOUND
    held = work("book", "The harbours of Livonia", "N. Nobody", 2004, ISBN="9783161484100")
    other_edition = verdict(book, crossref=[], openlibrary=[held])
    assert other_edition.judgement is Judgement.VERIFIED


def test_the_title_of_one_and_the_authors_of_another() -> None:
    mixed = THINGS.with_field("author", OTHERS.names("author")).without("DOI")
    found = verdict(mixed, crossref=[THINGS, OTHERS], arxiv=[])
    assert (found.judgement, found.mixed) == (Judgement.WRONG, True)
    assert found.record
    assert found.other
    assert (found.record.text("DOI"), found.other.text("DOI")) == ("10.5555/things", "10.5555/meadow")
    # Of a venue and a year no two works have one telling title; without them it takes two answers.
    assert verdict(mixed, crossref=[THINGS, OTHERS], arxiv=down).mixed
    bare = mixed.without("container-title")
    assert verdict(bare, crossref=[THINGS, OTHERS], arxiv=down).judgement is Judgement.UNCHECKED
    assert verdict(bare, crossref=[THINGS, OTHERS], arxiv=[]).mixed


def test_the_identifier_of_another_work() -> None:
    stolen = THINGS.with_field("DOI", "10.5555/meadow")
    found = verdict(stolen, crossref=[THINGS, OTHERS], arxiv=[], datacite=[])
    assert (found.judgement, found.mixed) == (Judgement.WRONG, True)
    (difference,) = found.wrong
    assert (difference.variable, difference.recorded) == ("DOI", "10.5555/things")
    assert found.other
    assert found.other.text("DOI") == "10.5555/meadow"
    invented = INVENTED.with_field("DOI", "10.5555/meadow")
    assert verdict(invented, crossref=[OTHERS], arxiv=[], datacite=[]).judgement is Judgement.NOT_FOUND
    # It is certain whoever is silent, and then nothing is said of whether the work exists.
    alone = verdict(invented, crossref=[OTHERS], arxiv=down)
    assert (alone.judgement, alone.wrong[0].variable) == (Judgement.WRONG, "DOI")


def test_an_identifier_that_nobody_registered() -> None:
    made_up = THINGS.with_field("DOI", "10.5555/made.up")
    found = verdict(made_up, crossref=[THINGS], arxiv=[], datacite=[])
    assert [part.why for part in found.wrong] == ["neither Crossref nor DataCite has registered it"]
    surer = verdict(made_up, crossref=[THINGS], arxiv=[], datacite=[], doi=[])
    assert [part.why for part in surer.wrong] == ["no such DOI is registered"]
    assert surer.confidence > found.confidence
    # DataCite was silent: it may be theirs.
    assert verdict(made_up, crossref=[THINGS], arxiv=[], datacite=down).judgement is Judgement.VERIFIED
    bare = work("", "", DOI="10.5555/made.up")
    assert verdict(bare, crossref=[THINGS], datacite=[]).judgement is Judgement.NOT_FOUND
    assert verdict(bare, crossref=[THINGS], datacite=down).judgement is Judgement.UNCHECKED
    assert verdict(work("", "", DOI="10.5555/things"), crossref=[THINGS]).judgement is Judgement.VERIFIED


def test_a_doi_of_another_agency_is_registered() -> None:
    def registered(works: Sequence[Work]) -> Iterator[Answer]:
        yield Answer(tuple(works), exist=tuple(works))

    cited = THINGS.with_field("DOI", "10.14988/of.japan")
    assert (
        verdict(cited, crossref=[THINGS], arxiv=[], datacite=[], doi=registered).judgement
        is Judgement.VERIFIED
    )


def test_a_data_set_under_a_doi_that_nobody_registered() -> None:
    data = work("dataset", "Measurements of Everything", "Nemo Nobody", 2020, DOI="10.5555/no.data")
    assert verdict(data, crossref=[], datacite=[], arxiv=[]).judgement is Judgement.NOT_FOUND
    assert verdict(data, crossref=[], datacite=down, arxiv=[]).judgement is Judgement.UNCHECKED
    assert verdict(data, crossref=[], datacite=[data], arxiv=[]).judgement is Judgement.VERIFIED


def test_the_year_of_the_latest_version_on_arxiv() -> None:
    latest = PREPRINT.with_field("issued", Date((2023,)))
    assert verdict(latest, arxiv=[PREPRINT], crossref=[]).judgement is Judgement.VERIFIED
    early = PREPRINT.with_field("issued", Date((2012,)))
    assert verdict(early, arxiv=[PREPRINT], crossref=[]).judgement is Judgement.WRONG


def test_a_word_exchanged_under_the_same_names() -> None:
    near = THINGS.with_field("title", "A Theory of Several Expected Things").without("DOI", "volume", "page")
    found = verdict(near, crossref=[THINGS], arxiv=[])
    assert (found.judgement, found.identified) == (Judgement.WRONG, False)
    assert [part.variable for part in found.wrong] == ["title"]
    assert verdict(near, crossref=[THINGS], arxiv=down).judgement is Judgement.UNCHECKED


def test_what_stands_in_another_catalogue_is_no_fault() -> None:
    """Crossref knows the journal version, arXiv the preprint that is cited with its own year."""
    cited = PREPRINT.with_field("issued", Date((2019,)))
    found = verdict(cited, arxiv=[PREPRINT], crossref=[THINGS])
    assert found.judgement is Judgement.PUBLISHED
    assert found.later
    assert found.later.text("DOI") == "10.5555/things"
    assert verdict(THINGS, arxiv=[PREPRINT], crossref=[THINGS]).judgement is Judgement.VERIFIED
    assert verdict(cited, arxiv=[PREPRINT], crossref=[]).judgement is Judgement.VERIFIED
    assert verdict(cited, arxiv=[PREPRINT], crossref=down).judgement is Judgement.VERIFIED


@pytest.mark.parametrize(
    ("status", "judgement"),
    [("retracted", Judgement.RETRACTED), ("withdrawn", Judgement.WITHDRAWN), ("expression of concern", Judgement.CONCERN)],
)  # fmt: skip
def test_the_fate_of_a_work_is_told_before_its_details(status: str, judgement: Judgement) -> None:
    fated = THINGS.with_field("status", status)
    assert verdict(THINGS.with_field("volume", "99"), crossref=[fated], arxiv=[]).judgement is judgement
    said = THINGS.with_field("note", f"This paper was {status}")
    if status != "expression of concern":
        assert verdict(said, crossref=[fated], arxiv=[]).judgement is Judgement.VERIFIED


def test_a_withdrawn_preprint_is_no_withdrawn_paper() -> None:
    withdrawn = PREPRINT.with_field("status", "withdrawn")
    assert verdict(PREPRINT, arxiv=[withdrawn], crossref=[]).judgement is Judgement.WITHDRAWN
    assert verdict(THINGS, arxiv=[withdrawn], crossref=[THINGS]).judgement is Judgement.VERIFIED


def test_a_notice_about_the_work_and_one_about_another() -> None:
    notice = work("article-journal", "Retraction: A Theory of Several Surprising Things", "", 2022, DOI="10.5555/r",
                  crossref__update_to="retraction 10.5555/things")  # fmt: skip
    about_other = notice.with_field("crossref:update-to", "retraction 10.5555/else")
    correction = notice.with_field("crossref:update-to", "correction 10.5555/things")
    cited = THINGS.without("DOI")
    assert verdict(cited, crossref=[THINGS, notice], arxiv=[]).judgement is Judgement.RETRACTED
    assert verdict(cited, crossref=[THINGS, about_other], arxiv=[]).judgement is Judgement.VERIFIED
    assert verdict(cited, crossref=[THINGS, correction], arxiv=[]).judgement is Judgement.VERIFIED


def test_squatters_reviews_and_components_prove_nothing() -> None:
    squatted = THINGS.with_field("DOI", "10.65215/x").with_field("issued", Date((2025,)))
    review = THINGS.with_field("title", "Review of: A Theory of Several Surprising Things").with_field(
        "DOI", "10.5555/rev"
    )
    cited = THINGS.without("DOI")
    found = verdict(cited, crossref=[squatted, review], arxiv=[])
    assert found.judgement is not Judgement.VERIFIED


def test_two_preprints_and_a_body_for_its_people() -> None:
    report = work(
        "article", "A Technical Report on Large Things", "OpenThings and Ada Made", 2023, arxiv="2303.00001"
    )
    cited = Work(type="article", fields=report.fields).with_field("author", (names.parse("OpenThings"),))
    assert verdict(cited, arxiv=[report], crossref=[]).judgement is Judgement.VERIFIED


def test_what_is_hardly_described_or_very_old_is_not_accused() -> None:
    for reference in (
        work("article-journal", "Editorial", container_title="Past"),
        work(
            "article-journal",
            "Ueber die Bewegung der Leuchttürme",
            "N. Nobody",
            1871,
            container_title="Annalen",
        ),
    ):
        assert verdict(reference, crossref=[], arxiv=[]).judgement is Judgement.UNCHECKED


def test_a_record_that_breaks_the_weighing_costs_its_reference_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    from cite2bib.check import weighing

    weighed = weighing._weighed

    def fragile(item: Inquiry, record: Work) -> weighing.Weighed:
        if record.text("title").startswith("Patterns"):
            raise ValueError("half a record")
        return weighed(item, record)

    monkeypatch.setattr(weighing, "_weighed", fragile)
    both = list(
        check(
            [OTHERS, THINGS],
            {"crossref": holding("crossref", [THINGS, OTHERS]), "arxiv": holding("arxiv", [])},
        )
    )
    assert [item.judgement for item in both] == [Judgement.UNCHECKED, Judgement.VERIFIED]
    assert "half a record" in both[0].reason


def test_confidence_falls_where_catalogues_have_gaps() -> None:
    old = INVENTED.with_field("issued", Date((1958,)))
    sure, unsure = (verdict(item, crossref=[], arxiv=[]).confidence for item in (INVENTED, old))
    assert sure > unsure
    third = verdict(INVENTED, crossref=[], arxiv=[], semanticscholar=[]).confidence
    assert third >= sure


POSTED = work(
    "article", "A Posted Theory of Surprising Things", "Ada Made and Benjamin Else", 2021, arxiv="2101.00001"
)


def claimed(venue: str, year: int = 2021) -> Work:
    """The preprint cited as a paper of a conference."""
    return work(
        "paper-conference", POSTED.text("title"), "Ada Made and Benjamin Else", year, container_title=venue
    )


@pytest.mark.parametrize(
    ("venue", "listing", "is_wrong"),
    [
        ("NeurIPS", ("dblp", "semanticscholar"), True),
        ("NeurIPS", ("dblp",), False),  # one alone may not know the title it got there
        ("CVPR", ("dblp",), True),  # whose papers Crossref has
        ("CVPR", (), False),
        ("NeurIPS Workshop on Things", ("dblp", "semanticscholar"), False),
        ("Days of Surprising Things", ("dblp", "semanticscholar"), False),
    ],
)
def test_a_preprint_is_no_paper_of_a_conference_that_would_be_listed(
    venue: str, listing: tuple[str, ...], is_wrong: bool
) -> None:
    catalogues = {name: [POSTED] for name in listing}
    found = verdict(claimed(venue), crossref=[], arxiv=[POSTED], **catalogues)
    assert found.judgement is (Judgement.WRONG if is_wrong else Judgement.VERIFIED)
    assert [part.variable for part in found.wrong] == ["container-title"] * is_wrong


@pytest.mark.parametrize(
    "listed",
    [
        POSTED.with_field("arxiv:comment", "12 pages, accepted at NeurIPS 2021"),
        claimed("Advances in Neural Information Processing Systems"),
    ],
)
def test_who_says_where_a_preprint_appeared_is_believed(listed: Work) -> None:
    arxiv = [listed] if "arxiv" in listed else [POSTED]
    found = verdict(
        claimed("NeurIPS"), crossref=[], arxiv=arxiv, dblp=[POSTED, listed], semanticscholar=[POSTED]
    )
    assert found.judgement is Judgement.VERIFIED


def test_a_paper_that_got_another_title_in_print_is_not_doubted() -> None:
    printed = work(
        "paper-conference", "A Theory of Surprising Things, Revisited", "Ada Made and Benjamin Else", 2021,
        container_title="CVPR",
    )  # fmt: skip
    found = verdict(
        claimed("CVPR"), crossref=[printed], arxiv=[POSTED], dblp=[POSTED], semanticscholar=[POSTED]
    )
    assert found.judgement is Judgement.VERIFIED


def test_a_title_with_a_misprint_is_found_by_its_sound_half() -> None:
    def arxiv(works: Sequence[Work]) -> Iterator[Answer]:
        for asked in works:
            is_found = asked.text("title").lower() in POSTED.text("title").lower()
            yield Answer((asked,), (of("arxiv", POSTED),) if is_found else ())

    misprinted = work("article", "A Posted Theory of Surprisign Things", "Ada Made and Benjamin Else", 2021)
    assert verdict(misprinted, crossref=[], arxiv=arxiv).judgement is Judgement.VERIFIED


def test_a_second_question_says_nothing_of_an_identifier() -> None:
    """A DOI that could not be asked about is not unregistered because Crossref answered about another one."""

    def crossref(works: Sequence[Work]) -> Iterator[Answer]:
        for asked in works:
            is_ours = asked.text("DOI") == "10.5555/unasked"
            error = SourceError("it gave no answer") if is_ours or "DOI" not in asked else None
            yield Answer((asked,), () if error else (of("crossref", THINGS),), error)

    cited = PREPRINT.with_field("DOI", "10.5555/unasked")
    posted = PREPRINT.with_field("arxiv:doi", THINGS.text("DOI"))
    found = verdict(cited, crossref=crossref, datacite=[], arxiv=[posted])
    assert not any("registered" in part.why for part in found.differences)


@pytest.mark.parametrize(
    "named", ["Anonymous", "John Doe and Jane Smith", "First Last and Second Last", "A. Author and B. Author"]
)
def test_nobodys_name_is_no_author(named: str) -> None:
    asked = work("article-journal", THINGS.text("title"), named, 2020)
    found = verdict(asked, crossref=[THINGS], arxiv=[])
    assert found.judgement is Judgement.WRONG
    assert "author" in [part.variable for part in found.wrong]


def test_a_doi_of_an_extended_abstract_leads_to_another_work() -> None:
    other = work(
        "paper-conference",
        "Strategies for Priced Queries (extended abstract)",
        "Some Body",
        2000,
        DOI="10.5555/other",
    )
    asked = work(
        "article-journal", THINGS.text("title"), "Ada Made and Benjamin Else", 2020, DOI="10.5555/other"
    )
    assert "DOI" in [part.variable for part in verdict(asked, crossref=[THINGS, other], arxiv=[]).wrong]


def test_without_a_network_it_is_said_in_a_few_words_who_was_not_asked() -> None:
    found = verdict(INVENTED, crossref=offline, arxiv=offline, pubmed=down)
    assert found.judgement is Judgement.UNCHECKED
    assert found.reason == (
        "offline: Crossref and arXiv were not asked; PubMed: it gave no answer: 503 service unavailable"
    )
    assert {part.what for part in found.silent if part.source != "pubmed"} == {"offline"}


def test_a_catalogue_that_is_whole_on_this_disk_is_not_silent() -> None:
    library = Library([OTHERS], "shelf")
    (found,) = check(
        [INVENTED], {"crossref": offline, "arxiv": offline}, [library], holds=["crossref", "arxiv"]
    )
    assert (found.judgement, found.silent) == (Judgement.NOT_FOUND, ())
    assert found.reason == "Crossref and arXiv answered, and neither has it"


@pytest.mark.parametrize(
    ("where", "is_wrong"),
    [
        ({"container_title": "arXiv preprint arXiv:2313.04567"}, True),
        ({"URL": "https://arxiv.org/abs/1201.21221"}, True),
        ({"container_title": "arXiv preprint arXiv:2101.0000"}, False),  # the end of 2101.00001
        ({"URL": "https://arxiv.org/abs/2101.00001v2"}, False),
    ],
)
def test_a_number_of_arxiv_that_can_be_none(where: dict[str, str], is_wrong: bool) -> None:
    cited = work("article", POSTED.text("title"), "Ada Made and Benjamin Else", 2021, **where)
    assert [part.variable for part in verdict(cited, crossref=[], arxiv=[POSTED]).wrong] == [
        "arxiv"
    ] * is_wrong


@pytest.mark.parametrize("title", ["[PDF] {}", "{} [Online]", "[PDF][PDF] {}"])
def test_what_search_engines_put_beside_titles_is_no_title(title: str) -> None:
    cited = THINGS.with_field("title", title.format(THINGS.text("title"))).without("DOI")
    assert verdict(cited, crossref=[THINGS], arxiv=[]).judgement is Judgement.VERIFIED


def test_what_could_not_be_asked_of_a_verified_reference_is_told_and_not_kept() -> None:
    posted = PREPRINT.with_field("container-title", "Journal of Surprise")
    cited = posted.with_field("DOI", "10.5555/things")
    found = verdict(cited, crossref=down, arxiv=[], dblp=[posted])
    assert found.judgement is Judgement.VERIFIED
    assert found.confidence < 0.95
    assert found.reason == (
        "dblp has it; whose its DOI is could not be asked; whether it was retracted could not be asked"
    )
    assert not kept.is_final(found)
    assert kept.is_final(verdict(cited, crossref=[THINGS], arxiv=down, dblp=down))


def test_a_preprint_that_appeared_without_a_doi_is_published_since() -> None:
    printed = claimed("NeurIPS", 2022)
    found = verdict(POSTED, crossref=[], arxiv=[POSTED], dblp=[POSTED, printed])
    assert (found.judgement, found.later and found.later.text("container-title")) == (
        Judgement.PUBLISHED,
        "NeurIPS",
    )
    assert verdict(POSTED, crossref=[], arxiv=[POSTED], dblp=[POSTED]).judgement is Judgement.VERIFIED


def test_a_name_whose_subtitle_was_left_out_is_found_by_its_people() -> None:
    record = work("article", "MOMA: Mixtures of Several Modalities", "Ada Made and Ben Else", 2023)

    def arxiv(works: Sequence[Work]) -> Iterator[Answer]:
        yield Answer(tuple(works), (of("arxiv", record),))

    short = work("paper-conference", "MOMA", "Ada Made and Ben Else", 2024)
    assert verdict(short, crossref=[], arxiv=arxiv).judgement is Judgement.VERIFIED
    others = work("paper-conference", "MOMA", "Cy Third and Ben Else", 2024)
    assert verdict(others, crossref=[], arxiv=arxiv).judgement is not Judgement.VERIFIED


def test_names_that_commas_part_are_those_names() -> None:
    entry = b"""@article{k, title = {%s}, author = {Ada Made, Benjamin Else and Cy Third}, year = 2020}"""
    (cited,) = read_works(entry % THINGS.text("title").encode(), "refs.bib").works
    record = THINGS.with_field("author", tuple(map(names.parse, ("Ada Made", "Benjamin Else", "Cy Third"))))
    assert verdict(cited, crossref=[record], arxiv=[]).judgement is Judgement.VERIFIED
    others = record.with_field("author", (*record.names("author"), names.parse("Dora Green")))
    assert verdict(cited, crossref=[others], arxiv=[]).judgement is Judgement.WRONG


def test_people_who_were_not_read_for_sure_do_not_make_another_work_of_the_title() -> None:
    """They are no fault, and then the title alone would verify what has other authors."""
    mixed = THINGS.with_field("author", OTHERS.names("author"), Origin("paper.txt", "1", 0.7)).without("DOI")
    found = verdict(mixed, crossref=[THINGS, OTHERS], arxiv=[])
    assert found.judgement is not Judgement.VERIFIED


def test_what_an_identifier_leads_to_under_its_title_is_the_work_by_whomever() -> None:
    cited = THINGS.with_field("author", (names.parse("Nemo Nobody"), names.parse("Nina Noone")))
    found = verdict(cited.without("container-title"), crossref=[THINGS], arxiv=[], datacite=[])
    assert (found.judgement, found.identified) == (Judgement.WRONG, True)
    assert [part.variable for part in found.wrong] == ["author"]
