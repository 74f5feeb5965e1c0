"""What is said of one reference: a verdict, how sure it is, what speaks for it, and the nearest record."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from cite2bib.light import dataclass
from cite2bib.sources import SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cite2bib.model import Work


class Judgement(Enum):
    """The verdicts there are; each reference gets one."""

    VERIFIED = "verified"
    WRONG = "wrong in detail"
    NOT_FOUND = "not found"
    UNCHECKED = "cannot be checked"
    RETRACTED = "retracted"
    WITHDRAWN = "withdrawn"
    CONCERN = "expression of concern"
    PUBLISHED = "published since"


OFFLINE = "offline"  # why a catalogue was silent that nobody wanted to be asked
_TITLES = {source.name: source.title for source in SOURCES}


def called(source: str) -> str:
    """What a reader calls a catalogue, or a file of works.

    >>> called("semanticscholar"), called("/home/ada/papers/library.bib")
    ('Semantic Scholar', 'library.bib')
    """
    return _TITLES.get(source) or re.split(r"[/\\]", source.rstrip("/\\"))[-1]


def listed(sources: Iterable[str]) -> str:
    """Some catalogues in a sentence.

    >>> listed(["arxiv", "crossref", "dblp"])
    'arXiv, Crossref and dblp'
    """
    names = [called(source) for source in sources]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


# What an editor has to act on; the others are told.
FINDINGS = frozenset(
    {Judgement.WRONG, Judgement.NOT_FOUND, Judgement.RETRACTED, Judgement.WITHDRAWN, Judgement.CONCERN}
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which the reference and the record are not the same."""

    variable: str
    said: str
    recorded: str  # "" when there is nothing to set in its place
    matters: bool  # whether a reader is misled; conventions and slips of the pen don't
    why: str = ""


@dataclass(frozen=True, slots=True)
class Silence:
    """A catalogue that could not be asked, and what happened."""

    source: str
    what: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The verdict on one reference."""

    work: Work  # as the document gives it
    judgement: Judgement
    confidence: float  # how likely the verdict is right
    reason: str  # in one sentence
    evidence: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()
    record: Work | None = None  # the work's own record, or the nearest there is
    other: Work | None = None  # the second work of a mixture; the notice of a retraction
    later: Work | None = None  # the published version of the preprint that is cited
    identified: bool = False  # the record is of the work that is meant, and not only the nearest
    mixed: bool = False  # made of two works
    unasked: bool = (
        False  # nothing can be said because a catalogue could not be asked, and another time it may
    )
    asked: tuple[str, ...] = ()  # catalogues that answered
    silent: tuple[Silence, ...] = ()

    @property
    def is_finding(self) -> bool:
        """Whether an editor has to act on it."""
        return self.judgement in FINDINGS

    @property
    def wrong(self) -> tuple[Difference, ...]:
        """The differences that matter."""
        return tuple(item for item in self.differences if item.matters)
