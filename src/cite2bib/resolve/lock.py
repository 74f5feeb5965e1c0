"""`cite2bib.lock`: the decision for each work, as text that lives in a repository and diffs well.

After a header line each line is one decision, in JSON, sorted by key: the record that was taken, or that none was
and which catalogues answered. No times, no machine: the same decisions give the same bytes.
"""

from __future__ import annotations

import json
import re
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cite2bib import paths, printed, titles
from cite2bib.diagnostics import ReadError, Span
from cite2bib.light import dataclass
from cite2bib.model import Field, Origin, Work
from cite2bib.names import family_key
from cite2bib.records.csl import csl_from_work, work_from_csl
from cite2bib.resolve.match import facts, people

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

NAME = paths.LOCK
_HEADER = '{"cite2bib-lock": 1}'


@dataclass(frozen=True, slots=True)
class Locked:
    """One decision kept."""

    key: str
    title: str  # of the query, for the reader of the file
    record: Work | None = None
    evidence: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()  # catalogues that answered, when none had the work
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Lock:
    """The decisions of a lock file; records are parsed when they are asked for."""

    lines: Mapping[str, Mapping[str, Any]]
    path: str = ""

    def get(self, work: Work) -> Locked | None:
        """The decision about a work, if there is one."""
        key = fingerprint(work)
        line = self.lines.get(key)
        return _locked(key, line) if line is not None else None

    def __len__(self) -> int:
        return len(self.lines)

    def __iter__(self) -> Iterator[Locked]:
        return (_locked(key, line) for key, line in self.lines.items())

    def joined(self, decisions: Iterable[Locked]) -> Lock:
        """This lock with later decisions; that none was found never replaces a record, and adds who was asked."""
        lines = dict(self.lines)
        for decision in decisions:
            before = lines.get(decision.key)
            lines[decision.key] = _joined(before, _line(decision)) if before is not None else _line(decision)
        return Lock(lines, self.path)


def _joined(before: Mapping[str, Any], after: Mapping[str, Any]) -> Mapping[str, Any]:
    if "record" in after:
        return after
    if "record" in before:
        return before
    return {**after, "asked": sorted({*before.get("asked", ()), *after["asked"]})}


def fingerprint(work: Work) -> str:
    """What a decision is kept under: the folded title, identifiers and the first author, readable at its start.

    An abstract read a little differently, a date or a number of authors don't change it.

    >>> from cite2bib.model import Work
    >>> fingerprint(Work().with_field("title", "Fast Model Editing at {S}cale"))
    'fastmodeleditingatscale-84a576c0'
    """
    title = titles.key(work.text("title"))
    names = people.named(work.names("author"))
    identifiers = [
        facts.identifier(work, name) for name in ("DOI", "arxiv", "PMID", "PMCID", "ISBN", "openalex")
    ]
    rest = [] if title or any(identifiers) else _whereabouts(work)
    told = "\n".join([title, *identifiers, family_key(names[0]) if names else "", *rest])
    start = (
        re.sub(r"[^a-z0-9]", "", title)[:32] or re.sub(r"[^a-z0-9]", "", " ".join(identifiers).lower())[:32]
    )
    return f"{start}-{blake2b(told.encode(), digest_size=4).hexdigest()}"


def _whereabouts(work: Work) -> list[str]:
    """What tells a work that has neither title nor identifier."""
    found, date = printed.place(work), work.date()
    told = (
        [titles.key(work.text("container-title")), *found, str(date.year if date else "")]
        if any(found)
        else []
    )
    return [work.text("URL"), *told]


def read(data: bytes, path: str) -> Lock:
    """The decisions in a lock file; a broken line raises `ReadError` with its number."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        raise ReadError("a lock file is UTF-8", Span(path, line)) from None
    rows = text.splitlines()
    if not rows:
        return Lock({}, path)
    lines: dict[str, Mapping[str, Any]] = {}
    for row in _rows(rows, path)[1:]:
        # A merge may keep both sides' lines about one work.
        lines[row["key"]] = _joined(lines[row["key"]], row) if row["key"] in lines else row
    return Lock(lines, path)


def _rows(rows: list[str], path: str) -> list[dict[str, Any]]:
    """All rows at once, which is fast; one by one when something is wrong, to say where."""
    numbered = [(number, row) for number, row in enumerate(rows, 1) if row.strip()]
    try:
        found = json.loads(f"[{','.join(row for _, row in numbered)}]")
    except ValueError:
        found = []
    is_sound = len(found) == len(numbered) and all(
        isinstance(row, dict) and _is_sound(row, number) for number, row in enumerate(found, 1)
    )
    return list(found) if is_sound else [_row(row, number, path) for number, row in numbered]


def _row(row: str, number: int, path: str) -> dict[str, Any]:
    if row.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
        raise ReadError(
            "a merge conflict was left here: keep one of the lines", Span(path, number, 1, 8, row)
        )
    try:
        found = json.loads(row)
    except ValueError as fault:
        column = getattr(fault, "colno", 1)
        raise ReadError(
            f"not a decision: {getattr(fault, 'msg', fault)}", Span(path, number, column, 0, row)
        ) from None
    if not isinstance(found, dict) or not _is_sound(found, number):
        what = (
            "the first line says the version of the lock"
            if number == 1
            else "a decision has a key and a record"
        )
        raise ReadError(
            f"{what}: {_HEADER if number == 1 else 'or names who was asked'}", Span(path, number, 1, 0, row)
        )
    return found


def _is_sound(row: Mapping[str, Any], number: int) -> bool:
    if number == 1:
        return row.get("cite2bib-lock") == 1
    told = isinstance(row.get("record"), dict) or isinstance(row.get("asked"), list)
    return isinstance(row.get("key"), str) and told


def write(lock: Lock) -> str:
    """The text of a lock file."""
    rows = [
        json.dumps({"key": key, **_sorted(lock.lines[key])}, ensure_ascii=False) for key in sorted(lock.lines)
    ]
    return "\n".join([_HEADER, *rows]) + "\n"


def _sorted(line: Mapping[str, Any]) -> dict[str, Any]:
    order = ("title", "record", "origin", "origins", "evidence", "asked", "reason")
    return {name: line[name] for name in order if name in line}


def decision(
    work: Work,
    record: Work | None,
    *,
    evidence: Sequence[str] = (),
    asked: Iterable[str] = (),
    reason: str = "",
) -> Locked:
    """What is to be kept about a work."""
    return Locked(
        fingerprint(work), work.text("title"), record, tuple(evidence), tuple(sorted(set(asked))), reason
    )


def _line(locked: Locked) -> dict[str, Any]:
    line: dict[str, Any] = {"key": locked.key, "title": locked.title}
    if locked.record is None:
        return {**line, "asked": list(locked.asked), "reason": locked.reason}
    item = csl_from_work(locked.record)
    item.pop("id")
    if not locked.record.type:
        item.pop("type")
    origins = _origins(locked.record)
    most = (
        max(origins.values(), key=lambda said: (list(origins.values()).count(said), said)) if origins else []
    )
    special = {name: said for name, said in sorted(origins.items()) if said != most}
    return {
        **line,
        "record": item,
        "origin": most,
        **({"origins": special} if special else {}),
        "evidence": list(locked.evidence),
    }


def _origins(record: Work) -> dict[str, list[Any]]:
    return {name: _told(said.origin) for name, said in record.fields.items()}


def _told(origin: Origin) -> list[Any]:
    told: list[Any] = [origin.source, origin.locator, origin.confidence, origin.note]
    return told if origin.note else told[:3] if origin.confidence != 1 else told[:2]


def _locked(key: str, line: Mapping[str, Any]) -> Locked:
    item = line.get("record")
    record = _record(item, line) if isinstance(item, dict) else None
    title, reason = str(line.get("title", "")), str(line.get("reason", ""))
    return Locked(key, title, record, _texts(line, "evidence"), _texts(line, "asked"), reason)


def _texts(line: Mapping[str, Any], name: str) -> tuple[str, ...]:
    return tuple(str(item) for item in line.get(name, ()))


def _record(item: Mapping[str, Any], line: Mapping[str, Any]) -> Work:
    work = work_from_csl(item, _origin(line.get("origin")))
    special = line.get("origins")
    if not isinstance(special, dict):
        return work
    changed = {
        name: Field(work.fields[name].value, _origin(said))
        for name, said in special.items()
        if name in work.fields
    }
    return work.with_fields(changed)


def _origin(told: Any) -> Origin:
    if not isinstance(told, list) or not told:
        return Origin(NAME)
    source, locator, confidence, note = (*told, *("", "", 1.0, "")[len(told) :])[:4]
    return Origin(str(source), str(locator), float(confidence), str(note))


def find(inputs: Iterable[str]) -> Path | None:
    """The lock file beside the inputs, or in the working folder."""
    found = paths.lock_file(inputs)
    return Path(found) if found else None
