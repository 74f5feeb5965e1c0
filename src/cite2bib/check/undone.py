"""What became of a work after it appeared: retracted, withdrawn, or doubted by its publisher."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib.check.verdict import Judgement
from cite2bib.light import dataclass
from cite2bib.resolve.match import facts
from cite2bib.resolve.merge import is_published

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cite2bib.model import Work

_OF_STATUS = {
    "retracted": Judgement.RETRACTED,
    "withdrawn": Judgement.WITHDRAWN,
    "expression of concern": Judgement.CONCERN,
}
# How notices say what they do to a work: https://www.crossref.org/documentation/register-maintain-records/maintaining-your-metadata/registering-updates/
_OF_NOTICE = {
    "retraction": Judgement.RETRACTED,
    "partial_retraction": Judgement.RETRACTED,
    "withdrawal": Judgement.WITHDRAWN,
    "removal": Judgement.WITHDRAWN,
    "expression_of_concern": Judgement.CONCERN,
}
_SURE, _POLLUTED = 0.99, 0.85  # OpenAlex takes papers about retractions for retracted ones now and then
_WORSE = (Judgement.RETRACTED, Judgement.WITHDRAWN, Judgement.CONCERN)
_SAYS_SO = re.compile(r"\b(?:retract(?:ed|ion)|withdrawn|withdrawal|expression of concern)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a work, by whose word."""

    judgement: Judgement
    reason: str
    notice: Work | None = None
    sure: float = 0.99  # how likely it is so


def of(work: Work, records: Sequence[Work], found: Sequence[Work]) -> Fate | None:
    """What became of a referenced work, by its records and by notices among all that was found."""
    if is_said(work):
        return None  # the reference says so itself: whoever cites it knows
    fates = [fate for record in records if (fate := _by_status(work, record))]
    dois = {facts.identifier(record, "DOI") for record in records} - {""}
    fates += [fate for record in found if (fate := _by_notice(record, dois))]
    return min(fates, key=lambda fate: (_WORSE.index(fate.judgement), -fate.sure), default=None)


def is_said(work: Work) -> bool:
    """Whether a reference says itself that its work was retracted."""
    return any(_SAYS_SO.search(work.text(name)) for name in ("title", "note", "status", "annote"))


def _by_status(work: Work, record: Work) -> Fate | None:
    judgement = _OF_STATUS.get(record.text("status"))
    if not judgement:
        return None
    source = record.fields["status"].origin.source
    if source == "arxiv" and is_published(work) and not is_published(record):
        return None  # the preprint was withdrawn, which happens when a paper appears elsewhere
    notice = record.text("crossref:status-notice")
    said = f"; the notice is https://doi.org/{notice}" if notice else ""
    sure = _POLLUTED if source == "openalex" else _SURE
    return Fate(judgement, f"{judgement.value}, as {source or 'its record'} says{said}", sure=sure)


def _by_notice(record: Work, dois: set[str]) -> Fate | None:
    for part in record.text("crossref:update-to").split(", "):
        kind, _, doi = part.partition(" ")
        if doi in dois and kind in _OF_NOTICE:
            judgement = _OF_NOTICE[kind]
            return Fate(judgement, f"{judgement.value}, as the notice “{record.text('title')}” says", record)
    return None
