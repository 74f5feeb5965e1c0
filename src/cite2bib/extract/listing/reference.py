"""A line that holds a whole record: title, authors, venue, year and links in one of the usual orders.

`**Title**, Authors, *Venue 2024*. [[paper](...)]`, `Title. Authors. Venue, Year`, `Authors (Year). Title. Venue.`, ...
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib import identifiers
from cite2bib.extract.listing import details, links, people
from cite2bib.extract.listing.chrome import is_chrome
from cite2bib.extract.listing.drafts import Draft, put_year, tidy_title, without_field
from cite2bib.extract.listing.lines import Line
from cite2bib.extract.words import word_set
from cite2bib.light import NamedTuple, dataclass
from cite2bib.model import Field
from cite2bib.names import OTHERS
from cite2bib.patterns import late

if TYPE_CHECKING:
    from cite2bib.extract.listing.people import People

LONGEST = 1500  # characters; a longer line is no reference
_TAG = re.compile(
    r"[\[(【]\s*(?P<tag>[^\[\]()【】]{2,40})\s*[\])】]\s*[-–—:|]?\s*|(?P<date>(?:1[6-9]|20)\d\d(?:[-/.]\d{1,2}){0,2})\s*(?:[-–—:|]|\.\s)\s*|(?P<venue>[A-Z][A-Za-z]{1,9}['’ ]?(?:\d{2}|20\d\d))\s*[-–—:|]\s+"
)
_LINK_WORDS = re.compile(
    r"[\[(|]?\s*(?:\[?\(?\b(?:pdf|paper|code|arxiv|abs|html|bib(?:tex)?|project(?:\s?page)?|website|web|page|link|slides?|video|data(?:set)?|demo|blog|github|openreview|poster|talk|doi|url|supp(?:lementary)?|model|weights|acm|ieee|tweet|colab|here|source)\b\)?\]?\s*[,|/·]?\s*){1,8}[\])|]",
    re.IGNORECASE,
)
_BADGE = re.compile(r"\[\s*\]|\(\s*\)|\{\s*\}|【\s*】|\[\s*[,|/;]\s*\]|\(\s*[,;:.]\s*\)|(?<=\s)\|\s*(?=\||$)")
_ID_LEAD = late(
    r"(?:\b(?:available\s(?:at|from|online\sat)|retrieved\sfrom|doi|arxiv|arxiv\spreprint|pmid|pmcid|isbn|url|link|https?|see|preprint|e-?print|in|at|from|paper|code|pdf)\b[\s:=]*)+$",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    r"“([^“”]{6,400})”|\"([^\"]{6,400})\"|``(.{6,400}?)''|«([^«»]{6,400})»|「([^「」]{2,200})」|《([^《》]{2,200})》|„([^„“”]{6,400})[“”]"
)
_SPLIT = re.compile(
    r"(?P<dot>[.]\s+)|(?P<ask>(?<=[?!])\s+)|(?P<dash>\s+[-–—|·:]{1,2}\s+|\s*[|·]\s*)|(?P<by>,?\s+by\s+)|(?P<comma>,\s+)|(?P<paren>\s+(?=[(\[]))|(?P<semi>;\s+)"
)
_ABBREVIATION = late(
    r"(?:^|[\s(])(?:[A-Z]|vs|Dr|St|No|Vol|pp|ed|eds|Proc|et al|cf|approx|Part|Inc|i\.e|e\.g|U\.S)$"
)
_LEADING_YEAR = late(
    r"\s*[(\[]((?:1[6-9]|20)\d\d)[a-z]?(?:,\s?[A-Z][a-z]+(?:\s\d{1,2})?)?[)\]]\s*[.,:]?\s+|[.,]\s*((?:1[6-9]|20)\d\d)[a-z]?[.:]\s+"
)

_HANDLE = re.compile(r"\s*⟨[^⟨⟩]{0,60}⟩\.?")  # HAL puts its identifiers so
_DATED = late(rf"((?:\d{{1,2}}\s)?{details.MONTH}\s(?:\d{{1,2}},\s)?{details.YEAR}),?\s+(?:in\s)?(.*)")
_NAMESAKES = re.compile(r"(?<=[^\W\d_])\s0\d{3}(?=[,:;])")  # DBLP numbers people of one name
_AFFILIATION = late(
    r"\s*\([^()]{0,80}\b(?:Universit\w+|Institut\w*|College|Research|Lab\w*|Inc|School|Academy|Google|Microsoft|Meta|DeepMind|OpenAI|MIT)\b[^()]{0,80}\)"
)
_SEGMENTS = re.compile(r"\s*[¦|·;]\s*|(?<=[a-z\d)])\.\s+(?=[A-Z(\[])|\s+[-–—]\s+|\s*[()]\s*")
_PROBE = Line("", 0)


class Context(NamedTuple):
    """What the document around tells: how it writes lists of authors, its ordinary words."""

    path: str
    scheme: str = ""
    common: frozenset[str] = frozenset()

    def people(self, text: str, *, families: bool = False) -> People | None:
        """The authors a text lists."""
        return people.read(text, scheme=self.scheme, common=self.common, families=families)


def read(line: Line, context: Context) -> tuple[Draft, float] | None:
    """The record that a line is, and how sure it is one (0 to 1); None when it says no more than a title, or nothing."""
    if not 12 <= len(line.text) <= LONGEST:
        return None
    draft = Draft(context.path, line.number)
    line = line._replace(text=draft.without_site(line.text))
    text = _without_ids(line, draft)
    if (listed := _LISTED.match(text)) and (listed[0].split(":")[0].istitle() or listed[0][1:].islower()):
        text = text[listed.end() :]  # but not the name of a method, `CoRe: ...`
    text = _TALK.sub("", text) if text[:1].islower() else text
    tab = line.text.startswith("http") or any(link.text == line.text for link in line.links)
    text, tag = _without_tag(links.untabbed(text.strip("| ")) if tab else text)
    draft.put_links([link for link in line.links if links.is_label(link.text)], line.number)
    marked = _marked_title(line, text)
    if (
        marked
        and text[:1].isupper()
        and f"“{marked}" in text.replace('"', "“")
        and _authors_first(text, draft, line, context)
    ):
        score = 0.8
    elif marked:
        score = _with_title(text, marked, draft, line, context)
    else:
        score = _structural(text, draft, line, context) or _nothing_else(text, draft, line)
    cut = draft.title.count("(") != draft.title.count(")") and "id" in draft.evidence
    if score <= 0 or not draft.title or cut:  # a title that something cuts in two: the identifier says more
        return None
    _tagged(tag, draft, line)
    draft.put_links(line.links, line.number)
    if draft.evidence & {"id", "link"} and not marked:
        score += 0.3
    return draft, min(score, 1.0)


_LISTED = re.compile(
    r"(?:(?:required|optional|recommended|suggested|supplementary|additional|further|primary|secondary|background|core|main|extra)(?:\s(?:reading|paper|text)s?)?|readings?|read|see|paper|p\d{1,2}|ref|reference|cf)\.?\s*:\s+",
    re.IGNORECASE,
)
# What people say before a title: yes! also check Mamba: Linear-Time ...
_TALK = late(
    r"(?:(?:yes|yeah|ok|okay|also|check|out|see|read|reading|try|this|that|paper|the|and|or|btw|hey|fyi|lol|thanks|look|looking|at|great|nice|good|new|from|just|found|have|you|seen|is|on)\b[!,.:;?]*\s+)+(?=[A-Z\"“])"
)


def byline(text: str, context: Context) -> tuple[People, str] | None:
    """Authors and what follows them on a line without a title: `Kurt Gödel, 1931`, `A Vaswani… - Advances in …, 2017 - x.org`."""
    if not 8 <= len(text) <= 400:
        return None
    text = re.sub(r"^by\s+", "", text)
    cuts = [found.start() for found in re.finditer(r"\s[-–—·|]\s|[.,;]\s|\s\(", text)][:40]
    start = _venue_start(text)
    for cut in [place for place in reversed(cuts) if start < 0 or place <= start]:
        named = context.people(text[:cut])
        rest = text[cut:].strip(" -–—·|.,;()")
        if (
            named
            and named.score >= 0.35
            and (details.year(rest) or details.has_venue(rest))
            and _ordinary_words(rest) <= 12
        ):
            sure = named.score if len(named.names) > 1 else min(named.score + 0.2, 0.6)
            return named._replace(score=sure), rest
    return None


def parted_byline(text: str, context: Context) -> tuple[People, str] | None:
    """Authors, year and venue with marks between, in any order: `2017 · Terry Hughes, James Kerry · Nature`."""
    if not 8 <= len(text) <= 400 or not any(mark in text for mark in "·•|"):
        return None
    pieces = [piece.strip() for piece in re.split(r"\s+[·•|]\s+", text)]
    if not 3 <= len(pieces) <= 5 or not any(map(details.lone_year, pieces)):
        return None
    found = [
        (named.score, index, named) for index, piece in enumerate(pieces) if (named := context.people(piece))
    ]
    if not found:
        return None
    score, index, named = max(found, key=lambda item: (item[0], -item[1]))
    rest = [piece for place, piece in enumerate(pieces) if place != index]
    if score < 0.35 or any(len(piece.split()) > 12 for piece in rest):
        return None
    return named._replace(score=max(score, 0.6)), " - ".join(rest)


def _without_ids(line: Line, draft: Draft) -> str:
    """The text without identifiers, addresses and the words of links that carry them; they go into the draft."""
    text = _NAMESAKES.sub("", line.text)
    for link in line.links:
        if link.text and links.is_label(link.text):
            places = list(re.finditer(rf"(?<!\w){re.escape(link.text)}(?!\w)", text))
            text = text[: places[-1].start()] + text[places[-1].end() :] if places else text
    draft.put_ids(text, line.number)
    parts, position = [], 0
    for found in identifiers.find(text):
        start = max(position, details.token_start(text, found.start))
        parts.append(_ID_LEAD.sub("", text[position:start]))
        position = max(position, found.end)
    text = "".join(parts) + text[position:]
    text = _LINK_WORDS.sub(" ", _HANDLE.sub("", text))
    for _ in range(2):
        text = _BADGE.sub(" ", text)
    return re.sub(r"\s+([.,;:])", r"\1", " ".join(text.split())).strip(" |·•-–—")


def _without_tag(text: str) -> tuple[str, str]:
    """A tag at the start (`[2023/05]`, `(NeurIPS 2023)`, `ICLR'24 |`), taken off."""
    found = _TAG.match(text)
    if not found or len(text) - found.end() < 8:
        return text, ""
    tag = (found["tag"] or found["date"] or found["venue"]).strip()
    says = (
        details.year(tag)
        or details.has_venue(tag)
        or re.fullmatch(r"[A-Z][\w+&-]{0,12}['’ ]?\d{2,4}|\d{1,4}|[A-Za-z][\w +-]{0,20}", tag)
    )
    return (text[found.end() :], tag) if says else (text, "")


def _tagged(tag: str, draft: Draft, line: Line) -> None:
    if not tag:
        return
    when = details.date(tag.replace("/", "-")) or details.date(tag)
    if when:
        draft.put_when(when[0], line.number)
    elif re.search(r"(?:1[6-9]|20)\d\d|['’ ]\d\d$", tag):
        short = re.search(r"(?<=[^\d])['’ ]?(\d\d)$", tag)
        put_year(draft, details.year(tag) or (2000 + int(short[1]) if short else 0), line.number)
        venue = re.sub(r"['’ ]*(?:(?:1[6-9]|20)\d\d|\d\d)$", "", tag).strip()
        if venue and details.has_venue(venue):
            draft.put("container-title", venue, line.number, 0.8)


def _marked_title(line: Line, text: str) -> str:
    """The title that a link, bold or italic type, or quotation marks set apart; "" when nothing does."""
    if re.match(r"[\"“«][^\"“”«»]{4,200}[\"”»]:\s", text):  # "Quotation": the title goes on behind it
        return ""
    linked = [link.text for link in links.work_titles(line.links)]
    bold = [mark.text for mark in line.marks if mark.style == "bold"]
    italic = [mark.text for mark in line.marks if mark.style == "italic"]
    quoted = [str(next(filter(None, found.groups()))) for found in _QUOTED.finditer(text)]
    other = [link.text for link in line.links if links.target(link.target).kind in {"other", "repository"}]
    for texts, fewest in ((linked, 1), (quoted, 3), (bold, 2), (quoted, 2), (other, 3), (italic, 3)):
        for candidate in sorted(texts, key=len, reverse=True):
            if len(candidate.split()) >= fewest and candidate in text and _may_be_title(candidate):
                return candidate
    return ""


def _may_be_title(text: str) -> bool:
    bare = text.strip(" .,:;")
    venue = details.has_venue(bare) and (details.year(bare) or len(bare.split()) < 8)
    named = people.read(bare)
    return not (
        links.is_label(bare) or is_chrome(bare) or venue or details.label(text) or details.date(bare)
        or (named and named.score > (0.3 if len(bare.split()) < 4 and "," in bare else 0.6)) or len(bare) < 4
    )  # fmt: skip


def _with_title(text: str, title: str, draft: Draft, line: Line, context: Context) -> float:
    before, _, after = text.partition(title)
    after = _AFFILIATION.sub(" ", after)
    outside = f"{before.strip()} ¦ {after.strip()}".strip("¦ \"“”'‘’`.,:;-–—|()[]")
    draft.put("title", tidy_title(title), line.number)
    found = _rest(outside, draft, line, context, marked=True)
    leftover = _ordinary_words(found.left)
    whole = len(title) >= 0.85 * len(text)
    strong = bool(links.work_titles(line.links)) or "id" in draft.evidence or "link" in draft.evidence
    if leftover > 12 and not strong:
        return 0.0  # a sentence that sets a phrase apart
    return 0.4 * found.people + 0.3 * found.venue + 0.35 * strong + 0.15 * whole - 0.02 * leftover


@dataclass(slots=True)
class _Rest:
    people: float = 0.0
    venue: bool = False
    left: str = ""
    marked: bool = False  # something sets the title apart


def _rest(text: str, draft: Draft, line: Line, context: Context, *, marked: bool = False) -> _Rest:
    """What stands beside a title: authors, venue, year; and the words that are neither."""
    rest = _Rest(marked=marked)
    left = [_segment(part.strip(' ,.:;"“”*_'), rest, draft, line, context) for part in _SEGMENTS.split(text)]
    rest.left = " ".join(filter(None, left))
    return rest


def _segment(segment: str, rest: _Rest, draft: Draft, line: Line, context: Context) -> str:
    if not segment:
        return ""
    if re.fullmatch(r"et\s+al\.?,?", segment, re.IGNORECASE) and "author" in draft.fields:
        _put_others(draft)
        return ""
    listed = re.sub(r"^(?:by|authors?:?|with|from)\s+", "", segment, flags=re.IGNORECASE)
    said = "by " if listed != segment and len(listed.split()) > 1 else ""
    listed = re.sub(r"^et\s+al\.?,?\s*", "", listed, flags=re.IGNORECASE)
    whole = context.people(said + listed, families=rest.marked) if not rest.people else None
    if whole and whole.score >= 0.35 and (whole.score > 0.7 or not details.has_venue(listed)):
        rest.people = max(whole.score, 0.6)
        draft.put_people(whole, line.number)
        return ""
    cut = _venue_start(listed)
    if cut > 0 and not rest.people:
        part = context.people(said + listed[:cut].strip(" ,.:;(["))
        if part and part.score >= 0.35:
            rest.people = max(part.score, 0.6)
            draft.put_people(part, line.number)
            listed, cut = listed[cut:].strip(" ,.:;()[]"), 0
    placed = (details.year(listed) and not details.date(listed)) or details.has_venue(listed)
    if placed and len(listed) <= 200 and _ordinary_words(listed) <= 14:
        rest.venue = True
        put_venue(listed, draft, line.number)
        return ""
    return listed


def _put_others(draft: Draft) -> None:
    """The list of authors goes on unnamed."""
    known = draft.fields["author"]
    if isinstance(known.value, tuple) and OTHERS not in known.value:
        draft.fields["author"] = Field((*known.value, OTHERS), known.origin)


def _venue_start(text: str) -> int:
    """Where the venue or year begins in `A. Author, B. Author, NeurIPS 2017`; -1 when there is none."""
    year = details.first_year(text)
    cue = details.first_venue(text)
    first = min((place for place in (year, cue) if place >= 0), default=-1)
    if first <= 0:
        return first
    return (
        max(
            text.rfind(mark, 0, first)
            for mark in (", ", ". ", " (", "; ", " in ", " In ", " - ", " – ", " — ", " · ", "… ")
        )
        + 1
    ) or first


def put_venue(text: str, draft: Draft, line: int) -> None:
    """The place and year of publication in a text like `NeurIPS 2017` or `Nature 521 (7553), 436-444, 2015`."""
    if found := re.search(
        r"\b(?:CoRR,?\s+)?abs/(\d{4}\.\d{4,5})|(?:arXiv preprint )?arXiv:(\d{4}\.\d{4,5})", text
    ):
        draft.put("arxiv", identifiers.normal_arxiv(found[1] or found[2]), line)
        text = text.replace(found[0], "")
    if found := details.issue(text):
        put_year(draft, int(found["year"]), line)
        for variable, name in (
            ("container-title", "venue"),
            ("volume", "volume"),
            ("issue", "issue"),
            ("page", "page"),
        ):
            draft.put(variable, found[name] or "", line, 0.8)
        return
    if "•" in text or "·" in text:
        pieces = [piece.strip() for piece in re.split(r"[•·]", text)]
        text = next((piece for piece in pieces if details.has_venue(piece)), text)
    text = _ISSN.sub("", _PUBLISHED.sub("", text))
    if found := _DATED.match(text):  # January 2019 FAT* '19: Proceedings of ...
        when = details.when_of(found[1])
        if when and found[2]:
            draft.put_when(when, line)
            text = found[2]
    text = _COUNTED.sub(r" \1(\2):", _VOLUME_SAID.sub(_placed, text))
    text = text if details.year(text) else _SHORT_YEAR.sub(_whole_year, text)
    put_year(draft, details.year(text), line)
    name = re.sub(r"[\s,(\[]*['’]?(?:1[6-9]|20)\d\d[a-z]?[)\]]?.*$", "", text).strip(' ,.;:*_"')
    name = re.sub(r"\s*[-–—]$|…$", "", name) if name.count("(") == name.count(")") else name.strip("()[] ")
    name = re.sub(
        r"^(?:in|published in|part of|appears in|to appear in|accepted (?:at|to|by|in)|presented at)[:\s]+",
        "",
        name,
        flags=re.IGNORECASE,
    )
    if placed := re.search(r",?\s+(?:PMLR\s+)?(\d{1,4}):(\d+\s?[-–]+\s?\d+)$", name):
        draft.put("volume", placed[1], line, 0.7)
        draft.put("page", re.sub(r"\s?[-–]+\s?", "-", placed[2]), line, 0.7)
        name = name[: placed.start()]
    pages = re.search(r",\s+(?:pp?\.\s?)?(\d{1,6}\s?[-–]+\s?\d{1,6})$", name)
    if pages and not re.search(r"\d\s?\(?\d*\)?,\s+\d", name):
        draft.put("page", re.sub(r"\s?[-–]+\s?", "-", pages[1]), line, 0.7)
        name = name[: pages.start()]
    numbers = re.search(
        r",?\s+(\d{1,4})(?:\s?\((\d{1,5}(?:[-–]\d+)?)\))?(?:\s?[,:]\s?([A-Za-z]?\d+(?:\s?[-–]+\s?[A-Za-z]?\d+)?))?$",
        name,
    )
    if numbers and not re.match(r"(?:workshop|track|part|proceedings of the)\b", name, re.IGNORECASE):
        draft.put("volume", numbers[1], line, 0.7)
        draft.put("issue", numbers[2] or "", line, 0.7)
        draft.put("page", re.sub(r"\s?[-–]+\s?", "-", numbers[3] or ""), line, 0.7)
        name = name[: numbers.start()].strip(" ,")
    if 2 <= len(name) <= 160 and not name.isdigit() and not is_chrome(name):
        draft.put("container-title", name, line, 0.7)


_PUBLISHED = late(
    rf"(?:[A-Z][a-z]+\s){{1,4}}Published\s(?=(?:\d{{1,2}}\s)?{details.MONTH}\s)"
)  # Journal Article Published 17 Oct 2016 in
_ISSN = late(r",?\sISSN:?\s\d{4}-\d{3}[\dXx]")
_COUNTED = late(r",?\s(\d{1,4}),\sNo\.\s(\d{1,4}(?:[-–]\d+)?),")  # Invent. Math. 93, No. 2, 419-450
_VOLUME_SAID = late(
    r",?\sVol(?:ume|\.)\s(\d{1,4})(?:,\s(?:Issue|No\.|Number)\s(\d{1,4}))?(?:,\s(?:Pages?|pp?\.)\s(\w?\d+(?:\s?[-–]\s?\w?\d+)?))?$"
)


def _placed(said: re.Match[str]) -> str:
    """Volume 147, Issue 2, Pages 255-275."""
    return f" {said[1]}" + (f"({said[2]})" if said[2] else "") + (f":{said[3]}" if said[3] else "")


_SHORT_YEAR = late(r"(?<=[A-Za-z])\s?['’](\d\d)(?!\d)")


def _whole_year(found: re.Match[str]) -> str:
    """ICLR'15, STOC '98."""
    return f" {'19' if int(found[1]) > 50 else '20'}{found[1]}"


def _ordinary_words(text: str) -> int:
    return len([word for word in text.split() if word[:1].isalpha()])


def _structural(text: str, draft: Draft, line: Line, context: Context) -> float:
    """No type or mark sets the title apart: the order of the parts tells."""
    first = _authors_first(text, draft, line, context)
    if first:
        return first
    best = max(_title_first(text, context), default=None)
    if not best or best[0] <= 0.3:
        return 0.0
    score, cut, end = best
    if text[:cut].count("(") != text[:cut].count(")") and "id" not in draft.evidence:
        return 0.0
    draft.put("title", tidy_title(text[:cut]), line.number)
    found = _rest(text[end:], draft, line, context)
    return score if found.people or found.venue else 0.0


def _nothing_else(text: str, draft: Draft, line: Line) -> float:
    """A title and identifiers: what is left without them is the title."""
    from cite2bib.extract.listing.facts import title_likeness

    title = tidy_title(text.strip(" -–—:[]|"))
    if not draft.evidence & {"id", "link"} or len(title) < 4 or len(title) > 400:
        return 0.0
    likeness = title_likeness(line._replace(text=title))
    draft.put("title", title, line.number)
    if likeness > 0.6:
        return 0.35
    return 0.1 if likeness > 0 and title[0].isupper() and _may_be_title(title) else 0.0  # "Deep learning"


def _authors_first(text: str, draft: Draft, line: Line, context: Context) -> float:
    """`Authors (Year). Title. Venue.` and its kin: the reader of reference strings takes it apart."""
    head = _author_head(text, context)
    if not head or len(text) > 1200:
        return 0.0
    from cite2bib.extract.reflist import (
        parse,
    )  # its tables cost time, and many pages have no reference strings

    work = parse(text, draft.origin(line.number))
    title, authors = work.text("title"), work.names("author")
    if not authors or text.startswith(title[:20]):
        return _after_head(text, draft, line, context)
    if len(title) < 4 or _sentence_like(text, title):
        return 0.0
    date = work.date()
    for variable, value in work.fields.items():
        if variable == "volume" and date and value.value == str(date.year):
            continue  # DBLP: NIPS 2017: 5998-6008
        draft.fields.setdefault(variable, value)
    draft.fields["title"] = work.fields["title"]._replace(value=without_field(title))
    draft.type = work.type
    draft.evidence.add("authors")
    if work.date():
        draft.evidence.add("year")
    return 0.55 + 0.25 * head if work.date() else 0.25 + 0.25 * head


def _after_head(text: str, draft: Draft, line: Line, context: Context) -> float:
    """`Kaplan et al., Title, Venue 2020`: the list says where it ends, the rest is read as title first."""
    close = re.search(r"(?<=et al\.)[,:]?\s+|(?<=et al)[,:]\s+", text)
    named = context.people(text[: close.start()]) if close else None
    if not close or not named:
        return 0.0
    rest = text[close.end() :]
    score, cut, end = max(_title_first(rest, context), default=(0.3, len(rest), len(rest)))
    draft.put("title", tidy_title(rest[:cut]), line.number)
    draft.put_people(named, line.number)
    _rest(rest[end:], draft, line, context)
    dated = details.date(draft.title.strip("()"))  # authors and a day, and no title
    return max(score, 0.5) if len(draft.title) > 3 and not dated else 0.0


_HEAD_END = re.compile(
    r"\s*\((?=(?:[^()\d]{0,12}|\d{1,2}\s[^()\d]{3,12})(?:1[6-9]|20)\d\d|n\.d|in press)|[.:]\s+|,\s+(?=[\"“‘]|(?:1[6-9]|20)\d\d)|,?\s+(?=[\"“])|(?<=et al\.),?\s+|(?<=et al),\s+|,\s+(?=[A-Z])"
)


def _author_head(text: str, context: Context) -> float:
    """How sure a line starts with a list of authors that something closes."""
    best = 0.0
    for close in _HEAD_END.finditer(text[:600]):
        prefix, rest, sign = text[: close.start()], text[close.end() :], close[0].strip()[:1]
        bare = sign == "," and rest[:1].isalpha() and not prefix.endswith(("et al", "et al."))
        if len(prefix) < 4 or (bare and not _is_cited(rest, context, ", ")):
            continue
        closed = bare or sign == "(" or rest[:1] in '"“' or (sign == "." and _is_cited(rest, context))
        if (
            sign == ":" and "," in prefix and details.year(rest)
        ):  # Goodfellow, Ian/Bengio, Yoshua: Deep Learning
            closed, prefix = True, prefix.replace("/", "; ")
        for named in filter(None, map(context.people, (prefix, f"{prefix}."))):
            single = len(named.names) == 1 and not named.others
            best = max(best, named.score + (0.3 if single and closed else 0.0))
    if best < 0.55 and _BODY.match(text):
        return 0.6
    return best if best >= 0.55 else 0.0


def _is_cited(text: str, context: Context, mark: str = ". ") -> bool:
    """Whether a title and where it was published follow, to the year: no list of people, no sentences."""
    title, _, rest = text.partition(mark)
    if title[:1].islower() or title.split(maxsplit=1)[0] in _PRONOUNS or context.people(title):
        return False
    if mark == ", ":
        return len(title.split()) > 2 and "," in rest and bool(details.year(rest[-30:]))
    return bool(rest and details.year(rest[-30:])) or bool(_DATED_END.search(title))


_PRONOUNS = word_set("He She They We It His Her This")
_DATED_END = re.compile(rf"\({details.YEAR}\)\W*$")
_BODY = re.compile(
    r"(?:[A-Z][\w&-]*\s){1,6}?(?:Collaboration|Consortium|Group|Team|Organi[sz]ation|Association|Institute|Committee|Society|Agency)\.?\s\(?(?:1[6-9]|20)\d\d[a-z]?[).]"
)


def _sentence_like(text: str, title: str) -> bool:
    """Prose that begins with a name: what follows the year is no title but a predicate."""
    after = re.search(r"\((?:1[6-9]|20)\d\d[a-z]?\)\s*([^\s.,:])", text)
    return bool(after and after[1].islower()) or len(title.split()) > 45


def _title_first(text: str, context: Context) -> list[tuple[float, int, int]]:
    """Places where a title may end, with what is behind it: score, end of the title, start of the rest."""
    found = []
    for split in list(_SPLIT.finditer(text))[:40]:
        title, rest = text[: split.start()], text[split.end() :]
        if not rest or len(title) < 4 or (split.lastgroup == "dot" and _ABBREVIATION.search(title)):
            continue
        score = _split_score(split.lastgroup or "", title, rest, context)
        if score > 0.3:
            found.append((score, split.start(), split.end()))
    return found


# By whom something else was made than what is written down.
_MADE = word_set(
    "art artwork built code coded composed compiled cover created credit curated design designed developed directed drawing drawn edited editing figure foreword hosted illustrated "
    "illustrations image images interview introduction led made maintained managed moderated music organised organized painting performed photo photograph photographed photos picture "
    "pictures posted powered prepared presented produced published recorded reported review reviewed shared slides sponsored story submitted supported talk taught text translated "
    "translation uploaded video words written"
)


def _split_score(kind: str, title: str, rest: str, context: Context) -> float:
    trial = Draft("", 0)
    probe = _PROBE
    found = _rest(rest.strip("()[] "), trial, probe, context)
    if not (found.people or found.venue):
        return 0.0
    words = len(title.split())
    score = 0.45 * found.people + 0.3 * found.venue - 0.06 * _ordinary_words(found.left)
    score += {"dot": 0.15, "ask": 0.15, "dash": 0.1, "by": 0.1, "paren": 0.05, "comma": 0.0, "semi": -0.05}[
        kind
    ]
    short = (
        words < 3 and kind == "by" and title.rsplit(maxsplit=1)[-1].lower() not in _MADE
    )  # Beloved by Toni Morrison
    score += 0.1 if 3 <= words <= 25 else 0.05 if short else -0.15
    named = context.people(title)
    # The title ends where its list of authors begins: not behind the first of them.
    overrun = ". " in title and context.people(title.partition(". ")[2])
    return 0.0 if overrun or (named and named.score >= 0.5) else score
