"""Asking Semantic Scholar, and what is read from its papers."""

from __future__ import annotations

from asked import as_json, ask, errors, work
from cite2bib.records.semanticscholar import work_from_semanticscholar
from loopback import HTML, Reply, Seen
from runs import Opens

PREPRINT = {
    "paperId": "a1", "title": "A made paper", "authors": [{"name": "Ada Made"}, {"name": "The Made Team"}],
    "year": 2020, "publicationDate": "2020-05-06", "venue": "arXiv.org", "journal": {"volume": "abs/2001.00001"},
    "externalIds": {"ArXiv": "2001.00001", "DOI": "10.48550/arXiv.2001.00001"},
}  # fmt: skip
ARTICLE = PREPRINT | {
    "venue": "Made Conf", "publicationVenue": {"name": "Conference on Made Things", "type": "conference"},
    "journal": {"volume": " 7 ", "pages": "1 - 9"}, "externalIds": {"DOI": "10.5555/made", "PubMed": "123"},
}  # fmt: skip


def answer(seen: Seen) -> Reply:
    if seen.path == "/paper/batch":
        return as_json([PREPRINT, None])
    return as_json({"data": [ARTICLE]}) if "made" in seen.query["query"] else as_json({"error": "none"}, 404)


def test_ids_together_and_titles_one_by_one(opened: Opens) -> None:
    works = [
        work(arxiv="2001.00001"), work(DOI="10.5555/x"), work(PMCID="PMC12"), work(title="A made paper"),
        work(title="None such"),
    ]  # fmt: skip
    answers, seen = ask("semanticscholar", opened, answer, works, key="secret")
    assert [[item.type for item in one.found] for one in answers] == [["article"], ["paper-conference"], []]
    assert [one.error for one in answers] == [None] * 3
    assert [one.method for one in seen] == ["POST", "GET", "GET"]
    assert {one.headers["x-api-key"] for one in seen} == {"secret"}


def test_a_preprint_and_an_article() -> None:
    preprint, article = work_from_semanticscholar(PREPRINT), work_from_semanticscholar(ARTICLE)
    assert (preprint.text("arxiv"), preprint.text("DOI"), preprint.text("volume")) == ("2001.00001", "", "")
    assert [str(name) for name in preprint.names("author")] == ["Ada Made", "The Made Team"]
    assert (article.text("container-title"), article.text("page")) == ("Conference on Made Things", "1-9")
    assert (article.text("volume"), article.text("PMID")) == ("7", "123")


def test_what_is_no_answer(opened: Opens) -> None:
    assert len(errors("semanticscholar", opened, [HTML, b"{}", b"null"], [work(arxiv="2001.00001")])) == 3
    assert len(errors("semanticscholar", opened, [HTML, b"[]", b'{"data": 1}'], [work(title="A title")])) == 3
