"""What a venue or the user wants: journals in short or in full, which fields stay, how names are written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib.fix import journals
from cite2bib.fix.finding import Found, Rule
from cite2bib.fix.rules.people import NAMES
from cite2bib.fix.tex import depth_at_ends
from cite2bib.formats.bibtex.people import split_list
from cite2bib.formats.bibtex.syntax import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cite2bib.fix.entries import Entry, File, Item

_JOURNALS = frozenset({"journal", "journaltitle"})
_AMPERSAND = re.compile(r"\\&")
_PLAIN = re.compile(r"[^\\{}$%#]*")
_CROSSREF = re.compile(r"crossref\s*=", re.IGNORECASE)
# Without them no reader knows the entry, whatever a venue says.
_NEVER_DROPPED = frozenset({"crossref", "xdata", "ids", "related", "entryset", "xref", "entrysubtype"})


def _abbreviated(entry: Entry, item: Item) -> Iterator[Found]:
    text = item.text
    plain = _AMPERSAND.sub("&", text or "")
    if text is None or not _PLAIN.fullmatch(plain) or plain.count("&") != text.count("&"):
        return
    new = journals.abbreviated(plain).replace("&", r"\&")
    if new != text and new != " ".join(text.split()):
        yield Found(
            item.value_start, f"by ISO 4 this is {new}", (Edit(item.value_start + 1, item.end - 1, new),)
        )
    del entry


def _in_full(entry: Entry, item: Item) -> Iterator[Found]:
    text = item.text
    if text is None or not _PLAIN.fullmatch(text):
        return
    new = journals.in_full(text, _others(entry.file)).replace("&", r"\&")
    if new != text:
        yield Found(
            item.value_start, f"in full this is {new}", (Edit(item.value_start + 1, item.end - 1, new),)
        )


def _others(file: File) -> tuple[str, ...]:
    """The titles of journals that the file holds."""
    if "journals" not in file.kept:
        found = {
            raw[1:-1]
            for entry in file.entries
            for name, raw in entry.values
            if name.lower() in _JOURNALS and raw[:1] in '{"' and _PLAIN.fullmatch(raw[1:-1])
        }
        file.kept["journals"] = tuple(sorted(found))
    titles: tuple[str, ...] = file.kept["journals"]
    return titles


def _dropped(entry: Entry) -> Iterator[Found]:
    profile = entry.file.wants.profile
    if entry.block.faults or _is_parent(entry):
        return
    for item in entry.items:
        if item.name not in _NEVER_DROPPED and profile.drops(entry.type, item.name):
            yield Found(item.start, f"the profile leaves {item.name} out", (entry.without(item),))


def _is_parent(entry: Entry) -> bool:
    """Whether others take fields over from this entry."""
    from cite2bib.fix.references import referring

    kept = entry.file.kept
    if "parents" not in kept:
        kept["parents"] = {key.lower() for _, key, _, _ in referring(entry.file)}
    return entry.key.lower() in kept["parents"]


def _as_profile(entry: Entry, item: Item) -> Iterator[Found]:
    profile = entry.file.wants.profile
    if item.name in _JOURNALS:
        if profile.journals == "abbreviated":
            yield from _abbreviated(entry, item)
        elif profile.journals == "full":
            yield from _in_full(entry, item)
    elif profile.booktitles == "abbreviated":
        yield from _abbreviated(entry, item)


def _names(entry: Entry, item: Item) -> Iterator[Found]:
    profile = entry.file.wants.profile
    text = item.text
    if text is None or not (profile.most or profile.given == "initials"):
        return
    names = split_list(text)
    new = [_initials(name) for name in names] if profile.given == "initials" else list(names)
    if profile.most and len(names) > profile.most and names[profile.shown :] != ["others"]:
        new = [*new[: profile.shown], "others"]
    if new != names:
        edit = Edit(item.value_start + 1, item.end - 1, " and ".join(new))
        yield Found(item.value_start, f"the profile writes {item.name} as {' and '.join(new)[:60]}", (edit,))


_TOKEN = re.compile(r"\{\\[^{}]*(?:\{[^{}]*\}[^{}]*)*\}|\\[^A-Za-z]\{?\\?[A-Za-z]\}?|.", re.DOTALL)


def _initials(name: str) -> str:
    r"""A name with initials for given names; one without a comma, in braces or in biblatex's own form stays.

    >>> _initials("Doe, Jean-Paul Q."), _initials(r"Doe, {\'E}mile"), _initials("Jane Doe"), _initials("{World Bank}")
    ('Doe, J.-P. Q.', "Doe, {\\'E}.", 'J. Doe', '{World Bank}')
    """
    if name.startswith("{") or "=" in name or "&" in name or name.lower() == "others":
        return name
    family, comma, given = name.rpartition(",")
    if comma and _is_whole(family) and _is_whole(given):
        return f"{family}, {' '.join(_short(word) for word in _words(given))}"
    words = _words(name)
    if comma or len(words) < 2 or any("{" in word for word in words):
        return name
    last = next((index for index, word in enumerate(words[:-1]) if word[:1].islower()), len(words) - 1)
    return " ".join([*(_short(word) for word in words[:last]), *words[last:]])


def _is_whole(text: str) -> bool:
    return depth_at_ends(text) == (0, 0) and not text.endswith("\\")


def _words(text: str) -> list[str]:
    """Words, what stands in braces in one piece."""
    return re.findall(r"(?:\{(?:[^{}]|\{[^{}]*\})*\}|[^\s{}])+", text)


def _short(word: str) -> str:
    parts = word.split("-") if "{" not in word else [word]
    return "-".join(_first(part) for part in parts if part)


def _first(part: str) -> str:
    if part.endswith(".") or part[:1].islower() or re.fullmatch(r"(?:Jr|Sr|II|III|IV)\.?", part):
        return part
    found = _TOKEN.match(part)
    letter = found[0] if found else part
    if letter == "{" or not any(map(str.isalpha, letter)):
        return part
    return f"{letter}."


def _wants_names(_kind: str, _fields: tuple[str, ...], file: File) -> bool:
    return bool(file.wants.profile.most or file.wants.profile.given != "as-is")


RULES = (
    Rule(
        "journal-abbreviation",
        "A journal's title is abbreviated by ISO 4.",
        "Word by word by the rules of ISO 4 (those of the List of Title Word Abbreviations) from a table of our own. Words that it "
        "does not hold stay in full.",
        "@article{a,\n  journal = {Journal of the American Chemical Society},\n}\n",
        "@article{a,\n  journal = {J. Am. Chem. Soc.},\n}\n",
        field=_abbreviated,
        names=_JOURNALS,
        is_default=False,
        option="--select",
    ),
    Rule(
        "journal-full",
        "A journal's abbreviated title is written in full.",
        "An abbreviation is no longer the title, so it is led back to a title that the same file spells out or a list of common "
        "journals holds; one that fits none or several stays.",
        "@article{a,\n  journal = {J. Am. Chem. Soc.},\n}\n",
        "@article{a,\n  journal = {Journal of the American Chemical Society},\n}\n",
        field=_in_full,
        names=_JOURNALS,
        is_default=False,
        option="--select",
    ),
    Rule(
        "profile-field",
        "A field that the venue has no use for.",
        "Which fields stay is said by the profile's `[fields]`. Entries that others take fields over from keep all of theirs.",
        "@article{a,\n  title = {On Things},\n  abstract = {Long.},\n}\n",
        "@article{a,\n  title = {On Things},\n}\n",
        entry=_dropped,
        shape=lambda kind, names, file: any(file.wants.profile.drops(kind, name) for name in names),
        is_default=False,
        option="--profile",
    ),
    Rule(
        "profile-venue",
        "A journal or book of proceedings is not written as the venue wants.",
        "The profile's `[venues]` says whether titles are abbreviated (by ISO 4) or in full.",
        "@article{a,\n  journal = {Physical Review Letters},\n}\n",
        "@article{a,\n  journal = {Phys. Rev. Lett.},\n}\n",
        field=_as_profile,
        names=_JOURNALS | {"booktitle"},
        is_default=False,
        option="--profile",
    ),
    Rule(
        "profile-names",
        "Names are not written as the venue wants.",
        "The profile's `[names]` says whether given names become initials, and from how many authors on the rest are `others`.",
        "@article{a,\n  author = {Doe, Jane Quincy and Roe, Jean-Paul},\n}\n",
        "@article{a,\n  author = {Doe, J. Q. and Roe, J.-P.},\n}\n",
        field=_names,
        names=NAMES,
        is_default=False,
        option="--profile",
    ),
)
