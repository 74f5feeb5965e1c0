"""Inline Markdown to plain text, links and marks (https://spec.commonmark.org/0.31.2/#inlines), in one pass.

Lenient as saved pages need it: links may hold images and line breaks, and what is never closed is text.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from cite2bib.documents import Link, Mark
from cite2bib.light import NamedTuple, dataclass, field

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOKEN = re.compile(
    r"(?P<break>\\{1,2}(?=\n)|\\{1,2}\s{2,})"  # a line break, also as some savers flatten it
    r"|(?P<escape>\\[!-/:-@\[-`{-~])"
    r"|(?P<math>\$\$?(?=\S)[^$\n]{1,300}(?<=\S)\$\$?)"
    r"|(?P<code>`[^`\n]{1,300}`)"
    r"|<(?P<auto>(?:https?|ftp)://[^\s<>]{1,2000})>"
    r"|(?P<tag></?[A-Za-z][A-Za-z0-9]{0,15}(?:\s[^<>\n]{0,1000})?/?>)"
    r"|(?P<image>!\[)"
    r"|(?P<open>\[)"
    r"|(?P<close>\])"
    r"|(?P<stars>\*{1,3}|(?<![^\W_])_{1,3}(?=\S)|_{1,3}(?![^\W_]))"
)
_HREF = re.compile(r"href\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_DESTINATION = re.compile(r"\(\s{0,9}(?:<([^<>\n]{0,4000})>|([^\s()<>]{0,4000}))")
_AFTER = re.compile(r"(?:\s{1,9}(?:\"[^\"]{0,1000}\"|'[^']{0,1000}'|\([^()]{0,1000}\)))?\s{0,9}\)")
_PAIRED = re.compile(r"\([^\s()<>]{0,1000}\)[^\s()<>]{0,1000}")
_DEEPEST = 20  # brackets and stars open at once; more are no markup
_REFERENCE = re.compile(r"\[([^\[\]\n]{0,100})\]")


class Inline(NamedTuple):
    """What a stretch of Markdown says."""

    text: str
    links: tuple[Link, ...]
    marks: tuple[Mark, ...]


@dataclass(slots=True)
class _Reader:
    source: str
    line: int
    targets: Mapping[str, str]
    counted: int = 0  # up to where `line` is right
    out: list[str] = field(default_factory=list)
    brackets: list[tuple[int, bool, int]] = field(default_factory=list)  # where in `out`, of an image, line
    stars: list[tuple[str, int]] = field(default_factory=list)
    anchors: list[tuple[str, int]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)

    def read(self) -> Inline:
        position = 0
        while token := _TOKEN.search(self.source, position):
            self._add(self.source[position : token.start()])
            position = self._take(token)
        self._add(self.source[position:])
        return Inline("".join(self.out), tuple(self.links), tuple(self.marks))

    def _add(self, text: str) -> None:
        if text:
            self.out.append(html.unescape(text) if "&" in text else text)

    def _since(self, mark: int) -> str:
        return " ".join("".join(self.out[mark:]).split())

    def _line(self, position: int) -> int:
        self.line += self.source.count("\n", self.counted, position)
        self.counted = position
        return self.line

    def _take(self, token: re.Match[str]) -> int:
        kind = token.lastgroup or ""
        if kind in {"image", "open"} and len(self.brackets) < _DEEPEST:
            self.brackets.append((len(self.out), kind == "image", self._line(token.start())))
            self.out.append("[")
        elif kind == "close":
            return self._close(token)
        elif kind == "stars":
            self._emphasis(token)
        elif kind == "tag":
            self._tag(token)
        else:
            self._literal(kind, token)
        return token.end()

    def _literal(self, kind: str, token: re.Match[str]) -> None:
        if kind == "auto":
            self.links.append(Link(token["auto"], token["auto"], self._line(token.start())))
            self.out.append(token["auto"])
        else:
            shown = {"break": " ", "escape": token[0][1:], "code": token[0].strip("`")}
            self.out.append(shown.get(kind, token[0]))

    def _close(self, token: re.Match[str]) -> int:
        target, end = self._target(token.end())
        if not self.brackets:
            if target and token.start() < 400:  # `](address)`: the bracket was opened in an earlier paragraph
                self.links.append(Link(self._since(0), target, self._line(token.start())))
                return end
            self.out.append("]")
            return token.end()
        start, is_image, line = self.brackets.pop()
        if is_image:
            del self.out[start:]
            return end
        if target:
            self.out[start] = ""
            self.links.append(Link(self._since(start), target, line))
            return end
        self.out.append("]")
        return token.end()

    def _target(self, position: int) -> tuple[str, int]:
        """The address after a closing bracket, and where it ends; "" when there is none."""
        found = _DESTINATION.match(self.source, position)
        if found:
            target, end = found[1] or found[2], found.end()
            while found[1] is None and self.source[end : end + 1] == "(":  # brackets in an address are paired
                inner = _PAIRED.match(self.source, end)
                if not inner:
                    break
                target, end = target + inner[0], inner.end()
            after = _AFTER.match(self.source, end)
            return (target, after.end()) if after else ("", position)
        named = _REFERENCE.match(self.source, position)
        target = self.targets.get(named[1].strip().lower(), "") if named else ""
        return (target, named.end()) if named and target else ("", position)

    def _emphasis(self, token: re.Match[str]) -> None:
        run = token[0]
        before = self.source[token.start() - 1 : token.start()]
        after = self.source[token.end() : token.end() + 1]
        opener = next(
            (index for index in range(len(self.stars) - 1, -1, -1) if self.stars[index][0] == run), -1
        )
        if opener >= 0 and before.strip():
            start = self.stars[opener][1]
            del self.stars[opener:]
            self.out[start] = ""
            text = self._since(start)
            if text:
                style = "italic" if len(run) == 1 else "bold"
                self.marks.append(Mark(style, text, self._line(token.start())))
        elif after.strip() and len(self.stars) < _DEEPEST:
            self.stars.append((run, len(self.out)))
            self.out.append(run)
        else:
            self.out.append(run)

    def _tag(self, token: re.Match[str]) -> None:
        tag = token[0]
        name = tag.strip("</>").split()[0].lower()
        if name == "a":
            if not tag.startswith("</"):
                found = _HREF.search(tag)
                del self.anchors[_DEEPEST:]
                self.anchors.append((html.unescape(found[1]) if found else "", len(self.out)))
            elif self.anchors:
                target, start = self.anchors.pop()
                if target:
                    self.links.append(Link(self._since(start), target, self._line(token.start())))
        elif name in {"b", "strong", "i", "em"}:
            self._html_mark(name, tag, token)
        elif name in {"br", "p", "div", "li", "td"}:
            self.out.append(
                "\n" if name == "br" and "\n" not in self.source[token.end() : token.end() + 2] else " "
            )

    def _html_mark(self, name: str, tag: str, token: re.Match[str]) -> None:
        key = f"<{name}>"
        if not tag.startswith("</"):
            self.stars.append((key, len(self.out)))
            self.out.append("")
            return
        for index in range(len(self.stars) - 1, -1, -1):
            if self.stars[index][0] == key:
                start = self.stars[index][1]
                del self.stars[index:]
                style = "bold" if name in {"b", "strong"} else "italic"
                self.marks.append(Mark(style, self._since(start), self._line(token.start())))
                return


def read(source: str, line: int, targets: Mapping[str, str]) -> Inline:
    """The text, links and marks of inline Markdown; `targets` are the document's link definitions."""
    if not _TOKEN.search(source):
        return Inline(html.unescape(source) if "&" in source else source, (), ())
    return _Reader(source, line, targets).read()
