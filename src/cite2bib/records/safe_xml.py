"""XML to a tree of nodes without its dangers: no entities of the file's own, nothing fetched, no endless depth.

Why not a library: docs/decisions, "Reading XML and YAML from strangers".
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING
from xml.parsers import expat

from cite2bib.diagnostics import ReadError, Span
from cite2bib.light import dataclass, field

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from typing import IO

_DEEPEST = 200


@dataclass(slots=True)
class Node:
    """An element: names without their namespaces, text and elements in their order."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)
    line: int = 0

    def __iter__(self) -> Iterator[Node]:
        return (child for child in self.children if isinstance(child, Node))

    def all(self, *path: str) -> list[Node]:
        """The elements at a path of names below this one."""
        found = [self]
        for name in path:
            found = [
                child
                for node in found
                for child in node.children
                if not isinstance(child, str) and child.name == name
            ]
        return found

    def find(self, *path: str) -> Node:
        """The first element at a path, or an empty one."""
        found = first(self, path) if path else self
        return Node("") if found is None else found

    def text(self, *path: str) -> str:
        """The text at a path, with that of elements within, white space made single."""
        return " ".join(self.find(*path).raw().split())

    def raw(self) -> str:
        """The text within, as it stands."""
        children = self.children
        if len(children) == 1 and isinstance(children[0], str):
            return children[0]  # as nearly all
        return "".join([child if isinstance(child, str) else child.raw() for child in children])


def first(node: Node, path: tuple[str, ...]) -> Node | None:
    """The first element at a path of names below a node, if there is one."""
    for child in node.children:
        if isinstance(child, str) or child.name != path[0]:
            continue
        found = first(child, path[1:]) if len(path) > 1 else child
        if found is not None:
            return found
    return None


def parse(data: bytes, path: str = "", encoding: str | None = None) -> Node:
    """The root of a document; broken or dangerous XML raises `ReadError` with its place."""
    return _Builder(path).parse(data, encoding)


_CHUNK = 1 << 18  # bytes


def stream(source: IO[bytes], names: Collection[str], path: str = "") -> Iterator[Node]:
    """The elements of some names in a document of any size, each let go before the next; `names` do not nest."""
    yield from _Builder(path, frozenset(names)).stream(source)


class _Builder:
    def __init__(self, path: str, wanted: frozenset[str] = frozenset()) -> None:
        self.path = path
        self.root = Node("")
        self.open = [self.root]
        self.wanted = wanted
        self.found: list[Node] = []

    def parse(self, data: bytes, encoding: str | None) -> Node:
        self._prepare(encoding)
        self._parse(data, final=True)
        return next(iter(self.root), self.root)

    def stream(self, source: IO[bytes]) -> Iterator[Node]:
        self._prepare(None)
        self.parser.EndElementHandler = self._end_wanted
        while True:
            data = source.read(_CHUNK)
            self._parse(data, final=not data)
            yield from self.found
            self.found.clear()
            if not data:
                return

    def _prepare(self, encoding: str | None) -> None:
        parser = self.parser = expat.ParserCreate(encoding)
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._refuse
        parser.SkippedEntityHandler = self._skipped
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def _parse(self, data: bytes, *, final: bool) -> None:
        try:
            self.parser.Parse(data, final)
        except expat.ExpatError as error:
            place = Span(self.path, error.lineno, error.offset + 1)
            raise ReadError(f"broken XML: {expat.errors.messages[error.code]}", place) from None
        except (ValueError, LookupError) as error:  # an encoding that is none
            raise ReadError(f"broken XML: {error}", Span(self.path, 1)) from None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        line = self.parser.CurrentLineNumber
        if len(self.open) > _DEEPEST:
            raise ReadError("XML nested beyond all measure", Span(self.path, line))
        local = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        node = Node(name.rpartition(":")[2], local, line=line)
        self.open[-1].children.append(node)
        self.open.append(node)

    def _end(self, _name: str) -> None:
        self.open.pop()

    def _end_wanted(self, _name: str) -> None:
        node = self.open.pop()
        if node.name in self.wanted:
            self.found.append(node)
        elif any(outer.name in self.wanted for outer in self.open):
            return
        self.open[-1].children.clear()  # nobody asks for what stands between

    def _text(self, text: str) -> None:
        self.open[-1].children.append(text)

    def _refuse(self, *_declaration: object) -> None:
        raise ReadError(
            "XML that declares entities is not read", Span(self.path, self.parser.CurrentLineNumber)
        )

    def _skipped(self, name: str, is_parameter: bool) -> None:
        """An entity of a DTD that is not fetched: those of HTML are known without it."""
        if not is_parameter:
            self.open[-1].children.append(html.unescape(f"&{name};"))
