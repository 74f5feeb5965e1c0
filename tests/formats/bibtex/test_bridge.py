"""bibtexparser's users get all there is, and its middlewares change only what they change."""

from __future__ import annotations

import json
from pathlib import Path

import bibtexparser.entrypoint
import pytest

from cite2bib.diagnostics import UsageError
from cite2bib.formats.bibtex import syntax
from cite2bib.formats.bibtex.bridge import check, from_library, run, to_library
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


TWO = b"""% top
@string{acm = "ACM Press"}
@misc{b,
  title = {T} ,
  month = jan,
  publisher = acm,
}
% about a
@Article{a, Year = 2020, author = "Doe"}"""
SORTED = b"""% top
@string{acm = "ACM Press"}
% about a
@Article{a, Year = 2020, author = "Doe"}
@misc{b,
  title = {T} ,
  month = jan,
  publisher = acm,
}"""
PACKAGE = "bibtexparser.middlewares"
CHANGES = [
    ("MonthLongStringMiddleware", b"month = jan", b"month = {January}"),
    ("ResolveStringReferencesMiddleware", b"publisher = acm", b"publisher = {ACM Press}"),
    ("NormalizeFieldKeys", b"Year = 2020", b"year = 2020"),
    ("SortFieldsAlphabeticallyMiddleware", b"title = {T} ,\n  month = jan,\n  publisher = acm,",
     b"month = jan ,\n  publisher = acm,\n  title = {T},"),
    ("SortBlocksByTypeAndKeyMiddleware", TWO, SORTED),
]  # fmt: skip


@pytest.mark.parametrize(("name", "before", "after"), CHANGES)
def test_what_the_middlewares_of_bibtexparser_change(name: str, before: bytes, after: bytes) -> None:
    changed = run(TWO, [f"{PACKAGE}:{name}"])
    assert changed == TWO.replace(before, after)
    assert run(changed, [f"{PACKAGE}:{name}"]) == changed


OWN = """
from bibtexparser import model
from bibtexparser.middlewares import BlockMiddleware

class Own(BlockMiddleware):
    def transform_entry(self, entry, library):
        entry.entry_type = "book"
        entry.key = "new-" + entry.key
        entry["note"] = "by me"
        return entry
    def transform_string(self, string, library):
        string.value = "Another"
        return string

class Fails(BlockMiddleware):
    def transform_entry(self, entry, library):
        raise RuntimeError("no")

class Asks(BlockMiddleware):
    def __init__(self, what):
        super().__init__()
"""


def test_a_class_of_ones_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "own_middleware.py").write_text(OWN)
    monkeypatch.chdir(tmp_path)
    changed = run(b"@string{s = {S}}\n@misc{a, title = {misc} }\n", ["own_middleware:Own"])
    assert changed == b"@string{s = {Another}}\n@book{new-a, title = {misc},\n  note = {by me} }\n"


@pytest.mark.parametrize(
    ("name", "told"),
    [("nonsense", "written PACKAGE:CLASS"), ("no.such:Thing", "No module named"), ("json:loads", "no middleware of bibtexparser"),
     (f"{PACKAGE}:Nothing", "MonthIntMiddleware"), (f"{PACKAGE}:AddEnclosingMiddleware", "a class of your own")],
)  # fmt: skip
def test_a_wrong_name_is_told_clearly(name: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        check([name])


def test_a_middleware_that_fails_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "failing_middleware.py").write_text(OWN)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="'failing_middleware:Fails' failed: RuntimeError: no"):
        run(b"@misc{a, title={T}}", ["failing_middleware:Fails"])
    with pytest.raises(UsageError, match="required positional argument"):
        check(["failing_middleware:Asks"])
