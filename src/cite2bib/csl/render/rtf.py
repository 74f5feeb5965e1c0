"""RTF 1.5: a paragraph an entry, for word processors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib.csl.render.blocks import Words, blocks

if TYPE_CHECKING:
    from cite2bib.csl.flatten import Token
    from cite2bib.csl.passes import Entry, Rendered


def _pair(word: str) -> tuple[str, str]:
    return f"{{\\{word} ", "}"


_MARKS = {
    ("font-style", "italic"): _pair("i"),
    ("font-style", "oblique"): _pair("i"),
    ("font-style", "normal"): _pair("i0"),
    ("font-variant", "small-caps"): _pair("scaps"),
    ("font-variant", "normal"): _pair("scaps0"),
    ("font-weight", "bold"): _pair("b"),
    ("font-weight", "normal"): _pair("b0"),
    ("text-decoration", "underline"): _pair("ul"),
    ("text-decoration", "none"): _pair("ulnone"),
    ("vertical-align", "sup"): _pair("super"),
    ("vertical-align", "sub"): _pair("sub"),
    ("vertical-align", "baseline"): _pair("nosupersub"),
}
_ESCAPES = str.maketrans(
    {"\\": r"\\", "{": r"\{", "}": r"\}", "\n": r"\line ", "\t": r"\tab ", "\u00a0": r"\~"}
)


def escape(text: str) -> str:
    r"""Text in RTF; letters beyond ASCII by number, in UTF-16.

    >>> escape("Gödel {1}")
    'G\\u246?del \\{1\\}'
    """
    text = text.translate(_ESCAPES)
    return text if text.isascii() else "".join(map(_char, text))


def _char(char: str) -> str:
    if char.isascii():
        return char
    units = char.encode("utf-16-le")
    numbers = [int.from_bytes(units[i : i + 2], "little", signed=True) for i in range(0, len(units), 2)]
    return "".join(f"\\u{number}?" for number in numbers)


def _link(address: str, text: str) -> str:
    if "://" not in address:
        return text
    target = escape(address.replace('"', "%22"))
    return f'{{\\field{{\\*\\fldinst{{HYPERLINK "{target}"}}}}{{\\fldrslt{{{text}}}}}}}'


_WORDS = Words(escape, _MARKS, _link)


def citation(tokens: list[Token]) -> str:
    """One citation, to be put into an RTF document."""
    return _WORDS.join(tokens)


def bibliography(rendered: Rendered) -> str:
    """All entries as a document."""
    hanging = rendered.hanging_indent or bool(rendered.second_field_align)
    paragraph = "\\pard\\li720\\fi-720 " if hanging else "\\pard "
    entries = "".join(f"{paragraph}{_entry(entry)}\\par\n" for entry in rendered.entries)
    return f"{{\\rtf1\\ansi\\uc1\\deff0{{\\fonttbl{{\\f0 Times New Roman;}}}}\n{entries}}}\n"


def _entry(entry: Entry) -> str:
    out = ""
    for block in blocks(entry.tokens):
        text = _WORDS.join(block.tokens)
        if block.display == "right-inline":
            out += f"\\tab {text.strip()}"
        elif block.display and out:
            out += f"\\line {text.strip()}"
        else:
            out += text
    return out
