"""The TeX of one field value, command by command: what `decode` loads when it meets some."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from cite2bib.formats.bibtex import symbols
from cite2bib.formats.bibtex.decode import braces
from cite2bib.patterns import late

_TOKEN = late(
    r"(?P<plain>[^\\{}$~`'-]++(?:[-'](?![-'])[^\\{}$~`'-]++)*)|\\(?P<word>[A-Za-z]+)\*?[ \t\r\n]*|\\(?P<sign>.?)"
    r"|---|--|``|''|.",
    re.DOTALL,
)
_LIGATURES = {"---": "—", "--": "–", "``": "“", "''": "”", "`": "‘", "~": "\xa0"}
_SIGNS = {
    "&": "&", "%": "%", "$": "$", "#": "#", "_": "_", "{": "{", "}": "}", " ": " ", "\n": " ", "\t": " ", "\r": " ", ",": "\u2009",
    ";": " ", ":": " ", "\\": " ", "/": "", "-": "", "!": "", "@": "", "": "\\", ">": " ",
}  # fmt: skip
_LETTER_OF_MATH = {f"\\{command}": letter for command, letter in symbols.MATH.items()} | {
    "-": "−", "'": "′", "''": "″", r"\|": "‖", "|": "∣",
}  # fmt: skip
_WORDS = late(r"\\([A-Za-z]+)")
_OPENING = {
    "i": "<i>",
    "b": "<b>",
    "sup": "<sup>",
    "sub": "<sub>",
    "sc": '<span style="font-variant:small-caps;">',
}
_CLOSING = {"i": "</i>", "b": "</b>", "sup": "</sup>", "sub": "</sub>", "sc": "</span>"}
_NOCASE = '<span class="nocase">'
_DEEPEST = 60


class Reader:
    """One value; positions are of its text."""

    def __init__(self, text: str, *, titles: bool) -> None:
        self.text = text
        self.pairs = braces(text)
        self.titles = titles
        self.exact = True
        self.nested = 0  # how many spans are being read, each inside the one before
        self.whole = self._whole()

    def _whole(self) -> int:
        """How many braces embrace all of the value: `{{T}}` protects nothing in particular."""
        count = 0
        while self.pairs.get(count) == len(self.text) - 1 - count:
            count += 1
        return count

    def span(self, start: int, end: int, depth: int) -> str:
        """The rich text of a stretch, which stands that deep in groups; what is nested beyond reason loses its braces."""
        if self.nested > _DEEPEST:
            self.exact = False
            return self.text[start:end].replace("{", "").replace("}", "")
        self.nested += 1
        out: list[str] = []
        position = start
        while position < end:
            token = _TOKEN.match(self.text, position, end)
            if token is None:
                break
            kind = token.lastgroup
            if kind == "plain":
                out.append(token[0])
                position = token.end()
            elif kind == "word":
                position = self._word(token, end, depth, out)
            elif kind == "sign":
                position = self._sign(token, end, depth, out)
            else:
                position = self._mark(token, end, depth, out)
        self.nested -= 1
        return "".join(out)

    def _mark(self, token: re.Match[str], end: int, depth: int, out: list[str]) -> int:
        mark = token[0]
        if mark == "{" and token.start() in self.pairs:
            return self._group(token.start(), depth, out)
        if mark == "$":
            return self._math(token.end(), end, out)
        if mark in {"{", "}"}:
            self.exact = False
        out.append(_LIGATURES.get(mark, mark))
        return token.end()

    def _group(self, start: int, depth: int, out: list[str]) -> int:
        close = self.pairs[start]
        inner = self.span(start + 1, close, depth + 1)
        protects = self.titles and depth == self.whole and self._protects(start, inner)
        out.append(f"{_NOCASE}{inner}</span>" if protects else inner)
        return close + 1

    def _protects(self, start: int, inner: str) -> bool:
        """A group that begins with a command is a letter or a style, and one without capitals protects nothing."""
        if self.text[start + 1 : start + 2] in {"\\", "$", "{"} and not inner.startswith(_NOCASE):
            return self.text[start + 1 : start + 3] == "{{" and any(char.isupper() for char in inner)
        return "<" not in inner and any(char.isupper() for char in inner)

    def _math(self, start: int, end: int, out: list[str]) -> int:
        position = start
        while (position := self.text.find("$", position, end)) > 0 and self.text[position - 1] == "\\":
            position += 1
        if position <= start:
            if position == start:  # "$$": no math between
                self.exact = False
            out.append("$")
            return start
        math = self.text[start:position]
        out.append(self._mathematical(math))
        return position + 1

    def _mathematical(self, math: str) -> str:
        letter = _LETTER_OF_MATH.get(math.strip())
        if letter is None and any(
            word not in symbols.MATH and word not in symbols.MATH_WORDS for word in _WORDS.findall(math)
        ):
            self.exact = False  # it needs a package, which only its own file can promise
        return letter or f"${math}$"

    def _word(self, token: re.Match[str], end: int, depth: int, out: list[str]) -> int:
        word = token["word"]
        position = token.end()
        letter = symbols.LETTERS.get(word) or symbols.SYMBOLS.get(word) or symbols.ABBREVIATIONS.get(word)
        if letter is not None:
            out.append(letter)
            return self._after_letter(token, end)
        if word in symbols.ACCENTS:
            return self._accent(symbols.ACCENTS[word], position, end, depth, out)
        if word in symbols.DECLARATIONS:
            style = symbols.STYLES[word]
            rest = self.span(position, end, depth)
            out.append(f"{_OPENING[style]}{rest}{_CLOSING[style]}" if rest.strip() else rest)
            return end
        if word in symbols.STYLES or word in symbols.TRANSPARENT or word in symbols.QUOTES:
            return self._styled(word, position, end, depth, out)
        return self._rare(token, end, depth, out)

    def _after_letter(self, token: re.Match[str], end: int) -> int:
        r"""Past the `{}` of `\ss{}`; TeX eats blanks after a command, though not before `{}`."""
        if self.text.startswith("{}", token.end(), end):
            return token.end() + 2
        return token.end()

    def _argument(self, position: int, end: int) -> tuple[int, int, int]:
        """Start and end of the next argument's inside, and where it is over."""
        while position < end and self.text[position] in " \t\r\n":
            position += 1
        if position < end and self.text[position] == "{" and position in self.pairs:
            return position + 1, self.pairs[position], self.pairs[position] + 1
        token = _TOKEN.match(self.text, position, end)
        if token is None:
            return position, position, position
        stop = position + 1 if token["plain"] is not None else token.end()
        return position, stop, stop

    def _accent(self, mark: str, position: int, end: int, depth: int, out: list[str]) -> int:
        start, stop, after = self._argument(position, end)
        base = self.span(start, stop, depth + 1)
        if not base.strip():
            spacing = {"\u0303": "~", "\u0302": "^", "\u0308": "¨", "\u0301": "´", "\u0300": "`"}
            out.append(spacing.get(mark, ""))
            return after
        base = {"ı": "i", "ȷ": "j"}.get(base[0], base[0]) + base[1:]
        out.append(unicodedata.normalize("NFC", base[0] + mark) + base[1:] if base[0] != "<" else base)
        return after

    def _styled(self, word: str, position: int, end: int, depth: int, out: list[str]) -> int:
        start, stop, after = self._argument(position, end)
        inner = self.span(start, stop, depth + 1)
        if word in symbols.QUOTES:
            inner = f"“{inner}”"
        elif word in symbols.STYLES and inner:
            style = symbols.STYLES[word]
            inner = f"{_OPENING[style]}{inner}{_CLOSING[style]}"
        out.append(inner)
        return after

    def _rare(self, token: re.Match[str], end: int, depth: int, out: list[str]) -> int:
        word = token["word"]
        position = token.end()
        if word in symbols.IGNORED:
            for _ in range(symbols.IGNORED[word]):
                _, _, position = self._argument(position, end)
            return position
        if word == "href":
            _, _, position = self._argument(position, end)
            return self._styled("mbox", position, end, depth, out)
        if word == "ensuremath":
            start, stop, after = self._argument(position, end)
            out.append(self._mathematical(self.text[start:stop]))
            return after
        letter = symbols.MATH.get(word) or _known_elsewhere(word)
        if letter:
            out.append(letter)
            return self._after_letter(token, end)
        return self._unknown(token, end, out)

    def _unknown(self, token: re.Match[str], end: int, out: list[str]) -> int:
        """As it is written, with its arguments."""
        self.exact = False
        position = token.end()
        while position < end and self.text[position] == "{" and position in self.pairs:
            position = self.pairs[position] + 1
        out.append(self.text[token.start() : position])
        return position

    def _sign(self, token: re.Match[str], end: int, depth: int, out: list[str]) -> int:
        sign = token["sign"]
        if sign in symbols.ACCENTS:
            return self._accent(symbols.ACCENTS[sign], token.end(), end, depth, out)
        if sign == "(" and (close := self.text.find("\\)", token.end(), end)) > 0:
            out.append(f"${self.text[token.end() : close]}$")
            return close + 2
        if sign in _SIGNS:
            out.append(_SIGNS[sign])
        else:
            self.exact = False
            out.append(token[0])
        return token.end()


@lru_cache(maxsize=1024)
def _known_elsewhere(word: str) -> str:
    """What pylatexenc says a command prints, "" when it does not know it."""
    from pylatexenc.latex2text import get_default_latex_context_db  # type: ignore[import-untyped]

    found = get_default_latex_context_db().get_macro_spec(word)
    printed = getattr(found, "simplify_repl", None)
    simple = isinstance(printed, str) and "%" not in printed
    return printed if simple and isinstance(printed, str) else ""
