"""Labelled lines to records: lines gathered around their titles, read into drafts, and those without evidence let go."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from cite2bib import identifiers
from cite2bib.extract.listing import details, links
from cite2bib.extract.listing.drafts import Draft, put_year, tidy_title
from cite2bib.extract.listing.reference import put_venue
from cite2bib.letters import fold
from cite2bib.light import dataclass, field
from cite2bib.model import Date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cite2bib.documents import Link
    from cite2bib.extract.listing.facts import Facts
    from cite2bib.extract.listing.reference import Context


@dataclass(slots=True)
class Group:
    """The lines of one record: what stands before its title, the title, what follows."""

    start: Facts
    whole: bool  # the first line holds all of a record
    before: list[Facts] = field(default_factory=list)
    after: list[tuple[str, Facts]] = field(default_factory=list)
    index: int = 0  # of the title's line
    sectioned: bool = False  # a heading stands between it and the record before
    year: int = 0  # that the section is headed with

    def lines(self) -> list[Facts]:
        """All lines that belong to the record."""
        return [*self.before, self.start, *(item for name, item in self.after if name != "X")]


def gather(facts: Sequence[Facts], labels: str) -> Iterator[Group]:
    """The groups of lines that the labels make."""
    before: list[Facts] = []
    group: Group | None = None
    away, year, sectioned = 0, 0, False
    for index, (item, name) in enumerate(zip(facts, labels, strict=True)):
        if name == "H" and group and item.vote and item.vote in _ids(group.start):
            group.after.append(("D", item))
        elif name == "H":
            before.append(item)
        elif name in "TR":
            if group:
                yield group
            group, before, away = (
                Group(item, name == "R", before, index=index, year=year, sectioned=sectioned),
                [],
                0,
            )
            sectioned = False
        elif name == "X":
            away += 1
            sectioned = sectioned or item.line.kind == "heading"
            year = item.year or (0 if item.line.kind == "heading" else year)
            before = []
            if group and away <= 3 and len(item.line.text) < 300:
                group.after.append((name, item))
        elif group and away <= 4:
            group.after.append((name, item))
    if group:
        yield group


def _ids(item: Facts) -> set[str]:
    """The identifiers of the works that a line's links lead to."""
    return {links.target(link.target).value for link in item.line.links}


def draft_of(group: Group, context: Context) -> Draft:
    """The record that a group of lines describes."""
    item = group.start
    line = item.line
    if group.whole and item.record:
        draft = item.record[0].copy()
        draft.evidence.add("whole")
    else:
        draft = Draft(context.path, line.number)
        _title(draft, item)
    paged = sum(other.number for other in group.before) > 1  # 1 2 3: pages, not votes
    for other in group.before:
        _before(draft, other, context, paged=paged)
    _after(draft, _without_pages(group.after), context)
    if group.year and not draft.when and "issued" not in draft.fields:
        draft.put("issued", Date((group.year,)), item.line.number, 0.8, "the year its section is headed with")
    return draft


def _without_pages(after: Sequence[tuple[str, Facts]]) -> list[tuple[str, Facts]]:
    """The lines behind a title without numbers that count up one by one."""
    numbers = [item.line.text for _, item in after if item.number]
    counted = all(
        b.isdecimal() and a.isdecimal() and int(b) == int(a) + 1 for a, b in itertools.pairwise(numbers)
    )
    pages = len(numbers) > 1 and counted
    return [(name, item) for name, item in after if not (pages and item.number)]


def _title(draft: Draft, item: Facts) -> None:
    line = item.line
    text = (
        item.label[1] if item.label and item.label[0] in {"title", "paper"} and item.label[1] else line.text
    )
    text = draft.without_site(links.untabbed(text))
    linked = links.work_titles(line.links, heading=line.kind == "heading")
    if linked and item.work_link:
        text = links.untabbed(max((link.text for link in linked), key=len))
        draft.evidence.add("link")
    if item.label:
        draft.evidence.add("label")
    text = _TAGGED.sub("", _without_badges(text, item))
    draft.put("title", tidy_title(text), line.number)
    draft.put_links(line.links, line.number)
    if "http" in text or "rXiv" in text or "10." in text:
        draft.put_ids(text, line.number)


def _without_badges(text: str, item: Facts) -> str:
    """A title without the words of the links beside it (`[pdf] [code]`)."""
    for link in reversed(item.line.links):
        bare = text.rstrip(" ])|")
        label = link.text.strip(" []()|")
        if label and links.is_label(label) and bare.endswith(label) and len(bare) > len(label):
            text = text[: text.rindex(label)].rstrip(" [(|·-–—")
    return text


_TAGGED = re.compile(r"^\[(?:PDF|HTML|BOOK|CITATION|B|C)\]\s+")


def _before(draft: Draft, item: Facts, context: Context, *, paged: bool) -> None:
    line = item.line
    if item.head:
        _arxiv_head(draft, item.head, line.number)
    elif item.vote:
        draft.put("arxiv", item.vote, line.number)
        draft.evidence.add("id")
    if item.number and line.text.strip(" ·•|[]()-") and not line.marker and not paged:
        draft.put("listing:upvotes", line.text.strip(" ▲△↑+·[]()"), line.number)
    if item.people and not (item.vote or item.submitted or item.number):
        draft.put_people(item.people, line.number)
    if item.classes:
        draft.put("arxiv-class", item.classes, line.number)
    if item.metric and item.metric[0] == "upvotes":
        draft.put("listing:upvotes", item.metric[1], line.number)
    if item.only_ids:
        draft.put_ids(line.text, line.number)
    if item.label:
        _labelled(draft, item.label[0], item.label[1], item, context)
    elif item.date:
        draft.put_when(item.date[0], line.number)
    elif item.metric and item.metric[0] == "other":
        draft.put("listing:metric", item.metric[1], line.number)
    draft.put_links(line.links, line.number)


def _is_counter(link: Link) -> bool:
    return details.metric(link.text) is not None


def _counters(draft: Draft, item: Facts) -> None:
    """The votes in a row of buttons: `Upvote 103 GitHub 3.1k arXiv Page`."""
    for link in item.line.links:
        metric = details.metric(link.text)
        if metric and metric[0] == "upvotes":
            draft.put("listing:upvotes", metric[1], item.line.number)


def _arxiv_head(draft: Draft, head: re.Match[str], line: int) -> None:
    from cite2bib.identifiers import normal_arxiv

    draft.put("arxiv", normal_arxiv(head["id"]), line)
    draft.put("arxiv-class", next(iter(head["classes"].split()), "").strip(",;"), line)
    draft.evidence.add("id")


def _after(draft: Draft, lines: Sequence[tuple[str, Facts]], context: Context) -> None:
    pending = ""
    for index, (name, item) in enumerate(lines):
        draft.listing = bool(index) and _lists_people(*lines[index - 1])
        if pending and not item.label and name != "T" and not item.chrome:
            _labelled(draft, pending, item.line.text, item, context)
            pending = pending if pending in {"abstract", "authors"} and name in "AU" else ""
            continue
        pending = item.label[0] if item.label and not item.label[1] else ""
        if name == "U":
            _authors(draft, item, context)
        elif name == "A" and not (item.chrome and not item.label):
            text = (
                item.label[1] if item.label and item.label[0] in {"abstract", "summary"} else item.line.text
            )
            _abstract(draft, text, item)
        elif name == "D":
            _detail(draft, item, context)
        else:
            draft.put_links([link for link in item.line.links if links.is_label(link.text)], item.line.number)


def _lists_people(name: str, item: Facts) -> bool:
    return name == "U" or bool(item.label and item.label[0] == "authors")


def _authors(draft: Draft, item: Facts, context: Context) -> None:
    if item.byline and not item.label:
        draft.put_people(item.byline[0], item.line.number)
        _byline(draft, item.byline[1], item.line.number)
        return
    text = item.label[1] if item.label else item.line.text
    named = item.people if item.people and not item.label else context.people(f"Authors: {text}")
    if named:
        draft.put_people(named, item.line.number)
    papers = [link for link in item.line.links if links.is_label(link.text)]
    draft.put_links([link for link in papers if links.target(link.target).kind == "work"], item.line.number)


_ABSTRACT_HEAD = re.compile(r"(?:Abstract|ABSTRACT|TL;?DR)\s*[:.—–-]\s*")
_ABSTRACT_TAIL = re.compile(
    r"\s*(?:[△▽]\s*(?:Less|More)|…\s*▽ More|\(?(?:Show|Read|See) (?:more|less)\)?\.?|Expand|Collapse)$"
)


def _byline(draft: Draft, rest: str, line: int) -> None:
    """What follows the authors: `Advances in neural …, 2017 - proceedings.neurips.cc`."""
    for part in re.split(r"\s+[-–—]\s+", rest):
        if when := details.date(part):
            draft.put_when(when[0], line)
        elif not re.fullmatch(r"[\w.-]+\.[a-z]{2,6}", part):
            put_venue(part, draft, line)


def _abstract(draft: Draft, text: str, item: Facts) -> None:
    head = _ABSTRACT_HEAD.match(text)
    text = text[head.end() :] if head else text
    tail = _ABSTRACT_TAIL.search(text, max(0, len(text) - 30))
    draft.add_abstract(text[: tail.start()] if tail else text, item.line.number)
    draft.evidence.add("abstract")
    code = [link for link in item.line.links if links.target(link.target).kind == "repository"]
    draft.put_links(code, item.line.number)


def _detail(draft: Draft, item: Facts, context: Context) -> None:
    line = item.line
    _counters(draft, item)
    if item.label:
        _labelled(draft, item.label[0], item.label[1], item, context)
    elif item.head:
        _arxiv_head(draft, item.head, line.number)
    elif item.parts:
        for kind, value in item.parts:
            _part(draft, kind, value, line.number)
    elif item.count:
        _part(draft, "count", item.count, line.number)
    elif item.date:
        _part(draft, "date", item.date, line.number)
    elif item.metric:
        _part(draft, "metric", item.metric, line.number)
    elif item.number or item.year:
        _number(draft, item)
    elif item.only_ids:
        draft.put_ids(line.text, line.number)
    elif item.classes:
        draft.put("arxiv-class", item.classes, line.number)
    elif item.account:
        draft.put("organization", organization(line.text), line.number)
    elif item.editors:
        draft.evidence.add("volume")  # the people edited a volume, whose works are listed
    elif item.described:
        put_year(draft, details.year(line.text), line.number)
    elif item.citation:
        put_venue(line.text.partition("Epub")[0], draft, line.number)  # online in the year before
        draft.put_ids(line.text, line.number)
        draft.evidence.add("venue")
    elif "ISBN" in line.text:
        draft.put_ids(line.text, line.number)  # a book's series, place and publisher
        put_year(draft, details.year(line.text), line.number)
    elif item.venue:
        put_venue(line.text, draft, line.number)
        draft.put_ids(line.text, line.number)
        draft.evidence.add("venue")
    elif item.repeated:
        draft.put_ids(line.text, line.number)
    elif not item.chrome and any(map(str.isalnum, line.text)) and not any(map(_is_counter, line.links)):
        _part(draft, "other", line.text, line.number)
    draft.put_links([link for link in line.links if not link.text.startswith("#")], line.number)


_COUNTS = re.compile(r"/|^#|\s\d+$")  # an address, a number of a list, `Related to 10`


def _part(draft: Draft, kind: str, value: object, line: int) -> None:
    if kind == "count":
        draft.put("author-count", str(value), line)
        draft.evidence.add("count")
    elif kind == "date" and isinstance(value, tuple):
        draft.put_when(value[0], line)
        if value[1]:
            draft.put("listing:upvotes", value[1], line, 0.5, "votes or comments: the page does not say")
    elif kind == "metric" and isinstance(value, tuple):
        draft.put("listing:upvotes" if value[0] == "upvotes" else "listing:metric", value[1], line)
    elif kind == "ids" and isinstance(value, str):
        draft.put_ids(value, line)
    elif kind == "words":
        draft.evidence.add("kind")
    elif kind == "other" and isinstance(value, str) and len(value) < 80 and not _COUNTS.search(value):
        draft.put("organization", organization(value), line)


def _number(draft: Draft, item: Facts) -> None:
    text = item.line.text.strip(" ▲△↑+·[]()")
    if not text.strip("-") or any("#community" in link.target for link in item.line.links):
        return
    if item.year:
        put_year(draft, item.year, item.line.number)
        draft.put("listing:citations", text.removesuffix(str(item.year)).strip(" *"), item.line.number)
    else:
        draft.put("listing:upvotes", text, item.line.number, 0.5, "votes or comments: the page does not say")


def organization(text: str) -> str:
    """The name in `adobe Adobe`: what a saver puts before it is the alternative text of its picture.

    >>> organization("adobe Adobe"), organization("ByteDance-Seed ByteDance Seed"), organization("Google DeepMind")
    ('Adobe', 'ByteDance Seed', 'Google DeepMind')
    """
    first, _, rest = text.strip(" ·•|").partition(" ")
    if not rest:
        return first
    short = fold(first)
    doubled = fold(rest) == short
    slug = first.islower() or "-" in first or any(char.isdecimal() for char in first)
    alike = bool(short) and fold(rest)[:1] == short[:1] and rest[:1].isupper()
    return rest if doubled or (slug and alike) else text.strip(" ·•|")


def _labelled(draft: Draft, name: str, value: str, item: Facts, context: Context) -> None:
    line = item.line.number
    if name == "authors":
        named = context.people(f"Authors: {value}")
        if named:
            draft.put_people(named, line)
    elif name in {"abstract", "summary"}:
        _abstract(draft, value, item)
    elif name == "date":
        when = details.date(value) or details.date(re.split(r"[;(]|, Last", value)[0].strip(" ,"))
        if when:
            draft.put_when(when[0], line)
        else:
            put_year(draft, details.year(value), line)
    elif name == "source" and not (details.has_venue(value) or details.year(value)):
        pass  # whoever has told a catalogue of it
    elif name in {"venue", "source", "journal-ref", "comments"}:
        _place(draft, name, value, line)
    elif name == "organization":
        draft.put("organization", value, line)
    elif name == "subjects":
        draft.put(
            "arxiv-class",
            details.arxiv_class(value)
            or (value.split(maxsplit=1)[0] if re.fullmatch(r"[a-z-]+(\.[A-Z]{2})?(\s.*)?", value) else ""),
            line,
        )
    elif name == "keywords":
        draft.put("keyword", value, line)
    elif name in _SCHEMES:
        draft.put(_SCHEMES[name], identifiers.normalise(_SCHEMES[name], value), line)
        draft.evidence.add("id")
    draft.put_ids(value if name not in _NO_ADDRESS else "", line)
    draft.put_links(item.line.links, line)
    draft.evidence.add("details")


_NO_ADDRESS = frozenset({"abstract", "summary", "license", "licence", "proxy"})
_SCHEMES = {"doi": "DOI", "arxiv": "arxiv", "pmid": "PMID", "pmcid": "PMCID", "isbn": "ISBN"}


def _place(draft: Draft, name: str, value: str, line: int) -> None:
    if name == "comments":
        draft.put("note", value, line)
    else:
        put_venue(value, draft, line)
        draft.evidence.add("venue")
