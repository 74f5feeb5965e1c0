"""EndNote's XML, which also JabRef, Zotero and Mendeley write.

Its DTD (RSXML) is not published; the elements are those of EndNote X1 to 21.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib import dates, richtext
from cite2bib.diagnostics import ReadError, Span
from cite2bib.formats import ReadResult, WriteOptions, Written
from cite2bib.formats.losses import written
from cite2bib.formats.safe_xml import Node, element, parse_records, render
from cite2bib.identifiers import bare_doi
from cite2bib.model import Date, Field, Name, Origin, Value, Work
from cite2bib.records.endnote import number_and_name, type_of
from cite2bib.records.people import family_first, person
from cite2bib.records.preprints import gathered, spread
from cite2bib.records.serials import standard_numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

FOREIGN = "endnote-xml:"

_NAMES = {
    "authors": "author", "secondary-authors": "editor", "tertiary-authors": "collection-editor",
    "subsidiary-authors": "contributor", "translated-authors": "translator",
}  # fmt: skip
# Paths of elements with one text each.
_TEXTS = {
    ("titles", "title"): "title", ("titles", "short-title"): "title-short",
    ("titles", "translated-title"): "original-title", ("volume",): "volume", ("number",): "issue",
    ("edition",): "edition", ("section",): "section", ("publisher",): "publisher", ("pub-location",): "publisher-place",
    ("num-vols",): "number-of-volumes", ("label",): "citation-key", ("language",): "language",
    ("call-num",): "call-number", ("abstract",): "abstract", ("notes",): "note", ("research-notes",): "annote",
    ("work-type",): "genre", ("remote-database-name",): "archive", ("accession-num",): "archive_location",
    ("remote-database-provider",): "source", ("custom2",): "PMCID", ("reviewed-item",): "reviewed-title",
    ("urls", "related-urls", "url"): "URL", ("number-of-pages",): "number-of-pages",
}  # fmt: skip
_BESIDES = {
    ("pages",): "page", ("titles", "alt-title"): "container-title-short", ("titles", "tertiary-title"): "collection-title",
    ("titles", "secondary-title"): "container-title", ("electronic-resource-num",): "DOI", ("isbn",): "ISBN",
}  # fmt: skip
_HANDLED = frozenset(
    {"database", "source-app", "rec-number", "foreign-keys", "ref-type", "contributors", "titles", "periodical",
     "keywords", "dates", "pages", "urls", "isbn", "electronic-resource-num", "access-date", "secondary-title",
     "tertiary-title", *(path[0] for path in _TEXTS)}
)  # fmt: skip
_FACES = {"italic": "i", "bold": "b", "superscript": "sup", "subscript": "sub"}
_STYLES = {"italic": "italic", "bold": "bold", "sup": "superscript", "sub": "subscript"}


def sniff_endnote_xml(head: str) -> bool:
    """`records` with a `record` that has a `ref-type`, `titles` or `contributors`."""
    return bool(
        re.search(r"<records>\s*(?:<record>|</records>|$)|<record>\s*<(?:database|ref-type|rec-number)", head)
        and re.search(r"<xml>|<ref-type|<records>", head)
        and "<PubmedArticle" not in head
    )


def read_endnote_xml(data: bytes, path: str) -> ReadResult:
    """Works from `record` elements, wherever they stand."""
    root, faults = parse_records(data, path, "record")
    records = [root] if root.name == "record" else root.all("records", "record") or root.all("record")
    if not records and root.name not in {"xml", "records"}:
        raise ReadError(f"expected EndNote's records, found {root.name!r}", Span(path, root.line))
    return ReadResult(tuple(_work(record, Origin(path, str(record.line))) for record in records), faults)


def _work(record: Node, origin: Origin) -> Work:
    kind = type_of(record.find("ref-type").attributes.get("name", ""), record.text("ref-type"))
    values: dict[str, Value] = {}
    for tag, variable in _NAMES.items():
        values[variable] = tuple(map(_person, record.all("contributors", tag, "author")))
    for path, variable in _TEXTS.items():
        values[variable] = _text(record.find(*path))
    _titles(record, kind, values)
    _numbers(record, values)
    if date := _date(record):
        values["issued"] = date
    if accessed := dates.parse(record.text("access-date")):
        values["accessed"] = accessed
    words = [word for node in record.all("keywords", "keyword") for word in _text(node).split("\n") if word]
    values["keyword"] = ("; " if any("," in word for word in words) else ", ").join(words)
    values |= _foreign(record)
    key = str(values.pop("citation-key"))
    return gathered(Work(key, kind, {name: Field(value, origin) for name, value in values.items() if value}))


def _person(node: Node) -> Name:
    return person(_text(node).replace(",,", ","))


def _text(node: Node) -> str:
    """The text of an element, its styles as markup."""
    styled = [child for child in node if child.name == "style"]
    if not styled:
        return _lines(node.raw())
    return _lines("".join(_styled(child) for child in styled))


def _lines(text: str) -> str:
    return "\n".join(filter(None, (" ".join(line.split()) for line in re.split(r"[\r\n]+", text))))


def _styled(node: Node) -> str:
    text = node.raw()
    for face in node.attributes.get("face", "").split():
        if (tag := _FACES.get(face)) and text.strip():
            text = f"<{tag}>{text}</{tag}>"
    return text


def _titles(record: Node, kind: str, values: dict[str, Value]) -> None:
    second, third = (_text(record.find("titles", f"{place}-title")) for place in ("secondary", "tertiary"))
    if kind == "book" and second and not third:
        values["collection-title"] = second
        second = ""
    else:
        values["collection-title"] = third
    values["container-title"] = second or _text(record.find("periodical", "full-title"))
    short = _text(record.find("periodical", "abbr-1")) or _text(record.find("titles", "alt-title"))
    values["container-title-short"] = short if short != values["container-title"] else ""


def _numbers(record: Node, values: dict[str, Value]) -> None:
    values["page"] = re.sub(r"\s*[-–]+\s*", "-", record.text("pages"))
    doi = bare_doi(record.text("electronic-resource-num"))
    values["DOI"] = doi
    isbns, issns, rest = standard_numbers([record.text("isbn")])
    values["ISBN"], values["ISSN"] = ", ".join(isbns), ", ".join(issns)
    if rest and rest[0]:
        values[f"{FOREIGN}isbn"] = rest[0]
    if not doi and record.text("electronic-resource-num"):
        values[f"{FOREIGN}electronic-resource-num"] = record.text("electronic-resource-num")
    pmid = str(values["archive_location"])
    if str(values["source"]).upper() == "NLM" and pmid.isdecimal():
        values |= {"PMID": pmid, "archive_location": "", "source": ""}
    if not str(values["PMCID"]).startswith("PMC"):
        values[f"{FOREIGN}custom2"] = values["PMCID"]
        values["PMCID"] = ""


def _date(record: Node) -> Date | None:
    """The year, and the day or month that `pub-dates` or `month` give within it."""
    year = dates.parse(record.text("dates", "year"))
    text = record.text("dates", "pub-dates", "date")
    exact = dates.parse(text) or (
        dates.parse(f"{text} {year.start[0]}") if year and year.start and text else None
    )
    if exact and (not year or exact.start[:1] == year.start[:1]):
        return exact
    month = record.text("dates", "month")
    number = dates.number(month) or dates.month_number(month)
    if year and len(year.start) == 1 and 1 <= number <= 12:
        return Date((*year.start, number))
    return year or (Date(literal=record.text("dates", "year")) if record.text("dates", "year") else None)


def _foreign(record: Node) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for child in record:
        text = _lines(child.raw())
        if child.name not in _HANDLED and text:
            found.setdefault(f"{FOREIGN}{child.name}", text)
    return found


def write_endnote_xml(works: Sequence[Work], options: WriteOptions) -> Written:
    """`records` as EndNote exports them."""
    chosen = [work if options.abstracts else work.without("abstract") for work in works]
    records = element("records", [_record(spread(work), number) for number, work in enumerate(chosen, 1)])
    text = '<?xml version="1.0" encoding="UTF-8"?>\n' + render(element("xml", [records]))
    return written(text, chosen, read_endnote_xml, "EndNote's XML", options)


def _record(work: Work, number: int) -> Node:
    code, name = number_and_name(work.type)
    source = element("source-app", "cite2bib", name="cite2bib")
    record = element("record", [source, element("rec-number", str(number))])
    record.children.append(element("ref-type", str(code), name=name))
    people = [
        element(tag, [_styled_element("author", family_first(name)) for name in work.names(variable)])
        for tag, variable in _NAMES.items()
        if work.names(variable)
    ]
    record.children.append(element("contributors", people))
    for path, text in _texts(work):
        if text:
            _put(record, path, text)
    _put_dates(record, work)
    words = work.text("keyword")
    for word in words.split(";" if ";" in words else ","):
        if word.strip():
            _put(record, ("keywords", "keyword"), word.strip(), again=True)
    for variable in work.fields:
        if variable.startswith(FOREIGN):
            record.children.append(_styled_element(variable.removeprefix(FOREIGN), work.text(variable)))
    return record


def _texts(work: Work) -> list[tuple[tuple[str, ...], str]]:
    found = [(path, work.text(variable)) for path, variable in _TEXTS.items() if variable != "citation-key"]
    found += [(path, work.text(variable)) for path, variable in _BESIDES.items()]
    if work.type == "book" and not work.text("container-title"):
        found = [(path, text) for path, text in found if path != ("titles", "tertiary-title")]
        found.append((("titles", "secondary-title"), work.text("collection-title")))
    numbers = ", ".join(filter(None, [work.text("ISBN"), work.text("ISSN")]))
    found = [(path, numbers if path == ("isbn",) else text) for path, text in found]
    if "PMID" in work and not work.fields.keys() & {"archive_location", "source"}:
        found += [(("accession-num",), work.text("PMID")), (("remote-database-provider",), "NLM")]
    return [*found, (("label",), work.id)]


def _put(record: Node, path: tuple[str, ...], text: str, *, again: bool = False) -> None:
    node = record
    for name in path[:-1]:
        inner = next((child for child in node if child.name == name), None)
        if inner is None:
            inner = element(name)
            node.children.append(inner)
        node = inner
    if again or not node.all(path[-1]):
        node.children.append(_styled_element(path[-1], text))


def _put_dates(record: Node, work: Work) -> None:
    if issued := work.date():
        year = str(issued.start[0]) if issued.start else issued.literal
        if year:
            _put(record, ("dates", "year"), year)
        if len(issued.start) > 1 or issued.end or issued.season or issued.circa:
            _put(record, ("dates", "pub-dates", "date"), dates.edtf(issued))
    if (accessed := work.date("accessed")) and accessed.start:
        _put(record, ("access-date",), dates.edtf(accessed))


def _styled_element(name: str, text: str) -> Node:
    """EndNote wants every text in a `style`, each kind of letter in its own."""
    node = element(name)
    node.children += _runs(richtext.parse(text), ())
    return node


def _runs(nodes: Sequence[richtext.Node], faces: tuple[str, ...]) -> list[Node | str]:
    runs: list[Node | str] = []
    for node in nodes:
        if isinstance(node, str):
            runs.append(element("style", node, face=" ".join(faces) or "normal", font="default", size="100%"))
        else:
            face = _STYLES.get(node.style)
            runs += _runs(node.children, (*faces, face) if face else faces)
    return runs
