"""One work mentioned several times is one work with several places; two works stay two."""

from __future__ import annotations

from cite2bib.model import Origin, Work
from cite2bib.resolve.dedupe import dedupe
from resolve_works import work

ABSTRACT = (
    "Large language models hold facts that age. We train small networks that turn the gradient of a single desired edit "
    "into a fast local change of the weights, and show that editing scales to models of ten billion parameters."
)


def titles(*works: Work) -> list[list[str]]:
    return [[mention.text("title") for mention in group.mentions] for group in dedupe(works)]


def test_order_of_first_mention_and_all_places() -> None:
    first = work("Fast Model Editing at Scale", abstract=ABSTRACT, origin=Origin("a.txt", "3"))
    second = work("Another Paper on Something Else", abstract="x", origin=Origin("a.txt", "7"))
    again = work("Fast model editing at scale.", abstract=ABSTRACT, origin=Origin("b.txt", "1"))
    groups = dedupe([first, second, again])
    assert [group.work.text("title") for group in groups] == [
        "Fast model editing at scale.",
        second.text("title"),
    ]
    assert [str(place) for place in groups[0].work.places] == ["a.txt:3", "b.txt:1"]


def test_preprint_and_publication_are_joined() -> None:
    preprint = work(
        "MEND: Fast Model Editing at Scale", "Eric Mitchell; Charles Lin", "2021", arxiv="2110.11309"
    )
    published = work(
        "Fast Model Editing at Scale", "E. Mitchell; C. Lin", "2022", DOI="10.1234/x", container_title="ICLR"
    )
    assert len(titles(preprint, published)) == 1


def test_two_works_of_one_title_stay_two() -> None:
    one = work("Deep Learning for Medical Image Segmentation", "Ann Bo; Cy Da", "2019")
    other = work("Deep Learning for Medical Image Segmentation", "Eve Fo; Gus Ha", "2019")
    assert len(titles(one, other)) == 2


def test_parts_and_editions_of_one_author_stay_apart() -> None:
    parts = [
        work(f"Surrogates of Battery Models. Part {part}: Theory and Use", "Ann Bo; Cy Da", "2023")
        for part in ("I", "II", "III")
    ]
    assert len(titles(*parts)) == 3


def test_conference_and_journal_version_stay_apart() -> None:
    conference = work(
        "Learning to Rank Things Well", "Ann Bo; Cy Da", "2018", DOI="10.1234/conf", container_title="KDD"
    )
    journal = work(
        "Learning to Rank Things Well", "Ann Bo; Cy Da", "2021", DOI="10.1234/tods", container_title="TODS"
    )
    assert len(titles(conference, journal)) == 2


def test_misprints_are_joined_where_the_people_agree() -> None:
    one = work("Unsupervised Representation Learning by Gradient Entanglement", "Ann Bo; Cy Da", "2018")
    other = work("Unsupervised Represenation Learning by Gradient Entanglment", "A. Bo; C. Da", "2018")
    assert len(titles(one, other)) == 1


def test_an_identifier_joins_what_has_no_title() -> None:
    assert (
        len(
            dedupe(
                [work(DOI="10.1234/X"), work("Some Title of a Work", DOI="10.1234/x"), work(DOI="10.1234/y")]
            )
        )
        == 2
    )


def test_short_titles_alone_join_nothing() -> None:
    assert len(titles(work("Introduction"), work("Introduction"))) == 2
