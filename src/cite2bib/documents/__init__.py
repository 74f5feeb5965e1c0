"""Documents: containers of prose in which works are mentioned. Bytes in, a `Document` out, one module a container."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from cite2bib.light import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cite2bib.model import Work


class Link(NamedTuple):
    """An address and the text it stands behind."""

    text: str
    target: str
    line: int = 0


class Mark(NamedTuple):
    """A stretch that is set apart: in bold or italic type."""

    style: str  # bold, italic
    text: str
    line: int = 0


class Block(NamedTuple):
    """A paragraph, heading, list item or table row: a stretch of text that belongs together."""

    text: str  # without the container's own markup
    line: int  # where it starts, from 1; in a PDF the page
    # heading, item, row (cells parted by tabs), code, navigation, reference (one entry of a bibliography),
    # page (lines of a PDF, their indents kept), endnote (XML records of an EndNote field), coins, ...
    kind: str = "paragraph"
    level: int = (
        0  # of a heading; how deep an item, or a paragraph inside one, is nested; 1 in a table's head
    )
    links: tuple[Link, ...] = ()
    marks: tuple[Mark, ...] = ()
    key: str = ""  # by which the document itself cites a reference: that of a bibitem


class Cited(NamedTuple):
    r"""A key or identifier that a text cites: `\cite{knuth84}`, `[@doi:10.1145/1]`."""

    key: str
    line: int
    column: int = 0


class Document(NamedTuple):
    """What a container gives."""

    path: str
    blocks: tuple[Block, ...] = ()
    metadata: Mapping[str, str] = MappingProxyType({})  # title, date, doi, ... as the container states them
    cited: tuple[Cited, ...] = ()
    works: tuple[Work, ...] = ()  # whole records that it carries: a reference manager's fields
