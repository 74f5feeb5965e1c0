"""The fixtures of the public suite (where they are shared) and our own: byte for byte, but for a list with reasons."""

from __future__ import annotations

from pathlib import Path

import csl_fixtures
import pytest

from conftest import SHARED

HERE = Path(__file__).parent
OWN = list(csl_fixtures.all_in(HERE / "cases"))
SUITE = list(csl_fixtures.all_in(SHARED / "csl-suite")) if (SHARED / "csl-suite").is_dir() else []


def expected_failures() -> dict[str, str]:
    """Names of fixtures to reasons."""
    lines = (HERE / "expected_failures.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.split(maxsplit=1) for line in lines if line and not line.startswith("#")]
    return {row[0]: row[1] for row in rows}


EXPECTED_FAILURES = expected_failures()


@pytest.mark.parametrize("fixture", [*OWN, *SUITE], ids=lambda fixture: fixture.name)
def test_fixture(fixture: csl_fixtures.Fixture) -> None:
    result = fixture.result()
    if fixture.name in EXPECTED_FAILURES:
        assert result != fixture.expected, "it passes: take it off expected_failures.txt"
    else:
        assert result == fixture.expected


def test_expected_failures_are_few_and_have_reasons() -> None:
    assert len(EXPECTED_FAILURES) <= 6
    assert all(len(reason) > 20 for reason in EXPECTED_FAILURES.values())
