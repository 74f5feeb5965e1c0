"""Adding to a file touches nothing in it; what overwriting would lose is told."""

from __future__ import annotations

import pytest

from cite2bib.formats import get
from cite2bib.formats.bibtex.append import append, missing, with_known_keys, would_lose
from cite2bib.formats.bibtex.reading import read_works
from cite2bib.model import Date, Field, Name, Value, Work

EXISTING = "% mine\n@string{j = {Journal}}\n@article{mine,\n  title = {The {Known} Paper},\n  author={Zhu, A.}, year = 2020,\n  journal = j, doi={10.1000/ABC}}\n% the end"


def work(key: str, **values: Value) -> Work:
    return Work(key, "article-journal", {name: Field(value) for name, value in values.items()})


ZHU = (Name("Zhu", "Anna"),)
NEW = work("new", title="A new one", author=ZHU, issued=Date((2021,)))


def test_existing_bytes_stay_and_new_works_come_last() -> None:
    data = EXISTING.encode()
    added = append(data, [NEW])
    assert added.startswith(data)
    assert [item.id for item in read_works(added, "x").works] == ["mine", "new"]
    assert append(added, [NEW]) == added


@pytest.mark.parametrize(
    "known",
    [
        work("a", title="The known paper", author=ZHU),
        work("b", title="The Known Paper!", issued=Date((2020,))),
        work("c", title="The known paper"),
        work("d", DOI="10.1000/abc"),
    ],
    ids=lambda item: item.id,
)
def test_works_that_are_there_are_not_added(known: Work) -> None:
    assert append(EXISTING.encode(), [known]) == EXISTING.encode()


@pytest.mark.parametrize(
    "other",
    [
        work("a", title="The known paper", author=(Name("Ge", "R."),)),
        work("b", title="The Known Paper", issued=Date((2017,))),
        work("c", title="The known papers"),
        work("d", DOI="10.1000/abcd"),
    ],
    ids=lambda item: item.id,
)
def test_works_that_only_look_alike_are_added(other: Work) -> None:
    assert missing(EXISTING.encode(), [other]) == (other,)


def test_others_are_added_under_a_free_key() -> None:
    other = work("mine", title="Another", author=ZHU)
    added = append(EXISTING.encode(), [other, other])
    assert [item.id for item in read_works(added, "x").works] == ["mine", "mine-2"]


@pytest.mark.parametrize(
    ("name", "newline"),
    [("utf-8", "\n"), ("utf-8-sig", "\r\n"), ("utf-16", "\r\n"), ("latin-1", "\r"), ("cp1252", "\n")],
)
def test_encoding_and_line_ends_are_kept(name: str, newline: str) -> None:
    data = EXISTING.replace("Known", "Größte").replace("\n", newline).encode(name)
    added = append(data, [work("k", title="Łódź – π", author=(Name("Żółć"),))], latex=True)
    assert added.startswith(data)
    text = added.decode(name)
    assert text.count("\n") + text.count("\r") == text.count(newline) * len(newline)
    last = read_works(added, "x").works[-1]
    assert last.text("title").startswith("Łódź")


def test_an_empty_file_gets_the_entries_alone() -> None:
    assert append(b"", [NEW]).startswith(b"@misc{new,")


def test_keys_of_a_file_are_remembered() -> None:
    known = work("", title="The known paper", author=ZHU)
    unknown = work("", title="The unknown paper", author=ZHU)
    assert [item.id for item in with_known_keys(EXISTING.encode(), [unknown, known, known])] == [
        "",
        "mine",
        "",
    ]


def test_losses_of_overwriting() -> None:
    new = get("bibtex").write(read_works(EXISTING.encode(), "x").works).text
    lost = would_lose(EXISTING.encode(), new)
    assert [line.split(": ", 1)[0] for line in lost] == ["line 1", "line 2", "line 7"]
    assert would_lose(new.encode(), new) == []
    assert would_lose(new.encode(), new.replace("  ", " ")) == []
    assert would_lose(b"", new) == []
    (gone,) = would_lose(b"@misc{gone, title={T}}", new)
    assert "'gone'" in gone
    changed = new.replace("The ", "An ")
    assert any("title" in line for line in would_lose(new.encode(), changed))
    more = new.replace("  year", "  mynote = {by hand},\n  year")
    assert would_lose(more.encode(), new) == ["line 3: the field mynote of 'mine'"] or any(
        "mynote" in line for line in would_lose(more.encode(), new)
    )
