"""cs:text but for macros, and cs:number.

https://docs.citationstyles.org/en/stable/specification.html#text
"""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING

from cite2bib import richtext
from cite2bib.csl import markup, numbers, textcase
from cite2bib.csl.context import CALLED, FILLED, TERMS
from cite2bib.csl.people import has_romanesque, starts_romanesque
from cite2bib.csl.tree import Span
from cite2bib.model import Kind, kind_of
from cite2bib.patterns import late

if TYPE_CHECKING:
    from collections.abc import Callable

    from cite2bib.csl import ast
    from cite2bib.csl.context import Context
    from cite2bib.csl.evaluate import Compiler, Render
    from cite2bib.csl.items import Item
    from cite2bib.csl.tree import Node

RANGE_VARIABLES = frozenset(("page", "page-first", "locator"))
_LINKS = {
    "DOI": "https://doi.org/",
    "URL": "",
    "PMID": "https://www.ncbi.nlm.nih.gov/pubmed/",
    "PMCID": "https://www.ncbi.nlm.nih.gov/pmc/articles/",
}
_ADDRESS = late(r"https?://\S*$")  # the start of an address before what completes it: one link
_PERIOD, _ANY_PERIOD = late(r"\.(?![a-z])"), late(r"\.")
_BEGUN = "term behind"  # one that doesn't begin its cite
_OF_LOCALE = frozenset(("term", _BEGUN, "label", "month"))
_PADDING = 10  # digits that numbers have in sort keys


def dresser(
    compiler: Compiler, look: ast.Look, *, of_style: bool = False
) -> Callable[[Context, tuple[Node, ...], str], Span]:
    """A function from nodes to the span that an element's look makes of them.

    Title case is for works in English; words of the style itself take it whatever the work's language.
    """
    case, strip, upright = look.text_case, look.strip_periods, without_slant(look)
    if not case and not strip:
        if upright is look:
            return lambda _ctx, nodes, tag: Span(nodes, look, tag)
        return lambda _ctx, nodes, tag: Span(nodes, look if is_slantable(nodes) else upright, tag)
    english = compiler.locale.language.lower().startswith("en")

    def dress(ctx: Context, nodes: tuple[Node, ...], tag: str) -> Span:
        if case:
            is_english = True if of_style else ctx.item.is_english
            language = ctx.item.language or compiler.locale.language
            nodes = textcase.apply(
                nodes, case, english=english if is_english is None else is_english, language=language
            )
        if strip:
            nodes = without_periods(nodes, _ANY_PERIOD if tag in _OF_LOCALE else _PERIOD)
        return Span(nodes, look if upright is look or is_slantable(nodes) else upright, tag)

    return dress


def without_slant(look: ast.Look) -> ast.Look:
    """A look without italics; the same if it has none."""
    formats = tuple(pair for pair in look.formats if pair not in _SLANTED)
    return look._replace(formats=formats) if len(formats) < len(look.formats) else look


def is_slantable(nodes: tuple[Node, ...]) -> bool:
    """Whether nodes have letters that are set in italics: those of Chinese, Korean or Georgian never are.

    What elements of a style have made is taken as it is.
    """
    return any(
        (has_romanesque(node) or any(map(str.isdecimal, node)))
        if isinstance(node, str)
        else node.tag not in _MARKUP or is_slantable(node.children)
        for node in nodes
    )


_SLANTED = frozenset((("font-style", "italic"), ("font-style", "oblique")))
_MARKUP = frozenset(("markup", "nocase", "nodecor", "link"))


def without_periods(nodes: tuple[Node, ...], period: re.Pattern[str]) -> tuple[Node, ...]:
    """Nodes without periods, but for those inside of words as `arXiv.org`; words of a locale have none at all."""
    return tuple(
        period.sub("", node)
        if isinstance(node, str)
        else node.with_children(
            without_periods(node.children, _ANY_PERIOD if node.tag in _OF_LOCALE else period)
        )
        for node in nodes
    )


def text(compiler: Compiler, element: ast.Text) -> Render:
    """A cs:text that names a variable, a term or a value."""
    match element.source:
        case "value":
            return _value(compiler, element)
        case "term":
            return _term(compiler, element)
    match element.value:
        case "citation-number":
            return _citation_number(compiler, element.look)
        case "year-suffix":
            return _year_suffix(compiler, element)
        case "citation-label":
            return _citation_label(compiler, element)
        case "locator" | "first-reference-note-number":
            return _of_cite(compiler, element)
    return _variable(compiler, element)


def _value(compiler: Compiler, element: ast.Text) -> Render:
    nodes = markup.parse(element.value, compiler.locale.quotes) if element.value else ()
    dress = dresser(compiler, element.look, of_style=True)

    def run(ctx: Context) -> Span | None:
        if not nodes:
            return None
        ctx.flags |= TERMS
        return dress(ctx, nodes, "")

    return run


def _term(compiler: Compiler, element: ast.Text) -> Render:
    found = compiler.locale.term(element.value, element.form, plural=element.plural)
    if compiler.sorting and element.value == "no date":
        found = ""  # as in the reference, works without a date weigh nothing
    nodes = markup.parse(found, compiler.locale.quotes) if found else ()
    dress = dresser(compiler, element.look, of_style=True)

    def run(ctx: Context) -> Span | None:
        if not nodes:
            return None
        ctx.flags |= TERMS
        return dress(ctx, nodes, _BEGUN if ctx.begun else "term")

    return run


def _citation_number(compiler: Compiler, look: ast.Look) -> Render:
    dress = dresser(compiler, look)
    width = _PADDING if compiler.sorting else 0

    def run(ctx: Context) -> Span | None:
        ctx.flags |= CALLED | FILLED
        ctx.asked_text = True
        number = ctx.item.number
        span = dress(ctx, (str(number).zfill(width),), "citation-number")
        span.value = number
        return span

    return run


def _citation_label(compiler: Compiler, element: ast.Text) -> Render:
    dress = dresser(compiler, element.look)
    in_capitals = element.look.text_case == "uppercase"  # else the letter goes on the label's word

    def run(ctx: Context) -> Span | None:
        ctx.flags |= CALLED | FILLED
        ctx.asked_text = True
        label = ctx.item.text("citation-label") or trigraph(ctx.item)
        span = dress(ctx, (label,), "citation-label")
        suffix = ctx.decision.suffix
        if suffix and not compiler.has_year_suffix and not ctx.suffix_done:
            ctx.suffix_done = True
            letter = suffix.upper() if in_capitals else suffix
            span.children = (*span.children, Span((letter,), tag="year-suffix", value=suffix))
        return span

    return run


_CREATORS = (
    "author", "editor", "translator", "director", "composer", "interviewer", "recipient", "container-author",
    "collection-editor", "illustrator", "reviewed-author", "original-author",
)  # fmt: skip
_LETTERS_OF_NAMES = ((4,), (2, 2), (2, 1, 1), (1, 1, 1, 1))
_NO_LETTER = late(r"[\W\d_]+")
_NO_SIGN = late(r"[\W_]+")
_ARTICLE = late(r"^(?:an?|the)\s+", re.IGNORECASE)  # of an institution; a title keeps its own


def trigraph(item: Item) -> str:
    """The label of a work that brings none: letters of its names or title and two digits of its year, as citeproc-js has it."""
    people = next((found for variable in _CREATORS if (found := item.people(variable))), ())
    names = [_NO_LETTER.sub("", person.family or _ARTICLE.sub("", person.literal)) for person in people[:4]]
    letters = _LETTERS_OF_NAMES[max(len(names) - 1, 0)]
    # No letter of a name in another script, and of none behind it.
    known = list(takewhile(starts_romanesque, names))
    if not known:
        letters, known = _LETTERS_OF_NAMES[0], [_NO_SIGN.sub("", richtext.plain(item.text("title")))]
    label = "".join(name[:count].capitalize() for name, count in zip(known, letters, strict=False))
    date = item.date("issued")
    year = str(abs(date.start.year))[-2:] if date and date.start else "00"
    return f"{label}{year}"


def _year_suffix(compiler: Compiler, element: ast.Text) -> Render:
    dress = dresser(compiler, element.look)

    def run(ctx: Context) -> Span | None:
        # As in the reference, a group that has a place for a letter doesn't vanish.
        ctx.flags |= CALLED | FILLED
        suffix = ctx.decision.suffix or ctx.item.text("year-suffix")
        if not suffix:
            return None
        span = dress(ctx, (suffix,), "year-suffix")
        span.value = suffix
        return span

    return run


def _of_cite(compiler: Compiler, element: ast.Text) -> Render:
    dress = dresser(compiler, element.look)
    name = element.value
    how = numbers.Form(compiler.locale, name, page_format=compiler.page_format)
    quotes = compiler.locale.quotes

    def run(ctx: Context) -> Span | None:
        ctx.flags |= CALLED
        value = _locator(ctx) if name == "locator" else ctx.backreference
        if not value:
            return None
        ctx.flags |= FILLED
        shown = numbers.written(value, how)
        return dress(ctx, markup.parse(shown, quotes), name)

    return run


def _locator(ctx: Context) -> str:
    """Where in the work a cite points to; "" if it has said so already, as in the reference."""
    if ctx.locator_done:
        return ""
    ctx.locator_done = True
    return ctx.cite.locator.strip()


def _variable(compiler: Compiler, element: ast.Text) -> Render:
    name, short = element.value, element.form == "short"
    link = _LINKS.get(name)
    look, address = element.look, ""
    if link is not None and (found := _ADDRESS.search(look.prefix)):
        look, address = look._replace(prefix=look.prefix[: found.start()]), found[0]
    dress = dresser(compiler, look)
    quotes = compiler.locale.quotes
    how = number_form(compiler, name) if kind_of(name) is Kind.NUMBER else None

    def run(ctx: Context) -> Span | None:
        ctx.flags |= CALLED
        ctx.asked_text = True
        if name in ctx.unavailable():
            return None
        value = ctx.item.short(name) if short else ctx.item.text(name)
        if not value:
            return None
        ctx.flags |= FILLED
        if ctx.record is not None:
            ctx.record.add(name)
        if short and name == "URL":
            value = _site(value)
        if how is not None:
            value = numbers.written(value, how)
        if link is None:
            span = dress(ctx, markup.parse(value, quotes), "variable")
            if how is not None:
                span.value = "number"
            return span
        target = value if "://" in value else link + value
        return dress(ctx, (Span((address + value,), tag="link", value=target),), "")

    return run


def number_form(compiler: Compiler, name: str, form: str = "numeric") -> numbers.Form:
    """How the numbers of a variable are written."""
    page_format = compiler.page_format if name in RANGE_VARIABLES else ""
    return numbers.Form(compiler.locale, name, form, compiler.locale.gender(name), page_format)


_BELOW_SITE = late(r"(.*\.[^/]+)/.*")
_WEB = late(r"https?://(?=www\.)")


def _site(address: str) -> str:
    """The short form of an address is its site, as in citeproc-js.

    >>> _site("https://www.example.org/a/b?c"), _site("https://example.org/a")
    ('www.example.org', 'https://example.org')
    """
    return _WEB.sub("", _BELOW_SITE.sub(r"\1", address))


def number(compiler: Compiler, element: ast.Number) -> Render:
    """A cs:number: a numeric value takes the form asked for, any other is text."""
    name, form = element.variable, element.form
    dress = dresser(compiler, element.look)
    locale = compiler.locale
    how = number_form(compiler, name, form)
    width = _PADDING if compiler.sorting else 0

    def run(ctx: Context) -> Span | None:
        ctx.flags |= CALLED
        value = _number_value(ctx, name)
        if not value or name in ctx.unavailable():
            return None
        ctx.flags |= FILLED
        if ctx.record is not None:
            ctx.record.add(name)
        if width and value.isdigit():
            return Span((value.zfill(width),))
        value = numbers.written(value, how)
        return dress(
            ctx,
            markup.parse(value, locale.quotes),
            "citation-number" if name == "citation-number" else "number",
        )

    return run


def _number_value(ctx: Context, name: str) -> str:
    match name:
        case "citation-number":
            return str(ctx.item.number)
        case "locator":
            return _locator(ctx)
        case "first-reference-note-number":
            return ctx.backreference
    return ctx.item.text(name)
