"""Markdown (CommonMark): emphasis with asterisks, what it has no signs for as inline HTML.

https://spec.commonmark.org/
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib.csl.render import html
from cite2bib.csl.render.blocks import Words, blocks, two_columns
from cite2bib.patterns import late

if TYPE_CHECKING:
    from cite2bib.csl.flatten import Token
    from cite2bib.csl.passes import Rendered

_MARKS = {
    **html.MARKS,
    ("font-style", "italic"): ("*", "*"),
    ("font-style", "oblique"): ("*", "*"),
    ("font-weight", "bold"): ("**", "**"),
}
_SPECIAL = late(r"([\\`*\[\]<>$^~]|(?<!\w)[_@]|_(?!\w))")
_BEGINS_BLOCK = late(r"(?m)^(\s*)(\d+)([.)])(?=\s)|^(\s*)([-+#>])")


def escape(text: str) -> str:
    r"""Text without anything that Markdown would read as markup.

    >>> escape("f(x) = a*b [sic] snake_case")
    'f(x) = a\\*b \\[sic\\] snake_case'
    """
    return _SPECIAL.sub(r"\\\1", text)


def _link(address: str, text: str) -> str:
    if address == text:
        return f"<{address}>"
    is_place = "://" in address or address.startswith("#")
    return f"[{text}]({address.replace(')', '%29').replace(' ', '%20')})" if is_place else text


_WORDS = Words(escape, _MARKS, _link)


def citation(tokens: list[Token]) -> str:
    """One citation."""
    return _WORDS.join(tokens)


def bibliography(rendered: Rendered) -> str:
    """All entries, a paragraph each."""
    entries = [
        two_columns([(block.display, _WORDS.join(block.tokens)) for block in blocks(entry.tokens)], "  \n")
        for entry in rendered.entries
    ]
    return "\n\n".join(map(_inert, entries)) + "\n" if entries else ""


def _inert(entry: str) -> str:
    """A paragraph that does not begin as a list or a heading."""
    found = _BEGINS_BLOCK.match(entry)
    if found is None:
        return entry
    place = found.start(3) if found[3] else found.start(5)
    return f"{entry[:place]}\\{entry[place:]}"
