"""PDF to blocks: what each page shows, read in the order of its columns; title and identifiers of its first page.

By PDFium (https://pdfium.googlesource.com/pdfium/), through pypdfium2. The lines of a page keep their indents as
spaces and wider gaps as blank lines, so that reference sections can be taken apart.
"""

from __future__ import annotations

import re
import time
from statistics import median
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from cite2bib import identifiers
from cite2bib.diagnostics import Diagnostic, ReadError, Span
from cite2bib.documents import Block, Document
from cite2bib.documents.columns import Fragment, Row, fragments, rows
from cite2bib.documents.lines import join, vocabulary, without_furniture
from cite2bib.documents.registry import Parsed
from cite2bib.documents.sections import ends_references, opens_references
from cite2bib.letters import fold
from cite2bib.light import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST_BYTES = 300_000_000
MOST_PAGES = 3_000
MOST_SECONDS = 60.0


def sniff_pdf(data: bytes) -> bool:
    """Whether these bytes are a PDF; some have rubbish before the mark."""
    return b"%PDF-" in data[:1024]


def read_pdf(data: bytes, path: str) -> Parsed:
    """The pages of a PDF as blocks, and what it says of itself."""
    if len(data) > MOST_BYTES:
        raise ReadError(f"a PDF of more than {MOST_BYTES // 1_000_000} MB", Span(path))
    import pypdfium2  # 60 ms

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ReadError(f"not a readable PDF: {str(error).rstrip('.').lower()}", Span(path)) from None
    try:
        return _read(pdf, data, path)
    finally:
        pdf.close()


@dataclass(frozen=True, slots=True)
class _Page:
    number: int
    rows: tuple[Row, ...]
    turned: str  # text that does not run from left to right: stamps on the margin


def _read(pdf: Any, data: bytes, path: str) -> Parsed:
    pages: list[_Page] = []
    told: list[Diagnostic] = []
    deadline = time.monotonic() + MOST_SECONDS
    for number in range(1, len(pdf) + 1):
        if number > MOST_PAGES or time.monotonic() > deadline:
            told.append(
                Diagnostic("pdf-too-long", f"only the first {number - 1} pages were read", Span(path))
            )
            break
        page = _page(pdf, number)
        if page is None:
            told.append(Diagnostic("pdf-page", f"page {number} can't be read", Span(path, number)))
        else:
            pages.append(page)
    if not any(page.rows for page in pages):
        told.append(Diagnostic("pdf-no-text", "no text in this PDF; is it a scan?", Span(path)))
    metadata = _metadata(pdf, data, pages)
    return Parsed(Document(path, tuple(_blocks(pages)), MappingProxyType(metadata)), tuple(told))


def _page(pdf: Any, number: int) -> _Page | None:
    import pypdfium2

    try:
        page = pdf[number - 1]
        text = page.get_textpage()
    except pypdfium2.PdfiumError:
        return None
    try:
        upright: list[Fragment] = []
        turned: list[Fragment] = []
        for item in fragments(text.raw):
            (turned if item.turned else upright).append(item)
        return _Page(number, tuple(rows(upright)), " ".join(item.text for item in turned))
    finally:
        text.close()
        page.close()


def _blocks(pages: Sequence[_Page]) -> Iterator[Block]:
    """Headings and, between them, the lines of each column; before the references, paragraphs put together."""
    kept = _without_furniture(pages)
    usual = median(row.size for page in kept for row in page.rows) if any(page.rows for page in kept) else 0.0
    known = vocabulary(row.text for page in kept for row in page.rows)
    inside = False
    for page in kept:
        for group in _groups(page.rows, usual):
            if opens_references(group[0].text):
                inside = True
                yield Block(group[0].text, page.number, "heading", 1)
                yield from _printed(group[1:], page.number)
            elif _is_heading(group, usual) and not (inside and _may_be_reference(group, usual)):
                inside = False
                yield Block(join(row.text for row in group), page.number, "heading", _level(group[0].text))
            elif inside:
                yield from _printed(group, page.number)
            else:
                yield from (Block(join(lines, known), page.number) for lines in _paragraphs(group))


def _printed(group: Sequence[Row], number: int) -> Iterator[Block]:
    if group:
        yield Block("\n".join(_laid_out(group)), number, "page")


def _may_be_reference(group: Sequence[Row], usual: float) -> bool:
    """Bold print among references is rather a part of one than the heading of what follows."""
    larger = group[0].size > 1.09 * usual
    lettered = re.match(r"(?:Appendix\s)?[A-Z](?:\.\d+)*[.:]?\s+[^\W\d_a-z][^,]*$", group[0].text)
    return not (larger or lettered or ends_references(group[0].text))


def _without_furniture(pages: Sequence[_Page]) -> list[_Page]:
    texts = without_furniture([[row.text for row in page.rows] for page in pages])
    result = []
    for page, lines in zip(pages, texts, strict=True):
        wanted = iter(lines)
        following = next(wanted, None)
        rows_kept = []
        for row in page.rows:
            if row.text == following:
                rows_kept.append(row)
                following = next(wanted, None)
        result.append(_Page(page.number, tuple(rows_kept), page.turned))
    return result


def _groups(page: Sequence[Row], usual: float) -> Iterator[list[Row]]:
    """Runs of rows between headings; a heading stands alone, and a new column begins a new run."""
    group: list[Row] = []
    for row in page:
        if group and _begins(row, group[-1], usual):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _begins(row: Row, before: Row, usual: float) -> bool:
    """Whether a row begins a new run: in a new column, or where print changes to or from that of headings."""
    prominent, followed = _may_be_heading(row, usual), _may_be_heading(before, usual)
    if row.column != before.column or prominent != followed:
        return True
    return prominent and row.parted


def _may_be_heading(row: Row, usual: float) -> bool:
    if opens_references(row.text):
        return True
    prominent = row.size > 1.09 * usual or row.bold
    return (
        prominent
        and len(row.text) < 100
        and bool(re.match(r"[^\W_a-z]", row.text))
        and not row.text.endswith(",")
    )


def _is_heading(group: Sequence[Row], usual: float) -> bool:
    return len(group) <= 4 and all(_may_be_heading(row, usual) for row in group)


def _level(text: str) -> int:
    numbered = re.match(r"\s*(?:\d+|[A-Z])((?:\.\d+)*)\.?\s", text)
    return 1 + (numbered[1].count(".") if numbered else 0)


def _laid_out(group: Sequence[Row]) -> Iterator[str]:
    """Lines with their indents as spaces and wider gaps as blank lines."""
    for place, row in enumerate(group):
        if row.parted and place:
            yield ""
        yield " " * row.indent + row.text


def _paragraphs(group: Sequence[Row]) -> Iterator[list[str]]:
    lines: list[str] = []
    for place, row in enumerate(group):
        if lines and (row.parted or (row.indent > 1 and group[place - 1].indent <= 1)):
            yield lines
            lines = []
        lines.append(row.text)
    if lines:
        yield lines


_BANNER = re.compile(
    r"(?:original\s+|research\s+|review\s+)?(?:article|paper|letter|communication|review|report)s?|open\s+access|preprint|"
    r"published.*|available.*|contents\s+lists.*|accepted.*|under\s+review.*|arxiv.*|https?:.*|vol.*|doi.*|journal\b.*|"
    r".*\bproceedings\b.*\d{4}.*|.*\bconference\b.*\d{4}.*",
    re.IGNORECASE,
)
_UNTITLED = re.compile(
    r"untitled.*|microsoft\s+word\s*-.*|.*\.(?:docx?|tex|dvi|pdf|indd|qxd|rtf|odt)|title|document\d*|paper|manuscript|"
    r"\d+|[\w-]+_[\w-]+|pii:.*|doi:.*|arxiv:.*|slide\s*1|powerpoint.*|no\s+title",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"arXiv:(?P<id>(?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7}))(?:v\d+)?\s*\[(?P<subject>[\w.-]+)\]\s*(?P<date>\d{1,2}\s\w{3}\s\d{4})?"
)
_XMP_DOI = re.compile(
    rb"(?:prism:doi|dc:identifier|pdfx:doi|crossmark:DOI)[^<]{0,20}>\s*(?:doi:)?\s*(10\.\d{4,9}/[^\s<]{1,200})",
    re.IGNORECASE,
)


def _metadata(pdf: Any, data: bytes, pages: Sequence[_Page]) -> dict[str, str]:
    """What the PDF is, by CSL variables: from its properties, its first page and the stamp on its margin."""
    found: dict[str, str] = {}
    stated = {key: " ".join(value.split()) for key, value in pdf.get_metadata_dict(skip_empty=True).items()}
    first = pages[0].rows if pages else ()
    text = "\n".join(row.text for row in first)
    title, shown = stated.get("Title", ""), _title(first)
    if len(title) > 4 and not _UNTITLED.fullmatch(title) and (fold(title) in fold(text) or not shown):
        found["title"] = title
    elif shown:
        found["title"] = shown
    if stated.get("Author") and fold(stated["Author"])[:8] in fold(text):
        found["author"] = "; ".join(
            part.strip() for part in re.split(r";|,\s|\s+and\s+|&", stated["Author"]) if part.strip()
        )
    found.update(_identifiers(data, " ".join(stated.values()), first))
    if stamp := _STAMP.search(f"{pages[0].turned} {text}" if pages else ""):
        found["arxiv"] = identifiers.normal_arxiv(stamp["id"])
        found["arxiv-class"] = stamp["subject"]
        if stamp["date"]:
            found["issued"] = stamp["date"]
    return {key: value for key, value in found.items() if value}


def _identifiers(data: bytes, stated: str, first: Sequence[Row]) -> dict[str, str]:
    """Identifiers that the properties give, else those on the first page before any reference."""
    xmp = _XMP_DOI.search(data)
    doi = identifiers.normal_doi(xmp[1].decode("utf-8", "replace")) if xmp else ""
    found = {"DOI": doi} if doi else {}
    for item in identifiers.find(stated):
        if item.variable in {"DOI", "arxiv", "ISBN"}:
            found.setdefault(item.variable, item.value)
    lines = []
    for row in first:
        if opens_references(row.text):
            break
        lines.append(row.text)
    edges = [*lines[:8], *lines[-8:]]  # an identifier in the prose between is rather that of another work
    for item in identifiers.find("\n".join(edges)):
        if item.variable in {"DOI", "arxiv", "ISBN"}:
            found.setdefault(item.variable, item.value)
    return found


def _title(first: Sequence[Row]) -> str:
    """The largest type in the upper part of the first page that is not a banner."""
    upper = [row for row in first[:40] if re.search(r"[^\W\d_]{2}", row.text)]
    for size in sorted({round(row.size, 1) for row in upper}, reverse=True)[:4]:
        run = _first_run(list(upper), size)
        text = join(row.text for row in run)
        if len(text.split()) >= 2 and len(text) >= 10 and not _BANNER.fullmatch(text):
            return text.strip(" *†‡∗")
    return ""


def _first_run(upper: Sequence[Row], size: float) -> list[Row]:
    run: list[Row] = []
    for row in upper:
        if abs(row.size - size) <= 0.04 * size:
            run.append(row)
        elif run:
            break
    return run[:6]
