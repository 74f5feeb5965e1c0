"""When to ask again, and when to stop asking."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cite2bib.http import Settings
from cite2bib.http.pace import Cause, Fault, Host, pause_s, retry_after_s, stated_interval_s

NOW = datetime(2026, 11, 21, 12, 0, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("1.5", 1.5),
        ("54000", 54000.0),
        ("Sat, 21 Nov 2026 12:00:30 GMT", 30.0),
        ("Sat, 21 Nov 2026 11:00:00 GMT", 0.0),
        ("Sat, 21 Nov 2026 12:00:30", 30.0),
        ("", None),
        ("-5", None),
        ("soon", None),
        ("9" * 400, None),
    ],
)
def test_retry_after(text: str, seconds: float | None) -> None:
    assert retry_after_s({"retry-after": text}, NOW) == seconds


@pytest.mark.parametrize(
    ("limit", "interval", "seconds"),
    [
        ("10", "1s", 0.1), ("50", "1", 0.02), ("1", "500ms", 0.5), ("100", "1m", 0.6), ("3600", "1h", 1.0),
        ("0", "1s", None), ("", "1s", None), ("5", "", None), ("many", "1s", None), ("5", "1 day", None),
    ],
)  # fmt: skip
def test_stated_interval(limit: str, interval: str, seconds: float | None) -> None:
    headers = {"x-rate-limit-limit": limit, "x-rate-limit-interval": interval}
    assert stated_interval_s(headers) == (pytest.approx(seconds) if seconds else None)


def test_pauses_double_and_end() -> None:
    fault = Fault(Cause.BUSY, "429")
    pauses = [pause_s(fault, attempt, Settings(), 0.5) for attempt in range(4)]
    assert pauses == [2.0, 4.0, 8.0, None]


def test_jitter_spreads_a_quarter_each_way() -> None:
    fault = Fault(Cause.BUSY, "429")
    assert [pause_s(fault, 0, Settings(), chance) for chance in (0.0, 1.0)] == [1.5, 2.5]


def test_retry_after_outweighs_the_doubling_and_is_never_undercut() -> None:
    fault = Fault(Cause.BUSY, "429", retry_after_s=20.0)
    assert [pause_s(fault, attempt, Settings(), 0.0) for attempt in range(3)] == [20.0] * 3
    assert pause_s(Fault(Cause.BUSY, "429", 61.0), 0, Settings(), 0.0) is None


def test_silence_from_the_start_is_not_waited_for_twice() -> None:
    fault = Fault(Cause.SILENT, "nothing")
    assert pause_s(fault, 0, Settings(), 0.5, answered=False) is None
    assert pause_s(fault, 0, Settings(), 0.5, answered=True) == 1.0


def test_retries_can_be_forbidden() -> None:
    assert all(pause_s(Fault(cause, ""), 0, Settings(retries=0), 0.5) is None for cause in Cause)


def test_what_will_not_change_is_not_repeated() -> None:
    assert pause_s(Fault(Cause.UNWANTED, "too large"), 0, Settings(), 0.5) is None


@pytest.mark.parametrize(
    ("cause", "answered", "failures"),
    [
        (Cause.UNREACHABLE, False, 1),
        (Cause.UNREACHABLE, True, 2),
        (Cause.SILENT, False, 1),
        (Cause.SILENT, True, 2),
        (Cause.BUSY, True, 1),
        (Cause.BROKEN, True, 3),
        (Cause.NONSENSE, True, 3),
    ],
)
def test_when_a_service_is_set_aside(cause: Cause, answered: bool, failures: int) -> None:
    host = Host("Made", "127.0.0.1", answered=answered)
    count = 0
    while not host.aside:
        host.failed(Fault(cause, "why"))
        count += 1
    assert (count, host.aside) == (failures, "why")


def test_an_answer_in_between_forgives() -> None:
    host = Host("Made", "127.0.0.1", answered=True)
    for _ in range(10):
        host.failed(Fault(Cause.BROKEN, "500"))
        host.failed(Fault(Cause.BROKEN, "500"))
        host.succeeded()
    assert not host.aside
