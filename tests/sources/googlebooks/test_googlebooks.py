"""Asking Google Books for books."""

from __future__ import annotations

from asked import as_json, ask, errors, work
from cite2bib.model import Name
from loopback import HTML, Reply, Seen
from runs import Opens

VOLUME = {
    "id": "vol1",
    "volumeInfo": {
        "title": "The Art of Made Things", "subtitle": "A Primer", "authors": ["Ada Made", "Ben Else"],
        "publisher": "Made Press", "publishedDate": "1999-11", "pageCount": 7, "printType": "BOOK", "language": "en",
        "industryIdentifiers": [{"type": "OTHER", "identifier": "UOM:39015"}, {"type": "ISBN_10", "identifier": "316148410X"},
                                {"type": "ISBN_13", "identifier": "9783161484100"}],
    },
}  # fmt: skip
OTHER = {"id": "vol2", "volumeInfo": {"title": "A Guide to Numbers", "industryIdentifiers": [{"type": "ISBN_13", "identifier": "9780306406157"}]}}  # fmt: skip


def answer(_seen: Seen) -> Reply:
    return as_json({"kind": "books#volumes", "totalItems": 2, "items": [VOLUME, OTHER]})


def test_isbns_and_titles_of_what_may_be_a_book(opened: Opens) -> None:
    works = [
        work("book", ISBN="978-3-16-148410-0"),
        work("book", title='The "Art" of Made Things', author=(Name("Made", "Ada"),)),
        work("chapter", title="A chapter", ISBN="9783161484100"),
        work("article-journal", title="An article"),
    ]
    answers, seen = ask("googlebooks", opened, answer, works, key="secret")
    assert [one.query["q"] for one in seen] == [
        "isbn:9783161484100",
        'intitle:"The  Art  of Made Things" inauthor:"Made"',
    ]
    assert all(one.query["key"] == "secret" for one in seen)
    (book,) = answers[0].found  # and not the one that only mentions the number
    assert book.text("title") == "The Art of Made Things: A Primer"
    assert [str(name) for name in book.names("author")] == ["Ada Made", "Ben Else"]
    assert (book.text("ISBN"), book.text("publisher"), book.type) == ("9783161484100", "Made Press", "book")
    date = book.date()
    assert date
    assert date.start == (1999, 11)
    assert len(answers[1].found) == 2


def test_nothing_found_is_an_answer(opened: Opens) -> None:
    answers, _ = ask(
        "googlebooks", opened, lambda _seen: as_json({"totalItems": 0}), [work("book", title="A title")]
    )
    assert [(item.found, item.error) for item in answers] == [((), None)]


def test_what_is_no_answer(opened: Opens) -> None:
    bodies = [HTML, b"[]", b"{}", b'{"totalItems": 1, "items": 3}']
    assert len(errors("googlebooks", opened, bodies, [work("book", title="A title")])) == 4
