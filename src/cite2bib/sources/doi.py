"""doi.org: which agency has a DOI, many in a request; the records of those that neither Crossref nor DataCite has.

https://www.doi.org/the-identifier/resources/factsheets/doi-resolution-documentation, https://citation.doi.org
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

from cite2bib import identifiers
from cite2bib.diagnostics import SourceError
from cite2bib.http import Request, Response
from cite2bib.light import replace
from cite2bib.model import Origin
from cite2bib.records.csl import work_from_csl
from cite2bib.sources.asking import answer, batches, fetch, json_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cite2bib.http import Send
    from cite2bib.model import Work
    from cite2bib.sources import Answer

_DOIS = 40  # in one request
_ROOM = 3000  # characters of an address
_OTHERS_HAVE = frozenset({"Crossref", "DataCite"})  # ask them: content negotiation spends Crossref's quota
_AGENCIES = frozenset(
    {"api.crossref.org", "data.crossref.org", "data.crosscite.org", "data.datacite.org", "api.datacite.org",
     "data.medra.org", "japanlinkcenter.org", "www.doi.org", "dx.doi.org"}
)  # fmt: skip


def ask(send: Send, base_url: str, works: Sequence[Work]) -> Iterator[Answer]:
    """The agencies of all DOIs first; then one by one those of the smaller agencies."""
    asked = [work for work in works if _doi(work)]
    for batch in batches(asked, _DOIS, lambda work: len(quote(_doi(work))) + 1, _ROOM):
        others: list[Work] = []
        known: list[Work] = []
        given = answer(batch, partial(_agencies, send, base_url, others, known))
        yield replace(given, exist=tuple(known))
        for work in others:
            yield answer([work], partial(_record, send, base_url))


def _doi(work: Work) -> str:
    """A DOI that can stand in a list."""
    doi = identifiers.normal_doi(work.text("DOI"))
    return "" if "," in doi else doi


def _agencies(
    send: Send, base_url: str, others: list[Work], known: list[Work], works: Sequence[Work]
) -> list[Work]:
    """Nothing found yet, but known who may have it: `known` get those that somebody has, `others` whom to ask for here."""
    listed = ",".join(quote(doi, safe="/") for doi in dict.fromkeys(map(_doi, works)))
    response = fetch(send, Request(f"{base_url}/doiRA/{listed}", accept="application/json", check=_is_list))
    rows = json_of(response) if response else []
    agencies = {str(row.get("DOI")).lower(): row.get("RA") for row in rows if isinstance(row, dict)}
    known += [work for work in works if agencies.get(_doi(work))]
    others += [work for work in known if agencies[_doi(work)] not in _OTHERS_HAVE]
    return []


def _record(send: Send, base_url: str, works: Sequence[Work]) -> list[Work]:
    doi = _doi(works[0])
    request = Request(
        f"{base_url}/{quote(doi, safe='/')}",
        accept="application/vnd.citationstyles.csl+json",
        check=_is_item,
        hosts=_AGENCIES,
    )
    response = fetch(send, request, absent=(204, 404, 406))
    if not response:
        return []
    item = {
        key: value
        for key, value in json_of(response).items()
        if key not in {"indexed", "deposited", "created"}
    }
    return [work_from_csl(item, Origin("doi", f"https://doi.org/{doi}"))]


def _is_list(response: Response) -> bool:
    found = json_of(response)
    if not isinstance(found, list):
        raise SourceError("doi.org: an answer that is no list")
    return bool(found)


def _is_item(response: Response) -> bool:
    found = json_of(response)
    if not isinstance(found, dict) or not found.get("title"):
        raise SourceError("doi.org: an answer that is no record")
    return True
