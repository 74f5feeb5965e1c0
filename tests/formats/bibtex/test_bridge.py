"""bibtexparser's users get all there is, and its middlewares change only what they change."""

from __future__ import annotations

import json
from pathlib import Path

import bibtexparser.entrypoint
import pytest

from cite2bib.diagnostics import UsageError
from cite2bib.formats.bibtex import syntax
from cite2bib.formats.bibtex.bridge import from_library, run, to_library
from conftest import SHARED

TEXT = b"""% kept
@string{acm = "ACM"}
@Article{k,
   title={A  {Title}} ,  author = "Knuth, Donald and Lamport, Leslie",
   publisher = acm # " Press", month = jan,
}
@comment{kept too}
@misc{k, title={Twice}}
@misc{odd; key, year = 2020}
"""


def test_a_library_is_what_bibtexparser_itself_gives() -> None:
    ours = to_library(syntax.read(TEXT))
    theirs = bibtexparser.entrypoint.parse_string(TEXT.decode(), parse_stack=[])
    assert [(entry.key, entry.entry_type) for entry in ours.entries] == [
        (entry.key, entry.entry_type) for entry in theirs.entries
    ]
    for mine, other in zip(ours.entries, theirs.entries, strict=True):
        assert {field.key: field.value for field in mine.fields} == {
            field.key: field.value.strip() for field in other.fields
        }
        assert mine.start_line == other.start_line
    assert [string.key for string in ours.strings] == ["acm"]
    assert len(ours.failed_blocks) == 1


def test_nothing_changed_gives_the_same_bytes() -> None:
    bib = syntax.read(TEXT)
    assert from_library(to_library(bib), bib) == TEXT
    assert run(TEXT, []) == TEXT


@pytest.mark.skipif(not SHARED.is_dir(), reason="no shared corpora")
def test_nothing_changed_gives_the_same_bytes_over_the_corpus() -> None:
    for path in sorted(SHARED.glob("bib-corpus/bib/**/*.bib")):
        if path.is_file() and path.stat().st_size < 30_000:
            data = path.read_bytes()
            assert run(data, []) == data, path
    cases = json.loads(Path(SHARED / "bib-corpus/syntax-cases.json").read_text("utf-8"))
    assert all(run(case["input"].encode(), []) == case["input"].encode() for case in cases)


def test_a_middleware_changes_its_fields_alone() -> None:
    data = run(TEXT, ["bibtexparser.middlewares:MonthIntMiddleware"])
    assert data == TEXT.replace(b"month = jan", b"month = 1")
    data = run(TEXT, ["bibtexparser.middlewares:SeparateCoAuthors", "bibtexparser.middlewares:SplitNameParts",
                      "bibtexparser.middlewares:MergeNameParts", "bibtexparser.middlewares:MergeCoAuthors"])  # fmt: skip
    assert data == TEXT


def test_fields_and_entries_come_and_go() -> None:
    bib = syntax.read(b"@misc{a, title={T}, note={N}}\r\n@misc{b, title={U}}\r\n")
    library = to_library(bib)
    first, second = library.entries
    del first["note"]
    first["doi"] = "10.1/x"
    library.remove(second)
    library.add(bibtexparser.model.Entry("book", "c", [bibtexparser.model.Field("title", "V")]))
    text = from_library(library, bib).decode()
    again = syntax.read(text.encode())
    assert [block.key for block in again.entries()] == ["a", "c"]
    assert [item.name for item in again.assignments(next(again.entries()))] == ["title", "doi"]


@pytest.mark.parametrize(
    "name",
    [
        "nonsense",
        "bibtexparser.middlewares:Nothing",
        "json:loads",
        "bibtexparser.middlewares:SeparateCoAuthors:x",
    ],
)
def test_a_middleware_that_does_not_work_is_a_usage_error(name: str) -> None:
    with pytest.raises(UsageError):
        run(TEXT, [name])


def test_without_a_file_bibtexparser_lays_out() -> None:
    assert b"@article{k," in from_library(to_library(syntax.read(TEXT)))
