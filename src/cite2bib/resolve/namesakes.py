"""The groups of works under one title: in a list of thousands of editorials, those that a further one may belong to.

Two works of one title are one only if they share somebody, or if one of them names nobody and year or page agree (what
each says is worth stands in `match.weights`). So many namesakes lie in cells by people, years and pages, and a further
work is held against those of its own cells alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib import printed, titles
from cite2bib.identifiers import arxiv_month
from cite2bib.resolve.match import facts, people

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cite2bib.model import Name, Work

COMPARED = 200  # groups that a further work is held against
_MANY = 64  # groups that are held against each other without cells
_NAMED = 5  # authors of a work by whom it is kept
_SOUGHT = 100  # authors by whom the same work is looked for
_FEW = 2
_SLACK = 3  # years between a preprint and its publication


class Namesakes:
    """The groups of works under one title, in the order of their first mention."""

    __slots__ = ("_cells", "_groups", "_held", "_is_column", "_title", "words")

    def __init__(self, title: str, words: tuple[str, ...]) -> None:
        self.words = words
        self._title = title
        self._is_column = False
        self._groups: dict[int, None] = {}
        self._held: list[tuple[Work, int]] = []
        self._cells: dict[int, list[int]] = {}  # by the hash of their names: there may be a million

    def add(self, work: Work, group: int) -> None:
        """A further mention, in a new group or an old one."""
        self._groups[group] = None
        if self._cells:
            self._file(work, group)
            return
        self._held.append((work, group))
        if len(self._groups) > _MANY:
            self._is_column = titles.comes_back(self._title)
            for held in self._held:
                self._file(*held)
            self._held.clear()

    def groups_for(self, work: Work) -> Iterable[int]:
        """The groups that a further work may belong to, in their order."""
        if not self._cells:
            return list(self._groups)
        cells = [cell for name in set(self._sought(work)) if (cell := self._cells.get(hash(name)))]
        found: set[int] = set()
        for cell in sorted(cells, key=lambda cell: (len(cell), cell)):  # the likelier ones first
            found.update(cell[: COMPARED - len(found)])
        return sorted(found)

    def _file(self, work: Work, group: int) -> None:
        occasions = {*_occasions(work), ""}
        authors = people.named(work.names("author"))
        is_numbered = _is_numbered(work)
        told = occasions if self._is_column else {"", *(_times(work) if is_numbered else ())}
        cells = {(who, occasion) for who in _ANY_OR_NO[bool(authors)] for occasion in occasions}
        cells |= {(mark, occasion) for mark in _marks(authors[:_NAMED]) for occasion in told}
        for name in cells:
            cell = self._cells.setdefault(hash((*name, is_numbered)), [])
            if len(cell) < COMPARED and group not in cell:
                cell.append(group)

    def _sought(self, work: Work) -> Iterator[tuple[str, str, bool]]:
        """The cells of a work's own kind; of two publications with a DOI each only those that may be one with a slip in it."""
        is_column = self._is_column and titles.comes_back(work.text("title"))
        authors = people.named(work.names("author"))
        marks = _marks(authors[:_SOUGHT], sought=True)
        strength = 0 if is_column else max(map(titles.specificity, (self._title, work.text("title"))))
        is_numbered = _is_numbered(work)
        is_alone = is_numbered and len(work.names("author")) < 2 and "abstract" not in work.fields
        issues = _issues(work) if is_column else {""}
        for numbered in (False,) if is_alone else (False, True):
            told = _times(work) if numbered and is_numbered and not is_column else issues
            yield from ((mark, occasion, numbered) for mark in marks for occasion in told)
            for occasion in _without_people(work, strength):
                yield ("nobody" if authors else "anybody"), occasion, numbered


_ANY_OR_NO = {True: ("anybody",), False: ("anybody", "nobody")}
_COUNT, _YEARLESS, _ABSTRACT, _LOOSE = "count", "yearless", "abstract", "without a page"


def _without_people(work: Work, strength: int) -> Iterator[str]:
    """What must agree where one of two works names nobody: the page, or also the year of titles that say something."""
    said = _occasions(work)
    if _COUNT in said or (strength > 1 and _YEARLESS in said):
        yield ""
        return
    yield _COUNT
    yield from said & {_ABSTRACT}
    yield from _sought_pages(work)
    if strength > 1:
        yield _YEARLESS
    slack = _SLACK if strength > 1 else 0
    for year in _years(work) if strength else ():
        yield from (f"{year + apart}" for apart in range(-slack, slack + 1))


def _occasions(work: Work) -> set[str]:
    """What a work says beside title and people by which it is told from its namesakes: years, first page, the rest by name."""
    found = _times(work)
    if not _has_place(work):
        found |= {f"{year} {_LOOSE}" for year in found}
    if page := printed.first_page(printed.page(work)):
        found |= {f"p{page}", f"p{page} {printed.volume(work.text('volume')) or _LOOSE}"}
    if "author-count" in work.fields:
        found.add(_COUNT)
    if "abstract" in work.fields:
        found.add(_ABSTRACT)
    return found


def _times(work: Work) -> set[str]:
    return {f"{year}" for year in _years(work)} or {_YEARLESS}


def _sought_pages(work: Work) -> set[str]:
    """The page on which the same work is: in the same volume, or in one that is not told."""
    page, volume = printed.first_page(printed.page(work)), printed.volume(work.text("volume"))
    if not page:
        return set()
    return {f"p{page} {volume}", f"p{page} {_LOOSE}"} if volume else {f"p{page}"}


def _issues(work: Work) -> set[str]:
    """What must agree of two columns by one author: the page, or the year where one of them says no page."""
    mark = f" {_LOOSE}" if _has_place(work) else ""
    return _sought_pages(work) | {f"{year}{mark}" for year in _times(work)}


def _is_numbered(work: Work) -> bool:
    """Whether a work is a publication with a DOI, and no preprint's number beside it."""
    doi = facts.identifier(work, "DOI")
    return bool(doi) and not facts.is_preprint_doi(doi) and not facts.identifier(work, "arxiv")


def _has_place(work: Work) -> bool:
    has_page = printed.first_page(printed.page(work))
    return bool(has_page and work.text("volume") and work.text("container-title"))


def _years(work: Work) -> set[int]:
    date, posted = work.date(), arxiv_month(facts.identifier(work, "arxiv"))
    return {year for year in (date and date.year, posted and posted[0]) if year}


def _marks(authors: Sequence[Name], *, sought: bool = False) -> set[str]:
    """Marks of authors; where they are few, also those that a misprint leaves: of more somebody is spelt rightly."""
    found = {mark for name in authors for mark in people.marks(name, sought=sought)}
    return found.union(*map(people.ends, authors)) if len(authors) <= _FEW else found
