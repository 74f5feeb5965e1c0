"""How the records of one document look alike: learnt from those that are sure, and asked of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib.light import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cite2bib.extract.listing.drafts import Draft
    from cite2bib.extract.listing.facts import Facts
    from cite2bib.extract.listing.records import Group

# What a title may have, and what a line loses as a title when its document's others have it.
_PENALTIES = {
    "link": 3.0,
    "label": 3.0,
    "head": 1.5,
    "item": 1.5,
    "heading": 1.5,
    "authors": 1.5,
    "whole": 1.5,
    "abstract": 0.8,
}
_TELLING = frozenset({"authors", "abstract", "head", "link", "label"})
_USUAL = 0.8  # the share of records that makes a habit


class Habits(NamedTuple):
    """What (nearly) all titles of a document have."""

    had: frozenset[str]
    place: tuple[bool, int] = (False, 0)  # whether in a list, and how deep
    abstracts: bool = False  # most have one
    sure: float = 1.0  # few records make a weak habit

    def misses(self, facts: Sequence[Facts], index: int) -> bool:
        """Whether a title lacks what all others have."""
        return bool(self._missing(facts, index))

    def _missing(self, facts: Sequence[Facts], index: int) -> frozenset[str]:
        missing = self.had - _features(facts, index, ())
        in_list = "item" in self.had and "item" not in missing and _place(facts[index]) == self.place
        return missing - {"whole"} if in_list else missing  # a list may name one work by its title alone

    def fits(self, facts: Sequence[Facts], index: int) -> bool:
        """Whether a line stands among others as titles do here, whatever it says."""
        return self.sure > 0.7 and bool(self.had & _TELLING) and not self._missing(facts, index)

    def weigh(self, facts: Sequence[Facts], index: int, emission: dict[str, float]) -> None:
        """Change what a line may be by whether it looks like the titles of its document."""
        item = facts[index]
        missing = self._missing(facts, index)
        if "T" in emission:
            emission["T"] -= self.sure * sum(_PENALTIES[name] for name in missing)
        if "item" in self.had and "item" not in missing and _place(item) == self.place:
            told = item.label or item.is_detail or item.only_ids
            for name in "UAD" if not told else "":
                if name in emission:
                    emission[name] -= 2.0 * self.sure
        ends = item.line.text.endswith((".", "?", "!", ".)"))
        if (
            self.abstracts
            and "A" in emission
            and ends
            and item.prose > 0.2
            and not (item.chrome or item.byline)
        ):
            emission["A"] += 1.6 * self.sure
        if item.chrome and self.fits(facts, index):
            emission["T"] = emission.get("T", 0.0) + 4.5
            emission["X"] = emission.get("X", 0.0) - 2.5
        if "T" in emission and not missing and not (item.record and item.record[1] > 0.3):
            emission["T"] += 1.0 * self.sure


def _features(facts: Sequence[Facts], index: int, before: Sequence[Facts]) -> frozenset[str]:
    """What a line has that titles may have."""
    item = facts[index]
    after = facts[index + 1] if index + 1 < len(facts) else None
    previous = before or list(_heads(facts, index))
    tests = {
        "link": item.work_link,
        "label": bool(item.label and item.label[0] in {"title", "paper"}) or _is_labelled(facts, index),
        "head": any(other.head or other.vote or other.submitted or other.classes for other in previous),
        "item": item.line.is_item,
        "heading": item.line.kind == "heading",
        "abstract": bool(after and after.prose > 1.5 and not after.chrome and not after.label),
        "whole": bool(item.record and item.record[1] >= 0.45),
        "authors": bool(
            after
            and not after.chrome
            and (after.people or after.byline or (after.label and after.label[0] == "authors"))
        ),
    }
    return frozenset(name for name, has in tests.items() if has)


def _heads(facts: Sequence[Facts], index: int) -> Iterator[Facts]:
    """The lines right before one that may stand before a title."""
    for place in range(index - 1, max(-1, index - 7), -1):
        item = facts[place]
        if is_submitter(facts, place):
            continue
        if not (
            item.head
            or item.vote
            or item.submitted
            or item.classes
            or item.number
            or item.only_ids
            or item.key
        ):
            return
        yield item


def is_submitter(facts: Sequence[Facts], index: int) -> bool:
    """Whether a line is the name behind a "Submitted by"."""
    before = facts[index - 1] if index else None
    by = before and before.submitted and before.line.text.lower().endswith("by")
    return bool(by and len(facts[index].line.text) < 40)


def _is_labelled(facts: Sequence[Facts], index: int) -> bool:
    label = facts[index - 1].label if index else None
    return bool(label and label[0] == "title" and not label[1])


def _place(item: Facts) -> tuple[bool, int]:
    return item.line.is_item, item.line.level


def learn(
    groups: Sequence[Group], drafts: Sequence[Draft], kept: Sequence[bool], facts: Sequence[Facts]
) -> Habits | None:
    """The habits of a document's sure records; None when there are too few."""
    sure = [group for group, keep in zip(groups, kept, strict=True) if keep]
    if len(sure) < 2:
        return None
    features = [_features(facts, group.index, group.before) for group in sure]
    usual = 1.0 if len(sure) < 4 else _USUAL
    had = frozenset(
        name for name in _PENALTIES if sum(name in found for found in features) >= usual * len(sure)
    )
    places = [_place(group.start) for group in sure]
    place = max(sorted(set(places)), key=places.count)
    abstracts = [bool(draft.abstract) for draft, keep in zip(drafts, kept, strict=True) if keep]
    most = sum(abstracts) >= 0.5 * len(abstracts)
    return Habits(had, place, most, min(1.0, len(sure) / 4)) if had or most else None
