"""What renderers share: a bibliography entry as blocks, and tokens joined with a target's own words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib.csl.flatten import Close, Open, Quote
from cite2bib.light import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cite2bib.csl.flatten import Token


class Block(NamedTuple):
    """A part of an entry: "" runs in the text, or it is a block, left-margin, right-inline or indent."""

    display: str
    tokens: list[Token]


def blocks(tokens: list[Token]) -> list[Block]:
    """The blocks of an entry, in order; empty ones are left out."""
    found = [Block("", [])]
    for token in tokens:
        if isinstance(token, Open) and token.name == "display":
            found.append(Block(token.value, []))
        elif isinstance(token, Close) and token.name == "display":
            found.append(Block("", []))
        else:
            found[-1].tokens.append(token)
    return [
        block for block in found if any(not isinstance(token, str) or token.strip() for token in block.tokens)
    ]


class Words(NamedTuple):
    """How a target says things: what text becomes, and what opens and closes each formatting."""

    escape: Callable[[str], str]
    marks: Mapping[tuple[str, str], tuple[str, str]]
    link: Callable[[str, str], str]  # address and escaped text

    def join(self, tokens: list[Token]) -> str:
        """Tokens as text of the target; display is not looked at."""
        out: list[str] = []
        starts: list[int] = []  # where the text of open links begins
        for token in tokens:
            if isinstance(token, str):
                out.append(self.escape(token))
            elif isinstance(token, Quote):
                out.append(self.escape(token.text))
            elif token.name == "link":
                if isinstance(token, Open):
                    starts.append(len(out))
                elif starts:
                    begin = starts.pop()
                    out[begin:] = [self.link(token.value, "".join(out[begin:]))]
            else:
                pair = self.marks.get((token.name, token.value), ("", ""))
                out.append(pair[0] if isinstance(token, Open) else pair[1])
        return "".join(out)


def two_columns(parts: list[tuple[str, str]], joint: str) -> str:
    """Rendered blocks in a row: what stands beside the margin follows it, anything else begins a line."""
    out = ""
    for display, text in parts:
        if not out:
            out = text.strip()
        elif display == "right-inline":
            out = f"{out.rstrip()} {text.strip()}"
        elif display:
            out = f"{out.rstrip()}{joint}{text.strip()}"
        else:
            out += text
    return out
