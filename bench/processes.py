"""Measurements that are a process each: a bench calls itself with a task and a file, and prints what it took as JSON."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

SOURCE = Path(__file__).parent.parent / "src"


def parser(told: str | None, tasks: Iterable[str]) -> argparse.ArgumentParser:
    """The options of such a bench, beside its own."""
    made = argparse.ArgumentParser(description=told, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--task", choices=list(tasks), help=argparse.SUPPRESS)
    made.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    return made


def results(script: str, task: str, path: Path) -> list[Any]:
    """What three runs of a task print."""
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    command = [sys.executable, script, "--task", task, "--file", str(path)]
    return [json.loads(subprocess.check_output(command, env=environment)) for _ in range(3)]
