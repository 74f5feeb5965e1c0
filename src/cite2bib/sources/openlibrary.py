"""Open Library: many ISBNs in one request; books without one by title and author.

https://openlibrary.org/developers/api
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from cite2bib import identifiers, richtext
from cite2bib.diagnostics import SourceError
from cite2bib.http import DAY_S, Request, Response
from cite2bib.letters import words
from cite2bib.records.openlibrary import work_from_openlibrary
from cite2bib.sources.asking import answer, batches, fetch, json_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cite2bib.http import Send
    from cite2bib.model import Work
    from cite2bib.sources import Answer

_ISBNS = 50  # in one request
_FIELDS = "key,title,subtitle,author_name,first_publish_year,publisher"
_BOOKS = frozenset({"book", "classic", ""})  # what may be a book


def ask(send: Send, base_url: str, works: Sequence[Work]) -> Iterator[Answer]:
    """By ISBN where there is one; other books by title."""
    by_isbn = [work for work in works if _isbn(work)]
    for batch in batches(by_isbn, _ISBNS, lambda _work: 1, _ISBNS):
        yield answer(batch, partial(_by_isbns, send, f"{base_url}/api/books"))
    for work in works:
        if not _isbn(work) and work.type in _BOOKS and not work.text("arxiv") and words(work.text("title")):
            yield answer([work], partial(_by_title, send, f"{base_url}/search.json"))


def _isbn(work: Work) -> str:
    """The first of a work's ISBNs; of a chapter's book it would give the book, which is another work."""
    if work.type not in _BOOKS:
        return ""
    found = (identifiers.normal_isbn(part) for part in work.text("ISBN").replace(";", ",").split(","))
    return next(filter(None, found), "")


def _by_isbns(send: Send, url: str, works: Sequence[Work]) -> list[Work]:
    isbns = dict.fromkeys(map(_isbn, works))
    params = {"bibkeys": ",".join(f"ISBN:{isbn}" for isbn in isbns), "format": "json", "jscmd": "data"}
    response = fetch(send, Request(url, params, "application/json", check=_is_object))
    found = json_of(response) if response else {}
    return [work_from_openlibrary(record, key.removeprefix("ISBN:")) for key, record in found.items()]


def _by_title(send: Send, url: str, works: Sequence[Work]) -> list[Work]:
    params = {"title": richtext.plain(works[0].text("title"))[:250], "limit": "5", "fields": _FIELDS}
    authors = [name.family or name.literal for name in works[0].names("author")[:1]]
    if any(authors):
        params["author"] = authors[0]
    response = fetch(send, Request(url, params, "application/json", keep_s=7 * DAY_S, check=_is_search))
    return [work_from_openlibrary(row) for row in json_of(response)["docs"]] if response else []


def _is_object(response: Response) -> bool:
    found = json_of(response)
    if not isinstance(found, dict):
        raise SourceError("Open Library: an answer that is no object")
    return bool(found)


def _is_search(response: Response) -> bool:
    found = json_of(response)
    if not isinstance(found, dict) or not isinstance(found.get("docs"), list):
        raise SourceError("Open Library: a search without rows")
    return bool(found["docs"])
