"""What LaTeX itself notes as cited in its .aux, held against what we read in the source."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from cite2bib.extract.cited import keys

pytestmark = pytest.mark.skipif(not shutil.which("pdflatex"), reason="pdflatex is not installed")

PLAIN = r"""
\newcommand{\rc}[1]{Ref.~\cite{#1}}
\newcommand\oc[2][]{\cite[#1]{#2}}
\def\mycite#1{\cite{#1}}
\begin{document}
\cite{a} \cite[p. 3]{b} \cite {c , d,
e} \nocite{f} % \cite{no}
\rc{g} \oc[p.~3]{h} \oc{i} \mycite{j}
\verb|\cite{no}| 100\% \cite{k} \\% \cite{no}
\begin{verbatim}
\cite{no}
\end{verbatim}
\iffalse \cite{no} \fi
\cite[see {\cite{l}}]{m} {\itshape\cite{n}} $\cite{o}$
\end{document} \cite{no}
"""
NATBIB = r"""\usepackage{natbib}
\begin{document}
\citet{a} \citet*[see][p.~3]{b} \citep{c,d} \citep*{e} \citealt{f} \citealp[1]{g} \citeauthor{h} \citeauthor*{i} \citeyear{j}
\citeyearpar{k} \Citet{l} \Citep{m} \Citealt{n} \Citeauthor{o} \citetext{see \citealp{p}} \defcitealias{q}{Q} \citetalias{q}
\citepalias{q} \citenum{r} \citefullauthor{s} \nocite{t}
\end{document}
"""
BIBLATEX = r"""\usepackage{biblatex}
\begin{document}
\cite{a} \cite*{b} \parencite[see][3]{c} \parencite*{d} \textcite{e,f} \autocite{g} \autocite*{h} \footcite[1]{i} \footcitetext{j}
\smartcite{k} \supercite{l} \fullcite{m} \footfullcite{n} \citeauthor{o} \Citeauthor{p} \citetitle{q} \citetitle*{r} \citeyear{s}
\citedate{t} \citeurl{u} \notecite{v} \pnotecite{w} \fnotecite{x} \nocite{y} \citename{z}{author} \citefield{aa}{title}
\citelist{ab}{publisher} \cites(pre)(post)[1]{ac}[see][3]{ad}{ae} \parencites{af}{ag} \textcites[1]{ah}{ai} \autocites{aj}{ak}
\footcites{al}{am} \smartcites{an} \Parencite{ao} \Textcite{ap} \Autocite{aq} \volcite{2}[p. 3]{ar} \pvolcite[see]{3}{as}
\tvolcite{4}{at} \volcites{1}{au}{2}[7]{av} \parencite[{[}x{]} and \{]{aw} \Cites{ax}{ay}
\footcite{bb}\footnote{see \cite{bc}}
\end{document}
"""


@pytest.mark.parametrize("source", [PLAIN, NATBIB, BIBLATEX], ids=["plain", "natbib", "biblatex"])
def test_the_same_keys_as_latex(source: str, tmp_path: Path) -> None:
    (tmp_path / "paper.tex").write_text("\\documentclass{article}\n" + source)
    subprocess.run(
        ["pdflatex", "-interaction=nonstopmode", "paper"], cwd=tmp_path, capture_output=True, check=False
    )
    aux = (tmp_path / "paper.aux").read_text()
    noted = re.findall(r"\\(?:citation|abx@aux@cite\{\d+\})\{([^{}]*)\}", aux)
    theirs = {key.strip() for group in noted for key in group.split(",")} - {"biblatex-control", "*"}
    assert {item.key for item in keys(source, "paper.tex")} == theirs
