"""What the quick way of `syntax` refuses, token by token: strings, preambles, comments, and entries that are broken.

Nothing stops here. What can be understood is kept, each fault is told with its place, and the next entry is found at the
next line that starts like one.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left

from cite2bib.formats.bibtex.syntax import BARE, NAME, WS, Assignment, Block, Fault, Kind

_BRACE = re.compile(r"[{}]")
_OPEN = re.compile(r"@\s*+([^\s{}(),=#\"%@]++)\s*+([{(])")
_COMMENT = re.compile(r"@\s*+comment(?![\w-])", re.IGNORECASE)
_LINE_END = re.compile(r"[\r\n]|\Z")
_SPACE = re.compile(WS)
_GAP = re.compile(rf"(?:{WS},)*{WS}")
_FIRST_KEY = re.compile(rf"{WS}([^\s,={{}}%\"#](?:[^,={{}}\r\n%]*+))?{WS}(?=[,}})]|\Z)")
_LONE_KEY = re.compile(rf"{WS}([^\s,={{}}%\"#]++)[ \t]*+(?=[\r\n])")
_NAME_IS = re.compile(rf"({NAME}){WS}=")
_BARE = re.compile(BARE)
# A line that looks like the next entry; with its key and first field, one that can hardly be anything else.
_NEXT_ENTRY = re.compile(r"(?<![^\r\n])[ \t]*@[ \t]*[A-Za-z][\w-]*[ \t]*[{(]")
_SURE_ENTRY = re.compile(
    r"(?<![^\r\n])[ \t]*@[ \t]*[A-Za-z][\w-]*[ \t]*[{(]\s*[^\s,{}()=]*\s*,\s*[\w:+-]+\s*="
)
_NEXT_FIELD = re.compile(rf"(?:\r\n?|\n)(?=[ \t]*+{NAME}[ \t]*+=[ \t]*+[{{\"\w])")
_ANY_ENTRY = re.compile(r"@[A-Za-z][\w-]*[ \t]*[{(]")
_OUTSIDE = {'"': re.compile(r"[{}\"]"), ")": re.compile(r"[{})]")}
_NEAR = 5_000  # what is farther is looked up in a table of the whole text
_MOST_SURE, _MOST_ANY = 3, 60
_STOPS = re.compile(rf"[,{{}})]|{_NEXT_FIELD.pattern}")


class Careful:
    """Reads the blocks of one text that the quick way refuses."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._openings: array[int] | None = None
        self._closings: array[int] | None = None
        self._starts: tuple[array[int], array[int]] | None = None
        self._next = (
            0,
            -1,
            -1,
        )  # from where the next entry was looked for, where it is, and the blanks before it

    def block(self, at: int) -> Block | None:
        """The block that starts at an `@`, or None when it is an `@` in prose."""
        text = self.text
        opening = _OPEN.match(text, at)
        if _COMMENT.match(text, at):
            return self._comment(at, opening)
        if not opening:
            return None
        if opening[1].lower() == "preamble":
            return self._preamble(at, opening)
        return _Reader(self, at, opening).block()

    def _comment(self, at: int, opening: re.Match[str] | None) -> Block:
        """`@comment{...}` as far as its braces go, any other to the end of its line (as biber and JabRef have it)."""
        end = self.partner(opening.end() - 1) if opening and opening[2] == "{" else -1
        if end < 0:
            line_end = _LINE_END.search(self.text, at)
            end = line_end.start() if line_end else len(self.text)
        return Block(Kind.COMMENT, at, end, self.text[at + 1 : at + 8])

    def _preamble(self, at: int, opening: re.Match[str]) -> Block:
        start = opening.end() - 1
        end = self.partner(start) if opening[2] == "{" else self.closing(start, ")")
        if end >= 0:
            return Block(Kind.PREAMBLE, at, end, opening[1])
        fault = Fault(start, "unclosed-brace", f"this {opening[2]!r} is never closed")
        return Block(Kind.BROKEN, at, self.limit(opening.end()), opening[1], faults=(fault,))

    def partner(self, start: int) -> int:
        """The end of the braces that open at `start`, whatever they hold; -1 when they never close."""
        depth = 0
        for count, token in enumerate(_BRACE.finditer(self.text, start)):
            depth += 1 if token[0] == "{" else -1
            if depth == 0:
                return token.end()
            if count > 200:
                return self._far_partner(start)
        return -1

    def _far_partner(self, start: int) -> int:
        """By a table of all braces: many far ones must not take a scan of the whole file each."""
        if self._openings is None or self._closings is None:
            self._openings, self._closings = _partners(self.text)
        index = bisect_left(self._openings, start)
        return self._closings[index]

    def closing(self, start: int, closer: str) -> int:
        """The end of what opens at `start`, -1 when it runs over several entries without closing."""
        end = self.partner(start) if closer == "}" else self._outside(start, closer)
        return -1 if end >= 0 and self._runs_over(start, end) else end

    def _outside(self, start: int, closer: str) -> int:
        """The end of the next such mark outside braces; -1 when something closes that was open before."""
        position = start + 1
        while token := _OUTSIDE[closer].search(self.text, position):
            if token[0] == closer:
                return token.end()
            position = self.partner(token.start()) if token[0] == "{" else -1
            if position < 0 or self._runs_over(start, position):
                return -1
        return -1

    def _runs_over(self, start: int, end: int) -> bool:
        """Whether a stretch holds too much that looks like entries."""
        if end - start < _NEAR:
            sure = sum(1 for _ in _SURE_ENTRY.finditer(self.text, start, end))
            return sure > _MOST_SURE or sum(1 for _ in _ANY_ENTRY.finditer(self.text, start, end)) > _MOST_ANY
        if self._starts is None:
            self._starts = _places(_SURE_ENTRY, self.text), _places(_ANY_ENTRY, self.text)
        sure, others = (bisect_left(places, end) - bisect_left(places, start) for places in self._starts)
        return sure > _MOST_SURE or others > _MOST_ANY

    def next_entry(self, position: int) -> int:
        """Where the next entry seems to start, the end of the text when none does."""
        since, start, _ = self._next
        if not since <= position <= start:
            found = _NEXT_ENTRY.search(self.text, position)
            start = found.start() if found else len(self.text)
            bare = start
            while bare > position and self.text[bare - 1].isspace():
                bare -= 1
            self._next = position, start, bare
        return start

    def limit(self, position: int) -> int:
        """The same, or the blanks before it."""
        self.next_entry(position)
        return max(position, self._next[2])


def _places(pattern: re.Pattern[str], text: str) -> array[int]:
    return array("q", (found.start() for found in pattern.finditer(text)))


def _partners(text: str) -> tuple[array[int], array[int]]:
    """Where braces open, in order, and where each of them ends (-1 for never)."""
    openings, closings = array("q"), array("q")
    stack: list[int] = []
    for token in _BRACE.finditer(text):
        if token[0] == "{":
            stack.append(len(openings))
            openings.append(token.start())
            closings.append(-1)
        elif stack:
            closings[stack.pop()] = token.end()
    return openings, closings


class _Reader:
    """One entry or @string, read a token at a time."""

    def __init__(self, whole: Careful, at: int, opening: re.Match[str]) -> None:
        self.whole = whole
        self.text = whole.text
        self.at = at
        self.type = opening[1]
        self.opening = opening.end() - 1
        self.closer = "}" if opening[2] == "{" else ")"
        self.position = opening.end()
        self.key = ""
        self.fields: list[Assignment] = []
        self.faults: list[Fault] = []
        self.end = -1  # known once the entry is over

    def block(self) -> Block:
        is_string = self.type.lower() == "string"
        if not is_string:
            self._read_key()
        while self.end < 0:
            self._read_field()
        if not (self.key or self.fields):
            kind = Kind.BROKEN if self.faults else Kind.ENTRY
        else:
            kind = Kind.STRING if is_string else Kind.ENTRY
        return Block(
            kind, self.at, self.end, self.type, self.key,
            self.opening + 1, tuple(self.faults), tuple(self.fields),
        )  # fmt: skip

    def _fault(self, offset: int, code: str, message: str) -> None:
        self.faults.append(Fault(offset, code, message))

    def _read_key(self) -> None:
        if found := _FIRST_KEY.match(self.text, self.position):
            key = found[1] or ""
            if self.closer == ")":
                key = key.partition(")")[0]
            self.key = key.strip()
            self.position = found.start(1) + len(key) if found[1] else found.end()
        elif found := _LONE_KEY.match(self.text, self.position):
            self.key = found[1]
            self.position = found.end()
            self._fault(found.end(1), "missing-comma", f"no comma after the key {self.key!r}")

    def _read_field(self) -> None:
        """One assignment, or the entry's end, or what is wrong instead."""
        text = self.text
        gap = _GAP.match(text, self.position)
        start = gap.end() if gap else self.position
        if start >= len(text) or _NEXT_ENTRY.match(text, self._line_start(start)):
            self._unclosed(start)
        elif text[start] == self.closer:
            self.end = start + 1
        elif named := _NAME_IS.match(text, start):
            self._check_comma(start)
            self._read_value(named)
        else:
            self._skip(start)

    def _line_start(self, position: int) -> int:
        """Back over blanks: `_NEXT_ENTRY` wants to see the line's start."""
        while position > self.at and self.text[position - 1] in " \t":
            position -= 1
        return position

    def _check_comma(self, start: int) -> None:
        if self.fields and "," not in self.text[self.fields[-1].end : start]:
            self._fault(
                self.fields[-1].end, "missing-comma", f"no comma after the field {self.fields[-1].name!r}"
            )

    def _unclosed(self, position: int) -> None:
        """The next entry or the end of the file comes before this entry's end."""
        self._fault(self.opening, "unclosed-entry", f"this {self.text[self.opening]!r} is never closed")
        end = self.at + len(self.text[self.at : position].rstrip())
        self.end = (
            max(end, self.fields[-1].end) if self.fields else end
        )  # a value may be missing after blanks

    def _skip(self, start: int) -> None:
        """Over something that is no field, to the next comma, closer or line with a field."""
        shown = self.text[start : start + 20].split("\n")[0].strip()
        self._fault(start, "not-a-field", f"{shown!r} is not a field")
        position = start
        limit = self.whole.limit(start)
        while stop := _STOPS.search(self.text, position, limit):
            position = stop.start()
            mark = self.text[position]
            if mark == "{":
                end = self.whole.partner(position)
                position = end if 0 < end <= limit else position + 1
            elif mark in "})" and (mark != self.closer or position == start):
                position += 1
            else:
                break
        else:
            position = limit
        self.position = max(position, start + 1)
        if position >= limit:
            self._unclosed(limit)

    def _read_value(self, named: re.Match[str]) -> None:
        space = _SPACE.match(self.text, named.end())
        start = space.end() if space else named.end()
        end = self._value_end(start)
        if end == start:
            self._fault(named.start(), "missing-value", f"the field {named[1]!r} has no value")
            self.position = start
            self.fields.append(Assignment(named[1], named.start(), start, start))
        elif end < 0 or self._swallowed(start, end):
            self._unclosed_value(named, start)
        else:
            self.fields.append(Assignment(named[1], named.start(), start, end))
            self.position = end

    def _value_end(self, start: int) -> int:
        """The end of a value, -1 when one of its pieces is not closed, `start` when there is none."""
        end = self._piece_end(start)
        while end > start:
            joint = _SPACE.match(self.text, end)
            at = joint.end() if joint else end
            if not self.text.startswith("#", at):
                return end
            space = _SPACE.match(self.text, at + 1)
            following = space.end() if space else at + 1
            next_end = self._piece_end(following)
            if next_end == following:  # "a #" with nothing behind it
                self._fault(at, "missing-value", "nothing follows this '#'")
                return at + 1
            end = next_end
        return end

    def _piece_end(self, start: int) -> int:
        mark = self.text[start : start + 1]
        if mark in {"{", '"'}:
            return self.whole.closing(start, "}" if mark == "{" else '"')
        if mark == "@" and _NEXT_ENTRY.match(self.text, self._line_start(start)):
            return start  # the value is missing, and the entry's end
        bare = _BARE.match(self.text, start)
        return bare.end() if bare else start

    def _swallowed(self, start: int, end: int) -> bool:
        """Whether a value that closes has eaten the end of its own entry: what follows can't follow a value."""
        space = _SPACE.match(self.text, end)
        after = space.end() if space else end
        follows = self.text[after : after + 1]
        if follows in {",", self.closer} and follows:
            return False
        spans_lines = any(self.text.find(mark, start, end) >= 0 for mark in "\r\n")
        return spans_lines and (follows in {"@", ""} or self.whole.next_entry(start) < end)

    def _unclosed_value(self, named: re.Match[str], start: int) -> None:
        """The value goes as far as its line seems to: the next field's line, or the entry's end."""
        mark = self.text[start]
        self._fault(start, "unclosed-brace", f"this {mark!r} of the field {named[1]!r} is never closed")
        limit = self.whole.limit(start + 1)
        following = _NEXT_FIELD.search(self.text, start, limit)
        if following:
            end = start + len(self.text[start : following.start()].rstrip(" \t,"))
            self.position = end
        else:
            rest = self.text[start + 1 : limit].rstrip()
            end = start + 1 + len(rest[:-1].rstrip() if rest.endswith(("}", ")")) else rest)
            self.end = limit
        self.fields.append(Assignment(named[1], named.start(), start, end))
