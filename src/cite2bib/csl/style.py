"""A style's XML to its typed tree; whatever is wrong in it is a `StyleError` with line and column.

https://docs.citationstyles.org/en/stable/specification.html#independent-styles
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib.csl import ast, xmlread
from cite2bib.csl.ast import Style
from cite2bib.csl.elements import date, locale, look, name, once, words
from cite2bib.light import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cite2bib.csl.xmlread import Element

_TESTS = frozenset(
    [
        "disambiguate",
        "is-numeric",
        "is-uncertain-date",
        "locator",
        "position",
        "type",
        "variable",
        "is-multiple",
        "is-plural",
        "jurisdiction",
        "page",
        "context",
        "subjurisdictions",
        "genre",
    ]
)
_DEEPEST = 120  # elements inside each other, macros counted; no packaged style has half of that
_DISPLAYED = (ast.Text, ast.Number, ast.Label, ast.Date, ast.Names, ast.Group)
_text, _label, _condition = once(ast.Text), once(ast.Label), once(ast.Condition)
_TERM_SOURCES = ("variable", "macro", "term", "value")


class Info(NamedTuple):
    """What cs:info says of a style."""

    id: str
    title: str
    parent: str  # the address of the style that a dependent one follows
    default_locale: str


def info(root: Element) -> Info:
    """Title and parent of a style, independent or not."""
    about = root.first("info")
    links = list(about.all("link")) if about else []
    parent = next((link.get("href") for link in links if link.get("rel") == "independent-parent"), "")

    def text(tag: str) -> str:
        found = about.first(tag) if about else None
        return found.text.strip() if found else ""

    return Info(text("id"), text("title"), parent, root.get("default-locale"))


def parse(text: str, path: str = "style") -> Style:
    """A style from its XML; a dependent style has no citation and is refused here."""
    return from_root(xmlread.parse(text, path))


def from_root(root: Element) -> Style:
    """A style from its root element."""
    if root.tag != "style":
        raise root.error(f"<{root.tag}> is not a style")
    citation = root.first("citation")
    if citation is None:
        parent = info(root).parent
        hint = f"; it is a dependent style of {parent}" if parent else ""
        raise root.error(f"the style has no <citation>{hint}")
    bibliography = root.first("bibliography")
    reader = _Reader(root)
    macros = {macro.get("name"): reader.elements(macro) for macro in root.all("macro")}
    style = Style(
        path=root.source.path,
        is_note=root.get("class") == "note",
        default_locale=root.get("default-locale"),
        options=dict(root.attributes),
        macros=macros,
        uses={name: reader.insides[name].uses for name in macros},
        citation=reader.area(citation),
        bibliography=reader.area(bibliography) if bibliography else None,
        locales=tuple(locale(child) for child in root.all("locale")),
    )
    _refuse_recursion(root, {name: inside.calls for name, inside in reader.insides.items()})
    return style


def _refuse_recursion(root: Element, calls: Mapping[str, list[tuple[str, int]]]) -> None:
    """A macro that calls itself, over others or not, would never end; one too deep would end Python's stack."""
    places = {macro.get("name"): macro for macro in root.all("macro")}
    depths: dict[str, int] = {}  # of each macro, with what it calls
    for start in calls:
        path: dict[str, None] = {}
        stack: list[tuple[str, bool]] = [(start, False)]
        while stack:
            name, leaving = stack.pop()
            if leaving:
                del path[name]
                depths[name] = max(
                    (depth + depths.get(called, 0) for called, depth in calls[name]), default=0
                )
                if depths[name] > _DEEPEST:
                    place = places.get(name, root)
                    raise place.error(f"elements and macros are nested more than {_DEEPEST} deep")
            elif name in path:
                raise places.get(name, root).error(f"the macro {name!r} calls itself")
            elif name not in depths:
                path[name] = None
                stack.append((name, True))
                stack.extend((called, False) for called, _ in calls.get(name, ()) if called)


class _Inside:
    """What was met inside a macro or an area."""

    def __init__(self) -> None:
        self.calls: list[
            tuple[str, int]
        ] = []  # macros, and how deep inside it; "" is an element that calls none
        self.variables: set[str] = set()
        self.tests: set[str] = set()

    @property
    def uses(self) -> ast.Uses:
        macros = frozenset(name for name, _ in self.calls if name)
        return ast.Uses(macros, frozenset(self.variables), frozenset(self.tests))


class _Reader:
    """Elements to AST; remembers what stands in which macro."""

    def __init__(self, root: Element) -> None:
        self.known_macros = {macro.get("name") for macro in root.all("macro")}
        self.insides: dict[str, _Inside] = {}  # by macro, and by area as <citation>
        self.depth = 0
        self.enclosed = 0  # groups and macros around

    def enter(self, name: str) -> _Inside:
        """What is read from here on is inside this macro or area."""
        self.inside = self.insides.setdefault(name, _Inside())
        return self.inside

    def area(self, element: Element) -> ast.Area:
        layouts = list(element.all("layout"))
        if not layouts:
            raise element.error(f"<{element.tag}> has no <layout>")
        layout = layouts[-1]
        sort = element.first("sort")
        keys = tuple(self.key(key) for key in sort.all("key")) if sort else ()
        inside = self.enter(f"<{element.tag}>")
        children = tuple(item for child in layout.children if (item := self.element(child)) is not None)
        described = ast.Layout(children, look(layout, inside=True))
        return ast.Area(described, keys, dict(element.attributes), inside.uses)

    def key(self, element: Element) -> ast.Key:
        names = {"names-min": "et-al-min", "names-use-first": "et-al-use-first"}
        names["names-use-last"] = "et-al-use-last"
        options = {names[name]: value for name, value in element.attributes.items() if name in names}
        macro = element.get("macro")
        if macro and macro not in self.known_macros:
            raise element.error(f"there is no macro {macro!r}")
        return ast.Key(element.get("variable"), macro, element.get("sort") == "descending", options)

    def elements(self, parent: Element) -> tuple[ast.Element, ...]:
        if parent.tag == "macro":
            self.enter(parent.get("name"))
        encloses = parent.tag in {"macro", "group", "substitute"}
        self.enclosed += encloses
        found = tuple([item for child in parent.children if (item := self.element(child)) is not None])
        self.enclosed -= encloses
        return found

    def element(self, element: Element) -> ast.Element | None:
        self.depth += 1
        self.inside.calls.append(("", self.depth))
        found = self.rendering(element)
        self.depth -= 1
        if self.enclosed and "display" in element.attributes and isinstance(found, _DISPLAYED):
            # Only what stands in the layout itself is a block, as in the reference: no part of a group or a macro.
            return found._replace(look=found.look._replace(display=""))
        return found

    def rendering(self, element: Element) -> ast.Element | None:
        match element.tag:
            case "text":
                return self.text(element)
            case "number":
                self.inside.variables.add(element.get("variable"))
                return ast.Number(element.get("variable"), element.get("form") or "numeric", look(element))
            case "label":
                return self.label(element)
            case "date":
                return date(element)
            case "names":
                return self.names(element)
            case "group":
                return ast.Group(self.elements(element), look(element))
            case "choose":
                return self.choose(element)
        raise element.error(f"<{element.tag}> is not a rendering element")

    def text(self, element: Element) -> ast.Element | None:
        for source in _TERM_SOURCES:
            if source not in element.attributes:
                continue
            value = element.attributes[source]
            if source == "macro":
                if value not in self.known_macros:
                    raise element.error(f"there is no macro {value!r}")
                self.inside.calls.append((value, self.depth))
            elif source == "variable":
                self.inside.variables.add(value)
            form = element.get("form") or "long"
            return _text(source, value, form, element.get("plural") == "true", look(element))
        return None  # <text/> says nothing

    @staticmethod
    def label(element: Element) -> ast.Label:
        plural = element.get("plural") or "contextual"
        return _label(element.get("variable"), element.get("form") or "long", plural, look(element))

    def names(self, element: Element) -> ast.Names:
        own, et_al, label = element.first("name"), element.first("et-al"), element.first("label")
        tags = [child.tag for child in element.children]
        label_first = label is not None and "name" in tags and tags.index("label") < tags.index("name")
        substitute = element.first("substitute")
        return ast.Names(
            variables=words(element.get("variable")),
            name=name(own) if own else None,
            et_al=ast.EtAl(et_al.get("term") or "et-al", look(et_al)) if et_al else None,
            label=self.label(label) if label else None,
            label_first=label_first,
            substitute=self.elements(substitute) if substitute else (),
            delimiter=element.attributes.get("delimiter"),
            look=look(element),
        )

    def choose(self, element: Element) -> ast.Choose:
        branches = [child for child in element.children if child.tag in {"if", "else-if", "else"}]
        return ast.Choose(tuple(self.branch(branch) for branch in branches))

    def branch(self, element: Element) -> ast.Branch:
        conditions = tuple(
            _condition(test, words(values)) for test, values in element.attributes.items() if test in _TESTS
        )
        if not conditions and element.tag != "else":
            raise element.error(f"<{element.tag}> tests nothing")
        self.inside.tests.update(condition.test for condition in conditions)
        return ast.Branch(element.get("match") or "all", conditions, self.elements(element))
