"""Names against pybtex's, whose algorithm is BibTeX's."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pybtex.database import Person
from pybtex.errors import capture

from cite2bib.formats.bibtex.decode import decode
from cite2bib.formats.bibtex.people import parse_list, render_list, split_list
from cite2bib.model import Name

NAMES = [
    "Donald E. Knuth", "Knuth, Donald E.", "Ludwig van Beethoven", "van Beethoven, Ludwig", "Jean de La Fontaine",
    r"de la Vall{\'e}e Poussin, Charles Louis Xavier Joseph", "King, Jr., Martin Luther", "Ford, Jr., Henry", "Plato",
    r"{\'E}mile Zola", r"Charles Louis Xavier Joseph de la Vall{\'e}e Poussin", "jean de la fontaine", "Jean De La Fontaine",
    "{van der Linden}, Wim", "Maria {de los} Angeles", r"{\relax Ch}arles Fox", "Per Brinch Hansen", "Brinch Hansen, Per",
    "von der Schmidt, Hans", "Di Sarno, Luca", r"Ph{\"a}nomen M{\"u}ller", "O'Hara, Scarlett", "Jean-Paul Sartre",
    "dell'Acqua, Fabio", "al-Khwarizmi, Muhammad", "Muhammad al-Khwarizmi", "d'Alembert, Jean", "bell hooks", "X. Y. {Z}",
    r"\'Etienne Martin", "Smith, {Jones and} A.", "de Vries", "van Damme, Jean Claude",
]  # fmt: skip


def by_pybtex(text: str) -> tuple[str, str, str, str]:
    with capture():
        person = Person(text)
    given = [*person.first_names, *person.middle_names]
    parts = (person.last_names, given, person.prelast_names, person.lineage_names)
    family, first, von, junior = (decode(" ".join(part)) for part in parts)
    return family, first, von, junior


def by_us(text: str) -> tuple[str, str, str, str]:
    (name,) = parse_list(text)
    return name.family or name.literal, name.given, name.particle, name.suffix


@pytest.mark.parametrize("text", NAMES)
def test_names_are_bibtex_s(text: str) -> None:
    assert by_us(text) == by_pybtex(text)


WORDS = st.sampled_from(
    [
        "van",
        "de",
        "la",
        "Knuth",
        "Donald",
        "E.",
        r"{\'E}mile",
        "{Foo Bar}",
        "Jr.",
        "x",
        "{a}b",
        "1st",
    ]
)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=5).map(" ".join), min_size=1, max_size=3).map(", ".join))
def test_random_names_are_bibtex_s(text: str) -> None:
    if text.startswith("{Foo Bar}") and text == "{Foo Bar}":
        return  # a name in braces is one that can't be taken apart
    assert by_us(text) == by_pybtex(text)


def test_small_letters_that_are_commands_start_a_particle() -> None:
    r"""In bibtex.web (`von_token_found`) \o, \oe and the like are small; pybtex looks past them."""
    (name,) = parse_list(r"Jens {\o}st Hansen")
    assert (name.given, name.particle, name.family) == ("Jens", "øst", "Hansen")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("{Barnes and Noble}", Name(literal="Barnes and Noble")),
        (r"{\'E}cole", Name(family="École")),
        ("others", Name(literal="others")),
        ("family=Heuvel, given=Charles, prefix=van den, useprefix=false", Name("Heuvel", "Charles", dropping_particle="van den")),
        ("given={Jean Paul}, family=Sartre", Name("Sartre", "Jean Paul")),
        ("family=Maaten, prefix=van der, given=L., useprefix=true", Name("Maaten", "L.", "van der")),
    ],
)  # fmt: skip
def test_other_names(text: str, name: Name) -> None:
    assert parse_list(text) == (name,)


@pytest.mark.parametrize(
    "value",
    ["Doe, Jane et al.", "Jane Doe, et al.", "Jane Doe and et al.", "Jane Doe and {et al.}", r"Jane Doe \emph{et al.}", "Doe, Jane et~al"],
)  # fmt: skip
def test_et_al_is_nobody(value: str) -> None:
    assert parse_list(value) == (Name("Doe", "Jane"), Name(literal="others"))


def test_someone_may_be_called_al() -> None:
    assert parse_list("Al, Eve and Ali Al") == (Name("Al", "Eve"), Name("Al", "Ali"))


def test_lists_are_parted_outside_braces() -> None:
    assert split_list("A and {B and C} AND\nD and others") == ["A", "{B and C}", "D", "others"]
    assert [str(name) for name in parse_list("Anderson, Sandy and Brandon Andy")] == [
        "Sandy Anderson",
        "Brandon Andy",
    ]


@pytest.mark.parametrize(
    "name",
    [
        Name("Knuth", "Donald E."), Name("Maaten", "Laurens", "van der"), Name("King", "Martin Luther", suffix="Jr."),
        Name(literal="World Health & Co."), Name("Plato"), Name("García Márquez", "Gabriel"), Name(literal="others"),
        Name("Vallée Poussin", "C.", "de la"), Name("Smith and Sons", "A"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("raw", [True, False])
def test_names_come_back(name: Name, raw: bool) -> None:
    assert parse_list(render_list((name, Name("Doe", "J.")), raw=raw)) == (name, Name("Doe", "J."))


def test_names_are_ascii_for_bibtex() -> None:
    names = (Name("Müller", "Émile"), Name("王", "小明"), Name("Żółć", "Łukasz"))
    assert render_list(names, raw=False).isascii()
    assert render_list(names, raw=True) == "Müller, Émile and 王, 小明 and Żółć, Łukasz"
