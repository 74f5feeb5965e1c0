"""Citations in the sources of texts, with their spans: LaTeX, Pandoc's Markdown, Typst. Text in, citations out."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from cite2bib.documents import Cited
from cite2bib.light import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping


@dataclass(frozen=True, slots=True)
class Cite:
    """One work in a citation, and what is said around it."""

    key: str
    start: int  # where the key stands in the text
    end: int
    prefix: str = ""
    suffix: str = ""
    label: str = ""  # a CSL locator term: page, chapter, ...; "" without a locator
    locator: str = ""
    suppress_author: bool = False
    author_only: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation as it stands in a text: what a rendered one replaces."""

    cites: tuple[Cite, ...]
    start: int
    end: int
    form: str = (
        "parenthetical"  # narrative (the author is part of the sentence), note, full, silent (only listed)
    )


_TERMS = {
    "book": "book books bk. bks.",
    "chapter": "chapter chapters chap. chaps. ch.",
    "column": "column columns col. cols.",
    "figure": "figure figures fig. figs.",
    "folio": "folio folios fol. fols.",
    "issue": "number numbers no. nos.",
    "line": "line lines l. ll.",
    "note": "note notes n. nn.",
    "opus": "opus opera op. opp.",
    "page": "page pages p. pp. pg. pgs. S. Seite Seiten",
    "paragraph": "paragraph paragraphs para. paras. ¶ ¶¶",
    "part": "part parts pt. pts.",
    "section": "section sections sec. secs. § §§",
    "sub-verbo": "s.v. s.vv.",
    "table": "table tables tbl. tab.",
    "theorem": "theorem theorems thm.",
    "equation": "equation equations eq. eqs.",
    "algorithm": "algorithm algorithms alg.",
    "appendix": "appendix app.",
    "verse": "verse verses v. vv.",
    "volume": "volume volumes vol. vols.",
}


class Terms:
    """Words that name a locator, each with its CSL term."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self.words = dict(words)
        longest = sorted(self.words, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(_whole, longest)))

    def match(self, text: str) -> re.Match[str] | None:
        """The word that a text starts with, whose first letter may be a capital."""
        return self._pattern.match(text) or self._pattern.match(text[:1].lower() + text[1:])


def _whole(word: str) -> str:
    return re.escape(word) + (r"(?!\w)" if word[-1].isalpha() else "")


ENGLISH = Terms({word: term for term, written in _TERMS.items() for word in written.split()})
_PLACE = r"(?:[A-Za-z]?\d+[A-Za-z]?(?:\.\d+)*|[ivxlcdm]+|[IVXLCDM]+|\([\divxlc]+\))(?!\w)"
_LOCATOR = re.compile(
    rf"{_PLACE}(?:\s?(?:--?|–|—)\s?{_PLACE}|f{{1,2}}\.)?(?:\s?(?:,|&|and)\s?{_PLACE}(?:\s?(?:--?|–|—)\s?{_PLACE})?)*"
)


def locator(text: str, terms: Terms = ENGLISH) -> tuple[str, str, str]:
    """What follows a key, as a locator's term, the locator, and the rest.

    >>> locator(", pp. 33-35, 38 and passim"), locator(", chap. 1"), locator(" and others")
    (('page', '33-35, 38', ' and passim'), ('chapter', '1', ''), ('', '', ' and others'))
    """
    bare = text.lstrip(" ,\u00a0\n")
    if braced := re.match(r"\{([^{}]*)\}", bare):
        named = terms.match(braced[1])
        place = braced[1][named.end() :] if named else braced[1]
        return terms.words[named[0]] if named else "page", place.strip(" \u00a0~"), bare[braced.end() :]
    term = terms.match(bare)
    rest = bare[term.end() :].lstrip(" \u00a0~") if term else bare
    found = _LOCATOR.match(rest)
    if not found or (not term and not re.match(r"[A-Za-z]?\d", found[0])):
        return "", "", text
    return terms.words[term[0]] if term else "page", found[0].strip(), rest[found.end() :]


def keys(citations: Iterable[Citation], text: str) -> Iterator[Cited]:
    """Every cited key with its line and column, both from 1."""
    starts = [0, *(match.end() for match in re.finditer("\n", evened(text)))]
    for citation in citations:
        for cite in citation.cites:
            line = bisect_right(starts, cite.start)
            yield Cited(cite.key, line, cite.start - starts[line - 1] + 1)


class Enclosed:
    """Stretches between what opens them and what that calls for; one that is never closed costs no search of its own."""

    def __init__(self, opening: str, closing: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self.opening = re.compile(opening, flags)
        self.closing = closing  # {} is what the first group of the opening holds
        self.flags = flags

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where they stand, in their order."""
        place = 0
        unclosed: set[str] = set()
        while found := self.opening.search(text, place):
            name = found[1] if found.lastindex else ""
            ends = re.compile(self.closing.format(re.escape(name)), self.flags)
            end = None if name in unclosed else ends.search(text, found.end())
            if end:
                yield found.start(), end.end()
            else:
                unclosed.add(name)
            place = end.end() if end else found.end()


def blanked(text: str, patterns: Iterable[re.Pattern[str] | Enclosed]) -> str:
    """A text with what patterns match made blank, so that places stay where they are."""
    for pattern in patterns:
        if isinstance(pattern, Enclosed):
            text = _blanked_spans(text, pattern.spans(text))
        else:
            text = pattern.sub(_blank, text)
    return text


def _blanked_spans(text: str, spans: Iterable[tuple[int, int]]) -> str:
    parts, place = [], 0
    for start, end in spans:
        parts += [text[place:start], re.sub(r"[^\n]", " ", text[start:end])]
        place = end
    return "".join([*parts, text[place:]])


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", found[0])


def evened(text: str) -> str:
    """A text of the same length whose lines all end in a newline."""
    if "\r" not in text:
        return text
    return re.sub("\r(?!\n)", "\n", text.replace("\r\n", " \n"))
