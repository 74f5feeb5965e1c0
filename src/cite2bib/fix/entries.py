"""A .bib as rules see it: entries, fields and where they stand, and the edits that add, rename or take away a field."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cite2bib.fix.profiles import NO_PROFILE
from cite2bib.formats.bibtex import syntax
from cite2bib.formats.bibtex.syntax import Edit, Kind, Lines
from cite2bib.light import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cite2bib.fix.profiles import Profile
    from cite2bib.formats.bibtex.syntax import Assignment, Bib, Block

_BRACED = re.compile(syntax.BRACED)
_BARE = re.compile(syntax.BARE)
_QUOTED = re.compile(syntax.QUOTED)
_GAP = re.compile(rf"{syntax.WS}#{syntax.WS}")
_OWN_OF_BIBLATEX = re.compile(
    r"^[ \t]*(?:@(?:online|report|thesis|mv\w+|inreference|xdata|collection|dataset|software)\b"
    r"|(?:journaltitle|eprinttype|date|langid|location|maintitle|subtitle)\s*=)",
    re.MULTILINE | re.IGNORECASE,
)
# Entries that are instructions to a program.
NO_WORKS = frozenset({"xdata", "set", "ieeetranbstctl", "control", "bibnote"})


@dataclass(frozen=True, slots=True)
class Item:
    """A field of an entry."""

    name: str  # in lower case
    written: str
    start: int
    value_start: int
    end: int
    raw: str  # the value with its delimiters

    @property
    def text(self) -> str | None:
        """The inside of the one literal that the value is; None for macros and concatenations."""
        spans = self.literals()
        whole = len(spans) == 1 and spans[0] == (self.value_start + 1, self.end - 1)
        return self.raw[1:-1] if whole else None

    @property
    def plain(self) -> str:
        """The inside of a literal, or a bare word as it stands, without blanks around; "" for what is concatenated."""
        text = self.text
        if text is None:
            return self.raw if _BARE.fullmatch(self.raw) else ""
        return text.strip()

    def literals(self) -> list[tuple[int, int]]:
        """Where the insides of the literals stand; none when the value is broken."""
        if self.raw[:1] == "{" and (found := _BRACED.match(self.raw)) and found.end() == len(self.raw):
            return [(self.value_start + 1, self.end - 1)]
        return [(self.value_start + start, self.value_start + end) for start, end in _literals(self.raw)]


def _literals(raw: str) -> Iterator[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    position = 0
    while True:
        piece = _BRACED.match(raw, position) or _QUOTED.match(raw, position)
        if piece:
            found.append((piece.start() + 1, piece.end() - 1))
        else:
            piece = _BARE.match(raw, position)
        if piece is None:
            return
        if piece.end() == len(raw):
            yield from found
            return
        gap = _GAP.match(raw, piece.end())
        if gap is None:
            return
        position = gap.end()


class Entry:
    """An entry with its fields; of fields of one name the first is the one that counts."""

    def __init__(self, file: File, block: Block) -> None:
        self.file = file
        self.block = block
        self.key = block.key
        self.type = block.type.lower()

    @cached_property
    def items(self) -> tuple[Item, ...]:
        """Its fields in their order."""
        text = self.file.text
        return tuple(_item(text, found) for found in self.file.bib.assignments(self.block))

    @cached_property
    def _by_name(self) -> dict[str, Item]:
        return {item.name: item for item in reversed(self.items)}

    @cached_property
    def values(self) -> list[tuple[str, str]]:
        """Names and values without their places, which is quicker."""
        return syntax.values(self.file.text, self.block)

    def get(self, name: str) -> Item | None:
        """A field that is not empty."""
        item = self._by_name.get(name)
        return item if item and item.raw.strip('{}" \t\r\n') else None

    def has(self, name: str) -> bool:
        """Whether a field is there, empty or not."""
        return name in self._by_name

    def plain(self, name: str) -> str:
        """A field's value without delimiters, "" when it has none."""
        item = self.get(name)
        return item.plain if item else ""

    @property
    def key_start(self) -> int:
        """Where the key stands."""
        text = self.file.text
        opener = min(
            place for mark in "{(" if (place := text.find(mark, self.block.start, self.block.end)) >= 0
        )
        return text.index(self.key, opener + 1)

    def away(self) -> Edit:
        """The edit that takes the whole entry away, with the blank lines behind it."""
        text = self.file.text
        end = self.block.end
        if gap := re.compile(r"[ \t]*(?:(?:\r\n|\n|\r)[ \t]*(?=\r|\n|\Z|@|%))*(?:\r\n|\n|\r)?").match(
            text, end
        ):
            end = gap.end()
        return self.file.cut(self.line_start(self.block.start), end)

    def has_comments(self) -> bool:
        """Whether something stands between its fields that no field holds."""
        position = self.block.body
        for item in self.items:
            if "%" in self.file.text[position : item.start]:
                return True
            position = item.end
        return "%" in self.file.text[position : self.block.end]

    def line_start(self, offset: int) -> int:
        """Where the line of an offset starts if only blanks stand before it there, else the offset."""
        text = self.file.text
        start = offset
        while start > self.block.start and text[start - 1] in " \t":
            start -= 1
        return start if text[start - 1 : start] in {"\n", "\r"} else offset

    # What follows a field up to and with its line's end, if nothing else stands there.
    _REST = re.compile(r"[ \t]*(,)?(?:[ \t]*(?:\r\n|\n|\r))?")

    def without(self, item: Item) -> Edit:
        """The edit that takes a field away, with its line where it has one of its own."""
        text = self.file.text
        start = self.line_start(item.start)
        rest = self._REST.match(text, item.end, self.block.end)
        end = rest.end() if rest else item.end
        if rest and not rest[1]:  # the last one: the comma before it stays, which every reader takes
            end = item.end
            if start != item.start:
                end = rest.end()
            else:  # on a line with others: the comma before it goes instead
                bare = text[:start].rstrip(" \t")
                start = len(bare) - 1 if bare.endswith(",") else start
        elif start == item.start and rest:  # others stand on its line
            end = rest.end(1)
            while text[end : end + 1] in {" ", "\t"}:
                end += 1
        return Edit(start, end, "")

    def added(self, fields: Iterable[tuple[str, str]], after: Item | None = None) -> Edit | None:
        """The edit that adds fields (with delimiters) behind another, laid out as that one is."""
        item = after or (self.items[-1] if self.items else None)
        if item is None or item.value_start == item.end:
            return None
        text = self.file.text
        start = self.line_start(item.start)
        gap = text[item.start + len(item.written) : item.value_start]
        if start == item.start or "%" in gap or "\n" in gap or "\r" in gap:
            return Edit(
                item.end, item.end, "".join(f", {name} = {value}" for name, value in fields)
            )  # fmt: skip
        lead = self.file.newline + text[start : item.start]
        return Edit(
            item.end, item.end, "".join(f",{lead}{_laid(name, item, gap)}{value}" for name, value in fields)
        )


def _laid(name: str, item: Item, gap: str) -> str:
    """A field's name and `=`, in the column of another field's."""
    before, _, after = gap.partition("=")
    width = len(item.written) + len(before) if len(before) > 1 else len(name) + len(before)
    return f"{name.ljust(width)}={after}"


def _item(text: str, found: Assignment) -> Item:
    return Item(
        found.name.lower(),
        found.name,
        found.start,
        found.value_start,
        found.end,
        text[found.value_start : found.end],
    )


@dataclass(slots=True)
class Wants:
    """What the user asked for beyond the rules' own sense."""

    profile: Profile = NO_PROFILE
    template: str = ""  # of keys
    sort: str = ""  # key, author, year, type
    removes_unused: bool = False
    cited: frozenset[str] | None = None  # keys that the documents cite; None without documents
    cites_all: bool = False  # \nocite{*}
    dialect: str = ""  # bibtex or biblatex, when said


@dataclass(slots=True)
class File:
    """A .bib, read once, and what of it rules share."""

    bib: Bib
    wants: Wants = field(default_factory=Wants)
    entries: list[Entry] = field(default_factory=list)
    kept: dict[str, Any] = field(default_factory=dict)  # what a rule has worked out of the whole file

    def __post_init__(self) -> None:
        self.entries = [Entry(self, block) for block in self.bib.blocks if block.kind is Kind.ENTRY]

    @property
    def text(self) -> str:
        """The text of the file."""
        return self.bib.text

    @property
    def newline(self) -> str:
        """Its line end."""
        return self.bib.coding.newline

    def lines(self) -> Lines:
        """Lines and columns."""
        return Lines(self.bib.text)

    def is_biblatex(self) -> bool:
        """Whether it is for biblatex, by what it holds unless the user says."""
        if "dialect" not in self.kept:
            said = self.wants.dialect
            found = said == "biblatex" or (not said and bool(_OWN_OF_BIBLATEX.search(self.text)))
            self.kept["dialect"] = found
        return bool(self.kept["dialect"])

    def writes_unicode(self) -> bool:
        """Whether letters that ASCII has not are written as they are: where others are already, or biber reads."""
        if "unicode" not in self.kept:
            self.kept["unicode"] = not self.text.lstrip("\ufeff").isascii() or self.is_biblatex()
        return bool(self.kept["unicode"])

    def letters(self, text: str) -> str:
        """Text as this file can hold it: raw where it has such letters and its encoding takes them, else in TeX."""
        if text.isascii():
            return text
        if self.writes_unicode():
            try:
                text.encode(self.bib.coding.name)
            except UnicodeEncodeError:
                pass
            else:
                return text
        from cite2bib.formats.bibtex.encode import encode

        return encode(text)

    def can_hold(self, text: str) -> bool:
        """Whether the file's encoding has a place for all of a text."""
        try:
            text.encode(self.bib.coding.name, self.bib.coding.errors)
        except UnicodeEncodeError:
            return False
        return True

    def cut(self, start: int, end: int) -> Edit:
        """The edit that takes a stretch away; at the end of the file the blank lines before it go too."""
        if end == len(self.text):
            bare = len(self.text[:start].rstrip())
            start = bare + len(self.newline) if self.text.startswith(self.newline, bare) else start
        return Edit(start, end, "")

    def strings(self) -> Mapping[str, tuple[int, str]]:
        """Each macro that the file defines, in lower case: where, and its value with delimiters."""
        if "strings" not in self.kept:
            found: dict[str, tuple[int, str]] = {}
            for block in self.bib.blocks:
                if block.kind is Kind.STRING:
                    for item in self.bib.assignments(block):
                        found[item.name.lower()] = block.start, self.text[item.value_start : item.end]
            self.kept["strings"] = found
        strings: Mapping[str, tuple[int, str]] = self.kept["strings"]
        return strings
