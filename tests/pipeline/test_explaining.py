"""What `explain` finds and tells."""

from __future__ import annotations

import json

import pytest

from cite2bib.index.memory import Library
from cite2bib.pipeline.explaining import Case, explain, locked_cases, reported
from cite2bib.resolve import lock as locks
from cite2bib.resolve.lookup import resolve
from cite2bib.resolve.match import choose
from resolve_pairs import AUTHORS
from resolve_works import work

TITLE = "Fast Model Editing at Scale"
RECORD = work(TITLE, AUTHORS, "2021", arxiv="2110.11309", container_title="ICLR")
RIVAL = work("Slow Model Editing at Scale", AUTHORS, "2021", DOI="10.1234/slow")


def _case(query_title: str = TITLE) -> Case:
    query = work(query_title, AUTHORS, "2021")
    return Case("anders2021fast", query, choose(query, [RECORD, RIVAL]), "a library", (), (RECORD, RIVAL))


def test_each_piece_of_evidence_is_told_with_its_worth() -> None:
    told = explain(_case())
    assert "taken from    a library" in told
    assert "for 67:1  title equal" in told
    assert "3 of 3 authors" in told
    assert "“Slow Model Editing at Scale”" in told
    assert '"fast" against "slow"' in told


def test_what_was_refused_is_told() -> None:
    told = explain(_case("Quick Model Editing at Scale"))
    assert "left as given nothing fits" in told
    assert told.count("at most, whatever else agrees") == 2


@pytest.mark.parametrize(
    "asked", ["fast model editing at scale", "arXiv:2110.11309v2", "FAST MODEL", "mykey", "@mykey"]
)
def test_a_lock_is_asked_by_title_identifier_and_key(asked: str) -> None:
    found = resolve([work(TITLE, AUTHORS, "2021")], libraries=[Library([RECORD])])
    lock = locks.Lock({}).joined(found.decisions)
    keys = {line.key: "mykey" for line in lock}
    (case,) = locked_cases(lock, asked, keys)
    assert "3 of 3 authors" in explain(case)
    assert locked_cases(lock, "Something Else", keys) == []


def test_only_a_report_is_read_as_one() -> None:
    report = {
        "works": [
            {
                "key": "k",
                "places": ["list.txt:1"],
                "fields": {"title": {"value": TITLE}, "DOI": {"value": "10.1234/x"}},
                "decisions": [{"found in": None, "reason": "nothing found", "asked": ["crossref"]}],
            }
        ]
    }
    data = json.dumps(report).encode()
    for asked in ("k", TITLE.upper(), "https://doi.org/10.1234/X"):
        (told,) = reported(data, asked) or []
        assert "left as given nothing found" in told
        assert "crossref" in told
    assert reported(data, "other") == []
    assert reported(b'[{"id": "x", "title": "y"}]', "x") is None
    assert reported(b"{not json", "x") is None
