"""citeproc-js in node, asked line by line: the reference that our CSL engine is measured against.

`npm install` in this folder brings it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "src"))  # the checkout's own package

from cite2bib.csl import locale  # noqa: E402


@cache
def locales() -> dict[str, str]:
    """The XML of each language; both sides read the same files."""
    folder = Path(locale._folder())  # noqa: SLF001 - where the engine itself finds them
    files = folder.glob("locales-*.xml")
    return {path.stem.removeprefix("locales-"): path.read_text(encoding="utf-8") for path in files}


class Reference:
    """One process of node."""

    def __init__(self) -> None:
        self.node = subprocess.Popen(
            ["node", str(HERE / "citeproc_js.js")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def ask(
        self, style: str, works: list[Any], clusters: list[Any] | None = None, lang: str = ""
    ) -> dict[str, Any]:
        """Citations of clusters and entries by id, both as html; or an error."""
        job = {"style": style, "works": works, "clusters": clusters, "locales": locales(), "lang": lang}
        assert self.node.stdin
        assert self.node.stdout
        self.node.stdin.write(json.dumps(job) + "\n")
        self.node.stdin.flush()
        answer: dict[str, Any] = json.loads(self.node.stdout.readline())
        return answer
