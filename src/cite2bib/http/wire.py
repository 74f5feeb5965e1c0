"""What lies under the cache: requests go out at a pace a host bears and come back whole and sound, or not at all.

They are transport adapters: https://requests.readthedocs.io/en/latest/user/advanced/#transport-adapters
"""

from __future__ import annotations

import random
from contextvars import ContextVar
from io import BytesIO
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3 import HTTPResponse

from cite2bib.diagnostics import NotCached, SourceError
from cite2bib.http import Request
from cite2bib.http.exchange import Exchange, Patience, Whole, judged
from cite2bib.http.guard import PublicAdapter
from cite2bib.http.pace import Cause, Fault, Host, Hosts, pause_s

if TYPE_CHECKING:
    from collections.abc import Mapping

    import requests
    from requests import PreparedRequest

    from cite2bib.http import Settings

ASKED: ContextVar[Request] = ContextVar("ASKED")  # what the client is asking, for the adapter and the cache
EMPTY = "x-cite2bib-empty"  # a header of ours: the check found nothing in this answer

# The others (Vary, Cache-Control, validators) would make the cache follow them instead of us.
_KEPT_HEADERS = frozenset({"content-type", "date", "location", "x-api-pool"})


class Refusing(BaseAdapter):
    """Sends nothing: what `--offline` means."""

    def send(self, request: PreparedRequest, *_args: Any, **_kwargs: Any) -> requests.Response:
        """Refuse."""
        raise NotCached(f"offline, and not in the cache: {str(request.url)[:120]}")

    def close(self) -> None:
        """Nothing to close."""


class Wire(BaseAdapter):
    """Sends, politely."""

    def __init__(self, settings: Settings, hosts: Hosts) -> None:
        super().__init__()
        self.settings = settings
        self.hosts = hosts
        self._adapter = HTTPAdapter(pool_connections=16, pool_maxsize=4, max_retries=0)
        self._public = PublicAdapter(pool_connections=16, pool_maxsize=1, max_retries=0)

    def send(  # noqa: PLR0917 - the signature is that of requests
        self,
        request: PreparedRequest,
        stream: bool = False,  # noqa: ARG002 - bodies are always read here
        timeout: Any = None,  # noqa: ARG002 - the settings say it
        verify: Any = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """A whole and sound answer, or a `SourceError`."""
        asked = ASKED.get(Request(""))
        options = {"verify": verify, "cert": cert, "proxies": proxies}
        adapter = self._public if asked.is_foreign and not self.settings.allow_private else self._adapter
        exchange = Exchange(asked, adapter, self.settings, options)
        host = self.hosts.of(urlsplit(str(request.url)).netloc.lower(), asked.service)
        with host.lock:
            whole = self._politely(host, request, exchange)
        return self._adapter.build_response(request, _as_urllib3(whole))

    def _politely(self, host: Host, request: PreparedRequest, exchange: Exchange) -> Whole:
        attempt = 0
        while True:
            if host.aside:
                raise SourceError(f"{host.name} was not asked any more: {host.aside}")
            outcome = self._attempt(host, request, exchange)
            if isinstance(outcome, Whole):
                host.succeeded()
                return outcome
            pause = pause_s(outcome, attempt, self.settings, random.random(), answered=host.answered)  # noqa: S311 - jitter, no secret
            if pause is None:
                host.failed(outcome)
                raise SourceError(f"{host.name} gave no answer: {outcome.message}")
            self.hosts.sleep(pause)
            attempt += 1

    def _attempt(self, host: Host, request: PreparedRequest, exchange: Exchange) -> Whole | Fault:
        interval_s = exchange.asked.interval_s
        self.hosts.sleep(host.wait_s(interval_s, self.hosts.clock()))
        host.started(self.hosts.clock())
        outcome = exchange.run(request, self._patience(), first=not host.answered)
        if isinstance(outcome, Fault):
            return outcome
        host.heard(outcome.headers)
        outcome = judged(outcome, exchange.asked)
        if isinstance(outcome, Fault) and outcome.cause is Cause.BUSY:
            host.complained(interval_s)
        return outcome

    def _patience(self) -> Patience:
        """Less of it once another host gave no sign of life and none did: most likely the network is missing."""
        connect_s, read_s = self.settings.connect_timeout_s, self.settings.read_timeout_s
        if self.hosts.network_works() is False:
            return Patience(connect_s / 4, read_s / 2, self.settings.total_timeout_s / 2)
        return Patience(connect_s, read_s, self.settings.total_timeout_s)

    def close(self) -> None:
        """Close the connections."""
        self._adapter.close()
        self._public.close()


def _as_urllib3(whole: Whole) -> HTTPResponse:
    headers = {name: value for name, value in whole.headers.items() if name in _KEPT_HEADERS}
    if whole.empty:
        headers[EMPTY] = "1"
    return HTTPResponse(
        body=BytesIO(whole.body),
        headers=headers,
        status=whole.status,
        reason=whole.reason,
        preload_content=False,
        request_url=whole.url,
    )
