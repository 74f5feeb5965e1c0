"""The public suite's fixture files: read, run, and compared byte for byte.

A file has sections `>>===== NAME =====>>` to `<<===== NAME =====<<`, with 2, 4 or 5 `=`.
https://github.com/citation-style-language/test-suite
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import csl_items

from cite2bib.csl import passes as engine
from cite2bib.csl import positions, program, style
from cite2bib.csl.items import Cite, Cluster
from cite2bib.csl.render import suite

_SECTION = re.compile(r">>={2,5} ([A-Z-]+) ={2,5}>>\n(.*?)<<={2,5} \1 ={2,5}<<", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Fixture:
    """One file."""

    name: str
    sections: dict[str, str]

    @property
    def group(self) -> str:
        return self.name.partition("_")[0]

    @property
    def expected(self) -> str:
        return self.sections["RESULT"].removesuffix("\n")

    def result(self) -> str:
        """What the engine makes of it."""
        works = csl_items.works(json.loads(self.sections["INPUT"]))
        source = style.parse(self.sections["CSL"].strip(), self.name)
        if self.sections["MODE"].strip().startswith("bibliography"):
            return suite.bibliography(engine.cite(source, works))
        if "CITATIONS" in self.sections:
            return _replayed(source, works, json.loads(self.sections["CITATIONS"]))
        lists = json.loads(self.sections["CITATION-ITEMS"]) if "CITATION-ITEMS" in self.sections else None
        return _single(source, works, lists)


def _single(source: style.Style, works: list[Any], lists: Any) -> str:
    run = engine.Run(program.of_style(source), works)
    run.number()
    if lists is None:
        lists = [[{"id": item.id} for item in run.order]]
    clusters = [Cluster(tuple(map(_cite, cites))) for cites in lists]
    results = []
    run.disambiguate([])
    for cluster in clusters:
        cites = run.placed(cluster)
        for placed in cites:
            positions.assign([(cluster, [placed])], 5)
        results.append(suite.text(run.citation(cites, keeps_order=True)))
    return "\n".join(results)


def _cite(given: dict[str, Any]) -> Cite:
    near = given.get("near-note")
    return Cite(
        id=str(given["id"]),
        locator=str(given.get("locator", "")),
        label=given.get("label") or "",
        prefix=given.get("prefix") or "",
        suffix=given.get("suffix") or "",
        suppress_author=bool(given.get("suppress-author")),
        author_only=bool(given.get("author-only")),
        position=given.get("position"),
        near_note=bool(near) if near is not None else None,
    )


# For each citation, each item's position and the note of its first citation.
Places = dict[str, dict[str, tuple[int, int]]]


def _places(run: engine.Run, clusters: list[Cluster]) -> Places:
    run.number()
    placed = [(cluster, run.placed(cluster)) for cluster in clusters]
    positions.assign(placed, 5)
    return {
        cluster.id: {cite.item.id: (cite.position, cite.first_note) for cite in cites}
        for cluster, cites in placed
    }


def _moved(before: Places, after: Places) -> set[str]:
    """The items of which a cite stands elsewhere than it did: all texts with them are made again."""
    return {
        item
        for id_ in before.keys() & after.keys()
        for item in before[id_].keys() & after[id_].keys()
        if before[id_][item] != after[id_][item]
    }


def _replayed(source: style.Style, works: list[Any], calls: list[Any]) -> str:
    """Each call sets one citation between others; the last result says which texts it changed."""
    by_id = {work.id: work for work in works}
    known: dict[str, Cluster] = {}
    before: dict[str, str] = {}
    places: Places = {}
    lines: list[str] = []
    for number, (citation, earlier, later) in enumerate(calls):
        id_ = citation.get("citationID") or f"CITATION-{number}"
        cites = tuple(map(_cite, citation["citationItems"]))
        note = int(citation.get("properties", {}).get("noteIndex") or 0)
        known[id_] = Cluster(cites, note, id_)
        order = (
            [(other, note_) for other, note_ in earlier]
            + [(id_, note)]
            + [(other, note_) for other, note_ in later]
        )
        clusters = [Cluster(known[other].cites, int(note_), other) for other, note_ in order]
        cited = list(dict.fromkeys(cite.id for cluster in clusters for cite in cluster.cites))
        rendered = engine.cite(source, [by_id[key] for key in cited if key in by_id], clusters)
        after = {
            cluster.id: suite.text(tokens)
            for cluster, tokens in zip(clusters, rendered.citations, strict=True)
        }
        now = _places(
            engine.Run(program.of_style(source), [by_id[key] for key in cited if key in by_id]), clusters
        )
        moved = _moved(places, now)
        lines = [
            f"{'>>' if other == id_ or before.get(other) != text or moved & set(now[other]) else '..'}"
            f"[{place}] {text}"
            for place, (other, text) in enumerate(after.items())
        ]
        before, places = after, now
    return "\n".join(lines)


def read(path: Path) -> Fixture:
    """One fixture file."""
    text = path.read_text(encoding="utf-8-sig")
    return Fixture(path.stem, {found[1]: found[2] for found in _SECTION.finditer(text)})


def all_in(folder: Path) -> Iterator[Fixture]:
    """All fixtures of a folder."""
    for path in sorted(folder.glob("*.txt")):
        if path.stem == "expected_failures":
            continue
        fixture = read(path)
        if {"MODE", "RESULT", "CSL", "INPUT"} <= set(fixture.sections):
            yield fixture
