r"""Unicode and rich text to TeX that pdflatex takes without packages.

Text that has TeX left in it, as titles saved from web pages do (`\textbf{L}azy`, `$2/\eta$`, a lone `$`), is understood
as far as it makes sense and made harmless where it does not.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from cite2bib import richtext
from cite2bib.formats.bibtex import symbols
from cite2bib.formats.bibtex.decode import braces, decode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cite2bib.richtext import Node, Styled

_PLAIN = re.compile(r"[A-Za-z0-9 ,.;:()!?'`/*+=@\[\]\"-]*")
_MARKS = r"[\u0300-\u036f]"
_CHARACTER = re.compile(rf"[A-Za-z0-9]{_MARKS}+|.", re.DOTALL)
_SPECIAL = re.compile(rf"[A-Za-z0-9]{_MARKS}+|[^A-Za-z0-9 ,.;:()!?'`/*+=@\[\]\"-]")
_COMMAND = re.compile(r"\\([A-Za-z]+)|\\[\"'`^~=.](?:[A-Za-z]|\{\\?[A-Za-z]\})|\\[&%$#_{}]")
# As in pandoc: no blank behind the first dollar nor before the last, and no digit behind that.
_MATH = re.compile(r"(?<!\\)\$(?=[^\s$])([^$]*[^\s$\\])\$(?!\d)")
_ASCII = {
    "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "$": r"\$", "{": r"{\textbraceleft}", "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}", "^": r"{\textasciicircum}", "\\": r"{\textbackslash}", "<": r"{\textless}",
    ">": r"{\textgreater}", "|": r"{\textbar}", "\t": " ", "\n": " ", "\r": " ",
}  # fmt: skip
_TYPOGRAPHY = {
    "\xa0": "~", "\u202f": "~", "\u2009": r"\,", "\xad": r"\-", "‐": "-", "‑": "-", "‒": "--", "–": "--", "—": "---", "―": "---",
    "‘": "`", "’": "'", "“": "``", "”": "''", "ʼ": "'", "′": "$'$", "″": "$''$", "−": "$-$", "⁄": "/", "‖": r"$\|$",
    "·": r"{\textperiodcentered}", "⟨": r"$\langle$", "⟩": r"$\rangle$", "ʹ": "'", "∕": "/", "∣": "$|$", "…": r"{\ldots}",
    "\u200b": "", "\ufeff": "", "ε": r"$\varepsilon$", "φ": r"$\varphi$", "␣": r"{\textvisiblespace}",
    "Ħ": "H", "ħ": "h", "ŉ": "'n", "ſ": "s",
}  # fmt: skip
_ONLY_ELSEWHERE = frozenset(
    """
euro EUR micro TeX LaTeX LaTeXe BibTeX XeTeX glqq grqq slash
""".split()
)
_LETTER_COMMANDS = {
    letter: rf"{{\{command}}}" for command, letter in symbols.LETTERS.items() if command.lower() != "aa"
}
_SYMBOL_COMMANDS = {
    letter: rf"{{\{command}}}"
    for command, letter in reversed(symbols.SYMBOLS.items())
    if not letter.isascii() and command not in _ONLY_ELSEWHERE
}
_MATH_COMMANDS = {letter: rf"\{command}" for command, letter in reversed(symbols.MATH.items())}
# What pdflatex prints of UTF-8 as it stands (t1enc.dfu of LaTeX's kernel): it may stay in BibLaTeX.
_RAW = frozenset(chr(code) for code in range(0xC0, 0x180)) - frozenset("×÷ĦħĸĿŀŉŦŧſ") | frozenset(
    "ȘșȚțẞǍǎǏǐǑǒǓǔǢǣǦǧǨǩǪǫǰǴǵȲȳḂḃḍḞḟḠḡḥḰḱḷṃṅṇṛṣṭẎẏẐẑỲỳ–—‘’“”"
)
_PACKAGE_MATH = {
    "mathbb": "mathbf", "mathds": "mathbf", "boldsymbol": "mathbf", "bm": "mathbf", "pmb": "mathbf", "mathscr": "mathcal",
    "mathfrak": "mathcal", "text": "mathrm", "operatorname": "mathrm", "dfrac": "frac", "tfrac": "frac", "implies": "Rightarrow",
    "lesssim": "sim", "gtrsim": "sim", "varnothing": "emptyset", "leqslant": "leq", "geqslant": "geq", "textnormal": "mathrm",
    "bold": "mathbf", "cal": "mathcal", "vert": "mid", "lvert": "mid", "rvert": "mid", "eps": "epsilon", "coloneqq": "leftarrow",
}  # fmt: skip
_MATH_TOKEN = re.compile(r"\\([A-Za-z]+)|\\([,;:!|{} ])|([A-Za-z0-9\s+\-*/=<>()\[\]|!,.:;\"@?~])|([\^_'{}])")
_STYLE_COMMANDS = {
    "italic": "emph", "bold": "textbf", "sup": "textsuperscript", "sub": "textsubscript", "smallcaps": "textsc",
}  # fmt: skip


def encode(text: str, *, titles: bool = False, raw: bool = False, names: bool = False) -> str:
    r"""The TeX of rich text.

    `titles` protects capitals from styles; `raw` leaves the letters that pdflatex prints from UTF-8 (for BibLaTeX);
    `names` is for names of people, which styles cut labels and initials from.

    >>> encode("Gödel & <i>E. coli</i> at 5% – β"), encode("Gödel's DNA", titles=True, raw=True)
    ('G{\\"o}del \\& \\emph{E. coli} at 5\\% -- $\\beta$', "Gödel's {DNA}")
    """
    if not titles and _PLAIN.fullmatch(text):
        return text
    if "\\" in text:
        text = _without_remnants(text)
    if names:
        return _name(unicodedata.normalize("NFC", text), raw=raw)
    writer = _Writer(titles=titles, raw=raw)
    return writer.value(unicodedata.normalize("NFC", text))


def _name(text: str, *, raw: bool) -> str:
    """Letters that pdflatex can't print are romanised for BibTeX, which would cut them in two, and stay for biber."""
    out = []
    for char in _characters(re.sub(r"[ \t\r\n]+", " ", text)):
        letter = char if _PLAIN.fullmatch(char) else _letter(char, raw)
        out.append(letter if letter is not None else char if raw else _romanised(char))
    return "".join(out).strip()


def _characters(text: str) -> Iterator[str]:
    """The characters of a text, each with the marks that stand above and below it."""
    return (found[0] for found in _CHARACTER.finditer(text))


def _romanised(text: str) -> str:
    from anyascii import anyascii

    return _SPECIAL.sub(lambda found: _ASCII.get(found[0], ""), str(anyascii(text)).strip())


def _without_remnants(text: str) -> str:
    """What TeX there is in a text understood, until none is left: reading our own output must change nothing."""
    for _ in range(4):
        if not _has_remnants(text):
            break
        text = decode(text)
    return text


def _has_remnants(text: str) -> bool:
    return any(not found[1] or _is_known(found[1]) for found in _COMMAND.finditer(text))


def _is_known(command: str) -> bool:
    tables = (
        symbols.LETTERS, symbols.SYMBOLS, symbols.STYLES, symbols.TRANSPARENT, symbols.MATH, symbols.QUOTES, symbols.ACCENTS,
        symbols.IGNORED, symbols.ABBREVIATIONS,
    )  # fmt: skip
    return any(command in table for table in tables) or command in {"href", "ensuremath"}


# TeX reads three marks in a row as a double quote and a single one; between a single and a double one it needs a hint.
_SEAM = re.compile("(?<=[`‘])(?=“)|(?<=['’])(?=”)")


class _Writer:
    """One value."""

    def __init__(self, *, titles: bool, raw: bool) -> None:
        self.titles = titles
        self.raw = raw
        self.starts = True
        self.sentence = False

    def value(self, text: str) -> str:
        if self.titles:
            from cite2bib.formats.bibtex import capitals

            self.sentence = capitals.is_sentence_case(richtext.plain(text))
            letters = [char for char in text if char.isalpha()]
            self.titles = not (len(letters) > 20 and all(char.isupper() for char in letters))
        return self._nodes(richtext.parse(text), protected=False)

    def _nodes(self, nodes: tuple[Node, ...], *, protected: bool) -> str:
        return "".join(
            self._text(node, protected=protected) if isinstance(node, str) else self._styled(node)
            for node in nodes
        )

    def _styled(self, node: Styled) -> str:
        inner = self._nodes(node.children, protected=True)
        self.starts = False
        command = _STYLE_COMMANDS.get(node.style)
        return f"\\{command}{{{inner}}}" if command else f"{{{inner}}}"

    def _text(self, text: str, *, protected: bool) -> str:
        out = []
        position = 0
        for found in _MATH.finditer(text) if "$" in text else ():
            math = _math(found[1])
            if math is None:
                continue
            out.append(self._words(text[position : found.start()], protected=protected))
            needs = self.titles and not protected and any(char.isupper() for char in math)
            out.append(f"{{${math}$}}" if needs else f"${math}$")
            self.starts = False
            position = found.end()
        out.append(self._words(text[position:], protected=protected))
        return "".join(out)

    def _words(self, text: str, *, protected: bool) -> str:
        if not (self.titles and not protected and text):
            return self._escaped(text)
        from cite2bib.formats.bibtex import capitals

        pieces = capitals.pieces(text, starts=self.starts, sentence=self.sentence)
        if text.strip():
            self.starts = text.rstrip().endswith(":")
        return "".join(
            _in_braces(self._escaped(part)) if needed else self._escaped(part) for part, needed in pieces
        )

    def _escaped(self, text: str) -> str:
        if _PLAIN.fullmatch(text):
            return text
        if "“" not in text and "”" not in text:
            return self._piece(text)
        return "{}".join(map(self._piece, _SEAM.split(text)))

    def _piece(self, text: str) -> str:
        if any(_letter(found[0], self.raw) is None for found in _SPECIAL.finditer(text)):
            return _with_romanised(text, self.raw)
        return _printable(text, self.raw)


def _in_braces(text: str) -> str:
    """Protected; math alone has its braces already."""
    return text if text.startswith(("{$", "{{")) and braces(text).get(0) == len(text) - 1 else f"{{{text}}}"


@lru_cache(maxsize=4096)
def _letter(char: str, raw: bool) -> str | None:
    """The TeX of a character, None when pdflatex has no way to print it."""
    if char in _ASCII:
        return _ASCII[char]
    if raw and char in _RAW:
        return char
    for table in (_TYPOGRAPHY, _LETTER_COMMANDS, _SYMBOL_COMMANDS):
        if char in table:
            return table[char]
    if raw and _accented(char):
        return None  # biber would make the bare letter of the accent again
    return _accented(char) or _mathematical(char) or _compatible(char, raw)


def _accented(char: str) -> str:
    decomposed = unicodedata.normalize("NFD", char)
    base, marks = decomposed[0], decomposed[1:]
    if not marks or any(mark not in symbols.COMMANDS_OF_MARKS for mark in marks):
        return ""
    letter = base if base.isascii() and base.isalnum() else _LETTER_COMMANDS.get(base, "")
    if not letter:
        return ""
    for mark in marks:
        command = symbols.COMMANDS_OF_MARKS[mark]
        bare = letter.isalnum() and not command.isalpha()
        letter = f"{{\\{command}{letter}}}" if bare or not command.isalpha() else f"{{\\{command} {letter}}}"
    return letter


def _mathematical(char: str) -> str:
    command = _MATH_COMMANDS.get(char) or _MATH_COMMANDS.get(unicodedata.normalize("NFD", char)[0])
    if not command:
        return ""
    # A style that writes a title small would make $\delta$ of $\Delta$.
    return f"{{${command}$}}" if any(letter.isupper() for letter in command) else f"${command}$"


def _compatible(char: str, raw: bool) -> str | None:
    """What Unicode says a character stands for; nothing for what is invisible."""
    if len(char) > 1:  # a letter with marks that TeX has no command for
        return None if raw else _printable(char[0], raw)
    category = unicodedata.category(char)
    if category in {"Cf", "Cc", "Cs", "Mn", "Me", "Co", "Cn"}:
        return ""
    if category == "Zs":
        return " "
    wide = unicodedata.normalize("NFKC", char)
    if wide == char:
        return None
    kind = unicodedata.decomposition(char).partition(">")[0].strip("<")
    parts = [_letter(part, raw) if not part.isalnum() or not part.isascii() else part for part in wide]
    if None in parts:
        return None
    inner = "".join(part for part in parts if part)
    command = {"super": "textsuperscript", "sub": "textsubscript"}.get(kind)
    return f"\\{command}{{{inner}}}" if command else inner


def _with_romanised(text: str, raw: bool) -> str:
    r"""Text in which stretches that pdflatex can't print stand twice: for engines that can, and romanised.

    `\Umathchar` is a primitive of XeTeX and LuaTeX; the doubled braces keep BibTeX's hands off.
    """
    out = []
    position = 0
    kinds = "".join(_kind(char, raw) * len(char) for char in _characters(text))
    for run in _UNPRINTABLE.finditer(kinds):
        out.append(_printable(text[position : run.start()], raw))
        out.append(_twice(text[run.start() : run.end()]))
        position = run.end()
    return "".join([*out, _printable(text[position:], raw)])


# A stretch may hold single blanks and commas of its own.
_UNPRINTABLE = re.compile("u+(?:b{1,2}u+)*")


def _kind(char: str, raw: bool) -> str:
    if char in {*" ,.:;-!?"} or (
        not char.isascii() and not char[0].isalnum() and unicodedata.category(char[0])[0] in "PZ"
    ):
        return "b"
    return "p" if _PLAIN.fullmatch(char) or _letter(char, raw) is not None else "u"


def _printable(text: str, raw: bool) -> str:
    return _SPECIAL.sub(lambda found: _letter(found[0], raw) or "", text)


def _twice(run: str) -> str:
    return rf"{{{{\ifdefined\Umathchar {run}\else {_romanised(run)}\fi}}}}"


def _math(text: str) -> str | None:
    """Math that LaTeX's kernel takes as it stands, None when it does not."""
    text = "".join(
        f"{_MATH_COMMANDS[char]} " if char in _MATH_COMMANDS and not char.isascii() else char for char in text
    )
    text = re.sub(r"\\([A-Za-z]+)", lambda found: f"\\{_PACKAGE_MATH.get(found[1], found[1])}", text)
    return text if is_kernel_math(text) else None


def is_kernel_math(text: str) -> bool:
    r"""Whether LaTeX's kernel typesets some math without an error.

    >>> is_kernel_math(r"O(\sqrt{n}^2)"), is_kernel_math("x^2^3"), is_kernel_math(r"\mathbb{R}"), is_kernel_math("a_")
    (True, False, False, False)
    """
    if not _pairs_of_arguments(text):
        return False
    position = 0
    scripts: list[set[str]] = [set()]
    waiting = ""  # a script or command that wants something behind it
    lefts = 0
    while position < len(text):
        token = _MATH_TOKEN.match(text, position)
        if token is None:
            return False
        word, _, plain, mark = token.groups()
        position = token.end()
        if plain is not None and plain.isspace():
            continue
        if word is not None and word not in symbols.MATH and word not in symbols.MATH_WORDS:
            return False
        if mark == "}":
            if waiting or len(scripts) == 1:
                return False
            scripts.pop()
            continue
        if mark in {"^", "_", "'"}:
            if waiting or ("^" if mark == "'" else mark) in scripts[-1]:
                return False
            scripts[-1].add(mark)
            waiting = "" if mark == "'" else mark
            continue
        if waiting not in {"^", "_"}:
            scripts[-1].clear()
        elif word in _WANTING and word not in _SCRIPTABLE:
            return False
        if mark == "{":
            scripts.append(set())
        lefts += (word == "left") - (word == "right")
        waiting = word if word in _WANTING else ""
    return not waiting and len(scripts) == 1 and lefts == 0


_TWO_ARGUMENTS = re.compile(r"\\(?:frac|stackrel)(?![A-Za-z])\s*")
_ARGUMENT = re.compile(r"\s*(?:[A-Za-z0-9]|\\[A-Za-z]+)")


def _pairs_of_arguments(text: str) -> bool:
    """Whether each fraction has its two parts."""
    pairs = braces(text)
    for found in _TWO_ARGUMENTS.finditer(text):
        position = found.end()
        for _ in range(2):
            if position in pairs:
                position = pairs[position] + 1
            elif argument := _ARGUMENT.match(text, position):
                position = argument.end()
            else:
                return False
    return True


_WANTING = frozenset(
    """
frac sqrt mathrm mathbf mathit mathcal mathsf mathtt mathnormal hat tilde bar vec dot ddot overline
underline widehat widetilde overbrace underbrace stackrel left right bigl bigr Bigl Bigr big Big mathop
mbox hbox textrm textit textbf textsf texttt not acute grave breve check mathring pmod
""".split()
)
_SCRIPTABLE = frozenset(
    """
frac mathrm mathbf mathit mathcal mathsf mathtt mathnormal
""".split()
)
