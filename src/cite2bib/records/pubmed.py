"""PubMed's XML, as its efetch and its baseline files have it, to works.

https://www.nlm.nih.gov/bsd/licensee/elements_descriptions.html
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib import dates
from cite2bib.identifiers import normal_doi
from cite2bib.model import Date, Field, Name, Origin, Value, Work
from cite2bib.records.medline import medline_date
from cite2bib.records.preprints import gathered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cite2bib.records.safe_xml import Node

_ARTICLES = frozenset({"PubmedArticle", "PubmedBookArticle", "MedlineCitation", "BookDocument"})
_INLINE = frozenset({"i", "b", "sup", "sub"})
_UNDONE = {"RetractionIn": "retracted", "WithdrawalIn": "withdrawn"}  # what a later notice did


def pubmed_records(root: Node) -> list[Node]:
    """The articles and books of a document, in their order."""
    return [root] if root.name in _ARTICLES else [node for node in root if node.name in _ARTICLES]


def work_from_pubmed(record: Node, origin: Origin) -> Work:
    """A work from an article or a book."""
    if record.name in {"PubmedBookArticle", "BookDocument"}:
        kind, values = _book(record.find("BookDocument") if record.name == "PubmedBookArticle" else record)
    else:
        kind, values = _article(record.find("MedlineCitation") if record.name == "PubmedArticle" else record)
    for identifier in record.all("PubmedData", "ArticleIdList", "ArticleId"):
        _identify(values, identifier.attributes.get("IdType", ""), " ".join(identifier.raw().split()))
    fields = {variable: Field(value, origin) for variable, value in values.items() if value}
    return gathered(Work("", kind, fields))


def _article(citation: Node) -> tuple[str, dict[str, Value]]:
    article = citation.find("Article")
    journal = article.find("Journal")
    title = _title(article.find("ArticleTitle"))
    values: dict[str, Value] = {
        "title": title or _title(article.find("VernacularTitle")),
        "original-title": _title(article.find("VernacularTitle")) if title else "",
        "author": tuple(_names(article.all("AuthorList", "Author"))),
        "container-title": journal.text("Title") or citation.text("MedlineJournalInfo", "MedlineTA"),
        "container-title-short": journal.text("ISOAbbreviation")
        or citation.text("MedlineJournalInfo", "MedlineTA"),
        "ISSN": journal.text("ISSN") or citation.text("MedlineJournalInfo", "ISSNLinking"),
        "volume": journal.text("JournalIssue", "Volume"),
        "issue": journal.text("JournalIssue", "Issue"),
        "page": _pages(article.find("Pagination")),
        "abstract": _abstract(article.find("Abstract")),
        "language": article.text("Language"),
        "PMID": citation.text("PMID"),
        "keyword": _keywords(citation.all("KeywordList", "Keyword")),
        "note": "\n".join(" ".join(note.raw().split()) for note in citation.all("GeneralNote")),
        "status": _status(citation),
    }
    date = _date(journal.find("JournalIssue", "PubDate")) or _date(article.find("ArticleDate"))
    if date:
        values["issued"] = date
    for location in article.all("ELocationID"):
        _identify(values, location.attributes.get("EIdType", ""), " ".join(location.raw().split()))
    types = {" ".join(node.raw().split()) for node in article.all("PublicationTypeList", "PublicationType")}
    return "article" if "Preprint" in types else "article-journal", values


def _book(document: Node) -> tuple[str, dict[str, Value]]:
    book = document.find("Book")
    chapter = _title(document.find("ArticleTitle"))
    values: dict[str, Value] = {
        "title": chapter or _title(book.find("BookTitle")),
        "container-title": _title(book.find("BookTitle")) if chapter else "",
        "author": tuple(_names(_authors(document, "authors")) or _names(_authors(book, "authors"))),
        "editor": (*_names(_authors(document, "editors")), *_names(_authors(book, "editors"))),
        "collection-title": _title(book.find("CollectionTitle")),
        "publisher": book.text("Publisher", "PublisherName"),
        "publisher-place": book.text("Publisher", "PublisherLocation"),
        "ISBN": ", ".join(" ".join(isbn.raw().split()) for isbn in book.all("Isbn")),
        "volume": book.text("Volume"),
        "edition": book.text("Edition"),
        "page": _pages(document.find("Pagination")),
        "abstract": _abstract(document.find("Abstract")),
        "language": document.text("Language"),
        "PMID": document.text("PMID"),
        "keyword": _keywords(document.all("KeywordList", "Keyword")),
    }
    if date := _date(book.find("PubDate")) or _date(document.find("ContributionDate")):
        values["issued"] = date
    for identifier in document.all("ArticleIdList", "ArticleId"):
        _identify(values, identifier.attributes.get("IdType", ""), " ".join(identifier.raw().split()))
    return "chapter" if chapter else "book", values


def _status(citation: Node) -> str:
    notices = citation.all("CommentsCorrectionsList", "CommentsCorrections")
    kinds = (notice.attributes.get("RefType", "") for notice in notices)
    return next((_UNDONE[kind] for kind in kinds if kind in _UNDONE), "")


def _title(node: Node) -> str:
    """A title with its inline marks, without the full stop and the brackets that PubMed puts around it."""
    text = _marked(node)
    text = text[:-1] if text.endswith(".") and not text.endswith("..") else text
    return text[1:-1] if text.startswith("[") and text.endswith("]") and "[" not in text[1:] else text


def _marked(node: Node) -> str:
    return " ".join("".join(_part(child) for child in node.children).split())


def _part(child: Node | str) -> str:
    if isinstance(child, str):
        return child
    inner = "".join(_part(grandchild) for grandchild in child.children)
    return f"<{child.name}>{inner}</{child.name}>" if child.name in _INLINE and inner.strip() else inner


def _names(authors: Iterable[Node]) -> list[Name]:
    return [name for name in map(_name, authors) if name != Name()]


def _authors(node: Node, kind: str) -> list[Node]:
    lists = [listed for listed in node.all("AuthorList") if listed.attributes.get("Type", "authors") == kind]
    return [author for listed in lists for author in listed.all("Author")]


def _name(node: Node) -> Name:
    if node.text("CollectiveName"):
        return Name(literal=node.text("CollectiveName"))
    given = node.text("ForeName") or node.text("FirstName") or node.text("Initials")
    return Name(node.text("LastName"), given, suffix=node.text("Suffix"))


def _pages(node: Node) -> str:
    start, end = node.text("StartPage"), node.text("EndPage")
    return node.text("MedlinePgn") or (f"{start}-{end}" if start and end and start != end else start)


def _abstract(node: Node) -> str:
    """The sections of an abstract, each with its label."""
    parts = []
    for section in node.all("AbstractText"):
        label = section.attributes.get("Label", "")
        parts.append(f"{label}: {_marked(section)}" if label else _marked(section))
    return "\n".join(filter(None, parts))


def _keywords(nodes: Iterable[Node]) -> str:
    words = [" ".join(node.raw().split()) for node in nodes]
    return ("; " if any("," in word for word in words) else ", ").join(filter(None, words))


def _date(node: Node) -> Date | None:
    if not node.name:
        return None
    if text := node.text("MedlineDate"):
        return medline_date(text) or Date(literal=text)
    year, month, day = node.text("Year"), node.text("Month"), node.text("Day")
    season = dates.SEASONS.get(node.text("Season").lower(), 0)
    if not re.fullmatch(r"\d{4}", year):
        return None
    number = dates.number(month) or dates.month_number(month)
    parts = tuple(filter(None, (int(year), number, dates.number(day) if number else 0)))
    return Date(parts if dates.is_valid(parts) else parts[:1], season=0 if number else season)


def _identify(values: dict[str, Value], kind: str, text: str) -> None:
    if kind == "doi" and normal_doi(text):
        values.setdefault("DOI", normal_doi(text))
    elif kind == "pmc":
        values.setdefault("PMCID", text if text.startswith("PMC") else f"PMC{text}")
    elif kind == "pubmed" and not values.get("PMID"):
        values["PMID"] = text
