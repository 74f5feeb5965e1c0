"""What the tests of all formats share: read one record, and say what it holds in plain values."""

from __future__ import annotations

from cite2bib import dates
from cite2bib.formats import get
from cite2bib.model import Date, Work


def read_one(name: str, text: str) -> Work:
    [work] = get(name).read(text.encode(), "x").works
    return work


def said(work: Work) -> dict[str, str]:
    """Each variable as a text: names in their order behind semicolons, dates in EDTF."""
    found: dict[str, str] = {}
    for variable, field in work.fields.items():
        value = field.value
        if isinstance(value, Date):
            found[variable] = dates.edtf(value)
        else:
            found[variable] = value if isinstance(value, str) else "; ".join(map(str, value))
    return found
