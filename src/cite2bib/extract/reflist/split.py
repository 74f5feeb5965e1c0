"""A reference section taken apart into its references, by whichever of its marks explains it best."""

from __future__ import annotations

import itertools
import re
from statistics import median
from typing import TYPE_CHECKING

from cite2bib.documents.lines import join, vocabulary
from cite2bib.extract.reflist import openings, people
from cite2bib.extract.reflist.core import clean, take_label
from cite2bib.light import dataclass, replace
from cite2bib.model import NOWHERE, Origin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from collections.abc import Set as AbstractSet


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference string: one line, its label apart from it."""

    text: str
    label: str = ""
    origin: Origin = NOWHERE
    key: str = ""  # by which the document cites it, where it says so: \bibitem{key}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a section."""

    text: str
    indent: int = 0
    number: int = 0  # line or page in the document
    parted: bool = False  # a blank line or a wider space stands before it
    fresh: bool = False  # it is the first of a page or column: what stands before it tells nothing


_MARK = re.compile(r"^(>+|[•●▪◦‣↑]|[-*])\s+(?=\S)")  # of quotations and lists


def lines_of(section: str | Iterable[str], first: int = 1) -> list[Line]:
    """Lines with their indents; blank ones become a mark on the next."""
    raws = section.split("\n") if isinstance(section, str) else section
    found: list[Line] = []
    parted = False
    for number, raw in enumerate(raws, first):
        text = raw.expandtabs(4).rstrip().replace("\f", "")
        if not text.strip():
            parted = True
            continue
        found.append(Line(text.strip(), len(text) - len(text.lstrip()), number, parted))
        parted = False
    return found


def _without_marks(lines: Sequence[Line]) -> Sequence[Line]:
    """Lines without the marks of a list or quotation; one dash at the start of a line is part of the text."""
    marks = [found[1] for line in lines if (found := _MARK.match(line.text))]
    if len(marks) < 2 or len(marks) < 0.25 * len(lines) or len(set(marks)) > 1:
        return lines
    return [replace(line, text=_MARK.sub("", line.text)) for line in lines]


_LINE_NUMBER = re.compile(r"(\d{1,5})\s+(?=\S)")


def _without_line_numbers(lines: Sequence[Line]) -> Sequence[Line]:
    """Lines of a submission without the numbers at their margin: these count lines, so some stand before small letters."""
    found = [_LINE_NUMBER.match(line.text) for line in lines]
    numbered = [(line, match) for line, match in zip(lines, found, strict=True) if match]
    counted = sum(
        int(after[1][1]) - int(first[1][1]) in {1, 2, 5} for first, after in itertools.pairwise(numbered)
    )
    inner = sum(not openings.opening(line.text[match.end() :]) for line, match in numbered)
    if len(numbered) < 6 or counted < 0.8 * (len(lines) - 1) or inner < 0.3 * len(numbered):
        return lines
    return [
        replace(line, text=line.text[match.end() :]) if match else line
        for line, match in zip(lines, found, strict=True)
    ]


def split(section: str | Iterable[str], path: str = "", first: int = 1) -> list[Reference]:
    r"""The references in a section; leading white space and blank lines are taken as layout.

    >>> [item.text for item in split("[1] A. One. First. 2001.\n[2] B. Two. Sec-\n  ond. 2002.")]
    ['A. One. First. 2001.', 'B. Two. Second. 2002.']
    """
    return split_lines(lines_of(section, first), path)


def split_lines(
    lines: Sequence[Line], path: str = "", known: AbstractSet[str] = frozenset()
) -> list[Reference]:
    """The references in lines whose layout is known."""
    lines = _without_furniture(_broken_at_labels(_without_marks(_without_line_numbers(lines))))
    if not lines:
        return []
    known = known or vocabulary(line.text for line in lines)
    best = _best_division(lines)
    bounds = [*best.starts, len(lines)]
    groups = (lines[start:end] for start, end in itertools.pairwise(bounds))
    return _without_back_references([_reference(group, path, known) for group in groups if group])


_CITED_ON = re.compile(r"(?<=[.)])\s\d{1,4}(?:,\s?\d{1,4})*$")


def _without_back_references(found: list[Reference]) -> list[Reference]:
    """Where most references end with the pages that cite them, these go."""
    marked = sum(bool(_CITED_ON.search(item.text)) for item in found)
    if marked < max(2, 0.6 * len(found)):
        return found
    return [replace(item, text=_CITED_ON.sub("", item.text)) for item in found]


def _reference(group: Sequence[Line], path: str, known: AbstractSet[str]) -> Reference:
    label, text = take_label(clean(join((line.text for line in group), known)))
    return Reference(text, label, Origin(path, str(group[0].number) if group[0].number else ""))


_PAGE_MARK = re.compile(
    r"[#\-=*\s]*(?:end\s+of\s+)?page\b[\s=.:]*(?:break|\d{1,4})?(?:\s*(?:of|/)\s*\d+)?[\s\-=*#]*",
    re.IGNORECASE,
)
# What publishers and venues print at the edge of every page.
_EDGE = re.compile(
    r"(?:(?:under|in)\s(?:double-blind\s)?review\b|(?:published|accepted)\s(?:as|at)\sa\b|preprint[.,]?\s*(?:under\sreview|submitted|work\sin\sprogress)|"
    r"authori[sz]ed\slicen[sc]ed\suse|downloaded\s(?:from|by|on)\b|this\s(?:article|content|paper)\s(?:is|was|has\sbeen)\b|"
    r"\S.{0,60}\set\sal\.\s/\s.{4,90}\d\s\(\d{4}\)|[^/]{3,60}\s/\s[^/]{4,90}\s\d+\s\((?:19|20)\d\d\)\s(?:\d+\s?[–-]\s?)?\d+$|.{3,80}\s\(\d{4}\)\s\d+[:,]\s?\d+\s+page\s\d+\sof\s\d+|copyright\s(?:\(c\)|©|\d)|©\s?\d{4}|manuscript\s(?:submitted|received)|www\.\S+\s+vol\b|arxiv:\d{4}\.\d{4,5}v\d+\s+\[).{0,200}",
    re.IGNORECASE,
)
_NUMBER_ALONE = re.compile(r"(?:[-–—]\s*)?\d{1,4}(?:\s*[-–—])?")
_OPEN_END = re.compile(r"[-–,:(]$|\b(?:pp?|vol|no|pages)\.?$")


def _without_furniture(lines: Sequence[Line]) -> list[Line]:
    """Lines without page numbers, marks of page breaks, and the running heads behind those."""
    kept: list[Line] = []
    fresh = False  # a page has just begun
    for place, line in enumerate(lines):
        if _PAGE_MARK.fullmatch(line.text) or _EDGE.fullmatch(line.text):
            fresh = True
        elif _NUMBER_ALONE.fullmatch(line.text) and kept and not _OPEN_END.search(kept[-1].text):
            fresh = fresh or _PAGE_MARK.fullmatch(lines[place - 1].text) is not None
        elif fresh and kept and _is_head(line, lines[place + 1 :], kept[-1]):
            continue
        else:
            kept.append(
                replace(line, parted=_begins(line, kept[-1])) if kept and (fresh or line.fresh) else line
            )
            fresh = False
    return kept


def _begins(line: Line, before: Line) -> bool:
    """On a new page nothing but the text tells whether a reference begins."""
    return before.text.endswith((".", ")", "]")) and bool(openings.opening(take_label(line.text)[1]))


def _is_head(line: Line, following: Sequence[Line], before: Line) -> bool:
    """A running head: behind a reference that is whole, before one that begins, and without a full stop."""
    if openings.opening(line.text) or line.text.endswith((".", ",")) or len(line.text) > 90:
        return False
    if not openings.CLOSED.search(before.text):
        return False
    after = next((item.text for item in following if not _NUMBER_ALONE.fullmatch(item.text)), "")
    return bool(openings.opening(take_label(after)[1])) and not any(
        pattern.match(line.text) for pattern in _NUMBERS[:3]
    )


_INLINE = re.compile(r"(?<=[\s.,;)\d])\[(\d{1,3})\]\s*(?=[^\W_“\"‘(])")


def _broken_at_labels(lines: Sequence[Line]) -> list[Line]:
    """A section set as running text is broken where its labels count on: [1] ... [2] ... [3] ..."""
    result: list[Line] = []
    following = -1
    for line in lines:
        leading = re.match(r"\[(\d{1,3})\]", line.text)
        following = int(leading[1]) + 1 if leading else following
        cuts = [0]
        for found in _INLINE.finditer(line.text):
            if int(found[1]) == following:
                cuts.append(found.start())
                following += 1
        for start, end in zip(cuts, [*cuts[1:], len(line.text)], strict=True):
            result.append(replace(line, text=line.text[start:end].strip(), parted=line.parted or start > 0))
    return result


@dataclass(frozen=True, slots=True)
class _Division:
    name: str
    starts: tuple[int, ...]
    prior: float


def _best_division(lines: Sequence[Line]) -> _Division:
    """The way in which the marks of a section divide it best; openings are read only where they could win."""
    best: _Division | None = None
    worth = float("-inf")
    for name, prior, finder in _FINDERS:
        if name == "openings" and worth > prior + _MOST_LIKE:
            continue
        starts = finder(lines)
        if not starts:
            continue
        if starts[0] != 0 and name not in {"numbers", "labels"}:
            starts = [0, *starts]
        division = _Division(name, tuple(starts), prior)
        quality = _quality(lines, division)
        if quality > worth:
            best, worth = division, quality
    assert best is not None  # every section is a whole
    return best


_NUMBERS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\[(\d{1,4})\]",
        r"(\d{1,4})\.(?=\s|$|[^\W\d_])",
        r"\((\d{1,4})\)",
        r"(\d{1,4})\)(?=\s|$)",
        r"(\d{1,3})(?=\s+[^\W\d_a-z]|$)",
        r"(\d{1,3})(?=[^\W\d_a-z](?:\.|[^\W\d_A-Z]))",  # raised, as the text of a PDF shows it
    )
)


def _by_numbers(lines: Sequence[Line]) -> list[int]:
    """Labels that count on."""
    best: list[int] = []
    for pattern in _NUMBERS:
        marked = [
            (index, int(found[1])) for index, line in enumerate(lines) if (found := pattern.match(line.text))
        ]
        chain = _chain(marked)
        if len(chain) > len(best) and len(chain) >= 2:
            best = chain
    return best if best and len(lines) / len(best) <= 12 else []


def _chain(marked: list[tuple[int, int]]) -> list[int]:
    """The longest run of labels that counts up by one; one missing label is forgiven."""
    best: list[int] = []
    tried = 0
    for start, (_, first) in enumerate(marked):
        if (first != 1 and start > 0 and best) or tried > 8:
            continue
        tried += 1
        chain: list[int] = []
        following = first
        for index, number in marked[start:]:
            if following <= number <= following + (1 if chain else 0):
                chain.append(index)
                following = number + 1
        if len(chain) > len(best):
            best = chain
    return best


_ALPHA = re.compile(
    r"\[(?=[^\]]*[^\W_])(?:[A-Za-z+*’'-]{1,15}[ ]?\d{2,4}[a-z]?|[A-Z][A-Za-z]{0,6}\+?\d*|[A-Z]{2,5}\s(?:[IVX]{1,4}|\d)|[^\d\[\]]{2,60}?[,(\s]+\d{4}[a-z]?\)?)\]"
)


def _by_labels(lines: Sequence[Line]) -> list[int]:
    """Labels of letters: [KB14], [Kingma and Ba, 2014]."""
    starts = [index for index, line in enumerate(lines) if _ALPHA.match(line.text)]
    return starts if len(starts) >= 2 and len(lines) / len(starts) <= 12 else []


def _by_gaps(lines: Sequence[Line]) -> list[int]:
    starts = [index for index, line in enumerate(lines) if line.parted or index == 0]
    return starts if len(starts) >= 2 else []


def _by_hanging(lines: Sequence[Line]) -> list[int]:
    """First lines stand out to the left, the others are indented."""
    base = min(line.indent for line in lines)
    starts = [index for index, line in enumerate(lines) if line.indent <= base + 1]
    return starts if 2 <= len(starts) <= 0.85 * len(lines) else []


def _by_indent(lines: Sequence[Line]) -> list[int]:
    """First lines are indented, the others are not."""
    base = min(line.indent for line in lines)
    starts = [index for index, line in enumerate(lines) if line.indent > base + 1]
    return starts if 2 <= len(starts) <= 0.6 * len(lines) else []


def _by_line(lines: Sequence[Line]) -> list[int]:
    return list(range(len(lines)))


def _whole(_: Sequence[Line]) -> list[int]:
    return [0]


def _by_openings(lines: Sequence[Line]) -> list[int]:
    """Nothing but the text tells: lines that open with authors, behind lines that end like a reference."""
    found = openings.starts(
        [line.text for line in lines], [line.parted for line in lines], [line.indent for line in lines]
    )
    return found if len(found) >= 2 else []


_FINDERS: tuple[tuple[str, float, Callable[[Sequence[Line]], list[int]]], ...] = (
    ("numbers", 1.6, _by_numbers),
    ("labels", 1.4, _by_labels),
    ("hanging", 0.5, _by_hanging),
    ("gaps", 0.5, _by_gaps),
    ("indent", 0.0, _by_indent),
    ("lines", 0.0, _by_line),
    ("whole", -1.0, _whole),
    ("openings", 0.2, _by_openings),  # the dearest comes last
)


def _quality(lines: Sequence[Line], division: _Division) -> float:
    """How much the parts of a division look like one reference each."""
    bounds = [*division.starts, len(lines)]
    texts = [" ".join(line.text for line in lines[start:end]) for start, end in itertools.pairwise(bounds)]
    scores = [_likeness(text) for text in texts]
    spread = median(len(text) for text in texts)
    return division.prior + sum(scores) / len(scores) - (1.0 if spread > 600 else 0.0)


_MOST_LIKE = 1.9  # what `_likeness` gives at most


def _likeness(text: str) -> float:
    """How much a stretch looks like one whole reference."""
    bare = take_label(text)[1]
    score = 0.0
    score += (
        0.7 if re.search(r"(?:1[5-9]|20)\d\d|\bn\.\s?d|in press|to appear|arXiv|https?://", bare) else -0.5
    )
    score += 0.6 if openings.opening(bare) or bare[:1] in '“"«' else 0.0
    score += (
        0.3
        if bare[:1].isupper()
        else -0.8
        if bare[:1].islower() and people.token_kind(bare.split()[0]) != "p"
        else 0.0
    )
    score += 0.3 if openings.CLOSED.search(bare) else -0.1
    score -= 0.8 if len(bare) < 30 else 0.0
    score -= min(2.0, 0.8 * _extra(bare))
    return score


_DATED = re.compile(r"\((?:1[5-9]|20)\d\d[a-z]?\)|(?<=\.\s)(?:1[5-9]|20)\d\d[a-z]?\.(?=\s)")
_FULL_STOP = re.compile(
    r"(?:(?:1[5-9]|20)\d\d[a-z]?\)?|(?<!\d)\d++[-–]\d++)\.\s+(?=[^\W\d_a-z][\w'’-]+,\s[^\W\d_a-z]|[A-Z]\.\s)"
)


def _extra(text: str) -> int:
    """How many references too many stand in a stretch."""
    return max(0, len(_DATED.findall(text)) - 1) + len(_FULL_STOP.findall(text)) + max(0, len(text) // 900)
