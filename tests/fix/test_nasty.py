"""Maltreated files: nothing is lost, mending settles, an edit changes its field alone, and no file takes forever."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from cite2bib.fix import RULES, Wants, mend
from cite2bib.formats import get
from cite2bib.formats.bibtex import coding, syntax
from cite2bib.formats.bibtex.reading import entries
from mending import PROFILE, mended
from nasty import maltreated

ALL = tuple(rule for rule in RULES if rule.name != "journal-full")  # it undoes journal-abbreviation


def keys(data: bytes) -> set[str]:
    """The keys of a file, those that merging keeps in `ids` among them."""
    found = entries(data)
    aliases = (key for entry in found for key in entry.fields.get("ids", "").split(","))
    return {key.lower().strip("{} ") for key in (*(entry.key for entry in found), *aliases)} - {""}


def said(bib: syntax.Bib) -> list[object]:
    """What stands in a file, by its blocks."""
    return [
        [
            block.type,
            block.key,
            *((item.name, bib.text[item.value_start : item.end]) for item in bib.assignments(block)),
        ]
        if block.kind is syntax.Kind.ENTRY
        else bib.source(block)
        for block in bib.blocks
    ]


def check_one_edit(bib: syntax.Bib, chance: Random) -> None:
    places = [
        (place, number)
        for place, block in enumerate(bib.blocks)
        if block.kind is syntax.Kind.ENTRY and not block.faults
        for number in range(len(bib.assignments(block)))
    ]
    # A guess at an encoding hangs on the letters that are there.
    if not places or bib.coding.guessed:
        return
    place, number = chance.choice(places)
    item = bib.assignments(bib.blocks[place])[number]
    before = said(bib)
    entry = before[place]
    assert isinstance(entry, list)
    entry[2 + number] = (item.name, "{New}")
    assert said(syntax.read(bib.edited([syntax.Edit(item.value_start, item.end, "{New}")]))) == before


def check(data: bytes, seed: int) -> None:
    bib = syntax.read(data)
    assert "".join(map(bib.source, bib.blocks)) == bib.text
    assert mend(bib, ()).data == data
    check_one_edit(bib, Random(seed))
    once = mended(data)
    twice = mended(once.data)
    assert twice.data == once.data
    assert not [item for item in twice.findings if item.edits]
    assert keys(data) <= keys(once.data)
    wants = Wants(PROFILE, "{author}{year}{title}", "author", cited=frozenset())
    everything = mend(bib, ALL, wants)
    assert mend(syntax.read(everything.data), ALL, wants).data == everything.data
    bibtex = get("bibtex")
    works = bibtex.read(data, "x").works
    assert len(bibtex.read(bibtex.write(works).text.encode(), "y").works) == len(works)


def corpus(shared: Path) -> list[str]:
    files = sorted((shared / "bib-corpus").rglob("*.bib"))
    assert files
    return [coding.decode(path.read_bytes())[0].replace("\r\n", "\n") for path in files]


def checked(shared: Path, seeds: range) -> None:
    texts = corpus(shared)
    for seed in seeds:
        data = maltreated(Random(seed).choice(texts), seed)
        try:
            check(data, seed)
        except Exception as error:
            error.add_note(f"seed {seed}")
            raise


def test_maltreated_files(shared: Path) -> None:
    checked(shared, range(150))


@pytest.mark.slow
def test_many_maltreated_files(shared: Path) -> None:
    checked(shared, range(150, 6000))


def test_a_brace_that_would_close_something_far_above_is_not_offered() -> None:
    """Here one more brace makes a comment of everything."""
    text = "@comment{left open\n\n@misc{a,\n  title = {T},\n\n@misc{b,\n  title = {U},\n}\n}\n"
    once = mended(text, "unbalanced-brace")
    assert keys(text.encode()) == keys(once.data) == {"a", "b"}
    assert mended(once.data, "unbalanced-brace").data == once.data


def test_what_the_encoding_has_no_place_for_is_told_as_not_mended() -> None:
    text = "@misc{a,\n  author = {DOE, JÖRG and ROE, ÉVA and Müller, Jörg},\n}\n".encode() + b"% \xe9\n"
    found = mended(text, "all-caps-name").findings
    assert found
    assert not any(item.edits for item in found)


def test_the_line_that_declares_an_encoding_is_not_sorted_along() -> None:
    text = "% Encoding: latin1\n% mine\n@misc{b, note = {é}}\n@misc{a, note = {è}}\n".encode("latin-1")
    after = mended(text, "sort", sort="key").data
    assert after == "% Encoding: latin1\n@misc{a, note = {è}}\n% mine\n@misc{b, note = {é}}\n".encode(
        "latin-1"
    )


def test_a_title_that_thousands_have_does_not_make_each_a_question() -> None:
    """Comparing each with each takes minutes."""
    entries_ = (
        f"@article{{k{number},\n  title = {{Editorial Introduction}},\n  journal = {{J}},\n  volume = {{{number}}},\n}}\n"
        for number in range(4_000)
    )
    assert not [item for item in mended("".join(entries_)).findings if item.rule == "duplicate-work"]
