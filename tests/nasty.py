"""Files of a corpus, maltreated: what programs, editors and people do to a .bib, several of it at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

Change = Callable[[Random, str], str]

STRAYS = ["@", "@article{", "{", "}", '"', "#", ",", "%", "\\", "$", "&", "=", "(", ")", "@comment{", "~", "\0", "\x0b", "\u2028", "\x85",
          "\ufeff", "\u200b", "\x1c", "\x0c", "<i>", "&amp;", "\\url{", "\\\\", "{\\"]  # fmt: skip
LINES = [
    "@comment{jabref-meta: databaseType:bibtex;}", "@Comment{x {nested} @article{y, title={z}} }", "@comment not braced",
    "% @article{commented, title={x}}", '@string{foo = "bar" # baz}', '@preamble{ {\\newcommand} # "x" }', "@STRING(foo = {bar})",
    "@misc{}", "@misc{,}", "@misc", "@misc{k", "@{x,y=1}", "This file was created with JabRef 2.9.\nEncoding: UTF8",
    "@comment{BibDesk Static Groups{\n<a>{x}</a>}}", "@inproceedings{c1, crossref={c1}}", "@misc{c2, xdata={c2}, ids={c2}}",
    "@article(par, title={x)y}, year=2000)", "mail me@example.com {x}", "  year = {2000},", "}", '@article{q, title = "a {"} b", year = 20 # 01 }',
    "@online{o, url={http://x.y/%20a_b#c}, doi={https://doi.org/10.1/ab}}",
]  # fmt: skip
KEYS = [
    "",
    "a b",
    "é",
    "x:y/z+w",
    "key'",
    "日本",
    "a;b",
    "A",
    "{x}",
    "k(1)",
    "%",
    'a"b',
    "x,",
    "~a",
    "\\alpha",
]
TYPES = "my-type ARTICLE set xdata Foo.bar a:b 1x string comment préface dataset www control".split()
NAMES = "title+an a:b x-y date.1 Title TITLE é author year crossref xdata ids note".split()
HUGE = ["x" * 9000, "{" * 500 + "x" + "}" * 500, "a and " * 1500, "$x$ " * 1500, "\\'e" * 1500, "1-2, " * 1500, "& " * 1500, "{\\'" * 900,
        "\\em " * 900, "Ã©" * 1500, "\n" * 4000, "A " * 3000, "%\n" * 2000]  # fmt: skip
DECLARED = "latin1 ISO8859_1 Cp1252 UTF-8 utf-7 MacRoman shift_jis big5 utf-16 rot13 idna base64 hz".split()


def without(marks: str) -> Change:
    def change(chance: Random, text: str) -> str:
        places = [place for place, char in enumerate(text) if char in marks]
        gone = set(chance.sample(places, min(len(places), chance.randint(1, 4))))
        return "".join(char for place, char in enumerate(text) if place not in gone)

    return change


def swapped_braces(chance: Random, text: str) -> str:
    chars = list(text)
    places = [place for place, char in enumerate(chars) if char in "{}"]
    for place in chance.sample(places, min(len(places), chance.randint(1, 3))):
        chars[place] = "}" if chars[place] == "{" else "{"
    return "".join(chars)


def strays(chance: Random, text: str) -> str:
    place = chance.randint(0, len(text))
    return text[:place] + chance.choice(STRAYS) + text[place:]


def lines(chance: Random, text: str) -> str:
    found = text.split("\n")
    found.insert(chance.randint(0, len(found)), chance.choice(LINES))
    return "\n".join(found)


def cut(chance: Random, text: str) -> str:
    start = chance.randint(0, len(text))
    return text[:start] + text[start + chance.choice([20, 200, len(text)]) :]


def repeated(chance: Random, text: str) -> str:
    start, place = chance.randint(0, len(text)), chance.randint(0, len(text))
    return text[:place] + text[start : start + chance.randint(1, 800)] + text[place:]


def each(pattern: str, now: Callable[[Random, re.Match[str]], str], chance_of: float = 0.4) -> Change:
    """Some of what a pattern finds, changed."""

    def change(chance: Random, text: str) -> str:
        return re.sub(
            pattern, lambda found: now(chance, found) if chance.random() < chance_of else found[0], text
        )

    return change


VALUE = r"=\s*\{([^{}]*)\}"
CHANGES: list[Change] = [
    *map(without, ["{}", ",", "=", '"', "@", "\n"]), swapped_braces, strays, lines, cut, repeated,
    each(r"(?s)@(\w+)\s*\{(.*?)\n\}", lambda _, found: f"@{found[1]}({found[2]}\n)", 1),
    each(VALUE, lambda _, found: f'= "{found[1]}"'),
    each(VALUE, lambda _, found: f'= {{{found[1][:5]}}} # foo # "{found[1][5:]}"'),
    each(VALUE, lambda chance, _: f"= {{{chance.choice(HUGE)}}}", 0.05),
    each(VALUE, lambda _, found: f"= {{{found[1].upper()}}}"),
    each(r"(@\w+\s*\{)[^,\n]*", lambda chance, found: found[1] + chance.choice(KEYS)),
    each(r"@\w+", lambda chance, _: f"@{chance.choice(TYPES)}"),
    each(r"\w+(?=\s*=)", lambda chance, _: chance.choice(NAMES)),
]  # fmt: skip


def encoded(chance: Random, text: str) -> bytes:
    """The text in some encoding, declared, marked, broken or none of it, with some ends of lines."""
    newlines = chance.choice([["\n"], ["\n"], ["\r"], ["\r\n"], ["\n", "\r", "\r\n", "\n\r"]])
    text = re.sub("\n", lambda _: chance.choice(newlines), text)
    way = chance.randint(0, 9)
    if way == 0:
        return b"\xef\xbb\xbf" + text.encode("utf-8", "replace")
    if way <= 4:
        name = ["utf-16", "utf-16-le", "utf-32", "latin-1"][way - 1]
        return text.encode(name, "replace")
    if way == 5:
        return f"% Encoding: {chance.choice(DECLARED)}{newlines[0]}{text}".encode("latin-1", "replace")
    data = bytearray(text.encode("utf-8", "replace"))
    for _ in range(3 if way == 6 and data else 0):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def maltreated(text: str, seed: int, most: int = 5000) -> bytes:
    """Some of a .bib after up to four changes, the same for the same seed."""
    chance = Random(seed)
    starts = [found.start() for found in re.finditer(r"(?m)^@", text)] or [0]
    start = chance.choice(starts)
    text = text[start : start + chance.randint(200, most)]
    for _ in range(chance.randint(0, 4)):
        text = chance.choice(CHANGES)(chance, text)
    return encoded(chance, text)
