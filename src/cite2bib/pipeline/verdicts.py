"""Verdicts as what people and programs read: JSON, findings (for annotations and SARIF), a table."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from cite2bib import __version__, richtext
from cite2bib.check import FINDINGS, Judgement, kept
from cite2bib.check.judging import where
from cite2bib.check.verdict import listed
from cite2bib.diagnostics import Severity, Span
from cite2bib.findings import WRITERS, Finding, Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from cite2bib.check import Difference, Verdict
    from cite2bib.model import Work

_UNASKED = "source-not-asked"
RULES = (
    Rule(
        "not-found",
        "No catalogue has the work",
        "Two independent catalogues that list such works answered, and none has it: it may be invented.",
        Severity.ERROR,
    ),
    Rule(
        "wrong-in-detail",
        "The work is not as it is described",
        "A record of the work, or of the works it is made of, says otherwise.",
    ),
    Rule("retracted", "The work was retracted", "It should not be relied upon; say so if it is cited.", Severity.ERROR),
    Rule("withdrawn", "The work was withdrawn", "Its authors or publisher took it back.", Severity.ERROR),
    Rule("expression-of-concern", "The publisher doubts the work", "An expression of concern was published."),
    Rule("published-since", "The preprint was published", "`cite2bib upgrade` takes it over.", Severity.NOTE),
    Rule(_UNASKED, "A catalogue could not be asked", "The reference was not checked; run again.", Severity.NOTE),
)  # fmt: skip
_SEVERITIES = {rule.name: rule.severity for rule in RULES}
_FIELDS = {
    "issued": "year",
    "container-title": "venue",
    "page": "pages",
    "author": "authors",
    "arxiv": "arXiv id",
}


def place_of(work: Work) -> Span | None:
    """Where a reference stands, as far as its document says so."""
    place = work.places[0] if work.places else None
    if place is None:
        # Formats without lines count their records, which is no line.
        origin = work.fields["title"].origin if "title" in work else None
        return Span(origin.source) if origin and origin.source else None
    return Span(place.source, int(place.locator) if place.locator.isdecimal() else 0)


def name_of(work: Work) -> str:
    """The key of a reference, or the label that it has in its list."""
    label = work.text("reflist:label")
    return work.id or (f"[{label}]" if label else "")


def title_of(work: Work) -> str:
    """A reference's title in plain text, or what else names it."""
    return " ".join(richtext.plain(work.text("title")).split()) or work.id or where(work) or "(no title)"


def field_name(difference: Difference) -> str:
    """What readers call the field that differs."""
    return _FIELDS.get(difference.variable, difference.variable)


def told(difference: Difference) -> str:
    """A difference in one line."""
    recorded = f"; the record: {difference.recorded}" if difference.recorded else ""
    why = f" ({difference.why})" if difference.why else ""
    return f"{field_name(difference)}: {difference.said}{recorded}{why}"


def asked_of(verdict: Verdict) -> Iterator[str]:
    """Who answered and who did not; those that were silent for one reason are one line."""
    if verdict.asked:
        yield f"asked: {listed(verdict.asked)}"
    by_fault: dict[str, list[str]] = {}
    for item in verdict.silent:
        by_fault.setdefault(item.what, []).append(item.source)
    for what, names in by_fault.items():
        yield f"could not be asked: {listed(names)} ({what})"


def is_unasked(verdict: Verdict) -> bool:
    """Whether a reference stayed unchecked because a catalogue could not be asked."""
    return verdict.unasked


def findings(verdicts: Sequence[Verdict]) -> list[Finding]:
    """What an editor should see, each at its place; what is in order is left out."""
    shown = {*FINDINGS, Judgement.PUBLISHED}
    return [_finding(item) for item in verdicts if item.judgement in shown or is_unasked(item)]


def _finding(verdict: Verdict) -> Finding:
    rule = _UNASKED if is_unasked(verdict) else verdict.judgement.value.replace(" ", "-")
    lines = [f"“{title_of(verdict.work)}”: {verdict.reason}", *(told(item) for item in verdict.wrong)]
    nearest = verdict.record if verdict.judgement is Judgement.NOT_FOUND else None
    lines += [f"the nearest is “{title_of(nearest)}” {where(nearest)}".rstrip()] if nearest else []
    span = _span(verdict)
    details = {"confidence": verdict.confidence, "reason": verdict.reason}
    return Finding(rule, "\n".join(lines), span, _SEVERITIES[rule], verdict.work.id, details=details)


def _span(verdict: Verdict) -> Span | None:
    """The line of the field that is wrong, where it is one and the format tells lines of fields."""
    if len(verdict.wrong) == 1 and verdict.work.places:
        field = verdict.work.fields.get(verdict.wrong[0].variable)
        if field and field.origin.locator.isdecimal():
            return Span(field.origin.source, int(field.origin.locator))
    return place_of(verdict.work)


def summary(verdicts: Sequence[Verdict]) -> Mapping[str, int]:
    """How many references got each verdict."""
    counts = Counter(item.judgement for item in verdicts)
    return {judgement.value: counts[judgement] for judgement in Judgement if counts[judgement]}


def _as_json(verdicts: Sequence[Verdict]) -> str:
    rows = [_row(item) for item in verdicts]
    table = {"cite2bib": __version__, "summary": summary(verdicts), "references": rows}
    return json.dumps(table, ensure_ascii=False, indent=1) + "\n"


def _row(verdict: Verdict) -> dict[str, Any]:
    span = place_of(verdict.work)
    place = {"file": span.path, "line": span.line} if span else {}
    named = {"key": name_of(verdict.work), **place, "title": title_of(verdict.work)}
    return {name: value for name, value in named.items() if value} | kept.row(verdict)


def _as_html(verdicts: Sequence[Verdict]) -> str:
    from cite2bib.pipeline.verdicts_html import page

    return page(verdicts)


def _as_findings(name: str) -> Callable[[Sequence[Verdict]], str]:
    return lambda verdicts: WRITERS[name](findings(verdicts), RULES)


REPORTS: Mapping[str, Callable[[Sequence[Verdict]], str]] = {
    "json": _as_json,
    "html": _as_html,
    "github": _as_findings("github"),
    "sarif": _as_findings("sarif"),
}
