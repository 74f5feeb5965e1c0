"""A note of OpenReview to a work: a paper with where it was accepted, or a manuscript that nobody accepted.

https://docs.openreview.net/reference/api-v2/entities/note
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from cite2bib.model import Date, Name, Origin, Value, Work
from cite2bib.patterns import late
from cite2bib.records.parts import mapping, people, person, rich, sequence, text, work_of

_FORUM = "https://openreview.net/forum?id="
_UNDECIDED = late(
    r"submitted to|withdrawn|reject|desk|under review|blind submission|\bsubmission\b", re.IGNORECASE
)
# What says how a paper was presented, and not where: "ICLR 2023 notable top 5%", "NeurIPS 2022 Accept".
_HOW = late(
    r"\s*(?:\b(?:poster|oral|spotlight|notable|accept(?:ed)?|regular|talk|top[- ]?\d+%?|conditional)\b|[-()\d.]+%)[\s\w%().-]*$",
    re.IGNORECASE,
)
_BOOKTITLE = late(r"(?:booktitle|journal)\s*=\s*\{+([^{}]+)\}")
_FIRST_MS = 10**11  # 1973 in milliseconds


def work_from_openreview(note: Any) -> Work:
    """A paper from its note, whose content has values in boxes or, in older venues, bare; a reply gives an empty work."""
    note = mapping(note)
    content = {name: _unboxed(value) for name, value in mapping(note.get("content")).items()}
    forum = str(note.get("forum") or note.get("id") or "")
    title, names = rich(content.get("title")), sequence(content.get("authors"))
    if not title or str(note.get("id") or forum) != forum:
        return Work()
    venue = _venue(content)
    values: dict[str, Value | None] = {
        "title": title,
        "author": people(map(_person, names), title),
        "issued": _date(note, text(content.get("venue"))),
        "container-title": venue,
        "abstract": rich(content.get("abstract")),
        "keyword": ", ".join(filter(None, map(text, sequence(content.get("keywords"))))),
        "URL": f"{_FORUM}{forum}" if forum else "",
        "repository": _address(text(content.get("code"))),
    }
    origin = Origin("openreview", f"{_FORUM}{forum}" if forum else "")
    return work_of("paper-conference" if venue else "manuscript", values, origin)


def _unboxed(value: Any) -> Any:
    return value.get("value") if isinstance(value, dict) else value


def _person(raw: Any) -> Name | None:
    """A name, or the record of an author that newer notes hold."""
    return person(str(mapping(raw).get("fullname") or "") if isinstance(raw, dict) else str(raw))


def _venue(content: dict[str, Any]) -> str:
    """Where a paper was accepted; "" for what was submitted, withdrawn or rejected."""
    said = text(content.get("venue"))
    if not said or _UNDECIDED.search(said):
        return ""
    named = _BOOKTITLE.search(str(content.get("_bibtex") or ""))
    return text(named[1]) if named and not _UNDECIDED.search(named[1]) else _HOW.sub("", said)


def _date(note: Any, venue: str) -> Date | None:
    """The year that the venue names; else when it was made public."""
    if year := re.search(r"\b(?:19|20)\d\d\b", venue):
        return Date((int(year[0]),))
    for name in ("pdate", "odate", "cdate", "tcdate"):
        stamp = note.get(name)
        if isinstance(stamp, int) and _FIRST_MS < stamp < 40 * _FIRST_MS:
            return Date((datetime.fromtimestamp(stamp / 1000, UTC).year,))
    return None


def _address(said: str) -> str:
    return said if said.startswith("http") else ""
