"""What we write, read by the tools it is written for (`pip install .[tools]`): none refuses it, and none sees other works."""

from __future__ import annotations

import json
import re
import subprocess
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

from cite2bib.formats import WriteOptions, get
from cite2bib.model import Work
from cite2bib.pipeline import named
from conftest import need
from contract.varied import WORKS

KEYED = [work for work in WORKS if work.id and work.fields]


def tool(name: str, how: str = "pip install .[tools]") -> Any:
    if find_spec(name) is None:
        pytest.skip(f"{name} is not installed ({how})")
    return import_module(name)


def lists(shared: Path) -> list[list[Work]]:
    """Our works that say everything, and those of the shared .bib files."""
    files = sorted((shared / "bib-corpus" / "bib").rglob("*.bib"))
    found = [get("bibtex").read(file.read_bytes(), file.name).works for file in files]
    return [KEYED, *(list(named(works)) for works in found if works)]


def text_of(name: str, works: list[Work]) -> str:
    return get(name).write(works, WriteOptions(losses=False)).text


def test_rispy_reads_each_record(shared: Path) -> None:
    rispy = tool("rispy")
    for works in lists(shared):
        records = rispy.loads(text_of("ris", works))
        assert [record.get("id") for record in records] == [work.id for work in works]
        assert [len(record.get("authors", [])) for record in records] == [
            len(work.names("author")) for work in works
        ]


def test_nbib_reads_what_pubmed_knows() -> None:
    nbib = tool("nbib")
    works = [work for work in KEYED if "PMID" in work]
    for record, work in zip(nbib.read(text_of("nbib", works)), works, strict=True):
        assert record["title"] == work.text("title")
        assert (str(record["pubmed_id"]), record["linking_issn"]) == (work.text("PMID"), work.text("ISSN"))
        assert [item["last_name"] for item in record["authors"]] == [
            name.family for name in work.names("author")
        ]


def test_typst_sets_each_bibliography(shared: Path, tmp_path: Path) -> None:
    typst = tool("typst")
    (tmp_path / "t.typ").write_text('#bibliography("r.yml", full: true)\n', encoding="utf-8")
    for works in lists(shared):
        (tmp_path / "r.yml").write_text(text_of("hayagriva", works), encoding="utf-8")
        assert typst.compile(str(tmp_path / "t.typ")).startswith(b"%PDF")


def test_citation_files_are_valid(shared: Path) -> None:
    folder = Path(
        str(tool("cffconvert", "pip install --no-deps cffconvert: it wants an old jsonschema").__file__)
    ).parent
    schema = next(path for path in folder.rglob("schema.json") if "1.2.0" in path.parts)
    validator = Draft7Validator(json.loads(schema.read_text(encoding="utf-8")))
    for works in lists(shared):
        value = yaml.load(text_of("cff", works), Loader=yaml.BaseLoader)
        years_as_numbers(value)
        assert [error.message for error in validator.iter_errors(value)] == []


def years_as_numbers(value: Any) -> None:
    for part in [value, *value.get("references", [])]:
        for key in ("year", "month"):
            if re.fullmatch(r"-?\d+", part.get(key, "")):
                part[key] = int(part[key])


@pytest.mark.parametrize("name", ["csljson", "bibtex", "biblatex"])
def test_pandoc_reads_each_work(name: str, tmp_path: Path) -> None:
    need("pandoc")
    path = tmp_path / "r"
    path.write_text(text_of(name, KEYED), encoding="utf-8")
    command = ["pandoc", "-f", name, "-t", "csljson", str(path)]
    items = json.loads(subprocess.check_output(command, timeout=120))
    assert {item["id"] for item in items} == {work.id for work in KEYED}
    dois = {item["id"]: item.get("DOI", "") for item in items}
    assert all(dois[work.id] == work.text("DOI") for work in KEYED if "arxiv" not in work)
