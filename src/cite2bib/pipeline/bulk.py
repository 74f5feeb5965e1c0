"""What is in a part of a bulk download, told by its content: its records one at a time, and the work of each.

Taking records apart from one another is separate from understanding them, so that a build that goes on where it was
stopped runs quickly over what it has.
"""

from __future__ import annotations

import json
import re
from importlib import import_module
from typing import IO, TYPE_CHECKING, Any, TypeAlias

from cite2bib.diagnostics import Diagnostic, ReadError, Severity, Span
from cite2bib.light import NamedTuple, dataclass
from cite2bib.model import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cite2bib.pipeline.parts import Part
    from cite2bib.pipeline.pieces import Piece

    Records: TypeAlias = Callable[[IO[bytes], str], Iterator[Any]]
    Reading: TypeAlias = Callable[[Any, str, int], "Iterator[Entry | Diagnostic]"]


class Entry(NamedTuple):
    """A work, and when its catalogue changed it: year, month, day, ... as one number, 0 when that is not said."""

    work: Work
    stamp: int = 0


@dataclass(frozen=True, slots=True)
class Kind:
    """How a part is read: `records` takes it apart, `read` understands one record, given its number."""

    name: str
    records: Records
    read: Reading


_DBLP_RECORDS = frozenset(
    "article inproceedings proceedings book incollection phdthesis mastersthesis data".split()
)
_XML_ROOT = re.compile(rb"<(?!\?|!)(?:\w+:)?(\w+)")


def kind_of(part: Part) -> Kind:
    """How to read a part; what nothing can be made of raises `ReadError`."""
    head = part.head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:1] == b"<":
        return _xml_kind(head, part)
    if head[:1] == b"{" and _is_whole_line(head):
        first = _loaded(head.split(b"\n", 1)[0])
        return Kind(_catalogue(first) or "jsonl", _lines, _read_line)
    if head[:1] in {b"[", b"{"}:
        return _json_kind(head)
    if re.search(rb"^\s*@\s*\w+\s*[{(]", part.head, re.MULTILINE) and (
        head[:1] in {b"@", b"%"} or ".bib" in part.name
    ):
        return Kind("bibtex", _bib_works, _as_it_is)
    return Kind("file", _whole, _as_it_is)


def _is_whole_line(head: bytes) -> bool:
    """Whether a first line is an object by itself; one that is longer than the head is taken for one."""
    line, has_end, _ = head.partition(b"\n")
    if re.match(rb'\{\s*"(?:items|references|data|results|meta|message)"\s*:\s*[\[{]', line):
        return False
    return _loaded(line) is not None if has_end else line.rstrip()[-1:] == b"}" or len(line) > 10_000


def _loaded(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _catalogue(record: Any) -> str:
    from cite2bib.records.arxiv_snapshot import is_snapshot
    from cite2bib.records.kinds import catalogue_of

    if not isinstance(record, dict):
        return ""
    return "arxiv" if is_snapshot(record) else catalogue_of(record)


def _xml_kind(head: bytes, part: Part) -> Kind:
    found = _XML_ROOT.search(re.sub(rb"<!--.*?-->", b"", head, flags=re.DOTALL))
    root = found[1].decode() if found else ""
    if root == "dblp":
        return Kind("dblp", _elements(_DBLP_RECORDS), _read_dblp)
    if root in {"PubmedArticleSet", "PubmedBookArticleSet"}:
        return Kind("pubmed", _elements(frozenset({"PubmedArticle", "PubmedBookArticle"})), _read_pubmed)
    if root == "collection" and b"<volume" in part.head:
        identifier = re.search(rb"<collection[^>]*\bid=[\"']([^\"']+)", head)
        return Kind("anthology", _volumes(identifier[1].decode() if identifier else ""), _as_it_is)
    return Kind("file", _whole, _as_it_is)


def _json_kind(head: bytes) -> Kind:
    from cite2bib.records import jsonstream

    items = jsonstream.first(head)
    if items is None:
        return Kind("file", _whole, _as_it_is)
    return Kind(next(filter(None, map(_catalogue, items)), "csljson"), jsonstream.stream, _read_item)


def _lines(source: IO[bytes], _path: str) -> Iterator[bytes]:
    return iter(source)


def _elements(names: frozenset[str]) -> Records:
    from cite2bib.records import safe_xml

    return lambda source, path: safe_xml.stream(source, names, path)


def _volumes(collection: str) -> Records:
    from cite2bib.records import anthology, safe_xml

    def papers(source: IO[bytes], path: str) -> Iterator[Work]:
        for volume in safe_xml.stream(source, {"volume"}, path):
            yield from anthology.works_from_volume(volume, collection)

    return papers


def _whole(source: IO[bytes], path: str) -> Iterator[Work | Diagnostic]:
    """A bibliography file of any format, which is held as a whole; what else lies in a folder of parts is told."""
    from cite2bib.extract.choosing import choose
    from cite2bib.formats import Format

    data = source.read()
    try:
        item = choose(data, path)
    except ReadError:  # a picture, a program
        item = None
    if not isinstance(item, Format):
        yield left_out(path)
        return
    result = item.read(data, path)
    yield from result.diagnostics
    yield from result.works


def left_out(path: str) -> Diagnostic:
    """What is told of a file that is neither a download nor a bibliography."""
    return Diagnostic(
        "not-a-bibliography", "no records of works, left out", Span(path), severity=Severity.NOTE
    )


def named_in_document(part: Part) -> Kind:
    """How to read what is no download but a page, a list, a manuscript: as a whole, for the works it names.

    A text too long to hold is a list, and read piece by piece.
    """
    from cite2bib.pipeline import pieces

    kind = kind_of(part)
    if kind.name != "file":
        return kind
    if part.file.size >= pieces.LONG and pieces.is_list(part.head, part.name):
        return Kind("list", pieces.split, _read_piece)
    return Kind("file", _document, _as_it_is)


def _read_piece(piece: Piece, path: str, number: int) -> Iterator[Entry | Diagnostic]:
    from cite2bib.pipeline import pieces

    for found in pieces.read(piece, path, number):
        yield Entry(found) if isinstance(found, Work) else found


def _document(source: IO[bytes], path: str) -> Iterator[Work | Diagnostic]:
    from cite2bib.extract import read_any

    result = read_any(source.read(), path)
    yield from result.diagnostics
    yield from result.works


def _bib_works(source: IO[bytes], path: str) -> Iterator[Work | Diagnostic]:
    """The works of a .bib, whose reader needs a file to go through it twice."""
    import shutil
    import tempfile
    from pathlib import Path

    from cite2bib.formats.bibtex import streaming

    told: list[Diagnostic] = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, Path(path).name)
        with copy.open("wb") as file:
            shutil.copyfileobj(source, file)
        for work in streaming.works(copy, told, path):
            yield work
            yield from told
            told.clear()
    yield from told


def _as_it_is(found: Any, _path: str, _number: int) -> Iterator[Entry | Diagnostic]:
    yield Entry(found) if isinstance(found, Work) else found


def _read_line(line: bytes, path: str, number: int) -> Iterator[Entry | Diagnostic]:
    bare = line.strip(b" \t\r\n,\xef\xbb\xbf")
    record = _loaded(bare)
    if isinstance(record, dict) and (_catalogue(record) or _answer(record)):
        for item in _answer(record) or [record]:
            yield from _read_item(item, path, number)
        return
    from cite2bib.formats.jsonl import read_line

    for found in read_line(line, path, number):
        yield Entry(found) if isinstance(found, Work) else found


def _answer(record: dict[str, Any]) -> list[Any]:
    """The records in an answer of a catalogue's service, which people keep as it came; [] for what is none."""
    body = record.get("message", record)
    listed = body.get("items") or body.get("results") if isinstance(body, dict) else None
    if isinstance(listed, list):
        return listed
    return [body] if body is not record and _catalogue(body) else []


def _read_item(record: Any, path: str, number: int) -> Iterator[Entry | Diagnostic]:
    from cite2bib.formats.csljson import is_telling, read_item
    from cite2bib.model import Origin

    catalogue = _catalogue(record)
    if catalogue == "arxiv":
        from cite2bib.records.arxiv_snapshot import work_from_snapshot

        yield Entry(work_from_snapshot(record), _stamp(record.get("update_date")))
    elif catalogue:
        yield _of_catalogue(catalogue, record)
    elif isinstance(record, dict) and is_telling(work := read_item(record, Origin(path, str(number)))):
        yield Entry(work)
    else:
        yield Diagnostic("not-a-work", "an object that says nothing of a work", Span(path, number))


def _of_catalogue(catalogue: str, record: dict[str, Any]) -> Entry:
    record.pop("abstract_inverted_index", None)  # as long as all the rest, and put together word by word
    read: Callable[[Any], Work] = getattr(
        import_module(f"cite2bib.records.{catalogue}"), f"work_from_{catalogue}"
    )
    indexed = record.get("indexed")
    changed = indexed.get("date-time") if isinstance(indexed, dict) else record.get("updated_date")
    return Entry(read(record), _stamp(changed))


def _read_dblp(node: Any, _path: str, _number: int) -> Iterator[Entry | Diagnostic]:
    from cite2bib.records.dblp import work_from_xml

    if work := work_from_xml(node):
        yield Entry(work, _stamp(node.attributes.get("mdate")))


def _read_pubmed(node: Any, _path: str, _number: int) -> Iterator[Entry | Diagnostic]:
    from cite2bib.model import Origin
    from cite2bib.records.pubmed import work_from_pubmed

    citation = node.find("MedlineCitation")
    pmid = citation.text("PMID") or node.text("BookDocument", "PMID")
    revised = "-".join(citation.text("DateRevised", name).zfill(2) for name in ("Year", "Month", "Day"))
    yield Entry(
        work_from_pubmed(node, Origin("pubmed", f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/")), _stamp(revised)
    )


def _stamp(text: Any) -> int:
    """A date or time as a number that grows with it.

    >>> _stamp("2024-05-01") < _stamp("2024-05-01T10:00:00Z"), _stamp(None)
    (True, 0)
    """
    digits = re.sub(r"\D", "", text)[:14] if isinstance(text, str) else ""
    return int(digits.ljust(14, "0")) if len(digits) >= 8 else 0


def entries(part: Part, kind: Kind, skip: int = 0) -> Iterator[tuple[int, Entry | Diagnostic]]:
    """The works of a part behind so many of its records, each with the number of its record.

    A record that can't be understood costs itself; a part that breaks off costs what follows.
    """
    from cite2bib.pipeline.parts import BROKEN

    number = 0
    try:
        for number, record in enumerate(kind.records(part.source, part.name), 1):
            if number > skip:
                for found in _understood(kind, record, part.name, number):
                    yield number, found
    except ReadError as error:
        yield (
            number,
            Diagnostic("broken-part", error.message, error.span or Span(part.name), severity=Severity.ERROR),
        )
    except BROKEN as error:
        message = f"it breaks off after {number} records: {error}"
        yield number, Diagnostic("broken-part", message, Span(part.name), severity=Severity.ERROR)


def _understood(kind: Kind, record: Any, path: str, number: int) -> Iterator[Entry | Diagnostic]:
    try:
        yield from kind.read(record, path, number)
    except Exception as fault:  # noqa: BLE001 - one record of many
        yield Diagnostic("broken-record", f"a record that can't be read: {fault!r}", Span(path, number))
