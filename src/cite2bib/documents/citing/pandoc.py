"""Citations in Pandoc's Markdown: `[see @doe99, pp. 33-35; -@smith04]`, `@smith04 [p. 33]`, `@{doi:10.1000/(a)b}`.

https://pandoc.org/MANUAL.html#citation-syntax; where it is silent, what pandoc does (tests/extract/test_pandoc.py).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib.documents.citing import ENGLISH, Citation, Cite, evened, locator
from cite2bib.documents.citing.markdown import defined, shown, silent_fields
from cite2bib.light import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from cite2bib.documents.citing import Terms

_KEY = r"(?:\{(?P<braced>(?:[^{}\s]|\{[^{}\s]*\})+)\}|(?P<plain>\w(?:\w|[:.#$%&\-+?<>~/](?=\w)|[:/](?=/))*))"
_AT = re.compile(rf"(?<![\w/.@])(?P<minus>-)?@{_KEY}|(?<=(?<!\w)_)@{_KEY.replace('P<', 'P<in_')}")
_STEP = re.compile(rf"\[|{_AT.pattern}")
_CROSS = re.compile(
    r"(?:fig|tbl|eq|sec|lst|thm|lem|cor|prp|cnj|def|exm|exr|alg|rem|sol|tip|nte|wrn|imp|cau)[:-]",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(r"^[ \t]*(\(@[\w-]+\))(?=\s|\Z)", re.MULTILINE)
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”")


def find(text: str, terms: Terms = ENGLISH, hide: Callable[[str], str] = shown) -> list[Citation]:
    """The citations of a Markdown text, in their order; code, math, comments, links and addresses are left out.

    `terms` are the words that name a locator; `hide` makes blank what cites nothing.
    """
    even = evened(text)
    reading = _Reading(even, hide(even), terms)
    return list(reading.citations())


class _Reading:
    """A text, and the same with all that cites nothing made blank: structure is read in this, words in that."""

    def __init__(self, text: str, bare: str, terms: Terms) -> None:
        self.text, self.shown, self.terms = text, bare, terms
        self.closing = _pairs(bare)
        self.labels = defined(text)
        self.examples = frozenset(_EXAMPLE.findall(bare))
        self.silent = silent_fields(text)

    def citations(self) -> Iterator[Citation]:
        place = 0
        while step := _STEP.search(self.shown, place):
            found = self.bracketed(step.start()) if step[0] == "[" else self.narrative(step)
            if found:
                is_silent = any(start <= found.start < end for start, end in self.silent)
                yield replace(found, form="silent") if is_silent else found
            place = found.end if found else self.past_label(step) or step.end()

    def past_label(self, step: re.Match[str]) -> int:
        """Behind the label of a footnote; 0 when it is none."""
        is_label = step[0] == "[" and self.shown.startswith("[^", step.start())
        return self.closing.get(step.start(), -1) + 1 if is_label else 0

    def bracketed(self, start: int) -> Citation | None:
        """A cluster in brackets, all parts of which cite something."""
        end = self.closing.get(start)
        is_note = "^" in (self.shown[start - 1 : start], self.shown[start + 1 : start + 2])
        if end is None or is_note or self.is_link(end + 1):
            return None
        cites = self.cites(start + 1, end)
        return Citation(tuple(cites), start, end + 1) if cites else None

    def is_link(self, after: int) -> bool:
        """Whether what follows a closing bracket makes it a link or a span."""
        if self.shown.startswith(("(", "{.", "{#"), after):
            return True
        close = self.closing.get(after)
        return close is not None and self.text[after + 1 : close].strip().lower() in self.labels

    def cites(self, start: int, end: int) -> list[Cite]:
        """The cites of all parts, none when a part cites nothing."""
        found: list[Cite] = []
        for first, last in self.parts(start, end):
            part = self.part(first, last)
            if not part:
                return []
            found += part
        return found

    def parts(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Between semicolons that stand outside braces, brackets and quotes."""
        flat = _QUOTED.sub(lambda found: "x" * len(found[0]), self.shown[start:end])
        depth, first = 0, start
        for place, char in enumerate(flat, start):
            depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(char, 0)
            if char == ";" and depth == 0:
                yield first, place
                first = place + 1
        yield first, end

    def part(self, start: int, end: int) -> list[Cite]:
        """The cite of one part; of further keys in it each is a cite of its own, as it says no author twice."""
        keys = [found for found in _AT.finditer(self.shown, start, end) if _named(found)]
        if not keys or "[" in self.shown[start : keys[0].start()] or _is_cross_reference(keys[0]):
            return []
        cites: list[Cite] = []
        prefix = self.text[start : keys[0].start()].strip()
        for number, found in enumerate(keys):
            stop = keys[number + 1].start() if number + 1 < len(keys) else end
            term, place, rest = locator(self.text[found.end() : stop], self.terms)
            is_last = stop == end
            name = _named(found)
            cites.append(
                Cite(found[name], *found.span(name), prefix, rest.rstrip() if is_last else "", term, place, bool(found["minus"]))
            )  # fmt: skip
            prefix = rest.strip(" ,\n")
        return cites

    def narrative(self, found: re.Match[str]) -> Citation | None:
        """A key outside brackets: the author is part of the sentence; what stands in brackets behind belongs to it."""
        name = _named(found)
        if not name or _is_cross_reference(found) or self.is_example(found):
            return None
        start = found.end("minus") if found["minus"] else found.start()
        bare = Cite(found[name], *found.span(name))
        absorbed = self.absorbed(bare, found.end())
        if absorbed is None:
            return Citation((bare,), start, found.end(), "narrative")
        cites, end = absorbed
        return Citation(tuple(cites), start, end, "narrative")

    def is_example(self, found: re.Match[str]) -> bool:
        """`(@label)` at the start of a line numbers an example, and elsewhere refers to one."""
        return self.shown[found.start() - 1 : found.end() + 1] in self.examples

    def absorbed(self, cite: Cite, place: int) -> tuple[list[Cite], int] | None:
        """`@smith04 [p. 33; see also @doe99]`, `@smith04 [@doe99]`: the cites, and where they end."""
        space = re.compile(r"[ \t]*\n?[ \t]*").match(self.text, place)
        start = space.end() if space else place
        end = self.closing.get(start)
        if end is None or self.shown.startswith("[^", start) or self.is_link(end + 1):
            return None
        if cites := self.cites(start + 1, end):
            return [cite, *cites], end + 1
        (first, last), *others = self.parts(start + 1, end)
        if "@" in self.shown[first:last]:
            return None
        further = [item for part in others for item in self.part(*part)]
        if len(further) < len(others):
            return None
        term, page, rest = locator(self.text[first:last], self.terms)
        if rest.strip() and not term and rest[0].isalnum():
            rest = f", {rest}"
        own = Cite(cite.key, cite.start, cite.end, "", rest.rstrip(), term, page)
        return [own, *further], end + 1


def _named(found: re.Match[str]) -> str:
    """The group that holds a key."""
    return found.lastgroup if found.lastgroup and found.lastgroup != "minus" else ""


def _is_cross_reference(found: re.Match[str]) -> bool:
    return bool(_CROSS.match(found[_named(found)]))


def _pairs(text: str) -> Mapping[int, int]:
    """Each opening bracket and the one that closes it, in the same paragraph."""
    closing: dict[int, int] = {}
    open_: list[int] = []
    for found in re.finditer(r"\[|\]|\n[ \t]*\n", text):
        if found[0] == "[":
            open_.append(found.start())
        elif found[0] == "]":
            if open_:
                closing[open_.pop()] = found.start()
        elif found[0][0] == "\n":
            open_.clear()
    return closing
