"""Asking the catalogues about references: by identifier, then by title, then what the records found point to.

Kept apart for each reference: what was found, who answered, who could not be asked and why. A catalogue that is asked for a
title is asked without the reference's identifiers: they may be the invented part of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, TypeAlias

from cite2bib import identifiers, richtext, titles
from cite2bib.check import kinds
from cite2bib.check.details import is_same_title, is_unsure, title_relation
from cite2bib.check.kinds import Kind
from cite2bib.check.verdict import OFFLINE, called
from cite2bib.diagnostics import NotCached
from cite2bib.index.memory import Library
from cite2bib.light import dataclass, field
from cite2bib.model import Work
from cite2bib.resolve.match import facts, people

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from cite2bib.check.weighing import Weighed
    from cite2bib.diagnostics import SourceError
    from cite2bib.index import Index
    from cite2bib.sources import Answer

    Told: TypeAlias = Literal[
        "", "answered", "identified"
    ]  # what an answer tells: of the title, of the identifiers
    Ask: TypeAlias = Callable[[Sequence[Work]], Iterator[Answer]]
    Progress: TypeAlias = Callable[[str, int, int], None]

IDENTIFIERS = ("DOI", "arxiv", "PMID", "PMCID", "openalex", "ISBN")
# Who is asked about an identifier first; the others only about what these do not have.
_FIRST = ("arxiv", "crossref", "pubmed", "openlibrary")
_AFTER = ("datacite", "doi", "webpage")
_BY_IDENTIFIER: dict[str, tuple[str, ...]] = {
    "arxiv": ("arxiv",),
    "crossref": ("DOI",),
    "pubmed": ("PMID", "PMCID"),
    "openlibrary": ("ISBN",),
    "datacite": ("DOI", "arxiv"),
    "doi": ("DOI",),
    "webpage": ("URL",),
}
# Their titles are found by no search, or by nobody but a reader.
_NOT_SEARCHED = frozenset({Kind.PERSONAL, Kind.LAW})
_MANY = 12  # records in an answer about several works: each is held only against those like it
# dblp answers about many titles in one request: it is asked before those that want a request each.
_FIRST_BY_TITLE: dict[Kind, tuple[str, ...]] = {
    Kind.PAPER: ("crossref", "openalex", "arxiv", "dblp"),
    Kind.PREPRINT: ("arxiv", "crossref", "openalex", "dblp"),
}
_HALF = 2  # words
_CITED = frozenset({"book", "chapter", "collection"})


@dataclass(slots=True)
class Inquiry:
    """One reference on its way through the catalogues."""

    original: Work  # as the document gives it
    work: Work  # as it is compared
    kind: Kind
    bare: Work  # without its identifiers
    found: list[Work] = field(default_factory=list)
    answered: set[str] = field(default_factory=set)  # catalogues that answered about its title
    identified: set[str] = field(default_factory=set)  # catalogues that answered about its identifiers
    silent: dict[str, str] = field(default_factory=dict)  # catalogue -> what happened
    shelves: frozenset[str] = frozenset()  # what of the answers came from this disk
    exist: bool = False  # whether its DOI is registered, though nobody gave a record of it
    weighed: dict[int, Weighed] = field(default_factory=dict)  # by the record's id(): each is weighed once

    @property
    def asked(self) -> tuple[str, ...]:
        """Everybody who answered."""
        return tuple(sorted(self.answered | self.identified))

    def add(self, records: Sequence[Work]) -> None:
        """Records that may be the work, each once."""
        known = {id(record) for record in self.found}
        seen = {_identity(record) for record in self.found}
        for record in records:
            if id(record) not in known and _identity(record) not in seen:
                self.found.append(record)
                seen.add(_identity(record))


def _identity(record: Work) -> tuple[str, ...]:
    names = ("DOI", "arxiv", "PMID", "openalex")
    source = record.fields["title"].origin.source if "title" in record else ""
    return (source, record.text("title"), *(record.text(name) for name in names))


def inquiry(work: Work) -> Inquiry:
    """A reference about which nothing is known yet."""
    cleaned = _identified(_without(_FATE, _without(_TAG, work)))
    return Inquiry(work, cleaned, kinds.of(cleaned), without_identifiers(cleaned))


# Where identifiers stand that have no field of their own.
_LOOSE = ("URL", "note", "publisher", "bibtex:howpublished", "bibtex:eprint", "container-title", "number")


def _identified(work: Work) -> Work:
    """A reference with the identifiers that stand in its address or its notes."""
    said = " ; ".join(text for name in _LOOSE if (text := work.text(name)))
    for found in identifiers.find(said) if said else ():
        if found.variable in {"DOI", "arxiv", "PMID", "PMCID"} and found.variable not in work:
            work = work.with_field(found.variable, found.value)
    return work


# What search engines and styles put beside titles: "[PDF] A Theory of Things".
_TAG = re.compile(
    r"^\s*(?:[\[(](?:pdf|html|book|citation|doc|ps|b|c)[\])]\s*)+|\s*[\[(](?:online|preprint|internet|electronic resource)[\])]\W*$",
    re.IGNORECASE,
)
# By which a reference says that its work was retracted; records have it elsewhere.
_FATE = re.compile(
    r"^\W*(?:retracted|withdrawn|removed)(?:\s+(?:article|paper|chapter))?\s*[:.\]–—-]+\s*(?=\w)"
    r"|\s*[\[(](?:retracted|withdrawn)(?:\s+\w+)?[\])]\W*$",
    re.IGNORECASE,
)


def _without(words: re.Pattern[str], work: Work) -> Work:
    """A reference whose title is the title alone."""
    title = work.text("title")
    found = words.sub("", title)
    return work.with_field("title", found, work.fields["title"].origin) if found and found != title else work


def without_identifiers(work: Work) -> Work:
    """A reference by its description alone."""
    return work.without(*IDENTIFIERS, "URL", "ISSN")


class Asking:
    """Asks all catalogues there are, in rounds, about the references that are still open."""

    def __init__(
        self,
        asks: Mapping[str, Ask],
        libraries: Sequence[Index] = (),
        progress: Progress | None = None,
        holds: Iterable[str] = (),
    ) -> None:
        self.asks = asks
        self.libraries = libraries
        self.holds = frozenset(holds)  # catalogues that the libraries have whole
        self.progress = progress or (lambda _where, _done, _total: None)

    def about(self, inquiries: Sequence[Inquiry], is_settled: Callable[[Inquiry], bool]) -> None:
        """Ask until each reference is settled, or there is nobody left to ask."""
        for item in inquiries:
            self._libraries(item)
        self._by_identifiers([item for item in inquiries if not is_settled(item) or item.work.text("DOI")])
        for round_ in range(len(self.asks)):
            turns = self._turns([item for item in inquiries if not is_settled(item)], round_)
            if not turns:
                break
            for name, items in turns.items():
                self._ask(name, [(item, item.bare) for item in items], "answered")
        # A reference that was not read for sure is asked for as it stands, which Crossref's search is made for.
        unread = [item for item in inquiries if is_unsure(item.original) and not is_settled(item)]
        self._ask("crossref", [(item, _as_it_stands(item.original)) for item in unread], "answered")

    def follow(self, wanted: Sequence[tuple[Inquiry, Sequence[str]]]) -> None:
        """Fetch the records of DOIs that records found point to: the published version, and what became of it."""
        if "crossref" not in self.asks:
            return
        queries = [
            (item, type(item.work)().with_field("DOI", doi))
            for item, dois in wanted
            for doi in dois
            if not any(
                facts.identifier(record, "DOI") == doi and _is_crossrefs(record) for record in item.found
            )
        ]
        self._ask("crossref", queries)

    def by_halves(self, items: Sequence[Inquiry]) -> None:
        """Look for titles by either half of them: arXiv finds phrases alone, and a misprint stands in one half."""
        wanted = [
            item
            for item in items
            if item.kind in {Kind.PAPER, Kind.PREPRINT} and not is_unsure(item.original)
        ]
        self._ask("arxiv", [(item, half) for item in wanted for half in _halves(item.work)])

    def by_people(self, items: Sequence[Inquiry]) -> None:
        """Look for the works of the people whom references name: a title may be under the names of another work."""
        queries = [(item, _people_of(item.work)) for item in items if len(item.work.names("author")) > 1]
        self._ask("crossref", queries)

    def _libraries(self, item: Inquiry) -> None:
        for library in self.libraries:
            item.add(_like(library.find, item))
            item.identified.add(library.name)
        item.shelves = self.holds | {library.name for library in self.libraries}
        item.identified |= self.holds
        item.answered |= self.holds

    def _by_identifiers(self, items: Sequence[Inquiry]) -> None:
        for name in _FIRST:
            self._ask(name, [(item, item.work) for item in items if _has(item, name)], "identified")
        for name in _AFTER:
            open_ = [item for item in items if _has(item, name) and not _is_known(item, name)]
            self._ask(name, [(item, item.work) for item in open_], "identified")

    def _turns(self, items: Sequence[Inquiry], round_: int) -> dict[str, list[Inquiry]]:
        """Each open reference's next catalogue."""
        turns: dict[str, list[Inquiry]] = {}
        for item in items:
            plan = self._plan(item)
            if round_ < len(plan):
                turns.setdefault(plan[round_], []).append(item)
        return turns

    def _plan(self, item: Inquiry) -> list[str]:
        """Who may know the title, the likeliest first."""
        if item.kind in _NOT_SEARCHED or not titles.words(item.work.text("title")):
            return []
        listing = kinds.covering(item.kind) or ("crossref", "openalex", "semanticscholar")
        first = _FIRST_BY_TITLE.get(item.kind, ())
        others = {
            Kind.PAPER: ("openreview",),
            Kind.PREPRINT: ("dblp", "huggingface", "openreview"),
            Kind.BOOK: ("semanticscholar",),
        }.get(item.kind, ())
        known = item.identified if _is_found(item) else frozenset[str]()
        plan = dict.fromkeys((*first, *listing, *others))
        return [name for name in plan if name in self.asks and name not in known]

    def _ask(self, name: str, queries: Sequence[tuple[Inquiry, Work]], told: Told = "") -> None:
        """Put some queries to one catalogue; whatever is wrong with its answer is told as its silence."""
        if name not in self.asks or not queries:
            return
        by_query = {id(query): item for item, query in queries}
        done: set[int] = set()
        self.progress(name, 0, len(queries))
        try:
            for answer in self.asks[name]([query for _, query in queries]):
                asked = [by_query[id(query)] for query in answer.asked if id(query) in by_query]
                done |= {id(query) for query in answer.asked}
                _take(name, answer, asked, told)
                self.progress(name, len(done), len(queries))
        except Exception as fault:  # noqa: BLE001 - one catalogue of many; its answers are strangers' data
            for query_id, item in by_query.items():
                if query_id not in done:
                    item.silent[name] = f"its answer can't be read: {fault!r}"


def _take(name: str, answer: Answer, asked: Sequence[Inquiry], told: Told) -> None:
    if answer.error:
        for item in asked:
            if name not in item.shelves:
                item.silent[name] = _what(name, answer.error)
        return
    registered = {id(query) for query in answer.exist}
    library = Library(answer.found, name) if len(answer.found) > _MANY else None
    for item in asked:
        if told:
            (item.answered if told == "answered" else item.identified).add(name)
            item.silent.pop(name, None)
        item.exist = item.exist or id(item.work) in registered
        item.add(_like(library.find, item) if library else answer.found)


def _what(name: str, error: SourceError) -> str:
    """What happened, without what the reader knows: who was asked."""
    return OFFLINE if isinstance(error, NotCached) else str(error).removeprefix(f"{called(name)}: ")


def _like(find: Callable[[Work], Sequence[Work]], item: Inquiry) -> list[Work]:
    """What is like a reference: by all it says, without its identifiers, and by its authors alone."""
    nameless = item.bare.without("title")
    found = [*find(item.work), *find(item.bare), *(find(nameless) if item.work.names("author") else ())]
    return list({id(record): record for record in found}.values())


def _has(item: Inquiry, name: str) -> bool:
    if name == "webpage":
        return item.kind is Kind.WEB and bool(item.work.text("URL"))
    if name == "openlibrary" and item.work.type not in _CITED and item.kind is not Kind.BOOK:
        return False
    if name == "crossref" and facts.identifier(item.work, "DOI").startswith("10.48550/"):
        return False
    return any(facts.identifier(item.work, variable) for variable in _BY_IDENTIFIER[name])


def _is_known(item: Inquiry, name: str) -> bool:
    """Whether a record of the identifier is there already; of a work with a DOI it is the DOI that is asked about."""
    wanted = next(variable for variable in _BY_IDENTIFIER[name] if facts.identifier(item.work, variable))
    said = facts.identifier(item.work, wanted)
    return any(facts.identifier(record, wanted) == said for record in item.found)


def _halves(work: Work) -> list[Work]:
    """Both halves of a title, if each is long enough to be found by."""
    parts = richtext.plain(work.text("title")).split()
    middle = len(parts) // 2
    halves = (" ".join(part) for part in (parts[:middle], parts[middle:]) if len(part) >= _HALF)
    first = Work().with_field("author", people.named(work.names("author"))[:1])
    return [first.with_field("title", half) for half in halves]


def _as_it_stands(work: Work) -> Work:
    return Work().with_field("title", work.text("reflist:reference")[:380])


def _people_of(work: Work) -> Work:
    """What a reader would type to find the work of these people in this place."""
    surnames = [name.family or name.literal for name in people.named(work.names("author"))[:5]]
    date = work.date()
    year = str(date.start[0]) if date and date.start else ""
    return Work().with_field("title", " ".join(filter(None, [*surnames, work.text("container-title"), year])))


def _is_found(item: Inquiry) -> bool:
    """Whether an identifier of the reference led to a work of its title: who knew it need not be asked for the title."""
    return any(
        facts.same_identifier(item.work, record) and is_same_title(title_relation(item.work, record))
        for record in item.found
    )


def _is_crossrefs(record: Work) -> bool:
    return "DOI" in record and record.fields["DOI"].origin.source == "crossref"
