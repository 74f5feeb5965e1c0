"""Asking arXiv: how many requests, what stands in them, and what answers that are none become."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from catalogue import Catalogue, parse_query
from cite2bib import sources
from cite2bib.http import Send
from cite2bib.identifiers import normal_arxiv
from cite2bib.model import Field, Name, Work
from cite2bib.records.arxiv import journal_reference
from cite2bib.sources import Answer
from cite2bib.sources.arxiv import phrase
from loopback import HTML, Loopback, Reply
from runs import Opens


def work(**fields: Any) -> Work:
    return Work(fields={name: Field(value) for name, value in fields.items()})


def ask(send: Send, server: Loopback, works: Sequence[Work]) -> list[Answer]:
    return list(sources.get("arxiv").ask(send, f"{server.url}/arxiv", works))


def found(answers: Iterable[Answer]) -> list[str]:
    return [item.text("arxiv") for answer in answers for item in answer.found]


def test_by_id(server: Loopback, opened: Opens) -> None:
    with opened() as send:
        answers = ask(send, server, [work(arxiv="1605.08386v2"), work(DOI="10.48550/arXiv.2001.00001")])
    assert found(answers) == ["1605.08386", "2001.00001"]
    assert server.seen[0].query == {"id_list": "1605.08386,2001.00001", "max_results": "2"}


def test_an_id_that_is_not_there_is_looked_for_by_title(server: Loopback, opened: Opens) -> None:
    with opened() as send:
        answers = ask(send, server, [work(arxiv="2405.12345", title="A made paper on nothing")])
    assert [len(answer.found) for answer in answers] == [0, 1]
    assert found(answers) == ["2001.00001"]


def test_a_malformed_id_spoils_no_batch(server: Loopback, opened: Opens) -> None:
    with opened() as send:
        answers = ask(send, server, [work(arxiv="abc"), work(arxiv="2399.12345"), work(arxiv="1605.08386")])
    assert found(answers) == ["1605.08386"]


def test_an_id_that_arxiv_refuses_is_left_out(server: Loopback, opened: Opens) -> None:
    catalogue = server.answer
    refusal = (Path(__file__).parent / "error_400.atom").read_bytes().replace(b"abc", b"hep-th/9901001")
    server.answer = lambda seen: Reply(400, refusal) if "hep-th" in seen.query["id_list"] else catalogue(seen)
    with opened() as send:
        answers = ask(send, server, [work(arxiv="hep-th/9901001"), work(arxiv="1605.08386")])
    assert (found(answers), [answer.error for answer in answers]) == (["1605.08386"], [None])


def test_many_titles_in_one_request(server: Loopback, opened: Opens) -> None:
    titles = ["Heat-bath random walks with Markov bases", "A made paper on nothing", "There is no such paper"]
    with opened() as send:
        (answer,) = ask(send, server, [work(title=title) for title in titles])
    assert sorted(found([answer])) == ["1605.08386", "2001.00001"]
    assert server.seen[0].query["search_query"] == " OR ".join(f'ti:"{title}"' for title in titles)


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ('The "Best" of “Both” Worlds', "The Best of Both Worlds"),
        ("On $\\alpha$-divergence and \\emph{others}\\", "On -divergence and others"),
        ("Gödel, Escher: (Bach)?", "Gödel, Escher: (Bach)?"),
        ("<i>E. coli</i> and\n SMILES", "E. coli and SMILES"),
        ("???", ""),
        ("0", "0"),
    ],
)
def test_what_a_title_may_hold(title: str, asked: str) -> None:
    assert phrase(work(title=title)) == asked
    if asked:
        parse_query(f'ti:"{asked}"')


def test_a_short_title_is_narrowed_down_by_its_author(server: Loopback, opened: Opens) -> None:
    with opened() as send:
        ask(send, server, [work(title="STAR", author=(Name("Müller", "A."),)), work(title="STAR")])
    assert server.seen[0].query["search_query"] == '(ti:"STAR" AND au:muller) OR ti:"STAR"'


def test_a_flood_of_hits_starves_nobody(opened: Opens) -> None:
    flood = [{"title": f"Deep learning of kind {n}", "arxiv": f"1901.{n:05d}"} for n in range(300)]
    rare = {
        "title": "A very rare title with more words than any of the flood has in it",
        "arxiv": "2001.00001",
    }
    with Loopback(Catalogue.of([*flood, rare])) as server, opened() as send:
        answers = ask(send, server, [work(title="Deep learning of"), work(title=rare["title"])])
    assert "2001.00001" in found(answers)
    assert server.count() == 3  # together, and each alone


def test_275_works_take_at_most_20_requests(shared: Path, opened: Opens) -> None:
    known = [json.loads(line) for line in (shared / "known/seed-works.jsonl").read_text().splitlines()]
    catalogue = Catalogue.of(known)
    catalogue.add_near_misses(known)
    titles = [item["title"] for item in known]
    extra = [f"{title} and What Else There Is" for title in titles[: 275 - len(titles)]]
    works = [work(title=title) for title in titles + extra]
    works[:70] = [replaced(item, known[place]) for place, item in enumerate(works[:70])]
    with Loopback(catalogue) as server, opened(read_timeout_s=30, total_timeout_s=30) as send:
        answers = ask(send, server, works)
        assert server.count() <= 20
        ids = set(found(answers))
        assert set(filter(None, (normal_arxiv(item.get("arxiv", "")) for item in known))) <= ids
        assert {id(item) for answer in answers for item in answer.asked} == set(map(id, works))
        before = server.count()
        ask(send, server, works)
        assert server.count() == before


def replaced(item: Work, known: Any) -> Work:
    return item.with_field("arxiv", known["arxiv"]) if known.get("arxiv") else item


@pytest.mark.parametrize(
    "body",
    [
        HTML,
        b"",
        b"<feed>no end",
        b"<rss/>",
        b'<!DOCTYPE feed [<!ENTITY a "b">]><feed xmlns="http://www.w3.org/2005/Atom">&a;</feed>',
        b"<?xml version='1.0' encoding='utf-16'?><feed/>",
    ],
)
def test_what_is_no_feed_is_no_answer(body: bytes, server: Loopback, opened: Opens) -> None:
    server.answer = lambda _seen: Reply(200, body)
    with opened() as send:
        (answer,) = ask(send, server, [work(title="A made paper on nothing")])
    assert answer.error
    assert not answer.found


def test_an_error_that_says_it_is_fine_is_none(server: Loopback, opened: Opens) -> None:
    text = (
        (Path(__file__).parent / "error_400.atom")
        .read_bytes()
        .replace(b"incorrect id format", b"internal error")
    )
    server.answer = lambda _seen: Reply(200, text)
    with opened() as send:
        (answer,) = ask(send, server, [work(title="A made paper on nothing")])
    assert "internal error" in str(answer.error)


def test_an_empty_page_is_an_answer_without_hits(opened: Opens) -> None:
    with Loopback(Catalogue(empty=True)) as empty, opened() as send:
        (answer,) = ask(send, empty, [work(title="A made paper on nothing")])
    assert (answer.error, answer.found) == (None, ())


def test_every_work_gets_its_error(server: Loopback, opened: Opens) -> None:
    server.fault = "429 in 15 hours"
    works = [work(title=f"A paper with the number {n}") for n in range(100)]
    with opened() as send:
        answers = ask(send, server, works)
    assert [item for answer in answers for item in answer.asked] == works
    assert all(answer.error for answer in answers)
    assert server.count() == 1


@pytest.mark.parametrize(
    ("reference", "read"),
    [
        ("Phys. Rev. D 76, 013009 (2007)", ("Phys. Rev. D", "76", "", "013009", "2007")),
        ("ActaAstron.56:1-50,2006", ("ActaAstron.", "56", "", "1-50", "2006")),
        ("J. Comput. Phys. 12 (2001), no. 3, 123--145", None),
        ("Nature 521, 436-444 (2015)", ("Nature", "521", "", "436-444", "2015")),
        ("Proc. 2023 IEEE International Conference on Testing, pp. 66-69", None),
        ("ICML 2019", None),
        ("", None),
    ],
)
def test_journal_reference(reference: str, read: tuple[str, ...] | None) -> None:
    taken = journal_reference(reference)
    assert taken["arxiv:journal-ref"] == reference
    if read is None:
        assert "container-title" not in taken
    else:
        names = ("container-title", "volume", "issue", "page", "arxiv:journal-year")
        assert tuple(taken[name] for name in names) == read
