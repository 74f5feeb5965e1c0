"""Citations in the sources of texts: what is one, what it says, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cite2bib.documents import registry
from cite2bib.extract.cited import citations, cited, cluster, identifier, keys, works


def said(text: str, path: str) -> list[tuple[str, str, list[tuple[str, ...]]]]:
    return [
        (
            text[item.start : item.end],
            item.form,
            [(cite.key, cite.prefix, cite.label, cite.locator, cite.suffix) for cite in item.cites],
        )
        for item in citations(text, path)
    ]


PANDOC = [
    ("[@doe]", "parenthetical", [("doe", "", "", "", "")]),
    ("[see @doe99, pp. 33-35; also @smith04, chap. 1]", "parenthetical",
     [("doe99", "see", "page", "33-35", ""), ("smith04", "also", "chapter", "1", "")]),
    ("[@smith{ii}, 5]", "parenthetical", [("smith", "", "page", "ii", ", 5")]),
    ("[@b, {pp. iv, vi}, and more]", "parenthetical", [("b", "", "page", "iv, vi", ", and more")]),
    ("@foo_2000 [p. 3]", "narrative", [("foo_2000", "", "page", "3", "")]),
    ("@{doi:10.1002/(sici)1097}", "narrative", [("doi:10.1002/(sici)1097", "", "", "", "")]),
    ("@doi:10.1145/3290605.3300233", "narrative", [("doi:10.1145/3290605.3300233", "", "", "", "")]),
]  # fmt: skip


@pytest.mark.parametrize("expected", PANDOC, ids=lambda case: case[0])
def test_pandoc(expected: tuple[str, str, list[tuple[str, ...]]]) -> None:
    assert said(f"As {expected[0]}. So.", "paper.md") == [expected]


@pytest.mark.parametrize(
    "text",
    ["mail me@example.org", "`@code`", "\\@escaped", "```\n@code\n```", "~~~ {.r}\n@code\n~~~", "<!-- @no -->",
     "[x](http://a.org/@user)", "https://medium.com/@user/story", "<mailto:a@b.org>", "see @fig-one and [@tbl:two]",
     "---\ntitle: a@b\nauthor: '@handle'\n---\n"],
)  # fmt: skip
def test_pandoc_leaves_alone(text: str) -> None:
    assert said(text, "paper.md") == []


def test_pandoc_suppressed_authors_and_nocite() -> None:
    text = "---\nnocite: |\n  @a, @b\n---\nAs -@c and [-@d]."
    assert [item.key for item in keys(text, "a.qmd")] == ["a", "b", "c", "d"]
    found = [(item.form, cite.suppress_author) for item in citations(text, "a.qmd") for cite in item.cites]
    assert found == [("silent", False), ("silent", False), ("narrative", False), ("parenthetical", True)]


LATEX = [
    (r"\cite{a}", "parenthetical", [("a", "", "", "", "")]),
    (
        r"\citep[see][pp.~33--35]{a, b}",
        "parenthetical",
        [("a", "see", "", "", ""), ("b", "", "page", "33–35", "")],
    ),
    (r"\citet*[Chapter~3]{a}", "narrative", [("a", "", "chapter", "3", "")]),
    (
        r"\cites[12]{k1}[see][3]{k2}",
        "parenthetical",
        [("k1", "", "page", "12", ""), ("k2", "see", "page", "3", "")],
    ),
    ("\\parencite{%\n  m1,\n  m2}", "parenthetical", [("m1", "", "", "", ""), ("m2", "", "", "", "")]),
    (r"\footcite{f}", "note", [("f", "", "", "", "")]),
    (r"\nocite{z}", "silent", [("z", "", "", "", "")]),
    (r"\cite{doi:10.1145/3290605}", "parenthetical", [("doi:10.1145/3290605", "", "", "", "")]),
]


@pytest.mark.parametrize("expected", LATEX, ids=lambda case: case[0])
def test_latex(expected: tuple[str, str, list[tuple[str, ...]]]) -> None:
    assert said(f"As {expected[0]}. So.", "paper.tex") == [expected]


FURTHER = [
    (r"\newcommand{\rc}[1]{Ref.~\cite{#1}} \rc{a,b}", ["a", "b"]),
    (r"\newcommand\oc[2][]{\citep[#1]{#2}} \oc[p. 3]{c} \oc{d}", ["c", "d"]),
    (r"\def\mycite#1{\cite{#1}} \mycite{e}", ["e"]),
    (r"\volcite{2}[p. 3]{f} \volcite[see]{2}{g} \Volcites{1}{h}{2}[3]{i}", ["f", "g", "h", "i"]),
    (r"\bibentry{j} \cite<see>[p. 3]{k} \citefield{l}{title}", ["j", "k", "l"]),
    (r"\textcquote[p. 3]{m}{quoted} \foreigntextcquote{german}[p. 2]{n}{zitat}", ["m", "n"]),
    (r"\cite [see \} x][p. 2] {o} \\% \cite{no}", ["o"]),
    ("\\lstinline{\\cite{no}} \\cites(pre)(post)[1]{q}{r}", ["q", "r"]),
    ("\\cite{v , w,\r\nx}", ["v", "w", "x"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FURTHER, ids=lambda case: str(case)[:20])
def test_latex_further_commands(text: str, expected: list[str]) -> None:
    assert [item.key for item in keys(text, "a.tex")] == expected


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("path", ["a.tex", "a.md", "a.typ"])
def test_lines_and_columns_with_all_line_ends(path: str, end: str) -> None:
    text = end.join(["```", "@no", "```", "", "As @a says"])
    if path == "a.tex":
        text = end.join(["% \\cite{no}", "", "As \\cite{a} says"])
    (found,) = keys(text, path)
    assert (found.key, found.line, found.column) == ("a", text.count(end) + 1, 10 if path == "a.tex" else 5)


def test_labels_of_other_files_are_no_citations_in_typst() -> None:
    from cite2bib.documents.citing import typst

    assert typst.labels("= Intro <intro>") == {"intro"}
    assert [item.cites[0].key for item in typst.find("@intro @key", {"intro"})] == ["key"]


@pytest.mark.parametrize(
    "text",
    [r"% \cite{no}", r"\newcommand{\x}[1]{\cite{#1}}", r"\verb|\cite{no}|", r"\setcitestyle{round}", r"\nocite{*}",
     r"\begin{verbatim}\cite{no}\end{verbatim}", r"\begin{lstlisting}\cite{no}\end{lstlisting}", r"\citecolor{red}",
     r"\iffalse \cite{no} \fi", r"\end{document} \cite{no}"],
)  # fmt: skip
def test_latex_leaves_alone(text: str) -> None:
    assert said(text, "paper.tex") == []


def test_typst() -> None:
    text = '= T <intro>\n@intro @netwok[p. 3] #cite(<d>, supplement: [ch. 2], form: "prose") a@b.c // @no\n`@no` #cite(label("DBLP:x/Y")) @arxiv:2303.12712.'
    assert said(text, "paper.typ") == [
        ("@netwok[p. 3]", "parenthetical", [("netwok", "", "page", "3", "")]),
        ('#cite(<d>, supplement: [ch. 2], form: "prose")', "narrative", [("d", "", "chapter", "2", "")]),
        ('#cite(label("DBLP:x/Y"))', "parenthetical", [("DBLP:x/Y", "", "", "", "")]),
        ("@arxiv:2303.12712", "parenthetical", [("arxiv:2303.12712", "", "", "", "")]),
    ]


@pytest.mark.parametrize("path", ["paper.tex", "paper.md", "paper.qmd", "paper.typ"])
def test_documents_know_what_they_cite(path: str) -> None:
    text = {
        ".tex": "\\section{A}\n\\cite{doi:10.1145/3290605} and \\cite{knuth84}",
        ".typ": "= A\n@doi:10.1145/3290605 and @knuth84",
    }.get(path[-4:], "# A\n[@doi:10.1145/3290605; @knuth84]")
    document = (
        registry.get({".tex": "tex", ".typ": "typst"}.get(path[-4:], "markdown"))
        .read(text.encode(), path)
        .document
    )
    assert [(item.key, item.line) for item in cited(document)] == [("doi:10.1145/3290605", 2), ("knuth84", 2)]
    assert [(work.id, work.text("DOI")) for work in works(document)] == [
        ("doi:10.1145/3290605", "10.1145/3290605")
    ]


@pytest.mark.parametrize(
    ("key", "found"),
    [("doi:10.1145/3290605", ("DOI", "10.1145/3290605")), ("arXiv:2303.12712v2", ("arxiv", "2303.12712")),
     ("https://doi.org/10.1145/3290605", ("DOI", "10.1145/3290605")), ("pmid:12345678", ("PMID", "12345678")),
     ("isbn:9783161484100", ("ISBN", "9783161484100")), ("10.1145/3290605", ("DOI", "10.1145/3290605")),
     ("url:https://arxiv.org/abs/2303.12712", ("arxiv", "2303.12712")), ("2303.12712v2", ("arxiv", "2303.12712")),
     ("url:https://example.org/a?b=c", ("URL", "https://example.org/a?b=c")), ("pmc:PMC1234567", ("PMCID", "PMC1234567")),
     ("doi.org/10.1145/3290605", ("DOI", "10.1145/3290605")),
     ("knuth84", None), ("doi:nonsense", None), ("fig:one", None)],
)  # fmt: skip
def test_identifiers_as_keys(key: str, found: tuple[str, str] | None) -> None:
    assert identifier(key) == found


def test_clusters_for_the_engine() -> None:
    (one,) = citations("[see -@a, p. 3 and more]", "x.md")
    (cite,) = cluster(one).cites
    assert (cite.id, cite.prefix, cite.label, cite.locator, cite.suffix) == (
        "a",
        "see ",
        "page",
        "3",
        " and more",
    )
    assert cite.suppress_author


@given(
    st.text(alphabet='@[]{};-ab1:/.\\`~<>() \n%"cite', max_size=120),
    st.sampled_from(["x.md", "x.tex", "x.typ"]),
)
def test_spans_never_overlap_and_hold_their_keys(text: str, path: str) -> None:
    last = 0
    for item in citations(text, path):
        assert last <= item.start < item.end <= len(text)
        last = item.end
        for cite in item.cites:
            assert item.start <= cite.start < cite.end <= item.end
            assert text[cite.start : cite.end] == cite.key


@pytest.mark.parametrize(
    "piece", ["\\begin{verbatim}x", "\\iffalse x", "\\cite[", "{", "^[", "<pre>", "[@a;", "`", "$a", "(@a)"]
)
@pytest.mark.parametrize("path", ["x.md", "x.tex", "x.typ"])
def test_what_is_never_closed_costs_no_more(piece: str, path: str) -> None:
    """Twice the text takes about twice the steps; what would take the square of them never ended here."""
    from cite2bib.documents.citing import notes

    keys(piece * 20_000, path)
    notes.notes(piece * 20_000)


def test_hidden_stretches_that_are_never_closed_hide_nothing() -> None:
    assert [
        item.key for item in keys(r"\newcommand{\bv}{\begin{verbatim}} \cite{a} \iffalse \cite{b}", "x.tex")
    ] == ["a", "b"]
