"""Why a record was taken for a work, or none: from the lock, libraries, kept answers or a report; nothing is sent.

What is told is weighed anew, by the rules of this version, so that each line says what it is worth.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

from cite2bib import titles
from cite2bib.dates import edtf
from cite2bib.light import dataclass
from cite2bib.resolve.match import choose, facts, match
from cite2bib.resolve.match.score import log_odds, weigh

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cite2bib.model import Work
    from cite2bib.pipeline.looking import Item
    from cite2bib.resolve.lock import Lock, Locked
    from cite2bib.resolve.match import Decision

_IDENTIFIERS = ("DOI", "arxiv", "PMID", "PMCID", "ISBN", "openalex")
_REFUSED = 5  # candidates that are told of
_WIDTH = 13  # of the labels


@dataclass(frozen=True, slots=True)
class Case:
    """A work, what was decided about it, and what else there was to choose from."""

    key: str
    query: Work
    decision: Decision
    source: str
    asked: tuple[str, ...] = ()
    candidates: tuple[Work, ...] = ()


def cases(items: Iterable[Item], asked: str) -> list[Case]:
    """Those works that a key, an identifier or a title names; all whose title begins so when none has it."""
    listed = list(items)
    found = [item for item in listed if _is_named(item.work, item.mentions, asked)]
    found = found or [item for item in listed if _begins(item.work, asked)]
    return [
        Case(
            item.work.id,
            resolution.query,
            resolution.decision,
            resolution.source,
            resolution.asked,
            resolution.candidates,
        )
        for item in found
        for resolution in item.resolutions
    ]


def locked_cases(lock: Lock, asked: str, keys: Mapping[str, str]) -> list[Case]:
    """The same for the decisions of a lock alone; `keys` are citation keys by those of the lock."""
    told = [(line, _query(line)) for line in lock]
    found = [
        pair
        for pair in told
        if _matches(keys.get(pair[0].key, ""), asked)
        or _is_named(pair[0].record or pair[1], (pair[1],), asked)
    ]
    found = found or [pair for pair in told if _begins(pair[1], asked)]
    return [_locked_case(keys.get(line.key, line.key), line, query) for line, query in found]


def _query(line: Locked) -> Work:
    from cite2bib.model import Work

    return Work().with_field("title", line.title) if line.title else line.record or Work()


def _locked_case(key: str, line: Locked, query: Work) -> Case:
    from cite2bib.model import Match
    from cite2bib.resolve.match import Decision

    decision = Decision(
        line.record,
        Match(1.0 if line.record else 0.0, line.evidence, 1.0 if line.record else 0.0),
        line.reason,
    )
    return Case(key, query, decision, "lock" if line.record else "", line.asked)


def _is_named(work: Work, mentions: Sequence[Work], asked: str) -> bool:
    if _matches(work.id, asked):
        return True
    for known in (work, *mentions):
        if titles.key(known.text("title")) == titles.key(asked) != "":
            return True
        if any(_is_identifier(known, name, asked) for name in _IDENTIFIERS):
            return True
    return False


def _is_identifier(work: Work, name: str, asked: str) -> bool:
    from cite2bib.identifiers import normalise

    value = facts.identifier(work, name)
    return bool(value) and value == normalise(name, asked)


def _matches(key: str, asked: str) -> bool:
    return bool(key) and key == asked.strip().removeprefix("@")


def _begins(work: Work, asked: str) -> bool:
    start = titles.key(asked)
    return len(start) >= 4 and titles.key(work.text("title")).startswith(start)


def explain(case: Case) -> str:
    """What is known of a case, in lines for a reader."""
    lines = [f"{case.key}: {_plain(case.query.text('title'))}"]
    lines += [_line("mentioned in", str(place)) for place in case.query.places[:5]]
    if told := _said(case.query):
        lines.append(_line("said there", told))
    record = case.decision.record
    lines += list(_taken(case, record) if record else _not_taken(case))
    lines += list(_refused(case))
    return "\n".join(lines) + "\n"


def _line(label: str, text: str) -> str:
    return f"  {label:<{_WIDTH}} {text}"


def _said(work: Work) -> str:
    """What there was to compare, besides the title."""
    names, date = work.names("author"), work.date()
    count, words = work.text("author-count"), len(work.text("abstract").split())
    told = [
        _people(work) if names else f"{count} authors" if count else "",
        edtf(date) + (" (inferred)" if work.fields["issued"].origin.confidence < 1 else "") if date else "",
        work.text("container-title"),
        *(f"{name} {value}" for name in _IDENTIFIERS if (value := work.text(name))),
        f"an abstract of {words} words" if words else "",
    ]
    return "; ".join(filter(None, told))


def _people(work: Work) -> str:
    names = [str(name) for name in work.names("author")]
    return ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")


def _named(work: Work) -> str:
    date = work.date()
    where = work.text("container-title")
    identifier = next((f"{name} {value}" for name in _IDENTIFIERS if (value := work.text(name))), "")
    told = [_people(work), edtf(date) if date else "", where, identifier]
    return f"“{_plain(work.text('title'))}” ({'; '.join(filter(None, told))})"


def _plain(title: str) -> str:
    from cite2bib.richtext import plain

    return plain(title)


def _taken(case: Case, record: Work) -> Iterator[str]:
    where = "the lock" if case.source == "lock" else case.source or "a report"
    origins = dict.fromkeys(str(said.origin) for said in record.fields.values())
    yield _line("taken from", f"{where}: {_named(record)}")
    yield _line("known by", "; ".join(list(origins)[:3]))
    if not case.query.places:  # the lock keeps of the query its title alone
        yield from (
            _line("" if place else "because", words)
            for place, words in enumerate(case.decision.match.evidence)
        )
        return
    yield from _evidence("because", case.query, record)
    if case.source == "lock" and case.decision.match.evidence != match(case.query, record).evidence:
        yield _line("when locked", "; ".join(case.decision.match.evidence))
    yield _line("probability", _probability(case.query, record))


def _evidence(label: str, query: Work, record: Work) -> Iterator[str]:
    for words, worth in weigh(query, record):
        yield _line(label, f"{_odds(worth):>14}  {words}")
        label = ""


def _odds(worth: float) -> str:
    """How much likelier a piece of evidence makes it.

    >>> _odds(4.2), _odds(-3.0), _odds(0.0), _odds(float("-inf"))
    ('for 67:1', 'against 20:1', '', 'rules it out')
    """
    if math.isinf(worth):
        return "rules it out"
    ratio = math.exp(min(abs(worth), 20))
    said = f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.1f}"
    return f"{'for' if worth > 0 else 'against'} {said}:1" if worth else ""


def _probability(query: Work, record: Work) -> str:
    return f"{_percent(match(query, record).probability)}"


def _percent(share: float) -> str:
    return "over 99.9%" if share > 0.99985 else f"{share:.0%}"


def _not_taken(case: Case) -> Iterator[str]:
    yield _line("left as given", case.decision.reason or "nothing was looked up")
    if case.asked:
        yield _line("asked", ", ".join(case.asked))


def _refused(case: Case) -> Iterator[str]:
    """The other candidates, the nearest first, and what speaks against each."""
    taken = case.decision.record
    best = choose(case.query, case.candidates)
    same = {id(taken), *map(id, best.also)}
    left = [record for record in case.candidates if id(record) not in same and not _is_copy(record, taken)]
    ranked = sorted(left, key=lambda record: -log_odds(match(case.query, record).score))
    for record in ranked[:_REFUSED]:
        yield _line("not", f"{_named(record)}: {_percent(match(case.query, record).probability)}")
        yield from _evidence("", case.query, record)
    if len(ranked) > _REFUSED:
        yield _line("", f"and {len(ranked) - _REFUSED} more that fit less")


def _is_copy(record: Work, taken: Work | None) -> bool:
    return taken is not None and (
        bool(facts.same_identifier(record, taken)) or record.text("title") == taken.text("title")
    )


def reported(data: bytes, asked: str) -> list[str] | None:
    """What a report of a run says of a work, as text; None when the data is no report."""
    try:
        table = json.loads(data)
    except ValueError:
        return None
    if not isinstance(table, dict) or not isinstance(table.get("works"), list):
        return None
    works = [item for item in table["works"] if isinstance(item, dict) and "decisions" in item]
    found = [item for item in works if _is_reported(item, asked)]
    return [_reported(item) for item in found] if works else None


def _is_reported(item: Mapping[str, Any], asked: str) -> bool:
    from cite2bib.identifiers import normalise

    if _matches(str(item.get("key", "")), asked):
        return True
    values = {name: str(said.get("value", "")) for name, said in item.get("fields", {}).items()}
    title = titles.key(values.get("title", ""))
    is_same = title == titles.key(asked) != ""
    return is_same or any(
        values.get(name) and normalise(name, values[name]) == normalise(name, asked) for name in _IDENTIFIERS
    )


def _reported(item: Mapping[str, Any]) -> str:
    title = str(item.get("fields", {}).get("title", {}).get("value", ""))
    lines = [f"{item.get('key', '')}: {_plain(title)}"]
    lines += [_line("mentioned in", str(place)) for place in item.get("places", [])[:5]]
    for decision in item["decisions"]:
        lines += _reported_decision(decision)
    return "\n".join(lines) + "\n"


def _reported_decision(decision: Mapping[str, Any]) -> list[str]:
    asked = ", ".join(map(str, decision.get("asked", [])))
    if decision.get("found in"):
        lines = [_line("taken from", str(decision["found in"]))]
        evidence = [str(words) for words in decision.get("evidence", [])]
        lines += [_line("" if place else "because", words) for place, words in enumerate(evidence)]
        return [*lines, _line("probability", _percent(float(decision.get("probability", 0))))]
    lines = [_line("left as given", str(decision.get("reason", "")))]
    return [*lines, _line("asked", asked)] if asked else lines
