"""docs/fix.md lists every rule as the table has it (--accept rewrites the list), and profiles say what they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cite2bib.fix import RULES, Rule, profiles

DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "fix.md"
HEAD = "## Rules\n"


def row(rule: Rule) -> str:
    asked = f" Only with `{rule.option}`." if rule.option else ""
    told = " Told, never changed." if rule.before == rule.after else ""
    example = f"```bibtex\n{rule.before}```\n" + (
        f"becomes\n```bibtex\n{rule.after}```\n" if not told else ""
    )
    return f"### {rule.name}\n\n{rule.summary} {rule.why}{asked}{told}\n\n{example}"


def test_every_rule_is_documented_as_it_is(golden: Any) -> None:
    said = DOCUMENT.read_text(encoding="utf-8").partition(HEAD)[0]
    golden(DOCUMENT, said + HEAD + "\n" + "\n".join(map(row, RULES)))


def test_rules_have_names_of_their_own_and_whole_sentences() -> None:
    assert len({rule.name for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.summary.endswith(".")
        assert rule.why.endswith(".")
        assert rule.is_default != bool(rule.option)


@pytest.mark.parametrize("name", profiles.names())
def test_profiles_say_what_they_are_and_are_documented(name: str) -> None:
    found = profiles.load(name)
    assert found.description.endswith(".")
    assert f"| `{name}` | {found.description} |" in DOCUMENT.read_text(encoding="utf-8")
