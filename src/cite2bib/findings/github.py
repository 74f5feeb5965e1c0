"""Findings as the lines by which a GitHub workflow annotates a pull request.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cite2bib.findings import Finding, Rule

_WORDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def write(findings: Sequence[Finding], rules: Sequence[Rule] = ()) -> str:
    """A line for each finding."""
    titles = {rule.name: rule.title for rule in rules}
    return "".join(f"{_line(finding, titles.get(finding.rule, finding.rule))}\n" for finding in findings)


def _line(finding: Finding, title: str) -> str:
    span = finding.span
    told: dict[str, object] = {}
    if span:
        told = {"file": span.path, "line": span.line, "col": span.column, "endColumn": span.end_column}
    told["title"] = f"{title} ({finding.key})" if finding.key else title
    properties = ",".join(f"{name}={_property(str(value))}" for name, value in told.items() if value)
    return f"::{_WORDS[finding.severity]} {properties}::{_data(finding.message)}"


def _data(text: str) -> str:
    """A command ends with its line, and `%` begins an escape."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
