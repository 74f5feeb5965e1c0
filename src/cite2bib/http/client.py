"""A `Send` that answers from the cache and, unless it is offline, from the network."""

from __future__ import annotations

import logging
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cite2bib import __version__
from cite2bib.diagnostics import Diagnostic, NotCached, SourceError
from cite2bib.http import Request, Response, Settings
from cite2bib.http.cache import Store, default_path
from cite2bib.http.pace import Host, Hosts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from requests import PreparedRequest
    from requests_cache import CachedSession


class Client:
    """The `Send` of one run. The HTTP libraries are loaded with the first request that needs them."""

    def __init__(
        self,
        settings: Settings,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] | None = None,
    ) -> None:
        self.settings = settings
        self.cached = 0  # answers that came from the cache
        self._ended = threading.Event()
        self._hosts = Hosts(clock, sleep or self._sleep)
        self._path = settings.cache_path or default_path()
        self._store = Store(self._path)
        self._session: CachedSession | None = None
        self._lock = threading.Lock()

    def __call__(self, request: Request) -> Response:
        """The answer, or `SourceError`; offline `NotCached` where none is kept.

        An answer of any status below 500 but 429 is an answer.
        """
        if self.settings.offline and not self._path.is_file():
            raise NotCached(f"offline, and nothing is cached: {request.url}")
        with self._lock:
            session = self._session = self._session or self._open()
        return self._ask(session, request)

    def _ask(self, session: CachedSession, request: Request) -> Response:
        from requests import RequestException

        from cite2bib.http.wire import ASKED, EMPTY

        token = ASKED.set(request)
        try:
            answer = session.request(
                "GET" if request.body is None else "POST",
                request.url,
                params=dict(request.params),
                data=request.body if isinstance(request.body, bytes | None) else dict(request.body),
                headers={**_content_type(request), **request.headers, "Accept": request.accept},
                allow_redirects=False,  # the wire follows them, where they may lead
                force_refresh=self.settings.refresh and not self.settings.offline,
            )
        except RequestException as error:  # no address, no header: never sent
            raise SourceError(f"{request.url[:120]} can't be asked: {error}") from None
        finally:
            ASKED.reset(token)
        from_cache = bool(getattr(answer, "from_cache", False))
        self.cached += from_cache
        headers = {name.lower(): value for name, value in answer.headers.items() if name.lower() != EMPTY}
        return Response(str(answer.url), answer.status_code, headers, answer.content or b"", from_cache)

    def _open(self) -> CachedSession:
        from requests_cache import CachedSession

        from cite2bib.http.storage import Cache
        from cite2bib.http.wire import Refusing, Wire

        # They tell of stale answers and unreadable entries on standard error; what matters we tell ourselves.
        logging.getLogger("requests_cache").addHandler(logging.NullHandler())
        session = CachedSession(
            backend=Cache(self._store, self.settings.keep_empty_s),
            allowable_codes=(200, 404),
            allowable_methods=("GET", "POST"),
            match_headers=["Accept"],
            stale_if_error=True,  # an old answer is better than none
        )
        adapter = Refusing() if self.settings.offline else Wire(self.settings, self._hosts)
        session.mount("http://", adapter)
        session.mount("https://", adapter)
        session.auth = _no_auth  # and not what a ~/.netrc happens to hold
        session.headers.update({"User-Agent": self.user_agent, "Accept-Encoding": "gzip, deflate"})
        return session

    @property
    def user_agent(self) -> str:
        """Who asks: the contact stands here and never in an address, where it would part the cache."""
        contact = f"; mailto:{self.settings.mailto}" if self.settings.mailto else ""
        return f"cite2bib/{__version__} (bibliography tool{contact})"

    @property
    def sent(self) -> Mapping[str, int]:
        """How many requests were really sent to each service."""
        return {name: host.sent for name, host in self._named()}

    @property
    def aside(self) -> Mapping[str, str]:
        """The services that are not asked any more in this run, and why."""
        return {name: host.aside for name, host in self._named() if host.aside}

    def _named(self) -> list[tuple[str, Host]]:
        return [(host.name, host) for host in self._hosts.known.values() if host.sent]

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Services that were set aside, and what was wrong with the cache."""
        told = (
            Diagnostic(
                "source-set-aside", f"{name} ({host.address}) was set aside for this run: {host.aside}"
            )
            for name, host in self._named()
            if host.aside
        )
        return (*told, *self._store.diagnostics)

    def _sleep(self, seconds: float) -> None:
        if seconds > 0 and self._ended.wait(seconds):
            raise SourceError("the run was ended")

    def close(self) -> None:
        """End all waiting and close everything; what was fetched is kept already."""
        self._ended.set()
        if self._session:
            self._session.close()  # type: ignore[no-untyped-call]
        self._store.close()


def _no_auth(request: PreparedRequest) -> PreparedRequest:
    return request


def _content_type(request: Request) -> dict[str, str]:
    return {"Content-Type": "application/json"} if isinstance(request.body, bytes) else {}


@contextmanager
def open_send(
    settings: Settings | None = None,
    *,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], None] | None = None,
) -> Iterator[Client]:
    """A `Send` for one run; tests give their own clock and sleep."""
    client = Client(settings or Settings(), clock, sleep)
    try:
        yield client
    finally:
        client.close()
