"""A .bib file as BibTeX reads it: what it skips, joins, inherits and warns of.

Strings hold one byte per character, as in `strings`. The reader of `formats/bibtex` keeps what is broken; this one
loses exactly what BibTeX loses, because a .bbl is to show what LaTeX will print.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib.bst.strings import Warn, lower
from cite2bib.light import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_SPACE = re.compile(r"[ \t\n]*")
# What BibTeX refuses in an identifier: its white space and delimiters.
_IDENTIFIER = re.compile(r"[^\s\"#%'(),={}\d][^\s\"#%'(),={}]*")
_NUMBER = re.compile(r"\d+")
_KEY = {"}": re.compile(r"[^,\s}]*"), ")": re.compile(r"[^,\s]*")}
_BRACE = re.compile(r"[{}]")
_BRACE_OR_QUOTE = re.compile(r'[{}"]')


@dataclass(slots=True)
class Entry:
    """What BibTeX knows of one citation."""

    key: str  # as it was cited
    type: str  # in lower case
    fields: dict[str, str] = field(default_factory=dict)
    parent: str | None = None  # the lower-cased key of `crossref`


@dataclass(slots=True)
class Database:
    """The entries to format, in their order, and what goes before them."""

    entries: list[Entry]
    preamble: str


@dataclass(slots=True)
class _Wanted:
    """The list of citations while it grows: BibTeX reads only what is on it."""

    spelled: dict[str, str]  # by lower-cased key, in order
    everything: bool
    explicit: set[str]
    late: dict[str, str] = field(default_factory=dict)  # cited after `*`
    crossrefs: dict[str, int] = field(default_factory=dict)


class _SyntaxError(Exception):
    """What is wrong in an entry; the rest of the entry is skipped."""


def read(
    text: str,
    citations: Sequence[str],
    *,
    fields: Iterable[str],
    macros: Mapping[str, str],
    warn: Warn,
    min_crossrefs: int = 2,
) -> Database:
    """The cited entries (`*`: all) of a .bib text, with fields the style knows, after cross-references."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)
    reader = _Reader(text, _wanted(citations, warn), {*map(lower, fields), "crossref"}, dict(macros), warn)
    reader.run()
    return Database(_with_crossrefs(reader, warn, min_crossrefs), reader.preamble)


def _wanted(citations: Sequence[str], warn: Warn) -> _Wanted:
    """What is cited; after `*` everything comes in the order of the file."""
    spelled: dict[str, str] = {}
    for key in citations:
        first = spelled.setdefault(lower(key), key)
        if first != key:
            warn(f"Case mismatch error between cite keys {key} and {first}")
    explicit = set(spelled) - {"*"}
    if "*" not in spelled:
        return _Wanted(spelled, everything=False, explicit=explicit)
    star = list(spelled).index("*")
    rows = list(spelled.items())
    return _Wanted(dict(rows[:star]), everything=True, explicit=explicit, late=dict(rows[star + 1 :]))


class _Reader:
    """One pass over the text."""

    def __init__(
        self, text: str, wanted: _Wanted, fields: set[str], macros: dict[str, str], warn: Warn
    ) -> None:
        self.text = text
        self.at = 0
        self.wanted = wanted
        self.known = fields
        self.macros = {lower(name): value for name, value in macros.items()}
        self.warn = warn
        self.preamble = ""
        self.entries: dict[str, Entry] = {}
        self.macro_being_defined = ""
        self.is_skipping = False

    def run(self) -> None:
        while (found := self.text.find("@", self.at)) >= 0:
            self.at = found + 1
            try:
                self._command()
            except _SyntaxError as error:
                line = self.text.count("\n", 0, self.at) + 1
                self.warn(f"{error} (line {line}); BibTeX skips what remains of the entry")

    def _command(self) -> None:
        name = lower(self._identifier("an entry type"))
        self.is_skipping = False
        if name == "comment":
            return
        self._space()
        opening = self._peek()
        if opening not in {"{", "("}:
            raise _SyntaxError("I was expecting a `{' or a `('")
        self.at += 1
        closing = "}" if opening == "{" else ")"
        self._space()
        if name == "preamble":
            self.preamble += self._value(closing)
        elif name == "string":
            self._string(closing)
        else:
            self._entry(name, closing)

    def _string(self, closing: str) -> None:
        name = lower(self._identifier("a string name"))
        self._expect("=")
        self.macro_being_defined = name
        value = self._value(closing)
        self.macro_being_defined = ""
        self.macros[name] = value

    def _entry(self, type_: str, closing: str) -> None:
        found = _KEY[closing].match(self.text, self.at)
        key = found[0] if found else ""
        self.at += len(key)
        entry = self._begun(key, type_)
        self.is_skipping = entry is None
        self._space()
        while self._peek() != closing:
            if self._peek() != ",":
                raise _SyntaxError(f"I was expecting a `,' or a `{closing}'")
            self.at += 1
            self._space()
            if self._peek() == closing:
                break
            name = lower(self._identifier("a field name"))
            self._expect("=")
            self.is_skipping = not entry or name not in self.known
            value = self._tokens(closing)
            if entry and name in self.known:
                self._store(entry, name, value.strip(" "))
        self.at += 1

    def _begun(self, key: str, type_: str) -> Entry | None:
        """The entry to fill; None when nobody cites it or it was there before."""
        lowered = lower(key)
        if self.wanted.everything:
            self.wanted.spelled.setdefault(lowered, self.wanted.late.get(lowered, key))
            self.wanted.explicit.add(lowered)
        if lowered not in self.wanted.spelled:
            return None
        if lowered in self.entries:
            raise _SyntaxError(f"Repeated entry {key}")
        self.entries[lowered] = Entry(self.wanted.spelled[lowered], type_)
        return self.entries[lowered]

    def _store(self, entry: Entry, name: str, value: str) -> None:
        if name in entry.fields:
            self.warn(f"I'm ignoring {entry.key}'s extra \"{name}\" field")
            return
        entry.fields[name] = value
        if name == "crossref":
            entry.parent = lower(value)
            if not self.wanted.everything:  # else it comes when its turn in the file comes
                self.wanted.spelled.setdefault(entry.parent, value)
            self.wanted.crossrefs[entry.parent] = self.wanted.crossrefs.get(entry.parent, 0) + 1

    def _value(self, closing: str) -> str:
        value = self._tokens(closing)
        if self._peek() != closing:
            raise _SyntaxError(f"I was expecting a `{closing}'")
        self.at += 1
        return value

    def _tokens(self, closing: str) -> str:
        """A field's value: its tokens joined by `#`."""
        self._space()
        value = self._token(closing)
        self._space()
        while self._peek() == "#":
            self.at += 1
            self._space()
            value += self._token(closing)
            self._space()
        if self.at == len(self.text):
            raise _SyntaxError("Illegal end of database file")
        # White space is one space wherever it is, also across tokens.
        return re.sub(r"[ \t\n]+", " ", value)

    def _token(self, closing: str) -> str:
        char = self._peek()
        if char == "{":
            return self._delimited("}", _BRACE)
        if char == '"':
            return self._delimited('"', _BRACE_OR_QUOTE)
        if number := _NUMBER.match(self.text, self.at):
            self.at = number.end()
            return number[0]
        name = lower(self._identifier(f"a field part before `{closing}'"))
        if name in self.macros and name != self.macro_being_defined:
            return self.macros[name]
        if not self.is_skipping:
            self._undefined(name)
        return ""

    def _undefined(self, name: str) -> None:
        if name == self.macro_being_defined:
            self.warn(f'string name "{name}" is used in its own definition')
        else:
            self.warn(f'string name "{name}" is undefined')

    def _delimited(self, closing: str, marks: re.Pattern[str]) -> str:
        start = self.at + 1
        level = 0
        for mark in marks.finditer(self.text, start):
            char = mark[0]
            if char == closing and level == 0:
                self.at = mark.end()
                return self.text[start : mark.start()]
            if char == "{":
                level += 1
            elif char == "}":
                if level == 0:
                    self.at = mark.end()
                    raise _SyntaxError("Unbalanced braces")
                level -= 1
        self.at = len(self.text)
        raise _SyntaxError("Illegal end of database file")

    def _identifier(self, what: str) -> str:
        self._space()
        found = _IDENTIFIER.match(self.text, self.at)
        if not found:
            raise _SyntaxError(f"I was expecting {what}")
        self.at = found.end()
        return found[0]

    def _expect(self, char: str) -> None:
        self._space()
        if self._peek() != char:
            raise _SyntaxError(f"I was expecting an `{char}'")
        self.at += 1

    def _space(self) -> None:
        found = _SPACE.match(self.text, self.at)
        self.at = found.end() if found else self.at

    def _peek(self) -> str:
        return self.text[self.at : self.at + 1]


def _with_crossrefs(reader: _Reader, warn: Warn, min_crossrefs: int) -> list[Entry]:
    """The cited entries in order; parents lend the fields that a child lacks."""
    wanted, entries = reader.wanted, reader.entries
    for lowered in list(wanted.spelled):
        if entry := entries.get(lowered):
            _inherit(entry, _parent(entry, entries))
    for lowered in list(wanted.spelled):
        if entry := entries.get(lowered):
            _settle_parent(entry, _parent(entry, entries), wanted, warn, min_crossrefs)
    kept = []
    for lowered, spelled in {**wanted.spelled, **wanted.late}.items():
        if lowered not in entries:
            warn(f'I didn\'t find a database entry for "{spelled}"')
        elif lowered in wanted.explicit or wanted.crossrefs.get(lowered, 0) >= min_crossrefs:
            kept.append(entries[lowered])
    return kept


def _parent(entry: Entry, entries: Mapping[str, Entry]) -> Entry | None:
    return entries.get(entry.parent) if entry.parent is not None else None


def _inherit(entry: Entry, parent: Entry | None) -> None:
    if not parent:
        return
    for name, value in parent.fields.items():
        if name != "crossref":
            entry.fields.setdefault(name, value)


def _settle_parent(entry: Entry, parent: Entry | None, wanted: _Wanted, warn: Warn, least: int) -> None:
    """`crossref` stays only where the parent is in the list as well; its value is the parent's key."""
    if "crossref" not in entry.fields:
        return
    if not parent:
        warn(
            f'A bad cross reference---entry "{entry.key}" refers to entry "{entry.fields["crossref"]}", '
            "which doesn't exist"
        )
        del entry.fields["crossref"]
        return
    if parent.parent is not None:
        warn(
            f'you\'ve nested cross references--entry "{entry.key}" refers to entry "{parent.key}", '
            "which also refers to something"
        )
    if lower(parent.key) not in wanted.explicit and wanted.crossrefs[lower(parent.key)] < least:
        del entry.fields["crossref"]
    else:
        entry.fields["crossref"] = parent.key
