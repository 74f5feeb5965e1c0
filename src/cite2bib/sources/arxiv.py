"""arXiv: many ids, or many titles, in one request of its query interface.

https://info.arxiv.org/help/api/user-manual.html
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

from cite2bib import identifiers, richtext
from cite2bib.diagnostics import ReadError, SourceError
from cite2bib.http import DAY_S, Request, Response
from cite2bib.letters import fold, words
from cite2bib.names import family_key
from cite2bib.records.arxiv import Feed, parse_feed
from cite2bib.sources import Answer
from cite2bib.sources.asking import answer, batches, kind_of_body

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cite2bib.http import Send
    from cite2bib.model import Work

_IDS = 100  # in one request
_TITLES = 25
_ROOM = 5000  # characters of a query: an address of 8,000 is refused by some servers on the way
_HITS_PER_TITLE = 8
_SECOND_REQUESTS = 6  # at most, for titles whose hits found no room among those of others


def ask(send: Send, base_url: str, works: Sequence[Work]) -> Iterator[Answer]:
    """By id where there is one; by title the others, and those whose id does not exist."""
    url = f"{base_url}/query"
    by_id = [work for work in works if _id(work)]
    by_title = [work for work in works if not _id(work)]
    for batch in batches(by_id, _IDS, lambda work: len(_id(work)) + 3, _ROOM):
        given = answer(batch, partial(_by_ids, send, url))
        yield given
        if not given.error:
            found = {work.text("arxiv") for work in given.found}
            by_title += [work for work in batch if _id(work) not in found]
    yield from _by_titles(send, url, [work for work in by_title if phrase(work)])


def _by_titles(send: Send, url: str, works: Sequence[Work]) -> Iterator[Answer]:
    """Many titles a request; those that the hits of others left no room for are asked for once more in the end."""
    starved: list[Work] = []
    for batch in _title_batches(works, _TITLES):
        given, more = _search(send, url, batch)
        yield given
        titles = {_folded(work) for work in given.found}
        starved += [work for work in batch if more and _folded(work) not in titles]
    most = -(-len(starved) // _SECOND_REQUESTS)
    for batch in _title_batches(starved, most) if len(works) > 1 else ():
        yield _search(send, url, batch)[0]


def _title_batches(works: Sequence[Work], most: int) -> Iterator[Sequence[Work]]:
    return batches(works, most, lambda work: len(quote_plus(_clause(work))) + 4, _ROOM)


def _folded(work: Work) -> str:
    return fold(richtext.plain(work.text("title")))


def _id(work: Work) -> str:
    """The arXiv id, also where it stands as a DOI; "" for what can be none: one bad id spoils its batch."""
    doi = work.text("DOI").lower()
    return identifiers.normal_arxiv(work.text("arxiv")) or (
        identifiers.normal_arxiv(doi) if doi.startswith("10.48550/arxiv.") else ""
    )


def _by_ids(send: Send, url: str, works: Sequence[Work]) -> Sequence[Work]:
    """The order is not kept and unknown ids are left out without a word; a refused one is named, and left out."""
    ids = list(dict.fromkeys(map(_id, works)))
    while ids:
        feed = _fetch(send, url, {"id_list": ",".join(ids), "max_results": str(len(ids))}, 30 * DAY_S)
        refused = [item for item in ids if feed.error and item in feed.error]
        if not feed.error:
            return feed.works
        if not refused:
            raise SourceError(f"arXiv: {feed.error}")
        ids = [item for item in ids if item not in refused]
    return ()


def _search(send: Send, url: str, works: Sequence[Work]) -> tuple[Answer, bool]:
    """Candidates for some titles, and whether there would be more than fit into one answer."""
    query = " OR ".join(dict.fromkeys(map(_clause, works)))
    most = max(50, _HITS_PER_TITLE * len(works))
    params = {"search_query": query, "start": "0", "max_results": str(most)}
    try:
        feed = _fetch(send, url, params, 7 * DAY_S)
    except SourceError as error:
        return Answer(tuple(works), error=error), False
    return Answer(tuple(works), feed.works), feed.total > len(feed.works)


def phrase(work: Work) -> str:
    """A title as it may stand between quotes: what would end them, or escape their end, is left out."""
    title = richtext.plain(work.text("title"))
    title = re.sub(r"\\[a-zA-Z]+|[\"“”„«»\\{}$^_~]", " ", title)
    return " ".join(title.split()) if words(title) else ""


def _clause(work: Work) -> str:
    """A title of one or two words is in many others: an author narrows it down."""
    clause = f'ti:"{phrase(work)}"'
    authors = [family_key(name) for name in work.names("author")[:1]]
    if len(words(phrase(work))) > 2 or not authors or not authors[0].isascii():
        return clause
    return f"({clause} AND au:{authors[0]})"


def _fetch(send: Send, url: str, params: Mapping[str, str], keep_s: float) -> Feed:
    accept = "application/atom+xml"
    response = send(Request(url, params, accept, keep_s=keep_s, check=_is_sound))
    if response.status not in {200, 400}:
        raise SourceError(f"arXiv answered {response.status}")
    feed = _parsed(response)
    if feed.error and "incorrect id" not in feed.error:
        raise SourceError(f"arXiv: {feed.error}")
    return feed


def _parsed(response: Response) -> Feed:
    try:
        return parse_feed(response.body)
    except ReadError:
        raise SourceError(f"arXiv: not a feed but {kind_of_body(response)}") from None


def _is_sound(response: Response) -> bool:
    """An error may come with status 200; an empty page may be a bad day of the service."""
    feed = _parsed(response)
    if feed.error and "incorrect id" not in feed.error:
        raise SourceError(f"arXiv: {feed.error}")
    return bool(feed.works)
