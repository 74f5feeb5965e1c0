"""Findings as JSON: a list of objects, each with its rule, place and, where there is one, its correction."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cite2bib.findings import Finding, Rule


def write(findings: Sequence[Finding], _rules: Sequence[Rule] = ()) -> str:
    """The findings as a JSON array."""
    return json.dumps([row(finding) for finding in findings], ensure_ascii=False, indent=1) + "\n"


def row(finding: Finding) -> dict[str, Any]:
    """One finding as a JSON object; what it does not have is left out."""
    span = finding.span
    place = {"file": span.path, "line": span.line, "column": span.column} if span else {}
    replacements = [part._asdict() for part in finding.replacements]
    told = {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "key": finding.key,
        **place,
        "replacements": replacements,
    }
    return {name: value for name, value in told.items() if value} | dict(finding.details)
