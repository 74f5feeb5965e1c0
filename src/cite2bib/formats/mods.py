"""MODS, the Library of Congress's XML, version 3.

https://www.loc.gov/standards/mods/userguide/
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib import dates
from cite2bib.diagnostics import ReadError, Span
from cite2bib.formats import ReadResult, WriteOptions, Written
from cite2bib.formats.losses import written
from cite2bib.formats.safe_xml import Node, element, parse_records, render
from cite2bib.identifiers import bare_doi, normal_arxiv
from cite2bib.model import Date, Field, Name, Origin, Value, Work
from cite2bib.records.csl import TYPES
from cite2bib.records.people import person
from cite2bib.records.preprints import gathered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_NAMESPACE = "http://www.loc.gov/mods/v3"
_OWN_GENRES = "csl"  # the authority of a genre that is a CSL type

# MARC relators (https://www.loc.gov/marc/relators/) by code and by word.
_ROLES = {
    "author": ("aut", "author"), "editor": ("edt", "editor"), "translator": ("trl", "translator"),
    "collection-editor": ("pbd", "series editor"), "composer": ("cmp", "composer"), "compiler": ("com", "compiler"),
    "contributor": ("ctb", "contributor"), "curator": ("cur", "curator"), "director": ("drt", "director"),
    "guest": ("gst", "guest"), "host": ("hst", "host"), "illustrator": ("ill", "illustrator"),
    "interviewer": ("ivr", "interviewer"), "narrator": ("nrt", "narrator"), "organizer": ("orm", "organizer"),
    "performer": ("prf", "performer"), "producer": ("pro", "producer"), "recipient": ("rcp", "recipient"),
    "script-writer": ("aus", "screenwriter"), "series-creator": ("cre", "creator"),
}  # fmt: skip
_VARIABLE_OF = {word: variable for variable, words in _ROLES.items() for word in words} | {
    "editor of compilation": "editor", "edc": "editor", "book editor": "editor", "thesis advisor": "contributor",
}  # fmt: skip
_GENRES = {
    "journal article": "article-journal", "academic journal": "article-journal", "article": "article-journal",
    "magazine article": "article-magazine", "newspaper article": "article-newspaper", "book": "book",
    "book section": "chapter", "book chapter": "chapter", "conference publication": "paper-conference",
    "conference paper": "paper-conference", "paper": "paper-conference", "thesis": "thesis",
    "ph.d. thesis": "thesis", "phd thesis": "thesis", "masters thesis": "thesis", "dissertation": "thesis",
    "report": "report", "technical report": "report", "technical documentation": "report", "web page": "webpage",
    "web site": "webpage", "patent": "patent", "dataset": "dataset", "database": "dataset", "software": "software",
    "manuscript": "manuscript", "unpublished": "manuscript", "preprint": "article", "map": "map",
    "motion picture": "motion_picture", "film": "motion_picture", "letter": "personal_communication",
    "legal case and case notes": "legal_case", "legislation": "legislation", "encyclopedia": "entry-encyclopedia",
    "dictionary": "entry-dictionary", "interview": "interview", "speech": "speech", "periodical": "periodical",
    "inproceedings": "paper-conference", "incollection": "chapter", "inbook": "chapter", "phdthesis": "thesis",
    "mastersthesis": "thesis", "techreport": "report", "misc": "document", "manual": "report",
    "proceedings": "book", "academic paper": "paper-conference", "conference proceedings": "book",
}  # fmt: skip
_HOSTED = frozenset(
    {"article-journal", "article-magazine", "article-newspaper", "chapter", "paper-conference", "entry",
     "entry-dictionary", "entry-encyclopedia", "post-weblog", "post", "review", "review-book"}
)  # fmt: skip
_IDENTIFIERS = {
    "doi": "DOI", "isbn": "ISBN", "issn": "ISSN", "pmid": "PMID", "pubmed": "PMID", "pmc": "PMCID", "pmcid": "PMCID",
    "arxiv": "arxiv", "citekey": "citation-key", "openalex": "openalex", "issue number": "number",
    "report number": "number",
}  # fmt: skip
_WRITTEN_IDENTIFIERS = ("DOI", "ISBN", "ISSN", "PMID", "PMCID", "arxiv", "openalex", "number")
_NOTES = {"annotation": "annote", "original title": "original-title", "source": "source", "status": "status",
          "medium": "medium", "dimensions": "dimensions", "version": "version", "event": "event-title",
          "event place": "event-place", "references": "references"}  # fmt: skip


def sniff_mods(head: str) -> bool:
    """The namespace, or the root's name."""
    return _NAMESPACE in head or bool(re.search(r"<(?:\w+:)?(?:modsCollection|mods)[\s>]", head))


def read_mods(data: bytes, path: str) -> ReadResult:
    """Works from the `mods` elements of a collection, or from one alone."""
    root, faults = parse_records(data, path, "mods")
    if root.name not in {"mods", "modsCollection"}:
        raise ReadError(f"expected MODS, found {root.name!r}", Span(path, root.line))
    found = [root] if root.name == "mods" else root.all("mods")
    return ReadResult(tuple(_Reader(node, Origin(path, str(node.line))).work() for node in found), faults)


class _Reader:
    """One `mods` element on its way to a work."""

    def __init__(self, node: Node, origin: Origin) -> None:
        self.node, self.origin = node, origin
        self.fields: dict[str, Field] = {}
        hosts = [item for item in node.all("relatedItem") if item.attributes.get("type") == "host"]
        series = [item for item in node.all("relatedItem") if item.attributes.get("type") == "series"]
        self.host = hosts[0] if hosts else Node("")
        self.series = next(iter([*series, *self.host.all("relatedItem")]), Node(""))

    def work(self) -> Work:
        self._titles()
        self._people(self.node, "author")
        self._people(self.host, "editor")
        kind = self._kind()
        for node in (self.node, self.host):
            self._origin_info(node)
            self._identifiers(node)
            self._part(node)
        self._texts()
        key = self.fields.pop("citation-key", Field("")).value or self.node.attributes.get("ID", "")
        return gathered(Work(str(key), kind, self.fields))

    def _set(self, variable: str, value: Value | None) -> None:
        if value and variable not in self.fields:
            self.fields[variable] = Field(value, self.origin)

    def _titles(self) -> None:
        for node, plain, short in (
            (self.node, "title", "title-short"),
            (self.host, "container-title", "container-title-short"),
            (self.series, "collection-title", ""),
        ):
            for title in node.all("titleInfo"):
                is_short = title.attributes.get("type") == "abbreviated"
                if title.attributes.get("type", "abbreviated") == "abbreviated" and (short or not is_short):
                    self._set(short if is_short else plain, _title(title))
        self._set("collection-number", self.series.text("part", "detail", "number"))

    def _people(self, node: Node, default: str) -> None:
        found: dict[str, list[Name]] = {}
        for name in node.all("name"):
            if (parsed := _name(name)) != Name():
                found.setdefault(_role(name, default), []).append(parsed)
        for variable, people in found.items():
            self._set(
                variable if node is self.node or variable != "author" else "container-author", tuple(people)
            )

    def _kind(self) -> str:
        genres = [*self.node.all("genre"), *self.host.all("genre")]
        own = [
            genre
            for genre in genres
            if genre.attributes.get("authority") == _OWN_GENRES and genre.raw().strip() in TYPES
        ]
        kind = own[0].raw().strip() if own else ""
        for genre in self.node.all("genre"):
            text = " ".join(genre.raw().split())
            if genre not in own and (kind or text.lower() not in _GENRES):
                self._set("genre", text)
            kind = kind or _GENRES.get(text.lower(), "")
        if kind:
            return kind
        return _by_host(self.host)

    def _origin_info(self, node: Node) -> None:
        for info in node.all("originInfo"):
            self._set("publisher", info.text("publisher"))
            places = [
                term for term in info.all("place", "placeTerm") if term.attributes.get("type") != "code"
            ]
            self._set("publisher-place", " ".join(places[0].raw().split()) if places else "")
            self._set("edition", info.text("edition"))
            for tag in ("dateIssued", "copyrightDate", "dateCreated"):
                self._set("issued", _date(info.all(tag)))
            self._set("accessed", _date(info.all("dateCaptured")))
        self._set("issued", _date(node.all("part", "date")))

    def _identifiers(self, node: Node) -> None:
        for identifier in node.all("identifier"):
            text = " ".join(identifier.raw().split())
            variable = _IDENTIFIERS.get(identifier.attributes.get("type", "").lower(), "")
            if variable == "DOI":
                text = bare_doi(text)
            elif variable == "arxiv":
                text = normal_arxiv(text)
            if variable:
                self._set(variable, text)
            elif identifier.attributes.get("type") in {"uri", "url"} and "://" in text:
                self._set("URL", text)
            elif text and node is self.node:
                self._set(f"mods:identifier.{identifier.attributes.get('type', '')}", text)

    def _part(self, node: Node) -> None:
        for detail in node.all("part", "detail"):
            kind = detail.attributes.get("type", "").lower()
            text = detail.text("number") or detail.text("caption")
            variable = {"number": "issue", "chapter": "chapter-number", "part": "part-number"}.get(kind, kind)
            if variable in {"volume", "issue", "chapter-number", "part-number", "section", "page"}:
                self._set(variable, text)
        for extent in node.all("part", "extent"):
            if extent.attributes.get("unit", "page").rstrip("s") == "page":
                start, end = extent.text("start"), extent.text("end")
                listed = extent.text("list") or extent.text("total")
                self._set("page", f"{start}-{end}" if start and end and start != end else start or listed)

    def _texts(self) -> None:
        node = self.node
        self._set("abstract", _paragraphs(node.all("abstract")))
        notes = [note for note in node.all("note") if note.attributes.get("type", "") not in _NOTES]
        self._set("note", _paragraphs(notes))
        for note in node.all("note"):
            if variable := _NOTES.get(note.attributes.get("type", "")):
                self._set(variable, _paragraphs([note]))
        topics = [" ".join(topic.raw().split()) for topic in node.all("subject", "topic")]
        self._set(
            "keyword", ("; " if any("," in topic for topic in topics) else ", ").join(filter(None, topics))
        )
        self._set("language", node.text("language", "languageTerm") or node.text("language"))
        for url in node.all("location", "url"):
            self._set("URL", " ".join(url.raw().split()))
            self._set("accessed", dates.parse(url.attributes.get("dateLastAccessed", "")))
        self._set("archive", node.text("location", "physicalLocation"))
        self._set("call-number", node.text("classification"))
        self._set("archive_location", node.text("location", "shelfLocator"))
        self._set("license", node.text("accessCondition"))
        for extent in node.all("physicalDescription", "extent"):
            self._set("number-of-pages", re.sub(r"\s*(?:pages?|pp?\.?)$", "", " ".join(extent.raw().split())))


def _title(node: Node) -> str:
    """The parts of a title together: an article before it, a subtitle behind it."""
    whole = " ".join(filter(None, [node.text("nonSort"), node.text("title")]))
    if subtitle := node.text("subTitle"):
        whole = f"{whole}: {subtitle}" if whole else subtitle
    return ". ".join(filter(None, [whole, node.text("partNumber"), node.text("partName")]))


def _name(node: Node) -> Name:
    parts: dict[str, list[str]] = {}
    for part in node.all("namePart"):
        parts.setdefault(part.attributes.get("type", ""), []).append(" ".join(part.raw().split()))
    plain = " ".join(parts.get("", []))
    if "family" not in parts and "given" not in parts:
        if not plain:
            return Name()
        return (
            Name(literal=plain)
            if node.attributes.get("type") in {"corporate", "conference"}
            else person(plain)
        )
    family = " ".join(parts.get("family", []))
    found = person(f"{family}, {' '.join(parts.get('given', []))}") if family else Name()
    suffix = " ".join(parts.get("termsOfAddress", []))
    given = found.given or " ".join(parts.get("given", []))
    return Name(found.family, given, found.particle, suffix=suffix)


def _role(node: Node, default: str) -> str:
    for term in node.all("role", "roleTerm"):
        if variable := _VARIABLE_OF.get(" ".join(term.raw().split()).lower()):
            return variable
    return default if not node.all("role") else "contributor"


def _by_host(host: Node) -> str:
    """Without a known genre, what contains the work says what it is."""
    if not host.name:
        return ""
    text = " ".join(genre.raw().lower() for genre in host.all("genre"))
    for word, kind in (("conference", "paper-conference"), ("newspaper", "article-newspaper"), ("book", "chapter"),
                       ("journal", "article-journal"), ("periodical", "article-journal")):  # fmt: skip
        if word in text:
            return kind
    details = {detail.attributes.get("type") for detail in host.all("part", "detail")}
    is_serial = bool(details & {"volume", "issue", "number"}) or "continuing" in host.text(
        "originInfo", "issuance"
    )
    return "article-journal" if is_serial else "chapter"


def _date(nodes: Sequence[Node]) -> Date | None:
    starts = [
        node for node in nodes if node.attributes.get("point", "start") == "start" and node.raw().strip()
    ]
    if not starts:
        return None
    text = " ".join(starts[0].raw().split())
    found = dates.parse(text)
    ends = [dates.parse(node.raw()) for node in nodes if node.attributes.get("point") == "end"]
    if found and found.start and ends and ends[0]:
        return Date(found.start, ends[0].start, circa=found.circa)
    if found and starts[0].attributes.get("qualifier") == "approximate":
        return Date(found.start, found.end, found.season, circa=True)
    return found or Date(literal=text)


def _paragraphs(nodes: Iterable[Node]) -> str:
    return "\n".join(
        filter(None, (" ".join(line.split()) for node in nodes for line in node.raw().split("\n")))
    )


def write_mods(works: Sequence[Work], options: WriteOptions) -> Written:
    """A `modsCollection`; what contains a work is a related item of type host."""
    chosen = [work if options.abstracts else work.without("abstract") for work in works]
    root = element("modsCollection", [_mods(work) for work in chosen], xmlns=_NAMESPACE)
    text = '<?xml version="1.0" encoding="UTF-8"?>\n' + render(root)
    return written(text, chosen, read_mods, "MODS", options)


def _mods(work: Work) -> Node:
    node = element("mods", [*_title_nodes(work, "title", "title-short"), *_name_nodes(work)])
    if work.type in TYPES:
        node.children.append(element("genre", work.type, authority=_OWN_GENRES))
    if work.text("genre"):
        node.children.append(element("genre", work.text("genre")))
    hosted = work.type in _HOSTED or "container-title" in work
    own = _origin_nodes(work, with_publisher=not hosted)
    node.children += own
    node.children += list(_text_nodes(work))
    serials = frozenset({"ISSN", "ISBN"}) if hosted else frozenset()
    node.children += list(
        _identifier_nodes(work, [name for name in _WRITTEN_IDENTIFIERS if name not in serials])
    )
    if hosted:
        node.children.append(_host(work, sorted(serials)))
    else:
        node.children += _part_nodes(work)
        node.children += _series_nodes(work)
    return node


def _host(work: Work, serials: Sequence[str]) -> Node:
    host = element(
        "relatedItem", [*_title_nodes(work, "container-title", "container-title-short")], type="host"
    )
    host.children += [_name_node(name, "author") for name in work.names("container-author")]
    info = [element("publisher", work.text("publisher"))] if work.text("publisher") else []
    if info or work.text("publisher-place"):
        host.children.append(element("originInfo", [*_place_nodes(work), *info]))
    host.children += _part_nodes(work)
    host.children += list(_identifier_nodes(work, serials))
    host.children += _series_nodes(work)
    return host


def _title_nodes(work: Work, plain: str, short: str) -> Iterator[Node]:
    if work.text(plain):
        yield element("titleInfo", [element("title", work.text(plain))])
    if work.text(short):
        yield element("titleInfo", [element("title", work.text(short))], type="abbreviated")


def _series_nodes(work: Work) -> list[Node]:
    if not (work.text("collection-title") or work.text("collection-number")):
        return []
    series = element("relatedItem", [*_title_nodes(work, "collection-title", "")], type="series")
    if number := work.text("collection-number"):
        series.children.append(
            element("part", [element("detail", [element("number", number)], type="volume")])
        )
    return [series]


def _name_nodes(work: Work) -> Iterator[Node]:
    for variable in _ROLES:
        for name in work.names(variable):
            yield _name_node(name, variable)


def _name_node(name: Name, variable: str) -> Node:
    role = element("role", [element("roleTerm", _ROLES[variable][1], type="text", authority="marcrelator")])
    if name.literal:
        return element("name", [element("namePart", name.literal), role], type="corporate")
    family = " ".join(filter(None, [name.particle, name.family]))
    given = " ".join(filter(None, [name.given, name.dropping_particle]))
    parts = (("family", family), ("given", given), ("termsOfAddress", name.suffix))
    return element(
        "name",
        [*(element("namePart", text, type=kind) for kind, text in parts if text), role],
        type="personal",
    )


def _origin_nodes(work: Work, *, with_publisher: bool) -> list[Node]:
    info = list(_place_nodes(work)) if with_publisher else []
    if with_publisher and work.text("publisher"):
        info.append(element("publisher", work.text("publisher")))
    if issued := work.date():
        info += _date_nodes(issued)
    if work.text("edition"):
        info.append(element("edition", work.text("edition")))
    return [element("originInfo", info)] if info else []


def _place_nodes(work: Work) -> Iterator[Node]:
    if place := work.text("publisher-place"):
        yield element("place", [element("placeTerm", place, type="text")])


def _date_nodes(date: Date) -> list[Node]:
    marks = {"qualifier": "approximate"} if date.circa else {}
    if not date.end:
        text = dates.edtf(Date(date.start, season=date.season, literal=date.literal))
        return [element("dateIssued", text, **marks)] if text else []
    ends = (("start", date.start), ("end", date.end))
    return [element("dateIssued", dates.edtf(Date(parts)), point=point, **marks) for point, parts in ends]


def _part_nodes(work: Work) -> list[Node]:
    details = {
        "volume": "volume",
        "issue": "issue",
        "chapter-number": "chapter",
        "part-number": "part",
        "section": "section",
    }
    found = [
        element("detail", [element("number", work.text(variable))], type=kind)
        for variable, kind in details.items()
        if work.text(variable)
    ]
    if page := work.text("page"):
        pair = re.fullmatch(r"(\w+)-(\w+)", page)
        inner = [element("start", pair[1]), element("end", pair[2])] if pair else [element("list", page)]
        found.append(element("extent", inner, unit="page"))
    return [element("part", found)] if found else []


def _identifier_nodes(work: Work, variables: Iterable[str]) -> Iterator[Node]:
    kinds: Mapping[str, str] = {variable: kind for kind, variable in reversed(_IDENTIFIERS.items())}
    for variable in variables:
        if work.text(variable):
            yield element("identifier", work.text(variable), type=kinds[variable])
    if "DOI" in variables:
        if work.id:
            yield element("identifier", work.id, type="citekey")
        for name in work.fields:
            if name.startswith("mods:identifier."):
                yield element("identifier", work.text(name), type=name.removeprefix("mods:identifier."))


def _text_nodes(work: Work) -> Iterator[Node]:
    for variable, tag in (
        ("abstract", "abstract"),
        ("note", "note"),
        ("call-number", "classification"),
        ("license", "accessCondition"),
    ):
        if work.text(variable):
            yield element(tag, work.text(variable))
    for kind, variable in _NOTES.items():
        if work.text(variable):
            yield element("note", work.text(variable), type=kind)
    words = work.text("keyword")
    for word in words.split(";" if ";" in words else ","):
        if word.strip():
            yield element("subject", [element("topic", word.strip())])
    if work.text("language"):
        yield element("language", [element("languageTerm", work.text("language"))])
    if work.text("number-of-pages"):
        yield element("physicalDescription", [element("extent", f"{work.text('number-of-pages')} pages")])
    yield from _location_nodes(work)


def _location_nodes(work: Work) -> Iterator[Node]:
    parts: list[Node] = []
    for variable, tag in (("archive", "physicalLocation"), ("archive_location", "shelfLocator")):
        if work.text(variable):
            parts.append(element(tag, work.text(variable)))
    if url := work.text("URL"):
        accessed = work.date("accessed")
        marks = {"dateLastAccessed": dates.edtf(accessed)} if accessed and accessed.start else {}
        parts.append(element("url", url, **marks))
    if parts:
        yield element("location", parts)
