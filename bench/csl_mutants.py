"""How far what the suite's fixtures teach goes: mutants of them, asked of citeproc-js and of our engine in the suite's own way.

    npm ci                          (in this folder, once)
    python bench/csl_mutants.py FOLDER [--kinds attribute,items] [--count N] [--seed N] [--show N]

A mutant is a fixture with one thing changed: an attribute or an element of its style, a value of its items, its mode, or with
the items of another fixture of its group. Those that make citeproc-js itself fail are left out.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree as ET

from reference import HERE, locales

sys.path.insert(0, str(HERE.parent / "tests" / "csl"))

import csl_fixtures

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from csl_fixtures import Fixture

_NAMESPACE = "http://purl.org/net/xbiblio/csl"
_SECTIONS = ("INPUT", "CITATION-ITEMS", "CITATIONS")
_UNSAID = (
    "undefined",
    "CSL STYLE ERROR",
    "[NO_PRINTED_FORM]",
)  # what citeproc-js says where it has nothing to say
_NAMES = {
    "and": ("text", "symbol"),
    "et-al-min": ("2", "3"),
    "et-al-use-first": ("1", "2"),
    "initialize-with": (". ", "."),
    "name-as-sort-order": ("first", "all"),
    "delimiter-precedes-last": ("always", "never", "contextual", "after-inverted-name"),
    "delimiter-precedes-et-al": ("always", "never", "contextual"),
}
_FORMATS = {"font-style": ("italic",), "font-weight": ("bold",)}
_AFFIXES = {"prefix": ("(", ", ", " "), "suffix": (")", ".", ", ")}
_ATTRIBUTES: dict[str, dict[str, tuple[str, ...]]] = {
    "style": {
        "class": ("note", "in-text"),
        "default-locale": ("en-US", "en-GB", "de-DE", "fr-FR", "es-ES"),
        "demote-non-dropping-particle": ("never", "sort-only", "display-and-sort"),
        "page-range-format": ("expanded", "minimal", "chicago"),
        **_NAMES,
    },
    "citation": {
        "collapse": ("citation-number", "year", "year-suffix", "year-suffix-ranged"),
        "disambiguate-add-names": ("true", "false"),
        "disambiguate-add-givenname": ("true", "false"),
        "disambiguate-add-year-suffix": ("true", "false"),
        "givenname-disambiguation-rule": ("all-names", "primary-name", "by-cite"),
        **_NAMES,
    },
    "bibliography": {
        "second-field-align": ("flush", "margin"),
        "subsequent-author-substitute": ("———",),
        "subsequent-author-substitute-rule": (
            "complete-all",
            "complete-each",
            "partial-each",
            "partial-first",
        ),
        **_NAMES,
    },
    "layout": {"delimiter": ("; ", ", "), **_AFFIXES},
    "names": {"delimiter": ("; ",), "variable": ("author", "editor", "editor translator"), **_AFFIXES},
    "name": {"form": ("short", "long"), "delimiter": ("; ",), "initialize": ("false",), **_NAMES},
    "name-part": {"text-case": ("uppercase", "capitalize-first"), **_FORMATS},
    "label": {"form": ("long", "short"), "plural": ("always", "never"), "text-case": ("capitalize-first",)},
    "text": {
        "text-case": ("lowercase", "uppercase", "capitalize-first", "capitalize-all", "title", "sentence"),
        "quotes": ("true",),
        "strip-periods": ("true",),
        **_FORMATS,
        **_AFFIXES,
    },
    "number": {"form": ("numeric", "ordinal", "long-ordinal", "roman"), **_AFFIXES},
    "date": {"form": ("text", "numeric"), "date-parts": ("year", "year-month"), **_AFFIXES},
    "date-part": {"form": ("long", "short", "numeric", "ordinal"), "range-delimiter": ("/",), **_AFFIXES},
    "group": {"delimiter": (", ", " ", ": "), **_AFFIXES},
    "key": {"sort": ("ascending", "descending")},
    "if": {"match": ("any", "all", "none")},
}
_TITLES = (
    'It\'s a "quoted" title',
    "The <i>italic</i> word: and more",
    "Who is it?",
    "ALL CAPS",
    "Ends.",
    "L'été à la plage",
)
_NUMBERS = ("2", "12", "23–34", "10-12", "1, 3", "IV", "third", "4a", "2nd", "no. 3")
_DATES: tuple[dict[str, Any], ...] = (
    {"date-parts": [[2000]]},
    {"date-parts": [[2000, 3, 1]]},
    {"date-parts": [[2000, 3], [2000, 5]]},
    {"date-parts": [[-100]]},
    {"date-parts": [[2000]], "season": 1},
    {"literal": "forthcoming"},
)
_PEOPLE: tuple[dict[str, Any], ...] = (
    {"family": "Doe", "given": "Jane"},
    {"family": "Smith", "given": "J. R."},
    {"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"},
    {"family": "King", "given": "Martin", "suffix": "Jr."},
    {"literal": "Big Institute"},
    {"family": "毛", "given": "泽东"},
)
_COUNTED = frozenset(("page", "volume", "issue", "edition", "number", "number-of-pages", "chapter-number"))


class Difference(NamedTuple):
    """A mutant that both sides render in two ways."""

    name: str
    expected: str
    got: str


class Reference:
    """citeproc-js as the suite runs it."""

    def __init__(self) -> None:
        self.node = subprocess.Popen(
            ["node", str(HERE / "suite_js.js")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )
        self.send({"locales": locales()})

    def send(self, job: dict[str, Any]) -> None:
        """One line."""
        assert self.node.stdin
        self.node.stdin.write(json.dumps(job) + "\n")
        self.node.stdin.flush()

    def result(self, fixture: Fixture) -> str | None:
        """What it makes of a fixture; None where it fails."""
        job: dict[str, Any] = {"MODE": fixture.sections["MODE"], "CSL": fixture.sections["CSL"].strip()}
        self.send(job | {name: fixture.data(name) for name in _SECTIONS if name in fixture.sections})
        assert self.node.stdout
        found = json.loads(self.node.stdout.readline()).get("result")
        return None if found is None or any(words in found for words in _UNSAID) else str(found)


def _changed(fixture: Fixture, **sections: str | None) -> Fixture:
    """A fixture with other sections; those that are None are gone."""
    merged = {**fixture.sections, **{name.replace("_", "-"): text for name, text in sections.items()}}
    return csl_fixtures.Fixture(
        fixture.name, {name: text for name, text in merged.items() if text is not None}
    )


def _root(fixture: Fixture) -> Element:
    return ET.fromstring(fixture.sections["CSL"].strip())


def _xml(root: Element) -> str:
    return ET.tostring(root, encoding="unicode")


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _elements(root: Element, mode: str) -> list[Element]:
    """The elements that a mode looks at."""
    left_out = "bibliography" if mode == "citation" else ""
    found: list[Element] = []
    stack = [root]
    while stack:
        element = stack.pop()
        if isinstance(element.tag, str) and _tag(element) not in {"info", "locale", left_out}:
            found.append(element)
            stack += element
    return found


def attribute(fixture: Fixture, rng: random.Random, _: list[Fixture]) -> Fixture | None:
    """One attribute changed or dropped."""
    root = _root(fixture)
    elements = [one for one in _elements(root, fixture.sections["MODE"].strip()) if _tag(one) in _ATTRIBUTES]
    tag = rng.choice(sorted({_tag(one) for one in elements}))
    element = rng.choice([one for one in elements if _tag(one) == tag])
    known = sorted(_ATTRIBUTES[tag].keys() & element.attrib.keys())
    name = rng.choice(known if known and rng.random() < 0.5 else sorted(_ATTRIBUTES[tag]))
    if (tag == "date" and name != "prefix" and "variable" not in element.attrib) or (
        tag == "names" and name == "variable" and name not in element.attrib
    ):
        return None
    if name in element.attrib and name not in {"class", "variable", "form"} and rng.random() < 0.2:
        del element.attrib[name]
    else:
        element.set(name, rng.choice(_ATTRIBUTES[tag][name]))
    return _changed(fixture, CSL=_xml(root))


def structure(fixture: Fixture, rng: random.Random, _: list[Fixture]) -> Fixture | None:
    """One element removed, moved, or set in a group."""
    root = _root(fixture)
    parents = {child: parent for parent in root.iter() for child in parent}
    movable = [one for one in parents if _tag(one) in {"text", "names", "number", "group", "label", "et-al"}]
    movable = [one for one in movable if _tag(parents[one]) in {"group", "layout"} and len(parents[one]) > 1]
    if not movable:
        return None
    element = rng.choice(movable)
    parent = parents[element]
    place = list(parent).index(element)
    parent.remove(element)
    match rng.randrange(3):
        case 0:
            parent.insert(rng.randrange(len(parent) + 1), element)
        case 1:
            group = ET.Element(
                f"{{{_NAMESPACE}}}group", rng.choice([{"delimiter": ", "}, {"prefix": "(", "suffix": ")"}])
            )
            group.append(element)
            parent.insert(place, group)
    return _changed(fixture, CSL=_xml(root))


def items(fixture: Fixture, rng: random.Random, _: list[Fixture]) -> Fixture | None:
    """One value of one item changed."""
    works = copy.deepcopy(fixture.data("INPUT"))
    work = rng.choice(works) if works else {}
    keys = [key for key in work if key not in {"id", "type"}]
    if not keys:
        return None
    key = rng.choice([*keys, "title", "volume", "page"])
    value = work.get(key)
    if isinstance(value, list):
        value.insert(rng.randrange(len(value) + 1), dict(rng.choice(_PEOPLE)))
    elif isinstance(value, dict):
        work[key] = dict(rng.choice(_DATES))
    else:
        work[key] = rng.choice(_NUMBERS if key in _COUNTED else _TITLES)
    return _changed(fixture, INPUT=json.dumps(works))


def swap(fixture: Fixture, rng: random.Random, others: list[Fixture]) -> Fixture | None:
    """The items of another fixture of the group, cited in one citation."""
    group = [one for one in others if one.group == fixture.group and one.name != fixture.name]
    if not group:
        return None
    gone: dict[str, str | None] = dict.fromkeys(("CITATION_ITEMS", "CITATIONS"))
    return _changed(fixture, INPUT=rng.choice(group).sections["INPUT"], **gone)


def mode(fixture: Fixture, _: random.Random, __: list[Fixture]) -> Fixture | None:
    """A citation as a bibliography, or the other way round."""
    if fixture.sections["MODE"].strip() != "citation":
        return _changed(fixture, MODE="citation")
    root = _root(fixture)
    citation = root.find(f"{{{_NAMESPACE}}}citation")
    if root.find(f"{{{_NAMESPACE}}}bibliography") is None and citation is not None:
        made = ET.SubElement(root, f"{{{_NAMESPACE}}}bibliography")
        made.extend(copy.deepcopy(child) for child in citation)
        made[-1].attrib.pop("delimiter", None)
    return _changed(fixture, MODE="bibliography", CSL=_xml(root))


KINDS: dict[str, Any] = {made.__name__: made for made in (attribute, structure, items, swap, mode)}


def mutants(fixtures: list[Fixture], kind: str, count: int, seed: int) -> Iterator[Fixture]:
    """Mutants of one kind of all fixtures, the same for a seed."""
    for fixture in fixtures:
        for number in range(1 if kind == "mode" else count):
            made = KINDS[kind](fixture, random.Random(f"{kind} {seed} {fixture.name} {number}"), fixtures)
            if made is not None:
                yield made


def compared(found: Iterator[Fixture], reference: Reference) -> tuple[Counter[str], list[Difference]]:
    """How many there are of each group, and those that differ."""
    total: Counter[str] = Counter()
    differences = []
    for mutant in found:
        expected = reference.result(mutant)
        if expected is None:
            continue
        total[mutant.group] += 1
        try:
            got = mutant.result()
        except Exception as error:  # noqa: BLE001 - a style that we refuse and citeproc-js doesn't
            got = f"{type(error).__name__}: {error}"
        if got != expected:
            differences.append(Difference(mutant.name, expected, got))
    return total, differences


def options() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, help="of fixtures")
    parser.add_argument("--kinds", default=",".join(KINDS), help="of mutants, parted by commas")
    parser.add_argument("--count", type=int, default=3, help="mutants of each kind and fixture")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", type=int, default=0, help="show so many of each kind")
    return parser.parse_args()


def main() -> None:
    """Compare, show, and count."""
    chosen = options()
    ET.register_namespace("", _NAMESPACE)
    fixtures = [fixture for fixture in csl_fixtures.all_in(chosen.folder) if not fixture.problem]
    reference = Reference()
    for kind in chosen.kinds.split(","):
        total, differences = compared(mutants(fixtures, kind, chosen.count, chosen.seed), reference)
        for name, expected, got in differences[: chosen.show]:
            print(f"--- {name}\n- {expected}\n+ {got}")
        whole = sum(total.values())
        equal = whole - len(differences)
        print(f"{kind}: {equal} of {whole} equal ({100 * equal / max(whole, 1):.1f}%)")


if __name__ == "__main__":
    main()
