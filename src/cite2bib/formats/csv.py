"""A table with a work a row, for spreadsheets (https://www.rfc-editor.org/rfc/rfc4180). Written only."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from cite2bib import dates, richtext
from cite2bib.formats import WriteOptions, Written
from cite2bib.model import VARIABLES, Date, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cite2bib.model import Value, Work

# Always there, in this order; other variables follow when a work has them.
_COLUMNS = (
    "title", "author", "issued", "container-title", "volume", "issue", "page", "publisher", "DOI", "arxiv", "URL",
)  # fmt: skip


def write_csv(works: Sequence[Work], options: WriteOptions) -> Written:
    """A heading and a row a work: names parted by semicolons, dates in EDTF, texts without markup."""
    used = {variable for work in works for variable in work.fields}
    if not options.abstracts:
        used -= {"abstract"}
    rest = [variable for variable in VARIABLES if variable in used and variable not in _COLUMNS]
    columns = [*_COLUMNS, *rest, *sorted(used - VARIABLES.keys())]
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(["key", "type", "year", *columns])
    for work in works:
        writer.writerow([work.id, work.type, _year(work), *(_cell(work, column) for column in columns)])
    return Written(table.getvalue())


def _year(work: Work) -> str:
    issued = work.date()
    return str(issued.year) if issued and issued.start else ""


def _cell(work: Work, column: str) -> str:
    field = work.fields.get(column)
    return _shown(field.value, VARIABLES.get(column)) if field else ""


def _shown(value: Value, kind: Kind | None) -> str:
    if isinstance(value, str):
        return richtext.plain(value) if kind is Kind.RICH else value
    if isinstance(value, Date):
        return dates.edtf(value)
    return "; ".join(map(str, value))
