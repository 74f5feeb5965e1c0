"""Locales: terms, date formats and options, from the packaged files and a style's own overrides.

https://docs.citationstyles.org/en/stable/specification.html#locale-files. The files are those of the package
citeproc-py, which is not imported.
"""

from __future__ import annotations

import os
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING

from cite2bib.csl import kept
from cite2bib.csl.ast import LocaleData, Term
from cite2bib.diagnostics import StyleError

if TYPE_CHECKING:
    from collections.abc import Iterable


_FORM_FALLBACK = {"verb-short": "verb", "symbol": "short", "verb": "long", "short": "long"}
FALLBACK_LANGUAGE = "en-US"


class Locale:
    """All words of one language for one style, with the fallbacks between forms."""

    __slots__ = ("_found", "data", "language", "limit_day_ordinals", "punctuation_in_quote", "quotes")

    def __init__(self, data: LocaleData) -> None:
        self.data = data
        self.language = data.language
        self.punctuation_in_quote = data.options.get("punctuation-in-quote") == "true"
        self.limit_day_ordinals = data.options.get("limit-day-ordinals-to-day-1") == "true"
        self._found: dict[tuple[str, str, str], Term | None] = {}
        self.quotes = (
            self.term("open-quote") or "“",
            self.term("close-quote") or "”",
            self.term("open-inner-quote") or "‘",
            self.term("close-inner-quote") or "’",
        )

    def find(self, name: str, form: str = "long", gender: str = "") -> Term | None:
        """A term in that form, or in the form it falls back to."""
        key = (name, form, gender)
        if key not in self._found:
            self._found[key] = self._search(name, form, gender)
        return self._found[key]

    def _search(self, name: str, form: str, gender: str) -> Term | None:
        while True:
            found = self.data.terms.get((name, form, gender))
            if found is not None:
                return found
            if form not in _FORM_FALLBACK:
                return None
            form = _FORM_FALLBACK[form]

    def term(self, name: str, form: str = "long", *, plural: bool = False) -> str | None:
        """A term's text, or None where there is no such term."""
        found = self.find(name, form)
        if found is None:
            return None
        return found.multiple if plural else found.single

    def gender(self, name: str) -> str:
        """The grammatical gender of what a term names."""
        found = self.find(name)
        return found.gender if found else ""


@lru_cache(maxsize=1)
def _folder() -> str:
    spec = find_spec("citeproc")
    if spec is None or not spec.submodule_search_locations:
        raise StyleError("the package citeproc-py, which brings the locales, is not installed")
    return os.path.join(spec.submodule_search_locations[0], "data", "locales")


def _primary_dialect(base: str) -> str:
    """The dialect that a bare language means: `de` is `de-DE`."""
    if base == FALLBACK_LANGUAGE.partition("-")[0]:
        return FALLBACK_LANGUAGE
    return _primary_dialects().get(base, base)


@lru_cache(maxsize=1)
def _primary_dialects() -> dict[str, str]:
    import json  # English, the most usual language, needs no listing

    with open(os.path.join(_folder(), "locales.json"), encoding="utf-8") as file:
        return dict(json.load(file)["primary-dialects"])


@lru_cache(maxsize=8)
def _load(language: str) -> LocaleData | None:
    path = os.path.join(_folder(), f"locales-{language}.xml")
    return kept.kept(path, lambda: _parse(path)) if os.path.isfile(path) else None


def _parse(path: str) -> LocaleData:
    from cite2bib.csl import elements, xmlread

    with open(path, encoding="utf-8") as file:
        return elements.locale(xmlread.parse(file.read(), os.path.basename(path)))


def normalized(language: str) -> str:
    """A language tag as the files are named: `de_at` is `de-AT`.

    >>> normalized("de_at"), normalized("sr-latn-rs"), normalized("EN")
    ('de-AT', 'sr-Latn-RS', 'en')
    """
    first, *rest = language.strip().replace("_", "-").split("-")
    cased = [part.title() if len(part) == 4 else part.upper() for part in rest]
    return "-".join([first.lower(), *cased])


def build(language: str, overrides: Iterable[LocaleData] = ()) -> Locale:
    """The locale of a language: English, then the main dialect, then the dialect, then the style's own words."""
    wanted = normalized(language) or FALLBACK_LANGUAGE
    base = wanted.partition("-")[0]
    dialect = _primary_dialect(base)
    merged = LocaleData(wanted)
    names = dict.fromkeys((FALLBACK_LANGUAGE, dialect, wanted if "-" in wanted else dialect))
    for name in names:
        if (data := _load(name) if _is_tag(name) else None) is not None:
            if name != FALLBACK_LANGUAGE:
                merged.options = {}  # an option that a locale does not set is off, not English
                merged.forget(data.terms)
            merged.add(data)
    own = list(overrides)
    # What a style says for the main dialect holds for the others too, as in the reference.
    for tag in dict.fromkeys(("", base, dialect, wanted)):
        for data in own:
            if normalized(data.language) == tag if data.language else not tag:
                merged.add(data)
    return Locale(merged)


def _is_tag(name: str) -> bool:
    return name.replace("-", "").isalnum()
