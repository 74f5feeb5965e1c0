"""Looking works up in an index on this disk: before the network, many at a time, and with doubt where it holds everything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from cite2bib.diagnostics import IndexFault
from cite2bib.index.memory import Library
from cite2bib.model import Work
from cite2bib.pipeline import looking
from cite2bib.resolve.lookup import resolve
from index_made import disk_of
from resolve_works import work

RECORD = work("Fast Model Editing at Scale", "Eric Mitchell; Charles Lin", "2021", DOI="10.1234/fast")
OTHER = work("On the Theory of Number Seven", "Ann Bo", "2019", DOI="10.1234/seven")
WHOLE = work("Fast Model Editing at Scale", "Eric Mitchell; Charles Lin", "2021")


class Everything(Library):
    """A library that says it holds a catalogue of everything."""

    holds_everything = True


class Broken(Library):
    """One whose batches fail for one work of many."""

    def __init__(self, works: Iterable[Work], fault: Exception) -> None:
        super().__init__(works)
        self.fault = fault

    def find(self, work: Work) -> Sequence[Work]:
        if "Theory" in work.text("title"):
            raise self.fault
        return super().find(work)

    def find_each(self, works: Iterable[Work]) -> Iterator[Sequence[Work]]:
        return map(self.find, works)


def test_the_index_decides_and_nobody_else_is_asked(tmp_path: Path) -> None:
    with disk_of(tmp_path / "ix", [RECORD, OTHER]) as disk:
        outcome = resolve(
            [work("Fast Model Editting at Scale", "E. Mitchell; C. Lin"), OTHER], libraries=[disk]
        )
    assert [item.source for item in outcome.resolutions] == ["ix", "ix"]
    assert outcome.resolutions[0].work.text("DOI") == "10.1234/fast"


def test_a_title_alone_is_not_enough_where_everything_is_held() -> None:
    title = work("Fast Model Editing at Scale")
    assert resolve([title], libraries=[Library([RECORD])]).resolutions[0].source
    assert not resolve([title], libraries=[Everything([RECORD])]).resolutions[0].source
    assert resolve([WHOLE], libraries=[Everything([RECORD])]).resolutions[0].source


def test_what_is_wrong_with_one_work_costs_no_other() -> None:
    outcome = resolve([WHOLE, OTHER], libraries=[Broken([RECORD, OTHER], ValueError("no"))])
    assert [bool(item.source) for item in outcome.resolutions] == [True, False]
    assert "can't be weighed" in outcome.resolutions[1].reason


def test_an_index_that_cannot_be_read_ends_the_run() -> None:
    with pytest.raises(IndexFault):
        resolve([WHOLE, OTHER], libraries=[Broken([RECORD, OTHER], IndexFault("broken"))])


def test_where_the_index_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert looking.index_path() is None
    usual = looking.usual_index()
    disk_of(usual, [RECORD]).close()
    assert looking.index_path() == usual
    assert looking.index_path(Path("none")) is None
    assert looking.index_path(tmp_path) == tmp_path
    monkeypatch.setenv("CITE2BIB_INDEX", str(tmp_path / "named"))
    assert looking.index_path() == tmp_path / "named"
    monkeypatch.setenv("CITE2BIB_INDEX", "none")
    assert looking.index_path() is None


def test_the_index_at_its_usual_place_is_used_by_itself() -> None:
    disk_of(looking.usual_index(), [RECORD]).close()
    outcome = looking.resolve([WHOLE], network=looking.Network())
    assert outcome.items[0].resolutions[0].source == "index"


def test_an_index_that_is_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(IndexFault, match="is no index"):
        looking.resolve([WHOLE], network=looking.Network(), index=tmp_path / "nowhere")
