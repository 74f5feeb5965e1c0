"""Whole records that reference managers and pages hide in documents: fields of Zotero and Mendeley, COinS, Word's own.

Whatever can't be read costs only itself: it gives no work, and the text it stands behind is still there.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from cite2bib import dates, identifiers, names
from cite2bib.model import Date, Field, Name, Origin, Value, Work
from cite2bib.records.csl import work_from_csl

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cite2bib.records.safe_xml import Node

_CITATION = re.compile(r"(?:ADDIN\s+)?(?:ZOTERO_ITEM\s+)?CSL_CITATION\s*(?=\{)")
BIBLIOGRAPHY = re.compile(
    r"\s*(?:ADDIN\s+)?(?:ZOTERO_BIBL|EN\.REFLIST|Mendeley\s+Bibliography|CSL_BIBLIOGRAPHY|BIBLIOGRAPHY\b|CitaviBibliography)"
)


def from_field(code: str, origin: Origin) -> list[Work]:
    """The works in the code of a field: `ADDIN ZOTERO_ITEM CSL_CITATION {...}`."""
    found = _CITATION.search(code)
    return _from_citation(_first_json(code[found.end() :]), origin) if found else []


def from_mendeley_tag(tag: str, origin: Origin) -> list[Work]:
    """The works in the tag that Mendeley Cite puts on a content control: `MENDELEY_CITATION_v3_` and base64."""
    found = re.match(r"MENDELEY_CITATION(?:_v\d+)?_(.+)", tag, re.DOTALL)
    if not found:
        return []
    try:
        text = base64.b64decode(found[1] + "=" * (-len(found[1]) % 4)).decode("utf-8")
    except (binascii.Error, ValueError):
        return []
    return _from_citation(_first_json(text), origin)


def _first_json(text: str) -> Any:
    """The JSON a text begins with; Word's fields may go on behind it, and older ones escape quotes."""
    for written in (text, text.replace("\\&quot;", '\\"').replace("&quot;", '"')):
        try:
            return json.JSONDecoder(strict=False).raw_decode(written.strip())[0]
        except (ValueError, RecursionError):
            continue
    return None


def _from_citation(citation: Any, origin: Origin) -> list[Work]:
    items = citation.get("citationItems") if isinstance(citation, dict) else None
    data = (
        (item.get("itemData") for item in items if isinstance(item, dict)) if isinstance(items, list) else ()
    )
    return [_work(item, origin) for item in data if isinstance(item, dict) and item.get("title")]


def _work(item: dict[str, Any], origin: Origin) -> Work:
    work = work_from_csl({**item, "id": item.get("citation-key") or ""}, origin)
    return Work(work.id, work.type, work.fields, (origin,))


def endnote_records(code: str) -> str:
    """The XML of an EndNote field, "" when it is none: `ADDIN EN.CITE <EndNote>...</EndNote>`."""
    found = re.search(r"<EndNote>.*?</EndNote>", code, re.DOTALL)
    if not found:
        return ""
    records = re.findall(r"<record>.*?</record>", found[0], re.DOTALL)
    return f"<xml><records>{''.join(records)}</records></xml>" if records else ""


_KEV = {
    "rft.atitle": "title", "rft.btitle": "title", "rft.title": "title", "rft.jtitle": "container-title",
    "rft.stitle": "container-title-short", "rft.volume": "volume", "rft.issue": "issue", "rft.pages": "page",
    "rft.pub": "publisher", "rft.place": "publisher-place", "rft.edition": "edition", "rft.series": "collection-title",
    "rft.issn": "ISSN", "rft.isbn": "ISBN", "rft.eissn": "ISSN",
}  # fmt: skip
_GENRES = {
    "article": "article-journal", "book": "book", "bookitem": "chapter", "proceeding": "paper-conference",
    "conference": "paper-conference", "dissertation": "thesis", "report": "report", "preprint": "article",
}  # fmt: skip


def from_coins(title: str, origin: Origin) -> Work | None:
    """The work in the title of a `<span class="Z3988">`: an OpenURL in key-value pairs.

    https://www.niso.org/standards-committees/openurl-z3988
    """
    pairs = {key.lower(): values for key, values in parse_qs(title.replace("&amp;", "&")).items()}
    fields: dict[str, Value] = {}
    for key, variable in _KEV.items():
        if key in pairs and (value := identifiers.normalise(variable, " ".join(pairs[key][0].split()))):
            fields.setdefault(variable, value)
    if "rft.atitle" in pairs and "rft.btitle" in pairs:
        fields["container-title"] = pairs["rft.btitle"][0].strip()
    if people := tuple(_kev_people(pairs)):
        fields["author"] = people
    if date := dates.parse(pairs.get("rft.date", [""])[0]):
        fields["issued"] = date
    for identifier in pairs.get("rft_id", []):
        for found in identifiers.find(identifier.replace("info:doi/", "doi:").replace("info:pmid/", "PMID:")):
            fields.setdefault(found.variable, found.value)
    if "rft.spage" in pairs and "page" not in fields:
        fields["page"] = "–".join([pairs["rft.spage"][0], *pairs.get("rft.epage", [])[:1]])
    if "title" not in fields and not fields.keys() >= {"container-title", "volume", "page"}:
        return None
    kind = _GENRES.get(pairs.get("rft.genre", [""])[0].lower(), "")
    return Work("", kind, {variable: Field(value, origin) for variable, value in fields.items()}, (origin,))


def _kev_people(pairs: dict[str, list[str]]) -> Iterator[Name]:
    """`rft.au` names all, `rft.aulast` with `rft.aufirst` the first of them once more."""
    whole = [names.parse(name) for name in pairs.get("rft.au", [])]
    first = pairs.get("rft.aulast", [""])[0].strip()
    if first and not any(name.family == first for name in whole[:1]):
        given = pairs.get("rft.aufirst", pairs.get("rft.auinit", [""]))[0].strip()
        yield Name(first, given)
    yield from whole
    yield from (Name(literal=body.strip()) for body in pairs.get("rft.aucorp", []))


# https://ecma-international.org/publications-and-standards/standards/ecma-376/ (part 1, 22.6)
_WORD_TYPES = {
    "JournalArticle": "article-journal", "ArticleInAPeriodical": "article-magazine", "Book": "book",
    "BookSection": "chapter", "ConferenceProceedings": "paper-conference", "Report": "report",
    "InternetSite": "webpage", "DocumentFromInternetSite": "webpage", "ElectronicSource": "document",
    "Patent": "patent", "Case": "legal_case", "Interview": "interview", "Film": "motion_picture",
}  # fmt: skip
_WORD_FIELDS = {
    "Title": "title", "JournalName": "container-title", "BookTitle": "container-title", "ConferenceName": "container-title",
    "PeriodicalTitle": "container-title", "InternetSiteTitle": "container-title", "Volume": "volume", "Issue": "issue",
    "Pages": "page", "Publisher": "publisher", "Institution": "publisher", "City": "publisher-place",
    "Edition": "edition", "DOI": "DOI", "URL": "URL", "ShortTitle": "title-short", "ChapterNumber": "chapter-number",
}  # fmt: skip
_WORD_PEOPLE = {
    "Author": "author",
    "Editor": "editor",
    "Translator": "translator",
    "BookAuthor": "container-author",
    "Inventor": "author",
}


def from_word_sources(root: Node, path: str) -> list[Work]:
    """The works in Word's own list of sources (`b:Sources`)."""
    return [
        work
        for source in root.all("Source")
        if (work := _word_source(source, Origin(path, source.text("Tag"))))
    ]


def _word_source(source: Node, origin: Origin) -> Work | None:
    fields: dict[str, Value] = {}
    for name, variable in _WORD_FIELDS.items():
        if value := identifiers.normalise(variable, source.text(name)):
            fields.setdefault(variable, value)
    number = source.text("StandardNumber")
    for found in identifiers.find(number):
        fields.setdefault(found.variable, found.value)
    for role, variable in _WORD_PEOPLE.items():
        if people := tuple(_word_people(source.find("Author", role))):
            fields[variable] = people
    date = dates.parse(
        " ".join(filter(None, (source.text("Day"), source.text("Month"), source.text("Year"))))
    )
    date = date or dates.parse(source.text("Year"))
    if date:
        fields["issued"] = date
    if "title" not in fields and not fields.keys() >= {"container-title", "volume", "page"}:
        return None
    kind = _WORD_TYPES.get(source.text("SourceType"), "")
    return Work(
        source.text("Tag"),
        kind,
        {variable: Field(value, origin) for variable, value in fields.items()},
        (origin,),
    )


def _word_people(node: Node) -> Iterator[Name]:
    for person in node.all("NameList", "Person"):
        given = " ".join(filter(None, (person.text("First"), person.text("Middle"))))
        if person.text("Last"):
            yield Name(person.text("Last"), given)
    if corporate := node.text("Corporate"):
        yield Name(literal=corporate)


# OpenDocument 1.3, part 3, 19.789 (text:bibliography-type) and the attributes beside it.
_ODF_TYPES = {
    "article": "article-journal", "book": "book", "booklet": "pamphlet", "conference": "paper-conference",
    "inbook": "chapter", "incollection": "chapter", "inproceedings": "paper-conference", "journal": "article-journal",
    "manual": "report", "mastersthesis": "thesis", "misc": "document", "phdthesis": "thesis", "proceedings": "book",
    "techreport": "report", "unpublished": "manuscript", "www": "webpage", "email": "personal_communication",
}  # fmt: skip
_ODF_FIELDS = {
    "title": "title", "journal": "container-title", "booktitle": "container-title", "volume": "volume",
    "number": "issue", "pages": "page", "publisher": "publisher", "school": "publisher", "institution": "publisher",
    "organizations": "publisher", "address": "publisher-place", "edition": "edition", "series": "collection-title",
    "isbn": "ISBN", "issn": "ISSN", "url": "URL", "chapter": "chapter-number", "note": "note",
}  # fmt: skip


def from_odf_mark(attributes: dict[str, str], origin: Origin) -> Work | None:
    """The work in the attributes of a `text:bibliography-mark`."""
    fields: dict[str, Value] = {}
    for name, variable in _ODF_FIELDS.items():
        if value := identifiers.normalise(variable, attributes.get(name, "")):
            fields.setdefault(variable, value)
    for role in ("author", "editor"):
        people = tuple(_odf_people(attributes.get(role, "")))
        if people:
            fields[role] = people
    date = dates.parse(" ".join(filter(None, (attributes.get("month", ""), attributes.get("year", "")))))
    fields["issued"] = date or dates.parse(attributes.get("year", "")) or Date()
    if fields["issued"] == Date():
        del fields["issued"]
    if "title" not in fields and not fields.keys() >= {"container-title", "volume", "page"}:
        return None
    kind = _ODF_TYPES.get(attributes.get("bibliography-type", ""), "")
    shown = {variable: Field(value, origin) for variable, value in fields.items()}
    return Work(attributes.get("identifier", ""), kind, shown, (origin,))


def _odf_people(text: str) -> Iterator[Name]:
    """People parted by semicolons or `and`; a comma alone is part of a name turned round."""
    for part in re.split(r"\s*;\s*|\s+and\s+", text):
        if part.strip():
            yield names.parse(part)


def merged(works: Iterable[Work]) -> tuple[Work, ...]:
    """Each record once, with all the places that cite it."""
    found: dict[str, Work] = {}
    for work in works:
        key = work.text("DOI") or f"{work.text('title')}|{work.type}|{work.date()}"
        first = found.get(key)
        found[key] = (
            Work(first.id, first.type, first.fields, (*first.places, *work.places)) if first else work
        )
    return tuple(found.values())
