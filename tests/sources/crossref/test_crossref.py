"""Asking Crossref, through the real habanero."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from catalogue import Catalogue
from cite2bib import sources
from cite2bib.http import Send
from cite2bib.model import Date, Field, Name, Work
from cite2bib.sources import Answer
from loopback import Loopback, Reply
from runs import Opens

SICI = "10.1002/(sici)1097-0258(19980815/30)17:15/16<1661::aid-sim968>3.0.co;2-2"


def work(**fields: Any) -> Work:
    return Work(fields={name: Field(value) for name, value in fields.items()})


def ask(send: Send, server: Loopback, works: Sequence[Work]) -> list[Answer]:
    return list(sources.get("crossref").ask(send, f"{server.url}/crossref", works))


def test_dois_are_asked_for_together(server: Loopback, opened: Opens) -> None:
    works = [work(DOI=doi) for doi in ("10.5555/HEAT", "10.5555/nothing", "10.5555/absent", "10.5555/heat")]
    with opened() as send:
        (answer,) = ask(send, server, works)
    assert [item.text("DOI") for item in answer.found] == ["10.5555/heat", "10.5555/nothing"]
    assert server.seen[0].query == {
        "filter": "doi:10.5555/heat,doi:10.5555/nothing,doi:10.5555/absent", "rows": "3",
    }  # fmt: skip


@pytest.mark.parametrize("doi", [SICI, "10.5555/a,b", "10.5555/a?b=c#d", "10.5555/ü&x"])
def test_a_doi_may_hold_anything(doi: str, opened: Opens) -> None:
    with Loopback(Catalogue.of([{"title": "Made", "doi": doi}])) as server, opened() as send:
        (answer,) = ask(send, server, [work(DOI=doi)])
        assert [item.text("title") for item in answer.found] == ["Made"]
        if "," in doi:
            assert server.seen[0].target == f"/crossref/works/{quote(doi, safe='')}"


def test_a_place_is_searched_for_where_there_is_no_title(server: Loopback, opened: Opens) -> None:
    printed = {"container-title": "Phys. Rev. Lett.", "volume": "77", "page": "3865-3868"}
    query = work(**printed, author=(Name("Perdew", "J."),), issued=Date((1996,)))
    with opened() as send:
        assert list(ask(send, server, [work(**{"container-title": "Phys. Rev. Lett."})])) == []
        list(ask(send, server, [query]))
    assert server.seen[0].query["query.bibliographic"] == "Phys. Rev. Lett. 77 3865 1996 Perdew"


def test_a_title_is_searched_for_with_its_authors(server: Loopback, opened: Opens) -> None:
    query = work(
        title="A <i>made</i> paper on\nnothing", author=(Name("Made", "Ada"), Name(literal="The Team"))
    )
    with opened() as send:
        (answer,) = ask(send, server, [query])
    assert answer.found[0].text("DOI") == "10.5555/nothing"
    seen = server.seen[0].query
    assert seen["query.bibliographic"] == "A made paper on nothing Made The Team"
    assert seen["rows"] == "5"
    assert {"title", "subtitle", "author", "issued", "updated-by", "relation"} <= set(
        seen["select"].split(",")
    )


def test_one_request_a_work_and_none_for_what_can_not_be_asked(server: Loopback, opened: Opens) -> None:
    works = [
        work(title="A made paper on nothing"),
        work(title="???"),
        work(author=(Name("Made"),)),
        work(DOI="10.48550/arXiv.2001.00001", title="Of arXiv"),
        work(DOI="10.5555/heat", title="Heat-bath random walks with Markov bases"),
    ]
    with opened() as send:
        answers = ask(send, server, works)
    asked = [id(item) for answer in answers for item in answer.asked]
    assert len(asked) == len(set(asked)) == len(answers) == server.count() == 3


def test_404_says_that_it_is_not_crossrefs(server: Loopback, opened: Opens) -> None:
    with opened() as send:
        (answer,) = ask(send, server, [work(DOI="10.5555/not,here")])
    assert (answer.found, answer.error) == ((), None)


@pytest.mark.parametrize(
    "body",
    [
        b"[]", b"{}", b"null", b'"text"', b'{"status":"ok","message":[]}', b'{"message":{"items":null}}',
        b'{"message":{"items":[]}}', b"Resource not found.", b"\xff\xfe", b"[" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_list_of_records_is_no_answer(body: bytes, server: Loopback, opened: Opens) -> None:
    server.answer = lambda _seen: Reply(200, body, {"Content-Type": "application/json"})
    with opened() as send:
        (answer,) = ask(send, server, [work(title="A made paper on nothing")])
    assert answer.error
    assert not answer.found


def test_a_refused_question_says_why(server: Loopback, opened: Opens) -> None:
    complaint = {"status": "failed", "message": [{"type": "x", "message": "Select is not known"}]}
    server.answer = lambda _seen: Reply(400, json.dumps(complaint).encode())
    with opened() as send:
        (answer,) = ask(send, server, [work(title="A made paper on nothing")])
    assert "Select is not known" in str(answer.error)


def test_a_record_may_be_broken_anywhere(server: Loopback, opened: Opens) -> None:
    record = {
        "DOI": 7, "title": [None, {}, 3], "author": [None, "text", {"family": None}, {"given": ["x"]}, {}],
        "issued": {"date-parts": [["MMXX"]]}, "container-title": {"a": 1}, "relation": [], "page": 17,
        "updated-by": [None, {"type": None}, {"type": "retraction"}], "event": "text", "ISSN": "0317-847", "type": [],
    }  # fmt: skip
    answer = {"message": {"total-results": 1, "items": [record]}}
    server.answer = lambda _seen: Reply(200, json.dumps(answer).encode())
    with opened() as send:
        (given,) = ask(send, server, [work(title="A made paper on nothing")])
    assert given.error is None
    assert given.found[0].text("title") == "3"


def test_every_work_gets_its_error(server: Loopback, opened: Opens) -> None:
    server.fault = "429 in 15 hours"
    works = [work(title=f"A paper with the number {n}") for n in range(100)]
    with opened() as send:
        answers = ask(send, server, works)
    assert [item for answer in answers for item in answer.asked] == works
    assert all(answer.error for answer in answers)
    assert server.count() == 1


def test_recorded_dois_are_found_again(shared: Path, opened: Opens) -> None:
    catalogue = Catalogue()
    catalogue.add_recorded(shared / "recordings")
    dois = sorted({item["DOI"] for item in catalogue.records})
    with Loopback(catalogue) as server, opened(read_timeout_s=30, total_timeout_s=30) as send:
        answers = ask(send, server, [work(DOI=doi) for doi in dois])
        assert {item.text("DOI") for answer in answers for item in answer.found} == {
            doi.lower() for doi in dois
        }
        assert server.count() == 2  # 50 in one request
