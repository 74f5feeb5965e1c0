"""Bringing a .bib up to what manuscripts cite: what is added, what stays, and what the programs make of it."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cite2bib.diagnostics import ReadError, Severity, UsageError
from cite2bib.formats.bibtex import copying, keyrules, syntax
from cite2bib.pipeline import looking, manuscripts, syncing

RECORDS = """\
@article{one, title = {A first work}, author = {Doe, Jane}, journal = {Journal}, year = 2019, doi = {10.1145/3290605}}
@article{two, title = {A second work}, author = {Roe, Max}, journal = {Journal}, year = 2020,
  doi = {10.1002/(SICI)1097-0258(1998)17:15/16<1661::AID-SIM968>3.0.CO;2-2}}
@misc{three, title = {A third work}, author = {Poe, Eve}, year = 2023, eprint = {2303.12712}, archiveprefix = {arXiv}}
@book{four, title = {A fourth work}, author = {Coe, Ann}, publisher = {Press}, year = 1984, isbn = {978-0-201-13448-3}}
@article{five, title = {A fifth work}, author = {Low, Kim}, journal = {Journal}, year = 2021, pmid = {12345678}}
@misc{six, title = {A sixth work}, author = {Poe, Eve}, year = 2023, url = {https://www.example.org/page/}}
"""
SICI = "doi:10.1002/(SICI)1097-0258(1998)17:15/16<1661::AID-SIM968>3.0.CO;2-2"


def synced(folder: Path, *names: str, library: str = RECORDS, dialect: str = "") -> tuple[str, list[str]]:
    """The .bib after a run without a network, and what is told."""
    (folder / "library.bib").write_text(library, encoding="utf-8")
    refs = folder / "refs.bib"
    read = [manuscripts.read(str(folder / name)) for name in names]
    plan = syncing.plan(read, refs, refs.read_bytes() if refs.exists() else b"", dialect=dialect)
    start = syncing.from_libraries(plan, [folder / "library.bib"])
    outcome = looking.resolve(
        syncing.asked(plan, start.copied),
        libraries=[folder / "library.bib"],
        network=looking.Network(),
        joined=False,
    )
    filled = syncing.fill(plan, start, [found for item in outcome.items for found in item.resolutions])
    refs.write_bytes(filled.data)
    return filled.data.decode(), [str(line).replace(f"{folder}/", "") for line in filled.diagnostics]


def keys(text: str) -> list[str]:
    return [block.key for block in syntax.read(text.encode()).entries()]


CITED = [
    "doi:10.1145/3290605", "https://doi.org/10.1145/3290605", "arxiv:2303.12712", "arXiv:2303.12712v2", "isbn:0-201-13448-9",
    "isbn:9780201134483", "pmid:12345678", "url:https://example.org/page",
]  # fmt: skip


@pytest.mark.parametrize("key", CITED)
@pytest.mark.parametrize("name", ["paper.tex", "paper.md", "paper.typ"])
def test_identifiers_get_entries_under_the_very_key(key: str, name: str, tmp_path: Path) -> None:
    written = {
        "paper.tex": f"\\cite{{{key}}}",
        "paper.md": f"[@{{{key}}}]",
        "paper.typ": f'#cite(label("{key}"))',
    }
    (tmp_path / name).write_text(written[name])
    text, told = synced(tmp_path, name)
    assert (keys(text), told) == ([key], [])
    assert synced(tmp_path, name) == (text, [])


def test_what_is_there_stays_byte_for_byte(tmp_path: Path) -> None:
    held = "\ufeff% mine\r\n@Book{a,title={Ünique},,year=1999}\r\n@misc{broken\r\n".encode()
    (tmp_path / "refs.bib").write_bytes(held)
    (tmp_path / "paper.md").write_text("[@a; @doi:10.1145/3290605; @one]")
    text, told = synced(tmp_path, "paper.md")
    assert text.encode().startswith(held)
    assert text.count("\n") == text.count("\r\n")
    assert told[0].startswith("paper.md:1:7: doi:10.1145/3290605 is the work that one is")


def test_old_encodings_are_kept(tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_bytes("@misc{a, title={Schön}}\n".encode("latin-1"))
    (tmp_path / "library.bib").write_text("")
    (tmp_path / "paper.md").write_text("@b")
    read = [manuscripts.read(str(tmp_path / "paper.md"))]
    plan = syncing.plan(read, tmp_path / "refs.bib", (tmp_path / "refs.bib").read_bytes())
    (tmp_path / "library.bib").write_text("@misc{b, title={Größe für ł}}", encoding="utf-8")
    filled = syncing.from_libraries(plan, [tmp_path / "library.bib"])
    assert filled.data.decode("latin-1").splitlines()[0] == "@misc{a, title={Schön}}"
    assert "Größe für" in filled.data.decode("latin-1")


def test_missing_names_are_told_with_places_and_near_ones(tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text("@misc{knuth1984, title={T}}")
    (tmp_path / "paper.md").write_text("# A\n\nAs @Knuth1984 and [@knuth84; @wholly-other], again @knuth84.")
    text, told = synced(tmp_path, "paper.md", library="")
    assert text == "@misc{knuth1984, title={T}}"
    assert told == [
        "paper.md:3:5: Knuth1984 has no entry; is knuth1984 meant?",
        "paper.md:3:21: knuth84 has no entry (and 1 more); is knuth1984 meant?",
        "paper.md:3:31: wholly-other has no entry",
    ]


def test_bibtex_takes_keys_of_other_case_for_the_same(tmp_path: Path) -> None:
    (tmp_path / "refs.bib").write_text("@misc{DOI:10.1145/3290605, title={T}}")
    (tmp_path / "paper.tex").write_text(r"\cite{doi:10.1145/3290605}")
    (tmp_path / "paper.md").write_text("@doi:10.1145/3290605")
    assert "BibTeX takes it for DOI:10.1145/3290605" in synced(tmp_path, "paper.tex")[1][0]
    assert len(keys(synced(tmp_path, "paper.md")[0])) == 2


def test_a_manuscript_is_read_with_its_parts(tmp_path: Path) -> None:
    (tmp_path / "parts").mkdir()
    (tmp_path / "main.tex").write_text(
        "\\newcommand{\\rc}[1]{Ref.~\\cite{#1}}\n\\input{parts/a}\\include{parts/gone}\n% \\input{parts/no}\n"
        "\\import{parts/}{c}\n\\bibitem{own}\\cite{own}"
    )
    (tmp_path / "parts/a.tex").write_text("\\rc{in-a}\\input{parts/b.tex}\\input{main}")
    (tmp_path / "parts/b.tex").write_text("\\cite{in-b}")
    (tmp_path / "parts/c.tex").write_text("\\cite{in-c}")
    found = manuscripts.read(str(tmp_path / "main.tex"))
    assert {key for key, _ in found.keys} == {"in-a", "in-b", "in-c", "own"}
    assert found.own == {"own"}
    assert [line.message for line in found.diagnostics] == [
        "parts/gone is not there: what it cites is not known"
    ]


def test_parts_of_quarto_and_typst(tmp_path: Path) -> None:
    (tmp_path / "_part.qmd").write_text("[@in-part]")
    (tmp_path / "main.qmd").write_text(
        "---\nbibliography: [a.bib, b.json]\n---\n{{< include _part.qmd >}} @own"
    )
    found = manuscripts.read(str(tmp_path / "main.qmd"))
    assert [key for key, _ in found.keys] == ["own", "in-part"]
    assert [path.name for path in found.bibliographies] == ["a.bib", "b.json"]
    (tmp_path / "part.typ").write_text("= Two <two>\n@one @key")
    (tmp_path / "main.typ").write_text('#bibliography("works.bib")\n#include "part.typ"\n= One <one>\n@two')
    found = manuscripts.read(str(tmp_path / "main.typ"))
    assert [key for key, _ in found.keys] == ["key"]


def test_a_quarto_project_names_the_bibliography(tmp_path: Path) -> None:
    (tmp_path / "_quarto.yml").write_text(
        "project:\n  type: book\nbibliography: refs.bib\ncsl: ieee\nlang: de\n"
    )
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts/one.qmd").write_text("---\nlang: fr\n---\n[@a]")
    found = manuscripts.read(str(tmp_path / "parts/one.qmd"))
    assert syncing.target([found]).resolve() == (tmp_path / "refs.bib").resolve()
    assert (found.front["lang"], found.front["csl"]) == ("fr", "ieee")


def test_other_bibliographies_of_a_manuscript_count(tmp_path: Path) -> None:
    (tmp_path / "paper.tex").write_text(r"\cite{a,b,c}\bibliography{refs,other}")
    (tmp_path / "other.bib").write_text("@misc{b, title={B}}")
    assert [line.partition(" has")[0] for line in synced(tmp_path, "paper.tex")[1]] == [
        "paper.tex:1:7: a",
        "paper.tex:1:11: c",
    ]
    (tmp_path / "paper.md").write_text("---\nreferences:\n- id: a\n  title: A\n---\n@a")
    assert synced(tmp_path, "paper.md") == ("", [])


def test_unused_entries_are_named_unless_others_need_them(tmp_path: Path) -> None:
    bib = b"@inproceedings{a, crossref={p}}@proceedings{p,}@misc{u,}@misc{i, ids={alias}}"
    (tmp_path / "paper.tex").write_text(r"\usepackage{biblatex}\cite{a,alias}")
    read = manuscripts.read(str(tmp_path / "paper.tex"))
    assert syncing.plan([read], tmp_path / "refs.bib", bib).unused == ("u",)
    (tmp_path / "paper.tex").write_text(r"\nocite{*}")
    assert (
        syncing.plan([manuscripts.read(str(tmp_path / "paper.tex"))], tmp_path / "refs.bib", bib).unused == ()
    )


def test_copies_bring_strings_and_parents_along(tmp_path: Path) -> None:
    library = "@string{a = {A}}@string{ab = a # {B}}@misc{p, title={P}}@misc{x, crossref={p}, note = ab, month = jan}"
    (tmp_path / "paper.md").write_text("@x")
    text, told = synced(tmp_path, "paper.md", library=library)
    assert (
        text
        == "@string{a = {A}}\n\n@string{ab = a # {B}}\n\n@misc{x, crossref={p}, note = ab, month = jan}\n\n@misc{p, title={P}}\n"
    )
    assert told == []
    clash = copying.copied(syntax.read(library.encode()), ["x"], syntax.read(b"@string{A = {other}}"))
    assert (clash.keys, clash.clashes) == ((), (("x", "a"),))


def test_which_dialect(tmp_path: Path) -> None:
    (tmp_path / "one.tex").write_text(r"\cite{pmid:12345678}")
    assert "journal " in synced(tmp_path, "one.tex")[0]
    (tmp_path / "refs.bib").unlink()
    (tmp_path / "two.tex").write_text(r"\usepackage[style=apa]{biblatex}\cite{pmid:12345678}")
    assert "journaltitle" in synced(tmp_path, "two.tex")[0]
    (tmp_path / "refs.bib").write_text("@online{o, date={2020}}")
    assert "journaltitle" in synced(tmp_path, "one.tex")[0]


def test_keys_that_a_program_refuses_are_told(tmp_path: Path) -> None:
    (tmp_path / "paper.md").write_text(f"[@{{{SICI}}}]")
    text, told = synced(tmp_path, "paper.md")
    assert text == ""
    assert told == [
        f"paper.md:1:4: {SICI} has no entry; pandoc takes no < > in a key of a .bib: cite it by a name of your own"
    ]


def test_escaped_keys_are_told(tmp_path: Path) -> None:
    (tmp_path / "paper.tex").write_text(r"\cite{doi:10.1007/978-3-030\_13}")
    assert "a key takes no backslash" in synced(tmp_path, "paper.tex")[1][0]


def test_wrong_targets(tmp_path: Path) -> None:
    (tmp_path / "paper.md").write_text("@a")
    with pytest.raises(UsageError, match="name none"):
        syncing.target([manuscripts.read(str(tmp_path / "paper.md"))])
    with pytest.raises(UsageError, match=r"keeps a \.bib"):
        syncing.check_target(tmp_path / "refs.json")
    with pytest.raises(ReadError, match="can't be read"):
        manuscripts.read(str(tmp_path / "gone.md"))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["one", "two", "three", "doi:10.1145/3290605", "no", SICI]), max_size=8),
    st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"]), max_size=60),
)
def test_twice_is_once(tmp_path_factory: pytest.TempPathFactory, cited: list[str], held: str) -> None:
    folder = tmp_path_factory.mktemp("sync")
    before = held.encode()
    (folder / "refs.bib").write_bytes(before)
    (folder / "paper.tex").write_text("".join(f"\\cite{{{key}}}" for key in cited))
    text, _ = synced(folder, "paper.tex")
    assert text.encode("utf-8").startswith(before)
    assert synced(folder, "paper.tex")[0] == text


needs_latex = pytest.mark.skipif(
    not all(map(shutil.which, ("pdflatex", "bibtex", "biber"))),
    reason="pdflatex, bibtex and biber are not installed",
)


@needs_latex
@pytest.mark.parametrize("program", ["bibtex", "biber"])
def test_latex_finds_every_key(program: str, tmp_path: Path) -> None:
    cited = ",".join([SICI, *CITED])
    foot = r"\bibliographystyle{plain}\bibliography{refs}" if program == "bibtex" else r"\printbibliography"
    head = r"\usepackage{biblatex}\addbibresource{refs.bib}" if program == "biber" else ""
    (tmp_path / "paper.tex").write_text(
        rf"\documentclass{{article}}\usepackage[T1]{{fontenc}}{head}\begin{{document}}\cite{{{cited}}}{foot}\end{{document}}"
    )
    _, told = synced(tmp_path, "paper.tex")
    assert all("listed twice" in line for line in told)
    for command in (
        ["pdflatex", "-interaction=nonstopmode"],
        [program],
        *[["pdflatex", "-interaction=nonstopmode"]] * 2,
    ):
        subprocess.run([*command, "paper"], cwd=tmp_path, capture_output=True, check=False)
    log = (tmp_path / "paper.log").read_text(errors="replace")
    assert "undefined" not in log
    assert "\n!" not in log


@pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc is not installed")
@pytest.mark.parametrize("char", "!$&'()*+-./:;<>?@[]^_`|é")
def test_pandoc_finds_every_key_that_it_takes(char: str, tmp_path: Path) -> None:
    key = f"ab{char}cd"
    (tmp_path / "refs.bib").write_text(f"@misc{{{key}, title={{T}}, author={{Doe, J}}, year=2020}}")
    done = subprocess.run(
        ["pandoc", "--citeproc", "--bibliography=refs.bib", "-t", "plain"],
        cwd=tmp_path, input=f"[@{{{key}}}]", text=True, capture_output=True, check=False,
    )  # fmt: skip
    assert ("(Doe 2020)" in done.stdout) is not bool(keyrules.refused(key, "pandoc"))


def test_severity_of_what_stays_missing(tmp_path: Path) -> None:
    (tmp_path / "paper.md").write_text("@a @doi:10.9999/x")
    read = [manuscripts.read(str(tmp_path / "paper.md"))]
    plan = syncing.plan(read, tmp_path / "refs.bib", b"")
    assert {line.severity for line in syncing.lacking(plan)} == {Severity.ERROR}
    assert [str(line).rpartition("; ")[2] for line in syncing.lacking(plan)][1] == "sync can look it up"
