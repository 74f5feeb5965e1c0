"""Google Books: one ISBN, or one book by title and author, a request. Without a key it mostly says 429.

https://developers.google.com/books/docs/v1/using
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from cite2bib import identifiers, richtext
from cite2bib.diagnostics import SourceError
from cite2bib.http import DAY_S, Request, Response
from cite2bib.letters import words
from cite2bib.records.googlebooks import work_from_googlebooks
from cite2bib.sources.asking import answer, fetch, json_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cite2bib.http import Send
    from cite2bib.model import Work
    from cite2bib.sources import Answer

_BOOKS = frozenset({"book", "classic", ""})  # what may be a book


def ask(send: Send, base_url: str, works: Sequence[Work]) -> Iterator[Answer]:
    """By ISBN where there is one; other books by title."""
    url = f"{base_url}/volumes"
    for work in works:
        if question := _question(work):
            yield answer([work], partial(_find, send, url, question))


def _question(work: Work) -> str:
    """What to search for; "" for what is no book. Of a chapter's ISBN it would give the book, which is another work."""
    if work.type not in _BOOKS:
        return ""
    isbns = (identifiers.normal_isbn(part) for part in work.text("ISBN").replace(";", ",").split(","))
    if isbn := next(filter(None, isbns), ""):
        return f"isbn:{isbn}"
    if work.text("arxiv") or not words(work.text("title")):
        return ""
    title = richtext.plain(work.text("title")).replace('"', " ")[:200]
    author = next((name.family or name.literal for name in work.names("author")[:1]), "")
    return f'intitle:"{title}"' + (f' inauthor:"{author}"' if author else "")


def _find(send: Send, url: str, question: str, _works: Sequence[Work]) -> list[Work]:
    params = {"q": question, "maxResults": "5", "printType": "books"}
    response = fetch(send, Request(url, params, "application/json", keep_s=7 * DAY_S, check=_is_search))
    rows = json_of(response).get("items", []) if response else []
    found = [work_from_googlebooks(row) for row in rows]
    isbn = question.removeprefix("isbn:")
    # A search for a number may answer with books that only mention it.
    return found if isbn == question else [work for work in found if work.text("ISBN") in {isbn, ""}]


def _is_search(response: Response) -> bool:
    found = json_of(response)
    is_counted = isinstance(found, dict) and isinstance(found.get("totalItems"), int)
    if not is_counted or not isinstance(found.get("items", []), list):
        raise SourceError("Google Books: a search without a number of volumes")
    return bool(found.get("items"))
