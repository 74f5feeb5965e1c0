"""Our own styles: valid CSL, and what each makes of a few works in Markdown."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest
from lxml import etree

from cite2bib import csl
from cite2bib.csl import find, ownname, preview
from cite2bib.csl.people import person
from cite2bib.csl.render import citation, render
from cite2bib.model import Date, Field, Name, Work
from cite2bib.names import parse

HERE = Path(__file__).parent
OWN = ("annotated", "cv", "preprint-first", "reading-list", "slide-footer")


def work(key: str, type_: str, **fields: object) -> Work:
    return Work(key, type_, {name.replace("_", "-"): Field(value) for name, value in fields.items()})  # type: ignore[arg-type]


WORKS = (
    *preview.WORKS,
    work(
        "vaswani2017attention",
        "paper-conference",
        author=tuple(map(parse, ("Ashish Vaswani", "Noam Shazeer", "Niki Parmar", "Jakob Uszkoreit"))),
        title="Attention Is All You Need",
        container_title="Advances in Neural Information Processing Systems",
        container_title_short="NeurIPS",
        volume="30",
        page="5998-6008",
        issued=Date((2017,)),
        arxiv="1706.03762",
        abstract="The dominant sequence transduction models are based on complex recurrent networks.",
        annote="Where the transformer comes from.",
    ),
)


def rendered(name: str, target: str, own_names: tuple[Name, ...] = ()) -> str:
    found = find.find(name)
    made = csl.cite(find.load(found), WORKS, own_names=own_names, archives=found.archives)
    cites = "\n".join(citation(tokens, target) for tokens in made.citations)
    return f"{render(made, target)}\n---\n{cites}\n"


@pytest.mark.parametrize("name", OWN)
def test_valid_by_the_schema(name: str) -> None:
    spec = find_spec("citeproc")
    assert spec
    assert spec.submodule_search_locations
    schemas = Path(spec.submodule_search_locations[0]) / "data" / "schema" / "schemas" / "styles"
    schema = etree.RelaxNG(etree.parse(schemas / "csl.rng"))
    schema.assertValid(etree.parse(find.find(name).path))


def test_these_are_all() -> None:
    folder = find.own_folder()
    assert folder
    assert tuple(sorted(path.stem for path in Path(folder).glob("*.csl"))) == OWN


@pytest.mark.parametrize("name", OWN)
def test_golden(name: str, golden: object) -> None:
    own = (parse("Ashish Vaswani"), parse("Hinton, G. E.")) if name == "cv" else ()
    golden(HERE / "styles" / f"{name}.md", rendered(name, "markdown", own))  # type: ignore[operator]


def test_own_names_are_bold_in_any_style() -> None:
    assert "<b>Vaswani, A.</b>, Shazeer, N." in rendered("apa", "html", (parse("Ashish Vaswani"),))
    assert "<b>" not in rendered("apa", "html", (parse("Arno Vaswani"),))


@pytest.mark.parametrize(
    ("printed", "own", "same"),
    [
        ("Ada Lovelace", "Ada Lovelace", True),
        ("A. Lovelace", "Ada Lovelace", True),
        ("Ada King Lovelace", "Ada Lovelace", True),
        ("A. K. Lovelace", "Lovelace, Ada King", True),
        ("Adam Lovelace", "Ada Lovelace", False),
        ("B. Lovelace", "Ada Lovelace", False),
        ("Ada Love", "Ada Lovelace", False),
        ("Kurt Godel", "Kurt Gödel", True),
        ("Lovelace", "Ada Lovelace", False),
    ],
)
def test_whose_name_it_is(printed: str, own: str, same: bool) -> None:
    assert ownname.is_same(person(parse(printed)), parse(own)) is same


def test_an_institution_can_be_one_s_own_name() -> None:
    assert ownname.is_same(person(Name(literal="W3C")), Name(literal="w3c"))


def test_published_works_name_their_archive_only_where_a_style_asks() -> None:
    assert "arXiv:1706.03762" in rendered("preprint-first", "text")
    assert "1706.03762" not in rendered("modern-language-association", "text")
