"""The middle of the journey: mentions joined to works, each work looked up, what was decided kept."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cite2bib import http, paths
from cite2bib.diagnostics import Diagnostic, ReadError, Severity, Span, UsageError
from cite2bib.light import dataclass, field, replace
from cite2bib.resolve import lock as locks
from cite2bib.resolve import lookup
from cite2bib.resolve.dedupe import Group, dedupe, may_repeat
from cite2bib.resolve.merge import completed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from cite2bib.index import Index
    from cite2bib.index.memory import Library
    from cite2bib.model import Work
    from cite2bib.resolve.lock import Lock
    from cite2bib.resolve.lookup import Progress, Resolution
    from cite2bib.resolve.merge import Prefer
    from cite2bib.sources import Answer, Source


@dataclass(frozen=True, slots=True)
class Network:
    """Whom to ask, and how."""

    http: http.Settings = field(default_factory=http.Settings)
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One work of the bibliography, and how it came to be what it is."""

    work: Work
    mentions: tuple[Work, ...]  # as the documents gave it
    resolutions: tuple[Resolution, ...]  # more than one where looking up showed two works to be one


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of everything that was read."""

    items: tuple[Item, ...]
    lock: Lock
    silent: Mapping[str, int] = field(default_factory=dict)  # catalogue: works it could not be asked for
    sent: Mapping[str, int] = field(default_factory=dict)  # service: requests
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def works(self) -> tuple[Work, ...]:
        """The works, in the order of first mention."""
        return tuple(item.work for item in self.items)

    def renamed(self, works: Sequence[Work]) -> Outcome:
        """This outcome with works that have got their keys."""
        pairs = zip(self.items, works, strict=True)
        return replace(self, items=tuple(replace(item, work=work) for item, work in pairs))


def resolve(
    works: Sequence[Work],
    *,
    lock: Lock | None = None,
    libraries: Sequence[str | Path] = (),
    index: Path | None = None,
    network: Network | None = None,
    prefer: Prefer = "published",
    locked: bool = False,
    joined: bool = True,
    progress: Progress | None = None,
) -> Outcome:
    """Look works up: in the lock, in libraries, in the index, in the cache, on the network, in this order and none twice.

    `index` None is the one at the usual place, if there is one. `network` None asks every catalogue there is. `joined` makes one work of its mentions.
    """
    groups = dedupe(works) if joined else [Group(work, (work,)) for work in works]
    kept = lock or locks.Lock({})
    with ExitStack() as stack:
        shelves = [] if locked else shelves_of(libraries, index, stack)
        asks, client = asks_of(network or all_sources(), stack)
        found = lookup.resolve(
            [group.work for group in groups],
            lock=kept,
            libraries=shelves,
            sources={} if locked else asks,
            prefer=prefer,
            locked=locked,
            progress=progress,
        )
        sent, told = (client.sent, client.diagnostics) if client else ({}, ())
    offline = bool(network and network.http.offline)
    items = tuple(_items(groups, found.resolutions, joined=joined))
    # Who asked for no network is not told that it did not answer.
    silent = {} if offline else found.silent
    told = [line for line in told if line.code != "source-set-aside"] if silent else told
    diagnostics = (*told, *_silence(silent, found.faults), *(line for item in items for line in _told(item)))
    return Outcome(items, kept.joined(found.decisions), silent, sent, diagnostics)


def candidates_of(
    works: Sequence[Work],
    *,
    libraries: Sequence[str | Path] = (),
    index: Path | None = None,
    network: Network | None = None,
) -> list[tuple[Work, ...]]:
    """What was there to choose from for each work, had there been no lock."""
    with ExitStack() as stack:
        asks, _ = asks_of(network or Network(), stack)
        found = lookup.resolve(works, libraries=shelves_of(libraries, index, stack), sources=asks)
    return [resolution.candidates for resolution in found.resolutions]


def _items(groups: Sequence[Group], resolutions: Sequence[Resolution], *, joined: bool) -> Iterator[Item]:
    """Works that turned out to be one become one."""
    found = {
        id(resolution.work): (group, resolution)
        for group, resolution in zip(groups, resolutions, strict=True)
    }
    works = [resolution.work for resolution in resolutions]
    # Mentions were compared with all care before; a record that two of them led to has the same title or identifier.
    for group in dedupe(works) if joined and may_repeat(works) else [Group(work, (work,)) for work in works]:
        parts = [found[id(work)] for work in group.mentions]
        mentions = tuple(mention for part, _ in parts for mention in part.mentions)
        yield Item(completed(group.work), mentions, tuple(resolution for _, resolution in parts))


def shelves_of(libraries: Sequence[str | Path], index: Path | None, stack: ExitStack) -> list[Index]:
    """What is on this disk: libraries, and the index that was named or is at its usual place."""
    shelves: list[Index] = [library(path) for path in libraries]
    if place := index_path(index):
        from cite2bib.index.disk import Disk

        shelves.append(stack.enter_context(Disk(place)))
    return shelves


NO_INDEX = Path("none")


def index_path(named: Path | None = None) -> Path | None:
    """Where the index is: what is named, else CITE2BIB_INDEX, else the usual place if there is one there; `none` is none."""
    named = named or (Path(said) if (said := os.environ.get("CITE2BIB_INDEX", "")) else None)
    if named is not None:
        return None if named == NO_INDEX else named
    usual = usual_index()
    return usual if (usual / "works.sqlite").is_file() else None


def usual_index() -> Path:
    """The place of the index in the user's data folder."""
    return Path(paths.data_folder(), "index")


def library(given: str | Path) -> Library:
    """A bibliography file as a local catalogue."""
    path = Path(given)
    from cite2bib import formats
    from cite2bib.index.memory import Library

    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(f"the library can't be read: {error.strerror}", Span(str(path))) from None
    item = formats.for_suffix(str(path))
    if item is None or not item.reads:
        raise UsageError(f"{path}: a library is a .bib, CSL-JSON or JSON-lines file")
    return Library(item.read(data, path.name).works, path.name)


def all_sources() -> Network:
    """The standard catalogues, as the environment says."""
    from cite2bib import sources

    return Network(http.Settings(), sources.configured())


def asks_of(network: Network, stack: ExitStack) -> tuple[dict[str, lookup.Ask], Any]:
    """Each source bound to its address and to one `Send`, which loads no HTTP client before it is called."""
    if not network.sources or (network.http.offline and not _has_cache(network.http)):
        return {}, None
    from cite2bib.http.client import open_send

    send = stack.enter_context(open_send(network.http))
    return {source.name: bound(source, send) for source in network.sources}, send


def _has_cache(settings: http.Settings) -> bool:
    from cite2bib.http.cache import default_path

    return (settings.cache_path or default_path()).is_file()


def bound(source: Source, send: http.Send) -> Callable[[Sequence[Work]], Iterator[Answer]]:
    """A source with its address and a `Send`, as policies ask it."""
    return lambda works: source.ask(send, source.url, works)


def _silence(silent: Mapping[str, int], faults: Mapping[str, str]) -> Iterator[Diagnostic]:
    for name, count in silent.items():
        about = f"{count} {'work' if count == 1 else 'works'} could not be looked up there"
        yield Diagnostic("source-silent", f"{faults.get(name, name)}; {about}")


def _told(item: Item) -> Iterator[Diagnostic]:
    """What a reader of the bibliography should know of one work."""
    for resolution in item.resolutions:
        place = resolution.query.places[0] if resolution.query.places else None
        span = Span(place.source, int(place.locator or 0)) if place and place.locator.isdecimal() else None
        for conflict in resolution.conflicts:
            message = (
                f"{conflict.variable} of “{item.work.text('title')}”: kept {conflict.kept.value!s} "
                f"({conflict.kept.origin}), not {conflict.rejected.value!s} ({conflict.rejected.origin})"
            )
            yield Diagnostic("conflict", message, span, item.work.id, Severity.NOTE)
