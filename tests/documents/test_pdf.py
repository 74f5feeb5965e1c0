"""PDFs made by pdflatex as papers are, and PDFs that are broken."""

from __future__ import annotations

import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cite2bib.diagnostics import Cite2bibError, ReadError
from cite2bib.documents import registry
from cite2bib.documents.glyphs import repaired
from cite2bib.extract.reflist import references, works
from conftest import need

PROSE = (
    "The official workflow of the first affiliation is difficult to reflect. We study state-of-the-art methods with "
    "a multi-layer network and a considerable amount of words that are to be hyphenated across the lines, so that "
    "representation learning can be investigated thoroughly. "
) * 6
ITEMS = {
    "goodfellow": "Ian Goodfellow, Yoshua Bengio, and Aaron Courville. Deep Learning. MIT Press, 2016.",
    "he": "Kaiming He, Xiangyu Zhang, Shaoqing Ren, and Jian Sun. Deep residual learning for efficient image recognition with fine-grained representations. IEEE Transactions on Pattern Analysis and Machine Intelligence, 12:770–778, 2016.",
    "hochreiter": "Sepp Hochreiter and Jürgen Schmidhuber. Long short-term memory. Neural computation, 9(8):1735–1780, 1997.",
    "kingma": "Diederik P. Kingma and Jimmy Ba. Adam: A method for stochastic optimization. arXiv preprint arXiv:1412.6980, 2014.",
    "vaswani": "Ashish Vaswani, Noam Shazeer, Niki Parmar, Jakob Uszkoreit, Llion Jones, Aidan N. Gomez, and Illia Polosukhin. Attention is all you need. In Advances in Neural Information Processing Systems, pages 5998–6008, 2017.",
}
STAMP = r"\usepackage{graphicx,eso-pic}\AddToShipoutPictureBG*{\AtPageLowerLeft{\put(20,250){\rotatebox{90}{\Large arXiv:2303.12712v1 [cs.CL] 22 Mar 2023}}}}"


def _pdf(folder: Path, options: str, preamble: str = "") -> bytes:
    need("pdflatex")
    items = "\n".join(rf"\bibitem{{{key}}} {text.replace('–', '--')}" for key, text in ITEMS.items())
    source = rf"""\documentclass[{options}]{{article}}\usepackage[T1]{{fontenc}}\usepackage{{lmodern}}{preamble}
\title{{A Study of Efficient Flow: Affine Things and the Quest for Learning}}\author{{Jane Doe}}
\begin{{document}}\maketitle\section{{Introduction}} {PROSE}\par {PROSE}
\begin{{thebibliography}}{{9}}{items}\end{{thebibliography}}
\appendix\section{{Proofs}} Proofs follow, see Smith (2019).\end{{document}}"""
    (folder / "paper.tex").write_text(source, encoding="utf-8")
    subprocess.run(
        ["pdflatex", "-interaction=batchmode", "paper.tex"],
        cwd=folder,
        check=False,
        stdout=subprocess.DEVNULL,
        timeout=120,
    )
    return (folder / "paper.pdf").read_bytes()


@pytest.mark.parametrize("options", ["10pt", "10pt,twocolumn", "12pt,a4paper"])
def test_references_of_a_paper(tmp_path: Path, options: str) -> None:
    parsed = registry.read(_pdf(tmp_path, options), "paper.pdf")
    assert parsed.diagnostics == ()
    assert [item.text for item in references(parsed.document)] == list(ITEMS.values())
    assert [item.label for item in references(parsed.document)] == ["1", "2", "3", "4", "5"]


def test_title_stamp_and_paragraphs_of_a_preprint(tmp_path: Path) -> None:
    document = registry.read(_pdf(tmp_path, "10pt,twocolumn", STAMP), "paper.pdf").document
    assert document.metadata["title"] == "A Study of Efficient Flow: Affine Things and the Quest for Learning"
    assert document.metadata["arxiv"] == "2303.12712"
    assert document.metadata["issued"] == "22 Mar 2023"
    assert any(
        "considerable amount of words that are to be hyphenated" in block.text for block in document.blocks
    )
    assert len(works(document).works) == 5


def test_letters_of_fonts_without_unicode() -> None:
    assert (
        repaired("J¨urgen e\x1ecient \x8aukasz Fran¸cois, pp. 1\x152")
        == "Jürgen efficient Łukasz François, pp. 1–2"
    )


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-", b"%PDF-1.4\n" + b"\xff" * 4000])
def test_a_broken_pdf_is_named(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"paper\.pdf: not a readable PDF"):
        registry.read(data, "paper.pdf")


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return _pdf(tmp_path_factory.mktemp("pdf"), "10pt")


@given(place=st.floats(0, 1), cut=st.integers(0, 400), junk=st.binary(max_size=60))
@settings(max_examples=60, deadline=None)
def test_damage_gives_a_document_or_our_error(sound: bytes, place: float, cut: int, junk: bytes) -> None:
    start = round(place * len(sound))
    with suppress(Cite2bibError):
        registry.read(b"%PDF-1.5" + sound[8:start] + junk + sound[start + cut :], "paper.pdf")
