"""What keeps BibTeX from reading an entry: commas and braces that are missing, or are too many.

The places are those that the reader reports. An edit is offered only when the entry, read again with it, has fewer faults
and every field it had before.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib.fix.finding import Found, Rule
from cite2bib.fix.tex import depth_at_ends
from cite2bib.formats.bibtex import syntax
from cite2bib.formats.bibtex.syntax import Edit, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cite2bib.fix.entries import Entry, File
    from cite2bib.formats.bibtex.syntax import Block, Fault

_BRACES = frozenset({"unclosed-brace", "unclosed-entry"})
_MOST_TRIES = 20  # to find those edits that do no harm among others; each reads the file again
_MOST_WORK = 500_000  # characters that are read again for one entry


def _missing_comma(file: File) -> Iterator[Found]:
    for block in _faulty(file):
        for fault in block.faults:
            if fault.code == "missing-comma":
                edit = Edit(fault.offset, fault.offset, ",")
                yield Found(fault.offset, fault.message, _if_better(file, block, edit), key=block.key)


def _faulty(file: File) -> Iterator[Block]:
    return (block for block in file.bib.blocks if block.faults)


def _unbalanced(file: File) -> Iterator[Found]:
    """What is offered leaves all other entries where they are: a brace may close something that was left open far above."""
    found = list(_unclosed(file))
    heads = _heads(file.bib.blocks)
    if _keeps(file, heads, [edit for item in found for edit in item.edits]):
        yield from found
        return
    taken: list[Edit] = []
    tries = _MOST_TRIES
    for item in found:
        tries -= bool(item.edits)
        if item.edits and tries >= 0 and _keeps(file, heads, [*taken, *item.edits]):
            taken += item.edits
            yield item
        else:
            yield item._replace(edits=())


def _keeps(file: File, heads: Sequence[tuple[Kind, str, str]], edits: Sequence[Edit]) -> bool:
    """Whether the file read again with some edits has the same entries."""
    return not edits or _heads(syntax.split(syntax.apply(file.text, edits))) == heads


def _heads(blocks: Sequence[Block]) -> list[tuple[Kind, str, str]]:
    return [(block.kind, block.type, block.key) for block in blocks if block.kind is not Kind.TEXT]


def _unclosed(file: File) -> Iterator[Found]:
    blocks = file.bib.blocks
    for place, block in enumerate(blocks):
        for fault in block.faults:
            if fault.code in _BRACES:
                edit = _closing(file, block, fault)
                edits = _if_better(file, block, edit) if edit else ()
                yield Found(fault.offset, fault.message, edits, key=block.key)
            elif fault.code == "stray-fields" and place:
                yield from _closed_too_early(file, blocks[place - 1], block)


def _closing(file: File, block: Block, fault: Fault) -> Edit | None:
    """The brace or quote that is missing, behind the value or the entry."""
    text = file.text
    if fault.code == "unclosed-entry":
        closer = "}" if text[fault.offset] == "{" else ")"
        has_lines = any(mark in text[block.start : block.end] for mark in "\r\n")
        return Edit(block.end, block.end, f"{file.newline}{closer}" if has_lines else closer)
    for item in file.bib.assignments(block):
        if item.value_start == fault.offset:
            value = text[item.value_start : item.end]
            end = item.value_start + len(value.rstrip(" \t\r\n,"))
            lowest, depth = depth_at_ends(value)
            if value.startswith("{") and lowest == 0 and depth > 0:
                return Edit(end, end, "}" * depth)
            if value.startswith('"') and depth == lowest == 0:
                return Edit(end, end, '"')
    return None


def _if_better(file: File, block: Block, edit: Edit) -> tuple[Edit, ...]:
    """The edit, if the entry read again with it is one entry of the same fields with fewer faults."""
    if block.kind not in {Kind.ENTRY, Kind.STRING} or _is_hopeless(block):
        return ()
    source = file.text[block.start : block.end]
    shifted = Edit(edit.start - block.start, edit.end - block.start, edit.text)
    text = syntax.apply(source, [shifted])
    again = [item for item in syntax.split(text) if item.kind is not Kind.TEXT or item.faults]
    if len(again) != 1 or again[0].key != block.key or len(again[0].faults) >= len(block.faults):
        return ()
    before = [item.name for item in file.bib.assignments(block)]
    after = [item.name for item in syntax.assignments(text, again[0])]
    return (edit,) if after[: len(before)] == before else ()


def _is_hopeless(block: Block) -> bool:
    """Whether so much is wrong in so long an entry that trying to mend it, fault by fault, would take long."""
    return len(block.faults) * (block.end - block.start) > _MOST_WORK


def _closed_too_early(file: File, block: Block, rest: Block) -> Iterator[Found]:
    """One brace too many in an entry, and its last fields stand behind it."""
    text = file.text
    place = block.end - 1
    if block.kind is not Kind.ENTRY or text[place] not in "})":
        return
    joined = text[block.start : place] + text[block.end : rest.end]
    again = syntax.split(joined)
    sound = again[0].kind is Kind.ENTRY and not again[0].faults and again[0].key == block.key
    fields = len(syntax.assignments(joined, again[0])) if sound else 0
    is_mended = fields > len(file.bib.assignments(block)) and all(
        item.kind is Kind.TEXT and not item.faults for item in again[1:]
    )
    edits = (Edit(place, block.end, ""),) if is_mended else ()
    yield Found(place, f"this {text[place]!r} closes the entry before its last fields", edits, key=block.key)


def _other_faults(file: File) -> Iterator[Found]:
    known = {"missing-comma", "stray-fields", *_BRACES}
    for block in _faulty(file):
        for fault in block.faults:
            if fault.code not in known:
                yield Found(fault.offset, fault.message, key=block.key)
    for entry in file.entries:
        block = entry.block
        if not block.key and entry.items and not block.faults:
            yield Found(block.start, "an entry without a key can't be cited")


def _duplicate_fields(entry: Entry) -> Iterator[Found]:
    names = [item.name for item in entry.items]
    for place, item in enumerate(entry.items):
        first = names.index(item.name)
        if first < place:
            same = _squeezed(entry.items[first].raw) == _squeezed(item.raw)
            empty = not item.raw.strip('{}" \t\r\n')
            said = "again, with the same value" if same else "a second time, and BibTeX takes the first"
            edits = (entry.without(item),) if (same or empty) and not entry.block.faults else ()
            yield Found(item.start, f"the field {item.written!r} stands here {said}", edits)


def _squeezed(raw: str) -> str:
    text = re.sub(r"\s+", " ", raw)
    return text[1:-1].strip() if text[:1] in {"{", '"'} else text


RULES = (
    Rule(
        "missing-comma",
        "A comma is missing after the key or a field.",
        "BibTeX skips everything up to the next entry. The comma is put where the reader found it missing.",
        "@misc{a\n  title = {On Things}\n  year = {2020},\n}\n",
        "@misc{a,\n  title = {On Things},\n  year = {2020},\n}\n",
        file=_missing_comma,
        is_error=True,
    ),
    Rule(
        "unbalanced-brace",
        "A value or an entry is not closed, or is closed too early.",
        "One brace can cost BibTeX all entries behind it. A brace or quote is added or taken away where the entry, read again, "
        "has fewer faults and all its fields; otherwise the place is told.",
        "@misc{a,\n  title = {On {Things},\n  year = {2020},\n}\n",
        "@misc{a,\n  title = {On {Things}},\n  year = {2020},\n}\n",
        file=_unbalanced,
        is_error=True,
    ),
    Rule(
        "broken-entry",
        "Something in an entry is no field, has no value or no key.",
        "What was meant can't be told, so nothing is changed.",
        "@misc{a,\n  title = {On Things},\n  note = ,\n}\n",
        "@misc{a,\n  title = {On Things},\n  note = ,\n}\n",
        file=_other_faults,
        is_error=True,
    ),
    Rule(
        "duplicate-field",
        "A field stands twice in an entry.",
        "BibTeX takes the first one, biber the last. The second goes where both say the same or it is empty; otherwise it is told.",
        "@misc{a,\n  title = {On Things},\n  year = {2020},\n  year = {2020},\n}\n",
        "@misc{a,\n  title = {On Things},\n  year = {2020},\n}\n",
        entry=_duplicate_fields,
        shape=lambda _kind, names, _file: len(set(names)) < len(names),
    ),
)
