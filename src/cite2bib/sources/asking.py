"""What the modules of sources share: batches, and answers that are what was asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, TypeVar

from cite2bib import identifiers
from cite2bib.diagnostics import SourceError
from cite2bib.sources import Answer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cite2bib.http import Request, Response, Send
    from cite2bib.model import Work

T = TypeVar("T")


def answer(asked: Sequence[Work], find: Callable[[Sequence[Work]], Sequence[Work]]) -> Answer:
    """What asking gives, or why it gave nothing."""
    try:
        return Answer(tuple(asked), tuple(find(asked)))
    except SourceError as error:
        return Answer(tuple(asked), error=error)


def batches(items: Sequence[T], most: int, size: Callable[[T], int], room: int) -> Iterator[Sequence[T]]:
    """Items in their order, in batches of at most `most` items and `room` in size together; each has one at least."""
    batch: list[T] = []
    used = 0
    for item in items:
        if batch and (len(batch) == most or used + size(item) > room):
            yield batch
            batch, used = [], 0
        batch.append(item)
        used += size(item)
    if batch:
        yield batch


def any_doi(work: Work) -> str:
    """A work's DOI; that of its arXiv id where it has no other; "" where it has none."""
    doi = identifiers.normal_doi(work.text("DOI"))
    arxiv = identifiers.normal_arxiv(work.text("arxiv"))
    return doi or (f"10.48550/arxiv.{arxiv}" if arxiv else "")


def json_of(response: Response) -> Any:
    """The JSON of an answer; `SourceError` for a web page, half a body or anything else."""
    try:
        return json.loads(response.body)
    except (ValueError, RecursionError):
        raise SourceError(f"not JSON but {kind_of_body(response)}") from None


def kind_of_body(response: Response) -> str:
    """What an answer is that is not what was asked for, in words."""
    head = response.body[:500].lstrip().lower()
    if not head:
        return "nothing"
    if head.startswith((b"<!doctype html", b"<html")) or b"<html" in head:
        return "a web page"
    return "something that can't be read"


def fetch(send: Send, request: Request, *, absent: Sequence[int] = (404,)) -> Response | None:
    """An answer of status 200; None for those that say that there is nothing, `SourceError` for all others."""
    response = send(request)
    if response.status == 200:
        return response
    if response.status in absent:
        return None
    raise SourceError(f"{request.url} answered {response.status}")
