"""Citations and a bibliography of works in a style: the passes, in their order.

number and sort -> sort inside clusters -> positions -> disambiguate -> render -> collapse -> bibliography ->
subsequent-author-substitute -> second-field-align -> flatten (affixes, quotes, punctuation, flip-flop).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib.collector import uncollected
from cite2bib.csl import bibliography, disambiguate, flatten, markup, program, sortkeys, tree
from cite2bib.csl.ast import PLAIN, Look
from cite2bib.csl.context import FIRST, SUBSEQUENT, UNDECIDED, Context, Decision, NameForms
from cite2bib.csl.items import Cite, Cluster, Item
from cite2bib.csl.people import starts_romanesque
from cite2bib.csl.tree import Span
from cite2bib.light import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cite2bib.csl.abbreviations import Abbreviations
    from cite2bib.csl.ast import Style
    from cite2bib.csl.collapse import Rendered as RenderedCite
    from cite2bib.csl.disambiguate import Lists
    from cite2bib.csl.flatten import Token
    from cite2bib.csl.positions import Placed
    from cite2bib.csl.program import Program
    from cite2bib.csl.selection import Selection
    from cite2bib.csl.sortkeys import Weights
    from cite2bib.csl.tree import Node
    from cite2bib.model import Name, Work

# What stands where a style has nothing to say; the reference says so as well.
UNPRINTED = "[CSL STYLE ERROR: reference with no printed form.]"
SUPPRESSED = "[NO_PRINTED_FORM]"  # nothing is left without the author
_DEFAULT_NEAR_NOTE_DISTANCE = 5
_JOINING = ".?!;:"  # marks at the start of a suffix that belong to what they follow
# What a prefix may end with that has a space behind it, apart from letters.
_BEFORE_SPACE = frozenset("0123456789'’\"”»)].,;:?!&")


class Entry(NamedTuple):
    """One work in the bibliography."""

    id: str
    tokens: list[Token]


class Rendered(NamedTuple):
    """All citations, in the order of the clusters, and the bibliography; `render` makes text of them."""

    citations: list[list[Token]]
    entries: list[Entry]
    hanging_indent: bool = False
    second_field_align: str = ""
    entry_spacing: int = 1
    line_spacing: int = 1
    authors: Sequence[list[Token]] = ()  # of each citation, as far as they stand in the text


def cite(
    style: Style,
    works: Sequence[Work],
    clusters: Sequence[Cluster] | None = None,
    lang: str | None = None,
    *,
    own_names: Sequence[Name] = (),
    archives: bool = False,
    links: bool = False,
    abbreviations: Abbreviations | None = None,
    selection: Selection | None = None,
) -> Rendered:
    """Citations of clusters and the bibliography of all works, in the style's language or in `lang`.

    Without clusters, each work is cited once, in the order of the list. Own names are set in bold in the bibliography.
    With `links`, each cite is a link to its entry (`#ref-ID`); `abbreviations` are what `form="short"` says; `selection`
    leaves works out of the bibliography, which keep their numbers and letters. With `archives`, published works that are on arXiv too say so in `archive` and `archive_location`.
    """
    if clusters is None:
        clusters = [Cluster((Cite(work.id),)) for work in works]
    with uncollected():
        run = Run(
            program.of_style(style, lang or ""), _said(works, archives=archives), own_names, links=links
        )
        if abbreviations:
            run.shorten(abbreviations)
        run.selection = selection
        return run.rendered(clusters)


def _said(works: Sequence[Work], *, archives: bool) -> Iterable[Work]:
    """Works as CSL says them: it has no variable for an arXiv id."""
    if not any("arxiv" in work for work in works):
        return works
    from cite2bib.records.preprints import is_preprint, spread

    return [spread(work) if archives or is_preprint(work) else work for work in works]


class Run:
    """One run of a program over some works."""

    def __init__(
        self, compiled: Program, works: Iterable[Work], own_names: Sequence[Name] = (), *, links: bool = False
    ) -> None:
        self.program = compiled
        self.links = links
        self.own_names = own_names
        self.items: dict[str, Item] = {}
        for work in works:
            self.items[work.id] = Item(work, len(self.items))  # of two with one id, the later counts
        self.order: list[Item] = []
        self.selection: Selection | None = None  # of what the bibliography prints
        self.weights: dict[str, Weights] = {}  # of items in citations
        self.decided: dict[str, Decision] = {}
        particles = compiled.style.options.get("demote-non-dropping-particle")
        self.name_forms = NameForms(with_particles=particles == "never")
        self.tried: dict[str, tuple[str, Lists, int]] = {}  # undecided cites that name forms don't change

    def shorten(self, lists: Abbreviations) -> None:
        """Take short forms from lists of abbreviations."""
        from cite2bib.csl.abbreviations import shorten

        for item in self.items.values():
            shorten(item, lists)

    def rendered(self, clusters: Sequence[Cluster]) -> Rendered:
        """All passes; those over clusters are loaded when there are any."""
        self.number()
        if not clusters:
            self.disambiguate()
            return self._result([])
        from cite2bib.csl import positions

        placed = [(cluster, self.placed(cluster)) for cluster in clusters]
        area = self.program.citation
        near = area.option("near-note-distance")
        positions.assign(placed, int(near) if near.isdecimal() else _DEFAULT_NEAR_NOTE_DISTANCE)
        self.disambiguate()
        citations = [
            self.citation(
                cites, keeps_order=cluster.keeps_order and any(entry.cite.prefix for entry in cites[1:])
            )
            for cluster, cites in placed
        ]
        authors = [self.author(cites) for _, cites in placed]
        return self._result(citations)._replace(authors=authors)

    def number(self) -> None:
        """The order of the bibliography, and the numbers that come of it."""
        self.order = list(self.items.values())
        keys = self.program.bibliography_keys
        if keys:
            language = self.program.language
            self.order = sortkeys.ordered(
                self.order, lambda item: sortkeys.Weights(item, keys, language), keys
            )
        if keys:
            numbered = reversed(self.order) if self.program.counts_down else self.order
            for number, item in enumerate(numbered, 1):
                item.number = number

    def placed(self, cluster: Cluster) -> list[Placed]:
        """The cites of a cluster, sorted as the style asks."""
        from cite2bib.csl.positions import Placed

        found = [Placed(cite, self.items[cite.id]) for cite in cluster.cites if cite.id in self.items]
        keys = self.program.citation_keys
        if not keys or len(found) < 2 or found[0].cite.author_in_text:
            return found
        for entry in found:
            entry.weights = self.weighed(entry.item)
        if cluster.keeps_order:
            return self.sorted_between(found)
        return sortkeys.ordered(found, lambda entry: self.weighed(entry.item), keys)

    def weighed(self, item: Item) -> Weights:
        """What an item sorts by in citations."""
        if item.id not in self.weights:
            self.weights[item.id] = sortkeys.Weights(item, self.program.citation_keys, self.program.language)
        return self.weights[item.id]

    def sorted_between(self, found: list[Placed]) -> list[Placed]:
        """Sorted as the style asks, but what begins with words of the text stays behind what stands before it."""
        keys = self.program.citation_keys
        runs: list[list[Placed]] = []
        for placed in found:
            if not runs or placed.cite.prefix:
                runs.append([])
            runs[-1].append(placed)
        return [
            placed
            for run in runs
            for placed in ([run[0]] if run[0].cite.prefix else [])
            + sortkeys.ordered(run[bool(run[0].cite.prefix) :], lambda entry: self.weighed(entry.item), keys)
        ]

    def disambiguate(self) -> None:
        """Decide what ambiguous cites show."""
        allowed = self.program.methods
        rule = self.program.citation.option("givenname-disambiguation-rule", "by-cite")
        if self.program.citation.flag("disambiguate-add-givenname") and rule != "by-cite":
            tried = {item.id: self._try(item, UNDECIDED) for item in self.order}
            lists = [found for _, found, _ in tried.values()]
            primary = rule.startswith("primary-name")
            self.name_forms = disambiguate.name_forms(self.name_forms, lists, primary=primary)
            self.tried = {
                id_: cite for id_, cite in tried.items() if not disambiguate.concern(self.name_forms, cite[1])
            }
        if not allowed.any:
            return
        self.decided = disambiguate.decide(self.order, self._try, allowed)

    def undecided(self, item: Item) -> str:
        """How the cite of an item reads before anything tells it apart from others."""
        return self._try(item, UNDECIDED)[0]

    def told_apart(self, item: Item) -> str:
        """How it reads with what tells it apart."""
        return self._try(item, self.decided.get(item.id, UNDECIDED))[0]

    def _try(self, item: Item, decision: Decision) -> tuple[str, Lists, int]:
        """A cite as others are told from it: as it reads later in the text, near its last note, as the reference has it."""
        if decision is UNDECIDED and item.id in self.tried:
            return self.tried[item.id]
        ctx = Context(item)
        ctx.position = SUBSEQUENT
        ctx.near_note = True
        ctx.backreference = "1"  # the note is not what tells them apart
        ctx.decision = decision
        ctx.name_forms = self.name_forms
        nodes = self.program.render_cite(ctx)
        return "\n".join(map(tree.text, nodes)), ctx.lists, ctx.conditions

    def citation(self, cites: list[Placed], *, keeps_order: bool = False) -> list[Token]:
        """One cluster."""
        from cite2bib.csl import collapse

        area = self.program.citation
        cites = [entry for entry in cites if entry.cite.author_only] or cites
        rendered = [self.cite(entry, is_first=not place) for place, entry in enumerate(cites)]
        said = [entry for entry in rendered if entry.body.children or entry.prefix or entry.suffix]
        first = cites[0].cite if cites else None
        says_less = first and (first.suppress_author or first.author_in_text or first.author_only)
        if rendered and rendered[0] not in said and not says_less:
            rendered[0].body = Span((UNPRINTED,))
            said.insert(0, rendered[0])
        in_text = not self.program.style.is_note
        keeps_order = keeps_order or (bool(cites) and cites[0].cite.author_in_text)
        nodes = collapse.joined(said, area, in_text=in_text, keeps_order=keeps_order)
        if not nodes:
            return [SUPPRESSED]
        look = PLAIN if first and first.author_only else area.layout.look
        root = Span(nodes, look._replace(delimiter=""))
        return flatten.flatten_citation(root, self.program.locale, in_note=self.program.style.is_note)

    def author(self, cites: list[Placed]) -> list[Token]:
        """The names that stand in the text before a cluster; none where the style cites without them."""
        placed = next((entry for entry in cites if entry.cite.author_in_text), None)
        if placed is None:
            return []
        # An "ibid." has no names: then those of a later cite, or of a first one.
        for position in dict.fromkeys((placed.position, SUBSEQUENT, FIRST)):
            ctx = self.cite_context(placed)
            ctx.position = position
            names = tree.find(Span(self.program.render_cite(ctx)), "names")
            if names:
                break
        return flatten.flatten(Span((names,)), self.program.locale) if names else []

    def cite(self, placed: Placed, *, is_first: bool) -> RenderedCite:
        """One cite of a cluster."""
        from cite2bib.csl.collapse import Rendered as RenderedCite

        ctx = self.cite_context(placed)
        nodes = self.program.render_cite(ctx)
        cite = placed.cite
        prefix = self._prefix(cite.prefix)
        suffix = self._suffix(cite.suffix, _JOINING + "," * cite.comma_joins)
        whole = Span(nodes)
        names = _people(whole)
        body = self._choice(whole, cite)
        if self.program.style.is_note and _begins_sentence(cite.prefix, is_first=is_first):
            body = capitalized(body)
        if self.links and body.children:
            body = Span((body,), tag="link", value=f"#ref-{cite.id}")
        return RenderedCite(placed, body, prefix, suffix, names, says_text=ctx.asked_text)

    def cite_context(self, placed: Placed) -> Context:
        """A context with where a cite stands."""
        ctx = self.context(placed.item)
        ctx.cite = placed.cite
        ctx.position = placed.position
        ctx.near_note = placed.near_note
        ctx.backreference = str(placed.first_note) if placed.first_note and placed.position else ""
        return ctx

    @staticmethod
    def _choice(body: Span, cite: Cite) -> Span:
        """With author-only or suppress-author, a part of the cite."""
        if cite.author_only:
            names = tree.find(body, "names")
            return Span((names,)) if names and not _without_people(names) else Span(())
        if cite.author_in_text:  # all of them stand before the citation
            rest, _ = tree.replace_first(body, "names", lambda _: None)
            return rest if isinstance(rest, Span) else Span(())
        if cite.suppress_author:
            rest, _ = tree.replace_first(body, "names", _without_people)
            return rest if isinstance(rest, Span) else Span(())
        return body

    def _prefix(self, text: str) -> tuple[Node, ...]:
        """What a text says before a cite, with a space where words would touch."""
        nodes = markup.parse(text, self.program.locale.quotes) if text else ()
        last = tree.text(Span(nodes))[-1:]
        return (*nodes, " ") if last and (_is_letter(last) or last in _BEFORE_SPACE) else nodes

    def _suffix(self, text: str, joining: str) -> tuple[Node, ...]:
        """What a text says behind a cite; a mark that joins it goes into quotes where the locale has it so."""
        if not text:
            return ()
        quotes = self.program.locale.quotes
        if text[0] in joining and len(text) > 1:
            return (Span((), Look(suffix=text[0]), "suffix"), *markup.parse(text[1:], quotes))
        nodes = markup.parse(text, quotes)
        return (" ", *nodes) if _is_letter(text[0]) or text[0] in "([&" else nodes

    def context(self, item: Item) -> Context:
        """A context with what was decided of an item."""
        ctx = Context(item)
        ctx.decision = self.decided.get(item.id, UNDECIDED)
        ctx.name_forms = self.name_forms
        return ctx

    def _result(self, citations: list[list[Token]]) -> Rendered:
        area = self.program.bibliography
        render = self.program.render_entry
        if area is None or render is None:
            return Rendered(citations, [])
        first_field = self.program.render_first
        raw: list[tuple[Node, ...]] = []
        items = []
        named = []  # whether the names that an entry begins with say anything
        for item in self.order:
            if self.selection and not self.selection.keeps(item):
                continue
            ctx = self.context(item)
            ctx.in_bibliography = True
            nodes = render(ctx)
            if not nodes and self.program.is_numeric:
                nodes = (Span((f"{item.number}. ", UNPRINTED), tag="unprinted"),)
            if nodes and first_field and not first_field(self.context(item)):
                nodes = (bibliography.NO_FIRST_FIELD, *nodes)
            # One without anything is no entry, but may part those around it.
            raw.append(capitalized(Span(nodes)).children if nodes else ())
            items.append(item)
            named.append(bool(nodes) and ctx.named is not False)
        changed = bibliography.substituted(raw, area, named)
        if self.own_names:
            from cite2bib.csl import ownname

            changed = [ownname.in_bold(nodes, self.own_names) for nodes in changed]
        entries = [
            Entry(item.id, flatten.flatten(bibliography.finished(nodes, area), self.program.locale))
            for item, nodes in zip(items, changed, strict=True)
            if nodes
        ]
        return Rendered(
            citations,
            entries,
            hanging_indent=area.flag("hanging-indent"),
            second_field_align=area.option("second-field-align"),
            entry_spacing=_integer(area.option("entry-spacing"), 1),
            line_spacing=_integer(area.option("line-spacing"), 1),
        )


def _people(cite: Span) -> list[str]:
    """The names of people in a cite; none where a title or a word stands in for them."""
    return [tree.text(names) for names in tree.find_all(cite, "names") if tree.names_people(names)]


def _without_people(names: Span) -> Span | None:
    """What is left of names without an author: a word of the style, like "Anon."; not a title."""
    return None if tree.names_work(names) else names


def _begins_sentence(prefix: str, *, is_first: bool) -> bool:
    """Whether what follows a prefix begins a sentence: a note, or after a sentence of several words."""
    if not prefix.strip():
        return is_first
    return prefix.rstrip().endswith((".", "?", "!")) and len(prefix.split()) > 1


def _is_letter(char: str) -> bool:
    """Whether a character is a letter of a script that has spaces between words."""
    return char.isalpha() and starts_romanesque(char)


def _integer(text: str, default: int) -> int:
    return int(text) if text.isdecimal() else default


def capitalized(body: Span) -> Span:
    """A term that begins a cite begins with a capital (fixtures magic_CapitalizeFirstOccurringTerm and its like)."""
    changed, _ = _capitalized(body)
    return changed if isinstance(changed, Span) else body


def _capitalized(node: Node) -> tuple[Node, bool]:
    """The node with its first text in upper case if that is a term, and whether text was found.

    What stands behind the number of a cite still begins it.
    """
    if isinstance(node, str):
        return node, bool(node)
    if node.tag == "citation-number":
        return node, False
    if node.tag == "term" and not node.look.text_case:
        first, *rest = node.children
        return node.with_children((tree.capitalized(first), *rest)), True
    for index, child in enumerate(node.children):
        changed, found = _capitalized(child)
        if found:
            if changed is child:
                return node, True
            return node.with_children((*node.children[:index], changed, *node.children[index + 1 :])), True
    return node, False
