"""CSL-YAML, as pandoc and Zotero's Better BibTeX write it: CSL-JSON's items under `references`, Markdown in texts.

https://pandoc.org/MANUAL.html#specifying-bibliographic-data
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cite2bib import richtext
from cite2bib.diagnostics import Diagnostic, ReadError, Span
from cite2bib.formats import ReadResult, WriteOptions, Written, safe_yaml
from cite2bib.formats.csljson import prepared, read_item, unwrapped
from cite2bib.formats.text import decode
from cite2bib.model import CSL_VARIABLES, Kind, Origin, Work
from cite2bib.records.csl import TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_KEYS = re.compile(
    r"^(?:- |  )\s*(?:id|type|issued|author|container-title|title|citation-key)\s*:", re.MULTILINE
)
_ITEM = re.compile(r"^( *)- ", re.MULTILINE)
_TYPE = re.compile(rf"^[- ] *type: *['\"]?(?:{'|'.join(sorted(TYPES))})['\"]? *$", re.MULTILINE)


def sniff_csl_yaml(head: str) -> bool:
    """`references:` with items below it, or a list of items with a type of CSL."""
    if re.search(r"^cff-version\s*:", head, re.MULTILINE):
        return False
    if re.search(r"^references\s*:\s*(?:$|\[\])", head, re.MULTILINE):
        return True
    return bool(
        re.match(r"(?:\ufeff|---\s*\n|\s|#.*\n)*- ", head) and _KEYS.search(head) and _TYPE.search(head)
    )


def read_csl_yaml(data: bytes, path: str) -> ReadResult:
    """Works from a list of items, or from an object that holds one."""
    text, diagnostics = decode(data, path)
    first = _ITEM.search(text)
    item = re.compile(rf"^(?={first[1]}- )", re.MULTILINE) if first else _ITEM
    value, lines, broken = safe_yaml.parse_records(text, path, item)
    faults = [*diagnostics, *broken]
    works: list[Work] = []
    if value is None:
        return ReadResult((), diagnostics)
    if not isinstance(value, dict | list):
        raise ReadError("expected a list of references", Span(path, 1))
    for place, item in enumerate(value if isinstance(value, list) else unwrapped(value)):
        line = lines.get(str(place), lines.get("references", 1))
        if isinstance(item, dict):
            works.append(
                read_item({key: _read(key, raw) for key, raw in item.items()}, Origin(path, str(line)))
            )
        else:
            faults.append(Diagnostic("not-a-work", "expected a mapping", Span(path, line)))
    return ReadResult(tuple(works), tuple(faults))


def _read(key: str, raw: Any) -> Any:
    kind = CSL_VARIABLES.get(key)
    if kind is Kind.DATE:
        return _date(raw)
    return from_markdown(raw) if kind is Kind.RICH and isinstance(raw, str) else raw


def _date(raw: Any) -> Any:
    """Pandoc's own spelling: a mapping of year, month and day, or a list of two of them."""
    parts = raw if isinstance(raw, list) else [raw]
    if not all(isinstance(part, dict) and "year" in part for part in parts):
        return raw
    found = {
        "date-parts": [[part[key] for key in ("year", "month", "day") if part.get(key)] for part in parts]
    }
    return found | {key: part[key] for part in parts for key in ("season", "circa") if part.get(key)}


_INLINE = re.compile(
    r"\\(?P<escaped>[^A-Za-z0-9\s])"
    r"|(?<![\w*])\*\*(?P<b>[^\s*](?:[^*\n]*[^\s*])?)\*\*(?![\w*])"
    r"|(?<![\w*])\*(?P<i>[^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])"
    r"|(?<![\w_])_(?P<u>[^\s_](?:[^_\n]*[^\s_])?)_(?![\w_])"
    r"|\^(?P<sup>[^\s^]+)\^|(?<!~)~(?P<sub>[^\s~]+)~(?!~)"
    r"|\[(?P<span>(?:\\.|[^\\\[\]])+)\]\{\.(?P<class>smallcaps|nocase)\}"
)
_SPECIAL = re.compile(r"[\\*_^~\[\]`$<>@#]")


def from_markdown(text: str) -> str:
    r"""Rich text from Markdown's inline marks.

    >>> from_markdown(r"On *E. coli* and H~2~O, 5 \* 3")
    'On <i>E. coli</i> and H<sub>2</sub>O, 5 * 3'
    """
    return _INLINE.sub(_tagged, text)


def _tagged(found: re.Match[str]) -> str:
    if found["escaped"]:
        return found["escaped"]
    if found["span"]:
        opening = (
            '<span style="font-variant:small-caps;">'
            if found["class"] == "smallcaps"
            else '<span class="nocase">'
        )
        return f"{opening}{from_markdown(found['span'])}</span>"
    name = next(name for name in ("b", "i", "u", "sup", "sub") if found[name])
    tag = "i" if name == "u" else name
    return f"<{tag}>{from_markdown(found[name])}</{tag}>"


_MARKS = {
    "italic": ("*", "*"), "bold": ("**", "**"), "sup": ("^", "^"), "sub": ("~", "~"),
    "smallcaps": ("[", "]{.smallcaps}"), "nocase": ("[", "]{.nocase}"),
}  # fmt: skip


_TAGS = {
    "italic": ("<i>", "</i>"), "bold": ("<b>", "</b>"), "sup": ("<sup>", "</sup>"), "sub": ("<sub>", "</sub>"),
    "smallcaps": ('<span style="font-variant:small-caps;">', "</span>"), "nocase": ('<span class="nocase">', "</span>"),
}  # fmt: skip


def to_markdown(text: str) -> str:
    r"""Markdown from rich text.

    >>> to_markdown("On <i>E. coli</i>, 5 * 3")
    'On *E. coli*, 5 \\* 3'
    """
    nodes = richtext.parse(text)
    marked = _marked(nodes)
    # Marks that touch mean something else in Markdown: tags say it too.
    return marked if from_markdown(marked) == text else _marked(nodes, _TAGS)


def _marked(nodes: Sequence[richtext.Node], marks: Mapping[str, tuple[str, str]] = _MARKS) -> str:
    parts: list[str] = []
    for node in nodes:
        if isinstance(node, str):
            parts.append(_SPECIAL.sub(r"\\\g<0>", node))
        else:
            opening, closing = marks[node.style]
            parts.append(f"{opening}{_marked(node.children, marks)}{closing}")
    return "".join(parts)


def write_csl_yaml(works: Sequence[Work], options: WriteOptions) -> Written:
    """Exact items under `references`, texts in Markdown."""
    items, losses = prepared(works, options)
    marked = [{key: _write(key, value) for key, value in item.items()} for item in items]
    return Written(safe_yaml.render({"references": marked}), tuple(losses))


def _write(key: str, value: Any) -> Any:
    return to_markdown(value) if CSL_VARIABLES.get(key) is Kind.RICH else value
