"""From what was found of a reference to the verdict on it.

Fair first: what nobody could look up is never "not found", a work described by other conventions is verified, and an
accusation (made of two works, other authors, another title) needs as many answers as "not found" does.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib import richtext, titles
from cite2bib.check import appeared, confidence, kinds, published, undone
from cite2bib.check.details import as_paper, differences
from cite2bib.check.verdict import OFFLINE, Difference, Judgement, Silence, Verdict, called, listed
from cite2bib.check.weighing import Weighed, nearest_details, weigh
from cite2bib.identifiers import address, normalise
from cite2bib.light import replace
from cite2bib.resolve.match import facts, notice
from cite2bib.resolve.match.people import Agreement
from cite2bib.resolve.match.title import Relation
from cite2bib.resolve.merge import is_published

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cite2bib.check.asking import Inquiry
    from cite2bib.model import Work

_IDENTIFIERS = ("DOI", "arxiv", "PMID", "PMCID")
_NAMED = {"DOI": "DOI", "arxiv": "arXiv id", "PMID": "PMID", "PMCID": "PMCID", "ISBN": "ISBN"}
# Who would have a DOI: unless all of them answered, nothing is said of one that is not found.
_REGISTRIES = ("crossref", "datacite")


_OTHER_PEOPLE = frozenset({Agreement.NONE, Agreement.FEW, Agreement.HALF, Agreement.FIRST})


def judge(item: Inquiry) -> Verdict:
    """The verdict on one reference."""
    weighed = weigh(item)
    works = [one for one in weighed if one.is_work]
    found = _of_work(item, works, weighed) if works else _of_none(item, weighed)
    silent = tuple(Silence(name, what) for name, what in sorted(item.silent.items()))
    return replace(found, work=item.original, asked=item.asked, silent=silent)


def _of_work(item: Inquiry, works: Sequence[Weighed], weighed: Sequence[Weighed]) -> Verdict:
    """The work exists; whether it is what the reference says, and what became of it."""
    best = nearest_details(item, works)
    versions = [one.record for one in works if one is not best]
    found = _with_venue_refuted(item, works, weighed, differences(item.work, best.record, versions))
    identified = (*_identifier_differences(item, best, works, weighed), *_impossible(item, best))
    everything = (*found, *(difference for difference, _ in identified))
    stolen = next((record for _, record in identified if record), None)
    evidence = (*best.match.evidence, *_agreeing(works))
    sure = confidence.of_record(item, best, works, everything)
    if "doi" not in item.identified and any(
        part.variable == "DOI" and part.matters and not record for part, record in identified
    ):
        sure -= confidence.OTHER_AGENCIES
    later = published.version(item, best, works)
    verdict = Verdict(
        item.work,
        Judgement.VERIFIED,
        sure,
        "",
        evidence,
        everything,
        best.record,
        later=later,
        identified=True,
    )
    if fate := undone.of(item.original, [one.record for one in works], item.found):
        return replace(
            verdict,
            judgement=fate.judgement,
            reason=fate.reason,
            other=fate.notice,
            later=None,
            confidence=min(verdict.confidence, fate.sure),
        )
    if verdict.wrong:
        return _misdescribed(verdict, best, weighed, stolen)
    if later:
        return replace(
            verdict, judgement=Judgement.PUBLISHED, reason=f"published as {published.cited(later)}"
        )
    open_ = tuple(_left_open(item, best, works))
    sure = verdict.confidence - confidence.UNASKED_IDENTIFIER * any("DOI" in part for part in open_)
    reason = "; ".join([f"{called(_told_by(best.record))} has it", *open_])
    return replace(verdict, reason=reason, confidence=round(sure, 3))


def _left_open(item: Inquiry, best: Weighed, works: Sequence[Weighed]) -> Iterator[str]:
    """What could not be asked of a work that was found."""
    said = facts.identifier(item.work, "DOI")
    is_told = any(facts.identifier(one.record, "DOI") == said for one in works)
    if said and not is_told and not facts.is_preprint_doi(said):
        yield "whose its DOI is could not be asked"
    if "crossref" in item.silent and item.silent["crossref"] != OFFLINE and is_published(best.record):
        yield "whether it was retracted could not be asked"


def _misdescribed(
    verdict: Verdict, best: Weighed, weighed: Sequence[Weighed], stolen: Work | None
) -> Verdict:
    """The verdict on a reference whose work exists, and of which something is wrong."""
    if not stolen and (theirs := _work_of_people(best, weighed)):
        # Which of the two was meant is the author's to say: nothing is put in its place.
        found = replace(verdict, reason=_of_two(theirs), other=theirs, mixed=True, identified=False)
    else:
        found = replace(verdict, reason=_reason_of(verdict.wrong), other=stolen, mixed=bool(stolen))
    return replace(found, judgement=Judgement.WRONG)


def _with_venue_refuted(
    item: Inquiry, works: Sequence[Weighed], weighed: Sequence[Weighed], found: Sequence[Difference]
) -> tuple[Difference, ...]:
    """The differences; that a venue is not confirmed matters where two catalogues would know of it."""
    by = appeared.refuting(item, works, weighed)
    if not by:
        return tuple(found)
    why = f"{by} list the preprint alone, and no publication"
    return tuple(
        replace(part, matters=True, why=why)
        if part.variable == "container-title" and not part.recorded
        else part
        for part in found
    )


def _work_of_people(best: Weighed, weighed: Sequence[Weighed]) -> Work | None:
    """The work whose authors stand under the title of another one; None where they are that one’s own."""
    if best.people.agreement not in _OTHER_PEOPLE:
        return None
    return next(
        (
            one.record
            for one in weighed
            if one.shares_people and one.people.shared >= 2 and not one.shares_title
        ),
        None,
    )


def _of_two(theirs: Work) -> str:
    return f"the title of one work and the authors of another, “{_title(theirs)}”"


def _reason_of(wrong: Sequence[Difference]) -> str:
    names = [_field(item.variable) for item in wrong]
    return f"it exists, but not as it is described: {', '.join(dict.fromkeys(names))}"


def _field(variable: str) -> str:
    words = {
        "issued": "year",
        "container-title": "venue",
        "page": "pages",
        "author": "authors",
        "arxiv": "arXiv id",
    }
    return words.get(variable, variable)


def _told_by(record: Work) -> str:
    origin = record.fields["title"].origin if "title" in record else None
    return origin.source if origin and origin.source else "a catalogue"


def _agreeing(works: Sequence[Weighed]) -> Iterator[str]:
    """That independent catalogues have the work is evidence by itself."""
    told = sorted({kinds.lineage(_told_by(one.record)) for one in works})
    if len(told) > 1:
        yield f"found in {listed(told)}"


def _identifier_differences(
    item: Inquiry, best: Weighed, works: Sequence[Weighed], weighed: Sequence[Weighed]
) -> Iterator[tuple[Difference, Work | None]]:
    """Identifiers that lead to another work (given beside) or to none."""
    ours = {id(one.record) for one in works}
    for name in _IDENTIFIERS:
        said = facts.identifier(item.work, name)
        if not said or any(facts.identifier(one.record, name) == said for one in works):
            continue
        recorded = next(filter(None, (facts.identifier(one.record, name) for one in (best, *works))), "")
        other = next(
            (
                one.record
                for one in weighed
                if facts.identifier(one.record, name) == said and id(one.record) not in ours
            ),
            None,
        )
        if other is not None and not notice.kind(as_paper(other.text("title"))):
            why = f"it leads to “{_title(other)}”"
            yield Difference(name, said, recorded, matters=True, why=why), other
        elif _is_unknown(item, name, said):
            yield Difference(name, said, recorded, matters=True, why=_unregistered(item, name)), None
        elif (
            recorded
            and name == "DOI"
            and not facts.is_preprint_doi(said)
            and not facts.is_preprint_doi(recorded)
        ):
            yield (
                Difference(
                    name, said, recorded, matters=False, why="another DOI; whose it is could not be asked"
                ),
                None,
            )


_NUMBER = re.compile(r"\barxiv(?:\.org)?[\s:./]*(?:abs/|pdf/)?(\d{4}\.\d{4,6})(?!\d)", re.IGNORECASE)


def _impossible(item: Inquiry, best: Weighed) -> Iterator[tuple[Difference, None]]:
    """A number of arXiv's that can be none: a thirteenth month, five digits before 2015, four since."""
    said = " ".join(
        item.work.text(name) for name in ("container-title", "URL", "note", "number", "publisher")
    )
    for number in dict.fromkeys(_NUMBER.findall(said)):
        if not normalise("arxiv", number):
            recorded = facts.identifier(best.record, "arxiv")
            is_cut = recorded.startswith(number)  # "1906.0294" for 1906.02940, as tables write numbers
            why = "its end was lost" if is_cut else "no such number can be"
            yield Difference("arxiv", number, recorded, matters=not is_cut, why=why), None


def _unregistered(item: Inquiry, name: str) -> str:
    """That an identifier is not registered, as surely as was asked."""
    if name == "DOI" and "doi" not in item.identified:
        return "neither Crossref nor DataCite has registered it"
    return f"no such {_NAMED[name]} is registered"


def _is_unknown(item: Inquiry, name: str, said: str) -> bool:
    """Whether all who register such identifiers answered, and none has it."""
    if name == "DOI" and item.exist:
        return False
    if name == "DOI" and said.startswith("10.48550/"):
        return "arxiv" in item.identified or "datacite" in item.identified
    registries = {"DOI": _REGISTRIES, "arxiv": ("arxiv",)}.get(name, ())
    others = [other for other in ("doi",) if name == "DOI" and other in item.silent]
    return bool(registries) and all(registry in item.identified for registry in registries) and not others


def _not_listed(item: Inquiry) -> str:
    if item.kind is kinds.Kind.OTHER:
        return "it names neither people nor who published it: what it is can't be told"
    return f"catalogues of papers do not list {item.kind.value}"


def _of_none(item: Inquiry, weighed: Sequence[Weighed]) -> Verdict:
    """No record is the work: because it does not exist, or because nobody could tell."""
    title = titles.words(item.work.text("title"))
    nearest = weighed[0] if weighed else None
    if not title:
        return _of_identifiers_alone(item) or _unchecked(item, nearest, "there is no title to look for")
    if elsewhere := _leading_elsewhere(weighed):
        return _of_identifier(item, elsewhere, weighed)
    if not kinds.covering(item.kind):
        if unregistered := _of_identifiers_alone(item):
            return unregistered
        return _unchecked(item, nearest, _not_listed(item))
    if not _is_settled_absent(item):
        unchecked = _unchecked(item, nearest, _missing_answers(item))
        return replace(unchecked, unasked=any(name in item.silent for name in kinds.covering(item.kind)))
    if _certainty(item) < _READ:
        return _unchecked(item, nearest, "what the reference says could not be read for sure")
    if _is_unlikely_listed(item):
        return _unchecked(item, nearest, "too little is said of it, or it is older than catalogues reach")
    return _mixture(item, weighed) or _retitled(item, weighed) or _absent(item, _likest(weighed))


def _unchecked(item: Inquiry, nearest: Weighed | None, reason: str) -> Verdict:
    record = nearest.record if nearest and (nearest.match.score > 0.01 or nearest.same) else None
    evidence = nearest.match.evidence if nearest and record else ()
    return Verdict(item.work, Judgement.UNCHECKED, confidence.UNCHECKED, reason, evidence, record=record)


def _is_settled_absent(item: Inquiry) -> bool:
    venue = item.work.text("container-title") or item.work.text("event-title")
    return kinds.is_settled_absent(item.kind, item.answered, venue)


def _missing_answers(item: Inquiry) -> str:
    """Why "not found" may not be said."""
    by_fault: dict[str, list[str]] = {}
    for name in kinds.covering(item.kind):
        if name in item.silent:
            by_fault.setdefault(item.silent[name], []).append(name)
    if by_fault:
        return "; ".join(_told_silent(what, names, item) for what, names in by_fault.items())
    answered = listed(kinds.independent(item.kind, item.answered))
    return f"two independent catalogues that list such works must answer, and {f'only {answered}' if answered else 'none'} did"


def _told_silent(what: str, names: Sequence[str], item: Inquiry) -> str:
    """Which catalogues could not be asked, and why; without a network also what was asked."""
    if what != OFFLINE:
        return f"{listed(names)}: {what}"
    here = listed(sorted(item.identified & item.shelves))
    lacking = f", and {here} lacks it" if here else ""
    return f"offline: {listed(names)} {'was' if len(names) == 1 else 'were'} not asked{lacking}"


_OLDEST = 1900
_READ = 0.7  # how sure the title of a reference must be, where it was taken out of running text


def _certainty(item: Inquiry) -> float:
    field = item.original.fields.get("title")
    return field.origin.confidence if field else 1.0


def _of_identifiers_alone(item: Inquiry) -> Verdict | None:
    """A reference that is no more than an identifier, which nobody registered."""
    for name in _IDENTIFIERS:
        said = facts.identifier(item.work, name)
        if said and _is_unknown(item, name, said):
            reason = _unregistered(item, name)
            return Verdict(item.work, Judgement.NOT_FOUND, confidence.STOLEN_IDENTIFIER, reason)
    return None


def _is_unlikely_listed(item: Inquiry) -> bool:
    """Whether a work may well exist without any catalogue having it: very old, or hardly described."""
    date = item.work.date()
    is_old = bool(date and date.start and date.start[0] < _OLDEST)
    is_bare = not item.work.names("author") and titles.specificity(item.work.text("title")) < 2
    return is_old or is_bare


def _leading_elsewhere(weighed: Sequence[Weighed]) -> Weighed | None:
    """A record that an identifier of the reference leads to, and which is another work."""
    return next(
        (one for one in weighed if one.same and one.same != "ISBN" and one.record.text("title")), None
    )


def _of_identifier(item: Inquiry, elsewhere: Weighed, weighed: Sequence[Weighed]) -> Verdict:
    """The reference's own identifier leads to another work: certain, whoever is silent."""
    record = elsewhere.record
    name = _NAMED.get(elsewhere.same, elsewhere.same)
    leads = f"its {name} leads to “{_title(record)}”"
    if _is_settled_absent(item):
        if mixed := _mixture(item, [one for one in weighed if one is not elsewhere]):
            return replace(mixed, other=record, reason=f"{mixed.reason}; {leads}")
        verdict = _absent(item, elsewhere)
        return replace(verdict, reason=f"{verdict.reason}; {leads}", confidence=confidence.STOLEN_IDENTIFIER)
    found = differences(item.work, record)
    difference = Difference(
        elsewhere.same,
        facts.identifier(item.work, elsewhere.same),
        "",
        matters=True,
        why=f"it leads to “{_title(record)}”",
    )
    evidence = elsewhere.match.evidence
    return Verdict(
        item.work,
        Judgement.WRONG,
        confidence.STOLEN_IDENTIFIER,
        leads,
        evidence,
        (difference, *found),
        record,
    )


def _mixture(item: Inquiry, weighed: Sequence[Weighed]) -> Verdict | None:
    """The title of one work under other people's names, theirs of another work if there is one."""
    titled = [one for one in weighed if _is_by_others(item, one)]
    if not titled:
        return None
    best = max(titled, key=lambda one: (one.match.score, len(one.record.fields)))
    theirs = _work_of_people(best, weighed)
    found = differences(item.work, best.record, [one.record for one in titled if one is not best])
    if not any(part.variable == "author" for part in found):
        return None
    reason = "a work of this title exists, by other authors"
    if theirs:
        reason = _of_two(theirs)
    sure = confidence.of_mixture(item, best, is_mixed=theirs is not None)
    return Verdict(
        item.work,
        Judgement.WRONG,
        sure,
        reason,
        best.match.evidence,
        found,
        best.record,
        theirs,
        mixed=bool(theirs),
    )


def is_under_other_names(item: Inquiry) -> bool:
    """Whether nothing found is the work by its people, and something has its title and other authors."""
    weighed = weigh(item)
    is_theirs = any(one.is_work and one.people.agreement not in _OTHER_PEOPLE for one in weighed)
    return not is_theirs and any(_is_by_others(item, one) for one in weighed)


def _is_by_others(item: Inquiry, one: Weighed) -> bool:
    """Whether a record has the title and other authors, and the title is none that many works have."""
    is_telling = titles.specificity(item.work.text("title")) == 2
    is_equal = one.relation in {Relation.SAME, Relation.CLOSE, Relation.MISPRINT}
    others = one.people.agreement in _OTHER_PEOPLE
    about = one.record.type in {"review", "review-book", "periodical", "component"}
    return is_telling and is_equal and others and not about and not facts.is_denied(one.record)


def _retitled(item: Inquiry, weighed: Sequence[Weighed]) -> Verdict | None:
    """A work by the same people whose title is nearly this one."""
    near = [
        one
        for one in weighed
        if one.relation is Relation.NEAR and one.shares_people and _is_alike(item, one.record)
    ]
    if not near:
        return None
    best = max(near, key=lambda one: (_alike(item, one.record), one.match.score))
    found = differences(item.work, best.record)
    sure = confidence.of_retitled(item, best)
    reason = f"no work has this title; one by the same authors is “{_title(best.record)}”"
    return Verdict(item.work, Judgement.WRONG, sure, reason, best.match.evidence, found, best.record)


def _is_alike(item: Inquiry, record: Work) -> bool:
    """Whether two titles are one but for a word or two, and the years are no obstacle."""
    one, other = item.work.date(), record.date()
    years = [date.start[0] for date in (one, other) if date and date.start]
    return _alike(item, record) >= 0.6 and (len(years) < 2 or abs(years[0] - years[1]) <= 2)


def _alike(item: Inquiry, record: Work) -> float:
    ours, theirs = (set(titles.content_words(work.text("title"))) for work in (item.work, record))
    return len(ours & theirs) / max(len(ours | theirs), 1)


def _likest(weighed: Sequence[Weighed]) -> Weighed | None:
    """The record that is nearest, by people first: what an invented reference was made after."""
    near = [one for one in weighed if one.shares_people or one.relation is not Relation.OTHER]
    return near[0] if near else None


def _absent(item: Inquiry, nearest: Weighed | None) -> Verdict:
    answered = kinds.independent(item.kind, item.answered)
    silent = [name for name in kinds.covering(item.kind) if name in item.silent]
    unasked = f"; {listed(silent)} could not be asked" if silent else ""
    none = "neither" if len(answered) == 2 else "none"
    reason = f"{listed(answered)} answered, and {none} has it{unasked}"
    record = nearest.record if nearest else None
    evidence = nearest.match.evidence if nearest else ()
    sure = confidence.of_absence(item, nearest)
    return Verdict(item.work, Judgement.NOT_FOUND, sure, reason, evidence, record=record)


def _title(work: Work) -> str:
    title = " ".join(richtext.plain(work.text("title")).split())
    return title if len(title) <= 120 else f"{title[:117]}..."


def where(work: Work) -> str:
    """Where a record can be seen, "" when nowhere."""
    for name in ("DOI", "arxiv", "PMID", "openalex", "URL"):
        if value := work.text(name):
            return address(name, value)
    return ""
