"""What follows the title: container, volume, issue, pages, edition, publisher, editors, and so the type of the work."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib.extract.reflist import people
from cite2bib.extract.reflist.core import BREAK, GAP
from cite2bib.extract.reflist.lexicon import CONFERENCE, CONTAINER_WORDS, MONTH, PUBLISHER, REPORT, THESIS
from cite2bib.light import dataclass, field

if TYPE_CHECKING:
    from cite2bib.model import Name


@dataclass(slots=True)
class Venue:
    """The fields found behind a title, and the type they speak for."""

    type: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    editors: tuple[Name, ...] = ()


_DASH = r"[-‐-―−~]{1,3}"
_PAGE = r"[A-Za-z]{0,2}\d+(?:[.:]\d+)?[A-Za-z]?"
_RANGE = rf"{_PAGE}(?:\s?{_DASH}\s?{_PAGE})?"
_PAGES = re.compile(
    rf"(?:^|[\s,;:.(—–])(?:pages?|pgs?\.?|[Pp][Pp]?\.?|S\.|Seiten|С\.|с\.|págs?\.?)\s*(?P<page>{_RANGE}(?:,\s?\d+{_DASH}\d+)*)(?![\w(])"
)
_YEAR = r"(?:1[5-9]|20)\d\d[a-z]?"
_WHEN = rf"(?:\(?(?:{MONTH}\.?\s?)?{_YEAR}\)?)"
_ISSUED = re.compile(
    r"(?:(?:\b[Vv]ol(?:ume|\.)?|\bBd\.|\bT\.|\bТ\.|\bv\.|\bvol\.)\s*(?P<volume>[A-Z]?\d+(?:[/–-]\d+)?|[IVXLC]+)\b)?"
    r"[\s,;.:()—–-]{0,8}(?:(?:\b[Nn]os?\b\.?|\b[Ii]ssue\b|\biss\.|\bNr\.|№|\b[Nn]um(?:ber|\.)|\b[Hh](?:eft|\.)\s|\bn\.[º°]?|\bn[º°]|\bN°|\bART(?:ICLE)?\s)\s*(?P<issue>[A-Z]?\d+(?:[/–-]\d+)?[A-Z]?))"
)
_VOLUME = re.compile(
    r"\b(?:[Vv]ol(?:ume|s?\.)?|Bd\.|T\.|Т\.|v\.)\s*(?P<volume>[A-Z]?\d+(?:[/–-]\d+)?|[IVXLC]+)\b"
)
# 12(3):45-67; 12(3), 45-67; 12 (3) 45; 12:45-67; 12, 45-67; 12.3 (2017): 45; 12 (2017), 45; 2017;12(3):45; 12, no. 3 ...
_COMPACT = (
    re.compile(
        rf"(?<![\w.])(?P<volume>[A-Z]{{0,2}}-?\d{{1,4}})\s?\(\s?(?P<issue>(?!(?:1[5-9]|20)\d\d\))[\w./–-]{{1,12}}(?:\s(?:Suppl|Pt|Part)\.?\s?\w*)?)\s?\)"
        rf"(?:\s?[,:;.]?\s*{_WHEN})?(?:\s?[,:;.]\s*|\s+)(?:pp?\.?\s*|pages\s*)?(?P<page>(?!{_YEAR}(?![\w–-])){_RANGE})(?!\w)"
    ),
    re.compile(
        rf"(?<![\w.])(?P<volume>[A-Z]?\d{{1,4}}),\s(?P<issue>\d{{1,2}}(?:[-–/]\d{{1,2}})?)\s\({_WHEN}\)(?:[,:]\s(?P<page>{_RANGE}))?(?!\w)"
    ),
    re.compile(
        rf"(?<![\w.])(?P<volume>\d{{1,4}}(?:-[A-Z])?)\.(?P<issue>\d{{1,3}}(?:[-–]\d+)?)(?:\s\({_WHEN}\))?(?:,\spp?\.\s(?P<page>{_RANGE})|(?=,|$|\s\())"
    ),
    re.compile(rf"(?<![\w.])(?P<volume>\d{{1,4}})\.(?P<issue>\d{{1,3}}(?:[-–]\d+)?)\s*[,(]\s*{_WHEN}\)?\s?[,:]\s*(?:pp?\.\s*)?(?P<page>{_RANGE})(?!\w)"),
    re.compile(rf"(?<![\w.(])(?P<volume>[A-Z]?\d{{1,4}})\s?[,:]?\s?\({_WHEN}\)\s?[,:;]?\s*(?:[Nn]o\.?\s*(?P<issue>\d+(?:[-–]\d+)?),?\s*)?(?:pp?\.?\s*)?(?P<page>{_RANGE})(?!\w)"),
    re.compile(rf"{_YEAR}(?:\s{MONTH}(?:\s\d+)?)?\s?[;,]\s*(?P<volume>[A-Z]?\d{{1,4}})\s?(?:\((?P<issue>[\w\s./–-]{{1,14}})\))?\s?[:,]\s*(?:pp?\.\s*)?(?P<page>{_RANGE})(?!\w)"),
    re.compile(rf"(?<![\w.(])(?P<volume>[A-Z]?\d{{1,4}})\s?[:,]\s?(?:pp?\.\s*)?(?P<page>(?!{_YEAR}(?![\w–-])){_RANGE})(?![\w(])"),
    re.compile(rf"(?<![\w.(])(?P<volume>\d{{1,4}}),?\s[Nn]o\.\s?(?P<issue>[\w/–-]+)\s\({_WHEN}\)(?:[:,]\s*(?P<page>{_RANGE}))?(?!\w)"),
    re.compile(r"(?<![\w.(])(?P<volume>\d{1,4})\s?\((?P<issue>(?!(?:1[5-9]|20)\d\d\))\d{1,4}(?:[-–/]\d+)?)\)(?!\w)"),
    re.compile(rf"(?<=[^\W\d_][\s,.])\s?(?P<volume>(?!{_YEAR})[A-Z]?\d{{1,4}}),?\s(?P<page>(?!{_YEAR}(?![\w–-]))\d{{1,6}}(?:\s?{_DASH}\s?\d+)?)(?=[\s,.;(])"),
    re.compile(rf"(?<=[^\W\d_])[\s,]+(?P<volume>(?!{_YEAR}\b)[A-Z]?\d{{1,4}}),?\s?\({_WHEN}\)"),
)  # fmt: skip
_ARTICLE = re.compile(
    r"\b(?:[Aa]rt(?:icle|\.)(?:\s(?:ID|[Nn]o\.?|[Nn]umber))?|ARTICLE)\s*:?\s*(?P<page>[A-Za-z]?\d+)\b|(?<=[\s,:])(?P<elocation>e\d{3,})\b"
)
_BARE_RANGE = re.compile(
    rf"(?<![\w–./-])(?P<page>(?!{_YEAR}(?!\w))[A-Za-z]?\d{{1,6}}\s?{_DASH}\s?[A-Za-z]?\d{{1,6}})(?![\w/-])(?!\.\d)(?!,?\s\d{{4}})(?!\s{MONTH})"
)
_EDITION = re.compile(
    r"[(\[,.]?\s*\b(?P<edition>\d+(?:st|nd|rd|th)|[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ff]ifth|[Ss]ixth|[Rr]ev(?:ised|\.)|\d+(?=-е\s+изд|\.\s+(?:Aufl|ed)))"
    r"[-\s.е]*(?:[Ee]d(?:ition|n)?\b\.?|Aufl(?:age|\.)|изд\.)\s*[)\]]?"
)
_SERIES = re.compile(
    r"\b(?P<series>Lecture Notes in [A-Z][\w ]+|LNCS|LNAI|CEUR Workshop Proceedings|Proceedings of Machine Learning Research|"
    r"Advances in Intelligent Systems and Computing|Communications in Computer and Information Science)\b,?\s*(?:\([^)]*\),?\s*)?(?:[Vv]ol(?:ume|\.)?\s*(?P<number>\d+))?"
)
_ORDINALS = {"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "sixth": "6"}
_INSIDE = re.compile(r"^(?:[Ii]n|IN|En|Dans)(?:\s?:\s*|\s+)")
_EDITORS = re.compile(
    r"(?P<before>^|[,.;]\s+|\(\s*)(?:[Ee]d(?:ited|s?\.)?\s+by|[Hh]rsg\.\s+von|[Ee]ds?\.|[Hh]rsg\.)\s+(?P<names>[^()]{3,200}?)(?=[.,;]\s(?:pp|\d|[A-Z][a-z]+:|[A-Z]\w+\s(?:Press|University))|\.\s+[A-Z][\w ]+[:,]|,\s\d|\s\(|\.?\s*$|,\s+\d)"
)


def read(rest: str, *, inside: bool = False) -> Venue:
    """The fields of what follows a title; `inside` when an "in" stood before it."""
    venue = Venue()
    text = rest.replace(BREAK, " ").strip(" ,;")
    inside = inside or bool(_INSIDE.match(text))
    text = _INSIDE.sub("", text)
    text = _take_editors(text, venue, inside=inside)
    text = _take(_EDITION, text, venue)
    if "edition" in venue.fields:
        venue.fields["edition"] = _ORDINALS.get(
            venue.fields["edition"].lower(), re.sub(r"(?<=\d)(?:st|nd|rd|th)", "", venue.fields["edition"])
        )
    text = _take_series(text, venue)
    text, numbers_at = _take_numbers(text, venue)
    _name_parts(text, numbers_at, venue)
    venue.type = _type(rest, venue, inside=inside)
    _settle(venue)
    return venue


def _take(pattern: re.Pattern[str], text: str, venue: Venue) -> str:
    found = pattern.search(text)
    if not found:
        return text
    venue.fields.update({key: value.strip() for key, value in found.groupdict().items() if value})
    return f"{text[: found.start()]} {GAP}{text[found.end() :]}"


def _take_series(text: str, venue: Venue) -> str:
    found = _SERIES.search(text)
    if not found or not text[: found.start()].strip(" .,("):
        return text
    venue.fields["collection-title"] = found["series"].strip()
    if found["number"]:
        venue.fields["collection-number"] = found["number"]
    return f"{text[: found.start()]}{GAP}{text[found.end() :]}"


def _take_editors(text: str, venue: Venue, *, inside: bool) -> str:
    """`A. Smith & B. Jones (Eds.), Handbook`, or `Handbook, ed. by A. Smith`."""
    if inside:
        leading = [item for item in people.candidates(text) if item.role == "editor"]
        if leading:
            best = max(leading, key=lambda item: (item.score, -item.end))
            venue.editors = best.names
            return text[best.end :].lstrip(" ,.:")
    found = _EDITORS.search(text)
    if found:
        readings = [
            item for item in people.readings(found["names"].strip(" .,")) if item.scheme != "organisation"
        ]
        if readings:
            venue.editors = max(readings, key=lambda item: item.score).names
            return f"{text[: found.start()]}{found['before'] if found['before'] != '(' else ''} {text[found.end() :]}".strip()
    return text


def _take_numbers(text: str, venue: Venue) -> tuple[str, int]:
    """Volume, issue and pages, and the place of the first of them."""
    starts = []
    for pattern in _COMPACT:
        found = pattern.search(text)
        if found and _is_plausible(text, found):
            groups = {key: value for key, value in found.groupdict().items() if value}
            venue.fields.update({key: _number(value) for key, value in groups.items()})
            starts.append(found.start())
            break
    for pattern in (_ISSUED, _VOLUME, _PAGES, _ARTICLE):
        found = pattern.search(text)
        if found:
            for key, value in found.groupdict().items():
                if value:
                    venue.fields.setdefault("page" if key == "elocation" else key, _number(value))
            starts.append(found.start())
    bare = None if "page" in venue.fields else _BARE_RANGE.search(text)
    if bare:
        venue.fields["page"] = _number(bare["page"])
        starts.append(bare.start())
    return text, min(starts, default=len(text))


def _is_plausible(text: str, found: re.Match[str]) -> bool:
    """Not a date: `May 12, 2017` or `2017, 12`."""
    before = text[: found.start()].rstrip()
    if re.search(rf"\b{MONTH}\.?$", before) and not found.group(0).count("("):
        return False
    return not re.search(r"(?:pp?\.|pages|no\.|ISO|IEC)$", before)


def _number(value: str) -> str:
    return (
        re.sub(rf"\s*{_DASH}\s*", "–", value.strip())
        if re.search(rf"\d\s*{_DASH}\s*\w", value)
        else value.strip()
    )


_AFTER_YEAR = (
    rf"\)?(?:[.;:]|\)|\s*$|,?\s*(?:[{GAP}(\d]|[Pp][Pp]?\.|pages|[Vv]ol|[Nn]o\.|"
    rf"[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)*,?\s*(?:$|{GAP})))"
)
_CUT = re.compile(
    rf"[({GAP}]|\b(?:pp?\.\s?\d|pages\s\d|[Vv]ol\.?\s\d|[Nn]o\.\s?\d|№)|,?\s(?={_WHEN}{_AFTER_YEAR})"
)


def _name_parts(text: str, numbers_at: int, venue: Venue) -> None:
    """The container stands before the numbers, the publisher behind it or them."""
    head = text[:numbers_at]
    cut = next((m.start() for m in _CUT.finditer(head) if m.start() > 2), len(head))
    name, tail = head[:cut], head[cut:] + text[numbers_at:]
    name, published = _split_publisher(name)
    if name := _tidy(name):
        venue.fields["container-title"] = _without_volume(name, venue)
    publisher = published or _publisher_in(tail)
    if publisher:
        place, _, body = publisher.rpartition(": ")
        venue.fields["publisher"] = _tidy(body)
        if _tidy(place):
            venue.fields["publisher-place"] = _tidy(place)


def _tidy(name: str) -> str:
    name = re.sub(rf"\s+(?:{_YEAR})\s*$", "", name.strip(f' ,;:.()—–-{GAP}“”"')) or name
    name = re.sub(
        r",?\s+(?:vol(?:ume)?|v|no|pp?|Bd|Nr|issue|Т|№|С|T)\.?$", "", name.strip(f' ,;:()—–-{GAP}“”"')
    )
    return re.sub(r"\s+", " ", name).strip(f" ,;:—–-{GAP}") if re.search(r"[^\W\d_]", name) else ""


def _without_volume(name: str, venue: Venue) -> str:
    found = re.search(rf"[\s,]+(?!{_YEAR}$)(\d{{1,4}})$", name)
    if not found or "volume" in venue.fields:
        return name
    venue.fields["volume"] = found[1]
    return name[: found.start()]


def _split_publisher(name: str) -> tuple[str, str]:
    """`Proceedings of X. ACM` and `Berlin: Springer`, taken apart."""
    name = name.strip(" ,;.")
    if place := re.match(r"^((?:[^\W\d_][\w.’'-]*[\s,/]*){1,4}):\s+(\S.*)$", name):
        plain = not CONTAINER_WORDS.search(place[1]) and not CONFERENCE.search(name)
        if place[1][:1].isupper() and plain:
            return "", name
    for found in re.finditer(r"[.,]\s+(?=[A-Z\u0400-\u042f])", name):
        tail = name[found.end() :]
        if PUBLISHER.match(tail) or re.match(r"(?:[A-Z][\w.]+[\s,]+){1,3}[A-Z]?[\w.]*:\s+[A-Z]", tail):
            return name[: found.start()], tail
    published = PUBLISHER.match(name)
    if published and not CONTAINER_WORDS.search(name) and not CONFERENCE.search(name):
        return "", name
    return name, ""


def _publisher_in(tail: str) -> str:
    """The publisher among the numbers and dates behind a container."""
    for part in re.split(rf"[{GAP}()]|\.\s+|,\s+(?=[A-Z])|;\s", tail):
        bare = part.strip(" ,.;:")
        if bare and PUBLISHER.search(bare) and not re.match(r"(?:pp|vol|no)\b", bare):
            return re.sub(rf",?\s*{_YEAR}.*$", "", bare)
    return ""


def _type(rest: str, venue: Venue, *, inside: bool) -> str:
    container = venue.fields.get("container-title", "")
    if THESIS.search(rest):
        return "thesis"
    if REPORT.search(rest):
        return "report"
    if re.search(r"\bpatent\b", rest, re.IGNORECASE):
        return "patent"
    if CONFERENCE.search(container) or (inside and CONFERENCE.search(rest)):
        return "paper-conference"
    if inside and container:
        return "chapter"
    if container and ({"volume", "issue"} & venue.fields.keys() or CONTAINER_WORDS.search(container)):
        return "article-journal"
    if venue.fields.get("publisher") and not container:
        return "book"
    return "article-journal" if container and "page" in venue.fields else ""


def _settle(venue: Venue) -> None:
    """Theses, reports and books have no container; what stood there is who published them."""
    if venue.type not in {"thesis", "report", "book"}:
        return
    name = venue.fields.pop("container-title", "")
    name = THESIS.sub("", REPORT.sub("", name)).strip(" ,.;:[]()")
    if name and "publisher" not in venue.fields:
        venue.fields["publisher"] = name
