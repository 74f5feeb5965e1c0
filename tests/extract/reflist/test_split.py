"""Sections in the layouts in which they are printed, pasted and extracted."""

from __future__ import annotations

import textwrap
from collections.abc import Callable

import pytest

from cite2bib.documents import Block, Document
from cite2bib.documents.sections import opens_references
from cite2bib.extract.reflist import references, split, works

REFERENCES = [
    "Abadi, M., Barham, P., & Chen, J. (2016). TensorFlow: A system for large-scale machine learning. In Proceedings of OSDI (pp. 265–283). USENIX Association.",
    "Bahdanau, D., Cho, K., & Bengio, Y. (2015). Neural machine translation by jointly learning to align and translate. https://arxiv.org/abs/1409.0473",
    "Hochreiter, S., & Schmidhuber, J. (1997). Long short-term memory. Neural Computation, 9(8), 1735–1780. https://doi.org/10.1162/neco.1997.9.8.1735",
    "Vaswani, A., Shazeer, N., & Polosukhin, I. (2017). Attention is all you need. Advances in Neural Information Processing Systems, 30, 5998–6008.",
]


def _wrapped(text: str, first: str = "", other: str = "") -> str:
    return textwrap.fill(text, 64, initial_indent=first, subsequent_indent=other, break_on_hyphens=False)


LAYOUTS: dict[str, Callable[[list[str]], str]] = {
    "bracketed": lambda all_: "\n".join(_wrapped(f"[{n}] {text}") for n, text in enumerate(all_, 1)),
    "numbered": lambda all_: "\n".join(_wrapped(f"{n}. {text}") for n, text in enumerate(all_, 1)),
    "round": lambda all_: "\n".join(_wrapped(f"({n}) {text}") for n, text in enumerate(all_, 1)),
    "bare": lambda all_: "\n".join(_wrapped(f"{n} {text}") for n, text in enumerate(all_, 1)),
    "hanging": lambda all_: "\n".join(_wrapped(text, "", "    ") for text in all_),
    "indented": lambda all_: "\n".join(_wrapped(text, "    ", "") for text in all_),
    "blank lines": lambda all_: "\n\n".join(_wrapped(text) for text in all_),
    "flush": lambda all_: "\n".join(_wrapped(text) for text in all_),
    "a line each": "\n".join,
    "running text": lambda all_: " ".join(f"[{n}] {text}" for n, text in enumerate(all_, 1)),
    "letters": lambda all_: "\n".join(
        _wrapped(f"[{key}] {text}")
        for key, text in zip(["ABC16", "BCB15", "HS97", "VSP+17"], all_, strict=True)
    ),
    "page numbers between": lambda all_: "\n".join([_wrapped(text, "", "   ") + "\n14" for text in all_]),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout_gives_the_same_references(layout: str) -> None:
    assert [item.text for item in split(LAYOUTS[layout](REFERENCES))] == REFERENCES


def test_labels_are_kept_apart() -> None:
    assert [item.label for item in split(LAYOUTS["letters"](REFERENCES))] == [
        "ABC16",
        "BCB15",
        "HS97",
        "VSP+17",
    ]


def test_broken_words_and_addresses_are_mended() -> None:
    section = "[1] A. One. Learning represen-\ntations of graphs. https://doi.org/10.1145/\n3290605.3300233, 2001.\n[2] B. Two. State-of-the-\nart. 2002."
    assert [item.text for item in split(section)] == [
        "A. One. Learning representations of graphs. https://doi.org/10.1145/3290605.3300233, 2001.",
        "B. Two. State-of-the-art. 2002.",
    ]


@pytest.mark.parametrize(
    "heading",
    ["References", "REFERENCES", "7. References", "VII. REFERENCES", "Bibliography", "Works Cited", "Literaturverzeichnis",
     "Références bibliographiques", "Список литературы", "参考文献", "## References", "Literature Cited:"],
)  # fmt: skip
def test_headings_of_reference_sections(heading: str) -> None:
    assert opens_references(heading)


def _document(*texts: str) -> Document:
    return Document("paper.txt", tuple(Block(text, number) for number, text in enumerate(texts, 1)))


def test_the_section_ends_where_an_appendix_begins() -> None:
    document = _document(
        "Some prose, 2019.", "References", *REFERENCES, "A. Appendix", "More prose (Smith, 2020)."
    )
    assert [item.text for item in references(document)] == REFERENCES


def test_a_heading_and_its_section_may_be_one_block() -> None:
    document = _document("Prose.", "References\n" + LAYOUTS["bracketed"](REFERENCES))
    assert [item.text for item in references(document)] == REFERENCES
    assert next(item.origin.locator for item in references(document)) == "3"


def test_works_say_where_they_were_and_what_was_printed() -> None:
    result = works(_document("References", *REFERENCES))
    assert [work.text("title") for work in result.works][2:] == [
        "Long short-term memory",
        "Attention is all you need",
    ]
    assert result.works[0].text("reflist:reference") == REFERENCES[0]
    assert [str(work.places[0]) for work in result.works] == [f"paper.txt:{n}" for n in (2, 3, 4, 5)]


def test_a_dash_stands_for_the_authors_before() -> None:
    result = works(
        _document(
            "References",
            "Knuth, Donald E. 1984. “Literate Programming.” The Computer Journal 27: 97–111.",
            "———. 1986. The TeXbook. Reading, MA: Addison-Wesley.",
            "———, and Michael F. Plass. 1981. “Breaking Paragraphs into Lines.” Software 11: 1119–1184.",
        )
    )
    authors = [[str(name) for name in work.names("author")] for work in result.works]
    assert authors == [["Donald E. Knuth"], ["Donald E. Knuth"], ["Donald E. Knuth", "Michael F. Plass"]]


def test_what_is_no_reference_is_told() -> None:
    blocks = [Block(text, 1, "reference") for text in (*REFERENCES, "Received in revised form.")]
    result = works(Document("paper.html", tuple(blocks)))
    assert len(result.works) == 4
    assert [item.code for item in result.diagnostics] == ["not-a-reference"]


@pytest.mark.parametrize("empty", ["", "\n\n", "   ", "\f"])
def test_nothing_gives_nothing(empty: str) -> None:
    assert split(empty) == []


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "A",
        " ",
        "A. ",
        "1 ",
        "Aa, ",
        "(",
        "[a ",
        ". ",
        "- ",
        "2000, ",
        "vol. ",
        "and ",
        "Smith, J., ",
        "(1990) ",
    ],
)
def test_a_line_without_end_is_read_to_its_end(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    assert len(works(_document("References", text, *REFERENCES)).works) <= 1000
