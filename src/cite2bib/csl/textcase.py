"""Text case, over nodes: what is marked nocase, and what a word already knows of capitals, is left alone.

https://docs.citationstyles.org/en/stable/specification.html#text-case
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from cite2bib.csl.tree import Node, Span

STOP_WORDS = frozenset(
    [
        "a",
        "according",
        "across",
        "afore",
        "after",
        "against",
        "ahead",
        "along",
        "alongside",
        "amid",
        "amidst",
        "among",
        "amongst",
        "an",
        "and",
        "anenst",
        "apart",
        "apropos",
        "around",
        "as",
        "aside",
        "astride",
        "at",
        "athwart",
        "atop",
        "back",
        "barring",
        "because",
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
        "close",
        "d'autres",
        "d",
        "de",
        "despite",
        "down",
        "due",
        "during",
        "et",
        "except",
        "far",
        "following",
        "for",
        "forenenst",
        "from",
        "given",
        "in",
        "inside",
        "instead",
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
        "regardless",
        "sans",
        "since",
        "so",
        "subsequent",
        "such",
        "than",
        "the",
        "though",
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
        "van",
        "versus",
        "via",
        "vis-à-vis",
        "von",
        "vs",
        "vs.",
        "while",
        "with",
        "within",
        "without",
        "worth",
        "yet",
    ]
)
_WORD = re.compile(r"[^\s\u00a0\-–—/]+|[\-–—/]|[\s\u00a0]+")
_SENTENCE_END = (":", "?", "!", ".")


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
            return _sentence(nodes)
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


def _capitalize_words(text: str) -> str:
    return re.sub(r"(?<![\w'’])\w", lambda match: match[0].upper(), text)


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


def _has_lower(nodes: tuple[Node, ...]) -> bool:
    return any(
        any(char.islower() for char in node) if isinstance(node, str) else _has_lower(node.children)
        for node in nodes
    )


def _sentence(nodes: tuple[Node, ...]) -> tuple[Node, ...]:
    """All in upper case: lower all but the first letter; else lower every word that is only capitalized (spec)."""
    if not _has_lower(nodes):
        return _First(lower_rest=True).run(nodes)
    lowered = _each(nodes, _uncapitalize_words)
    return _First(lower_rest=False).run(lowered)


def _uncapitalize_words(text: str) -> str:
    return re.sub(
        r"[^\s\u00a0\-–—/]+",
        lambda match: match[0].lower() if match[0][1:] == match[0][1:].lower() else match[0],
        text,
    )


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
        self.after_hyphen = False
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
            self.after_hyphen = False
            return token
        if not _is_word(token):
            if token == "-":  # noqa: S105 - a word of a title
                self.after_hyphen = True
            elif token[-1] in ":?!.":
                self.begins = True
            return token
        self.seen += 1
        before_hyphen = index + 1 < len(tokens) and tokens[index + 1] == "-"
        word = self.word(token, last=self.seen == self.words, before_hyphen=before_hyphen)
        self.begins = token.rstrip("\"'”’)")[-1:] in {":", "?", "!"}
        self.after_hyphen = False
        return word

    def word(self, token: str, *, last: bool, before_hyphen: bool) -> str:
        core = token.strip(".,;:!?()[]{}\"'“”‘’…")
        if core != core.lower():
            return token  # it has capitals of its own
        if core in STOP_WORDS and not self.begins and not last and not before_hyphen:
            return token
        if self.after_hyphen and len(core) == 1:
            return token  # a mark, not a word (fixture textcase_LastChar)
        return _capitalize_core(token)


def _is_word(token: str) -> bool:
    return any(char.isalnum() for char in token)


def _capitalize_core(token: str) -> str:
    for index, char in enumerate(token):
        if char.isalnum():
            return token[:index] + char.upper() + token[index + 1 :]
    return token
