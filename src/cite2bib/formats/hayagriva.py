"""Hayagriva's YAML, the bibliographies of Typst.

https://github.com/typst/hayagriva/blob/main/docs/file-format.md
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from cite2bib import dates, richtext
from cite2bib.diagnostics import Diagnostic, ReadError, Span
from cite2bib.formats import ReadResult, WriteOptions, Written, safe_yaml
from cite2bib.formats.losses import written
from cite2bib.formats.text import decode
from cite2bib.identifiers import normal_arxiv
from cite2bib.model import Date, Field, Name, Origin, Value, Work
from cite2bib.records.csl import decoded
from cite2bib.records.people import person
from cite2bib.records.preprints import is_server

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

FOREIGN = "hayagriva:"

# An entry's type and its parent's, and what that makes; the first row of a CSL type is what is written.
_TYPES = (
    ("article", "periodical", "article-journal"), ("article", "newspaper", "article-newspaper"),
    ("article", "blog", "post-weblog"), ("article", "proceedings", "paper-conference"),
    ("article", "conference", "paper-conference"), ("article", "", "article"), ("chapter", "book", "chapter"),
    ("anthos", "anthology", "chapter"), ("anthos", "", "chapter"), ("chapter", "", "chapter"),
    ("entry", "reference", "entry-encyclopedia"), ("entry", "", "entry-encyclopedia"), ("book", "", "book"),
    ("proceedings", "", "book"), ("reference", "", "book"), ("anthology", "", "collection"),
    ("report", "", "report"), ("thesis", "", "thesis"), ("web", "", "webpage"), ("blog", "", "webpage"),
    ("repository", "", "software"), ("post", "", "post"), ("thread", "", "post"), ("patent", "", "patent"),
    ("case", "", "legal_case"), ("legislation", "", "legislation"), ("manuscript", "", "manuscript"),
    ("original", "", "manuscript"), ("periodical", "", "periodical"), ("newspaper", "", "periodical"),
    ("video", "", "motion_picture"), ("scene", "", "motion_picture"), ("audio", "", "song"),
    ("artwork", "", "graphic"), ("exhibition", "", "event"), ("conference", "", "event"),
    ("performance", "", "performance"), ("misc", "", "document"),
)  # fmt: skip
_KEY = re.compile(
    r"^[^\s:#\-{][^\n]*:[ \t]*(?:#.*)?\n(?:[ \t]*(?:#.*)?\n)*[ \t]+[a-z-]+[ \t]*:", re.MULTILINE
)
_TYPE = re.compile(
    rf"^[ \t]+['\"]?type['\"]?[ \t]*:[ \t]*['\"]?(?:{'|'.join(sorted({row[0] for row in _TYPES}))})\b",
    re.MULTILINE | re.IGNORECASE,
)
_TYPE_OF = {(kind, parent): csl for kind, parent, csl in _TYPES}
_PAIR_OF = {csl: (kind, parent) for kind, parent, csl in reversed(_TYPES)}
_LIKE = {
    "article-magazine": ("article", "periodical"), "entry": ("entry", "reference"),
    "entry-dictionary": ("entry", "reference"), "figure": ("artwork", ""), "map": ("artwork", ""),
    "bill": ("legislation", ""), "regulation": ("legislation", ""), "treaty": ("legislation", ""),
    "hearing": ("case", ""), "broadcast": ("video", ""), "standard": ("report", ""), "pamphlet": ("book", ""),
    "classic": ("book", ""), "dataset": ("repository", ""), "review": ("article", "periodical"),
    "review-book": ("article", "periodical"), "speech": ("performance", ""),
}  # fmt: skip

_TEXTS = {
    "edition": "edition", "volume-total": "number-of-volumes", "chapter": "chapter-number",
    "page-range": "page", "page-total": "number-of-pages", "language": "language", "archive": "archive",
    "archive-location": "archive_location", "call-number": "call-number", "note": "note", "abstract": "abstract",
    "annote": "annote", "genre": "genre", "runtime": "dimensions",
}  # fmt: skip
_SERIALS = {
    "doi": "DOI",
    "isbn": "ISBN",
    "issn": "ISSN",
    "pmid": "PMID",
    "pmcid": "PMCID",
    "serial": "number",
}
_ROLES = {
    "translator": "translator", "director": "director", "compiler": "compiler", "composer": "composer",
    "illustrator": "illustrator", "narrator": "narrator", "executive-producer": "executive-producer",
    "producer": "producer", "writer": "script-writer", "cast-member": "performer", "collaborator": "contributor",
    "organizer": "organizer",
}  # fmt: skip
_OF_PARENT = frozenset({"edition", "volume-total", "page-total", "language"})
_OF_CONFERENCE = frozenset({"type", "title", "location"})
_NEED_CONTAINER = frozenset({"container-title", "container-author", "event-title", "event-place"})
_CONTAINERS = frozenset(
    {
        "periodical",
        "newspaper",
        "blog",
        "proceedings",
        "book",
        "anthology",
        "reference",
        "web",
        "repository",
        "thread",
    }
)


def sniff_hayagriva(head: str) -> bool:
    """Keys at the margin, each with a mapping that has a type, title or parent."""
    if re.search(r"^(?:cff-version|references)\s*:", head, re.MULTILINE) or head.lstrip("\ufeff \n")[:1] in {
        "{",
        "-",
        "[",
    }:
        return False
    return bool(_KEY.search(head) and _TYPE.search(head))


_ENTRY = re.compile(r"^(?=[^\s#%-][^\n]*:)", re.MULTILINE)


def read_hayagriva(data: bytes, path: str) -> ReadResult:
    """Works from a mapping of keys to entries."""
    text, diagnostics = decode(data, path)
    value, lines, broken = safe_yaml.parse_records(text, path, _ENTRY)
    faults = [*diagnostics, *broken]
    works: list[Work] = []
    if value is not None and not isinstance(value, dict):
        raise ReadError("expected a mapping of keys to entries", Span(path, 1))
    for key, entry in (value or {}).items():
        line = lines.get(key, 0)
        if isinstance(entry, dict):
            works.append(_Reader(key, entry, Origin(path, str(line or ""))).work())
        else:
            faults.append(Diagnostic("not-a-work", f"{key}: expected a mapping", Span(path, line)))
    return ReadResult(tuple(works), tuple(faults))


class _Reader:
    """One entry and its parents on their way to a work."""

    def __init__(self, key: str, entry: Mapping[str, Any], origin: Origin) -> None:
        self.key, self.entry, self.origin = key, dict(entry), origin
        self.fields: dict[str, Field] = {}
        parents = entry.get("parent")
        found = parents if isinstance(parents, list) else [parents]
        self.parents = [parent for parent in found if isinstance(parent, dict)]
        containers = [parent for parent in self.parents if _kind(parent) in _CONTAINERS or not _kind(parent)]
        self.container = dict((containers or self.parents or [{}])[0])

    def work(self) -> Work:
        kind = _kind(self.entry)
        of_parent = _kind(self.container) if self.parents else ""
        csl = _TYPE_OF.get((kind, of_parent)) or _TYPE_OF.get((kind, ""), "")
        self._titles(csl)
        self._people(csl)
        self._numbers(csl)
        self._publisher()
        self._address()
        for source in (self.entry, self.container):
            if "issued" not in self.fields:
                self._set("issued", _date(source.get("date")))
        self._foreign()
        if (
            csl == "article"
            and self._text("container-title")
            and not is_server(self._text("container-title"))
        ):
            csl = "article-journal"
        return _with_arxiv(Work(self.key, csl, self.fields))

    def _text(self, variable: str) -> str:
        field = self.fields.get(variable)
        return field.value if field and isinstance(field.value, str) else ""

    def _set(self, variable: str, value: Value | None) -> None:
        if value and variable not in self.fields:
            self.fields[variable] = Field(value, self.origin)

    def _titles(self, csl: str) -> None:
        self._set("title", _title(self.entry.get("title")))
        self._set("title-short", _title(self.entry.get("title"), "short"))
        for parent in self.parents:
            if _kind(parent) == "conference":
                self._set("event-title", _title(parent.get("title")))
                self._set("event-place", _title(parent.get("location")))
        if _kind(self.container) == "conference":
            return
        prefix = "collection-title" if csl in {"book", "collection"} else "container-title"
        self._set(prefix, _title(self.container.get("title")))
        self._set("container-title-short", _title(self.container.get("title"), "short"))
        series = self.container.get("parent")
        if isinstance(series, dict):
            self._set("collection-title", _title(series.get("title")))
            self._set("collection-number", _text(series.get("volume") or series.get("issue")))

    def _people(self, csl: str) -> None:
        self._set("author", _people(self.entry.get("author")))
        self._set("editor", _people(self.entry.get("editor")))
        self._set("collection-editor" if csl == "book" else "editor", _people(self.container.get("editor")))
        self._set("container-author", _people(self.container.get("author")))
        kept = []
        for row in _list(self.entry.get("affiliated")):
            role = _ROLES.get(_text(row.get("role")).lower()) if isinstance(row, dict) else ""
            if role:
                self._set(role, _people(row.get("names")))
            else:
                kept.append(row)
        self.entry["affiliated"] = kept or None

    def _numbers(self, csl: str) -> None:
        for key, variable in _TEXTS.items():
            self._set(variable, _text(self.entry.get(key)))
            if key in _OF_PARENT:
                self._set(variable, _text(self.container.get(key)))
        sources = (
            (self.entry, self.container) if csl in {"book", "collection"} else (self.container, self.entry)
        )
        for source in sources:
            for key in ("volume", "issue"):
                own = (
                    "collection-number" if source is self.container and csl in {"book", "collection"} else key
                )
                self._set(own, _text(source.get(key)))
        for source in (self.entry, self.container):
            self._serials(source.get("serial-number"))

    def _serials(self, raw: Any) -> None:
        if not isinstance(raw, dict):
            self._set("number", _text(raw))
            return
        for key, value in raw.items():
            if key.lower() == "arxiv":
                self._set("arxiv", normal_arxiv(_text(value)))
            elif variable := _SERIALS.get(key.lower()):
                self._set(variable, _text(value))
            else:
                self._set(f"{FOREIGN}serial-number.{key}", _text(value))

    def _publisher(self) -> None:
        for source in (self.entry, self.container):
            publisher = source.get("publisher")
            if isinstance(publisher, dict):
                self._set("publisher", _title(publisher.get("name")))
                self._set("publisher-place", _title(publisher.get("location")))
            self._set("publisher", _title(publisher) if not isinstance(publisher, dict) else "")
            if _kind(source) != "conference":
                self._set("publisher-place", _title(source.get("location")))
            if "publisher" not in self.fields:
                self._set("publisher", _title(source.pop("organization", None)))

    def _address(self) -> None:
        for source in (self.entry, *self.parents):
            url = source.get("url")
            self._set("URL", _text(url.get("value")) if isinstance(url, dict) else _text(url))
            self._set("accessed", _date(url.get("date")) if isinstance(url, dict) else None)

    def _foreign(self) -> None:
        taken = {*_TEXTS, "type", "title", "author", "editor", "volume", "issue", "serial-number", "publisher",
                 "location", "url", "date", "parent"}  # fmt: skip
        for key, value in self.entry.items():
            if key not in taken and value is not None:
                self._set(f"{FOREIGN}{key}", _json(value))
        rest = [
            parent
            for parent in self.parents
            if parent != self.container
            and not (_kind(parent) == "conference" and not parent.keys() - _OF_CONFERENCE)
        ]
        if rest:
            self._set(f"{FOREIGN}parent", _json(rest))


def _with_arxiv(work: Work) -> Work:
    """An article in the repository arXiv, its id as the serial number."""
    arxiv = normal_arxiv(work.text("number"))
    if not arxiv or not is_server(work.text("container-title")):
        return work
    return work.without("number", "container-title").with_field("arxiv", arxiv, work.fields["number"].origin)


def _kind(entry: Mapping[str, Any]) -> str:
    return _text(entry.get("type")).lower()


def _text(raw: Any) -> str:
    return " ".join(raw.split()) if isinstance(raw, str) else ""


def _title(raw: Any, key: str = "value") -> str:
    """A text, or the text under a key; braces say that capitals stay."""
    value = raw.get(key) if isinstance(raw, dict) else raw if key == "value" else None
    return re.sub(r"\{([^{}]*)\}", r'<span class="nocase">\1</span>', _text(value))


def _chunks(text: str) -> str:
    """Rich text with braces for what keeps its capitals; other markup has no place."""
    return "".join(
        node
        if isinstance(node, str)
        else f"{{{richtext.build(node.children)}}}"
        if node.style == "nocase"
        else richtext.plain(richtext.build((node,)))
        for node in richtext.parse(text)
    )


def _list(raw: Any) -> list[Any]:
    return raw if isinstance(raw, list) else [] if raw is None else [raw]


def _people(raw: Any) -> tuple[Name, ...]:
    return tuple(name for name in map(_person, _list(raw)) if name != Name())


def _person(raw: Any) -> Name:
    if not isinstance(raw, dict):
        return person(_text(raw)) if _text(raw) else Name()
    parts = [_text(raw.get(key)) for key in ("name", "given-name", "prefix", "suffix")]
    if "given-name" not in raw and not any(parts[1:]):
        return Name(literal=parts[0])
    return Name(parts[0], parts[1], parts[2], suffix=parts[3])


def _date(raw: Any) -> Date | None:
    text = _text(raw)
    found = dates.parse(f"{text[1:]}~" if text.startswith("~") else text) if text else None
    return found or (Date(literal=text) if text else None)


def _json(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def write_hayagriva(works: Sequence[Work], options: WriteOptions) -> Written:
    """A mapping of keys to entries, what belongs to the container under `parent`."""
    chosen = [work if options.abstracts else work.without("abstract") for work in works]
    entries: dict[str, Any] = {}
    for number, work in enumerate(chosen, 1):
        entries[_free_key(work, number, entries)] = _entry(work)
    text = safe_yaml.render(entries) if entries else "{}\n"
    return written(text, chosen, read_hayagriva, "hayagriva's YAML", options)


def _free_key(work: Work, number: int, taken: Mapping[str, Any]) -> str:
    key = work.id or f"item-{number}"
    return key if key not in taken else f"{key}-{number}"


def _entry(work: Work) -> dict[str, Any]:
    kind, of_parent = _PAIR_OF.get(work.type) or _LIKE.get(work.type, ("misc", ""))
    entry: dict[str, Any] = {"type": kind}
    entry |= dict(_own_parts(work))
    entry |= _serials_of(
        work, ("DOI", "PMID", "PMCID", "arxiv", "number", *(() if of_parent else ("ISBN", "ISSN")))
    )
    in_container = bool(of_parent) or bool(work.fields.keys() & _NEED_CONTAINER)
    if not in_container:
        entry |= dict(_places(work))
    if parent := _container(work, of_parent) if in_container else _series(work):
        entry["parent"] = parent
    return entry


def _own_parts(work: Work) -> Iterator[tuple[str, Any]]:
    if work.text("title"):
        yield "title", _titled(work, "title")
    if work.names("author"):
        yield "author", [_written_name(name) for name in work.names("author")]
    if work.names("editor"):
        yield "editor", [_written_name(name) for name in work.names("editor")]
    roles = [
        {"role": role, "names": [_written_name(name) for name in work.names(variable)]}
        for role, variable in _ROLES.items()
        if work.names(variable)
    ]
    if roles:
        yield "affiliated", roles
    if (issued := work.date()) and issued.start:  # Typst refuses a file with a date it does not know
        yield "date", _written_date(issued)
    for key, variable in _TEXTS.items():
        if (text := work.text(variable)) and not (key == "page-total" and not re.search(r"\d", text)):
            yield key, richtext.plain(text)
    if (url := work.text("URL")) and re.match(r"[A-Za-z][\w+.-]*:", url):
        accessed = work.date("accessed")
        yield "url", {"value": url, "date": _written_date(accessed)} if accessed and accessed.start else url
    yield from _foreign_parts(work)


def _foreign_parts(work: Work) -> Iterator[tuple[str, Any]]:
    for variable, field in work.fields.items():
        key = variable.removeprefix(FOREIGN)
        if key != variable and "." not in key and key not in {"parent", "affiliated"}:
            yield key, decoded(str(field.value))


def _titled(work: Work, variable: str) -> Any:
    title, short = _chunks(work.text(variable)), work.text(f"{variable}-short")
    return {"value": title, "short": _chunks(short)} if short else title


def _written_name(name: Name) -> Any:
    if name.literal:
        return {"name": name.literal}
    parts = {"name": name.family, "given-name": name.given, "prefix": name.particle, "suffix": name.suffix}
    if name.dropping_particle:
        parts["given-name"] = f"{name.given} {name.dropping_particle}".strip()
    if (
        name.family
        and name.given
        and not (name.particle or name.suffix)
        and "," not in f"{name.family}{name.given}"
    ):
        return f"{name.family}, {parts['given-name']}"
    return {key: part for key, part in parts.items() if part or key in {"name", "given-name"}}


def _written_date(date: Date) -> str:
    return f"{'~' if date.circa else ''}{dates.edtf(Date(date.start))}"


def _serials_of(work: Work, variables: Sequence[str]) -> dict[str, Any]:
    names = {variable: key for key, variable in _SERIALS.items()} | {"arxiv": "arxiv"}
    found = {names[variable]: work.text(variable) for variable in variables if work.text(variable)}
    prefix = f"{FOREIGN}serial-number."
    if "DOI" in variables or "arxiv" in variables:
        found |= {
            name.removeprefix(prefix): work.text(name) for name in work.fields if name.startswith(prefix)
        }
    return {"serial-number": found} if found else {}


def _places(work: Work) -> Iterator[tuple[str, Any]]:
    """What an entry says of its publisher, or its container does."""
    if publisher := _chunks(work.text("publisher")):
        yield "publisher", publisher
    if place := _chunks(work.text("publisher-place")):
        yield "location", place
    for key in ("volume", "issue"):
        if work.text(key):
            yield key, work.text(key)


def _series(work: Work) -> dict[str, Any]:
    if "collection-title" not in work:
        return {}
    series: dict[str, Any] = {"type": "anthology", "title": _chunks(work.text("collection-title"))}
    if number := work.text("collection-number"):
        series["volume"] = number
    editors = [_written_name(name) for name in work.names("collection-editor")]
    return series | ({"editor": editors} if editors else {})


def _container(work: Work, kind: str) -> dict[str, Any] | list[dict[str, Any]]:
    parent: dict[str, Any] = {"type": kind or "book"}
    if work.text("container-title"):
        parent["title"] = _titled(work, "container-title")
    if authors := work.names("container-author"):
        parent["author"] = [_written_name(name) for name in authors]
    parent |= dict(_places(work)) | _serials_of(work, ("ISBN", "ISSN"))
    if series := _series(work):
        parent["parent"] = series
    found = decoded(work.text(f"{FOREIGN}parent"))
    rest = [*_conference(work), *(found if isinstance(found, list) else [])]
    return [parent, *rest] if rest else parent


def _conference(work: Work) -> list[dict[str, Any]]:
    pairs = (("title", "event-title"), ("location", "event-place"))
    said = {key: _chunks(work.text(variable)) for key, variable in pairs if work.text(variable)}
    return [{"type": "conference", **said}] if said else []
