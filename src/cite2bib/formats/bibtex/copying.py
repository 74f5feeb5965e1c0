"""Entries of one .bib for another, as they stand, with the strings and parents that they need."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib.formats.bibtex.syntax import Kind
from cite2bib.formats.bibtex.tables import MONTHS
from cite2bib.light import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cite2bib.formats.bibtex.syntax import Bib, Block

# What names other entries: the first two are read by BibTeX and biber, the others by biber alone.
_PARENTS = ("crossref", "xdata", "xref", "entryset", "related")
_WORD = re.compile(r"(?:^|#)\s*([^\s,#{}\"=%()\d][^\s,#{}\"=%()]*)\s*(?=#|$)")


@dataclass(frozen=True, slots=True)
class Copied:
    """Blocks to be added, in the order that BibTeX needs: strings, entries, then their parents."""

    texts: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()  # of the entries among them
    clashes: tuple[
        tuple[str, str], ...
    ] = ()  # entries left out, and the string that means something else there


def keys(bib: Bib, *, aliases: bool = False) -> dict[str, Block]:
    """The entries of a file by key, the first of those with one key; with `aliases` also under what `ids` says."""
    found: dict[str, Block] = {}
    for block in bib.entries():
        found.setdefault(block.key, block)
    for block in tuple(found.values()) if aliases and "ids" in bib.text else ():
        for alias in _listed(_values(bib, block).get("ids", "")):
            found.setdefault(alias, block)
    return found


def copied(source: Bib, wanted: Sequence[str], target: Bib) -> Copied:
    """What must be added to a file so that it has those entries of another."""
    there = {key.lower() for key in keys(target)}
    copying = _Copying(source, keys(source), there, _strings(source), _strings(target))
    for key in wanted:
        copying.take(key)
    entries = [source.source(block) for block in (*copying.entries, *copying.parents)]
    names = tuple(block.key for block in (*copying.entries, *copying.parents))
    texts = tuple(text.strip() for text in (*copying.definitions, *entries))
    return Copied(texts, names, tuple(dict.fromkeys(copying.clashes)))


def parents(bib: Bib, cited: set[str]) -> set[str]:
    """The keys that cited entries name as parents, or as parts of themselves, and those that these name."""
    known, found, left = keys(bib), set[str](), set(cited)
    while left:
        block = known.get(left.pop())
        named = set(_named(bib, block)) - found if block else set()
        found |= named
        left |= named
    return found


@dataclass(slots=True)
class _Copying:
    """What has been taken so far."""

    source: Bib
    known: dict[str, Block]
    there: set[str]  # keys in the target, in lower case
    own: dict[str, str]  # the strings of the source
    strings: dict[str, str]  # those of the target
    entries: list[Block] = field(default_factory=list)
    parents: list[Block] = field(default_factory=list)
    definitions: list[str] = field(default_factory=list)
    clashes: list[tuple[str, str]] = field(default_factory=list)

    def take(self, key: str) -> None:
        """An entry, then its parents: BibTeX wants them behind it."""
        left = [key]
        while left:
            name = left.pop(0)
            block = self.known.get(name)
            if block is None or name.lower() in self.there:
                continue
            if clash := next(self.clashing(block), ""):
                self.clashes.append((name, clash))
                continue
            self.there.add(name.lower())
            (self.entries if name == key else self.parents).append(block)
            for word in self.words(block):
                self.define(word)
            left += _named(self.source, block)

    def words(self, block: Block) -> Iterator[str]:
        """The strings that an entry uses, and those that these use."""
        values = (self.source.text[item.value_start : item.end] for item in self.source.assignments(block))
        left = [word.lower() for value in values for word in _WORD.findall(value.strip())]
        seen: set[str] = set()
        while left:
            word = left.pop(0)
            if word in self.own and word not in MONTHS and word not in seen:
                seen.add(word)
                yield word
                left += [inner.lower() for inner in _WORD.findall(_value(self.own[word]))]

    def clashing(self, block: Block) -> Iterator[str]:
        for word in self.words(block):
            if word in self.strings and _squeezed(self.strings[word]) != _squeezed(self.own[word]):
                yield word

    def define(self, word: str) -> None:
        """Bring a string along, unless it is there, and before it those it is made of."""
        if word in self.own and word not in self.strings and word not in MONTHS:
            self.strings[word] = self.own[word]
            for inner in _WORD.findall(_value(self.own[word])):
                self.define(inner.lower())
            self.definitions.append(self.own[word])


def _strings(bib: Bib) -> dict[str, str]:
    """The definitions of a file by name."""
    return {
        item.name.lower(): bib.source(block)
        for block in bib.blocks
        if block.kind is Kind.STRING
        for item in bib.assignments(block)
    }


def _value(definition: str) -> str:
    return definition.partition("=")[2].strip()[:-1].strip()


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", _value(text).strip('{}"'))


def _values(bib: Bib, block: Block) -> dict[str, str]:
    return {
        item.name.lower(): bib.text[item.value_start : item.end].strip().strip('{}"')
        for item in bib.assignments(block)
    }


def _listed(value: str) -> list[str]:
    return [part.strip() for part in value.split(",") if part.strip()]


def _named(bib: Bib, block: Block) -> Iterator[str]:
    values = _values(bib, block)
    for name in _PARENTS:
        yield from _listed(values.get(name, ""))
