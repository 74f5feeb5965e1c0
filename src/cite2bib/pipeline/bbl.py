"""A .bbl to what can be read without LaTeX: entries with their labels, as rich text."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from cite2bib import richtext
from cite2bib.formats.bibtex.decode import decode
from cite2bib.light import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

_ITEM = re.compile(r"\\bibitem\b")
_END = re.compile(r"\\end\{thebibliography\}.*", re.DOTALL)
# Layout that has no meaning outside LaTeX, and what parts words there.
_LAYOUT = re.compile(
    r"\\(?:BIBentry\w+|penalty\d+|urlprefix|natexlab|etalchar|relax|em\s*/|protect|mbox)(?![A-Za-z])\s*"
)
_SPACE = re.compile(r"\\(?:newblock|hskip[^\\]*\\relax|quad|hfill|par)(?![A-Za-z])\s*")
# What styles wrap values in, to be formatted by a class: the name of the field and the command say nothing here.
_FIELD = re.compile(r"\\bib(?:info|field)\s*\{[^{}]*\}\s*")
_WRAPPER = re.compile(r"\\(?:show[a-z]+|(?:bib|cite)\w*font|href@noop\s*\{\}|Eprint)\s*(?=\{)")
_MARKS = re.compile(r"\\(?:BibitemOpen|BibitemShut\s*\{\w*\}|BibitemShut)\s*")
_COMMENT = re.compile(r"(?<!\\)%[^\n]*\n[ \t]*")
_SAME = re.compile(r"\\bysame(?![A-Za-z])|(?:\\leavevmode\s*)?\\vrule[^,]*?width\s*[\d.]+pt")
_CHAR = re.compile(r"\\char\s*(\d{2,3})\s?")
_KEY = re.compile(r"\s*(?:%\s*)?\{")  # what follows a label; brackets inside it don't end it
_OPENERS = {"[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class Item:
    """One entry."""

    key: str
    label: str  # rich text; a number where the style leaves it to LaTeX
    text: str  # rich text


def items(bbl: str) -> Iterator[Item]:
    """The entries of a .bbl."""
    for number, part in enumerate(_ITEM.split(_END.sub("", bbl))[1:], 1):
        label, rest = _argument(part, "[")
        key, body = _argument(rest, "{")
        yield Item(key, _rich(_short(label)) if label else str(number), _rich(body))


def _short(label: str) -> str:
    """Natbib's label is `Doe et~al.(2020)Doe, Roe, and Poe`: what stands in the brackets is cited."""
    braced, rest = _argument(label, "{")
    inner = braced if braced and not rest else label
    short = re.match(r"(?s)(.*?)\(((?:[^(){}]|\{[^{}]*\})*)\)", inner)
    return f"{short[1]}, {short[2]}" if short else inner


def _argument(text: str, opener: str) -> tuple[str, str]:
    """What stands in the brackets that a text starts with, and the rest; "" where there are none."""
    start = len(text) - len(text.lstrip(" \n%"))
    if text[start : start + 1] != opener:
        return "", text
    depth, closer = 0, _OPENERS[opener]
    for place in range(start + 1, len(text)):
        char = text[place]
        if char == closer and depth == 0 and (opener == "{" or _KEY.match(text, place + 1)):
            return text[start + 1 : place], text[place + 1 :]
        depth += (char == "{") - (char == "}")
    return text[start + 1 :], ""


def _rich(tex: str) -> str:
    tex = _SAME.sub("———", _SPACE.sub(" ", _COMMENT.sub("", tex)))
    for pattern in (_FIELD, _WRAPPER, _MARKS, _LAYOUT):
        tex = pattern.sub("", tex)
    return " ".join(decode(_CHAR.sub(lambda found: chr(int(found[1])), tex)).split())


def to_text(bbl: str) -> str:
    """Plain text, a paragraph an entry, labels in brackets."""
    return (
        "\n\n".join(f"[{richtext.plain(item.label)}] {richtext.plain(item.text)}" for item in items(bbl))
        + "\n"
    )


def to_html(bbl: str) -> str:
    """A definition list."""
    rows = (
        f'  <dt id="ref-{html.escape(item.key)}">[{_html(item.label)}]</dt>\n  <dd>{_html(item.text)}</dd>'
        for item in items(bbl)
    )
    return "\n".join(['<dl class="bibliography">', *rows, "</dl>"]) + "\n"


def _html(rich: str) -> str:
    return "".join(_node(node) for node in richtext.parse(rich))


_TAGS = {"italic": "i", "bold": "b", "sup": "sup", "sub": "sub"}


def _node(node: richtext.Node) -> str:
    if isinstance(node, str):
        return html.escape(node, quote=False)
    inner = "".join(map(_node, node.children))
    if node.style == "smallcaps":
        return f'<span style="font-variant:small-caps">{inner}</span>'
    tag = _TAGS.get(node.style)
    return f"<{tag}>{inner}</{tag}>" if tag else inner
