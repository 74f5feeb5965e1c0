"""Works rendered in a citation style: CSL by name, title or path, BibTeX styles by a name that ends in `.bst`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib import csl
from cite2bib.csl import find
from cite2bib.csl.render import citation
from cite2bib.csl.render import render as render_tokens
from cite2bib.diagnostics import StyleError, UsageError
from cite2bib.light import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cite2bib.csl import Cluster, Rendered
    from cite2bib.csl.abbreviations import Abbreviations
    from cite2bib.csl.selection import Selection
    from cite2bib.model import Name, Work


def cite(
    works: Sequence[Work],
    style: str,
    *,
    clusters: Sequence[Cluster] | None = None,
    lang: str = "",
    sort: bool = True,
    own_names: Sequence[str] = (),
    abbreviations: Abbreviations | None = None,
    selection: Selection | None = None,
) -> Rendered:
    """Citations of clusters, and the bibliography of all works, in a CSL style; `own_names` in bold.

    `abbreviations` are {jurisdiction: {category: {full: short}}}; a `selection` of the works makes one section of a bibliography.
    """
    found = find.find(style)
    parsed = find.load(found)
    if not sort and parsed.bibliography:
        parsed = replace(parsed, bibliography=parsed.bibliography._replace(keys=()))
    language = lang or found.locale or None
    return csl.cite(
        parsed,
        works,
        clusters,
        language,
        own_names=_people(own_names),
        archives=found.archives,
        abbreviations=abbreviations,
        selection=selection,
    )


def _people(names: Sequence[str]) -> list[Name]:
    if not names:
        return []
    from cite2bib.names import parse

    return [parse(name) for name in names]


def check_style(style: str) -> None:
    """Raise `StyleError` when there is no such style, or it is broken."""
    if style.endswith(".bst"):
        from cite2bib.bst.find import find as find_bst

        find_bst(_bst_name(style))
    else:
        find.load(find.find(style))


def render(
    works: Sequence[Work],
    style: str,
    target: str = "text",
    *,
    lang: str = "",
    sort: bool = True,
    own_names: Sequence[str] = (),
) -> str:
    """The bibliography of works as text, html, markdown, latex or rtf."""
    if style.endswith(".bst"):
        return _bst(works, style, target)
    # Without clusters all works would be cited as well, for nothing.
    rendered = cite(works, style, clusters=(), lang=lang, sort=sort, own_names=own_names)
    if works and not rendered.entries:
        raise StyleError(f"the style {style} has no bibliography, it only cites")
    return render_tokens(rendered, target)


def preview(works: Sequence[Work], style: str, target: str = "text", *, lang: str = "") -> str:
    """How a style cites some works, then its bibliography of them, if it has one."""
    rendered = cite(works, style, lang=lang)
    lines = [citation(tokens, target) for tokens in rendered.citations]
    bibliography = render_tokens(rendered, target) if rendered.entries else ""
    return "\n".join([*lines, "", bibliography])


def _bst(works: Sequence[Work], style: str, target: str) -> str:
    """In a BibTeX style: the .bbl itself, or what can be read without LaTeX."""
    from cite2bib import bst, formats
    from cite2bib.pipeline import bbl

    targets: dict[str, Callable[[str], str]] = {"latex": str, "text": bbl.to_text, "html": bbl.to_html}
    if target not in targets:
        raise UsageError(f"a BibTeX style is rendered as {', '.join(targets)}, not as {target}")
    text = formats.get("bibtex").write(works).text
    return targets[target](bst.render_bst(text, _bst_name(style)).text)


def _bst_name(style: str) -> str:
    """A path as it is, a name without its suffix."""
    return style if "/" in style else style.removesuffix(".bst")
