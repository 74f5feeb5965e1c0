"""Fields of one entry to CSL variables, by the table of `tables`.

Each variable remembers which fields it was read from. A field without a CSL place is kept as the foreign variable
`bibtex:NAME`; fields that would not be written back the same (a title with its subtitle, TeX nobody knows) are kept
beside their variable as `bibtex:raw-NAME`, and `writing` uses them while they still say what the variable says.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from cite2bib import dates, identifiers
from cite2bib.formats.bibtex import people, tables
from cite2bib.formats.bibtex.decode import decoded
from cite2bib.formats.bibtex.verbatim import unescape, verbatim
from cite2bib.light import NamedTuple
from cite2bib.model import Date
from cite2bib.patterns import late

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cite2bib.model import Value

ENTRY_TYPE = "bibtex:entrytype"
REST = "bibtex:"
RAW = "bibtex:raw-"

_FORMS = {home.variable: home.form for home in tables.HOMES}
_BY_FIELD: dict[str, str] = {}
for _home in tables.HOMES:
    _BY_FIELD.setdefault(_home.bibtex, _home.variable)
    _BY_FIELD.setdefault(_home.biblatex, _home.variable)
_BY_FIELD |= tables.ALSO_READ
_BY_FIELD.pop("", None)
# When two fields say the same variable, the one that comes first here is believed.
_RANK = {
    name: rank for rank, name in enumerate(
        ["date", "year", "month", "day", "journaltitle", "journal", "booktitle", "publisher", "institution", "school", "organization", "howpublished", "location", "address", "number", "issue", "pages", "eid", "langid", "language"]
    )
}  # fmt: skip
_ARXIV_JOURNAL = late(r"(?:arxiv|corr|computing research repository)\b", re.IGNORECASE)
_EDTF = late(r"[-\dXu~?%/.T:+Z]*")
_UNDATED = late(r"n\.?\s*d\.?|\?+|undated|no date|\{?\\textit\{n\.d\.\}\}?", re.IGNORECASE)
_URL_ONLY = late(r"\\url\s*\{([^{}]*)\}|(https?://\S+)")
_ORDINAL = late(r"(\d+)(?:st|nd|rd|th)")
_YEAR = late(r"\d{4}|-\d{1,4}")
_DASH = late(r"\s*(?:–|—|-{2,})\s*")
_MONTH_WORD = late(r"[A-Za-z]{3,}")
_MASTERS = late(r"master|msc|m\.\s?sc|diplom|mathesis|lic", re.IGNORECASE)
_GENRES = {
    "phdthesis": "PhD thesis", "mathesis": "Master's thesis", "bathesis": "Bachelor's thesis", "candthesis": "Candidate thesis",
    "techreport": "Technical report", "resreport": "Research report", "software": "Computer software",
    "datacd": "CD-ROM", "audiocd": "Audio CD", "patent": "Patent", "patentus": "U.S. patent", "patenteu": "European patent",
}  # fmt: skip
GENRE_KEYS = {text.lower(): key for key, text in _GENRES.items()} | {
    "phd thesis": "phdthesis", "ph.d. thesis": "phdthesis", "doctoral thesis": "phdthesis", "doctoral dissertation": "phdthesis",
    "dissertation": "phdthesis", "ma thesis": "mathesis", "master thesis": "mathesis", "technical report": "techreport",
}  # fmt: skip
TYPE_GENRES = {
    "mastersthesis": "Master's thesis",
    "phdthesis": "PhD thesis",
    "bachelorsthesis": "Bachelor's thesis",
}


class Reading(NamedTuple):
    """A variable's value, the fields it was read from, and whether those can be forgotten."""

    value: Value
    names: tuple[str, ...]
    exact: bool = True


class Mapped:
    """An entry as variables."""

    __slots__ = ("readings", "rest", "type")

    def __init__(self, type_: str) -> None:
        self.type = type_
        self.readings: dict[str, Reading] = {}
        self.rest: list[str] = []  # fields that say no variable


def interpret(entry_type: str, fields: Mapping[str, str]) -> Mapped:
    """The CSL type and variables of an entry's fields (lower-case names, macros expanded)."""
    mapped = Mapped(tables.CSL_TYPES.get(entry_type, "document"))
    _settle_subtype(entry_type, fields, mapped)
    pending = dict.fromkeys(sorted(fields, key=_rank))
    for step in (_read_title, _read_date, _read_eprint, _read_arxiv_journal):
        for name in step(entry_type, fields, mapped):
            pending.pop(name, None)
    for name in pending:
        if not _read_field(entry_type, name, fields[name], mapped):
            mapped.rest.append(name)
    _settle_type(entry_type, fields, mapped)
    return mapped


def _rank(name: str) -> int:
    return _RANK.get(name, 99)


@lru_cache(maxsize=4096)
def variable_of(entry_type: str, name: str) -> str:
    """The variable that a field says in an entry of that type, "" for none."""
    if name == "number":
        if entry_type in tables.NUMBER_IS_ISSUE:
            return "issue"
        return "collection-number" if entry_type in tables.NUMBER_IS_OF_SERIES else "number"
    if name == "organization" and entry_type in {"misc", "online", "dataset", "software"}:
        return "organization"
    return _BY_FIELD.get(name, "")


@lru_cache(maxsize=4096)
def is_home(entry_type: str, variable: str, name: str) -> bool:
    """Whether that is the field into which the variable would be written."""
    canonical = tables.TYPE_ALIASES.get(entry_type, entry_type)
    for kind in (entry_type, canonical):
        if (variable, kind) in tables.HOMES_IN:
            return name in tables.HOMES_IN[variable, kind]
    return any(name in {home.bibtex, home.biblatex} for home in tables.HOMES if home.variable == variable)


def _read_field(entry_type: str, name: str, raw: str, mapped: Mapped) -> bool:
    """Add a field's variable; whether there is a free one for it."""
    variable = variable_of(entry_type, name)
    if name == "howpublished" and mapped.type in _CONTAINED:
        variable = "container-title"
    if not variable or variable in mapped.readings or not raw.strip():
        return False
    if name == "howpublished" and (found := _URL_ONLY.fullmatch(raw.strip())):
        if "URL" in mapped.readings:
            return False
        mapped.readings["URL"] = Reading(unescape(found[1] or found[2]), (name,), exact=False)
        return True
    if name == "howpublished" and "arxiv" in mapped.readings and raw[:6].lower() in {"arxiv:", "arxiv "}:
        return True  # `compose` writes it for styles that know no eprint
    value, exact = _value(_FORMS.get(variable, "text"), raw)
    if value in ("", ()):
        return False
    mapped.readings[variable] = Reading(value, (name,), exact and is_home(entry_type, variable, name))
    return True


def _value(form: str, raw: str) -> tuple[Value, bool]:
    """A field's text as its variable's value, and whether that says all of it."""
    if form == "names":
        found_names = people.parse_list(raw)
        return found_names, not people.hides_particle(found_names, raw)
    if form in {"date", "issued"}:
        text = raw.strip("{} ") if _EDTF.fullmatch(raw.strip("{} ")) else decoded(raw).text
        found = dates.parse(text)
        return (found, dates.edtf(found) == text) if found else (Date(literal=text), True)
    if form in {"verbatim", "doi", "plain"}:
        return _verbatim(form, unescape(raw))
    if form == "title":
        return _title(raw)
    if form == "pages" and raw.isascii() and raw.replace("-", "").isalnum() and "---" not in raw:
        return raw.replace("--", "-"), True  # as nearly all are
    found_text, exact = decoded(raw)
    if form == "pages":
        return _DASH.sub("-", found_text), exact
    if form == "language":
        code = next((code for code, name in tables.LANGUAGES.items() if name == found_text.lower()), "")
        return code or found_text, exact
    if form == "genre":
        return _GENRES.get(found_text.lower(), found_text), exact
    if form == "edition":
        number = _ORDINAL.fullmatch(found_text)
        return number[1] if number else _EDITIONS.get(found_text.lower(), found_text), exact
    return found_text, exact


def _title(raw: str) -> tuple[str, bool]:
    title, exact = decoded(raw, titles=True)
    if '"nocase"' in title:
        from cite2bib.formats.bibtex.capitals import without_superfluous

        title = without_superfluous(title)
    return title, exact


_EDITIONS = {
    word: str(number) for number, word in enumerate(
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"], 1
    )
}  # fmt: skip
ORDINALS = {number: word.capitalize() for word, number in _EDITIONS.items()}


def _verbatim(form: str, text: str) -> tuple[str, bool]:
    if form != "doi":
        return text, verbatim(text) == text
    doi = identifiers.normalise("DOI", text)
    start = text.lower().find(doi)
    if not doi or start < 0:
        return doi, False
    return text[
        start : start + len(doi)
    ], doi == text.lower()  # its capitals stay as its publisher writes them


def _read_title(_: str, fields: Mapping[str, str], mapped: Mapped) -> tuple[str, ...]:
    """Titles and their subtitles: one variable in CSL."""
    done: list[str] = []
    for sub, variable in tables.SUBTITLES.items():
        main = sub.removesuffix("subtitle") or "sub"
        holder = {"sub": "title", "book": "booktitle", "journal": "journaltitle"}[main]
        if not fields.get(sub) or not fields.get(holder):
            continue
        title = _title(fields[holder])[0]
        subtitle = _title(fields[sub])[0]
        joint = " " if title.endswith((":", "?", "!", ".")) else ": "
        mapped.readings[variable] = Reading(f"{title}{joint}{subtitle}", (holder, sub), exact=False)
        done += [holder, sub]
    return tuple(done)


def _read_date(_: str, fields: Mapping[str, str], mapped: Mapped) -> tuple[str, ...]:
    """`date`, or `year`, `month` and `day`, in whatever form; the tilde of a date is no blank."""
    if text := fields.get("date", "").strip("{} "):
        value, exact = _value("date", text)
        mapped.readings["issued"] = Reading(value, ("date",), exact)
        return ("date",)
    year = decoded(fields.get("year", "")).text
    names = tuple(name for name in ("year", "month", "day") if fields.get(name, "").strip())
    if not year:
        return ()
    if not _YEAR.fullmatch(year):
        if _UNDATED.fullmatch(year):
            return ("year",)
        mapped.readings["issued"] = Reading(_value("date", year)[0], names, exact=False)
        return names
    date, exact = _with_month(
        (int(year),), decoded(fields.get("month", "")).text, decoded(fields.get("day", "")).text
    )
    mapped.readings["issued"] = Reading(date, names, exact)
    return names


def _with_month(year: tuple[int], month: str, day: str) -> tuple[Date, bool]:
    words = [
        word
        for word in _MONTH_WORD.findall(month)
        if dates.month_number(word) or word.lower() in dates.SEASONS
    ]
    digits = re.findall(r"\d+", month)
    number = dates.month_number(words[0]) if words else dates.number(digits[0]) if digits else 0
    days = digits if words else digits[1:]
    if words and not number:
        return Date(year, season=dates.SEASONS[words[0].lower()]), len(words) == 1
    if not 1 <= number <= 12:
        return Date(year), not month
    exact = len(words) < 2 and len(days) < 2
    found = dates.number(day) or (dates.number(days[0]) if days else 0)
    parts = (*year, number, found) if found else (*year, number)
    return (Date(parts), exact) if dates.is_valid(parts) else (Date(parts[:2]), False)


def _read_eprint(_: str, fields: Mapping[str, str], mapped: Mapped) -> tuple[str, ...]:
    """arXiv, PubMed and PubMed Central ids; other archives stay as they are."""
    text = unescape(fields.get("eprint") or fields.get("arxivid") or fields.get("arxiv") or "")
    source = next((name for name in ("eprint", "arxivid", "arxiv") if fields.get(name)), "")
    if not text:
        return ()
    kind_name = next((name for name in ("eprinttype", "archiveprefix") if fields.get(name)), "")
    kind = fields.get(kind_name, "arxiv").strip("{} ").lower()
    classes = tuple(name for name in ("primaryclass", "eprintclass") if fields.get(name))
    names = tuple(name for name in (source, kind_name) if name)
    if kind == "arxiv" and (arxiv := identifiers.normalise("arxiv", text)):
        mapped.readings["arxiv"] = Reading(arxiv, names, arxiv == text and source == "eprint")
        if classes:
            mapped.readings["arxiv-class"] = Reading(unescape(fields[classes[0]]), classes[:1])
        return (*names, *classes[:1])
    if kind in {"pubmed", "pmid"} and text.isdecimal():
        mapped.readings["PMID"] = Reading(text, names)
        return names
    if kind in {"pmc", "pmcid"}:
        mapped.readings["PMCID"] = Reading(text, names)
        return names
    mapped.rest += [name for name in (*names, *classes) if name]
    return (*names, *classes)


def _read_arxiv_journal(entry_type: str, fields: Mapping[str, str], mapped: Mapped) -> tuple[str, ...]:
    """`journal = {arXiv preprint arXiv:2303.12712}`, as Google Scholar and DBLP give preprints."""
    name = next(
        (
            name
            for name in ("journal", "journaltitle")
            if _ARXIV_JOURNAL.match(fields.get(name, "").lstrip("{"))
        ),
        "",
    )
    if entry_type != "article" or not name:
        return ()
    places = [place for place in (name, "volume", "pages", "eprint", "url") if place in fields]
    found = next(
        ((place, arxiv) for place in places if (arxiv := identifiers.normalise("arxiv", fields[place]))), None
    )
    if found is None:
        return ()
    mapped.type = "article"
    place, arxiv = found
    names = tuple(dict.fromkeys([name, *([place] if place in {"volume", "pages"} else [])]))
    known = mapped.readings.get("arxiv")
    known_names = known.names if known else ()
    mapped.readings["arxiv"] = Reading(arxiv, (*known_names, *names), exact=False)
    return names


def _settle_type(entry_type: str, fields: Mapping[str, str], mapped: Mapped) -> None:
    """What the type alone does not tell."""
    readings = mapped.readings
    is_loose = entry_type in {"misc", "online", "unpublished"} and not fields.get("entrysubtype")
    if is_loose and "arxiv" in readings and "publisher" not in readings:
        mapped.type = "article"
    if entry_type in TYPE_GENRES and "genre" not in readings:
        readings["genre"] = Reading(TYPE_GENRES[entry_type], ())


def _settle_subtype(entry_type: str, fields: Mapping[str, str], mapped: Mapped) -> None:
    """`entrysubtype` holds the CSL type where the entry type does not tell it, and `newspaper` or `magazine` in articles."""
    subtype = fields.get("entrysubtype", "").strip("{} ").lower()
    if entry_type == "article" and subtype in {"newspaper", "magazine"}:
        mapped.type = f"article-{subtype}"
    elif subtype in _SUBTYPES and entry_type != "article":
        mapped.type = subtype


# Works that stand in others: in an @misc of theirs `howpublished` is the other.
_CONTAINED = frozenset(
    """
article-journal article-magazine article-newspaper chapter entry entry-dictionary entry-encyclopedia
paper-conference review review-book post-weblog post
""".split()
)
_SUBTYPES = frozenset(
    """
article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection
dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview
legal_case legislation manuscript map motion_picture musical_score pamphlet paper-conference patent
performance periodical personal_communication post post-weblog regulation report review review-book
software song speech standard thesis treaty webpage
""".split()
)


def is_masters(genre: str) -> bool:
    """Whether a thesis is of less than a doctor."""
    return bool(_MASTERS.search(genre))
