"""ISI's tagged format, the plain text of Web of Science. Read only.

https://images.webofknowledge.com/images/help/WOS/hs_wos_fieldtags.html
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib import dates
from cite2bib.diagnostics import Diagnostic, Span
from cite2bib.formats.tagged import Record, Tags, lines, read_records
from cite2bib.identifiers import bare_doi
from cite2bib.model import Date, Name, Work
from cite2bib.records.medline import medline_date
from cite2bib.records.people import person
from cite2bib.records.preprints import gathered
from cite2bib.records.serials import standard_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cite2bib.formats import ReadResult

FOREIGN = "isi:"

_KINDS = {"J": "article-journal", "B": "book", "S": "chapter", "P": "patent", "C": "paper-conference"}
_DOCUMENTS = {
    "proceedings paper": "paper-conference", "meeting abstract": "paper-conference", "book chapter": "chapter",
    "book review": "review-book", "data paper": "article-journal", "preprint": "article", "book": "book",
    "dataset": "dataset", "data set": "dataset", "thesis": "thesis", "dissertation/thesis": "thesis",
}  # fmt: skip
_TEXTS = {
    "TI": "title", "SO": "container-title", "JI": "container-title-short", "J9": "container-title-short",
    "SE": "collection-title", "LA": "language", "CT": "event-title", "CL": "event-place", "VL": "volume",
    "IS": "issue", "PN": "part-number", "SU": "supplement-number", "PU": "publisher", "PI": "publisher-place",
    "AB": "abstract", "PM": "PMID", "UT": "archive_location", "AR": "number", "PS": "page", "UR": "URL",
}  # fmt: skip
_OF_LINES = frozenset({"AU", "AF", "BA", "BF", "CA", "BE", "ED", "C1", "CR", "GP", "EM", "RI", "OI", "FU"})
_LINE = re.compile(r"^([A-Z][A-Z0-9])(?: (.*))?$")


def sniff_isi(head: str) -> bool:
    """The file's own header, or a publication type followed by tags."""
    start = head.lstrip("\ufeff \r\n")
    if re.match(r"FN (?:ISI|Clarivate|Thomson)", start):
        return True
    return bool(
        re.match(r"(?:VR [\d.]+\s*\n)?PT [JBSPC]\r?\n", start)
        and re.search(r"^(?:AU|TI|SO) ", start, re.MULTILINE)
    )


def read_isi(data: bytes, path: str) -> ReadResult:
    """Works from records, `PT` to `ER`."""
    return read_records(data, path, _records, _work)


def _records(text: str, path: str, faults: list[Diagnostic]) -> Iterator[tuple[int, Tags]]:
    tags: Tags = {}
    start, last = 0, ""
    for number, line in lines(text):
        found = _LINE.match(line)
        if found is None:
            if line.strip() and last:
                _go_on(tags[last], line.strip(), last)
            elif line.strip():
                faults.append(Diagnostic("skipped-text", "text outside a record", Span(path, number)))
            continue
        tag, value = found[1], (found[2] or "").strip()
        if tag in {"FN", "VR", "EF"}:
            last = ""
            continue
        if tag in {"PT", "ER"} and tags:
            yield start, tags
            tags, last = {}, ""
        if tag != "ER":
            start, last = start if tags else number, tag
            tags.setdefault(tag, []).append(value)
    if tags:
        yield start, tags


def _go_on(values: list[str], line: str, tag: str) -> None:
    if tag in _OF_LINES:
        values.append(line)
    else:
        values[-1] = f"{values[-1]} {line}"


def _work(record: Record) -> Work:
    kind = _DOCUMENTS.get(record.peek("DT").split(";")[0].lower(), "") or _KINDS.get(record.take("PT"), "")
    record.take("PT")
    record.set("author", (*_people(record, "AF", "AU", "BF", "BA"), *_bodies(record)))
    record.set("editor", _people(record, "BE", "ED"))
    if record.text("archive_location") or record.peek("UT"):
        record.set("archive", "Web of Science")
    record.texts(_TEXTS)
    record.set("genre", record.take("DT"))
    record.set("DOI", bare_doi(record.peek("DI")))
    if "DOI" in record.fields:
        record.take("DI")
    isbns, issns, _ = standard_numbers(
        [*record.take_all("SN"), *record.take_all("EI"), *record.take_all("BN")]
    )
    record.set("ISBN", ", ".join(isbns))
    record.set("ISSN", ", ".join(issns))
    record.set(
        "keyword", ", ".join(word.strip() for text in record.take_all("DE") for word in text.split(";"))
    )
    _pages(record)
    if date := _date(record.peek("PY"), record.peek("PD")):
        record.set("issued", date)
        record.take("PY")
        record.take("PD")
    return gathered(Work("", kind, record.foreign(FOREIGN)))


def _people(record: Record, *tags: str) -> tuple[Name, ...]:
    """The first of these tags with names, full ones before those with initials; the others say the same."""
    found: list[str] = []
    for tag in tags:
        values = record.take_all(tag)
        found = found or [name for value in values for name in value.split(";") if name.strip()]
    return tuple(person(" ".join(name.split())) for name in found)


def _bodies(record: Record) -> tuple[Name, ...]:
    return tuple(Name(literal=name) for name in record.take_all("CA", "GP"))


def _pages(record: Record) -> None:
    first, last = record.take("BP"), record.take("EP")
    record.set("page", f"{first}-{last}" if first and last and first != last else first)


def _date(year: str, day: str) -> Date | None:
    """`2006` with `2006 May-Jun`, `MAY 1`, `AUG`, `SPR`."""
    day = " ".join(day.split())
    of_day = medline_date(day if day[:4] == year else f"{year} {day}") if day else None
    rough = dates.parse(year)
    return of_day if of_day and (not rough or of_day.start[:1] == rough.start[:1]) else rough
