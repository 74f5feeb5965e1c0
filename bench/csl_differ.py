"""Differences from citeproc-js that no real style shows: random small styles x random works x random citations, both sides asked.

    npm install                     (in this folder, once)
    python bench/csl_differ.py [--topic TOPIC] [--count N] [--seed N] [--show N]

Each case is one topic's grammar (csl_grammar). A case that differs is shrunk to what still differs, and shown with both texts, markup included.
"""

from __future__ import annotations

import argparse
import copy
import html
import random
import re
import time
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple
from xml.etree import ElementTree as ET

import csl_grammar
from csl_grid import cluster
from reference import Reference

from cite2bib import csl, formats
from cite2bib.csl import style
from cite2bib.csl.render import suite

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

_COMMENT = re.compile(r"<!--.*?-->")
# What citeproc-js says where a style prints nothing; what the text adds to it is lost then.
_NOTHING = ("", "[NO_PRINTED_FORM]", "[CSL STYLE ERROR: reference with no printed form.]")
_ENTRY = re.compile(r'\s*<div class="csl-entry">(.*)</div>\s*', re.DOTALL)


class Case(NamedTuple):
    """A style, works and citations."""

    style: Element
    works: list[dict[str, Any]]
    clusters: list[list[dict[str, Any]]]

    @property
    def text(self) -> str:
        """The style's XML."""
        return ET.tostring(self.style, encoding="unicode")


class Sides(NamedTuple):
    """What both say, where they differ."""

    what: str
    expected: str
    got: str


class Differ:
    """Asks both sides."""

    def __init__(self) -> None:
        self.reference = Reference()
        self.loose = False

    def differences(self, case: Case) -> list[Sides]:
        """All texts that differ; none where citeproc-js itself fails."""
        theirs = self.reference.ask(case.text, case.works, case.clusters)
        if "error" in theirs:
            return []
        citations, entries = ours(case)
        pairs = [
            Sides(f"citation {number}", expected, got)
            for number, (expected, got) in enumerate(zip(theirs["citations"], citations, strict=True))
        ]
        if case.style.find("{*}bibliography") is not None:
            order = list(theirs["entries"])
            pairs.append(Sides("order", " ".join(order), " ".join(entries)))
            pairs += [
                Sides(f"entry {id_}", _bare(theirs["entries"][id_]), entries.get(id_, "")) for id_ in order
            ]
        return [sides for sides in pairs if self.differs(sides)]

    def differs(self, sides: Sides) -> bool:
        """Whether two texts differ by more than white space between blocks."""
        expected, got = _tidy(sides.expected), _tidy(sides.got)
        if expected in _NOTHING or _NOTHING[2] in expected:
            return False
        return (plain(expected) != plain(got)) if self.loose else expected != got


def ours(case: Case) -> tuple[list[str], dict[str, str]]:
    """Citations and entries in the dialect of citeproc-js."""
    works = list(formats.get("csljson").read(_json(case.works), "works").works)
    parsed = style.parse(case.text)
    placed = [
        cluster(cites, number if parsed.is_note else 0) for number, cites in enumerate(case.clusters, 1)
    ]
    rendered = csl.cite(parsed, works, placed)
    entries = {entry.id: suite.text(entry.tokens) for entry in rendered.entries}
    return [suite.text(tokens) for tokens in rendered.citations], entries


def _json(value: Any) -> bytes:
    import json

    return json.dumps(value).encode()


def plain(markup: str) -> str:
    """The text of html, white space aside."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).split())


def _bare(entry: str) -> str:
    found = _ENTRY.fullmatch(_COMMENT.sub("", entry))
    return found[1] if found else entry


def _tidy(text: str) -> str:
    """White space between blocks is no difference."""
    return re.sub(r"\s*\n\s*", "", text).strip()


def smaller(case: Case) -> Iterator[Case]:
    """Cases with one thing less in which every work is cited: citeproc-js lists no others."""
    for less in _any_smaller(case):
        ids = {cite["id"] for cites in less.clusters for cite in cites}
        if ids and ids == {work["id"] for work in less.works}:
            yield cited(less)


def cited(case: Case) -> Case:
    """The case with the works that are cited, in the order in which they are: that of citeproc-js."""
    works = {work["id"]: work for work in case.works}
    ids = dict.fromkeys(cite["id"] for cites in case.clusters for cite in cites)
    return case._replace(works=[works[id_] for id_ in ids])


def _any_smaller(case: Case) -> Iterator[Case]:
    """Large things first."""
    for place in range(len(case.clusters)):
        yield case._replace(clusters=case.clusters[:place] + case.clusters[place + 1 :])
    for place, work in enumerate(case.works):
        rest = [[cite for cite in cites if cite["id"] != work["id"]] for cites in case.clusters]
        yield case._replace(
            works=case.works[:place] + case.works[place + 1 :], clusters=[cites for cites in rest if cites]
        )
    for place, cites in enumerate(case.clusters):
        for number in range(len(cites)):
            for left in _without(cites, number):
                yield case._replace(clusters=[*case.clusters[:place], left, *case.clusters[place + 1 :]])
    yield from _smaller_styles(case)
    for place, work in enumerate(case.works):
        for left in _smaller_works(work):
            yield case._replace(works=[*case.works[:place], left, *case.works[place + 1 :]])


def _without(cites: list[dict[str, Any]], number: int) -> Iterator[list[dict[str, Any]]]:
    """A citation without a cite, or without a word of it."""
    if len(cites) > 1:
        yield cites[:number] + cites[number + 1 :]
    for key in cites[number].keys() - {"id"}:
        cite = {name: value for name, value in cites[number].items() if name != key}
        yield [*cites[:number], cite, *cites[number + 1 :]]


def _smaller_styles(case: Case) -> Iterator[Case]:
    count = sum(1 for _ in case.style.iter())
    for place in range(1, count):
        whole = copy.deepcopy(case.style)
        parents = {child: parent for parent in whole.iter() for child in parent}
        element = list(whole.iter())[place]
        parent = parents[element]
        if element.tag in {"info", "citation", "layout", "title", "id", "updated"}:
            continue
        index = list(parent).index(element)
        parent.remove(element)
        yield case._replace(style=whole)
        if element.tag in {"group", "choose", "if", "else", "else-if"} and parent.tag != "choose":
            for offset, child in enumerate(element):
                parent.insert(index + offset, child)
            yield case._replace(style=copy.deepcopy(whole))
    for place in range(count):
        element = list(case.style.iter())[place]
        for name in element.attrib:
            if name in {"xmlns", "version", "class", "variable"}:
                continue
            whole = copy.deepcopy(case.style)
            del list(whole.iter())[place].attrib[name]
            yield case._replace(style=whole)


def _smaller_works(work: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for key, value in work.items():
        if key in {"id", "type"}:
            continue
        yield {name: other for name, other in work.items() if name != key}
        if isinstance(value, list):
            for number in range(len(value) if len(value) > 1 else 0):
                yield {**work, key: value[:number] + value[number + 1 :]}
            for number, name in enumerate(value):
                for part in name.keys() - {"family"} if len(name) > 1 else ():
                    less = {other: text for other, text in name.items() if other != part}
                    yield {**work, key: [*value[:number], less, *value[number + 1 :]]}
        elif isinstance(value, str) and " " in value:
            words = value.split(" ")
            for number in range(len(words)):
                yield {**work, key: " ".join(words[:number] + words[number + 1 :])}


def shrunk(case: Case, differ: Differ, seconds: float = 20) -> Case:
    """The smallest case that still differs."""
    until = time.monotonic() + seconds
    kind = _kind(differ.differences(case))
    found = True
    while found and time.monotonic() < until:
        found = False
        for less in smaller(case):
            if time.monotonic() > until:
                break
            try:
                differs = _kind(differ.differences(less)) == kind
            except Exception:  # noqa: BLE001 - what is left may be no style any more
                differs = False
            if differs:
                case, found = less, True
                break
    return case


def _kind(sides: list[Sides]) -> str:
    """Citation, order or entry: the first that differs."""
    return sides[0].what.split()[0] if sides else ""


def show(case: Case, sides: list[Sides]) -> None:
    """A case and what differs in it."""
    style_text = ET.tostring(case.style, encoding="unicode")
    print(
        re.sub(r"<info>.*?</info>| (xmlns|version)=\S*|</style>", "", style_text).replace(
            ' class="in-text"', ""
        )
    )
    for work in case.works:
        print("   ", dict(work))
    if any(len(cites) > 1 or len(cites[0]) > 1 for cites in case.clusters):
        print("   ", case.clusters)
    for what, expected, got in sides[:3]:
        print(f"  {what}\n  - {expected}\n  + {got}")


def options() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--topic", choices=sorted(csl_grammar.TOPICS), help="one topic; all without")
    parser.add_argument("--count", type=int, default=100, help="cases of each topic")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", type=int, default=3, help="shrink and show so many of each topic")
    parser.add_argument("--text", action="store_true", help="compare text without markup and white space")
    return parser.parse_args()


def main() -> None:
    """Compare, show, and count."""
    chosen = options()
    differ = Differ()
    differ.loose = chosen.text
    counts: Counter[tuple[str, bool]] = Counter()
    for topic in [chosen.topic] if chosen.topic else csl_grammar.TOPICS:
        shown = 0
        for number in range(chosen.count):
            case = cited(Case(*csl_grammar.case(topic, random.Random(f"{topic} {chosen.seed} {number}"))))
            differs = bool(differ.differences(case))
            counts[topic, differs] += 1
            if differs and shown < chosen.show:
                shown += 1
                small = shrunk(case, differ)
                print(f"--- {topic} {chosen.seed} {number}")
                show(small, differ.differences(small))
    for topic in dict.fromkeys(topic for topic, _ in counts):
        print(f"{topic}: {counts[topic, True]} of {counts[topic, True] + counts[topic, False]} cases differ")


if __name__ == "__main__":
    main()
