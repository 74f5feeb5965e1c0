"""Keys renamed in documents: what cites is changed, what only looks like it stays, byte by byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from cite2bib.diagnostics import UsageError
from cite2bib.fix import manuscripts

KEYS = {"old": "new", "other": "another", "a:b": "c"}
CASES = {
    "paper.tex": (
        ("\\cite{old} \\citep[see][p.~2]{ x,old , other} \\textcite{old}\n% \\cite{old}\n\\verb|\\cite{old}| old \\ref{old}\n"
        "\\begin{verbatim}\n\\cite{old}\n\\end{verbatim}\n\\parencites[1]{old}[2]{a:b}\\nocite{old,\nother}\n\\label{old}\\cite{older}\n"),
        ("\\cite{new} \\citep[see][p.~2]{ x,new , another} \\textcite{new}\n% \\cite{old}\n\\verb|\\cite{old}| old \\ref{old}\n"
        "\\begin{verbatim}\n\\cite{old}\n\\end{verbatim}\n\\parencites[1]{new}[2]{c}\\nocite{new,\nanother}\n\\label{old}\\cite{older}\n"),
    ),
    "paper.md": (
        "---\ntitle: old\nnocite: |\n  @old\n---\nSee [@old, p. 3; -@other] and @old. `@old` me@old.org\n\n```\n@old\n```\n<!-- @old -->\n@{a:b}\n",
        "---\ntitle: old\nnocite: |\n  @new\n---\nSee [@new, p. 3; -@another] and @new. `@old` me@old.org\n\n```\n@old\n```\n<!-- @old -->\n@{c}\n",
    ),
    "paper.typ": (
        'See @old[p. 3] and #cite(<other>, form: "prose"). // @old\n`@old` = Head <fig> @fig\n',
        'See @new[p. 3] and #cite(<another>, form: "prose"). // @old\n`@old` = Head <fig> @fig\n',
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_only_citations_are_renamed(name: str, newline: str, encoding: str, tmp_path: Path) -> None:
    before, after = (f"Mögen\n\n{text}".replace("\n", newline).encode(encoding) for text in CASES[name])
    if "---\n" in CASES[name][0]:  # a front matter is the first thing of a text
        before, after = (text.replace("\n", newline).encode(encoding) for text in CASES[name])
    path = tmp_path / name
    path.write_bytes(before)
    assert manuscripts.renamed(path, KEYS) == (before, after)


def test_keys_that_are_exchanged_are_exchanged_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.tex"
    path.write_text("\\cite{a,b}\\cite{b}", "utf-8")
    assert manuscripts.renamed(path, {"a": "b", "b": "a"})[1] == b"\\cite{b,a}\\cite{a}"


def test_a_document_that_cites_none_of_them_is_the_same_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.tex"
    path.write_bytes(b"\\cite{x} \xff\xfe \r")
    before, after = manuscripts.renamed(path, KEYS)
    assert before == after == path.read_bytes()


def test_what_is_cited_is_found_through_inputs_and_aux_files(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "paper.tex").write_text(
        "\\input{parts/one}\n% \\input{parts/two}\n\\cite{a}\\include{gone}", "utf-8"
    )
    (tmp_path / "parts" / "one.tex").write_text("\\cite{b}\\input{parts/three.tex}\\input{paper}", "utf-8")
    (tmp_path / "parts" / "two.tex").write_text("\\cite{never}", "utf-8")
    (tmp_path / "parts" / "three.tex").write_text("\\cite{c}", "utf-8")
    (tmp_path / "main.aux").write_text("\\citation{d,e}\\@input{sub.aux}\\abx@aux@cite{0}{f}", "utf-8")
    (tmp_path / "sub.aux").write_text("\\citation{g}", "utf-8")
    found = manuscripts.cited([tmp_path / "paper.tex", tmp_path / "main.aux"])
    assert found.keys == set("abcdefg")
    assert [path.name for path in found.texts] == ["paper.tex", "one.tex", "three.tex"]
    assert not found.everything


@pytest.mark.parametrize(
    ("name", "text", "all_of_them"),
    [
        ("a.tex", "\\nocite{*}", True),
        ("a.tex", "% \\nocite{*}\n\\nocite{a}", False),
        ("a.aux", "\\citation{*}", True),
        ("a.md", "---\nnocite: '@*'\n---\n", True),
        ("a.md", "---\nnocite: |\n  @*\n---\n", True),
        ("a.md", "A list\n\n* @doe", False),
        ("a.typ", '#bibliography("refs.bib", full: true)', True),
        ("a.typ", '#bibliography("refs.bib")', False),
    ],
)
def test_whether_everything_is_cited(name: str, text: str, all_of_them: bool, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    assert manuscripts.cited([tmp_path / name]).everything == all_of_them


@pytest.mark.parametrize("name", ["gone.tex", "picture.png"])
def test_what_is_no_document_is_refused(name: str, tmp_path: Path) -> None:
    (tmp_path / "picture.png").write_bytes(b"")
    with pytest.raises(UsageError, match=name):
        manuscripts.cited([tmp_path / name])
