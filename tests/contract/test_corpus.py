"""Every format over the files that the public tools of this field keep as tests."""

from __future__ import annotations

import re
from collections import Counter
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import pytest

from cite2bib.diagnostics import ReadError
from cite2bib.formats import FORMATS, Format, get
from cite2bib.formats.bibtex.fields import interpret
from cite2bib.formats.bibtex.reading import Entry
from cite2bib.formats.bibtex.reading import entries as read_entries
from cite2bib.formats.bibtex.tables import NO_WORKS
from cite2bib.formats.losses import is_implied, name_of, shown
from cite2bib.model import Work

# Folder of the corpus -> the format its files are in, and how a naive eye counts their records.
FOLDERS = {
    "csljson": ("csljson", ""),
    "ris": ("ris", r"^[ \t]{0,3}TY[ \t]{1,2}-"),
    "nbib": ("nbib", r"^PMID-"),
    "endnote_xml": ("endnote-xml", r"<record>"),
    "enw": ("enw", ""),
    "hayagriva_yaml": ("hayagriva", r"^[^\s#][^:\n]*:"),
    "mods_xml": ("mods", r"<(?:\w+:)?mods[\s>]"),
    "pubmed_xml": ("pubmed-xml", r"<(?:PubmedArticle|PubmedBookArticle)>"),
    "other_isi": ("isi", r"^PT "),
    "other_ref": ("enw", r"^%0"),
}
PRESENT = [item for item in FORMATS if find_spec(f"cite2bib.formats.{item.module}")]


def files(shared: Path, folder: str) -> list[Path]:
    found = sorted(path for path in (shared / "bib-corpus" / folder).rglob("*") if path.is_file())
    assert found
    return found


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_is_read_and_counted(shared: Path, folder: str) -> None:
    name, pattern = FOLDERS[folder]
    for file in files(shared, folder):
        data = file.read_bytes()
        result = get(name).read(data, file.name)
        if pattern:
            naive = len(re.findall(pattern, data.decode("utf-8-sig", "replace"), re.MULTILINE))
            if not naive and folder == "ris":  # a file without TY
                naive = len(re.findall(rb"^ER[ \t]{1,2}-", data, re.MULTILINE))
            assert len(result.works) == naive, file


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_is_sniffed_as_its_own_format(shared: Path, folder: str) -> None:
    name, _ = FOLDERS[folder]
    for file in files(shared, folder):
        head = file.read_bytes()[:8192].decode("utf-8-sig", "replace")
        if len(head.strip()) < 8:
            continue  # nothing to tell it by
        assert [item.name for item in PRESENT if item.reads and item.sniff(head)] == [name], file


@pytest.mark.parametrize("format_", [item for item in PRESENT if item.reads], ids=lambda item: item.name)
def test_no_reader_trips_over_another_formats_file(shared: Path, format_: Format) -> None:
    for file in sorted((shared / "bib-corpus").rglob("*")):
        if not file.is_file() or file.stat().st_size > 30_000:
            continue
        with suppress(ReadError):
            assert all(isinstance(work, Work) for work in format_.read(file.read_bytes(), file.name).works)


@pytest.mark.parametrize("kind", ["crossref", "openalex", "datacite"])
def test_saved_answers_are_known_for_what_they_are(shared: Path, kind: str) -> None:
    for file in sorted((shared / "recordings" / kind).glob("*.json")):
        data = file.read_bytes()
        head = data[:8192].decode(errors="replace")
        if b'"agency"' in data[:500]:
            continue  # an answer about a DOI, with no work in it
        assert [item.name for item in PRESENT if item.reads and item.sniff(head)] == [kind], file
        works = get(kind).read(data, file.name).works
        assert works
        assert all(work.fields for work in works)


class TestRis:
    def test_tags_survive(self, shared: Path) -> None:
        """Of the values of all tags, 99.5% are in what is written back, or a loss tells of their record."""
        whole = kept = 0
        for file in files(shared, "ris"):
            text = file.read_bytes().decode("utf-8-sig", "replace")
            written = get("ris").write(get("ris").read(text.encode(), file.name).works)
            before, after = records(text), records(written.text)
            for old, new in zip(before, after, strict=False):
                for tag, value in old:
                    whole += 1
                    kept += is_there(tag, value, new)
        assert whole > 20_000
        assert kept / whole > 0.998


def records(text: str) -> list[list[tuple[str, str]]]:
    """Tags and values of each record, by a naive reading."""
    found: list[list[tuple[str, str]]] = []
    tags: list[tuple[str, str]] = []
    for line in text.replace("\r", "").split("\n"):
        tag = re.match(r"[ \t]{0,3}([A-Z][A-Z0-9])[ \t]{1,3}-[ \t]*(.*)$", line)
        if tag and tag[1] == "ER":
            found.append(tags)
            tags = []
        elif tag and tag[2].strip():
            tags.append((tag[1], tag[2].strip()))
        elif not tag and tags and line.strip():
            tags[-1] = (tags[-1][0], f"{tags[-1][1]} {line.strip()}")
    return found


def is_there(tag: str, value: str, record: list[tuple[str, str]]) -> bool:
    """Whether the words of a value are in a record; a date's as far as they are numbers."""
    if tag in {"PY", "DA", "Y1", "Y2"}:
        years = re.findall(r"\d{4}", value)
        return not years or any(years[0] in other for _, other in record)
    if tag in {"SN", "DO"}:
        # "(Electronic)" and "http://dx.doi.org/" are no part of the number.
        value = re.sub(r"\([A-Za-z]+\)|https?://(?:dx\.)?doi\.org/", "", value)
    there = set(re.findall(r"\w+", " ".join(other for _, other in record).lower()))
    return set(re.findall(r"\w+", value.lower())) <= there


BOTH_WAYS = [item for item in PRESENT if item.reads and item.writes]


@pytest.mark.parametrize("format_", BOTH_WAYS, ids=lambda item: item.name)
def test_each_field_of_bib_files_comes_back_or_is_told_once(shared: Path, format_: Format) -> None:
    """What comes back and the lines of the report are together all there was: none is missing, none too many."""
    whole = back = 0
    for file in bib_files(shared):
        works = get("bibtex").read(file.read_bytes(), file.name).works
        written = format_.write(works)
        again = format_.read(written.text.encode(errors="replace"), file.name).works
        assert len(again) == len(works), file
        missing = Counter(
            f"{name_of(before)}: {shown(before, variable)}"
            for before, after in zip(works, again, strict=True)
            for variable in before.fields
            if not comes_back(before, after, variable)
        )
        told = Counter(
            max(
                (start for start in missing if loss.message.startswith(f"{start} ")),
                key=len,
                default=loss.message,
            )
            for loss in written.losses
            if not re.search(r": (?:type|id) ", loss.message)
        )
        assert told == missing, file
        whole += sum(len(work.fields) for work in works)
        back += sum(len(work.fields) for work in works) - missing.total()
    assert whole > 10_000
    assert back / whole > AT_LEAST.get(format_.name, 0.995)


# What of the fields of these files, most of them private to one program, has a place in a format.
AT_LEAST = {
    "bibtex": 0.98, "biblatex": 0.99, "ris": 0.8, "mods": 0.8, "hayagriva": 0.79, "endnote-xml": 0.79, "cff": 0.78,
    "nbib": 0.73,
}  # fmt: skip


def bib_files(shared: Path) -> list[Path]:
    return sorted((shared / "bib-corpus" / "bib").rglob("*.bib"))


def comes_back(before: Work, after: Work, variable: str) -> bool:
    if variable == "bibtex:entrytype" and variable not in after:
        return is_implied(before, after)
    return variable in after and after.fields[variable].value == before.fields[variable].value


@pytest.mark.parametrize("name", ["csljson", "ris"])
def test_bib_files_come_back_through_others(shared: Path, name: str) -> None:
    """bib -> NAME -> bib: each field of each entry says the same, or one of the two reports names it."""
    format_, bib = get(name), get("bibtex")
    whole = same = 0
    for file in bib_files(shared):
        works = bib.read(file.read_bytes(), file.name).works
        there = format_.write(works)
        middle = format_.read(there.text.encode(errors="replace"), file.name).works
        back = bib.write(middle)
        again = bib.read(back.text.encode(), file.name).works
        told = [loss.message for loss in (*there.losses, *back.losses)]
        entries = [entry for entry in read_entries(file.read_bytes()) if entry.type not in NO_WORKS]
        for entry, work, halfway, after in zip(entries, works, middle, again, strict=True):
            if {"crossref", "xdata"} & entry.fields.keys():
                continue  # what they take over is told when they are read
            for field, variables in said_by_field(entry, work).items():
                whole += 1
                assert variables, (file, entry.key, field)
                missing = [variable for variable in variables if not comes_back(work, after, variable)]
                same += not missing
                for variable in missing:
                    starts = tuple(f"{name_of(one)}: {shown(work, variable)} " for one in (work, halfway))
                    assert any(message.startswith(starts) for message in told), (file, starts)
    assert whole > 10_000
    assert same / whole > (0.98 if name == "csljson" else 0.78)


def said_by_field(entry: Entry, work: Work) -> dict[str, set[str]]:
    """For each field of an entry the variables that it became."""
    readings = interpret(entry.type, entry.fields).readings
    return {
        name: {variable for variable, reading in readings.items() if name in reading.names}
        | {f"bibtex:{name}", f"bibtex:raw-{name}"} & work.fields.keys()
        for name, value in entry.fields.items()
        if value.strip()
    }
