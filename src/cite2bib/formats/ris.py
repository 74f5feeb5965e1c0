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
from cite2bib.formats.losses import by_reading_back
from cite2bib.formats.text import decode
from cite2bib.identifiers import normal_doi
from cite2bib.model import Date, Field, Origin, Value, Work
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
_NAMES = {"AU": "author", "ED": "editor", "A3": "collection-editor", "A4": "translator"}
_OLDER = {"T1": "TI", "CT": "TI", "A1": "AU", "A2": "ED", "N2": "AB", "PP": "CY"}
_JOURNALS = ("T2", "JF", "BT", "JO", "JA", "J2", "J1")  # in the order of trust for a full name
_SHORT = ("J2", "JA", "JO", "J1")
_LONG = frozenset({"AB", "N1", "RN", "N2"})  # texts that keep their lines
_MEDLINE = frozenset({"nlm", "pubmed", "medline"})

_TAG = re.compile(r"[ \t]{0,3}([A-Z][A-Z0-9])[ \t]{0,3}-(?:[ \t]+(.*))?$")
_LINE = re.compile(r"^[ \t]{0,3}(?:TY|T1|TI|AU|A1|JF|JO|ID|PY|ER|Y1)[ \t]{1,2}-(?:[ \t]|$)", re.MULTILINE)
_OF_MEDLINE = re.compile(r"^(?:PMID|OWN |STAT|DCOM|EDAT|MHDA)- ", re.MULTILINE)

_Tags = dict[str, list[str]]


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
        works.append(_Reader(tags, Origin(path, str(line))).work())
    return ReadResult(tuple(works), tuple(faults))


def _records(text: str, path: str, faults: list[Diagnostic]) -> Iterator[tuple[int, _Tags]]:
    """Each record's first line and tags; a line without a tag goes on with the tag before it."""
    tags: _Tags = {}
    start, last = 0, ""
    parted_by_blanks = not re.search(r"^[ \t]*(?:ER|TY)[ \t]{1,2}-", text, re.MULTILINE)
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        if line[2:6] == "  - " and line[:2].isupper():
            tag, value = line[:2], line[6:].strip()
        elif found := _TAG.match(line):
            tag, value = found[1], (found[2] or "").strip()
        else:
            _go_on(line.strip(), tags, last, Span(path, number), faults)
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


def _go_on(line: str, tags: _Tags, last: str, span: Span, faults: list[Diagnostic]) -> None:
    if not line or line == "\ufeff":
        return
    if last:
        joint = "\n" if last in _LONG or last not in _KNOWN or last == "KW" else " "
        tags[last][-1] = f"{tags[last][-1]}{joint}{line}".strip()
    elif not re.fullmatch(r"\ufeff?\d+\.?", line):  # some number their records
        faults.append(Diagnostic("skipped-text", "text outside a record", span))


_KNOWN = frozenset(
    {"TY", "ID", "TI", "AB", "N1", "RN", "KW", "T3", "PY", "DA", "Y1", "Y2", "SP", "EP", "SN", "DO", "UR", "M1", "C2",
     "C7", "CP", *_TEXTS, *_NAMES, *_OLDER, *_JOURNALS}
)  # fmt: skip


class _Reader:
    """One record on its way to a work: what is taken leaves `tags`, what stays becomes foreign."""

    def __init__(self, tags: _Tags, origin: Origin) -> None:
        self.tags = {
            tag: kept for tag, values in tags.items() if (kept := [value for value in values if value])
        }
        self.origin = origin
        self.fields: dict[str, Field] = {}
        self.code = "".join(self.tags.pop("TY", [])[:1]).upper()
        self.type = _TYPE_OF.get(self.code, "")

    def work(self) -> Work:
        for older, tag in _OLDER.items():
            self._rename(older, tag)
        self._titles()
        self._numbers()
        for tag, variable in _NAMES.items():
            if tag in self.tags:
                self._set(variable, tuple(map(person, self.tags.pop(tag))))
        for tag, variable in _TEXTS.items():
            if tag in self.tags:
                self._set(variable, self._take(tag))
        self._texts()
        self._dates()
        self._pages()
        key = self._take("ID")
        return gathered(Work(key, self._final_type(), {**self.fields, **self._foreign()}))

    def _set(self, variable: str, value: Value) -> None:
        if value:
            self.fields[variable] = Field(value, self.origin)

    def _take(self, tag: str) -> str:
        """The first value of a tag; others stay behind, but for its repetitions."""
        values = self.tags.pop(tag, [])
        if not values:
            return ""
        if rest := [value for value in values[1:] if value != values[0]]:
            self.tags[tag] = rest
        return values[0]

    def _rename(self, older: str, tag: str) -> None:
        if older in self.tags and tag not in self.tags:
            self.tags[tag] = self.tags.pop(older)
        elif older in self.tags and self.tags[older] == self.tags[tag]:
            del self.tags[older]

    def _titles(self) -> None:
        if self.type == "book" and "TI" not in self.tags:
            self._rename("BT", "TI")
        self._set("title", self._take("TI"))
        if self.type == "book" and "T3" not in self.tags and "T2" in self.tags:
            self._set("collection-title", self._take("T2"))  # a book's second title is its series
        if "T3" in self.tags:
            self._set("collection-title", self._take("T3"))
        self._journal()
        if self.tags.get("ST") == [self._text("title")]:
            del self.tags["ST"]  # EndNote repeats the title where there is no short one

    def _journal(self) -> None:
        given = [tag for tag in _JOURNALS if tag in self.tags]
        if not given:
            return
        full = self._take(given[0])
        self._set("container-title", full)
        for tag in (tag for tag in given if tag in self.tags):
            if self.tags[tag] == [full]:
                del self.tags[tag]
            elif tag in _SHORT and "container-title-short" not in self.fields:
                self._set("container-title-short", self._take(tag))
            elif self.tags[tag] == [self._text("container-title-short")]:
                del self.tags[tag]

    def _text(self, variable: str) -> str:
        field = self.fields.get(variable)
        return field.value if field and isinstance(field.value, str) else ""

    def _numbers(self) -> None:
        self._identifiers()
        self._catalogue()
        number = "C7" if "C7" in self.tags and self.type == "article-journal" else "M1"
        # Some put addresses and sentences there.
        if number in self.tags and len(self.tags[number][0]) <= 40:
            self._set("number", self._take(number))
        if "CP" in self.tags:
            if self.type == "paper-conference":
                self._set("event-title", self._take("CP"))
            elif "IS" not in self.tags:
                self._rename("CP", "IS")

    def _identifiers(self) -> None:
        doi = normal_doi(self.tags.get("DO", [""])[0])
        if doi:
            self._set("DOI", doi)
            self._drop_repetitions("DO", doi)
            for tag in ("N1", "M3", "L3"):
                self._drop_repetitions(tag, doi)
        if "UR" in self.tags:
            self._set("URL", self._take("UR"))
        isbns, issns, rest = standard_numbers(self.tags.pop("SN", []))
        self._set("ISBN", ", ".join(isbns))
        self._set("ISSN", ", ".join(issns))
        if rest:
            self.tags["SN"] = rest

    def _drop_repetitions(self, tag: str, doi: str) -> None:
        kept = [value for value in self.tags.get(tag, []) if not _is_doi(value, doi)]
        if kept:
            self.tags[tag] = kept
        else:
            self.tags.pop(tag, None)

    def _catalogue(self) -> None:
        """PubMed's numbers as EndNote exports them: the accession number is the PMID, C2 the PMCID."""
        provider = {*map(str.lower, self.tags.get("DP", []) + self.tags.get("DB", []))}
        if provider & _MEDLINE and re.fullmatch(r"\d{1,9}", self.tags.get("AN", [""])[0]):
            self._set("PMID", self._take("AN"))
            if self.tags.get("DP") == ["NLM"]:
                del self.tags["DP"]
        if re.fullmatch(r"PMC\d+", self.tags.get("C2", [""])[0]):
            self._set("PMCID", self._take("C2"))

    def _texts(self) -> None:
        self._set("abstract", self._take("AB"))
        for tag, variable in (("N1", "note"), ("RN", "annote")):
            self._set(variable, "\n".join(self.tags.pop(tag, [])))
        words = [word.strip() for value in self.tags.pop("KW", []) for word in value.split("\n")]
        joint = "; " if any("," in word for word in words) else ", "
        self._set("keyword", joint.join(filter(None, words)))

    def _dates(self) -> None:
        year, day, old = (self.tags.get(tag, [""])[0] for tag in ("PY", "DA", "Y1"))
        date = _date(year, day) or _date(old, "")
        if old and date and _date(old, "") and len(_parsed(old).start) > len(date.start) and not day:
            date = _date(old, "") or date
        if date:
            self._set("issued", date)
            for tag, text in (("PY", year), ("DA", day), ("Y1", old)):
                if text and (_parsed(text) == date or _is_part(text, date)):
                    self._take(tag)
        accessed = self.tags.get("Y2", [""])[0]
        if found := _date(accessed, ""):
            self._set("accessed", found)
            self._take("Y2")

    def _pages(self) -> None:
        first, last = self.tags.get("SP", [""])[0], self.tags.get("EP", [""])[0]
        if not first:
            return
        if self.type == "book" and not last and re.fullmatch(r"[\divxlc]+(?: ?p(?:ages|\.)?)?", first):
            self._set("number-of-pages", first)
        else:
            first = re.sub(r"(?<=\w)\s*[-–]+\s*(?=\w)", "-", first)
            first = re.sub(r"^(\w+)-\1$", r"\1", first)
            self._set("page", first if not last or last == first or "-" in first else f"{first}-{last}")
            if "-" not in first or first.endswith(f"-{last}"):
                self._take("EP")
        self._take("SP")

    def _final_type(self) -> str:
        if self.code == "UNPB" and self._text("genre").lower() == "preprint":
            del self.fields["genre"]
            return "article"
        if self.code and _CODE_OF.get(self.type) != self.code:
            self.tags["TY"] = [self.code]
        return self.type

    def _foreign(self) -> dict[str, Field]:
        return {
            f"{FOREIGN}{tag}": Field("\n".join(values), self.origin)
            for tag, values in self.tags.items()
            if values
        }


def _is_doi(text: str, doi: str) -> bool:
    bare = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:?)\s*", "", text.strip(), flags=re.IGNORECASE)
    return bare.lower() == doi


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
        number = int(month) if month.isdigit() else dates.month_number(month)
        parts = (int(year), number, int(day)) if day.isdigit() else (int(year), number)
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
    return Written(text, by_reading_back(chosen, read_ris(text.encode(errors="replace"), "").works, "RIS"))


def _record(work: Work) -> str:
    lines = [("TY", _code(work)), ("ID", work.id), *_lines(work)]
    return "".join(_written(tag, value) for tag, value in lines if value) + "ER  - \n\n"


def _written(tag: str, value: str) -> str:
    first, *rest = value.split("\n")
    # What goes on must not look like a tag of its own.
    return f"{tag}  - {first}\n" + "".join(
        f"{'    ' if _TAG.match(line) else ''}{line.strip()}\n" for line in rest if line.strip()
    )


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
        yield tag, work.text(variable)
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
    yield ("C7" if work.type == "article-journal" else "M1"), work.text("number")


def _page_lines(work: Work) -> Iterator[tuple[str, str]]:
    page = work.text("page")
    if found := re.fullmatch(r"(\w+)-(\w+)", page):
        yield "SP", found[1]
        yield "EP", found[2]
    elif page:
        yield "SP", page
        if work.type == "book":
            yield "EP", page  # a lone SP is the number of a book's pages
    elif work.type == "book":
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
