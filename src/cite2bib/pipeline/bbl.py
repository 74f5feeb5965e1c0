"""A .bbl to what can be read without LaTeX: entries with their labels, as rich text."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cite2bib import richtext
from cite2bib.formats.bibtex.decode import decode

if TYPE_CHECKING:
    from collections.abc import Iterator

_ITEM = re.compile(r"\\bibitem\b")
_END = re.compile(r"\\end\{thebibliography\}.*", re.DOTALL)
# Layout that has no meaning outside LaTeX, with the length behind it.
_LAYOUT = re.compile(
    r"\\(?:newblock|BIBentry\w+|hskip[^\\]*\\relax|penalty\d+|urlprefix|natexlab|relax|em\s*/)(?![A-Za-z])\s*"
)
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
    inner = label[1:-1] if label.startswith("{") and label.endswith("}") else label
    short = re.match(r"(?s)(.*?)\(((?:[^(){}]|\{[^{}]*\})*)\)", inner)
    return f"{short[1]}, {short[2]}" if short else inner


def _argument(text: str, opener: str) -> tuple[str, str]:
    """What stands in the brackets that a text starts with, and the rest; "" where there are none."""
    start = len(text) - len(text.lstrip())
    if text[start : start + 1] != opener:
        return "", text
    depth, closer = 0, _OPENERS[opener]
    for place in range(start + 1, len(text)):
        char = text[place]
        if char == closer and depth == 0:
            return text[start + 1 : place], text[place + 1 :]
        depth += (char == "{") - (char == "}")
    return text[start + 1 :], ""


def _rich(tex: str) -> str:
    return " ".join(decode(_LAYOUT.sub("", tex)).split())


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
