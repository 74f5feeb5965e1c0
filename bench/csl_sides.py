"""One bibliography by one engine, as a whole process: `python csl_sides.py ENGINE STYLE WORKS`, the text on stdout."""

from __future__ import annotations

import json
import sys
import warnings
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def ours(style: str, works: str) -> None:
    """csl.cite, rendered as text."""
    sys.path.insert(0, str(HERE.parent / "src"))
    from cite2bib import csl, formats
    from cite2bib.csl.render import render
    from cite2bib.csl.style import parse

    read = formats.get("csljson").read(Path(works).read_bytes(), works).works
    print(render(csl.cite(parse(Path(style).read_text(encoding="utf-8"), style), read, ()), "text"))


def citeproc_py(style: str, works: str) -> None:
    """The bibliography of all works, each cited once: without being cited a work is not in the list."""
    import citeproc
    from citeproc.source.json import CiteProcJSON

    warnings.simplefilter("ignore")
    items = json.loads(Path(works).read_bytes(), object_hook=_bearable)
    list_ = citeproc.CitationStylesBibliography(
        citeproc.CitationStylesStyle(style, validate=False), CiteProcJSON(items), citeproc.formatter.plain
    )
    for item in items:
        list_.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
    list_.sort()
    print("\n".join(map(str, list_.bibliography())))


def _bearable(value: dict[str, Any]) -> dict[str, Any]:
    """What citeproc-py reads without an exception: institutions as families, no seasons, no roles unknown to it."""
    from citeproc import NAMES

    if set(value) == {"literal"}:
        return {"family": value["literal"]}
    return {
        key: field
        for key, field in value.items()
        if key != "season"
        and (not isinstance(field, list) or key == "date-parts" or key.replace("-", "_") in NAMES)
    }


def citeproc_js(style: str, works: str) -> None:
    """citeproc-js makes the list in node; what it costs to hand it the works is ours, and small."""
    sys.path.insert(0, str(HERE))
    from reference import Reference

    reference = Reference()
    answer = reference.ask(Path(style).read_text(encoding="utf-8"), json.loads(Path(works).read_bytes()))
    assert reference.node.stdin
    reference.node.stdin.close()
    reference.node.wait()
    if "error" in answer:
        sys.exit(str(answer["error"]))
    print("\n".join(answer["entries"].values()))


if __name__ == "__main__":
    {"cite2bib": ours, "citeproc-py": citeproc_py, "citeproc-js": citeproc_js}[sys.argv[1]](*sys.argv[2:])
