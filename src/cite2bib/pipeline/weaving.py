"""A Markdown or HTML manuscript with its citations rendered and its bibliography put in; every other byte stays.

The citations are found by `documents.citing`, rendered as clusters by the CSL engine, and put in the places of those that
were read. Footnotes are numbered as they are read, so that "ibid." and "see note 3" are right.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from cite2bib import csl
from cite2bib.csl import Cluster
from cite2bib.csl.flatten import Open
from cite2bib.csl.passes import SUPPRESSED, UNPRINTED
from cite2bib.csl.render import citation as render_citation
from cite2bib.diagnostics import Diagnostic, Severity
from cite2bib.documents import citing
from cite2bib.documents.citing import Terms, pandoc
from cite2bib.documents.citing import markdown as hiding
from cite2bib.documents.citing import notes as footnotes
from cite2bib.extract.cited import cluster
from cite2bib.formats.bibtex.syntax import Edit, apply
from cite2bib.light import dataclass, field
from cite2bib.pipeline import bibliographies
from cite2bib.pipeline.affixes import Store, rich
from cite2bib.pipeline.manuscripts import meant, span_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cite2bib.csl import Cite as EngineCite
    from cite2bib.csl import Rendered, Style
    from cite2bib.csl.flatten import Token
    from cite2bib.csl.locale import Locale
    from cite2bib.documents.citing import Citation
    from cite2bib.documents.citing.notes import Note
    from cite2bib.model import Work


_LIST_MARK = re.compile(r"(?P<opens>\()?(?:\d+|(?(opens)[A-Za-z]+))(?P<closes>[.)])(?=\s|\Z)")
_LAST_STOP = re.compile(r"\.([”’»\"']?)\Z")
_HARD_SPACE = re.compile(r"&(?:nbsp|#160|#xa0);", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Setting:
    """How a manuscript is to be rendered."""

    style: Style
    lang: str = ""
    html: bool = False  # the manuscript is HTML
    pandoc: bool = False  # what Markdown has no signs for is said in pandoc's, else in HTML
    links: bool = False  # each cite leads to its entry
    after_punctuation: bool = True  # notes stand behind the punctuation that follows them
    bibliography: bool = True
    title: str = ""  # of a bibliography that has no heading of its own
    archives: bool = False

    @property
    def target(self) -> str:
        """What citations are rendered as."""
        return "html" if self.html else "markdown"


@dataclass(frozen=True, slots=True)
class Woven:
    """The manuscript as it becomes, and the keys that are in no bibliography."""

    text: str
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class _Spot:
    """A citation of the text, and where a reader meets it."""

    citation: Citation
    order: tuple[int, int]
    note: Note | None = None  # the footnote of the author's that it stands in
    known: bool = True  # whether any of its keys is


@dataclass(slots=True)
class _Loom:
    """One manuscript on its way."""

    text: str  # as it is read: line ends made even
    path: str
    works: Mapping[str, Work]
    setting: Setting
    locale: Locale
    store: Store = field(default_factory=Store)
    silent: list[str] = field(default_factory=list)  # keys that are only listed
    definitions: list[str] = field(default_factory=list)
    label: str = "cite"  # of new footnotes


def weave(
    text: str, path: str, works: Mapping[str, Work], setting: Setting, *, all_works: bool = False
) -> Woven:
    """Render the citations of a text, and put the bibliography of what it cites into its place.

    `works` are those there are, by key; with `all_works` all of them are listed.
    """
    from cite2bib.csl import program

    locale = program.of_style(setting.style, setting.lang).locale
    even = citing.evened(text)
    if setting.html:
        even = _HARD_SPACE.sub(lambda found: " " * len(found[0]), even)
    loom = _Loom(even, path, works, setting, locale)
    hidden = hiding.shown_html if setting.html else hiding.shown
    shown = hidden(loom.text)
    found = pandoc.find(loom.text, terms(locale), hidden)
    notes = [] if setting.html else footnotes.notes(shown)
    while any(label.startswith(f"{loom.label}-") for label in footnotes.labels(shown)):
        loom.label += "-new"
    spots = _spots(loom, found, notes)
    cited = _cited(loom, spots, all_works=all_works)
    clusters = _clusters(loom, spots, notes)
    rendered = csl.cite(
        setting.style, cited, clusters, setting.lang or None, archives=setting.archives, links=setting.links
    )
    edits = list(_edits(loom, spots, rendered))
    if setting.bibliography and rendered.entries:
        edits.append(bibliographies.edit(loom.text, shown, rendered, setting))
    if loom.definitions:
        edits = _with_definitions(loom, edits)
    return Woven(_applied(text, edits), tuple(_unknown(loom, found)))


# Of one word for two places (in Portuguese a "p." is a page, and several verses) the commonest counts: the last here.
_COMMON = ("verse", "part", "section", "chapter", "volume", "page")


def terms(locale: Locale) -> Terms:
    """The words that name a locator in a language: those of its locale, and the English ones."""
    words = dict(citing.ENGLISH.words)
    rare = sorted(set(words.values()).difference(_COMMON))
    for term in (*rare, *_COMMON):
        for form in ("long", "short", "symbol"):
            for plural in (False, True):
                if word := (locale.term(term, form, plural=plural) or "").strip():
                    words[word] = term
    return Terms(words)


def _spots(loom: _Loom, found: Sequence[Citation], notes: Sequence[Note]) -> list[_Spot]:
    """The citations in the order of reading, notes where the reader is sent to them."""
    spots = []
    starts = [note.start for note in notes]
    for item in found:
        if item.form == "silent":
            loom.silent += [cite.key for cite in item.cites if cite.key in loom.works]
            continue
        before = (
            notes[bisect_right(starts, item.start) - 1] if notes and notes[0].start <= item.start else None
        )
        note = before if before and item.start < before.end else None
        anchor = (
            item.start if note is None else note.anchor if note.anchor >= 0 else len(loom.text) + note.start
        )
        known = any(cite.key in loom.works for cite in item.cites)
        spots.append(_Spot(item, (anchor, item.start), note, known))
    return sorted(spots, key=lambda spot: spot.order)


def _cited(loom: _Loom, spots: Sequence[_Spot], *, all_works: bool) -> list[Work]:
    """The works to be listed, in the order of their first cite."""
    keys = [cite.key for spot in spots for cite in spot.citation.cites if cite.key in loom.works]
    keys += [*loom.silent, *(loom.works if all_works else ())]
    return [loom.works[key] for key in dict.fromkeys(keys)]


def _clusters(loom: _Loom, spots: Sequence[_Spot], notes: Sequence[Note]) -> list[Cluster]:
    """The clusters of known works; in a style of notes each with the number of its note among all of the text's."""
    numbers: dict[int, int] = {}
    if loom.setting.style.is_note:
        anchors = {note.anchor for note in notes if note.anchor >= 0}
        anchors |= {spot.order[0] for spot in spots if spot.known}
        numbers = {place: number for number, place in enumerate(sorted(anchors), 1)}
    return [_cluster(loom, spot, numbers.get(spot.order[0], 0)) for spot in spots if spot.known]


def _cluster(loom: _Loom, spot: _Spot, number: int) -> Cluster:
    """A citation as the engine takes it; a key that is unknown is said beside its neighbour."""
    given = cluster(spot.citation, number)
    first = spot.citation.form == "narrative"
    cites: list[EngineCite] = []
    before = ""
    for place, cite in enumerate(given.cites):
        if cite.id not in loom.works:
            if cites:
                cites[-1] = cites[-1]._replace(suffix=f"{cites[-1].suffix}; {_marked(cite.id)}")
            else:
                before += f"{_marked(cite.id)}; "
            continue
        prefix, suffix = (
            rich(text, loom.store, marks=not loom.setting.html) for text in (cite.prefix, cite.suffix)
        )
        in_text = first and place == 0
        cites.append(
            cite._replace(prefix=before + prefix, suffix=suffix, author_in_text=in_text, comma_joins=True)
        )
        before = ""
    return Cluster(tuple(cites), number, keeps_order=True)


def _marked(key: str) -> str:
    return f"{key}?"


def _edits(loom: _Loom, spots: Sequence[_Spot], rendered: Rendered) -> Iterator[Edit]:
    """What takes the place of each citation."""
    place = 0
    for spot in spots:
        if not spot.known:
            keys = "; ".join(_marked(cite.key) for cite in spot.citation.cites)
            yield Edit(spot.citation.start, spot.citation.end, _escaped(loom, f"({keys})"))
            continue
        author, tokens = rendered.authors[place], rendered.citations[place]
        place += 1
        yield _edit(loom, spot, author, tokens)


def _edit(loom: _Loom, spot: _Spot, author: list[Token], tokens: list[Token]) -> Edit:
    said = _words(loom, author)
    cited = "" if SUPPRESSED in tokens or tokens == [UNPRINTED] else _words(loom, tokens)
    start, end = spot.citation.start, spot.citation.end
    if loom.setting.style.is_note:
        return _noted(loom, spot, said, cited, tokens)
    if _is_raised(tokens) and not said and loom.text[:start].rstrip(" \t")[-1:] != "]":
        start = _before_space(loom.text, start)
    text = f"{said} {cited}".strip() if cited else said
    if not loom.setting.html and _begins_line(loom.text, start):
        text = _no_item(text, loom.text[end : end + 1])
    return Edit(start, _past_stop(loom, end, text), text)


def _no_item(text: str, following: str) -> str:
    """A number that begins a paragraph would make it an item of a list."""
    found = _LIST_MARK.match(text + following)
    if not found:
        return text
    place = 0 if found["opens"] else found.start("closes")
    return f"{text[:place]}\\{text[place:]}"


def _past_stop(loom: _Loom, end: int, text: str) -> int:
    """What ends with an "et al." ends the sentence as well."""
    is_double = text.endswith(".") and loom.text.startswith(".", end) and not loom.text.startswith("..", end)
    return end + is_double


def _noted(loom: _Loom, spot: _Spot, said: str, cited: str, tokens: list[Token]) -> Edit:
    """In a style of notes: a note of its own, or, in a note of the author's, in its text."""
    start, end = spot.citation.start, spot.citation.end
    if spot.note:
        return _within(loom, spot, said, cited)
    mark = _note(loom, _capitalized(tokens, cited)) if cited else ""
    if said:
        return Edit(start, _past_stop(loom, end, said), said + mark)
    if _begins_line(loom.text, start):
        return Edit(start, end, mark)
    start = _before_space(loom.text, start)
    following = re.compile(r"[.,;:!?]+").match(loom.text, end) if loom.setting.after_punctuation else None
    if following:
        return Edit(start, following.end(), following[0] + mark)
    return Edit(start, end, mark)


def _capitalized(tokens: Sequence[Token], text: str) -> str:
    """A note begins as a sentence does, be it with "see" or with the "van" of a name; a title is left as it is."""
    return text[:1].upper() + text[1:] if isinstance(tokens[0], str) else text


def _within(loom: _Loom, spot: _Spot, said: str, cited: str) -> Edit:
    """A citation that is all of a note stays as it is; beside other words it stands in brackets."""
    start, end = spot.citation.start, spot.citation.end
    note = spot.note
    around = loom.text[note.start : start] + loom.text[end : note.end] if note else ""
    if not around.strip(" \t\n.") and not said:
        following = loom.text[end : end + 1]
        return Edit(start, end + (following == "." and cited.endswith(".")), cited)
    bare = _LAST_STOP.sub(r"\1", cited)  # the sentence goes on, or ends by itself
    if said:
        return Edit(start, end, f"{said}, {bare}" if bare else said)
    return Edit(start, end, f"({bare})")


def _note(loom: _Loom, text: str) -> str:
    """A new footnote: its mark; the text is kept for the end."""
    number = len(loom.definitions) + 1
    if loom.setting.html:
        loom.definitions.append(f'<li id="fn-cite-{number}">{text} <a href="#fnref-cite-{number}">↩</a></li>')
        return f'<sup id="fnref-cite-{number}"><a href="#fn-cite-{number}">{number}</a></sup>'
    label = f"{loom.label}-{number}"
    loom.definitions.append(f"[^{label}]: {text}")
    return f"[^{label}]"


def _with_definitions(loom: _Loom, edits: Sequence[Edit]) -> list[Edit]:
    """The notes behind everything else."""
    place = len(loom.text)
    last = "".join(edit.text for edit in edits if edit.start == place)
    rest = [edit for edit in edits if edit.start != place]
    if loom.setting.html:
        items = "\n".join(loom.definitions)
        found = list(re.finditer(r"</body>", loom.text, re.IGNORECASE))
        place = found[-1].start() if found else place
        block = f'<ol class="footnotes">\n{items}\n</ol>\n'
        return [*rest, Edit(place, place, last + block)]
    before = loom.text + last
    gap = "\n" if before.endswith("\n\n") else "\n\n"[: 2 - before[-1:].count("\n")]
    block = "\n\n".join(loom.definitions)
    return [
        *rest,
        Edit(place, place, f"{last}{gap.lstrip() if before.endswith(chr(10) * 2) else gap}{block}\n"),
    ]


def _words(loom: _Loom, tokens: list[Token]) -> str:
    if not tokens:
        return ""
    text = render_citation(tokens, loom.setting.target)
    if loom.setting.pandoc:
        text = bibliographies.in_pandocs_signs(text)
    return loom.store.restored(text).strip()


def _escaped(loom: _Loom, text: str) -> str:
    return render_citation([text], loom.setting.target)


def _is_raised(tokens: Sequence[Token]) -> bool:
    return bool(tokens) and isinstance(tokens[0], Open) and tokens[0].value == "sup"


def _before_space(text: str, start: int) -> int:
    """A raised number stands close to the word before it."""
    return start if _begins_line(text, start) else len(text[:start].rstrip(" \t"))


def _begins_line(text: str, start: int) -> bool:
    return text[:start].rstrip(" \t")[-1:] in {"", "\n"}


def _applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits; new lines end as its own do."""
    newline = "\r\n" if "\r\n" in text else "\n"
    return apply(text, [edit._replace(text=edit.text.replace("\n", newline)) for edit in edits])


def _unknown(loom: _Loom, found: Sequence[Citation]) -> Iterator[Diagnostic]:
    """Each key that is in no bibliography, where it is cited first."""
    places: dict[str, list[tuple[int, int]]] = {}
    for item in found:
        for cite in item.cites:
            if cite.key not in loom.works and cite.key != "*":
                places.setdefault(cite.key, []).append((cite.start, cite.end))
    for key, spans in places.items():
        more = f" (and {len(spans) - 1} more)" if len(spans) > 1 else ""
        near = meant(key, list(loom.works))
        message = f"{key} is in no bibliography{more}" + (f"; {near}" if near else "")
        span = span_of(loom.text, loom.path, *spans[0])
        yield Diagnostic("missing-key", message, span, key, Severity.ERROR)
