"""A real HTTP server on 127.0.0.1 that counts what it is asked and answers well, badly or not at all.

    with Loopback(catalogue) as server:
        server.fault = "429"                      # for every request, or
        server.fault = lambda seen: "html" if seen.path.startswith("/arxiv") else ""

What it answers when nothing is wrong is a function from `Seen` to `Reply`; `catalogue.py` has some.
"""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, unquote, urlsplit


@dataclass(frozen=True)
class Seen:
    """One request as it arrived."""

    method: str
    path: str  # decoded
    query: Mapping[str, str]  # of the address, or of the form that was posted
    headers: Mapping[str, str]  # names in lower case
    target: str  # path and query as they were sent


@dataclass(frozen=True)
class Reply:
    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[[Seen], Reply]
HTML = b"<!DOCTYPE html><html><head><title>Just a moment</title></head><body>Are you human?</body></html>"


def free_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Loopback:
    """The server; `url` is where it listens, `seen` what it was asked."""

    def __init__(self, answer: Handler) -> None:
        self.answer = answer
        self.fault: str | Callable[[Seen], str] = ""
        self.seen: list[Seen] = []
        self.ended = threading.Event()  # ends what hangs
        self._server = _Server(("127.0.0.1", 0), self)
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def count(self, prefix: str = "/") -> int:
        """How many requests there were below a path."""
        return sum(seen.path.startswith(prefix) for seen in self.seen)

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.ended.set()
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], owner: Loopback) -> None:
        super().__init__(address, _Answerer)
        self.owner = owner

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up early is what some tests are about."""


class _Answerer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # headers and body are written apart: without it each answer takes 40 ms
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Quiet."""

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def _serve(self) -> None:
        owner = self.server.owner
        seen = self._seen()
        owner.seen.append(seen)
        fault = owner.fault(seen) if callable(owner.fault) else owner.fault
        if fault:
            FAULTS[fault](self, owner, seen)
        else:
            self.reply(owner.answer(seen))

    def _seen(self) -> Seen:
        parts = urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        pairs = parse_qsl(parts.query, keep_blank_values=True)
        if "urlencoded" in (self.headers.get("Content-Type") or ""):
            pairs += parse_qsl(body.decode(), keep_blank_values=True)
        headers = {name.lower(): value for name, value in self.headers.items()}
        return Seen(self.command, unquote(parts.path), dict(pairs), headers, self.path)

    def reply(self, reply: Reply, length: int | None = None) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body) if length is None else length))
        self.end_headers()
        self.wfile.write(reply.body)

    def hang_up(self, *, rudely: bool = False) -> None:
        if rudely:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        else:
            self.connection.shutdown(socket.SHUT_WR)
        self.close_connection = True
        self.connection.close()


Fault = Callable[[_Answerer, Loopback, Seen], None]


def _plain(status: int, body: bytes = b"", **headers: str) -> Fault:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda answerer, _owner, _seen: answerer.reply(Reply(status, body, named))


def _half(answerer: _Answerer, owner: Loopback, seen: Seen) -> None:
    reply = owner.answer(seen)
    half = Reply(reply.status, reply.body[: len(reply.body) // 2], reply.headers)
    answerer.reply(half, length=len(reply.body) + 1)
    answerer.hang_up()


def _hang(_answerer: _Answerer, owner: Loopback, _seen: Seen) -> None:
    owner.ended.wait(60)


def _reset(answerer: _Answerer, _owner: Loopback, _seen: Seen) -> None:
    answerer.hang_up(rudely=True)


def _loop(answerer: _Answerer, owner: Loopback, seen: Seen) -> None:
    answerer.reply(Reply(302, b"", {"Location": f"{owner.url}{seen.target}"}))


def _elsewhere(answerer: _Answerer, owner: Loopback, seen: Seen) -> None:
    target = owner.url.replace("127.0.0.1", "localhost") + seen.target
    answerer.reply(Reply(301, b"", {"Location": target}))


def _charset(answerer: _Answerer, owner: Loopback, seen: Seen) -> None:
    """The bytes are right and the header is wrong."""
    reply = owner.answer(seen)
    answerer.reply(Reply(reply.status, reply.body, {"Content-Type": "application/json; charset=utf-16"}))


def _huge(answerer: _Answerer, owner: Loopback, _seen: Seen) -> None:
    """Two gigabytes, as far as anybody reads them."""
    answerer.send_response(200)
    answerer.send_header("Content-Length", str(2 * 2**30))
    answerer.end_headers()
    block = b" " * 2**20
    for _ in range(2 * 2**10):
        if owner.ended.is_set():
            return
        answerer.wfile.write(block)


def _drip(answerer: _Answerer, owner: Loopback, seen: Seen) -> None:
    reply = owner.answer(seen)
    answerer.send_response(reply.status)
    answerer.send_header("Content-Length", str(len(reply.body)))
    answerer.end_headers()
    _drop_by_drop(answerer, owner, reply.body)


def _drip_headers(answerer: _Answerer, owner: Loopback, _seen: Seen) -> None:
    _drop_by_drop(answerer, owner, b"HTTP/1.1 200 OK\r\n" + b"X-Padding: drop\r\n" * 50)


def _drop_by_drop(answerer: _Answerer, owner: Loopback, data: bytes) -> None:
    for byte in data:
        if owner.ended.is_set():
            return
        answerer.wfile.write(bytes([byte]))
        answerer.wfile.flush()
        time.sleep(0.02)


FAULTS: dict[str, Fault] = {
    "429": _plain(429, b"Rate exceeded."),
    "429 soon": _plain(429, b"Rate exceeded.", Retry_After="7"),
    "429 in 15 hours": _plain(429, b"Rate exceeded.", Retry_After="54000"),
    "500": _plain(500, b"oops"),
    "503": _plain(503, HTML, Content_Type="text/html"),
    "403": _plain(403, HTML, Content_Type="text/html"),
    "garbage": _plain(
        200, b'{"status": "ok", "message": {"items": [{"DOI":', Content_Type="application/json"
    ),
    "html": _plain(200, HTML, Content_Type="text/html"),
    "blank": _plain(200, b"", Content_Type="application/json"),
    "half": _half,
    "hang": _hang,
    "reset": _reset,
    "loop": _loop,
    "elsewhere": _elsewhere,
    "charset": _charset,
    "huge": _huge,
    "drip": _drip,
    "drip headers": _drip_headers,
}
