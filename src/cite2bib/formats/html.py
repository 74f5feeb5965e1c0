"""An ordered list of references in HTML, a fragment to be put into a page. Written only.

Each item carries a COinS (https://en.wikipedia.org/wiki/COinS), so that reference managers can read it back.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from cite2bib import dates, richtext
from cite2bib.formats import WriteOptions, Written
from cite2bib.formats.reference import Reference, reference_of
from cite2bib.model import Date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cite2bib.model import Work

_TAGS = {
    "italic": ("<i>", "</i>"), "bold": ("<b>", "</b>"), "sup": ("<sup>", "</sup>"), "sub": ("<sub>", "</sub>"),
    "smallcaps": ('<span style="font-variant:small-caps">', "</span>"), "nocase": ("", ""),
}  # fmt: skip
_GENRES = {"article-journal": "article", "paper-conference": "proceeding", "chapter": "bookitem", "article": "preprint",
           "book": "book", "report": "report", "thesis": "dissertation"}  # fmt: skip


def write_html(works: Sequence[Work], _options: WriteOptions) -> Written:
    """An `ol` with an `li` a work."""
    items = "".join(f"  {_item(work)}\n" for work in works)
    return Written(f'<ol class="references">\n{items}</ol>\n')


def _item(work: Work) -> str:
    found = reference_of(work)
    identity = f' id="ref-{escape("-".join(work.id.split()))}"' if work.id else ""
    coins = f'<span class="Z3988" title="{escape(urlencode(_context(work)))}"></span>'
    return f"<li{identity}>{_text(found)}{coins}</li>"


def _text(found: Reference) -> str:
    year = f"({escape(found.year)})" if found.year else ""
    head = " ".join(filter(None, [escape(found.authors), year]))
    source = ", ".join(filter(None, [_marked(richtext.parse(found.container)), escape(found.details)]))
    title = f"<cite>{_marked(richtext.parse(found.title))}</cite>" if found.title else ""
    parts = [
        _ended(part, plain) for part, plain in ((head, head), (title, found.title), (source, source)) if part
    ]
    return " ".join([*parts, *([_link(found.link)] if found.link else [])])


def _ended(text: str, plain: str) -> str:
    return text if plain.endswith((".", "?", "!")) else f"{text}."


def _link(address: str) -> str:
    shown = escape(address)
    is_safe = urlsplit(address).scheme in {"http", "https", "ftp"}  # never javascript:
    return f'<a href="{shown}">{shown}</a>' if is_safe else shown


def _marked(nodes: Sequence[richtext.Node]) -> str:
    parts: list[str] = []
    for node in nodes:
        if isinstance(node, str):
            parts.append(escape(node))
        else:
            opening, closing = _TAGS[node.style]
            parts.append(f"{opening}{_marked(node.children)}{closing}")
    return "".join(parts)


def _context(work: Work) -> list[tuple[str, str]]:
    """The pairs of an OpenURL context object."""
    is_book = work.type in {"book", "chapter"}
    title_key = "rft.btitle" if work.type == "book" else "rft.atitle"
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{'book' if is_book else 'journal'}"),
        ("rft.genre", _GENRES.get(work.type, "unknown")),
        (title_key, richtext.plain(work.text("title"))),
        (
            "rft.btitle" if work.type == "chapter" else "rft.jtitle",
            richtext.plain(work.text("container-title")),
        ),
    ]
    pairs += [("rft.au", str(name)) for name in work.names("author")]
    if (issued := work.date()) and issued.start:
        pairs.append(("rft.date", dates.edtf(Date(issued.start))))
    names = {
        "volume": "volume",
        "issue": "issue",
        "page": "pages",
        "ISSN": "issn",
        "ISBN": "isbn",
        "publisher": "pub",
    }
    pairs += [(f"rft.{key}", work.text(variable)) for variable, key in names.items()]
    if doi := work.text("DOI"):
        pairs.append(("rft_id", f"info:doi/{doi}"))
    return [(key, value) for key, value in pairs if value]
