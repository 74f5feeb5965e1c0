"""Asking DataCite."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from catalogue import Catalogue
from cite2bib import sources
from cite2bib.model import Field, Work
from loopback import Loopback, Reply
from runs import Opens

HERE = Path(__file__).parent


def work(**fields: Any) -> Work:
    return Work(fields={name: Field(value) for name, value in fields.items()})


def test_by_doi_and_by_arxiv_id(opened: Opens) -> None:
    records = [json.loads(path.read_bytes()) for path in HERE.glob("*.json")]
    catalogue = Catalogue(dois={record["id"]: record for record in records})
    works = [
        work(DOI="10.5061/DRYAD.8515"),
        work(arxiv="2311.16162v1"),
        work(DOI="10.5555/absent"),
        work(title="x"),
    ]
    with Loopback(catalogue) as server, opened() as send:
        (answer,) = sources.get("datacite").ask(send, f"{server.url}/datacite", works)
        assert server.seen[0].query == {
            "ids": "10.5061/dryad.8515,10.48550/arxiv.2311.16162,10.5555/absent", "page[size]": "3",
        }  # fmt: skip
    assert [(item.type, item.text("DOI"), item.text("arxiv")) for item in answer.found] == [
        ("dataset", "10.5061/dryad.8515", ""),
        ("article", "", "2311.16162"),
    ]


@pytest.mark.parametrize("body", [b"{}", b"[]", b'{"data":{}}', b"<html>"])
def test_what_has_no_data_is_no_answer(body: bytes, server: Loopback, opened: Opens) -> None:
    server.answer = lambda _seen: Reply(200, body)
    with opened() as send:
        (answer,) = sources.get("datacite").ask(send, server.url, [work(DOI="10.5061/dryad.8515")])
    assert answer.error


def test_a_record_may_be_broken_anywhere(server: Loopback, opened: Opens) -> None:
    attributes = {"doi": None, "titles": [None, {"title": 3}], "creators": ["x", {"name": None}], "dates": [{"date": 1}],
                  "types": [], "publisher": ["P"], "container": None, "relatedIdentifiers": [None]}  # fmt: skip
    server.answer = lambda _seen: Reply(
        200, json.dumps({"data": [{"attributes": attributes}, None]}).encode()
    )
    with opened() as send:
        (answer,) = sources.get("datacite").ask(send, server.url, [work(DOI="10.5061/dryad.8515")])
    assert [item.text("title") for item in answer.found] == ["3", ""]
