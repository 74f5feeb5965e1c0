"""What other programs read of findings."""

from __future__ import annotations

import json

from cite2bib.findings import WRITERS, Finding, Replacement, Rule, Severity, Span

RULES = (
    Rule("not-found", "No catalogue has the work", "Look it up."),
    Rule("wrong-year", "The year is wrong"),
)
PLACED = Finding(
    "wrong-year",
    "2019, the record says 2020:\n100% sure",
    Span("a b/refs,1.bib", 3, 5, 9),
    Severity.ERROR,
    "doe",
    (Replacement(40, 44, "2020"),),
    {"field": "year"},
)
UNPLACED = Finding("not-found", "nobody has it", key="roe")


def test_json_leaves_out_what_is_not_known() -> None:
    placed, unplaced = json.loads(WRITERS["json"]([PLACED, UNPLACED], RULES))
    assert unplaced == {"rule": "not-found", "severity": "warning", "message": "nobody has it", "key": "roe"}
    assert (placed["file"], placed["line"], placed["field"]) == ("a b/refs,1.bib", 3, "year")
    assert placed["replacements"] == [{"start": 40, "end": 44, "text": "2020"}]


def test_a_line_for_github_is_one_line_and_its_marks_are_escaped() -> None:
    text = WRITERS["github"]([PLACED, UNPLACED], RULES)
    assert text.splitlines() == [
        (
            "::error file=a b/refs%2C1.bib,line=3,col=5,endColumn=9,title=The year is wrong (doe)"
            "::2019, the record says 2020:%0A100%25 sure"
        ),
        "::warning title=No catalogue has the work (roe)::nobody has it",
    ]


def test_sarif_has_rules_places_and_fixes() -> None:
    log = json.loads(WRITERS["sarif"]([PLACED, UNPLACED, UNPLACED], RULES))
    (run,) = log["runs"]
    assert log["version"] == "2.1.0"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["not-found", "wrong-year"]
    first, second, third = run["results"]
    assert (first["ruleIndex"], first["level"]) == (1, "error")
    location = first["locations"][0]["physicalLocation"]
    assert location["artifactLocation"]["uri"] == "a%20b/refs,1.bib"
    assert location["region"] == {"startLine": 3, "startColumn": 5, "endColumn": 9}
    (change,) = first["fixes"][0]["artifactChanges"]
    assert change["replacements"][0]["deletedRegion"] == {"charOffset": 40, "charLength": 4}
    assert "locations" not in second
    prints = [result["partialFingerprints"]["cite2bib/v1"] for result in (second, third)]
    assert prints[0] != prints[1]


def test_a_result_keeps_its_identity_when_it_moves() -> None:
    moved = Finding(PLACED.rule, PLACED.message, Span("a b/refs,1.bib", 30, 5), PLACED.severity, PLACED.key)

    def identity(finding: Finding) -> str:
        log = json.loads(WRITERS["sarif"]([finding], RULES))
        return str(log["runs"][0]["results"][0]["partialFingerprints"])

    assert identity(PLACED) == identity(moved)
    assert identity(PLACED) != identity(UNPLACED)
