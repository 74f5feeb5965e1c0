"""What a manuscript says around a cite, to rich text for the engine and back: what the engine has no words for is kept."""

from __future__ import annotations

import re
from functools import partial

from cite2bib.light import dataclass, field

# Characters that no text has stand for stretches that pass through the engine untouched.
_FIRST = 0xF0000
_KEPT = re.compile(
    r"`+[^`]*`+|\$[^$\n]+\$|!?\[[^\[\]]*\]\([^()\s]*\)|<[^<>\n]+>|\[\^[^\]\s]+\]|&(?:#\d+|#x[0-9a-fA-F]+|\w+);"
)
_ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")
_HTML = re.compile(r"<[^<>]+>|&(?:#\d+|#x[0-9a-fA-F]+|\w+);")
_MARKS = (
    (re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*|(?<!\w)__(?=\S)(.+?)(?<=\S)__(?!\w)"), "b"),
    (re.compile(r"\*(?=\S)(.+?)(?<=\S)\*|(?<!\w)_(?=\S)(.+?)(?<=\S)_(?!\w)"), "i"),
    (re.compile(r"\^(\S+?)\^"), "sup"),
    (re.compile(r"(?<!~)~(\S+?)~(?!~)"), "sub"),
)


@dataclass(slots=True)
class Store:
    """The stretches that are kept, each behind one character."""

    kept: list[str] = field(default_factory=list)

    def keep(self, text: str) -> str:
        """The character that stands for a text."""
        self.kept.append(text)
        return chr(_FIRST + len(self.kept) - 1)

    def restored(self, text: str) -> str:
        """A text with what was kept in its places."""
        return re.sub("[\U000f0000-\U000ffffd]", lambda found: self._of(found[0]), text)

    def _of(self, char: str) -> str:
        place = ord(char) - _FIRST
        return self.kept[place] if place < len(self.kept) else char


def rich(text: str, store: Store, *, marks: bool = True) -> str:
    r"""Markdown as rich text; code, math, links and HTML are kept as they stand. Without `marks`, HTML alone.

    >>> rich(r"see *e.g.* `x` a\_b", Store())
    'see <i>e.g.</i> \U000f0000 a\U000f0001b'
    """
    if not marks:
        return re.sub(r"\s+", " ", _HTML.sub(lambda found: store.keep(found[0]), text))
    text = _ESCAPED.sub(lambda found: store.keep(found[0]), text)
    text = _KEPT.sub(lambda found: store.keep(found[0]), text)
    for pattern, tag in _MARKS:
        text = pattern.sub(partial(_tagged, tag), text)
    return re.sub(r"\s+", " ", text)


def _tagged(tag: str, found: re.Match[str]) -> str:
    inner = next(group for group in found.groups() if group is not None)
    return f"<{tag}>{inner}</{tag}>"
