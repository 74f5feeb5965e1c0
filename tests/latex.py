"""pdflatex, bibtex and biber on the .bib we write, and what they say of it."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cite2bib import richtext
from cite2bib.formats.bibtex.decode import decode
from cite2bib.letters import to_ascii

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

FONTS = r"\usepackage[T1]{fontenc}\usepackage{lmodern}"


@dataclass(frozen=True)
class Outcome:
    warnings: list[str]
    errors: list[str]
    text: str  # of the PDF

    def unreadable(self, titles: Iterable[str]) -> list[str]:
        """The titles whose letters are not in the PDF, in their order."""
        printed = letters(re.sub(r"\n\s*\d+\n\f", "\n", self.text))
        return [title for title in titles if letters(richtext.plain(decode(title))) not in printed]


def letters(text: str) -> str:
    """What can be compared between a title and a PDF: ASCII letters and digits, without TeX's command names."""
    return re.sub(r"[^a-z0-9]", "", to_ascii(text).lower())


def typeset(bib: str, style: str, program: str, folder: Path, packages: str = "") -> Outcome:
    """Typeset every entry of a .bib in a style, and collect what the programs complain of."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "refs.bib").write_text(bib, encoding="utf-8")
    natbib = r"\usepackage{natbib}" if style.endswith("nat") else ""
    if program == "bibtex":
        body = rf"{natbib}\begin{{document}}\nocite{{*}}\bibliographystyle{{{style}}}\bibliography{{refs}}"
    else:
        body = (
            rf"\usepackage[style={style},backend=biber]{{biblatex}}\addbibresource{{refs.bib}}"
            r"\begin{document}\nocite{*}\printbibliography"
        )
    (folder / "paper.tex").write_text(
        rf"\documentclass{{article}}{FONTS}{packages}{body}\end{{document}}", "utf-8"
    )
    _run(folder, "pdflatex", "-interaction=nonstopmode", "paper")
    said = _run(folder, program, "paper")
    _run(folder, "pdflatex", "-interaction=nonstopmode", "paper")
    log = (folder / "paper.log").read_text("utf-8", "replace")
    errors = [part[:200] for part in log.split("\n! ")[1:]]
    return Outcome(_warnings(said), errors, _run(folder, "pdftotext", "-layout", "paper.pdf", "-"))


def _warnings(said: str) -> list[str]:
    return [
        line
        for line in said.splitlines()
        if re.search(r"^Warning--|error message|^WARN|^ERROR|I couldn't", line)
    ]


def validated(bib: str, folder: Path) -> list[str]:
    """What biber says when it compares a .bib with biblatex's data model."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "refs.bib").write_text(bib, encoding="utf-8")
    return _warnings(_run(folder, "biber", "--tool", "--validate-datamodel", "refs.bib"))


def _run(folder: Path, *command: str) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, check=False, timeout=300)
    return (done.stdout + done.stderr).decode("utf-8", "replace")
