"""Inline markup in field values, parsed and built here alone.

The markup is that of CSL-JSON: <i> <b> <sup> <sub> <sc>, <span style="font-variant:small-caps;">,
<span class="nocase">. Anything else that looks like a tag is text.
https://docs.citationstyles.org/en/stable/specification.html#html-like-formatting-tags
"""

from __future__ import annotations

import re
from typing import TypeAlias

from cite2bib.light import NamedTuple
from cite2bib.patterns import late

_TAG = late(
    r"<(?P<close>/)?(?:(?P<name>i|b|sup|sub|sc|span)(?P<attributes>\s[^<>]*)?)>",
    re.IGNORECASE,
)
_STYLES = {"i": "italic", "b": "bold", "sup": "sup", "sub": "sub", "sc": "smallcaps"}
_OPENING = {
    "italic": "<i>",
    "bold": "<b>",
    "sup": "<sup>",
    "sub": "<sub>",
    "smallcaps": '<span style="font-variant:small-caps;">',
    "nocase": '<span class="nocase">',
    "nodecor": '<span class="nodecor">',
}


_DEEPEST = 40  # tags within tags; what walks the tree goes as deep itself


class Styled(NamedTuple):
    """A stretch of rich text: italic, bold, sup, sub, smallcaps, nocase or nodecor."""

    style: str
    children: tuple[Node, ...]


Node: TypeAlias = "str | Styled"


def parse(text: str) -> tuple[Node, ...]:
    """Rich text as a tree; a tag without its partner is text.

    >>> parse("On <i>E. coli</i>")
    ('On ', Styled(style='italic', children=('E. coli',)))
    """
    if "<" not in text:
        return (text,) if text else ()
    return _Parser(text).tree()


class _Parser:
    """One pass with a stack of open tags."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.stack: list[tuple[str, str, str, list[Node]]] = [
            ("", "", "", [])
        ]  # name, style, as written, children

    def tree(self) -> tuple[Node, ...]:
        position = 0
        for tag in _TAG.finditer(self.text):
            self._add(self.text[position : tag.start()])
            self._close(tag) if tag["close"] else self._open(tag)
            position = tag.end()
        self._add(self.text[position:])
        while len(self.stack) > 1:
            self._undo()
        return tuple(self.stack[0][3])

    def _add(self, text: str) -> None:
        children = self.stack[-1][3]
        if not text:
            return
        if children and isinstance(children[-1], str):
            children[-1] += text
        else:
            children.append(text)

    def _open(self, tag: re.Match[str]) -> None:
        if len(self.stack) > _DEEPEST:
            self._add(tag[0])
            return
        style = _style(tag["name"].lower(), tag["attributes"] or "")
        self.stack.append((tag["name"].lower(), style, tag[0], []))

    def _close(self, tag: re.Match[str]) -> None:
        name = tag["name"].lower()
        if name not in (entry[0] for entry in self.stack):
            self._add(tag[0])
            return
        while self.stack[-1][0] != name:
            self._undo()
        _, style, written, children = self.stack.pop()
        if style:
            self.stack[-1][3].append(Styled(style, tuple(children)))
        else:
            self._extend([written, *children, tag[0]])

    def _undo(self) -> None:
        """The innermost tag was never closed: it is text."""
        _, _, written, children = self.stack.pop()
        self._extend([written, *children])

    def _extend(self, nodes: list[Node]) -> None:
        for node in nodes:
            if isinstance(node, str):
                self._add(node)
            else:
                self.stack[-1][3].append(node)


def _style(name: str, attributes: str) -> str:
    if name != "span":
        return _STYLES[name]
    if re.search(r"small-caps", attributes):
        return "smallcaps"
    return next((name for name in ("nocase", "nodecor") if re.search(rf"\b{name}\b", attributes)), "")


def build(nodes: tuple[Node, ...]) -> str:
    """The markup of a tree: `build(parse(text))` says the same as `text`."""
    return "".join(
        node
        if isinstance(node, str)
        else f"{_OPENING[node.style]}{build(node.children)}{_closing(node.style)}"
        for node in nodes
    )


def _closing(style: str) -> str:
    return f"</{_OPENING[style][1:].split()[0].rstrip('>')}>"


def plain(text: str) -> str:
    """Rich text without its markup.

    >>> plain('<span class="nocase">SMILES</span> &amp; <i>co</i>')
    'SMILES &amp; co'
    """
    return text if "<" not in text else _plain(parse(text))


def _plain(nodes: tuple[Node, ...]) -> str:
    return "".join(node if isinstance(node, str) else _plain(node.children) for node in nodes)


_SPACE = late(r"\s+")
_ANY_TAG = late(r"</?[A-Za-z][\w:.-]*(?:\s[^<>]*)?/?>")
_SYNONYMS = {"em": "i", "strong": "b", "scp": "sc", "italic": "i", "bold": "b"}


def from_html(text: str) -> str:
    r"""Rich text from what catalogues put into titles: HTML, JATS and MathML tags, entities, ragged white space.

    >>> from_html("Growth of  <em>E. coli</em>\n in &lt;scp&gt;UK&lt;/scp&gt; &amp;amp; <mml:math>x</mml:math>")
    'Growth of <i>E. coli</i> in <sc>UK</sc> & x'
    """
    import html  # a table of 2,231 entities

    unescaped = html.unescape(html.unescape(text))
    return _SPACE.sub(" ", _ANY_TAG.sub(_known_tag, unescaped)).strip()


def _known_tag(tag: re.Match[str]) -> str:
    inner = tag[0].strip("</>").split()[0].lower().removeprefix("jats:")
    name = _SYNONYMS.get(inner, inner)
    if name not in _STYLES:
        return " " if name in {"br", "p", "title", "sec"} else ""
    return f"</{name}>" if tag[0].startswith("</") else f"<{name}>"
