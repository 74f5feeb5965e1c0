from __future__ import annotations

import pytest

from cite2bib.diagnostics import ReadError
from cite2bib.formats import get
from cite2bib.formats.csl_yaml import from_markdown, to_markdown
from formats.reading import read_one, said


@pytest.mark.parametrize(
    "text",
    [
        "references:\n- id: k\n  type: book\n  title: On *E. coli*\n  issued: 2020-03\n",
        "---\nreferences:\n- id: k\n  type: book\n  title: On <i>E. coli</i>\n  issued: {date-parts: [[2020, 3]]}\n---\nText *here*.\n",
        "- id: k\n  type: book\n  title: On _E. coli_\n  issued:\n  - year: 2020\n    month: 03\n",
        "references: [{id: k, type: book, title: 'On *E. coli*', issued: {year: 2020, month: 3}}]\n",
    ],
)
def test_spellings(text: str) -> None:
    work = read_one("csl-yaml", text)
    assert (work.id, work.type) == ("k", "book")
    assert said(work) == {"title": "On <i>E. coli</i>", "issued": "2020-03"}


def test_scalars_are_texts() -> None:
    work = read_one(
        "csl-yaml", "- type: book\n  title: no\n  volume: 012\n  page: 1:30\n  note: ~\n  edition: '~'\n"
    )
    assert said(work) == {"title": "no", "volume": "012", "page": "1:30", "edition": "~"}


@pytest.mark.parametrize(
    "rich",
    ["a <i>b</i> c", "<b>x</b><sup>2</sup>", "5 * 3 * 2", "snake_case_name", "x^2 ~ y", "[1] $2", "a \\ b", "<sub>2</sub>",
     '<span class="nocase">X</span>', "https://a.org/b_c_d", "it`s <x>"],
)  # fmt: skip
def test_markdown_and_back(rich: str) -> None:
    assert from_markdown(to_markdown(rich)) == rich


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: [", "broken YAML: did not find expected node content"),
        ("[" * 200, "YAML nested beyond all measure"),
        ("a: *b", "YAML alias 'b' means nothing here"),
        ("just text", "expected a list of references"),
    ],
)
def test_what_is_refused(text: str, message: str) -> None:
    with pytest.raises(ReadError) as caught:
        get("csl-yaml").read(text.encode(), "x.yaml")
    assert caught.value.message == message


def test_aliases_are_known_and_counted() -> None:
    work = read_one("csl-yaml", "- type: book\n  title: &t T\n  title-short: *t\n")
    assert work.text("title-short") == "T"
    bomb = "a: &a [" + "x," * 99 + "]\n" + "".join(
        f"{name}: &{name} [{','.join(['*' + before] * 99)}]\n" for before, name in zip("abcd", "bcde", strict=True)
    )  # fmt: skip
    with pytest.raises(ReadError, match="aliases multiply"):
        get("csl-yaml").read(bomb.encode(), "x")


def test_special_texts_are_quoted() -> None:
    work = read_one("csl-yaml", "- {id: k, type: book, title: 'a: b # c'}")
    again = read_one("csl-yaml", get("csl-yaml").write([work]).text)
    assert again.text("title") == "a: b # c"
