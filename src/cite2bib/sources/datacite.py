"""DataCite: the DOIs of data and software, and those that arXiv gives.

https://support.datacite.org/docs/api
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from cite2bib.diagnostics import SourceError
from cite2bib.http import Request, Response
from cite2bib.records.datacite import work_from_datacite
from cite2bib.sources.asking import answer, any_doi, batches, fetch, json_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cite2bib.http import Send
    from cite2bib.model import Work
    from cite2bib.sources import Answer

_DOIS = 50  # in one request
_ROOM = 4000  # characters of an address


def ask(send: Send, base_url: str, works: Sequence[Work]) -> Iterator[Answer]:
    """By DOI, many in a request; an arXiv id has a DOI too."""
    asked = [work for work in works if any_doi(work)]
    for batch in batches(asked, _DOIS, lambda work: len(any_doi(work)) + 3, _ROOM):
        yield answer(batch, partial(_by_dois, send, base_url))


def _by_dois(send: Send, base_url: str, works: Sequence[Work]) -> list[Work]:
    dois = dict.fromkeys(map(any_doi, works))
    params = {"ids": ",".join(dois), "page[size]": str(len(dois))}
    response = fetch(send, Request(f"{base_url}/dois", params, "application/vnd.api+json", check=_is_sound))
    return [work_from_datacite(item) for item in json_of(response)["data"]] if response else []


def _is_sound(response: Response) -> bool:
    found = json_of(response)
    if not isinstance(found, dict) or not isinstance(found.get("data"), list):
        raise SourceError("DataCite: an answer without data")
    return bool(found["data"])
