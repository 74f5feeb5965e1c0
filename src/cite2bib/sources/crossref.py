"""Crossref, through habanero, whose requests go out by our `Send`.

https://www.crossref.org/documentation/retrieve-metadata/rest-api/, https://habanero.readthedocs.io
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, quote_plus

from cite2bib import identifiers, printed, richtext
from cite2bib.diagnostics import SourceError
from cite2bib.http import DAY_S, Request, Response
from cite2bib.letters import words
from cite2bib.records.crossref import work_from_crossref
from cite2bib.sources.asking import answer, batches, json_of, kind_of_body

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cite2bib.http import Send
    from cite2bib.model import Work
    from cite2bib.sources import Answer

_DOIS = 50  # in one request
_ROOM = 4000  # characters of an address
_ROWS = 5  # of a search: measured on 415 references, the right one is among the first five or not there
_FIELDS = (
    "DOI,ISBN,ISSN,abstract,article-number,author,chair,container-title,degree,editor,event,group-title,issue,issued,"
    "license,original-title,page,posted,prefix,published,published-online,published-print,publisher,"
    "publisher-location,relation,short-container-title,subtitle,title,translator,type,update-to,updated-by,volume"
)


def ask(send: Send, base_url: str, works: Sequence[Work]) -> Iterator[Answer]:
    """By DOI where there is one, many in a request; the others by title and authors, one request each."""
    client = _client(send, base_url)
    by_doi = [work for work in works if _batchable(work)]
    for batch in batches(by_doi, _DOIS, lambda work: len(quote_plus(f"doi:{_doi(work)},")), _ROOM):
        yield answer(batch, client.find_all)
    for work in works:
        if _doi(work) and not _batchable(work):
            yield answer([work], client.find_one)
        elif not _doi(work) and (words(_title(work)) or all(printed.place(work))):
            yield answer([work], client.search)


def _doi(work: Work) -> str:
    """The DOI, unless it is arXiv's: those are DataCite's."""
    doi = identifiers.normal_doi(work.text("DOI"))
    return "" if doi.startswith("10.48550/") else doi


def _batchable(work: Work) -> bool:
    """A comma parts filters: a DOI that holds one is asked for alone."""
    return bool(_doi(work)) and "," not in _doi(work)


def _title(work: Work) -> str:
    return " ".join(richtext.plain(work.text("title")).split())


def _query(work: Work) -> str:
    """Title and surnames: what a reader would type. The year is left out, it is too often inferred."""
    surnames = [name.family or name.literal for name in work.names("author")[:3]]
    said = [_title(work)[:400]] if words(_title(work)) else _printed(work)
    return " ".join([*said, *surnames]).replace("\\", " ")


def _printed(work: Work) -> list[str]:
    """Where a work without a title is printed."""
    date = work.date()
    told = [work.text("container-title")[:200], *printed.place(work), str(date.year if date else "")]
    return list(filter(None, told))


def _client(send: Send, base_url: str) -> Any:
    return _client_class()(send, base_url)


@cache
def _client_class() -> Any:
    """Habanero's classes with one method each of our own; made when needed, because of what habanero loads."""
    from habanero import Crossref  # type: ignore[import-untyped]
    from habanero.request_class import Request as Works  # type: ignore[import-untyped]

    class Wire(Works):  # type: ignore[misc]
        """habanero builds and checks the question; we send it."""

        send: Send

        def _req(self, payload: Mapping[str, str], should_warn: bool) -> Any:  # noqa: ARG002 - habanero's signature
            params = {name: str(value) for name, value in payload.items()}
            return _fetch(self.send, self._url(), params)

    class Client(Crossref):  # type: ignore[misc]
        """Crossref as habanero knows it, over a `Send`."""

        def __init__(self, send: Send, base_url: str) -> None:
            super().__init__(base_url)
            self.send = send

        def _works(self, path: str, *arguments: Any, **queries: str) -> Any:
            # Positional: habanero's next version gives some of these other names.
            wire = Wire(None, None, None, self.base_url, path, *arguments, **queries)
            wire.send = self.send
            return wire

        def search(self, works: Sequence[Work]) -> list[Work]:
            """The first few records for what a reader would type of a work."""
            query = _query(works[0])
            wire = self._works(
                "/works", None, None, None, _ROWS, None, None, None, None, _FIELDS, query_bibliographic=query
            )
            return _works_of(wire.do_request())

        def find_all(self, works: Sequence[Work]) -> list[Work]:
            """The records of some DOIs; those that are not Crossref's are left out."""
            dois = list(dict.fromkeys(map(_doi, works)))
            wire = self._works("/works", None, {"doi": dois}, None, len(dois))
            return _works_of(wire.do_request())

        def find_one(self, works: Sequence[Work]) -> list[Work]:
            """The record of one DOI, whatever characters it holds."""
            doi = _doi(works[0])
            found = self._works(f"/works/{quote(doi, safe='')}")._req({}, False)  # noqa: SLF001 - our own method
            return [work_from_crossref(found["message"])] if found else []

    return Client


def _works_of(answered: Any) -> list[Work]:
    return [work_from_crossref(item) for item in answered["message"]["items"]] if answered else []


def _fetch(send: Send, url: str, params: Mapping[str, str]) -> Any:
    """The JSON; None for 404, which says that a DOI is not Crossref's, and not that there is none."""
    keep_s = (7 if "query.bibliographic" in params else 30) * DAY_S
    response = send(Request(url, params, "application/json", keep_s=keep_s, check=_is_sound))
    if response.status == 404:
        return None
    if response.status != 200:
        raise SourceError(f"Crossref answered {response.status}: {_complaint(response)}")
    return json_of(response)


def _is_sound(response: Response) -> bool:
    found = json_of(response)
    message = found.get("message") if isinstance(found, dict) else None
    if not isinstance(message, dict):
        raise SourceError("Crossref: an answer without a message")
    if "DOI" in message:
        return True
    if not isinstance(message.get("items"), list) or "total-results" not in message:
        raise SourceError("Crossref: an answer without a list of records")
    return bool(message["items"])


def _complaint(response: Response) -> str:
    try:
        return str(json_of(response)["message"][0]["message"])
    except (SourceError, LookupError, TypeError):
        return kind_of_body(response)
