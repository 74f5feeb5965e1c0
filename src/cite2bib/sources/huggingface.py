"""Hugging Face's paper pages: one arXiv id, or one title, a request.

https://huggingface.co/docs/hub/api
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from cite2bib import identifiers, richtext
from cite2bib.diagnostics import SourceError
from cite2bib.http import DAY_S, Request, Response
from cite2bib.letters import words
from cite2bib.records.huggingface import work_from_huggingface
from cite2bib.sources.asking import answer, fetch, json_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cite2bib.http import Send
    from cite2bib.model import Work
    from cite2bib.sources import Answer


def ask(send: Send, base_url: str, works: Sequence[Work]) -> Iterator[Answer]:
    """By arXiv id where there is one; the others by title."""
    for work in works:
        if _id(work):
            yield answer([work], partial(_by_id, send, base_url))
        elif words(work.text("title")):
            yield answer([work], partial(_by_title, send, f"{base_url}/search"))


def _id(work: Work) -> str:
    return identifiers.normal_arxiv(work.text("arxiv"))


def _by_id(send: Send, base_url: str, works: Sequence[Work]) -> list[Work]:
    url = f"{base_url}/{_id(works[0])}"
    response = fetch(send, Request(url, accept="application/json", check=_is_paper))
    return [work_from_huggingface(json_of(response))] if response else []


def _by_title(send: Send, url: str, works: Sequence[Work]) -> list[Work]:
    params = {"q": richtext.plain(works[0].text("title"))[:250]}
    response = fetch(send, Request(url, params, "application/json", keep_s=7 * DAY_S, check=_is_list))
    return [work_from_huggingface(item) for item in json_of(response)[:10]] if response else []


def _is_paper(response: Response) -> bool:
    found = json_of(response)
    if not isinstance(found, dict) or not found.get("title"):
        raise SourceError("Hugging Face: an answer that is no paper")
    return True


def _is_list(response: Response) -> bool:
    found = json_of(response)
    if not isinstance(found, list):
        raise SourceError("Hugging Face: an answer that is no list")
    return bool(found)
