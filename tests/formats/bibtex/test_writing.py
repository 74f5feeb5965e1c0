"""Works to entries: which type, which fields, in which order; and what comes back over a whole corpus."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cite2bib.diagnostics import Severity
from cite2bib.formats import WriteOptions, get
from cite2bib.formats.bibtex import write_entry
from cite2bib.formats.bibtex.reading import read_works
from cite2bib.formats.bibtex.writing import entry_fields
from cite2bib.model import Date, Field, Name, Value, Work
from conftest import need
from latex import typeset

ZHU = (Name("Zhu", "Xingyu"), Name("Ge", "Rong"))


def work(kind: str, **values: Value) -> Work:
    return Work("k", kind, {name.replace("_", "-"): Field(value) for name, value in values.items()})


def test_a_preprint_in_bibtex() -> None:
    preprint = work(
        "article",
        title="On LLMs",
        author=ZHU,
        arxiv="2503.01821",
        arxiv_class="cs.LG",
        issued=Date((2025, 3, 3)),
        publisher="arXiv",
    )
    assert write_entry(preprint) == (
        "@misc{k,\n"
        "  author        = {Zhu, Xingyu and Ge, Rong},\n"
        "  title         = {On {LLMs}},\n"
        "  howpublished  = {arXiv:2503.01821 [cs.LG]},\n"
        "  year          = {2025},\n"
        "  month         = mar,\n"
        "  day           = {3},\n"
        "  eprint        = {2503.01821},\n"
        "  archiveprefix = {arXiv},\n"
        "  primaryclass  = {cs.LG},\n"
        "}\n"
    )


def test_a_preprint_in_biblatex() -> None:
    preprint = work(
        "article",
        title="On LLMs",
        author=ZHU,
        arxiv="2503.01821",
        arxiv_class="cs.LG",
        issued=Date((2025, 3, 3)),
    )
    assert entry_fields(preprint, latex=True) == (
        "online",
        {"author": "Zhu, Xingyu and Ge, Rong", "title": "On {LLMs}", "date": "2025-03-03", "eprint": "2503.01821", "eprinttype": "arxiv", "eprintclass": "cs.LG"},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("one", "kind", "said"),
    [
        (work("article-journal", title="T", author=ZHU, container_title="J", volume="1", issue="2", page="3-4"), "article", {"journal": "J", "number": "2", "pages": "3--4"}),
        (work("article-journal", title="T", author=ZHU, container_title="J", issue="2"), "article", {"issue": "2", "year": "n.d."}),
        (work("article-journal", title="T", container_title="J"), "misc", {"howpublished": "J", "entrysubtype": "article-journal", "key": "T"}),
        (work("book", title="T", author=ZHU, editor=ZHU, publisher="P", edition="2"), "book", {"bookeditor": "Zhu, Xingyu and Ge, Rong", "edition": "Second"}),
        (work("book", title="T", author=ZHU), "misc", {"entrysubtype": "book"}),
        (work("thesis", title="T", author=ZHU, publisher="S", genre="Master's thesis"), "mastersthesis", {"school": "S"}),
        (work("thesis", title="T", author=ZHU, publisher="S", genre="PhD thesis"), "phdthesis", {"school": "S"}),
        (work("report", title="T", author=ZHU, publisher="I", number="3"), "techreport", {"institution": "I", "number": "3"}),
        (work("paper-conference", title="T", author=ZHU, container_title="P", collection_title="S", collection_number="9"), "inproceedings", {"booktitle": "P", "series": "S", "number": "9"}),
        (work("webpage", title="The End of the World as We Know It", URL="https://x.org/a_b"), "misc", {"key": "The End of the", "url": "https://x.org/a_b"}),
        (work("", title="T", organization="Acme"), "misc", {"organization": "Acme"}),
        (work("song", title="T", author=ZHU), "misc", {"entrysubtype": "song"}),
    ],
)  # fmt: skip
def test_types_and_fields_of_bibtex(one: Work, kind: str, said: dict[str, str]) -> None:
    written, fields = entry_fields(one, latex=False)
    assert written == kind
    assert {name: fields.get(name) for name in said} == said
    (back,) = read_works(write_entry(one).encode(), "x").works
    assert back.type == one.type or not one.type


@pytest.mark.parametrize(
    ("one", "kind", "said"),
    [
        (work("chapter", title="T", author=ZHU, container_title="B"), "inbook", {"booktitle": "B"}),
        (work("chapter", title="T", author=ZHU, container_title="B", editor=ZHU), "incollection", {"editor": "Zhu, Xingyu and Ge, Rong"}),
        (work("book", title="T", editor=ZHU), "collection", {}),
        (work("thesis", title="T", author=ZHU, genre="PhD thesis", publisher="S"), "thesis", {"type": "phdthesis", "institution": "S"}),
        (work("webpage", title="T", URL="https://x.org"), "online", {"url": "https://x.org"}),
        (work("", title="T"), "misc", {}),
        (work("article-journal", title="T", PMID="123", ISBN="978-3-16-148410-1"), "article", {"eprint": "123", "eprinttype": "pubmed", "isbn": None}),
        (work("document", title="T", issued=Date((2019,), (2020,)), language="de-AT"), "misc", {"date": "2019/2020", "langid": "german"}),
    ],
)  # fmt: skip
def test_types_and_fields_of_biblatex(one: Work, kind: str, said: dict[str, str | None]) -> None:
    written, fields = entry_fields(one, latex=True)
    assert written == kind
    assert {name: fields.get(name) for name in said} == said


def test_what_was_read_is_written_as_it_was() -> None:
    text = "@book{k,\n  title = {T},\n  subtitle = {S},\n  mrnumber = {5},\n  note = {\\mymacro{x}},\n  year = {2020}\n}\n"
    (read,) = read_works(text.encode(), "x").works
    _, fields = entry_fields(read, latex=True)
    assert (fields["title"], fields["subtitle"], fields["mrnumber"], fields["note"]) == (
        "T",
        "S",
        "5",
        "\\mymacro{x}",
    )
    _, changed = entry_fields(read.with_field("title", "Other"), latex=True)
    assert (changed["title"], "subtitle" in changed) == ("Other", False)
    _, old = entry_fields(read, latex=False)
    assert (old["title"], "subtitle" in old) == ("T: S", False)


def test_abstracts_can_stay_out() -> None:
    one = work("book", title="T", abstract="A & B")
    assert "A \\& B" in get("bibtex").write([one]).text
    assert "abstract" not in get("bibtex").write([one], WriteOptions(abstracts=False)).text


@pytest.mark.parametrize("packages", ["", r"\usepackage{hyperref}", r"\usepackage{url}"])
@pytest.mark.parametrize("style", ["plainnat", "IEEEtran"])
def test_addresses_are_printed_with_and_without_packages(style: str, packages: str, tmp_path: Path) -> None:
    need("pdflatex", "bibtex", "pdftotext")
    one = work(
        "article-journal",
        title="T",
        author=ZHU,
        container_title="J",
        issued=Date((2020,)),
        DOI="10.1/a_b",
        URL="https://x.org/a_b%20c?d=e&f#g",
    )
    outcome = typeset(get("bibtex").write([one]).text, style, "bibtex", tmp_path, packages)
    assert (outcome.warnings, outcome.errors) == ([], [])
    assert "b%20c?d=e&f#g" in outcome.text


TOKENS = ["@misc{", "@book{", "k,", "k2,", "title = {", "author = {", "A and B", "note = ", "T", "}", ",", "\n", "{", '"', "\\", "$", "%", "#", "ü", "深", "\0", "̈", "x = 1"]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(TOKENS), max_size=40).map("".join), st.sampled_from(["bibtex", "biblatex"]))
def test_whatever_was_read_is_written_soundly(text: str, dialect: str) -> None:
    works = read_works(text.encode(), "x").works
    back = read_works(get(dialect).write(works).text.encode(), "y")
    assert len(back.works) == len(works)
    assert [item for item in back.diagnostics if item.severity is Severity.ERROR] == []


def test_keys_that_bibtex_could_not_read() -> None:
    (back,) = read_works(write_entry(Work("http://x.org/1 {2}, 3%", "book")).encode(), "x").works
    assert back.id == "http://x.org/1_2_3_"


def test_names_of_control_characters_are_written_so_that_they_are_read() -> None:
    works = read_works(b"@Ma\0{\0k, \0 = {one}, \0\0 = {two}}", "x").works
    (back,) = read_works(get("bibtex").write(works).text.encode(), "y").works
    assert {"one", "two"} <= {back.text(name) for name in back.fields}
