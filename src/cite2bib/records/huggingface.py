"""A paper page of Hugging Face to a work: an arXiv paper, with its code where it was named.

https://huggingface.co/docs/hub/api
"""

from __future__ import annotations

from typing import Any

from cite2bib import dates, identifiers
from cite2bib.model import Origin, Value, Work
from cite2bib.records.parts import mapping, people, person, rich, sequence, text, work_of


def work_from_huggingface(record: Any, origin: Origin | None = None) -> Work:
    """A work from a record, or from a row of a search that holds one."""
    record = mapping(record)
    paper = mapping(record.get("paper")) or record
    arxiv = identifiers.normal_arxiv(str(paper.get("id") or ""))
    title = rich(paper.get("title"))
    names = (person(str(mapping(raw).get("name") or "")) for raw in sequence(paper.get("authors")))
    values: dict[str, Value | None] = {
        "title": title,
        "author": people(names, title),
        "issued": dates.parse(str(paper.get("publishedAt") or "")),
        "abstract": rich(paper.get("summary")),
        "publisher": "arXiv" if arxiv else "",
        "arxiv": arxiv,
        "URL": identifiers.address("arxiv", arxiv) if arxiv else "",
        "repository": text(paper.get("githubRepo")),
        "organization": text(mapping(paper.get("organization")).get("fullname")),
    }
    address = f"https://huggingface.co/papers/{arxiv}" if arxiv else ""
    return work_of("article", values, origin or Origin("huggingface", address))
