"""Manuscripts rendered: what takes the place of citations, where the bibliography stands, and that all else stays."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cite2bib.csl import find
from cite2bib.diagnostics import ReadError, UsageError
from cite2bib.formats import get
from cite2bib.model import Work
from cite2bib.pipeline import page, typesetting
from cite2bib.pipeline.typesetting import Wishes
from cite2bib.pipeline.weaving import Setting, weave

BIB = """\
@article{doe, title = {On things}, author = {Doe, Jane and Roe, Richard}, journal = {Journal}, pages = {1--9}, year = 2019}
@book{smith, title = {A book}, author = {Smith, John}, publisher = {Press}, year = 2004}
@article{many, title = {Of many}, author = {Abel, A. and Babel, B. and Cabel, C. and Dabel, D.}, journal = {J}, year = 1999}
@article{van, title = {Letters}, author = {van Gogh, Vincent}, journal = {J}, year = 1889}
@misc{DOI:10.1000/x, title = {By identifier}, author = {Id, I.}, year = 2001}
"""
NOTES = "chicago-notes-bibliography"


def render(folder: Path, text: str, style: str = "apa", name: str = "paper.md", **wishes: object) -> str:
    """The rendered manuscript."""
    (folder / "refs.bib").write_text(BIB, encoding="utf-8")
    (folder / name).write_bytes(text.encode())
    given = Wishes(style, bibliographies=(folder / "refs.bib",), **wishes)  # type: ignore[arg-type]
    return typesetting.render(str(folder / name), given).data.decode()


def body(folder: Path, text: str, style: str = "apa", name: str = "paper.md") -> str:
    """The same without a bibliography."""
    return (
        render(folder, f"---\nsuppress-bibliography: true\n---\n{text}", style, name)
        .partition("---\n")[2]
        .partition("---\n")[2]
    )


APA = [
    ("@doe says.", "Doe & Roe (2019) says."),
    ("@doe [p. 3]", "Doe & Roe (2019, p. 3)"),
    ("@doe [p. 3; see also @smith]", "Doe & Roe (2019, p. 3; see also Smith, 2004)"),
    ("@doe [@smith]", "Doe & Roe (2019; Smith, 2004)"),
    ("@doe [and others]", "Doe & Roe (2019, and others)"),
    ("[@smith; @doe]", "(Doe & Roe, 2019; Smith, 2004)"),
    ("[@smith; see also @doe]", "(Smith, 2004; see also Doe & Roe, 2019)"),
    ("So [-@doe] [see @doe; -@smith]", "So (2019) (see Doe & Roe, 2019; 2004)"),
    ("[see *e.g.* @doe, `x_y` $a;b$ [l](http://x.org/a_b)]", "(see *e.g.* Doe & Roe, 2019, `x_y` $a;b$ [l](http://x.org/a_b))"),
    (r"[a\_b & c\* @doe, **bold** H~2~O]", r"(a\_b & c\* Doe & Roe, 2019, **bold** H<sub>2</sub>O)"),
    ("[@doe, {p. 3, table 4}, and more]", "(Doe & Roe, 2019, p. 3, table 4, and more)"),
    ("as @many.", "as Abel et al. (1999)."),
    ("[@doe]: said he", "(Doe & Roe, 2019): said he"),
    ("@doe's", "Doe & Roe (2019)'s"),
    ("[@doi:10.1000/x] @DOI:10.1000/x.", "(doi:10.1000/x?) Id (2001)."),
    ("[@doe; @no; @smith] [@no1; @no2] @no3 [p. 3]", "(Doe & Roe, 2019; no?; Smith, 2004) (no1?; no2?) (no3?)"),
    ("[@no; @doe]", "(no?; Doe & Roe, 2019)"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), APA)
def test_citations(text: str, expected: str, tmp_path: Path) -> None:
    assert body(tmp_path, text) == expected


@pytest.mark.parametrize(
    "text",
    ["me@example.org", "`[@doe]`", "```\n[@doe]\n```", "<!-- @doe -->", "$x@doe$", "\\@doe", "see @fig-one, @tbl:two",
     "    [@doe]", "<pre>@doe</pre>", "[link](http://x.org/@doe)", "https://x.org/@doe"],
)  # fmt: skip
def test_what_is_no_citation_stays(text: str, tmp_path: Path) -> None:
    assert body(tmp_path, text) == text


@pytest.mark.parametrize(
    ("style", "text", "expected"),
    [
        ("ieee", "as @doe and [@doe, p. 3]", r"as \[1\] and \[1, p. 3\]"),
        ("nature", "text [@doe], by @smith.", "text<sup>1</sup>, by<sup>2</sup>."),
        ("modern-language-association", "@doe and @many.", "Doe and Roe and Abel et al."),
        ("modern-language-association", "@doe [p. 3]", "Doe and Roe (3)"),
    ],
)
def test_other_kinds_of_styles(style: str, text: str, expected: str, tmp_path: Path) -> None:
    assert body(tmp_path, text, style) == expected


def test_raised_numbers_in_quarto_are_pandocs(tmp_path: Path) -> None:
    assert body(tmp_path, "text [@doe; see @smith].", "nature", "paper.qmd") == "text^1,see\\ 2^."


NOTED = [
    ("So it is [@smith].", "So it is.[^cite-1]\n\n[^cite-1]: John Smith, *A Book* (Press, 2004).\n"),
    ("As @smith has it.", "As John Smith[^cite-1] has it.\n\n[^cite-1]: *A Book* (Press, 2004).\n"),
    ("It [see @smith, 3], so.", "It,[^cite-1] so.\n\n[^cite-1]: See John Smith, *A Book* (Press, 2004), 3.\n"),
    ("It [@van].", "It.[^cite-1]\n\n[^cite-1]: Vincent van Gogh, “Letters,” *J*, 1889.\n"),
    ("A [@smith] b [@smith].", "A[^cite-1] b.[^cite-2]\n\n[^cite-1]: John Smith, *A Book* (Press, 2004).\n\n[^cite-2]: Smith, *A Book*.\n"),
    ("A[^n].\n\n[^n]: [@smith, 3].", "A[^n].\n\n[^n]: John Smith, *A Book* (Press, 2004), 3."),
    ("A[^n].\n\n[^n]: See [@smith].", "A[^n].\n\n[^n]: See (John Smith, *A Book* (Press, 2004))."),
    ("A^[see @smith for it].", "A^[see John Smith, *A Book* (Press, 2004) for it]."),
    ("A^[So @van].", "A^[So Vincent van Gogh, “Letters,” *J*, 1889]."),
    ("A [@van] b^[So @van].", "A[^cite-1] b^[So van Gogh, “Letters”].\n\n[^cite-1]: Vincent van Gogh, “Letters,” *J*, 1889.\n"),
    ("A [@no].", "A (no?)."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), NOTED)
def test_styles_of_notes(text: str, expected: str, tmp_path: Path) -> None:
    assert body(tmp_path, text, NOTES) == expected


def test_notes_are_counted_as_they_are_read(tmp_path: Path) -> None:
    # The footnote's text stands last, but it is read first.
    text = "First[^n] and second [@smith].\n\n[^n]: [@smith].\n"
    assert body(tmp_path, text, NOTES) == (
        "First[^n] and second.[^cite-1]\n\n[^n]: John Smith, *A Book* (Press, 2004).\n\n[^cite-1]: Smith, *A Book*.\n"
    )


def test_new_notes_have_labels_of_their_own(tmp_path: Path) -> None:
    text = "A[^cite-1] and [@smith].\n\n[^cite-1]: Mine.\n"
    assert "[^cite-new-1]: John Smith" in body(tmp_path, text, NOTES)


def test_notes_stay_before_punctuation_where_asked(tmp_path: Path) -> None:
    text = "---\nnotes-after-punctuation: false\nsuppress-bibliography: true\n---\nIt [@smith]."
    assert "\nIt[^cite-1].\n" in render(tmp_path, text, NOTES)


SMITH = "Smith, J. (2004). *A book*. Press."
PLACES = [
    ("[@smith]\n\n# References\n\n# Appendix\n\nx\n", f"(Smith, 2004)\n\n# References\n\n{SMITH}\n\n# Appendix\n\nx\n"),
    ("[@smith]\n\n# Literatur {.unnumbered}\n", f"(Smith, 2004)\n\n# Literatur {{.unnumbered}}\n\n{SMITH}\n"),
    ("[@smith]\n\nReferences\n----------\n\nBelow:\n", f"(Smith, 2004)\n\nReferences\n----------\n\nBelow:\n\n{SMITH}\n"),
    ("# References\n\n::: {#refs}\n:::\n\n[@smith]\n", f"# References\n\n::: {{#refs}}\n\n{SMITH}\n\n:::\n\n(Smith, 2004)\n"),
    ('<div id="refs"></div>\n\n[@smith]\n', f'<div id="refs">\n\n{SMITH}\n\n</div>\n\n(Smith, 2004)\n'),
    ("[@smith]", f"(Smith, 2004)\n\n{SMITH}\n"),
    ("```\n# References\n```\n\n[@smith]\n", f"```\n# References\n```\n\n(Smith, 2004)\n\n{SMITH}\n"),
    ("---\nreference-section-title: Works\n---\n[@smith]\n",
     f"---\nreference-section-title: Works\n---\n(Smith, 2004)\n\n# Works\n\n{SMITH}\n"),
    ("No citation.\n", "No citation.\n"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), PLACES)
def test_where_the_bibliography_stands(text: str, expected: str, tmp_path: Path) -> None:
    assert render(tmp_path, text) == expected


def test_front_matter_is_honoured(tmp_path: Path) -> None:
    (tmp_path / "own.bib").write_text(BIB)
    (tmp_path / "paper.md").write_text(
        "---\nbibliography: own.bib\ncsl: https://www.zotero.org/styles/apa\nlang: de-DE\nlink-citations: true\n"
        "nocite: '@van'\nreferences:\n- id: in\n  type: book\n  title: Inner\n  author: [{family: In, given: I.}]\n---\n"
        "[@smith, S. 3] [@in]\n"
    )
    text = typesetting.render(str(tmp_path / "paper.md"), Wishes()).data.decode().partition("\n---\n")[2]
    assert text.startswith("([Smith, 2004, S. 3](#ref-smith)) ([In, o.\u00a0J.](#ref-in))")
    assert '<span id="ref-van"></span>van Gogh' in text


def test_an_abstract_is_text_where_it_is_a_block(tmp_path: Path) -> None:
    front = "---\nabstract: |\n  As [@smith] has it.\n\n  And @doe.\nother: '[@van]'\n---\n"
    assert render(tmp_path, front).startswith(
        "---\nabstract: |\n  As (Smith, 2004) has it.\n\n  And Doe & Roe (2019).\nother: '[@van]'\n---\n"
    )


def test_words_for_two_places_are_pages(tmp_path: Path) -> None:
    found = render(tmp_path, "[@smith, p. 3]", "chicago-author-date", lang="pt-BR")
    assert found.startswith("(Smith 2004, 3)")


def test_a_number_that_begins_a_paragraph_makes_no_list(tmp_path: Path) -> None:
    assert body(tmp_path, "[-@doe] says", "apa") == r"\(2019) says"
    assert body(tmp_path, "[-@doe], that", "apa") == "(2019), that"


def test_all_works_are_listed_on_request(tmp_path: Path) -> None:
    assert render(tmp_path, "---\nnocite: |\n  @*\n---\nText.\n").count("\n\n") == 5


def test_keys_of_other_languages_for_locators(tmp_path: Path) -> None:
    assert "Kapitel 2" in render(tmp_path, "[@smith, Kap. 2]", lang="de-DE")
    assert "kap. 2" in render(tmp_path, "[@smith, kap. 2]", "chicago-author-date", lang="sv-SE")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_bytes_stay(encoding: str, tmp_path: Path) -> None:
    text = "Schön\r\n\r\nist [@smith].  \r\nUnd\t`@so`\r\n"
    (tmp_path / "refs.bib").write_text(BIB)
    (tmp_path / "paper.md").write_bytes(text.encode(encoding))
    wishes = Wishes("ieee", bibliographies=(tmp_path / "refs.bib",))
    done = typesetting.render(str(tmp_path / "paper.md"), wishes).data
    start = text.replace("[@smith]", r"\[1\]")
    assert done.startswith(start.encode(encoding))
    assert done.decode(encoding).count("\n") == done.decode(encoding).count("\r\n")


PIECES = st.sampled_from(
    [
        "Words. ",
        "`code` ",
        "a@b.org ",
        "\n\n# Head\n\n",
        "*x* ",
        "- item\n",
        "\n```\n@doe\n```\n",
        "é\r\n",
        "$5 ",
    ]
)
CITES = st.sampled_from(["[@doe]", "@smith", "[see @doe, p. 3; @no]", "[-@many]", "@no"])


@cache
def _setting(style: str) -> Setting:
    return Setting(find.load(find.find(style)), bibliography=False)


@cache
def _works() -> dict[str, Work]:
    return {work.id: work for work in get("bibtex").read(BIB.encode(), "refs.bib").works}


def woven(text: str, style: str) -> str:
    return weave(text, "paper.md", _works(), _setting(style)).text


@settings(deadline=None)
@given(st.lists(st.one_of(PIECES, CITES), max_size=12), st.sampled_from(["apa", "ieee"]))
def test_every_other_byte_stays(pieces: list[str], style: str) -> None:
    """What was not cited is there, in its order, and nothing that was cited is left."""
    done = woven(" ".join(pieces), style)
    place = 0
    for piece in pieces:
        if piece.startswith(("[", "@")):
            continue
        place = done.find(piece.strip(" "), place)
        assert place >= 0, piece
        place += len(piece.strip(" "))
    assert woven(done, style) == done


@settings(deadline=None)
@given(st.text(alphabet='@[]{};-doe:/.\\`~<>() \n%"^*_$#sn', max_size=80))
def test_no_text_is_too_odd(text: str) -> None:
    for style in ("apa", NOTES):
        done = woven(text, style)
        assert ("@" in text) or done == text
    page.page(woven(text, "apa"), {})
    weave(text, "paper.html", _works(), replace(_setting("apa"), html=True, bibliography=True))


def test_html(tmp_path: Path) -> None:
    text = '<html lang="de"><body><p title="@doe">[@smith, S.&nbsp;3; <i>vgl.</i> @doe] <code>@doe</code></p>\n<h2>Literatur</h2>\n</body></html>'
    text = render(tmp_path, text, name="paper.html")
    assert (
        '<p title="@doe">(Smith, 2004, S. 3; <i>vgl.</i> Doe &amp; Roe, 2019) <code>@doe</code></p>' in text
    )
    assert text.index("<h2>") < text.index('id="ref-doe"') < text.index("</body>")


def test_a_page(tmp_path: Path) -> None:
    text = "---\ntitle: A & B\nlang: en\n---\nAs @doe say[^1].\n\n[^1]: A *note*.\n\n::: {#refs}\n:::\n\n::: warning\nMind $a < b$.\n:::\n"
    made = render(tmp_path, text, page=True)
    assert "<title>A &amp; B</title>" in made
    assert "<p>As Doe &amp; Roe (2019) say<sup" in made
    assert '<div id="refs">\n<p>Doe, J.' in made
    assert '<div class="warning">' in made
    assert r"\(a &lt; b\)" in made
    assert "A <em>note</em>" in made


def test_signs_of_a_page(tmp_path: Path) -> None:
    made = render(
        tmp_path, '(c) "So" -- it is---... [@doe, pp. 1--2] `a--b` <http://x.org/a--b>\n', page=True
    )
    assert "(c) “So” – it is—… (Doe &amp; Roe, 2019, pp. 1–2) <code>a--b</code>" in made
    assert 'href="http://x.org/a--b">http://x.org/a--b</a>' in made


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [("a.md", "[@x]", True), ("a.md", "- [A paper](http://x.org) by @someone\n", False), ("a.md", "plain", False),
     ("a.md", "---\nbibliography: x.bib\n---\n", True), ("a.html", "<p>[@x]</p>", True), ("a.html", "<p>me@x.org</p>", False),
     ("a.txt", "[@x]", False), ("a.tex", "no cites", False)],
)  # fmt: skip
def test_what_is_a_manuscript(name: str, text: str, expected: bool, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text)
    assert typesetting.is_manuscript(str(tmp_path / name), bibliography=False) is expected


def test_what_cannot_be_rendered_says_what_can(tmp_path: Path) -> None:
    for name, text, word in (
        ("a.tex", r"\cite{x}", "latexmk"),
        ("a.typ", "@x", "typst"),
        ("a.ipynb", "{}", "quarto"),
    ):
        (tmp_path / name).write_text(text)
        with pytest.raises(UsageError, match=word):
            typesetting.is_manuscript(str(tmp_path / name), bibliography=True)
    (tmp_path / "a.md").write_text("---\nbibliography: gone.bib\n---\n@a")
    with pytest.raises(ReadError, match="bibliography can't be read"):
        typesetting.render(str(tmp_path / "a.md"), Wishes())
