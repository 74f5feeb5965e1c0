"""Catalogues on the network: what to ask and how to read the answer, one module each, no I/O of their own.

A new catalogue is one module with a function `ask(send, base_url, works)` and one row of `SOURCES`. A module is loaded
when its catalogue is asked.
"""

from __future__ import annotations

import os
from importlib import import_module
from ipaddress import ip_address
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlsplit

from cite2bib.diagnostics import UsageError
from cite2bib.light import dataclass, field, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from cite2bib.diagnostics import SourceError
    from cite2bib.http import Request, Response, Send
    from cite2bib.model import Work


@dataclass(frozen=True, slots=True)
class Answer:
    """What one question gave: candidates for the works it was about, or why there is no answer."""

    asked: tuple[Work, ...]
    found: tuple[Work, ...] = ()
    error: SourceError | None = None  # not the same as having found nothing
    exist: tuple[Work, ...] = ()  # those whose identifier is registered, whoever has the record


Ask: TypeAlias = "Callable[[Send, str, Sequence[Work]], Iterator[Answer]]"


@dataclass(frozen=True, slots=True)
class Source:
    """A row of the table."""

    name: str  # as in `--sources NAME`, `[sources.NAME]`, `CITE2BIB_NAME_URL`
    title: str
    url: str  # where its interface begins; "" for one that has no place of its own
    interval_s: float  # what it asks for between two requests
    identifiers: frozenset[str]  # the variables it can look up exactly
    searches: bool = True  # whether it finds a work by its title
    covers: str = ""  # what it has, in a few words
    standard: bool = False  # asked unless a user names others
    key_header: str = ""  # the header, or the parameter of the address, that carries a user's key
    key_param: str = ""
    key: str = field(default="", repr=False)

    def ask(self, send: Send, base_url: str, works: Sequence[Work]) -> Iterator[Answer]:
        """One answer a request sent, so that a caller can tell progress and stop; never raises `SourceError`.

        A work that this source can't be asked about appears in no answer, one that it is asked about twice (by id,
        then by title) in two. `base_url` "" is the source's own.
        """

        def paced(request: Request) -> Response:
            return send(self._introduced(request))

        return self._ask()(paced, (base_url or self.url).rstrip("/"), works)

    def _introduced(self, request: Request) -> Request:
        """A request that says whom it asks, how often, and with whose key."""
        request = replace(request, service=self.title, interval_s=self.interval_s)
        if self.key and self.key_header:
            return replace(request, headers={**request.headers, self.key_header: self.key})
        if self.key and self.key_param:
            return replace(request, params={**request.params, self.key_param: self.key})
        return request

    def _ask(self) -> Ask:
        ask: Ask = import_module(f"cite2bib.sources.{self.name}").ask
        return ask


SOURCES: tuple[Source, ...] = (
    Source(
        "arxiv", "arXiv", "https://export.arxiv.org/api", 3.0, frozenset({"arxiv"}), covers="preprints", standard=True,
    ),
    Source(
        "crossref", "Crossref", "https://api.crossref.org", 0.35, frozenset({"DOI"}), covers="published works",
        standard=True,
    ),
    Source(
        "datacite", "DataCite", "https://api.datacite.org", 0.4, frozenset({"DOI", "arxiv"}), searches=False,
        covers="data, software, arXiv's DOIs", standard=True,
    ),
    Source(
        "openalex", "OpenAlex", "https://api.openalex.org", 0.1, frozenset({"DOI", "arxiv"}),
        covers="all disciplines", key_param="api_key",
    ),
    Source(
        "semanticscholar", "Semantic Scholar", "https://api.semanticscholar.org/graph/v1", 1.1,
        frozenset({"DOI", "arxiv", "PMID", "PMCID"}), covers="all disciplines, computing first", key_header="x-api-key",
    ),
    Source(
        "huggingface", "Hugging Face papers", "https://huggingface.co/api/papers", 0.5, frozenset({"arxiv"}),
        covers="machine learning",
    ),
    Source(
        "doi", "doi.org", "https://doi.org", 0.2, frozenset({"DOI"}), searches=False,
        covers="DOIs of the smaller agencies",
    ),
    Source(
        "dblp", "dblp", "https://sparql.dblp.org", 1.0, frozenset({"DOI", "arxiv"}), covers="computing",
    ),
    Source(
        "pubmed", "PubMed", "https://eutils.ncbi.nlm.nih.gov/entrez/eutils", 0.35,
        frozenset({"PMID", "PMCID", "DOI"}), covers="medicine and biology", key_param="api_key",
    ),
    Source(
        "openlibrary", "Open Library", "https://openlibrary.org", 1.0, frozenset({"ISBN"}), covers="books",
    ),
    Source(
        "googlebooks", "Google Books", "https://www.googleapis.com/books/v1", 1.0, frozenset({"ISBN"}), covers="books",
        key_param="key",
    ),
    Source(
        "openreview", "OpenReview", "https://api2.openreview.net", 1.0, frozenset({"URL"}),
        covers="machine learning, as reviewed",
    ),
    Source(
        "anthology", "ACL Anthology", "https://aclanthology.org", 1.0, frozenset({"DOI", "URL"}), searches=False,
        covers="computational linguistics",
    ),
    Source(
        "webpage", "web pages", "", 1.0, frozenset({"URL"}), searches=False, covers="pages that documents link to",
    ),
)  # fmt: skip
_BY_NAME = {source.name: source for source in SOURCES}


def get(name: str) -> Source:
    """The source of that name; an unknown one raises `UsageError` and lists those there are."""
    try:
        return _BY_NAME[name.lower()]
    except KeyError:
        raise UsageError(f"no source is named {name!r}; there are {', '.join(_BY_NAME)}") from None


def configured(
    settings: Mapping[str, Mapping[str, object]] | None = None,
    environ: Mapping[str, str] | None = None,
    names: Sequence[str] = (),
) -> tuple[Source, ...]:
    """The sources a user named, or the standard ones, with the addresses, intervals and keys he chose.

    `settings` is the table `[sources]` of a settings file: `{"crossref": {"url": ..., "interval": ...}}`; the
    environment (`CITE2BIB_CROSSREF_URL`, `CITE2BIB_CROSSREF_INTERVAL`) outweighs it, and it alone holds keys
    (`CITE2BIB_OPENALEX_KEY`): a settings file is easily shown around.
    """
    tables = settings or {}
    for name in tables:
        get(name)
    environ = os.environ if environ is None else environ
    chosen = [get(name) for name in names] or [source for source in SOURCES if source.standard]
    return tuple(_configured(source, tables.get(source.name, {}), environ) for source in chosen)


def _configured(source: Source, table: Mapping[str, object], environ: Mapping[str, str]) -> Source:
    variable = f"CITE2BIB_{source.name.upper()}"
    url = environ.get(f"{variable}_URL") or str(table.get("url") or "") or source.url
    if url and (urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname):
        raise UsageError(f"the address of {source.title} must be http(s)://..., not {url!r}")
    interval = environ.get(f"{variable}_INTERVAL") or table.get("interval")
    key = environ.get(f"{variable}_KEY", "").strip()
    return replace(source, url=url.rstrip("/"), interval_s=_interval(source, url, interval), key=key)


def _interval(source: Source, url: str, chosen: object) -> float:
    if chosen is None:
        return 0.0 if _is_own_machine(url) else source.interval_s
    try:
        seconds = float(str(chosen))
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= 3600:
        raise UsageError(f"the interval of {source.title} must be seconds between 0 and 3600, not {chosen!r}")
    return seconds


def _is_own_machine(url: str) -> bool:
    """A mirror on one's own machine needs no manners: the intervals are those of the public services."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
