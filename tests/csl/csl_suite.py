"""`python tests/csl/csl_suite.py FOLDER`: the fixtures of a folder by group, and last `N passed, M failed`."""

from __future__ import annotations

import os
import sys
from collections import Counter
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent.parent / "src")]

import csl_fixtures  # noqa: E402


def outcome(fixture: csl_fixtures.Fixture) -> str:
    """ "" for a pass, else what came out or went wrong."""
    try:
        result = fixture.result()
    except Exception as error:  # noqa: BLE001 - one fixture of many
        return f"{type(error).__name__}: {error}"
    return "" if result == fixture.expected else result or "(nothing)"


def main(arguments: list[str]) -> int:
    verbose = "-v" in arguments
    names = [argument for argument in arguments if not argument.startswith("-")]
    folder = Path(names[0]) if names else default_folder()
    only = names[1:]
    passed: Counter[str] = Counter()
    total: Counter[str] = Counter()
    failed = []
    report: list[str] = []
    for fixture in csl_fixtures.all_in(folder):
        if only and not any(fixture.name.startswith(name) for name in only):
            continue
        total[fixture.group] += 1
        wrong = outcome(fixture)
        if not wrong:
            passed[fixture.group] += 1
        else:
            failed.append(fixture.name)
            if verbose:
                report.append(f"--- {fixture.name}\nexpected: {fixture.expected}\nrendered: {wrong}")
    report += [f"{group:16} {passed[group]:4} of {total[group]:4}" for group in sorted(total)]
    report += [f"failed: {' '.join(failed)}"] if failed else []
    sys.stdout.write("\n".join([*report, f"{sum(passed.values())} passed, {len(failed)} failed", ""]))
    return 1 if failed else 0


def default_folder() -> Path:
    shared = Path(os.environ.get("CITE2BIB_SHARED", HERE.parent.parent.parent / "shared")) / "csl-suite"
    return shared if shared.is_dir() else HERE / "cases"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
