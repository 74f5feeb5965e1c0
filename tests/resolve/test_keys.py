"""Keys from templates: unique, ASCII, and the same when works are added behind."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cite2bib.diagnostics import UsageError
from cite2bib.model import Date, Field, Name, Work
from cite2bib.resolve.keys import assign, key


def work(title: str = "", family: str = "", year: int = 0, **more: str) -> Work:
    fields = {name: Field(value) for name, value in more.items()}
    if title:
        fields["title"] = Field(title)
    if family:
        fields["author"] = Field((Name(family, "A."), Name("Second", "B.")))
    if year:
        fields["issued"] = Field(Date((year, 3, 9)))
    return Work(fields=fields)


ZHU = work("On the Power of Context-Enhanced Learning in LLMs", "Zhu", 2025, arxiv="2503.01821")


@pytest.mark.parametrize(
    ("template", "made"),
    [
        ("{author}{year}{title}", "zhu2025context"),
        ("{author:title}{year}", "Zhu2025"),
        ("{authors:2:-}_{year:short}", "zhu-second_25"),
        ("{author:3}:{date}", "zhu:2025-03-09"),
        ("{words:3:camel}", "ContextEnhancedLearning"),
        ("{words:2:upper:_}{month}", "CONTEXT_ENHANCED03"),
        ("arxiv:{arxiv}", "arxiv:2503.01821"),
        ("{id}", "2503.01821"),
    ],
)
def test_templates(template: str, made: str) -> None:
    assert key(ZHU, template) == made


@pytest.mark.parametrize(
    "template", ["{nobody}", "{author:loud}", "plain", "{author} {year}", "{author}{{year}"]
)
def test_bad_templates_say_what_there_is(template: str) -> None:
    with pytest.raises(UsageError):
        assign([ZHU], template)


@pytest.mark.parametrize(
    ("one", "made"),
    [
        (work("A Study of Müller's β-Machine", "Gödel", 1999), "godel1999mullers"),
        (work("深度学习", "王", 2020), "wang2020shenduxuexi"),
        (work("The Title"), "title"),
        (work("", "Zhu", 2020), "zhu2020"),
        (work(), "untitled"),
        (work("What Is It?"), "what"),
        (work("$2/\\eta$ Sharpness", "Doe"), "doesharpness"),
        (work("X", family="van der Maaten"), "vandermaatenx"),
    ],
)
def test_odd_works(one: Work, made: str) -> None:
    assert key(one) == made


def test_equal_keys_are_told_apart_by_the_title_then_by_letters() -> None:
    twins = [work("Context Matters", "Zhu", 2025), work("Context Helps", "Zhu", 2025), work("Context Matters", "Zhu", 2025),
             work("Context", "Zhu", 2025), work("Context", "Zhu", 2025)]  # fmt: skip
    assert [item.id for item in assign(twins)] == [
        "zhu2025context", "zhu2025contexthelps", "zhu2025contextmatters", "zhu2025contexta", "zhu2025contextb",
    ]  # fmt: skip
    assert [item.id for item in assign(twins[:3], "{author}{year}")] == ["zhu2025", "zhu2025a", "zhu2025b"]


def test_keys_that_are_there_stay() -> None:
    named = Work("zhu2025context", fields=ZHU.fields)
    assert [item.id for item in assign([ZHU, named])] == ["zhu2025contextenhanced", "zhu2025context"]
    assert assign([ZHU], taken=frozenset({"ZHU2025context"}))[0].id == "zhu2025contextenhanced"


WORKS = st.builds(
    work, st.sampled_from(["Context Matters", "Context Helps", "Deep", "", "On Deep Context"]), st.sampled_from(["Zhu", "Ge", ""]),
    st.sampled_from([0, 2024, 2025]),
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(WORKS, max_size=12), st.lists(WORKS, max_size=6))
def test_adding_works_behind_changes_no_key(works: list[Work], more: list[Work]) -> None:
    before = [item.id for item in assign(works)]
    after = [item.id for item in assign([*works, *more])]
    assert after[: len(before)] == before
    assert len({item.lower() for item in after}) == len(after)
    assert all(item.isascii() and item.isalnum() for item in after)
    again = assign([*more, *assign(works)])
    assert [item.id for item in again[len(more) :]] == before
