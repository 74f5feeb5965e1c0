"""Which works of a list a bibliography prints: by their fields, so one list can be printed in several sections.

The terms are those of citeproc-js (`makeBibliography` with a filter).
https://citeproc-js.readthedocs.io/en/latest/running.html#selective-output-with-makebibliography
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib.light import NamedTuple
from cite2bib.model import Date
from cite2bib.patterns import late

if TYPE_CHECKING:
    from cite2bib.csl.items import Item

_JOINT = late(r"\s*[,;]\s*")
_LISTS = frozenset(("keyword", "categories"))


class Selection(NamedTuple):
    """Tests of fields: (field, value), the value "" for a field that is missing, "*" for one that is not.

    Printed is what meets any of `include` (if given), none of `exclude` and all of `select`, unless it meets all of `quash`.
    """

    include: tuple[tuple[str, str], ...] = ()
    exclude: tuple[tuple[str, str], ...] = ()
    select: tuple[tuple[str, str], ...] = ()
    quash: tuple[tuple[str, str], ...] = ()

    def keeps(self, item: Item) -> bool:
        """Whether a work is printed."""
        if self.include and not any(_meets(item, *test) for test in self.include):
            return False
        if any(_meets(item, *test) for test in self.exclude):
            return False
        if not all(_meets(item, *test) for test in self.select):
            return False
        return not (self.quash and all(_meets(item, *test) for test in self.quash))


def _meets(item: Item, field: str, value: str) -> bool:
    has = bool(item.type) if field == "type" else item.has(field)
    if value in {"", "*"}:
        return has is (value == "*")
    if field == "type":
        return item.type == value
    if isinstance(item.values.get(field), Date):
        return _year(item, field) == value
    text = item.text(field)
    return value == text or (field in _LISTS and value in _JOINT.split(text))


def _year(item: Item, field: str) -> str:
    date = item.date(field)
    if date is None:
        return ""
    return str(date.start.year) if date.start else date.literal
