"""Findings in the formats of other programs, and diffs."""

from __future__ import annotations

import json

from cite2bib.findings import WRITERS, Finding, Severity, Span
from cite2bib.fix import chosen, reporting
from mending import mended

TEXT = "\ufeff@misc{a:b,\r\n  month = {March}, pages = {1-2},\r\n  issn = {0317-8472}\r\n}\r\n"
RULES = reporting.told_rules(chosen(("month-name", "issn", "page-dash"), ()))


def found() -> list[Finding]:
    result = mended(TEXT.encode(), "month-name", "issn", "page-dash")
    return reporting.told("my refs, new.bib", result.before, result.findings)


def test_text() -> None:
    assert WRITERS["text"](found(), RULES).splitlines() == [
        "my refs, new.bib:2:11: month-name a:b: {March} is the month mar",
        "my refs, new.bib:2:30: page-dash a:b: 1-2 is a range of pages",
        "my refs, new.bib:3:11: issn a:b: the check digit of the ISSN 0317-8472 is wrong [not mended]",
    ]


def test_a_mark_of_byte_order_takes_no_column() -> None:
    result = mended(b"\xef\xbb\xbf@misc{a, month = {May}}", "month-name")
    (said,) = reporting.told("a.bib", result.before, result.findings)
    assert said.span == Span("a.bib", 1, 18)


def test_json() -> None:
    said = json.loads(WRITERS["json"](found(), RULES))
    assert [item["rule"] for item in said] == ["month-name", "page-dash", "issn"]
    start = TEXT.index("{March}") - 1  # without the mark of byte order
    assert said[0] == {
        "file": "my refs, new.bib", "line": 2, "column": 11, "rule": "month-name", "key": "a:b", "severity": "warning",
        "message": "{March} is the month mar", "fixable": True,
        "replacements": [{"start": start, "end": start + 7, "text": "mar"}],
    }  # fmt: skip
    assert (said[2]["fixable"], said[2]["severity"]) == (False, "note")


def test_sarif_carries_the_edits() -> None:
    """Applied as they say, they give the mended file."""
    (run,) = json.loads(WRITERS["sarif"](found(), RULES))["runs"]
    assert [result["level"] for result in run["results"]] == ["warning", "warning", "note"]
    text = TEXT.removeprefix("\ufeff")
    for result in reversed(run["results"][:2]):
        (change,) = result["fixes"][0]["artifactChanges"]
        for part in reversed(change["replacements"]):
            region = part["deletedRegion"]
            start, end = region["charOffset"], region["charOffset"] + region["charLength"]
            text = text[:start] + part["insertedContent"]["text"] + text[end:]
    assert text == mended(TEXT.encode(), "month-name", "page-dash").after.text.removeprefix("\ufeff")


def test_edits_of_later_rounds_are_of_another_text_and_not_told() -> None:
    result = mended(
        "@misc{a,\n  title = {ON THE STRUCTURE OF DNA IN BACTERIA}\n}\n", "all-caps-title", "title-capitals"
    )
    said = reporting.told("a.bib", result.before, result.findings)
    assert [item.rule for item in said if item.replacements] == ["all-caps-title"]
    assert [item.rule for item in said if not item.replacements] == ["title-capitals"]
    assert all(item.details["fixable"] for item in said)


def test_what_stops_bibtex_is_an_error() -> None:
    result = mended("@misc{a,\n  title = {T\n}\n", "unbalanced-brace")
    (said,) = reporting.told("a.bib", result.before, result.findings)
    assert said.severity is Severity.ERROR


def test_a_diff_that_patch_takes() -> None:
    assert reporting.difference("a", "x\ny", "x\nz\n").splitlines() == [
        "--- a", "+++ a", "@@ -1,2 +1,2 @@", " x", "-y", "\\ No newline at end of file", "+z",
    ]  # fmt: skip
