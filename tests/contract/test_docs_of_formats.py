"""Every format has a heading, and every heading of a format is one."""

from __future__ import annotations

import re

from cite2bib.formats import FORMATS
from conftest import ROOT


def test_each_format_is_documented() -> None:
    text = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    headings = set(re.findall(r"^## (.+)$", text, re.MULTILINE)) - {
        "Adding a format",
        "Middlewares of bibtexparser",
        "Speed and memory",
        "What comes back",
    }
    assert headings == {item.name for item in FORMATS}
