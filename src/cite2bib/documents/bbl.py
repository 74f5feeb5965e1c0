r"""Bibliographies that say what their parts are: biblatex's .bbl files, and \bibinfo in those of REVTeX and ACM.

https://ctan.org/pkg/biblatex (4.2), https://ctan.org/pkg/revtex
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib import dates, identifiers, names
from cite2bib.documents.detex import BREAK, closing, plain
from cite2bib.model import Field, Name, Origin, Work

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cite2bib.model import Value

_ENTRY = re.compile(r"\\entry\{([^{}]*)\}\{([^{}]*)\}\{[^{}]*\}")
_FIELD = re.compile(r"\\field(?:\{[^{}]*\})?\{([a-z]+)\}(?=\{)")
_LIST = re.compile(r"\\list\{([a-z]+)\}\{\d+\}(?=\{)")
_PEOPLE = re.compile(r"\\name\{([a-z]+)\}\{\d+\}\{[^{}]*\}(?=\{)")
_VERBATIM = re.compile(r"\\verb\{([a-z]+)\}\s*\\verb (.*?)\s*\\endverb", re.DOTALL)
_PART = re.compile(r"(?<![a-z])(family|given|prefix|suffix)=(?=\{)")
_TYPES = {
    "article": "article-journal", "inproceedings": "paper-conference", "conference": "paper-conference",
    "incollection": "chapter", "inbook": "chapter", "book": "book", "mvbook": "book", "collection": "book",
    "proceedings": "book", "thesis": "thesis", "phdthesis": "thesis", "mastersthesis": "thesis", "report": "report",
    "techreport": "report", "online": "webpage", "patent": "patent", "dataset": "dataset", "software": "software",
    "misc": "document", "unpublished": "manuscript", "manual": "report", "booklet": "pamphlet",
}  # fmt: skip
_VARIABLES = {
    "journaltitle": "container-title", "booktitle": "container-title", "volume": "volume", "pages": "page",
    "edition": "edition", "series": "collection-title", "isbn": "ISBN", "issn": "ISSN", "doi": "DOI", "url": "URL",
    "publisher": "publisher", "institution": "publisher", "location": "publisher-place", "chapter": "chapter-number",
    "note": "note", "title": "title", "abstract": "abstract", "shortjournal": "container-title-short",
    "journal": "container-title", "school": "publisher", "address": "publisher-place",
}  # fmt: skip


def entries(text: str, path: str) -> list[Work]:
    """The works in a .bbl file of biblatex."""
    found = list(_ENTRY.finditer(text))
    ends = [*(match.start() for match in found[1:]), len(text)]
    works: dict[str, Work] = {}  # sorted in two ways, a list stands in the file twice
    for match, end in zip(found, ends, strict=False):
        origin = Origin(path, str(text.count("\n", 0, match.start()) + 1))
        works.setdefault(match[1], _entry(match[1], match[2], text[match.end() : end], origin))
    return list(works.values())


def _entry(key: str, kind: str, body: str, origin: Origin) -> Work:
    stated = {found[1]: _text(body, found.end()) for found in _FIELD.finditer(body)}
    stated |= {found[1]: _text(body, found.end()) for found in _LIST.finditer(body)}
    stated |= {found[1]: found[2].strip() for found in _VERBATIM.finditer(body)}
    fields: dict[str, Value] = dict(_texts(stated))
    for found in _PEOPLE.finditer(body):
        people = tuple(_people(body[found.end() : closing(body, found.end())]))
        if people and found[1] in {"author", "editor", "translator"}:
            fields[found[1]] = people
    return _work(key, _TYPES.get(kind, ""), fields, origin)


def _text(body: str, start: int) -> str:
    source = re.sub(
        r"\\bib(?:namedelim|initdelim)[a-z]?\s?|\\bibinithyphendelim", " ", body[start : closing(body, start)]
    )
    return plain(re.sub(r"\\bibrangedash\s*", "--", source).replace("\\bibinitperiod", "."))


def _texts(stated: Mapping[str, str]) -> Iterator[tuple[str, Value]]:
    """Fields as variables; parts of a date and of a title put together."""
    for name, variable in _VARIABLES.items():
        if value := identifiers.normalise(variable, stated.get(name, "")):
            yield variable, value
    if stated.get("subtitle") and stated.get("title"):
        yield "title", f"{stated['title']}: {stated['subtitle']}"
    if number := stated.get("number"):
        yield ("issue" if stated.get("journaltitle") or stated.get("journal") else "number"), number
    parts = [stated[name].zfill(2) for name in ("year", "month", "day") if stated.get(name, "").isdecimal()]
    if date := dates.parse("-".join(parts)) or dates.parse(stated.get("year", "")):
        yield "issued", date
    if arxiv := identifiers.normal_arxiv(stated.get("eprint", "")):
        yield "arxiv", arxiv


def _people(group: str) -> Iterator[Name]:
    r"""`{{hash=...}{family={Bell}, given={J.\\bibnamedelimi S.}}}`, one after another."""
    place = 0
    while start := group.find("{{", place) + 1:
        end = closing(group, start - 1)
        parts = {found[1]: _text(group, found.end()) for found in _PART.finditer(group, start, end)}
        place = max(end, start + 1) if parts else start + 1
        if parts.get("family"):
            yield Name(
                parts["family"],
                parts.get("given", ""),
                parts.get("prefix", ""),
                suffix=parts.get("suffix", ""),
            )


def _work(key: str, kind: str, fields: Mapping[str, Value], origin: Origin) -> Work:
    return Work(key, kind, {variable: Field(value, origin) for variable, value in fields.items()}, (origin,))


_INFO = re.compile(r"\\bibinfo\s*\{\s*([a-z]+)\s*\}\s*(?=\{)")
_GROUP = re.compile(r"\\bibfield\s*\{\s*(author|editor)\s*\}\s*(?=\{)")
_SHOWN = re.compile(r"\\showarticletitle\s*(?=\{)")
_IDENTIFIED = re.compile(r"\\(?:href|doi|url|showDOI|showeprint|Eprint)\b")


def from_bibinfo(body: str, key: str, origin: Origin) -> Work | None:
    r"""The work whose parts \bibinfo names, None where it names too little."""
    people: dict[str, list[Name]] = {"author": [], "editor": []}
    hidden = body
    for group in _GROUP.finditer(body):
        end = closing(body, group.end())
        inner = body[group.end() : end]
        persons = [
            _text(inner, info.end())
            for info in _INFO.finditer(inner)
            if info[1] in {"person", "author", "editor"}
        ]
        people[group[1]] += [names.parse(person.replace(BREAK, " ")) for person in persons if person]
        hidden = hidden.replace(inner, " " * len(inner), 1)
    stated: dict[str, str] = {}
    for info in _INFO.finditer(hidden):
        stated.setdefault(info[1], _text(hidden, info.end()).replace(BREAK, " ").strip(" ,"))
    if shown := _SHOWN.search(body):
        stated.setdefault("title", _text(body, shown.end()))
    fields: dict[str, Value] = dict(_texts(_titled(stated, plain(body))))
    fields |= {role: tuple(found) for role, found in people.items() if found}
    if _IDENTIFIED.search(body):
        for found in identifiers.find(plain(body)):
            fields.setdefault(found.variable, found.value)
    if not people["author"] or not ({"title", "container-title"} & fields.keys()):
        return None
    return _work(key, _type(stated, fields), fields, origin)


def _titled(stated: dict[str, str], shown: str) -> dict[str, str]:
    """ACM names the title of a book a booktitle; where "in" stands before it, it is that of a container."""
    if "title" in stated or "journal" in stated or not stated.get("booktitle"):
        return stated
    if re.search(rf"\bin:?\s+{re.escape(stated['booktitle'][:30])}", shown, re.IGNORECASE):
        return stated
    return {**stated, "title": stated["booktitle"], "booktitle": ""}


def _type(stated: Mapping[str, str], fields: Mapping[str, Value]) -> str:
    for name, kind in (("journal", "article-journal"), ("school", "thesis"), ("thesistype", "thesis")):
        if name in stated:
            return kind
    if "booktitle" in stated:
        return "book" if fields.get("title") == stated["booktitle"] else "paper-conference"
    return "book" if "publisher" in stated else ""
