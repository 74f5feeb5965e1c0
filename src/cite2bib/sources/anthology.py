"""The ACL Anthology: a paper by the id in its address or its DOI. It has no search; each paper has its page as MODS.

https://aclanthology.org/info/development/
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from cite2bib import identifiers
from cite2bib.diagnostics import ReadError, SourceError
from cite2bib.http import Request, Response
from cite2bib.patterns import late
from cite2bib.records import safe_xml
from cite2bib.records.anthology import work_from_mods
from cite2bib.sources.asking import answer, fetch, kind_of_body

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cite2bib.http import Send
    from cite2bib.model import Work
    from cite2bib.sources import Answer

_ID = r"((?:\d{4}\.[a-z0-9]+-[a-z0-9_]+\.\d{1,4})|(?:[A-Z]\d{2}-\d{4}))(?![\w-])"
_IN_ADDRESS = late(
    rf"(?:aclanthology\.org|aclweb\.org/anthology(?:/papers)?)/(?:[A-Z]/[A-Z]\d\d/)?{_ID}", re.IGNORECASE
)
_IN_DOI = late(rf"10\.(?:18653/v1|3115/v1)/{_ID}$", re.IGNORECASE)


def ask(send: Send, base_url: str, works: Sequence[Work]) -> Iterator[Answer]:
    """The papers whose address or DOI says which they are."""
    for work in works:
        if _id(work):
            yield answer([work], partial(_by_id, send, base_url))


def _id(work: Work) -> str:
    """The id of a paper: `2020.acl-main.747`, `P19-1001`."""
    found = _IN_ADDRESS.search(work.text("URL")) or _IN_DOI.search(identifiers.normal_doi(work.text("DOI")))
    if not found:
        return ""
    return found[1].upper() if found[1][0].isalpha() else found[1].lower()


def _by_id(send: Send, base_url: str, works: Sequence[Work]) -> list[Work]:
    key = _id(works[0])
    response = fetch(send, Request(f"{base_url}/{key}.xml", accept="application/xml", check=_is_mods))
    return [work_from_mods(_mods(response), key)] if response else []


def _mods(response: Response) -> safe_xml.Node:
    try:
        root = safe_xml.parse(response.body)
    except ReadError:
        raise SourceError(f"ACL Anthology: not XML but {kind_of_body(response)}") from None
    node = root if root.name == "mods" else root.find("mods")
    if not node.text("titleInfo", "title"):
        raise SourceError("ACL Anthology: an answer without a title")
    return node


def _is_mods(response: Response) -> bool:
    return bool(_mods(response).name)
