from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cite2bib.diagnostics import ReadError
from cite2bib.formats import WriteOptions, get
from cite2bib.model import Date, Name, Work
from contract.varied import WORKS

PREPRINT = (
    Work("bubeck2023sparks", "article")
    .with_field("title", "Sparks")
    .with_field("author", (Name("Maaten", "Laurens", "van der"), Name("King", "Martin Luther", suffix="Jr.")))
    .with_field("issued", Date((2023, 3, 22)))
    .with_field("arxiv", "2303.12712")
    .with_field("arxiv-class", "cs.CL")
)
PUBLISHED = (
    Work("wei2022chain", "paper-conference")
    .with_field("title", "Chain of Thought")
    .with_field("container-title", "NeurIPS")
    .with_field("number", "7")
    .with_field("arxiv", "2201.11903")
    .with_field("DOI", "10.1/x")
)


def read(text: str | bytes) -> tuple[Work, ...]:
    return get("csljson").read(text.encode() if isinstance(text, str) else text, "x.json").works


def written(name: str, *works: Work) -> list[dict[str, Any]]:
    text = get(name).write(works).text
    assert text.endswith("]\n")
    found: list[dict[str, Any]] = json.loads(text)
    return found


@pytest.mark.parametrize("name", ["csljson", "zotero"])
def test_a_preprint_is_a_preprint(name: str) -> None:
    [item] = written(name, PREPRINT)
    assert item["type"] == "article"
    assert item["number"] == "arXiv:2303.12712"
    assert item["publisher"] == "arXiv"
    assert item["DOI"] == "10.48550/arXiv.2303.12712"
    assert item["URL"] == "https://arxiv.org/abs/2303.12712"
    assert item["id"] == item["citation-key"] == "bubeck2023sparks"
    assert item["issued"] == {"date-parts": [[2023, 3, 22]]}


@pytest.mark.parametrize("name", ["csljson", "zotero"])
def test_a_published_work_is_archived(name: str) -> None:
    [item] = written(name, PUBLISHED)
    assert (item["archive"], item["archive_location"]) == ("arXiv", "2201.11903")
    assert item["DOI"] == "10.1/x"


@pytest.mark.parametrize(
    "container", ["arXiv preprint arXiv:2303.12712", "CoRR", "ArXiv e-prints", "arXiv.org"]
)
def test_an_article_in_arxiv_is_a_preprint(container: str) -> None:
    work = (
        Work("k", "article-journal")
        .with_field("container-title", container)
        .with_field("arxiv", "2303.12712")
    )
    written_ = get("csljson").write([work])
    [item] = json.loads(written_.text)
    assert item["type"] == "article"
    assert "container-title" not in item
    assert "container-title" in written_.losses[0].message


@pytest.mark.parametrize("name", ["csljson", "zotero"])
@pytest.mark.parametrize("work", [PREPRINT, PUBLISHED], ids=lambda work: work.id)
def test_arxiv_comes_back(name: str, work: Work) -> None:
    [back] = read(get(name).write([work]).text)
    assert (back.id, back.type) == (work.id, work.type)
    for variable in work.fields.keys() - {"author"}:
        assert back.fields[variable].value == work.fields[variable].value
    assert not back.fields.keys() & {"archive", "note"}


def test_exact_names_are_kept_apart() -> None:
    [item] = written("csljson", PREPRINT)
    assert item["author"][0] == {"family": "Maaten", "given": "Laurens", "non-dropping-particle": "van der"}
    assert "note" not in item


class TestZotero:
    def test_names_are_whole(self) -> None:
        beethoven = Name("Beethoven", "Ludwig", dropping_particle="van")
        [item] = written("zotero", PREPRINT.with_field("editor", (beethoven, Name(literal="WHO"))))
        assert item["author"] == [
            {"family": "van der Maaten", "given": "Laurens"},
            {"family": "King", "given": "Martin Luther, Jr."},
        ]
        assert item["editor"] == [{"family": "Beethoven", "given": "Ludwig van"}, {"literal": "WHO"}]

    def test_key_and_class_are_lines_of_the_note(self) -> None:
        [item] = written("zotero", PREPRINT.with_field("note", "Read this"))
        assert item["note"].splitlines() == [
            "Read this",
            "Citation Key: bubeck2023sparks",
            "arXiv:2303.12712 [cs.CL]",
        ]

    def test_what_a_preprint_can_not_hold_is_a_line(self) -> None:
        fields = {"volume": "3", "ISSN": "1234-5679", "status": "in press", "event-title": "E"}
        work = PREPRINT
        for variable, value in fields.items():
            work = work.with_field(variable, value)
        [item] = written("zotero", work)
        assert not fields.keys() & item.keys()
        [back] = read(json.dumps([item]))
        assert {variable: back.text(variable) for variable in fields} == fields

    @pytest.mark.parametrize(
        "kind", ["article-journal", "paper-conference", "chapter", "book", "thesis", "webpage"]
    )
    def test_number_is_a_line_where_it_is_dropped(self, kind: str) -> None:
        [item] = written("zotero", Work("k", kind).with_field("number", "7"))
        assert "number" not in item
        assert "number: 7" in item["note"].splitlines()

    def test_software_is_never_said(self) -> None:
        software = Work("k", "software").with_field("title", "T")
        items = written("zotero", software, software.with_field("version", "2.1"))
        assert [item["type"] for item in items] == ["webpage", "book"]
        assert items[1]["version"] == "2.1"
        assert [work.type for work in read(json.dumps(items[:1]))] == ["software"]

    def test_a_book_has_no_version(self) -> None:
        [item] = written("zotero", Work("k", "book").with_field("version", "2"))
        assert "version" not in item
        assert "version: 2" in item["note"]

    def test_what_every_type_drops(self) -> None:
        work = (
            Work("k", "article-journal")
            .with_field("keyword", "a, b")
            .with_field("container-title-short", "J.")
            .with_field("event-date", Date((2020, 1, 2)))
            .with_field("openalex", "W1")
            .with_field("original-author", (Name("Homer"), Name("Li", "Bo")))
        )
        result = get("zotero").write([work])
        [item] = json.loads(result.text)
        assert item["journalAbbreviation"] == "J."
        assert not item.keys() & {
            "keyword",
            "container-title-short",
            "event-date",
            "custom",
            "categories",
            "event",
        }
        assert "event-date: 2020-01-02" in item["note"]
        assert [loss.message for loss in result.losses] == [
            "k: openalex has no place in Zotero's import of CSL-JSON"
        ]
        [back] = read(result.text)
        for variable in work.fields.keys() - {"openalex"}:
            assert back.fields[variable].value == work.fields[variable].value

    def test_seasons_are_words(self) -> None:
        [item] = written("zotero", Work("k", "book").with_field("issued", Date((2017,), season=3)))
        assert item["issued"] == {"literal": "Autumn 2017"}
        assert read(json.dumps([item]))[0].date() == Date((2017,), season=3)


class TestReading:
    @pytest.mark.parametrize(
        "text",
        [
            '[{"title": "A", "type": "book"}]',
            '{"items": [{"title": "A"}]}',
            '{"references": [{"title": "A"}]}',
            '{"title": "A"}',
            '\ufeff[{"title": "A"},]',
            '{"a": {"type": "book", "title": "A"}}',
        ],
    )
    def test_wrappings(self, text: str) -> None:
        assert [work.text("title") for work in read(text)] == ["A"]

    def test_places_are_lines(self) -> None:
        works = read('[\n{"title": "A"},\n\n{"title":\n "B"}]')
        assert [str(work.fields["title"].origin) for work in works] == ["x.json:2", "x.json:4"]

    def test_an_item_that_is_none_costs_itself(self) -> None:
        result = get("csljson").read(b'[{"title": "A"},\n3, null, {"title": "B"}]', "x.json")
        assert len(result.works) == 2
        assert [str(found) for found in result.diagnostics] == [
            "x.json:2: expected an object, found int",
            "x.json:2: expected an object, found null",
        ]

    @pytest.mark.parametrize(
        ("text", "place"),
        [
            ('[{"title": "A"\n "x": 1}]', "x.json:2:2"),
            ('[{"title": "A"', "x.json:1:15"),
            ("[" * 100_000, "x.json:1:2"),
            ('[{"volume": ' + "9" * 5000 + "}]", "x.json:1:2"),
            ("[] []", "x.json:1:4"),
            ("3", "x.json:1"),
            ("nonsense", "x.json:1:1"),
        ],
    )
    def test_broken_json_is_placed(self, text: str, place: str) -> None:
        with pytest.raises(ReadError) as caught:
            read(text)
        assert str(caught.value.span) == place

    def test_the_end_that_is_missing_is_told(self) -> None:
        result = get("csljson").read(b'[{"title": "A"}', "x.json")
        assert [work.text("title") for work in result.works] == ["A"]
        assert [str(item.span) for item in result.diagnostics] == ["x.json:1:16"]

    def test_other_encodings(self) -> None:
        result = get("csljson").read('[{"title": "Gödel"}]'.encode("cp1252"), "x.json")
        assert result.works[0].text("title") == "Gödel"
        assert result.diagnostics[0].code == "not-utf-8"
        assert read('[{"title": "Gödel"}]'.encode("utf-16"))[0].text("title") == "Gödel"

    def test_nothing_is_no_works(self) -> None:
        assert read("") == read("[]") == ()

    def test_keys_of_programs(self) -> None:
        items = (
            '[{"title": "A", "id": "http://zotero.org/1", "citation-key": "k"},'
            '{"title": "B", "id": 2, "note": "Citation Key: m\\nrest"}]'
        )
        works = read(items)
        assert [work.id for work in works] == ["k", "m"]
        assert works[1].text("note") == "rest"


def test_items_always_have_id_and_type() -> None:
    items = written("csljson", Work(), Work("item-1"), Work("k", "no such type"))
    assert [(item["id"], item["type"]) for item in items] == [
        ("item-1-without-key", "document"),
        ("item-1", "document"),
        ("k", "document"),
    ]


def test_abstracts_can_stay_out() -> None:
    work = Work("k", "book").with_field("abstract", "Long.")
    assert "abstract" in get("csljson").write([work]).text
    assert "abstract" not in get("csljson").write([work], WriteOptions(abstracts=False)).text


def test_the_corpus_is_read_and_what_is_written_is_valid(shared: Path) -> None:
    from jsonschema import Draft7Validator

    validator = Draft7Validator(json.loads((shared / "schemas" / "csl-data.json").read_text()))
    files = sorted((shared / "bib-corpus" / "csljson").rglob("*.json"))
    assert files
    for works in (WORKS, *(get("csljson").read(file.read_bytes(), file.name).works for file in files)):
        assert works
        for name in ("csljson", "zotero"):
            items = json.loads(get(name).write(works).text)
            assert not list(validator.iter_errors(items))
            assert len(items) == len(works)


def test_a_list_of_loose_records() -> None:
    [work] = read('[{"title": "A", "authors": "Ada Lovelace", "year": 2020, "venue": "ICML"}]')
    assert (work.type, str(work.names("author")[0])) == ("paper-conference", "Ada Lovelace")


def test_an_object_that_says_nothing_of_a_work_is_told() -> None:
    result = get("csljson").read(b'[{"version": "1", "license": "MIT"}, {"title": "A"}]', "x.json")
    assert [work.text("title") for work in result.works] == ["A"]
    assert result.diagnostics[0].code == "not-a-work"
