"""Plain text: an entry a paragraph, nothing marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib.csl.render.blocks import Words, blocks, two_columns

if TYPE_CHECKING:
    from cite2bib.csl.flatten import Token
    from cite2bib.csl.passes import Rendered

_WORDS = Words(lambda text: text, {}, lambda _, text: text)


def citation(tokens: list[Token]) -> str:
    """One citation."""
    return _WORDS.join(tokens)


def bibliography(rendered: Rendered) -> str:
    """All entries, one a line; with entry-spacing, empty lines between."""
    joint = "\n" * (1 + min(rendered.entry_spacing, 1))
    lines = [
        two_columns([(block.display, _WORDS.join(block.tokens)) for block in blocks(entry.tokens)], "\n    ")
        for entry in rendered.entries
    ]
    return joint.join(lines) + "\n" if lines else ""
