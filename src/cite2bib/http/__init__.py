"""The only package that opens a socket. A `Send` is a function from request to response; the rest wraps one.

This module has the types alone, so that whoever only describes requests loads no HTTP client.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Request:
    """What to ask: a GET unless `body` says otherwise."""

    url: str
    params: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    accept: str = "*/*"
    body: Mapping[str, str] | None = None  # a form to POST


@dataclass(frozen=True, slots=True)
class Response:
    """What came back."""

    url: str
    status: int
    headers: Mapping[str, str]  # names in lower case
    body: bytes
    from_cache: bool = False


Send: TypeAlias = Callable[[Request], Response]
