"""Entries to works."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import cite2bib
from cite2bib.diagnostics import Diagnostic
from cite2bib.formats.bibtex import sniff_biblatex, sniff_bibtex
from cite2bib.formats.bibtex.reading import read_works
from cite2bib.model import Date, Name, Work


def one(text: str) -> Work:
    return read_works(text.encode(), "x.bib").works[-1]


def codes(text: str) -> list[str]:
    return [item.code for item in read_works(text.encode(), "x.bib").diagnostics]


def test_fields_know_their_lines() -> None:
    work = one("@article{k,\n  title = {T},\n  journal = {J},\n}\n")
    assert (work.id, work.type) == ("k", "article-journal")
    assert str(work.fields["container-title"].origin) == "x.bib:3"
    assert [str(place) for place in work.places] == ["x.bib:1"]


def test_macros() -> None:
    work = one(
        '@string{a = "Aa"}\n@string(AB = a # { \\& B})\n@article{k, journal = ab, publisher = JACM, month = 1 # "~" # jan, year=2020}'
    )
    assert work.text("container-title") == "Aa & B"
    assert work.text("publisher") == "Journal of the ACM"
    assert work.date() == Date((2020, 1, 1))
    assert codes("@misc{k, title = nowhere}") == ["undefined-string"]


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("year = 2020", Date((2020,))), ("year = {2020}, month = mar", Date((2020, 3))),
        ('year = 2020, month = "12~" # mar', Date((2020, 3, 12))), ("year = 2020, month = 3, day = 4", Date((2020, 3, 4))),
        ("year = 2020, month = {March}", Date((2020, 3))), ("year = 2020, month = {Summer}", Date((2020,), season=2)),
        ("date = {2011-05~/2012-01}", Date((2011, 5), (2012, 1), circa=True)), ("date = {2019-21}", Date((2019,), season=1)),
        ("date = {2020-03-12}, year = 1999", Date((2020, 3, 12))), ("year = {n.d.}", None), ("year = {-43}", Date((-43,))),
        ("year = {in press}", Date(literal="in press")), ("date = {1850~}", Date((1850,), circa=True)),
        ("year = {1998/1999}", Date((1998,), (1999,))),
    ],
)  # fmt: skip
def test_dates(fields: str, date: Date | None) -> None:
    assert one(f"@misc{{k, {fields}}}").date() == date


@pytest.mark.parametrize(
    ("entry", "kind", "said"),
    [
        ("@misc{k, title={T}, eprint={2303.12712v2}, archiveprefix={arXiv}, primaryclass={cs.CL}}", "article", {"arxiv": "2303.12712", "arxiv-class": "cs.CL"}),
        ("@online{k, title={T}, eprint={2303.12712}, eprinttype={arxiv}, eprintclass={cs.CL}}", "article", {"arxiv": "2303.12712", "arxiv-class": "cs.CL"}),
        ("@article{k, title={T}, journal={arXiv preprint arXiv:2303.12712}}", "article", {"arxiv": "2303.12712", "container-title": ""}),
        ("@article{k, title={T}, journal={CoRR}, volume={abs/2303.12712}}", "article", {"arxiv": "2303.12712", "volume": ""}),
        ("@article{k, title={T}, journal={J}, number={3}, pages={1--5}}", "article-journal", {"issue": "3", "page": "1-5"}),
        ("@book{k, title={T}, number={3}, series={S}}", "book", {"collection-number": "3"}),
        ("@techreport{k, title={T}, number={3}, institution={I}}", "report", {"number": "3", "publisher": "I"}),
        ("@mastersthesis{k, title={T}, school={S}}", "thesis", {"genre": "Master's thesis", "publisher": "S"}),
        ("@thesis{k, title={T}, type={phdthesis}, institution={S}}", "thesis", {"genre": "PhD thesis"}),
        ("@book{k, title={T}, subtitle={S}}", "book", {"title": "T: S"}),
        ("@misc{k, title={T}, howpublished={\\url{http://x.org/a_b}}}", "document", {"URL": "http://x.org/a_b"}),
        ("@misc{k, doi={https://doi.org/10.1000/Ab\\_c}}", "document", {"DOI": "10.1000/Ab_c"}),
        ("@article{k, eprint={1234}, eprinttype={pubmed}}", "article-journal", {"PMID": "1234"}),
        ("@article{k, entrysubtype={newspaper}}", "article-newspaper", {}),
        ("@inproceedings{k, title={The {DNA} {Matrix}}, booktitle={B}}", "paper-conference", {"title": 'The DNA <span class="nocase">Matrix</span>'}),
        ("@online{k, url={http://x}, langid={ngerman}, urldate={2020-01-02}}", "webpage", {"language": "ngerman"}),
        ("@book{k, edition={Second}, langid={german}}", "book", {"edition": "2", "language": "de"}),
        ("@mytype{k, title={T}}", "document", {"bibtex:entrytype": "mytype"}),
        ("@misc{k, mrnumber={5}, title={T}}", "document", {"bibtex:mrnumber": "5"}),
    ],
)  # fmt: skip
def test_types_and_fields(entry: str, kind: str, said: dict[str, str]) -> None:
    work = one(entry)
    assert work.type == kind
    assert {name: work.text(name) for name in said} == said


def test_crossref_and_xdata() -> None:
    text = """
    @inproceedings{child, title={C}, crossref={Parent}, xdata={x}}
    @proceedings{parent, title={P}, subtitle={Sub}, editor={A B}, year=2001, publisher={Pub}, doi={10.1/x}}
    @xdata{x, series={S}}
    """
    child, parent = read_works(text.encode(), "x").works
    assert child.text("container-title") == "P: Sub"
    assert child.text("collection-title") == "S"
    assert child.names("editor") == (Name("B", "A"),)
    assert child.date() == Date((2001,))
    assert "DOI" not in child
    assert parent.text("title") == "P: Sub"
    assert codes("@misc{a, crossref={nowhere}}") == ["crossref-missing"]
    assert read_works(b"@misc{a, crossref={b}} @misc{b, crossref={a}, xdata={a}}", "x").works


def test_what_is_wrong_is_told_and_nothing_is_dropped() -> None:
    text = "@misc{k,title={A}}\n@misc{K,title={B},title={C}}\n@misc{b,title={D\n@misc{e,title={E}}\n"
    result = read_works(text.encode(), "x.bib")
    assert [work.text("title") for work in result.works] == ["A", "B", "D", "E"]
    told = {item.code: item for item in result.diagnostics}
    assert set(told) == {"duplicate-key", "duplicate-field", "unclosed-brace"}
    assert str(told["unclosed-brace"].span) == "x.bib:3:15"
    assert told["unclosed-brace"].span
    assert told["unclosed-brace"].span.drawing()


def test_an_entry_in_prose() -> None:
    work = one("Please cite us (mail to me@home.org):\n\n    @misc{k, title={T}}\n\nThank you.")
    assert work.id == "k"


def test_diagnostics_are_in_order() -> None:
    found: tuple[Diagnostic, ...] = read_works(b"@a{k,x=,}\n@a{k,y=,}\n@a{z,q=}", "x").diagnostics
    assert [item.span.line for item in found if item.span] == [1, 2, 2, 3]


@pytest.mark.parametrize(
    ("text", "is_bib"),
    [
        ("@misc{a, title={T}}", True), ("% x\n\n @Article { k ,\n", True), ("@book(k,\n title = 1)", True), ("@article{\n  title = {T}", True),
        ("@string{a = 1}", True), ("Please cite\n@misc{k,\n  year = 2020}", True), ("@misc{k}\n", True),
        ("@lru_cache(maxsize=1)\ndef f(): ...", False), ("@pytest.mark.parametrize('a', [1])", False), ("@media (a: b) {\n}", False),
        ("@font-face {\n  font-family: x;\n}", False), ("mail me@home.org {now}, please", False), ("@Override\npublic void x() {a, b}", False),
    ],
)  # fmt: skip
def test_sniffing(text: str, is_bib: bool) -> None:
    assert sniff_bibtex(text) is is_bib


def test_sniffing_the_dialect() -> None:
    assert sniff_biblatex("@online{a,\n  date = {2020},\n}")
    assert not sniff_biblatex("@misc{a,\n  year = {2020},\n}")


def test_a_sound_file_loads_no_more_than_reading_it_takes() -> None:
    code = (
        "import sys; from cite2bib.formats import get; "
        "get('bibtex').read(b'@misc{k, title = {T}, author = {Ada Lovelace}, year = 1843}', 'x'); print(*sys.modules)"
    )
    environment = {"PYTHONPATH": str(Path(cite2bib.__file__).parents[1])}
    loaded = subprocess.check_output([sys.executable, "-c", code], text=True, env=environment).split()
    names = "careful commands encode capitals proper symbols writing bridge".split()
    assert "cite2bib.formats.bibtex.fields" in loaded
    assert not {f"cite2bib.formats.bibtex.{name}" for name in names} & set(loaded)
    assert not {"pylatexenc", "bibtexparser", "pybtex"} & set(loaded)
