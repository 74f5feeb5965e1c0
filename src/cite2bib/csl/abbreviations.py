"""Lists of abbreviations: what `form="short"` says of a title, a journal, a publisher or a place.

A list is {jurisdiction: {category: {full: short}}}, the form of Zotero's and Juris-M's lists; "default" is for all works.
https://citeproc-js.readthedocs.io/en/latest/running.html#getabbreviation
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cite2bib.csl.items import Item

Abbreviations: TypeAlias = "Mapping[str, Mapping[str, Mapping[str, str]]]"

# The category that each variable is looked up in.
_CATEGORIES = {
    "container-title": (
        "container-title",
        "archive",
        "reporter",
    ),
    "collection-title": ("collection-title",),
    "institution-part": ("publisher", "original-publisher", "authority"),
    "place": (
        "publisher-place",
        "event-place",
        "archive-place",
        "jurisdiction",
        "original-publisher-place",
    ),
    "number": ("number", "volume", "issue", "page"),
    "title": ("title", "event", "event-title", "genre", "medium", "original-title", "reviewed-title"),
}


def shorten(item: Item, lists: Abbreviations) -> None:
    """Give an item the short forms that the lists know: before its own, as the reference has it."""
    jurisdiction = item.text("jurisdiction")
    for category, variables in _CATEGORIES.items():
        for variable in variables:
            full = item.text(variable)
            short = _short(lists, jurisdiction, category, full) if full else ""
            if short:
                item.values[f"{variable}-short"] = short


def _short(lists: Abbreviations, jurisdiction: str, category: str, full: str) -> str:
    """The most special list that knows a text: "us:ca" before "us" before "default"."""
    places = jurisdiction.split(":") if jurisdiction else []
    for place in [":".join(places[:count]) for count in range(len(places), 0, -1)] + ["default"]:
        found = lists.get(place, {}).get(category, {}).get(full)
        if found:
            return found
    return ""
