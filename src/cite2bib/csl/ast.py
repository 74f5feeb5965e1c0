"""What a style says, typed: the tree between its XML and the functions that `evaluate` makes of it.

https://docs.citationstyles.org/en/stable/specification.html#rendering-elements
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from cite2bib.light import NamedTuple, dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class Look(NamedTuple):
    """How an element's output is dressed: formatting, affixes, quotes, case, display."""

    prefix: str = ""
    suffix: str = ""
    formats: tuple[tuple[str, str], ...] = ()  # ("font-style", "italic"), ...
    quotes: bool = False
    strip_periods: bool = False
    text_case: str = ""
    display: str = ""
    delimiter: str = ""
    affixes_inside: bool = False  # a layout formats its affixes as well

    @property
    def plain(self) -> bool:
        """Whether it changes nothing."""
        return self is PLAIN or self == PLAIN


PLAIN = Look()


class Text(NamedTuple):
    """cs:text, of one of four sources."""

    source: str  # "variable", "macro", "term", "value"
    value: str
    form: str
    plural: bool
    look: Look


class Number(NamedTuple):
    """cs:number."""

    variable: str
    form: str
    look: Look


class Label(NamedTuple):
    """cs:label, alone or inside cs:names."""

    variable: str
    form: str
    plural: str  # "contextual", "always", "never"
    look: Look


class DatePart(NamedTuple):
    """cs:date-part."""

    name: str
    form: str
    range_delimiter: str
    look: Look


class Date(NamedTuple):
    """cs:date."""

    variable: str
    form: str  # "" for a date that brings its own parts
    date_parts: str  # "year-month-day", "year-month", "year"
    parts: tuple[DatePart, ...]
    look: Look


class NamePart(NamedTuple):
    """cs:name-part."""

    look: Look = PLAIN


class Name(NamedTuple):
    """cs:name: what it says itself; what it inherits is added when it is compiled."""

    options: Mapping[str, str] = MappingProxyType({})
    look: Look = PLAIN
    family: NamePart = NamePart()
    given: NamePart = NamePart()


class EtAl(NamedTuple):
    """cs:et-al."""

    term: str = "et-al"
    look: Look = PLAIN


class Names(NamedTuple):
    """cs:names."""

    variables: tuple[str, ...]
    name: Name | None
    et_al: EtAl | None
    label: Label | None
    label_first: bool
    substitute: tuple[Element, ...]
    delimiter: str | None
    look: Look
    inherits: bool = False  # in cs:substitute, without a cs:name of its own


class Group(NamedTuple):
    """cs:group."""

    children: tuple[Element, ...]
    look: Look


class Condition(NamedTuple):
    """One attribute of cs:if: a test and what it is put to."""

    test: str
    values: tuple[str, ...]


class Branch(NamedTuple):
    """cs:if, cs:else-if or cs:else."""

    match: str  # "all", "any", "none", "nand"
    conditions: tuple[Condition, ...]  # none for cs:else
    children: tuple[Element, ...]


class Choose(NamedTuple):
    """cs:choose."""

    branches: tuple[Branch, ...]


Element: TypeAlias = "Text | Number | Label | Date | Names | Group | Choose"


class Uses(NamedTuple):
    """What the elements of a macro or an area name themselves; what the macros name that they call is not here."""

    macros: frozenset[str]
    variables: frozenset[str]  # rendered as text or number
    tests: frozenset[str]


class Layout(NamedTuple):
    """cs:layout."""

    children: tuple[Element, ...]
    look: Look


class Key(NamedTuple):
    """cs:key of cs:sort."""

    variable: str
    macro: str
    descending: bool
    options: Mapping[str, str]  # et-al-min and its like, from names-min and its like


class Area(NamedTuple):
    """cs:citation or cs:bibliography."""

    layout: Layout
    keys: tuple[Key, ...]
    options: Mapping[str, str]
    uses: Uses

    def option(self, name: str, default: str = "") -> str:
        """One of its attributes."""
        return self.options.get(name, default)

    def flag(self, name: str) -> bool:
        """Whether an attribute is "true"."""
        return self.options.get(name) == "true"


class Term(NamedTuple):
    """One form of a term."""

    single: str
    multiple: str
    gender: str = ""  # of the thing it names
    match: str = ""  # how many digits an ordinal suffix is for


class LocaleData:
    """What one cs:locale says, or several merged."""

    __slots__ = ("dates", "language", "options", "terms")

    def __init__(self, language: str) -> None:
        self.language = language
        self.terms: dict[tuple[str, str, str], Term] = {}  # name, form, gender-form
        self.dates: dict[str, Date] = {}
        self.options: dict[str, str] = {}

    def add(self, other: LocaleData) -> None:
        """Let another's words override these; a new general ordinal replaces all old ones (spec, Ordinal Suffixes)."""
        if any(name == "ordinal" for name, _, _ in other.terms):
            self.terms = {key: term for key, term in self.terms.items() if not key[0].startswith("ordinal")}
        self.terms.update(other.terms)
        self.dates.update(other.dates)
        self.options.update(other.options)

    def forget(self, others: Iterable[tuple[str, str, str]]) -> None:
        """Drop all forms of what others name: a short form of their own comes before an English symbol."""
        names = {name for name, _, _ in others}
        self.terms = {key: term for key, term in self.terms.items() if key[0] not in names}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Style:
    """A whole independent style. Equal to itself alone, so that programs are kept by it."""

    path: str
    is_note: bool
    default_locale: str
    options: Mapping[str, str]
    macros: Mapping[str, tuple[Element, ...]]
    uses: Mapping[str, Uses]  # of each macro
    citation: Area
    bibliography: Area | None
    locales: tuple[LocaleData, ...]

    def has_variable(self, variable: str) -> bool:
        """Whether any element renders that variable as text."""
        areas = (self.citation, self.bibliography)
        uses = (*self.uses.values(), *(area.uses for area in areas if area))
        return any(variable in used.variables for used in uses)

    def tests(self, area: Area) -> set[str]:
        """The tests that the elements of an area make, macros included."""
        return {test for used in self.used(area) for test in used.tests}

    def used(self, area: Area) -> list[Uses]:
        """What an area uses, and each of the macros that it calls."""
        found = [area.uses]
        seen: set[str] = set()
        stack = list(area.uses.macros)
        while stack:
            name = stack.pop()
            if name not in seen:
                seen.add(name)
                found.append(self.uses[name])
                stack.extend(self.uses[name].macros)
        return found
