"""A .bib read in pieces gives what it gives whole."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from cite2bib.diagnostics import Diagnostic
from cite2bib.formats.bibtex import streaming
from cite2bib.formats.bibtex.reading import read_works

TEXT = """% Encoding: {name}
@string{{j = {{Journal of Ü}}}}
@inproceedings{{child, title={{C}}, crossref={{parent}}}}
Some prose between, with an @ in it,
and a % comment with @misc{{hidden, title={{x}}}}
{entries}
@misc{{child, title={{Twice}}}}
@misc{{broken, title={{never closed,
  year = 2020
}}
@comment{{ long @misc{{no, title={{x}}}} }}
@proceedings{{parent, title={{P}}, crossref={{grandparent}}, year=2001}}
@proceedings{{grandparent, series={{S}}, publisher=j}}
"""
ENTRIES = "\n".join(
    f'@article{{k{number},\n  title = {{Größe {number}}},\n  journal = j # " {number}",\n}}'
    for number in range(300)
)


@pytest.mark.parametrize("size", [64, 1_000, 7_777, 10_000_000])
@pytest.mark.parametrize(("name", "newline"), [("utf-8", "\n"), ("cp1252", "\r\n"), ("utf-16", "\r")])
def test_pieces_give_the_whole(
    size: int, name: str, newline: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = TEXT.format(name=name, entries=ENTRIES).replace("\n", newline).encode(name)
    path = tmp_path / "big.bib"
    path.write_bytes(data)
    monkeypatch.setattr(streaming, "_PIECE", size)
    told: list[Diagnostic] = []
    works = list(streaming.works(path, told))
    whole = read_works(data, str(path))
    assert works == list(whole.works)
    assert {(item.code, item.message, str(item.span)) for item in told} == {
        (item.code, item.message, str(item.span)) for item in whole.diagnostics
    }


def test_the_corpus_in_pieces(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "_PIECE", 3_000)
    for path in sorted(shared.glob("bib-corpus/bib/**/*.bib")):
        if path.is_file() and path.stat().st_size < 40_000:
            works = list(streaming.works(path, []))
            whole = read_works(path.read_bytes(), str(path)).works
            assert [dataclasses.replace(one, places=()) for one in works] == [
                dataclasses.replace(one, places=()) for one in whole
            ], path
