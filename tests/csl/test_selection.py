"""A bibliography in sections and lists of abbreviations, as a program asks for them."""

from __future__ import annotations

import cite2bib
from cite2bib.csl import Selection
from cite2bib.csl.render import render
from cite2bib.model import Date, Field, Name, Work

LISTS = {"default": {"container-title": {"Journal of Things": "J. Thgs"}}}


def work(id_: str, type_: str, keyword: str) -> Work:
    fields = {
        "author": Field((Name("Doe", "Jane"),)),
        "title": Field(f"On {id_}"),
        "container-title": Field("Journal of Things"),
        "issued": Field(Date((2020,))),
        "keyword": Field(keyword),
    }
    return Work(id_, type_, fields)


WORKS = [work("a", "article-journal", "law; war"), work("b", "article-journal", "peace")]


def text(selection: Selection | None) -> str:
    rendered = cite2bib.cite(WORKS, "ieee", clusters=(), abbreviations=LISTS, selection=selection)
    return render(rendered, "text")


def test_abbreviations() -> None:
    assert text(None).count("J. Thgs") == 2


def test_sections_keep_the_numbers_of_the_whole_list() -> None:
    war = (("keyword", "war"),)
    assert text(Selection(include=war)).startswith("[1]")
    assert text(Selection(exclude=war)).startswith("[2]")
    assert "[" not in text(Selection(include=war, quash=(("abstract", ""), ("issued", "2020"))))
