"""A numbered list of references in Markdown (https://spec.commonmark.org). Written only."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib import richtext
from cite2bib.formats import WriteOptions, Written
from cite2bib.formats.reference import reference_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cite2bib.model import Work

_SPECIAL = re.compile(r"[\\`*_\[\]<>&#~|$]")
_MARKS = {"italic": "*", "bold": "**"}
_TAGS = {"sup": "sup", "sub": "sub"}


def write_markdown(works: Sequence[Work], _options: WriteOptions) -> Written:
    """One item a work: authors, year, title in italics, container, details and link."""
    return Written("".join(f"{number}. {_item(work)}\n" for number, work in enumerate(works, 1)))


def _item(work: Work) -> str:
    found = reference_of(work)
    year = f"({_escaped(found.year)})" if found.year else ""
    head = " ".join(filter(None, [_escaped(found.authors), year]))
    source = ", ".join(
        filter(None, [_marked(richtext.parse(_flat(found.container))), _escaped(found.details)])
    )
    nodes = richtext.parse(_flat(found.title))
    title = _marked(nodes)
    if title and all(isinstance(node, str) for node in nodes):  # italics within italics would end them
        title = f"*{title}*"
    parts = [_ended(head), _ended(title), _ended(source)]
    link = found.link.replace(" ", "%20").replace("<", "%3C").replace(">", "%3E")
    return " ".join(filter(None, [*parts, f"<{link}>" if link else ""]))


def _flat(text: str) -> str:
    return " ".join(text.split())


def _ended(text: str) -> str:
    return text if not text or text[-1] in ".?!" or text.rstrip("*")[-1:] in {".", "?", "!"} else f"{text}."


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", _flat(text))


def _marked(nodes: Sequence[richtext.Node]) -> str:
    parts: list[str] = []
    for node in nodes:
        if isinstance(node, str):
            parts.append(_SPECIAL.sub(r"\\\g<0>", node))
        elif mark := _MARKS.get(node.style):
            parts.append(f"{mark}{_marked(node.children)}{mark}")
        elif tag := _TAGS.get(node.style):
            parts.append(f"<{tag}>{_marked(node.children)}</{tag}>")
        else:
            parts.append(_marked(node.children))
    return "".join(parts)
