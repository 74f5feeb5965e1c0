"""What somebody types: bare identifiers, a title or two, a title with an identifier beside it."""

from __future__ import annotations

import pytest

from cite2bib.documents import registry
from cite2bib.extract import listing


def found(text: str) -> list[tuple[str, ...]]:
    document = registry.read(text.encode(), "list.txt").document
    return [
        tuple(filter(None, (work.text(name) for name in ("title", "arxiv", "DOI", "ISBN"))))
        for work in listing.read(document).works
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2303.12712\n1706.03762v5\n", [("2303.12712",), ("1706.03762",)]),
        ("- [2303.12712]\n- hep-th/9901001\n", [("2303.12712",), ("hep-th/9901001",)]),
        ("978-0-201-89683-1\n10.1038/nature14539\n", [("9780201896831",), ("10.1038/nature14539",)]),
        ("1706.03762: Attention Is All You Need\n", [("Attention Is All You Need", "1706.03762")]),
        ("Attention Is All You Need, 1706.03762\n", [("Attention Is All You Need", "1706.03762")]),
        ("Deep learning. doi:10.1038/nature14539\n", [("Deep learning", "10.1038/nature14539")]),
        ("Attention is all you need\n", [("Attention is all you need",)]),
        (
            "Deep Residual Learning for Image Recognition\nJournal version doi:10.1109/CVPR.2016.90\n",
            [("Deep Residual Learning for Image Recognition", "10.1109/cvpr.2016.90")],
        ),
    ],
)
def test_what_is_typed_is_found(text: str, expected: list[tuple[str, ...]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "1234.5678\n",
        "1999.1\n2000.2\n",
        "Page not found\n",
        "TODO: buy milk and eggs for the weekend\n",
        "978-0-201-89683-2\n",
    ],
)
def test_what_is_no_work(text: str) -> None:
    assert not found(text)


@pytest.mark.parametrize(
    ("line", "title", "people"),
    [
        (
            "Judea Pearl. Causality. Cambridge University Press, 2009",
            "Causality",
            ["Judea Pearl"],
        ),
        (
            "Thomas Kuhn. The Structure of Scientific Revolutions (1962)",
            "The Structure of Scientific Revolutions",
            ["Thomas Kuhn"],
        ),
        (
            "Claude Shannon, A Mathematical Theory of Communication, Bell System Technical Journal, 1948",
            "A Mathematical Theory of Communication",
            ["Claude Shannon"],
        ),
        (
            "Kaiming He, Xiangyu Zhang, Deep Residual Learning for Image Recognition, CVPR, 2016",
            "Deep Residual Learning for Image Recognition",
            ["Kaiming He", "Xiangyu Zhang"],
        ),
        (
            "Quicksort revisited. A. Hoare, B. Smith. STOC '98",
            "Quicksort revisited",
            ["A. Hoare", "B. Smith"],
        ),
        (
            "Adam: A Method for Stochastic Optimization. Kingma, Ba. ICLR 2015",
            "Adam: A Method for Stochastic Optimization",
            ["Kingma", "Ba"],
        ),
    ],
)
def test_authors_are_told_from_titles(line: str, title: str, people: list[str]) -> None:
    document = registry.read(f"Reading list\n\n- {line}\n".encode(), "list.md").document
    (work,) = listing.read(document).works
    assert work.text("title") == title
    assert [str(name) for name in work.names("author")] == people


def test_bibtex_inside_a_sentence_is_read_and_the_sentence_is_not() -> None:
    text = "As we say: @article{ada, title={On Engines}, author={Lovelace, Ada}, year={1843}} which everybody knows.\n"
    (work,) = listing.read(registry.read(text.encode(), "mail.txt").document).works
    assert (work.id, work.text("title")) == ("ada", "On Engines")
