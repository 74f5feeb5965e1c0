"""Manuscripts rendered by us and by `pandoc --citeproc`, held against each other paragraph by paragraph."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from cite2bib.csl import find
from cite2bib.pipeline import typesetting
from cite2bib.pipeline.typesetting import Wishes

pytestmark = pytest.mark.skipif(not shutil.which("pandoc"), reason="pandoc is not installed")


def _people(*names: str) -> list[dict[str, str]]:
    return [dict(zip(("given", "family"), name.split(), strict=True)) for name in names]


def _year(year: int) -> dict[str, list[list[int]]]:
    return {"date-parts": [[year]]}


# In CSL-JSON: from a .bib pandoc reads titles in another case than we do.
WORKS = [
    {"id": "doe", "type": "article-journal", "title": "On things", "author": _people("Jane Doe", "Richard Roe"),
     "container-title": "Journal of Things", "volume": "3", "issue": "2", "page": "1-9", "issued": _year(2019)},
    {"id": "smith", "type": "book", "title": "A book of everything", "author": _people("John Smith"), "publisher": "Press",
     "publisher-place": "London", "issued": _year(2004)},
    {"id": "smith2", "type": "article-journal", "title": "Another thing", "author": _people("John Smith"),
     "container-title": "Journal of Others", "volume": "1", "page": "3", "issued": _year(2004)},
    {"id": "anna", "type": "article-journal", "title": "Anna's thing", "author": _people("Anna Smith"),
     "container-title": "Journal of Others", "volume": "2", "page": "30-40", "issued": _year(2010)},
    {"id": "nobody", "type": "paper-conference", "title": "An anonymous paper", "container-title": "Proceedings",
     "issued": _year(2011)},
    {"id": "many", "type": "chapter", "title": "Six people", "container-title": "The collection", "publisher": "House",
     "author": _people("A. Abel", "B. Babel", "C. Cabel", "D. Dabel", "E. Ebel", "F. Fabel"), "page": "5-7",
     "editor": _people("Edgar Poe"), "issued": _year(1999)},
    {"id": "gogh", "type": "thesis", "title": "Letters of my own", "publisher": "Arles University", "genre": "PhD thesis",
     "author": [{"family": "Gogh", "given": "Vincent", "non-dropping-particle": "van"}], "issued": _year(1889)},
]  # fmt: skip
PARAGRAPHS = """
@doe says.
@doe [p. 3] says.
@doe [p. 3; see also @smith].
[see @doe, pp. 3-5; -@smith].
[-@smith].
Smith [-@smith; @doe].
@smith2 [and others].
[@nobody; @many]. And @nobody and @many.
[@doe, 3-4, 7 and passim]. Also [@doe, sec. 4], [@doe, fig. 2a], [@doe, vol. 2].
text [@doe], and more [@smith; @doe; @anna]. More.
again [@doe] and [@doe, p. 4].
[see *e.g.* @doe, p. 3]
[@smith; @smith2; @anna; @many]
@gogh and [@gogh, p. iv]
@anna's work and (see @anna).
[@doe; @smith, p. 3, for example; see also @anna]
[e.g., @doe] [@doe, for example] [cf. @smith, p. 2]
[@doe, 33] [@doe 33] [@doe, §3.1] [@doe, n. 4] [@doe, A1]
Twice [@many], thrice [@many, p. 3], and [@many].
[@{doe}] [@doe, and Sons]
"Quoted [@doe]." (In brackets [@doe].)
**Bold [@doe]** and *it [@smith]*.
| a [@doe] |
""".strip().split("\n")
MANUSCRIPT = "\n\n".join(PARAGRAPHS) + "\n"


def _plain(markdown: str, folder: Path, *arguments: str) -> list[str]:
    command = ["pandoc", "-f", "markdown", "-t", "plain", "--wrap=none", *arguments]
    done = subprocess.run(command, cwd=folder, input=markdown, text=True, capture_output=True, check=True)
    spaced = re.sub("[\u00a0\u202f]", " ", done.stdout)
    return [re.sub(r"\s+", " ", part) for part in re.split(r"\n\n+", spaced.strip())]


def _both(folder: Path, style: str, text: str = MANUSCRIPT) -> tuple[list[str], list[str]]:
    """The paragraphs by us, then by pandoc."""
    (folder / "refs.json").write_text(json.dumps(WORKS))
    (folder / "paper.qmd").write_text(text)
    ours = typesetting.render(
        str(folder / "paper.qmd"), Wishes(style, bibliographies=(folder / "refs.json",))
    )
    path = str(find.find(style).path)
    citing = ("--citeproc", "--bibliography=refs.json", f"--csl={path}")
    return _plain(ours.data.decode(), folder), _plain(text, folder, *citing)


@pytest.mark.parametrize("style", ["apa", "ieee", "chicago-author-date", "modern-language-association"])
def test_in_the_text(style: str, tmp_path: Path) -> None:
    ours, theirs = _both(tmp_path, style)
    assert ours == theirs


def test_raised_numbers(tmp_path: Path) -> None:
    # Two in a row: pandoc keeps the space between them or not, by turns.
    text = "\n\n".join(line for line in PARAGRAPHS if "] [" not in line)
    ours, theirs = _both(tmp_path, "nature", text)
    assert ours == theirs


def test_in_notes(tmp_path: Path) -> None:
    # Works that nobody wrote get an empty note from pandoc and none from us: the two would count differently. Behind a
    # bracket that closes it puts a note, before it we do.
    text = "\n\n".join(line for line in PARAGRAPHS if "@nobody" not in line and "(In" not in line)
    ours, theirs = _both(tmp_path, "chicago-notes-bibliography", text)
    assert [re.sub(r"(\[\d+\]) (?=\[)", r"\1", line) for line in ours] == [
        re.sub(r"(\[\d+\]) (?=\[)", r"\1", line) for line in theirs
    ]
