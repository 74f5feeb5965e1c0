r"""BibTeX's lists of names: `num.names$` and `format.name$`, with the parts First, von, Last, Jr.

Strings hold one byte per character, as in `strings`.
"""

from __future__ import annotations

import re

from cite2bib.bst.strings import (
    LETTERS,
    LOWER_LETTERS,
    SEPARATORS,
    UPPER_LETTERS,
    WHITE,
    Warn,
    character_end,
    is_special,
    letters_end,
    special_end,
)
from cite2bib.light import dataclass, field

_AND = re.compile(r"and(?=[ \t])", re.IGNORECASE | re.ASCII)
_TIE = "~"


def split(text: str) -> list[str]:
    """The names of a list: parted by `and` between white space, outside braces."""
    names: list[str] = []
    start = index = level = 0
    white = False
    while index < len(text):
        char = text[index]
        if white and level == 0 and char in "aA" and _AND.match(text, index):
            names.append(text[start : index - 1])
            start = index = index + 3
            white = False
            continue
        level = max(0, level + (char == "{") - (char == "}"))
        white = char in WHITE and level == 0
        index += 1
    if start < len(text):
        names.append(text[start:])
    return names


@dataclass(slots=True)
class _Tokens:
    """The words of a name, the separator before each, and where its commas stood."""

    words: list[str] = field(default_factory=list)
    separators: dict[int, str] = field(default_factory=dict)
    commas: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Parts:
    """Ranges of words, by the letter that names them in a format."""

    tokens: _Tokens
    ranges: dict[str, tuple[int, int]]


def _tokens(name: str, where: str, warn: Warn) -> _Tokens:
    tokens = _Tokens()
    starting = True
    index = 0
    while index < len(name):
        char = name[index]
        if char == ",":
            _comma(tokens, where, warn)
            starting = True
        elif char in WHITE or char in SEPARATORS:
            if not starting:
                tokens.separators[len(tokens.words)] = " " if char in WHITE else char
            starting = True
        else:
            if starting:
                tokens.words.append("")
            starting = False
            end = special_end(name, index + 1) if char == "{" else index + 1
            if char == "}":
                warn(f"{where} isn't brace balanced")
            else:
                tokens.words[-1] += name[index:end]
            index = end
            continue
        index += 1
    return tokens


def _comma(tokens: _Tokens, where: str, warn: Warn) -> None:
    if len(tokens.commas) == 2:
        warn(f"Too many commas in {where[0].lower()}{where[1:]}")
        return
    tokens.commas.append(len(tokens.words))
    tokens.separators[len(tokens.words)] = ","


def _trimmed(name: str, where: str, warn: Warn) -> str:
    while name and (name[-1] in WHITE or name[-1] in SEPARATORS or name[-1] == ","):
        if name[-1] == ",":
            warn(f"{where} has a comma at the end")
        name = name[:-1]
    return name


def parse(name: str, where: str, warn: Warn) -> _Parts:
    """A name's parts; `where` names it in warnings."""
    tokens = _tokens(_trimmed(name, where, warn), where, warn)
    count = len(tokens.words)
    if not tokens.commas:
        start, end = _von_of_first_order(tokens)
        return _Parts(tokens, {"f": (0, start), "v": (start, end), "l": (end, count), "j": (count, count)})
    last_end = tokens.commas[0]
    end = _von_end(tokens.words, 0, last_end)
    jr_end = tokens.commas[1] if len(tokens.commas) > 1 else last_end
    return _Parts(
        tokens, {"v": (0, end), "l": (end, last_end), "j": (last_end, jr_end), "f": (jr_end, count)}
    )


def _von_of_first_order(tokens: _Tokens) -> tuple[int, int]:
    """Where von starts and ends in `First von Last`."""
    last_end = len(tokens.words)
    for start in range(last_end - 1):
        if _is_von(tokens.words[start]):
            return start, _von_end(tokens.words, start, last_end)
    start = max(0, last_end - 1)
    # Words joined by a hyphen belong to one last name; a tie joins nothing.
    while start > 0 and tokens.separators.get(start) == "-":
        start -= 1
    return start, start


def _von_end(words: list[str], start: int, last_end: int) -> int:
    end = last_end - 1  # -1 for a name that starts with a comma: BibTeX then writes von as an empty word
    while end > start and not _is_von(words[end - 1]):
        end -= 1
    return end


def _is_von(word: str) -> bool:
    """Whether the first letter outside braces, or of a special character, is a small one."""
    index = 0
    while index < len(word):
        char = word[index]
        if char.isascii() and char.isalpha():
            return char.islower()
        if char != "{":
            index += 1
        elif is_special(word, index) and index + 3 < len(word):
            return _is_small_special(word, index + 2)
        else:
            index = special_end(word, index + 1)
    return False


def _is_small_special(word: str, start: int) -> bool:
    index = letters_end(word, start)
    name = word[start:index]
    if name in UPPER_LETTERS or name in LOWER_LETTERS:
        return name in LOWER_LETTERS
    level = 1
    while index < len(word) and level > 0:
        char = word[index]
        if char.isascii() and char.isalpha():
            return char.islower()
        level += (char == "{") - (char == "}")
        index += 1
    return False


def format_name(names: str, number: int, pattern: str, warn: Warn) -> str:
    r"""`format.name$`: one name of a list in the pattern's order.

    >>> format_name("Jean-Paul de la Fontaine, Jr. and X", 1, "{vv~}{ll}{, jj}{, f.}", print)
    'de~la Fontaine, J.-P.'
    """
    listed = split(names)
    if number > len(listed):
        start = "There is no name" if number == 1 else f"There aren't {number} names"
        warn(f'{start} in "{names}"')
    name = listed[min(number, len(listed)) - 1] if listed and number > 0 else ""
    where = f'Name {number} in "{names}"'
    return _Writer(parse(name, where, warn), pattern, warn).write()


@dataclass(frozen=True, slots=True)
class _Group:
    """A braced part of a pattern: `{, jj{-}~}`."""

    before: str
    letter: str
    doubled: bool
    between: str | None
    after: str


def _group(text: str, pattern: str, warn: Warn) -> _Group | None:
    """A group taken apart; None when it has a letter that BibTeX refuses."""
    at = _top_letter(text, 0)
    if at == len(text):
        return _Group(text, "", doubled=False, between=None, after="")
    letter = text[at].lower()
    doubled = text[at + 1 : at + 2].lower() == letter
    rest = at + 1 + doubled
    between = None
    if text.startswith("{", rest):
        end = special_end(text, rest + 1)
        between, rest = text[rest + 1 : end - 1], end
    if letter not in "fvlj" or _top_letter(text, rest) < len(text):
        warn(f'The format string "{pattern}" has an illegal brace-level-1 letter')
        return None
    return _Group(text[:at], letter, doubled, between, text[rest:])


def _top_letter(text: str, start: int) -> int:
    """The index of the first letter outside inner braces."""
    while start < len(text):
        if text[start] == "{":
            start = special_end(text, start + 1)
        elif text[start] in LETTERS:
            return start
        else:
            start += 1
    return start


class _Writer:
    """One name while it is written."""

    def __init__(self, parts: _Parts, pattern: str, warn: Warn) -> None:
        self.parts = parts
        self.pattern = pattern
        self.warn = warn
        self.out = ""
        # BibTeX stops counting characters within braces and goes on from there the next time.
        self.level = 0

    def write(self) -> str:
        pattern = self.pattern
        index = 0
        while index < len(pattern):
            char = pattern[index]
            if char == "{":
                end = special_end(pattern, index + 1)
                if pattern.count("{", index, end) != pattern.count("}", index, end):
                    self._unbalanced()
                    return self.out
                self._group(pattern[index + 1 : end - 1])
                index = end
                continue
            if char == "}":
                self._unbalanced()
            else:
                self.out += char
            index += 1
        return self.out

    def _unbalanced(self) -> None:
        self.warn(f'"{self.pattern}" isn\'t a brace-balanced string')

    def _group(self, text: str) -> None:
        group = _group(text, self.pattern, self.warn)
        if not group:
            return
        first, last = self.parts.ranges.get(group.letter, (0, 0))
        if group.letter and first == last:
            return
        start = len(self.out)
        self.out += group.before
        self._words(group, start, first, last)
        self.out += group.after
        if self.out.endswith(_TIE):
            self._discretionary_tie(start)

    def _words(self, group: _Group, start: int, first: int, last: int) -> None:
        tokens = self.parts.tokens
        for index in range(first, last):
            word = tokens.words[index] if index >= 0 else ""
            self.out += word if group.doubled else _initial(word)
            following = index + 1
            if following < last and group.between is not None:
                self.out += group.between
            elif following < last:
                self.out += "" if group.doubled else "."
                separator = tokens.separators.get(following, " ")
                if separator not in SEPARATORS:
                    is_tied = following == last - 1 or not self._is_long(start)
                    separator = _TIE if is_tied else " "
                self.out += separator

    def _discretionary_tie(self, start: int) -> None:
        """A tie at the end of a part stays after a short part; two ties are one that stays."""
        self.out = self.out[:-1]
        if not self.out.endswith(_TIE):
            self.out += " " if self._is_long(start) else _TIE

    def _is_long(self, start: int) -> bool:
        """Whether there are three characters or more since `start`; a brace counts as one here."""
        text = self.out
        count, index = 0, start
        while index < len(text) and count < 3:
            char = text[index]
            index += 1
            if char == "{":
                self.level += 1
                if self.level == 1 and text.startswith("\\", index):
                    end = special_end(text, index + 1)
                    inner = text[index:end]
                    self.level += inner.count("{") - inner.count("}")
                    index = end
            elif char == "}":
                self.level = max(0, self.level - 1)
            count += 1
        return count >= 3


def _initial(word: str) -> str:
    """The first letter or special character; a character of several bytes stays whole."""
    index = 0
    while index < len(word):
        if word[index] in LETTERS:
            return word[index : character_end(word, index + 1)]
        if is_special(word, index):
            return word[index : special_end(word, index + 1)]
        index += 1
    return ""
