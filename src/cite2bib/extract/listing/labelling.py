"""Which line is what: the best sequence of labels over all lines, by what each says and by the order records keep.

A record is a title (or a line that holds all), and around it authors, abstract and details. Every line's evidence and
every step between labels has a weight; the sequence with the greatest sum is found by dynamic programming (Viterbi).
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

from cite2bib.extract.listing import chrome, links
from cite2bib.extract.listing.habits import is_submitter
from cite2bib.patterns import late

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cite2bib.extract.listing.facts import Facts
    from cite2bib.extract.listing.habits import Habits

# Junk, what stands before the title of its record, title, aUthors, abstract, Detail, whole Record.
LABELS = "XHTUADR"
_NEVER = -50.0

# The weight of a label after another; what is not named is unlikely.
_STEPS = {
    "X": {"X": 0.2, "H": 0.0, "T": 0.0, "U": -4.0, "A": -6.0, "D": -1.0, "R": 0.1},
    "H": {"X": -2.0, "H": 0.3, "T": 1.2, "U": -2.5, "A": -6.0, "D": -2.0, "R": 0.8},
    "T": {"X": -0.4, "H": -0.3, "T": -0.2, "U": 1.0, "A": 0.8, "D": 0.5, "R": -0.3},
    "U": {"X": -0.1, "H": 0.1, "T": 0.1, "U": -0.8, "A": 0.5, "D": 0.5, "R": -0.3},
    "A": {"X": -0.1, "H": 0.1, "T": 0.2, "U": -1.0, "A": -0.4, "D": 0.4, "R": 0.0},
    "D": {"X": 0.0, "H": 0.2, "T": 0.2, "U": -0.3, "A": 0.2, "D": 0.3, "R": 0.1},
    "R": {"X": 0.0, "H": 0.0, "T": -0.2, "U": -2.0, "A": -1.5, "D": 0.2, "R": 0.5},
}  # fmt: skip
_START = {"X": 0.0, "H": 0.0, "T": 0.0, "R": 0.0, "U": -5.0, "A": -6.0, "D": -3.0}
_AMBIGUOUS = frozenset(
    {
        "summary",
        "venue",
        "code",
        "link",
        "in",
        "id",
        "type",
        "status",
        "session",
        "area",
        "track",
        "dataset",
        "note",
        "notes",
        "pages",
        "topics",
        "topic",
        "paper",
    }
)
_LABELLED = {"title": "T", "paper": "T", "authors": "U", "abstract": "A", "summary": "A"}


def label(facts: Sequence[Facts], habits: Habits | None = None) -> str:
    """A label for each line. Addresses may stand before or behind their titles: the way that explains more is taken."""
    if not facts:
        return ""
    emissions = [_emission(facts, index) for index in range(len(facts))]
    if habits:
        for index, emission in enumerate(emissions):
            habits.weigh(facts, index, emission)
    if _people_lead(facts):
        for index in _led(facts):
            _as_led(emissions[index : index + 3])
    found = _best(facts, emissions, before=False)
    if any(item.only_ids for item in facts):
        found = max(found, _best(facts, emissions, before=True))
    if _leads(facts, found[1]):
        for item, emission in zip(facts, emissions, strict=True):
            if item.date or item.metric or item.number or item.year:
                emission["H"] = emission.pop("D", 0.0)
        found = _best(facts, emissions, before=True)
    return found[1]


def _leads(facts: Sequence[Facts], labels: str) -> bool:
    """Whether dates stand before their titles: one before the first, none behind the last, about one for each."""
    titles = [
        index for index, (item, name) in enumerate(zip(facts, labels, strict=True))
        if name == "R" or (name == "T" and (item.title > -1.0 or item.label))
    ]  # fmt: skip
    dates = [index for index, item in enumerate(facts) if item.date]
    if len(titles) < 2 or len(dates) < max(2, 0.7 * len(titles)):
        return False
    return dates[0] < titles[0] and dates[-1] < titles[-1]


def _people_lead(facts: Sequence[Facts]) -> bool:
    """Whether authors stand before their titles: at the head of a paragraph, and of most of those that name any."""
    led = len(_led(facts))
    behind = sum(
        bool(after.people or after.byline)
        and not (after.line.apart or after.repeated or item.people)
        and item.title > 0.8
        for item, after in pairwise(facts)
    )
    return led > 1 and led > behind


def _led(facts: Sequence[Facts]) -> list[int]:
    """The lines of authors that a title follows, and a line that is neither follows that."""
    return [
        index
        for index, (item, title, rest) in enumerate(zip(facts, facts[1:], facts[2:], strict=False))
        if item.line.apart and item.people and item.people.score >= 0.35 and item.people.scheme in {"pairs", "parted"}
        and not (title.line.apart or title.people or title.chrome or rest.line.apart or rest.people)
        and title.title > 0.3
    ]  # fmt: skip


def _as_led(emissions: Sequence[dict[str, float]]) -> None:
    """Authors, title, and what belongs to it."""
    people, title, rest = emissions
    people["H"] = people.pop("U", 0.0) + 3.0
    title["T"] = title.get("T", 0.0) + 2.0
    rest["D"] = max(rest.get("D", 0.0), 2.0)
    for name in "RAT":
        rest[name] = rest.get(name, _NEVER) - 4.0


def _best(
    facts: Sequence[Facts], emissions: Sequence[dict[str, float]], *, before: bool
) -> tuple[float, str]:
    """The best sequence and its weight, all addresses taken as before (or behind) what they belong to."""
    closed = "D" if before else "H"
    back: list[dict[str, str]] = []
    previous = _START
    for index, emission in enumerate(emissions):
        shut = (_side(facts, index) or closed) if facts[index].only_ids and not facts[index].head else ""
        current, came = {}, {}
        for name, weight in emission.items():
            if weight <= _NEVER or (name == shut and len(emission) > 1):
                continue
            step, source = _reached(previous, name, facts, index) if index else (previous[name], name)
            current[name], came[name] = step + weight, source
        previous = current
        back.append(came)
    ends = {name: score - (3.0 if name == "H" else 0.0) for name, score in previous.items()}
    last = max(ends, key=lambda name: ends[name])
    return ends[last], _trace(back, last)


def _reached(previous: dict[str, float], name: str, facts: Sequence[Facts], index: int) -> tuple[float, str]:
    """The best way into a label: its weight, and the label that it comes from."""
    extra = _extra(facts, index, name)
    best, source = -math.inf, ""
    for other, weight in previous.items():
        step = weight + _STEPS[other][name] + extra.get(other, 0.0)
        if step > best or (step == best and other > source):
            best, source = step, other
    return best, source


def _side(facts: Sequence[Facts], index: int) -> str:
    """What an address can't be, where blank lines tell that it belongs to the line behind (or before) it."""
    after = facts[index + 1] if index + 1 < len(facts) else None
    joined = bool(after and not (after.line.apart or after.only_ids or after.chrome))
    if facts[index].line.apart == joined:
        return "D" if joined else "H"
    return ""


def _trace(back: Sequence[dict[str, str]], last: str) -> str:
    path = [last]
    for came in reversed(back[1:]):
        path.append(came[path[-1]])
    return "".join(reversed(path))


def _extra(facts: Sequence[Facts], index: int, name: str) -> dict[str, float]:
    """What blank lines and lists add to the step into a label, by the label before."""
    line = facts[index].line
    extra: dict[str, float] = {}
    if not line.apart:
        if name in "UD":
            extra = {"T": 0.3, "U": 0.3}
        elif name == "T":
            extra = {"H": 0.4}
    elif name in "TRH":
        extra = {other: 0.2 for other in LABELS if other != "H"}
    if not (line.is_item and facts[index - 1].line.is_item):
        return extra
    extra = dict(extra)
    if name in "DU" and not facts[index].label and line.level == facts[index - 1].line.level:
        for other in "TR":  # one item holds one record; what belongs to it stands deeper, or says what it is
            extra[other] = extra.get(other, 0.0) - 1.0
    if name in "TR":
        for other in "TR":
            extra[other] = extra.get(other, 0.0) + (0.7 if other == name else 0.3)
    return extra


def _emission(facts: Sequence[Facts], index: int) -> dict[str, float]:
    """What the line at a place may be, by itself and its neighbours."""
    item = facts[index]
    if item.separator:
        if item.only_ids:
            return {"D": 1.5, "H": 1.5, "X": 0.5}
        return {"D": 0.4, "X": 0.3, "A": -3.0} | ({"H": 4.0} if item.vote else {})
    told = _told(item, index, facts)
    return told or _open(item, index, facts)


def _told(item: Facts, index: int, facts: Sequence[Facts]) -> dict[str, float]:
    """Lines that say what they are."""
    if item.vote and not item.work_link:
        return {"H": 5.0, "X": 0.0}
    if item.head:
        return {
            "H": 5.0 if "[" in item.line.text.removeprefix(item.line.marker) else 3.5,
            "D": 3.5,
            "X": -2.0,
        }
    if item.label:
        headed = any(other.head for other in facts[max(0, index - 2) : index])
        return _labelled(item, headed=headed)
    after_label = facts[index - 1].label if index and facts[index - 1].label else None
    if after_label and not after_label[1] and not item.is_detail and not item.chrome:
        return {_LABELLED.get(after_label[0], "D"): 6.0, "X": -1.0}
    if item.count or any(kind == "count" for kind, _ in item.parts):
        return {"D": 4.5, "X": -1.0}
    if item.date or item.parts:
        return {"D": 2.6, "X": 0.3, "H": -1.0}
    if item.metric:
        after = facts[index + 1] if index + 1 < len(facts) else None
        is_last = not item.line.apart and (not after or after.line.apart)
        return {"D": 2.6, "X": 0.3, "H": -1.0 if is_last else 0.8}
    if item.submitted or is_submitter(facts, index):
        return {"H": 3.0, "X": 1.0}
    if item.year:
        return {"D": 1.3 if " " in item.line.text else 1.0, "X": 1.2, "H": -1.0}
    if item.key:
        return {"H": 2.0, "X": 1.0, "D": 2.5 if _is_between(facts, index) else 0.0}
    if item.classes:
        return {"H": 2.5, "D": 2.0, "X": 0.3}
    if item.open_label:
        return {"X": 2.0, "D": 0.5, "T": -1.0, "H": -1.0}
    if item.account and not item.work_link:
        return {"D": 2.5, "X": 1.0, "T": item.title - 2.0, "H": 0.5}
    if item.availability:
        return {"A": 2.0, "D": 1.8, "X": 1.0}
    if item.citation or item.editors or item.described:
        return {"D": 3.5, "X": 0.5}
    if item.number and any("#" in link.target for link in item.line.links):
        return {"D": 3.0, "X": 0.4}  # comments: on the page of the work before
    if item.number:
        return {"D": 1.0, "H": 1.0, "X": 0.4}
    if item.only_ids:
        return {"D": 2.5, "H": 2.5, "X": 0.0}
    return {}


def _is_between(facts: Sequence[Facts], index: int) -> bool:
    """Whether a key stands behind the first line of a record, and before its people."""
    if not 0 < index < len(facts) - 1 or facts[index].line.apart:
        return False
    before, after = facts[index - 1], facts[index + 1]
    return before.line.apart and not before.people and bool(after.people or after.byline)


def _labelled(item: Facts, *, headed: bool) -> dict[str, float]:
    name, value = item.label or ("", "")
    kind = _LABELLED.get(name, "D")
    if not value:
        return {"H": 3.0, "X": 0.0} if kind == "T" else {"D": 3.0, "X": 0.5}
    if kind == "T" and name == "paper" and links.is_label(value):
        kind = "D"
    weight = {"T": 4.0, "U": 5.0, "A": 5.0, "D": 2.2}[kind]
    found = {kind: weight, "X": 0.5}
    if kind == "D" and headed:
        found["H"] = 1.2  # arXiv's mails put the date before the title
    if name in _AMBIGUOUS:  # a title may start like a label: "Summary: ...", "Source: ..."
        found["T"] = max(item.title, 1.0)
    return found


def _open(item: Facts, index: int, facts: Sequence[Facts]) -> dict[str, float]:
    """Lines that may be a title, a list of authors, prose or nothing."""
    people = item.people.score if item.people else 0.0
    emission = {
        "X": 0.6 + (2.5 if item.chrome else 0.0) + _pull(item),
        "T": item.title - 4.5 * item.chrome - 2.4 * max(0.0, people - 0.35) - 0.8 * item.venue,
        "U": max(4.0 * people, 4.0 * item.byline[0].score + 0.6 if item.byline else 0.0) - 1.2,
        "A": min(item.prose, 5.0)
        + (0.4 if item.prose > 1.5 or _is_long_sentence(item) else -1.0)
        - (0.4 if item.unlearned else 0.0)
        - (3.0 if item.record and item.record[1] > 0.6 else 0.0),
        "D": (1.9 if item.venue else -2.0) - 0.7 * max(0.0, item.prose),
        "R": 4.0 * item.record[1] - 0.2 if item.record else _NEVER,
        "H": -3.0,
    }
    if item.work_link:
        emission["T"] += 5.0 + 4.5 * item.chrome
        emission["R"] -= 1.0
        if item.prose > 2.5:  # an abstract that is a link
            emission["T"] -= 4.0
            emission["A"] += 3.0
    elif item.partial and item.record:
        emission["R"] += 2.0
    if item.record and "authors" in item.record[0].evidence:
        emission["T"] -= item.record[1]  # a title does not list its authors
        if item.byline and item.record[0].title.count(" ") > 3:
            emission["U"] -= 2.0 * item.record[1]  # nor a list of authors a title
    if _is_section(index, facts):
        emission["T"] -= 1.6
        emission["X"] += 0.8
    if _is_organisation(index, facts):
        emission["D"] = max(emission["D"], 1.8)
        emission["T"] -= 0.4
    if item.repeated and not item.work_link:
        _as_button(emission, item)
    if index + 1 < len(facts) and chrome.is_tally(facts[index + 1].line.text):
        emission["T"] -= 2.5  # a subject and how many works it has
    if item.line.is_item and item.prose < 1.5:
        emission["T"] += 0.3
    if index and facts[index - 1].open_label and item.line.indent > facts[index - 1].line.indent:
        emission["T"] -= 2.5
        emission["X"] += 1.0
    for name in "UDA":
        emission[name] -= _goes_on(facts, index)
    emission["T"] += 0.6 * item.sequenced
    if item.sequenced and item.chrome:  # menus are not numbered
        _allow_chrome(emission)
    if item.chrome and links.is_labels(item.line.text):  # a button between a title and its authors
        emission["D"] = 2.0
    if _heads_list(index, facts):
        emission["T"] -= 3.0
        emission["X"] += 1.0
    if item.byline:
        emission["T"] -= 1.5 * item.byline[0].score
        emission["A"] -= 1.5 * item.byline[0].score
    if _QUOTED.fullmatch(item.line.text):
        emission["T"] += 1.2
    return emission


_QUOTED = late(r"[\"“„«][^\"“”„«»]{12,250}[\"“”»]")


def _as_button(emission: dict[str, float], item: Facts) -> None:
    """A line that stands under each record is no title; it may hold the record's identifier."""
    emission["T"] -= 2.5
    emission["X"] += 1.0
    if item.record and "authors" not in item.record[0].evidence:
        emission["R"] -= 4.0
        emission["D"] += 6.0 * ("id" in item.record[0].evidence)


def _is_long_sentence(item: Facts) -> bool:
    """An abstract of one sentence, as pages that cut abstracts show."""
    text = item.line.text
    return item.prose > 0.8 and len(text) > 140 and text.endswith((".", "…", "...")) and not item.unlearned


def _allow_chrome(emission: dict[str, float]) -> None:
    """A line that reads like a page's own words, where something says that it is a title after all."""
    emission["T"] = emission.get("T", 0.0) + 4.5
    emission["X"] = emission.get("X", 0.0) - 2.5


def _pull(item: Facts) -> float:
    """How much prose belongs to no record; a reference with all its parts is no prose."""
    pull = max(0.0, 0.85 * min(item.prose, 5.0) - 0.3)
    return min(pull, 0.9) if item.record and item.record[1] >= 0.6 else pull


def _goes_on(facts: Sequence[Facts], index: int) -> float:
    """How sure an item is the next of a list, and so of the same kind as the one before."""
    line = facts[index].line
    before = next(
        (item.line for item in reversed(facts[max(0, index - 8) : index]) if item.line.marker), None
    )
    if not line.marker or not before or before.indent != line.indent or before.level != line.level:
        return 0.0
    if facts[index].sequenced:
        return 2.5
    return 0.8 if not any(char.isdigit() for char in before.marker + line.marker) else 0.0


def _is_section(index: int, facts: Sequence[Facts]) -> bool:
    """A heading over items or other headings, not over a record's details."""
    item = facts[index]
    if item.line.kind != "heading" or item.work_link:
        return False
    after = facts[index + 1] if index + 1 < len(facts) else None
    if not after or (after.line.kind == "heading" and after.line.level > item.line.level):
        return True
    held = after.label or after.is_detail or after.people or after.only_ids
    return bool(after.line.is_item or after.record or after.work_link) and not held


def _heads_list(index: int, facts: Sequence[Facts]) -> bool:
    """The first line of a text, apart from what it announces."""
    item = facts[index]
    if any(not before.chrome and not before.separator for before in facts[:index]) or item.line.is_item:
        return False
    apart = index + 1 < len(facts) and (facts[index + 1].line.apart or facts[index + 1].line.is_item)
    return apart and not item.work_link and chrome.heads_list(item.line.text)


def _is_organisation(index: int, facts: Sequence[Facts]) -> bool:
    """A short line with a middle dot and a date behind it: who the work is from."""
    item = facts[index]
    if len(item.line.text) > 60 or item.line.is_item or item.work_link or index + 2 > len(facts):
        return False
    after = facts[index + 1]
    if after.separator and after.line.text.strip() in {"·", "•"}:
        behind = facts[index + 2] if index + 2 < len(facts) else None
        return bool(behind and (behind.date or behind.count or behind.parts))
    counted = any(kind in {"count", "date"} for kind, _ in after.parts)
    return counted and (after.line.text[:1] in "·•" or len(item.line.text.split()) < 3)
