"""A .bbl as text and HTML: labels, layout, and what classes would format."""

from __future__ import annotations

import pytest

from cite2bib.pipeline import bbl


def entry(body: str, label: str = "") -> str:
    return f"\\begin{{thebibliography}}{{9}}\n\n\\bibitem{label}{{key}}\n{body}\n\n\\end{{thebibliography}}\n"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ('K.~G{\\"o}del.\n\\newblock {\\em On {F}orm}, 1931.', "K. Gödel. On Form, 1931."),
        ("A. \\hskip 1em plus 0.5em minus 0.4em\\relax Paris: B", "A. Paris: B"),
        ("\\bysame, B", "———, B"),
        ("\\leavevmode\\vrule height 2pt depth -1.6pt width 23pt, B", "———, B"),
        ("\\bibinfo{year}{2001}. \\showarticletitle{{A} b}. \\bibinfo{pages}{3}.", "2001. A b. 3."),
        (
            (
                "\\BibitemOpen\n\\bibfield {author} {\\bibinfo {author} {\\bibfnamefont {A.}~\\bibnamefont {B}},\\ }%\n"
                "\\bibinfo {year} {2001}\\BibitemShut {NoStop}%\n"
            ),
            "A. B, 2001",
        ),
        ("1990{\\natexlab{a}}.", "1990a."),
        ("100\\% of it", "100% of it"),
        ("\\char34 x", '"x'),
    ],
)
def test_text(body: str, text: str) -> None:
    assert bbl.to_text(entry(body)) == f"[1] {text}\n"


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("[Knu84]", "Knu84"),
        ("[KL{\\etalchar{+}}84]", "KL+84"),
        ("[Doe et~al.(2020)Doe, Roe, and Poe]", "Doe et al., 2020"),
        ("[{{\\c C}elebi(2019)}]", "Çelebi, 2019"),
        ("[{\\c C}elebi et~al.(2019){\\c C}elebi and {X}]", "Çelebi et al., 2019"),
        ("[Knu([1843] 1959)]", "Knu, [1843] 1959"),
    ],
)
def test_labels(label: str, shown: str) -> None:
    assert bbl.to_text(entry("T.", label)) == f"[{shown}] T.\n"


def test_html_is_escaped_and_keeps_italics() -> None:
    html = bbl.to_html(entry("{\\em A \\& B} <c>"))
    assert '<dt id="ref-key">[1]</dt>' in html
    assert "<dd><i>A &amp; B</i> &lt;c&gt;</dd>" in html
