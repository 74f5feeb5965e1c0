"""LaTeX sources, .aux and .bbl files, notebooks."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cite2bib.diagnostics import Cite2bibError, ReadError
from cite2bib.documents import registry
from cite2bib.documents.detex import plain
from cite2bib.extract import read_any
from cite2bib.extract.reflist import works

SOURCE = r"""\documentclass{article}
\title{On \emph{E.~coli} and Gödel}\author{Jane Doe\thanks{X} \and John R\"oe}
\addbibresource{a.bib}\bibliography{b,c}
\begin{document}\maketitle
\section{Introduction}
As \citet{knuth84} says, 50\% of it.

% \section{Hidden}
\subsection{More} See \cite{doi:10.1145/3290605,other}.
\end{document}
"""
BBL = r"""\begin{thebibliography}{10}
\bibitem[Vaswani et~al.(2017)Vaswani, Shazeer]{vaswani}
Ashish Vaswani and Noam Shazeer.
\newblock Attention is all you need.
\newblock In \emph{Advances in neural information processing systems}, pages
  5998--6008, 2017.
\bibitem[{{G{\"o}del}(1931)}]{g}
Kurt G{\"o}del.
\newblock {\"U}ber formal unentscheidbare {S}{\"a}tze.
\newblock {\em Monatshefte}, 38:173--198, 1931.
\newblock \doi{10.1007/BF01700692}.
\bibitem [{\citenamefont {Feynman}(1949)}]{PhysRev.76.769}%
  \BibitemOpen \bibfield  {author} {\bibinfo {author} {\bibfnamefont {R.~P.}\ \bibnamefont {Feynman}},\ }\bibfield  {title} {\enquote {\bibinfo {title} {Space-time approach},}\ }\href {\doibase 10.1103/PhysRev.76.769} {\bibfield  {journal} {\bibinfo  {journal} {Phys. Rev.}\ }\textbf {\bibinfo {volume} {76}},\ \bibinfo {pages} {769--789} (\bibinfo {year} {1949})}\BibitemShut {NoStop}%
\end{thebibliography}
"""  # fmt: skip


def test_a_source() -> None:
    document = registry.read(SOURCE.encode(), "paper.tex").document
    assert dict(document.metadata) == {
        "title": "On E. coli and Gödel",
        "author": "Jane Doe; John Röe",
        "bibliography": "a.bib b.bib c.bib",
    }
    assert [(block.kind, block.text, block.line) for block in document.blocks] == [
        ("heading", "Introduction", 5),
        ("paragraph", "As [knuth84] says, 50% of it.", 6),
        ("heading", "More", 9),
        ("paragraph", "See [doi:10.1145/3290605, other].", 9),
    ]
    assert [(item.key, item.line, item.column) for item in document.cited] == [
        ("knuth84", 6, 11), ("doi:10.1145/3290605", 9, 29), ("other", 9, 49),
    ]  # fmt: skip


def test_a_bbl_file() -> None:
    found = sorted(read_any(BBL.encode(), "paper.bbl").works, key=lambda work: int(work.places[0].locator))
    assert [(work.id, work.text("title")) for work in found] == [
        ("vaswani", "Attention is all you need"),
        ("g", "Über formal unentscheidbare Sätze"),
        ("PhysRev.76.769", "Space-time approach"),
    ]
    assert [work.text("DOI") for work in found] == ["", "10.1007/bf01700692", "10.1103/physrev.76.769"]
    assert [str(work.places[0]) for work in found] == ["paper.bbl:2", "paper.bbl:7", "paper.bbl:12"]


def test_an_aux_file() -> None:
    aux = b"\\relax \n\\citation{a,b}\n\\citation{*}\n\\abx@aux@cite{0}{c}\n\\bibdata{refs}\n"
    document = registry.read(aux, "paper.aux").document
    assert [(item.key, item.line) for item in document.cited] == [("a", 2), ("b", 2), ("c", 4)]
    assert document.metadata["bibliography"] == "refs.bib"


def test_a_notebook() -> None:
    cells = [
        {"cell_type": "markdown", "source": ["# Title\n", "As [@knuth84] says, see arXiv:2303.12712."]},
        {"cell_type": "code", "source": "x = '@no'"},
    ]
    data = json.dumps({"cells": cells, "nbformat": 4, "metadata": {"title": "N"}}).encode()
    document = registry.read(data, "n.ipynb").document
    assert [block.text for block in document.blocks] == ["Title", "As [@knuth84] says, see arXiv:2303.12712."]
    assert [item.key for item in document.cited] == ["knuth84"]
    assert document.metadata["title"] == "N"


def test_a_broken_notebook_is_named() -> None:
    with pytest.raises(ReadError, match=r"n\.ipynb: not a readable notebook"):
        registry.get("ipynb").read(b'{"cells": [', "n.ipynb")


@pytest.mark.parametrize(
    ("source", "shown"),
    [(r"K.~G{\"o}del, \url{https://a.org/x_y}", "K. Gödel, https://a.org/x_y"), (r"$\alpha$-helix \& co", "α-helix & co"),
     (r"``quoted'' --- \textsc{caps}", "“quoted” — caps"), (r"{\'E}. \v{S}ome \L{}ukasz \o", "É. Šome Łukasz ø")],
)  # fmt: skip
def test_latex_as_plain_text(source: str, shown: str) -> None:
    assert plain(source) == shown


@given(st.text(alphabet="\\{}[]%$~bibtemc@ \n\"'-`ae1", max_size=200))
def test_any_latex_gives_a_document(text: str) -> None:
    with suppress(Cite2bibError):
        document = registry.get("tex").read(("\\bibitem{k}" + text).encode(), "x.tex").document
        works(document)
