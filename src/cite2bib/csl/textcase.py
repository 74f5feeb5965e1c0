"""Text case, over nodes: what is marked nocase, and what a word already knows of capitals, is left alone.

https://docs.citationstyles.org/en/stable/specification.html#text-case
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from cite2bib.csl.tree import Node, Span

# The words that title case leaves small (spec, appendix II), and those that it leaves small before another.
STOP_WORDS = frozenset(
    [
        "a",
        "across",
        "afore",
        "after",
        "against",
        "along",
        "alongside",
        "amid",
        "amidst",
        "among",
        "amongst",
        "an",
        "and",
        "anenst",
        "apropos",
        "around",
        "as",
        "aside",
        "astride",
        "at",
        "athwart",
        "atop",
        "barring",
        "before",
        "behind",
        "below",
        "beneath",
        "beside",
        "besides",
        "between",
        "beyond",
        "but",
        "by",
        "c",
        "ca",
        "circa",
        "d",
        "d'",
        "d’",
        "de",
        "despite",
        "down",
        "during",
        "et",
        "except",
        "for",
        "forenenst",
        "from",
        "given",
        "in",
        "inside",
        "into",
        "lest",
        "like",
        "modulo",
        "near",
        "next",
        "nor",
        "notwithstanding",
        "of",
        "off",
        "on",
        "onto",
        "or",
        "out",
        "over",
        "per",
        "plus",
        "pro",
        "qua",
        "sans",
        "since",
        "so",
        "than",
        "the",
        "through",
        "throughout",
        "thru",
        "thruout",
        "till",
        "to",
        "toward",
        "towards",
        "under",
        "underneath",
        "until",
        "unto",
        "up",
        "upon",
        "v",
        "v.",
        "van",
        "versus",
        "via",
        "vis-à-vis",
        "von",
        "vs",
        "vs.",
        "with",
        "within",
        "without",
        "yet",
    ]
)
_STOP_PAIRS = frozenset(
    tuple(pair.split("_"))
    for pair in [
        "according_to",
        "ahead_of",
        "apart_from",
        "as_regards",
        "back_to",
        "because_of",
        "close_to",
        "due_to",
        "far_from",
        "instead_of",
        "regardless_of",
        "such_as",
        "that_of",
        "where_as",
    ]
)
_WORD = re.compile(r"[^\s\u00a0\-–—/]+|[\-–—/]|[\s\u00a0]+")
_CAPITALS = re.compile(r"\w+(?:['’]\w+)*")


def apply(nodes: tuple[Node, ...], case: str, *, english: bool, language: str = "") -> tuple[Node, ...]:
    """Nodes in a text case; title case is for English only."""
    turkic = language.lower().startswith(("tr", "az"))
    match case:
        case "lowercase":
            return _each(nodes, _turkic_lower if turkic else str.lower)
        case "uppercase":
            return _each(nodes, _turkic_upper if turkic else str.upper)
        case "capitalize-first":
            return _First(lower_rest=False).run(nodes)
        case "sentence":
            return _First(lower_rest=True).run(nodes)
        case "capitalize-all":
            return _each(nodes, _capitalize_words)
        case "title":
            return _title(nodes) if english else nodes
    return nodes


def _each(nodes: tuple[Node, ...], change: Callable[[str], str]) -> tuple[Node, ...]:
    """Every string that is not marked nocase, changed."""
    return tuple(
        change(node)
        if isinstance(node, str)
        else (node if node.tag == "nocase" else node.with_children(_each(node.children, change)))
        for node in nodes
    )


def _turkic_lower(text: str) -> str:
    return text.replace("I", "ı").replace("İ", "i").lower()


def _turkic_upper(text: str) -> str:
    return text.replace("i", "İ").upper()


def capitalized(word: str) -> str:
    """A word with its first letter in upper case."""
    return word[:1].upper() + word[1:]


def _capital(word: re.Match[str]) -> str:
    return word[0] if any(char.isupper() for char in word[0]) else capitalized(word[0])


def _capitalize_words(text: str) -> str:
    return _CAPITALS.sub(_capital, text)


class _First:
    """Upper case for the first letter of nodes, and lower case for the rest if asked."""

    def __init__(self, *, lower_rest: bool) -> None:
        self.lower_rest = lower_rest
        self.done = False

    def run(self, nodes: tuple[Node, ...]) -> tuple[Node, ...]:
        return tuple(self.node(node) for node in nodes)

    def node(self, node: Node) -> Node:
        if isinstance(node, str):
            return self.string(node)
        if node.tag == "nocase":
            self.done = True
            return node
        return node.with_children(self.run(node.children))

    def string(self, text: str) -> str:
        if self.lower_rest:
            text = text.lower()
        if self.done:
            return text
        for index, char in enumerate(text):
            if char.isalnum():
                self.done = True
                return text[:index] + char.upper() + text[index + 1 :]
        return text


def _title(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """Title case: words in lower case are capitalized but for stop words inside the title (spec, appendix II)."""
    run = _Title()
    run.count(nodes)
    return run.nodes(nodes)


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
        self.after_period = False
        self.words = 0
        self.seen = 0

    def count(self, nodes: tuple[Node, ...]) -> None:
        for node in nodes:
            if isinstance(node, str):
                self.words += sum(1 for token in _WORD.findall(node) if _is_word(token))
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
                    self.begins = True
                out.append(node.with_children(self.nodes(node.children)))
        return tuple(out)

    def string(self, text: str) -> str:
        tokens = _WORD.findall(text)
        return "".join(self.token(tokens, index) for index in range(len(tokens)))

    def token(self, tokens: list[str], index: int) -> str:
        token = tokens[index]
        if token[0].isspace():
            return token
        if not _is_word(token):
            if token[-1] in ":?!.":
                self.begins = True
            return token
        self.seen += 1
        before_hyphen = index + 1 < len(tokens) and tokens[index + 1] == "-"
        following = tokens[index + 2] if index + 2 < len(tokens) and tokens[index + 1].isspace() else ""
        word = self.word(token, following, last=self.seen == self.words, before_hyphen=before_hyphen)
        end = token.rstrip("\"'”’)")[-1:]
        self.begins, self.after_period = end in {":", "?", "!"}, end == "."
        return word

    def word(self, token: str, following: str, *, last: bool, before_hyphen: bool) -> str:
        core = token.strip(".,;:!?()[]{}\"'“”‘’…")
        if not (self.begins or last or before_hyphen) and self.is_small(core, following):
            keeps = self.after_period or (len(core) > 1 and core.isupper())
            return token if keeps else token.lower()
        if core != core.lower():
            return token  # it has capitals of its own
        if len(core) == 1 and not (self.begins or (before_hyphen and not self.after_period)):
            return token  # a mark, not a word (fixture textcase_LastChar)
        return _capitalize_core(token)

    @staticmethod
    def is_small(core: str, following: str) -> bool:
        """Whether a word is a stop word, alone or with the next one."""
        word = core.lower()
        return word in STOP_WORDS or (word, following.lower()) in _STOP_PAIRS


def _is_word(token: str) -> bool:
    return any(char.isalnum() for char in token)


def _capitalize_core(token: str) -> str:
    for index, char in enumerate(token):
        if char.isalnum():
            return token[:index] + char.upper() + token[index + 1 :]
    return token
