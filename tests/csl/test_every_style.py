"""Every packaged style loads and renders varied works, and what it can't follow is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cite2bib import csl, formats
from cite2bib.csl import catalog, find, style
from cite2bib.csl.render import citation, render
from cite2bib.diagnostics import StyleError
from cite2bib.model import Work

ROOT = Path(__file__).parents[2]
WORKS = ROOT / "bench" / "works.json"
# Independent styles that are known to be broken, with what is wrong in them.
BROKEN: dict[str, str] = {}


def works() -> list[Work]:
    return list(formats.get("csljson").read(WORKS.read_bytes(), str(WORKS)).works)


def check(found: find.Found, some: list[Work]) -> None:
    """Citations of each work and of all together, and the bibliography."""
    ids = [work.id for work in some]
    clusters = [csl.Cluster((csl.Cite(id_),), note) for note, id_ in enumerate(ids, 1)]
    clusters.append(csl.Cluster(tuple(map(csl.Cite, ids)), len(ids) + 1))
    parsed = style.parse(find.read(found.path), found.path)
    rendered = csl.cite(parsed, some, clusters, found.locale or None)
    assert len(rendered.citations) == len(clusters)
    assert all(citation(tokens, "text") for tokens in rendered.citations)
    if parsed.bibliography:
        assert render(rendered, "html").strip()


@pytest.mark.slow
def test_every_independent_style_renders() -> None:
    some = works()
    assert len(some) == 50
    failed = {}
    for row in catalog.index():
        if row.parent:
            continue
        try:
            check(find.find(row.name), some)
        except StyleError as error:
            failed[row.name] = str(error)
    assert failed.keys() == BROKEN.keys(), json.dumps(failed, indent=1)


@pytest.mark.slow
def test_every_dependent_style_finds_its_parent_and_language() -> None:
    some = works()[:3]
    checked: set[tuple[str, str]] = set()
    failed = {}
    for row in catalog.index():
        if not row.parent:
            continue
        try:
            found = find.find(row.name)
            if (found.path, found.locale) not in checked:
                checked.add((found.path, found.locale))
                check(found, some)
        except StyleError as error:
            failed[row.name] = str(error)
    assert not failed, json.dumps(failed, indent=1)
    assert len(checked) > 100
