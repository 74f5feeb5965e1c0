"""The report of a run: every work, its fields with their origins, the evidence for its record or why there is none."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from cite2bib.dates import edtf
from cite2bib.model import Date, Field, Name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cite2bib.diagnostics import Diagnostic
    from cite2bib.model import Conflict, Origin, Value
    from cite2bib.pipeline.looking import Item, Outcome
    from cite2bib.resolve.lookup import Resolution


def report(outcome: Outcome, diagnostics: Sequence[Diagnostic]) -> str:
    """The report as JSON, the same for the same run."""
    table = {
        "works": [_item(item) for item in outcome.items],
        "sources": {
            "requests": dict(outcome.sent),
            "not asked about works": dict(outcome.silent),
        },
        "diagnostics": [_diagnostic(line) for line in (*diagnostics, *outcome.diagnostics)],
    }
    return json.dumps(table, ensure_ascii=False, indent=1) + "\n"


def _item(item: Item) -> dict[str, Any]:
    work = item.work
    return {
        "key": work.id,
        "type": work.type,
        "places": [str(place) for place in work.places],
        "fields": {name: _field(field) for name, field in work.fields.items()},
        "decisions": [_resolution(resolution) for resolution in item.resolutions],
    }


def _resolution(resolution: Resolution) -> dict[str, Any]:
    decision = resolution.decision
    told: dict[str, Any] = {"found in": resolution.source or None, "asked": list(resolution.asked)}
    if decision.record:
        told |= {
            "probability": round(decision.match.probability, 4),
            "evidence": list(decision.match.evidence),
        }
    else:
        told |= {"reason": resolution.reason, "could not be asked": list(resolution.silent)}
    return told | {"conflicts": [_conflict(conflict) for conflict in resolution.conflicts]}


def _conflict(conflict: Conflict) -> dict[str, Any]:
    kept, rejected = _field(conflict.kept), _field(conflict.rejected)
    return {"variable": conflict.variable, "kept": kept, "rejected": rejected}


def _field(field: Field) -> dict[str, Any]:
    return {"value": _value(field.value), **_origin(field.origin)}


def _value(value: Value) -> Any:
    if isinstance(value, Date):
        return edtf(value)
    return [_name(name) for name in value] if isinstance(value, tuple) else value


def _name(name: Name) -> str:
    return str(name)


def _origin(origin: Origin) -> dict[str, Any]:
    told: dict[str, Any] = {"origin": str(origin)}
    if origin.confidence < 1:
        told["confidence"] = origin.confidence
    return told | ({"note": origin.note} if origin.note else {})


def _diagnostic(line: Diagnostic) -> dict[str, Any]:
    place = {"place": str(line.span)} if line.span else {}
    return {"severity": line.severity.value, "code": line.code, **place, "message": line.message}
