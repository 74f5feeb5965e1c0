"""OpenAlex: many DOIs in one request; a search costs ten times as much of the day's free budget.

https://developers.openalex.org
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

from cite2bib import richtext
from cite2bib.diagnostics import SourceError
from cite2bib.http import DAY_S, Request, Response
from cite2bib.records.openalex import work_from_openalex
from cite2bib.sources.asking import answer, any_doi, batches, fetch, json_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cite2bib.http import Send
    from cite2bib.model import Work
    from cite2bib.sources import Answer

_DOIS = 50  # in one filter
_ROOM = 4000  # characters of an address
_FIELDS = (
    "id,doi,title,display_name,publication_year,publication_date,ids,language,primary_location,type,authorships,"
    "biblio,is_retracted,locations,abstract_inverted_index"
)


def ask(send: Send, base_url: str, works: Sequence[Work]) -> Iterator[Answer]:
    """By DOI (an arXiv id has one too) where there is one; the others by title, one request each."""
    url = f"{base_url}/works"
    by_doi = [work for work in works if _is_plain(any_doi(work))]
    for batch in batches(by_doi, _DOIS, lambda work: len(quote_plus(any_doi(work))) + 3, _ROOM):
        yield answer(batch, partial(_by_dois, send, url))
    for work in works:
        if not any_doi(work) and _words(work):
            yield answer([work], partial(_by_title, send, url))


def _is_plain(doi: str) -> bool:
    """A comma and a bar mean something in a filter."""
    return bool(doi) and not set(doi) & set(",|")


def _words(work: Work) -> str:
    return " ".join(re.findall(r"[^\W_]+", richtext.plain(work.text("title"))))[:300]


def _by_dois(send: Send, url: str, works: Sequence[Work]) -> list[Work]:
    dois = list(dict.fromkeys(map(any_doi, works)))
    params = {"filter": f"doi:{'|'.join(dois)}", "per-page": str(len(dois)), "select": _FIELDS}
    return _fetch(send, url, params, 30 * DAY_S)


def _by_title(send: Send, url: str, works: Sequence[Work]) -> list[Work]:
    params = {"filter": f"title.search:{_words(works[0])}", "per-page": "5", "select": _FIELDS}
    return _fetch(send, url, params, 7 * DAY_S)


def _fetch(send: Send, url: str, params: Mapping[str, str], keep_s: float) -> list[Work]:
    request = Request(url, params, "application/json", keep_s=keep_s, check=_is_sound)
    response = fetch(send, request)
    return [work_from_openalex(item) for item in json_of(response)["results"]] if response else []


def _is_sound(response: Response) -> bool:
    found = json_of(response)
    if not isinstance(found, dict) or not isinstance(found.get("results"), list):
        raise SourceError("OpenAlex: an answer without results")
    return bool(found["results"])
