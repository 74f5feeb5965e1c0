"""Bringing a .bib up to what manuscripts cite: each key gets an entry, and what is there stays, byte for byte.

A key that a library has is copied as it stands there; an identifier is looked up and written under the very key by
which it is cited; a name that nobody knows is reported with its places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib.diagnostics import Diagnostic, ReadError, Severity, Span, UsageError
from cite2bib.extract.cited import work_of
from cite2bib.formats.bibtex import append, copying, keyrules, syntax
from cite2bib.light import dataclass, field, replace
from cite2bib.model import Origin
from cite2bib.pipeline.manuscripts import meant

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from cite2bib.formats.bibtex.syntax import Bib
    from cite2bib.model import Work
    from cite2bib.pipeline.manuscripts import Manuscript
    from cite2bib.resolve.lookup import Resolution


@dataclass(frozen=True, slots=True)
class Need:
    """A cited key, where it is cited, and the programs that will look for it in the .bib."""

    key: str
    places: tuple[Span, ...]
    readers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Plan:
    """What manuscripts cite against what there is."""

    existing: bytes
    bib: Bib
    latex: bool  # what is written is for BibLaTeX
    needs: tuple[Need, ...]
    missing: tuple[Need, ...]
    unused: tuple[str, ...]  # entries that nothing cites
    known: frozenset[str]  # all keys that there are: near ones are suggested
    files: int = 1  # that were read


@dataclass(frozen=True, slots=True)
class Filled:
    """The .bib as it becomes, and what became of each missing key."""

    data: bytes
    copied: Mapping[str, str] = field(default_factory=dict)  # key: the file it is from
    written: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()  # an error for each key that stays without an entry


def reader_of(manuscript: Manuscript) -> str:
    """The program that reads the bibliography of a manuscript."""
    if manuscript.syntax == "latex":
        return "biber" if manuscript.biblatex else "bibtex"
    return manuscript.syntax


def target(manuscripts: Sequence[Manuscript]) -> Path:
    """The .bib that manuscripts name themselves; `UsageError` when it is none or several."""
    named = dict.fromkeys(
        path for item in manuscripts for path in item.bibliographies if path.suffix == ".bib"
    )
    if len(named) != 1:
        several = f"name several ({', '.join(map(str, named))})" if named else "name none"
        raise UsageError(f"-o tells which .bib to bring up to date: the manuscripts {several}")
    return next(iter(named))


def plan(manuscripts: Sequence[Manuscript], path: Path, existing: bytes, *, dialect: str = "") -> Plan:
    """What of the cited keys is missing in a .bib, in the other bibliographies of a manuscript, and in itself."""
    bib = syntax.read(existing)
    needs = _needs(manuscripts)
    readers = frozenset(reader_of(item) for item in manuscripts)
    held = set(copying.keys(bib, aliases="biber" in readers))
    others = _others(manuscripts, path)
    missing = [need for need in needs if need.key not in held and need.key not in others]
    unused: tuple[str, ...] = ()
    if not any(item.cites_all for item in manuscripts):
        cited = {need.key for need in needs}
        known = copying.keys(bib, aliases=True)
        used = {known[key].key for key in cited if key in known}
        kept = used | copying.parents(bib, used)
        unused = tuple(
            dict.fromkeys(block.key for block in bib.entries() if block.key and block.key not in kept)
        )
    files = sum(max(1, len(item.sources)) for item in manuscripts)
    latex = dialect == "biblatex" if dialect else _is_biblatex(bib, readers)
    return Plan(existing, bib, latex, tuple(needs), tuple(missing), unused, frozenset(held | others), files)


def _needs(manuscripts: Sequence[Manuscript]) -> list[Need]:
    places: dict[str, list[Span]] = {}
    readers: dict[str, set[str]] = {}
    for item in manuscripts:
        for key, span in item.keys:
            if key not in item.own:
                places.setdefault(key, []).append(span)
                readers.setdefault(key, set()).add(reader_of(item))
    return [Need(key, tuple(spans), frozenset(readers[key])) for key, spans in places.items()]


def _others(manuscripts: Sequence[Manuscript], path: Path) -> set[str]:
    """The keys in what else the manuscripts name as bibliographies."""
    named = dict.fromkeys(other for item in manuscripts for other in item.bibliographies)
    rest = [other for other in named if other.is_file() and other.resolve() != path.resolve()]
    return {key for other in rest for key in _keys_of(other)}


def _keys_of(path: Path) -> Iterable[str]:
    from cite2bib import formats

    if path.suffix.lower() == ".bib":
        return copying.keys(syntax.read(path.read_bytes()), aliases=True)
    item = formats.for_suffix(str(path))
    if not item or not item.reads:
        return ()
    try:
        return [work.id for work in item.read(path.read_bytes(), str(path)).works]
    except ReadError:
        return ()


def _is_biblatex(bib: Bib, readers: Collection[str]) -> bool:
    """What a .bib is already, else what the manuscripts use; pandoc and Typst read either, best BibLaTeX."""
    from cite2bib.formats import bibtex

    if bibtex.sniff_biblatex(bib.text):
        return True
    return "bibtex" not in readers and ("biber" in readers or not any(bib.entries()))


def asked(plan: Plan, copied: Collection[str] = ()) -> tuple[Work, ...]:
    """The works that missing keys name by themselves, to be looked up; those that can be written."""
    found = []
    for need in plan.missing:
        place = need.places[0]
        work = work_of(need.key, Origin(place.path, str(place.line)))
        if work and need.key not in copied and not _obstacle(plan, need):
            found.append(work)
    return tuple(found)


def libraries(paths: Iterable[Path]) -> Iterator[tuple[Path, Bib]]:
    """The .bib files among libraries, whose entries can be copied as they stand."""
    for path in paths:
        if path.suffix.lower() == ".bib":
            try:
                yield path, syntax.read(path.read_bytes())
            except OSError as error:
                raise ReadError(f"the library can't be read: {error.strerror}", Span(str(path))) from None


def from_libraries(plan: Plan, paths: Sequence[Path]) -> Filled:
    """The .bib with what libraries have under the very keys that are missing, the first library first."""
    data, copied, told = plan.existing, dict[str, str](), list[Diagnostic]()
    missing = [need.key for need in plan.missing]
    for path, library in libraries(paths):
        found = copying.copied(library, [key for key in missing if key not in copied], syntax.read(data))
        data = append.with_entries(data, found.texts)
        copied |= dict.fromkeys(found.keys, str(path))
        for key, word in found.clashes:
            message = (
                f"{key} can't be copied from {path}: the string {word!r} means something else in the .bib"
            )
            told.append(Diagnostic("other-string", message, work_id=key))
    return Filled(data, copied, diagnostics=tuple(told))


def fill(plan: Plan, start: Filled, resolutions: Sequence[Resolution], near: Collection[str] = ()) -> Filled:
    """The .bib with the records that were found, and an error for each key that stays missing; `near` may be meant."""
    found = {item.query.id: item for item in resolutions}
    records = [
        replace(item.work, id=key)
        for key, item in found.items()
        if item.decision.record and item.work.text("title")
    ]
    needs = {need.key: need for need in plan.missing}
    entries = [_entry(plan, work, needs[work.id]) for work in records]
    data = append.with_entries(start.data, entries)
    written = tuple(work.id for work in records)
    told = [
        _left(plan, need, found.get(need.key), near)
        for need in plan.missing
        if need.key not in written and need.key not in start.copied
    ]
    same = append.same_entry(start.data, records) if records else {}
    twice = [_twice(needs[key], other) for key, other in same.items()]
    return Filled(data, start.copied, written, (*start.diagnostics, *told, *twice))


def _entry(plan: Plan, work: Work, need: Need) -> str:
    """An entry under the cited key; where biber refuses it, under one it takes, with the cited key as an alias."""
    if not any(keyrules.refused(work.id, reader) for reader in need.readers):
        return append.entry_under(work, work.id, latex=plan.latex)
    key = keyrules.taken_everywhere(work.id)
    text = append.entry_under(work, key, latex=plan.latex)
    head, comma, rest = text.partition(",\n")
    return f"{head}{comma}  ids           = {{{work.id}}},\n{rest}"


def _obstacle(plan: Plan, need: Need) -> str:
    """Why no entry can be written under a key, "" when one can."""
    if "\\" in need.key:
        return "a key takes no backslash: write _ for \\_"
    for reader in sorted(need.readers):
        chars = keyrules.refused(need.key, reader)
        only_biber = need.readers == {"biber"} and not keyrules.refused(need.key, "bibtex")
        if chars and not (only_biber and plan.latex):
            shown = " ".join("space" if char.isspace() else char for char in chars)
            return f"{_NAMES[reader]} takes no {shown} in a key of a .bib: cite it by a name of your own"
    if "bibtex" in need.readers:
        same = next((block for block in plan.bib.entries() if block.key.lower() == need.key.lower()), None)
        if same:
            return f"BibTeX takes it for {same.key}, which is there: cite it like that"
    return ""


_NAMES = {"bibtex": "BibTeX", "biber": "biber", "pandoc": "pandoc", "typst": "Typst"}


def lacking(plan: Plan, near: Collection[str] = ()) -> tuple[Diagnostic, ...]:
    """An error for each missing key, as `--check` tells them."""
    return tuple(_left(plan, need, None, near, checking=True) for need in plan.missing)


def _left(
    plan: Plan, need: Need, tried: Resolution | None, near: Collection[str], *, checking: bool = False
) -> Diagnostic:
    """What is told of a key that has no entry."""
    obstacle = _obstacle(plan, need)
    if obstacle:
        reason = obstacle
    elif tried:
        reason = f"it could not be looked up: {tried.reason if tried.asked or tried.silent else 'nothing is kept of it'}"
    elif checking and work_of(need.key, Origin("")):
        reason = "sync can look it up"
    else:
        reason = meant(need.key, sorted(plan.known.union(near)))
    more = f" (and {len(need.places) - 1} more)" if len(need.places) > 1 else ""
    message = f"{need.key} has no entry{more}" + (f"; {reason}" if reason else "")
    return Diagnostic("missing-key", message, need.places[0], need.key, Severity.ERROR)


def _twice(need: Need, other: str) -> Diagnostic:
    message = f"{need.key} is the work that {other} is: cited under both, it is listed twice"
    return Diagnostic("same-work", message, need.places[0], need.key)


def library_keys(paths: Iterable[Path]) -> frozenset[str]:
    """The keys of libraries, to be suggested."""
    return frozenset(key for _, library in libraries(paths) for key in copying.keys(library))


def misread(manuscripts: Iterable[Manuscript]) -> Iterator[Diagnostic]:
    """Identifiers that Typst reads only in part, as its `@` takes no slash."""
    for item in manuscripts:
        for key, span in item.keys if item.syntax == "typst" else ():
            written = span.source[span.column - 2 : span.column - 1]
            if written == "@" and "/" in key:
                short = key.partition("/")[0]
                message = f'Typst reads this as @{short}; it takes #cite(label("{key}"))'
                yield Diagnostic("misread-key", message, span)


def check_target(path: Path) -> bytes:
    """The bytes of the .bib that is to be brought up to date; "" where there is none yet."""
    from cite2bib.pipeline import saving

    if path.suffix.lower() not in {".bib", ".bibtex", ".biblatex"}:
        raise UsageError(f"{path}: sync keeps a .bib up to date")
    saving.check_target(path)
    return path.read_bytes() if path.exists() else b""
