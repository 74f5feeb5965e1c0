"""Merging: each field from its best origin, and what two origins disagree about is kept."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cite2bib.model import Date, Origin, Work
from cite2bib.resolve.merge import join, merge
from resolve_works import work

TITLE = "Fast Model Editing at Scale"


def conflicts(one: Work, other: Work) -> dict[str, tuple[object, object]]:
    return {found.variable: (found.kept.value, found.rejected.value) for found in merge(one, other)[1]}


def test_what_one_side_lacks_comes_from_the_other_with_its_origin() -> None:
    page = work(TITLE, abstract="We edit models.", arxiv="2110.11309")
    record = work(
        TITLE,
        "Eric Mitchell; Charles Lin",
        "2022",
        origin="dblp",
        container_title="ICLR",
        type="paper-conference",
    )
    merged, found = merge(page, record)
    assert not found
    assert merged.type == "paper-conference"
    assert merged.text("arxiv") == "2110.11309"
    assert merged.fields["author"].origin == Origin("dblp")
    assert merged.fields["abstract"].origin == Origin("page")
    assert merged.places == page.places


def test_an_inferred_year_gives_way_without_a_conflict() -> None:
    merged, found = merge(work(TITLE, issued="2025-03-13", confidence="0.7"), work(TITLE, issued="2024"))
    assert merged.date() == Date((2024,))
    assert not found


def test_a_stated_year_that_differs_is_a_conflict() -> None:
    found = conflicts(
        work(TITLE, issued="2018", container_title="Nature"),
        work(TITLE, issued="2021", container_title="Nature"),
    )
    assert found == {"issued": (Date((2021,)), Date((2018,)))}


@pytest.mark.parametrize(
    ("page", "record", "kept"),
    [
        ("FAST MODEL EDITING AT SCALE", TITLE, TITLE),
        (TITLE, "FAST MODEL EDITING AT SCALE", TITLE),
        (
            "Combating Mode Collapse in GANs",
            "Combating mode collapse in gans",
            "Combating Mode Collapse in GANs",
        ),
        ("Editing at scale", "Editing at Scale", "Editing at Scale"),
        ("MENDing Models: Fast Editing", "MENDing Models", "MENDing Models: Fast Editing"),
        ("MENDing Models", "MENDing Models: Fast Editing", "MENDing Models: Fast Editing"),
        ("Fast Model Editing at Sc...", TITLE, TITLE),
        ("Gödel Machines", "GÃ¶del Machines", "Gödel Machines"),
        ("Fast Modle Editing at Scale", TITLE, TITLE),
        (r"Fast $\alpha$ \emph{Editing}", "Fast α <i>Editing</i>", "Fast α <i>Editing</i>"),
    ],
)
def test_the_better_title_is_kept(page: str, record: str, kept: str) -> None:
    assert merge(work(page), work(record))[0].text("title") == kept


@pytest.mark.parametrize(
    ("page", "record", "kept"),
    [
        ("E. Mitchell; C. Lin", "Eric Mitchell; Charles Lin", "record"),
        ("Eric Mitchell; Charles Lin", "E. Mitchell; C. Lin", "page"),
        ("Eric Mitchell; others", "E. Mitchell; C. Lin", "record"),
        ("Eric Mitchell; Charles Lin; Ann Bo", "Eric Mitchell", "page"),
        ("ERIC MITCHELL; CHARLES LIN", "Eric Mitchell; Charles Lin", "record"),
        ("Eric Mitchell; Charles Lin", "ERIC MITCHELL; CHARLES LIN", "page"),
    ],
)
def test_the_fuller_names_are_kept(page: str, record: str, kept: str) -> None:
    merged, found = merge(work(TITLE, page, origin="page"), work(TITLE, record, origin="record"))
    assert merged.fields["author"].origin.source == kept
    assert not [item for item in found if item.variable == "author" and "Ann Bo" not in page]


def test_other_people_are_a_conflict() -> None:
    assert "author" in conflicts(
        work(TITLE, "Eric Mitchell; Ann Bo"), work(TITLE, "Eric Mitchell; Charles Lin")
    )


def test_a_page_that_counts_other_authors_is_a_conflict() -> None:
    found = conflicts(work(TITLE, author_count="3"), work(TITLE, "Eric Mitchell; Charles Lin"))
    assert found == {"author-count": ("2", "3")}


def test_conventions_are_no_conflicts() -> None:
    page = work(
        TITLE,
        issued="2021-10-21",
        container_title="J. Mach. Learn. Res.",
        page="1-3",
        DOI="10.48550/arXiv.2110.11309",
    )
    record = work(
        TITLE,
        issued="2021",
        container_title="Journal of Machine Learning Research",
        page="1–3",
        DOI="10.1234/x",
    )
    assert conflicts(page, record) == {}


def test_the_published_version_and_the_arxiv_id_are_both_kept() -> None:
    page = work(TITLE, issued="2021-10", DOI="10.48550/arXiv.2110.11309")
    record = work(
        TITLE, issued="2022", DOI="10.1234/x", container_title="ICLR", volume="3", type="paper-conference"
    )
    published, _ = merge(page, record)
    assert [published.text(name) for name in ("DOI", "arxiv", "container-title")] == [
        "10.1234/x",
        "2110.11309",
        "ICLR",
    ]
    assert published.date() == Date((2022,))
    preprint, _ = merge(page, record, "preprint")
    assert preprint.type == "article"
    assert preprint.date() == Date((2021, 10))
    assert "container-title" not in preprint
    assert preprint.text("arxiv") == "2110.11309"
    assert preprint.text("published:DOI") == "10.1234/x"


def test_a_record_of_the_preprint_takes_nothing_from_the_publication() -> None:
    page = work(TITLE, issued="2022", container_title="ICLR", DOI="10.1234/x", type="paper-conference")
    merged, _ = merge(
        page, work(TITLE, issued="2021-10", container_title="CoRR", arxiv="2110.11309", type="article")
    )
    assert merged.type == "paper-conference"
    assert merged.date() == Date((2022,))
    assert merged.text("container-title") == "ICLR"
    assert merged.text("arxiv") == "2110.11309"


def test_an_arxiv_id_tells_the_month() -> None:
    assert merge(work(TITLE), work(TITLE, arxiv="2110.11309"))[0].date() == Date((2021, 10))
    inferred = work(TITLE, issued="2025-10-21", confidence="0.5")
    assert merge(inferred, work(TITLE, arxiv="2110.11309"))[0].date() == Date((2021, 10))
    right = work(TITLE, issued="2021-10-21", confidence="0.5")
    assert merge(right, work(TITLE, arxiv="2110.11309"))[0].date() == Date((2021, 10, 21))


def test_an_address_of_an_aggregator_gives_way() -> None:
    page = work(TITLE, URL="https://huggingface.co/papers/2110.11309")
    record = work(TITLE, URL="https://proceedings.mlr.press/v1/x.html")
    assert merge(page, record)[0].text("URL") == record.text("URL")
    assert merge(record, page)[0].text("URL") == record.text("URL")


def test_a_catalogue_keeps_its_foreign_fields_to_itself_and_a_document_does_not() -> None:
    page, record = work(TITLE).with_field("bibtex:x", "1"), work(TITLE).with_field("crossref:y", "2")
    assert set(merge(page, record)[0].fields) == {"title", "bibtex:x"}
    assert set(join([page, record])[0].fields) == {"title", "bibtex:x", "crossref:y"}


_SAID = st.fixed_dictionaries(
    {},
    optional={
        "authors": st.sampled_from(["A. Bo", "Ann Bo; Cy Da", "Bo, A.; others", "The X Team"]),
        "issued": st.sampled_from(["2020", "2021-03", "2021-03-05"]),
        "container_title": st.sampled_from(["CoRR", "Nature", "ICLR"]),
        "DOI": st.sampled_from(["10.1234/x", "10.48550/arXiv.2103.00001"]),
        "arxiv": st.just("2103.00001"),
        "abstract": st.text(max_size=20),
        "confidence": st.sampled_from(["1", "0.5"]),
        "type": st.sampled_from(["", "article", "article-journal"]),
    },
)


@given(_SAID, _SAID)
def test_merging_loses_no_variable_and_again_changes_nothing(
    one: dict[str, str], other: dict[str, str]
) -> None:
    page, record = work(TITLE, **one), work(TITLE, origin="record", **other)
    merged, _ = merge(page, record)
    # "CoRR" is not where a published work appeared.
    assert {*page.fields, *record.fields} - {"container-title"} <= set(merged.fields)
    assert merge(merged, record)[0] == merged
