from __future__ import annotations

import json

import pytest

from cite2bib.formats import get
from cite2bib.model import Work
from formats.reading import said

CROSSREF = {
    "DOI": "10.1234/X",
    "type": "journal-article",
    "title": ["T"],
    "indexed": {},
    "reference-count": 0,
    "author": [{"family": "Doe", "given": "Jane"}],
    "issued": {"date-parts": [[2020, 3]]},
}
OPENALEX = {
    "id": "https://openalex.org/W3174427814",
    "doi": "https://doi.org/10.1145/3448016.3452841",
    "title": "Vector Filters",
    "publication_date": "2021-06-09",
    "type": "conference-paper",
    "authorships": [{"author": {"display_name": "Prashant Pandey"}}, {"raw_author_name": "Alex Conway"}],
    "biblio": {"first_page": "1386", "last_page": "1399", "volume": None},
    "primary_location": {"source": {"display_name": "SIGMOD", "type": "conference", "issn": None}},
    "locations": [{"landing_page_url": "http://arxiv.org/abs/2303.12712"}],
    "abstract_inverted_index": {"filters": [1], "Today's": [0], "trade": [2]},
    "ids": {"pmid": "https://pubmed.ncbi.nlm.nih.gov/123"},
}
DATACITE = {"id": "x", "type": "dois", "attributes": {"doi": "10.5061/D", "titles": [{"title": "Data"}]}}


def read(name: str, value: object) -> tuple[Work, ...]:
    data = json.dumps(value).encode()
    assert get(name).sniff(data.decode())
    return get(name).read(data, "x.json").works


@pytest.mark.parametrize(
    ("name", "record", "wrap"),
    [
        ("crossref", CROSSREF, {"status": "ok", "message-type": "work", "message": CROSSREF}),
        (
            "crossref",
            CROSSREF,
            {"status": "ok", "message-type": "work-list", "message": {"items": [CROSSREF]}},
        ),
        ("crossref", CROSSREF, [CROSSREF]),
        ("openalex", OPENALEX, {"meta": {"count": 1}, "results": [OPENALEX]}),
        ("openalex", OPENALEX, [OPENALEX]),
        ("datacite", DATACITE, {"data": DATACITE}),
        ("datacite", DATACITE, {"data": [DATACITE], "meta": {}}),
    ],
)
def test_wrapped_or_not(name: str, record: object, wrap: object) -> None:
    [alone], [wrapped] = read(name, record), read(name, wrap)
    assert said(alone) == said(wrapped)
    assert alone.text("title")


def test_openalex() -> None:
    [work] = read("openalex", OPENALEX)
    assert work.type == "paper-conference"
    assert said(work) == {
        "title": "Vector Filters",
        "author": "Prashant Pandey; Alex Conway",
        "issued": "2021-06-09",
        "abstract": "Today's filters trade",
        "openalex": "W3174427814",
        "DOI": "10.1145/3448016.3452841",
        "arxiv": "2303.12712",
        "PMID": "123",
        "container-title": "SIGMOD",
        "page": "1386-1399",
    }


def test_lines_of_records_are_json_lines() -> None:
    text = "".join(json.dumps(record) + "\n" for record in (CROSSREF, OPENALEX, DATACITE))
    assert get("jsonl").sniff(text)
    assert [work.text("title") for work in get("jsonl").read(text.encode(), "x").works] == [
        "T",
        "Vector Filters",
        "Data",
    ]


def test_crossrefs_csl_is_csl() -> None:
    item = {**CROSSREF, "title": "T", "type": "article-journal", "score": 1}
    assert get("csljson").sniff(json.dumps([item]))
    [work] = get("csljson").read(json.dumps([item]).encode(), "x").works
    assert work.type == "article-journal"
    assert set(work.fields) == {"DOI", "title", "author", "issued"}


def test_what_is_no_record_is_told() -> None:
    result = get("crossref").read(json.dumps([CROSSREF, 3, {}]).encode(), "x.json")
    assert len(result.works) == 1
    assert [fault.message for fault in result.diagnostics] == ["item 2 is no record", "item 3 is no record"]
