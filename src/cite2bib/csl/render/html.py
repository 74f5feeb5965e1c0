"""HTML: a `div` an entry, with its work's id, classes for a style sheet, and links."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from cite2bib.csl.render.blocks import Words, blocks
from cite2bib.patterns import late

if TYPE_CHECKING:
    from cite2bib.csl.flatten import Token
    from cite2bib.csl.passes import Entry, Rendered


def _span(style: str) -> tuple[str, str]:
    return f'<span style="{style}">', "</span>"


MARKS = {
    ("font-style", "italic"): ("<i>", "</i>"),
    ("font-style", "oblique"): ("<em>", "</em>"),
    ("font-style", "normal"): _span("font-style:normal"),
    ("font-variant", "small-caps"): _span("font-variant:small-caps"),
    ("font-variant", "normal"): _span("font-variant:normal"),
    ("font-weight", "bold"): ("<b>", "</b>"),
    ("font-weight", "light"): _span("font-weight:lighter"),
    ("font-weight", "normal"): _span("font-weight:normal"),
    ("text-decoration", "underline"): _span("text-decoration:underline"),
    ("text-decoration", "none"): _span("text-decoration:none"),
    ("vertical-align", "sup"): ("<sup>", "</sup>"),
    ("vertical-align", "sub"): ("<sub>", "</sub>"),
    ("vertical-align", "baseline"): _span("vertical-align:baseline"),
}
# Only what a browser opens without running anything.
_SAFE = late(r"(?:https?|ftp)://|#ref-", re.IGNORECASE)


def escape(text: str) -> str:
    """Text without anything that HTML would read as markup."""
    return html.escape(text, quote=False)


def link(address: str, text: str) -> str:
    """A link, if the address is one of the web."""
    return f'<a href="{html.escape(address)}">{text}</a>' if _SAFE.match(address) else text


_WORDS = Words(escape, MARKS, link)


def citation(tokens: list[Token]) -> str:
    """One citation."""
    return _WORDS.join(tokens)


def bibliography(rendered: Rendered) -> str:
    """All entries in one `div`."""
    classes = ["csl-bib-body"]
    classes += ["csl-hanging-indent"] if rendered.hanging_indent else []
    classes += (
        [f"csl-second-field-align-{rendered.second_field_align}"] if rendered.second_field_align else []
    )
    lines = [f'<div class="{" ".join(classes)}">', *map(_entry, rendered.entries), "</div>"]
    return "\n".join(lines) + "\n"


def _entry(entry: Entry) -> str:
    inner = "".join(
        f'<div class="csl-{block.display}">{text.strip()}</div>' if block.display else text
        for block in blocks(entry.tokens)
        for text in [_WORDS.join(block.tokens)]
    )
    return f'  <div class="csl-entry" id="ref-{html.escape(entry.id)}">{inner}</div>'
