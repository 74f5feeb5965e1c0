"""The web page that an address in a document leads to: what its head says of it. Covers proceedings and anthologies too.

Only http and https, never into a private network, five megabytes at most.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from cite2bib.diagnostics import SourceError
from cite2bib.http import DAY_S, Request, Response
from cite2bib.records.webpage import work_from_webpage
from cite2bib.sources.asking import answer, fetch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cite2bib.http import Send
    from cite2bib.model import Work
    from cite2bib.sources import Answer

_MOST_BYTES = 5 * 2**20
_GONE = (404, 410)


def ask(send: Send, _base_url: str, works: Sequence[Work]) -> Iterator[Answer]:
    """The pages of works with an address and without an identifier that a catalogue knows."""
    for work in works:
        if _address(work):
            yield answer([work], partial(_page, send))


def _address(work: Work) -> str:
    if any(work.text(name) for name in ("DOI", "arxiv", "PMID")):
        return ""
    address = work.text("URL")
    return address.partition("#")[0] if re.match(r"https?://[^/\s]+", address, re.IGNORECASE) else ""


def _page(send: Send, works: Sequence[Work]) -> list[Work]:
    address = _address(works[0])
    request = Request(
        address,
        accept="text/html,application/xhtml+xml",
        keep_s=14 * DAY_S,
        check=_is_page,
        is_foreign=True,
        most_bytes=_MOST_BYTES,
    )
    response = fetch(send, request, absent=_GONE)
    if not response or not _is_html(response):
        return []
    found = work_from_webpage(_decoded(response), response.url)
    return [found] if found.text("title") else []


def _is_html(response: Response) -> bool:
    kind = response.headers.get("content-type", "text/html").lower()
    return "html" in kind


def _is_page(response: Response) -> bool:
    """A page that asks whether one is human says nothing of the work."""
    if re.search(
        rb"<title>\s*(?:Just a moment|Attention Required|Access Denied|Are you a robot)",
        response.body[:4000],
        re.IGNORECASE,
    ):
        raise SourceError("a page for humans alone")
    return bool(response.body)


def _decoded(response: Response) -> str:
    """By what the header says, then the page, then UTF-8; anything else is read as the web reads it."""
    said = re.search(r"charset=[\"']?([\w-]+)", response.headers.get("content-type", ""), re.IGNORECASE)
    meta = re.search(rb"charset=[\"']?([\w-]+)", response.body[:2048], re.IGNORECASE)
    names = [said[1] if said else "", meta[1].decode() if meta else "", "utf-8"]
    for name in filter(None, names):
        try:
            return response.body.decode(name)
        except (LookupError, UnicodeDecodeError):
            continue
    return response.body.decode("cp1252", "replace")
