"""One request and its whole answer, redirects followed, everything limited: time, size, where a redirect may lead.

What goes wrong is a `Fault`, never an exception of the libraries below.
"""

from __future__ import annotations

import socket
import threading
import time
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urljoin, urlsplit

import requests
import urllib3
from requests.utils import select_proxy

from cite2bib.diagnostics import SourceError
from cite2bib.http import Request, Response
from cite2bib.http.guard import NotPublicError
from cite2bib.http.pace import Cause, Fault, retry_after_s
from cite2bib.light import dataclass, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from requests import PreparedRequest
    from requests.adapters import HTTPAdapter

    from cite2bib.http import Settings

T = TypeVar("T")

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 5
_CHUNK = 2**16


@dataclass(frozen=True, slots=True)
class Whole:
    """An answer, read to its end."""

    url: str
    status: int
    reason: str
    headers: Mapping[str, str]  # names in lower case
    body: bytes
    empty: bool = False  # the check found nothing in it


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for a connection, for the next byte, and for the whole answer."""

    connect_s: float
    read_s: float
    total_s: float


class _FaultError(Exception):
    """A fault found deep in an exchange."""

    def __init__(self, cause: Cause, message: str) -> None:
        super().__init__(message)
        self.fault = Fault(cause, message)


@dataclass(frozen=True, slots=True)
class Exchange:
    """How to carry out one request."""

    asked: Request
    adapter: HTTPAdapter
    settings: Settings
    options: Mapping[str, Any]  # verify, cert, proxies: as requests gives them

    def run(self, request: PreparedRequest, patience: Patience, *, first: bool) -> Whole | Fault:
        """The answer, or what went wrong; `first` when the host has not answered yet in this run."""
        try:
            if first:
                self._resolve(request, patience.connect_s)
            return _within(patience.total_s, lambda: self._follow(request, patience))
        except _FaultError as error:
            return error.fault
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
            return _fault_of(error)

    def _resolve(self, request: PreparedRequest, timeout_s: float) -> None:
        """Look the host's name up before its first request: without a network a resolver takes its time."""
        url = urlsplit(str(request.url))
        if select_proxy(str(request.url), self.options.get("proxies") or {}):
            return
        try:
            _within(timeout_s, lambda: socket.getaddrinfo(url.hostname, url.port or url.scheme))
        except TimeoutError:
            raise _FaultError(Cause.UNREACHABLE, "its name could not be looked up in time") from None

    def _follow(self, request: PreparedRequest, patience: Patience) -> Whole:
        deadline = time.monotonic() + patience.total_s
        seen: set[str] = set()
        while True:
            whole = self._once(request, patience, deadline)
            if whole.status not in _REDIRECTS or "location" not in whole.headers:
                return whole
            seen.add(str(request.url))
            target = urljoin(str(request.url), whole.headers["location"])
            self._judge_redirect(str(request.url), target, seen)
            request = self._redirected(request, target, whole.status)

    def _judge_redirect(self, source: str, target: str, seen: set[str]) -> None:
        before, after = urlsplit(source), urlsplit(target)
        if target in seen or len(seen) > _MOST_REDIRECTS:
            raise _FaultError(Cause.UNWANTED, "it redirects in a circle")
        if after.scheme not in {"http", "https"} or (before.scheme, after.scheme) == ("https", "http"):
            raise _FaultError(Cause.UNWANTED, f"it redirects to an unsafe address, {target[:100]}")
        may_leave = self.asked.is_foreign or after.hostname in self.asked.hosts
        if after.hostname != before.hostname and not may_leave:
            raise _FaultError(Cause.UNWANTED, f"it redirects to another host, {after.hostname}")

    def _redirected(self, request: PreparedRequest, target: str, status: int) -> PreparedRequest:
        before = urlsplit(str(request.url)).hostname
        request = request.copy()
        request.url = target
        if status == 303:
            request.prepare_method("GET")
            request.prepare_body(None, None)
        if urlsplit(target).hostname != before:  # keys are for the service they were given for
            for name in self.asked.headers:
                request.headers.pop(name, None)
        return request

    def _once(self, request: PreparedRequest, patience: Patience, deadline: float) -> Whole:
        timeout = (patience.connect_s, patience.read_s)
        response = self.adapter.send(request, stream=True, timeout=timeout, **self.options)
        with response:
            body = self._body(response.raw, deadline)
            headers = {name.lower(): value for name, value in response.headers.items()}
            return Whole(str(request.url), response.status_code, response.reason or "", headers, body)

    def _body(self, stream: Any, deadline: float) -> bytes:
        """The whole body; `read1` hands over what has arrived, so that a slow drip meets the deadline."""
        pieces: list[bytes] = []
        size, most = 0, self.asked.most_bytes or self.settings.most_bytes
        while piece := stream.read1(_CHUNK, decode_content=True):
            pieces.append(piece)
            size += len(piece)
            if size > most:
                raise _FaultError(Cause.UNWANTED, f"its answer is larger than {most / 2**20:g} MB")
            if time.monotonic() > deadline:
                raise TimeoutError
        return b"".join(pieces)


def judged(whole: Whole, asked: Request) -> Whole | Fault:
    """An answer once its status and content have been looked at."""
    if whole.status in {429, 503}:
        word = "too many requests" if whole.status == 429 else "service unavailable"
        return Fault(Cause.BUSY, f"{whole.status} {word}", retry_after_s(whole.headers))
    if whole.status >= 500:
        return Fault(Cause.BROKEN, f"{whole.status} {whole.reason}".strip(), retry_after_s(whole.headers))
    if not asked.check or whole.status != 200:
        return whole
    try:
        return replace(whole, empty=not asked.check(as_response(whole)))
    except SourceError as error:
        return Fault(Cause.NONSENSE, str(error).removeprefix(f"{asked.service}: "))


def as_response(whole: Whole) -> Response:
    """An answer as sources see it."""
    return Response(whole.url, whole.status, whole.headers, whole.body)


def _within(seconds: float, call: Callable[[], T]) -> T:
    """The result of a call, or `TimeoutError`.

    Another thread makes the call, because some waits know no time-out (looking a name up, a header that comes letter
    by letter) and because only so can Ctrl-C end them at once. A late thread is left to its own end.
    """
    results: SimpleQueue[tuple[T | None, BaseException | None]] = SimpleQueue()

    def work() -> None:
        try:
            results.put((call(), None))
        except BaseException as error:  # noqa: BLE001 - whatever it is, it belongs to the caller
            results.put((None, error))

    threading.Thread(target=work, daemon=True, name="cite2bib-http").start()
    try:
        value, error = results.get(timeout=seconds)
    except Empty:
        raise TimeoutError from None
    if error is not None:
        raise error
    return value  # type: ignore[return-value]


def _fault_of(error: Exception) -> Fault:
    """What an exception of requests, urllib3 or the system means."""
    roots = list(_roots(error))

    def has(*kinds: type[BaseException]) -> bool:
        return any(isinstance(root, kinds) for root in roots)

    if has(requests.exceptions.InvalidURL, urllib3.exceptions.LocationParseError):
        return Fault(Cause.UNWANTED, "that is no address")
    if has(NotPublicError):
        return Fault(Cause.UNWANTED, "it lies in a private network")
    if has(socket.gaierror):
        return Fault(Cause.UNREACHABLE, "its name could not be looked up")
    if has(requests.exceptions.ProxyError):
        return Fault(Cause.UNREACHABLE, "the proxy could not be used")
    if has(requests.exceptions.SSLError):
        return Fault(Cause.UNREACHABLE, "its certificate is not valid")
    if has(ConnectionRefusedError):
        return Fault(Cause.UNREACHABLE, "connection refused")
    if has(requests.ConnectTimeout):
        return Fault(Cause.UNREACHABLE, "no connection in time")
    if has(urllib3.exceptions.NewConnectionError):
        return Fault(Cause.UNREACHABLE, "no connection")
    if has(requests.Timeout, urllib3.exceptions.TimeoutError, TimeoutError):
        return Fault(Cause.SILENT, "no whole answer in time")
    return Fault(Cause.CUT, "the connection broke off")


def _roots(error: object) -> Iterator[object]:
    """An exception and all those inside it: the libraries wrap them in arguments, reasons and causes."""
    waiting, seen = [error], set[int]()
    while waiting:
        item = waiting.pop()
        if not isinstance(item, BaseException) or id(item) in seen:
            continue
        seen.add(id(item))
        yield item
        waiting += [*item.args, getattr(item, "reason", None), item.__cause__, item.__context__]
