"""Whatever works and whatever broken styles come in: a rendering, or a `StyleError` with its place; never a hang."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cite2bib.csl import Cite, Cluster, cite, find, style
from cite2bib.csl.render import TARGETS, citation, render
from cite2bib.diagnostics import StyleError
from cite2bib.model import CSL_VARIABLES, Date, Field, Kind, Name, Value, Work

STYLES = ("apa", "ieee", "chicago-notes-bibliography", "modern-language-association", "nature")
TEXTS = {name: find.read(find.locate(name)) for name in STYLES}

words = st.text(max_size=24) | st.sampled_from(
    [
        "1-3",
        "12, 14",
        "“a” 'b' \"c\"",
        "<i>x</i>",
        "</b>",
        "van der Meer",
        "{:note: x}",
        "note: y\nz",
        "?!.,",
        "iv",
    ]
)
names = st.builds(
    Name, words, words, words, words, words, literal=st.just("") | words, comma_suffix=st.booleans()
)
parts = st.lists(st.integers(-9999, 9999), max_size=3).map(tuple)
dates = st.builds(Date, parts, parts, st.integers(0, 4), st.booleans(), words)


def value(variable: str) -> st.SearchStrategy[Value]:
    match CSL_VARIABLES[variable]:
        case Kind.NAMES:
            return st.lists(names, max_size=4).map(tuple)
        case Kind.DATE:
            return dates
    return words


@st.composite
def works(draw: st.DrawFn) -> list[Work]:
    found = []
    for number in range(draw(st.integers(0, 4))):
        variables = draw(st.lists(st.sampled_from(sorted(CSL_VARIABLES)), max_size=10, unique=True))
        fields = {variable: Field(draw(value(variable))) for variable in variables}
        type_ = draw(
            st.sampled_from(["book", "article-journal", "chapter", "webpage", "legal_case", "", "no such"])
        )
        found.append(Work(f"w{number}", type_, fields))
    return found


@settings(max_examples=80, deadline=None)
@given(
    works(),
    st.sampled_from(STYLES),
    st.sampled_from(["", "de-DE", "zh-CN", "tr", "x y", "../.."]),
    words,
    words,
)
def test_any_works(found: list[Work], name: str, language: str, locator: str, affix: str) -> None:
    clusters = [
        Cluster((Cite(work.id, locator, "page", affix, affix),), note) for note, work in enumerate(found, 1)
    ]
    clusters += [Cluster(tuple(Cite(work.id) for work in found), len(found) + 1)] if found else []
    rendered = cite(style.parse(TEXTS[name], name), found, clusters, language)
    assert len(rendered.citations) == len(clusters)
    for target in TARGETS:
        render(rendered, target)
        for tokens in rendered.citations:
            citation(tokens, target)


def mutated(text: str, seed: int) -> str:
    """A style with some of its text cut, doubled, swapped or overwritten."""
    dice = random.Random(seed)
    for _ in range(dice.randint(1, 4)):
        start = dice.randrange(len(text))
        end = min(len(text), start + dice.choice((1, 5, 40, 400)))
        text = dice.choice(
            (
                text[:start] + text[end:],
                text[:end] + text[start:end] + text[end:],
                text[:start]
                + dice.choice(("<", ">", '"', "&", "macro", "<text/>", "\x00", "]]>", "é"))
                + text[end:],
            )
        )
    return text


WORKS = [
    Work(
        "a",
        "book",
        {"title": Field("A title"), "author": Field((Name("Doe", "Jane"),)), "issued": Field(Date((2001,)))},
    )
]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(STYLES), st.integers(0, 2**32))
def test_any_style(name: str, seed: int) -> None:
    try:
        source = style.parse(mutated(TEXTS[name], seed), name)
    except StyleError as error:
        span = error.span
    else:
        cite(source, WORKS)
        return
    assert span is not None
    assert span.path == name


def in_style(macros: str, body: str = '<text macro="m0"/>') -> str:
    return (
        '<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">'
        f"{macros}<citation><layout>{body}</layout></citation></style>"
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (in_style('<macro name="m0"><text macro="m0"/></macro>'), "calls itself"),
        (in_style('<macro name="m0"><group><text macro="m1"/></group></macro><macro name="m1"><text macro="m0"/></macro>'), "calls itself"),
        (in_style("", "<group>" * 5000 + "</group>" * 5000), "nested"),
        (in_style("", '<text macro="none"/>'), "no macro 'none'"),
        (in_style("", "<nonsense/>"), "not a rendering element"),
        ('<!DOCTYPE style [<!ENTITY x "y">]>' + in_style("", "<text value='&x;'/>"), "no entities"),
        ("<style", "not well-formed"),
        ("", "not well-formed"),
    ],
)  # fmt: skip
def test_a_broken_style_says_where(text: str, says: str) -> None:
    with pytest.raises(StyleError, match=says) as raised:
        style.parse(text, "broken.csl")
    assert raised.value.span
    assert raised.value.span.path == "broken.csl"


def chain(length: int) -> str:
    macros = "".join(f'<macro name="m{n}"><text macro="m{n + 1}" prefix="-"/></macro>' for n in range(length))
    return in_style(f'{macros}<macro name="m{length}"><text value="x"/></macro>')


def test_a_long_chain_of_macros_ends() -> None:
    with pytest.raises(StyleError, match="nested"):
        style.parse(chain(3000), "chain.csl")


def test_a_deep_style_renders() -> None:
    rendered = cite(style.parse(chain(100), "chain.csl"), WORKS)
    assert rendered.citations == [["-"] * 100 + ["x"]]
