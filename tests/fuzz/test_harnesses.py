"""The harnesses of `make fuzz` run, for a few hundred inputs each."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from fuzz.run import WORDS


@pytest.mark.parametrize("name", WORDS)
def test_a_harness_runs(name: str, tmp_path: Path) -> None:
    if find_spec("atheris") is None:
        pytest.skip("atheris is not installed (it has no wheels for this Python)")
    script = Path(__file__).with_name("run.py")
    command = [sys.executable, str(script), name, "-runs=300", "-seed=1"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-2_000:]
    assert b"DONE" in done.stderr or b"Done" in done.stderr
