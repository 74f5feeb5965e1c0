"""A work as the parts of a plain reference, for the lists that need no style: who, when, what, where, the link.

With a style the CSL engine writes references; these are the ones that can be had without choosing one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib import identifiers
from cite2bib.light import NamedTuple
from cite2bib.names import OTHERS

if TYPE_CHECKING:
    from cite2bib.model import Date, Name, Work


class Reference(NamedTuple):
    """The parts in their order, "" where nothing is known; title and container are rich text."""

    authors: str
    year: str
    title: str
    container: str
    details: str  # volume, issue, pages, publisher
    link: str


def reference_of(work: Work) -> Reference:
    """The parts of a work's reference."""
    issued = work.date()
    container = work.text("container-title") or work.text("event-title") or work.text("collection-title")
    found = Reference(
        listed(work.names("author") or work.names("editor")),
        _year(issued) if issued else "",
        work.text("title"),
        container,
        _details(work),
        link_of(work),
    )
    if found.title or (
        (found.authors or container) and found.details
    ):  # as physicists cite: "Phys. Rev. Lett., 19:1264"
        return found
    return found._replace(title=work.text("note") or work.id or "Untitled")


def _year(issued: Date) -> str:
    return f"{'c. ' if issued.circa else ''}{issued.year}" if issued.start else issued.literal


def listed(people: tuple[Name, ...]) -> str:
    """Names in their order, the last behind "and"."""
    shown = [str(name) for name in people if name != OTHERS]
    if len(shown) < len(people):
        return ", ".join([*shown, "et al."])
    return f"{', '.join(shown[:-1])} and {shown[-1]}" if len(shown) > 1 else "".join(shown)


def _details(work: Work) -> str:
    volume, issue = work.text("volume"), work.text("issue")
    number = f"{volume}({issue})" if volume and issue else volume or issue
    page = work.text("page").replace("--", "-").replace("-", "–")
    place = f"{number}:{page}" if number and page else number or (f"pp. {page}" if page else "")
    publisher = work.text("publisher") or ("arXiv" if "arxiv" in work else "")
    return ", ".join(filter(None, [place, publisher]))


def link_of(work: Work) -> str:
    """Where a work is found: its DOI, else its arXiv page, its address, or another identifier's."""
    for variable in ("DOI", "arxiv", "URL", "PMCID", "PMID", "openalex"):
        if value := work.text(variable):
            return identifiers.address(variable, value)
    return ""
