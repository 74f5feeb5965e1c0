"""What a file is, content before name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cite2bib import extract
from cite2bib.diagnostics import Cite2bibError, ReadError, UsageError
from cite2bib.extract.choosing import choose
from cite2bib.model import Date

BIB = b"@article{a, title={Deep learning}, author={LeCun, Yann}, year={2015}}\n"
CSL = b'[{"id": "a", "type": "article-journal", "title": "Deep learning"}]'
RIS = b"TY  - JOUR\nTI  - Deep learning\nER  - \n"
LIST = b"Reading list\n\n1. Attention Is All You Need\n2. Deep Residual Learning for Image Recognition\n"
PAGE = b"<!doctype html><html><body><p>x</p></body></html>"


@pytest.mark.parametrize(
    ("data", "path", "name"),
    [
        (BIB, "refs.bib", "bibtex"),
        (BIB, "refs.txt", "bibtex"),
        (BIB, "<stdin>", "bibtex"),
        (b"% made by hand\n" + BIB, "notes", "bibtex"),
        (b"Dear Sam,\nhere it is:\n\n" + BIB, "mail.txt", "text"),
        (b"Dear Sam,\nhere it is:\n\n" + BIB, "mail.bib", "bibtex"),
        (CSL, "refs.json", "csljson"),
        (CSL, "refs.txt", "csljson"),
        (RIS, "refs.ris", "ris"),
        (RIS, "export.txt", "ris"),
        (LIST, "list.txt", "text"),
        (LIST, "list.md", "markdown"),
        (LIST, "list", "text"),
        (PAGE, "page.html", "html"),
        (PAGE, "page.txt", "html"),
        (PAGE, "page.bib", "html"),
        (b"Title,Year\nDeep learning,2015\n", "x.csv", "table"),
        (b"Title,Year\nDeep learning,2015\n", "x.txt", "table"),
        (b"", "empty.txt", "text"),
        ("Gödel".encode("utf-16"), "x.txt", "text"),
    ],
)
def test_content_decides_before_the_name(data: bytes, path: str, name: str) -> None:
    assert choose(data, path).name == name


def test_a_name_that_is_given_stops_the_guessing() -> None:
    assert choose(BIB, "x.bib", "text").name == "text"
    assert choose(LIST, "x.txt", "Markdown").name == "markdown"
    with pytest.raises(UsageError, match=r"'docz'.*bibtex.*html"):
        choose(LIST, "x.txt", "docz")


def test_binary_content_is_named_with_its_file() -> None:
    with pytest.raises(ReadError, match=r"^logo\.png: a PNG image"):
        extract.read_any(b"\x89PNG\r\n\x1a\n\x00\x00", "logo.png")


def test_works_and_diagnostics_come_together() -> None:
    data = "Reading list\n\n1. Über die Grenzen der Physik und Chemie\n2. Théorie générale de la mesure\n"
    works, told = extract.read_any(data.encode("cp1252"), "list.txt")
    assert [work.text("title")[:4] for work in works] == ["Über", "Thé" + "o"]
    assert str(told[0].span) == "list.txt:3:4"


def test_a_page_about_one_work_states_it() -> None:
    page = (
        b'<html><head><meta name="citation_title" content="Deep learning"><meta name="citation_author" content="LeCun, Yann">'
        b'<meta name="citation_author" content="Bengio, Yoshua"><meta name="citation_doi" content="10.1038/nature14539">'
        b'<meta name="citation_publication_date" content="2015/05/28"></head><body><p>x</p></body></html>'
    )
    work = extract.read_any(page, "page.html").works[0]
    assert work.text("DOI") == "10.1038/nature14539"
    assert [str(name) for name in work.names("author")] == ["Yann LeCun", "Yoshua Bengio"]
    assert work.fields["issued"].value == Date((2015, 5, 28))


@given(st.binary(max_size=300), st.sampled_from(["x.txt", "x.md", "x.html", "x.csv", "x.bib", "x.json", "x"]))
def test_any_bytes_give_works_or_our_error(data: bytes, path: str) -> None:
    try:
        works = extract.read_any(data, path).works
    except Cite2bibError:
        return
    assert all(work.places or work.fields for work in works)


FRAGMENTS = st.sampled_from(
    [
        "Attention Is All You Need", "# Heading", "- item", "1. ", "Title: ", "Authors: A. Turing, B. Russell", "  • 3 authors",
        "·", "Mar 13", "arXiv:2411.01234 [pdf, html, other]", "https://arxiv.org/abs/1706.03762", "| a | b |", "|---|---|",
        "We propose a method. It works well on many datasets.", "@article{a,", "}", "[x](https://x.org/a)", "<p>", "</div>",
        "Abstract:", "Subscribe", "2024", "Xin Wang, Jonathan Freer", "NeurIPS 2024", "\t", " ", "[", "](", "```", "**", "\x0c",
    ]
)  # fmt: skip


@given(
    st.lists(FRAGMENTS, max_size=25),
    st.sampled_from(["\n", "\n\n", " "]),
    st.sampled_from(["x.txt", "x.md", "x.html"]),
)
def test_any_mixture_of_what_pages_hold(parts: list[str], joint: str, path: str) -> None:
    text = joint.join(parts)
    lines = text.count("\n") + 1
    try:
        works = extract.read_any(text.encode(), path).works
    except Cite2bibError:
        return
    for work in works:
        assert all(place.locator == "metadata" or 1 <= int(place.locator) <= lines for place in work.places)


@pytest.mark.parametrize(
    "piece", ["a", "word ", "We show it. ", "Xin Wang, ", "[1, ", "(", "2024 ", "· ", "| ", '"a" ', "a.b/"]
)
def test_a_line_of_megabytes_ends(piece: str) -> None:
    assert isinstance(extract.read_any((piece * (2_000_000 // len(piece))).encode(), "x.txt").works, tuple)
