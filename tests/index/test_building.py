"""Bulk downloads of every kind become an index: told by content, in parts, stopped and gone on with, brought up to date."""

from __future__ import annotations

import bz2
import errno
import gzip
import io
import json
import lzma
import os
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cite2bib.diagnostics import IndexFault, ReadError, UsageError
from cite2bib.index import folder, writing
from cite2bib.index.disk import Disk
from cite2bib.index.writing import Writer
from cite2bib.model import Work
from cite2bib.pipeline import indexing
from index_made import arxiv_line, titles_of, write_lines
from resolve_works import work

ARXIV = arxiv_line(1, "A Made Paper on Nothing at All")
CROSSREF = {
    "DOI": "10.1234/Made", "type": "journal-article", "title": ["A Made <i>Article</i>"], "indexed": {"date-time": "2024-01-02T03:04:05Z"},
    "author": [{"family": "Roe", "given": "Rick"}], "reference-count": 3, "issued": {"date-parts": [[2019, 5]]},
}  # fmt: skip
OPENALEX = {
    "id": "https://openalex.org/W1234567", "doi": "https://doi.org/10.1234/open", "display_name": "An Open Work", "type": "article",
    "authorships": [{"author": {"display_name": "Ann Lee"}}], "publication_year": 2020, "updated_date": "2024-05-01",
    "abstract_inverted_index": {"All": [0], "about": [1], "it": [2]},
}  # fmt: skip
DBLP = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE dblp SYSTEM "dblp.dtd">
<dblp>
<article mdate="2020-01-01" key="journals/x/Muller20"><author>J&uuml;rgen M&uuml;ller 0002</author><title>On <i>Made</i> Things.</title>
<pages>1-9</pages><year>2020</year><volume>3</volume><journal>J. Made</journal><ee>https://doi.org/10.1234/mt</ee></article>
<www mdate="2020-01-01" key="homepages/m/M"><author>J&uuml;rgen M&uuml;ller 0002</author><title>Home Page</title></www>
<inproceedings mdate="2021-01-01" key="conf/x/Doe21"><author>Jane Doe</author><title>A Talk.</title><year>2021</year><booktitle>X</booktitle></inproceedings>
</dblp>"""
ANTHOLOGY = """<?xml version='1.0' encoding='UTF-8'?>
<collection id="2020.acl"><volume id="main"><meta><booktitle>Proceedings of <fixed-case>ACL</fixed-case></booktitle><publisher>ACL</publisher>
<month>July</month><year>2020</year></meta>
<paper id="1"><title>A <fixed-case>B</fixed-case>ERT of One's Own</title><author><first>Jane</first><last>Doe</last></author>
<pages>1–9</pages><doi>10.18653/v1/2020.acl-main.1</doi><url hash="x">2020.acl-main.1</url></paper></volume></collection>"""
PUBMED = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2024//EN" "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_240101.dtd">
<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID Version="1">12345678</PMID><DateRevised><Year>2020</Year><Month>2</Month><Day>3</Day></DateRevised>
<Article><Journal><Title>Made Medicine</Title><JournalIssue><PubDate><Year>2019</Year></PubDate></JournalIssue></Journal>
<ArticleTitle>A made cure.</ArticleTitle><AuthorList><Author><LastName>Doe</LastName><ForeName>Jane</ForeName></Author></AuthorList></Article>
</MedlineCitation></PubmedArticle></PubmedArticleSet>"""
BIB = "@string{j = {Made J.}}\n@article{doe, title = {On {B}ib}, author = {Doe, Jane}, journal = j, year = 2001, doi = {10.1234/bib}}\n"
CSL = [{"id": "a", "type": "book", "title": "A CSL Book", "ISBN": "9780306406157"}]

KINDS: list[tuple[str, str, bytes, list[str]]] = [
    ("arxiv", "snapshot.json", json.dumps(ARXIV).encode() + b"\n", ["A Made Paper on Nothing at All"]),
    ("crossref", "0.json", json.dumps({"items": [CROSSREF]}).encode(), ["A Made <i>Article</i>"]),
    ("crossref", "0.json", json.dumps({"items": [CROSSREF]}, indent=1).encode(), ["A Made <i>Article</i>"]),
    ("crossref", "1.jsonl", json.dumps(CROSSREF).encode(), ["A Made <i>Article</i>"]),
    ("openalex", "part_000", json.dumps(OPENALEX).encode() + b"\n", ["An Open Work"]),
    ("dblp", "dblp.xml", DBLP.encode("latin-1"), ["On <i>Made</i> Things", "A Talk"]),
    ("anthology", "2020.acl.xml", ANTHOLOGY.encode(), ["A BERT of One's Own"]),
    ("pubmed", "pubmed24n0001.xml", PUBMED.encode(), ["A made cure"]),
    ("bibtex", "refs.bib", BIB.encode(), ['On <span class="nocase">B</span>ib']),
    ("csljson", "refs.json", json.dumps(CSL).encode(), ["A CSL Book"]),
    ("jsonl", "own.jsonl", b'{"title": "A Loose Record", "year": 2020, "authors": ["Jane Doe"]}\n', ["A Loose Record"]),
    ("file", "refs.ris", b"TY  - JOUR\nTI  - A RIS Record\nAU  - Doe, Jane\nER  - \n", ["A RIS Record"]),
]  # fmt: skip
PACKED: dict[str, Callable[[bytes], bytes]] = {
    "": bytes, ".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress,
}  # fmt: skip


def works_in(folder: Path) -> list[Work]:
    with Disk(folder) as disk:
        return list(disk.works())


@pytest.mark.parametrize("suffix", PACKED)
@pytest.mark.parametrize("row", KINDS, ids=[f"{row[0]}-{row[1]}" for row in KINDS])
def test_each_kind_is_told_by_its_content(
    tmp_path: Path, row: tuple[str, str, bytes, list[str]], suffix: str
) -> None:
    kind, name, data, titles = row
    path = tmp_path / f"{name}{suffix}"
    path.write_bytes(PACKED[suffix](data))
    built = indexing.build(tmp_path / "index", [path])
    assert not built.diagnostics
    assert titles_of(works_in(tmp_path / "index")) == titles
    found = indexing.info(tmp_path / "index")
    assert [row[0] for row in found.parts] == [kind]
    assert not found.unfinished


def test_records_keep_their_catalogue_and_identifiers(tmp_path: Path) -> None:
    for _, name, data, _ in KINDS:
        (tmp_path / "parts").mkdir(exist_ok=True)
        (tmp_path / "parts" / name).write_bytes(data)
    indexing.build(tmp_path / "index", [tmp_path / "parts"])
    with Disk(tmp_path / "index") as disk:
        for query, origin in (
            (work(arxiv="2001.00001"), "arxiv https://arxiv.org/abs/2001.00001"),
            (work(DOI="10.1234/made"), "crossref https://doi.org/10.1234/made"),
            (work(openalex="W1234567"), "openalex https://openalex.org/W1234567"),
            (Work("DBLP:journals/x/Muller20"), "dblp https://dblp.org/rec/journals/x/Muller20"),
            (work(PMID="12345678"), "pubmed https://pubmed.ncbi.nlm.nih.gov/12345678/"),
            (work(DOI="10.18653/v1/2020.acl-main.1"), "anthology https://aclanthology.org/2020.acl-main.1"),
        ):
            found = disk.find(query)
            assert found, query
            assert str(found[0].fields["title"].origin) == origin
        assert "abstract" not in disk.find(work(openalex="W1234567"))[0]
        assert disk.find(work(arxiv="2001.00001"))[0].text("abstract") == "All about it."
        (muller,) = disk.find(Work("DBLP:journals/x/Muller20"))[0].names("author")
        assert (muller.family, muller.given) == ("Müller", "Jürgen")
        assert disk.holds_everything


@pytest.mark.parametrize(
    ("answer", "indent"),
    [
        ({"status": "ok", "message-type": "work", "message": CROSSREF}, None),
        ({"status": "ok", "message-type": "work-list", "message": {"facets": {}, "items": [CROSSREF]}}, None),
        ({"status": "ok", "message-type": "work-list", "message": {"facets": {}, "items": [CROSSREF]}}, 2),
        ({"meta": {"count": 1}, "results": [OPENALEX], "group_by": []}, None),
        ({"meta": {"count": 1}, "results": [OPENALEX], "group_by": []}, 2),
    ],
)
def test_answers_of_services_are_read_as_they_came(tmp_path: Path, answer: Any, indent: int | None) -> None:
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(answer, indent=indent))
    built = indexing.build(tmp_path / "index", [path])
    assert (built.added, built.faults.total()) == (1, 0)
    (found,) = works_in(tmp_path / "index")
    assert found.fields["title"].origin.source in {"crossref", "openalex"}


def test_archives_are_read_through(tmp_path: Path) -> None:
    lines = json.dumps(ARXIV).encode()
    with zipfile.ZipFile(tmp_path / "arxiv.zip", "w") as archive:
        archive.writestr("snapshot.json", lines)
    with tarfile.open(tmp_path / "all.tar.gz", "w:gz") as packed:
        data = gzip.compress(json.dumps({"items": [CROSSREF]}).encode())
        info = tarfile.TarInfo("data/0.json.gz")
        info.size = len(data)
        packed.addfile(info, io.BytesIO(data))
    indexing.build(tmp_path / "index", [tmp_path / "arxiv.zip", tmp_path / "all.tar.gz"])
    assert len(works_in(tmp_path / "index")) == 2
    again = indexing.build(tmp_path / "index", [tmp_path / "arxiv.zip", tmp_path / "all.tar.gz"])
    assert (again.skipped_parts, again.added) == (2, 0)


def test_abstracts_can_be_left_out(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.json", [ARXIV])
    indexing.build(tmp_path / "index", [path], abstracts=False)
    assert "abstract" not in works_in(tmp_path / "index")[0]


def test_a_newer_record_replaces_the_older_one(tmp_path: Path) -> None:
    old = write_lines(
        tmp_path / "old.json", [arxiv_line(1, "Old Title of It"), arxiv_line(2, "The Other One")]
    )
    new = write_lines(
        tmp_path / "new.json",
        [arxiv_line(1, "New Title of It", updated="2021-01-01"), arxiv_line(3, "A Third One")],
    )
    indexing.build(tmp_path / "index", [old])
    built = indexing.build(tmp_path / "index", [new], anew=False)
    assert (built.added, built.replaced, built.unchanged) == (1, 1, 0)
    with Disk(tmp_path / "index") as disk:
        assert len(disk) == 3
        assert titles_of(disk.find(work(arxiv="2001.00001"))) == ["New Title of It"]
        assert titles_of(disk.find(work("New Title of It"))) == ["New Title of It"]
        assert "Old Title of It" not in titles_of(disk.find(work("Old Title of It")))
    late = write_lines(
        tmp_path / "late.json", [arxiv_line(1, "Old Title of It"), arxiv_line(3, "A Third One")]
    )
    again = indexing.build(tmp_path / "index", [late], anew=False)
    assert (again.added, again.replaced, again.unchanged, again.older) == (0, 0, 1, 1)


def test_catalogues_stay_beside_one_another(tmp_path: Path) -> None:
    one = {**ARXIV, "doi": "10.1234/made"}
    paths = [write_lines(tmp_path / "a.json", [one]), write_lines(tmp_path / "c.jsonl", [CROSSREF])]
    indexing.build(tmp_path / "index", paths)
    with Disk(tmp_path / "index") as disk:
        assert len(disk.find(work(DOI="10.1234/made"))) == 2


def test_a_build_goes_on_where_it_was_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_MOST_PENDING", 100)
    rows = [arxiv_line(number, f"Made Paper Number {number}") for number in range(1, 200)]
    path = write_lines(tmp_path / "snapshot.json", rows)
    read = list[int]()
    add = Writer.add

    def failing(self: Writer, *given: Any) -> None:
        read.append(1)
        if len(read) == 120:
            raise KeyboardInterrupt
        add(self, *given)

    with monkeypatch.context() as patch:
        patch.setattr(Writer, "add", failing)
        with pytest.raises(KeyboardInterrupt):
            indexing.build(tmp_path / "index", [path])
    kept = len(works_in(tmp_path / "index"))
    assert 80 < kept < 120
    told = indexing.info(tmp_path / "index")
    assert (told.unfinished, told.state) == ((path.as_posix(),), "stopped")
    built = indexing.build(tmp_path / "index", [path])
    assert built.added == 199 - kept
    assert indexing.info(tmp_path / "index").state == ""
    with Disk(tmp_path / "index") as disk:
        assert len(disk) == 199
        for number in range(1, 200):
            assert titles_of(disk.find(work(arxiv=f"2001.{number:05d}"))) == [f"Made Paper Number {number}"]


def test_what_was_read_is_not_read_again(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.json", [ARXIV])
    indexing.build(tmp_path / "index", [path])
    built = indexing.build(tmp_path / "index", [path])
    assert (built.skipped_parts, built.added, built.unchanged) == (1, 0, 0)
    write_lines(path, [ARXIV, arxiv_line(2, "One More")])
    built = indexing.build(tmp_path / "index", [path])
    assert (built.added, built.unchanged) == (1, 1)


def test_a_broken_part_costs_itself(tmp_path: Path) -> None:
    good = write_lines(tmp_path / "good.json", [ARXIV])
    cut = tmp_path / "cut.json.gz"
    lines = "".join(
        json.dumps(arxiv_line(number, f"Cut Paper {number * 7919}")) + "\n" for number in range(2, 500)
    )
    cut.write_bytes(gzip.compress(lines.encode())[:-2000])
    bad = tmp_path / "bad.jsonl"
    bad.write_text(
        json.dumps(ARXIV) + '\n{"broken": \n[1, 2]\n' + json.dumps(arxiv_line(501, "The Last One")) + "\n"
    )
    xml = tmp_path / "bad.xml"
    xml.write_text(DBLP[: DBLP.index("<inproceedings")])
    built = indexing.build(tmp_path / "index", [good, cut, bad, xml])
    assert built.faults["broken-part"] == 2
    assert built.faults["broken-record"] == 1
    titles = titles_of(works_in(tmp_path / "index"))
    assert {
        "A Made Paper on Nothing at All",
        "Cut Paper 15838",
        "The Last One",
        "On <i>Made</i> Things",
    } <= set(titles)
    assert len(indexing.info(tmp_path / "index").unfinished) == 2


@pytest.mark.parametrize(
    "bomb",
    [
        '<!DOCTYPE dblp [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><dblp><article key="a"><title>&b;</title></article></dblp>',
        '<!DOCTYPE dblp [<!ENTITY x SYSTEM "file:///etc/passwd">]><dblp><article key="a"><title>&x;</title></article></dblp>',
        "<dblp>" + "<a>" * 5_000 + "</a>" * 5_000 + "</dblp>",
    ],
)
def test_dangerous_xml_is_refused(tmp_path: Path, bomb: str) -> None:
    path = tmp_path / "dblp.xml"
    path.write_text(bomb)
    built = indexing.build(tmp_path / "index", [path])
    assert built.faults["broken-part"] == 1
    assert not works_in(tmp_path / "index")


def test_whoever_is_refused_is_told_why(tmp_path: Path) -> None:
    path = write_lines(tmp_path / "a.json", [ARXIV])
    other = write_lines(tmp_path / "b.json", [arxiv_line(2, "Another")])
    with pytest.raises(UsageError, match="is no index"):
        indexing.build(tmp_path / "none", [path], anew=False)
    with pytest.raises(UsageError, match="folder with other things"):
        indexing.build(tmp_path, [path])
    indexing.build(tmp_path / "index", [path])
    with pytest.raises(UsageError, match="index of other files"):
        indexing.build(tmp_path / "index", [other])
    with Writer(tmp_path / "index"):
        assert indexing.info(tmp_path / "index").state == "being written"
        with pytest.raises(IndexFault, match="written by another run"):
            Writer(tmp_path / "index")
    with pytest.raises(IndexFault, match="is no index"):
        Disk(tmp_path / "nowhere")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "works.sqlite").write_bytes(b"this is no database" * 100)
    with pytest.raises(IndexFault, match="can't be used"):
        Disk(tmp_path / "broken")
    with pytest.raises(ReadError):
        indexing.build(tmp_path / "index", [tmp_path / "missing.json"], anew=False)


@pytest.mark.parametrize("moment", ["write_terms", "merged"])
def test_a_full_disk_loses_nothing_that_was_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    monkeypatch.setattr(writing, "_MOST_PENDING", 100)
    path = write_lines(
        tmp_path / "snapshot.json", [arxiv_line(number, f"Made Paper {number}") for number in range(1, 100)]
    )
    calls = list[int]()
    call = getattr(folder, moment)

    def failing(*given: Any) -> Any:
        calls.append(1)
        if len(calls) == 5 or moment == "merged":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return call(*given)

    with monkeypatch.context() as patch:
        patch.setattr(folder, moment, failing)
        with pytest.raises(IndexFault, match=r"No space left on device.*the same command goes on"):
            indexing.build(tmp_path / "index", [path])
        assert works_in(tmp_path / "index")
    indexing.build(tmp_path / "index", [path])
    assert len(works_in(tmp_path / "index")) == 99


def test_what_was_done_is_written_now_and_then(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_LONGEST_S", 0.0)
    commits = list[int]()
    commit = Writer.commit

    def counted(self: Writer, *given: Any) -> None:
        commits.append(1)
        commit(self, *given)

    monkeypatch.setattr(Writer, "commit", counted)
    path = write_lines(
        tmp_path / "snapshot.json", [arxiv_line(number, f"Made Paper {number}") for number in range(1, 21)]
    )
    indexing.build(tmp_path / "index", [path])
    assert len(commits) == 21
    assert len(works_in(tmp_path / "index")) == 20


def test_many_small_files_of_terms_become_few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_MOST_PENDING", 60)
    monkeypatch.setattr(writing, "CLOSED_AT", 25)
    rows = [arxiv_line(number, f"Common Words Number {number} Again") for number in range(1, 400)]
    path = write_lines(tmp_path / "snapshot.json", rows)
    indexing.build(tmp_path / "index", [path])
    assert len(list((tmp_path / "index").glob("terms-*.sqlite"))) == 1
    with Disk(tmp_path / "index") as disk:
        for number in (1, 200, 399):
            asked = work(f"Comon Words Number {number} Again", "Jane Doe")
            assert f"Common Words Number {number} Again" in titles_of(disk.find(asked))


def test_what_else_lies_in_the_folder_is_left_out(tmp_path: Path) -> None:
    folder = tmp_path / "parts"
    folder.mkdir()
    (folder / "manifest").write_text(
        '{"entries": [{"url": "s3://openalex/part_000.gz"}], "meta": {"content_length": 1}}'
    )
    (folder / "LICENSE.txt").write_text(
        "Permission is granted to anybody, 2020. Doe, J. A Title of Something. Journal 3, 1-9.\n"
    )
    (folder / "dblp.dtd").write_text("<!-- entities --><!ELEMENT dblp (article)*>")
    (folder / "empty.json").write_text('{"items": []}')
    (folder / "empty.gz").write_bytes(gzip.compress(b""))
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (folder / "broken.zip").write_bytes(b"PK\x03\x04 no archive")
    (folder / "broken.tar.gz").write_bytes(gzip.compress(b"x" * 257 + b"ustar" + b"y" * 400))
    write_lines(folder / "good.json", [ARXIV])
    built = indexing.build(tmp_path / "index", [folder])
    assert titles_of(works_in(tmp_path / "index")) == ["A Made Paper on Nothing at All"]
    assert built.faults["broken-part"] == 2
    assert set(built.faults) == {"broken-part", "not-a-bibliography"}
    assert {kind for kind, _, _ in indexing.info(tmp_path / "index").parts} == {"arxiv"}


def test_half_letters_are_no_reason_to_stop(tmp_path: Path) -> None:
    rows = [{**ARXIV, "title": "A \ud800 Broken Letter"}, arxiv_line(2, "The Next One")]
    indexing.build(tmp_path / "index", [write_lines(tmp_path / "a.json", rows)])
    assert titles_of(works_in(tmp_path / "index")) == ["A ? Broken Letter", "The Next One"]


def test_export_gives_back_what_was_put_in(tmp_path: Path) -> None:
    rows = [arxiv_line(number, f"Made Paper Number {number}") for number in range(1, 30)]
    indexing.build(tmp_path / "index", [write_lines(tmp_path / "a.json", rows)])
    output = io.BytesIO()
    assert indexing.export(tmp_path / "index", output) == 29
    (tmp_path / "out.jsonl").write_bytes(output.getvalue())
    indexing.build(tmp_path / "again", [tmp_path / "out.jsonl"])
    assert works_in(tmp_path / "again") == works_in(tmp_path / "index")


def test_works_of_a_file_are_from_that_file(tmp_path: Path) -> None:
    (tmp_path / "refs.bib.gz").write_bytes(gzip.compress(BIB.encode()))
    indexing.build(tmp_path / "index", [tmp_path / "refs.bib.gz"])
    assert works_in(tmp_path / "index")[0].fields["title"].origin.source == f"{tmp_path}/refs.bib.gz"
