"""Asking one source whose service is a function of this test."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from cite2bib import sources
from cite2bib.model import Field, Work
from cite2bib.sources import Answer
from loopback import Handler, Loopback, Reply, Seen
from runs import Opens


def work(kind: str = "", **fields: Any) -> Work:
    named = {name.replace("_", "-"): Field(value) for name, value in fields.items()}
    return Work(type=kind, fields=named)


def as_json(content: Any, status: int = 200) -> Reply:
    return Reply(status, json.dumps(content).encode(), {"Content-Type": "application/json"})


def ask(
    name: str, opened: Opens, answer: Handler, works: Sequence[Work], key: str = ""
) -> tuple[list[Answer], list[Seen]]:
    """The answers, and what the service was asked."""
    with Loopback(answer) as server, opened() as send:
        environ = {f"CITE2BIB_{name.upper()}_URL": server.url, f"CITE2BIB_{name.upper()}_KEY": key}
        (source,) = sources.configured({}, environ, [name])
        answers = list(source.ask(send, source.url, works))
        return answers, server.seen


def errors(name: str, opened: Opens, bodies: Sequence[bytes], works: Sequence[Work]) -> list[str]:
    """What is said of each body that is no answer."""
    said = []
    for body in bodies:
        answers, _ = ask(name, opened, always(body), works)
        assert not any(answer.found for answer in answers)
        said += [str(answer.error) for answer in answers if answer.error]
    return said


def always(body: bytes) -> Callable[[Seen], Reply]:
    return lambda _seen: Reply(200, body)
