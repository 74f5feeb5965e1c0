"""A document's blocks to logical lines: markers taken off, lines that were only wrapped joined, links at their line."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from cite2bib.documents import Link
from cite2bib.light import NamedTuple
from cite2bib.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cite2bib.documents import Block, Document, Mark

_MARKER = re.compile(
    r"(?P<mark>\[[ xX]\]\s+|:\s{1,3}(?=\S)|[-*+•◦▪▸►‣⁃●○■□–—·]\s+|#{1,6}\s+|\[\d{1,4}\]\s*|\(\d{1,3}\)\s+|(?!(?:19|20)\d\d)\d{1,4}[.)]\s+|\d{1,3}[.)](?=[^\W\d_])|[A-Z]{1,2}\d{1,3}\.\s+(?=[A-Z\"“])|\[[A-Z]{1,2}\d{1,3}\]\s+|[ivx]{2,5}[.)]\s+|[ivx]\)\s+|\([ivx]{1,5}\)\s+)(?=\S)"
)
# Emoji; and what Wikipedia puts before its references, `^ Jump up to: a b`.
_ORNAMENT = re.compile(
    r"(?:\^\s+(?:Jump up to:\s*)?(?:(?:[a-z]{1,2}|\d+\.\d+)\s+)*|[\U0001F300-\U0001FAFF\u2600-\u27BF\u2B00-\u2BFF\u25A0-\u25FF\ufe0f\u200d]+\s*)+(?=\S)"
)
_WIDEST = 132  # columns; longer lines were not wrapped by a machine
_INVISIBLE = str.maketrans(
    {"\u00a0": " ", "\u200b": "", "\u200e": "", "\u200f": "", "\ufeff": "", "\u00ad": "", "\u202f": " "}
)


class Line(NamedTuple):
    """One logical line: what a reader would see as one line if the window were wide enough."""

    text: str
    number: int
    kind: str = "paragraph"
    level: int = 0
    marker: str = ""  # "-", "3.", "[12]"
    indent: int = 0
    starts: tuple[int, ...] = (0,)  # where in the text each line of the source begins
    apart: bool = True  # a blank line, or the border of a block, stands before it
    links: tuple[Link, ...] = ()
    marks: tuple[Mark, ...] = ()

    def number_at(self, position: int) -> int:
        """The line of the source that a place in the text is from."""
        return self.number + max(0, bisect_right(self.starts, position) - 1)

    @property
    def is_item(self) -> bool:
        """Whether it stands in a list."""
        return bool(self.marker) or self.kind == "item"


def of(document: Document) -> list[Line]:
    """The logical lines of a document, in their order; navigation, code and table rows are left out."""
    blocks = [block for block in document.blocks if block.kind not in {"navigation", "row", "code"}]
    width = _width(blocks)
    return _with_links([line for block in blocks for line in _of_block(block, width)])


_ADDRESS = re.compile(r"<?((?:https?://|www\.)\S{4,2000}?)>?")


def _with_links(every: list[Line]) -> list[Line]:
    """Savers that put each link's address on a line of its own: the address becomes the link of the line it belongs to."""
    alone = [_ADDRESS.fullmatch(line.text) for line in every]
    count = sum(map(bool, alone))
    if count < 3 or count * 10 < len(every) * 3:
        return every
    before = next((bool(found) for line, found in zip(every, alone, strict=True) if line.text), False)
    ordered = list(zip(every, alone, strict=True))
    found: list[Line] = []
    for line, address in reversed(ordered) if before else ordered:
        owner = found[-1] if found else None
        if address and owner and owner.text and not owner.links:
            found[-1] = owner._replace(links=(Link(owner.text, address[1], line.number),))
        else:
            found.append(line)
    return found[::-1] if before else found


def _width(blocks: Sequence[Block]) -> int:
    """The column at which a machine wrapped the text, 0 when none did.

    Wrapped paragraphs are known by their lines: each is so long that the first word of the next would not have fitted.
    """
    pairs = [
        (row.rstrip(), after.strip(), _indent(after) > _indent(row) and bool(_MARKER.match(row.lstrip())))
        for block in blocks
        for row, after in itertools.pairwise(block.text.split("\n"))
        if " " in row.strip()
        and " " in after.strip()
        and not _MARKER.match(after.lstrip())
        and not after.lstrip().startswith("http")
    ]
    # Every line ends a little before the margin: the margin is where the longest of them ends.
    width = max((len(row) for row, _, _ in pairs), default=0)
    full = [pair for pair in pairs if len(pair[0]) >= 0.75 * width]
    forced = [(after, hangs) for row, after, hangs in full if _is_forced(row, after, width)]
    # The sentence goes on, or hangs below its marker; lines of a list start anew.
    carried = sum(after[0].islower() or hangs for after, hangs in forced)
    wrapped = (
        len(forced) >= 2
        and len(full) >= 0.4 * len(pairs)
        and len(forced) >= 0.8 * len(full)
        and carried >= 0.25 * len(forced)
    )
    return width if wrapped and 40 <= width <= _WIDEST else 0


def _is_forced(row: str, after: str, width: int) -> bool:
    """The first word of the next line would not have fitted on this one."""
    word = after.split(maxsplit=1)[0] if after.strip() else ""
    return bool(word) and len(row.rstrip()) + 1 + len(word) > width and len(row) > width // 2


def _of_block(block: Block, width: int) -> Iterator[Line]:
    rows, carried, heads = _right_column(block.text.split("\n"))
    start = 0
    apart = True
    while start < len(rows):
        end = start + 1
        while end < len(rows) and (end in carried or _continues(rows, end, width, block)):
            end += 1
        line = _line(block, rows, start, end, apart=apart or start in heads)
        if line:
            yield line
            apart = False
        start = end


_GAP = re.compile(r"\S {2,}(?=\S)")


def _right_column(rows: list[str]) -> tuple[list[str], frozenset[int], frozenset[int]]:
    """The right one of two columns where the left one holds numbers or dates, as in a syllabus; which rows go on there, and which begin.

    Rows that start below the right column are the rest of its text.
    """
    if len(rows) < 4:
        return rows, frozenset(), frozenset()
    gaps = [found.end() if (found := _last_gap(row)) else 0 for row in rows]
    below = [_indent(row) for row in rows if row.strip()]
    column = max(set(gaps) - {0}, key=gaps.count, default=0)
    left = [row[:column] for row, gap in zip(rows, gaps, strict=True) if gap == column]
    dated = sum(any(map(str.isdecimal, cell)) for cell in left)
    if column < 6 or len(left) < 3 or below.count(column) < 2 or dated < 0.6 * len(left) or column > 40:
        return rows, frozenset(), frozenset()
    inside = [gap == column or _indent(row) == column for row, gap in zip(rows, gaps, strict=True)]
    right = [row[column:] if is_in else row for row, is_in in zip(rows, inside, strict=True)]
    carried = (
        index
        for index in range(1, len(rows))
        if inside[index]
        and gaps[index] != column
        and inside[index - 1]
        and not right[index - 1].rstrip().endswith(".")
    )
    heads = (index for index, gap in enumerate(gaps) if gap == column)
    return right, frozenset(carried), frozenset(heads)


def _last_gap(row: str) -> re.Match[str] | None:
    """Where the last wide gap in the left part of a row ends."""
    return max(_GAP.finditer(row, 0, 45), key=lambda found: found.end(), default=None)


def _continues(rows: Sequence[str], index: int, width: int, block: Block) -> bool:
    """Whether a line of a block is the rest of the line before it."""
    row, after = rows[index - 1], rows[index]
    if not after.strip() or _MARKER.match(after.lstrip()):
        return False
    if row.lstrip().startswith("http") and after.lstrip().startswith("http"):
        return False
    if block.kind == "heading" or _in_one_link(row, after, block.links) or _hangs(row, after):
        return True
    if _is_quoted_on(row, after):
        return True
    return (
        bool(width) and _is_forced(row, after, width) and not re.match(r"\s*[A-Z][A-Za-z /-]{2,20}:\s", after)
    )


_OPENED = late(r"(?:“[^“”]*|„[^„“”]*|«[^«»]*|(?:^|[\s(])\"\S[^\"]*)")
_CLOSED = late(r"[^\"“”„«»]{1,120}[\"“”»](?!\w)")


def _is_quoted_on(row: str, after: str) -> bool:
    """A quotation starts on one line and ends on the next, as titles do in short messages."""
    last = max(row.rfind(mark) for mark in '"“„«')
    if last < 0 or (row.count('"') % 2 == 0 and row[last] == '"') or len(row) > 300:
        return False
    return bool(
        _OPENED.fullmatch(row[max(0, last - 1) :].strip() if row[last] == '"' else row[last:])
    ) and bool(_CLOSED.match(after.strip()))


_UNFINISHED = re.compile(
    r"(?:[^\W\d_][,:–—-]|\b(?:a|an|the|of|for|in|on|and|or|with|to|from|by|at|via|using|towards?|under|over|through|between|without|into|as|&))$"
)
_LABELLED = re.compile(r"\s*(?:Title|Authors?|Comments?|Subjects?|Journal-ref)\s?:\s+\S")
_NEW = re.compile(
    r"\s*(?:[A-Z][\w-]{2,14}(?:\s[a-z]{2,8})?:|https?://|by\s|\[\d|arXiv:|doi|\d{4}\s*$|[•·|])", re.IGNORECASE
)


def _hangs(row: str, after: str) -> bool:
    """A line that can't be the end of what it says, or a label's value that goes on further to the right."""
    if _NEW.match(after) or len(row) > 250:
        return False
    if len(row) > 30 and _UNFINISHED.search(row.rstrip()) and not row.rstrip().endswith(":"):
        return True
    return bool(_LABELLED.match(row)) and _indent(after) > _indent(row)


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip())


def _in_one_link(row: str, after: str, links: tuple[Link, ...]) -> bool:
    """A link's text starts on one line and ends on the next."""
    joint = f"{row.rsplit(maxsplit=1)[-1]} {after.split(maxsplit=1)[0]}" if row.split() else ""
    return bool(joint) and any(joint in link.text and link.text not in row for link in links)


def _line(block: Block, rows: Sequence[str], start: int, end: int, *, apart: bool) -> Line | None:
    pieces = [
        " ".join((row if row.isascii() else row.translate(_INVISIBLE)).split()) for row in rows[start:end]
    ]
    text = " ".join(filter(None, pieces))
    starts = tuple(itertools.accumulate((len(piece) + 1 for piece in pieces[:-1]), initial=0))
    number = block.line + start
    links = tuple(link for link in block.links if _belongs(link.line, start, end, block, len(rows)))
    marks = tuple(mark for mark in block.marks if _belongs(mark.line, start, end, block, len(rows)))
    for link in links:  # a counter behind a date: `May 29[6](...#community)`
        if link.text.isdigit() and text.endswith(link.text) and text[: -len(link.text)][-1:].isalnum():
            text = f"{text[: -len(link.text)]} {link.text}"
    if not text and not links:
        return None
    indent = len(rows[start]) - len(rows[start].lstrip())
    inner = block.kind == "item" and start > 0
    kind, level = ("paragraph", block.level + 1) if inner else (block.kind, block.level)
    line = Line(text, number, kind, level, "", indent, starts, apart, links, marks)
    return _without_marker(line, first=start == 0)


def _belongs(number: int, start: int, end: int, block: Block, count: int) -> bool:
    offset = number - block.line if number else 0
    # Links of a block of one line are its own, wherever the source has them.
    return count == 1 or start <= min(max(offset, 0), count - 1) < end


_WIKI = late(
    r"\[\[(?:[^\[\]|]+\|)?(?:@?\w+[12]\d{3}[a-z]?\s[-–]\s)?([^\[\]|]+)\]\](?:\s+#[\w/-]+)*"
)  # a note's link, and its tags
# When a talk is given: `10:30 - 10:45 Plenoxels: ...`.
_CLOCKS = late(
    r"^\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?)?\s?(?:[-–—]|to)\s?\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?)?[:,\s]+(?=\S)",
    re.IGNORECASE,
)


def _without_marker(line: Line, *, first: bool) -> Line:
    marker = "-" if line.kind == "item" and first else ""
    text = _CLOCKS.sub("", line.text, count=1)
    text = _WIKI.sub(r"\1", text) if "[[" in text else text
    for _ in range(3):
        if found := _MARKER.match(text):
            marker = marker or found["mark"].strip()  # a box to tick stands behind it
            text = text[found.end() :]
        elif (found := _ORNAMENT.match(text)) and len(text) - found.end() > 1:
            text = text[found.end() :]
        else:
            break
    if marker.startswith("#"):
        return line._replace(text=text.rstrip("# "), kind="heading", level=len(marker), marker="")
    cut = len(line.text) - len(text)
    return line._replace(text=text, marker=marker, starts=tuple(max(0, place - cut) for place in line.starts))
