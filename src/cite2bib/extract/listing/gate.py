"""Which drafts are works: those with evidence, and those that stand in a list of such; prose and menus are let go."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib.extract.listing import chrome, details, facts
from cite2bib.extract.words import TITLE_WORDS, word_set
from cite2bib.letters import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cite2bib.extract.listing.drafts import Draft
    from cite2bib.extract.listing.facts import Facts
    from cite2bib.extract.listing.habits import Habits
    from cite2bib.extract.listing.records import Group

_STRONG = frozenset({"count", "id", "link", "label", "whole"})
_HINTS = {
    "authors": 1.0,
    "venue": 1.0,
    "year": 0.7,
    "date": 0.5,
    "abstract": 0.7,
    "page": 0.5,
    "details": 0.6,
    "kind": 0.5,
}
_ORDINARY = word_set(
    "a an and are as at by can do does for from how if in is its it not of on or the to what when where which why with you your all no new one two time"
)


def accepted(
    groups: Sequence[Group], drafts: Sequence[Draft], every: Sequence[Facts], learnt: Habits | None
) -> tuple[list[bool], list[bool]]:
    """For each draft, whether it is a work; and whether its own evidence says so beyond doubt."""
    listing = any(chrome.tells_of_papers(item.line.text) for item in every)
    fits = [bool(learnt and learnt.fits(every, group.index)) for group in groups]
    strays = [bool(learnt and learnt.misses(every, group.index)) for group in groups]
    sure = [_is_sure(group, draft, fits=fit) for group, draft, fit in zip(groups, drafts, fits, strict=True)]
    sure = [certain and not _repeats(drafts, index) for index, certain in enumerate(sure)]
    kept = [
        certain or (_is_likely(group, draft, listing=listing, fits=fit) and not stray)
        for certain, group, draft, fit, stray in zip(sure, groups, drafts, fits, strays, strict=True)
    ]
    _named_alike(drafts, groups, kept)
    catalogue = any(chrome.is_catalogue(item.line.text) for item in every)
    _abstracts(groups, drafts, kept, catalogue=catalogue)
    _lists(groups, drafts, kept, every)
    return kept, sure


def _named_alike(drafts: Sequence[Draft], groups: Sequence[Group], kept: list[bool]) -> None:
    """A title with one name of two words below it is a work where the works around it have their authors there."""
    named = [index for index, draft in enumerate(drafts) if draft.evidence == {"authors"}]
    if sum(kept[index] for index in named) < 2:
        return
    for index in named:
        beside = [kept[place] for place in (index - 1, index + 1) if 0 <= place < len(kept)]
        if all(beside) and groups[index].start.title > 0.8 and len(drafts[index].title.split()) > 2:
            kept[index] = kept[index] or not groups[index].start.chrome


def _may_be(group: Group, draft: Draft, *, fits: bool) -> bool:
    """Whether nothing speaks against a draft: it has a title, and is neither a menu nor the volume around the works."""
    if not any(char.isalpha() for char in draft.title):
        return False
    if "volume" in draft.evidence and "authors" not in draft.evidence:
        return False
    if draft.evidence <= {"authors", "abstract"} and any(
        details.is_ago(item.line.text) for _, item in group.after[:3]
    ):
        return False  # an article of a newspaper, a post
    if not group.start.chrome or group.start.work_link or group.start.sequenced:
        return True
    return _is_named(draft) if "authors" in draft.evidence else fits


def _repeats(drafts: Sequence[Draft], index: int) -> bool:
    """A line whose only evidence is the link of the record before: one of that record's buttons."""
    draft = drafts[index]
    if not index or draft.evidence & {"authors", "count", "label", "whole"}:
        return False
    before = {field.value for name, field in drafts[index - 1].fields.items() if name in _IDS}
    own = {field.value for name, field in draft.fields.items() if name in _IDS}
    return bool(own) and own <= before and draft.title != drafts[index - 1].title


_IDS = frozenset({"DOI", "arxiv", "PMID", "PMCID", "ISBN", "URL", "openalex"})


def _is_named(draft: Draft) -> bool:
    """Whether a draft has authors that are no chance words."""
    return "authors" in draft.evidence and draft.fields["author"].origin.confidence >= 0.8


def _is_sure(group: Group, draft: Draft, *, fits: bool) -> bool:
    if draft.evidence <= {"whole", "year", "venue", "page"} and "container-title" not in draft.fields:
        return False  # a line with a year may be anything
    return _may_be(group, draft, fits=fits) and (_is_named(draft) or bool(draft.evidence & _STRONG))


def _is_likely(group: Group, draft: Draft, *, listing: bool, fits: bool) -> bool:
    hints = sum(_HINTS.get(name, 0.0) for name in draft.evidence)
    if "authors" in draft.evidence and draft.fields["author"].origin.confidence < 0.75:
        hints -= 0.6  # one name of two words may be anything
    telling = bool(draft.evidence & {"authors", "venue", "abstract"})
    return _may_be(group, draft, fits=fits) and (
        hints >= 1.2 or (hints >= 0.7 and telling and listing and group.start.title > 0.8)
    )


def _abstracts(
    groups: Sequence[Group], drafts: Sequence[Draft], kept: list[bool], *, catalogue: bool
) -> None:
    """Titles with nothing but abstracts: works when the page says so, or when they alternate as no essay does."""
    only = [index for index, draft in enumerate(drafts) if draft.evidence == {"abstract"} and not kept[index]]
    if not only:
        return
    certain = sum(kept)
    likeness = sum(facts.academic(drafts[index].abstract[0]) for index in only) / len(only)
    among = certain >= 2 and certain >= len(only) and likeness >= 0.07
    if catalogue or among or _alternate(only, drafts):
        for index in only:
            kept[index] = groups[index].start.title > -1.0


# Headings of essays, manuals and papers themselves.
_CHAPTER = re.compile(
    r"(?:introduction|conclusions?|summary|background|overview|discussion|methods?|results|abstract|appendix|references|related work|future work|acknowledge?ments|"
    r"installation|usage|features|examples?|requirements|setup|getting started|faq|notes|contents|preface|prologue|epilogue|chapter|part|section|step)\b.{0,30}",
    re.IGNORECASE,
)


def _alternate(only: Sequence[int], drafts: Sequence[Draft]) -> bool:
    """Long abstracts, one each, under titles as works have them, and no chapter among them."""
    titles = [drafts[index].title for index in only]
    texts = [drafts[index].abstract for index in only]
    count = len(only)
    single = sum(len(text) == 1 for text in texts) / count
    length = sum(len(text[0]) for text in texts) / count
    likeness = sum(facts.academic(text[0]) for text in texts) / count
    words = sum(len(title.split()) for title in titles) / count
    chapters = any(map(_CHAPTER.fullmatch, titles))
    return (
        count >= 3 and single >= 0.7 and length >= 180 and likeness >= 0.07 and words >= 5.5 and not chapters
    )


def _lists(
    groups: Sequence[Group], drafts: Sequence[Draft], kept: list[bool], every: Sequence[Facts]
) -> None:
    """Bare titles: works when their list says so, or their neighbours in it are works, or there is nothing else."""
    run: list[int] = []
    for index in range(len(groups)):
        if run and not _goes_on(groups[run[-1]], groups[index]):
            _judge(run, groups, drafts, kept, every)
            run = []
        run.append(index)
    if run:
        _judge(run, groups, drafts, kept, every)


def _goes_on(before: Group, group: Group) -> bool:
    """Both records stand in one list."""
    same = before.start.line.is_item == group.start.line.is_item and not group.sectioned
    return same and group.index - before.index <= 2 + len(before.after) + len(group.before)


def _judge(
    run: Sequence[int],
    groups: Sequence[Group],
    drafts: Sequence[Draft],
    kept: list[bool],
    every: Sequence[Facts],
) -> None:
    open_ = [
        index
        for index in run
        if not kept[index] and drafts[index].title and not _is_remark(groups[index], drafts[index])
    ]
    if not open_:
        return
    share = (len(run) - len(open_)) / len(run)
    first = groups[run[0]].index
    cued = _is_cued(every, first)
    titles = [drafts[index].title for index in open_]
    scholarly = sum(map(_is_scholarly, titles)) / len(titles)
    length = sum(len(title.split()) for title in titles) / len(titles)
    likeness = sum(groups[index].start.title for index in open_) / len(open_)
    alone = _prose_around(every, groups, run) < 0.15
    dressed = sum(": " in title or facts.is_capitalised(title) for title in titles) / len(titles)
    # Titles in sentence case are told from other lists by their words alone: more of them must have some, and a list of
    # chores or changes names people and addresses besides.
    bare = all(groups[index].start.line.is_item and set(drafts[index].fields) <= {"title"} for index in open_)
    plain = bare and likeness > 0.3 and scholarly >= 0.6 and length >= 3.5
    good = plain or (likeness > 0.7 and length >= 3 and scholarly >= 0.5 and dressed >= 0.5)
    listed = good and alone and len(run) >= 3 and not _is_other(every, first)
    # A title or two that somebody typed, and nothing else.
    typed = (
        len(run) == len(every) < 3 and likeness > 0.7 and length >= 3.5 and all(map(_has_title_word, titles))
    )
    for index in open_:
        title = groups[index].start.title
        alike = (
            share >= 0.3
            and groups[index].start.line.is_item
            and title > 0.3
            and (_is_scholarly(drafts[index].title) or facts.is_capitalised(drafts[index].title))
        )
        if alike or (cued and title > -0.7 and scholarly >= 0.5) or listed or typed:
            kept[index] = True


def _is_remark(group: Group, draft: Draft) -> bool:
    """A sentence, or a line with a year and nothing else that works have."""
    if group.start.prose > 0.8 and draft.evidence <= {"page"} and group.start.line.text.endswith("."):
        return not group.start.line.is_item
    return group.whole and draft.evidence == {"whole", "year"} and not group.start.line.is_item


def _is_cued(every: Sequence[Facts], first: int) -> bool:
    """Whether the lines before a list, or the headings over it, say that it is one of works."""
    near = []
    for item in reversed(every[max(0, first - 6) : first]):
        if item.line.kind != "heading":
            near.append(item)
        if item.line.text.isupper() and item.line.apart:
            break  # the head of a section: what stands before it is of another
    headings, level = [], 99
    for item in reversed(every[:first]):
        if item.line.kind == "heading" and item.line.level < level:
            headings.append(item)
            level = item.line.level
    told = (item.line.text for item in [*near, *headings])
    return any(chrome.tells_of_papers(text) and not text[:1].isdecimal() for text in told)


# What is listed under these words is no list of works.
_OTHER = word_set(
    "features ingredients instructions installation usage requirements todo tasks agenda attendees education experience employment awards honors honours "
    "skills languages interests hobbies license contributing contributors changelog changes added fixed removed changed deprecated benefits roadmap goals "
    "steps setup prerequisites dependencies options commands faq topics outline keywords areas themes modules chapters contents milestones deliverables "
    "objectives questions rules services products members sponsors committee organizers speakers deadlines dates"
)


def _is_other(every: Sequence[Facts], first: int) -> bool:
    """Whether the heading over a list, or the line that leads into it, says that it is one of something else."""
    for item in reversed(every[:first]):
        if item.line.kind == "heading" or (item.line.text.endswith(":") and not item.line.is_item):
            return any(word in _OTHER for word in words(item.line.text)) and len(item.line.text) < 60
    return False


def _is_scholarly(title: str) -> bool:
    """Whether a title holds a word that titles of works are made of, or the colon of a title and subtitle."""
    return _has_title_word(title) or ": " in title


def _has_title_word(title: str) -> bool:
    return any(word in TITLE_WORDS and word not in _ORDINARY for word in words(title))


def _prose_around(every: Sequence[Facts], groups: Sequence[Group], run: Sequence[int]) -> float:
    """The share of a document that is prose outside a run of records."""
    inside = sum(len(groups[index].start.line.text) for index in run)
    outside = sum(len(item.line.text) for item in every if item.prose > 1.5)
    return outside / (inside + outside + 1)
