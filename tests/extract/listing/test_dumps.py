"""Pages and lists as people save them: each file of `dumps/` against what a reader finds in it.

The goldens name what is known of each work in neutral words, and were checked against the dumps by eye.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cite2bib import extract
from cite2bib.model import Date, Work

DUMPS = Path(__file__).parent / "dumps"
FILES = sorted(path for path in DUMPS.iterdir() if path.suffix != ".json")


def neutral(work: Work) -> dict[str, Any]:
    """A work as a reader would note it: line, title, authors, and the rest by its variable."""
    noted: dict[str, Any] = {"line": int(work.places[0].locator)}
    for variable, field in work.fields.items():
        if isinstance(field.value, Date):
            noted[variable] = "-".join(str(part) for part in field.value.start)
            if field.origin.note:
                noted[f"{variable}: note"] = field.origin.note
        elif isinstance(field.value, tuple):
            noted[variable] = [str(name) for name in field.value]
        elif variable == "abstract":
            noted[variable] = f"{field.value[:30]} ... {field.value[-30:]}"
        else:
            noted[variable] = field.value
    return noted


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_dump(path: Path, golden: Any) -> None:
    works = extract.read_any(path.read_bytes(), path.name).works
    text = json.dumps([neutral(work) for work in works], ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    golden(DUMPS / f"{path.name}.json", text)


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.suffix == ".txt"], ids=lambda path: path.name
)
def test_line_ends_and_a_missing_last_one_change_nothing(path: Path) -> None:
    data = path.read_bytes().replace(b"\r\n", b"\n")
    plain = [neutral(work) for work in extract.read_any(data, path.name).works]
    for other in (data.replace(b"\n", b"\r\n"), data.rstrip(b"\n"), b"\xef\xbb\xbf" + data):
        assert [neutral(work) for work in extract.read_any(other, path.name).works] == plain


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_field_says_where_it_is_from(path: Path) -> None:
    lines = path.read_bytes().decode("utf-8").count("\n") + 1
    for work in extract.read_any(path.read_bytes(), path.name).works:
        assert work.places[0].source == path.name
        for variable, field in work.fields.items():
            assert field.origin.source == path.name, variable
            assert 1 <= int(field.origin.locator) <= lines, variable
            assert 0 < field.origin.confidence <= 1, variable
