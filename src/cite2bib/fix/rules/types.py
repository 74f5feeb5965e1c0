"""Entry types that do not fit their fields, and fields that a type must have."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib.fix.entries import NO_WORKS
from cite2bib.fix.finding import Found, Rule
from cite2bib.formats.bibtex.legal import REQUIRED_BIBTEX
from cite2bib.formats.bibtex.syntax import Edit
from cite2bib.formats.bibtex.tables import CSL_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cite2bib.fix.entries import Entry, File

# Other names for a field that is required: biblatex's, or what children take from their parents.
_ALSO = {
    "journal": ("journal", "journaltitle"), "year": ("year", "date"), "school": ("school", "institution"),
    "institution": ("institution",), "title": ("title",),
}  # fmt: skip
# What biblatex's types need, where BibTeX has no such type (section 2.1.1 of its manual).
_ONLY_BIBLATEX = {
    "report": ("author", "title", "type", "institution", "year"), "thesis": ("author", "title", "type", "institution", "year"),
    "online": ("author|editor", "title", "year", "url|doi|eprint"), "patent": ("author", "title", "number", "year"),
    "collection": ("editor", "title", "year"), "dataset": ("author|editor", "title", "year"), "periodical": ("editor", "title", "year"),
}  # fmt: skip
_NO_YEAR = frozenset({"misc", "manual", "booklet", "unpublished"})


def required(kind: str) -> tuple[str, ...]:
    """What an entry of a type must have, alternatives parted by a bar.

    >>> required("inproceedings"), required("misc")
    (('author', 'title', 'booktitle', 'year'), ())
    """
    if kind in _ONLY_BIBLATEX:
        return _ONLY_BIBLATEX[kind]
    kind = "inproceedings" if kind == "conference" else kind
    if kind not in REQUIRED_BIBTEX or kind == "misc":
        return ()
    first, *rest = REQUIRED_BIBTEX[kind] or ("",)
    names = [first] if first else []
    return (*names, "title", *rest, *(() if kind in _NO_YEAR else ("year",)))


def _missing(kind: str, names: frozenset[str] | set[str]) -> list[str]:
    return [
        said
        for said in required(kind)
        if not any(other in names for name in said.split("|") for other in _ALSO.get(name, (name,)))
    ]


def _required(entry: Entry) -> Iterator[Found]:
    if entry.has("crossref") or entry.has("xdata") or not entry.key:
        return
    names = {item.name for item in entry.items if entry.get(item.name)}
    for said in _missing(entry.type, names):
        yield Found(entry.block.start, f"@{entry.block.type} needs {said.replace('|', ' or ')}")


def _lacks(kind: str, names: tuple[str, ...], _file: File) -> bool:
    return bool(_missing(kind, set(names)))


_CONFERENCE = re.compile(
    r"proceedings|conference|symposium|workshop|congress|colloquium|\bproc\b|meeting|advances in neural|lecture notes"
    r"|\b(?:ICML|NeurIPS|NIPS|ICLR|CVPR|ICCV|ECCV|ACL|EMNLP|NAACL|AAAI|IJCAI|SIGIR|KDD|WWW|CHI|ICRA|IROS|STOC|FOCS|SODA|COLT|ICASSP)\b",
    re.IGNORECASE,
)


def _better_type(entry: Entry) -> str:
    """The type that the fields speak for, "" where they speak for the one it has or for several."""
    has = {
        name
        for name in (
            "journal",
            "booktitle",
            "school",
            "institution",
            "volume",
            "number",
            "pages",
            "publisher",
            "chapter",
            "howpublished",
        )
        if entry.get(name)
    }
    if entry.get("journaltitle"):
        has.add("journal")
    if entry.has("crossref") or entry.has("xdata"):
        return ""
    match entry.type:
        case "article" if "booktitle" in has and "journal" not in has:
            return _in_book(entry, has)
        case "inproceedings" | "conference" | "incollection" if "journal" in has and "booktitle" not in has:
            return "article"
        case "misc" | "unpublished" if (
            "journal" in has and not {"booktitle", "howpublished"} & has and has & {"volume", "pages"}
        ):
            return "article"
        case "misc" if "booktitle" in has and "journal" not in has and "howpublished" not in has:
            return _in_book(entry, has) if _CONFERENCE.search(entry.plain("booktitle")) else ""
        case "incollection" if (
            "booktitle" in has and "publisher" not in has and _CONFERENCE.search(entry.plain("booktitle"))
        ):
            return "inproceedings"
    return ""


def _in_book(entry: Entry, has: set[str]) -> str:
    if _CONFERENCE.search(entry.plain("booktitle")):
        return "inproceedings"
    return "incollection" if "publisher" in has else ""


def _wrong_type(entry: Entry) -> Iterator[Found]:
    new = _better_type(entry)
    if new and (_missing_of(entry, new) or not entry.key):
        new = ""
    new = new or _near(entry)
    if new:
        start = entry.file.text.index(entry.block.type, entry.block.start)
        edit = Edit(start, start + len(entry.block.type), _cased(new, entry.block.type))
        yield Found(entry.block.start, f"@{entry.block.type} with these fields is @{new}", (edit,))


def _missing_of(entry: Entry, kind: str) -> list[str]:
    return _missing(kind, {item.name for item in entry.items if entry.get(item.name)})


def _cased(new: str, old: str) -> str:
    if old.isupper():
        return new.upper()
    if not old[:1].isupper():
        return new
    humped = {"inproceedings": "InProceedings", "incollection": "InCollection"}
    return humped.get(new, new.capitalize())


def _near(entry: Entry) -> str:
    """The type that a misspelt one means."""
    if entry.type in CSL_TYPES or entry.type in NO_WORKS or not entry.items:
        return ""
    import difflib

    near = difflib.get_close_matches(entry.type, REQUIRED_BIBTEX, 1, 0.88)
    return near[0] if near and len(entry.type) > 4 else ""


_FITTING = {
    "article": {"journal", "journaltitle"}, "inproceedings": {"booktitle"}, "conference": {"booktitle"},
    "incollection": {"booktitle"},
}  # fmt: skip


def _may_be_wrong(kind: str, names: tuple[str, ...], _file: File) -> bool:
    if kind not in CSL_TYPES:
        return kind not in NO_WORKS
    found = set(names)
    if kind in {"misc", "unpublished"}:
        return bool(found & {"journal", "journaltitle", "booktitle"})
    if kind == "incollection" and "publisher" not in found:
        return True
    return (
        kind in _FITTING
        and not found & _FITTING[kind]
        and bool(found & {"journal", "journaltitle", "booktitle"})
    )


RULES = (
    Rule(
        "entry-type",
        "The entry's type does not fit its fields.",
        "An `@article` with a `booktitle` and no journal prints without where it appeared. The type is changed where the fields "
        "speak for one other type and it then has all it needs; also a type that is misspelt.",
        "@article{a,\n  title = {On Things},\n  author = {Doe, Jane},\n  booktitle = {Proceedings of the Conference on Things},\n  year = {2020},\n}\n",
        "@inproceedings{a,\n  title = {On Things},\n  author = {Doe, Jane},\n  booktitle = {Proceedings of the Conference on Things},\n  year = {2020},\n}\n",
        entry=_wrong_type,
        shape=_may_be_wrong,
        sees_empty=True,
    ),
    Rule(
        "required-field",
        "The entry lacks a field that its type must have.",
        "Styles warn and print the entry with a gap. What is missing has to be looked up, so nothing is changed; "
        "`cite2bib upgrade` and `cite2bib refs.bib` look up.",
        "@article{a,\n  title = {On Things},\n  author = {Doe, Jane},\n  year = {2020},\n}\n",
        "@article{a,\n  title = {On Things},\n  author = {Doe, Jane},\n  year = {2020},\n}\n",
        entry=_required,
        shape=_lacks,
        sees_empty=True,
    ),
)
