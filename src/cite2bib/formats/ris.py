"""RIS: two-letter tags, `TY` to `ER`.

https://en.wikipedia.org/wiki/RIS_(file_format), and what EndNote, Zotero, Scopus, Embase and Web of Science write.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from cite2bib import dates
from cite2bib.diagnostics import Diagnostic, Span
from cite2bib.formats import ReadResult, WriteOptions, Written
from cite2bib.formats.losses import written
from cite2bib.formats.tagged import Record, Tags
from cite2bib.formats.text import decode
from cite2bib.identifiers import bare_doi
from cite2bib.model import Date, Origin, Work
from cite2bib.records.people import family_first, person
from cite2bib.records.preprints import gathered, spread
from cite2bib.records.serials import standard_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FOREIGN = "ris:"

# Each code and its type; of several codes for one type the first is written.
_TYPES = (
    ("JOUR", "article-journal"), ("EJOUR", "article-journal"), ("ABST", "article-journal"),
    ("INPR", "article-journal"), ("MGZN", "article-magazine"), ("NEWS", "article-newspaper"),
    ("PRESS", "article-newspaper"), ("BILL", "bill"), ("UNBILL", "bill"), ("BOOK", "book"), ("EBOOK", "book"),
    ("EDBOOK", "book"), ("CTLG", "book"), ("POD", "broadcast"), ("CHAP", "chapter"), ("ECHAP", "chapter"),
    ("CLSWK", "classic"), ("ANCIENT", "classic"), ("SER", "collection"), ("DATA", "dataset"), ("AGGR", "dataset"),
    ("DBASE", "dataset"), ("GEN", "document"), ("GRANT", "document"), ("DICT", "entry-dictionary"),
    ("ENCYC", "entry-encyclopedia"), ("FIGURE", "figure"), ("CHART", "figure"), ("ART", "graphic"),
    ("EQUA", "graphic"), ("HEAR", "hearing"), ("CASE", "legal_case"), ("STAT", "legislation"),
    ("UNPB", "manuscript"), ("MANSCPT", "manuscript"), ("UNPD", "manuscript"), ("MAP", "map"),
    ("MPCT", "motion_picture"), ("VIDEO", "motion_picture"), ("ADVS", "motion_picture"), ("DVR", "motion_picture"),
    ("MUSIC", "musical_score"), ("PAMP", "pamphlet"), ("CPAPER", "paper-conference"), ("CONF", "paper-conference"),
    ("PAT", "patent"), ("JFULL", "periodical"), ("PCOMM", "personal_communication"), ("ICOMM", "post"),
    ("BLOG", "post-weblog"), ("LEGAL", "regulation"), ("RPRT", "report"), ("GOVDOC", "report"), ("COMP", "software"),
    ("SOUND", "song"), ("SLIDE", "speech"), ("STAND", "standard"), ("THES", "thesis"), ("WEB", "webpage"),
    ("ELEC", "webpage"), ("MULTI", "webpage"),
)  # fmt: skip
_TYPE_OF = dict(_TYPES)
_CODE_OF = {kind: code for code, kind in reversed(_TYPES)}
_CODE_OF["article"] = "UNPB"  # RIS has no preprints: a genre tells them from manuscripts
_LIKE = {
    "entry": "ENCYC",
    "review": "JOUR",
    "review-book": "JOUR",
    "interview": "PCOMM",
    "performance": "GEN",
}

# Tags that hold one text of one variable, in the order of writing.
_TEXTS = {
    "ST": "title-short", "VL": "volume", "IS": "issue", "PB": "publisher", "CY": "publisher-place", "ET": "edition",
    "NV": "number-of-volumes", "SE": "section", "LA": "language", "CN": "call-number", "DB": "archive",
    "AN": "archive_location", "DP": "source", "RI": "reviewed-title", "M3": "genre",
}  # fmt: skip
# What a tag says in records of one type.
_IN_TYPE = {("software", "ET"): "version", ("chapter", "SE"): "chapter-number"}
_NAMES = {"AU": "author", "ED": "editor", "A3": "collection-editor", "A4": "translator"}
_OLDER = {"T1": "TI", "CT": "TI", "A1": "AU", "A2": "ED", "N2": "AB", "PP": "CY"}
_JOURNALS = ("T2", "JF", "BT", "JO", "JA", "J2", "J1")  # in the order of trust for a full name
_SHORT = ("J2", "JA", "JO", "J1")
_WHOLE = frozenset(
    {"book", "classic", "collection", "pamphlet", "report", "thesis"}
)  # they lie in no container
# A number beside a series is the series' own in these, not the work's.
_IN_SERIES = frozenset(
    {"book", "chapter", "classic", "collection", "entry-encyclopedia", "paper-conference", "thesis"}
)
_LONG = frozenset({"AB", "N1", "RN", "N2"})  # texts that keep their lines
_MEDLINE = frozenset({"nlm", "pubmed", "medline"})

_TAG = re.compile(r"[ \t]{0,3}([A-Z][A-Z0-9])[ \t]{0,3}-(?:[ \t]+(.*))?$")
_LINE = re.compile(r"^[ \t]{0,3}(?:TY|T1|TI|AU|A1|JF|JO|ID|PY|ER|Y1)[ \t]{1,2}-(?:[ \t]|$)", re.MULTILINE)
_OF_MEDLINE = re.compile(r"^(?:PMID|OWN |STAT|DCOM|EDAT|MHDA)- ", re.MULTILINE)

_DOI_START = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:?)\s*", re.IGNORECASE)
_DASH = re.compile(r"(?<=\w)\s*[-–]+\s*(?=\w)")
_TWICE = re.compile(r"^(\w+)-\1$")
_PAGE_COUNT = re.compile(r"[\divxlc]+(?: ?p(?:ages|\.)?)?")


def sniff_ris(head: str) -> bool:
    """A `TY` line, or two other tags that MEDLINE's format does not have beside its own."""
    if re.search(r"^\ufeff?[ \t]{0,3}TY[ \t]{1,2}-[ \t]+[A-Z]", head, re.MULTILINE):
        return True
    return len(_LINE.findall(head)) > 1 and not _OF_MEDLINE.search(head)


def read_ris(data: bytes, path: str) -> ReadResult:
    """Works from records; a record may lack its `TY` or its `ER`."""
    text, diagnostics = decode(data, path)
    faults = list(diagnostics)
    works = []
    for line, tags in _records(text, path, faults):
        if not tags.keys() & _KNOWN:
            faults.append(Diagnostic("skipped-text", "a record without any tag of RIS", Span(path, line)))
            continue
        if "TY" not in tags:
            faults.append(Diagnostic("missing-type", "a record without TY", Span(path, line)))
        works.append(_work(Record(tags, Origin(path, str(line)))))
    return ReadResult(tuple(works), tuple(faults))


def _records(text: str, path: str, faults: list[Diagnostic]) -> Iterator[tuple[int, Tags]]:
    """Each record's first line and tags; a line without a tag goes on with the tag before it."""
    tags: Tags = {}
    start, last = 0, ""
    parted_by_blanks = not re.search(r"^[ \t]*(?:ER|TY)[ \t]{1,2}-", text, re.MULTILINE)
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if line[2:6] == "  - " and line[:2].isupper():
            tag, value = line[:2], line[6:].strip()
        elif found := _TAG.match(line):
            tag, value = found[1], (found[2] or "").strip()
        else:
            _go_on(line.strip(), tags, last, (path, number), faults)
            if parted_by_blanks and tags and not line.strip():
                yield start, tags
                tags, last = {}, ""
            continue
        if tag in {"TY", "ER"}:
            if tags:
                yield start, tags
            tags, last = {}, ""
            if tag == "ER":
                continue
        start = start if tags else number
        tags.setdefault(tag, []).append(value)
        last = tag
    if tags:
        yield start, tags


def _go_on(line: str, tags: Tags, last: str, place: tuple[str, int], faults: list[Diagnostic]) -> None:
    if not line or line == "\ufeff":
        return
    if last:
        joint = "\n" if last in _LONG or last not in _KNOWN or last == "KW" else " "
        tags[last][-1] = f"{tags[last][-1]}{joint}{line}".strip()
    elif not re.fullmatch(r"\ufeff?\d+\.?", line):  # some number their records
        faults.append(Diagnostic("skipped-text", "text outside a record", Span(*place)))


_KNOWN = frozenset(
    {"TY", "ID", "TI", "AB", "N1", "RN", "KW", "T3", "PY", "DA", "Y1", "Y2", "SP", "EP", "SN", "DO", "UR", "M1", "C2",
     "C7", "CP", *_TEXTS, *_NAMES, *_OLDER, *_JOURNALS}
)  # fmt: skip


def _work(record: Record) -> Work:
    code = record.take("TY").upper()
    kind = _TYPE_OF.get(code, "")
    for tag in [tag for tag in record.tags if tag in _OLDER]:
        _rename(record, tag, _OLDER[tag])
    _titles(record, kind)
    _identifiers(record)
    _catalogue(record)
    _numbers(record, kind)
    for tag, variable in _NAMES.items():
        if tag in record.tags:
            record.set(variable, tuple(map(person, record.tags.pop(tag))))
    for tag in [tag for tag in record.tags if tag in _TEXTS]:
        record.set(_IN_TYPE.get((kind, tag), _TEXTS[tag]), record.take(tag))
    _long_texts(record)
    _dates(record)
    _pages(record, kind)
    key = record.take("ID")
    kind = _final_type(record, code, kind)
    return gathered(Work(key, kind, record.foreign(FOREIGN)))


def _rename(record: Record, older: str, tag: str) -> None:
    tags = record.tags
    if older in tags and tag not in tags:
        tags[tag] = tags.pop(older)
    elif older in tags and tags[older] == tags[tag]:
        del tags[older]


def _titles(record: Record, kind: str) -> None:
    tags = record.tags
    if kind == "book" and "TI" not in tags:
        _rename(record, "BT", "TI")
    record.set("title", record.take("TI"))
    if kind == "book" and "T3" not in tags and "T2" in tags:
        record.set("collection-title", record.take("T2"))  # a book's second title is its series
    if "T3" in tags:
        record.set("collection-title", record.take("T3"))
    _journal(record)
    if tags.get("ST") == [record.text("title")]:
        del tags["ST"]  # EndNote repeats the title where there is no short one


def _journal(record: Record) -> None:
    given = [tag for tag in _JOURNALS if tag in record.tags]
    if not given:
        return
    full = record.take(given[0])
    record.set("container-title", full)
    for tag in (tag for tag in given if tag in record.tags):
        if record.tags[tag] == [full]:
            del record.tags[tag]
        elif tag in _SHORT and "container-title-short" not in record.fields:
            record.set("container-title-short", record.take(tag))
        elif record.tags[tag] == [record.text("container-title-short")]:
            del record.tags[tag]


def _numbers(record: Record, kind: str) -> None:
    tag = "C7" if "C7" in record.tags and kind == "article-journal" else "M1"
    if len(record.peek(tag)) <= 40:  # some put addresses and sentences there
        is_of_series = kind in _IN_SERIES and "collection-title" in record.fields
        record.set("collection-number" if is_of_series else "number", record.take(tag))
    if "CP" in record.tags:
        if kind == "paper-conference":
            record.set("event-title", record.take("CP"))
        elif "IS" not in record.tags:
            _rename(record, "CP", "IS")


def _identifiers(record: Record) -> None:
    if "DO" in record.tags and (doi := bare_doi(record.peek("DO"))):
        record.set("DOI", doi)
        for tag in ("DO", "N1", "M3", "L3"):
            _drop_repetitions(record, tag, doi)
    record.set("URL", record.take("UR"))
    if "SN" in record.tags:
        isbns, issns, rest = standard_numbers(record.tags.pop("SN"))
        record.set("ISBN", ", ".join(isbns))
        record.set("ISSN", ", ".join(issns))
        if rest:
            record.tags["SN"] = rest


def _drop_repetitions(record: Record, tag: str, doi: str) -> None:
    values = record.tags.pop(tag, [])
    if kept := [value for value in values if not _is_doi(value, doi)]:
        record.tags[tag] = kept


def _catalogue(record: Record) -> None:
    """PubMed's numbers as EndNote exports them: the accession number is the PMID, C2 the PMCID."""
    provider = {record.peek("DP").lower(), record.peek("DB").lower()}
    if provider & _MEDLINE and re.fullmatch(r"\d{1,9}", record.peek("AN")):
        record.set("PMID", record.take("AN"))
        if record.tags.get("DP") == ["NLM"]:
            del record.tags["DP"]
    if re.fullmatch(r"PMC\d+", record.peek("C2")):
        record.set("PMCID", record.take("C2"))


def _long_texts(record: Record) -> None:
    record.set("abstract", record.take("AB"))
    for tag, variable in (("N1", "note"), ("RN", "annote")):
        record.set(variable, "\n".join(record.take_all(tag)))
    if "KW" in record.tags:
        words = [word.strip() for value in record.tags.pop("KW") for word in value.split("\n")]
        joint = "; " if any("," in word for word in words) else ", "
        record.set("keyword", joint.join(filter(None, words)))


def _dates(record: Record) -> None:
    year, day, old = record.peek("PY"), record.peek("DA"), record.peek("Y1")
    date = _date(year, day) or _date(old, "")
    if old and date and not day and (older := _date(old, "")) and len(older.start) > len(date.start):
        date = older
    if date:
        record.set("issued", date)
        for tag, text in (("PY", year), ("DA", day), ("Y1", old)):
            if text and (_parsed(text) == date or _is_part(text, date)):
                record.take(tag)
    if accessed := _date(record.peek("Y2"), ""):
        record.set("accessed", accessed)
        record.take("Y2")


def _pages(record: Record, kind: str) -> None:
    first, last = record.take("SP"), record.peek("EP")
    if not first:
        return
    if kind in _WHOLE and not last and _PAGE_COUNT.fullmatch(first):
        record.set("number-of-pages", first)
        return
    if not first.isalnum():
        first = _TWICE.sub(r"\1", _DASH.sub("-", first))
    record.set("page", first if not last or last == first or "-" in first else f"{first}-{last}")
    if "-" not in first or first.endswith(f"-{last}"):
        record.take("EP")


def _final_type(record: Record, code: str, kind: str) -> str:
    if code == "UNPB" and record.text("genre").lower() == "preprint":
        del record.fields["genre"]
        return "article"
    if code and _CODE_OF.get(kind) != code:
        record.tags["TY"] = [code]
    return kind


def _is_doi(text: str, doi: str) -> bool:
    return len(text) < len(doi) + 30 and _DOI_START.sub("", text.strip()).lower() == doi.lower()


@lru_cache(maxsize=16_384)  # a file repeats its dates
def _parsed(text: str) -> Date:
    """A date of RIS: `2020/05/01/other information`, with parts left out at will."""
    if not text:
        return Date()
    year, month, day, other = (*text.split("/", 3), "", "", "")[:4]
    if other and (better := dates.parse(other)) and better.start:
        return better
    if re.fullmatch(r"-?\d{4}", year):
        if not (month or day):
            season = dates.SEASONS.get(other.lower().strip(), 0)
            return (
                Date((int(year),), season=season) if not other or season else Date((int(year),), literal="")
            )
        number = dates.number(month) or dates.month_number(month)
        parts = (int(year), number, dates.number(day)) if dates.number(day) else (int(year), number)
        return Date(parts) if number and dates.is_valid(parts) else Date((int(year),))
    return dates.parse(text.rstrip("/")) or Date()


def _is_part(text: str, date: Date) -> bool:
    """Whether a date says no more than another: its year, or a month and day without one."""
    start = _parsed(text).start
    return bool(start) and date.start[: len(start)] == start and _parsed(text).season in {0, date.season}


@lru_cache(maxsize=16_384)
def _date(year: str, day: str) -> Date | None:
    """The date that a year's tag and a day's tag say together; the year's word is final."""
    of_year, of_day = _parsed(year), _parsed(day)
    if of_year.start and day:
        if of_day.start[:1] == of_year.start[:1] and len(of_day.start) >= len(of_year.start):
            return of_day
        return _with_month(of_year, day) or of_year
    found = of_day if of_day.start else of_year
    return found if found.start and found.start[0] else None


def _with_month(date: Date, text: str) -> Date | None:
    """`AUG`, `FEB 1`, `NOV-DEC`: what Web of Science calls a date."""
    found = re.fullmatch(
        r"([A-Za-z]{3,9})\.?(?:\s+(\d{1,2}))?(?:\s*[-/]\s*([A-Za-z]{3,9})\.?)?", text.strip()
    )
    if not found or len(date.start) != 1:
        return None
    month, end = dates.month_number(found[1]), dates.month_number(found[3] or "")
    if not month:
        season = dates.SEASONS.get(found[1].lower(), 0)
        return Date(date.start, season=season) if season else None
    parts = (*date.start, month, *([int(found[2])] if found[2] else []))
    return Date(parts, (*date.start, end) if end > month else ()) if dates.is_valid(parts) else None


def write_ris(works: Sequence[Work], options: WriteOptions) -> Written:
    """Records with one value a line; preprints are unpublished works of that genre."""
    chosen = [work if options.abstracts else work.without("abstract") for work in works]
    text = "".join(_record(spread(work)) for work in chosen)
    return written(text, chosen, read_ris, "RIS", options)


def _record(work: Work) -> str:
    lines = [("TY", _code(work)), ("ID", work.id), *_lines(work)]
    return "".join(_written(tag, value) for tag, value in lines if value) + "ER  - \n\n"


def _written(tag: str, value: str) -> str:
    """A value on one line: pandoc reads no file in which one goes on, and to others the end of a line says nothing."""
    return f"{tag}  - {' '.join(filter(None, map(str.strip, value.splitlines())))}\n"


def _code(work: Work) -> str:
    own = work.text(f"{FOREIGN}TY")
    if own and _TYPE_OF.get(own, "") == work.type:
        return own
    return _CODE_OF.get(work.type) or _LIKE.get(work.type, "GEN")


def _lines(work: Work) -> Iterator[tuple[str, str]]:
    yield "TI", work.text("title")
    for tag, variable in _NAMES.items():
        for name in work.names(variable):
            yield tag, family_first(name)
    yield from _date_lines(work)
    yield from _container_lines(work)
    yield from _page_lines(work)
    if work.type == "article" and not work.text("genre"):
        yield "M3", "Preprint"
    for tag, variable in _TEXTS.items():
        yield tag, work.text(_IN_TYPE.get((work.type, tag), variable))
    yield from _identifier_lines(work)
    yield from _text_lines(work)
    for variable in work.fields:
        if variable.startswith(FOREIGN) and variable != f"{FOREIGN}TY":
            tag = variable.removeprefix(FOREIGN)
            yield from ((tag, line) for line in work.text(variable).splitlines())


def _date_lines(work: Work) -> Iterator[tuple[str, str]]:
    """Both `PY` and `DA`: pandoc reads only the year's tag."""
    issued = work.date("issued")
    if issued and issued.start:
        yield "PY", str(issued.start[0])
        if len(issued.start) > 1 or issued.end or issued.season or issued.circa:
            yield "DA", _ris_date(issued)
    if (accessed := work.date("accessed")) and accessed.start:
        yield "Y2", _ris_date(accessed)


def _ris_date(date: Date) -> str:
    year, month, day = (*(f"{part:02d}" for part in date.start), "", "")[:3]
    other = dates.edtf(date) if date.end or date.season or date.circa else ""
    return f"{int(year):04d}/{month}/{day}/{other}"


def _container_lines(work: Work) -> Iterator[tuple[str, str]]:
    container, series = work.text("container-title"), work.text("collection-title")
    if work.type == "book" and series and not container:
        yield "T2", series
    else:
        yield "T2", container
        yield "T3", series
    yield "J2", work.text("container-title-short")
    if work.type == "paper-conference":
        yield "CP", work.text("event-title")
    is_of_series = work.type in _IN_SERIES and series
    number = work.text("collection-number" if is_of_series else "number")
    yield ("C7" if work.type == "article-journal" else "M1"), number


def _page_lines(work: Work) -> Iterator[tuple[str, str]]:
    page = work.text("page")
    if found := re.fullmatch(r"(\w+)-(\w+)", page):
        yield "SP", found[1]
        yield "EP", found[2]
    elif page:
        yield "SP", page
        if work.type in _WHOLE:
            yield "EP", page  # a lone SP is the number of their pages
    elif work.type in _WHOLE:
        yield "SP", work.text("number-of-pages")


def _identifier_lines(work: Work) -> Iterator[tuple[str, str]]:
    yield "DO", work.text("DOI")
    yield "UR", work.text("URL")
    for variable in ("ISBN", "ISSN"):
        yield from (("SN", number.strip()) for number in work.text(variable).split(", "))
    if "PMID" in work and "archive_location" not in work:
        yield "AN", work.text("PMID")
        if not {work.text("archive").lower(), work.text("source").lower()} & _MEDLINE:
            yield "DP", "NLM"
    yield "C2", work.text("PMCID")


def _text_lines(work: Work) -> Iterator[tuple[str, str]]:
    yield "AB", work.text("abstract")
    for tag, variable in (("N1", "note"), ("RN", "annote")):
        yield from ((tag, line) for line in work.text(variable).splitlines())
    keyword = work.text("keyword")
    yield from (("KW", word.strip()) for word in keyword.split(";" if ";" in keyword else ","))
