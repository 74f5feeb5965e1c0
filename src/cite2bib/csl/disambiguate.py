"""What tells ambiguous cites apart: names, given names, a condition of the style, letters after the year.

Render all, group equal strings, decide, render again: only inside groups that are equal. The order of the steps is that of
https://docs.citationstyles.org/en/stable/specification.html#disambiguation; how far a step is kept follows citeproc-js.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from cite2bib.csl.context import UNDECIDED, Decision, NameForms, NameList
from cite2bib.csl.namelists import FULL, INITIALS, given_key, initials_key
from cite2bib.light import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from cite2bib.csl.ast import Area
    from cite2bib.csl.items import Item
    from cite2bib.csl.people import Person

Lists: TypeAlias = "list[NameList]"
# An item as its cite would read under a decision, the name lists in it, and the conditions met in it.
Try: TypeAlias = "Callable[[Item, Decision], tuple[str, Lists, int]]"


class _Class(NamedTuple):
    """Items that no names can tell apart: one of them stands for all."""

    item: Item
    members: list[Item]
    lists: Lists


class Methods(NamedTuple):
    """What a style allows."""

    names: bool
    given: bool  # given names within a cite; the other rules act on all cites alike
    condition: bool
    suffix: bool

    @property
    def any(self) -> bool:
        """Whether there is anything to do."""
        return self.names or self.given or self.condition or self.suffix


def methods(citation: Area, *, has_condition: bool) -> Methods:
    """The methods that a style asks for."""
    by_cite = citation.option("givenname-disambiguation-rule", "by-cite") == "by-cite"
    return Methods(
        names=citation.flag("disambiguate-add-names"),
        given=citation.flag("disambiguate-add-givenname") and by_cite,
        condition=has_condition,
        suffix=citation.flag("disambiguate-add-year-suffix"),
    )


def name_forms(empty: NameForms, lists_of_items: Iterable[Lists], *, primary: bool) -> NameForms:
    """All people of all cites, or the first of each list, for the rules that look at all of them."""
    forms = NameForms(with_particles=empty.with_particles)
    for lists in lists_of_items:
        for people, *_ in lists:
            for person in people[:1] if primary else people:
                if person.given:  # as in the reference, whose given name is unknown tells nobody apart
                    forms.add(forms.family(person), initials_key(person.given), given_key(person.given))
    return forms


def concern(forms: NameForms, lists: Lists) -> bool:
    """Whether anybody of some lists has the family name of somebody else."""
    return any(forms.several(forms.family(person)) for people, *_ in lists for person in people)


def decide(items: Sequence[Item], try_: Try, allowed: Methods) -> dict[str, Decision]:
    """A decision for each item whose cite is ambiguous; items come in the order of the bibliography."""
    groups: dict[str, list[tuple[Item, Lists]]] = {}
    for item in items:
        text, lists, _ = try_(item, UNDECIDED)
        groups.setdefault(text, []).append((item, lists))
    decided: dict[str, Decision] = {}
    for group in groups.values():
        if len(group) > 1:  # those that print nothing as well, as in the reference
            _Group(try_, allowed, decided).run(group)
    return decided


class _Group:
    """One set of items whose cites read the same."""

    def __init__(self, try_: Try, allowed: Methods, decided: dict[str, Decision]) -> None:
        self.try_ = try_
        self.allowed = allowed
        self.decided = decided

    def run(self, group: list[tuple[Item, Lists]]) -> None:
        classes = _classes(group)
        if not (self.allowed.names or self.allowed.given):
            self.settle([(UNDECIDED, classes)])
            return
        left: list[tuple[Decision, list[_Class]]] = []
        queue = [(_base(classes), classes)]
        while queue:
            base, some = queue.pop(0)
            queue += self.by_names(base, some, left)
        self.settle(left)

    def by_names(
        self, base: Decision, classes: list[_Class], left: list[tuple[Decision, list[_Class]]]
    ) -> list[tuple[Decision, list[_Class]]]:
        """Show more of the names step by step; a step is kept when fewer cites read like the first one.

        What cannot be told apart goes to `left`; what a step has parted from the first comes back in sets that read alike.
        """
        best, partners = base, classes
        parted: list[tuple[Decision, list[_Class]]] = []
        current = base
        for change in self.steps(classes):
            if _count(partners) == 1:
                break
            current = change.after(current)
            together, apart = self.split(partners, current)
            if not apart:
                continue
            best = _kept(best, change, current)
            current = best
            parted.append((best, apart))
            partners = together
        if _count(partners) == 1:
            self.keep(partners, best)
        else:
            left.append((best, partners))
        return [again for decision, some in parted for again in self.alike(decision, some)]

    def alike(self, decision: Decision, classes: list[_Class]) -> Iterator[tuple[Decision, list[_Class]]]:
        """The sets that still read the same under a decision; what it tells apart by itself needs no more."""
        groups: dict[str, list[_Class]] = {}
        for entry in classes:
            text = self.try_(entry.item, decision)[0] if len(classes) > 1 else ""
            groups.setdefault(text, []).append(entry)
        for group in groups.values():
            if _count(group) == 1:
                self.keep(group, decision)
            else:
                yield decision, group

    def steps(self, classes: list[_Class]) -> Iterator[_Step]:
        """Everything that names can add, in order: given names of a name, then the next name."""
        longest = max(classes, key=lambda entry: sum(len(people) for people, *_ in entry.lists))
        for place, (people, shown, has_initials) in enumerate(longest.lists):
            for index in range(len(people)):
                if index >= shown:
                    if not self.allowed.names:
                        break
                    yield _NameStep(place, index + 1)
                # As in the reference, a style that shows no more names shows more of the first alone.
                has_given = self.allowed.given and _has_given(classes, place, index)
                if has_given and (self.allowed.names or not index):
                    if has_initials:
                        yield _GivenStep(place, index, INITIALS)
                    yield _GivenStep(place, index, FULL)

    def split(self, classes: list[_Class], decision: Decision) -> tuple[list[_Class], list[_Class]]:
        """Those that read like the first, and the others."""
        first, *_ = self.try_(classes[0].item, decision)
        together = [classes[0]]
        apart: list[_Class] = []
        for entry in classes[1:]:
            text, *_ = self.try_(entry.item, decision)
            (together if text == first else apart).append(entry)
        return together, apart

    def keep(self, classes: list[_Class], decision: Decision) -> None:
        for entry in classes:
            for item in entry.members:
                self.decided[item.id] = decision

    def settle(self, left: list[tuple[Decision, list[_Class]]]) -> None:
        """What names did not tell apart: the condition, then letters."""
        for decision, classes in left:
            if _count(classes) == 1:
                self.keep(classes, decision)
                continue
            members = sorted(
                (item for entry in classes for item in entry.members), key=lambda item: item.number
            )
            self.by_condition(decision, members)

    def by_condition(self, decision: Decision, members: list[Item]) -> None:
        """One more test of the style is met at a time, until it tells the items apart or there are no more."""
        if not self.allowed.condition or self.allowed.suffix:  # letters tell all apart
            self.by_suffix(decision, members)
            return
        while members:
            decision = decision._replace(conditions=decision.conditions + 1)
            members = self.by_test(decision, members)

    def by_test(self, decision: Decision, members: list[Item]) -> list[Item]:
        """Those that need one test more: as in the reference, the first that are alike and what comes after them."""
        groups: dict[str, list[Item]] = {}
        tests = 0
        for item in members:
            text, _, seen = self.try_(item, decision)
            groups.setdefault(text, []).append(item)
            tests = max(tests, seen)
        left = len(members)
        for group in groups.values():
            if len(group) == 1:
                self.decided[group[0].id] = decision
            elif tests <= decision.conditions:
                self.by_suffix(decision, group)
            else:
                return self.after(decision, group, members, left - len(group))
            left -= len(group)
        return []

    def after(self, decision: Decision, group: list[Item], members: list[Item], others: int) -> list[Item]:
        """The first group of items that are alike, with all others that nothing is decided of, unless there is but one."""
        rest = [item for item in members if item.id not in self.decided]
        if others > 1:
            return rest
        alike = {item.id for item in group}
        self.decided |= {item.id: decision for item in rest if item.id not in alike}
        return group

    def by_suffix(self, decision: Decision, members: list[Item]) -> None:
        for number, item in enumerate(members, 1):
            suffix = letters(number) if self.allowed.suffix else ""
            self.decided[item.id] = decision._replace(suffix=suffix)


def _classes(group: list[tuple[Item, Lists]]) -> list[_Class]:
    classes: dict[tuple[tuple[Person, ...], ...], _Class] = {}
    for item, lists in group:
        key = tuple(people for people, *_ in lists)
        if key in classes:
            classes[key].members.append(item)
        else:
            classes[key] = _Class(item, [item], lists)
    return list(classes.values())


def _has_given(classes: list[_Class], place: int, index: int) -> bool:
    """Whether there is a given name to show in that place of any of the cites: others may have an institution there."""
    for entry in classes:
        if (
            place < len(entry.lists)
            and index < len(people := entry.lists[place].people)
            and people[index].given
        ):
            return True
    return False


def _count(classes: list[_Class]) -> int:
    return sum(len(entry.members) for entry in classes)


def _base(classes: list[_Class]) -> Decision:
    """The names as they are shown now, room for all that could be."""
    longest = max(classes, key=lambda entry: sum(len(people) for people, *_ in entry.lists)).lists
    return Decision(
        names=tuple(entry.shown for entry in longest),
        given=tuple((0,) * len(entry.people) for entry in longest),
    )


class _NameStep(NamedTuple):
    """Show so many names of one list."""

    place: int
    shown: int

    def after(self, decision: Decision) -> Decision:
        names = list(decision.names)
        names[self.place] = max(names[self.place], self.shown)
        return decision._replace(names=tuple(names))


class _GivenStep(NamedTuple):
    """Show so much of one given name."""

    place: int
    person: int
    level: int

    def after(self, decision: Decision) -> Decision:
        given = [list(levels) for levels in decision.given]
        given[self.place][self.person] = self.level
        return decision._replace(given=tuple(map(tuple, given)))


_Step: TypeAlias = "_NameStep | _GivenStep"


def _kept(best: Decision, change: _Step, current: Decision) -> Decision:
    """The best decision so far with the step that helped; steps before that did not help are dropped.

    A given name can only be shown of a name that is.
    """
    kept = change.after(best)
    if isinstance(change, _GivenStep) and change.person >= kept.names[change.place]:
        kept = _NameStep(change.place, change.person + 1).after(kept)
    assert len(kept.names) == len(current.names)
    return kept


def letters(number: int) -> str:
    """1 is a, 26 z, 27 aa.

    >>> letters(1), letters(26), letters(27), letters(703)
    ('a', 'z', 'aa', 'aaa')
    """
    out = ""
    while number:
        number, rest = divmod(number - 1, 26)
        out = chr(ord("a") + rest) + out
    return out
