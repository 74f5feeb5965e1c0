"""What every registered format promises."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from cite2bib.diagnostics import Cite2bibError
from cite2bib.formats import FORMATS, Format, WriteOptions
from cite2bib.formats.losses import name_of, shown
from cite2bib.model import Work
from contract.varied import WORKS

PRESENT = [item for item in FORMATS if find_spec(f"cite2bib.formats.{item.module}")]
READERS = [item for item in PRESENT if item.reads]
WRITERS = [item for item in PRESENT if item.writes]
GARBAGE = {
    "empty": b"",
    "blank": b" \n\t\r\n",
    "binary": bytes(range(256)) * 20,
    "prose": b"It was a dark and stormy night; the rain fell in torrents.\n" * 50,
    "brackets": b"[{(<" * 30_000,
    "closing": b"]})>" * 30_000,
    "angle": b"<a>" * 50_000,
    "digits": b"9" * 200_000,
    "object": b'{"a": ' * 50_000,
    "items": b"- " * 50_000,
    "zeros": b"\0" * 10_000,
    "half utf-16": "TY  - JOUR\n".encode("utf-16")[:-1],
    "alias": b"a: &a [x]\n" + b"".join(b"%c: &%c [%s]\n" % (98 + i, 98 + i, b",".join([b"*%c" % (97 + i)] * 12)) for i in range(9)),
    "entities": b"<!DOCTYPE x [" + b"".join(b"<!ENTITY e%d '%s'>" % (i, b"&e%d;" % (i - 1) * 10) for i in range(1, 12)) + b"]><xml>&e11;</xml>",
    "external": b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><records><record><titles><title>&e;</title></titles></record></records></xml>',
}  # fmt: skip


def formats(chosen: list[Format]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("format_", chosen, ids=lambda item: item.name)


@formats([item for item in WRITERS if item.reads])
def test_each_field_comes_back_or_is_told(format_: Format) -> None:
    written = format_.write(WORKS)
    back = format_.read(written.text.encode(), "x").works
    assert len(back) == len(WORKS)
    told = {loss.message for loss in written.losses}
    for work, again in zip(WORKS, back, strict=True):
        for variable, field in work.fields.items():
            if variable not in again or again.fields[variable].value != field.value:
                start = f"{name_of(work)}: {shown(work, variable)} "
                assert any(message.startswith(start) for message in told), (
                    f"{start}: {again.fields.get(variable)}"
                )
        if work.type and again.type != work.type:
            assert any(message.startswith(f"{name_of(work)}: type ") for message in told)
        if work.id and again.id != work.id:
            assert any(message.startswith(f"{name_of(work)}: id ") for message in told)


@formats([item for item in WRITERS if item.reads])
def test_what_is_told_is_true(format_: Format) -> None:
    written = format_.write(WORKS)
    back = format_.read(written.text.encode(), "x").works
    named = {name_of(work): (work, again) for work, again in zip(WORKS, back, strict=True)}
    for loss in written.losses:
        assert loss.code == "lost-field"
        name, _, rest = loss.message.partition(": ")
        work, again = named[name]
        for variable, field in work.fields.items():
            if rest.startswith(f"{shown(work, variable)} "):
                assert variable not in again or again.fields[variable].value != field.value


@formats([item for item in WRITERS if item.reads])
def test_what_came_back_once_comes_back_again(format_: Format) -> None:
    once = format_.read(format_.write(WORKS).text.encode(), "x").works
    twice = format_.read(format_.write(once).text.encode(), "x").works
    assert [(work.id, work.type, values(work)) for work in twice] == [
        (work.id, work.type, values(work)) for work in once
    ]


def values(work: Work) -> dict[str, object]:
    return {variable: field.value for variable, field in sorted(work.fields.items())}


@formats(WRITERS)
def test_the_same_works_give_the_same_text(format_: Format) -> None:
    first = format_.write(WORKS)
    assert format_.write(WORKS) == first
    first.text.encode()
    assert not first.text.strip() or first.text.endswith("\n")


@formats(WRITERS)
@pytest.mark.parametrize("works", [(), (Work(),), (Work("a"), Work("a")), (Work("odd key, {x} é"),)], ids=str)
def test_hardly_anything_can_be_written(format_: Format, works: tuple[Work, ...]) -> None:
    text = format_.write(works).text
    if format_.reads:
        assert len(format_.read(text.encode(), "x").works) == len(works)


@formats(WRITERS)
def test_abstracts_stay_out_when_told(format_: Format) -> None:
    work = Work("k", "book").with_field("title", "T").with_field("abstract", "Wordy indeed.")
    assert "Wordy indeed." not in format_.write([work], WriteOptions(abstracts=False)).text


@formats(READERS)
@pytest.mark.parametrize("name", GARBAGE)
def test_garbage_gives_our_errors_alone(format_: Format, name: str) -> None:
    data = GARBAGE[name]
    try:
        result = format_.read(data, "garbage")
    except Cite2bibError:
        return
    assert all(isinstance(work, Work) for work in result.works)


@formats([item for item in WRITERS if item.reads])
def test_what_is_written_is_sniffed(format_: Format) -> None:
    head = format_.write(WORKS).text[:4096]
    claims = [item.name for item in READERS if item.sniff(head)]
    assert format_.name in claims
    assert len({item.module for item in READERS if item.name in claims}) == 1


NOT_BIBLIOGRAPHIES = {
    "package.json": '{\n  "name": "left-pad",\n  "version": "1.0",\n  "type": "module",\n  "author": "A",\n  "license": "MIT"\n}',
    "openapi.yaml": "openapi: 3.0.0\ninfo:\n  title: API\n  version: 1\npaths:\n  /a:\n    get:\n      type: object\n",
    "compose.yaml": "services:\n  web:\n    image: nginx\n    type: bind\n",
    "log.jsonl": '{"level": "info", "msg": "started", "time": "2024"}\n{"level": "warn"}\n',
    "data.json": '[{"name": "a", "value": 3}, {"name": "b"}]',
    "paper.tex": "% A comment\n\\documentclass{article}\n% Another\n\\title{T}\n",
    "page.html": "<html><head><title>T</title></head><body><p>records</p></body></html>",
    "feed.xml": "<?xml version='1.0'?><rss><channel><title>T</title></channel></rss>",
    "notes.md": "# Title\n\n- item: one\n- type: two\n\nTY  is no tag\n",
    "mail.txt": "From: a@b.org\nSubject: x\nDate: today\n\nHello\n",
    "query.py": "def f(x):\n    return {'title': x}\n",
}


@pytest.mark.parametrize("name", NOT_BIBLIOGRAPHIES)
def test_what_is_no_bibliography_is_not_taken_for_one(name: str) -> None:
    assert [item.name for item in READERS if item.sniff(NOT_BIBLIOGRAPHIES[name])] == []
