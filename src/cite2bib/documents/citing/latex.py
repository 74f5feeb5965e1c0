r"""Citations in LaTeX: `\cite[see][p.~3]{a,b}`, natbib's and biblatex's commands, `\cites[1]{a}[2]{b}`.

https://ctan.org/pkg/natbib, https://ctan.org/pkg/biblatex (3.9)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib.documents.citing import Citation, Cite, Enclosed, blanked, evened, locator
from cite2bib.light import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ENVIRONMENTS = (
    "verbatim|Verbatim|lstlisting|minted|comment|alltt|filecontents|BVerbatim|LVerbatim|tcblisting"
)
HIDDEN = (
    Enclosed(rf"\\begin\{{((?:{_ENVIRONMENTS})\*?)\}}", r"\\end\{{{}\}}"),
    re.compile(r"\\(?:verb|lstinline|mintinline\{\w*\})\*?(?:\[[^\]\n]*\])?([^\w\s*{\[])(?:(?!\1)[^\n])*\1"),
    re.compile(r"\\(?:lstinline|mintinline\{\w*\})(?:\[[^\]\n]*\])?\{(?:[^{}\n]|\{[^{}\n]*\})*\}"),
    re.compile(r"(?<!\\)(?:\\\\)*%.*"),
    Enclosed(r"\\iffalse\b", r"\\fi\b"),
    re.compile(r"\\end\{document\}.*", re.DOTALL),
)
_NOT_ONE = (
    "citestyle setcitestyle citecolor citationstyle bibcite citedash citepunct citereset citetext "
    "citeindexlist defcitealias citeform citeleft citeright citemid citesetup citeindextrue AtEveryCite "
    "AtEveryCitekey AtNextCite AtNextCitekey bibcitename mkbibcite ifciteseen ifciteibid citetrackertrue "
    "citetrackerfalse citesep citeauthorfont citenamefont citebordercolor DeclareCiteCommand citationtoc"
)
_NO_CITATION = frozenset(_NOT_ONE.split())
_COMMAND = re.compile(r"\\(?P<name>[A-Za-z]*[cC]ite[A-Za-z]*|bibentry|[a-z]*cquote)(?P<star>\*)?(?![A-Za-z])")
_SPACE = re.compile(r"[ \t]*(?:%[^\n]*)?\n?[ \t]*")


@dataclass(frozen=True, slots=True)
class Alias:
    r"""A command of the author's own that cites: of `\newcommand{\rcite}[1]{Ref.~\cite{#1}}`, which argument is the key."""

    name: str
    argument: int  # from 1
    optional: bool  # the first argument stands in brackets and may be missing
    cites_by: str  # the command it stands for: cite


def find(text: str, aliases: Iterable[Alias] = ()) -> list[Citation]:
    """The citations of a LaTeX source, in their order; comments, verbatim text and definitions are left out.

    Further `aliases` are those of the files it belongs to.
    """
    shown = blanked(evened(text), HIDDEN)
    found = [citation for command in _COMMAND.finditer(shown) if (citation := _citation(shown, command))]
    for alias in {*aliases, *_aliases(shown)}:
        found += _by_alias(shown, alias)
    return sorted(found, key=lambda item: item.start)


def aliases(text: str) -> frozenset[Alias]:
    """The commands for citing that a source defines."""
    return frozenset(_aliases(blanked(evened(text), HIDDEN)))


_DEFINED = re.compile(
    r"\\(?:(?:re|provide)?newcommand|DeclareRobustCommand|providecommand)\*?\s*\{?\s*\\(?P<name>[A-Za-z]+)\s*\}?\s*"
    r"\[[1-9]\]\s*(?P<optional>\[[^\]]*\])?\s*(?=\{)"
    r"|\\def\s*\\(?P<other>[A-Za-z]+)(?:#\d)+\s*(?=\{)"
)
_PASSED_ON = re.compile(r"\\([A-Za-z]*[cC]ite[A-Za-z]*)\*?\s*(?:\[[^\[\]]*\]\s*){0,2}\{\s*#(\d)\s*\}")


def _aliases(shown: str) -> Iterator[Alias]:
    for found in _DEFINED.finditer(shown):
        end = _closing(shown, found.end(), "{}")
        inner = _PASSED_ON.search(shown, found.end(), end or found.end())
        name = found["name"] or found["other"]
        if inner and inner[1] not in _NO_CITATION and not _COMMAND.fullmatch(f"\\{name}"):
            yield Alias(name, int(inner[2]), bool(found["optional"]), inner[1])


def _by_alias(shown: str, alias: Alias) -> Iterator[Citation]:
    for command in re.finditer(rf"\\{alias.name}(?![A-Za-z])", shown):
        place, start = command.end(), -1
        for number in range(1, alias.argument + 1):
            is_optional = alias.optional and number == 1
            start = _after_space(shown, place)
            after = _closing(shown, start, "[]" if is_optional else "{}")
            if after is None and not is_optional:
                break
            place = after or place
        else:
            cites = tuple(_cites(shown, start + 1, place - 1, [], alias.cites_by))
            if cites:
                yield Citation(cites, command.start(), place, _form(alias.cites_by))


def _citation(text: str, command: re.Match[str]) -> Citation | None:
    name = command["name"]
    if name in _NO_CITATION or (name.startswith(("Declare", "new", "renew")) and name != "newcite"):
        return None
    several = name.lower().endswith("cites")
    place = command.end()
    if several:
        place = _skip(text, place, "()")
        place = _skip(text, place, "()")
    elif name.startswith(("foreign", "hyphen")):
        place = _skip(text, place, "{}")  # csquotes: the language
    cites: list[Cite] = []
    while True:
        found = _argument(text, _after_volume(text, place) if "volcite" in name.lower() else place)
        if found is None:
            break
        notes, start, end, place = found
        cites += _cites(text, start, end, notes, name)
        if not several:
            break
    return Citation(tuple(cites), command.start(), place, _form(name)) if cites else None


def _after_volume(text: str, place: int) -> int:
    r"""Biblatex's `\volcite[see]{2}[p. 3]{key}` names the volume before the page and the key."""
    place = _skip(text, place, "[]")
    return _skip(text, place, "{}")


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
    for found in _MARK.finditer(text, start, start + 5_000):
        char = found[0]
        if char == "{" or char == pair[0]:
            depth += 1
            if depth > 20:  # no arguments: a file of nothing but openings must not be gone through for each
                return None
        elif char in ("}", pair[1]):
            depth -= 1
            if depth == 0:
                return found.end()
    return None


_MARK = re.compile(r"\\.|[][(){}]", re.DOTALL)


def _argument(text: str, place: int) -> tuple[list[str], int, int, int] | None:
    """Notes in brackets, then keys in braces: the notes, where the keys start and end, and where all ends."""
    notes: list[str] = []
    start = _after_space(text, place)
    if text[start : start + 1] == "<" and (closer := text.find(">", start, start + 500)) > 0:
        notes.append(text[start + 1 : closer])  # apacite: what is said before
        place = closer + 1
        if text[place : place + 1] != "[":
            notes.append("")
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
    # An escaped `\_` is a slip that LaTeX does not forgive, but it is meant as a key.
    return not re.search(r"\\(?![_&%#$])|[{}]|(?<!\\)#", key) and key != "*"


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
