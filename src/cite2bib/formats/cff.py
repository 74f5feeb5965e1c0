"""CITATION.cff, the Citation File Format 1.2: a program or data set, and the works it refers to.

https://github.com/citation-file-format/citation-file-format/blob/main/schema-guide.md
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cite2bib import dates, richtext
from cite2bib.diagnostics import Diagnostic, ReadError, Span
from cite2bib.formats import ReadResult, WriteOptions, Written, safe_yaml
from cite2bib.formats.losses import written
from cite2bib.formats.text import decode
from cite2bib.identifiers import bare_doi, normal_arxiv
from cite2bib.model import Date, Field, Name, Origin, Value, Work
from cite2bib.patterns import late
from cite2bib.records.preprints import gathered

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FOREIGN = "cff:"

# Of several names for one type the first is written.
_TYPES = (
    ("software", "software"), ("software-code", "software"), ("software-container", "software"),
    ("software-executable", "software"), ("software-virtual-machine", "software"), ("data", "dataset"),
    ("dataset", "dataset"), ("database", "dataset"), ("article", "article-journal"),
    ("magazine-article", "article-magazine"), ("newspaper-article", "article-newspaper"), ("bill", "bill"),
    ("book", "book"), ("edited-work", "book"), ("proceedings", "book"), ("catalogue", "book"),
    ("manual", "report"), ("conference-paper", "paper-conference"), ("conference", "event"),
    ("historical-work", "classic"), ("serial", "collection"), ("generic", "document"), ("grant", "document"),
    ("dictionary", "entry-dictionary"), ("encyclopedia", "entry-encyclopedia"), ("art", "graphic"),
    ("hearing", "hearing"), ("legal-case", "legal_case"), ("statute", "legislation"), ("unpublished", "manuscript"),
    ("map", "map"), ("film-broadcast", "motion_picture"), ("video", "motion_picture"),
    ("audiovisual", "motion_picture"), ("music", "musical_score"), ("pamphlet", "pamphlet"), ("patent", "patent"),
    ("personal-communication", "personal_communication"), ("blog", "post-weblog"), ("legal-rule", "regulation"),
    ("report", "report"), ("government-document", "report"), ("sound-recording", "song"), ("slides", "speech"),
    ("standard", "standard"), ("thesis", "thesis"), ("website", "webpage"), ("multimedia", "webpage"),
)  # fmt: skip
_TYPE_OF = dict(_TYPES)
_NAME_OF = {kind: name for name, kind in reversed(_TYPES)} | {"report": "report", "article": "article"}
_LIKE = {"chapter": "generic", "broadcast": "film-broadcast", "periodical": "serial", "entry": "encyclopedia",
         "review": "article", "review-book": "article", "figure": "art", "treaty": "statute"}  # fmt: skip

_TEXTS = {
    "title": "title", "abstract": "abstract", "abbreviation": "title-short", "journal": "container-title",
    "collection-title": "collection-title", "volume": "volume", "issue": "issue", "edition": "edition",
    "section": "section", "number": "number", "number-volumes": "number-of-volumes", "pages": "number-of-pages",
    "isbn": "ISBN", "issn": "ISSN", "pmcid": "PMCID", "url": "URL", "version": "version", "license": "license",
    "notes": "note", "medium": "medium", "status": "status", "thesis-type": "genre", "volume-title": "volume-title",
    "scope": "scale", "repository-code": "repository",
}  # fmt: skip
_NAMES = {
    "authors": "author", "editors": "editor", "editors-series": "collection-editor", "translators": "translator",
    "recipients": "recipient",
}  # fmt: skip
_STATUSES = frozenset({"abstract", "advance-online", "in-preparation", "in-press", "preprint", "submitted"})
_KEY = "citation key"  # describes the identifier that is one
_UNKNOWN = "unknown"  # the schema wants an author even where nobody is named
_NOBODIES = (Name(), Name(literal=_UNKNOWN))
_UNTITLED = "untitled"  # and a title
# What the schema says of texts: what is none of these is left out, so that the file stays valid.
_FORMS = {
    "doi": r"10\.\d{4,9}(?:\.\d+)?/[A-Za-z0-9:/_;\-.()\[\]\\]+", "isbn": r"[0-9\- ]{10,17}X?", "issn": r"\d{4}-\d{3}[\dxX]",
    "pmcid": r"PMC\d{7}", "url": r"(?:https?|s?ftp)://.+", "repository-code": r"(?:https?|s?ftp)://.+",
    "license": r"[A-Za-z0-9][A-Za-z0-9.+-]*",
}  # fmt: skip
_OF_ROOT = frozenset(
    """
abstract authors date-released doi identifiers keywords license repository-code title type url version
""".split()
)
_PLACEHOLDER = "The works are those under references; this file itself describes none."


def sniff_cff(head: str) -> bool:
    """The key that every such file has."""
    return bool(re.search(r"^['\"]?cff-version['\"]?\s*:", head, re.MULTILINE))


def read_cff(data: bytes, path: str) -> ReadResult:
    """The program or data set itself, the citation it prefers, and its references."""
    text, diagnostics = decode(data, path)
    value, lines, broken = _parsed(text, path)
    if value is None:
        return ReadResult((), diagnostics)
    if not isinstance(value, dict):
        raise ReadError("expected the mapping of a CITATION.cff", Span(path, 1))
    faults = [*diagnostics, *broken]
    references = value.get("references")
    parts = [("", value), ("preferred-citation", value.get("preferred-citation"))]
    parts += [("references", item) for item in (references if isinstance(references, list) else [])]
    works: list[Work] = []
    for key, part in parts:
        line = lines.get(key, 1)
        if isinstance(part, dict) and part.get("message") != _PLACEHOLDER:
            works.append(_work(part, Origin(path, str(line))))
        elif part is not None and not isinstance(part, dict):
            faults.append(Diagnostic("not-a-work", "expected a mapping", Span(path, line)))
    return ReadResult(tuple(works), tuple(faults))


_ROOT_KEY = late(r"^(?=[A-Za-z][\w-]*[ \t]*:)", re.MULTILINE)
_REFERENCES = late(r"^references[ \t]*:[ \t]*(?:#.*)?\n", re.MULTILINE)
_FIRST_ITEM = late(r"^( *)- ", re.MULTILINE)


def _parsed(text: str, path: str) -> tuple[Any, dict[str, int], Sequence[Diagnostic]]:
    """The file's value and the lines of its keys; of a broken one the keys and references that are whole, and the faults."""
    value, lines, told = safe_yaml.parse_records(text, path, _ROOT_KEY)
    found = _REFERENCES.search(text)
    if not told or not found or "references" in value:
        return value, lines, told
    end = _ROOT_KEY.search(text, found.end())
    section = text[found.end() : end.start() if end else len(text)]
    first = _FIRST_ITEM.search(section)
    item = re.compile(rf"^(?={first[1]}- )" if first else "^(?=- )", re.MULTILINE)
    try:
        references, _, faults = safe_yaml.parse_records(section, path, item)
    except ReadError:
        return value, lines, told
    above = text.count("\n", 0, found.end())
    within = range(above, above + section.count("\n") + 2)
    outside = [fault for fault in told if not (fault.span and fault.span.line in within)]
    inside = [_moved(fault, above) for fault in faults]
    return {**value, "references": references}, {**lines, "references": above}, [*outside, *inside]


def _moved(fault: Diagnostic, lines: int) -> Diagnostic:
    """A fault of a part of a text where it is in the whole."""
    return fault._replace(span=fault.span._replace(line=fault.span.line + lines)) if fault.span else fault


def _work(part: Mapping[str, Any], origin: Origin) -> Work:
    values: dict[str, Value] = {variable: _text(part.get(key)) for key, variable in _TEXTS.items()}
    for key, variable in _NAMES.items():
        values[variable] = tuple(name for name in map(_name, _list(part.get(key))) if name not in _NOBODIES)
    if values["title"] == _UNTITLED:
        del values["title"]
    values["DOI"] = bare_doi(_text(part.get("doi")))
    values["keyword"] = ", ".join(filter(None, map(_text, _list(part.get("keywords")))))
    values["language"] = _text(next(iter(_list(part.get("languages"))), None))
    values |= _entities(part) | _pages(part) | _identifiers(part, values)
    if issued := _date(part):
        values["issued"] = issued
    if accessed := dates.parse(_text(part.get("date-accessed"))):
        values["accessed"] = accessed
    kind = _TYPE_OF.get(_text(part.get("type")), "software" if "cff-version" in part else "")
    if kind == "article-journal" and values["status"] == "preprint":
        kind, values["status"] = "article", ""
    return gathered(
        Work(_key(part), kind, {name: Field(value, origin) for name, value in values.items() if value})
    )


def _key(part: Mapping[str, Any]) -> str:
    rows = (row for row in _list(part.get("identifiers")) if isinstance(row, dict))
    return next((_text(row.get("value")) for row in rows if row.get("description") == _KEY), "")


def _text(raw: Any) -> str:
    return raw.strip() if isinstance(raw, str) else ""


def _list(raw: Any) -> list[Any]:
    return raw if isinstance(raw, list) else [] if raw is None else [raw]


def _name(raw: Any) -> Name:
    if not isinstance(raw, dict):
        return Name(literal=_text(raw))
    if entity := _text(raw.get("name")):
        return Name(literal=entity)
    parts = [
        _text(raw.get(f"{key}")) for key in ("family-names", "given-names", "name-particle", "name-suffix")
    ]
    return (
        Name(parts[0], parts[1], parts[2], suffix=parts[3])
        if any(parts)
        else Name(literal=_text(raw.get("alias")))
    )


def _entities(part: Mapping[str, Any]) -> dict[str, Value]:
    """Conference, publisher and the like are entities with a name and a city."""
    found: dict[str, Value] = {}
    for key, name, place in (
        ("conference", "event-title", "event-place"),
        ("publisher", "publisher", "publisher-place"),
        ("institution", "publisher", "publisher-place"),
        ("location", "publisher-place", ""),
    ):
        raw = part.get(key)
        said = (_text(raw.get("name")), _entity_place(raw)) if isinstance(raw, dict) else (_text(raw), "")
        for variable, text in zip((name, place), said, strict=True):
            if variable and text:
                found.setdefault(variable, text)
    return found


def _entity_place(raw: Mapping[str, Any]) -> str:
    return ", ".join(filter(None, (_text(raw.get(key)) for key in ("city", "region"))))


def _pages(part: Mapping[str, Any]) -> dict[str, Value]:
    start, end = _text(part.get("start")), _text(part.get("end"))
    return {"page": f"{start}-{end}" if start and end and start != end else start}


def _identifiers(part: Mapping[str, Any], values: Mapping[str, Value]) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for raw in _list(part.get("identifiers")):
        if not isinstance(raw, dict):
            continue
        kind, text = _text(raw.get("type")), _text(raw.get("value"))
        if raw.get("description") == _KEY:
            continue
        if kind == "doi" and not values["DOI"]:
            found.setdefault("DOI", bare_doi(text))
        elif kind == "url" and not values["URL"]:
            found.setdefault("URL", text)
        elif text.lower().startswith("arxiv:"):
            found.setdefault("arxiv", normal_arxiv(text))
        elif text.lower().startswith("pmid:"):
            found.setdefault("PMID", text[5:].strip())
    return found


def _date(part: Mapping[str, Any]) -> Date | None:
    for key in ("date-published", "date-released", "issue-date"):
        if found := dates.parse(_text(part.get(key))):
            return found
    year, month = _text(part.get("year")), _text(part.get("month"))
    if not year:
        return None
    if not re.fullmatch(r"-?\d{1,9}", year):
        return dates.parse(year) or Date(literal=year)
    number = int(month) if re.fullmatch(r"\d{1,2}", month) else dates.month_number(month)
    return Date((int(year), number) if 1 <= number <= 12 else (int(year),))


def write_cff(works: Sequence[Work], options: WriteOptions) -> Written:
    """A file about the first work when it is software or data, with the others as its references."""
    chosen = [work if options.abstracts else work.without("abstract") for work in works]
    is_about_first = (
        bool(chosen) and chosen[0].type in {"software", "dataset"} and bool(chosen[0].names("author"))
    )
    root: dict[str, Any] = {"cff-version": "1.2.0"}
    if is_about_first:
        root["message"] = "If you use this, please cite it as below."
        own = _part(chosen[0]) | {"type": chosen[0].type}
        root |= {key: value for key, value in own.items() if key in _OF_ROOT}
    else:
        root |= {"message": _PLACEHOLDER, "title": "References", "authors": [{"name": "cite2bib"}]}
    if rest := chosen[1:] if is_about_first else chosen:
        root["references"] = [_part(work) for work in rest]
    text = safe_yaml.render(root)
    return written(text, chosen, read_cff, "CITATION.cff", options)


def _part(work: Work) -> dict[str, Any]:
    part: dict[str, Any] = {"type": _NAME_OF.get(work.type) or _LIKE.get(work.type, "generic")}
    for key, variable in _TEXTS.items():
        text = richtext.plain(work.text(variable))
        if text and not (key == "status" and text not in _STATUSES):
            part[key] = text
    part.setdefault("title", _UNTITLED)
    part |= {"authors": [{"name": _UNKNOWN}]} | {
        key: [_written_name(name) for name in dict.fromkeys(work.names(variable))]
        for key, variable in _NAMES.items()
        if work.names(variable)
    }
    if work.type == "article":
        part["status"] = "preprint"
    part |= dict(_rest(work))
    return {
        key: value for key, value in part.items() if key not in _FORMS or re.fullmatch(_FORMS[key], value)
    }


def _rest(work: Work) -> Iterator[tuple[str, Any]]:
    if work.text("DOI"):
        yield "doi", work.text("DOI")
    if work.text("keyword"):
        yield "keywords", list(dict.fromkeys(filter(None, map(str.strip, work.text("keyword").split(",")))))
    language = work.text("language").partition("-")[0]
    if re.fullmatch("[a-z]{2,3}", language):
        yield "languages", [language]
    yield from _written_dates(work)
    for key, name, place in (
        ("conference", "event-title", "event-place"),
        ("publisher", "publisher", "publisher-place"),
    ):
        if work.text(name):
            city = {"city": work.text(place)} if work.text(place) else {}
            yield key, {"name": richtext.plain(work.text(name)), **city}
        elif key == "publisher" and work.text(place):
            yield "location", {"name": work.text(place)}
    if page := work.text("page"):
        start, _, end = page.partition("-")
        if start:
            yield "start", start
        if end:
            yield "end", end
    others = [
        {"type": "other", "value": f"{label}:{work.text(variable)}"}
        for label, variable in (("arXiv", "arxiv"), ("PMID", "PMID"))
        if work.text(variable)
    ]
    if work.id:
        others.append({"type": "other", "value": work.id, "description": _KEY})
    if others:
        yield "identifiers", others


def _written_name(name: Name) -> dict[str, str]:
    if name.literal:
        return {"name": name.literal}
    given = " ".join(filter(None, [name.given, name.dropping_particle]))
    parts = {
        "family-names": name.family,
        "given-names": given,
        "name-particle": name.particle,
        "name-suffix": name.suffix,
    }
    return {key: part for key, part in parts.items() if part}


def _written_dates(work: Work) -> Iterator[tuple[str, Any]]:
    issued, accessed = work.date(), work.date("accessed")
    if issued and issued.start:
        key = "date-released" if work.type in {"software", "dataset"} else "date-published"
        if len(issued.start) == 3 and issued.start[0] > 0:
            yield key, dates.edtf(Date(issued.start))
        else:
            yield from zip(("year", "month"), issued.start, strict=False)
    elif issued and issued.literal:
        yield "year", issued.literal
    if accessed and len(accessed.start) == 3:
        yield "date-accessed", dates.edtf(Date(accessed.start))
