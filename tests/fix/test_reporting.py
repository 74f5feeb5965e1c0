"""Findings in the formats of other programs, and diffs."""

from __future__ import annotations

import json

from cite2bib.fix import reporting
from mending import mended

TEXT = "\ufeff@misc{a:b,\r\n  month = {March}, pages = {1-2},\r\n  issn = {0317-8472}\r\n}\r\n"


def found() -> list[reporting.Row]:
    result = mended(TEXT.encode(), "month-name", "issn", "page-dash")
    return reporting.rows("my refs, new.bib", result.before, result.findings)


def test_text() -> None:
    assert reporting.as_text(found()).splitlines() == [
        "my refs, new.bib:2:11: month-name a:b: {March} is the month mar",
        "my refs, new.bib:2:30: page-dash a:b: 1-2 is a range of pages",
        "my refs, new.bib:3:11: issn a:b: the check digit of the ISSN 0317-8472 is wrong [not mended]",
    ]


def test_a_mark_of_byte_order_takes_no_column() -> None:
    result = mended(b"\xef\xbb\xbf@misc{a, month = {May}}", "month-name")
    assert reporting.as_text(reporting.rows("a.bib", result.before, result.findings)).startswith(
        "a.bib:1:18: "
    )


def test_json() -> None:
    said = json.loads(reporting.as_json(found()))
    assert [item["rule"] for item in said] == ["month-name", "page-dash", "issn"]
    assert said[0] == {
        "path": "my refs, new.bib", "line": 2, "column": 11, "rule": "month-name", "key": "a:b",
        "message": "{March} is the month mar", "fixable": True,
    }  # fmt: skip
    assert said[2]["fixable"] is False


def test_github_escapes_what_it_parses() -> None:
    first = reporting.as_github(found()).splitlines()[0]
    assert (
        first
        == "::warning file=my refs%2C new.bib,line=2,col=11,title=month-name::a:b: {March} is the month mar"
    )


def test_sarif() -> None:
    log = json.loads(reporting.as_sarif(found()))
    assert log["version"] == "2.1.0"
    run = log["runs"][0]
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result in run["results"]:
        assert ids[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in {"warning", "note"}
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == "my%20refs%2C%20new.bib"
        assert place["region"]["startLine"] in {2, 3}


def test_without_findings_each_format_is_still_whole() -> None:
    assert reporting.as_text([]) == reporting.as_github([]) == ""
    assert json.loads(reporting.as_json([])) == []
    assert json.loads(reporting.as_sarif([]))["runs"][0]["results"] == []


def test_a_diff_that_patch_takes() -> None:
    assert reporting.difference("a", "x\ny", "x\nz\n").splitlines() == [
        "--- a", "+++ a", "@@ -1,2 +1,2 @@", " x", "-y", "\\ No newline at end of file", "+z",
    ]  # fmt: skip
