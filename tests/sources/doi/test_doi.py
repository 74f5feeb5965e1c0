"""Asking doi.org: agencies together, records only of those that nobody else has."""

from __future__ import annotations

import pytest

from asked import as_json, ask, errors, work
from cite2bib import sources
from loopback import FAULTS, HTML, Loopback, Reply, Seen
from runs import Opens

AGENCIES = {
    "10.5555/a": "Crossref",
    "10.5555/b": "DataCite",
    "10.11467/c": "JaLC",
    "10.5555/e(1)<2>x": "mEDRA",
}
ITEM = {"type": "article-journal", "title": "Made in Japan", "author": [{"family": "Made", "given": "Ada"}],
        "issued": {"date-parts": [[2001]]}, "indexed": {"x": 1}}  # fmt: skip


def answer(seen: Seen) -> Reply:
    if seen.path.startswith("/doiRA/"):
        dois = seen.path.removeprefix("/doiRA/").split(",")
        return as_json(
            [{"DOI": doi, "RA": AGENCIES[doi]} if doi in AGENCIES else {"DOI": doi, "status": "DOI does not exist"} for doi in dois]
        )  # fmt: skip
    assert seen.headers["accept"] == "application/vnd.citationstyles.csl+json"
    return as_json(ITEM) if "10.11467" in seen.path else Reply(406, HTML)


def test_agencies_together_and_records_of_the_small_ones(opened: Opens) -> None:
    dois = ["10.5555/a", "10.5555/b", "10.11467/c", "10.5555/none", "10.5555/e(1)<2>x"]
    answers, seen = ask("doi", opened, answer, [*(work(DOI=doi) for doi in dois), work(title="No DOI")])
    assert [one.path.split("/")[1] for one in seen] == ["doiRA", "10.11467", "10.5555"]
    assert [[item.text("title") for item in one.found] for one in answers] == [[], ["Made in Japan"], []]
    assert [one.error for one in answers] == [None] * 3
    assert "csljson:indexed" not in answers[1].found[0]


def test_what_is_no_answer(opened: Opens) -> None:
    assert len(errors("doi", opened, [HTML, b"{}"], [work(DOI="10.5555/a")])) == 2


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_an_agency_that_is_ill(fault: str, opened: Opens) -> None:
    """doi.org answers and the agency does not: the DOI exists, and nothing is said of its record."""
    dois = [work(DOI="10.11467/c", title="Made in Japan")]
    with Loopback(answer) as server:
        server.fault = lambda seen: "" if seen.path.startswith("/doiRA/") else fault
        with opened(read_timeout_s=0.15, total_timeout_s=0.3, retries=1) as send:
            registered, record = sources.get("doi").ask(send, server.url, dois)
    assert registered.exist == tuple(dois)
    if fault == "charset":  # the bytes are right
        assert [item.text("title") for item in record.found] == ["Made in Japan"]
    else:
        assert record.error
        assert not record.found


def test_negotiation_leads_to_known_agencies_alone(opened: Opens) -> None:
    """Where a DOI leads is its owner's to say: a landing page on another machine is not gone to."""
    with Loopback(answer) as server:
        server.fault = lambda seen: "" if seen.path.startswith("/doiRA/") else "elsewhere"
        with opened() as send:
            _, record = sources.get("doi").ask(send, server.url, [work(DOI="10.11467/c")])
        assert {seen.headers["host"].partition(":")[0] for seen in server.seen} == {"127.0.0.1"}
    assert "another host" in str(record.error)
