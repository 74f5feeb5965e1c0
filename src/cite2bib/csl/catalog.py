"""Packaged styles by title: search, suggestions, what a style says of itself.

The index of all of them is made on first need and kept in the user's cache.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from cite2bib import paths
from cite2bib.csl import find
from cite2bib.letters import fold, words
from cite2bib.light import NamedTuple
from cite2bib.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_SUGGESTIONS = 3
_FEW_WORDS = 2  # "American Psychological Association 7th edition" lacks the words "APA Style"


class StyleInfo(NamedTuple):
    """What a style says of itself."""

    name: str
    title: str
    path: str
    short: str = ""
    parent: str = ""  # the name of the style that a dependent one follows
    form: str = ""  # author-date, author, numeric, label or note
    fields: tuple[str, ...] = ()  # law, medicine, ...
    locale: str = ""
    summary: str = ""
    documentation: str = ""


def titled(text: str) -> str | None:
    """The style of a title, or the only one whose name and titles have all the words and hardly any other."""
    folded = fold(text)
    rows = index()
    exact = [row for row in rows if folded and folded in {fold(row.title), fold(row.short), fold(row.name)}]
    if exact:
        return min(exact, key=lambda row: bool(row.parent)).path
    asked = set(words(text))
    ranked = sorted(
        (len(set(words(f"{row.name} {row.title}")) - asked), row.path) for row in rows if asked <= _words(row)
    )
    best = [path for more, path in ranked if more == ranked[0][0] <= _FEW_WORDS]
    return best[0] if len(best) == 1 and len(asked) > 1 else None


@cache
def _words(row: StyleInfo) -> frozenset[str]:
    return frozenset(words(f"{row.name} {row.title} {row.short}"))


def suggestions(style: str) -> list[str]:
    """Names of styles near to a text: those with its words, else those of nearly the same letters."""
    hits = search(style)[:_SUGGESTIONS] if words(style) else []
    return [row.name for row in hits] or _near(style)


def _near(style: str) -> list[str]:
    from rapidfuzz import fuzz, process

    rows = index()
    hits = [
        hit
        for texts in ([fold(row.name) for row in rows], [fold(row.title) for row in rows])
        for hit in process.extract(fold(style), texts, scorer=fuzz.ratio, limit=_SUGGESTIONS, score_cutoff=60)
    ]
    best = sorted(hits, key=lambda hit: -hit[1])
    return list(dict.fromkeys(rows[hit[2]].name for hit in best))[:_SUGGESTIONS]


def search(text: str) -> list[StyleInfo]:
    """Styles whose name or title has all the words, or words that start so, the likeliest first.

    That is the one of this very name, also a name of old; then the independent ones, by the journals that follow them.
    """
    asked = words(text)
    hits = [row for row in index() if all(_has(row, word) for word in asked)]
    exact = set(asked)
    names = {fold(text), fold(find.renamed().get("-".join(asked), ""))}
    followers = _followers()
    return sorted(
        hits,
        key=lambda row: (
            fold(row.name) not in names,
            bool(row.parent),
            len(exact - _words(row)),
            not _starts(row, text),
            -followers[row.name],
            len(row.title),
            row.name,
        ),
    )


def _starts(row: StyleInfo, text: str) -> bool:
    return any(fold(own).startswith(fold(text)) for own in (row.name, row.title, row.short))


@cache
def _followers() -> Counter[str]:
    """How many dependent styles follow each style."""
    return Counter(row.parent for row in index() if row.parent)


def _has(row: StyleInfo, word: str) -> bool:
    return any(own.startswith(word) for own in _words(row))


def show(style: str) -> StyleInfo:
    """What the style of a name, title or path says of itself."""
    path = find.locate(style)
    return _described(Path(path), find.read(path))


@cache
def index() -> tuple[StyleInfo, ...]:
    """All styles by name: ours, then the packaged ones, from the cache if it knows this very package."""
    own, packaged = find.own_folder(), find.packaged_folder()
    rows = [*_scan([Path(own)] if own else []), *(_cached(Path(packaged)) if packaged else ())]
    return tuple(sorted({row.name: row for row in reversed(rows)}.values(), key=lambda row: row.name))


def _cached(packaged: Path) -> Sequence[StyleInfo]:
    import json

    folders = [packaged, packaged / "dependent"]
    stamp = [[str(folder), folder.stat().st_mtime_ns] for folder in folders if folder.is_dir()]
    path = Path(paths.cache_folder(), "styles.json")
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept["stamp"] == stamp:
            return [StyleInfo(**{**row, "fields": tuple(row["fields"])}) for row in kept["styles"]]
    except (OSError, ValueError, KeyError, TypeError):
        pass  # none yet, or of another version: it is made anew
    rows = list(_scan(folders))
    _keep(path, json.dumps({"stamp": stamp, "styles": [row._asdict() for row in rows]}, ensure_ascii=False))
    return rows


def _keep(path: Path, text: str) -> None:
    """Write the index whole or not at all; a cache that can't be written is done without."""
    partial = path.with_suffix(".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(text, encoding="utf-8")
        partial.replace(path)
    except OSError:
        partial.unlink(missing_ok=True)


def _scan(folders: Iterable[Path]) -> Iterator[StyleInfo]:
    for folder in folders:
        for path in sorted(folder.glob("*.csl")):
            yield _described(path, find.head(str(path)))


_LINK = late(r"<link\b([^>]*)>")
_CATEGORY = late(r"<category\b([^>]*)>")
_ATTRIBUTE = late(r"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def _described(path: Path, text: str) -> StyleInfo:
    """What the head of a style says, by pattern: a whole XML parse of all styles would take ten times as long."""
    links = [_attributes(found) for found in _LINK.findall(text)]
    categories = [_attributes(found) for found in _CATEGORY.findall(text)]
    opening = re.search(r"<style\b([^>]*)>", text)
    by_rel = {link.get("rel", ""): link.get("href", "") for link in reversed(links)}
    return StyleInfo(
        name=path.stem,
        title=_element(text, "title") or path.stem,
        path=str(path),
        short=_element(text, "title-short"),
        parent=find.basename(by_rel.get("independent-parent", "")),
        form=next((item["citation-format"] for item in categories if "citation-format" in item), ""),
        fields=tuple(item["field"] for item in categories if "field" in item),
        locale=_attributes(opening[1]).get("default-locale", "") if opening else "",
        summary=_element(text, "summary"),
        documentation=by_rel.get("documentation", ""),
    )


def _attributes(text: str) -> dict[str, str]:
    return {name: _unescaped(double or single) for name, double, single in _ATTRIBUTE.findall(text)}


def _element(text: str, tag: str) -> str:
    found = re.search(rf"<{tag}\b[^>]*>(.*?)</{tag}>", text, re.DOTALL)
    return " ".join(_unescaped(found[1]).split()) if found else ""


def _unescaped(text: str) -> str:
    if "&" not in text:
        return text
    import html  # a table of 2,231 entities

    return html.unescape(text)
