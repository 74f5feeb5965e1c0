"""From the characters of a PDF page to its rows, in the order in which its columns are read."""

from __future__ import annotations

import bisect
import ctypes
import itertools
from statistics import median
from typing import TYPE_CHECKING, Any

from cite2bib.documents.glyphs import repaired
from cite2bib.light import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_CHARACTERS = 200_000  # of one page


@dataclass(slots=True)
class Fragment:
    """Characters that stand side by side."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float
    bold: bool = False
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line of print."""

    text: str
    column: int  # columns are counted as they are read: a heading over both starts a new one
    indent: int  # in widths of a letter, from the column's edge
    parted: bool  # more space above than usual
    size: float
    bold: bool


def fragments(textpage: Any) -> Iterator[Fragment]:
    """The fragments of a page in the order of its content."""
    from pypdfium2 import raw

    count = min(raw.FPDFText_CountChars(textpage), MOST_CHARACTERS)
    box = raw.FS_RECTF()
    current: Fragment | None = None
    pending = ""
    for index in range(count):
        code = raw.FPDFText_GetUnicode(textpage, index)
        if raw.FPDFText_IsGenerated(textpage, index) == 1 and code in {10, 13, 32}:
            pending = " "
            continue
        if code in {0, 10, 13, 32, 9, 0xA0}:
            pending = " "
            continue
        raw.FPDFText_GetLooseCharBox(textpage, index, box)
        if current and _beside(current, box):
            _extend(current, pending, code, box)
        else:
            if current:
                yield current
            current = _started(raw, textpage, index, code, box)
        pending = ""
    if current:
        yield current


def _started(raw: Any, textpage: Any, index: int, code: int, box: Any) -> Fragment:
    angle = raw.FPDFText_GetCharAngle(textpage, index)
    size = raw.FPDFText_GetFontSize(textpage, index)
    height = abs(box.top - box.bottom)
    return Fragment(
        _char(code), box.left, box.right, box.bottom, box.top,
        # A font's size may be scaled by the page's matrix; the box tells what is seen.
        height if height and not 0.5 < size / height < 2 else size,
        _is_bold(raw, textpage, index), 0.2 < angle < 6.08,
    )  # fmt: skip


def _is_bold(raw: Any, textpage: Any, index: int) -> bool:
    buffer = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(textpage, index, buffer, 128, flags)
    name = buffer.raw[: max(0, min(length, 128) - 1)].lower()
    return any(
        mark in name for mark in (b"bold", b"medi", b"cmbx", b"black", b"heavy", b"sfbx", b"ecbx", b"-bd")
    )


def _char(code: int) -> str:
    return chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else ""


def _extend(current: Fragment, pending: str, code: int, box: Any) -> None:
    gap = box.left - current.right
    spaced = pending or (" " if gap > 0.25 * current.size else "")
    current.text += (spaced if not current.text.endswith(" ") else "") + _char(code)
    current.right = max(current.right, box.right)
    current.bottom, current.top = min(current.bottom, box.bottom), max(current.top, box.top)


def _beside(current: Fragment, box: Any) -> bool:
    """On the same line, to the right, and not as far as another column."""
    if current.turned:
        return bool(_above(current, box))
    height = min(current.top - current.bottom, box.top - box.bottom)
    overlap = min(current.top, box.top) - max(current.bottom, box.bottom)
    if overlap < 0.35 * height:
        return False
    gap = box.left - current.right
    return bool(-1.0 * current.size < gap < 1.2 * max(current.size, 4.0))


def _above(current: Fragment, box: Any) -> bool:
    """For print that runs up or down a margin: in line with what was, and next to it."""
    aside = abs((box.left + box.right) - (current.left + current.right)) / 2
    gap = max(box.bottom - current.top, current.bottom - box.top)
    return bool(aside < current.size and gap < 2 * current.size)


def rows(found: Sequence[Fragment]) -> Iterator[Row]:
    """The rows of a page, column by column."""
    lines = _lines([item for item in found if item.text.strip()])
    gutter = _gutter(lines)
    column = 0
    for band in _bands(lines, gutter):
        for side in band:
            if side:
                yield from _laid_out(side, column)
                column += 1


def _lines(found: Sequence[Fragment]) -> list[Fragment]:
    """Fragments from top to bottom; what a footnote mark or a formula split is left as it stands."""
    return sorted(found, key=lambda item: (-item.bottom, item.left))


def _gutter(lines: Sequence[Fragment]) -> float | None:
    """Where the white between two columns runs, None on a page of one."""
    wide = [item for item in lines if item.right - item.left > 30]
    if len(wide) < 6:
        return None
    left, right = min(item.left for item in wide), max(item.right for item in wide)
    best: tuple[float, float] | None = None
    steps = 40
    for step in range(steps + 1):
        place = left + (right - left) * (0.3 + 0.4 * step / steps)
        crossing = sum(item.left < place - 1 and item.right > place + 1 for item in wide)
        off = abs(step - steps / 2) / steps
        if best is None or crossing + off < best[0]:
            best = (crossing + off, place)
    assert best is not None
    place = best[1]
    crossing = sum(_over(item, place) for item in wide)
    before = [item for item in wide if not _over(item, place) and item.left + item.right < 2 * place]
    after = [item for item in wide if not _over(item, place) and item.left + item.right >= 2 * place]
    if min(len(before), len(after)) < 4 or crossing > 1.2 * min(len(before), len(after)):
        return None
    place = (
        max(item.right for item in before) + min(item.left for item in after)
    ) / 2  # the middle of the white
    return place if _face(before, after) and _filled(before, after, right - left) else None


def _over(item: Fragment, place: float) -> bool:
    """Print that runs over both columns; a label that hangs out, or a line too full, only touches the white."""
    beyond = min(place - item.left, item.right - place)
    return beyond > max(2.0, 0.12 * (item.right - item.left))


def _face(before: Sequence[Fragment], after: Sequence[Fragment]) -> bool:
    """Lines stand side by side; on a last page one column may be much shorter than the other."""
    short, long = sorted((before, after), key=len)
    facing = sum(any(abs(item.bottom - other.bottom) < item.size * 3 for other in long) for item in short)
    return facing >= 0.6 * len(short) or facing >= 0.3 * len(long)


def _filled(before: Sequence[Fragment], after: Sequence[Fragment], width: float) -> bool:
    """A column is filled: a list of labels before one of texts is none, nor are numbers behind formulas."""
    return all(median(item.right - item.left for item in side) > 0.18 * width for side in (before, after))


def _bands(lines: Sequence[Fragment], gutter: float | None) -> Iterator[tuple[list[Fragment], ...]]:
    """Left column, right column, then what runs over both; again until the page ends."""
    if gutter is None:
        yield (list(lines),)
        return
    before: list[Fragment] = []
    after: list[Fragment] = []
    over: list[Fragment] = []
    facing = sorted(
        item.bottom for item in lines if item.left + item.right > 2 * gutter and not _over(item, gutter)
    )
    for item in lines:
        runs_over = _over(item, gutter)
        if runs_over and not _is_faced(item, facing):
            if before or after:
                yield (before, after)
                before, after = [], []
            over.append(item)
            continue
        if over:
            yield (over,)
            over = []
        (before if runs_over or item.left + item.right < 2 * gutter else after).append(item)
    yield (over,) if over else (before, after)


def _is_faced(item: Fragment, facing: Sequence[float]) -> bool:
    """A line of the left column that is too full, as addresses make them: the right one has print at its height."""
    place = bisect.bisect_left(facing, item.bottom - 0.3 * item.size)
    return place < len(facing) and facing[place] < item.bottom + 0.3 * item.size


def _laid_out(side: Sequence[Fragment], column: int) -> Iterator[Row]:
    grouped = _merged(side)
    edge = _edge([line[0].left for line in grouped])
    gaps = [upper[0].bottom - lower[0].bottom for upper, lower in itertools.pairwise(grouped)]
    usual = median(gaps) if gaps else 0.0
    for place, line in enumerate(grouped):
        size = max(line, key=lambda item: len(item.text)).size
        gap = gaps[place - 1] if place else 0.0
        text = " ".join(
            repaired(item.text).strip() for item in line
        )  # codes of ligatures count as white space
        letters = sum(len(item.text) for item in line)
        bold = sum(len(item.text) for item in line if item.bold) > 0.8 * letters
        indent = round(max(0.0, line[0].left - edge) / max(0.5 * size, 1.0))
        parted = gap > max(usual + max(1.5, 0.18 * usual), 1.45 * size)
        yield Row(" ".join(text.split()), column, indent, parted, size, bold)


def _merged(side: Sequence[Fragment]) -> list[list[Fragment]]:
    """Fragments on one baseline make one line, from left to right."""
    grouped: list[list[Fragment]] = []
    for item in side:
        line = grouped[-1] if grouped else []
        if line and _same_line(line, item):
            line.append(item)
        else:
            grouped.append([item])
    return [sorted(line, key=lambda item: item.left) for line in grouped]


def _same_line(line: Sequence[Fragment], item: Fragment) -> bool:
    main = max(line, key=lambda part: part.right - part.left)
    height = min(main.top - main.bottom, item.top - item.bottom)
    overlap = min(main.top, item.top) - max(main.bottom, item.bottom)
    return overlap > 0.5 * height


def _edge(lefts: Sequence[float]) -> float:
    """The left edge of a column: the smallest that is no outlier."""
    ordered = sorted(lefts)
    return ordered[len(ordered) // 20] if ordered else 0.0
