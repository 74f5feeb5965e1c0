"""Works as the engine sees them: prepared once, asked often.

Virtual variables (page-first, the short forms) and variables written into `note` as citeproc-js reads them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib import dates
from cite2bib.csl.people import Person, family_first, person
from cite2bib.light import NamedTuple
from cite2bib.model import VARIABLES, Date, Kind, Name
from cite2bib.patterns import late

if TYPE_CHECKING:
    from cite2bib.model import Work

_NOTE_BRACED = late(r"\{:([\-_a-zA-Z]+):\s*([^}]*)\}")
_NOTE_LINE = late(r"([\-_a-zA-Z]+):\s*(.*\S)\s*")
_FIRST_PAGE = late(r"\s*(?:\\-|[^,&–—-])+")  # an escaped hyphen parts no pages
# Languages whose names begin with the family, whatever the script they are written in.
_FAMILY_FIRST = frozenset(("hu", "ja", "vi", "zh"))
_LARGEST_MONTH = 12
_SPELLINGS = {variable.lower(): variable for variable in VARIABLES}


class Day(NamedTuple):
    """One end of a date; 0 is unknown."""

    year: int
    month: int
    day: int
    season: int
    is_month: bool = False  # the season stands in the place of a month
    keeps_era: bool = False  # what follows says the era
    era_of: int = 0  # the year whose era is said, if not its own


class When(NamedTuple):
    """A date, ready to be rendered."""

    start: Day | None
    end: Day | None
    circa: bool
    literal: str


def _day(parts: tuple[int, ...], season: int) -> Day | None:
    """Months above 12 are seasons, in the reckonings of citeproc-js (13 to 20) and of EDTF (21 to 24)."""
    if not parts:
        return None
    year, month, day = (*parts, 0, 0)[:3]
    if not year:
        return Day(0, 0, 0, 0)  # the open end of a range
    is_month = _LARGEST_MONTH < month <= 24
    if is_month:
        season, month = (month - 1) % 4 + 1, 0
    elif not 0 < month <= _LARGEST_MONTH:
        month = 0
    return Day(year, month, day if month and 0 < day <= 31 else 0, 0 if month else season, is_month)


def when(date: Date) -> When:
    """A date of the model, prepared."""
    return When(_day(date.start, date.season), _day(date.end, date.end_season), date.circa, date.literal)


class Cite(NamedTuple):
    """One item of a citation, as a text asks for it."""

    id: str
    locator: str = ""
    label: str = ""
    prefix: str = ""
    suffix: str = ""
    suppress_author: bool = False
    author_only: bool = False
    author_in_text: bool = False  # the author stands in the sentence: `Rendered.authors`
    position: int | None = None  # forced by the caller, as citeproc-js allows
    near_note: bool | None = None
    comma_joins: bool = False  # a comma that begins the suffix goes into quotes, as pandoc has it


class Cluster(NamedTuple):
    """One citation: its cites, and the number of its note (0 in the text)."""

    cites: tuple[Cite, ...]
    note: int = 0
    id: str = ""
    keeps_order: bool = False  # a cite with a prefix ("see also") is not sorted before what it follows


class Item:
    """One work in a run of the engine: its values by variable, and its place in the list."""

    __slots__ = (
        "_dates",
        "_people",
        "id",
        "index",
        "is_english",
        "label",
        "language",
        "number",
        "type",
        "values",
    )

    def __init__(self, work: Work, index: int) -> None:
        self.id = work.id
        self.type = work.type
        self.index = index
        self.number = index + 1  # the citation number, until the bibliography is sorted
        self.label = ""
        self.values: dict[str, object] = {name: field.value for name, field in work.fields.items()}
        self._dates: dict[str, When | None] = {}
        self._people: dict[str, tuple[Person, ...]] = {}
        note = self.values.get("note")
        if isinstance(note, str) and ":" in note:
            self._read_note(note)
        self.language = self.text("language")
        self.is_english: bool | None = self.language.lower().startswith("en") if self.language else None
        if self.values.get("jurisdiction"):
            self.is_english = False  # the reference leaves the titles of law as they are written

    def text(self, variable: str) -> str:
        """A text or number; "" where there is none."""
        value = self.values.get(variable)
        if isinstance(value, str):
            return value
        if variable == "page-first":
            found = _FIRST_PAGE.match(self.text("page"))
            return found[0].strip() if found else ""
        return ""

    def short(self, variable: str) -> str:
        """The short form of a variable, or the variable itself."""
        return self.text(f"{variable}-short") or self.text(variable)

    def people(self, variable: str) -> tuple[Person, ...]:
        """The names of a variable, prepared."""
        found = self._people.get(variable)
        if found is None:
            value = self.values.get(variable)
            names = value if isinstance(value, tuple) else ()
            found = tuple(map(person, names))
            if self.language.replace("_", "-").partition("-")[0] in _FAMILY_FIRST:
                found = tuple(map(family_first, found))
            self._people[variable] = found
        return found

    def date(self, variable: str) -> When | None:
        """A date, prepared."""
        if variable not in self._dates:
            value = self.values.get(variable)
            found = when(value) if isinstance(value, Date) else None
            if found is not None and not (found.start or found.literal):
                found = None
            self._dates[variable] = found
        return self._dates[variable]

    def has(self, variable: str) -> bool:
        """Whether a variable has a value at all."""
        value = self.values.get(variable)
        if isinstance(value, Date):
            return self.date(variable) is not None
        return bool(value) or (variable == "page-first" and bool(self.text("page")))

    def _read_note(self, note: str) -> None:
        """Take `{:variable: value}` and leading lines `variable: value` out of the note."""
        kept = _NOTE_BRACED.sub(lambda found: self._taken(found[1], found[2].strip()) or "", note)
        lines = kept.split("\n")
        rest = list(lines)
        for number, line in enumerate(lines):
            found = _NOTE_LINE.fullmatch(line)
            if found and self._taken(found[1], found[2]) is None:
                rest.remove(line)
            elif number:
                break
        self.values["note"] = "\n".join(rest).strip()

    def _taken(self, name: str, value: str) -> str | None:
        """None when a variable was set from the note, else what stays there."""
        variable = _SPELLINGS.get(name.lower().replace("_", "-"), _SPELLINGS.get(name.lower(), ""))
        if name == "type":
            self.type = value
            return None
        if not variable:
            return f"{{:{name}:{value}}}"
        match VARIABLES[variable]:
            case Kind.NAMES:
                family, _, given = value.partition("||")
                name_ = Name(family.strip(), given.strip()) if given else Name(literal=value)
                before = self.values.get(variable)
                self.values[variable] = (*(before if isinstance(before, tuple) else ()), name_)
            case Kind.DATE:
                self.values[variable] = dates.parse(value) or Date(literal=value)
            case _:
                self.values.setdefault(variable, value)
        return None
