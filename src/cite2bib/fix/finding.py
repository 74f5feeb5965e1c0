"""What a rule is, and what it finds: a place, a message, and the edits that would mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib.light import NamedTuple, dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from cite2bib.fix.entries import Entry, File, Item
    from cite2bib.formats.bibtex.syntax import Edit


class Found(NamedTuple):
    """What a rule's function yields."""

    offset: int
    message: str
    edits: tuple[Edit, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()  # keys that go, and the keys that take their place
    key: str = ""  # where the place itself does not tell it


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule has to say about a place of a file; without edits it is for people to decide."""

    rule: str
    offset: int
    message: str
    key: str = ""
    edits: tuple[Edit, ...] = ()
    renamed: tuple[tuple[str, str], ...] = ()
    is_later: bool = False  # its edits are of the file as the edits of others leave it


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its one example: a test holds that `before` becomes `after`.

    It looks at one field (`field` with its `names`, none for all), at one entry, or at the whole file. A `gate` tells
    quickly of most values that the rule has nothing to say; `shape` does so for an entry by its type and field names, and
    `present` for a whole file.
    """

    name: str
    summary: str
    why: str
    before: str
    after: str
    field: Callable[[Entry, Item], Iterable[Found]] | None = None
    names: frozenset[str] = frozenset()
    gate: Callable[[str], object] | None = None
    present: Callable[[str], object] | None = None
    entry: Callable[[Entry], Iterable[Found]] | None = None
    shape: Callable[[str, tuple[str, ...], File], object] | None = None
    sees_empty: bool = False  # an empty field anywhere is a reason to look
    file: Callable[[File], Iterable[Found]] | None = None
    is_default: bool = True
    is_error: bool = False  # BibTeX stops at it, or loses something
    option: str = ""  # what asks for a rule that is not a default
