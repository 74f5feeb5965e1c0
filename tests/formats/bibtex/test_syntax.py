"""Blocks cover every character, an edit changes its span alone, and what is broken costs itself alone."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cite2bib.formats import get
from cite2bib.formats.bibtex import syntax
from cite2bib.formats.bibtex.reading import read_works
from cite2bib.formats.bibtex.syntax import Bib, Edit, Kind
from conftest import SHARED

CORPUS = SHARED / "bib-corpus"
CASES = json.loads((CORPUS / "syntax-cases.json").read_text("utf-8")) if CORPUS.is_dir() else []
FILES = sorted(path for path in CORPUS.glob("bib/**/*.bib") if path.is_file())
MONTH = {"\u0001jan\u0001", "jan", "January", "1"}


def covered(bib: Bib) -> bool:
    ends = [0, *(block.end for block in bib.blocks)]
    starts = [*(block.start for block in bib.blocks), len(bib.text)]
    return ends == starts and all(block.end > block.start for block in bib.blocks)


@pytest.mark.skipif(not CASES, reason=f"no corpus at {CORPUS}")
@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_syntax_cases(case: dict[str, object]) -> None:
    data = str(case["input"]).encode()
    bib = syntax.read(data)
    assert covered(bib)
    assert bib.edited([]) == data
    assert [block.key for block in bib.entries()] == case["keys"]
    result = read_works(data, "x.bib")
    told = [item for item in result.diagnostics if item.severity.value != "note"]
    assert len(told) >= int(str(case["reported"]))
    assert all(item.span and item.span.line for item in told)


@pytest.mark.skipif(not CASES, reason=f"no corpus at {CORPUS}")
@pytest.mark.parametrize(
    "case", [case for case in CASES if case["fields"]], ids=lambda case: str(case["name"])
)
def test_values_of_syntax_cases(case: dict[str, dict[str, dict[str, object]]]) -> None:
    from cite2bib.formats.bibtex.reading import entries

    found = {entry.key: entry.fields for entry in entries(str(case["input"]).encode())}
    for key, fields in case["fields"].items():
        for name, value in fields.items():
            wanted = value if isinstance(value, list) else [value]
            assert found[key][name] in wanted


@pytest.mark.skipif(not FILES, reason=f"no corpus at {CORPUS}")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_op_gives_the_same_bytes(path: Path) -> None:
    data = path.read_bytes()
    bib = syntax.read(data)
    assert covered(bib)
    assert bib.edited([]) == data


@pytest.mark.skipif(not FILES, reason=f"no corpus at {CORPUS}")
def test_an_edit_of_one_field_changes_that_field_alone() -> None:
    chance = random.Random(7)
    tried = 0
    for path in FILES:
        bib = syntax.read(path.read_bytes())
        entries = [block for block in bib.entries() if bib.assignments(block)]
        for block in chance.sample(entries, min(40 if len(bib.text) < 80_000 else 15, len(entries))):
            item = chance.choice(bib.assignments(block))
            edited = syntax.read(bib.edited([Edit(item.value_start, item.end, "{changed}")]))
            before, after = fields_of(bib), fields_of(edited)
            assert len(before) == len(after)
            differing = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
            value = bib.text[item.value_start : item.end]
            assert differing == (
                [((item.name, value), (item.name, "{changed}"))] if value != "{changed}" else []
            )
            tried += 1
    assert tried > 800


def fields_of(bib: Bib) -> list[tuple[str, str]]:
    return [
        (item.name, bib.text[item.value_start : item.end])
        for block in bib.blocks
        for item in bib.assignments(block)
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("@misc{ä,title={ß}}", "utf-8"),
        ("% Encoding: Cp1252\r\n@misc{ä,title={€ß}}", "cp1252"),
        ("@misc{ä,title={ß}}", "latin-1"),
        ("\ufeff@misc{ä,title={ß}}", "utf-16-le"),
        ("\ufeff@misc{ä,title={ß}}", "utf-8"),
        ("@misc{abcdef,title={plain}}", "utf-16-be"),
    ],
)
def test_encodings_are_found_out_and_kept(text: str, name: str) -> None:
    data = text.encode(name)
    bib = syntax.read(data)
    assert bib.text == text
    assert bib.edited([]) == data
    (entry,) = bib.entries()
    (item,) = bib.assignments(entry)
    assert bib.edited([Edit(item.value_start, item.end, "{ä}")]) == data.decode(name).replace(
        text[item.value_start : item.end], "{ä}"
    ).encode(name)


def test_a_few_bytes_that_are_no_utf_8_cost_only_themselves() -> None:
    data = "@misc{a,title={Größe und Länge}}\n".encode() + b"@misc{b,title={Gr\xf6\xdfe}}\n"
    assert syntax.read(data).edited([]) == data
    titles = [work.text("title") for work in read_works(data, "x").works]
    assert titles == ["Größe und Länge", "Größe"]


def test_keys_and_names_of_bytes_that_are_no_utf_8_can_be_written() -> None:
    data = "@misc{a,title={Größe und Länge}}\n@misc{b\u00df, n\u00f6te={c}, note={d}}\n".encode()
    works = read_works(
        data.replace("ß, n".encode(), b"\xdf, n").replace("nöt".encode(), b"n\xf6t"), "x"
    ).works
    assert [work.id for work in works] == ["a", "bß"]
    text = get("bibtex").write(works).text
    assert text.encode()
    assert [work.id for work in read_works(text.encode(), "y").works] == ["a", "bß"]


BROKEN = "@article{bad,\n  title = {T,\n  year = {2009}\n}\n\n"
SOUND = "@book{good%d,\n  title = {A {Sound} One},\n  year = 2020\n}\n\n"


def test_each_broken_entry_costs_itself_alone() -> None:
    text = "".join(BROKEN + SOUND % number for number in range(50))
    bib = Bib(text, tuple(syntax.split(text)))
    keys = [block.key for block in bib.entries()]
    assert keys == [key for number in range(50) for key in ("bad", f"good{number}")]
    assert all(bool(block.faults) == (block.key == "bad") for block in bib.entries())


@pytest.mark.parametrize("hidden", ["% , note = {no}", "% note = {no},", "%\n% , note = 3 , x = {y}"])
def test_a_comment_behind_the_last_field_has_no_fields(hidden: str) -> None:
    text = f"@misc{{a, title = {{T}},\n year = 2001 {hidden}\n}}"
    (block,) = syntax.split(text)
    assert syntax.values(text, block) == [("title", "{T}"), ("year", "2001")]
    assert [item.name for item in syntax.assignments(text, block)] == ["title", "year"]


@pytest.mark.parametrize("cut", ["date =", "date = a #", "date = {x} #  "])
def test_an_entry_that_is_cut_off_before_a_value_does_not_take_the_next_one(cut: str) -> None:
    text = f"@misc{{a,\n  title = {{T}},\n  {cut}\n\n@misc{{b, title={{U}}}}\n"
    assert [block.key for block in Bib(text, tuple(syntax.split(text))).entries()] == ["a", "b"]


@pytest.mark.parametrize(
    "piece",
    ["@a{b,c={", "@a{b,c={{x}\n", '@a{b,c="', "@a{b,c={d}\n", "@", "@a{", "{", "@comment{", "%@a{b}\n", "@a{b,c=d #\n",
     "@string{a={b\n", "foo@bar ", "@a{b c d\n", "@a{,,,,", "@a(b,c=(\n", "@preamble{\n", "@a{k,title={x}}, y = {z}}\n",
     "@a{b,  year  20$17,  month  8} ", '@a{b, x Y {27},  z} @a\u00d9{c, t = "x",\n}\n', "@manual{raey, a = {5}, journa}l = {W}, k = {t}} ",
     "@a(b, c={{\\~n} and \\~}n}},\n) ", '@a{b, c = "{d, '],
)  # fmt: skip
def test_hostile_text_takes_linear_work(piece: str) -> None:
    def steps(count: int) -> int:
        text, taken = piece * count, 0

        def count_call(_frame: object, event: str, _value: object) -> None:
            nonlocal taken
            taken += event in {"call", "c_call"}

        before = sys.getprofile()
        sys.setprofile(count_call)
        try:
            blocks = syntax.split(text)
        finally:
            sys.setprofile(before)
        assert covered(Bib(text, tuple(blocks)))
        return taken

    assert steps(2_000) < 8 * 1.5 * steps(250) + 100
    assert syntax.split(
        piece * 20_000
    )  # which takes minutes, if expressions scan the rest of the text again and again


ODD = st.text(
    st.sampled_from('@{}()",=#% \n\r\\abcxyz1ä')
    | st.sampled_from(["@article{", "title = {", "\n}\n", "@string{"]).map(lambda t: t[0])
)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "@article{",
                "k,",
                "title = {",
                "T",
                "}",
                "\n",
                '"',
                "#",
                ",",
                "%",
                "@",
                "@string{",
                "(",
                ")",
                "=",
                " ",
                "@comment",
                "{",
                "\r",
                "2020",
                "a",
            ]
        )
    ).map("".join)
    | ODD
)
@example("@article{@=\r")
def test_any_text_is_covered_and_comes_back(text: str) -> None:
    bib = Bib(text, tuple(syntax.split(text)))
    assert covered(bib)
    assert bib.edited([]).decode() == text
    for block in bib.blocks:
        for item in bib.assignments(block):
            assert block.start <= item.start <= item.value_start <= item.end <= block.end
        if block.kind is Kind.BROKEN:
            assert block.faults


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_come_back(data: bytes) -> None:
    assert syntax.read(data).edited([]) == data
    read_works(data, "x")


@pytest.mark.parametrize("said", ["utf-16le", "rot13", "zlib", "utf-7", "undefined", "no-such"])
def test_a_declared_encoding_that_cannot_be(said: str) -> None:
    data = f"% Encoding: {said}\n@misc{{k, title = {{Gr\xfc\xdfe}}}}\n".encode()
    bib = syntax.read(data)
    assert (bib.coding.name, [block.key for block in bib.entries()]) == ("utf-8", ["k"])
    assert bib.edited([]) == data


def test_a_declaration_stands_on_a_line_of_its_own() -> None:
    data = "@misc{k, title = {5\\% Encoding: cp437 ü}}".encode()
    assert syntax.read(data).coding.name == "utf-8"
