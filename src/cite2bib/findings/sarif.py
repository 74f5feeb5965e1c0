"""Findings as SARIF 2.1.0, which code scanning of GitHub and others takes.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
from collections import Counter
from hashlib import blake2b
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from cite2bib import __version__
from cite2bib.diagnostics import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cite2bib.findings import Finding, Rule

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}


def write(findings: Sequence[Finding], rules: Sequence[Rule] = ()) -> str:
    """The findings as one run; results keep their identity while a file's other lines change."""
    names = [rule.name for rule in rules]
    driver = {
        "name": "cite2bib",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(rule) for rule in rules],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": list(_results(findings, names)),
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def _rule(rule: Rule) -> dict[str, Any]:
    told = {
        "id": rule.name,
        "name": "".join(word.capitalize() for word in rule.name.split("-")),
        "shortDescription": {"text": rule.title},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }
    return told | ({"help": {"text": rule.help}} if rule.help else {})


def _results(findings: Sequence[Finding], names: Sequence[str]) -> Iterator[dict[str, Any]]:
    seen: Counter[str] = Counter()
    for finding in findings:
        print_ = _fingerprint(finding)
        seen[print_] += 1
        yield _result(finding, names, f"{print_}:{seen[print_]}")


def _result(finding: Finding, names: Sequence[str], fingerprint: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "level": _LEVELS[finding.severity],
        "message": {"text": finding.message},
        "partialFingerprints": {"cite2bib/v1": fingerprint},
    }
    if finding.rule in names:
        result["ruleIndex"] = names.index(finding.rule)
    if finding.span:
        result["locations"] = [{"physicalLocation": _location(finding)}]
        if finding.replacements:
            result["fixes"] = [_fix(finding)]
    properties = {**({"key": finding.key} if finding.key else {}), **finding.details}
    return result | ({"properties": properties} if properties else {})


def _fingerprint(finding: Finding) -> str:
    """Rule, file and key, and not the line: that changes with every entry above. Without a key the message tells."""
    path = finding.span.path if finding.span else ""
    told = "\n".join([finding.rule, path, finding.key or finding.message])
    return blake2b(told.encode("utf-8", "replace"), digest_size=8).hexdigest()


def _location(finding: Finding) -> dict[str, Any]:
    span = finding.span
    assert span is not None
    numbers = {"startLine": span.line, "startColumn": span.column, "endColumn": span.end_column}
    region = {name: number for name, number in numbers.items() if number}
    if "startLine" not in region:
        region = {"startLine": 1}  # GitHub shows no result without a line
    return {"artifactLocation": _artifact(span.path), "region": region}


def _artifact(path: str) -> dict[str, str]:
    """A relative address: `./` keeps a colon in a first name from being a scheme."""
    uri = quote(path.replace("\\", "/"), safe="/:~+@!$&'()*,;=-._")
    return {"uri": f"./{uri}" if ":" in uri.partition("/")[0] else uri}


def _fix(finding: Finding) -> dict[str, Any]:
    span = finding.span
    assert span is not None
    replacements = [
        {
            "deletedRegion": {"charOffset": part.start, "charLength": part.end - part.start},
            "insertedContent": {"text": part.text},
        }
        for part in finding.replacements
    ]
    change = {"artifactLocation": _artifact(span.path), "replacements": replacements}
    return {"description": {"text": finding.message}, "artifactChanges": [change]}
