"""Asking Hugging Face for papers, and what is read from them."""

from __future__ import annotations

from asked import as_json, ask, errors, work
from loopback import HTML, Reply, Seen
from runs import Opens

PAPER = {
    "id": "2001.00001", "title": "A made\npaper", "authors": [{"name": "Ada Made", "hidden": False}],
    "publishedAt": "2020-01-05T10:00:00.000Z", "summary": "We make.", "githubRepo": "https://github.com/made/paper",
}  # fmt: skip


def answer(seen: Seen) -> Reply:
    if seen.path == "/search":
        return as_json([{"paper": PAPER, "title": "A made paper"}])
    return as_json(PAPER) if seen.path == "/2001.00001" else as_json({"error": "Paper not found"}, 404)


def test_by_id_and_by_title(opened: Opens) -> None:
    works = [work(arxiv="2001.00001"), work(arxiv="2001.00002"), work(title="A made paper"), work()]
    answers, seen = ask("huggingface", opened, answer, works)
    assert [one.path for one in seen] == ["/2001.00001", "/2001.00002", "/search"]
    assert [[item.text("title") for item in one.found] for one in answers] == [
        ["A made paper"],
        [],
        ["A made paper"],
    ]
    (found,) = answers[0].found
    assert (found.type, found.text("repository")) == ("article", "https://github.com/made/paper")
    date = found.date()
    assert date
    assert date.start == (2020, 1, 5)


def test_what_is_no_answer(opened: Opens) -> None:
    assert len(errors("huggingface", opened, [HTML, b"[]", b"{}"], [work(arxiv="2001.00001")])) == 3
    assert len(errors("huggingface", opened, [HTML, b"{}"], [work(title="A made paper")])) == 2
