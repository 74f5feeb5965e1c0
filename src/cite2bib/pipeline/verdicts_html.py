"""Verdicts as one HTML page that an editor reads: no script, nothing loaded from elsewhere, all text escaped."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from cite2bib.check import FINDINGS, Judgement
from cite2bib.check.judging import where
from cite2bib.check.verdict import called
from cite2bib.formats.reference import reference_of
from cite2bib.pipeline.verdicts import asked_of, field_name, name_of, place_of, summary
from cite2bib.richtext import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cite2bib.check import Verdict
    from cite2bib.model import Work

_STYLE = """
:root { color-scheme: light dark; --line: #8884; --bad: #b3261e; --warn: #9a6700; --good: #1a7f37; --dim: #6e7781 }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
h1 { font-size: 1.4rem } h2 { font-size: 1.1rem; margin-top: 2rem }
ul.counts { display: flex; flex-wrap: wrap; gap: .5rem 1.5rem; padding: 0; list-style: none }
article { border-top: 1px solid var(--line); padding: .8rem 0 }
article > p { margin: .2rem 0 }
.verdict { font-weight: 600 } .bad { color: var(--bad) } .warn { color: var(--warn) } .good { color: var(--good) }
.dim, summary { color: var(--dim); font-size: .9rem }
table { border-collapse: collapse; margin: .4rem 0; font-size: .92rem; width: 100% }
th, td { text-align: left; vertical-align: top; padding: .25rem .6rem .25rem 0; border-bottom: 1px solid var(--line) }
tr.slight { color: var(--dim) }
"""
_GOOD = frozenset({Judgement.VERIFIED, Judgement.PUBLISHED})
_INTRODUCTION = (
    "Each reference was looked for in catalogues of publications. “Not found” is said only where two independent ones that "
    "list such works answered; where one could not be asked, the reference is not judged. The confidence says how often a "
    "verdict on such grounds is right; the last word is the reader's."
)


def page(verdicts: Sequence[Verdict]) -> str:
    """The whole page: what needs an editor first, then the rest."""
    urgent = [item for item in verdicts if item.judgement in FINDINGS]
    since = [item for item in verdicts if item.judgement is Judgement.PUBLISHED]
    unchecked = [item for item in verdicts if item.judgement is Judgement.UNCHECKED]
    fine = [item for item in verdicts if item.judgement is Judgement.VERIFIED]
    body = [
        "<h1>References checked</h1>",
        _counts(verdicts),
        f"<p class=dim>{escape(_INTRODUCTION)}</p>",
        *_section("To be looked at", urgent),
        *_section("Published since", since),
        *_section("Not checked", unchecked),
        *_section("Verified", fine),
    ]
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>References checked</title><style>{_STYLE}</style></head>\n<body>\n"
        + "\n".join(body)
        + "\n</body></html>\n"
    )


def _counts(verdicts: Sequence[Verdict]) -> str:
    rows = "".join(f"<li><b>{count}</b> {escape(name)}</li>" for name, count in summary(verdicts).items())
    return f"<ul class=counts>{rows}</ul>"


def _section(heading: str, verdicts: Sequence[Verdict]) -> Iterable[str]:
    if verdicts:
        yield f"<h2>{escape(heading)}</h2>"
        yield from map(_article, verdicts)


def _article(verdict: Verdict) -> str:
    judgement = verdict.judgement
    color = "good" if judgement in _GOOD else "dim" if judgement is Judgement.UNCHECKED else "bad"
    color = "warn" if judgement is Judgement.WRONG and not verdict.mixed else color
    parts = [
        (
            f"<p><span class='verdict {color}'>{escape(judgement.value)}</span> "
            f"<span class=dim>{_sure(verdict)}{_at(verdict)}</span></p>"
        ),
        f"<p>{_reference(verdict.work)}</p>",
        f"<p>{escape(verdict.reason)}</p>",
        _differences(verdict),
        _records(verdict),
        _grounds(verdict),
    ]
    return f"<article>{''.join(parts)}</article>"


def _sure(verdict: Verdict) -> str:
    return "" if verdict.judgement is Judgement.UNCHECKED else f"{verdict.confidence:.0%} sure"


def _at(verdict: Verdict) -> str:
    span = place_of(verdict.work)
    named = ", ".join(filter(None, (name_of(verdict.work), str(span) if span else "")))
    return f" · {escape(named)}" if named else ""


def _reference(work: Work) -> str:
    told = reference_of(work)
    parts = (told.authors, told.year, plain(told.title), plain(told.container), told.details)
    return escape(". ".join(part for part in parts if part)) + _link(told.link)


def _link(address: str) -> str:
    """An address as a link, if it is one of the web."""
    if urlsplit(address).scheme not in {"http", "https"}:
        return ""
    return f' <a href="{escape(address)}" rel="noreferrer">{escape(address)}</a>'


def _differences(verdict: Verdict) -> str:
    if not verdict.differences:
        return ""
    rows = "".join(
        f"<tr{'' if item.matters else ' class=slight'}><th>{escape(field_name(item))}</th><td>{escape(item.said)}</td>"
        f"<td>{escape(item.recorded)}</td><td>{escape(item.why)}</td></tr>"
        for item in sorted(verdict.differences, key=lambda item: not item.matters)
    )
    return f"<table><tr><th></th><th>reference</th><th>record</th><th></th></tr>{rows}</table>"


def _records(verdict: Verdict) -> str:
    """The records that a reader may hold against the reference."""
    first = "Record" if verdict.identified else "Nearest record"
    named = ((first, verdict.record), ("Second record", verdict.other), ("Published as", verdict.later))
    shown = [
        f"<p class=dim>{label}: {_reference(record)}{_source(record)}</p>"
        for label, record in named
        if record
    ]
    return "".join(shown)


def _source(record: Work) -> str:
    origin = record.fields["title"].origin.source if "title" in record else ""
    seen = where(record)
    link = _link(seen) if seen and seen != reference_of(record).link else ""
    return f"{link} [{escape(called(origin))}]" if origin else link


def _grounds(verdict: Verdict) -> str:
    lines = [*verdict.evidence, *asked_of(verdict)]
    if not lines:
        return ""
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<details><summary>evidence</summary><ul>{items}</ul></details>"
