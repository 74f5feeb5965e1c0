"""A volume of the ACL Anthology's XML, or the MODS of one paper, to works.

https://github.com/acl-org/acl-anthology/blob/master/data/xml/schema.rnc
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib import dates, identifiers
from cite2bib.model import Name, Origin, Value, Work
from cite2bib.records.parts import people, person, work_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cite2bib.records.safe_xml import Node

_JOURNALS = {
    "cl": "Computational Linguistics",
    "tacl": "Transactions of the Association for Computational Linguistics",
}


def works_from_volume(volume: Node, collection: str) -> Iterator[Work]:
    """The papers of a volume, each with what the volume says of all; `collection` is the id of its file."""
    meta, number = volume.find("meta"), volume.attributes.get("id", "")
    venue = _JOURNALS.get(meta.text("venue")) or _marked(meta.find("booktitle"))
    shared: dict[str, Value | None] = {
        "container-title": venue,
        "issued": dates.parse(f"{meta.text('month')} {meta.text('year')}") or dates.parse(meta.text("year")),
        "publisher": meta.text("publisher"),
        "publisher-place": meta.text("address"),
        "volume": meta.text("journal-volume"),
        "issue": meta.text("journal-issue"),
        "ISBN": meta.text("isbn"),
    }
    is_journal = volume.attributes.get("type") == "journal" or meta.text("venue") in _JOURNALS
    kind = "article-journal" if is_journal else "paper-conference"
    for paper in volume.all("paper"):
        key = paper.text("url") if _is_key(paper.text("url")) else _key(collection, number, paper)
        yield _work(paper, kind, key, shared)


def _work(paper: Node, kind: str, key: str, shared: dict[str, Value | None]) -> Work:
    title = _marked(paper.find("title"))
    values: dict[str, Value | None] = {
        "title": title,
        "author": people(map(_person, paper.all("author")), title),
        "editor": people(map(_person, paper.all("editor"))),
        "page": paper.text("pages").replace("–", "-").replace("--", "-"),
        "DOI": identifiers.normal_doi(paper.text("doi")),
        "abstract": _marked(paper.find("abstract")),
        "URL": f"https://aclanthology.org/{key}",
        "status": "retracted" if paper.all("retracted") else "",
        **shared,
    }
    return work_of(kind, values, Origin("anthology", f"https://aclanthology.org/{key}"))


def _is_key(address: str) -> bool:
    return bool(address) and "/" not in address


def _key(collection: str, volume: str, paper: Node) -> str:
    number = paper.attributes.get("id", "0")
    if "." in collection:
        return f"{collection}-{volume}.{number}"
    width = 2 if collection[:1] == "W" else 3  # W19-5201, P18-1001
    return f"{collection}-{volume.zfill(4 - width)}{number.zfill(width)}"


def _person(node: Node) -> Name | None:
    return person(node.text("last"), node.text("first"))


def _marked(node: Node) -> str:
    """Text with its italics and bold; protected capitals are of BibTeX, and set by whoever writes that."""
    parts = (
        child
        if isinstance(child, str)
        else f"<{child.name}>{child.raw()}</{child.name}>"
        if child.name in {"i", "b"}
        else child.raw()
        for child in node.children
    )
    return " ".join("".join(parts).split())


def work_from_mods(node: Node, key: str) -> Work:
    """A paper from its own page in MODS; `key` is its id.

    https://www.loc.gov/standards/mods/userguide/
    """
    host, part = node.find("relatedItem"), node.find("part")
    title = node.text("titleInfo", "title")
    pages = [part.text("extent", end) for end in ("start", "end")]
    volumes = {item.attributes.get("type"): item.text("number") for item in part.all("detail")}
    is_journal = "journal" in host.text("genre") or "volume" in volumes
    values: dict[str, Value | None] = {
        "title": title,
        "author": people(_mods_people(node, "author"), title),
        "editor": people(_mods_people(host, "editor")),
        "issued": dates.parse(node.text("originInfo", "dateIssued") or part.text("date")),
        "container-title": host.text("titleInfo", "title"),
        "publisher": host.text("originInfo", "publisher"),
        "publisher-place": host.text("originInfo", "place", "placeTerm"),
        "volume": volumes.get("volume", ""),
        "issue": volumes.get("issue", ""),
        "page": "-".join(filter(None, pages)),
        "abstract": node.text("abstract"),
        "DOI": next(
            (
                identifiers.normal_doi(item.text())
                for item in node.all("identifier")
                if item.attributes.get("type") == "doi"
            ),
            "",
        ),
        "URL": f"https://aclanthology.org/{key}",
    }
    kind = "article-journal" if is_journal else "paper-conference"
    return work_of(kind, values, Origin("anthology", f"https://aclanthology.org/{key}"))


def _mods_people(node: Node, role: str) -> Iterator[Name | None]:
    for name in node.all("name"):
        if role in {item.text() for item in name.all("role", "roleTerm")}:
            parts = {item.attributes.get("type"): item.text() for item in name.all("namePart")}
            yield person(parts.get("family") or parts.get(None, ""), parts.get("given", ""))
