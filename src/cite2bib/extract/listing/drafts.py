"""A record while it is being read: fields with the lines they are from, gathered until the record is a `Work`."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from cite2bib import identifiers
from cite2bib.extract.listing import details, links
from cite2bib.light import dataclass, field, replace
from cite2bib.model import Date, Field, Origin, Work
from cite2bib.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cite2bib.documents import Link
    from cite2bib.extract.listing.details import When
    from cite2bib.extract.listing.people import People
    from cite2bib.model import Value


@dataclass(slots=True)
class Draft:
    """What is known of one record so far."""

    path: str
    line: int
    fields: dict[str, Field] = field(default_factory=dict)
    when: tuple[When, int] | None = None  # a date that may lack its year, and its line
    abstract: list[str] = field(default_factory=list)
    listing: bool = False  # the line before listed authors too
    evidence: set[str] = field(default_factory=set)  # what says that this is a work: authors, count, id, ...
    type: str = ""

    def copy(self) -> Draft:
        """A draft that can be filled without changing this one."""
        return replace(
            self, fields=dict(self.fields), abstract=list(self.abstract), evidence=set(self.evidence)
        )

    def origin(self, line: int, confidence: float = 1.0, note: str = "") -> Origin:
        """A place in this document."""
        return Origin(self.path, str(line), confidence, note)

    def put(self, variable: str, value: Value, line: int, confidence: float = 1.0, note: str = "") -> None:
        """Set a field unless an earlier line did."""
        if value and variable not in self.fields:
            self.fields[variable] = Field(value, self.origin(line, confidence, note))

    @property
    def title(self) -> str:
        """The title, "" while there is none."""
        found = self.fields.get("title")
        return found.value if found and isinstance(found.value, str) else ""

    def put_people(self, people: People, line: int) -> None:
        """Its authors; a list that goes on over several lines is one list."""
        known = self.fields.get("author")
        if known and isinstance(known.value, tuple) and self.listing:
            self.fields["author"] = known._replace(value=(*known.value, *people.all_names()))
        self.put(
            "author", people.all_names(), line, round(0.5 + people.score / 2, 2) if people.score < 1 else 1.0
        )
        self.evidence.add("authors")

    def put_when(self, when: When, line: int) -> None:
        """Its date; the first one counts."""
        self.when = self.when or (when, line)
        self.evidence.add("date")

    def without_site(self, title: str) -> str:
        """A title without the site named behind it; one that shows works is evidence."""
        title, shows_works = links.without_site(title)
        if shows_works:
            self.evidence.add("link")
        return title

    def put_ids(self, text: str, line: int) -> None:
        """The identifiers, and the addresses of code and pages, that a text states."""
        for found in details.naming_ids(text):
            self.put(found.variable, found.value, line)
            self.evidence.add("id")
        self.put_repositories(links.repositories(text), line)
        for address in links.addresses(text):
            target = links.target(address)
            if target.kind in {"work", "other"} and target.variable == "URL":
                self.put("URL", target.value, line)
                self.evidence.add("link" if target.kind == "work" else "page")

    def put_links(self, found: Iterable[Link], line: int) -> None:
        """What links beside the record lead to."""
        for link in found:
            target = links.target(link.target)
            number = link.line or line
            if target.kind == "repository":
                self.put_repositories([target.value], number)
            elif target.kind == "work":
                self.put(target.variable, target.value, number)
                self.evidence.add("id" if target.variable != "URL" else "link")
            elif target.kind == "other" and (links.is_label(link.text) or link.text == self.title):
                self.put("URL", identifiers.normal_url(target.value), number)

    def put_repositories(self, found: Iterable[str], line: int) -> None:
        """Addresses of code and data; each once, in their order."""
        known = self.fields.get("repository")
        before = known.value.split() if known and isinstance(known.value, str) else []
        every = list(dict.fromkeys([*before, *found]))
        if every != before:
            origin = known.origin if known else self.origin(line)
            self.fields["repository"] = Field(" ".join(every), origin)

    def add_abstract(self, text: str, line: int) -> None:
        """A paragraph of its abstract."""
        if not text:
            return
        if not self.abstract:
            self.fields["abstract"] = Field("", self.origin(line))
        self.abstract.append(text)
        self.put_repositories(links.repositories(text), line)

    def work(self) -> Work:
        """The record as a work; the whole date is put by `dating` before."""
        fields = dict(self.fields)
        if self.abstract:
            fields["abstract"] = Field("\n\n".join(self.abstract), fields["abstract"].origin)
        if "arxiv" in fields and "DOI" in fields and "10.48550/arxiv" in str(fields["DOI"].value):
            del fields["DOI"]  # says what the arXiv id says
        places = (Origin(self.path, str(self.line)),)
        return Work(type=self.type, fields=MappingProxyType(fields), places=places)


# What zbMATH sets behind a title: edition, language, its own number; and HAL behind a thesis's: its field, then the school.
_REVIEWED = late(
    r"\.?(?:\s\d+(?:st|nd|rd|th)\s(?:\w+\.?\s)?ed\.)?\s\((?:English|French|German|Russian|Italian|Spanish|[A-Z][a-z]+\.?\s[a-z]+)\)\s(?:Zbl|JFM|ERAM)\s[\d.]+$"
)
_BOUND = late(
    r"\s\((?:hardcover|paperback|mass market paperback|kindle edition|e-?book|audio ?book|board book|library binding)\)$",
    re.IGNORECASE,
)
_FIELD = late(r"\.\s[^.\[\]]{3,80}\s\[[a-z]+(?:-[a-z]+)?(?:\.[\w-]+)*\]\.?$")


def without_field(title: str) -> str:
    """The title of a thesis without the field that HAL names behind it.

    >>> without_field("Distributed structures. Data Structures and Algorithms [cs.DS]")
    'Distributed structures'
    """
    return _FIELD.sub("", title) if "[" in title else title


def tidy_title(text: str) -> str:
    """A title without the marks a list puts around it; its own `?`, `!` and abbreviations stay.

    >>> tidy_title("“Attention Is All You Need.”"), tidy_title("Is it true?"), tidy_title("The case of U.S.")
    ('Attention Is All You Need', 'Is it true?', 'The case of U.S.')
    """
    text = text.strip()
    if "[" in text or ")" in text:
        text = without_field(_BOUND.sub("", _REVIEWED.sub("", text)))
    text = text.strip("|·•").strip(" ,;")
    for opener, closer in (
        ("“", "”"),
        ('"', '"'),
        ("«", "»"),
        ("``", "''"),
        ("‘", "’"),
        ("《", "》"),
        ("「", "」"),
    ):
        inner = text[len(opener) : -len(closer)]
        if text.startswith(opener) and text.endswith(closer) and opener not in inner and closer not in inner:
            text = inner.strip(" ,;")
    if (
        text.endswith(".")
        and not text.endswith("...")
        and not re.search(r"(?:^|[\s.])[^\W\d_]\.$|\b(?:etc|al|Inc|Jr|Co)\.$", text)
    ):
        text = text[:-1]
    return text.strip()


def put_year(draft: Draft, year: int, line: int) -> None:
    """A date of which only the year is given."""
    if year and not draft.when:
        draft.put("issued", Date((year,)), line)
        draft.evidence.add("year")
