"""An entry that is to say something else: edits of the fields that change, and of nothing besides.

What changes is found by composing the entry before and after; what the two have in common stays as its owner wrote it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib.formats.bibtex import tables
from cite2bib.formats.bibtex.syntax import Edit
from cite2bib.formats.bibtex.writing import entry_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cite2bib.formats.bibtex.syntax import Assignment, Bib, Block
    from cite2bib.model import Work

# What stands where biblatex reads it, whatever BibTeX calls it; an entry keeps the name that it has.
_NAMES = (
    frozenset({"journal", "journaltitle"}),
    frozenset({"year", "date"}),
    frozenset({"address", "location"}),
    frozenset({"school", "institution"}),
    frozenset({"archiveprefix", "eprinttype"}),
    frozenset({"primaryclass", "eprintclass"}),
)

_COMMA, _LINE_END, _SPACES = (re.compile(pattern) for pattern in (r"[ \t]*,", r"[ \t]*\r?\n", r"[ \t]+"))
_REMARK = re.compile(r"[ \t]*,[ \t]*%[^\r\n]*")  # behind a field, on its line
_CONTAINERS = frozenset({"journal", "journaltitle", "booktitle", "howpublished"})


def revise(bib: Bib, block: Block, before: Work, after: Work) -> list[Edit]:
    """The edits by which an entry that said `before` says `after`."""
    items = {item.name.lower(): item for item in reversed(bib.assignments(block))}
    latex = bool(items.keys() & {"date", "journaltitle", "eprinttype", "location"})
    old_type, old = entry_fields(before, latex=latex)
    new_type, new = entry_fields(after, latex=latex)
    changed = {name: value for name, value in new.items() if old.get(name) != value}
    gone = [name for name in old if name not in new]
    renamed = _renamed(items, changed, gone)
    edits = [_renaming(bib, items[old_name], name, changed.pop(name)) for name, old_name in renamed.items()]
    replaced = {*renamed.values(), *(_present(items, name) for name in changed)}
    removed = [items[name] for name in gone if name in items and name not in replaced]
    edits += _set(bib, block, items, changed, removed)
    edits += [_removal(bib, item) for item in removed]
    if old_type != new_type and block.type:
        edits.append(_retyped(bib, block, new_type))
    return sorted(edits)


def _renamed(
    items: Mapping[str, Assignment], changed: Mapping[str, str], gone: Sequence[str]
) -> dict[str, str]:
    """New fields that stand where an old one of their kind goes: `booktitle` in the place of `journal`."""
    found: dict[str, str] = {}
    for name in changed:
        if name in _CONTAINERS and not _present(items, name):
            old = next((other for other in gone if other in _CONTAINERS and other in items), "")
            if old and old not in found.values():
                found[name] = old
    return found


def _renaming(bib: Bib, item: Assignment, name: str, value: str) -> Edit:
    joint = bib.text[item.start + len(item.name) : item.value_start]
    space = len(joint) - len(joint.lstrip(" "))
    if space:  # what stands below one another goes on doing so
        joint = " " * max(1, space + len(item.name) - len(name)) + joint[space:]
    return Edit(item.start, item.end, f"{name}{joint}{_delimited(name, value, bib.text[item.value_start])}")


def _present(items: Mapping[str, Assignment], name: str) -> str:
    """The name under which an entry has a field, "" when it has none."""
    if name in items:
        return name
    same = next((names for names in _NAMES if name in names), frozenset())
    return next((other for other in sorted(same) if other in items), "")


def _set(
    bib: Bib,
    block: Block,
    items: Mapping[str, Assignment],
    changed: Mapping[str, str],
    removed: Sequence[Assignment],
) -> Iterator[Edit]:
    added = []
    for name, value in changed.items():
        present = _present(items, name)
        if present:
            item = items[present]
            yield Edit(item.value_start, item.end, _delimited(name, value, bib.text[item.value_start]))
        else:
            added.append((name, value))
    if added:
        kept = [item for item in bib.assignments(block) if item not in removed]
        yield _addition(bib, block, kept, added)


def _delimited(name: str, value: str, opening: str) -> str:
    """A value as its neighbour was written: in quotes, bare, or in braces."""
    if name == "month" and value in tables.MONTHS:
        return value
    if opening == '"' and '"' not in value:
        return f'"{value}"'
    return value if opening.isdigit() and value.isdigit() else f"{{{value}}}"


def _addition(bib: Bib, block: Block, items: Sequence[Assignment], added: Sequence[tuple[str, str]]) -> Edit:
    """New fields behind the last one that stays, laid out as that one is."""
    if not items:
        end = bib.text.rfind("}", block.start, block.end)
        fields = "".join(f",\n  {name} = {_delimited(name, value, '{')}" for name, value in added)
        return Edit(end, end, f"{fields}\n")
    last = items[-1]
    line = bib.text.rfind("\n", 0, last.start) + 1
    indent = bib.text[line : last.start]
    newline = "\r\n" if bib.text[line - 2 : line] == "\r\n" else "\n"
    joint = f"{newline}{indent}" if not indent.strip() and line > block.start else " "
    between = re.match(r"[^\s=]+(\s*=\s*)", bib.text[last.start : last.value_start])
    pad = len(between[0]) - len(between[1].lstrip()) if between else 0
    written = []
    for name, value in added:
        equals = (
            between[1]
            if between and (len(items) < 2 or joint == " ")
            else f"{' ' * max(1, pad - len(name))}= "
        )
        written.append(f"{joint}{name}{equals}{_delimited(name, value, bib.text[last.value_start])}")
    if remark := _REMARK.match(bib.text, last.end, block.end) if joint != " " else None:
        return Edit(remark.end(), remark.end(), "".join(f"{field}," for field in written))
    return Edit(last.end, last.end, "".join(f",{field}" for field in written))


def _removal(bib: Bib, item: Assignment) -> Edit:
    """A field with the comma behind it and, where it stands alone on them, its lines."""
    end = item.end
    if comma := _COMMA.match(bib.text, end):
        end = comma.end()
    start = item.start
    line = bib.text.rfind("\n", 0, start) + 1
    rest = _LINE_END.match(bib.text, end)
    if not bib.text[line:start].strip() and rest:
        return Edit(line, rest.end(), "")
    if spaces := _SPACES.match(bib.text, end):
        end = spaces.end()
    return Edit(start, end, "")


def _retyped(bib: Bib, block: Block, new_type: str) -> Edit:
    """The entry's type, in the case it is written in."""
    start = bib.text.index(block.type, block.start)
    if block.type.isupper():
        new_type = new_type.upper()
    elif block.type[:1].isupper():
        new_type = new_type.capitalize()
    return Edit(start, start + len(block.type), new_type)
