"""Lines of print put together again: words broken at the end of a line, addresses, page furniture."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

HYPHENS = "-\u00ad\u2010"
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# What is more often the first part of a compound than of a broken word.
_COMPOUND = frozenset(
    ["self", "non", "multi", "cross", "semi", "pre", "co", "meta", "anti", "quasi", "low", "high", "long", "short",
     "large", "small", "end", "state", "real", "time", "well", "data", "zero", "few", "one", "two", "three", "open",
     "fine", "coarse", "human", "model", "graph", "knowledge", "context", "domain", "task", "user", "first", "second",
     "in", "on", "to", "of", "and", "the", "by", "x", "e", "t", "k", "n", "i", "d", "post", "near", "full", "half",
     "machine", "computer", "question", "deep", "hand", "error", "rule", "energy", "cost", "memory", "privacy"]
)  # fmt: skip
_ADDRESS = re.compile(r"(?:https?://|www\.|doi\.org/|doi:\s?|\b10\.\d{4,9}/)\S*$", re.IGNORECASE)
_NO_ADDRESS = re.compile(
    r"(?:Accessed|Retrieved|Zugriff|In|Available|arXiv|URL|PMID|ISBN|\(|\[|[A-Z][a-z]+|\d{4}[.,;)]?$|[–—])"
)


def vocabulary(lines: Iterable[str]) -> frozenset[str]:
    """The words that stand whole inside lines, as evidence for broken ones; in lower case."""
    words: set[str] = set()
    for line in lines:
        # The first and last words of a line may themselves be parts.
        words.update(found[0].lower() for found in _WORD.finditer(line.strip(), len(line.split(" ", 1)[0])))
    return frozenset(words)


def join(lines: Iterable[str], known: AbstractSet[str] = frozenset()) -> str:
    """One line of several; hyphens at line ends are undone where they belong to the print.

    >>> join(["Deep residual lear-", "ning for state-of-the-", "art image recognition"])
    'Deep residual learning for state-of-the-art image recognition'
    >>> join(["https://doi.org/10.1145/", "3290605.3300233. Accessed", "May 2020"])
    'https://doi.org/10.1145/3290605.3300233. Accessed May 2020'
    """
    text = ""
    for line in lines:
        bare = " ".join(line.split())
        text = _joined(text, bare, known) if text and bare else text or bare
    return text


def _joined(text: str, line: str, known: AbstractSet[str]) -> str:
    if text.endswith(("http:", "https:")) and line.startswith("//"):
        return text + line
    if _ADDRESS.search(text) and _continues(text, line):
        return text.rstrip("\u00ad") + line
    if text[-1] in HYPHENS and len(text) > 1 and text[-2].isalnum():
        return text[:-1] + ("" if _is_broken(text, line, known) else "-") + line
    if text[-1] in "–—" and len(text) > 1 and text[-2].isdigit() and line[0].isdigit():
        return text + line
    return f"{text} {line}"


def _continues(text: str, line: str) -> bool:
    """Whether an address runs on into the next line."""
    first = line.split(maxsplit=1)[0]
    if text[-1] in "/_=?&%#~-":
        return True
    if _NO_ADDRESS.match(first):
        return False
    if text[-1] in ".:":
        return bool(re.match(r"[a-z\d][\w.-]*[\d/_]|[a-z]+/", first))
    return text[-1] not in ",;)]>" and bool(
        re.match(r"[./_?=&%#-]|[\w.-]*[/_=]|[a-z]*\d[\w.-]*[.,]?$", first)
    )


def _is_broken(text: str, line: str, known: AbstractSet[str]) -> bool:
    """Whether a hyphen at the end of a line is there for the print only."""
    left = re.search(r"[\w-]+$", text[:-1])
    right = re.match(r"[\w-]+", line)
    if not left or not right or not right[0][0].islower() or not left[0][-1].isalpha():
        return False
    first, last = left[0].lower(), right[0].lower()
    if "-" in first or (
        first.endswith("-") or ("-" in last and last.split("-")[0] in {"of", "to", "the", "and", "in", "by"})
    ):
        return f"{first}{last}" in known
    if f"{first}-{last}" in known:
        return False
    if f"{first}{last}" in known or text[-1] != "-":
        return True
    return not (first in _COMPOUND and len(last) > 3)


_LOOSE = re.compile(r"(?<=[^\W\d_])- (?!(?:and|or|to|und|oder|bis|et|y)\b)(?=[^\W\d_A-Z])")


def without_loose_hyphens(text: str) -> str:
    """A line that was joined without a thought: `recog- nition` put together, `pre- and post-test` left alone.

    >>> without_loose_hyphens("image recog- nition, self- attention, pre- and post-test")
    'image recognition, self-attention, pre- and post-test'
    """
    parts = _LOOSE.split(text)
    joined = parts[0]
    for part in parts[1:]:
        joined += ("" if _is_broken(f"{joined}-", part, frozenset()) else "-") + part
    return joined


_PAGE_NUMBER = re.compile(
    r"\s*(?:[-–—]\s*)?(?:(?:page|p\.|seite)\s*)?\d{1,4}(?:\s*(?:of|/|von)\s*\d{1,4})?(?:\s*[-–—])?\s*",
    re.IGNORECASE,
)


def without_furniture(pages: Sequence[Sequence[str]]) -> list[list[str]]:
    """Pages without running heads, feet and page numbers: what comes again at the edges of pages."""
    edges = Counter(
        key
        for page in pages
        for key in {_furniture_key(line) for line in (*page[:3], *page[-3:]) if line.strip()}
    )
    least = max(2, len(pages) // 3)
    return [
        [line for place, line in enumerate(page) if not _is_furniture(line, min(place, len(page) - 1 - place), edges, least)]
        for page in pages
    ]  # fmt: skip


def _furniture_key(line: str) -> str:
    return re.sub(r"\d+", "#", " ".join(line.split())).casefold()


def _is_furniture(line: str, depth: int, edges: Counter[str], least: int) -> bool:
    if depth > 2 or not line.strip():
        return False
    if _PAGE_NUMBER.fullmatch(line):
        return True
    key = _furniture_key(line)
    return edges[key] >= least and len(key) < 120 and bool(re.search(r"[^\W\d_]", key))
