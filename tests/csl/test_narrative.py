"""Authors that are part of the sentence, and cites that lead to their entries."""

from __future__ import annotations

import pytest

from cite2bib import csl
from cite2bib.csl import Cite, Cluster, find
from cite2bib.csl.render import citation
from cite2bib.model import Date, Field, Name, Work


def work(id_: str, year: int, *families: str) -> Work:
    names = tuple(Name(family, "Jane") for family in families)
    fields = {"title": Field(f"On {id_.title()}"), "issued": Field(Date((year,)))}
    return Work(id_, "article-journal", {**fields, **({"author": Field(names)} if names else {})})


WORKS = [work("doe", 2019, "Doe", "Roe"), work("smith", 2004, "Smith"), work("nobody", 2011)]
CASES = [
    ("apa", Cite("doe"), "Doe & Roe", "(2019)"),
    ("apa", Cite("doe", "3", "page"), "Doe & Roe", "(2019, p. 3)"),
    ("apa", Cite("nobody"), "On Nobody", "(2011)"),
    ("ieee", Cite("doe"), "", "[1]"),
    ("chicago-notes-bibliography", Cite("smith"), "Jane Smith", "On Smith, 2004."),
]


@pytest.mark.parametrize(("style", "cite", "author", "rest"), CASES)
def test_author_in_text(style: str, cite: Cite, author: str, rest: str) -> None:
    parsed = find.load(find.find(style))
    cluster = Cluster((cite._replace(author_in_text=True),), int(parsed.is_note))
    rendered = csl.cite(parsed, WORKS, [cluster])
    assert citation(rendered.authors[0], "text") == author
    assert citation(rendered.citations[0], "text") == rest


def test_the_author_in_the_text_comes_first_whatever_the_style_sorts_by() -> None:
    parsed = find.load(find.find("apa"))
    cluster = Cluster((Cite("smith", author_in_text=True), Cite("doe", prefix="see also ")))
    rendered = csl.cite(parsed, WORKS, [cluster])
    assert citation(rendered.citations[0], "text") == "(2004; see also Doe & Roe, 2019)"


@pytest.mark.parametrize(
    ("target", "expected"),
    [("markdown", "([Doe & Roe, 2019](#ref-doe); [Smith, 2004](#ref-smith))"),
     ("html", '(<a href="#ref-doe">Doe &amp; Roe, 2019</a>; <a href="#ref-smith">Smith, 2004</a>)'),
     ("text", "(Doe & Roe, 2019; Smith, 2004)")],
)  # fmt: skip
def test_links(target: str, expected: str) -> None:
    parsed = find.load(find.find("apa"))
    rendered = csl.cite(parsed, WORKS, [Cluster((Cite("doe"), Cite("smith")))], links=True)
    assert citation(rendered.citations[0], target) == expected


@pytest.mark.parametrize(
    "style", ["apa", "ieee", "nature", "chicago-notes-bibliography", "chicago-author-date", "vancouver"]
)
def test_links_change_no_word(style: str) -> None:
    parsed = find.load(find.find(style))
    cites = [Cite("doe", "3", "page", "see ", ", and more"), Cite("smith"), Cite("nobody", suffix=" too")]
    clusters = [Cluster((*cites[:number], *cites), number) for number in range(4)]
    plain, linked = (csl.cite(parsed, WORKS, clusters, links=links) for links in (False, True))
    for one, other in zip(plain.citations, linked.citations, strict=True):
        assert citation(one, "text") == citation(other, "text")


def test_words_around_a_cite_are_no_link() -> None:
    parsed = find.load(find.find("apa"))
    rendered = csl.cite(
        parsed, WORKS, [Cluster((Cite("doe", prefix="see ", suffix=", and more"),))], links=True
    )
    assert citation(rendered.citations[0], "markdown") == "(see [Doe & Roe, 2019](#ref-doe), and more)"


def test_an_author_in_the_text_is_named_even_where_the_note_says_ibid() -> None:
    style = find.find("chicago-shortened-notes-bibliography-subsequent-ibid-classic-no-url")
    parsed = find.load(style)
    clusters = [Cluster((Cite("doe", author_in_text=True),), number) for number in (1, 2)]
    rendered = csl.cite(parsed, WORKS, clusters)
    assert citation(rendered.authors[1], "text") == "Doe and Roe"
    assert citation(rendered.citations[1], "text") == "Ibid."


def test_what_a_prefix_sets_apart_is_not_brought_to_its_like() -> None:
    parsed = find.load(find.find("nauplius"))
    works = [*WORKS, work("later", 2010, "Smith")]
    cites = (Cite("smith"), Cite("doe"), Cite("later", prefix="see also "))
    (found,) = csl.cite(parsed, works, [Cluster(cites, keeps_order=True)]).citations
    assert citation(found, "text") == "(Smith, 2004; Doe and Roe, 2019; see also Smith, 2010)"
