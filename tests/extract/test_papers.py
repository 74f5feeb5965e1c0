"""Papers and manuscripts in every container: what `read_any` makes of them."""

from __future__ import annotations

import io
import json
import zipfile

import pytest

from cite2bib.extract import read_any

REFERENCES = [
    "Goodfellow, I., Bengio, Y., & Courville, A. (2016). Deep learning. MIT Press.",
    "Hochreiter, S., & Schmidhuber, J. (1997). Long short-term memory. Neural Computation, 9(8), 1735–1780.",
]
PROSE = "John Röe and Jane Doe met in Paris, 2019. Deep Learning Systems are described in arXiv:2303.12712 and Smith (2010)."
TITLES = ["Deep learning", "Long short-term memory"]


def _html() -> str:
    items = "".join(f"<li>{item}</li>" for item in REFERENCES)
    return (
        f"<html><body><h1>1 Introduction</h1><p>{PROSE}</p><h2>References</h2><ol>{items}</ol></body></html>"
    )


PAPERS = {
    "paper.txt": f"1 Introduction\n\n{PROSE}\n\nReferences\n\n" + "\n\n".join(REFERENCES),
    "paper.md": f"# Introduction\n\n{PROSE}\n\n# References\n\n" + "\n\n".join(REFERENCES),
    "paper.html": _html(),
    "paper.tex": f"\\documentclass{{a}}\\begin{{document}}\\section{{Introduction}}\n{PROSE}\n\\begin{{thebibliography}}{{9}}"
    + "".join(f"\\bibitem{{k{n}}} {item.replace('&', chr(92) + '&')}" for n, item in enumerate(REFERENCES))
    + "\\end{thebibliography}\\end{document}",
    "paper.ipynb": json.dumps({"nbformat": 4, "cells": [{"cell_type": "markdown", "source": f"# Introduction\n\n{PROSE}\n\n## References\n\n" + "\n\n".join(REFERENCES)}]}),
}  # fmt: skip


@pytest.mark.parametrize("path", PAPERS)
def test_prose_names_by_identifier_and_sections_by_reference(path: str) -> None:
    works = read_any(PAPERS[path].encode(), path).works
    assert [work.text("arxiv") for work in works if "title" not in work] == ["2303.12712"]
    assert [work.text("title") for work in works if "title" in work] == TITLES


def test_an_archive_of_papers() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("a/paper.md", PAPERS["paper.md"])
        file.writestr("broken.pdf", b"%PDF-1.7\n")
    found = read_any(buffer.getvalue(), "papers.zip")
    assert [work.text("title") for work in found.works if "title" in work] == TITLES
    (told,) = (item for item in found.diagnostics if item.code == "unreadable")
    assert told.span is not None
    assert told.span.path == "papers.zip!broken.pdf"


def test_a_manuscript_without_references_gives_what_it_cites() -> None:
    source = f"\\section{{A}} {PROSE} \\cite{{doi:10.1145/3290605.3300233,knuth84}} \\bibliography{{refs}}"
    works = read_any(source.encode(), "paper.tex").works
    assert [(work.id, work.text("DOI") or work.text("arxiv")) for work in works] == [
        ("doi:10.1145/3290605.3300233", "10.1145/3290605.3300233"),
        ("", "2303.12712"),
    ]
