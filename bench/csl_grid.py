"""How often our citations and bibliographies say what citeproc-js says, letter for letter: real styles x varied works.

    npm install                     (in this folder, once)
    python bench/csl_grid.py [--styles FILE] [--works FILE] [--only STYLE] [--differences N]

A cell is one work's entry in one style's bibliography, or one citation; markup and white space aside.
"""

from __future__ import annotations

import argparse
import html
import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from reference import HERE, Reference

from cite2bib import csl, formats
from cite2bib.csl import find, style
from cite2bib.csl.render import suite

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cite2bib.model import Work

_OPTIONS = {"suppress-author": "suppress_author", "author-only": "author_only"}


class Cell(NamedTuple):
    """What both sides say."""

    kind: str  # entry or citation
    id: str
    expected: str
    got: str


def clusters_for(ids: list[str]) -> list[list[dict[str, Any]]]:
    """Every work cited alone, some again (with locators), and some in groups, as texts do."""
    alone = [[{"id": id_}] for id_ in ids]
    groups = [[{"id": id_} for id_ in ids[start : start + 3]] for start in range(0, len(ids) - 2, 5)]
    again: list[list[dict[str, Any]]] = [
        [{"id": ids[0], "locator": "12", "label": "page"}],
        [{"id": ids[0], "locator": "12", "label": "page"}],
        [{"id": ids[0], "locator": "13-15", "label": "page", "prefix": "see "}],
        [{"id": ids[1], "locator": "3", "label": "chapter", "suffix": ", and elsewhere"}],
        [{"id": ids[1], "suppress-author": True}],
        [{"id": ids[5]}, {"id": ids[6]}, {"id": ids[7]}],
    ]
    return alone + groups + again


def cluster(cites: list[dict[str, Any]], note: int) -> csl.Cluster:
    """Our form of citeproc-js's citation items."""
    return csl.Cluster(
        tuple(csl.Cite(**{_OPTIONS.get(key, key): value for key, value in cite.items()}) for cite in cites),
        note,
    )


def ours(
    found: find.Found, text: str, works: list[Work], clusters: list[list[dict[str, Any]]]
) -> tuple[list[str], dict[str, str]]:
    """Citations and entries in the dialect of citeproc-js."""
    is_note = 'class="note"' in text
    placed = [cluster(cites, number if is_note else 0) for number, cites in enumerate(clusters, 1)]
    rendered = csl.cite(style.parse(text, str(found.path)), works, placed, lang=found.locale)
    entries = {entry.id: suite.text(entry.tokens) for entry in rendered.entries}
    return [suite.text(tokens) for tokens in rendered.citations], entries


def plain(markup: str) -> str:
    """The text of the html that both write, white space aside."""
    return " ".join(html.unescape(re.sub(r"<!--.*?-->|<[^>]*>", "", markup)).split())


def cells(name: str, works: list[Work], items: list[dict[str, Any]], reference: Reference) -> Iterator[Cell]:
    """All cells of one style; none where citeproc-js itself fails."""
    found = find.find(name)
    text = Path(found.path).read_text(encoding="utf-8")
    clusters = clusters_for([item["id"] for item in items])
    theirs = reference.ask(text, items, clusters, found.locale)
    if "error" in theirs:
        print(f"{name}: citeproc-js says {theirs['error']}")
        return
    citations, entries = ours(found, text, works, clusters)
    for cites, expected, got in zip(clusters, theirs["citations"], citations, strict=True):
        yield Cell("citation", "+".join(cite["id"] for cite in cites), plain(expected), plain(got))
    if "<bibliography" not in text:
        return
    for item in items:
        id_ = item["id"]
        yield Cell("entry", id_, plain(theirs["entries"].get(id_, "")), plain(entries.get(id_, "")))


def show(name: str, differing: list[Cell], most: int) -> None:
    """Print the first differences of a style."""
    for cell in differing[:most]:
        print(f"{name} {cell.kind} {cell.id}\n  - {cell.expected}\n  + {cell.got}")


def options() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--styles", default=str(HERE / "styles.txt"), help="a file of style names")
    parser.add_argument("--works", default=str(HERE / "works.json"), help="a CSL-JSON file")
    parser.add_argument("--only", help="one style")
    parser.add_argument("--differences", type=int, default=0, help="print so many of each style")
    return parser.parse_args()


def main() -> None:
    """Compare, and print a table."""
    chosen = options()
    data = Path(chosen.works).read_bytes()
    items = json.loads(data)
    works = list(formats.get("csljson").read(data, chosen.works).works)
    names = [chosen.only] if chosen.only else Path(chosen.styles).read_text(encoding="utf-8").split()
    reference = Reference()
    total: Counter[tuple[str, bool]] = Counter()
    rows = []
    for name in names:
        found = list(cells(name, works, items, reference))
        differing = [cell for cell in found if cell.expected != cell.got]
        show(name, differing, chosen.differences)
        rows.append((len(differing), name))
        total.update((cell.kind, cell.expected == cell.got) for cell in found)
    for count, name in sorted(rows, reverse=True):
        print(f"{count:4d} differ in {name}")
    for kind in ("entry", "citation"):
        same, all_ = total[kind, True], total[kind, True] + total[kind, False]
        print(f"{kind}: {same} of {all_} equal ({100 * same / max(1, all_):.2f}%)")


if __name__ == "__main__":
    main()
