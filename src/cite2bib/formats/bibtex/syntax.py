"""A .bib as blocks that cover every character of it, and edits that change only their span.

Written from https://tug.org/texinfohtml/btxdoc and the grammar that bibtex and biber accept; the right answers for
broken input are those of tests/formats/bibtex/syntax. One regular expression takes a sound field; an entry with something else
is read again by `careful`, which reports what is wrong and goes on.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from enum import Enum
from typing import TYPE_CHECKING

from cite2bib.formats.bibtex import coding
from cite2bib.light import NamedTuple
from cite2bib.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cite2bib.formats.bibtex.careful import Careful

# Between tokens: white space, and biber's comments to the end of the line.
# Groups are not possessive: before 3.11.5 Python loses its place in those whose body may fail half-way.
WS = r"\s*+(?:%[^\r\n]*+\s*+)*"
NAME = r"[^\s,={}\"#%()']++"


def _braced(depth: int) -> str:
    inner = f"(?:{_braced(depth - 1)}[^{{}}]*+)*" if depth else ""
    return rf"\{{[^{{}}]*+{inner}\}}"


def _quoted(depth: int) -> str:
    return rf'"[^"{{}}]*+(?:{_braced(depth)}[^"{{}}]*+)*"'


BRACED = _braced(6)
QUOTED = _quoted(3)
BARE = r"[^\s,#{}\"=%()]++"
_PIECE = f"(?:{_braced(4)}|{_quoted(2)}|{BARE})"  # an entry with deeper ones is read carefully
# Pieces joined by `#`, said once, since compiling them costs a short run more than reading its file.
_VALUE = rf"(?:{_PIECE}(?:{WS}#{WS}(?=[^,}}])|(?=[\s,}}%])))+"
_HEAD = late(rf"@\s*+([^\s{{}}(),=#\"%@]++)\s*+\{{{WS}([^,={{}}\s%#\"][^,={{}}\r\n%#\"]*+|){WS}")
_FIELD = late(rf",{WS}(?:,{WS})*({NAME}){WS}={WS}({_VALUE}){WS}")
_END = late(rf"(?:,{WS})*\}}")
_STEP = late(r"[^@%]*+(?:%[^\r\n]*+[^@%]*+)*@")
_STRAY = late(r"[ \t]*+,?+\s*+[\w:+-]++\s*+=\s*+[{\"]")
_NOT_ENTRIES = frozenset({"comment", "preamble", "string"})


class Kind(Enum):
    """What a block is."""

    ENTRY = "entry"
    STRING = "string"
    PREAMBLE = "preamble"
    COMMENT = "comment"
    TEXT = "text"  # whatever stands between the others
    BROKEN = "broken"  # starts like an entry, and nothing of it could be read


class Fault(NamedTuple):
    """Something wrong at a place of the text."""

    offset: int
    code: str
    message: str


class Assignment(NamedTuple):
    """`title = {T}`: where it starts, where its value starts and ends (with its delimiters)."""

    name: str  # as written
    start: int
    value_start: int
    end: int


class Block(NamedTuple):
    """A stretch of the text."""

    kind: Kind
    start: int
    end: int
    type: str = ""  # as written: "InProceedings"
    key: str = ""
    body: int = 0  # where the assignments of a sound block start
    faults: tuple[Fault, ...] = ()
    known: tuple[Assignment, ...] | None = None  # the assignments of a block that was read carefully
    rest: int = 0  # where the assignments of a sound block end; a comment may follow


class Edit(NamedTuple):
    """Other characters for a span."""

    start: int
    end: int
    text: str


_ENTRY_KIND = Kind.ENTRY  # looked up once for each entry of a file
_UTF_8 = coding.Coding()


class Bib(NamedTuple):
    """A .bib: its text, the blocks that cover it, and how it is encoded."""

    text: str
    blocks: tuple[Block, ...]
    coding: coding.Coding = _UTF_8

    def entries(self) -> Iterator[Block]:
        """Its entries in their order, broken ones as far as they have a key or a field."""
        return (block for block in self.blocks if block.kind is Kind.ENTRY)

    def assignments(self, block: Block) -> tuple[Assignment, ...]:
        """The assignments of an entry or string."""
        return assignments(self.text, block)

    def source(self, block: Block) -> str:
        """A block as it is written."""
        return self.text[block.start : block.end]

    def edited(self, edits: Iterable[Edit]) -> bytes:
        """The bytes after some edits; without any, the very bytes that were read."""
        return coding.encode(apply(self.text, edits), self.coding)


def read(data: bytes) -> Bib:
    """A .bib from its bytes."""
    text, found = coding.decode(data)
    return Bib(text, tuple(split(text)), found)


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text after some edits, whose spans must not overlap.

    >>> apply("year = 2020", [Edit(7, 11, "{2021}")])
    'year = {2021}'
    """
    pieces = []
    position = 0
    for edit in sorted(edits):
        if edit.start < position:
            raise ValueError(f"two edits overlap at {edit.start}")
        pieces += [text[position : edit.start], edit.text]
        position = edit.end
    return "".join([*pieces, text[position:]])


def split(text: str) -> list[Block]:
    """The blocks of a text, in their order and without gaps.

    >>> [(block.kind.value, block.key) for block in split("see @misc{a, year = 2020}")]
    [('text', ''), ('entry', 'a')]
    """
    careful: Careful | None = None
    blocks: list[Block] = []
    end = at = 0
    while step := _STEP.match(text, at):
        at = step.end() - 1
        block = _sound(text, at)
        if block is None:
            careful = careful or _careful(text)
            block = careful.block(at)
        if block is None:
            at += 1
            continue
        if at > end:
            blocks.append(_between(text, end, at))
        blocks.append(block)
        end = at = block.end
    if end < len(text):
        blocks.append(_between(text, end, len(text)))
    return blocks


def _careful(text: str) -> Careful:
    """The other way of reading, loaded for a text that needs it."""
    from cite2bib.formats.bibtex.careful import Careful

    return Careful(text)


def _sound(text: str, at: int) -> Block | None:
    head = _HEAD.match(text, at)
    if not head:
        return None
    type_, key = head.groups()
    if len(type_) in {6, 7, 8} and type_.lower() in _NOT_ENTRIES:
        return None
    body = end = head.end()
    match = _FIELD.match
    while field := match(text, end):
        end = field.end()
    last = _END.match(text, end)
    return Block(_ENTRY_KIND, at, last.end(), type_, key.rstrip(), body, rest=end) if last else None


def _between(text: str, start: int, end: int) -> Block:
    faults: tuple[Fault, ...] = ()
    if stray := _STRAY.match(text, start, end):
        faults = (Fault(stray.start(), "stray-fields", "fields that belong to no entry"),)
    return Block(Kind.TEXT, start, end, faults=faults)


def assignments(text: str, block: Block) -> tuple[Assignment, ...]:
    """The assignments of an entry or string."""
    if block.known is not None:
        return block.known
    if not block.body:
        return ()
    found = []
    for match in _FIELD.finditer(text, block.body, block.rest + 1):  # a field looks at what comes after it
        _, (start, _), (value_start, end) = match.regs  # a third faster than asking three times
        found.append(Assignment(match[1], start, value_start, end))
    return tuple(found)


def values(text: str, block: Block) -> list[tuple[str, str]]:
    """The names and values (with their delimiters) of an entry's fields, for those who need no places."""
    if block.known is not None:
        return [(item.name, text[item.value_start : item.end]) for item in block.known]
    return _FIELD.findall(text, block.body, block.rest + 1) if block.body else []


class Lines:
    """Lines and columns of a text, both from 1."""

    def __init__(self, text: str) -> None:
        self._text = text
        ends = re.compile("\r\n?|\n") if "\r" in text else re.compile("\n")
        self._starts = [0, *(found.end() for found in ends.finditer(text))]

    def line(self, offset: int) -> int:
        """The line of an offset."""
        return bisect_right(self._starts, offset)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def source(self, line: int) -> str:
        """A line's text, without its end."""
        end = self._starts[line] if line < len(self._starts) else len(self._text)
        return self._text[self._starts[line - 1] : end].rstrip("\r\n")
