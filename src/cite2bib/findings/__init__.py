"""What is found wrong in a file, and the outputs that people and other programs read: text, JSON, GitHub annotations, SARIF.

A command makes `Finding`s by its own `Rule`s; `WRITERS` turn them into text, the same for the same findings.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from cite2bib.diagnostics import Severity, Span
from cite2bib.light import NamedTuple, dataclass, field

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["WRITERS", "Finding", "Replacement", "Rule", "Severity", "Span"]


class Replacement(NamedTuple):
    """Other characters for a span of the file that the finding is in; offsets count characters."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of finding: users silence it by its name, and read in its help what it is about."""

    name: str  # "not-found"
    title: str  # "No catalogue has the work", without a full stop
    help: str = ""
    severity: Severity = Severity.WARNING


def _nothing() -> Mapping[str, Any]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, where, and how it could be put right."""

    rule: str
    message: str
    span: Span | None = None
    severity: Severity = Severity.WARNING
    key: str = ""  # of the entry or work it is about
    replacements: tuple[Replacement, ...] = ()
    details: Mapping[str, Any] = field(
        default_factory=_nothing
    )  # what a command has to say beside; JSON values


def _text(findings: Sequence[Finding], rules: Sequence[Rule]) -> str:
    from cite2bib.findings.as_text import write

    return write(findings, rules)


def _json(findings: Sequence[Finding], rules: Sequence[Rule]) -> str:
    from cite2bib.findings.as_json import write

    return write(findings, rules)


def _github(findings: Sequence[Finding], rules: Sequence[Rule]) -> str:
    from cite2bib.findings.github import write

    return write(findings, rules)


def _sarif(findings: Sequence[Finding], rules: Sequence[Rule]) -> str:
    from cite2bib.findings.sarif import write

    return write(findings, rules)


WRITERS: Mapping[str, Callable[[Sequence[Finding], Sequence[Rule]], str]] = MappingProxyType(
    {"text": _text, "json": _json, "github": _github, "sarif": _sarif}
)
