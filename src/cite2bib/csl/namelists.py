"""cs:names: lists of names with et al., "and", labels, and what stands in for names that are missing.

https://docs.citationstyles.org/en/stable/specification.html#names
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from cite2bib.csl import ast, conditions, nameforms, texts
from cite2bib.csl.context import CALLED, FILLED, SUBSEQUENT, NameList
from cite2bib.csl.nameforms import FULL, INITIALS, SHORT, NameWriter
from cite2bib.csl.people import initials, starts_romanesque
from cite2bib.csl.tree import Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from cite2bib.csl.context import Context
    from cite2bib.csl.evaluate import Compiler, Render
    from cite2bib.csl.people import Person
    from cite2bib.csl.tree import Node

_ELLIPSIS = "…"
_MERGED = ("editortranslator", "editor-translator")


def names(compiler: Compiler, element: ast.Names) -> Render:
    """A cs:names."""
    return _Names(compiler, element).run


def _inheriting(element: ast.Element, parent: ast.Names) -> ast.Element:
    """An element of cs:substitute, its names with what they take over from the names around, also inside cs:choose."""
    match element:
        case ast.Names():
            if element.name:
                name = _with_parts(element.name, parent.name or ast.Name())
                return element._replace(name=name, et_al=element.et_al or parent.et_al)
            return element._replace(
                name=parent.name,
                et_al=element.et_al or parent.et_al,
                label=element.label or parent.label,
                label_first=element.label_first if element.label else parent.label_first,
                delimiter=parent.delimiter,
                look=parent.look,
                inherits=True,
            )
        case ast.Group():
            children = tuple(_inheriting(child, parent) for child in element.children)
            return element._replace(children=children)
        case ast.Choose():
            branches = tuple(
                branch._replace(children=tuple(_inheriting(child, parent) for child in branch.children))
                for branch in element.branches
            )
            return element._replace(branches=branches)
    return element


def _with_parts(name: ast.Name, outer: ast.Name) -> ast.Name:
    """A cs:name in cs:substitute with the name-parts of the one around that it has none of, as in the reference."""
    unsaid = ast.NamePart()
    family = outer.family if name.family == unsaid else name.family
    given = outer.given if name.given == unsaid else name.given
    return name._replace(family=family, given=given)


class _Names:
    """One cs:names. How it writes is compiled when there is somebody to write: most have nobody in a few works."""

    def __init__(self, compiler: Compiler, element: ast.Names) -> None:
        self.compiler = compiler
        self.variables = element.variables
        self.own = element if element.name else element._replace(name=ast.Name())
        self.substitutes: list[tuple[Render, bool]] | None = None

    @cached_property
    def writer(self) -> _Writer:
        return _Writer(self.compiler, self.own)

    @cached_property
    def merged_term(self) -> str:
        """The term for people who are both editor and translator, if this element may join them (spec, names)."""
        if {"editor", "translator"} != set(self.variables) or self.own.label is None:
            return ""
        form = self.own.label.form
        for term in _MERGED:
            found = self.compiler.locale.term(term, form)
            if found is not None:
                return term if found else ""
        return ""

    def run(self, ctx: Context) -> Span | None:
        ctx.flags |= CALLED
        lists = self.find(ctx)
        if lists:
            ctx.flags |= FILLED
            if ctx.record is not None:
                ctx.record.update(self.variables)
            if ctx.named is None:
                ctx.named = True
            return self.writer.render(ctx, lists)
        is_first = ctx.named is None
        ctx.named = ctx.named or False
        span = self.substitute(ctx) if self.own.substitute else None
        if is_first:
            ctx.named = span is not None and not ctx.nameless
        elif span is None and not self.own.inherits:
            ctx.nameless = True
        if span is None and ctx.record is None:
            ctx.begun = True
            if self.compiler.sorting and self.writer.list.options.form == "count":
                ctx.flags |= FILLED
                return Span(("0",))  # a number that weighs, as in the reference
        return span

    def find(self, ctx: Context) -> list[tuple[str, tuple[Person, ...]]]:
        """The lists that have names, those of editors who are the translators as one."""
        item, quashed = ctx.item, ctx.unavailable()
        lists = [
            (variable, people)
            for variable in self.variables
            if (people := item.people(variable)) and not (quashed and variable in quashed)
        ]
        if len(lists) == 2 and self.merged_term and self.look_alike(ctx, lists[0][1], lists[1][1]):
            return [(self.merged_term, lists[0][1])]
        return lists

    def look_alike(self, ctx: Context, some: tuple[Person, ...], others: tuple[Person, ...]) -> bool:
        """Whether two lists are of the same people, as far as et al. shows them (as in the reference)."""
        if some == others or some[0] != others[0]:
            return some == others
        writer, place = self.writer.list, len(ctx.lists)
        return writer.seen(ctx, some, place) == writer.seen(ctx, others, place + 1)

    def substitute(self, ctx: Context) -> Span | None:
        """The first alternative that says something; its variables are used up for the rest of the cite."""
        if self.substitutes is None:  # compiled when names are first missing
            children = [_inheriting(child, self.own) for child in self.own.substitute]
            self.substitutes = [_substitute(self.compiler, child) for child in children]
        outer = ctx.record
        for alternative, is_final in self.substitutes:
            ctx.record = set()
            span = alternative(ctx)
            used, ctx.record = ctx.record, outer
            if span is None:
                if is_final:
                    return None
                continue
            if outer is not None:
                outer |= used
            ctx.quashed = (ctx.quashed or set()) | used
            return Span((span,), tag="names", value=())  # the look is that of names
        return None


class _Writer:
    """Writes the names of all variables of one cs:names, with their labels."""

    def __init__(self, compiler: Compiler, own: ast.Names) -> None:
        self.list = _ListWriter(compiler, own)
        delimiter = (
            own.delimiter if own.delimiter is not None else compiler.options.get("names-delimiter", "")
        )
        look = own.look._replace(delimiter=delimiter, text_case="")  # of the parts of names alone
        self.dress = texts.dresser(compiler, look)
        self.label = _label(compiler, own) if own.label and not compiler.sorting else None
        self.label_first = own.label_first

    def render(self, ctx: Context, lists: list[tuple[str, tuple[Person, ...]]]) -> Span | None:
        if self.list.options.form == "count":
            # People who are both editor and translator count twice.
            place, shown = len(ctx.lists), self.list.shown
            total = sum(shown(ctx, people, place) * (2 if name in _MERGED else 1) for name, people in lists)
            return Span((str(total),), ast.PLAIN, "names")
        parts: list[Node] = []
        for variable, people in lists:
            body = self.list.render(ctx, people)
            label = self.label(ctx, variable, people) if self.label else None
            if label is None:
                parts.append(body)
            else:
                parts.append(Span((label, body) if self.label_first else (body, label)))
        span = self.dress(ctx, tuple(parts), "names")
        span.value = tuple(people for _, people in lists)
        return span


def _substitute(compiler: Compiler, child: ast.Element) -> tuple[Render, bool]:
    """An alternative, and whether nothing comes after it: a term that is set to nothing is an answer."""
    is_final = (
        isinstance(child, ast.Text)
        and child.source == "term"
        and compiler.locale.term(child.value, child.form) is not None
    )
    if isinstance(child, ast.Choose):
        return _first_of_branch(compiler, child), is_final
    return compiler.element(child), is_final


def _first_of_branch(compiler: Compiler, element: ast.Choose) -> Render:
    """A cs:choose in cs:substitute: what its branch holds are alternatives as well."""
    branches = [
        (conditions.branch(compiler, branch), [_substitute(compiler, child)[0] for child in branch.children])
        for branch in element.branches
    ]

    def run(ctx: Context) -> Span | None:
        for test, alternatives in branches:
            if test(ctx):
                return next((span for render in alternatives if (span := render(ctx)) is not None), None)
        return None

    return run


def _options(compiler: Compiler, name: ast.Name) -> nameforms.NameOptions:
    found = nameforms.options(compiler.options, name.options)
    if compiler.sorting:
        return found._replace(name_as_sort_order="all", conjunction="")
    return found


class _ListWriter:
    """Renders the names of one variable."""

    def __init__(self, compiler: Compiler, own: ast.Names) -> None:
        locale, name = compiler.locale, own.name or ast.Name()
        self.options = options = _options(compiler, name)
        self.et_al_look = name.look  # as in the reference: around all names as well, where some are left out
        self.writer = NameWriter(options, name, locale, sorting=compiler.sorting)
        self.base_level = options.base_level()
        self.et_al = self._et_al(compiler, own.et_al or ast.EtAl())
        self.conjunction = self._conjunction(compiler)
        self.disambiguates = not compiler.sorting and compiler.style.citation.flag(
            "disambiguate-add-givenname"
        )
        self.rule = compiler.style.citation.option("givenname-disambiguation-rule") or "by-cite"
        if compiler.sorting:
            self.et_al = None

    def _et_al(self, compiler: Compiler, element: ast.EtAl) -> Span | None:
        term = compiler.locale.term(element.term)
        if not term:
            return None
        return Span((term,), element.look, "et-al")

    def _conjunction(self, compiler: Compiler) -> str:
        match self.options.conjunction:
            case "text":
                return compiler.locale.term("and") or "and"
            case "symbol":
                return compiler.locale.term("and", "symbol") if self._has_symbol(compiler) else "&"  # type: ignore[return-value]
        return ""

    @staticmethod
    def _has_symbol(compiler: Compiler) -> bool:
        return ("and", "symbol", "") in compiler.locale.data.terms

    def shown(self, ctx: Context, people: tuple[Person, ...], place: int) -> int:
        """How many names et al. leaves; where a list says itself that it goes on, et al. says so."""
        return min(self._shown(ctx, people, place), len(people) - _is_open(people))

    def seen(self, ctx: Context, people: tuple[Person, ...], place: int) -> tuple[Person | None, ...]:
        """The people that are shown, and what stands for the others: the last, or nobody where it is et al."""
        shown = self.shown(ctx, people, place)
        if shown == len(people):
            return people
        return (*people[:shown], people[-1] if self.ends_in_last(people, shown) else None)

    def ends_in_last(self, people: tuple[Person, ...], shown: int) -> bool:
        """Whether an ellipsis and the last name stand for the names that are left out."""
        return self.options.et_al_use_last and len(people) - shown > 1 and not _is_open(people)

    def _shown(self, ctx: Context, people: tuple[Person, ...], place: int) -> int:
        opts, count = self.options, len(people)
        if ctx.position >= SUBSEQUENT:
            at_least, first = opts.et_al_subsequent_min, opts.et_al_subsequent_use_first
        else:
            at_least, first = opts.et_al_min, opts.et_al_use_first
        if not at_least or count < at_least or not first or first > at_least:
            return count  # more shown than et al. needs is no et al., as in the reference
        if opts.et_al_use_last:
            first = _beside_the_last(first, at_least)
        if first >= count:
            return count
        # As in the reference, names that cites show more of are not added to a bibliography by themselves.
        decided = ctx.decision.names if self.disambiguates or not ctx.in_bibliography else ()
        if place < len(decided) and decided[place] > first:
            first = decided[place]
        return min(first, count)

    def render(self, ctx: Context, people: tuple[Person, ...]) -> Span:
        place = len(ctx.lists)
        shown = self.shown(ctx, people, place)
        written = [
            self.writer.write(
                people[index],
                self.level(ctx, people, place, index),
                inverted=self.inverted(people, index),
            )
            for index in range(shown)
        ]
        ctx.lists.append(NameList(people, shown, self.options.initialize_with is not None))
        if shown < len(people):
            last = self.last(ctx, people, place) if self.ends_in_last(people, shown) else None
            return Span(self.truncated(people, written, last), self.et_al_look, "name-list")
        return Span(self.joined(people, written), ast.PLAIN, "name-list")

    def last(self, ctx: Context, people: tuple[Person, ...], place: int) -> Span:
        index = len(people) - 1
        level = self.level(ctx, people, place, index)
        return self.writer.write(people[index], level, inverted=self.inverted(people, index))

    def inverted(self, people: tuple[Person, ...], index: int) -> bool:
        order = self.options.name_as_sort_order
        return (order == "all" or (order == "first" and index == 0)) and not people[index].literal

    def level(self, ctx: Context, people: tuple[Person, ...], place: int, index: int) -> int:
        """How much of the given name is shown."""
        base, person = self.base_level, people[index]
        if not self.disambiguates or person.literal or not person.given:
            return base
        if self.rule == "by-cite":
            decided = ctx.decision.given
            level = decided[place][index] if place < len(decided) and index < len(decided[place]) else base
            if ctx.in_bibliography and base == INITIALS and _has_namesake(ctx, people, index):
                return FULL
        else:
            level = self.needed(ctx, person, index)
        if level == INITIALS and self.options.initialize_with is None and not self.rule.endswith("initials"):
            level = FULL
        return max(base, level)

    def needed(self, ctx: Context, person: Person, index: int) -> int:
        """What a rule over all works asks for (spec, givenname-disambiguation-rule)."""
        if ctx.name_forms is None or (self.rule.startswith("primary-name") and index > 0):
            return self.base_level
        family = ctx.name_forms.family(person)
        if not ctx.name_forms.several(family):
            return SHORT
        if not self.rule.endswith("with-initials") and ctx.name_forms.ambiguous_initials(
            family, initials_key(person.given)
        ):
            return FULL
        return INITIALS if ctx.name_forms.ambiguous_family(family) else SHORT

    def joined(self, people: tuple[Person, ...], written: list[Span]) -> tuple[Node, ...]:
        """All names, with "and" before the last."""
        if len(written) == 1:
            return (written[0],)
        delimiter = self.options.delimiter
        out: list[Node] = [written[0]]
        for span in written[1:-1]:
            out += (delimiter, span)
        if people[-1].literal:
            delimiter = self.options.institution_delimiter
        if not self.conjunction:
            return (*out, delimiter, written[-1])
        rule = self.options.delimiter_precedes_last
        if self.conjunction[0].isalpha() and not starts_romanesque(
            self.conjunction
        ):  # 和 stands without spaces
            joint = delimiter if rule == "always" and len(written) == 2 else ""
            return (*out, joint + self.conjunction, written[-1])
        joint = delimiter if self.delimits(rule, people, len(written) - 1) else " "
        if people[-1].literal and rule in {"always", "never", "after-inverted-name"}:
            # An institution is joined in one way, as in the reference, but after an inverted name.
            inverted = rule == "after-inverted-name" and people[0].script == 2 and self.inverted(people, 0)
            joint = delimiter if len(people) > 2 or inverted else " "
        return (*out, f"{joint}{self.conjunction} ", written[-1])

    def delimits(self, rule: str, people: tuple[Person, ...], before: int) -> bool:
        """Whether the delimiter stands before the last name or before et al."""
        match rule:
            case "always":
                return True
            case "never":
                return False
            case "after-inverted-name":
                # As in the reference, a single name counts as inverted.
                return before == 1 or (people[before - 1].script == 2 and self.inverted(people, before - 1))
        return before >= 2

    def truncated(
        self, people: tuple[Person, ...], written: list[Span], last: Span | None
    ) -> tuple[Node, ...]:
        """Some names, then et al., or an ellipsis and the last name."""
        delimiter = self.options.delimiter
        out: list[Node] = []
        for span in written:
            if out:
                out.append(delimiter)
            out.append(span)
        if last is not None:
            return (*out, delimiter if len(written) > 1 else " ", f"{_ELLIPSIS} ", last)
        if self.et_al is None:
            return tuple(out)
        rule = self.options.delimiter_precedes_et_al
        alone = len(written) == 1
        if alone if rule == "after-inverted-name" else self.delimits(rule, people, len(written)):
            joint = delimiter
        else:
            term = str(self.et_al.children[0])
            joint = "" if term[0].isalpha() and not starts_romanesque(term) else " "  # 等 follows directly
        return (*out, joint, self.et_al)


def _label(compiler: Compiler, own: ast.Names) -> Callable[[Context, str, tuple[Person, ...]], Span | None]:
    element = own.label
    assert element is not None
    dress = texts.dresser(compiler, element.look, of_style=True)
    locale, form, plural = compiler.locale, element.form, element.plural

    def run(ctx: Context, variable: str, people: tuple[Person, ...]) -> Span | None:
        several = plural == "always" or (plural == "contextual" and len(people) > 1)
        found = locale.term(variable, form, plural=several)
        return dress(ctx, (found,), "label") if found else None

    return run


def _is_open(people: tuple[Person, ...]) -> bool:
    """Whether the last of several names is BibTeX's `others`."""
    return len(people) > 1 and people[-1].literal == "others"


def _beside_the_last(first: int, at_least: int) -> int:
    """How many names stand before an ellipsis: as the reference has it, with room for that and the last name."""
    return max(1, min(first, at_least - 2)) if at_least > 2 else first


def _has_namesake(ctx: Context, people: tuple[Person, ...], index: int) -> bool:
    """Whether another person of the list has the same family name and initials."""
    person, forms = people[index], ctx.name_forms
    return forms is not None and any(
        forms.family(other) == forms.family(person)
        and given_key(other.given) != given_key(person.given)
        and initials_key(other.given) == initials_key(person.given)
        for other in people
        if other.family == person.family and other is not person
    )


def given_key(given: str) -> str:
    """A given name as it is told from others: without spaces and periods."""
    return given.replace(" ", "").replace(".", "")


def initials_key(given: str) -> str:
    """What given names of the same initials share, however they are abbreviated."""
    if not starts_romanesque(given):
        return given[:1]
    return initials(given.replace(".", " "), "").replace(" ", "")


__all__ = ["FULL", "INITIALS", "SHORT", "given_key", "initials_key", "names"]
