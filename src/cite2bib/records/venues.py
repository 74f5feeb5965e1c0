"""Names of venues as lists of papers give them: what kind of place it is, and the numbers hung onto it."""

from __future__ import annotations

import re
from functools import lru_cache

from cite2bib.light import NamedTuple
from cite2bib.patterns import late
from cite2bib.records.preprints import is_server

_JOURNAL = late(
    r"\b(?:journals?|zeitschrift|transactions|letters?|annals|annalen|magazine|quarterly|bulletin|archiv\w*|reviews?|"
    r"revue|revista|rivista|acta|gazette|reports|communications|plos|frontiers in|cell|lancet|nature|science|access|"
    r"IJCV|JMLR|TMLR|T-?PAMI|PAMI|TOG|TIP|TNNLS|TKDE|TACL|JAIR|CACM|PNAS|JAMA|NEJM|BMJ|IJRR|RA-L|TVCG|TOIS)\b",
    re.IGNORECASE,
)
_CONFERENCE = late(
    r"\b(?:conference|proceedings|proc\.|workshops?|symposium|symposia|congress|colloquium|meeting|"
    r"advances in neural information processing systems|lecture notes)|^conf\.",
    re.IGNORECASE,
)
_SOCIETY_PROCEEDINGS = late(
    r"^proc(?:eedings|\.)? of the (?:national academy|royal society|ieee$|london mathematical|american mathematical|"
    r"vldb endowment)",
    re.IGNORECASE,
)
_ACRONYM = late(r"(?:[A-Z][A-Za-z]*[A-Z][A-Za-z]*|[A-Z]{2,})(?:[-/ ][A-Z]{2,})*(?:\s*['’]?\d{2,4})?")
_TAILS = (
    late(r",?\s+(?P<volume>\d+)\s*(?:\((?P<issue>[\w-]+)\))?\s*:\s*(?P<page>\w+[-–\w]*)$"),
    late(r",\s*(?:pages|pp?\.)?\s*(?P<page>\d+\s*[-–]+\s*\d+)$"),
)


class Venue(NamedTuple):
    """A venue taken apart; `type` is of a work in it."""

    name: str
    type: str
    volume: str = ""
    issue: str = ""
    page: str = ""


@lru_cache(maxsize=4096)
def parse(text: str) -> Venue:
    """A venue from its name and what hangs on it.

    >>> parse("Journal of Machine Learning Research 23(173):1-65")
    Venue(name='Journal of Machine Learning Research', type='article-journal', volume='23', issue='173', page='1-65')
    >>> parse("KDD 2023").type, parse("CoRR").type
    ('paper-conference', 'article')
    """
    text = " ".join(text.split())
    found = next(filter(None, (tail.search(text) for tail in _TAILS)), None) if text[-1:].isalnum() else None
    if not found or not found.start() or is_server(text):
        return Venue(text, type_of(text))
    parts = {key: value or "" for key, value in found.groupdict().items()}
    name, volume = text[: found.start()], parts.get("volume", "")
    kind = "article-journal" if volume and not _CONFERENCE.search(name) else type_of(name)
    return Venue(name, kind, volume, parts.get("issue", ""), re.sub(r"\s*[-–]+\s*", "-", parts["page"]))


def type_of(name: str) -> str:
    """The CSL type of a work in a venue of that name."""
    if is_server(name):
        return "article"
    if _SOCIETY_PROCEEDINGS.match(name):
        return "article-journal"
    journal, conference = _JOURNAL.search(name), _CONFERENCE.search(name)
    if conference:
        return "article-journal" if journal and journal.start() < conference.start() else "paper-conference"
    if journal:
        return "article-journal"
    return "paper-conference" if _ACRONYM.fullmatch(name) else "article-journal"
