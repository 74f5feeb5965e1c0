"""A few made works, and a run whose waits take no time."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any, Protocol

from cite2bib.http.client import Client

WORKS = [
    {"title": "Heat-bath random walks with Markov bases", "authors": ["Caprice Stanley", "Tobias Windisch"],
     "year": 2016, "arxiv": "1605.08386", "doi": "10.5555/heat"},
    {"title": "A made paper on nothing", "authors": ["Ada Made"], "year": 2020, "venue": "MADE",
     "arxiv": "2001.00001", "doi": "10.5555/nothing"},
]  # fmt: skip


class Time:
    """A clock that only sleeping moves."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        if seconds > 0:
            self.slept.append(seconds)
            self.now += seconds


class Opens(Protocol):
    def __call__(self, **settings: Any) -> AbstractContextManager[Client]: ...
