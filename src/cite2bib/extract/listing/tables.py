"""Tables of works, in Markdown, HTML or CSV: columns known by their heads, one record a row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib import identifiers
from cite2bib.extract.listing import dating, details, links, reference
from cite2bib.extract.listing.drafts import Draft, put_year, tidy_title
from cite2bib.extract.listing.lines import Line
from cite2bib.extract.listing.reference import put_venue

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cite2bib.documents import Block, Document, Link
    from cite2bib.extract.listing.reference import Context
    from cite2bib.model import Work

# The spellings of column heads, folded to letters; earlier ones are surer.
_HEADS: Mapping[str, tuple[str, ...]] = {
    "title": ("title", "papertitle", "articletitle", "documenttitle", "worktitle", "publicationtitle", "fulltitle", "displayname", "titel", "titre", "titulo", "标题", "论文标题", "论文",
              "paper", "papers", "article", "publication", "work", "reference", "papername", "reading", "book", "name", "item", "topic"),
    "author": ("authors", "author", "authornames", "authornamesandaffiliations", "authorfullnames", "creator", "creators", "by", "writers", "autor", "autoren", "auteurs", "作者", "speaker", "speakers", "presenter", "firstauthor"),
    "issued": ("year", "publicationyear", "pubyear", "date", "publicationdate", "published", "publisheddate", "pubdate", "submitted", "jahr", "annee", "时间", "日期", "年份", "posted", "releasedate", "released", "release", "added"),
    "venue": ("venue", "journal", "conference", "publication", "publicationtitle", "sourcetitle", "source", "booktitle", "publishedin", "container", "journalbook", "journalconference", "publicationvenue", "containertitle", "pub", "会议", "期刊", "where"),
    "DOI": ("doi", "doilink", "doiurl"),
    "arxiv": ("arxiv", "arxivid", "eprint", "arxivlink", "arxivurl"),
    "PMID": ("pmid", "pubmedid", "pubmed"), "ISBN": ("isbn", "isbn13", "isbn10"),
    "link": ("link", "url", "links", "paperlink", "paperurl", "pdf", "pdflink", "pdfurl", "href", "address", "webpage", "website", "链接", "articleurl", "sourceurl", "resources"),
    "code": ("code", "github", "repo", "repository", "codelink", "codeurl", "implementation", "代码", "project", "dataset"),
    "abstract": ("abstract", "abstractnote", "abstracttext", "摘要"),
    "volume": ("volume", "vol"), "issue": ("issue", "number", "issuenumber"), "page": ("pages", "page", "pagerange"), "publisher": ("publisher",),
    "keyword": ("keywords", "authorkeywords"), "ISSN": ("issn",),
    "listing:upvotes": ("upvotes", "votes", "likes"), "author-count": ("authorcount", "numauthors", "noauthors"),
}  # fmt: skip
_SURE = 11  # the first so many spellings of a title's column need no other column beside them
_SCHOLARLY = frozenset({"author", "issued", "venue", "DOI", "arxiv", "PMID", "ISBN", "abstract"})


def read(document: Document, context: Context) -> list[tuple[Work, int]]:
    """The works in the tables of a document, with the lines they stand on."""
    found: list[tuple[Work, int]] = []
    for table in _tables([block for block in document.blocks if block.kind == "row"]):
        columns = _columns(table)
        readings = _readings(table)
        if readings >= 0:
            found += _read_cells(table, readings, context)
        elif columns:
            context = _as_most(table, columns, context)
            drafts = [draft for row in table[1:] if (draft := _draft(row, columns, context)).title]
            dating.settle(drafts, None)
            found += [(draft.work(), draft.line) for draft in drafts]
    return found


def _as_most(table: Sequence[Block], columns: Mapping[str, int], context: Context) -> Context:
    """How most cells of a column write their authors decides for those that can be read in two ways."""
    cells = (_cell(row, columns["author"]) for row in table[1:]) if "author" in columns else iter(())
    schemes = [named.scheme for cell in cells if (named := context.people(f"Authors: {cell}"))]
    usual = max(sorted(set(schemes)), key=schemes.count, default="")
    return context._replace(scheme=usual) if usual and schemes.count(usual) * 2 > len(schemes) else context


def pasted(document: Document) -> Document:
    """The document with its tables that were pasted into a text, cells parted by tabs, as rows."""
    if not any("\t" in block.text for block in document.blocks if block.kind == "paragraph"):
        return document
    blocks = [part for block in document.blocks for part in _unpasted(block)]
    return document._replace(blocks=tuple(blocks))


def _unpasted(block: Block) -> list[Block]:
    """A paragraph before the head of a table of works in it, and the table's rows; a line without tabs is the rest of a cell."""
    lines = block.text.split("\n")
    heads = (index for index, line in enumerate(lines) if "\t" in line and _heads_works(block, lines[index:]))
    start = next(heads, -1) if block.kind == "paragraph" else -1
    if start < 0:
        return [block]
    rows: list[Block] = []
    for index, line in enumerate(lines[start:], start):
        if len(rows) > 1 and _completes(rows[0].text, rows[-1].text, line):
            rows[-1] = rows[-1]._replace(text=f"{rows[-1].text}\t{line}")
        elif "\t" in line or not rows:
            rows.append(block._replace(text=line, line=block.line + index, kind="row", level=int(not rows)))
        else:
            rows[-1] = rows[-1]._replace(text=f"{rows[-1].text}\n{line}")
    before = "\n".join(lines[:start])
    return [block._replace(text=before), *rows] if before.strip() else rows


def _completes(head: str, row: str, line: str) -> bool:
    """Whether a line has the cells that a row lacks: a browser ends the line behind a cell of two."""
    wide, own, further = (text.count("\t") for text in (head, row, line))
    return bool(row.strip()) and own > 0 and 2 * own < wide - 1 <= own + 1 + further <= wide + 1


def _heads_works(block: Block, lines: Sequence[str]) -> bool:
    table = [block._replace(text=line) for line in lines if "\t" in line]
    return len(table) > 2 and (_readings(table) >= 0 or bool(_columns(table)))


def _tables(rows: Sequence[Block]) -> Iterator[list[Block]]:
    """The rows of each table: a head starts one, so does a gap in the lines of a document."""
    table: list[Block] = []
    for row in rows:
        if table and (row.level == 1 or _cells(row) < 2):
            yield table
            table = []
        table.append(row)
    if table:
        yield table


def _cells(row: Block) -> int:
    return row.text.count("\t") + 1


def _heads(table: Sequence[Block]) -> list[str]:
    return [re.sub(r"[\W_]+", "", head).lower() for head in table[0].text.split("\t")]


def _columns(table: Sequence[Block]) -> dict[str, int]:
    """What each column holds; {} when this is no table of works."""
    heads = _heads(table)
    columns: dict[str, int] = {}
    ranked = [
        (spellings.index(head), variable, index)
        for index, head in enumerate(heads)
        for variable, spellings in _HEADS.items()
        if head in spellings
    ]
    for _, variable, index in sorted(ranked, key=lambda item: (item[0], item[2])):
        if variable not in columns and index not in columns.values():
            columns[variable] = index
    if "title" in columns and _is_labels(table, columns["title"]):  # "Paper" holds links, "Name" the titles
        other = next(
            (
                heads.index(head)
                for head in _HEADS["title"]
                if head in heads and heads.index(head) != columns["title"]
            ),
            -1,
        )
        columns["link"], columns["title"] = columns["title"], other
    if columns.get("title", -1) < 0:
        return {}
    sure = _HEADS["title"].index(heads[columns["title"]]) < _SURE
    return columns if sure or _SCHOLARLY & set(columns) or _leads_to_works(table) else {}


# What is read in a week of a course: a cell holds any number of works.
_READINGS = frozenset(
    {
        "reading",
        "readings",
        "requiredreading",
        "requiredreadings",
        "suggestedreadings",
        "readingmaterial",
        "readinglist",
        "literature",
        "references",
        "material",
        "materials",
    }
)


def _readings(table: Sequence[Block]) -> int:
    """The column of readings beside one of dates, weeks or topics; -1 when there is none."""
    heads = _heads(table)
    planned = {"topic", "topics", "week", "session", "date", "lecture", "class", "theme", "subject"} & set(
        heads
    )
    return next((index for index, head in enumerate(heads) if planned and head in _READINGS), -1)


def _read_cells(table: Sequence[Block], column: int, context: Context) -> Iterator[tuple[Work, int]]:
    for row in table[1:]:
        for piece in filter(None, map(str.strip, re.split(r";\s+|<br\s*/?>|\n", _cell(row, column)))):
            led = tuple(link for link in row.links if link.text and link.text in piece)
            line = Line(piece, row.line, links=led)
            record = reference.read(line, context)
            draft = record[0] if record else _linked(line, context)
            if draft.title:
                yield draft.work(), row.line


def _linked(line: Line, context: Context) -> Draft:
    """The work that a link in a cell leads to, under the words of the link."""
    draft = Draft(context.path, line.number)
    title = max((link.text for link in links.work_titles(line.links)), key=len, default="")
    draft.put("title", tidy_title(title), line.number)
    draft.put_links(line.links, line.number)
    return draft


def _is_labels(table: Sequence[Block], column: int) -> bool:
    cells = [cell for row in table[1:] if (cell := _cell(row, column))]
    return bool(cells) and sum(map(links.is_label, cells)) > len(cells) / 2


def _leads_to_works(table: Sequence[Block]) -> bool:
    led = sum(any(links.target(link.target).kind == "work" for link in row.links) for row in table[1:])
    return led * 2 > len(table) - 1


def _cell(row: Block, column: int) -> str:
    cells = row.text.split("\t")
    return cells[column].strip() if 0 <= column < len(cells) else ""


def _draft(row: Block, columns: Mapping[str, int], context: Context) -> Draft:
    draft = Draft(context.path, row.line)
    title = _cell(row, columns["title"])
    if not any(char.isalpha() for char in title) or (row.links and links.is_label(title)):
        return draft
    draft.put("title", tidy_title(_without_labels(title, row.links)), row.line)
    for variable, column in columns.items():
        value = _cell(row, column)
        if value and variable != "title":
            _put(draft, variable, value, row.line, context)
    draft.put_links(row.links, row.line)
    draft.put_ids(title, row.line)
    return draft


def _without_labels(title: str, found: Sequence[Link]) -> str:
    for link in found:
        if (
            link.text
            and links.is_label(link.text)
            and title.endswith((link.text, f"{link.text}]", f"{link.text})"))
        ):
            title = title[: title.rindex(link.text)].rstrip(" [(|-–—")
    return re.sub(r"\s*\(?https?://\S+\)?$", "", title)


def _put(draft: Draft, variable: str, value: str, line: int, context: Context) -> None:
    if variable == "author":
        named = context.people(f"Authors: {value}")
        if named:
            draft.put_people(named, line)
    elif variable == "issued":
        when = details.date(value) or details.date(value.split("T", maxsplit=1)[0].split(" ", maxsplit=1)[0])
        if when:
            draft.put_when(when[0], line)
        else:
            put_year(draft, details.year(value), line)
    elif variable == "venue":
        put_venue(value, draft, line) if details.year(value) else draft.put("container-title", value, line)
    elif variable in {"DOI", "arxiv", "PMID", "ISBN", "ISSN"}:
        draft.put(variable, identifiers.normalise(variable, value), line)
    elif variable in {"link", "code"}:
        draft.put_ids(value, line)
        if variable == "link" and "://" in value:
            draft.put("URL", identifiers.normal_url(value.split(maxsplit=1)[0]), line)
    elif not links.is_label(value) or variable in {
        "volume",
        "issue",
        "page",
        "listing:upvotes",
        "author-count",
    }:
        draft.put(variable, value, line)
