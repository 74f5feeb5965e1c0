"""Rules run over a file in rounds until none has an edit left: what one mends may be what another was waiting for."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from cite2bib.fix.entries import NO_WORKS, Entry, File, Wants
from cite2bib.fix.finding import Finding
from cite2bib.fix.rules import LAST
from cite2bib.formats.bibtex import syntax
from cite2bib.formats.bibtex.syntax import Bib, Edit
from cite2bib.light import dataclass, field, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from cite2bib.fix.finding import Found, Rule

_MOST_ROUNDS = 12
_MOST_PASSES = 4


@dataclass(slots=True)
class Mended:
    """A file before and after."""

    before: Bib
    after: Bib
    findings: list[Finding]  # in the order of their places in the file as it was
    left: list[Finding] = field(default_factory=list)  # what people have to decide, at its place afterwards
    renamed: dict[str, str] = field(default_factory=dict)

    @property
    def data(self) -> bytes:
        """The bytes after the edits; those that were read where there are none."""
        return self.after.edited(())

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to write."""
        return self.before.text != self.after.text


def findings(file: File, rules: Sequence[Rule]) -> list[Finding]:
    """What some rules find in a file, in the order of the places."""
    return findings_of_changed(file, rules)


def mend(bib: Bib, rules: Sequence[Rule], wants: Wants | None = None) -> Mended:
    """The file with every edit that the rules have for it."""
    wants = wants or Wants()
    result = Mended(bib, bib, [])
    moves: list[list[Edit]] = []
    seen: set[tuple[str, str, str]] = set()
    early = [rule for rule in rules if rule.name not in LAST]
    # Keys are told apart in the order of the entries, which only sorting by keys must not change before.
    last = LAST if wants.sort == "key" else LAST[::-1]
    stages = [early, *([rule] for name in last for rule in rules if rule.name == name)]
    for _ in range(_MOST_PASSES):  # what keys and order change may be what another rule was waiting for
        before = result.after
        for stage in stages:
            _settle(result, stage, wants, moves, seen)
        if len(stages) == 1 or result.after is before:
            break
    result.findings.sort(key=lambda item: item.offset)
    if moves:
        result.left = [item for item in findings(File(result.after, wants), rules) if not item.edits]
    else:
        result.left = [item for item in result.findings if not item.edits]
    return result


def _settle(
    result: Mended,
    stage: Sequence[Rule],
    wants: Wants,
    moves: list[list[Edit]],
    seen: set[tuple[str, str, str]],
) -> None:
    """Rounds of some rules until none of them has an edit."""
    quiet: set[str] = set()
    for _ in range(_MOST_ROUNDS):
        found = findings_of_changed(File(result.after, wants), stage, quiet)
        _note(result, found, moves, seen)
        taken = _apart(found, stage)
        if not taken:
            return
        _rename(result.renamed, taken)
        edits = [edit for item in taken for edit in item.edits]
        text = syntax.apply(result.after.text, edits)
        moves.append(edits)
        result.after = Bib(text, tuple(syntax.split(text)), result.before.coding)


def _note(
    result: Mended, found: Iterable[Finding], moves: Sequence[list[Edit]], seen: set[tuple[str, str, str]]
) -> None:
    """Keep what was not told yet, at its place in the file as it was."""
    for item in found:
        mark = item.rule, item.key, item.message
        if mark in seen and moves:
            continue
        seen.add(mark)
        offset = item.offset
        for edits in reversed(moves):
            offset = _origin(offset, edits)
        result.findings.append(replace(item, offset=offset, is_later=bool(moves)))


def _origin(offset: int, edits: Sequence[Edit]) -> int:
    """Where a place was before some edits."""
    moved = 0
    for edit in sorted(edits):
        start = edit.start + moved
        if offset < start:
            break
        if offset < start + len(edit.text):
            return edit.start
        moved += len(edit.text) - (edit.end - edit.start)
    return offset - moved


def _rename(renamed: dict[str, str], taken: Sequence[Finding]) -> None:
    """Add the keys that a round changed; all of them change at once."""
    new = dict(pair for item in taken for pair in item.renamed)
    for old, now in renamed.items():
        renamed[old] = new.get(now, now)
    for old, now in new.items():
        renamed.setdefault(old, now)


def _apart(found: Sequence[Finding], rules: Sequence[Rule]) -> list[Finding]:
    """Findings whose edits do not touch each other's; of those that do, the one of the earlier rule."""
    rank = {rule.name: place for place, rule in enumerate(rules)}
    candidates = sorted((item for item in found if item.edits), key=lambda item: rank[item.rule])
    free = _Free()
    return [item for item in candidates if free.take(item.edits)]


def _fits(bib: Bib, item: Finding) -> bool:
    """Whether the file's encoding has a place for what would be written, and stays what it was taken for."""
    try:
        for edit in item.edits:
            edit.text.encode(bib.coding.name, bib.coding.errors)
    except UnicodeEncodeError:
        return False
    # UTF-8 with bytes that are none is told by how many of its letters are sound: none of them may go.
    is_mixed = bib.coding.errors == "surrogateescape"
    return not is_mixed or all(bib.text[edit.start : edit.end].isascii() for edit in item.edits)


class _Free:
    """Stretches of a text that are spoken for."""

    def __init__(self) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []

    def take(self, edits: Sequence[Edit]) -> bool:
        """Whether all of some edits stand apart from those taken before; they are taken then."""
        in_order = sorted(edits)
        if any(one.end > next_one.start for one, next_one in pairwise(in_order)):
            return False  # the rule has misjudged a broken value
        if any(self._is_taken(edit) for edit in edits):
            return False
        for edit in edits:
            insort(self.starts, edit.start)
            insort(self.ends, edit.end)
        return True

    def _is_taken(self, edit: Edit) -> bool:
        """Neighbours may touch, but for insertions, whose order would matter."""
        first = bisect_left(self.ends, edit.start)
        last = bisect_right(self.starts, edit.end)
        return any(
            (start < edit.end and edit.start < end) or start == end or edit.start == edit.end
            for start, end in zip(self.starts[first:last], self.ends[first:last], strict=True)
        )


def findings_of_changed(file: File, rules: Sequence[Rule], quiet: set[str] | None = None) -> list[Finding]:
    """What rules find, entries left out that read the same when nothing was found in them."""
    found = chain(_of_entries(file, rules, quiet), _of_file(file, rules))
    able = (item if _fits(file.bib, item) else replace(item, edits=(), renamed=()) for item in found)
    return sorted(able, key=lambda item: item.offset)


def _of_file(file: File, rules: Sequence[Rule]) -> Iterator[Finding]:
    for rule in rules:
        if rule.file:
            for item in rule.file(file):
                yield _finding(rule, item, item.key or _key_at(file, item.offset))


def _key_at(file: File, offset: int) -> str:
    if "starts" not in file.kept:
        file.kept["starts"] = [entry.block.start for entry in file.entries]
    starts: list[int] = file.kept["starts"]
    place = bisect_right(starts, offset) - 1
    return file.entries[place].key if place >= 0 else ""


def _finding(rule: Rule, item: Found, key: str) -> Finding:
    return Finding(rule.name, item.offset, item.message, item.key or key, item.edits, item.renamed)


def _of_entries(file: File, rules: Sequence[Rule], quiet: set[str] | None = None) -> Iterator[Finding]:
    rules = [
        rule for rule in rules if (rule.field or rule.entry) and (not rule.present or rule.present(file.text))
    ]
    if not rules:
        return
    gate = _Gate(file, rules)
    for entry in file.entries:
        concerned = gate.concerned(entry)
        if not concerned:
            continue
        source = file.text[entry.block.start : entry.block.end] if quiet is not None else ""
        if quiet is not None and source in quiet:
            continue
        found = list(of_entry(entry, [rule for rule in rules if rule.name in concerned]))
        if not found and quiet is not None:
            quiet.add(source)
        yield from found


def of_entry(entry: Entry, rules: Iterable[Rule]) -> Iterator[Finding]:
    """What rules that look at one entry or field find in it."""
    for rule in rules:
        if rule.entry and entry.type not in NO_WORKS:
            for item in rule.entry(entry):
                yield _finding(rule, item, entry.key)
        if rule.field:
            for field_ in entry.items:
                if not rule.names or field_.name in rule.names:
                    for item in rule.field(entry, field_):
                        yield _finding(rule, item, entry.key)


_OPENS_EMPTY = frozenset(
    {"}", '"', "{", " ", "\n", "\r", "\t"}
)  # second characters of values that hold nothing


class _Gate:
    """Tells of most entries in a few microseconds that no rule has anything to say, and which may have of the others."""

    def __init__(self, file: File, rules: Sequence[Rule]) -> None:
        self.file = file
        self.rules = rules
        self.shapes: dict[tuple[str, tuple[str, ...]], tuple[str, ...]] = {}
        self.gates = _Gates(rules)
        self.empty = frozenset(rule.name for rule in rules if rule.sees_empty)

    def concerned(self, entry: Entry) -> set[str]:
        """The names of the rules that may find something."""
        gates = self.gates
        found: set[str] = set()
        for name, raw in entry.values:
            if raw[1:2] in _OPENS_EMPTY and not raw.strip('{}" \t\r\n'):
                found |= self.empty
            for gate, rule in gates[name]:
                if gate(raw):
                    found.add(rule)
        shape = entry.block.type, tuple([name for name, _ in entry.values])
        known = self.shapes.get(shape)
        if known is None:
            lower = tuple(name.lower() for name in shape[1])
            known = tuple(
                rule.name for rule in self.rules if rule.shape and rule.shape(entry.type, lower, self.file)
            )
            self.shapes[shape] = known
        found.update(known)
        return found


def _always(_raw: str) -> bool:
    return True


class _Gates(dict[str, tuple["tuple[Callable[[str], object], str]", ...]]):
    """The gates of each field, by its name as written, with the rules that stand behind them."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        super().__init__()
        self.rules = rules

    def __missing__(self, name: str) -> tuple[tuple[Callable[[str], object], str], ...]:
        lower = name.lower()
        self[name] = tuple(
            (rule.gate or _always, rule.name)
            for rule in self.rules
            if (rule.field or rule.gate) and (not rule.names or lower in rule.names)
        )
        return self[name]
