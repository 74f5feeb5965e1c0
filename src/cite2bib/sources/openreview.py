"""OpenReview: papers of the conferences that review there, by the id in their address or by title.

It often answers programs with 403, and then says nothing. https://docs.openreview.net/reference/api-v2
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from cite2bib import richtext
from cite2bib.diagnostics import SourceError
from cite2bib.http import DAY_S, Request, Response
from cite2bib.letters import words
from cite2bib.patterns import late
from cite2bib.records.openreview import work_from_openreview
from cite2bib.sources.asking import answer, fetch, json_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cite2bib.http import Send
    from cite2bib.model import Work
    from cite2bib.sources import Answer

_FORUM = late(r"openreview\.net/(?:forum|pdf|attachment)\?(?:[^#\s]*&)?id=([\w-]{5,20})", re.IGNORECASE)


def ask(send: Send, base_url: str, works: Sequence[Work]) -> Iterator[Answer]:
    """By the id of a forum where an address has one; the others by title."""
    for work in works:
        if _forum(work):
            yield answer([work], partial(_by_forum, send, f"{base_url}/notes"))
        elif words(work.text("title")):
            yield answer([work], partial(_by_title, send, f"{base_url}/notes/search"))


def _forum(work: Work) -> str:
    found = _FORUM.search(work.text("URL"))
    return found[1] if found else ""


def _by_forum(send: Send, url: str, works: Sequence[Work]) -> list[Work]:
    response = fetch(send, Request(url, {"id": _forum(works[0])}, "application/json", check=_has_notes))
    return _works(response)


def _by_title(send: Send, url: str, works: Sequence[Work]) -> list[Work]:
    title = richtext.plain(works[0].text("title"))[:250]
    params = {"term": title, "type": "terms", "content": "title", "source": "forum", "limit": "10"}
    response = fetch(send, Request(url, params, "application/json", keep_s=7 * DAY_S, check=_has_notes))
    return _works(response)


def _works(response: Response | None) -> list[Work]:
    found = [work_from_openreview(note) for note in json_of(response)["notes"]] if response else []
    return [work for work in found if work.text("title")]


def _has_notes(response: Response) -> bool:
    found = json_of(response)
    if not isinstance(found, dict) or not isinstance(found.get("notes"), list):
        raise SourceError("OpenReview: an answer without notes")
    return bool(found["notes"])
