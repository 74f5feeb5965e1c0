"""EndNote's tagged format, the heir of refer: `%A`, `%T`, `%D`. Read only.

https://en.wikipedia.org/wiki/EndNote#Tags_and_fields, https://www.man7.org/linux/man-pages/man1/refer.1.html
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib import dates
from cite2bib.diagnostics import Diagnostic, Span
from cite2bib.formats.tagged import Record, Tags, lines, read_records
from cite2bib.identifiers import bare_doi
from cite2bib.model import Date, Work
from cite2bib.records.endnote import type_of
from cite2bib.records.people import person
from cite2bib.records.preprints import gathered
from cite2bib.records.serials import standard_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cite2bib.formats import ReadResult

FOREIGN = "enw:"

_TEXTS = {
    "T": "title", "V": "volume", "N": "issue", "P": "page", "I": "publisher", "C": "publisher-place", "7": "edition",
    "6": "number-of-volumes", "9": "genre", "!": "title-short", "G": "language", "L": "call-number", "U": "URL",
    "S": "collection-title", "X": "abstract", "&": "section", "Q": "original-title", "F": "citation-key",
    "~": "archive", "M": "archive_location", "W": "source", "*": "reviewed-title",
}  # fmt: skip
_NAMES = {"A": "author", "E": "editor", "Y": "collection-editor", "?": "translator"}
_LINE = re.compile(r"^%(\S)(?:[ \t]+(.*))?$")


def sniff_enw(head: str) -> bool:
    """Two lines of tags, or one and nothing else."""
    lines = [line for line in head.lstrip("\ufeff \r\n").splitlines()[:40] if line.strip()]
    tags = [line for line in lines if re.match(r"%[0-9A-Z@!&?*+~^>\[](?:[ \t]|$)", line)]
    return bool(tags) and lines[0] in tags and (len(tags) > 1 or len(lines) == 1)


def read_enw(data: bytes, path: str) -> ReadResult:
    """Works from records, parted by blank lines or by `%0`."""
    return read_records(data, path, _records, _work)


def _records(text: str, path: str, faults: list[Diagnostic]) -> Iterator[tuple[int, Tags]]:
    tags: Tags = {}
    start, last, is_after_blank = 0, "", False
    for number, line in lines(text):
        found = _LINE.match(line)
        if found is None:
            if line.strip() and last:
                tags[last][-1] = f"{tags[last][-1]}\n{line.strip()}".strip()
            elif line.strip():
                faults.append(Diagnostic("skipped-text", "text outside a record", Span(path, number)))
            is_after_blank = not line.strip()
            continue
        last, value = found[1], (found[2] or "").strip()
        # refer has no %0: a blank line and a title or author start the next record.
        if tags and (last == "0" or (is_after_blank and "0" not in tags)):
            yield start, tags
            tags = {}
        start, is_after_blank = start if tags else number, False
        tags.setdefault(last, []).append(value)
    if tags:
        yield start, tags


def _work(record: Record) -> Work:
    kind = type_of(record.peek("0"))
    if kind:
        record.take("0")
    doi = bare_doi(record.peek("R"))
    if doi:
        record.set("DOI", doi)
        record.take("R")
    for tag, variable in _NAMES.items():
        record.set(
            variable, tuple(person(" ".join(name.split()).rstrip(",")) for name in record.take_all(tag))
        )
    record.texts(_TEXTS)
    record.set("container-title", record.take("J", "B"))
    record.set("container-title-short", record.take("J"))
    _rest(record)
    key = record.text("citation-key")
    record.fields.pop("citation-key", None)
    return gathered(Work(key, kind or _guess(record), record.foreign(FOREIGN)))


def _rest(record: Record) -> None:
    isbns, issns, rest = standard_numbers(record.take_all("@"))
    record.set("ISBN", ", ".join(isbns))
    record.set("ISSN", ", ".join(issns))
    if rest:
        record.tags["@"] = rest
    words = [word.strip() for value in record.take_all("K") for word in re.split(r"[\n;]", value)]
    record.set("keyword", ("; " if any("," in word for word in words) else ", ").join(filter(None, words)))
    record.set("note", "\n".join([*record.take_all("Z"), *record.take_all("O")]))
    if (date := _date(record.peek("D"), record.peek("8"))) is not None:
        record.set("issued", date)
        record.take("D")
        record.take("8")
    if accessed := dates.parse(record.peek("[")):
        record.set("accessed", accessed)
        record.take("[")


def _date(year: str, day: str) -> Date | None:
    exact, rough = dates.parse(day), dates.parse(year)
    if exact and (not rough or exact.start[:1] == rough.start[:1]):
        return exact
    found = re.search(r"(?<!\d)\d{4}(?!\d)", year)
    return rough or (Date((int(found[0]),)) if found else None)


def _guess(record: Record) -> str:
    if record.text("container-title"):
        return "article-journal" if record.text("volume") or record.text("ISSN") else "chapter"
    return "book" if record.text("publisher") else ""
