"""The one idea of this package: everything is a work, and a query is a partial work.

Field names are CSL variable names (https://docs.citationstyles.org/en/stable/specification.html#appendix-iv-variables),
so merging, comparing, telling origins and writing CSL-JSON are loops over `VARIABLES`.
"""

from __future__ import annotations

from enum import Enum
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from cite2bib.light import NamedTuple, dataclass, field, replace

if TYPE_CHECKING:
    from collections.abc import Mapping


class Kind(Enum):
    """What a variable's value is."""

    RICH = "rich"  # text that may hold the inline markup of `richtext`
    PLAIN = "plain"  # text without markup: identifiers, addresses, codes
    NUMBER = "number"  # text that styles may treat as a number: "12", "3-4", "2nd"
    NAMES = "names"  # a tuple of `Name`
    DATE = "date"  # a `Date`


def _rows(kind: Kind, names: str) -> dict[str, Kind]:
    return dict.fromkeys(names.split(), kind)


CSL_VARIABLES: Mapping[str, Kind] = MappingProxyType(
    _rows(
        Kind.RICH,
        "abstract annote archive archive_collection archive-place authority collection-title container-title "
        "container-title-short dimensions division event event-place event-title genre jurisdiction keyword medium "
        "note original-publisher original-publisher-place original-title part-title publisher publisher-place "
        "references reviewed-genre reviewed-title scale source status title title-short volume-title",
    )
    | _rows(
        Kind.PLAIN,
        "archive_location call-number citation-key citation-label DOI ISBN ISSN language license PMCID PMID URL "
        "year-suffix",
    )
    | _rows(
        Kind.NUMBER,
        "chapter-number citation-number collection-number edition first-reference-note-number issue locator number "
        "number-of-pages number-of-volumes page page-first part-number printing-number section supplement-number "
        "version volume",
    )
    | _rows(
        Kind.NAMES,
        "author chair collection-editor compiler composer container-author contributor curator director editor "
        "editor-translator editorial-director executive-producer guest host illustrator interviewer narrator organizer "
        "original-author performer producer recipient reviewed-author script-writer series-creator translator",
    )
    | _rows(Kind.DATE, "accessed available-date event-date issued original-date submitted")
)

# What a work needs beyond CSL. Formats that have a place for these map them; CSL-JSON spreads arXiv ids over
# number, archive and archive_location (see formats/csljson).
OWN_VARIABLES: Mapping[str, Kind] = MappingProxyType(
    _rows(
        Kind.PLAIN,
        "arxiv"  # bare id without version: 2303.12712, hep-th/9901001
        " arxiv-class"  # primary class: cs.CL
        " openalex"  # W2741809807
        " repository"  # addresses of code and data, parted by spaces
        " organization",  # who a page says the work is from, when it names no author
    )
    | _rows(Kind.NUMBER, "author-count")  # how many authors a page says there are
)

VARIABLES: Mapping[str, Kind] = MappingProxyType({**CSL_VARIABLES, **OWN_VARIABLES})


def kind_of(variable: str) -> Kind:
    """The kind of a variable; a foreign one (`bibtex:annotation`, `listing:upvotes`) is plain text.

    A foreign variable is what a format or page says and the model has no place for. Its name starts with the
    name of where it is from, and only that format writes it back.
    """
    return VARIABLES.get(variable, Kind.PLAIN)


class Name(NamedTuple):
    """A person (`family`, `given`, ...), or whatever can't be taken apart (`literal`)."""

    family: str = ""
    given: str = ""
    particle: str = ""  # non-dropping: the "van der" of "van der Maaten"
    dropping_particle: str = ""  # the "von" of "Alexander von Humboldt"
    suffix: str = ""
    literal: str = ""
    comma_suffix: bool = False  # "King, Jr.": the suffix is set off by a comma
    static_ordering: bool = False  # the family name comes first, in whatever style

    def __str__(self) -> str:
        parts = (self.given, self.dropping_particle, self.particle, self.family, self.suffix)
        return self.literal or " ".join(part for part in parts if part)

    def __repr__(self) -> str:
        said = zip(self._fields, self, strict=True)
        return f"Name({', '.join(f'{field}={value!r}' for field, value in said if value)})"


DateParts: TypeAlias = tuple[int, ...]  # (year,), (year, month) or (year, month, day)


@dataclass(frozen=True, slots=True)
class Date:
    """A day, month or year, or a range of them; `literal` is what could not be understood."""

    start: DateParts = ()
    end: DateParts = ()
    season: int = 0  # 1 spring ... 4 winter
    circa: bool = False
    literal: str = ""
    end_season: int = field(default=0, repr=False)  # of a range from season to season

    @property
    def year(self) -> int | None:
        """The (first) year, if there is one."""
        return self.start[0] if self.start else None


Value: TypeAlias = "str | tuple[Name, ...] | Date"


class Origin(NamedTuple):
    """Where something was said: `seeds/001.txt:17`, `crossref https://doi.org/10.1145/3290605`."""

    source: str  # a path, or the name of a catalogue
    locator: str = ""  # a line, or an address
    confidence: float = 1.0
    note: str = ""  # "year inferred from the page's date"

    def __str__(self) -> str:
        joint = ":" if self.locator.isdigit() else " "
        return f"{self.source}{joint}{self.locator}" if self.locator else self.source


NOWHERE = Origin("")


class Field(NamedTuple):
    """One value and where it is from."""

    value: Value
    origin: Origin = NOWHERE


def _no_fields() -> Mapping[str, Field]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Work:
    """A thing that can be cited, as far as it is known."""

    id: str = ""  # the citation key, "" while it has none
    type: str = ""  # a CSL type, "" while unknown
    fields: Mapping[str, Field] = field(default_factory=_no_fields)
    places: tuple[Origin, ...] = ()  # where the documents mention it, in their order

    def __contains__(self, variable: str) -> bool:
        return variable in self.fields

    def text(self, variable: str) -> str:
        """A text, number or identifier; "" when it is not known."""
        found = self.fields.get(variable)
        return found.value if found and isinstance(found.value, str) else ""

    def names(self, variable: str) -> tuple[Name, ...]:
        """Names in their order; () when they are not known."""
        found = self.fields.get(variable)
        return found.value if found and isinstance(found.value, tuple) else ()

    def date(self, variable: str = "issued") -> Date | None:
        """A date, if it is known."""
        found = self.fields.get(variable)
        return found.value if found and isinstance(found.value, Date) else None

    def with_field(self, variable: str, value: Value, origin: Origin = NOWHERE) -> Work:
        """This work with one field set."""
        return self.with_fields({variable: Field(value, origin)})

    def with_fields(self, fields: Mapping[str, Field]) -> Work:
        """This work with some fields set."""
        return replace(self, fields=MappingProxyType({**self.fields, **fields}))

    def without(self, *variables: str) -> Work:
        """This work with some fields left out."""
        kept = {name: value for name, value in self.fields.items() if name not in variables}
        return replace(self, fields=MappingProxyType(kept))


class Match(NamedTuple):
    """How well a candidate fits a query, and what says so."""

    score: float  # the evidence summed up, as a probability of its own making; a record is taken from a fixed one on
    evidence: tuple[str, ...]  # "title equal", "3 of 3 authors", "year 2024 against 2023"
    probability: float = 0.0  # how often a record of such a score was the work meant, measured


class Conflict(NamedTuple):
    """Two origins disagree about one variable."""

    variable: str
    kept: Field
    rejected: Field
