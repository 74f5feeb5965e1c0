"""NBIB, the tagged format of PubMed and MEDLINE.

https://pubmed.ncbi.nlm.nih.gov/help/#pubmed-format
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib import dates
from cite2bib.diagnostics import Diagnostic, Span
from cite2bib.formats import ReadResult, WriteOptions, Written
from cite2bib.formats.losses import written
from cite2bib.formats.tagged import Record, Tags
from cite2bib.formats.text import decode
from cite2bib.identifiers import bare_doi
from cite2bib.model import Date, Name, Origin, Work
from cite2bib.records.medline import medline_date, medline_name
from cite2bib.records.people import family_first, person
from cite2bib.records.preprints import gathered, spread
from cite2bib.records.serials import standard_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FOREIGN = "nbib:"

# Publication types that say what a work is; the others stay as they are.
_TYPES = {
    "journal article": "article-journal", "preprint": "article", "book": "book", "book chapter": "chapter",
    "academic dissertation": "thesis", "technical report": "report", "dataset": "dataset", "congress": "paper-conference",
    "newspaper article": "article-newspaper", "webcast": "broadcast", "legislation": "legislation",
    "legal case": "legal_case", "interview": "interview", "patent": "patent", "periodical": "periodical",
    "software": "software", "web page": "webpage",
}  # fmt: skip
_KIND_OF = {kind: name.title() for name, kind in _TYPES.items()}
_TEXTS = {
    "VI": "volume", "IP": "issue", "PG": "page", "TA": "container-title-short", "LA": "language",
    "PL": "publisher-place", "PB": "publisher", "CTI": "collection-title", "TT": "original-title", "EN": "edition",
    "PMID": "PMID", "PMC": "PMCID",
}  # fmt: skip
_WRITTEN_LATER = frozenset({"PMID", "PMC"})

_LINE = re.compile(r"^([A-Z]{2,4}) {0,2}-[ \t]*(.*)$")
_OWN = re.compile(r"^(?:PMID ?- ?\d*|OWN - |STAT- |DCOM- |EDAT- |MHDA- |FAU - )", re.MULTILINE)


def sniff_nbib(head: str) -> bool:
    """Tags of four places that no other format has."""
    return bool(_OWN.search(head)) and not re.search(r"^TY  - ", head, re.MULTILINE)


def read_nbib(data: bytes, path: str) -> ReadResult:
    """Works from records, each of which starts with its PMID or after a blank line."""
    text, diagnostics = decode(data, path)
    faults = list(diagnostics)
    works = [
        _work(Record(tags, Origin(path, str(line))), order)
        for line, tags, order in _records(text, path, faults)
    ]
    return ReadResult(tuple(works), tuple(faults))


def _records(
    text: str, path: str, faults: list[Diagnostic]
) -> Iterator[tuple[int, Tags, list[tuple[str, str]]]]:
    """Each record's first line, its tags, and the names in their order, which tags alone would lose."""
    tags: Tags = {}
    order: list[tuple[str, str]] = []
    start, last = 0, ""
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        found = _LINE.match(line)
        if found is None:
            bare = line.strip().lstrip("\ufeff")
            if bare and last and line[:1].isspace():
                tags[last][-1] = f"{tags[last][-1]} {bare}".strip()
            elif bare:
                faults.append(
                    Diagnostic("skipped-text", "neither a tag nor the rest of one", Span(path, number))
                )
            elif tags:
                yield start, tags, order
                tags, order, last = {}, [], ""
            continue
        last, value = found[1], found[2].strip()
        if last == "PMID" and tags:
            yield start, tags, order
            tags, order = {}, []
        start = start if tags else number
        tags.setdefault(last, []).append(value)
        if last in {"FAU", "AU", "CN", "FED", "ED"}:
            order.append((last, value))
    if tags:
        yield start, tags, order


def _work(record: Record, order: list[tuple[str, str]]) -> Work:
    kind = _kind(record)
    record.set("title", _without_stop(record.take("TI", "BTI")))
    record.set("container-title", record.take("JT", "BTI"))
    record.texts(_TEXTS)
    if not record.text("container-title"):
        record.set("container-title", record.text("container-title-short"))
    _names(record, order)
    if date := medline_date(record.peek("DP")):
        record.set("issued", date)
        record.take("DP")
    _identifiers(record)
    record.set("abstract", record.take("AB"))
    words = record.take_all("OT")
    record.set("keyword", ("; " if any("," in word for word in words) else ", ").join(words))
    record.set("note", "\n".join(record.take_all("GN")))
    return gathered(Work("", kind, record.foreign(FOREIGN)))


def _without_stop(title: str) -> str:
    """PubMed ends each title with a full stop."""
    return title[:-1] if title.endswith(".") and not title.endswith("..") else title


def _kind(record: Record) -> str:
    said = record.tags.get("PT", [])
    taken = next((name for name in said if name.lower() in _TYPES), "")
    rest = [name for name in said if name != taken]
    record.tags.pop("PT", None)
    if rest:
        record.tags["PT"] = rest
    if taken:
        return _TYPES[taken.lower()]
    if "BTI" in record.tags:
        return "chapter" if "TI" in record.tags else "book"
    return "article-journal" if record.tags.keys() & {"JT", "TA"} else ""


def _names(record: Record, order: list[tuple[str, str]]) -> None:
    """Full names where there are any, else those with initials; bodies in their place among them."""
    for full, short, variable in (("FAU", "AU", "author"), ("FED", "ED", "editor")):
        tag = full if full in record.tags else short
        bodies = {"CN"} if variable == "author" else set()
        found = [_name(kind, value) for kind, value in order if kind in {tag, *bodies} and value]
        record.set(variable, tuple(found))
        for used in (full, short, *bodies):
            record.take_all(used)


def _name(tag: str, value: str) -> Name:
    if tag == "CN":
        return Name(literal=value)
    return person(value) if tag in {"FAU", "FED"} and "," in value else medline_name(value)


def _identifiers(record: Record) -> None:
    for tag in ("LID", "AID", "SO"):
        for value in record.tags.get(tag, []):
            marked = value.removesuffix("[doi]").removeprefix("doi:").strip()
            if (value.endswith("[doi]") or value.startswith("doi:")) and bare_doi(marked):
                record.set("DOI", bare_doi(marked))
                record.tags[tag] = [other for other in record.tags[tag] if other != value]
    record.tags = {tag: values for tag, values in record.tags.items() if values}
    isbns, issns, rest = standard_numbers(record.take_all("IS") + record.take_all("ISBN"))
    record.set("ISBN", ", ".join(isbns))
    record.set("ISSN", ", ".join(issns))
    if rest:
        record.tags["IS"] = rest


def write_nbib(works: Sequence[Work], options: WriteOptions) -> Written:
    """Records that start with their PMID, be it empty."""
    chosen = [work if options.abstracts else work.without("abstract") for work in works]
    text = "\n".join(_record(spread(work)) for work in chosen)
    return written(text, chosen, read_nbib, "NBIB", options)


def _record(work: Work) -> str:
    lines = [("PMID", work.text("PMID")), *((tag, value) for tag, value in _lines(work) if value)]
    return "".join(f"{tag:<4}- {' '.join(value.split())}".rstrip() + "\n" for tag, value in lines)


def _lines(work: Work) -> Iterator[tuple[str, str]]:
    yield "TI", work.text("title")
    yield ("BTI" if work.type == "chapter" else "JT"), work.text("container-title")
    for tag, variable in _TEXTS.items():
        if tag not in _WRITTEN_LATER:
            yield tag, work.text(variable)
    for full, variable in (("FAU", "author"), ("FED", "editor")):
        for name in work.names(variable):
            yield ("CN" if name.literal and full == "FAU" else full), family_first(name)
    if (issued := work.date()) and issued.start:
        yield "DP", _written_date(issued)
    yield "PT", _KIND_OF.get(work.type, "")
    if doi := work.text("DOI"):
        yield "LID", f"{doi} [doi]"
    # Readers want to be told which of a journal's numbers it is.
    yield from (("IS", f"{number} (Linking)") for number in work.text("ISSN").split(", ") if number)
    yield from (("ISBN", number) for number in work.text("ISBN").split(", "))
    yield "AB", work.text("abstract")
    keyword = work.text("keyword")
    yield from (("OT", word.strip()) for word in keyword.split(";" if ";" in keyword else ","))
    yield from (("GN", line) for line in work.text("note").split("\n"))
    for variable in work.fields:
        if variable.startswith(FOREIGN):
            yield from ((variable.removeprefix(FOREIGN), line) for line in work.text(variable).split("\n"))
    yield "PMC", work.text("PMCID")


def _written_date(date: Date) -> str:
    """`2018 Apr 3`, `2020 Jan-Feb`, `2009 Winter`."""
    if date.season:
        season = next(word for word, number in dates.SEASONS.items() if number == date.season)
        return f"{date.start[0]:04d} {season.capitalize()}"
    if date.end and date.end != date.start:
        return f"{_one_date(date.start)}-{_one_date(date.end)}"
    return _one_date(date.start)


def _one_date(parts: tuple[int, ...]) -> str:
    month = dates.MONTHS[parts[1] - 1][:3].capitalize() if len(parts) > 1 else ""
    return " ".join(filter(None, [f"{parts[0]:04d}", month, str(parts[2]) if len(parts) > 2 else ""]))
