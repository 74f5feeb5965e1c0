"""The tree to a list of tokens: affixes, delimiters and quotes in place, punctuation merged where parts meet."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from cite2bib.csl import punctuation
from cite2bib.csl.punctuation import INTO_QUOTES, MARKS, OUT_OF_QUOTES, Side
from cite2bib.light import NamedTuple

if TYPE_CHECKING:
    from cite2bib.csl.ast import Look
    from cite2bib.csl.locale import Locale
    from cite2bib.csl.tree import Span


class Open(NamedTuple):
    """Formatting begins: `name` is a formatting attribute, "display" or "link"."""

    name: str
    value: str


class Close(NamedTuple):
    """The formatting that was opened last ends."""

    name: str
    value: str


class Quote(NamedTuple):
    """A quotation mark."""

    text: str
    opens: bool


Token: TypeAlias = "str | Open | Close | Quote"  # noqa: S105 - of text, not of trust

_SUFFIXES = (Side.TEXT_SUFFIX, Side.SUFFIX)
_SPACES = frozenset(" \u00a0")
_NOWHERE = 10_000  # deeper than any element
_NORMAL = {
    "font-style": "normal",
    "font-variant": "normal",
    "font-weight": "normal",
    "text-decoration": "none",
    "vertical-align": "baseline",
}
_NUMBERS = frozenset(("date", "locator", "number"))
_BODIES = frozenset(("", "link"))  # of cites
_DATA = frozenset(("markup", "nocase", "nodecor", "link"))  # spans that are no elements of the style


class _Flattener:
    """One walk over one entry. It remembers where its last text came from."""

    def __init__(self, locale: Locale) -> None:
        self.out: list[Token] = []
        self.last = -1  # index of the last text token
        self.tail = ""  # its last character
        self.side = Side.TEXT  # what it is to its element
        self.tail_owner: Span | None = None
        self.tail_depth = 0
        self.tail_formatted = False
        self.format_closed = False  # whether the element that has ended last since was formatted
        self.closed_depth = _NOWHERE  # and its depth
        self.quote_at = -1  # where what was quoted last ends, until text follows that is more than marks
        self.quoted_by_data = False  # whether those quotes are of the data, not of the style
        self.quoted_pieces = False  # whether they hold several pieces: markup, other quotes, apostrophes
        self.inserted = False  # whether the last mark was put inside quotes
        self.swallowed = False  # whether the last mark has swallowed another
        self.end_mark = ""  # the mark that has ended the last element, as its suffix
        self.ended_twice = False  # and the group around it, as its suffix
        self.absorbed = False  # whether the suffix of the last element was in its text already
        self.has_blocks = False
        self.owner: Span | None = None  # the element that is walked
        self.depth = 0  # of elements
        self.formats = dict(_NORMAL)
        self.quoted = 0  # depth of quotes
        self.quotes = locale.quotes
        self.marks_into_quotes = locale.punctuation_in_quote

    def text(self, text: str, side: Side, owner: Span, depth: int) -> None:
        """Add text; what meets the text before is merged with it."""
        if not text:
            return
        first = text[0]
        if side in _SUFFIXES:
            self.note_end(first, owner)
        elif self.end_mark or self.ended_twice or self.absorbed:
            if self.ended_twice and first in MARKS and side is not Side.TEXT:
                text = text[1:]
            self.end_mark, self.ended_twice, self.absorbed = "", False, False
            if not text:
                return
            first = text[0]
        if self.tail:
            if first in _SPACES and self.tail in _SPACES:
                text = text if self.follows_number() else text.lstrip(" ")
            elif first in MARKS and not (side is Side.TEXT and (_is_mark(text) or self.continues(owner))):
                text = self.meet(text, side, owner, depth)
            if not text:
                return
            if self.has_blocks and text[0] in MARKS and side is not Side.TEXT:
                text = self.into_block(text)
        if text[0] == " " and side is not Side.TEXT and self.out and isinstance(self.out[-1], Open):
            text = self.hoisted(text)
            if not text:
                return
        self.append(text)
        self.side, self.tail_owner, self.tail_depth = side, owner, depth
        self.tail_formatted = bool(owner.look.formats)

    def continues(self, owner: Span) -> bool:
        """Whether the text before is of the same element."""
        return self.side is Side.TEXT and owner is self.tail_owner

    def follows_number(self) -> bool:
        """Whether a number in a block of its own is before: its space and that of what follows both stay."""
        owner = self.tail_owner
        is_number = owner is not None and (owner.tag == "citation-number" or owner.value == "number")
        return self.has_blocks and is_number and self.block_end() is not None

    def block_end(self) -> int | None:
        """Where a block has ended since the last text."""
        ends = (
            place
            for place in range(self.last + 1, len(self.out))
            if isinstance(self.out[place], Close) and self.out[place].name == "display"  # type: ignore[union-attr]
        )
        return next(ends, None)

    def into_block(self, text: str) -> str:
        """A mark behind a block stands at its end, as in the reference; the text that is left."""
        end = self.block_end()
        if end is None or len(text) < 2:
            return text
        self.out.insert(end, text[0])
        return text[1:]

    def note_end(self, mark: str, owner: Span) -> None:
        """Remember what ends elements: after one mark that ends both a group and its end, the next is swallowed.

        So does the reference: a suffix "." in a group with the suffix "." and ", " behind it give ". ".
        """
        if mark not in MARKS or owner.value == "number":
            self.end_mark, self.ended_twice = "", False
        elif mark == self.end_mark:
            self.ended_twice = True
        elif mark == self.tail and self.side is Side.TEXT and not self.absorbed:
            self.end_mark, self.absorbed = "", True
        else:
            self.end_mark, self.ended_twice = mark, False

    def hoisted(self, text: str) -> str:
        """A space that begins what is formatted stands before the formatting; the text that is left."""
        place = len(self.out)
        while place:
            token = self.out[place - 1]
            if not isinstance(token, Open) or (token.name == "display" and place > 1):
                break
            place -= 1
        if place == len(self.out):
            return text
        self.out.insert(place, " ")
        self.last, self.tail = place, " "
        return text.lstrip(" ")

    def append(self, text: str) -> None:
        if self.quote_at >= 0 and not all(char in MARKS for char in text):
            self.pull_out()
            self.quote_at = -1
        self.last = len(self.out)
        self.out.append(text)
        self.tail = text[-1]
        self.format_closed, self.closed_depth = False, _NOWHERE
        self.inserted = self.swallowed = False

    def meet(self, text: str, side: Side, owner: Span, depth: int) -> str:
        """Merge a mark with what is before it; the text that is left to add."""
        nested = self.tail_depth > min(depth, self.closed_depth)
        if self.quote_at >= 0 and side is not Side.TEXT:
            taken_in = nested or (self.quoted_by_data and self.inserted) or self.last > self.quote_at
            if side is Side.PREFIX and (self.format_closed or (owner.look.formats and not taken_in)):
                return self.past_quote(text)
            return self.meet_quote(text, nested=nested, by_suffix=side is Side.SUFFIX)
        if self.tail not in MARKS:
            return text
        merged = punctuation.table(
            self.side,
            side,
            nested=nested,
            left_formatted=self.tail_formatted,
            right_formatted=bool(owner.look.formats),
            format_closed=self.format_closed,
        )[self.tail + text[0]]
        return self.merge(text, merged)

    def merge(self, text: str, merged: str) -> str:
        """Put what a table says in the place of the last mark and the first of the text."""
        mark, rest = text[0], text[1:]
        if merged == self.tail + mark or (mark == ":" and self.swallowed):
            return text
        if merged == self.tail:
            self.swallowed = mark != merged
            return rest
        before = self.tail
        self.replace_tail(mark)
        return rest if merged == mark else before + rest

    def meet_quote(self, text: str, *, nested: bool, by_suffix: bool) -> str:
        """A mark after closing quotes goes inside, or what is inside comes out, as the locale asks."""
        mark, rest = text[0], text[1:]
        into = self.marks_into_quotes
        if self.last > self.quote_at:  # another mark stands outside already
            given = self.side is Side.TEXT  # by what the text says around a cite: it stays where it is
            text = self.merge(text, punctuation.quoted_table(into_quotes=True, nested=True)[self.tail + mark])
            if (
                into
                and not given
                and len(text) < len(rest) + 1
                and self.tail in INTO_QUOTES
                and not self.quoted_by_data
            ):
                self.move_in()
            return text
        if self.tail not in MARKS:
            if into and (
                mark in INTO_QUOTES
                or (nested and by_suffix and not self.quoted_pieces and not self.quoted_by_data)
            ):
                self.insert(mark)
                return rest
            if into and mark == ";" and self.quoted_by_data:
                return self.behind_quotes(text)
            return text
        deep = nested or self.inserted or self.quoted_pieces or self.quoted_by_data
        table_ = punctuation.quoted_table(into_quotes=into, nested=deep)
        merged = table_[self.tail + mark]
        if into:
            nested = nested and (by_suffix or mark != ";") and not self.quoted_pieces
            return self.meet_inside(text, merged, nested=nested)
        return self.meet_outside(text, merged, nested=nested)

    def behind_quotes(self, text: str) -> str:
        """A semicolon behind quotes of the data stays in the element that they end, as in the reference."""
        places = range(self.quote_at, len(self.out))
        closing = next((place for place in places if isinstance(self.out[place], Quote)), None)
        if closing is None or closing == len(self.out) - 1:
            return text
        self.out.insert(closing + 1, text[0])
        self.last, self.tail = closing + 1, text[0]
        return text[1:]

    def past_quote(self, text: str) -> str:
        """What comes out of quotes before a prefix that does not meet what is in them."""
        if self.marks_into_quotes or self.tail not in OUT_OF_QUOTES:
            return text
        mark = self.tail
        self.drop_tail()
        return mark + text

    def meet_inside(self, text: str, merged: str, *, nested: bool) -> str:
        mark, rest = text[0], text[1:]
        if merged == self.tail:
            return rest
        if merged == mark:
            self.replace_tail(mark)
            return rest
        if mark in INTO_QUOTES or (nested and not (self.inserted and mark == ":")):
            self.insert(mark)
            return rest
        return text

    def meet_outside(self, text: str, merged: str, *, nested: bool) -> str:
        mark, rest = text[0], text[1:]
        inside = self.tail
        if self.quoted_pieces or self.quoted_by_data:  # what ends them never comes out
            if merged == inside:
                return rest
            if merged == mark:
                self.replace_tail(mark)
                return rest
            return text
        if merged == mark and mark != inside and nested:
            self.replace_tail(mark)
            return rest
        if inside in OUT_OF_QUOTES:
            self.drop_tail()
            return merged + rest
        return rest if merged == inside else text

    def insert(self, mark: str) -> None:
        """Add a mark inside the quotes that were closed last."""
        self.out.insert(self.quote_at, mark)
        self.last = self.quote_at
        self.quote_at += 1
        self.tail = mark
        self.inserted = True

    def move_in(self) -> None:
        mark = self.tail
        self.drop_tail()
        self.insert(mark)

    def pull_out(self) -> None:
        """A mark that ends a quoted text comes out of the quotes, where the locale has it so."""
        if self.marks_into_quotes or self.quoted_pieces or self.quoted_by_data:
            return
        if self.last >= self.quote_at or self.tail not in OUT_OF_QUOTES:
            return
        mark = self.tail
        self.drop_tail()
        closing = next(
            (i for i in range(self.quote_at, len(self.out)) if isinstance(self.out[i], Quote)), None
        )
        if closing is not None:
            self.out.insert(closing + 1, mark)
            self.last, self.tail = closing + 1, mark

    def replace_tail(self, mark: str) -> None:
        self.out[self.last] = f"{str(self.out[self.last])[:-1]}{mark}"
        self.tail = mark

    def drop_tail(self) -> None:
        """Take the last mark away."""
        kept = str(self.out[self.last])[:-1]
        if kept:
            self.out[self.last] = kept
            self.tail = kept[-1]
            return
        del self.out[self.last]
        if self.last < self.quote_at:
            self.quote_at -= 1
        self.last = next((i for i in range(self.last - 1, -1, -1) if isinstance(self.out[i], str)), -1)
        self.tail = str(self.out[self.last])[-1] if self.last >= 0 else ""

    def span(self, span: Span) -> None:
        if span.tag in _DATA:
            self.dressed(span, span.look)
            return
        outer, self.owner = self.owner, span
        self.depth += 1
        look, depth = span.look, self.depth
        if look.display:
            self.has_blocks = True
            self.out.append(Open("display", look.display))
        if look.affixes_inside:
            self.dressed(span, look)
        else:
            if look.prefix:
                self.text(self.affix(look.prefix, span), Side.PREFIX, span, depth)
            self.dressed(span, look)
            if look.suffix:
                self.text(self.affix(look.suffix, span), _suffix_side(span), span, depth)
        if look.display:
            self.out.append(Close("display", look.display))
        self.format_closed, self.closed_depth = bool(look.formats), depth
        self.depth -= 1
        self.owner = outer

    def affix(self, text: str, span: Span) -> str:
        """An affix of a span as it is to be here."""
        del span
        return text

    def finish(self) -> list[Token]:
        """All tokens; a space that ends the last block stands behind it."""
        if self.quote_at >= 0:
            self.pull_out()
        out = self.out
        if len(out) > 1 and isinstance(out[-1], Close) and out[-1].name == "display":
            last = out[-2]
            if isinstance(last, str) and last.endswith(" "):
                out[-2] = last.rstrip(" ")
                out.append(" ")
        return out

    def dressed(self, span: Span, look: Look) -> None:
        """The children inside quotes and formatting."""
        if not (look.formats or look.quotes or span.tag in _DATA):
            self.inside(span, look)
            return
        before = self.quoted
        if look.quotes:
            self.open_quote(span)
        opened = self.open(span, look)
        self.inside(span, look)
        content_end = len(self.out)
        for name, value, outer in reversed(opened):
            self.out.append(Close(name, value))
            self.formats[name] = outer
        if look.quotes:
            self.close_quote(content_end, span)
            self.quoted = before

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

    def open_quote(self, span: Span) -> None:
        """Quotes alternate; single ones that are typeset in the data are not made double."""
        self.quoted += 1 if self.quoted == 0 and span.value == self.quotes[2] else 0
        self.out.append(Quote(self.quotes[0 if self.quoted % 2 == 0 else 2], opens=True))
        self.quoted += 1

    def close_quote(self, content_end: int, span: Span) -> None:
        self.quoted -= 1
        if self.quote_at < 0 or self.last > self.quote_at:
            self.quote_at, self.quoted_by_data = content_end, span.tag == "markup"
            self.quoted_pieces = _has_pieces(span)
        self.out.append(Quote(self.quotes[1 if self.quoted % 2 == 0 else 3], opens=False))

    def inside(self, span: Span, look: Look) -> None:
        depth = self.depth
        if look.affixes_inside:
            self.text(self.affix(look.prefix, span), Side.PREFIX, span, depth)
        self.children(span, look)
        if look.affixes_inside:
            self.text(self.affix(look.suffix, span), Side.SUFFIX, span, depth)

    def children(self, span: Span, look: Look) -> None:
        depth, owner = self.depth, self.owner or span
        first = True
        for child in span.children:
            if look.delimiter and not first:
                self.text(look.delimiter, Side.DELIMITER, span, depth + 1)
            first = False
            if isinstance(child, str):
                self.text(child, Side.TEXT, owner, depth)
            else:
                self.span(child)


class _CitationFlattener(_Flattener):
    """One walk over a citation: cites meet neither each other nor the words around them; in notes brackets alternate."""

    def __init__(self, locale: Locale, brackets: Brackets | None) -> None:
        super().__init__(locale)
        self.brackets = brackets
        self.after_cite = False  # whether a cite has just ended

    def cut(self) -> None:
        """What follows here meets nothing before: a cite and the delimiter around it keep their marks and spaces."""
        if self.quote_at >= 0:
            self.pull_out()
            self.quote_at = -1
        self.tail, self.after_cite = "", False
        self.end_mark, self.ended_twice, self.absorbed = "", False, False

    def affix(self, text: str, span: Span) -> str:
        """An affix of a span, its brackets as they are to be here."""
        if not text or not self.brackets or not self.brackets.count(span):
            return text
        return self.brackets.alternated(text)

    def children(self, span: Span, look: Look) -> None:
        depth, owner = self.depth, self.owner or span
        for place, child in enumerate(span.children):
            if look.delimiter and place:
                self.text(look.delimiter, Side.DELIMITER, span, depth + 1)
            if isinstance(child, str):
                if self.after_cite:
                    self.cut()
                # Words that the text sets around a cite count their brackets too.
                self.text(self.affix(child, span) if span.tag == "cite" else child, Side.TEXT, owner, depth)
            else:
                # What a cite says begins anew, behind other cites and behind words that are set before it.
                if place and (child.tag == "cite" or (span.tag == "cite" and child.tag in _BODIES)):
                    self.cut()
                self.span(child)
                self.after_cite = child.tag == "cite"


def _has_pieces(span: Span) -> bool:
    """Whether a quotation is more than one text: the reference looks for marks at the end of single ones only."""
    return any(
        "’" in child or "'" in child if isinstance(child, str) else child.tag in _DATA
        for child in span.children
    )


def _suffix_side(span: Span) -> Side:
    """Whether a suffix belongs to an element of text or to one of elements; numbers count as these."""
    of_elements = span.value == "number" or span.tag == "suffix" or _has_elements(span)
    return Side.SUFFIX if of_elements else Side.TEXT_SUFFIX


def _has_elements(span: Span) -> bool:
    for child in span.children:  # noqa: SIM110 - asked of every span: `any` would take twice as long
        if not isinstance(child, str) and child.tag not in _DATA:
            return True
    return False


class Brackets:
    """Round brackets around round brackets alternate with square ones in notes: (Smith [2000])."""

    def __init__(self) -> None:
        self.depth = 0

    @staticmethod
    def count(span: Span) -> bool:
        """Whether the affixes of a span take part: those of groups, dates and numbers, not of texts and names."""
        if span.tag in _NUMBERS or span.value == "number":
            return True
        return span.tag in {"cite", "suffix"} or (not span.tag and _has_elements(span))

    def alternated(self, text: str) -> str:
        """Text with its round brackets as they are to be at this depth."""
        if "(" not in text and ")" not in text:
            return text
        return "".join(map(self._alternated, text))

    def _alternated(self, char: str) -> str:
        match char:
            case "(":
                self.depth += 1
                return "(" if self.depth % 2 else "["
            case ")":
                self.depth -= 1
                return "]" if self.depth % 2 else ")"
        return char


def _is_mark(text: str) -> bool:
    """Whether a text is a mark and nothing else: as in the reference it stays, whatever is before."""
    return len(set(text.rstrip(" "))) == 1


def flatten(node: Span, locale: Locale) -> list[Token]:
    """Tokens of one bibliography entry."""
    return _flattened(_Flattener(locale), node)


def flatten_citation(node: Span, locale: Locale, *, in_note: bool = False) -> list[Token]:
    """Tokens of one citation."""
    return _flattened(_CitationFlattener(locale, Brackets() if in_note else None), node)


def _flattened(run: _Flattener, node: Span) -> list[Token]:
    run.span(node)
    return run.finish()
