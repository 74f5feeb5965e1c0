"""The elements that styles and locales share: how an element is dressed, dates, names.

https://docs.citationstyles.org/en/stable/specification.html#formatting
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from cite2bib.csl import ast

if TYPE_CHECKING:
    from cite2bib.csl.xmlread import Element

_FORMATS = ("font-style", "font-variant", "font-weight", "text-decoration", "vertical-align")
_DRESSING = frozenset(
    (*_FORMATS, "prefix", "suffix", "quotes", "strip-periods", "text-case", "display", "delimiter")
)

# Makes one thing of equal ones: a style says the same hundreds of times, and what is one is kept and taken back once.
once = lru_cache(maxsize=2048)
_look, _name_part, _date_part = once(ast.Look), once(ast.NamePart), once(ast.DatePart)
_AS_NAME = ast.NamePart()


@once
def words(text: str) -> tuple[str, ...]:
    """The words of an attribute's value."""
    return tuple(text.split())


def look(element: Element, *, inside: bool = False) -> ast.Look:
    """The attributes of an element that dress its output."""
    given = element.attributes
    if not inside and _DRESSING.isdisjoint(given):
        return ast.PLAIN
    get = given.get
    # By place: a style has a thousand of these, and names would cost as much as all else here.
    return _look(
        get("prefix", ""),
        get("suffix", ""),
        tuple([(name, given[name]) for name in _FORMATS if name in given]),
        get("quotes") == "true",
        get("strip-periods") == "true",
        get("text-case", ""),
        get("display", ""),
        get("delimiter", ""),
        inside,
    )


def name(element: Element) -> ast.Name:
    """A cs:name with its name-parts."""
    parts = {part.get("name"): _name_part(look(part)) for part in element.all("name-part")}
    family, given = parts.get("family", _AS_NAME), parts.get("given", _AS_NAME)
    return _name(tuple(element.attributes.items()), look(element)._replace(delimiter=""), family, given)


@once
def _name(
    options: tuple[tuple[str, str], ...], look: ast.Look, family: ast.NamePart, given: ast.NamePart
) -> ast.Name:
    return ast.Name(dict(options), look, family, given)


def date(element: Element) -> ast.Date:
    """A cs:date, of a style or of a locale."""
    parts = tuple(
        _date_part(part.get("name"), part.get("form"), part.get("range-delimiter"), look(part))
        for part in element.all("date-part")
    )
    return ast.Date(
        element.get("variable"),
        element.get("form"),
        element.get("date-parts") or "year-month-day",
        parts,
        look(element),
    )


def locale(element: Element) -> ast.LocaleData:
    """A cs:locale, of a style or of a file of its own."""
    data = ast.LocaleData(element.get("xml:lang"))
    for options in element.all("style-options"):
        data.options.update(options.attributes)
    for child in element.all("date"):
        data.dates[child.get("form") or "text"] = date(child)
    for terms in element.all("terms"):
        for term in terms.all("term"):
            key = (term.get("name"), term.get("form") or "long", term.get("gender-form"))
            data.terms[key] = _term(term)
    return data


def _term(element: Element) -> ast.Term:
    single, multiple = element.first("single"), element.first("multiple")
    text = element.text if single is None else single.text
    if "\n" in text and not text.strip():
        text = ""
    return ast.Term(
        text,
        multiple.text if multiple is not None else text,
        element.get("gender"),
        element.get("match"),
    )
