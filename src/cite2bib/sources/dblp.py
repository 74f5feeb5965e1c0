"""dblp, by its SPARQL service: many DOIs, arXiv ids and exact titles in one query.

Its search interface answers robots with a web page and status 200. https://sparql.dblp.org
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from cite2bib import identifiers, richtext
from cite2bib.diagnostics import SourceError
from cite2bib.http import DAY_S, Request, Response
from cite2bib.letters import words
from cite2bib.records.dblp import works_from_rows
from cite2bib.sources.asking import answer, batches, fetch, json_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cite2bib.http import Send
    from cite2bib.model import Work
    from cite2bib.sources import Answer

_WORKS = 40  # in one query
_ROOM = 20_000  # characters of a query, which is posted
_QUERY = """PREFIX dblp: <https://dblp.org/rdf/schema#>
SELECT ?publ ?title ?type ?year ?venue ?volume ?number ?pages ?doi ?ordinal ?name WHERE {
%s
  ?publ dblp:title ?title .
  OPTIONAL { ?publ dblp:bibtexType ?type }
  OPTIONAL { ?publ dblp:yearOfPublication ?year }
  OPTIONAL { ?publ dblp:publishedIn ?venue }
  OPTIONAL { ?publ dblp:publishedInJournalVolume ?volume }
  OPTIONAL { ?publ dblp:publishedInJournalVolumeIssue ?number }
  OPTIONAL { ?publ dblp:pagination ?pages }
  OPTIONAL { ?publ dblp:doi ?doi }
  OPTIONAL { ?publ dblp:hasSignature ?signature .
             ?signature dblp:signatureOrdinal ?ordinal ; dblp:signatureDblpName ?name }
}
ORDER BY ?publ ?ordinal
LIMIT 5000
"""


def ask(send: Send, base_url: str, works: Sequence[Work]) -> Iterator[Answer]:
    """All that can be named: by DOI, by arXiv id, or by the title as it is written."""
    asked = [work for work in works if _condition(work)]
    for batch in batches(asked, _WORKS, lambda work: len(_condition(work)), _ROOM):
        yield answer(batch, partial(_query, send, f"{base_url}/sparql"))


def _condition(work: Work) -> str:
    """What picks a work out, as one branch of a union."""
    doi = identifiers.normal_doi(work.text("DOI"))
    if doi and not re.search(r"[<>\"{}|^`\\\s]", doi):
        # dblp writes DOIs as their publishers do: in small letters or in capitals.
        return (
            f"{{ VALUES ?d {{ <https://doi.org/{doi}> <https://doi.org/{doi.upper()}> }} ?publ dblp:doi ?d }}"
        )
    if arxiv := identifiers.normal_arxiv(work.text("arxiv")):
        if "/" not in arxiv:
            key = f"abs-{arxiv.replace('.', '-')}"
            return f"{{ VALUES ?publ {{ <https://dblp.org/rec/journals/corr/{key}> }} }}"
        return ""
    title = " ".join(richtext.plain(work.text("title")).split()).rstrip(".")
    if not words(title):
        return ""
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    return f'{{ ?publ dblp:title "{quoted}." }}'


def _query(send: Send, url: str, works: Sequence[Work]) -> list[Work]:
    conditions = "\n  UNION\n".join(f"  {condition}" for condition in dict.fromkeys(map(_condition, works)))
    body = {"query": _QUERY % conditions}
    request = Request(
        url, accept="application/sparql-results+json", body=body, keep_s=14 * DAY_S, check=_is_sound
    )
    response = fetch(send, request)
    return works_from_rows(json_of(response)["results"]["bindings"]) if response else []


def _is_sound(response: Response) -> bool:
    found = json_of(response)
    rows = found.get("results") if isinstance(found, dict) else None
    if not isinstance(rows, dict) or not isinstance(rows.get("bindings"), list):
        raise SourceError("dblp: an answer without rows")
    return bool(rows["bindings"])
