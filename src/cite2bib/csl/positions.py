"""Where each cite stands: first, subsequent, ibid, with or without locator, near its last note.

https://docs.citationstyles.org/en/stable/specification.html#locators, position and near-note-distance
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from cite2bib.csl.context import FIRST, IBID, IBID_WITH_LOCATOR, SUBSEQUENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cite2bib.csl.items import Cite, Cluster, Item
    from cite2bib.csl.sortkeys import Weights


class Placed:
    """A cite, its item, and where it stands."""

    __slots__ = ("cite", "first_note", "item", "near_note", "position", "weights")

    def __init__(self, cite: Cite, item: Item) -> None:
        self.cite, self.item = cite, item
        self.position = FIRST
        self.near_note = False
        self.first_note = 0
        self.weights: Weights | None = None  # what it sorts by in its cluster, if it does


def assign(clusters: Sequence[tuple[Cluster, list[Placed]]], near_distance: int) -> None:
    """Set position, near note and first note of all cites, in the order of the text."""
    for in_note in (False, True):
        _assign(
            [(cluster, cites) for cluster, cites in clusters if bool(cluster.note) is in_note], near_distance
        )


def _assign(clusters: Sequence[tuple[Cluster, list[Placed]]], near_distance: int) -> None:
    """The cites in notes, or those in the text, which are counted apart (fixture position_IbidInText)."""
    in_note = Counter(cluster.note for cluster, _ in clusters if cluster.note)
    first_note: dict[str, int] = {}
    last_note: dict[str, int] = {}
    seen: set[str] = set()
    before: list[Placed] = []  # the cites of the cluster before
    note_before = 0  # where other notes stand between, "ibid." would be one of those
    for cluster, cites in clusters:
        for number, placed in enumerate(cites):
            id_ = placed.item.id
            if id_ in seen:
                alone = note_before == cluster.note or (
                    in_note[note_before] <= 1 and note_before + 1 >= cluster.note
                )
                if number:
                    placed.position = _position(placed, [cites[number - 1]])
                else:
                    several = len(before) > 1 and note_before != cluster.note
                    placed.position = _position(placed, before if alone and not several else [])
                placed.first_note = first_note[id_] if first_note[id_] != cluster.note else 0
                distance = cluster.note - last_note[id_]
                placed.near_note = distance <= near_distance
            else:
                seen.add(id_)
                first_note[id_] = cluster.note
            last_note[id_] = cluster.note
            _force(placed)
        before, note_before = cites, cluster.note


def _position(placed: Placed, before: list[Placed]) -> int:
    """Where a later cite stands: "ibid." is the last of those before, at the place of the first (as in the reference)."""
    if not before or before[-1].item.id != placed.item.id:
        return SUBSEQUENT
    locator, other = _locator(placed.cite), _locator(before[0].cite)
    if locator == other:
        return IBID
    return IBID_WITH_LOCATOR if locator else SUBSEQUENT


def _locator(cite: Cite) -> tuple[str, str] | None:
    return (cite.locator.strip(), cite.label or "page") if cite.locator.strip() else None


def _force(placed: Placed) -> None:
    """What the caller says of a cite counts more than what is found."""
    if placed.cite.position is not None:
        placed.position = placed.cite.position
    if placed.cite.near_note is not None:
        placed.near_note = placed.cite.near_note
