"""What can be said of one line by itself, asked once: the evidence that `labelling` weighs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib.extract.listing import chrome, details, links, people, reference
from cite2bib.extract.words import word_set
from cite2bib.light import dataclass
from cite2bib.patterns import late

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cite2bib.extract.listing.details import When
    from cite2bib.extract.listing.drafts import Draft
    from cite2bib.extract.listing.lines import Line
    from cite2bib.extract.listing.people import People
    from cite2bib.extract.listing.reference import Context

LONG = 700  # characters; no title is longer
_SENTENCE = re.compile(r"[^\W\d_A-Z][)\]”\"']{0,2}[.!][)\]”\"']{0,2}\s+[\"“(\[]?[A-Z]")
_ASKED = re.compile(r"\?\s+[A-Z]")  # titles ask, too
_WORD = re.compile(r"\w+")
_SAYS = word_set(
    "we our is are was were has have can this these it its they such however show shows propose present "
    "introduce demonstrate achieve achieves which that been i you your my will would should could must may do "
    "does did if when then there here"
)
_ACADEMIC = re.compile(
    r"\b(?:we|our|propos\w+|present\w*|introduc\w+|demonstrat\w+|experiment\w*|method\w*|approach\w*|results?|models?|dataset\w*|performance|state-of-the-art|"
    r"paper|study|analy\w+|algorithm\w*|learning|training|theor\w+|framework|benchmark\w*|problem\w*|evaluat\w+|significant\w*|novel|network\w*|task\w*|data|show\w*|"
    r"investigat\w+|prove\w*|bound\w*|optimi\w+|empirical\w*|outperform\w*|research|patients?|measure\w*|observ\w+|simulation\w*|estimat\w+|effects?)\b",
    re.IGNORECASE,
)
_AVAILABLE = re.compile(
    r"(?:the\s|our\s|all\s|full\s)?(?:source\s)?(?:codes?|data|datasets?|models?|project\s(?:page|website)|website|implementation|weights|demo)(?:\s(?:and|&)\s\w+)?\s"
    r"(?:is|are|will\sbe|can\sbe|has\sbeen|have\sbeen|available|released|at\b|here\b).{0,200}$",
    re.IGNORECASE,
)
_AFFILIATED = late(
    r"(?:University|Institute|School|College|Department|Faculty|Academy)\s(?:of|for)\s[A-Z]|(?:[A-Z][\w.-]+\s){1,4}(?:University|Institute|College)(?:$|\s[-–—]\s)"
)
_KIND = late(
    r"(?:(?:conference|journal|workshop|research|review)\s(?:paper|article)|book(?:\schapter)?|preprint|dissertation(?:\sor\sthesis)?|thesis|report)",
    re.IGNORECASE,
)
_PLACED = ("Published in ", "Part of ")
_YEAR_FIRST = late(rf"{details.YEAR}\s[-–—·]\s[A-Z]")  # 2021 - Rural and Remote Health
_SAID_AT = late(r"\bat\s\d{1,2}:\d\d\b")
_YEAR_APART = late(rf"\s[-–—]\s{details.YEAR}\s[-–—]\s")  # Author - 1993 - Journal 102 (4):457-488
_KEY = re.compile(r"\[[A-Za-z]{1,3}\d{1,4}\]|#\d{1,5}|\d{1,4}\.")
_SUBMITTED = re.compile(r"(?:submitted|posted|shared|added|suggested)\s+by\b.{0,60}", re.IGNORECASE)
_OPENING = re.compile(
    r"(?:We|This (?:paper|work|article|study|report|survey|thesis)|In this|Here,? we|Abstract)\b"
)
_COURSE = re.compile(
    r"\b(?:homework|hw\d*|assignments? (?:\d|due|is|are)|quiz|midterm|final exam|due (?:on|by)|no class|no reading|holiday|office hours|lecture \d+|lab \d+|problem set|pset|"
    r"deadline|fill in|bring (?:your|a)|syllabus)\b",
    re.IGNORECASE,
)
_SMALL = word_set(
    "a an and as at but by for from in into nor of on or over per the to via vs with without within between through its is are be than that using"
)


@dataclass(slots=True)
class Facts:
    """A line and what it may be."""

    line: Line
    chrome: bool = False
    count: int = 0
    date: tuple[When, str] | None = None
    number: bool = False
    metric: tuple[str, str] | None = None
    label: tuple[str, str] | None = None
    only_ids: bool = False
    separator: bool = False
    vote: str = ""  # the arXiv id of the work that a button on this line is about
    head: re.Match[str] | None = None  # arXiv:2411.01234 [pdf, html, other]
    submitted: bool = False
    people: People | None = None
    prose: float = 0.0
    title: float = 0.0
    venue: bool = False
    work_link: bool = False  # the line is a link to a work
    partial: bool = False  # the link to a work is only a part of the line
    parts: tuple[tuple[str, object], ...] = ()  # a line of several details, `3 authors · Mar 13`
    record: tuple[Draft, float] | None = None
    byline: tuple[People, str] | None = None  # authors with what follows them: venue, year
    account: bool = False  # the line is a link to the page of a person or an organisation
    classes: str = ""
    year: int = 0  # the line is a year and nothing else: a section's, or a record's
    citation: bool = False  # the line is a journal's citation: Nat Genet. 2018 Aug;50(8):1132-1139.
    sequenced: bool = False  # the line is numbered, and the number is the next one
    unlearned: bool = False  # a short paragraph without a word that abstracts are made of
    availability: bool = False  # the line says where code or data are
    editors: bool = False  # the line lists editors
    key: bool = False  # the line is a list's own key for a record: [c26]
    described: bool = False  # the line says what a catalogue counts or shelves
    repeated: bool = False  # a short line that the page has again and again: a button
    open_label: bool = False  # `Anthology ID:`; its value is on the next line

    @property
    def tells(self) -> bool:
        """Whether the line is a detail or a number, which menus hold too."""
        return self.is_detail or self.number or bool(self.year)

    @property
    def is_detail(self) -> bool:
        """Whether the line is surely a detail and nothing else."""
        return bool(self.count or self.date or self.metric or self.parts)


def of(line: Line, context: Context) -> Facts:
    """All facts of a line; the costly ones only where they can matter."""
    facts = Facts(line)
    text = line.text
    facts.separator = len(text) < 12 and not any(char.isalnum() for char in text)
    if facts.separator:
        _linked(facts)
        return facts
    if len(text) > LONG:
        facts.label = details.label(text)
        facts.prose = 5.0
        facts.title = -6.0
        return facts
    _details(facts)
    _linked(facts)
    facts.chrome = chrome.is_chrome(text) or links.is_labels(text) or chrome.is_note(text)
    facts.chrome = facts.chrome and not facts.tells
    facts.prose = prose(text)
    facts.unlearned = facts.prose > 0.5 and not _ACADEMIC.search(re.sub(r"(?i)\b(?:we|our)\b", "", text))
    if not (
        facts.is_detail
        or facts.number
        or facts.year
        or facts.key
        or facts.citation
        or facts.label
        or facts.head
        or facts.only_ids
        or facts.described
    ):
        facts.people = context.people(text)
        facts.venue = (facts.prose < 0.6 or text.startswith(_PLACED)) and _is_venue(text)
        facts.title = title_likeness(line)
        if parted := reference.parted_byline(text, context):
            facts.people, facts.byline = None, parted
        elif not facts.people or facts.people.score < 0.5:
            facts.byline = reference.byline(text, context)
        if _may_hold_record(facts):
            facts.record = reference.read(line, context)
        if (
            facts.record
            and _SAID_AT.search(text)
            and not facts.record[0].evidence & {"authors", "id", "link"}
        ):
            facts.record = None  # a comment
        if facts.record and facts.prose > 1.5 and "authors" not in facts.record[0].evidence:
            facts.record = None  # a sentence that mentions an identifier
    return facts


def _details(facts: Facts) -> None:
    text = facts.line.text
    facts.count = details.count(text)
    facts.date = details.date(text)
    facts.number = details.is_number(text)
    facts.metric = details.metric(text)
    facts.label = details.label(text)
    facts.year = details.lone_year(text)
    facts.number = facts.number and not facts.year
    facts.availability = bool(_AVAILABLE.match(text))
    facts.editors = people.lists_editors(text)
    facts.citation = details.is_citation(text) and not _YEAR_APART.search(text)
    facts.key = bool(_KEY.fullmatch(text))
    facts.submitted = bool(_SUBMITTED.fullmatch(text))
    if "arxiv" in text.lower()[:12]:
        facts.head = details.ARXIV_HEAD.fullmatch(text)
    facts.only_ids = details.only_ids(text)
    facts.number = facts.number and not facts.only_ids  # 1706.03762
    facts.classes = details.classes(text)
    facts.described = details.is_description(text)
    facts.open_label = len(text) < 40 and text.endswith(":") and not facts.label and text.count(" ") < 4
    if not (facts.count or facts.date or facts.label):
        facts.parts = _parts(text)


def _parts(text: str) -> tuple[tuple[str, object], ...]:
    """The details of a line like `adobe Adobe · Oct 16 2`; () when it is not one."""
    pieces = (
        [piece.strip() for piece in re.split(r"\s*[·•|]\s*", text) if piece.strip()]
        if len(text) < 300
        else []
    )
    if not pieces or (len(pieces) < 2 and not re.match(r"[·•|]", text)):
        return ()
    found: list[tuple[str, object]] = []
    for piece in pieces:
        kind = _part(piece)
        found.append(kind)
    known = sum(kind != "other" for kind, _ in found)
    return (
        tuple(found)
        if known and known >= len(found) - 1 and all(len(piece.split()) < 7 for piece in pieces)
        else ()
    )


def _part(piece: str) -> tuple[str, object]:
    if details.only_ids(piece):
        return "ids", piece
    if number := details.count(piece):
        return "count", number
    if when := details.date(piece):
        return "date", when
    if metric := details.metric(piece):
        return "metric", metric
    if year := details.lone_year(piece):
        return "date", (details.When(year), "")
    if _KIND.fullmatch(piece):
        return "words", piece
    if details.is_number(piece) or details.is_ago(piece):
        return "number", piece
    return "other", piece


def _linked(facts: Facts) -> None:
    line = facts.line
    for link in line.links:
        target = links.target(link.target)
        if target.kind == "vote":
            facts.vote = target.value
        facts.account = facts.account or (
            target.kind == "account" and len(link.text) >= 0.8 * len(line.text) > 0
        )
    if facts.separator and not any(map(links.is_label, (link.text for link in line.links if link.text))):
        facts.only_ids = any(links.target(link.target).kind == "work" for link in line.links)
    titles = links.work_titles(line.links, heading=line.kind == "heading")
    if titles:
        length = max(len(link.text) for link in titles)
        facts.work_link = length >= 0.75 * len(line.text) and length < LONG
        facts.partial = not facts.work_link


_VENUE_ALONE = late(
    r"(?:In:?\s)?(?:(?:Proceedings|Proc\.|Advances in|Annals of|Journal of|Transactions on|Lecture Notes)\b.*|"
    r".{0,60}\b(?:Conference|Symposium|Workshop|Journal|Transactions|Letters|Proceedings)(?:\s(?:on|of|in)\b.*)?|"
    r"(?:[A-Z][A-Za-z]*[A-Z]{2,}[A-Za-z]*|NeurIPS|Interspeech|arXiv|bioRxiv|medRxiv|CoRR|OpenReview|Nature|Science|Cell)(?:[\s-][A-Z(][\w )-]{0,30})?)"
)


def _is_venue(text: str) -> bool:
    """Whether a line names where something was published, and little else."""
    text = re.sub(r"\barXiv:\S+|https?://\S+", "", text)
    if _YEAR_FIRST.match(text) and text.count(" ") < 12:
        return True
    if text.startswith(_PLACED) and len(text) < 250 and details.year(text):
        return True
    if len(text) > 250 or not details.has_venue(text):
        return False
    return bool(details.year(text)) or (len(text.split()) < 12 and bool(_VENUE_ALONE.fullmatch(text)))


def _may_hold_record(facts: Facts) -> bool:
    text = facts.line.text
    if not 15 <= len(text) <= reference.LONGEST or facts.chrome:
        return False
    signs = bool(details.year(text)) or bool(facts.line.marks) or bool(facts.line.links) or "et al" in text
    return (
        signs
        or bool(details.naming_ids(text))
        or " by " in text
        or text.count(", ") > 1
        or text[:1] in '"“«「《„'
        or any(dash in text for dash in (" - ", " – ", " — "))
        or "http" in text
        or "10." in text
        or "rXiv" in text
        or details.has_venue(text)
    )


def prose(text: str) -> float:
    """How much a line reads like a paragraph of prose; above 1.5 it is no title.

    >>> prose("We show that it works. It does so well.") > 1.5, prose("Attention Is All You Need") < 0.5
    (True, True)
    """
    count = text.count(" ") + 1
    sentences = float(len(_SENTENCE.findall(text))) if "." in text or "!" in text else 0.0
    sentences += 0.4 * len(_ASKED.findall(text)) if "?" in text else 0.0
    said = sum(word in _SAYS for word in _WORD.findall(text.lower()))
    score = 1.1 * sentences + 0.35 * min(said, 6) - 0.7
    score += 1.4 if text.endswith((".", ".)", ".”", '."', "!”")) and count > 6 else 0.0
    plain = sentences >= 1 or text.endswith(".") or not is_capitalised(text)  # else it is only a long title
    score += min(2.5, max(0.0, (count - 22) * 0.1)) if plain else 0.0
    score -= 0.5 if text.endswith("?") else 0.0
    score += 1.2 if _OPENING.match(text) and count > 6 else 0.0
    return score


def academic(text: str) -> float:
    """The share of words that abstracts are made of.

    >>> academic("We propose a novel method and show results on a dataset.") > 0.4
    True
    """
    head = text[:1500]
    words = head.count(" ") + 1
    return len(_ACADEMIC.findall(head)) / words


def title_likeness(line: Line) -> float:
    """How much a line reads like a title."""
    text = line.text
    words = text.split()
    count = len(words)
    score = {1: -0.6, 2: 0.2}.get(count, 0.9 if count <= 25 else 0.9 - 0.03 * (count - 25))
    score += 0.5 if _capitals(words) >= 0.6 and count > 2 else 0.0
    score += 0.3 if ": " in text[:-1] and count > 3 else 0.0
    score -= 0.6 if text.endswith(".") else 0.0
    score -= 1.2 if text.endswith((":", ",", ";", "…", "...")) else 0.0
    score -= (
        0.7 if text[:1].islower() and not any(char.isupper() or char.isdigit() for char in words[0]) else 0.0
    )
    score -= 1.5 if text.isascii() and not re.search(r"[A-Za-z]{3}", text) else 0.0
    score -= (
        1.5 if count == 1 and sum(char.isdigit() for char in text) > 3 else 0.0
    )  # a number of some catalogue
    score -= 1.5 if text.startswith(("Proceedings of", "Findings of")) else 0.0
    score -= 1.5 if count < 15 and _AFFILIATED.match(text) else 0.0
    score -= 1.5 if _COURSE.search(text) else 0.0
    score -= 2.0 if _YEAR_FIRST.match(text) else 0.0
    score -= 1.0 if "http" in text or "@" in text or "www." in text else 0.0
    score -= 0.9 * max(0.0, prose(text) - 0.8)
    score += 0.4 if line.kind == "heading" else 0.0
    score += (
        0.4 if any(mark.style == "bold" and len(mark.text) >= 0.9 * len(text) for mark in line.marks) else 0.0
    )
    return score


def is_capitalised(text: str) -> bool:
    """Whether most words that could be capitalised are."""
    words = text.split()
    return len(words) > 2 and _capitals(words) >= 0.6


def _capitals(words: Sequence[str]) -> float:
    told = [word for word in words if word[:1].isalpha() and word.lower() not in _SMALL]
    return sum(word[0].isupper() for word in told) / len(told) if told else 0.0
