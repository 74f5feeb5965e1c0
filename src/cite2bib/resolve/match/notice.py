"""Titles of notices: corrections, retractions, comments, reviews. They are about a work, and are not that work."""

from __future__ import annotations

import re
from functools import lru_cache

from cite2bib.patterns import late
from cite2bib.richtext import plain
from cite2bib.titles import without_tex

_KINDS = r"""
    (?:(?:author|publisher|editorial)(?:'s|s)?\ )?
      (?:correction|corrigend(?:um|a)|errat(?:um|a)|addend(?:um|a)|amendment|rectification)
    | berichtigung | korrektur | erwiderung | rectificatif | fe\ d[ae]\ erratas? | correcci[oó]n | rezension
    | buchbesprechung | compte\ rendu | rese[nñ]a | recensione
    | notice\ of\ (?:retraction|withdrawal|removal|redundant\ publication)(?:\ and\ replacement)?
    | (?:partial\ )?retract(?:ion|ed)(?:\ article|\ note|\ notice)?
    | withdrawn | withdrawal(?:\ notice)? | removed | removal\ notice
    | (?:editorial\ )?expressions?\ of\ concern
    | (?:book\ |software\ |peer\ |preprint\ )?reviews?\ (?:of|for) | review\ essay | (?:book\ )?reviews? | reviewed\ work
    | (?:a\ |an\ |some\ )?(?:critique|replication|re-?analysis|summary)\ of
    | (?:invited\ |short\ |brief\ )?comment(?:ary)? | (?:in\ |(?:authors?'?s?'?|reviewers?|editors?)\ )?(?:reply|replies|response)
    | journal\ club | plain\ language\ summary | (?:video|graphical)\ abstract | teaching\ notes? | study\ guide
    | solutions?\ manual | study\ protocol
    | (?:supplement(?:ary|al)?\ )?(?:tables?|fig(?:ure|s)?\.?|additional\ files?|appendix|videos?)\ s?\d+\w?
    | (?:index|slides|appendix|data\ and\ code|code\ and\ data|(?:replication|reproducibility)\ package)\ (?:to|for|of|from)
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
    r"\W*(?:editorial|(?:book )?reviews?|review essay|berichtigung|korrektur|erwiderung|rectificatif|amendment|rectification|"
    r"rezension|rese[nñ]a|correcci[oó]n|recensione|compte rendu|(?:invited |short |brief )?comment(?:ary)?|"
    r"(?:in |(?:authors?'?s?'?|reviewers?|editors?) )?(?:reply|replies|response)|journal club|study protocol|study guide|"
    r"plain language summary|(?:video|graphical) abstract|teaching notes?|solutions? manual|"
    r"(?:supplement(?:ary|al)? )?(?:tables?|fig(?:ure|s)?\.?|additional files?|appendix|videos?) s?\d+\w?|"
    r"highlights?|preview|in brief|spotlight|poster|demo|abstract|re|removed|withdrawn|retracted|"
    r"(?:author |publisher )?correction|retraction)$",
    re.IGNORECASE,
)
_AFTER_HEAD = late(r"\s*(?:[:\]).—–]|-\s|\b(?:to|of|for|from|on|zu|zum|zur|note|notice)\b)", re.IGNORECASE)
_NOTICE_TAIL = late(
    r"[:(\[.—–-]\s*(?:an? |the |some |author'?s'? )?(?:(?:repl(?:y|ies)|comments?|rejoinder|response)(?: to [\w ]{1,30})?|"
    r"commentary|corrections?|corrigend(?:um|a)|errat(?:um|a)|addendum|discussion|retracted(?: article)?|"
    r"retraction(?: notice)?|withdrawn|(?:direct |conceptual |failed )?replication(?: study| attempt)?|re-?analysis|"
    r"(?:study )?protocol|book review|supplement(?:ary|al)? (?:materials?|information|data|tables?|figures?)|"
    r"supporting information|data ?sets?|software|slides|"
    r"(?:(?:instructor|teacher|student|solution|lab(?:oratory)?|user|reader)(?:'?s)? )?(?:manual|workbook|study guide|companion)|"
    r"teaching notes?|study guide|"
    r"extended abstract|poster|demo|abstract|editorial|highlights?)\s*[)\].]*\s*$",
    re.IGNORECASE,
)


@lru_cache(maxsize=16_384)
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


_QUOTED = late(r"""^(?P<before>[^"“”„«‘]{2,60})["“„«‘](?P<said>.+)["”“»’]\W*$""")


@lru_cache(maxsize=16_384)
def quoted(title: str) -> str:
    """The title that another one quotes after words of its own; "" when it quotes none.

    >>> quoted('Why "Deep Things" Fails'), quoted('On "Deep Things"'), quoted('"Deep Things": A Study')
    ('', 'Deep Things', '')
    """
    found = _QUOTED.match(without_tex(plain(title[:1_000])).strip())
    return found["said"] if found and not found["before"].rstrip().endswith((":", ".", "?", "!")) else ""
