"""Headings of reference sections, told from the items of menus that have the same words."""

from __future__ import annotations

import pytest

from cite2bib.documents import Block
from cite2bib.documents.sections import has_references, openings

MENUS = (
    "literature\nauthors\njobs\nseminars\nconferences",
    "Authors\nLiterature\nJobs\nSeminars",
    "covariance-matrix\nreferences\nshrinkage\nShare\nCite",
    "References\nCited by\nMetrics\nFigures",
    "home\nabout\nreferences",
)
SECTIONS = (
    "References\n1. A. Bo. On words. 2019.\n2. C. Da. On deeds. 2020.",
    "REFERENCES\nBo A, Da C. On words. Nature 2019;12:3-4.",
    "references\nbo, a. (2019). on words.\nda, c. (2020). on deeds.",
    "We thank everybody.\nReferences\nAnn Bo\n2019. On words. Nature.",
    "Literatur\n[1] Bo, A.: Worte. Berlin 2019.",
    "# References\nAnn Bo\nCy Da\nEve Fo",
)


@pytest.mark.parametrize("text", MENUS)
@pytest.mark.parametrize("joint", ["\n", "\n\n"])
def test_an_item_of_a_menu_opens_nothing(text: str, joint: str) -> None:
    blocks = [Block(part, 1) for part in text.replace("\n", joint).split("\n\n")]
    assert not has_references(blocks)


@pytest.mark.parametrize("text", SECTIONS)
def test_a_heading_opens_a_section(text: str) -> None:
    place = next(
        place
        for place, line in enumerate(text.split("\n"))
        if "iteratur" in line or "eferences" in line.lower()
    )
    assert openings([Block(text, 1)]) == {0: place}


def test_what_is_a_heading_by_its_kind_is_one_anywhere() -> None:
    assert openings([Block("literature", 1, "heading", 2), Block("Authors", 3), Block("Jobs", 4)]) == {0: 0}
