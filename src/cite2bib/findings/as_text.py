"""Findings as lines for people, as compilers write them: `refs.bib:12:3: page-dash doe2020: ...`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cite2bib.findings import Finding, Rule


def write(findings: Sequence[Finding], _rules: Sequence[Rule] = ()) -> str:
    """A line each; what a command could not mend is marked."""
    return "".join(f"{_line(finding)}\n" for finding in findings)


def _line(finding: Finding) -> str:
    place = f"{finding.span}: " if finding.span else ""
    key = f" {finding.key}" if finding.key else ""
    mark = " [not mended]" if finding.details.get("fixable") is False else ""
    return f"{place}{finding.rule}{key}: {finding.message}{mark}"
