"""What an element can ask while it is evaluated: the item, the cite, where it stands, and what was decided of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib.csl.items import Cite
from cite2bib.light import NamedTuple

if TYPE_CHECKING:
    from cite2bib.csl.items import Item
    from cite2bib.csl.people import Person

FIRST, SUBSEQUENT, IBID, IBID_WITH_LOCATOR = range(4)

# What a group learns of its children.
CALLED = 1  # a variable was asked for
FILLED = 2  # and one of those had a value
TERMS = 4  # a term or a fixed value was rendered

NO_CITE = Cite("")


class Decision(NamedTuple):
    """What disambiguation decided for one item."""

    names: tuple[int, ...] = ()  # how many names each list shows at least
    given: tuple[tuple[int, ...], ...] = ()  # 0 family, 1 initials, 2 given names: for each name of each list
    suffix: str = ""  # the letter after the year
    conditions: int = 0  # how many tests `disambiguate="true"` are met


UNDECIDED = Decision()
_NONE: set[str] = set()


class NameList(NamedTuple):
    """The names of one variable as a cite shows them."""

    people: tuple[Person, ...]
    shown: int  # how many of them
    has_initials: bool  # whether the style makes initials of given names


class NameForms:
    """How much of each given name tells people of one family name apart, over all works (spec, names)."""

    __slots__ = ("_families", "with_particles")

    def __init__(self, *, with_particles: bool = False) -> None:
        # family -> initials -> given names
        self._families: dict[str, dict[str, set[str]]] = {}
        self.with_particles = with_particles

    def family(self, person: Person) -> str:
        """What people of one family name share: the particle only where the style never parts it from the name."""
        return f"{person.particle}|{person.family}" if self.with_particles else person.family

    def add(self, family: str, initials: str, given: str) -> None:
        """Count one name."""
        self._families.setdefault(family, {}).setdefault(initials, set()).add(given)

    def ambiguous_family(self, family: str) -> bool:
        """Whether several people share the family name."""
        forms = self._families.get(family)
        return forms is not None and len(forms) > 1

    def ambiguous_initials(self, family: str, initials: str) -> bool:
        """Whether several people share family name and initials."""
        forms = self._families.get(family)
        return forms is not None and len(forms.get(initials, ())) > 1

    def several(self, family: str) -> bool:
        """Whether several full names share the family name."""
        forms = self._families.get(family)
        return forms is not None and sum(map(len, forms.values())) > 1


class Context:
    """The state of one rendering of one item. Plain and mutable: it lives for one call."""

    __slots__ = (
        "asked_text",
        "backreference",
        "begun",
        "cite",
        "conditions",
        "decision",
        "flags",
        "in_bibliography",
        "in_sort",
        "item",
        "lists",
        "locator_done",
        "name_forms",
        "named",
        "nameless",
        "near_note",
        "position",
        "quashed",
        "record",
        "suffix_done",
    )

    def __init__(self, item: Item, cite: Cite = NO_CITE) -> None:
        self.item = item
        self.cite = cite
        self.position = FIRST
        self.near_note = False
        self.backreference = ""  # first-reference-note-number
        self.decision = UNDECIDED
        self.flags = 0
        # As in the reference, names that nobody has begin a cite, up to the end of an empty group.
        self.begun = False
        self.asked_text = False  # a cs:text with a variable was met
        self.quashed: set[str] | None = None  # variables that a substitution has used
        self.record: set[str] | None = None  # variables rendered inside a substitution
        self.lists: list[NameList] = []  # rendered so far
        self.name_forms: NameForms | None = None
        self.suffix_done = False
        self.named: bool | None = None  # whether the first cs:names that was met says anything
        self.nameless = False  # whether another cs:names was asked in vain for what stands in for it
        self.locator_done = False  # a cite says its locator once
        self.conditions = 0  # tests `disambiguate="true"` seen so far
        self.in_bibliography = False
        self.in_sort = False

    def unavailable(self) -> set[str]:
        """Variables that a substitution has used, or that the one at work has rendered."""
        if self.record:
            return self.record | self.quashed if self.quashed else self.record
        return self.quashed or _NONE
