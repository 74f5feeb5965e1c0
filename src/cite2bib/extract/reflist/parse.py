"""A reference string to a work: hypotheses about its parts are weighed against each other, the best one is read."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from cite2bib.extract.reflist import habits, people, titles, venue, when
from cite2bib.extract.reflist.core import BREAK, GAP, Core, prepare
from cite2bib.extract.reflist.habits import Hypothesis
from cite2bib.letters import fold
from cite2bib.light import replace
from cite2bib.model import NOWHERE, Field, Origin, Work

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cite2bib.extract.reflist.people import People
    from cite2bib.extract.reflist.when import Dated
    from cite2bib.model import Date, Value

LONGEST = 4000  # characters; a longer "reference" is prose, and only its start is read


def parse(reference: str, origin: Origin = NOWHERE) -> Work:
    """The work a reference string describes; fields that are guessed have a confidence below 1.

    >>> work = parse("Knuth, D. E. (1984). Literate programming. The Computer Journal, 27(2), 97-111.")
    >>> work.text("title"), str(work.names("author")[0]), work.date().year
    ('Literate programming', 'D. E. Knuth', 1984)
    """
    core, ranked = _weighed(reference)
    return _built(core, ranked, origin)


def parse_list(references: Sequence[str], origins: Sequence[Origin]) -> list[Work]:
    """The works of one list, each read in the light of the others: a list is printed in one style."""
    weighed = [_weighed(reference) for reference in references]
    settled = habits.settled([ranked for _, ranked in weighed])
    return [
        _built(core, ranked, origin)
        for (core, _), ranked, origin in zip(weighed, settled, origins, strict=True)
    ]


def _weighed(reference: str) -> tuple[Core, list[Hypothesis]]:
    """A reference made ready, and the best ways to read it."""
    core = prepare(reference[:LONGEST])
    return core, sorted(_hypotheses(core.text), key=lambda item: -item.score)[:_MOST_WEIGHED]


_MOST_WEIGHED = 24


def _built(core: Core, ranked: list[Hypothesis], origin: Origin) -> Work:
    values: dict[str, Field] = {variable: Field(value, origin) for variable, value in core.found.items()}
    if core.accessed:
        values["accessed"] = Field(core.accessed, origin)
    if not ranked:
        return Work(type=_typed("", core), fields=values, places=_places(origin))
    guessed = origin._replace(confidence=_confidence(ranked))
    work_type, fields = _fields(core, ranked[0])
    values = {**{variable: Field(value, guessed) for variable, value in fields.items()}, **values}
    return Work(type=work_type, fields=values, places=_places(origin))


def _places(origin: Origin) -> tuple[Origin, ...]:
    return (origin,) if origin.source else ()


def _hypotheses(text: str) -> list[Hypothesis]:
    if not re.search(r"[^\W\d_]", text):
        return []
    starts = _starts(text)
    hypotheses = [found for person in starts for found in _from(text, person)]
    return hypotheses + [_explained(found, starts) for found in _from(text, None)]


def _starts(text: str) -> list[People]:
    """The best readings of the authors, one for each place where they may end."""
    best: dict[int, People] = {}
    for item in people.candidates(text):
        if item.end not in best or item.score > best[item.end].score:
            best[item.end] = item
    ranked = sorted(best.values(), key=lambda item: -item.score)
    return [item for item in ranked[:_MOST_STARTS] if item.score > ranked[0].score - _FARTHEST]


def _explained(item: Hypothesis, starts: list[People]) -> Hypothesis:
    """A title that reads as a list of people is none."""
    read = [person.score for person in starts if person.end <= item.title.end]
    return replace(item, score=item.score - 0.5 * max(0.0, *read, 0.0))


_MOST_STARTS = 5
_FARTHEST = 3.5  # a reading that is so much worse than the best can't be made good by its title
_NO_AUTHOR = 0.9  # what a list of authors must be better than


def _from(text: str, person: People | None) -> list[Hypothesis]:
    start = person.end if person else _skip(text, 0)
    dated = when.front(text, start if person else 0)
    if dated and not person and text[: dated.end].rstrip()[-1:].isalnum():
        dated = None  # `2015 update on ...` is a title
    score = person.score if person else _NO_AUTHOR
    if dated:
        start = dated.end
        score += 1.5
    start = _skip(text, start)
    habit = _habit(text, person, dated)
    return [
        Hypothesis(person, dated, title, score + title.score)
        for title in titles.candidates(text, start, habit=habit)
    ]


def _habit(text: str, person: People | None, dated: Dated | None) -> str:
    """The mark that closed the authors, or the date behind them; "bare" where neither has a mark."""
    if not person:
        return ""
    if not dated:
        return person.closer
    last = text[: dated.end].rstrip()[-1:]
    return "comma" if last == "," else "bare" if last.isalnum() else "year"


_BETWEEN = re.compile(
    rf"[\s.,:;{GAP}{BREAK}—–-]*(?:[\[(][^\])]{{0,60}}(?:Collaborations?|Collab\.|Group|Consortium|on behalf of)[^\])]{{0,40}}[\])][\s.,:;]*)?"
)


def _skip(text: str, start: int) -> int:
    """Behind what may stand between authors, date and title."""
    found = _BETWEEN.match(text, start)
    return found.end() if found else start


def _confidence(ranked: list[Hypothesis]) -> float:
    """How far the best reading is ahead of the next that says something else."""
    best = ranked[0]
    other = next((item for item in ranked[1:] if _says(item) != _says(best)), None)
    margin = best.score - other.score if other else 3.0
    return round(min(0.99, 1 / (1 + math.exp(-0.9 * margin))), 2)


def _says(item: Hypothesis) -> tuple[str, str]:
    first = item.people.names[0] if item.people else None
    return fold(item.title.text), fold(first.family or first.literal) if first else ""


def _fields(core: Core, best: Hypothesis) -> tuple[str, dict[str, Value]]:
    rest = core.text[best.title.end :]
    found = venue.read(rest, inside=best.title.closer in {"inside", "within"})
    fields: dict[str, Value] = dict(found.fields)
    fields["title"] = best.title.text
    if best.people:
        fields[best.people.role] = best.people.names
    if found.editors:
        fields.setdefault("editor", found.editors)
    date = _date(core.text, best)
    if date:
        fields["issued"] = date
    return _typed(found.type, core), fields


def _date(text: str, best: Hypothesis) -> Date | None:
    if best.dated:
        return best.dated.date if best.dated.date.start else None
    found = when.find(text, best.title.end) or when.find(text, best.people.end if best.people else 0)
    return found.date if found else None


def _typed(guess: str, core: Core) -> str:
    if guess in {"", "article-journal"} and "arxiv" in core.found and "DOI" not in core.found:
        return "article"
    return guess or ("webpage" if "URL" in core.found else "")


def continues(reference: str) -> bool:
    """Whether a dash stands for the authors of the reference before."""
    return prepare(reference[:LONGEST]).continues
