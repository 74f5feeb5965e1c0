"""Citations in Pandoc's Markdown: `[see @doe99, pp. 33-35; -@smith04]`, `@smith04 [p. 33]`, `@{doi:10.1000/(a)b}`.

https://pandoc.org/MANUAL.html#citation-syntax
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib.documents.citing import Citation, Cite, blanked, locator

if TYPE_CHECKING:
    from collections.abc import Iterator

_HIDDEN = (
    re.compile(r"^[ \t]*(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?\n)??[ \t]*(?P=fence)[`~]*[ \t]*$", re.MULTILINE | re.DOTALL),
    re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL),
    re.compile(r"(?<!`)(`+)(?!`)(?:(?!\n\s*\n)[^`]|(?!\1(?!`))`+)*?\1(?!`)"),
    re.compile(r"\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:\s+\"[^\"\n]*\")?\)"),  # where links lead
    re.compile(r"<(?:https?|mailto|ftp):[^>\s]*>|(?<![\w@{:])https?://[^\s\]]*", re.IGNORECASE),
    re.compile(r"^[ ]{0,3}\[[^\]@\n]+\]:[^\n]*$", re.MULTILINE),
    re.compile(r"</?[A-Za-z][^<>\n]*>"),
    re.compile(r"^[ \t]*@[A-Za-z]+[ \t]*[{(][^\s{},]*,", re.MULTILINE),  # an entry of BibTeX among the prose
)  # fmt: skip
# A front matter is data, but what `nocite` holds there is cited.
_FRONT = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_NOCITE = re.compile(r"^nocite:.*(?:\n[ \t]+.*)*", re.MULTILINE)

_KEY = r"(?:\{(?P<braced>[^{}\n]+)\}|(?P<plain>(?:https?://)?[\w*](?:\w|[:.#$%&\-+?<>~/](?=\w)|/(?=\())*))"
_AT = re.compile(rf"(?<![\w/.@\\])(?P<minus>-)?@{_KEY}", re.UNICODE)
_CROSS = re.compile(
    r"(?:fig|tbl|eq|sec|lst|thm|lem|cor|prp|cnj|def|exm|exr|alg|rem|sol|tip|nte|wrn|imp|cau)[:-]",
    re.IGNORECASE,
)


def find(text: str) -> list[Citation]:
    """The citations of a Markdown text, in their order; code, comments, links and addresses are left out."""
    shown = blanked(_without_front(text), _HIDDEN)
    found: list[Citation] = []
    position = 0
    for bracket in _brackets(shown):
        if bracket.start() < position:
            continue
        citation = _bracketed(shown, bracket)
        if citation:
            found += _bare(shown, position, bracket.start())
            found.append(citation)
            position = bracket.end()
    found += _bare(shown, position, len(shown))
    return _absorbed(sorted(found, key=lambda item: item.start), shown)


def _without_front(text: str) -> str:
    front = _FRONT.match(text)
    if not front:
        return text
    kept = list(re.sub(r"[^\n]", " ", front[0]))
    for nocite in _NOCITE.finditer(text, 0, front.end()):
        kept[nocite.start() + 7 : nocite.end()] = text[nocite.start() + 7 : nocite.end()]
    return "".join(kept) + text[front.end() :]


_BRACKET = re.compile(r"(?<!\\)\[(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*\](?![(\[:])")


def _brackets(text: str) -> Iterator[re.Match[str]]:
    return (found for found in _BRACKET.finditer(text) if "@" in found[0])


def _cite(found: re.Match[str]) -> tuple[str, int, int]:
    name = "braced" if found["braced"] else "plain"
    return found[name], found.start(name), found.end(name)


def _is_cross_reference(key: str) -> bool:
    return bool(_CROSS.match(key))


def _bracketed(text: str, bracket: re.Match[str]) -> Citation | None:
    """All parts of a cluster cite something, else it is none."""
    cites: list[Cite] = []
    for start, end in _parts(text, bracket.start() + 1, bracket.end() - 1):
        found = _AT.search(text, start, end)
        if not found or _is_cross_reference(_cite(found)[0]):
            return None
        key, key_start, key_end = _cite(found)
        term, place, rest = locator(text[found.end() : end])
        cites.append(
            Cite(key, key_start, key_end, text[start : found.start()].strip(), rest.rstrip(), term, place, bool(found["minus"]))
        )  # fmt: skip
    return Citation(tuple(cites), bracket.start(), bracket.end()) if cites else None


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Between semicolons that stand outside braces."""
    depth = 0
    for place in range(start, end):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if text[place] == ";" and depth == 0:
            yield start, place
            start = place + 1
    yield start, end


def _bare(text: str, start: int, end: int) -> list[Citation]:
    """Keys outside brackets: the author is part of the sentence."""
    found = []
    for match in _AT.finditer(text, start, end):
        key, key_start, key_end = _cite(match)
        if not _is_cross_reference(key):
            cite = Cite(key, key_start, key_end, suppress_author=bool(match["minus"]))
            found.append(Citation((cite,), match.start(), match.end(), "narrative"))
    return found


_FOLLOWING = re.compile(r"[ \t]?\[(?P<inner>[^\[\]@]*)\](?![(\[:])")


def _absorbed(found: list[Citation], text: str) -> list[Citation]:
    """`@smith04 [p. 33]`: what stands in brackets behind a bare key belongs to it."""
    result = []
    for citation in found:
        following = _FOLLOWING.match(text, citation.end) if citation.form == "narrative" else None
        if not following:
            result.append(citation)
            continue
        term, place, rest = locator(following["inner"])
        only = citation.cites[0]
        cite = Cite(only.key, only.start, only.end, "", rest.rstrip(), term, place, only.suppress_author)
        result.append(Citation((cite,), citation.start, following.end(), "narrative"))
    return result
