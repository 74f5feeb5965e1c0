"""One name to nodes: the order of its parts, initials, particles, and the formatting of name-parts.

https://docs.citationstyles.org/en/stable/specification.html#name and its tables of name orders
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib.csl import ast, markup, people, textcase, texts
from cite2bib.csl.tree import Span
from cite2bib.light import NamedTuple
from cite2bib.patterns import late

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cite2bib.csl.locale import Locale
    from cite2bib.csl.people import Person
    from cite2bib.csl.tree import Node

SHORT, INITIALS, FULL = range(3)
_BEFORE_SPACE = frozenset(("de'", "de’"))  # Lorenzo de’ Medici, but Jeanne d’Arc
_PERIOD = late(r"\.\s*")


class NameOptions(NamedTuple):
    """All options of cs:name, inherited ones included."""

    form: str
    conjunction: str  # "text", "symbol" or ""
    delimiter: str
    institution_delimiter: str  # before an institution that is last: no inherited one, as in the reference
    delimiter_precedes_et_al: str
    delimiter_precedes_last: str
    et_al_min: int
    et_al_use_first: int
    et_al_use_last: bool
    et_al_subsequent_min: int
    et_al_subsequent_use_first: int
    initialize: bool
    initialize_with: str | None
    initialize_with_hyphen: bool
    name_as_sort_order: str  # "first", "all" or ""
    sort_separator: str
    demote: str

    def base_level(self) -> int:
        """How much of a given name is shown where nothing is ambiguous."""
        if self.form == "short":
            return SHORT
        return FULL if self.initialize_with is None else INITIALS


def _number(text: str) -> int:
    text = text.strip()
    return int(text) if text.isdecimal() else 0


def options(inherited: Mapping[str, str], own: Mapping[str, str]) -> NameOptions:
    """The options of a name: its own attributes, then those of cs:citation or cs:bibliography, then of cs:style."""

    def get(name: str, default: str = "") -> str:
        return own[name] if name in own else inherited.get(name, default)

    et_al_min, use_first = _number(get("et-al-min")), _number(get("et-al-use-first"))
    return NameOptions(
        form=own.get("form") or inherited.get("name-form") or "long",
        conjunction=get("and"),
        delimiter=own["delimiter"] if "delimiter" in own else inherited.get("name-delimiter", ", "),
        institution_delimiter=own.get("delimiter", ", "),
        delimiter_precedes_et_al=get("delimiter-precedes-et-al", "contextual"),
        delimiter_precedes_last=get("delimiter-precedes-last", "contextual"),
        et_al_min=et_al_min,
        et_al_use_first=use_first,
        et_al_use_last=get("et-al-use-last") == "true",
        et_al_subsequent_min=_number(get("et-al-subsequent-min")) or et_al_min,
        et_al_subsequent_use_first=_number(get("et-al-subsequent-use-first")) or use_first,
        initialize="false" not in (own.get("initialize"), inherited.get("initialize")),
        initialize_with=own.get("initialize-with", inherited.get("initialize-with")),
        initialize_with_hyphen=inherited.get("initialize-with-hyphen") != "false",
        name_as_sort_order=get("name-as-sort-order"),
        sort_separator=get("sort-separator", ", "),
        demote=inherited.get("demote-non-dropping-particle") or "display-and-sort",
    )


class NameWriter:
    """Writes single names with one set of options; the same name is written once."""

    def __init__(self, opts: NameOptions, name: ast.Name, locale: Locale, *, sorting: bool) -> None:
        self.options = opts
        self.family_look = name.family.look
        self.given_look = name.given.look
        # Affixes stand around each person, formatting on each name (both as in the reference).
        self.look = ast.Look(formats=name.look.formats, prefix=name.look.prefix, suffix=name.look.suffix)
        self.literal_look = ast.Look(formats=name.look.formats)
        self.quotes = locale.quotes
        self.language = locale.language
        self.sorting = sorting
        self.demotes = sorting and opts.demote != "never"
        # These set particles with a space that doesn't break.
        bound = locale.language.lower().startswith(("cs", "fr", "ru"))
        self.space = "\u00a0" if bound and not sorting else " "
        self.plain = self.family_look.plain and self.given_look.plain
        self._written: dict[tuple[Person, int, bool], Span] = {}

    def write(self, person: Person, level: int, *, inverted: bool) -> Span:
        """A name as a span tagged "name"."""
        key = (person, level, inverted)
        span = self._written.get(key)
        if span is None:
            nodes = self._nodes(person, level, inverted=inverted)
            look = self.look
            if person.literal:  # the part is around the name, as in the reference
                nodes, look = (Span(nodes, self.literal_look),), ast.Look(formats=self.family_look.formats)
            span = self._written[key] = Span(nodes, look, tag="name", value=person)
        return span

    def _nodes(self, person: Person, level: int, *, inverted: bool) -> tuple[Node, ...]:
        if person.literal:
            return self._dressed(person.literal, self.family_look._replace(formats=()))
        if person.only_given:
            return self._dressed(person.family, self.given_look)
        given = self.given(person, level)
        if person.script != 2:
            return self._foreign(person, given, level)
        if level == SHORT:
            return self._short(person, inverted=inverted)
        if person.static:
            return _spaced([self._family_inside(person), self._dressed(given, self.given_look)])
        return self._inverted(person, given) if inverted else self._direct(person, given)

    def given(self, person: Person, level: int) -> str:
        """The given names as they are, or as the style abbreviates them; with `initialize` off, what is abbreviated."""
        opts = self.options
        if level != INITIALS:
            return person.given
        hyphen = opts.initialize_with_hyphen
        return people.initials(
            person.given, opts.initialize_with or "", hyphen=hyphen, initialize=opts.initialize
        )

    def _short(self, person: Person, *, inverted: bool) -> tuple[Node, ...]:
        if inverted and not self.sorting and person.particle and self.options.demote == "display-and-sort":
            demoted = self._dressed(person.particle.rstrip(), self.family_look)
            return (*self._family(person, ""), self.options.sort_separator, *demoted)
        if self.demotes:
            return _spaced([self._family(person, ""), self._parsed(person.particle)])
        return _spaced([self._family(person, person.particle)])

    def _foreign(self, person: Person, given: str, level: int) -> tuple[Node, ...]:
        """A name in a script without spaces: family first, nothing between (spec, non-Latin)."""
        family = self._dressed_pair(person.particle, person.family)
        if level == SHORT:
            return _spaced([family])
        joint = " " if person.script == 1 else ""
        rest = self._dressed(given, self.given_look)
        return (*family, *((joint,) if joint and rest else ()), *rest)

    def _direct(self, person: Person, given: str) -> tuple[Node, ...]:
        """Given, dropping particle, particle, family, suffix."""
        dropping = self._dressed(person.dropping, self.given_look)
        bound = not person.particle and person.dropping not in _BEFORE_SPACE and not _joint(person.dropping)
        family = _spaced([dropping, self._family_inside(person)], "" if bound else self.space)
        if person.suffix:
            joint = ", " if person.comma_suffix else " "
            family = (*family, joint, *self._suffix(person))
        joined = self._affixed(tuple(family), self.family_look)
        given_nodes = self._given(given)
        if not given_nodes or not joined:
            return given_nodes or joined
        return _spaced([(*given_nodes, " ", *joined)])

    def _inverted(self, person: Person, given: str) -> tuple[Node, ...]:
        """Family first; where particles go depends on what is asked of them and whether this is for sorting."""
        if self.sorting:
            return self._sorted(person, given)
        opts = self.options
        demoted = opts.demote == "display-and-sort"
        family = self._family(person, "" if demoted else person.particle)
        particle = self._dressed(person.particle.rstrip(), self.family_look) if demoted else ()
        after = [
            self._dressed(given, self.given_look),
            self._dressed(person.dropping, self.given_look),
            particle,
        ]
        given_nodes = self._affixed(_spaced(after), self.given_look)
        parts = [family, given_nodes, self._suffix(person)]
        separator = self.options.sort_separator
        out: list[Node] = []
        for part in parts:
            if not part:
                continue
            if out:
                out.append(separator)
            out.extend(part)
        return tuple(out)

    def _sorted(self, person: Person, given: str) -> tuple[Node, ...]:
        """In sort keys; particles that are demoted weigh behind the given names, as in the reference."""
        parts = [given, person.dropping, person.particle] if self.demotes else [person.dropping, given]
        family = self._family(person, "" if self.demotes else person.particle)
        return _spaced([family, *map(self._parsed, (*parts, person.suffix))])

    def _suffix(self, person: Person) -> tuple[Node, ...]:
        """The suffix, its abbreviations set like initials: "Jr." is "Jr" where initials have no period."""
        mark = self.options.initialize_with
        suffix = person.suffix if mark is None else _PERIOD.sub(mark, person.suffix).strip()
        return self._parsed(suffix)

    def _given(self, given: str) -> tuple[Node, ...]:
        return self._affixed(self._dressed(given, self.given_look), self.given_look)

    def _family_inside(self, person: Person) -> tuple[Node, ...]:
        return self._dressed_pair(person.particle, person.family)

    def _family(self, person: Person, particle: str) -> tuple[Node, ...]:
        return self._affixed(self._dressed_pair(particle, person.family), self.family_look)

    def _dressed_pair(self, particle: str, family: str) -> tuple[Node, ...]:
        if not particle:
            return self._dressed(family, self.family_look)
        joint = " " if self.sorting and not particle.endswith(" ") else _joint(particle)
        joint = self.space if joint else ""
        if not self.family_look.formats:
            return self._dressed(f"{particle}{joint}{family}", self.family_look)
        # Formatted one by one, as the reference does.
        dressed = (
            self._dressed(particle.rstrip(), self.family_look),
            self._dressed(family, self.family_look),
        )
        space = joint or particle[len(particle.rstrip()) :]
        return (*dressed[0], *((space,) if space else ()), *dressed[1])

    def _parsed(self, text: str) -> tuple[Node, ...]:
        return markup.parse(text, self.quotes) if text else ()

    def _dressed(self, text: str, look: ast.Look) -> tuple[Node, ...]:
        """Text in the case and formatting of a name-part, without its affixes."""
        nodes = self._parsed(text)
        if not nodes or look.plain:
            return nodes
        if look.text_case == "capitalize-first":
            nodes = self._parsed(textcase.capitalized(text))
        elif look.text_case:
            nodes = textcase.apply(nodes, look.text_case, english=True, language=self.language)
        bare = ast.Look(formats=look.formats)
        if bare.formats and not texts.is_slantable(nodes):
            bare = texts.without_slant(bare)
        return (Span(nodes, bare),) if bare.formats else nodes

    @staticmethod
    def _affixed(nodes: tuple[Node, ...], look: ast.Look) -> tuple[Node, ...]:
        if not nodes or not (look.prefix or look.suffix):
            return nodes
        return (Span(nodes, ast.Look(prefix=look.prefix, suffix=look.suffix)),)


def _joint(before: str) -> str:
    """What stands between a particle and its family name: nothing after "d'" and "al-"."""
    return "" if before.endswith(("'", "’", "ʻ", "-", " ", "\u00a0")) else " "


def _spaced(parts: list[tuple[Node, ...]], space: str = " ") -> tuple[Node, ...]:
    """Parts with spaces between."""
    out: list[Node] = []
    for part in filter(None, parts):
        if out and space:
            out.append(space)
        out.extend(part)
    if all(isinstance(node, str) for node in out):
        return ("".join(out),) if out else ()  # type: ignore[arg-type]
    return tuple(out)
