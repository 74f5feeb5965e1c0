from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from cite2bib.diagnostics import Diagnostic
from cite2bib.formats import get
from cite2bib.formats.jsonl import iter_jsonl
from cite2bib.identifiers import normal_arxiv
from cite2bib.letters import words
from cite2bib.model import Date, Field, Name, Origin, Work
from cite2bib.records import venues

FULL = Work(
    "k",
    "article",
    {
        "title": Field("A <i>B</i>\nC\u2028D", Origin("a.txt", "3", 0.5, "guessed")),
        "author": Field(
            (Name("Maaten", "L.", "van der"), Name(literal="WHO")), Origin("crossref", "https://x.org")
        ),
        "issued": Field(Date((2020, 1), (2021,), 2, circa=True, literal="then")),
        "bibtex:annotation": Field("x"),
        "arxiv": Field("2303.12712", Origin("a.txt")),
    },
    (Origin("a.txt", "3"), Origin("b.txt", "4")),
)


def read(text: str) -> tuple[Work, ...]:
    return get("jsonl").read(text.encode(), "x.jsonl").works


def test_nothing_is_lost() -> None:
    text = get("jsonl").write([FULL, Work()]).text
    assert text.count("\n") == 2
    assert read(text) == (FULL, Work())


def test_items_of_csl() -> None:
    [work] = read(
        '{"id": "a", "type": "article", "number": "arXiv:2303.12712", "author": [{"family": "Li"}]}'
    )
    assert work.text("arxiv") == "2303.12712"


@pytest.mark.parametrize(
    ("authors", "expected"),
    [
        (["Ada Lovelace", "Bo Li"], ["Ada Lovelace", "Bo Li"]),
        ([{"name": "Ada Lovelace"}, {"family": "Li", "given": "Bo"}], ["Ada Lovelace", "Bo Li"]),
        ("Ada Lovelace and Bo Li", ["Ada Lovelace", "Bo Li"]),
        ("Lovelace, Ada and Li, Bo", ["Ada Lovelace", "Bo Li"]),
        ("Ada Lovelace, Bo Li, and Cy Young", ["Ada Lovelace", "Bo Li", "Cy Young"]),
        ("Lovelace, A.; Li, B.", ["A. Lovelace", "B. Li"]),
        ("Lovelace, A., Li, B. C.", ["A. Lovelace", "B. C. Li"]),
        ("Lovelace, Ada", ["Ada Lovelace"]),
        ("Ada Lovelace et al.", ["Ada Lovelace", "others"]),
        ([["Lovelace", "Ada", ""]], ["Ada Lovelace"]),
        ([None, 3, {}, ""], []),
    ],
)
def test_authors_in_every_spelling(authors: object, expected: list[str]) -> None:
    [work] = read(json.dumps({"title": "T", "authors": authors}))
    assert [str(name) for name in work.names("author")] == expected


def test_a_record_of_semantic_scholar() -> None:
    record = {
        "paperId": "0f",
        "externalIds": {"DOI": "10.1234/X", "ArXiv": "2303.12712", "PubMed": "12"},
        "title": "T",
        "journal": {"name": "Nature", "volume": "3", "pages": "1-2"},
        "year": 2020,
        "publicationDate": "2020-05-01",
        "authors": [{"authorId": "1", "name": "Ada Lovelace"}],
    }
    [work] = read(json.dumps(record))
    said = {name: work.text(name) for name in ("DOI", "arxiv", "container-title", "volume", "page")}
    assert list(said.values()) == ["10.1234/x", "2303.12712", "Nature", "3", "1-2"]
    assert work.date() == Date((2020, 5, 1))
    assert work.type == "article-journal"


def test_a_record_of_arxivs_own_dump() -> None:
    record = {
        "id": "0704.0001",
        "authors": "C. Bal\\'azs",
        "authors_parsed": [["Balázs", "C.", ""]],
        "title": "T",
        "versions": [{"version": "v1", "created": "Mon, 2 Apr 2007 19:18:42 GMT"}],
        "update_date": "2008-11-26",
    }
    [work] = read(json.dumps(record))
    assert (work.id, work.type, work.text("arxiv")) == ("", "article", "0704.0001")
    assert work.date() == Date((2007, 4, 2))


@pytest.mark.parametrize(
    ("venue", "kind"),
    [
        ("ICML", "paper-conference"),
        ("KDD 2023", "paper-conference"),
        ("SIGMOD '22", "paper-conference"),
        ("EMNLP-IJCNLP", "paper-conference"),
        ("Proceedings of the 38th International Conference on Machine Learning", "paper-conference"),
        ("Advances in Neural Information Processing Systems 34", "paper-conference"),
        ("Proceedings of the National Academy of Sciences", "article-journal"),
        ("Journal of Machine Learning Research", "article-journal"),
        ("IEEE Transactions on Information Theory", "article-journal"),
        ("TMLR", "article-journal"),
        ("IEEE Access", "article-journal"),
        ("Physical Review Letters", "article-journal"),
        ("arXiv", "article"),
        ("CoRR abs/2303.12712", "article"),
    ],
)
def test_what_a_venue_is(venue: str, kind: str) -> None:
    assert venues.type_of(venue) == kind


def test_numbers_hung_onto_a_venue() -> None:
    assert venues.parse("IEEE Access 11:42738-50") == ("IEEE Access", "article-journal", "11", "", "42738-50")
    assert venues.parse("CVPR 2023 (workshops), pages 9-19") == (
        "CVPR 2023 (workshops)",
        "paper-conference",
        "",
        "",
        "9-19",
    )
    assert venues.parse("1:2").name == "1:2"


def test_a_broken_line_costs_that_line() -> None:
    data = (
        b'{"title": "A"}\n\n{"title": \n[1]\n{"title": "caf\xe9"}\n' + b"[" * 90_000 + b'\n{"title": "B"},\n'
    )
    result = get("jsonl").read(data, "x.jsonl")
    assert [work.text("title") for work in result.works] == ["A", "café", "B"]
    assert [str(found).partition(": ")[0] for found in result.diagnostics] == [
        "x.jsonl:3:10",
        "x.jsonl:4",
        "x.jsonl:5",
        "x.jsonl:6",
    ]


def test_a_stream_is_read_as_it_comes() -> None:
    def lines() -> io.BytesIO:
        return io.BytesIO(b'{"title": "A", "year": 2020}\n' * 3)

    found = list(iter_jsonl(lines(), "x"))
    assert len(found) == 3
    assert not any(isinstance(item, Diagnostic) for item in found)


def test_a_local_catalogue(shared: Path) -> None:
    data = (shared / "known" / "seed-works.jsonl").read_bytes()
    result = get("jsonl").read(data, "seed-works.jsonl")
    records = [json.loads(line) for line in data.splitlines()]
    assert not result.diagnostics
    assert len(result.works) == len(records)
    for work, record in zip(result.works, records, strict=True):
        assert work.text("title") == record["title"]
        found = [sorted(words(str(name))) for name in work.names("author")]
        assert found == [sorted(words(name)) for name in record["authors"]]
        assert (work.date() is not None) == ("year" in record)
        assert work.text("arxiv") == normal_arxiv(record.get("arxiv", ""))
        if "venue" in record:
            assert work.type
