"""Characters that TeX, HTML or a wrong encoding made of others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib.fix.finding import Found, Rule
from cite2bib.fix.tex import is_escaped, texts
from cite2bib.formats.bibtex.syntax import Edit
from cite2bib.formats.bibtex.tables import VERBATIM

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cite2bib.fix.entries import Entry, Item

# Fields that styles print as text.
PRINTED = frozenset(
    """
title booktitle maintitle subtitle booksubtitle mainsubtitle titleaddon booktitleaddon shorttitle journal journaltitle
journalsubtitle shortjournal series publisher address location institution school organization howpublished note addendum
edition type author editor translator bookauthor eventtitle venue issuetitle volume number pages chapter
""".split()
)
_CODE = VERBATIM | frozenset(
    {"abstract", "keywords", "groups", "owner", "timestamp", "bibsource", "biburl", "code"}
)

_ENTITY = re.compile(
    r"(?:\{?\\?&\}?|\\?&)(?:(\\?#|\{?\\#\}?)(\d{2,7}|[xX][0-9a-fA-F]{2,6})|([A-Za-z][A-Za-z0-9]{1,31}));"
)
_SPECIALS = {
    "&": re.compile(r"&"),
    "%": re.compile(r"%(?![ \t]*[\r\n])"),  # at a line's end it is meant: TeX joins the lines
    "#": re.compile(r"#"),
    "_": re.compile(r"_"),
    "$": re.compile(r"\$"),
    "^": re.compile(r"\^"),
}
_TEX = {"^": r"\^{}"}
_ANY_SPECIAL = re.compile(r"[&%#_$^]")


def _unescaped(entry: Entry, item: Item) -> Iterator[Found]:
    for start, end in item.literals():
        value = entry.file.text[start:end]
        if "\\begin" in value or not _ANY_SPECIAL.search(value):
            continue
        entities = {
            found.start() + found[0].index("&") for found in _ENTITY.finditer(value) if _character(found)
        }
        for place in _places(value):
            char = value[place]
            if char == "&" and place in entities:
                continue
            if char == "#" and place - 1 in entities:
                continue
            edit = Edit(start + place, start + place + 1, _TEX.get(char, f"\\{char}"))
            yield Found(start + place, f"LaTeX takes this {char!r} in {item.name} for a command", (edit,))


def _places(value: str) -> Iterator[int]:
    """The special characters that stand in text; one half of a formula is nobody's to mend."""
    stretches = list(texts(value))
    dollars = [
        place
        for start, end in stretches
        for place in range(start, end)
        if value[place] == "$" and not is_escaped(value, place)
    ]
    total = sum(not is_escaped(value, found.start()) for found in re.finditer(r"\$", value))
    if total % 2 and total > 1:
        return
    specials = "&%#$" if dollars else "&%#_^"
    for start, end in stretches:
        for char in specials:
            yield from (found.start() for found in _SPECIALS[char].finditer(value, start, end))


def _character(found: re.Match[str]) -> str:
    """What an entity stands for, "" when it is none."""
    from html import unescape
    from html.entities import html5

    _, number, name = found.groups()
    if name:
        return html5.get(f"{name};", "")
    char = unescape(f"&#{number};")
    return char if char.isprintable() or char == "\xa0" else ""


_PLAIN_TEX = {
    "&": r"\&", "<": r"\textless{}", ">": r"\textgreater{}", "'": "'", '"': "''", "%": r"\%", "#": r"\#", "_": r"\_", "$": r"\$",
    "\xa0": "~", "{": r"\{", "}": r"\}", "\\": r"\textbackslash{}", "–": "--", "—": "---", "‘": "`", "’": "'", "“": "``",
    "”": "''", "^": r"\^{}", "~": r"\textasciitilde{}", "\u200b": "", "\xad": r"\-", "\u2009": r"\,", "\u202f": "~",
    "\u2002": " ", "\u2003": " ",
}  # fmt: skip


def _entities(entry: Entry, item: Item) -> Iterator[Found]:
    is_verbatim = item.name in _CODE
    for start, end in item.literals():
        value = entry.file.text[start:end]
        for found in _ENTITY.finditer(value):
            char = _character(found)
            place = start + found.start()
            whole = _whole(found[0])
            if not char or (char in "{}\\" and is_verbatim):
                continue
            new = char if is_verbatim else _PLAIN_TEX.get(char) or entry.file.letters(char)
            if char == "\u200b":
                new = ""
            if not entry.file.can_hold(new) or not whole:
                continue
            yield Found(place, f"{found[0]} is HTML for {char!r}", (Edit(place, place + len(found[0]), new),))


def _whole(text: str) -> bool:
    r"""Whether the braces of an entity like `{\&}amp;` are its own."""
    return text.count("{") == text.count("}")


_TAG = re.compile(
    r"<(i|em|b|strong|sub|sup|scp|tt)>((?:(?!<(?:i|em|b|strong|sub|sup|scp|tt)>)[^{}$]|\{[^{}]*\})*?)</\1>",
    re.IGNORECASE,
)
_COMMANDS = {
    "i": "emph", "em": "emph", "b": "textbf", "strong": "textbf", "sub": "textsubscript", "sup": "textsuperscript",
    "scp": "textsc", "tt": "texttt",
}  # fmt: skip


def _tags(entry: Entry, item: Item) -> Iterator[Found]:
    for start, end in item.literals():
        value = entry.file.text[start:end]
        for found in _TAG.finditer(value):
            place = start + found.start()
            inner = start + found.start(2), start + found.end(2)
            opening = Edit(place, inner[0], f"\\{_COMMANDS[found[1].lower()]}{{")
            closing = Edit(inner[1], start + found.end(), "}")
            yield Found(place, f"<{found[1]}> is HTML, not TeX", (opening, closing))


# Bytes of UTF-8 as Windows' or ISO's Western letters: a lead byte and its continuations.
_CONTINUATION = "".join(
    sorted({bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(0x80, 0xC0)})
)
_CONTINUED = f"[{re.escape(_CONTINUATION)}\x80-\x9f]"
_GARBLED = re.compile(
    f"[\xc3-\xdf]{_CONTINUED}|\xc2{_CONTINUED}|[\xe0-\xef]{_CONTINUED}{{2}}|[\xf0-\xf4]{_CONTINUED}{{3}}"
)


def mended(text: str) -> str:
    """What letters were before they were read in the wrong encoding, "" when they were not.

    >>> mended("Ã©"), mended("â€“"), mended("Ñ–")
    ('é', '–', 'і')
    """
    try:
        data = b"".join(_byte(char) for char in text)
        char = data.decode("utf-8")
    except UnicodeError:
        return ""
    return char if char.isprintable() or char == "\xa0" else ""


def _byte(char: str) -> bytes:
    return char.encode("latin-1") if char < "\x80" or "\x80" <= char <= "\x9f" else char.encode("cp1252")


def _mojibake(entry: Entry, item: Item) -> Iterator[Found]:
    for start, end in item.literals():
        value = entry.file.text[start:end]
        if value.isascii():
            continue
        for found in _GARBLED.finditer(value):
            char = mended(found[0])
            if not char or not _is_likely(char, found[0]):
                continue
            new = {"\xa0": "~"}.get(char, char) if item.name not in _CODE else char
            new = new if entry.file.can_hold(new) else entry.file.letters(new)
            place = start + found.start()
            yield Found(
                place,
                f"{found[0]!r} is {char!r} read in a wrong encoding",
                (Edit(place, place + len(found[0]), new),),
            )


def _is_likely(char: str, garbled: str) -> bool:
    """Two letters of which the second can follow the first in a word (`Ñ` and `º`) must give a Latin letter or a mark."""
    return char < "\u0250" or "\u2000" <= char < "\u2300" or len(garbled) > 2


_HAS_ENTITY = re.compile(r"&\}?(?:\\?\{?\\?#|[A-Za-z])")

RULES = (
    Rule(
        "html-entity",
        "HTML's way to write a character.",
        "`&amp;`, `&#39;`, `&eacute;` come with records that were copied from web pages. They become the character, in TeX where "
        "the field is TeX and plain in addresses.",
        "@misc{a,\n  title = {Bits &amp; Pieces of Andr&eacute;},\n}\n",
        "@misc{a,\n  title = {Bits \\& Pieces of Andr{\\'e}},\n}\n",
        field=_entities,
        present=lambda text: "&" in text,
        gate=lambda raw: "&" in raw and _HAS_ENTITY.search(raw),
    ),
    Rule(
        "html-tag",
        "HTML's tags for italics, bold, sub- and superscript.",
        "LaTeX prints `<i>` as it stands, or worse. The tags become commands of LaTeX's kernel, the text between them stays.",
        "@misc{a,\n  title = {Growth of <i>E. coli</i>},\n}\n",
        "@misc{a,\n  title = {Growth of \\emph{E. coli}},\n}\n",
        field=_tags,
        names=PRINTED,
        present=lambda text: "</" in text,
        gate=lambda raw: "</" in raw,
    ),
    Rule(
        "mojibake",
        "Letters that were read in a wrong encoding.",
        "`MÃ¼ller` is `Müller` whose UTF-8 was taken for Latin-1 or Windows-1252. Only sequences that decode to a letter or mark "
        "are changed.",
        "@misc{a,\n  author = {MÃ¼ller, Karl},\n}\n",
        "@misc{a,\n  author = {Müller, Karl},\n}\n",
        field=_mojibake,
        present=lambda text: not text.isascii(),
        gate=lambda raw: not raw.isascii() and _GARBLED.search(raw),
    ),
    Rule(
        "unescaped-special",
        "A character that LaTeX takes for a command: & % # _ $ ^ in text.",
        "An unescaped `%` silently eats the rest of a line in the PDF, the others stop LaTeX. Math, addresses, labels and verbatim "
        "fields are left alone, and so is a `$` that may be half of a formula.",
        "@misc{a,\n  title = {R&D at 5% of $x_1$},\n}\n",
        "@misc{a,\n  title = {R\\&D at 5\\% of $x_1$},\n}\n",
        field=_unescaped,
        names=PRINTED,
        gate=_ANY_SPECIAL.search,
    ),
)
