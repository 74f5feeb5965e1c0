"""The client over the real requests and requests-cache, against a real server that is well or ill."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from threading import Event

import pytest

from cite2bib.diagnostics import NotCached, SourceError
from cite2bib.http import Request, Response, Send, cache
from cite2bib.sources.asking import json_of
from loopback import Loopback, Reply, Seen, free_port
from runs import Opens, Time


def works(server: Loopback, doi: str = "10.5555/nothing", **options: object) -> Request:
    return Request(
        f"{server.url}/crossref/works/{doi}", accept="application/json", check=lambda answer: bool(json_of(answer)), **options  # type: ignore[arg-type]
    )  # fmt: skip


def test_an_answer_is_asked_for_once(server: Loopback, opened: Opens) -> None:
    with opened() as send:
        first = send(works(server))
        assert send(works(server)).body == first.body
        assert send.sent == {server.url.removeprefix("http://"): 1}
    with opened() as send:
        again = send(works(server))
        assert (again.from_cache, again.body, again.status) == (True, first.body, 200)
        assert (send.sent, send.cached) == ({}, 1)
    assert server.count() == 1


def test_what_is_not_there_is_kept_too(server: Loopback, opened: Opens) -> None:
    for _ in range(2):
        with opened() as send:
            assert send(works(server, "10.5555/absent")).status == 404
    assert server.count() == 1


def test_who_asks_stands_in_the_user_agent_and_never_in_the_address(server: Loopback, opened: Opens) -> None:
    with opened(mailto="me@example.org") as send:
        send(works(server))
    with opened(mailto="you@example.org") as send:
        assert send(works(server)).from_cache
    (seen,) = server.seen
    assert "mailto:me@example.org" in seen.headers["user-agent"]
    assert "example.org" not in seen.target
    assert seen.headers["accept-encoding"] == "gzip, deflate"


def test_a_post_is_kept_by_its_form(server: Loopback, opened: Opens) -> None:
    url = f"{server.url}/arxiv/query"
    with opened() as send:
        for ids in ("1605.08386", "2001.00001", "1605.08386"):
            answer = send(Request(url, body={"id_list": ids}))
            assert ids.encode() in answer.body
    assert [seen.method for seen in server.seen] == ["POST", "POST"]


def test_an_empty_answer_is_kept_briefly_and_a_full_one_long(server: Loopback, opened: Opens) -> None:
    def is_full(answer: Response) -> bool:
        return b"<entry>" in answer.body

    url = f"{server.url}/arxiv/query"
    for _ in range(2):
        with opened(keep_empty_s=0.0) as send:
            send(Request(url, {"id_list": "2001.00001"}, check=is_full))
            send(Request(url, {"id_list": "2001.99999"}, check=is_full))
    asked = [seen.query["id_list"] for seen in server.seen]
    assert asked == ["2001.00001", "2001.99999", "2001.99999"]


def test_an_old_answer_is_asked_for_again_and_serves_when_there_is_no_other(
    server: Loopback, opened: Opens
) -> None:
    with opened() as send:
        first = send(works(server, keep_s=0.0))
    with opened() as send:
        assert not send(works(server, keep_s=0.0)).from_cache
    server.fault = "503"
    with opened() as send:
        assert send(works(server, keep_s=0.0)).body == first.body
    server.fault = ""
    with opened(offline=True) as send:
        assert send(works(server)).body == first.body


def test_refresh_asks_again(server: Loopback, opened: Opens) -> None:
    for refresh in (False, True):
        with opened(refresh=refresh) as send:
            assert not send(works(server)).from_cache
    assert server.count() == 2


def test_offline_sends_nothing(server: Loopback, opened: Opens) -> None:
    with opened(offline=True) as send, pytest.raises(NotCached):
        send(works(server))
    with opened() as send:
        send(works(server))
    with opened(offline=True) as send:
        assert send(works(server)).from_cache
        with pytest.raises(NotCached, match="not in the cache"):
            send(works(server, "10.5555/heat"))
    assert server.count() == 1


def test_offline_without_a_cache_loads_no_http_client_and_makes_no_file(tmp_path: Path) -> None:
    program = f"""
import sys
from pathlib import Path
from threading import Event
from cite2bib.diagnostics import NotCached
from cite2bib.http import Request, Settings
from cite2bib.http.client import open_send
with open_send(Settings(offline=True, cache_path=Path({str(tmp_path / "no.sqlite")!r}))) as send:
    try:
        send(Request("http://127.0.0.1:9/"))
    except NotCached:
        print(sorted({{"requests", "requests_cache", "urllib3"}} & set(sys.modules)))
"""
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, env=_env()
    )
    assert (done.stdout.strip(), list(tmp_path.iterdir())) == ("[]", [])


def _env() -> dict[str, str]:
    import cite2bib

    return {"PYTHONPATH": str(Path(cite2bib.__file__).parent.parent)}


# Each fault, how often the server is asked before it is given up, and what is said.
FAULTS = [
    ("429", 4, "too many requests"),
    ("429 soon", 4, "too many requests"),
    ("429 in 15 hours", 1, "too many requests"),
    ("500", 3, "500"),
    ("503", 4, "unavailable"),
    ("garbage", 2, "can't be read"),
    ("html", 2, "a web page"),
    ("blank", 2, "nothing"),
    ("half", 3, "broke off"),
    ("hang", 1, "in time"),
    ("reset", 3, "broke off"),
    ("loop", 1, "circle"),
    ("elsewhere", 1, "another host, localhost"),
    ("huge", 1, "larger than 1 MB"),
    ("drip headers", 1, "in time"),
]


@pytest.mark.parametrize(("fault", "attempts", "said"), FAULTS, ids=[row[0] for row in FAULTS])
def test_a_fault_is_an_error_that_says_what_happened(
    fault: str, attempts: int, said: str, server: Loopback, opened: Opens
) -> None:
    server.fault = fault
    with opened(most_bytes=2**20) as send, pytest.raises(SourceError, match=said):
        send(works(server))
    assert server.count() == attempts
    server.fault = ""
    with opened() as send:  # nothing of it was kept
        assert b"A made paper on nothing" in send(works(server)).body


def test_a_slow_drip_ends_at_the_total_time(server: Loopback, opened: Opens) -> None:
    server.fault = "drip"
    with opened(total_timeout_s=0.4, retries=0) as send, pytest.raises(SourceError, match="in time"):
        send(works(server))


def test_a_wrong_charset_in_the_header_harms_nobody(server: Loopback, opened: Opens) -> None:
    server.fault = "charset"
    with opened() as send:
        assert json_of(send(works(server)))["message"]["DOI"] == "10.5555/nothing"


def test_one_bad_moment_is_bridged(server: Loopback, opened: Opens) -> None:
    for fault in ("429", "503", "500", "half", "reset", "garbage", "hang"):
        moments = iter(["", fault])
        server.fault = lambda _seen, moments=moments: next(moments, "")
        with opened(refresh=True) as send:
            send(works(server, "10.5555/heat"))
            assert send(works(server)).status == 200, fault
            assert not send.diagnostics


def test_retry_after_is_waited_for(server: Loopback, opened: Opens, time: Time) -> None:
    moments = iter(["429 soon"])
    server.fault = lambda _seen: next(moments, "")
    with opened() as send:
        send(works(server))
    assert 7.0 <= sum(time.slept) < 8.0


def test_a_service_that_asks_for_hours_is_left_alone(server: Loopback, opened: Opens, time: Time) -> None:
    server.fault = "429 in 15 hours"
    with opened() as send:
        for _ in range(275):
            with pytest.raises(SourceError):
                send(works(server, service="Crossref"))
        assert send.aside == {"Crossref": "429 too many requests"}
        (told,) = send.diagnostics
        assert "Crossref (127.0.0.1:" in told.message
    assert (server.count(), time.slept) == (1, [])


@pytest.mark.parametrize(("fault", "most"), [("429", 4), ("500", 9), ("hang", 1), ("reset", 3), ("html", 6)])
def test_nobody_waits_for_275_faults(fault: str, most: int, server: Loopback, opened: Opens) -> None:
    server.fault = fault
    with opened() as send:
        for number in range(275):
            with pytest.raises(SourceError):
                send(works(server, f"10.5555/{number}"))
    assert server.count() == most


def test_services_fail_each_for_itself(server: Loopback, opened: Opens) -> None:
    server.fault = lambda seen: "429" if "arxiv" in seen.path else ""
    with opened() as send:
        with pytest.raises(SourceError):
            send(Request(f"{server.url}/arxiv/query", service="arXiv"))
        assert send(works(server, service="Crossref")).status == 200
        assert list(send.aside) == ["arXiv"]


def test_nothing_listening_is_learnt_at_once(opened: Opens, time: Time) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    with opened() as send:
        for number in range(275):
            with pytest.raises(SourceError, match="connection refused"):
                send(Request(f"{url}/{number}"))
        assert sum(send.sent.values()) == 2
    assert sum(time.slept) < 1


def test_an_unknown_name_is_learnt_at_once(opened: Opens, time: Time) -> None:
    with opened() as send, pytest.raises(SourceError, match="looked up"):
        send(Request("http://no-such-host.invalid/"))
    assert sum(time.slept) < 1


def test_no_address_is_an_error_like_others(opened: Opens) -> None:
    with opened() as send:
        for url in ("nonsense", "http://", "ftp://example.org/x", "http://[::1/"):
            with pytest.raises(SourceError):
                send(Request(url))


def test_one_request_per_interval(server: Loopback, opened: Opens, time: Time) -> None:
    with opened() as send:
        for number in range(4):
            send(works(server, f"10.5555/{number}", interval_s=3.0))
    assert time.slept == [3.0, 3.0, 3.0]


def test_the_cache_needs_no_interval(server: Loopback, opened: Opens, time: Time) -> None:
    with opened() as send:
        for _ in range(4):
            send(works(server, interval_s=3.0))
    assert time.slept == []


def test_the_limit_in_the_headers_is_obeyed(server: Loopback, opened: Opens, time: Time) -> None:
    server.answer = lambda _seen: Reply(
        200, b"{}", {"x-rate-limit-limit": "5", "x-rate-limit-interval": "1s"}
    )
    with opened() as send:
        for number in range(3):
            send(Request(f"{server.url}/{number}"))
    assert time.slept == pytest.approx([0.2, 0.2])


def test_a_complaint_slows_down_what_follows(server: Loopback, opened: Opens, time: Time) -> None:
    moments = iter(["429 soon"])
    server.fault = lambda _seen: next(moments, "")
    with opened() as send:
        for number in range(3):
            send(works(server, f"10.5555/{number}", interval_s=1.0))
    assert time.slept[-2:] == [2.0, 2.0]


def test_a_redirect_of_the_same_host_is_followed(server: Loopback, opened: Opens) -> None:
    def answer(seen: Seen) -> Reply:
        moved = Reply(301, b"", {"Location": "/new?x=1"})
        return moved if seen.path == "/old" else Reply(200, seen.target.encode())

    server.answer = answer
    with opened() as send:
        assert send(Request(f"{server.url}/old")).body == b"/new?x=1"
        assert send(Request(f"{server.url}/old")).from_cache
    assert server.count() == 2


def test_a_redirect_to_a_named_host_is_followed_without_the_keys(server: Loopback, opened: Opens) -> None:
    def answer(seen: Seen) -> Reply:
        if seen.headers["host"].startswith("127"):
            return Reply(302, b"", {"Location": server.url.replace("127.0.0.1", "localhost") + "/there"})
        return Reply(200, b"there")

    server.answer = answer
    request = Request(f"{server.url}/", headers={"x-api-key": "secret"}, hosts=frozenset({"localhost"}))
    with opened() as send:
        assert send(request).body == b"there"
    assert ["x-api-key" in seen.headers for seen in server.seen] == [True, False]


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://127.0.0.1/x"])
def test_a_redirect_leaves_the_web_never(target: str, server: Loopback, opened: Opens) -> None:
    server.answer = lambda _seen: Reply(302, b"", {"Location": target})
    with opened() as send, pytest.raises(SourceError, match="unsafe"):
        send(Request(server.url))


def test_a_packed_answer_is_unpacked(server: Loopback, opened: Opens) -> None:
    import gzip

    server.answer = lambda _seen: Reply(200, gzip.compress(b"text" * 1000), {"Content-Encoding": "gzip"})
    with opened() as send:
        assert send(Request(server.url)).body == b"text" * 1000
        assert send(Request(server.url)).body == b"text" * 1000


def test_a_packed_flood_is_stopped(server: Loopback, opened: Opens) -> None:
    import gzip

    server.answer = lambda _seen: Reply(200, gzip.compress(b" " * 2**22), {"Content-Encoding": "gzip"})
    with opened(most_bytes=2**20) as send, pytest.raises(SourceError, match="larger"):
        send(Request(server.url))


def test_what_was_fetched_before_the_end_is_kept(server: Loopback, opened: Opens) -> None:
    def stopped(_seen: Seen) -> str:
        return "hang" if server.count() > 2 else ""

    server.fault = stopped

    def run(send: Send) -> None:
        for number in range(4):
            if number == 2:
                raise KeyboardInterrupt
            send(works(server, f"10.5555/{number}"))

    with pytest.raises(KeyboardInterrupt), opened() as send:
        run(send)
    server.fault = ""
    with opened() as send:
        assert [send(works(server, f"10.5555/{number}")).from_cache for number in range(3)] == [
            True,
            True,
            False,
        ]


def test_several_threads_ask_one_service_one_at_a_time(server: Loopback, opened: Opens, time: Time) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with opened(total_timeout_s=10, read_timeout_s=10) as send, ThreadPoolExecutor(8) as pool:
        requests = [works(server, f"10.5555/{number}", interval_s=1.0) for number in range(16)]
        assert [answer.status for answer in pool.map(send, requests)] == [404] * 16
    assert len(time.slept) == 15


@pytest.mark.parametrize("wait", ["a hang", "a pause"])
def test_ctrl_c_ends_any_wait_at_once(wait: str, tmp_path: Path, server: Loopback) -> None:
    """The first answer is kept, the second never comes: the program ends although it would wait for minutes."""
    arrived = Event()

    def fault(_seen: Seen) -> str:
        if server.count() < 2:
            return ""
        arrived.set()
        return "hang" if wait == "a hang" else "429 soon"

    server.fault = fault
    program = f"""
import signal
from pathlib import Path
from threading import Event
from cite2bib.http import Request, Settings
signal.signal(signal.SIGINT, signal.default_int_handler)  # a job in the background inherits that it is ignored
from cite2bib.http.client import open_send
slow = Settings(cache_path=Path({str(tmp_path / "a.sqlite")!r}), read_timeout_s=600, total_timeout_s=600)
with open_send(slow) as send:
    for number in range(2):
        send(Request(f"{server.url}/crossref/works/10.5555/{{number}}", interval_s=0.0 if number else 0.1))
"""
    running = subprocess.Popen([sys.executable, "-c", program], stderr=subprocess.PIPE, text=True, env=_env())
    assert arrived.wait(60)
    running.send_signal(signal.SIGINT)
    _, told = running.communicate(timeout=60)
    assert "KeyboardInterrupt" in told
    assert cache.info(tmp_path / "a.sqlite").answers == {server.url.removeprefix("http://"): 1}
