"""Asking Open Library for books."""

from __future__ import annotations

from asked import as_json, ask, errors, work
from cite2bib.model import Name
from loopback import HTML, Reply, Seen
from runs import Opens

BOOK = {
    "key": "/books/OL1M", "title": "The Art of Made Things", "subtitle": "a primer",
    "authors": [{"name": "Made, Ada, 1938-"}, {"name": "Ben Else"}], "publish_date": "Nov 03, 1999",
    "publishers": [{"name": "Made Press"}], "publish_places": [{"name": "Made Town"}], "number_of_pages": 7,
}  # fmt: skip
ROW = {
    "key": "/works/OL1W",
    "title": "The Art of Made Things",
    "author_name": ["Ada Made"],
    "first_publish_year": 1999,
}


def answer(seen: Seen) -> Reply:
    if seen.path == "/search.json":
        return as_json({"docs": [ROW]})
    return as_json({"ISBN:9783161484100": BOOK})


def test_isbns_together_and_titles_of_what_may_be_a_book(opened: Opens) -> None:
    works = [
        work("book", ISBN="1, 978-3-16-148410-0"), work(ISBN="0306406152"),
        work("book", title="The Art of Made Things", author=(Name("Made", "Ada"),)),
        work("chapter", title="A chapter", ISBN="9783161484100"), work("article-journal", title="An article"),
    ]  # fmt: skip
    answers, seen = ask("openlibrary", opened, answer, works)
    assert [one.query.get("bibkeys") or one.query["author"] for one in seen] == [
        "ISBN:9783161484100,ISBN:0306406152", "Made",
    ]  # fmt: skip
    (book,) = answers[0].found
    assert book.text("title") == "The Art of Made Things: a primer"
    assert [str(name) for name in book.names("author")] == ["Ada Made", "Ben Else"]
    assert (book.text("ISBN"), book.text("publisher-place")) == ("9783161484100", "Made Town")
    date = book.date()
    assert date
    assert date.start == (1999, 11, 3)
    assert answers[1].found[0].text("title") == "The Art of Made Things"


def test_what_is_no_answer(opened: Opens) -> None:
    assert len(errors("openlibrary", opened, [HTML, b"[]"], [work("book", ISBN="9783161484100")])) == 2
    assert len(errors("openlibrary", opened, [HTML, b"[]", b"{}"], [work("book", title="A title")])) == 3
