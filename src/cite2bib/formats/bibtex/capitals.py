"""Which capitals of a title a BibTeX style must not touch.

Styles put titles into lower case but for the first letter and the one after a colon (btxhak, `change.case$`).
"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from cite2bib import richtext
from cite2bib.formats.bibtex.proper import NAMES
from cite2bib.letters import without_marks
from cite2bib.patterns import late

if TYPE_CHECKING:
    from cite2bib.richtext import Node, Styled

_WORD = late(r"\s+|[^\s]+")
_JOINTS = frozenset("-‐‑–—/()[],;:?!\"“”‘’'.…<>|{}")
_MATH = late(r"(\$[^$]+\$)")
_CAPITAL_WORDS = late(r"(?<![\w-])[^\W\d_]{4,}")
_SMALL = frozenset(
    """
about above across after against along among around before behind below beneath beside between beyond does
down during each else even ever from have here into just less like more most must near only onto over past
same should since some such than that their them then there these they this through thus till toward
towards under until upon using versus very were what when where whether which while whose will with within
without your
""".split()
)


def is_sentence_case(title: str) -> bool:
    """Whether a title writes its common words small, so that a capital inside it is a name.

    >>> is_sentence_case("Deep learning of Gibbs measures"), is_sentence_case("Deep Learning from Text")
    (True, False)
    """
    words = [word for word in _CAPITAL_WORDS.findall(title)[1:] if word.lower() not in _SMALL]
    small = sum(1 for word in words if word[0].islower())
    return small > len(words) - small


@lru_cache(maxsize=4096)
def pieces(text: str, *, starts: bool, sentence: bool) -> tuple[tuple[str, bool], ...]:
    """A text cut into stretches that need protection and ones that don't.

    `starts` tells that the text begins a title; `sentence` is what `is_sentence_case` says of the whole title.

    >>> pieces("Non-Gaussian RGB-D maps", starts=True, sentence=False)
    (('Non-', False), ('Gaussian', True), (' ', False), ('RGB-D', True), (' maps', False))
    """
    out: list[tuple[str, bool]] = []
    for word in _WORD.findall(text):
        if word.islower() or word.isspace() or not any(map(str.isupper, word)):
            _add(out, word, needed=False)
        else:
            for part, needed in _parts(word, starts=starts, sentence=sentence):
                _add(out, part, needed=needed)
        if not word.isspace():
            starts = word.endswith(":")
    return tuple(out)


def _add(out: list[tuple[str, bool]], part: str, *, needed: bool) -> None:
    if out and out[-1][1] == needed:
        out[-1] = (out[-1][0] + part, needed)
    else:
        out.append((part, needed))


@lru_cache(maxsize=16_384)
def _parts(word: str, *, starts: bool, sentence: bool) -> tuple[tuple[str, bool], ...]:
    """A word's parts between hyphens and the like; a joint between two protected parts is protected with them."""
    parts = _cut(word)
    needed = [
        bool(part)
        and index % 2 == 0
        and _needs(part, first=starts and index == 0, sentence=sentence, alone=len(parts) == 1)
        for index, part in enumerate(parts)
    ]
    for index in range(1, len(parts) - 1, 2):
        needed[index] = needed[index - 1] and needed[index + 1] and parts[index] in {"-", ".", "/", "’", "'"}
    return tuple(zip(parts, needed, strict=True))


def _cut(word: str) -> list[str]:
    """A word's parts and what joins them, in turn; the first and the last are parts, maybe empty.

    >>> _cut("Non-Gaussian"), _cut("(RGB)")
    (['Non', '-', 'Gaussian'], ['', '(', 'RGB', ')', ''])
    """
    parts = ["".join(group) for _, group in groupby(word, _JOINTS.__contains__)]
    before, after = [""] * (word[0] in _JOINTS), [""] * (word[-1] in _JOINTS)
    return [*before, *parts, *after]


def _needs(part: str, *, first: bool, sentence: bool, alone: bool) -> bool:
    capitals = sum(map(str.isupper, part))
    if not capitals:
        return False
    letters = sum(map(str.isalpha, part))
    if capitals > 1 or not part[0].isupper():
        return True
    if first:
        return False  # its one capital is the title's first letter
    if letters == 1:
        return part != "A" or sentence or not alone
    return sentence or without_marks(part).lower() in NAMES or any(map(str.isdigit, part))


def without_superfluous(title: str) -> str:
    """A title without the protection that it gets anyway when it is written.

    >>> without_superfluous('<span class="nocase">DNA</span> in <span class="nocase">Matrix</span> Form')
    'DNA in <span class="nocase">Matrix</span> Form'
    """
    if '"nocase"' not in title:
        return title
    sentence = is_sentence_case(richtext.plain(title))
    out: list[Node] = []
    stretch: list[Node] = []  # text and protected text, between other markup
    starts = True
    for node in (*richtext.parse(title), None):
        if isinstance(node, str) or (node and node.style == "nocase" and _is_text(node)):
            stretch.append(node)
            continue
        out += _needed(stretch, starts=starts, sentence=sentence)
        stretch = []
        if node:
            out.append(node)
            starts = False
    return richtext.build(tuple(out))


def _is_text(node: Styled) -> bool:
    return all(isinstance(child, str) for child in node.children)


def _needed(stretch: list[Node], *, starts: bool, sentence: bool) -> list[Node]:
    """The stretch with such protected text alone as would not be protected anyway."""
    texts = [node if isinstance(node, str) else "".join(map(str, node.children)) for node in stretch]
    covered = _covered("".join(texts), starts=starts, sentence=sentence)
    out: list[Node] = []
    position = 0
    for node, text in zip(stretch, texts, strict=True):
        is_covered = "." not in covered[position : position + len(text)]
        out.append(text if is_covered else node)
        position += len(text)
    return out


def _covered(text: str, *, starts: bool, sentence: bool) -> str:
    """For each character an x when it is protected anyway; math takes care of itself."""
    out = []
    for index, part in enumerate(_MATH.split(text)):
        if index % 2:
            out.append("." * len(part))
        else:
            found = pieces(part, starts=starts and index == 0, sentence=sentence)
            out += [("x" if needed else ".") * len(piece) for piece, needed in found]
    return "".join(out)
