"""Works to entries of BibTeX or BibLaTeX: what each style and biber want, in a fixed order, losses told."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib import dates, identifiers, richtext
from cite2bib.formats import WriteOptions, Written
from cite2bib.formats.bibtex import legal, people, read_bibtex, tables
from cite2bib.formats.bibtex.decode import is_balanced
from cite2bib.formats.bibtex.encode import encode
from cite2bib.formats.bibtex.fields import (
    ENTRY_TYPE,
    GENRE_KEYS,
    ORDINALS,
    RAW,
    REST,
    TYPE_GENRES,
    interpret,
    is_masters,
)
from cite2bib.formats.bibtex.verbatim import verbatim
from cite2bib.formats.losses import written
from cite2bib.letters import to_ascii
from cite2bib.light import dataclass, field
from cite2bib.model import Date, Work

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cite2bib.model import Value

_WIDTH = 13  # of field names: as long as the longest usual one
_PLACES = {home.variable: home for home in tables.HOMES}
_RANKS = {variable: rank for rank, variable in enumerate(_PLACES)}
_NOT_IN_KEYS = re.compile(r"[\s\x00-\x1f,{}%#~\\\"'()=@&$^]+")
_CONTROLS = re.compile(r"[\x00-\x1f]")
_SPECIAL_IN_ADDRESS = re.compile(r"[_#&^~$\\%]")
# For styles that print addresses in documents without hyperref or url: their own fallback stops LaTeX at an underscore and
# takes a percent sign for a comment. The numbers are the codes of # $ % & ^ _ ~, here to be letters like others.
PREAMBLE = r"""@preamble{"\providecommand{\printaddress}[1]{\texttt{#1}\endgroup}
  \providecommand{\readaddress}{\begingroup \catcode35=12 \catcode36=12 \catcode37=12 \catcode38=12
    \catcode94=12 \catcode95=12 \catcode126=12 \printaddress}
  \ifdefined\url\else\let\url\readaddress\fi
  \ifdefined\doi\else\ifdefined\urlstyle\else\def\doi{doi: \readaddress}\fi\fi"}
"""


@dataclass(slots=True)
class _Draft:
    """An entry that is being composed."""

    work: Work
    latex: bool  # BibLaTeX
    type: str = ""
    own: bool = False  # it keeps the type it was read with: its owner's choice of fields is respected
    fields: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)  # field -> variable

    def add(self, name: str, value: str, variable: str) -> None:
        """Set a field; the first variable that wants it has it."""
        if value and name not in self.fields:
            self.fields[name] = value
            self.sources[name] = variable


def write(works: Sequence[Work], options: WriteOptions, *, latex: bool) -> Written:
    """The entries of some works, in their order; what is lost is found by reading them again."""
    drafts = [_draft(work, options, latex=latex) for work in works]
    text = "\n".join(_layout(draft) for draft in drafts).replace("\0", "")
    if not latex and any(_needs_preamble(draft) for draft in drafts):
        text = f"{PREAMBLE}\n{text}"
    return written(text, works, read_bibtex, "BibLaTeX" if latex else "BibTeX", options)


def entry(work: Work, *, latex: bool, options: WriteOptions | None = None) -> str:
    """One entry, with the line end that closes it."""
    return _layout(_draft(work, options or WriteOptions(), latex=latex))


def entry_fields(work: Work, *, latex: bool) -> tuple[str, dict[str, str]]:
    """An entry's type and fields; a value in braces but for `month`, which is a macro's name."""
    draft = _draft(work, WriteOptions(), latex=latex)
    return draft.type, draft.fields


def _needs_preamble(draft: _Draft) -> bool:
    return any(_SPECIAL_IN_ADDRESS.search(draft.fields.get(name, "")) for name in ("url", "doi"))


def _key(draft: _Draft) -> str:
    """The work's key, as far as BibTeX can read it; one that stood in a .bib is left alone."""
    is_sound = draft.own and not _CONTROLS.search(draft.work.id)
    return draft.work.id if is_sound else _NOT_IN_KEYS.sub("_", draft.work.id)


def _layout(draft: _Draft) -> str:
    lines = [
        f"  {_without_controls(name):<{_WIDTH}} = {value if name == 'month' and value in tables.MONTHS else f'{{{value}}}'},\n"
        for name, value in draft.fields.items()
    ]
    return f"@{_without_controls(draft.type)}{{{_key(draft)},\n{''.join(lines)}}}\n"


def _without_controls(name: str) -> str:
    """A name that readers see: of some files it holds bytes that no text has."""
    return _CONTROLS.sub("_", name)


def _draft(work: Work, options: WriteOptions, *, latex: bool) -> _Draft:
    draft = _Draft(work, latex)
    draft.own, draft.type = _own_type(work, latex=latex)
    if not draft.own:
        draft.type = _fresh_type(work, latex=latex)
    _fill(draft, options)
    if not (latex or draft.own) and _is_incomplete(draft):
        _demote(draft, options)
    _add_subtype(draft)
    _put_back(draft)
    if not latex:
        _add_for_bibtex(draft)
    return _ordered(draft)


def _own_type(work: Work, *, latex: bool) -> tuple[bool, str]:
    """The entry type a work was read with, if it is still a work of that type and the dialect knows it."""
    own = work.text(ENTRY_TYPE) if work.text(ENTRY_TYPE).isprintable() else ""
    base = tables.CSL_TYPES.get(own, "document")
    preprint = work.type == "article" and (
        own in {"misc", "online", "unpublished"}
        or any(RAW + name in work for name in ("journal", "journaltitle"))
    )
    subtype = own in {"misc", "article"} and "bibtex:entrysubtype" in work
    if not own or not (base == work.type or preprint or subtype):
        return False, ""
    if latex:
        return True, tables.TYPE_ALIASES.get(own, own)
    return own in legal.BIBTEX_TYPES or own not in tables.CSL_TYPES, own


def _fresh_type(work: Work, *, latex: bool) -> str:
    kind = tables.ENTRY_TYPES.get(work.type, ("misc", "misc"))[latex]
    if kind == "phdthesis" and is_masters(work.text("genre")):
        return "mastersthesis"
    if latex and kind in {"incollection", "inreference"} and not work.names("editor"):
        return "inbook"  # biblatex demands an editor of the others
    if latex and kind == "book" and not work.names("author") and work.names("editor"):
        return "collection"
    if (
        latex
        and kind in {"misc", "online"}
        and work.type in {"", "article", "webpage", "post", "post-weblog"}
    ):
        return "online" if any(name in work for name in ("URL", "DOI", "arxiv", "PMID", "PMCID")) else "misc"
    return kind


def _is_incomplete(draft: _Draft) -> bool:
    """Whether a field is missing without which styles complain of such an entry."""
    required = legal.REQUIRED_BIBTEX.get(draft.type, ())
    return not all(any(name in draft.fields for name in names.split("|")) for names in required)


def _demote(draft: _Draft, options: WriteOptions) -> None:
    """As @misc, which lacks nothing, rather than as an incomplete entry of its type."""
    draft.type = "misc"
    draft.fields.clear()
    draft.sources.clear()
    _fill(draft, options)


def _fill(draft: _Draft, options: WriteOptions) -> None:
    fields = draft.work.fields
    for variable in sorted(_RANKS.keys() & fields.keys(), key=_RANKS.__getitem__):
        if variable == "abstract" and not options.abstracts:
            continue
        if name := _place(draft, variable):
            _write_value(draft, variable, name, fields[variable].value)


def _place(draft: _Draft, variable: str) -> str:
    """The field for a variable, "" when there is none."""
    home = _PLACES[variable]
    places = tables.HOMES_IN.get((variable, draft.type), (home.bibtex, home.biblatex))
    name = places[draft.latex]
    if _is_arxiv_twice(draft.work, variable):
        return ""
    if name == "number" and not _takes_number(draft, variable):
        name = "issue" if variable == "issue" else ""
    if (
        name == "editor"
        and not draft.latex
        and draft.type in _EDITED
        and draft.work.names("author")
        and not draft.own
    ):
        return "bookeditor"  # styles complain of an author and an editor
    if variable == "organization" and "publisher" in draft.work and name in draft.fields:
        return ""
    if (
        draft.latex
        and not draft.own
        and name
        and draft.type in legal.LEGAL
        and name not in legal.LEGAL[draft.type]
    ):
        return ""
    return name


def _is_arxiv_twice(work: Work, variable: str) -> bool:
    """Whether a variable only says again that this is a paper on arXiv."""
    if "arxiv" not in work:
        return False
    text = work.text(variable).strip().lower()
    if variable in {"publisher", "archive"}:
        return text == "arxiv"
    return variable in {"number", "archive_location", "container-title"} and (
        identifiers.normalise("arxiv", text) == work.text("arxiv") or text in {"arxiv", "corr"}
    )


def _takes_number(draft: _Draft, variable: str) -> bool:
    """Whether `number` can say it: styles complain of a number without volume or series, and of both beside it."""
    if draft.own:
        return True
    if variable == "number":
        return draft.type not in tables.NUMBER_IS_ISSUE | tables.NUMBER_IS_OF_SERIES
    if variable == "issue":
        return draft.type in tables.NUMBER_IS_ISSUE and (draft.latex or "volume" in draft.work)
    if draft.type not in tables.NUMBER_IS_OF_SERIES:
        return False
    return draft.latex or ("collection-title" in draft.work and "volume" not in draft.work)


def _write_value(draft: _Draft, variable: str, name: str, value: Value) -> None:
    if isinstance(value, Date):
        _write_date(draft, variable, name, value)
    elif isinstance(value, tuple):
        draft.add(name, people.render_list(value, raw=draft.latex), variable)
    elif variable == "arxiv":
        draft.add(name, verbatim(value), variable)
        draft.add(
            "eprinttype" if draft.latex else "archiveprefix",
            "arXiv" if not draft.latex else "arxiv",
            variable,
        )
    elif draft.latex and variable in {"PMID", "PMCID"}:
        if name not in draft.fields:
            draft.add(name, verbatim(value), variable)
            draft.add("eprinttype", "pubmed" if variable == "PMID" else "pmc", variable)
    else:
        draft.add(name, _text(draft, variable, value), variable)
        if (
            variable == "language"
            and draft.latex
            and draft.fields.get("langid") not in tables.LANGUAGES.values()
        ):
            draft.fields.pop("langid", None)
            draft.add("language", encode(value, raw=True), variable)


def _text(draft: _Draft, variable: str, value: str) -> str:
    form = _PLACES[variable].form
    if variable in {"ISBN", "ISSN"} and draft.latex and not draft.own:
        return _valid(variable, value)
    if form in {"verbatim", "doi"} or form == "plain":
        return verbatim(value) if " " not in value else encode(value, raw=draft.latex)
    if form == "pages":
        return ", ".join(encode(_pages(part.strip()), raw=draft.latex) for part in value.split(","))
    if form == "edition" and not draft.latex:
        return encode(_ordinal(value))
    if form == "genre":
        return _genre(draft, value)
    if form == "language":
        return tables.LANGUAGES.get(value) or tables.LANGUAGES.get(value.partition("-")[0], encode(value))
    # Styles change the capitals of titles alone; those of journals and books are safe.
    return encode(value, titles=variable in {"title", "title-short"}, raw=draft.latex)


def _valid(variable: str, value: str) -> str:
    """The first number whose check digit is right: biber complains of others, and of two."""
    return next((part for part in re.split(r"[\s,;]+", value) if identifiers.normalise(variable, part)), "")


def _pages(part: str) -> str:
    return part.replace("-", "--") if part.count("-") == 1 else part


def _ordinal(edition: str) -> str:
    """`2` as styles of BibTeX want it, `Second`."""
    if edition in ORDINALS:
        return ORDINALS[edition]
    if not edition.isdigit():
        return edition
    teens = edition[-2:] in {"11", "12", "13"}
    return edition + ("th" if teens else {"1": "st", "2": "nd", "3": "rd"}.get(edition[-1], "th"))


def _genre(draft: _Draft, value: str) -> str:
    key = GENRE_KEYS.get(value.lower(), "")
    if draft.latex and draft.type in {"thesis", "report"} and key:
        return key
    if not draft.latex and value == TYPE_GENRES.get(draft.type):
        return ""
    return encode(value, raw=draft.latex)


def _write_date(draft: _Draft, variable: str, name: str, value: Date) -> None:
    if not value.start:
        year = re.search(r"(?<!\d)[12]\d{3}(?!\d)", value.literal)
        if not draft.latex and variable == "issued":
            # Labels are cut from it, so it must be plain.
            draft.add(name, re.sub(r"[^A-Za-z0-9 .,/()-]", "", to_ascii(value.literal)), variable)
        elif year:
            draft.add(name, year[0], variable)
        elif variable == "issued":
            draft.add("pubstate", encode(value.literal, raw=True), variable)
        return
    if draft.latex or variable != "issued":
        draft.add(name, dates.edtf(value), variable)
        return
    _write_year(draft, value)


def _write_year(draft: _Draft, value: Date) -> None:
    """`year`, `month` and `day`: BibTeX has no ranges."""
    start = value.start
    draft.add("year", str(start[0]), "issued")
    if len(start) > 1:
        draft.add("month", tables.MONTHS[start[1] - 1], "issued")
    elif value.season:
        draft.add("month", ("Spring", "Summer", "Autumn", "Winter")[value.season - 1], "issued")
    if len(start) > 2:
        draft.add("day", str(start[2]), "issued")


def _add_subtype(draft: _Draft) -> None:
    """The CSL type where the entry type does not tell it."""
    kind = draft.work.type
    base = tables.CSL_TYPES.get(draft.type, "document")
    preprint = kind == "article" and "arxiv" in draft.work
    if kind in {"", "document", base} or preprint or draft.own:
        return
    draft.add("entrysubtype", kind.removeprefix("article-") if draft.type == "article" else kind, "")


def _put_back(draft: _Draft) -> None:
    """Fields as they were read, where they still say what the work says."""
    work = draft.work
    raw = {name.removeprefix(RAW): work.text(name) for name in work.fields if name.startswith(RAW)}
    if raw:
        for variable, reading in interpret(work.text(ENTRY_TYPE), raw).readings.items():
            found = work.fields.get(variable)
            dialect = draft.latex or not any(name in legal.ONLY_BIBLATEX for name in reading.names)
            balanced = all(is_balanced(raw[name]) for name in reading.names)
            if found and found.value == reading.value and draft.own and dialect and balanced:
                _replace(draft, variable, {name: raw[name] for name in reading.names})
    for name in work.fields:
        bare = name.removeprefix(REST)
        if name.startswith(REST) and not name.startswith(RAW) and name != ENTRY_TYPE:
            text = work.text(name)
            draft.fields.setdefault(bare, text if is_balanced(text) else encode(text, raw=draft.latex))


def _replace(draft: _Draft, variable: str, raw: dict[str, str]) -> None:
    for name in [name for name, source in draft.sources.items() if source == variable]:
        del draft.sources[name]
        draft.fields.pop(name, None)  # two variables may have been read from one broken field
    draft.fields |= raw


def _add_for_bibtex(draft: _Draft) -> None:
    """What old styles want: where a preprint is published, what to sort by, a year."""
    work = draft.work
    arxiv = work.text("arxiv")
    if arxiv and draft.type == "misc" and "howpublished" not in draft.fields:
        group = f" [{work.text('arxiv-class')}]" if "arxiv-class" in work else ""
        draft.fields["howpublished"] = encode(f"arXiv:{arxiv}{group}")
    if draft.own:
        return
    if "author" not in draft.fields and not (draft.type in _EDITED and "editor" in draft.fields):
        draft.fields["key"] = _sort_key(work)
    if "year" not in draft.fields:
        draft.fields["year"] = "n.d."


def _sort_key(work: Work) -> str:
    """A few words of the title, in letters that labels can be cut from."""
    words = re.findall(r"[A-Za-z0-9-]+", to_ascii(richtext.plain(work.text("title"))))
    return " ".join(words[:4]) or work.id or "untitled"


_EDITED = frozenset({"book", "inbook", "proceedings"})  # sorted by their editor where there is no author
_AFTER = {
    "month": "year", "day": "month", "key": "author", "archiveprefix": "eprint", "eprinttype": "eprint",
    "howpublished": "version", "subtitle": "title", "booksubtitle": "booktitle", "journalsubtitle": "journaltitle",
    "entrysubtype": "abstract", "crossref": "title",
}  # fmt: skip


def _order() -> dict[str, float]:
    ranks: dict[str, float] = {}
    for rank, home in enumerate(tables.HOMES):
        for name in (home.bibtex, home.biblatex):
            ranks.setdefault(name, rank)
    for name, variable in tables.ALSO_READ.items():
        if variable in _PLACES:
            ranks.setdefault(name, ranks[_PLACES[variable].bibtex])
    for step, (name, before) in enumerate(_AFTER.items(), 1):
        ranks[name] = ranks[before] + step / 100
    return ranks


_ORDER = _order()


def _ordered(draft: _Draft) -> _Draft:
    names = sorted(draft.fields, key=lambda name: _ORDER.get(name, 99.0))
    draft.fields = {name: draft.fields[name] for name in names}
    return draft


def write_all(works: Iterable[Work], *, latex: bool) -> str:
    """The entries of some works, for a file that has a beginning already."""
    return "\n".join(entry(work, latex=latex) for work in works)
