"""Titles of notices: corrections, retractions, comments, reviews. They are about a work, and are not that work."""

from __future__ import annotations

import re

from cite2bib.patterns import late
from cite2bib.richtext import plain
from cite2bib.titles import without_tex

_KINDS = r"""
    (?:(?:author|publisher|editorial)(?:'s|s)?\ )?(?:correction|corrigend(?:um|a)|errat(?:um|a)|addend(?:um|a))
    | (?:partial\ )?retract(?:ion|ed)(?:\ article|\ note|\ notice)?
    | withdrawn | withdrawal(?:\ notice)? | removed | removal\ notice
    | (?:editorial\ )?expressions?\ of\ concern
    | (?:book\ |software\ |peer\ )?reviews?\ (?:of|for) | book\ reviews? | reviewed\ work
    | (?:a\ |some\ |further\ |brief\ |short\ )?
      (?:comments?|commentary|remarks?|discussion|repl(?:y|ies)|response|rejoinder|rebuttal|answer|letter)
      \ (?:on|to|of|by|regarding|about)
    | (?:guest\ )?editorial | (?:research\ |preprint\ )?highlights? | preview | in\ brief | spotlight
    | news\ (?:and|&)\ views | (?:faculty\ opinions|f1000prime)\ recommendation\ of | decision\ letter
    | author\ response | (?:peer|referee|reviewer)\ reports?
    | supplement(?:ary|al)?\ (?:materials?|information|data|files?|tables?|figures?) | supporting\ information
    | (?:data|datasets?|code)\ (?:from|for) | replication\ (?:data|package|code)\ (?:from|for|of)
    | poster | demo | extended\ abstract | abstract(?:\ \d+)? | \[re\] | re
"""
_NOTICE_HEAD = late(rf"\W*(?:{_KINDS})(?=\W)", re.IGNORECASE | re.VERBOSE)
# These stand alone before a colon, dash or bracket; without one they begin an ordinary title.
_NEEDS_MARK = late(
    r"\W*(?:editorial|highlights?|preview|in brief|spotlight|poster|demo|abstract|re|removed|withdrawn|retracted|"
    r"(?:author |publisher )?correction|retraction)$",
    re.IGNORECASE,
)
_AFTER_HEAD = late(r"\s*(?:[:\]).—–]|-\s|\bto\b|\bof\b|\bfor\b|\bnote\b|\bnotice\b)", re.IGNORECASE)
_NOTICE_TAIL = late(
    r"[:(\[.—–-]\s*(?:an? |the |some |author'?s'? )?(?:repl(?:y|ies)|comments?|commentary|corrections?|corrigend(?:um|a)|"
    r"errat(?:um|a)|addendum|rejoinder|response|discussion|retracted(?: article)?|retraction(?: notice)?|withdrawn|"
    r"book review|supplement(?:ary|al)? (?:materials?|information|data)|supporting information|"
    r"extended abstract|poster|demo|abstract|editorial|highlights?)\s*[)\].]*\s*$",
    re.IGNORECASE,
)


def kind(title: str) -> str:
    """The words by which a title says that it is about another work: "correction to", "reply"; "" when it does not.

    >>> kind("Author Correction: Deep things"), kind("Deep things: a reply"), kind("Correction of speech")
    ('author correction', 'a reply', 'correction')
    """
    title = without_tex(plain(title[:1_000]))
    if found := _NOTICE_HEAD.match(title):
        said = found[0].strip(" [](:").lower()
        if not _NEEDS_MARK.fullmatch(found[0]) or _AFTER_HEAD.match(title, found.end()):
            return said
    tail = _NOTICE_TAIL.search(title)
    return tail[0].strip(" :([).]—–-").lower() if tail and tail.start() > 0 else ""
