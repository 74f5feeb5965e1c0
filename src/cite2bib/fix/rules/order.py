"""What is done when it is asked for: keys from a template, entries nobody cites, sorting."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib.fix.entries import NO_WORKS
from cite2bib.fix.finding import Found, Rule
from cite2bib.fix.references import in_file, referring
from cite2bib.fix.rules.duplicates import works_of
from cite2bib.formats.bibtex.syntax import Edit, Kind
from cite2bib.light import replace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cite2bib.fix.entries import Entry, File

SORTS = ("key", "author", "year", "type")


def _keys(file: File) -> Iterator[Found]:
    template = file.wants.template
    listed = [
        entry for entry in file.entries if entry.type not in NO_WORKS and entry.key and not entry.block.faults
    ]
    works = works_of(file, listed) if template else []
    if len(works) != len(listed):
        return
    from cite2bib.resolve import keys

    own = {entry.key.lower() for entry in listed}
    others = {entry.key for entry in file.entries} | {key for _, key, _, _ in referring(file)}
    others = {key for key in others if key.lower() not in own}  # nothing must become a parent by its new name
    keyed = keys.assign([replace(work, id="") for work in works], template, others)
    firsts: dict[str, Entry] = {}
    for entry, work in zip(listed, keyed, strict=True):
        if work.id != entry.key:
            start = entry.key_start
            is_first = firsts.setdefault(entry.key, entry) is entry
            pairs = ((entry.key, work.id),) if is_first else ()
            edits = (Edit(start, start + len(entry.key), work.id), *in_file(file, dict(pairs)))
            yield Found(entry.block.start, f"by the template the key is {work.id}", edits, pairs)
        else:
            firsts.setdefault(entry.key, entry)


def _unused(file: File) -> Iterator[Found]:
    cited = file.wants.cited
    if cited is None or file.wants.cites_all:
        return
    used = _with_parents(file, {key.lower() for key in cited})
    for entry in file.entries:
        names = {entry.key.lower(), *(key.strip().lower() for key in entry.plain("ids").split(","))}
        if entry.key and used.isdisjoint(names - {""}) and entry.type not in {"ieeetranbstctl", "control"}:
            edits = (entry.away(),) if file.wants.removes_unused else ()
            yield Found(entry.block.start, "no document cites this", edits)


def _with_parents(file: File, used: set[str]) -> set[str]:
    """Keys and those that their entries name, and theirs in turn."""
    named: dict[str, set[str]] = {}
    for entry, key, _, _ in referring(file):
        for own in (entry.key, *entry.plain("ids").split(",")):
            named.setdefault(own.strip().lower(), set()).add(key.lower())
    waiting = list(used)
    while waiting:
        for key in named.get(waiting.pop(), ()):
            if key not in used:
                used.add(key)
                waiting.append(key)
    return used


def _sorted(file: File) -> Iterator[Found]:
    """Entries change places with the comments right above them; what stands between stays where it is."""
    if not file.wants.sort or not file.entries:
        return
    if broken := next((block for block in file.bib.blocks if block.faults), None):
        yield Found(broken.faults[0].offset, "nothing is sorted while the file is broken here")
        return
    spans = {id(entry): (_unit_start(file, entry), entry.block.end) for entry in file.entries}
    order = _order(file)
    edits = []
    for group in _segments(file):
        for slot, entry in zip(group, sorted(group, key=lambda item: order[id(item)]), strict=True):
            if slot is not entry:
                start, end = spans[id(entry)]
                edits.append(Edit(*spans[id(slot)], file.text[start:end]))
    if edits:
        yield Found(
            file.entries[0].block.start, f"the entries are not sorted by {file.wants.sort}", tuple(edits)
        )


def _segments(file: File) -> Iterator[list[Entry]]:
    """Entries between which no macro is defined: over that none may go."""
    breaks = [block.start for block in file.bib.blocks if block.kind in {Kind.STRING, Kind.BROKEN}]
    group: list[Entry] = []
    for entry in file.entries:
        if breaks and entry.block.start > breaks[0]:
            while breaks and entry.block.start > breaks[0]:
                breaks.pop(0)
            yield group
            group = []
        group.append(entry)
    yield group


# A line that says how the file is encoded belongs to the file, and stays at its head.
_LAST_LINES = re.compile(
    r"(?:(?<=\n)|(?<=\r)|\A)(?:[ \t]*%(?![^\r\n]*coding:)[^\r\n]*(?:\r\n|\n|\r))+[ \t]*\Z", re.IGNORECASE
)


def _unit_start(file: File, entry: Entry) -> int:
    start = entry.block.start
    window = file.text[max(0, start - 4000) : start]
    found = _LAST_LINES.search(window)
    return start - len(window) + found.start() if found else start


def _order(file: File) -> dict[int, tuple[object, ...]]:
    """What each entry is sorted by; those that others take fields over from go last, as BibTeX wants."""
    parents = {key.lower() for entry, key, _, _ in referring(file) if entry.get("crossref")}
    marks: dict[int, tuple[object, ...]] = {}
    for place, entry in enumerate(file.entries):
        marks[id(entry)] = entry.key.lower() in parents, *_mark(entry, file.wants.sort), place
    return marks


def _mark(entry: Entry, sort: str) -> Sequence[object]:
    if sort == "type":
        return (entry.type,)
    if sort == "key":
        return (entry.key.lower(),)
    years = re.findall(r"\d{4}", entry.plain("year") or entry.plain("date"))
    year = years[0] if years else "9999"
    return (year, _family(entry)) if sort == "year" else (_family(entry), year)


def _family(entry: Entry) -> str:
    from cite2bib.formats.bibtex.people import parse_list
    from cite2bib.names import family_key

    names = parse_list(entry.plain("author") or entry.plain("editor"))
    return " ".join(map(family_key, names)) or "\uffff"


RULES = (
    Rule(
        "unused-entry",
        "No document of `--in` cites the entry.",
        "Documents are .tex with what they `\\input`, .aux, .md, .qmd, .Rmd and .typ; `\\nocite{*}` cites all, and what a cited entry "
        "names in `crossref` or `xdata` is used too. With `--remove-unused` the entry is taken out.",
        "@misc{a,\n  title = {On Things},\n}\n\n@misc{b,\n  title = {Of Other Matters},\n}\n",
        "@misc{a,\n  title = {On Things},\n}\n",
        file=_unused,
        is_default=False,
        option="--in",
    ),
    Rule(
        "citation-key",
        "A key is not what the template makes of its work.",
        "`--keys '{author}{year}{title}'` names all entries alike; the new keys are carried into `crossref` and the like, and into "
        "the documents of `--in`: LaTeX, Pandoc's Markdown and Typst, comments and verbatim text left alone.",
        "@misc{a,\n  title = {On Things},\n  author = {Doe, Jane},\n  year = {2020},\n}\n",
        "@misc{doe2020things,\n  title = {On Things},\n  author = {Doe, Jane},\n  year = {2020},\n}\n",
        file=_keys,
        is_default=False,
        option="--keys",
    ),
    Rule(
        "sort",
        "The entries are not in the order asked for.",
        "`--sort key`, `author`, `year` or `type`. An entry takes the comment lines right above it along; entries that others name in "
        "`crossref` go last, as BibTeX wants it, and none goes over an `@string`.",
        "@misc{b,\n  title = {On Things},\n}\n\n% mine\n@misc{a,\n  title = {Of Other Matters},\n}\n",
        "% mine\n@misc{a,\n  title = {Of Other Matters},\n}\n\n@misc{b,\n  title = {On Things},\n}\n",
        file=_sorted,
        is_default=False,
        option="--sort",
    ),
)
