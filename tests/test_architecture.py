"""The layers of CONTRIBUTING.md, and the size of modules."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "cite2bib"
MODULES = sorted(SOURCE.rglob("*.py"))

# A module imports only from lines below its own; within a place of one line, only itself.
LAYERS = (
    ("__main__",),
    ("cli",),
    ("__init__",),
    ("pipeline",),
    ("check", "fix"),
    ("extract", "resolve"),
    ("documents", "formats", "sources", "index", "csl", "bst"),
    ("http",),
    ("records",),
    ("identifiers", "names", "dates", "titles", "printed", "findings"),
    ("richtext",),
    ("letters", "diagnostics", "patterns", "collector", "paths"),
    ("model",),
    ("light",),
)
DEPTH = {place: depth for depth, layer in enumerate(LAYERS) for place in layer}


def place_of(parts: tuple[str, ...]) -> str:
    """The place (first part below the package) of a dotted module."""
    return parts[1] if len(parts) > 1 else "__init__"


def imports(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            dotted = node.module
            if dotted == "cite2bib":
                yield from (
                    f"cite2bib.{alias.name}" if alias.name in DEPTH else "cite2bib" for alias in node.names
                )
            else:
                yield dotted


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_only_from_below(module: Path) -> None:
    own = module.relative_to(SOURCE).with_suffix("").parts[0]
    assert own in DEPTH, f"{own} has no place in the layers"
    for dotted in imports(module):
        if not dotted.startswith("cite2bib"):
            continue
        other = place_of(tuple(dotted.split(".")))
        if (
            own == "__init__"
            or other == own
            or (dotted == "cite2bib" and own in {"cli", "pipeline", "http", "findings"})
        ):
            continue  # the version is free for all front ends
        assert DEPTH[other] > DEPTH[own], f"{own} must not import {dotted}"


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_modules_stay_small(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= 800
