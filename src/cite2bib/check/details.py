"""Field by field, what a reference says and what the record of the same work says.

A difference is told with whether it matters. Conventions do not: initials, accents, abbreviated venues, series, the year of
a preprint or of the print, editions, a missing subtitle, the way in which ranges, names and capitals are written.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib import richtext, titles
from cite2bib.check import venues
from cite2bib.check.appeared import this_year
from cite2bib.check.people import differing as differing_people
from cite2bib.check.venues import Likeness
from cite2bib.check.verdict import Difference
from cite2bib.dates import edtf
from cite2bib.identifiers import arxiv_month
from cite2bib.resolve.match import facts
from cite2bib.resolve.match.title import Relation
from cite2bib.resolve.match.title import compare as compare_titles
from cite2bib.resolve.merge import is_published

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cite2bib.model import Work

# Relations of titles that are one title: a subtitle that one lacks, an end cut off, small words.
_SAME_TITLE = frozenset({Relation.SAME, Relation.CLOSE, Relation.HEAD, Relation.TAIL, Relation.CUT})
_BOOKS = frozenset({"book", "collection", "entry-encyclopedia"})
# Proceedings of the theory of computing say so of papers that are cited as papers.
_EXTENDED = re.compile(r"\s*[(\[]extended abstract[)\]]\s*$", re.IGNORECASE)
_PREPRINT_SLACK = 4  # years from a preprint to its publication


def differences(work: Work, record: Work, versions: Sequence[Work] = ()) -> tuple[Difference, ...]:
    """What a reference says otherwise than the record; `versions` are further records of the same work.

    What one of the versions says as well is no difference.
    """
    records = (record, *versions)
    work = _surely_read(work)
    found = (
        *_title(work, records),
        *differing_people(work, records),
        *_year(work, records),
        *_venue(work, records),
        *_numbers(work, records),
    )
    return tuple(found)


READ = 0.9  # how sure a field in running text is that is held against a record


def _surely_read(work: Work) -> Work:
    """A reference without what was taken out of running text by guessing: it is not the reference that is wrong there."""
    return work.without(*(name for name, field in work.fields.items() if field.origin.confidence < READ))


def as_paper(title: str) -> str:
    """A title without what proceedings append to it.

    >>> as_paper("Query strategies for priced information (extended abstract)")
    'Query strategies for priced information'
    """
    return _EXTENDED.sub("", title)


def title_relation(work: Work, record: Work) -> Relation:
    """How the reference's title stands to the record's, or to its original or translation where that is nearer."""
    said = as_paper(work.text("title"))
    others = (record.text(name) for name in ("title", "original-title", "crossref:translated-title"))
    relations = [_relation(said, as_paper(other)) for other in others if other]
    return next(
        (item for item in relations if item in _SAME_TITLE), relations[0] if relations else Relation.UNKNOWN
    )


def _relation(said: str, other: str) -> Relation:
    """The relation of two titles; a subtitle that begins with a number word makes no sequel: "Eight years of models"."""
    relation = compare_titles(said, other).relation
    if relation not in {Relation.NEAR, Relation.OTHER} or titles.key(titles.head(other)) != titles.key(said):
        return relation
    rest = titles.words(other)[len(titles.words(said)) :]
    return Relation.HEAD if len(rest) >= 4 and rest[0].isdigit() else relation


def is_same_title(relation: Relation) -> bool:
    """Whether two titles so related are one."""
    return relation in _SAME_TITLE or relation is Relation.MISPRINT


def _title(work: Work, records: Sequence[Work]) -> Iterator[Difference]:
    relations = [title_relation(work, record) for record in records]
    said, recorded = (richtext.plain(item.text("title")) for item in (work, records[0]))
    if any(is_quoted(work, record) for record in records):
        return
    if any(item in _SAME_TITLE or item is Relation.UNKNOWN for item in relations):
        if set(relations) == {Relation.CLOSE}:
            yield Difference("title", said, recorded, matters=False, why="small words or spelling")
        return
    if Relation.MISPRINT in relations:
        yield Difference("title", said, recorded, matters=False, why="a misprint")
        return
    told = compare_titles(work.text("title"), records[0].text("title"))
    yield Difference("title", said, recorded, matters=True, why=str(told))


SURELY_READ = 0.95  # how sure the title of a reference in running text is that needs no second look


def is_unsure(work: Work) -> bool:
    """Whether a reference was taken out of running text, and not for sure."""
    title = work.fields.get("title")
    return "reflist:reference" in work and (title is None or title.origin.confidence < SURELY_READ)


def is_quoted(work: Work, record: Work) -> bool:
    """Whether the words of a reference that was not read for sure hold the record's title, however it was parted."""
    title, said = record.text("title"), work.text("reflist:reference")
    return is_unsure(work) and titles.specificity(title) == 2 and titles.key(title) in titles.key(said)


def _year(work: Work, records: Sequence[Work]) -> Iterator[Difference]:
    date = work.date()
    # A year that a page left to be inferred is nobody's claim.
    if not date or not date.start or "inferred" in work.fields["issued"].origin.note:
        return
    said, known = date.start[0], sorted({year for record in records for year in _years(record)})
    if not known or said in known:
        return
    nearest = min(known, key=lambda year: abs(year - said))
    why = "" if _is_to_come(said, known) else _excuse(work, records, said, known)
    recorded = records[0].date()
    shown = edtf(recorded) if recorded and recorded.start else str(nearest)
    yield Difference(
        "issued",
        str(said),
        shown[:4] if shown[:4].isdecimal() else shown,
        matters=not why,
        why="that year has not come yet" if _is_to_come(said, known) else why,
    )


def _is_to_come(said: int, known: Sequence[int]) -> bool:
    """Whether a year lies ahead, further than papers in press do."""
    return said > this_year() + 1 and said > known[-1]


def _years(record: Work) -> Iterator[int]:
    for name in ("issued", "available-date", "event-date", "original-date", "submitted"):
        date = record.date(name)
        if date and date.start:
            yield date.start[0]
    posted = arxiv_month(facts.identifier(record, "arxiv"))
    if posted:
        yield posted[0]
    named = (
        f"{record.text('container-title')} {record.text('event-title')} {record.text('arxiv:journal-year')}"
    )
    yield from (int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", named))


def _excuse(work: Work, records: Sequence[Work], said: int, known: Sequence[int]) -> str:
    """By which convention another year stands there, "" when by none."""
    if min(abs(year - said) for year in known) == 1:
        return "a year apart, as online and print are"
    preprints = [record for record in records if not is_published(record)]
    if (
        is_published(work)
        and len(preprints) == len(records)
        and known[0] < said <= known[-1] + _PREPRINT_SLACK
    ):
        return "the record is of the preprint"
    if not is_published(work) and not preprints and known[0] - _PREPRINT_SLACK <= said < known[0]:
        return "the reference is to the preprint"
    if preprints and facts.same_identifier(work, preprints[0]) and known[0] < said <= this_year():
        return "arXiv gives the year of the latest version"
    if is_published(work) and len(preprints) == len(records) and 0 < known[0] - said <= 2:
        return "the record is of the preprint, which was posted later"
    if records[0].type in _BOOKS and work.type not in {"article-journal", "paper-conference"}:
        return "books have editions"
    return ""


def _venue(work: Work, records: Sequence[Work]) -> Iterator[Difference]:
    said = work.text("container-title") or work.text("event-title")
    if not said or facts.is_preprint_venue(said):
        return
    known = [name for record in records for name in _venues(record)]
    if not known and not any(is_published(record) for record in records):
        why = "only the preprint is recorded: that it appeared there is not confirmed"
        yield Difference("container-title", richtext.plain(said), "", matters=False, why=why)
    likenesses = [venues.compare(said, name) for name in known]
    if not known or Likeness.SAME in likenesses or set(likenesses) != {Likeness.OTHER}:
        return
    yield Difference(
        "container-title", richtext.plain(said), richtext.plain(known[0]), matters=True, why="another venue"
    )


def _venues(record: Work) -> Iterator[str]:
    """The names of where a record says it appeared; preprint servers tell nothing of that."""
    for name in ("container-title", "container-title-short", "event-title", "collection-title"):
        venue = record.text(name)
        if venue and not facts.is_preprint_venue(venue):
            yield venue
    reference = record.text("arxiv:journal-ref")
    if reference:
        yield re.split(r"[\d,;(]", reference)[0]


def _numbers(work: Work, records: Sequence[Work]) -> Iterator[Difference]:
    """Volume, issue and pages; only of the publication, and only where the venue is that of the record."""
    published = [record for record in records if is_published(record)]
    if not is_published(work) or not published:
        return
    if any(_venue(work, [record]) and list(_venue(work, [record])) for record in published[:1]):
        return  # another venue counts otherwise
    for name in ("volume", "issue"):
        said, known = _number(work.text(name)), [_number(record.text(name)) for record in published]
        if said and any(known) and said not in known and not _is_swapped(work, name, published):
            recorded = next(record.text(name) for record in published if record.text(name))
            yield Difference(name, work.text(name), recorded, matters=True, why="another number")
    yield from _pages(work, published)


def _number(text: str) -> str:
    """A volume or issue as it is compared.

    >>> _number("Vol. XII"), _number("012"), _number("3-4"), _number("Suppl 1")
    ('12', '12', '3', '1')
    """
    text = re.sub(r"^\D*\b(?=[IVXLC]+$|\d)", "", richtext.plain(text).strip())
    if re.fullmatch(r"[IVXLC]+", text):
        return str(_roman(text))
    found = re.search(r"\d+", text)
    return found[0].lstrip("0") or "0" if found else ""


def _roman(text: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[char] for char in text]
    following = [*values[1:], 0]
    return sum(-one if one < after else one for one, after in zip(values, following, strict=True))


def _is_swapped(work: Work, name: str, records: Sequence[Work]) -> bool:
    """Whether a number stands in the field of the other, or is the year, as proceedings count."""
    said = _number(work.text(name))
    other = "issue" if name == "volume" else "volume"
    years = {str(year) for record in records for year in _years(record)}
    return (
        said in years
        or any(said == _number(record.text(other)) for record in records)
        or any(_number(record.text(name)) in years for record in records)
    )


def _pages(work: Work, records: Sequence[Work]) -> Iterator[Difference]:
    said = _page_range(work.text("page"))
    known = [(_page_range(record.text("page")), _page_range(record.text("number"))) for record in records]
    starts = {pages[0] for pair in known for pages in pair if pages[0]}
    if (
        not said[0]
        or not starts
        or said[0] in starts
        or any(said[1] and said[1] == pages[1] for pages, _ in known)
    ):
        return
    recorded = records[0].text("page")
    excuse = _page_excuse(said, _page_range(recorded), work, records)
    yield Difference("page", work.text("page"), recorded, matters=not excuse, why=excuse or "other pages")


def _page_excuse(said: tuple[str, str], known: tuple[str, str], work: Work, records: Sequence[Work]) -> str:
    """By which convention other pages stand there, "" when by none."""
    if said[0] == "1" or known[0] == "1":
        return "counted from the beginning of the paper itself"
    if not said[1] or not known[1]:
        return "the number of an article, or of one page"
    if records[0].type == "book" or work.type == "book":
        return "a book is cited by any of its pages"
    inside = all(page.isdecimal() for page in (*said, *known)) and int(known[0]) <= int(said[0]) <= int(
        known[1]
    )
    return "pages within the work" if inside else ""


def _page_range(text: str) -> tuple[str, str]:
    """First and last page, the last one in full.

    >>> _page_range("637--41"), _page_range("e1002–e1012"), _page_range("Article 12"), _page_range("pp. 5")
    (('637', '641'), ('e1002', 'e1012'), ('12', ''), ('5', ''))
    """
    text = re.sub(
        r"^(?:pp?\.?|pages?|art(?:icle)?\.?(?:\s*(?:no|id)\.?)?)\s*", "", richtext.plain(text).strip().lower()
    )
    parts = [part for part in re.split(r"\s*[-‐-―−:,;+]+\s*", text) if part]
    if not parts:
        return "", ""
    first, last = _folded(parts[0]), _folded(parts[1]) if len(parts) > 1 else ""
    if first.isdecimal() and last.isdecimal() and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    return first, last


def _folded(page: str) -> str:
    return "".join(titles.words(page)).lstrip("0")
