"""`python tests/csl/csl_suite.py FOLDER`: the fixtures of a folder by group, and last `N passed, M failed`."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent / "src")]

import csl_fixtures  # noqa: E402


class Outcome(NamedTuple):
    """What came of a fixture: nothing wrong, another text, or a reason why there is none."""

    text: str = ""
    reason: str = ""

    @property
    def passed(self) -> bool:
        return not (self.text or self.reason)


def outcome(fixture: csl_fixtures.Fixture) -> Outcome:
    """Run one fixture."""
    if fixture.problem:
        return Outcome(reason=fixture.problem)
    try:
        result = fixture.result()
    except Exception as error:  # noqa: BLE001 - one fixture of many
        return Outcome(reason=f"{type(error).__name__}: {error}")
    return Outcome() if result == fixture.expected else Outcome(result or "(nothing)")


def report(fixture: csl_fixtures.Fixture, found: Outcome, *, verbose: bool) -> list[str]:
    """What is said of a failure: a reason always, the two texts if asked for."""
    if found.reason:
        return [f"broken: {fixture.name}: {' '.join(found.reason.split())}"]
    return [f"--- {fixture.name}\nexpected: {fixture.expected}\nrendered: {found.text}"] if verbose else []


def main(arguments: list[str]) -> int:
    verbose = "-v" in arguments
    names = [argument for argument in arguments if not argument.startswith("-")]
    folder = Path(names[0]) if names else default_folder()
    only = names[1:]
    passed: Counter[str] = Counter()
    total: Counter[str] = Counter()
    failed = []
    lines: list[str] = []
    for fixture in csl_fixtures.all_in(folder):
        if only and not any(fixture.name.startswith(name) for name in only):
            continue
        found = outcome(fixture)
        total[fixture.group] += 1
        passed[fixture.group] += found.passed
        if not found.passed:
            failed.append(fixture.name)
            lines += report(fixture, found, verbose=verbose)
    lines += [f"{group:16} {passed[group]:4} of {total[group]:4}" for group in sorted(total)]
    lines += [f"failed: {' '.join(failed)}"] if failed else []
    lines += [] if total else [f"no fixtures in {folder}"]
    sys.stdout.write("\n".join([*lines, f"{sum(passed.values())} passed, {len(failed)} failed", ""]))
    return 0 if total and not failed else 1


def default_folder() -> Path:
    shared = Path(os.environ.get("CITE2BIB_SHARED", HERE.parent.parent.parent / "shared")) / "csl-suite"
    return shared if shared.is_dir() else HERE / "cases"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
