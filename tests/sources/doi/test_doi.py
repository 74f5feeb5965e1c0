"""Asking doi.org: agencies together, records only of those that nobody else has."""

from __future__ import annotations

from asked import as_json, ask, errors, work
from loopback import HTML, Reply, Seen
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
