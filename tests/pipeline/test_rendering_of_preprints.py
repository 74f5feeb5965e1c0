from __future__ import annotations

from cite2bib.model import Date, Name, Work
from cite2bib.pipeline import rendering

WORK = (
    Work("k", "article")
    .with_field("title", "Sparks")
    .with_field("author", (Name("Doe", "Jane"),))
    .with_field("issued", Date((2023,)))
    .with_field("arxiv", "2303.12712")
)


def test_a_preprint_is_cited_with_its_number() -> None:
    text = rendering.render([WORK], "apa")
    assert "2303.12712" in text
    assert "arXiv" in text


def test_a_published_work_is_cited_where_it_was_published() -> None:
    published = WORK.with_field("container-title", "Nature").with_field("DOI", "10.1234/x")
    text = rendering.render([published], "apa")
    assert "Nature" in text
    assert "arXiv" not in text
