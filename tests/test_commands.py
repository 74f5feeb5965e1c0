"""Runs tests/commands/*.md: files to make, commands, what they print and how they end; --accept rewrites the answers.

A fenced block ```` ```NAME ```` whose NAME holds a dot is a file; a ```` ```console ```` block has commands after `$ `,
what they print (stderr behind stdout), and `[exit N]` where N is not 0.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "commands"
ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"^```(\S+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def run(command: str, folder: Path) -> str:
    """What a command prints, and its exit code where that is not 0."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "NO_COLOR": "1", "COLUMNS": "100"}
    shim = f'cite2bib() {{ "{sys.executable}" -m cite2bib "$@"; }}\n'
    done = subprocess.run(
        ["bash", "-c", shim + command],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=120,
    )
    return done.stdout + (f"[exit {done.returncode}]\n" if done.returncode else "")


def replay(console: str, folder: Path) -> str:
    """The block with what its commands print now."""
    commands = re.findall(r"^\$ (.*)$", console, re.MULTILINE)
    return "".join(f"$ {command}\n{run(command, folder)}" for command in commands)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.md")), ids=lambda path: path.stem)
def test_command(path: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    text = path.read_text(encoding="utf-8")

    def block(found: re.Match[str]) -> str:
        name, body = found.groups()
        if name == "console":
            return f"```console\n{replay(body, tmp_path)}```"
        if "." in name:
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(body, encoding="utf-8")
        return found[0]

    now = BLOCK.sub(block, text)
    if request.config.getoption("--accept"):
        path.write_text(now, encoding="utf-8")
    else:
        assert now == text
