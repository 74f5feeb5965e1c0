"""PubMed, by NCBI's E-utilities: identifiers are turned into PMIDs together, records are fetched together.

https://www.ncbi.nlm.nih.gov/books/NBK25499/
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from cite2bib import identifiers, richtext
from cite2bib.diagnostics import ReadError, SourceError
from cite2bib.http import DAY_S, Request, Response
from cite2bib.letters import words
from cite2bib.model import Origin
from cite2bib.names import family_key
from cite2bib.records import safe_xml
from cite2bib.records.pubmed import pubmed_records, work_from_pubmed
from cite2bib.sources.asking import answer, batches, fetch, json_of, kind_of_body

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cite2bib.http import Send
    from cite2bib.model import Work
    from cite2bib.sources import Answer

_IDS = 100  # in one request
_ROOM = 5000
_HITS = 5  # of a title
_TOOL = {"tool": "cite2bib", "db": "pubmed"}


def ask(send: Send, base_url: str, works: Sequence[Work]) -> Iterator[Answer]:
    """By PMID; then by DOI or PMCID, many in one search; the others by title, a search and a fetch each."""
    by_pmid = [work for work in works if work.text("PMID")]
    by_id = [work for work in works if not work.text("PMID") and _term(work)]
    for batch in batches(by_pmid, _IDS, lambda _work: 1, _IDS):
        yield answer(batch, partial(_by_pmids, send, base_url))
    for batch in batches(by_id, _IDS, lambda work: len(_term(work)) + 4, _ROOM):
        yield answer(batch, partial(_by_terms, send, base_url))
    for work in works:
        if not work.text("PMID") and not _term(work) and words(work.text("title")):
            yield answer([work], partial(_by_title, send, base_url))


def _term(work: Work) -> str:
    """A DOI or PMCID as a term of a search."""
    doi = identifiers.normal_doi(work.text("DOI"))
    if doi and '"' not in doi:
        return f'"{doi}"[doi]'
    return f"{work.text('PMCID')}[pmcid]" if work.text("PMCID") else ""


def _by_pmids(send: Send, base_url: str, works: Sequence[Work]) -> list[Work]:
    return _fetched(send, base_url, [work.text("PMID") for work in works])


def _by_terms(send: Send, base_url: str, works: Sequence[Work]) -> list[Work]:
    term = " OR ".join(dict.fromkeys(map(_term, works)))
    return _fetched(send, base_url, _found(send, base_url, term, len(works), 30 * DAY_S))


def _by_title(send: Send, base_url: str, works: Sequence[Work]) -> list[Work]:
    """Its words in titles, and one author: a phrase of many words is often not in PubMed's list of phrases."""
    title = " ".join(re.findall(r"[^\W_]+", richtext.plain(works[0].text("title"))))[:300]
    authors = [family_key(name) for name in works[0].names("author")[:1]]
    term = " AND ".join([f"{title}[ti]", *(f"{author}[au]" for author in authors if author.isascii())])
    return _fetched(send, base_url, _found(send, base_url, term, _HITS, 7 * DAY_S))


def _found(send: Send, base_url: str, term: str, most: int, keep_s: float) -> list[str]:
    params = {**_TOOL, "term": term, "retmode": "json", "retmax": str(most)}
    url = f"{base_url}/esearch.fcgi"
    response = fetch(send, Request(url, params, "application/json", keep_s=keep_s, check=_is_search))
    return [str(item) for item in json_of(response)["esearchresult"]["idlist"]] if response else []


def _fetched(send: Send, base_url: str, pmids: Sequence[str]) -> list[Work]:
    if not pmids:
        return []
    params: Mapping[str, str] = {**_TOOL, "id": ",".join(dict.fromkeys(pmids)), "retmode": "xml"}
    response = fetch(send, Request(f"{base_url}/efetch.fcgi", params, "text/xml", check=_is_set))
    return _parsed(response) if response else []


def _parsed(response: Response) -> list[Work]:
    try:
        root = safe_xml.parse(response.body)
    except ReadError:
        root = safe_xml.Node("")
    if root.name != "PubmedArticleSet":
        raise SourceError(f"PubMed: not its XML but {kind_of_body(response)}")
    return [work_from_pubmed(record, _origin(record)) for record in pubmed_records(root)]


def _origin(record: safe_xml.Node) -> Origin:
    pmid = record.text("MedlineCitation", "PMID") or record.text("BookDocument", "PMID")
    return Origin("pubmed", identifiers.address("PMID", pmid))


def _is_set(response: Response) -> bool:
    return bool(_parsed(response))


def _is_search(response: Response) -> bool:
    found = json_of(response)
    result = found.get("esearchresult") if isinstance(found, dict) else None
    if not isinstance(result, dict) or not isinstance(result.get("idlist"), list):
        raise SourceError("PubMed: a search without a list")
    return bool(result["idlist"])
