"""Pages and lists that name works: saved pages of catalogues, reading lists, tables of papers, in any container."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from typing import TYPE_CHECKING

from cite2bib.extract.listing import (
    chrome,
    dating,
    details,
    embedded,
    facts,
    gate,
    habits,
    labelling,
    lines,
    links,
    mentions,
    records,
    tables,
    trailing,
)
from cite2bib.extract.listing.reference import Context
from cite2bib.formats import ReadResult
from cite2bib.patterns import late

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cite2bib.documents import Document
    from cite2bib.extract.listing.details import When
    from cite2bib.extract.listing.drafts import Draft
    from cite2bib.extract.listing.facts import Facts
    from cite2bib.extract.listing.lines import Line
    from cite2bib.model import Work

_HEADER = re.compile(
    r"get trending papers in your email|showing new listings for|^# web source", re.IGNORECASE
)


def read(document: Document) -> ReadResult:
    """The works that a page or list names, in its order."""
    entries, document = embedded.take(document)
    document = tables.pasted(document)
    every = [part for line in _unglued(lines.of(document)) for part in _unbundled(line)]
    context = _context(document.path, every)
    every = _joined(every, context)
    found = [(work, _line(work)) for work in entries.works]
    found += tables.read(document, context)
    found += [(draft.work(), draft.line) for draft in _drafts(document, every, context)]
    found.sort(key=lambda item: item[1])
    return ReadResult(tuple(work for work, _ in found), entries.diagnostics)


def _line(work: Work) -> int:
    place = work.places[0].locator if work.places else ""
    return int(place) if place.isdecimal() else 0


def _drafts(document: Document, every: list[Line], context: Context) -> list[Draft]:
    seen = [facts.of(line, context) for line in every]
    context = _with_scheme(context, seen)
    trailing.told(seen, context)
    _repeated(seen)
    _sequenced(seen)
    labels, groups, drafts, kept, sure = _weighed(seen, context, None)
    seen, rejoined = _rejoined(seen, labels, groups, sure, context)
    if rejoined:
        _sequenced(seen)
        labels, groups, drafts, kept, sure = _weighed(seen, context, None)
    # What the sure records have in common is then asked of all.
    if learnt := habits.learn(groups, drafts, sure, seen):
        labels, groups, drafts, kept, _ = _weighed(seen, context, learnt)
    starts = [group.index for group, keep in zip(groups, kept, strict=True) if keep]
    drafts = [draft for draft, keep in zip(drafts, kept, strict=True) if keep]
    _date(drafts, starts, seen, labels, document)
    inside = {id(item) for group, keep in zip(groups, kept, strict=True) if keep for item in group.lines()}
    return drafts + mentions.find([item for item in seen if id(item) not in inside], drafts, document.path)


def _repeated(seen: Sequence[Facts]) -> None:
    """Mark lines that come thrice and more but for their numbers, as the buttons and counts under each record do."""
    formed = [(item, _form(item.line.text)) for item in seen if len(item.line.text) <= 120]
    counts = Counter(form for _, form in formed)
    for item, form in formed:
        item.repeated = counts[form] > 2 and any(map(str.isalpha, form))


def _form(text: str) -> str:
    """A line with whatever has a digit in it left out."""
    return " ".join("" if _DIGIT.search(word) else word for word in text.split())


_DIGIT = re.compile(r"\d")


def _sequenced(seen: Sequence[Facts]) -> None:
    """Mark the numbered lines that count on from the numbered line before."""
    last: Line | None = None
    for item in seen:
        number = _NUMBER.fullmatch(item.line.marker)
        if not number:
            continue
        before = _NUMBER.fullmatch(last.marker) if last and last.indent == item.line.indent else None
        item.sequenced = bool(before and int(number[1]) == int(before[1]) + 1) or number[1] == "1"
        last = item.line


_NUMBER = re.compile(r"[\[(]?(\d{1,4})[\])]?[.)]?")


def _weighed(
    seen: Sequence[Facts], context: Context, learnt: habits.Habits | None
) -> tuple[str, list[records.Group], list[Draft], list[bool], list[bool]]:
    labels = labelling.label(seen, learnt)
    groups = list(records.gather(seen, labels))
    drafts = [records.draft_of(group, context) for group in groups]
    return labels, groups, drafts, *gate.accepted(groups, drafts, seen, learnt)


def _stands_alone(before: Facts | None, item: Facts) -> bool:
    """Whether a line is a record of its own behind another: it has authors, or both have an identifier."""
    if not item.record:
        return False
    theirs = before.record[0].evidence if before and before.record else set()
    own = item.record[0].evidence
    return "authors" in own or bool(own & {"id", "link"} and theirs & {"id", "link"})


def _rejoined(
    seen: list[Facts], labels: str, groups: Sequence[records.Group], sure: Sequence[bool], context: Context
) -> tuple[list[Facts], bool]:
    """Where records are lines that hold all, what follows one without a blank line or marker is the rest of it."""
    whole = [group.whole for group, is_sure in zip(groups, sure, strict=True) if is_sure]
    if len(whole) < 2 or sum(whole) < 0.6 * len(whole):
        return seen, False
    found: list[Facts] = []
    joined = False
    for item, name in zip(seen, labels, strict=True):
        before = found[-1] if found else None
        rest = (
            not item.line.apart
            and not item.people
            and not _stands_alone(before, item)
            and not item.line.is_item
            and name in "XTRDA"
            and not item.chrome
            and not _CLOCK.search(item.line.text)
        )
        if before and before.record and rest and len(before.line.text) > 60:
            text = f"{before.line.text} {item.line.text}"
            links = (*before.line.links, *item.line.links)
            marks = (*before.line.marks, *item.line.marks)
            found[-1] = facts.of(before.line._replace(text=text, links=links, marks=marks), context)
            joined = True
        else:
            found.append(item)
    return found, joined


_CLOCK = late(r"\b\d{1,2}:\d\d(?::\d\d)?(?:\s?[ap]\.?m\b)?", re.IGNORECASE)  # who wrote when, in a chat
_GLUED = re.compile(rf"[·•\s]*{details.MONTH}\s+\d{{1,2}},\s+\d{{4}}(?=[^\W\d_])")


def _unglued(every: list[Line]) -> list[Line]:
    """Pages joined without a line's end between: the first word of the next hangs on the last line of the one before."""
    apart: list[Line] = []
    for index, line in enumerate(every):
        after = every[index + 1].text if index + 1 < len(every) else ""
        if after.startswith("Get trending papers") and line.text.endswith("new") and line.text != "new":
            apart.append(line._replace(text=line.text.removesuffix("new").rstrip()))
        elif glued := _GLUED.match(line.text):
            apart.append(line._replace(text=glued[0]))
            apart.append(line._replace(text=line.text[glued.end() :], apart=True))
        else:
            apart.append(line)
    return apart


_BETWEEN = late(r"(?:[\s)\].,;:|/·•&+]|and|und|et)*[,;|/·•+)\]](?:[\s|/·•&+]|and|und|et)*")


def _unbundled(line: Line) -> list[Line]:
    """An item of several works, each a title that is a link to it with its details behind: `[A](..) (2019), [B](..) (2020)`."""
    titles = [link for link in links.work_titles(line.links) if link.text.count(" ") > 1]
    if len(titles) < 2 or not line.text.startswith(titles[0].text):
        return [line]
    starts = [0]
    for link in titles[1:]:
        place = line.text.find(link.text, starts[-1] + 1)
        between = re.search(r"\W*(?:and\W*)?$", line.text[starts[-1] : max(place, 0)])
        if place < 0 or not between or not _BETWEEN.fullmatch(between[0]):
            return [line]
        starts.append(place)
    return [_part(line, start, end) for start, end in itertools.pairwise([*starts, len(line.text)])]


def _part(line: Line, start: int, end: int) -> Line:
    """A stretch of a line as a line of its own, with the links and marks in it."""
    text = line.text[start:end].strip(" ,;|/·•&+")
    own = tuple(link for link in line.links if link.text and link.text in text)
    marks = tuple(mark for mark in line.marks if mark.text in text)
    number = line.number_at(start)
    return line._replace(text=text, number=number, starts=(0,), links=own, marks=marks)


def _joined(every: list[Line], context: Context) -> list[Line]:
    """Authors with a colon, and the title on the next line (as DBLP has it), are one line."""
    found: list[Line] = []
    for line in every:
        before = found[-1] if found else None
        if before and not line.apart and before.text.endswith(":") and before.text.count(",") < 200:
            named = context.people(before.text[:-1])
            if named and named.score >= 0.55:
                found[-1] = before._replace(
                    text=f"{before.text} {line.text}", links=(*before.links, *line.links)
                )
                continue
        found.append(line)
    return found


def _context(path: str, every: Sequence[Line]) -> Context:
    """The ordinary words of a document: those its prose has in lower case."""
    spoken: set[str] = set()
    for line in every:
        if len(line.text) > 200:
            spoken.update(line.text.split())
    return Context(path, common=frozenset(word for word in spoken if word.islower() and word.isalpha()))


def _with_scheme(context: Context, seen: Sequence[Facts]) -> Context:
    """How most of the document's lists of authors are written decides for those that can be read two ways."""
    schemes = [item.people.scheme for item in seen if item.people and item.people.score > 0.7]
    if not schemes:
        return context
    usual = max(sorted(set(schemes)), key=schemes.count)
    context = Context(context.path, usual, context.common)
    for item in seen:
        if item.people and item.people.scheme != usual:
            item.people = context.people(item.line.text)
    return context


def _date(
    drafts: Sequence[Draft], starts: Sequence[int], seen: Sequence[Facts], labels: str, document: Document
) -> None:
    """Each page of a file has its own date and its own years."""
    borders = [0, *_borders(seen, starts), len(seen)]
    for start, end in itertools.pairwise(borders):
        inside = [draft for draft, index in zip(drafts, starts, strict=True) if start <= index < end]
        if inside:
            dating.settle(inside, _page_date(seen[start:end], labels[start:end], document))


def _borders(seen: Sequence[Facts], starts: Sequence[int]) -> list[int]:
    """Where a new page begins: at its banner, when there was a record since the last."""
    borders, last = [], 0
    for index, item in enumerate(seen):
        if len(item.line.text) < 200 and _HEADER.search(item.line.text):
            if any(last <= start < index for start in starts):
                borders.append(index)
            last = index
    return borders


_STATED = (
    "date",
    "retrieved",
    "captured",
    "exported",
    "created",
    "published",
    "issued",
    "saved",
    "accessed",
    "updated",
)
_DAY = re.compile(
    rf"(?:\d{{1,2}}\s{details.MONTH}\s\d{{4}}|{details.MONTH}\s\d{{1,2}},?\s\d{{4}}|\b20\d\d-\d\d-\d\d\b)"
)


def _page_date(seen: Sequence[Facts], labels: str, document: Document) -> When | None:
    """The date a page states of itself, before its first record or in its head."""
    found: list[When] = []
    for key in _STATED:
        if value := document.metadata.get(key):
            found += [when for when in [details.when_of(value[:10])] if when]
    for item, name in zip(seen, labels, strict=True):
        if name in "TR":
            break
        if item.date and name in "XDH":
            found.append(item.date[0])
        elif (
            len(item.line.text) < 200
            and (chrome.is_chrome(item.line.text) or item.label)
            and (day := _DAY.search(item.line.text))
        ):
            found += [when for when in [details.when_of(day[0])] if when]
    return dating.latest(found)
