"""Semantic Scholar: up to 500 identifiers in one request, titles one by one. Without a key it mostly says 429.

https://api.semanticscholar.org/api-docs/graph
"""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING

from cite2bib import identifiers, richtext
from cite2bib.diagnostics import SourceError
from cite2bib.http import DAY_S, Request, Response
from cite2bib.letters import words
from cite2bib.records.semanticscholar import FIELDS, work_from_semanticscholar
from cite2bib.sources.asking import answer, batches, fetch, json_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cite2bib.http import Send
    from cite2bib.model import Work
    from cite2bib.sources import Answer

_IDS = 200  # in one request; 500 are allowed, 10 MB of answer too


def ask(send: Send, base_url: str, works: Sequence[Work]) -> Iterator[Answer]:
    """By identifier where there is one; the others by title."""
    by_id = [work for work in works if _id(work)]
    for batch in batches(by_id, _IDS, lambda _work: 1, _IDS):
        yield answer(batch, partial(_by_ids, send, f"{base_url}/paper/batch"))
    for work in works:
        if not _id(work) and words(work.text("title")):
            yield answer([work], partial(_by_title, send, f"{base_url}/paper/search/match"))


def _id(work: Work) -> str:
    for variable, prefix in (("arxiv", "ARXIV"), ("DOI", "DOI"), ("PMID", "PMID"), ("PMCID", "PMCID")):
        said = work.text(variable)
        if value := said and identifiers.normalise(variable, said):
            return f"{prefix}:{value.removeprefix('PMC')}"
    return ""


def _by_ids(send: Send, url: str, works: Sequence[Work]) -> list[Work]:
    """Answers stand in the order of the ids, null for those that are not known."""
    body = json.dumps({"ids": list(dict.fromkeys(map(_id, works)))}).encode()
    request = Request(url, {"fields": FIELDS}, "application/json", body, check=_is_list)
    response = fetch(send, request)
    return [work_from_semanticscholar(item) for item in json_of(response) if item] if response else []


def _by_title(send: Send, url: str, works: Sequence[Work]) -> list[Work]:
    """The one nearest title; 404 says that none is near."""
    params = {"query": richtext.plain(works[0].text("title"))[:300], "fields": FIELDS}
    response = fetch(send, Request(url, params, "application/json", keep_s=7 * DAY_S, check=_is_match))
    return [work_from_semanticscholar(item) for item in json_of(response)["data"]] if response else []


def _is_list(response: Response) -> bool:
    found = json_of(response)
    if not isinstance(found, list):
        raise SourceError("Semantic Scholar: an answer that is no list")
    return any(found)


def _is_match(response: Response) -> bool:
    found = json_of(response)
    if not isinstance(found, dict) or not isinstance(found.get("data"), list):
        raise SourceError("Semantic Scholar: an answer without data")
    return bool(found["data"])
