"""Text case, over nodes: what is marked nocase, and what a word already knows of capitals, is left alone.

https://docs.citationstyles.org/en/stable/specification.html#text-case
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib.patterns import late

if TYPE_CHECKING:
    from collections.abc import Callable

    from cite2bib.csl.tree import Node, Span

# The words that title case leaves small (spec, appendix II, as far as the reference follows it).
_SMALL = (
    "a about above across afore after against al along alongside amid amidst among amongst an and anenst apropos around as aside "
    "astride at athwart atop barring before behind below beneath beside besides between beyond but by c ca circa "
    "d d' d’ de despite down during et except for forenenst from given in inside into lest like modulo near next nor "
    "notwithstanding of off on onto or out over per plus pro qua sans since so than the through throughout "
    "thruout till to toward towards under underneath until unto up upon v v. van versus via vis-à-vis von vs vs. with "
    "within without yet"
)
STOP_WORDS = frozenset(_SMALL.split())
# A set with dashes of Unicode would take five times as long to compile.
_BETWEEN = late(r"(\s+|[\-/,;.:!?()[\]]|–|—|“|”)")
_JOINS = frozenset("-/,;.!?()[]–—“”")  # what parts words beside spaces and colons
_STRAIGHT = ("'", '"')
_QUOTES = frozenset("'\"“”‘’«»„‚‹›")


def apply(nodes: tuple[Node, ...], case: str, *, english: bool, language: str = "") -> tuple[Node, ...]:
    """Nodes in a text case; title case is for English only."""
    turkic = language.lower().startswith(("tr", "az"))
    match case:
        case "lowercase":
            return _each(nodes, _turkic_lower if turkic else str.lower)
        case "uppercase":
            return _each(nodes, _turkic_upper if turkic else str.upper)
        case "capitalize-first":
            return _First(lower_rest=False, turkic=turkic).run(nodes)
        case "sentence":
            return _First(lower_rest=True, turkic=turkic).run(nodes)
        case "capitalize-all":
            return _each(nodes, _turkic_words if turkic else _capitalize_words)
        case "title":
            return _title(nodes) if english else nodes
    return nodes


def _each(nodes: tuple[Node, ...], change: Callable[[str], str]) -> tuple[Node, ...]:
    """Every string that is not marked nocase, changed."""
    return tuple(
        change(node)
        if isinstance(node, str)
        else (node if _is_kept(node) else node.with_children(_each(node.children, change)))
        for node in nodes
    )


def _turkic_lower(text: str) -> str:
    return text.replace("I", "ı").replace("İ", "i").lower()


def _turkic_upper(text: str) -> str:
    return text.replace("i", "İ").upper()


def capitalized(word: str) -> str:
    """A word with its first letter in upper case."""
    return word[:1].upper() + word[1:] if not _is_sign(word) else word


def _is_sign(word: str) -> bool:
    """Whether it is one small Greek letter, which is a sign and has no capital: β-catenin."""
    return len(word) == 1 and "α" <= word <= "ω"


_NO_OPENING = "«‹„{¿*…$@#\\+=~"  # what begins with one of these is no word to the reference
_LETTERS = late(rf"(?<![\w'’“‐‑{re.escape(_NO_OPENING)}])\w[\w'’]*")


_TURKIC_WORD = late(rf"(?<![\w'’“{re.escape(_NO_OPENING)}])i(?![\w'’]*[A-ZÇĞİÖŞÜ])")


def _capitalize_words(text: str) -> str:
    return _LETTERS.sub(
        lambda found: found[0] if found[0] != found[0].lower() else capitalized(found[0]), text
    )


def _turkic_words(text: str) -> str:
    return _capitalize_words(_TURKIC_WORD.sub("İ", text))


class _First:
    """Upper case for the first letter of nodes; in sentence case, lower case for all words but the first."""

    def __init__(self, *, lower_rest: bool, turkic: bool = False) -> None:
        self.lower_rest = lower_rest
        self.upper = _turkic_upper if turkic else str.upper
        self.lower = _turkic_lower if turkic else str.lower
        self.done = False  # the first letter has been seen
        self.past = False  # and the first word has ended

    def run(self, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        return tuple(self.node(node, whole=len(nodes) == 1) for node in nodes)

    def node(self, node: Node, *, whole: bool) -> Node:
        if isinstance(node, str):
            return self.string(node)
        if _is_kept(node):
            self.done = self.past = True
            return node
        if node.look.quotes and not self.done and (whole or node.value in _STRAIGHT):
            self.done = True  # the reference takes the quotation mark for the first letter
        return node.with_children(self.run(node.children))

    def string(self, text: str) -> str:
        if self.past:
            return self.lower(text) if self.lower_rest else text
        start = 0
        if not self.done:
            start = next((i for i, char in enumerate(text) if char.isalnum() or char in _QUOTES), len(text))
            if start == len(text):
                return text
            self.done = True
            end = self.word_end(text, start)
            word = text[start:end]
            if (self.lower_rest or word == word.lower()) and not _is_sign(word):
                text = text[:start] + self.upper(text[start]) + text[start + 1 :]
        end = self.word_end(text, start)
        if end == len(text):
            return text
        self.past = True
        return text[:end] + (self.lower(text[end:]) if self.lower_rest else text[end:])

    @staticmethod
    def word_end(text: str, start: int) -> int:
        return next((i for i in range(start, len(text)) if text[i].isspace() or text[i] in "-'’."), len(text))


def _title(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Title case: words in lower case are capitalized but for stop words inside the title (spec, appendix II)."""
    run = _Title()
    run.hyphened = not _is_one_text(nodes)
    run.count(nodes)
    return run.nodes(nodes)


def _is_one_text(nodes: tuple[Node, ...]) -> bool:
    """Whether a title is one text without markup, quotes and apostrophes, which to the reference begin others."""
    return len(nodes) == 1 and isinstance(nodes[0], str) and not {"'", "’"} & set(nodes[0])


_NO_TITLE_CASE = frozenset(
    {("font-variant", "small-caps"), ("vertical-align", "sup"), ("vertical-align", "sub")}
)


def _is_kept(node: Span) -> bool:
    """Small capitals and super- and subscripts keep their case as if marked (fixture textcase_ImplicitNocase)."""
    return node.tag == "nocase" or (
        node.tag == "markup" and any(entry in _NO_TITLE_CASE for entry in node.look.formats)
    )


class _Title:
    """State of one title: whether the next word begins it or a part of it, and where its last word is."""

    def __init__(self) -> None:
        self.begins = True
        self.words = 0
        self.seen = 0
        self.hyphened = False  # the first hyphen has been seen, or counts for nothing
        self.skips = False  # the next word stays as it is

    def count(self, nodes: tuple[Node, ...]) -> None:
        for node in nodes:
            if isinstance(node, str):
                self.words += sum(map(_is_word, _BETWEEN.split(node)))
            elif _is_kept(node):
                self.words += 1
            else:
                self.count(node.children)

    def nodes(self, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        out: list[Node] = []
        for node in nodes:
            if isinstance(node, str):
                out.append(self.string(node))
            elif _is_kept(node):
                self.seen += 1
                self.begins = False
                out.append(node)
            else:
                if node.look.quotes:
                    self.quote(str(node.value), whole=len(nodes) == 1)
                out.append(node.with_children(self.nodes(node.children)))
        return tuple(out)

    def quote(self, mark: str, *, whole: bool) -> None:
        """A quotation begins: its first word may not be the title's (observed with the reference)."""
        if mark == "'":
            self.skips = not self.begins
        elif self.begins and self.seen == 0 and (whole or mark in _STRAIGHT):
            self.begins, self.skips = False, mark != '"'

    def string(self, text: str) -> str:
        tokens = [token for token in _BETWEEN.split(text) if token]
        place = next((place for place, token in enumerate(tokens) if _JOINS.issuperset(token)), 0)
        if place and tokens[place] == "-" and not self.hyphened:
            # What stands before a hyphen that comes first is never small (fixture textcase_StopWordBeforeHyphen).
            before = "".join(map(self.token, tokens[: place - 1]))
            self.begins = self.begins or tokens[place - 1][0].isalnum()
            return before + "".join(map(self.token, tokens[place - 1 :]))
        return "".join(map(self.token, tokens))

    def token(self, token: str) -> str:
        if token[0].isspace():
            return token
        if not _is_word(token):
            self.begins = self.begins or token[-1] in ":?!"
            return token
        self.seen += 1
        last = self.seen == self.words
        skips = (self.skips and not last) or token[0] == "’" or (token[0] in _QUOTES and self.begins)
        self.skips = False
        word = token if skips else self.word(token, last=last)
        self.begins = token.rstrip("\"'”’)")[-1:] in {":", "?", "!"}
        return word

    def word(self, token: str, *, last: bool) -> str:
        core = token.strip(".,;:!?()[]{}\"'“”‘’…")
        if core != core.lower():  # it has capitals of its own
            begins_word = self.begins and core[1:2] in {"'", "’", "."}  # "d'Artagnan"
            return _capitalize_core(token) if begins_word else token
        if not self.begins and (len(core) == 1 or core[1:2] in {"'", "’", "."}):
            return token  # a letter is a sign, not a word (fixture textcase_LastChar); "o'clock", "e.g."
        if (core in STOP_WORDS or _is_version(core)) and not self.begins and not last:
            return token
        return _capitalize_core(token)


def _is_word(token: str) -> bool:
    return any(char.isalnum() for char in token)


def _is_version(word: str) -> bool:
    """Whether it is one as `v2`, which stays small like `v`."""
    return word[0] == "v" and word[1:].isdigit()


def _capitalize_core(token: str) -> str:
    """A word with its first letter in upper case; what begins with a sign (`+x`, `$x`) is no word to the reference."""
    if token[0] in _NO_OPENING or not (token[0].isalnum() or token[0] in _QUOTES):
        return token
    place = next((index for index, char in enumerate(token) if char.isalnum()), len(token))
    return token[:place] + capitalized(token[place:])
