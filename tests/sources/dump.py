"""Works as lines of text that diff well."""

from __future__ import annotations

from collections.abc import Iterable

from cite2bib import dates
from cite2bib.model import Date, Name, Value, Work


def dump(works: Iterable[Work]) -> str:
    return "\n".join("\n".join(_lines(work)) for work in works)


def _lines(work: Work) -> Iterable[str]:
    yield f"[{work.type}]"
    for variable in sorted(work.fields):
        yield f"{variable}: {_shown(work.fields[variable].value)}"
    origins = {str(found.origin) for found in work.fields.values()}
    yield f"<- {', '.join(sorted(origins))}\n"


def _shown(value: Value) -> str:
    if isinstance(value, Date):
        return dates.edtf(value)
    return value if isinstance(value, str) else "; ".join(map(_name, value))


def _name(name: Name) -> str:
    """Family, given, with a mark where a particle, a suffix or a literal stands."""
    if name.literal:
        return f"{{{name.literal}}}"
    family = f"<{name.particle}> {name.family}" if name.particle else name.family
    return ", ".join(filter(None, (family, f"<{name.suffix}>" if name.suffix else "", name.given)))
