"""Finding styles, what goes wrong, and where we keep what BibTeX breaks."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cite2bib.bst import render_bst
from cite2bib.bst.find import find
from cite2bib.diagnostics import StyleError
from conftest import need

TINY = "ENTRY {author title} {} {}\nFUNCTION {misc} { %s }\nREAD\nITERATE {call.type$}\n"


def style(folder: Path, body: str) -> str:
    path = folder / "tiny.bst"
    path.write_text(TINY % body, encoding="utf-8")
    return str(path)


def test_by_path_with_and_without_suffix(tmp_path: Path) -> None:
    path = style(tmp_path, "title write$ newline$")
    assert find(path) == find(path.removesuffix(".bst")) == Path(path)
    assert render_bst("@misc{a, title = {T}}", path).text == "T\n"


def test_by_name() -> None:
    need("kpsewhich")
    assert find("plain").name == find("plain.bst").name == "plain.bst"


@pytest.mark.parametrize("name", ["no-such-style", "./no/such.bst", "-help"])
def test_no_such_style(name: str) -> None:
    need("kpsewhich")
    with pytest.raises(StyleError, match=name.strip("-")):
        find(name)


def test_without_tex_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(StyleError, match=r"install TeX Live, or give the path of a \.bst file"):
        find("plain")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ENTRY {a} {} {}\nFUNCTION {f} { { }\n", r"broken\.bst:\d+"),
        ("WHAT {a}\n", r"broken\.bst:1: a broken BibTeX style"),
        ("ENTRY {a}{}{}\nREAD\nITERATE {nowhere}\n", "'nowhere', which it does not define"),
        ("ENTRY {a}{}{}\nFUNCTION {misc} {undefined.thing}\nREAD\nITERATE {misc}\n", "undefined.thing"),
        ("ENTRY {a}{}{}\nFUNCTION {misc} {misc}\nREAD\nITERATE {misc}\n", "calls itself"),
        ("ENTRY {a}{}{}\nFUNCTION {misc} {{#1} 'skip$ while$}\nREAD\nITERATE {misc}\n", "repeats a while"),
    ],
)
def test_a_broken_style_is_an_error(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.bst"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StyleError, match=message):
        render_bst("@misc{x, a = 1}", str(path))


def test_initials_of_several_bytes_stay_whole(tmp_path: Path) -> None:
    path = style(tmp_path, 'author #1 "{f.~}{ll}" format.name$ write$ author #1 text.prefix$ write$ newline$')
    assert render_bst("@misc{a, author = {Élan, Émile}}", path).text == "É. ÉlanÉ\n"


def test_wrong_types_cost_the_operation_and_are_told(tmp_path: Path) -> None:
    path = style(tmp_path, '"kept" write$ title "lost" * write$ newline$ #1 write$ pop$')
    got = render_bst("@misc{a, author = {A}}", path)
    assert got.text == "kept\n"
    assert [item.message.partition(" while")[0] for item in got.warnings] == [
        "title is a missing field, not a string",
        "1 is an integer literal, not a string",
        "You can't pop an empty literal stack",
    ]
