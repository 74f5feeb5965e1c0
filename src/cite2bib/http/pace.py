"""How often a host may be asked, how long to wait before asking again, and when to leave it alone for the run.

Policy only: no socket, and the clock and the sleep are given.
https://www.rfc-editor.org/rfc/rfc9110#field.retry-after; x-rate-limit-*: https://www.crossref.org/documentation/retrieve-metadata/rest-api/
"""

from __future__ import annotations

import re
import threading
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import TYPE_CHECKING

from cite2bib.light import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cite2bib.http import Settings


class Cause(Enum):
    """Why there is no answer, as far as it matters for what to do next."""

    UNREACHABLE = "unreachable"  # no such name, refused, no network
    SILENT = "silent"  # it took too long
    CUT = "cut"  # the connection broke, or the body is not whole
    BUSY = "busy"  # 429, 503
    BROKEN = "broken"  # other 5xx
    NONSENSE = "nonsense"  # not what was asked for
    UNWANTED = "unwanted"  # too large, or a redirect that is not followed: asking again gives the same


@dataclass(frozen=True, slots=True)
class Fault:
    """One attempt that gave no answer."""

    cause: Cause
    message: str
    retry_after_s: float | None = None


# How often one request is repeated, and how long the first pause is; each further one is twice as long.
_RETRIES = {
    Cause.UNREACHABLE: (1, 0.3),
    Cause.SILENT: (1, 1.0),
    Cause.CUT: (2, 1.0),
    Cause.BUSY: (3, 2.0),
    Cause.BROKEN: (2, 1.0),
    Cause.NONSENSE: (1, 1.0),
    Cause.UNWANTED: (0, 0.0),
}
# How many requests in a row, each repeated, may fail before a service that did answer in this run is left alone.
_FAILURES_IN_A_ROW = {Cause.BUSY: 1, Cause.SILENT: 2, Cause.UNREACHABLE: 2}
_FAILURES_OF_OTHER_CAUSES = 3
_NO_SIGN_OF_LIFE = frozenset({Cause.UNREACHABLE, Cause.SILENT, Cause.CUT})


def pause_s(
    fault: Fault, attempt: int, settings: Settings, chance: float, *, answered: bool = True
) -> float | None:
    """How long to wait before attempt number `attempt` + 1, or None to give up; `chance` (0 to 1) is the jitter.

    A service that asks for a longer pause than anybody would wait for has said no: one has asked for 15 hours. One
    that was silent from the start is not waited for twice.
    """
    retries, first_s = _RETRIES[fault.cause]
    if attempt >= min(retries, settings.retries) or (fault.cause is Cause.SILENT and not answered):
        return None
    if fault.retry_after_s is not None:
        return None if fault.retry_after_s > settings.longest_wait_s else fault.retry_after_s + chance / 2
    return min(first_s * 2.0**attempt * (0.75 + chance / 2), settings.longest_wait_s)


def retry_after_s(headers: Mapping[str, str], now: datetime | None = None) -> float | None:
    """What `Retry-After` says, in seconds from now; None when it says nothing.

    >>> retry_after_s({"retry-after": "120"}), retry_after_s({"retry-after": "soon"})
    (120.0, None)
    """
    text = headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,9}(?:\.\d+)?", text):
        return float(text)
    try:
        then = parsedate_to_datetime(text)
    except ValueError:
        return None
    then = then if then.tzinfo else then.replace(tzinfo=UTC)
    return max(0.0, (then - (now or datetime.now(UTC))).total_seconds())


def stated_interval_s(headers: Mapping[str, str]) -> float | None:
    """The pause between two requests that the rate limit in the headers allows; None when there is none.

    >>> stated_interval_s({"x-rate-limit-limit": "10", "x-rate-limit-interval": "1s"})
    0.1
    """
    limit = re.fullmatch(r"\s*(\d{1,9})\s*", headers.get("x-rate-limit-limit", ""))
    interval = re.fullmatch(
        r"\s*(\d{1,6}(?:\.\d+)?)\s*(ms|s|m|h)?\s*", headers.get("x-rate-limit-interval", "")
    )
    if not (limit and interval and int(limit[1])):
        return None
    unit = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0}[interval[2] or "s"]
    return float(interval[1]) * unit / int(limit[1])


@dataclass(slots=True)
class Host:
    """What this run knows of one service. Its lock is held while it is asked: one request at a time."""

    name: str  # as users know it
    address: str  # host and port
    lock: threading.Lock = field(default_factory=threading.Lock)
    sent: int = 0
    answered: bool = False  # anything at all, in this run
    aside: str = ""  # why it is not asked any more
    failures: int = 0  # in a row
    last_start: float = float("-inf")
    stated_s: float = 0.0  # the interval its headers ask for
    slowed_s: float = 0.0  # the interval that complaints have led to

    def wait_s(self, interval_s: float, now: float) -> float:
        """How long to wait until the next request may start."""
        return max(0.0, self.last_start + max(interval_s, self.stated_s, self.slowed_s) - now)

    def started(self, now: float) -> None:
        """A request is being sent."""
        self.sent += 1
        self.last_start = now

    def heard(self, headers: Mapping[str, str]) -> None:
        """Anything came back: its limits are taken from it."""
        self.answered = True
        stated = stated_interval_s(headers)
        if stated is not None:
            self.stated_s = min(stated, 60.0)

    def complained(self, interval_s: float) -> None:
        """It said "too many": whatever the pace was, it is halved."""
        self.slowed_s = min(max(2 * max(interval_s, self.stated_s, self.slowed_s), 0.5), 30.0)

    def succeeded(self) -> None:
        """A request got its answer."""
        self.failures = 0

    def failed(self, fault: Fault) -> None:
        """A request got none, although it was repeated where that could help.

        Nobody waits for 275 time-outs: a host that never answered, or that still says "too many" after all
        pauses, is left alone for the run.
        """
        self.failures += 1
        most = _FAILURES_IN_A_ROW.get(fault.cause, _FAILURES_OF_OTHER_CAUSES)
        if self.failures >= most or (not self.answered and fault.cause in _NO_SIGN_OF_LIFE):
            self.aside = fault.message


@dataclass(slots=True)
class Hosts:
    """All hosts of a run, and the time."""

    clock: Callable[[], float]
    sleep: Callable[[float], None]
    known: dict[tuple[str, str], Host] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, address: str, service: str = "") -> Host:
        """The service at that host (and port)."""
        with self._lock:
            return self.known.setdefault((address, service), Host(service or address, address))

    def network_works(self) -> bool | None:
        """Whether any host answered in this run; None while none was asked."""
        hosts = list(self.known.values())
        if any(host.answered for host in hosts):
            return True
        return False if any(host.aside for host in hosts) else None
