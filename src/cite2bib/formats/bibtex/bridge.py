"""To bibtexparser's `Library` and back: for its users, and to run its middlewares over a file without rewriting it.

https://bibtexparser.readthedocs.io. What each of the two does, and why, is told in docs/decisions.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cite2bib.diagnostics import UsageError
from cite2bib.formats.bibtex import coding, syntax
from cite2bib.formats.bibtex.syntax import Bib, Edit, Kind, Lines
from cite2bib.formats.bibtex.tables import MONTHS
from cite2bib.light import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from types import ModuleType

    from bibtexparser.library import Library
    from bibtexparser.middlewares.middleware import Middleware
    from bibtexparser.model import Block, Entry

    from cite2bib.formats.bibtex.syntax import Assignment
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
    if _is_reordered(library):
        return coding.encode(_reordered(library, bib), bib.coding)
    return bib.edited(_edits(library, bib))


def run(data: bytes, middlewares: Sequence[str]) -> bytes:
    """The file after some middlewares (`package.module:Class`), changed where they changed a value and nowhere else."""
    from bibtexparser.middlewares import RemoveEnclosingMiddleware, ResolveStringReferencesMiddleware

    made = [(name, _middleware(name)) for name in middlewares]
    bib = syntax.read(data)
    # Macros are still told from text while values keep their delimiters.
    early = [pair for pair in made if isinstance(pair[1], ResolveStringReferencesMiddleware)]
    late = [pair for pair in made if pair not in early]
    library = to_library(bib)
    for name, middleware in (*early, ("", RemoveEnclosingMiddleware(allow_inplace_modification=True)), *late):
        library = _transformed(name, middleware, library)
    return from_library(library, bib)


def check(names: Iterable[str]) -> None:
    """Raise `UsageError` where a middleware can't be used, before any work is done."""
    for name in names:
        _middleware(name)


def _transformed(name: str, middleware: Middleware, library: Library) -> Library:
    try:
        return middleware.transform(library)
    except UsageError:
        raise
    except Exception as fault:
        # Code of others may fail in any way; that it did is the user's matter, not a fault of ours.
        raise UsageError(f"the middleware {name!r} failed: {type(fault).__name__}: {fault}") from fault


def _middleware(name: str) -> Middleware:
    from bibtexparser.middlewares.middleware import Middleware

    path, _, attribute = name.partition(":")
    if not (path and attribute):
        raise UsageError(f"the middleware {name!r} can't be used: it is written PACKAGE:CLASS")
    found = getattr(_module(name, path), attribute, None)
    if not (isinstance(found, type) and issubclass(found, Middleware)):
        known = [key for key, value in vars(_module(name, path)).items() if _is_usable(value, Middleware)]
        hint = f"; {path} has {', '.join(sorted(known))}" if known else ""
        what = "there is none" if found is None else "that is no middleware of bibtexparser"
        raise UsageError(f"the middleware {name!r} can't be used: {what}{hint}")
    try:
        return found()
    except TypeError as fault:
        told = f"{fault}; a class of your own can give it what it asks for"
        raise UsageError(f"the middleware {name!r} can't be used: {told}") from fault


def _is_usable(value: object, base: type) -> bool:
    return isinstance(value, type) and issubclass(value, base) and value.__module__ != base.__module__


def _module(name: str, path: str) -> ModuleType:
    """The module, from the working folder too: it is there that people put a class of their own."""
    sys.path.insert(0, str(Path.cwd()))
    try:
        return import_module(path)
    except (ImportError, ValueError) as fault:
        raise UsageError(f"the middleware {name!r} can't be used: {fault}") from fault
    finally:
        sys.path.remove(str(Path.cwd()))


def _numbers(library: Library) -> list[int]:
    """The numbers of the blocks that were there before, in the order they have now."""
    marks = (block.parser_metadata.get(_MARK) for block in _unwrapped(library.blocks))
    return [number for number in marks if number is not None]


def _is_reordered(library: Library) -> bool:
    numbers = _numbers(library)
    return numbers != sorted(numbers)


def _reordered(library: Library, bib: Bib) -> str:
    """The blocks in another order, each with the edits it has, parted by a line end where nothing else parts them."""
    edits = sorted(_edits(library, bib))
    parts: list[str] = []
    for number in _numbers(library):
        block = bib.blocks[number]
        own = [edit for edit in edits if block.start <= edit.start and edit.end <= block.end]
        moved = [Edit(edit.start - block.start, edit.end - block.start, edit.text) for edit in own]
        text = syntax.apply(bib.source(block), moved)
        joint = bib.coding.newline if parts and not parts[-1].endswith(("\n", "\r")) else ""
        parts.append(joint + text if block.kind is not Kind.TEXT else text)
    added = [edit.text for edit in edits if edit.start == edit.end == len(bib.text)]
    return "".join([*parts, *added])


def _edits(library: Library, bib: Bib) -> Iterator[Edit]:
    """Blocks that are gone are cut out, those that changed are changed field by field, new ones come last."""
    from bibtexparser import model

    made = {block.parser_metadata.get(_MARK): block for block in _unwrapped(library.blocks)}
    macros = frozenset(
        item.name.lower()
        for block in bib.blocks
        if block.kind is Kind.STRING
        for item in bib.assignments(block)
    )
    for number, block in enumerate(bib.blocks):
        now = made.pop(number, None)
        if now is None and block.kind is not Kind.TEXT:
            yield Edit(block.start, block.end, "")
        elif isinstance(now, model.Entry):
            yield from _Changes(bib, block, macros).of_entry(now)
        elif isinstance(now, model.String):
            (item, *_) = bib.assignments(block)
            yield from _Changes(bib, block, macros).of_value(item, now.value)
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


@dataclass(frozen=True, slots=True)
class _Changes:
    """What changed in a block, as edits of its source."""

    bib: Bib
    block: OurBlock
    macros: frozenset[str]

    def of_entry(self, entry: Entry) -> Iterator[Edit]:
        items = self.bib.assignments(self.block)
        yield from self.of_head(entry)
        left = list(items)
        kept: list[tuple[Assignment, Any]] = []
        added: list[Any] = []
        for field in entry.fields:
            item = next((item for item in left if item.name.lower() == field.key.lower()), None)
            if item is None:
                added.append(field)
            else:
                left.remove(item)
                kept.append((item, field))
        for item in left:
            yield Edit(item.start, _past_comma(self.bib.text, item.end), "")
        slots = sorted((item for item, _ in kept), key=lambda item: item.start)
        for slot, (item, field) in zip(slots, kept, strict=True):
            yield from self.of_field(slot, item, field)
        if added and items:
            yield Edit(items[-1].end, items[-1].end, "".join(map(self.new_field, added)))

    def of_head(self, entry: Entry) -> Iterator[Edit]:
        """Another type, another key."""
        text, block = self.bib.text, self.block
        if entry.entry_type.lower() != block.type.lower():
            start = text.index(block.type, block.start)
            yield Edit(start, start + len(block.type), entry.entry_type)
        if entry.key != block.key and block.key:
            start = text.index(block.key, text.index(block.type, block.start) + len(block.type))
            yield Edit(start, start + len(block.key), entry.key)

    def of_field(self, slot: Assignment, item: Assignment, field: Any) -> Iterator[Edit]:
        """A field where it was, or in the place of another, with its name and value as they are now."""
        own = list(self.of_value(item, field.value))
        if field.key != item.name:
            own.append(Edit(item.start, item.start + len(item.name), field.key))
        if slot is item:
            yield from own
            return
        moved = [edit._replace(start=edit.start - item.start, end=edit.end - item.start) for edit in own]
        yield Edit(slot.start, slot.end, syntax.apply(self.bib.text[item.start : item.end], moved))

    def of_value(self, item: Assignment, value: object) -> Iterator[Edit]:
        was = self.bib.text[item.value_start : item.end]
        now = _written(value)
        if now in {was, was.strip(), _bare(was), _bare(was.strip())}:
            return
        space = was[len(was.rstrip()) :]  # what stands before the comma
        is_macro = now.lower() in MONTHS or (
            now.lower() in self.macros and now.lower() != was.strip().lower()
        )
        is_bare = was[:1] not in {"{", '"'} and (now.isdigit() or is_macro)
        yield Edit(item.value_start, item.end, (now if is_bare else f"{{{now}}}") + space)

    def new_field(self, field: Any) -> str:
        """A field more, laid out as the last one is."""
        last = self.bib.assignments(self.block)[-1]
        column = self.bib.text[last.start : last.value_start].find("=")
        start = max(self.bib.text.rfind("\n", 0, last.start), self.bib.text.rfind("\r", 0, last.start)) + 1
        indent = self.bib.text[start : last.start]
        gap = self.bib.coding.newline + (indent if not indent.strip() else "  ")
        name = field.key.ljust(column - 1) if column > len(last.name) + 1 else field.key
        return f",{gap}{name} = {{{_written(field.value)}}}"


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
