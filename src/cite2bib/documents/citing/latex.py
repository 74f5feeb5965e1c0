r"""Citations in LaTeX: `\cite[see][p.~3]{a,b}`, natbib's and biblatex's commands, `\cites[1]{a}[2]{b}`.

https://ctan.org/pkg/natbib, https://ctan.org/pkg/biblatex (3.9)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib.documents.citing import Citation, Cite, blanked, locator

if TYPE_CHECKING:
    from collections.abc import Iterator

_ENVIRONMENTS = (
    "verbatim|Verbatim|lstlisting|minted|comment|alltt|filecontents|BVerbatim|LVerbatim|tcblisting"
)
HIDDEN = (
    re.compile(rf"\\begin\{{(?P<name>(?:{_ENVIRONMENTS})\*?)\}}.*?\\end\{{(?P=name)\}}", re.DOTALL),
    re.compile(r"\\(?:verb|lstinline)\*?([^\w\s*{\[])(?:(?!\1)[^\n])*\1"),
    re.compile(r"(?<!\\)%.*|(?<=\\\\)%.*"),
    re.compile(r"\\iffalse\b.*?\\fi\b", re.DOTALL),
    re.compile(r"\\end\{document\}.*", re.DOTALL),
)
_NOT_ONE = (
    "citestyle setcitestyle citecolor citationstyle bibcite citedash citepunct citereset citetext citename citefield "
    "citelist citeindexlist defcitealias citeform citeleft citeright citemid citesetup citeindextrue AtEveryCite "
    "AtEveryCitekey AtNextCite AtNextCitekey bibcitename mkbibcite ifciteseen ifciteibid citetrackertrue "
    "citetrackerfalse citesep citeauthorfont citenamefont citebordercolor"
)
_NO_CITATION = frozenset(_NOT_ONE.split())
_COMMAND = re.compile(r"\\(?P<name>[A-Za-z]*[cC]ite[A-Za-z]*|parencite|citep)(?P<star>\*)?(?![A-Za-z])")
_SPACE = re.compile(r"[ \t]*(?:%[^\n]*)?\n?[ \t]*")


def find(text: str) -> list[Citation]:
    """The citations of a LaTeX source, in their order; comments, verbatim text and definitions are left out."""
    shown = blanked(text, HIDDEN)
    return [citation for found in _COMMAND.finditer(shown) if (citation := _citation(shown, found))]


def _citation(text: str, command: re.Match[str]) -> Citation | None:
    name = command["name"]
    if name in _NO_CITATION or (name.startswith(("Declare", "new", "renew")) and name != "newcite"):
        return None
    several = name.lower().endswith("cites")
    place = command.end()
    if several:
        place = _skip(text, place, "()")
        place = _skip(text, place, "()")
    cites: list[Cite] = []
    while True:
        found = _argument(text, place)
        if found is None:
            break
        notes, start, end, place = found
        cites += _cites(text, start, end, notes, name)
        if not several:
            break
    return Citation(tuple(cites), command.start(), place, _form(name)) if cites else None


def _skip(text: str, place: int, pair: str) -> int:
    start = _after_space(text, place)
    end = _closing(text, start, pair)
    return place if end is None else end


def _after_space(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    return found.end() if found else place


def _closing(text: str, start: int, pair: str) -> int | None:
    """The place behind the bracket that closes the one at a place."""
    if text[start : start + 1] != pair[0]:
        return None
    depth = 0
    for place in range(start, min(len(text), start + 5_000)):
        char = text[place]
        if char == "\\":
            continue
        if char == "{" or char == pair[0]:
            depth += 1
        elif char in ("}", pair[1]):
            depth -= 1
            if depth == 0:
                return place + 1
    return None


def _argument(text: str, place: int) -> tuple[list[str], int, int, int] | None:
    """Notes in brackets, then keys in braces: the notes, where the keys start and end, and where all ends."""
    notes: list[str] = []
    while len(notes) < 3:
        start = _after_space(text, place)
        end = _closing(text, start, "[]")
        if end is None:
            break
        notes.append(text[start + 1 : end - 1])
        place = end
    start = _after_space(text, place)
    end = _closing(text, start, "{}")
    return None if end is None else (notes, start + 1, end - 1, end)


_KEY = re.compile(r"[^,\s](?:[^,\n]*[^,\s])?")


def _cites(text: str, start: int, end: int, notes: list[str], name: str) -> Iterator[Cite]:
    """The keys of one argument; what is said before belongs to the first, what is said after to the last."""
    found = [match for match in _KEY.finditer(text, start, end) if _is_key(match[0])]
    before, after = (notes[0], notes[1]) if len(notes) > 1 else ("", notes[0] if notes else "")
    lowered = name.lower()
    for place, match in enumerate(found):
        term, page, rest = locator(_plain(after)) if place == len(found) - 1 else ("", "", "")
        yield Cite(
            match[0], match.start(), match.end(), _plain(before) if place == 0 else "", rest.strip(), term, page,
            suppress_author="year" in lowered or (lowered in {"citenum", "citeurl", "citedoi", "citedate"}),
            author_only="author" in lowered,
        )  # fmt: skip


def _is_key(key: str) -> bool:
    return not re.search(r"[\\{}#]", key) and key != "*"


def _plain(note: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"\\(?:,|;|!| |@)|~", " ", note)).replace("--", "–").strip()


def _form(name: str) -> str:
    lowered = name.lower().removesuffix("s")
    if lowered == "nocite":
        return "silent"
    if "full" in lowered:
        return "full"
    if "foot" in lowered or lowered.startswith("smart"):
        return "note"
    narrative = {
        "citet",
        "citealt",
        "textcite",
        "newcite",
        "citea",
        "shortcitea",
        "citeauthor",
        "onlinecite",
        "citenp",
    }
    return (
        "narrative" if lowered in narrative or lowered.startswith(("citet", "textcite")) else "parenthetical"
    )
