"""The HTML dialect of the public test suite.

https://github.com/citation-style-language/test-suite
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from cite2bib.csl.flatten import Close, Open, Quote

if TYPE_CHECKING:
    from cite2bib.csl.flatten import Token
    from cite2bib.csl.passes import Entry, Rendered

_OPEN = {
    ("font-style", "italic"): "<i>",
    ("font-style", "oblique"): "<em>",
    ("font-style", "normal"): '<span style="font-style:normal;">',
    ("font-variant", "small-caps"): '<span style="font-variant:small-caps;">',
    ("font-variant", "normal"): '<span style="font-variant:normal;">',
    ("font-weight", "bold"): "<b>",
    ("font-weight", "light"): '<span style="font-weight:light;">',
    ("font-weight", "normal"): '<span style="font-weight:normal;">',
    ("text-decoration", "underline"): '<span style="text-decoration:underline;">',
    ("text-decoration", "none"): '<span style="text-decoration:none;">',
    ("vertical-align", "sup"): "<sup>",
    ("vertical-align", "sub"): "<sub>",
    ("vertical-align", "baseline"): '<span style="baseline">',
    ("display", "block"): '\n\n    <div class="csl-block">',
    ("display", "left-margin"): '\n    <div class="csl-left-margin">',
    ("display", "right-inline"): '<div class="csl-right-inline">',
    ("display", "indent"): '<div class="csl-indent">',
}
_CLOSE = {"<i>": "</i>", "<em>": "</em>", "<b>": "</b>", "<sup>": "</sup>", "<sub>": "</sub>"}
_CLOSE_DISPLAY = {
    "block": "</div>\n",
    "left-margin": "</div>",
    "right-inline": "</div>\n  ",
    "indent": "</div>\n  ",
}
_ESCAPES = str.maketrans({"&": "&#38;", "<": "&#60;", ">": "&#62;"})


def escaped(text: str) -> str:
    """Text as HTML; characters that are superscripts by themselves as markup."""
    text = text.translate(_ESCAPES).replace("  ", "&#160; ")
    if text.isascii():
        return text
    return "".join(_superscript(char) if ord(char) > 127 else char for char in text)


def _superscript(char: str) -> str:
    decomposed = unicodedata.decomposition(char)
    if not decomposed.startswith("<super>"):
        return char
    return f"<sup>{''.join(chr(int(code, 16)) for code in decomposed.split()[1:])}</sup>"


def text(tokens: list[Token]) -> str:
    """One citation or entry."""
    out: list[str] = []
    for token in tokens:
        match token:
            case str():
                out.append(escaped(token))
            case Quote():
                out.append(token.text)
            case Open():
                out.append(_OPEN.get((token.name, token.value), ""))
            case Close():
                out.append(_closing(token))
    return "".join(out)


def _closing(token: Close) -> str:
    if token.name == "display":
        return _CLOSE_DISPLAY.get(token.value, "</div>")
    opened = _OPEN.get((token.name, token.value), "")
    return _CLOSE.get(opened, "</span>") if opened else ""


def bibliography(rendered: Rendered) -> str:
    """All entries."""
    lines = ['<div class="csl-bib-body">']
    lines += [f'  <div class="csl-entry">{text(entry.tokens)}</div>' for entry in rendered.entries]
    return "\n".join([*lines, "</div>"])


def header(rendered: Rendered) -> str:
    """What the reference tells of a bibliography, a line a setting, in their alphabetical order."""
    blocks = ("left-margin",) if rendered.second_field_align else tuple(_CLOSE_DISPLAY)
    settings = {
        "bibend": "</div>",
        "bibliography_errors": "",
        "bibstart": '<div class="csl-bib-body">\n',
        "done": "false",
        "entry_ids": ",".join(entry.id for entry in rendered.entries),
        "entryspacing": str(rendered.entry_spacing),
        **({"hangingindent": "true"} if rendered.hanging_indent else {}),
        "linespacing": str(rendered.line_spacing),
        "maxoffset": str(max((_offset(entry, blocks) for entry in rendered.entries), default=0)),
        "second-field-align": rendered.second_field_align or "false",
    }
    return "\n".join(f"{name}: {value}" for name, value in settings.items())


def _offset(entry: Entry, blocks: tuple[str, ...]) -> int:
    """How long the text in the margin is; in all blocks where the style sets no first field apart."""
    length = 0
    inside = False
    for token in entry.tokens:
        match token:
            case Open(name="display", value=value):
                inside = value in blocks
            case Close(name="display"):
                inside = False
            case str() if inside:
                length += len(token)
    return length
