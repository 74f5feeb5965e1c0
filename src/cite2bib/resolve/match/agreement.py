"""Several catalogues that have a work alike: evidence, when none of them copies another."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cite2bib.model import Work

# OpenAlex, Semantic Scholar, Hugging Face and doi.org fill themselves from these, and tell nothing new of what they hold.
_OWN = frozenset(
    {
        "arxiv",
        "crossref",
        "datacite",
        "dblp",
        "pubmed",
        "openlibrary",
        "googlebooks",
        "openreview",
        "anthology",
    }
)


def independent(records: Iterable[Work]) -> list[str]:
    """The catalogues that some records of one work are from, those that copy left out.

    >>> from cite2bib.model import Origin, Work
    >>> [one, copy, other] = [Work().with_field("title", "x", Origin(name)) for name in ("crossref", "openalex", "dblp")]
    >>> independent([one, copy]), independent([one, copy, other])
    (['crossref'], ['crossref', 'dblp'])
    """
    return sorted({source for record in records if (source := _source(record)) in _OWN})


def _source(record: Work) -> str:
    title = record.fields.get("title")
    source = title.origin.source if title else ""
    is_arxivs = source == "datacite" and record.text("DOI").lower().startswith("10.48550/")
    return "arxiv" if is_arxivs else source
