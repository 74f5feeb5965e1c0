"""Findings as text, JSON, annotations of GitHub and SARIF (https://docs.oasis-open.org/sarif/sarif/v2.1.0/)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cite2bib.fix.rules import BY_NAME
from cite2bib.formats.bibtex.syntax import Lines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cite2bib.fix.finding import Finding
    from cite2bib.formats.bibtex.syntax import Bib


@dataclass(frozen=True, slots=True)
class Row:
    """A finding with its place."""

    path: str
    line: int
    column: int
    finding: Finding

    @property
    def said(self) -> str:
        """The key and the message."""
        return f"{self.finding.key}: {self.finding.message}" if self.finding.key else self.finding.message


def rows(path: str, bib: Bib, findings: Sequence[Finding]) -> list[Row]:
    """Findings of a file with their lines and columns."""
    if not findings:
        return []
    lines = Lines(bib.text)
    mark = 1 if bib.text.startswith("\ufeff") else 0  # a mark of byte order takes no column
    found = []
    for item in findings:
        line, column = lines.place(item.offset)
        found.append(Row(path, line, max(1, column - mark) if line == 1 else column, item))
    return found


def as_text(found: Sequence[Row]) -> str:
    """A line each: `refs.bib:12:3: page-dash doe2020: ...`; what no edit mends is marked."""
    return "".join(
        f"{row.path}:{row.line}:{row.column}: {row.finding.rule} {row.said}{'' if row.finding.edits else ' [not mended]'}\n"
        for row in found
    )


def as_json(found: Sequence[Row]) -> str:
    """A list of objects."""
    items = [
        {"path": row.path, "line": row.line, "column": row.column, "rule": row.finding.rule, "key": row.finding.key,
         "message": row.finding.message, "fixable": bool(row.finding.edits)}
        for row in found
    ]  # fmt: skip
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def as_github(found: Sequence[Row]) -> str:
    """Workflow commands that GitHub shows beside the lines."""
    return "".join(
        f"::{'warning' if row.finding.edits else 'notice'} file={_property(row.path)},line={row.line},col={row.column},"
        f"title={_property(row.finding.rule)}::{_data(row.said)}\n"
        for row in found
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_sarif(found: Sequence[Row]) -> str:
    """One run with its rules and results."""
    names = sorted({row.finding.rule for row in found})
    rules = [
        {
            "id": name,
            "shortDescription": {"text": BY_NAME[name].summary},
            "fullDescription": {"text": BY_NAME[name].why},
        }
        for name in names
    ]
    driver = {"name": "cite2bib fix", "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(row, names) for row in found],
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _result(row: Row, names: Sequence[str]) -> dict[str, Any]:
    from urllib.parse import quote

    region = {"startLine": row.line, "startColumn": row.column}
    place = {"artifactLocation": {"uri": quote(row.path.replace("\\", "/"))}, "region": region}
    return {
        "ruleId": row.finding.rule,
        "ruleIndex": names.index(row.finding.rule),
        "level": "warning" if row.finding.edits else "note",
        "message": {"text": row.said},
        "locations": [{"physicalLocation": place}],
    }


FORMATS: dict[str, Callable[[Sequence[Row]], str]] = {
    "text": as_text, "json": as_json, "github": as_github, "sarif": as_sarif,
}  # fmt: skip


def difference(path: str, before: str, after: str) -> str:
    r"""A unified diff, with the line ends of the texts.

    >>> print(difference("a.bib", "x\n", "y\n"), end="")
    --- a.bib
    +++ a.bib
    @@ -1 +1 @@
    -x
    +y
    """
    import difflib

    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    return "".join(
        line if line.endswith(("\n", "\r")) else f"{line}\n\\ No newline at end of file\n"
        for line in difflib.unified_diff(old, new, path, path)
    )


def explained(name: str) -> str:
    """What a rule is for, with its example."""
    rule = BY_NAME[name]
    when = f"only with {rule.option}" if rule.option else "by default"
    shown = "" if rule.before == rule.after else f"\nbecomes\n\n{_indented(rule.after)}"
    return f"{rule.name}: {rule.summary}\n\n{rule.why}\n\nIt runs {when}. Example:\n\n{_indented(rule.before)}{shown}"


def _indented(text: str) -> str:
    return "".join(f"    {line}\n" if line else "\n" for line in text.splitlines())
