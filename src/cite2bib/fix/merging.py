"""Entries of one work made one: the first stays and takes over what only the others say; who contradicts it stays too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib import richtext
from cite2bib.fix.finding import Found
from cite2bib.fix.references import in_file
from cite2bib.formats.bibtex.decode import decode
from cite2bib.formats.bibtex.people import parse_list, split_list
from cite2bib.formats.bibtex.syntax import Edit
from cite2bib.formats.bibtex.verbatim import unescape
from cite2bib.identifiers import normal_doi
from cite2bib.letters import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cite2bib.fix.entries import Entry, File, Item

# What programs note for themselves; two exports of one work differ in it.
_NOTES = frozenset(
    """
timestamp bibsource biburl owner date-added date-modified bdsk-url-1 bdsk-url-2 bdsk-url-3 bdsk-file-1 groups added-at interhash intrahash
username citeulike-article-id posted-at priority mendeley-groups mendeley-tags adsurl adsnote crossref-doi acmid numpages read rating urldate
""".split()
)
# What people write when they mean two entries of one work.
_MEANT = frozenset(
    "related relatedtype shorthand shortauthor options crossref xdata entryset label sortkey presort execute".split()
)
_PEOPLE = frozenset({"author", "editor"})


def merged(first: Entry, others: Sequence[Entry], named: str) -> Iterator[Found]:
    """One finding with the edits that join to an entry all others that do not contradict it, and one for each that does."""
    union = _Union(first)
    joined = []
    for other in others:
        obstacles = union.obstacles(other)
        if obstacles:
            message = f"the same work as {named}; not merged for its {', '.join(obstacles)}"
            yield Found(other.block.start, message, key=other.key)
        else:
            union.take(other)
            joined.append(other)
    if joined:
        yield _finding(union, joined, named)


def _finding(union: _Union, joined: Sequence[Entry], named: str) -> Found:
    """All edits in one, so that nothing is taken away without having been taken over."""
    first = union.first
    renamed = {other.key: first.key for other in joined if other.key != first.key}
    edits = _together(first.file, [other.away() for other in joined]) + union.edits(
        joined, aliases=bool(renamed)
    )
    if renamed:
        edits += in_file(first.file, renamed)
    gone = f", the key {', '.join(renamed)} goes" if renamed else ""
    message = f"the same work as {named}: merged{gone}"
    return Found(joined[0].block.start, message, tuple(edits), tuple(renamed.items()), joined[0].key)


def _together(file: File, edits: Sequence[Edit]) -> list[Edit]:
    """Deletions, those that overlap made one."""
    found: list[Edit] = []
    for edit in sorted(edits):
        if found and edit.start <= found[-1].end:
            found[-1] = file.cut(found[-1].start, max(edit.end, found[-1].end))
        else:
            found.append(edit)
    return found


class _Union:
    """An entry with what it takes over from others."""

    def __init__(self, first: Entry) -> None:
        self.first = first
        self.added: dict[str, Item] = {}
        self.replaced: dict[str, Item] = {}

    def get(self, name: str) -> Item | None:
        """A field as it will be."""
        return self.replaced.get(name) or self.added.get(name) or self.first.get(name)

    def obstacles(self, other: Entry) -> list[str]:
        """What keeps another entry from being joined."""
        first = self.first
        found = [] if _are_of_one_type(first.type, other.type) else ["type"]
        found += sorted(name for name in _MEANT if first.plain(name) != other.plain(name))
        found += [item.name for item in self._concerned(other) if self._is_contradicted(item)]
        if first.block.faults or other.block.faults or first.has_comments() or other.has_comments():
            found.append("what stands between the fields")
        if not first.key or not other.key:
            found.append("missing key")
        if first.added([("ids", "{}")]) is None:
            found.append("layout")
        return list(dict.fromkeys(found))

    def _concerned(self, other: Entry) -> Iterator[Item]:
        for item in other.items:
            if item.name != "ids" and item.name not in _MEANT and item.raw.strip('{}" \t\r\n'):
                yield item

    def _is_contradicted(self, item: Item) -> bool:
        own = self.get(item.name)
        if own is None:
            return self.first.has(item.name)  # empty there: what was meant by that can't be told
        if item.name in _NOTES or _says_the_same(own, item):
            return False
        return item.name not in _PEOPLE or not (_is_fuller(item, own) or _is_fuller(own, item))

    def take(self, other: Entry) -> None:
        """Take over what another entry says more."""
        for item in self._concerned(other):
            own = self.get(item.name)
            if own is None:
                if not (item.name == "url" and _is_doi_of(self.first, item)):
                    self.added[item.name] = item
            elif item.name in _PEOPLE and not _says_the_same(own, item) and _is_fuller(item, own):
                (self.replaced if self.first.get(item.name) else self.added)[item.name] = item

    def edits(self, joined: Sequence[Entry], *, aliases: bool) -> list[Edit]:
        """The edits that write down what was taken over; keys that go stay as aliases: biber knows `ids`, and people find it."""
        first = self.first
        found = []
        for name, item in self.replaced.items():
            if own := first.get(name):
                found.append(Edit(own.value_start, own.end, _portable(first, item)))
        added = [(item.written, _portable(first, item)) for item in self.added.values()]
        if aliases or any(other.get("ids") for other in joined):
            gone = ", ".join(
                dict.fromkeys(
                    key
                    for other in joined
                    for key in (other.key, other.plain("ids"))
                    if key and key != first.key
                )
            )
            ids = first.get("ids")
            if ids and ids.text is not None:
                found.append(Edit(ids.end - 1, ids.end - 1, f", {gone}"))
            else:
                added.append(("ids", f"{{{gone}}}"))
        edit = first.added(added) if added else None
        return [*found, edit] if edit else found


def _are_of_one_type(one: str, other: str) -> bool:
    return one == other or {one, other} == {"inproceedings", "conference"}


def _is_doi_of(entry: Entry, item: Item) -> bool:
    doi = normal_doi(unescape(entry.plain("doi")))
    return bool(doi) and normal_doi(unescape(item.plain)) == doi


def _portable(first: Entry, item: Item) -> str:
    """A value as it can stand elsewhere: a macro that is defined behind that place is written out."""
    strings = first.file.strings()
    words = re.findall(r"[^\s#]+", item.raw) if item.raw[:1] not in {"{", '"'} and item.text is None else []
    if len(words) == 1 and words[0].lower() in strings and strings[words[0].lower()][0] > first.block.start:
        return strings[words[0].lower()][1]
    return item.raw


def _says_the_same(own: Item, other: Item) -> bool:
    if own.raw == other.raw:
        return True
    one, two = own.plain, other.plain
    if own.name == "doi":
        return normal_doi(unescape(one)) == normal_doi(unescape(two)) != ""
    if own.name == "pages":
        return re.findall(r"\w+", one) == re.findall(r"\w+", two)
    if own.name == "url":
        return _bare_address(one) == _bare_address(two)
    if own.name in {"journal", "journaltitle", "booktitle"}:
        return _venue(one) == _venue(two) != ""
    if own.name in {"author", "editor"}:
        return [str(name) for name in parse_list(one)] == [str(name) for name in parse_list(two)]
    if own.name == "month":
        return fold(one)[:3] == fold(two)[:3]
    return _folded(one) == _folded(two) != ""


def _bare_address(text: str) -> str:
    return re.sub(r"^https?://(?:www\.|dx\.)?", "", unescape(text)).rstrip("/")


def _folded(text: str) -> str:
    return fold(richtext.plain(decode(text)))


def _venue(text: str) -> str:
    from cite2bib.fix.journals import abbreviated

    return fold(abbreviated(richtext.plain(decode(text))))


def _is_fuller(one: Item, other: Item) -> bool:
    """Whether a list of names says all that another does: the same people in their order, given names in full or none left out."""
    if one.text is None or other.text is None or "\\" in one.text + other.text:
        return False
    long, short = parse_list(one.text), parse_list(other.text)
    is_open = short and short[-1].literal == "others"
    short = short[:-1] if is_open else short
    if (
        len(long) < len(short)
        or (len(long) > len(short) and not is_open)
        or len(split_list(one.text)) != len(long)
    ):
        return False
    for full, brief in zip(long, short, strict=False):
        if (
            fold(full.family or full.literal) != fold(brief.family or brief.literal)
            or full.suffix != brief.suffix
        ):
            return False
        if full.particle != brief.particle or not _begins(_words(full.given), _words(brief.given)):
            return False
    return True


def _words(text: str) -> list[str]:
    return [fold(word) for word in re.findall(r"[^\W\d_]+", text)]


def _begins(full: Sequence[str], brief: Sequence[str]) -> bool:
    return len(brief) <= len(full) and all(
        word.startswith(start) for word, start in zip(full, brief, strict=False)
    )
