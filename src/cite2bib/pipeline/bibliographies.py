"""Where the bibliography of a manuscript stands: in its place for it, under its heading, or at the end."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from cite2bib.csl.render import render
from cite2bib.documents.sections import opens_references
from cite2bib.formats.bibtex.syntax import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cite2bib.csl import Rendered
    from cite2bib.pipeline.weaving import Setting

_DIV = re.compile(r"^(?P<colons>:{3,})[ \t]*\{[^}\n]*#refs\b[^}\n]*\}[ \t]*:*[ \t]*\n", re.MULTILINE)
_DIV_END = re.compile(r"^:{3,}[ \t]*$", re.MULTILINE)
_TAG = re.compile(r"<div\b[^<>]*\bid\s*=\s*[\"']?refs[\"'\s>][^<>]*>?", re.IGNORECASE)
_HEADING = re.compile(
    r"^ {0,3}(?P<marks>#{1,6})[ \t]+(?P<text>[^\n]*)$|^(?P<line>[^\n]+)\n(?P<under>=+|-+)[ \t]*$",
    re.MULTILINE,
)
_HTML_HEADING = re.compile(
    r"<h(?P<level>[1-6])\b[^<>]*>(?P<text>.*?)</h(?P=level)>", re.IGNORECASE | re.DOTALL
)


def edit(text: str, shown: str, rendered: Rendered, setting: Setting) -> Edit:
    """The bibliography as an edit of the text."""
    body = render(rendered, "html").rstrip("\n") if setting.html else _markdown(rendered, setting)
    place = _in_div(text, shown) or _in_tag(text)
    if place is not None:
        return _fitted(text, place, body)
    place = _in_html_section(text) if setting.html else _in_section(text, shown)
    if place is not None:
        return _fitted(text, place, body)
    if setting.html:
        end = [found.start() for found in re.finditer(r"</body>", text, re.IGNORECASE)]
        title = f"<h1>{html.escape(setting.title)}</h1>\n" if setting.title else ""
        return _fitted(text, end[-1] if end else len(text), f"{title}{body}")
    title = f"# {setting.title}\n\n" if setting.title else ""
    return _fitted(text, len(text), f"{title}{body}")


_RAISED = re.compile(r"<(sup|sub)>([^<>]*)</\1>")
_SMALL = re.compile(r'<span style="font-variant:small-caps">([^<>]*)</span>')


def in_pandocs_signs(text: str) -> str:
    r"""Markdown whose HTML is put as pandoc has it, for which it is not lost in a PDF.

    >>> in_pandocs_signs("text<sup>1, 2</sup>")
    'text^1,\\ 2^'
    """
    signs = {"sup": "^", "sub": "~"}
    spaced = _RAISED.sub(lambda found: signs[found[1]] + found[2].replace(" ", "\\ ") + signs[found[1]], text)
    return _SMALL.sub(r"[\1]{.smallcaps}", spaced)


def _markdown(rendered: Rendered, setting: Setting) -> str:
    """An entry a paragraph; those that cites lead to begin with a place."""
    paragraphs = []
    for entry in rendered.entries:
        body = render(rendered._replace(entries=[entry]), "markdown").strip("\n")
        mark = f'<span id="ref-{html.escape(entry.id)}"></span>' if setting.links else ""
        paragraphs.append(mark + (in_pandocs_signs(body) if setting.pandoc else body))
    return "\n\n".join(paragraphs)


def _fitted(text: str, place: int, body: str) -> Edit:
    """With blank lines around it, as far as they are not there."""
    before, after = text[:place], text[place:]
    ends = before[len(before.rstrip(" \n")) :].count("\n")
    lead = "" if not before.strip() else "\n" * max(0, 2 - ends)
    starts = after[: len(after) - len(after.lstrip(" \n"))].count("\n")
    trail = "\n" * max(0, 2 - starts) if after.strip() else "\n"
    return Edit(place, place, f"{lead}{body}{trail}")


def _in_div(text: str, shown: str) -> int | None:
    """Before the end of `::: {#refs}`."""
    found = next((div for div in _DIV.finditer(text) if shown[div.start()] == ":"), None)
    if not found:
        return None
    end = _DIV_END.search(text, found.end())
    return end.start() if end else len(text)


def _in_tag(text: str) -> int | None:
    r"""Before the end of `<div id="refs">`."""
    found = _TAG.search(text)
    end = text.find("</div", found.end()) if found else -1
    return end if end >= 0 else None


def _in_section(text: str, shown: str) -> int | None:
    """At the end of the last section that is one of references."""
    headings = list(_headings(text, shown))
    sections = [number for number, (_, _, title) in enumerate(headings) if opens_references(title)]
    if not sections:
        return None
    level = headings[sections[-1]][1]
    after = (start for start, other, _ in headings[sections[-1] + 1 :] if other <= level)
    end = next(after, len(text))
    return len(text[:end].rstrip()) + (1 if text[:end].rstrip() != text[:end] else 0)


def _headings(text: str, shown: str) -> Iterator[tuple[int, int, str]]:
    """Each heading: where it starts, its level, its text."""
    for found in _HEADING.finditer(text):
        if not shown[found.start() : found.end()].strip():
            continue  # in code
        title = re.sub(r"\s*\{[^{}]*\}\s*$|\s+#+\s*$", "", found["text"] or found["line"] or "")
        level = len(found["marks"]) if found["marks"] else 1 if found["under"][0] == "=" else 2
        yield found.start(), level, title.strip()


def _in_html_section(text: str) -> int | None:
    headings = [
        (found.start(), found.end(), re.sub(r"<[^<>]*>", "", found["text"]))
        for found in _HTML_HEADING.finditer(text)
    ]
    return next((end for _, end, title in reversed(headings) if opens_references(title)), None)
