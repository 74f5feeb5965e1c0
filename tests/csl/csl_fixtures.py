"""The public suite's fixture files: read, run, and compared byte for byte.

A file has sections `>>===== NAME =====>>` to `<<===== NAME =====<<`, with 2, 4 or 5 `=`.
https://github.com/citation-style-language/test-suite
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import csl_items
from csl_replay import Replay

from cite2bib.csl import ast, positions, program, style
from cite2bib.csl import passes as engine
from cite2bib.csl.items import Cite, Cluster
from cite2bib.csl.render import suite
from cite2bib.csl.selection import Selection
from cite2bib.model import Work

_SECTION = re.compile(r">>={2,5} ([A-Z0-9_-]+) ={2,5}>>[ \t]*\n(.*?)<<={2,5} \1 ={2,5}<<", re.DOTALL)
_REQUIRED = ("MODE", "RESULT", "CSL", "INPUT")
# OPTIONS, LANGPARAMS and MULTIAFFIX set up extensions of the reference for several languages, which are not CSL.
_JSON = (
    "INPUT INPUT2 CITATION-ITEMS CITATIONS BIBENTRIES BIBSECTION ABBREVIATIONS OPTIONS LANGPARAMS MULTIAFFIX"
).split()


@dataclass(frozen=True, slots=True)
class Fixture:
    """One file."""

    name: str
    sections: dict[str, str]
    problem: str = ""  # why it can't be run

    @property
    def group(self) -> str:
        return self.name.partition("_")[0]

    @property
    def expected(self) -> str:
        return self.sections["RESULT"].removesuffix("\n")

    def data(self, section: str) -> Any:
        """A section's JSON; None without it."""
        return json.loads(self.sections[section]) if section in self.sections else None

    def result(self) -> str:
        """What the engine makes of it."""
        mode = self.sections["MODE"].strip()
        source = style.parse(self.sections["CSL"].strip(), self.name)
        if mode == "bibliography-nosort" and source.bibliography:
            source = replace(source, bibliography=source.bibliography._replace(keys=()))
        given = {work.id: work for work in csl_items.works(self.data("INPUT"))}
        given |= {work.id: work for work in csl_items.works(self.data("INPUT2") or [])}
        works = _updated(given, self.data("BIBENTRIES"))
        calls, lists = self.data("CITATIONS"), self.data("ABBREVIATIONS")
        if calls:
            replay = Replay(source, works, lists, _cite)
            citations, works, clusters = replay.run(calls), replay.works, replay.clusters
        else:
            citations, clusters = "", []
        if not mode.startswith("bibliography"):
            return citations if calls else _single(source, works, self.data("CITATION-ITEMS"), lists)
        selection = _selection(self.data("BIBSECTION"))
        rendered = engine.cite(source, works, clusters or None, abbreviations=lists, selection=selection)
        return suite.header(rendered) if mode == "bibliography-header" else suite.bibliography(rendered)


def _updated(given: dict[str, Work], rounds: list[list[Any]] | None) -> list[Work]:
    """The works of the last round: those of earlier ones keep their places, those that it leaves out are gone."""
    if not rounds:
        return list(given.values())
    known: list[str] = []
    for ids in rounds:
        wanted = [str(id_) for id_ in ids]
        known = [id_ for id_ in known if id_ in wanted] + [id_ for id_ in wanted if id_ not in known]
    return [given[id_] for id_ in known]


def _selection(section: Any) -> Selection | None:
    if not section:
        return None
    tests = {
        key: tuple((test["field"], _wanted(test["value"])) for test in section.get(key, ()))
        for key in ("include", "exclude", "select", "quash")
    }
    return Selection(**tests)


def _wanted(value: Any) -> str:
    return "*" if value is True else str(value or "")


def _single(source: ast.Style, works: list[Work], lists: Any, short: Any) -> str:
    run = engine.Run(program.of_style(source), works)
    run.shorten(short or {})
    run.number()
    if lists is None:
        lists = [[{"id": item.id} for item in run.order]]
    clusters = [Cluster(tuple(map(_cite, cites))) for cites in lists]
    results = []
    run.disambiguate()
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


def read(path: Path) -> Fixture:
    """One fixture file; what is wrong with it is said in it."""
    try:
        text = path.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        return Fixture(path.stem, {}, f"it can't be read: {error}")
    sections = {found[1]: found[2] for found in _SECTION.finditer(text)}
    missing = [name for name in _REQUIRED if name not in sections]
    if missing:
        return Fixture(path.stem, sections, f"it has no section {', '.join(missing)}")
    for name in _JSON:
        try:
            json.loads(sections.get(name, "null"))
        except ValueError as error:
            return Fixture(path.stem, sections, f"{name} is no JSON: {error}")
    return Fixture(path.stem, sections)


def all_in(folder: Path) -> Iterator[Fixture]:
    """All fixtures of a folder, broken ones as well."""
    for path in sorted(folder.glob("*.txt")):
        if path.stem != "expected_failures":
            yield read(path)
