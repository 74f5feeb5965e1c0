"""Asking dblp, and what is read from its rows and hits."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from asked import as_json, ask, errors, work
from cite2bib.records.dblp import work_from_hit
from loopback import HTML
from runs import Opens


def rows(key: str, names: list[str], **said: str) -> list[dict[str, Any]]:
    cells = {name: {"type": "literal", "value": value} for name, value in said.items()}
    publ = {"publ": {"type": "uri", "value": f"https://dblp.org/rec/{key}"}}
    return [
        {**publ, **cells, "ordinal": {"value": str(place)}, "name": {"value": name}} for place, name in enumerate(names, 1)
    ]  # fmt: skip


ROWS = [
    *rows("conf/made/A20", ["Ada Made 0003", "Ben Else"], title="A made paper.", year="2020", venue="MADE",
          type="http://purl.org/net/nknouf/ns/bibtex#Inproceedings", pages="1-9", doi="https://doi.org/10.5555/MADE")[::-1],
    *rows("journals/corr/abs-2001-00001", ["Ada Made"], title="A made preprint?", year="2020", venue="CoRR",
          type="http://purl.org/net/nknouf/ns/bibtex#Article", volume="abs/2001.00001"),
]  # fmt: skip


def test_one_query_for_many(opened: Opens) -> None:
    works = [
        work(DOI="10.5555/made"),
        work(arxiv="2001.00001"),
        work(title='The "made" paper.'),
        work(title="?"),
    ]
    answers, (seen,) = ask("dblp", opened, lambda _seen: as_json({"results": {"bindings": ROWS}}), works)
    query = seen.query["query"]
    assert "<https://doi.org/10.5555/made> <https://doi.org/10.5555/MADE>" in query
    assert "<https://dblp.org/rec/journals/corr/abs-2001-00001>" in query
    assert '?publ dblp:title "The \\"made\\" paper."' in query
    paper, preprint = answers[0].found
    assert (paper.type, paper.text("title"), paper.text("DOI")) == (
        "paper-conference",
        "A made paper",
        "10.5555/made",
    )
    assert [str(name) for name in paper.names("author")] == ["Ada Made", "Ben Else"]
    assert (preprint.type, preprint.text("arxiv"), preprint.text("title")) == (
        "article", "2001.00001", "A made preprint?",
    )  # fmt: skip


def test_a_doi_can_not_break_out_of_the_query(opened: Opens) -> None:
    works = [work(DOI="10.5555/a>}drop{<b", title="A title \\")]
    _, (seen,) = ask("dblp", opened, lambda _seen: as_json({"results": {"bindings": []}}), works)
    assert "drop" not in seen.query["query"]
    assert 'dblp:title "A title \\\\."' in seen.query["query"]


def test_what_is_no_answer(opened: Opens) -> None:
    bodies = [HTML, b"[]", b'{"results": []}', b'{"results": {"bindings": null}}']
    assert len(errors("dblp", opened, bodies, [work(title="A made paper")])) == 4


def test_recorded_hits(shared: Path) -> None:
    hits = json.loads((shared / "recordings/dblp/hits_0.json").read_bytes())
    preprint, article = (work_from_hit(hit["info"]) for hit in hits[:2])
    assert (preprint.type, preprint.text("arxiv")) == ("article", "2402.17944")
    assert article.type == "article-journal"
    assert not article.text("title").endswith(".")
    assert all(name.family and not name.family.isdecimal() for name in article.names("author"))
    assert "Jiani Zhang" in [str(name) for name in article.names("author")]
