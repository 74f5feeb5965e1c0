"""A manuscript from the disk, rendered: its front matter, its bibliographies and its style brought together."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cite2bib.diagnostics import Diagnostic, ReadError, Span, UsageError
from cite2bib.documents.citing import evened, pandoc
from cite2bib.formats.bibtex import coding
from cite2bib.light import dataclass
from cite2bib.pipeline import manuscripts, weaving

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cite2bib.model import Work

SUFFIXES = frozenset({".md", ".markdown", ".qmd", ".rmd", ".html", ".htm"})
_OTHERS = {
    ".tex": "`latexmk` with biblatex or BibTeX sets its citations, `cite2bib sync` fills its .bib",
    ".typ": "`typst compile` sets its citations, `cite2bib sync` fills its .bib",
}
_OTHERS |= dict.fromkeys((".ltx", ".latex", ".rnw"), _OTHERS[".tex"])
_OTHERS[".ipynb"] = "`quarto render` makes a document of it"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What was asked for beside what the manuscript says itself."""

    style: str = ""
    lang: str = ""
    bibliographies: tuple[Path, ...] = ()
    page: bool = False  # Markdown is made an HTML page


@dataclass(frozen=True, slots=True)
class Rendered:
    """The bytes of the rendered manuscript, and what is told of it."""

    data: bytes
    diagnostics: tuple[Diagnostic, ...] = ()


def is_manuscript(path: str, *, bibliography: bool) -> bool:
    """Whether a file is to be rendered as a text that cites, not as a list of works.

    One that could cite but that we don't render raises `UsageError`, which says what does.
    """
    suffix = Path(path).suffix.lower()
    if suffix in _OTHERS and (bibliography or _cites(path)):
        raise UsageError(f"{path}: manuscripts are rendered in Markdown and HTML; {_OTHERS[suffix]}")
    return suffix in SUFFIXES and (bibliography or _cites(path))


def _cites(path: str) -> bool:
    """Whether a text cites anything, or names a bibliography to cite from."""
    try:
        if Path(path).suffix.lower() in {".html", ".htm"}:
            return bool(pandoc.find(_decoded(Path(path))[0], hide=_hidden_html))
        found = manuscripts.read(path)
    except (ReadError, UsageError):
        return False
    is_marked = bool(found.bibliographies or "references" in found.front)
    return is_marked or any(
        item.form == "parenthetical" for source in found.sources for item in source.citations
    )


def _hidden_html(text: str) -> str:
    from cite2bib.documents.citing import markdown

    return markdown.shown_html(text)


def render(path: str, wishes: Wishes) -> Rendered:
    """A manuscript with its citations rendered and its bibliography in place."""
    is_html = Path(path).suffix.lower() in {".html", ".htm"}
    text, how = _decoded(Path(path))
    front, told = (_said_by(text), ()) if is_html else manuscripts.front(text, path)
    works, missing = _works(path, front, wishes.bibliographies)
    setting = _setting(path, front, wishes, html=is_html)
    all_works = "@*" in str(front.get("nocite", ""))
    woven = weaving.weave(text, path, works, setting, all_works=all_works)
    result = woven.text
    if wishes.page and not is_html:
        from cite2bib.pipeline import page

        result, how = page.page(evened(woven.text), front, setting.lang), coding.Coding()
    return Rendered(_encoded(result, how), (*told, *missing, *woven.diagnostics))


def _said_by(page: str) -> dict[str, Any]:
    """The language of an HTML page."""
    found = re.search(r"<html\b[^<>]*\slang\s*=\s*[\"']?([\w-]+)", page, re.IGNORECASE)
    return {"lang": found[1]} if found else {}


def _decoded(path: Path) -> tuple[str, coding.Coding]:
    try:
        return coding.decode(path.read_bytes())
    except OSError as error:
        raise ReadError(f"the manuscript can't be read: {error.strerror}", Span(str(path))) from None


def _encoded(text: str, how: coding.Coding) -> bytes:
    """In the encoding of the manuscript, or, where a name has letters that this lacks, in UTF-8."""
    try:
        return coding.encode(text, how)
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogateescape")


def _works(
    path: str, front: Mapping[str, Any], given: Sequence[Path]
) -> tuple[dict[str, Work], tuple[Diagnostic, ...]]:
    """The works that can be cited, by key, the first of those with one key; and what of the files can't be read."""
    from cite2bib import formats
    from cite2bib.extract import read_any
    from cite2bib.formats import safe_yaml

    works: dict[str, Work] = {}
    told: list[Diagnostic] = []
    if isinstance(front.get("references"), list):
        inner = safe_yaml.render({"references": front["references"]}).encode()
        _add(works, formats.get("csl-yaml").read(inner, path).works)
    named = [Path(path).parent / name for name in manuscripts.texts(front.get("bibliography"))]
    for file in given or named:
        try:
            found = read_any(file.read_bytes(), str(file))
        except OSError as error:
            raise ReadError(f"the bibliography can't be read: {error.strerror}", Span(str(file))) from None
        _add(works, found.works)
        told += found.diagnostics
    return works, tuple(told)


def _add(works: dict[str, Work], found: Iterable[Work]) -> None:
    for work in found:
        if work.id:
            works.setdefault(work.id, work)


def _setting(path: str, front: Mapping[str, Any], wishes: Wishes, *, html: bool) -> weaving.Setting:
    from cite2bib.csl import find

    name = wishes.style or _style_of(path, front) or "apa"
    if name.endswith(".bst"):
        raise UsageError("a manuscript is rendered in a CSL style; BibTeX styles are for LaTeX")
    found = find.find(name)
    style = find.load(found)
    return weaving.Setting(
        style,
        wishes.lang or str(front.get("lang") or "") or found.locale,
        html=html,
        pandoc=Path(path).suffix.lower() in {".qmd", ".rmd"} and not wishes.page,
        links=_is_true(front.get("link-citations"), default=False),
        after_punctuation=_is_true(front.get("notes-after-punctuation"), default=True),
        bibliography=not _is_true(front.get("suppress-bibliography"), default=False),
        title=str(front.get("reference-section-title") or ""),
        archives=found.archives,
    )


def _style_of(path: str, front: Mapping[str, Any]) -> str:
    """The style that a front matter names: a file beside the manuscript, an address, or a name."""
    said = str(front.get("csl") or front.get("citation-style") or "")
    beside = Path(path).parent / said
    if said and not re.match(r"https?://", said) and beside.is_file():
        return str(beside)
    return re.sub(r"^.*/|\.csl$", "", said)


def _is_true(value: object, *, default: bool) -> bool:
    text = str(value).strip().lower() if value is not None else ""
    return text in {"true", "yes", "on"} if text else default
