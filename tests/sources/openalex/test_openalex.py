"""Asking OpenAlex, and what is read from its records."""

from __future__ import annotations

import json
from pathlib import Path

from asked import as_json, ask, errors, work
from cite2bib.records.openalex import work_from_openalex
from loopback import HTML, Reply
from runs import Opens

RECORD = {
    "id": "https://openalex.org/W1", "doi": "https://doi.org/10.5555/Made", "title": "A made paper", "type": "article",
    "publication_date": "2020-05-06", "publication_year": 2020, "is_retracted": True,
    "authorships": [{"author": {"display_name": "Ada Made"}, "raw_author_name": "A. Made"}],
    "primary_location": {"source": {"display_name": "Journal of Made Things", "type": "journal"}},
    "biblio": {"volume": "1", "issue": "2", "first_page": "3", "last_page": "4"},
    "abstract_inverted_index": {"We": [0], "make": [1, 3], "and": [2], "none": ["x"]},
}  # fmt: skip


def test_many_dois_in_one_request_and_titles_one_by_one(opened: Opens) -> None:
    works = [
        work(DOI="10.5555/MADE"),
        work(arxiv="2001.00001"),
        work(title='Wha|t, "is" <i>this</i>?'),
        work(),
    ]
    answers, seen = ask("openalex", opened, lambda _seen: as_json({"results": [RECORD]}), works, key="secret")
    assert [item.text("title") for answer in answers for item in answer.found] == ["A made paper"] * 2
    assert [one.query["filter"] for one in seen] == [
        "doi:10.5555/made|10.48550/arxiv.2001.00001", "title.search:Wha t is this",
    ]  # fmt: skip
    assert {one.query["api_key"] for one in seen} == {"secret"}


def test_the_key_is_not_kept(opened: Opens, tmp_path: Path) -> None:
    ask(
        "openalex",
        opened,
        lambda _seen: as_json({"results": [RECORD]}),
        [work(DOI="10.5555/made")],
        key="secret",
    )
    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert kept
    assert not any(b"secret" in data for data in kept)


def test_what_a_record_says() -> None:
    found = work_from_openalex(RECORD)
    said = {
        name: found.text(name)
        for name in ("DOI", "openalex", "status", "page", "abstract", "container-title")
    }
    assert said == {
        "DOI": "10.5555/made", "openalex": "W1", "status": "retracted", "page": "3-4",
        "abstract": "We make and make", "container-title": "Journal of Made Things",
    }  # fmt: skip


def test_an_unknown_doi_is_a_web_page_with_404(opened: Opens) -> None:
    answers, _ = ask("openalex", opened, lambda _seen: Reply(404, HTML), [work(DOI="10.5555/none")])
    assert [(answer.found, answer.error) for answer in answers] == [((), None)]


def test_what_is_no_answer(opened: Opens) -> None:
    assert (
        len(errors("openalex", opened, [HTML, b"[]", b'{"results": 1}'], [work(title="A made paper")])) == 3
    )


def test_recorded(shared: Path) -> None:
    for path in (shared / "recordings/openalex").glob("*.json"):
        found = work_from_openalex(json.loads(path.read_bytes()))
        assert found.text("title")
        assert found.text("openalex").startswith("W")
