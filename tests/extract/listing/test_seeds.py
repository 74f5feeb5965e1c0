"""The four seed documents: every record, its exact title and line, and nothing else."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from cite2bib import extract
from cite2bib.model import Work

FILES = {
    "000_c12bbaa1667d3786.txt": 5,
    "001_d49063e7f5512c84.txt": 112,
    "002_383f253d72eceac7.txt": 97,
    "003_5b64241b33b9aefa.txt": 67,
}


def works_of(shared: Path, name: str) -> tuple[Work, ...]:
    return extract.read_any((shared / "seeds" / name).read_bytes(), name).works


@pytest.mark.parametrize(("name", "count"), FILES.items())
def test_every_record_is_found_on_its_line_with_its_exact_title(shared: Path, name: str, count: int) -> None:
    works = works_of(shared, name)
    lines = (shared / "seeds" / name).read_text(encoding="utf-8").split("\n")
    assert len(works) == count
    assert [lines[int(work.places[0].locator) - 1].strip() for work in works] == [
        work.text("title") for work in works
    ]


def test_titles(shared: Path, golden: Any) -> None:
    titles = [work.text("title") for name in FILES for work in works_of(shared, name)]
    assert (len(titles), len(set(titles))) == (281, 275)
    golden(
        Path(__file__).parent / "seeds.titles.json", json.dumps(titles, ensure_ascii=False, indent=1) + "\n"
    )


def test_every_record_has_an_abstract(shared: Path) -> None:
    for name in FILES:
        for work in works_of(shared, name):
            assert len(work.text("abstract")) > 100, work.text("title")


def test_flat_lists_of_authors_are_paired(shared: Path) -> None:
    works = works_of(shared, "000_c12bbaa1667d3786.txt")
    assert [len(work.names("author")) for work in works] == [3, 3, 5, 5, 5]
    assert [str(name) for name in works[2].names("author")] == [
        "Xingyu Zhu", "Xin Wang", "Jonathan Freer", "Hyung Jin Chang", "Yixing Gao",
    ]  # fmt: skip


def test_years_that_the_page_leaves_out(shared: Path) -> None:
    works = works_of(shared, "001_d49063e7f5512c84.txt")
    issued = [work.fields["issued"] for work in works if "issued" in work]
    inferred = [field for field in issued if field.origin.note]
    assert (len(issued), len(inferred)) == (111, 22)
    assert {field.value.year for field in inferred} == {2025}  # type: ignore[union-attr]
    assert all(field.origin.confidence < 1 for field in inferred)
    for name in list(FILES)[2:]:
        assert not any("issued" in work for work in works_of(shared, name))


def test_irregular_details(shared: Path) -> None:
    works = {int(work.places[0].locator): work for work in works_of(shared, "001_d49063e7f5512c84.txt")}
    assert Counter("author-count" in work for work in works.values()) == {True: 110, False: 2}
    assert works[497].text("organization") == "Adobe"
    assert works[833].text("author-count") == "1"
    assert {"author-count", "issued"} & set(works[165].fields) == set()
    assert sum("listing:upvotes" in work for work in works.values()) == 10


@pytest.mark.parametrize("order", [list(FILES), list(reversed(FILES)), [*FILES, *FILES]])
def test_files_joined_without_a_line_end_between(shared: Path, order: list[str]) -> None:
    joined = b"".join((shared / "seeds" / name).read_bytes() for name in order)
    works = extract.read_any(joined, "all.txt").works
    apart = [work.text("title") for name in order for work in works_of(shared, name)]
    assert [work.text("title") for work in works] == apart
    assert not any(work.text("abstract").endswith("new") for work in works)
