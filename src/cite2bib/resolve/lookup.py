"""Looking works up, and nothing twice: lock, then what is on this disk, then the catalogues on the network.

A work is asked for where it is likely to be found first, and nowhere else once it is decided. That a catalogue did
not answer is never the same as that it does not have the work.
"""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from cite2bib.diagnostics import IndexFault, UsageError
from cite2bib.light import dataclass, field, replace
from cite2bib.model import Match, Work
from cite2bib.resolve import lock as locks
from cite2bib.resolve.dedupe import dedupe
from cite2bib.resolve.match import Decision, choose, facts
from cite2bib.resolve.match.weights import DOUBT, DOUBT_IN_SILENCE
from cite2bib.resolve.merge import Prefer, merge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from cite2bib.index import Index
    from cite2bib.model import Conflict
    from cite2bib.resolve.lock import Lock, Locked
    from cite2bib.sources import Answer

    Ask: TypeAlias = Callable[
        [Sequence[Work]], Iterator[Answer]
    ]  # a source bound to its address and a `Send`
    Progress: TypeAlias = Callable[[str, int, int], None]  # where, how many are done, of how many

_AT_ONCE = 200  # works that an index is asked for
_UNDECIDED = Decision(None, Match(0.0, ()), "not looked up")


@dataclass(frozen=True, slots=True)
class Resolution:
    """What became of one work."""

    work: Work  # joined with the record, if there is one
    query: Work  # as the documents gave it
    decision: Decision
    source: str = ""  # "lock", the name of a library or catalogue; "" when nothing was taken
    conflicts: tuple[Conflict, ...] = ()
    asked: tuple[str, ...] = ()  # catalogues that answered
    silent: tuple[str, ...] = ()  # catalogues that could not be asked
    candidates: tuple[Work, ...] = ()  # whatever was weighed; nothing where the lock knew

    @property
    def reason(self) -> str:
        """Why there is no record; "" when there is one."""
        if self.decision.record:
            return ""
        silent = f"{', '.join(self.silent)} could not be asked" if self.silent else ""
        return "; ".join(filter(None, [self.decision.reason, silent]))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of all works, in their order."""

    resolutions: tuple[Resolution, ...]
    decisions: tuple[Locked, ...] = ()  # what is new, for the lock
    silent: Mapping[str, int] = field(default_factory=dict)  # catalogue -> works it could not be asked for
    faults: Mapping[str, str] = field(default_factory=dict)  # catalogue -> what it said last


@dataclass(slots=True)
class _Search:
    """A work on its way through the catalogues."""

    query: Work
    decision: Decision = _UNDECIDED
    source: str = ""
    candidates: list[Work] = field(default_factory=list)
    doubt: float = 0.0  # of the catalogue that was asked last
    asked: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        return self.decision.record is None


def resolve(
    works: Sequence[Work],
    *,
    lock: Lock | None = None,
    libraries: Sequence[Index] = (),
    sources: Mapping[str, Ask] | None = None,
    prefer: Prefer = "published",
    locked: bool = False,
    progress: Progress | None = None,
) -> Outcome:
    """Each work with what is known of it; `locked` takes the lock's word alone, and a work it lacks is an error."""
    searches = [_Search(work) for work in works]
    for search in searches:
        _ask_lock(search, lock)
    if locked:
        _require_all(searches)
        return Outcome(tuple(_resolution(search, prefer) for search in searches))
    settled = {id(search) for search in searches if not search.is_open}
    for library in libraries:
        _ask_index(_open(searches), library)
        _part(searches)
    faults = _ask_sources(searches, sources or {}, progress or _silently)
    new = [
        _decision(search) for search in searches if id(search) not in settled and _is_worth_keeping(search)
    ]
    silent = Counter(name for search in searches for name in search.silent)
    return Outcome(tuple(_resolution(search, prefer) for search in searches), tuple(new), silent, faults)


def distinct(resolutions: Sequence[Resolution]) -> tuple[Resolution, ...]:
    """Each work once: two mentions that nothing joined may have turned out to be one record."""
    by_work = {id(item.work): item for item in resolutions}
    found = []
    for group in dedupe([item.work for item in resolutions]):
        same = [by_work[id(mention)] for mention in group.mentions]
        first = next((item for item in same if item.decision.record), same[0])
        conflicts = tuple(conflict for item in same for conflict in item.conflicts)
        found.append(replace(first, work=group.work, conflicts=(*conflicts, *group.conflicts)))
    return tuple(found)


def _silently(_where: str, _done: int, _total: int) -> None:
    return


def _open(searches: Sequence[_Search]) -> list[_Search]:
    return [search for search in searches if search.is_open]


def _ask_lock(search: _Search, lock: Lock | None) -> None:
    found = lock.get(search.query) if lock else None
    if not found:
        return
    search.asked = list(found.asked)
    match = Match(1.0, found.evidence, 1.0) if found.record else Match(0.0, found.evidence)
    search.decision = Decision(found.record, match, found.reason)
    search.source = "lock"


def _require_all(searches: Sequence[_Search]) -> None:
    missing = [search.query for search in searches if search.source != "lock"]
    if not missing:
        return
    named = "; ".join(
        work.text("title") or str(work.places[0] if work.places else work.id) for work in missing[:3]
    )
    more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
    raise UsageError(f"the lock has no decision for {named}{more}; run once with --lock")


def _ask_index(searches: Sequence[_Search], index: Index) -> None:
    """Each work's candidates in an index, many works at a time."""
    for start in range(0, len(searches), _AT_ONCE):
        batch = searches[start : start + _AT_ONCE]
        for search, find in zip(batch, _finds(batch, index), strict=True):
            # Doubt is for titles alone: namesakes do not share their people, and a record without any is believed less.
            is_bare = index.holds_everything and not search.query.names("author")
            _isolated(search, index.name, find, DOUBT if is_bare else 0.0)
            search.asked.append(index.name)


def _finds(batch: Sequence[_Search], index: Index) -> list[Callable[[Work], Sequence[Work]]]:
    """What finds the candidates of each work: whatever is wrong with one of them costs no other."""
    try:
        found = list(index.find_each([search.query for search in batch]))
    except IndexFault:
        raise
    except Exception:  # noqa: BLE001 - one work of many
        return [index.find] * len(batch)
    return [partial(_given, candidates) for candidates in found]


def _given(candidates: Sequence[Work], _work: Work) -> Sequence[Work]:
    return candidates


def _isolated(
    search: _Search, where: str, find: Callable[[Work], Sequence[Work]], doubt: float = 0.0
) -> None:
    """One work's candidates weighed; whatever is wrong with one record costs that work's look-up alone."""
    try:
        search.candidates += find(search.query)
        # arXiv has an abstract with each title, and 243 of 243 exact titles there were right.
        search.doubt = 0.0 if all(map(_is_arxivs, search.candidates)) else doubt
        search.decision = choose(search.query, search.candidates, search.doubt)
    except Exception as fault:  # noqa: BLE001 - one work of many
        search.decision = Decision(
            None, Match(0.0, ()), f"{where} gave a record that can't be weighed: {fault!r}"
        )
    search.source = where if search.decision.record else ""


def _part(searches: Sequence[_Search]) -> None:
    """See to it that two works do not take one record; what the lock says stands."""
    if not any(search.candidates and not search.is_open for search in searches):
        return  # as where the lock knows all that is known
    from cite2bib.resolve import assign

    claims = [
        assign.Claim(search.query, tuple(search.candidates), search.decision, search.doubt)
        for search in searches
    ]
    for place, decision in assign.settled(claims).items():
        search = searches[place]
        if search.source != "lock":
            search.decision, search.source = decision, search.source if decision.record else ""


def _ask_sources(
    searches: Sequence[_Search], sources: Mapping[str, Ask], progress: Progress
) -> dict[str, str]:
    """Round by round: each open work to the catalogue that is its next best, many works in one request."""
    faults: dict[str, str] = {}
    plans = {id(search): _plan(search, list(sources)) for search in _open(searches)}
    while any(plans[id(search)] for search in _open(searches)):
        turns: dict[str, list[_Search]] = {}
        for search in _open(searches):
            if plan := plans[id(search)]:
                turns.setdefault(plan.pop(0), []).append(search)
        for name in sorted(turns, key=list(sources).index):
            _ask_one(name, sources[name], turns[name], faults, progress)
        _part(searches)
    return faults


def _plan(search: _Search, names: list[str]) -> list[str]:
    """The catalogues to ask for a work, the likeliest first; those that answered before are not asked again."""
    left = [name for name in names if name not in search.asked and _may_know(name, search.query)]
    likely = _likely(search.query)
    return sorted(
        left, key=lambda name: (likely.index(name) if name in likely else len(likely), names.index(name))
    )


def _may_know(name: str, work: Work) -> bool:
    """Some catalogues are asked by identifier alone: DataCite's search knows everybody's uploads by any title."""
    from cite2bib.sources import SOURCES  # 3 ms that a run without the network does not need

    source = next((source for source in SOURCES if source.name == name), None)
    return (
        source is None or source.searches or any(facts.identifier(work, kind) for kind in source.identifiers)
    )


def _likely(work: Work) -> tuple[str, ...]:
    doi = facts.identifier(work, "DOI")
    venue = work.text("container-title")
    if doi and not doi.startswith("10.48550/"):
        return ("crossref", "datacite", "arxiv")
    if facts.identifier(work, "arxiv") or doi:
        return ("arxiv", "datacite", "crossref")
    if venue and not facts.is_preprint_venue(venue):
        return ("crossref", "arxiv")
    return ("arxiv", "crossref")


def _ask_one(
    name: str, ask: Ask, searches: Sequence[_Search], faults: dict[str, str], progress: Progress
) -> None:
    by_query = {id(search.query): search for search in searches}
    done: set[int] = set()
    progress(name, 0, len(searches))
    for answer in ask([search.query for search in searches]):
        asked = [by_query[id(work)] for work in answer.asked if id(work) in by_query]
        done |= {id(search) for search in asked}
        if answer.error:
            faults[name] = str(answer.error)
            for search in asked:
                search.silent.append(name)
        else:
            _weigh(name, answer.found, asked)
        progress(name, len(done), len(searches))


def _weigh(name: str, found: Sequence[Work], searches: Sequence[_Search]) -> None:
    from cite2bib.index.memory import Library

    # One answer may be about a hundred works: each is held only against what is like it.
    library = Library(found, name)
    for search in searches:
        if name not in search.asked:
            search.asked.append(name)
        if search.is_open:
            doubt = DOUBT_IN_SILENCE if search.silent else DOUBT
            _isolated(search, name, library.find if len(found) > 12 else lambda _: found, doubt)


def _is_arxivs(record: Work) -> bool:
    return any(field.origin.source == "arxiv" for field in record.fields.values())


def _is_worth_keeping(search: _Search) -> bool:
    """A record; or that none was found, when there was somebody who could have known."""
    return not search.is_open or bool(search.asked)


def _decision(search: _Search) -> Locked:
    record = _whole_record(search.decision)
    if record and search.query.text("abstract"):
        record = record.without("abstract")  # the document has it; a lock is read by people
    return locks.decision(
        search.query,
        record,
        evidence=search.decision.match.evidence,
        asked=() if record else search.asked,
        reason="" if record else search.decision.reason,
    )


def _whole_record(decision: Decision) -> Work | None:
    """The record with what further records of the same work add."""
    record = decision.record
    for other in decision.also if record else ():
        record, _ = merge(record, other) if record else (None, [])
    return record


def _resolution(search: _Search, prefer: Prefer) -> Resolution:
    decision, work, conflicts = search.decision, search.query, list["Conflict"]()
    if record := _whole_record(decision):
        work, conflicts = merge(work, record, prefer)
    source = search.source if decision.record else ""
    asked = tuple(dict.fromkeys(search.asked))
    silent = tuple(name for name in dict.fromkeys(search.silent) if decision.record is None)
    candidates = tuple(search.candidates)
    return Resolution(work, search.query, decision, source, tuple(conflicts), asked, silent, candidates)
