"""The tree to a list of tokens: affixes, delimiters and quotes in place, punctuation merged where parts meet.

The rules for punctuation are those of citeproc-js, as the fixtures punctuation_FullMonty* show them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from cite2bib.csl.ast import Look
    from cite2bib.csl.locale import Locale
    from cite2bib.csl.tree import Node, Span


@dataclass(frozen=True, slots=True)
class Open:
    """Formatting begins: `name` is a formatting attribute, "display" or "link"."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Close:
    """The formatting that was opened last ends."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Quote:
    """A quotation mark."""

    text: str
    opens: bool


Token: TypeAlias = "str | Open | Close | Quote"  # noqa: S105 - of text, not of trust

# What two marks that meet become: left and right, both, or one of them.
MERGED = {
    left + right: merged
    for left, row in {
        ":": {":": ":", ".": ":", ";": ":;", "!": "!", "?": "?", ",": ":,"},
        ".": {":": ".:", ".": ".", ";": ".;", "!": ".!", "?": ".?", ",": ".,"},
        ";": {":": ";", ".": ";", ";": ";", "!": "!", "?": "?", ",": ";,"},
        "!": {":": "!", ".": "!", ";": "!;", "!": "!", "?": "!?", ",": "!,"},
        "?": {":": "?", ".": "?", ";": "?;", "!": "?!", "?": "?", ",": "?,"},
        ",": {":": ",:", ".": ",.", ";": ",;", "!": ",!", "?": ",?", ",": ","},
    }.items()
    for right, merged in row.items()
}
_MARKS = frozenset(":.;!?,")
_SPACES = frozenset(" \u00a0")
_INTO_QUOTES = frozenset(".!?,")
_NORMAL = {
    "font-style": "normal",
    "font-variant": "normal",
    "font-weight": "normal",
    "text-decoration": "none",
    "vertical-align": "baseline",
}


class _Flattener:
    """One walk over one entry."""

    def __init__(self, locale: Locale) -> None:
        self.out: list[Token] = []
        self.last = -1  # index of the last text token
        self.tail = ""  # its last character
        self.quote_at = -1  # index of the first closing quote since text that is more than marks
        self.formats = dict(_NORMAL)
        self.depth = 0  # of quotes
        self.quotes = locale.quotes
        self.marks_into_quotes = locale.punctuation_in_quote

    def text(self, text: str) -> None:
        """Add text; what meets the text before is merged with it."""
        if not text:
            return
        if self.tail:
            if text[0] == " " and self.tail in _SPACES:
                text = text.lstrip(" ")
            elif text[0] in _MARKS:
                text = self.meet(text)
            if not text:
                return
        if text[0] == " " and self.out and isinstance(self.out[-1], Open):
            text = self.hoisted(text)
            if not text:
                return
        self.append(text)

    def hoisted(self, text: str) -> str:
        """A space that begins what is formatted stands before the formatting; the text that is left."""
        place = len(self.out)
        while (
            place
            and isinstance(self.out[place - 1], Open)
            and (
                place == 1 or self.out[place - 1].name != "display"  # type: ignore[union-attr]
            )
        ):
            place -= 1
        if place == len(self.out):
            return text
        self.out.insert(place, " ")
        self.tail = " "
        return text.lstrip(" ")

    def append(self, text: str) -> None:
        if self.quote_at >= 0 and not all(char in _MARKS for char in text):
            self.quote_at = -1
        self.last = len(self.out)
        self.out.append(text)
        self.tail = text[-1]

    def meet(self, text: str) -> str:
        """Merge a mark with the one before, across closing quotes; the text that is left to add."""
        mark, rest = text[0], text[1:]
        if self.tail in _MARKS:
            merged = MERGED[self.tail + mark]
            if merged == self.tail:
                return rest.lstrip(" ") if rest[:1] == " " and self.tail == " " else rest
            if merged == mark and self.last > self.quote_at:
                self.drop_tail()
        if self.quote_at < 0 or not self.marks_into_quotes or mark not in _INTO_QUOTES:
            return text
        if self.last > self.quote_at:
            return text  # another mark stands outside already
        self.out.insert(self.quote_at, mark)
        self.last = self.quote_at
        self.quote_at += 1
        self.tail = mark
        return rest

    def drop_tail(self) -> None:
        """Take the last mark away."""
        kept = str(self.out[self.last])[:-1]
        if kept:
            self.out[self.last] = kept
            self.tail = kept[-1]
            return
        del self.out[self.last]
        self.last = next((i for i in range(len(self.out) - 1, -1, -1) if isinstance(self.out[i], str)), -1)
        self.tail = str(self.out[self.last])[-1] if self.last >= 0 else ""

    def leaf(self, text: str) -> None:
        """Add what an element says: its own punctuation stays where it is."""
        if text[:1] in _SPACES and self.tail and self.tail in _SPACES:
            text = text.lstrip(" ")
        if text:
            self.append(text)

    def node(self, node: Node) -> None:
        if isinstance(node, str):
            self.leaf(node)
        else:
            self.span(node)

    def span(self, span: Span) -> None:
        look = span.look
        if look.affixes_inside:
            self.dressed(span, look)
            return
        if look.display:
            self.out.append(Open("display", look.display))
        if look.prefix:
            self.text(look.prefix)
        self.dressed(span, look)
        if look.suffix:
            self.text(look.suffix)
        if look.display:
            self.out.append(Close("display", look.display))

    def finish(self) -> list[Token]:
        """All tokens; a space that ends the last block stands behind it."""
        out = self.out
        if len(out) > 1 and isinstance(out[-1], Close) and out[-1].name == "display":
            last = out[-2]
            if isinstance(last, str) and last.endswith(" "):
                out[-2] = last.rstrip(" ")
                out.append(" ")
        return out

    def dressed(self, span: Span, look: Look) -> None:
        """The children inside quotes and formatting."""
        if not (look.formats or look.quotes or span.tag in {"nodecor", "link"}):
            self.inside(span, look)
            return
        before = self.depth
        if look.quotes:
            # Single quotes that are typeset in the data are not made double ones (fixture flipflop_LeadingMarkupWithApostrophe).
            self.depth += 1 if self.depth == 0 and span.value == self.quotes[2] else 0
            self.out.append(Quote(self.quotes[0 if self.depth % 2 == 0 else 2], opens=True))
            self.depth += 1
        opened = self.open(span, look)
        self.inside(span, look)
        for name, value, outer in reversed(opened):
            self.out.append(Close(name, value))
            self.formats[name] = outer
        if look.quotes:
            self.close_quote()
            self.depth = before

    def open(self, span: Span, look: Look) -> list[tuple[str, str, str]]:
        """Open what is not so already; markup in the data inside the same formatting turns it off."""
        formats = look.formats
        if span.tag == "nodecor":
            formats = tuple(_NORMAL.items())
        opened = []
        for name, asked in reversed(formats):
            value, before = asked, self.formats[name]
            if value == before:
                if span.tag != "markup" or value == _NORMAL[name]:
                    continue
                value = _NORMAL[name]
            self.out.append(Open(name, value))
            self.formats[name] = value
            opened.append((name, value, before))
        if span.tag == "link":
            self.out.append(Open("link", str(span.value)))
            opened.append(("link", str(span.value), ""))
        return opened

    def close_quote(self) -> None:
        self.depth -= 1
        if self.quote_at < 0 or self.last > self.quote_at:
            self.quote_at = len(self.out)
        self.out.append(Quote(self.quotes[1 if self.depth % 2 == 0 else 3], opens=False))

    def inside(self, span: Span, look: Look) -> None:
        if look.affixes_inside:
            self.text(look.prefix)
        if look.delimiter:
            first = True
            for child in span.children:
                if not first:
                    self.text(look.delimiter)
                first = False
                self.node(child)
        else:
            for child in span.children:
                self.node(child)
        if look.affixes_inside:
            self.text(look.suffix)


def flatten(node: Node, locale: Locale) -> list[Token]:
    """Tokens of one citation or one bibliography entry."""
    run = _Flattener(locale)
    run.node(node)
    return run.finish()
