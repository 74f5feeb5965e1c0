"""Where a work is printed: its volume and the page on which it begins, by which references without a title tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib.patterns import late

if TYPE_CHECKING:
    from cite2bib.model import Work

_VOLUME = late(r"\d+")
_PAGE = late(
    r"\s*(?:pp?\b\.?|pages?\b|art(?:icle|\.)?(?:\s*(?:no\.?|number))?\s)?\s*([a-z]{0,3})[-\s]?0*(\d[\da-z]*?)(?:ff?|p?sqq?)?(?![\da-z])"
)


def volume(text: str) -> str:
    """A volume's number, however its series is set to it.

    >>> volume("120B"), volume("B 120"), volume("Vol. 7"), volume("XIV")
    ('120', '120', '7', 'xiv')
    """
    found = _VOLUME.search(text)
    return found[0].lstrip("0") if found else text.strip().lower()


def first_page(text: str) -> str:
    """The page on which a work begins, or its article number.

    >>> first_page("3865-3868"), first_page("pp. L23--L27"), first_page("085101"), first_page("08JE10"), first_page("12ff.")
    ('3865', 'l23', '85101', '8je10', '12')
    """
    found = _PAGE.match(text.lower())
    return found[1] + found[2] if found else ""


def place(work: Work) -> tuple[str, str]:
    """Volume and first page; two empty texts where one of them is not known."""
    found = volume(work.text("volume")), first_page(page(work))
    return found if all(found) else ("", "")


def page(work: Work) -> str:
    """The pages of a work; of a reference without a title the number behind the volume, whatever it was taken for."""
    return work.text("page") or ("" if work.text("title") else work.text("issue"))
