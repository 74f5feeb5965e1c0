"""What is a fault of a reference, and what is only another way to write it."""

from __future__ import annotations

import pytest

from cite2bib import names
from cite2bib.check import Difference, venues
from cite2bib.check.appeared import this_year
from cite2bib.check.details import differences
from cite2bib.check.kinds import Kind, independent, is_settled_absent, of
from cite2bib.check.venues import Likeness
from cite2bib.model import Date, Name, Work


def people(text: str) -> tuple[Name, ...]:
    listed = (part.strip() for part in text.split(" and "))
    return tuple(names.OTHERS if part == "others" else names.parse(part) for part in listed)


def record(**fields: object) -> Work:
    return made(
        "article-journal",
        **{
            "title": "A Theory of Several Surprising Things",
            "author": "Ada Made and Benjamin Else and Chiara Third",
            "issued": 2020,
            "container_title": "Journal of Surprising Things",
            "volume": "12",
            "issue": "3",
            "page": "637-641",
            "DOI": "10.5555/things",
            **fields,
        },
    )


def made(kind: str, **fields: object) -> Work:
    work = Work(type=kind)
    for name, value in fields.items():
        if isinstance(value, int):
            work = work.with_field(name, Date((value,)))
        elif value:
            text = str(value)
            work = work.with_field(
                name.replace("_", "-"), people(text) if name in {"author", "editor"} else text
            )
    return work


def differing(work: Work, against: Work) -> dict[str, Difference]:
    return {part.variable: part for part in differences(work, against)}


CONVENTIONS: list[dict[str, object]] = [
    {"author": "A. Made and B. Else and C. Third"},
    {"author": "Made, Ada and others"},
    {"author": "Ada Made and Ben Else and Chiara Third"},
    {"author": "Ada Mäde and Benjamin Else and Chiara Third"},
    {"author": "Made and Else and Third"},
    {"author": "The Things Consortium"},
    {"container_title": "J. Surpr. Things"},
    {"container_title": "Springer"},
    {"container_title": "Lecture Notes in Surprises"},
    {"page": "637--41"},
    {"page": "637"},
    {"page": "pp. 637–641"},
    {"page": "638-640"},
    {"page": "1--5"},
    {"page": "104312"},
    {"volume": "XII"},
    {"volume": "Vol. 12"},
    {"volume": "2020"},
    {"issue": "03"},
    {"issued": 2019},
    {"issued": 2021},
    {"title": "A theory of several surprising things."},
    {"title": "A Theory of Several Surprising Things: With Examples"},
    {"title": "Theory of several {S}urprising things"},
    {"title": "A theory of sevral surprising things"},
]


@pytest.mark.parametrize("changed", CONVENTIONS, ids=str)
def test_a_convention_is_no_fault(changed: dict[str, object]) -> None:
    found = differing(record(**changed), record())
    assert not any(part.matters for part in found.values()), found


FAULTS: list[tuple[str, dict[str, object]]] = [
    ("author", {"author": "Ada Made and Benjamin Else and Chiara Third and Nemo Nobody"}),
    ("author", {"author": "Ada Made and Benjamin Else"}),
    ("author", {"author": "Ada Made and Benjamin Else and Rosa Third"}),
    ("author", {"author": "John Doe and Jane Smith"}),
    ("author", {"author": "Doe and Smith and Roe"}),
    ("author", {"author": "Chiara Third and Ada Made and Benjamin Else"}),
    ("issued", {"issued": 2013}),
    ("container-title", {"container_title": "Veterinary Ophthalmology"}),
    ("container-title", {"container_title": "NeurIPS"}),
    ("volume", {"volume": "13"}),
    ("issue", {"issue": "4"}),
    ("page", {"page": "1812--1820"}),
    ("title", {"title": "A Theory of Several Expected Things"}),
    ("title", {"title": "No Theory of Several Surprising Things"}),
]


@pytest.mark.parametrize(("field", "changed"), FAULTS, ids=str)
def test_a_fault_is_told_in_its_field(field: str, changed: dict[str, object]) -> None:
    wrong = [name for name, part in differing(record(**changed), record()).items() if part.matters]
    assert wrong == [field]


def test_a_subtitle_that_counts_is_no_sequel() -> None:
    whole = record(title="Speech Synthesis from French Text: Eight Years of Models, Designs and Evaluation")
    assert not differing(record(title="Speech synthesis from French text"), whole)
    sequel = record(title="Speech Synthesis from French Text: Part 2")
    assert differing(record(title="Speech synthesis from French text"), sequel)["title"].matters


def test_what_one_version_says_is_no_fault() -> None:
    work = record(issued=2017, container_title="NeurIPS", volume="", page="", issue="")
    conference = record(issued=2017, container_title="Advances in Neural Information Processing Systems 30")
    assert any(part.matters for part in differences(work, record()))
    assert not any(part.matters for part in differences(work, record(), [conference]))


def test_a_preprint_has_the_year_of_its_posting() -> None:
    preprint = made(
        "article", title=record().text("title"), author="A. Made", issued=2018, arxiv="1801.00001"
    )
    assert not any(part.matters for part in differences(preprint, record(author="Ada Made")))
    posted = made("article", title=record().text("title"), author="Ada Made", issued=2018, arxiv="1801.00001")
    assert not any(part.matters for part in differences(record(author="Ada Made"), posted))


SAME_VENUES = [
    ("NeurIPS", "Advances in Neural Information Processing Systems 36"),
    ("NIPS", "Advances in Neural Information Processing Systems"),
    ("Proc. CVPR", "2016 IEEE Conference on Computer Vision and Pattern Recognition (CVPR)"),
    ("ICML", "Proceedings of the 34th International Conference on Machine Learning"),
    ("Phys. Rev. Lett.", "Physical Review Letters"),
    ("PNAS", "Proceedings of the National Academy of Sciences"),
    ("Proc Natl Acad Sci USA", "Proceedings of the National Academy of Sciences"),
    ("N Engl J Med", "New England Journal of Medicine"),
    ("The Lancet", "Lancet"),
    ("JAMA", "JAMA: The Journal of the American Medical Association"),
    ("J. Am. Chem. Soc.", "Journal of the American Chemical Society"),
    ("Comput. Stat. Data Anal.", "Computational Statistics & Data Analysis"),
    ("Ann. Statist.", "The Annals of Statistics"),
    ("Proceedings of the thirty-second annual ACM symposium on Theory of computing", "STOC '00"),
]


@pytest.mark.parametrize(("one", "other"), SAME_VENUES)
def test_one_venue_by_two_names(one: str, other: str) -> None:
    assert venues.compare(one, other) is Likeness.SAME
    assert venues.compare(other, one) is Likeness.SAME


OTHER_VENUES = [
    ("ICML", "Advances in Neural Information Processing Systems 36"),
    ("Nature", "Science"),
    ("International Conference on Advanced Learning Machines", "International Conference on Learning Representations"),
    ("Journal of Universal Computing Advances", "2016 IEEE Conference on Computer Vision and Pattern Recognition"),
    ("Physical Review Letters", "Physical Review B"),
    ("Journal of Finance", "Journal of Fluid Mechanics"),
    ("Annual Meeting of the Association for Computational Linguistics", "Empirical Methods in Natural Language Processing"),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other"), OTHER_VENUES)
def test_two_venues(one: str, other: str) -> None:
    assert venues.compare(one, other) is Likeness.OTHER
    assert venues.compare(other, one) is Likeness.OTHER


UNKNOWN_VENUES = [
    ("ECCV", "Lecture Notes in Computer Science"),
    ("XYZW", "Journal of Things"),
    ("Procedia Computer Science", "International Conference on Things"),
]


@pytest.mark.parametrize(("one", "other"), UNKNOWN_VENUES)
def test_venues_of_which_nobody_can_say(one: str, other: str) -> None:
    assert venues.compare(one, other) is Likeness.UNKNOWN


KINDS = [
    (Kind.PAPER, made("article-journal", title="T", container_title="Nature")),
    (Kind.PAPER, made("document", title="On a long title of several words", author="Ada Made")),
    (Kind.PREPRINT, made("document", title="T", arxiv="2101.00001")),
    (Kind.PREPRINT, made("article-journal", title="T", DOI="10.1101/2020.01.01.1")),
    (Kind.PREPRINT, made("document", title="A title", publisher="bioRxiv")),
    (Kind.WEB, made("document", title="Our approach", URL="https://example.com/x")),
    (Kind.SOFTWARE, made("document", title="torch things", URL="https://github.com/x/y", author="Ada Made")),
    (Kind.STANDARD, made("document", title="ISO 9001:2015 Quality management systems")),
    (Kind.LAW, made("legislation", title="An Act")),
    (Kind.PERSONAL, made("document", title="On things", note="personal communication")),
    (Kind.THESIS, made("thesis", title="On things")),
    (Kind.BOOK, made("book", title="On things")),
]


def test_a_chapter_of_proceedings_is_a_paper() -> None:
    fields = {"title": "A Theory of Several Things", "author": "Ada Made"}
    assert of(made("chapter", container_title="CoRL 2025", **fields)) is Kind.PAPER
    assert of(made("chapter", container_title="A Handbook of Things", **fields)) is Kind.CHAPTER


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("https://openreview.net/forum?id=abc", Kind.PAPER),
        ("https://aclanthology.org/2020.acl-long.9/", Kind.PAPER),
        ("https://arxiv.org/list/cs.LG/recent", Kind.PREPRINT),
        ("https://openreview.net/group?id=ICLR.cc", Kind.WEB),
        ("https://example.org/papers/made", Kind.WEB),
    ],
)
def test_what_stands_among_papers_is_a_paper(address: str, kind: Kind) -> None:
    assert of(made("document", title="A Theory of Several Things", author="Ada Made", URL=address)) is kind


@pytest.mark.parametrize(("kind", "work"), KINDS, ids=str)
def test_what_a_reference_is_of(kind: Kind, work: Work) -> None:
    assert of(work) is kind


def test_catalogues_that_copy_one_another_are_one() -> None:
    assert independent(Kind.PAPER, ["openalex", "crossref"]) == ("crossref",)
    assert not is_settled_absent(Kind.PAPER, ["crossref", "openalex"])
    assert not is_settled_absent(Kind.PAPER, ["arxiv", "semanticscholar"])
    assert is_settled_absent(Kind.PAPER, ["openalex", "arxiv"])
    assert not is_settled_absent(Kind.BOOK, ["crossref", "arxiv"])
    assert is_settled_absent(Kind.BOOK, ["crossref", "openlibrary"])
    assert is_settled_absent(Kind.PAPER, ["crossref", "semanticscholar"], "Nature")
    assert not is_settled_absent(Kind.PAPER, ["crossref", "semanticscholar"], "NeurIPS")
    assert is_settled_absent(Kind.PAPER, ["crossref", "arxiv"], "NeurIPS")
    assert not is_settled_absent(Kind.WEB, ["crossref", "arxiv", "openalex"])


def test_a_year_that_has_not_come_is_wrong_whatever_the_record_is_of() -> None:
    posted = made("article", title="A Theory", author="Ada Made", issued=2021, arxiv="2101.00001")
    for kind, venue in (("paper-conference", "NeurIPS"), ("article", "")):
        cited = made(
            kind,
            title="A Theory",
            author="Ada Made",
            issued=this_year() + 3,
            container_title=venue,
            arxiv="2101.00001",
        )
        assert differing(cited, posted)["issued"].matters, kind
    in_press = made("paper-conference", title="A Theory", issued=this_year() + 1, container_title="NeurIPS")
    assert not differing(in_press, record(issued=this_year()))["issued"].matters


def test_a_volume_that_one_record_leaves_out_is_held_against_the_other() -> None:
    cited = record(volume="19")
    assert [part.variable for part in differences(cited, record(), [record(volume="", issue="")])] == [
        "volume"
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("World Congress on Data Ecosystems", "2017 IEEE Symposium on Radar Imaging (ISRI)"),
        (
            "Journal of Emerging Computational Intelligence Paradigms",
            "Chemometrics and Intelligent Laboratory Systems",
        ),
        ("Annals of Forests", "COMPUTER METHODS IN MECHANICS"),
        ("Annals of Mathematics", "Frontiers in Robotics and AI"),
        ("Nature Medicine", "Communications of the ACM"),
        (
            "Conference on Learning Theory",
            "Proceedings of the 2019 AAAI/ACM Conference on AI, Ethics, and Society",
        ),
    ],
)
def test_an_acronym_beside_a_name_and_one_word_of_many_do_not_hide_another_venue(
    one: str, other: str
) -> None:
    assert venues.compare(one, other) is venues.compare(other, one) is Likeness.OTHER
