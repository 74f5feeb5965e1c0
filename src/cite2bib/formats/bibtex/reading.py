"""A .bib to works: macros expanded, crossref and xdata inherited, each field with its line."""

from __future__ import annotations

import re
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from cite2bib.diagnostics import Diagnostic, Severity, Span
from cite2bib.formats import ReadResult
from cite2bib.formats.bibtex import coding, syntax, tables
from cite2bib.formats.bibtex.fields import ENTRY_TYPE, RAW, REST, interpret
from cite2bib.formats.bibtex.syntax import Assignment, Bib, Block, Kind, Lines
from cite2bib.model import Field, Origin, Work

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_ERRORS = frozenset({"unclosed-brace", "unclosed-entry", "not-a-field", "missing-value", "stray-fields"})
_MONTH_NAMES = dict(zip(tables.MONTHS, (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
), strict=True))  # fmt: skip
# What a child does not take from its parent: what names or describes the parent alone.
_NOT_INHERITED = frozenset(
    """
ids crossref xref xdata entryset entrysubtype execute label options presort related relatedoptions
relatedstring relatedtype shorthand shorttitle shortauthor sortkey sortname sorttitle sortyear keywords
abstract annotation annote doi eprint eprinttype eprintclass archiveprefix primaryclass url urldate file
pdf note timestamp owner pages title subtitle titleaddon pagetotal date-added date-modified groups key
""".split()
)
_BOOKS = frozenset(
    """
book mvbook collection mvcollection proceedings mvproceedings reference mvreference misc manual
""".split()
)
_IN_BOOKS = frozenset(
    """
inbook bookinbook suppbook incollection suppcollection inproceedings conference inreference
""".split()
)


class Entry:
    """An entry as far as BibTeX sees it: lower-case names, values without delimiters and macros."""

    __slots__ = ("block", "fields", "inherited", "key", "places", "type")

    def __init__(
        self, block: Block, type_: str, key: str, fields: dict[str, str], places: dict[str, int]
    ) -> None:
        self.block, self.type, self.key = block, type_, key
        self.fields = fields
        self.places = places  # field -> line
        self.inherited: frozenset[str] = frozenset()


def read_works(data: bytes, path: str) -> ReadResult:
    """The works of a .bib in its order; a broken entry gives what could be read of it, and a report."""
    bib = syntax.read(data)
    return Reader(bib, path).result()


def entries(data: bytes) -> tuple[Entry, ...]:
    """The entries of a .bib with their macros expanded, nothing inherited, values still in TeX."""
    return tuple(Reader(syntax.read(data), "").entries())


class Reader:
    """One .bib, or a piece of one that starts after `first_line` lines and knows what the pieces before it said."""

    def __init__(
        self,
        bib: Bib,
        path: str,
        *,
        first_line: int = 0,
        strings: dict[str, str] | None = None,
        seen: dict[str, tuple[str, int]] | None = None,
    ) -> None:
        self.bib = bib = _without_slips(bib) if bib.coding.errors == "surrogateescape" else bib
        self.path = path
        self.lines = Lines(bib.text)
        self.diagnostics: list[Diagnostic] = []
        self.first_line = first_line
        self.strings = {} if strings is None else strings
        self.seen = {} if seen is None else seen  # key in lower case -> key and line

    def _line(self, offset: int) -> int:
        return self.lines.line(offset) + self.first_line

    def _first_guess(self) -> Span:
        """The first letter that ASCII has not: the first byte that had to be guessed."""
        found = re.search(r"[^\x00-\x7f]", self.bib.text)
        if not found:
            return Span(self.path)
        line, column = self.lines.place(found.start())
        return Span(self.path, line + self.first_line, column, source=self.lines.source(line))

    def result(self, parents: Mapping[str, Entry] | None = None) -> ReadResult:
        """The works; `parents` are entries of other pieces that these may take over from."""
        if self.bib.coding.guessed and self.bib.coding.name != "utf-8":
            message = f"not UTF-8, and no encoding is declared: read as {self.bib.coding.name}"
            self.diagnostics.append(Diagnostic("guessed-encoding", message, self._first_guess()))
        entries = list(self.entries())
        self._report_duplicates(entries)
        by_key = dict(parents or {})
        for entry in reversed(entries):
            by_key[entry.key.lower()] = entry
        works = tuple(self._work(entry) for entry in self._resolved(entries, by_key))
        return ReadResult(works, tuple(sorted(self.diagnostics, key=_by_line)))

    def _report(self, offset: int, code: str, message: str, key: str = "", *, note: bool = False) -> None:
        line, column = self.lines.place(offset)
        span = Span(self.path, line + self.first_line, column, source=self.lines.source(line))
        severity = Severity.ERROR if code in _ERRORS else Severity.NOTE if note else Severity.WARNING
        self.diagnostics.append(Diagnostic(code, message, span, key, severity))

    def entries(self) -> Iterator[Entry]:
        """The entries with their macros expanded; faults and macros are noted on the way."""
        for block in self.bib.blocks:
            for fault in block.faults:
                self._report(*fault, key=block.key)
            if block.kind is Kind.STRING:
                for item in self.bib.assignments(block):
                    self.strings[item.name.lower()] = self._expanded(item, block)
            elif block.kind is Kind.ENTRY:
                yield self._entry(block)

    def _entry(self, block: Block) -> Entry:
        fields: dict[str, str] = {}
        places: dict[str, int] = {}
        for item in self.bib.assignments(block):
            name = item.name.lower()
            value = self._expanded(item, block)
            if name not in fields:
                fields[name] = value
                places[name] = self._line(item.start)
            elif value != fields[name]:
                self._report(
                    item.start,
                    "duplicate-field",
                    f"a second {item.name!r}, left out: {value[:40]!r}",
                    block.key,
                )
        return Entry(block, block.type.lower(), block.key, fields, places)

    def _expanded(self, item: Assignment, block: Block) -> str:
        """A value without its delimiters, its macros replaced."""
        raw = self.bib.text[item.value_start : item.end]
        if "#" in raw or block.known is not None:
            return "".join(self._pieces(raw, item, block.key))
        # One piece, since the block is sound.
        return raw[1:-1] if raw[0] in '{"' else self._macro(raw, item, block.key)

    def _pieces(self, raw: str, item: Assignment, key: str) -> Iterator[str]:
        position = 0
        piece = _piece()
        while found := piece.match(raw, position):
            position = found.end()
            if found["string"]:
                yield found["string"][1:-1]
            elif found["bare"]:
                yield self._macro(found["bare"], item, key)
            elif found[0] in {"{", '"'}:  # too deep for the pattern, or never closed
                end = _piece_end(raw, found.start())
                yield raw[found.end() : end].removesuffix("}" if found[0] == "{" else '"')
                position = end

    def _macro(self, word: str, item: Assignment, key: str) -> str:
        lower = word.lower()
        known = self.strings.get(lower) or _MONTH_NAMES.get(lower) or tables.JOURNAL_MACROS.get(lower)
        if known is None and lower not in self.strings and not word[0].isdecimal():
            self._report(item.value_start, "undefined-string", f"no @string is named {word!r}", key)
        return word if known is None and lower not in self.strings else known or ""

    def _report_duplicates(self, entries: list[Entry]) -> None:
        for entry in entries:
            if not entry.key:
                continue
            line = self._line(entry.block.start)
            first, first_line = self.seen.setdefault(entry.key.lower(), (entry.key, line))
            if first_line != line or first != entry.key:
                how = "" if first == entry.key else f" but for its capitals ({first})"
                message = f"the key {entry.key!r} is that of line {first_line}{how}: both are kept"
                self._report(entry.block.start, "duplicate-key", message, entry.key)

    def _offset(self, entry: Entry, name: str) -> int:
        items = self.bib.assignments(entry.block)
        return next((item.start for item in items if item.name.lower() == name), entry.block.start)

    def _resolved(self, entries: list[Entry], by_key: Mapping[str, Entry]) -> Iterator[Entry]:
        for entry in entries:
            if entry.type in tables.NO_WORKS:
                self._report(
                    entry.block.start,
                    "no-work",
                    f"@{entry.block.type} is read, but it is no work",
                    entry.key,
                    note=True,
                )
                continue
            self.take_over(entry, by_key)
            yield entry

    def take_over(self, entry: Entry, by_key: Mapping[str, Entry]) -> None:
        """Add to an entry what others say of it."""
        self._inherit_xdata(entry, by_key)
        self._inherit(entry, by_key)

    def _inherit_xdata(self, entry: Entry, by_key: Mapping[str, Entry], depth: int = 0) -> None:
        for key in entry.fields.get("xdata", "").split(","):
            source = by_key.get(key.strip().lower()) if key.strip() else None
            if source and source is not entry and depth < 10:
                self._inherit_xdata(source, by_key, depth + 1)
                _take(entry, source, {name: name for name in source.fields if name not in {"ids", "xdata"}})

    def _inherit(self, entry: Entry, by_key: Mapping[str, Entry], depth: int = 0) -> None:
        key = entry.fields.get("crossref", "").strip()
        if not key or "crossref" in entry.inherited or depth > 10:
            return
        parent = by_key.get(key.lower())
        if parent is None or parent is entry:
            self._report(
                self._offset(entry, "crossref"),
                "crossref-missing",
                f"no entry has the key {key!r}",
                entry.key,
            )
            return
        self._inherit(parent, by_key, depth + 1)
        self._report(
            self._offset(entry, "crossref"),
            "crossref",
            f"what {key!r} says is taken over",
            entry.key,
            note=True,
        )
        names = {
            name: name
            for name in parent.fields
            if name not in _NOT_INHERITED and name not in parent.inherited | {"type"}
        }
        names |= {
            name: name for name in parent.inherited if name in parent.fields and name not in _NOT_INHERITED
        }
        _take(entry, parent, names)
        entry.inherited |= {"crossref"}
        if entry.type in _IN_BOOKS and parent.type in _BOOKS | _IN_BOOKS:
            _take(entry, parent, {"title": "booktitle", "subtitle": "booksubtitle"})
        elif entry.type == "article":
            _take(entry, parent, {"title": "journaltitle"} if "journal" not in entry.fields else {})

    def _work(self, entry: Entry) -> Work:
        said = entry.fields
        if "crossref" in said:
            said = {name: value for name, value in said.items() if name != "crossref"}
        mapped = interpret(entry.type, said)
        origins = {name: Origin(self.path, str(line)) for name, line in entry.places.items()}
        here = Origin(self.path, str(self._line(entry.block.start)))
        fields: dict[str, Field] = {}
        kept = dict.fromkeys(mapped.rest, REST)
        for variable, (value, names, exact) in mapped.readings.items():
            fields[variable] = Field(value, origins.get(names[0], here) if names else here)
            if not exact:
                kept |= dict.fromkeys(names, RAW)
        for name, prefix in kept.items():
            if entry.fields[name].strip():
                fields[prefix + name] = Field(entry.fields[name], origins.get(name, here))
        fields[ENTRY_TYPE] = Field(entry.type, here)
        return Work(entry.key, mapped.type, MappingProxyType(fields), (here,))


def _take(entry: Entry, source: Entry, names: Mapping[str, str]) -> None:
    """Fields of another entry, under these names, where this one has none."""
    for theirs, ours in names.items():
        if theirs in source.fields and ours not in entry.fields:
            entry.fields[ours] = source.fields[theirs]
            entry.places[ours] = source.places[theirs]
            entry.inherited |= {ours}


def _without_slips(bib: Bib) -> Bib:
    """The same with bytes that are no UTF-8 as letters, one for one, in keys and names of fields too."""
    clean = coding.without_slips
    blocks = tuple(
        block._replace(
            type=clean(block.type),
            key=clean(block.key),
            known=block.known and tuple(item._replace(name=clean(item.name)) for item in block.known),
        )
        for block in bib.blocks
    )
    return Bib(clean(bib.text), blocks, bib.coding)


@cache
def _piece() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<string>{syntax.BRACED}|{syntax.QUOTED})|(?P<bare>{syntax.BARE})|#|%[^\r\n]*|\s+|.", re.DOTALL
    )


def _piece_end(raw: str, start: int) -> int:
    """Where a piece ends whose braces are deeper than the pattern, or never closed."""
    depth = 0
    closer = "}" if raw[start] == "{" else '"'
    for position in range(start + 1, len(raw)):
        char = raw[position]
        if char == closer and depth == 0:
            return position + 1
        depth += (char == "{") - (char == "}")
    return len(raw)


def _by_line(diagnostic: Diagnostic) -> int:
    return diagnostic.span.line if diagnostic.span else 0
