"""The only package that opens a socket. A `Send` is a function from request to response.

This module has the types alone, so that whoever only describes requests loads no HTTP client; `client.open_send`
gives a `Send`, and `cache` tells what is kept on this disk.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from cite2bib.light import dataclass, field

if TYPE_CHECKING:
    from pathlib import Path

DAY_S = 86_400.0


@dataclass(frozen=True, slots=True)
class Response:
    """What came back."""

    url: str
    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes
    from_cache: bool = False


Check: TypeAlias = Callable[[Response], bool]


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask: a GET unless `body` says otherwise."""

    url: str
    params: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    accept: str = "*/*"
    body: Mapping[str, str] | bytes | None = None  # a form to POST, or JSON as bytes
    headers: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # keys of services
    service: str = ""  # who is asked, as users know it: pace and patience are kept for each service of a host
    interval_s: float = 0.0  # what the service asks for between two requests
    keep_s: float = 30 * DAY_S  # how long an answer serves before it is asked for again
    # Judges a fresh answer of status 200 before it is kept: raises `SourceError` when it is nonsense (which is
    # asked for once more, and never kept), gives False when it is empty (which is kept only briefly).
    check: Check | None = None
    hosts: frozenset[str] = frozenset()  # other hosts that a redirect may lead to
    # An address that somebody wrote into a document: only on the public network, redirects to anywhere there.
    is_foreign: bool = False
    most_bytes: int = 0  # of the answer; 0: as the settings say


Send: TypeAlias = Callable[[Request], Response]


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may choose about the network."""

    offline: bool = False  # send nothing; answer from the cache, however old
    cache_path: Path | None = None  # None: in the user's cache folder
    mailto: str = ""  # told to the services in the User-Agent: some are kinder to whom they can write to
    refresh: bool = False  # ask again even where an answer is kept
    connect_timeout_s: float = 4.0
    read_timeout_s: float = 20.0  # between two bytes
    total_timeout_s: float = 30.0  # from the first byte sent to the last received, redirects included
    longest_wait_s: float = 60.0  # a service that asks for a longer pause is set aside for the run
    most_bytes: int = 64 * 2**20
    allow_private: bool = False  # also follow addresses in documents that lead into one's own network
    retries: int = 3  # after the first attempt, where waiting may help
    keep_empty_s: float = DAY_S / 4  # an empty answer may be a bad day of the service
