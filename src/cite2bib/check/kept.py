"""Verdicts as lines of JSON and back, so that a later run need not ask again; and under what each is kept."""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from cite2bib.check.verdict import Difference, Judgement, Silence, Verdict
from cite2bib.model import VARIABLES, Origin, Work
from cite2bib.records.csl import csl_from_work, work_from_csl

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Raised when verdicts would come out otherwise: what was kept by older rules is forgotten.
RULES = 7


_TELLING = frozenset({"crossref", "datacite", "doi"})


def fingerprint(work: Work, asked: Sequence[str]) -> str:
    """What a verdict is kept under: all that the reference says, whom a run would ask, and the rules it goes by."""
    said = {name: str(work.fields[name].value) for name in sorted(work.fields) if name in VARIABLES}
    told = json.dumps([RULES, work.type, said, sorted(asked)], ensure_ascii=False)
    return blake2b(told.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def is_final(verdict: Verdict) -> bool:
    """Whether a verdict can be kept: one that a catalogue may change which could not be asked is asked for again.

    What is verified stays so, unless those were silent who know of retractions and whose DOIs are.
    """
    silent = {item.source for item in verdict.silent}
    return not silent or (verdict.judgement is Judgement.VERIFIED and silent.isdisjoint(_TELLING))


def row(verdict: Verdict) -> dict[str, Any]:
    """A verdict as a JSON object, without the reference itself."""
    told = {
        "verdict": verdict.judgement.value,
        "confidence": verdict.confidence,
        "reason": verdict.reason,
        "evidence": list(verdict.evidence),
        "differences": [_difference(item) for item in verdict.differences],
        "record": _record(verdict.record),
        "other": _record(verdict.other),
        "later": _record(verdict.later),
        "identified": verdict.identified,
        "mixed": verdict.mixed,
        "unasked": verdict.unasked,
        "asked": list(verdict.asked),
        "silent": [{"source": item.source, "what": item.what} for item in verdict.silent],
    }
    return {name: value for name, value in told.items() if value or name in {"confidence", "reason"}}


def _difference(item: Difference) -> dict[str, Any]:
    return {
        "field": item.variable,
        "said": item.said,
        "recorded": item.recorded,
        "matters": item.matters,
        "why": item.why,
    }


def _record(work: Work | None) -> dict[str, Any] | None:
    """A record as CSL-JSON, with the catalogue it is from."""
    if work is None:
        return None
    item = csl_from_work(work.without("abstract"))
    item.pop("id", None)
    origin = work.fields["title"].origin if "title" in work else Origin("")
    return {"source": origin.source, "at": origin.locator, "work": item}


def verdict_of(kept: Mapping[str, Any], work: Work) -> Verdict:
    """The verdict that a JSON object is, on a reference; `KeyError` or `ValueError` when it is none."""
    return Verdict(
        work,
        Judgement(kept["verdict"]),
        float(kept["confidence"]),
        str(kept["reason"]),
        tuple(map(str, kept.get("evidence", ()))),
        tuple(_difference_of(item) for item in kept.get("differences", ())),
        _work_of(kept.get("record")),
        _work_of(kept.get("other")),
        _work_of(kept.get("later")),
        bool(kept.get("identified")),
        bool(kept.get("mixed")),
        bool(kept.get("unasked")),
        tuple(map(str, kept.get("asked", ()))),
        tuple(Silence(str(item["source"]), str(item["what"])) for item in kept.get("silent", ())),
    )


def _difference_of(item: Mapping[str, Any]) -> Difference:
    return Difference(
        str(item["field"]), str(item["said"]), str(item["recorded"]), bool(item["matters"]), str(item["why"])
    )


def _work_of(kept: Mapping[str, Any] | None) -> Work | None:
    if not kept:
        return None
    return work_from_csl(kept["work"], Origin(str(kept["source"]), str(kept["at"])))
