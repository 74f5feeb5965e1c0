"""The lock: the same decisions give the same bytes, and a broken line is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from cite2bib.diagnostics import ReadError
from cite2bib.model import Date, Field, Name, Origin, Work
from cite2bib.resolve import lock

ORIGIN = Origin("crossref", "https://doi.org/10.1234/x")


def record() -> Work:
    fields = {
        "title": Field("Fast <i>Model</i> Editing", ORIGIN),
        "author": Field(
            (Name("Maaten", "Laurens", "van der"), Name(literal="The ATLAS Collaboration")), ORIGIN
        ),
        "issued": Field(Date((2022, 3), circa=True), Origin("arxiv", "2203.1", 0.9, "month of the arXiv id")),
        "DOI": Field("10.1234/x", ORIGIN),
        "arxiv": Field("2110.11309", ORIGIN),
    }
    return Work(type="paper-conference", fields=fields)


def query(title: str = "Fast Model Editing at Scale") -> Work:
    return Work(id="anything").with_field("title", title).with_field("abstract", "We edit.")


def one(work: Work, taken: Work | None = None, *asked: str) -> lock.Locked:
    return lock.decision(
        work, taken, evidence=("title equal",), asked=asked, reason="" if taken else "nothing found"
    )


def test_a_record_comes_back_with_all_its_fields_and_origins() -> None:
    text = lock.write(lock.Lock({}).joined([one(query(), record())]))
    found = lock.read(text.encode(), "cite2bib.lock").get(query())
    assert found is not None
    assert found.record == record()
    assert found.evidence == ("title equal",)


def test_the_text_is_stable_whatever_the_order() -> None:
    decisions = [one(query(f"Title number {n} of many"), record()) for n in range(20)]
    forth = lock.write(lock.Lock({}).joined(decisions))
    back = lock.write(lock.Lock({}).joined(reversed(decisions)))
    assert forth == back
    assert lock.write(lock.read(forth.encode(), "x")) == forth
    assert len(forth.splitlines()) == 21


def test_one_more_work_is_one_more_line() -> None:
    few = lock.Lock({}).joined([one(query("Alpha beta"), record()), one(query("Gamma delta"), record())])
    more = few.joined([one(query("Beta gamma"), record())])
    before, after = lock.write(few).splitlines(), lock.write(more).splitlines()
    assert [line for line in after if line not in before] == [line for line in after if "Beta gamma" in line]
    assert all(line in after for line in before)


def test_the_fingerprint_ignores_what_changes_easily() -> None:
    changed = (
        query("Fast model editing at scale.")
        .with_field("abstract", "We edit models.")
        .with_field("author-count", "5")
    )
    assert lock.fingerprint(changed) == lock.fingerprint(query())
    assert lock.fingerprint(query("Slow Model Editing at Scale")) != lock.fingerprint(query())
    assert lock.fingerprint(query().with_field("DOI", "10.1234/x")) != lock.fingerprint(query())


def test_a_work_without_a_title_is_known_by_its_identifier() -> None:
    keys = {lock.fingerprint(Work().with_field(name, value)) for name, value in
            [("DOI", "10.1234/x"), ("DOI", "10.1234/y"), ("arxiv", "2110.11309"), ("URL", "https://a.org"), ("URL", "https://b.org")]}  # fmt: skip
    assert len(keys) == 5


def test_none_never_replaces_a_record_and_adds_who_was_asked() -> None:
    none = lock.Lock({}).joined([one(query(), None, "arxiv")]).joined([one(query(), None, "crossref")])
    found = none.get(query())
    assert found is not None
    assert found.record is None
    assert found.asked == ("arxiv", "crossref")
    taken = none.joined([one(query(), record())])
    assert taken.joined([one(query(), None, "dblp")]).get(query()) == taken.get(query())


def test_lines_of_both_sides_of_a_merge_are_joined() -> None:
    none = lock.write(lock.Lock({}).joined([one(query(), None, "arxiv")])).splitlines()
    taken = lock.write(lock.Lock({}).joined([one(query(), record())])).splitlines()
    for rows in ([*taken, none[1]], [*none, taken[1]]):
        found = lock.read("\n".join(rows).encode(), "x").get(query())
        assert found is not None
        assert found.record == record()


@pytest.mark.parametrize(
    ("rows", "line", "what"),
    [
        (['{"cite2bib-lock": 1}', "<<<<<<< HEAD", '{"key": "a", "asked": []}'], 2, "conflict"),
        (['{"cite2bib-lock": 1}', '{"key": "a", "asked": []}', '{"key": "b", "asked'], 3, "not a decision"),
        (['{"cite2bib-lock": 1}', '{"key": "a"}'], 2, "a key and a record"),
        (['{"cite2bib-lock": 1}', "[1]"], 2, "a key and a record"),
        (['{"cite2bib-lock": 2}'], 1, "version"),
        (['{"key": "a", "asked": []}'], 1, "version"),
        (["{}"], 1, "version"),
        (['{"cite2bib-lock": 1}, {"key": "a", "asked": []}'], 1, "not a decision"),
    ],
)
def test_a_broken_line_is_named(rows: list[str], line: int, what: str) -> None:
    with pytest.raises(ReadError, match=what) as caught:
        lock.read("\n".join(rows).encode(), "x.lock")
    assert caught.value.span is not None
    assert (caught.value.span.path, caught.value.span.line) == ("x.lock", line)


def test_other_bytes_are_no_lock() -> None:
    with pytest.raises(ReadError, match="UTF-8") as caught:
        lock.read(b'{"cite2bib-lock": 1}\n\xff', "x.lock")
    assert caught.value.span is not None
    assert caught.value.span.line == 2


def test_an_empty_file_is_an_empty_lock() -> None:
    assert len(lock.read(b"", "x")) == 0


def test_it_is_found_beside_the_inputs_or_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seeds, elsewhere = tmp_path / "a" / "seeds", tmp_path / "b"
    seeds.mkdir(parents=True)
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert lock.find([str(seeds), "-"]) is None
    for place in (elsewhere, tmp_path / "a", seeds):
        (place / lock.NAME).touch()
        found = lock.find([str(seeds), "-"])
        assert found is not None
        assert found.resolve() == (place / lock.NAME).resolve()
