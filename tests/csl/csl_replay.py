"""Citations sent one by one, as a word processor sends them: which of their texts each call makes again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from cite2bib.csl import ast, positions, program
from cite2bib.csl import passes as engine
from cite2bib.csl.context import UNDECIDED
from cite2bib.csl.items import Cite, Cluster
from cite2bib.csl.render import suite
from cite2bib.model import Work


class Place(NamedTuple):
    """Where a cite stands."""

    item: str
    position: int
    first_note: int
    near_note: bool
    number: int  # of the item in the bibliography


class Look(NamedTuple):
    """How an item's cite reads before anything tells it apart, and what does."""

    text: str
    told_apart: str
    suffix: str
    conditions: int


class Replay:
    """What a document says after each call that sets one citation between others."""

    def __init__(
        self, source: ast.Style, works: list[Work], short: Any, cite: Callable[[dict[str, Any]], Cite]
    ) -> None:
        self.source, self.short, self.cite = source, short, cite
        self.by_id = {work.id: work for work in works}
        self.known: dict[str, Cluster] = {}
        self.clusters: list[Cluster] = []
        self.works = works  # those that are cited, which make the bibliography
        self.texts: dict[str, str] = {}
        self.places: dict[str, list[Place]] = {}
        self.looks: dict[str, Look] = {}
        self.is_numeric = program.of_style(source).is_numeric
        self.shows_notes = source.has_variable("first-reference-note-number")
        self.has_positions = self.shows_notes or program.of_style(source).has_positions

    def run(self, calls: list[Any]) -> str:
        """The texts after the last call, those that it made again marked."""
        lines: list[str] = []
        for number, call in enumerate(calls):
            id_ = self.send(number, *call)
            texts = self.rendered()
            places, looks = self.placed()
            changed = self.retold(looks) | (self.renoted(places) if self.shows_notes else set())
            again = {other for other in texts if self.is_again(other, places, changed)} | {id_}
            again |= {other for other, text in texts.items() if self.texts.get(other) != text}
            lines = [
                f"{'>>' if other in again else '..'}[{place}] {text}"
                for place, (other, text) in enumerate(texts.items())
            ]
            self.texts, self.places, self.looks = texts, places, looks
        return "\n".join(lines)

    def send(self, number: int, citation: Any, earlier: list[Any], later: list[Any]) -> str:
        """Set a citation between those before and those behind it; its id."""
        id_ = str(citation.get("citationID") or f"CITATION-{number}")
        cites = tuple(map(self.cite, citation["citationItems"]))
        note = int(citation.get("properties", {}).get("noteIndex") or 0)
        self.known[id_] = Cluster(cites, note, id_)
        order = [*map(_place, earlier), (id_, note), *map(_place, later)]
        self.clusters = [Cluster(self.known[other].cites, note_, other) for other, note_ in order]
        cited = dict.fromkeys(cite.id for cluster in self.clusters for cite in cluster.cites)
        self.works = [self.by_id[key] for key in cited if key in self.by_id]
        return id_

    def rendered(self) -> dict[str, str]:
        """The text of each citation."""
        found = engine.cite(self.source, self.works, self.clusters, abbreviations=self.short).citations
        return {cluster.id: suite.text(tokens) for cluster, tokens in zip(self.clusters, found, strict=True)}

    def placed(self) -> tuple[dict[str, list[Place]], dict[str, Look]]:
        """Where the cites of each citation stand, and how the items read."""
        run = engine.Run(program.of_style(self.source), self.works)
        run.number()
        placed = [(cluster, run.placed(cluster)) for cluster in self.clusters]
        positions.assign(placed, 5)
        texts = {id_: run.undecided(item) for id_, item in run.items.items()}
        run.disambiguate()
        places = {
            cluster.id: [
                Place(cite.item.id, cite.position, cite.first_note, cite.near_note, cite.item.number)
                for cite in cites
            ]
            for cluster, cites in placed
        }
        looks = {}
        for id_, text in texts.items():
            decision = run.decided.get(id_, UNDECIDED)
            looks[id_] = Look(text, run.told_apart(run.items[id_]), decision.suffix, decision.conditions)
        return places, looks

    def is_again(self, id_: str, places: dict[str, list[Place]], changed: set[str]) -> bool:
        """Whether a text is made again though it may read as before: where what a style asks for has changed."""
        now = places[id_]
        before = self.places.get(id_, now)
        if self.has_positions and [cite[:-1] for cite in now] != [cite[:-1] for cite in before]:
            return True
        if self.is_numeric and now != before:
            return True
        return any(cite.item in changed for cite in now)

    def retold(self, looks: dict[str, Look]) -> set[str]:
        """The items that something else tells apart now, and those that read like one that is cited no more."""
        gone = {look.text for id_, look in self.looks.items() if id_ not in looks}
        return {
            id_
            for id_, look in looks.items()
            if id_ in self.looks and (look.text in gone or look[1:] != self.looks[id_][1:])
        }

    def renoted(self, places: dict[str, list[Place]]) -> set[str]:
        """The items whose first note has another number now: all texts with them are made again."""
        return {
            cite.item
            for id_ in self.places.keys() & places.keys()
            for cite, new in zip(self.places[id_], places[id_], strict=False)
            if cite.item == new.item and cite.first_note and new.first_note not in {0, cite.first_note}
        }


def _place(given: list[Any]) -> tuple[str, int]:
    """A citation that was sent before, and its note now."""
    return str(given[0]), int(given[1] or 0)
