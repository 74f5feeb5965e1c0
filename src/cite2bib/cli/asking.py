"""Whom to ask, as flags, environment and settings say: the same for every command that looks works up."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cite2bib.cli.settings import Settings
    from cite2bib.pipeline.looking import Network


def names(said: str) -> tuple[str, ...]:
    """Names of catalogues, parted by commas or blanks.

    >>> names("arXiv, Crossref")
    ('arxiv', 'crossref')
    """
    return tuple(said.lower().replace(",", " ").split())


def network(
    settings: Settings,
    *,
    offline: bool,
    named: Sequence[str] = (),
    also: Sequence[str] = (),
    refresh: bool = False,
) -> Network:
    """Those that are named, or the standard ones and `also`; `none` asks nobody. `refresh` asks whatever answers are kept."""
    from cite2bib import http, sources
    from cite2bib.pipeline.looking import Network

    mailto = os.environ.get("CITE2BIB_MAILTO") or str(settings.values.get("mailto", ""))
    how = http.Settings(offline=offline, mailto=mailto, refresh=refresh)
    if tuple(named) == ("none",):
        return Network(how, ())
    if also and not named:
        standard = [source.name for source in sources.SOURCES if source.standard]
        named = tuple(dict.fromkeys([*standard, *also]))
    return Network(how, sources.configured(settings.sources, names=tuple(named)))
