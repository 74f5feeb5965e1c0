"""The .bbl is the one that bibtex itself writes, byte for byte."""

from __future__ import annotations

import random
import shutil
import subprocess
from pathlib import Path

import pytest

from cite2bib.bst import render_bst
from cite2bib.diagnostics import Severity
from conftest import need

HERE = Path(__file__).parent
VARIED = HERE / "varied.bib"
STYLES = ("plain", "abbrv", "alpha", "unsrt", "IEEEtran", "plainnat", "acm", "apalike", "siam")
# The pieces that BibTeX's string functions treat in a way of their own.
PIECES = r"""
a|B|c|D| |  |-|~|,|.|:|: |?|!|{|}|{\'e}|{\'E}|{\AA}|{\oe uvre}|{\ss}|{\i}|{\'\i}|{\"{O}}|{\noopsort{x9}}|{\LaTeX}|$x^2$
\emph{abc}|'|1|23| von | de la | Jean-Paul | and | AND |and|Anderson|{van der}|{A and B}|{\relax Ch}|{\o}|J.|K|~and~
McDonald|{}|{{}}|{{\'e}}|{ }|\'e|\|d'| Smith| Jones|{\v{S}}|{\aa}bo|X.|Ph.D.|, Jr.
""".strip().replace("\n", "|")


def bibtex(folder: Path, bib: str, style: str, cited: tuple[str, ...] = ("*",)) -> tuple[str, list[str]]:
    """The .bbl of the real program, and its warnings."""
    (folder / "refs.bib").write_text(bib, encoding="utf-8")
    lines = [
        "\\relax",
        *(f"\\citation{{{key}}}" for key in cited),
        "\\bibdata{refs}",
        f"\\bibstyle{{{style}}}",
    ]
    (folder / "job.aux").write_text("\n".join(lines) + "\n", encoding="utf-8")
    program = shutil.which("bibtex") or "bibtex"
    run = subprocess.run([program, "job"], cwd=folder, capture_output=True, check=False, timeout=60)
    said = run.stdout.decode("utf-8", "replace").splitlines()
    bbl = (folder / "job.bbl").read_text(encoding="utf-8")
    return bbl, sorted(line.removeprefix("Warning--") for line in said if line.startswith("Warning--"))


@pytest.mark.parametrize("style", STYLES)
def test_200_varied_entries(style: str, tmp_path: Path) -> None:
    need("bibtex", "kpsewhich")
    bib = VARIED.read_text(encoding="utf-8")
    expected, warnings = bibtex(tmp_path, bib, style)
    got = render_bst(bib, style)
    assert got.text == expected
    # bibtex calls a bad cross reference an error, and breaks the line of a nested one.
    ours = (item.message for item in got.warnings if item.severity is Severity.WARNING)
    assert sorted(
        text.partition(" refers to ")[0] for text in ours if not text.startswith("A bad cross reference")
    ) == [text.partition(" refers to ")[0] for text in warnings]


@pytest.mark.parametrize(
    "cited",
    [
        ("child:one", "child:two"),
        ("child:two", "child:three", "parent:2001"),
        ("child:one",),
        ("child:of:child",),
        ("child:of:child", "child:three", "child:bad"),
        ("same:c", "*", "same:a", "not:there"),
        ("MACROS", "not:there", "child:article"),
        ("book:whole", "child:book"),
    ],
)
@pytest.mark.parametrize("style", ["unsrt", "plainnat"])
def test_cited_keys_bring_their_parents(style: str, cited: tuple[str, ...], tmp_path: Path) -> None:
    need("bibtex", "kpsewhich")
    bib = VARIED.read_text(encoding="utf-8")
    assert render_bst(bib, style, cited).text == bibtex(tmp_path, bib, style, cited)[0]


def balanced(choose: random.Random, most: int) -> str:
    """Pieces in a row whose braces fit."""
    pieces = PIECES.split("|")
    while True:
        text = "".join(choose.choice(pieces) for _ in range(choose.randint(1, most)))
        depths = [text[:end].count("{") - text[:end].count("}") for end in range(len(text) + 1)]
        if min(depths) == 0 and depths[-1] == 0:
            return text


@pytest.mark.parametrize("seed", range(3))
def test_functions_on_odd_strings(seed: int, tmp_path: Path) -> None:
    need("bibtex", "kpsewhich")
    choose = random.Random(seed)
    entries = (
        f"@misc{{k{n}, s = {{{balanced(choose, 12)}}}, n = {{{balanced(choose, 9)}}}}}" for n in range(500)
    )
    bib = "\n".join(entries)
    shutil.copy(HERE / "probe.bst", tmp_path)
    assert render_bst(bib, str(HERE / "probe.bst")).text == bibtex(tmp_path, bib, "probe")[0]


BROKEN = r"""
@article{a, title = {The Title}, journal = {J {\sc x}, author = {A B}, year = 1 }
@article{b, title = {Second}, journal={JJ}, note = "x {y" z}"
@article{c, title = {Third}, journal="a } b", year = 2}
@article{d, title = {Fourth} journal = {X}}
@article{e, title = {Fifth}, author = {X Y}, journal=undefd # " x ", year = 1999}
@comment{ @article{f, title = {Sixth}, author= "X" # " and Z Z", year = 12}}
@article{A, title = {dup}}
@article{g title = {no comma}}
@article{ h , title = {twice}, title = {again}, month=jan#" 1"}
@article(i, title = {paren)} )
@string{foo = {a  b } # " c" # foo}
@misc{k, 1title={a}, note=foo, author=foo}
@misc{l, note = foo, author = {X and
 Y  },,}
@misc{m, note = foo,
@misc{n, note=12ab, title={xx}}
@misc{p, title="a {"} b", note={"}}
@ misc {q , title = {sp}}
@{r, title= {x}}
@misc{t
,title
=
{x}
#
"y   	 z"
}
@misc{v}
@misc{,title={empty key}}
@misc{x y, title={space}}
@misc{"zz", title={quote}}
@foo{zzz, title={Unk}}
@misc{last, title = {never closed
"""


@pytest.mark.parametrize("style", ["plain", "alpha"])
def test_broken_entries_are_lost_as_bibtex_loses_them(style: str, tmp_path: Path) -> None:
    need("bibtex", "kpsewhich")
    assert render_bst(BROKEN, style).text == bibtex(tmp_path, BROKEN, style)[0]
    assert any("BibTeX skips" in item.message for item in render_bst(BROKEN, style).warnings)
