"""To bibtexparser's `Library` and back: for its users, and to run its middlewares over a file without rewriting it.

https://bibtexparser.readthedocs.io. What each of the two does, and why, is told in docs/decisions.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cite2bib.diagnostics import UsageError
from cite2bib.formats.bibtex import syntax
from cite2bib.formats.bibtex.syntax import Bib, Edit, Kind, Lines

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bibtexparser.library import Library
    from bibtexparser.middlewares.middleware import Middleware
    from bibtexparser.model import Block, Entry

    from cite2bib.formats.bibtex.syntax import Block as OurBlock

_MARK = "cite2bib_block"  # in a block's `parser_metadata`: the number of the block it was made from


def to_library(bib: Bib) -> Library:
    """What bibtexparser's own splitter would give, with nothing left out: values keep their delimiters.

    A key or string that is there twice is a `DuplicateBlockKeyBlock`, as bibtexparser has it.
    """
    from bibtexparser.library import Library

    library = Library()
    lines = Lines(bib.text)
    for number, block in enumerate(bib.blocks):
        made = _made(bib, block, lines)
        made.parser_metadata[_MARK] = number
        library.add(made, fail_on_duplicate_key=False)
    return library


def _made(bib: Bib, block: OurBlock, lines: Lines) -> Block:
    from bibtexparser import model

    place: dict[str, Any] = {"start_line": lines.line(block.start) - 1, "raw": bib.source(block)}
    if block.kind is Kind.ENTRY:
        fields = [
            model.Field(item.name, bib.text[item.value_start : item.end], lines.line(item.start) - 1)
            for item in bib.assignments(block)
        ]
        return model.Entry(block.type.lower(), block.key, fields, **place)
    if block.kind is Kind.STRING:
        item = bib.assignments(block)[0]
        return model.String(item.name, bib.text[item.value_start : item.end], **place)
    inner = bib.source(block).partition("{")[2].rpartition("}")[0]
    if block.kind is Kind.PREAMBLE:
        return model.Preamble(inner, **place)
    if block.kind is Kind.BROKEN:
        return model.ParsingFailedBlock(ValueError(block.faults[0].message), **place)
    if block.kind is Kind.COMMENT:
        return model.ExplicitComment(inner, **place)
    return model.ImplicitComment(bib.source(block), **place)


def from_library(library: Library, bib: Bib | None = None) -> bytes:
    """A library as bytes: the changes it brings to the file it was made from, or, without one, bibtexparser's own layout."""
    if bib is None:
        from bibtexparser.entrypoint import write_string

        return write_string(library).encode()
    return bib.edited(_edits(library, bib))


def run(data: bytes, middlewares: Sequence[str]) -> bytes:
    """The file after some middlewares (`package.module:Class`), changed where they changed a value and nowhere else."""
    from bibtexparser.middlewares import RemoveEnclosingMiddleware

    bib = syntax.read(data)
    library = RemoveEnclosingMiddleware(allow_inplace_modification=True).transform(to_library(bib))
    for name in middlewares:
        library = _middleware(name).transform(library)
    return from_library(library, bib)


def _middleware(name: str) -> Middleware:
    module, _, attribute = name.partition(":")
    try:
        found: Middleware = getattr(import_module(module), attribute)()
    except (ImportError, AttributeError, ValueError, TypeError) as fault:
        raise UsageError(
            f"the middleware {name!r} can't be used: {fault}; it is written PACKAGE:CLASS"
        ) from fault
    return found


def _edits(library: Library, bib: Bib) -> Iterator[Edit]:
    """Blocks that are gone are cut out, entries that changed are changed field by field, new ones come last."""
    from bibtexparser import model

    made = {block.parser_metadata.get(_MARK): block for block in _unwrapped(library.blocks)}
    for number, block in enumerate(bib.blocks):
        now = made.pop(number, None)
        if now is None and block.kind is not Kind.TEXT:
            yield Edit(block.start, block.end, "")
        elif isinstance(now, model.Entry):
            yield from _edits_of_entry(now, bib, block)
    added = [block for block in made.values() if isinstance(block, model.Entry)]
    if added:
        text = "".join(f"\n{_laid_out(entry)}" for entry in added)
        yield Edit(len(bib.text), len(bib.text), text.replace("\n", bib.coding.newline))


def _unwrapped(blocks: Iterable[Block]) -> Iterator[Block]:
    from bibtexparser import model

    for block in blocks:
        inner = block.ignore_error_block if isinstance(block, model.ParsingFailedBlock) else None
        if inner is not None:
            inner.parser_metadata.setdefault(_MARK, block.parser_metadata.get(_MARK))
        yield inner or block


def _edits_of_entry(entry: Entry, bib: Bib, block: OurBlock) -> Iterator[Edit]:
    values: dict[str, list[Any]] = {}
    for field in entry.fields:
        values.setdefault(field.key.lower(), []).append(field.value)
    items = bib.assignments(block)
    for item in items:
        left = values.get(item.name.lower())
        was = bib.text[item.value_start : item.end]
        if not left:
            yield Edit(item.start, _past_comma(bib.text, item.end), "")
        elif (now := _written(left.pop(0))) not in {was, was.strip(), _bare(was), _bare(was.strip())}:
            yield Edit(item.value_start, item.end, f"{{{now}}}" if was[:1] in {"{", '"'} else now)
    if entry.key != block.key and block.key:
        start = bib.text.index(block.key, block.start)
        yield Edit(start, start + len(block.key), entry.key)
    added = [(name, value) for name, rest in values.items() for value in rest]
    if added and items:
        end = items[-1].end
        text = "".join(f",{bib.coding.newline}  {name} = {{{_written(value)}}}" for name, value in added)
        yield Edit(end, end, text)


def _written(value: object) -> str:
    if isinstance(value, (list, tuple)) and all(isinstance(part, str) for part in value):
        return " and ".join(value)
    if isinstance(value, (str, int)):
        return str(value)
    raise UsageError(
        f"a middleware leaves {type(value).__name__} where a field's text must be; another must merge it again"
    )


def _bare(value: str) -> str:
    return value[1:-1] if value[:1] in {"{", '"'} else value


def _past_comma(text: str, end: int) -> int:
    rest = text[end:].lstrip()
    return len(text) - len(rest) + 1 if rest.startswith(",") else end


def _laid_out(entry: Entry) -> str:
    fields = "".join(f"  {field.key:<13} = {{{_written(field.value)}}},\n" for field in entry.fields)
    return f"@{entry.entry_type}{{{entry.key},\n{fields}}}\n"
