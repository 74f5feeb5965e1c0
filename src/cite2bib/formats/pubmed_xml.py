"""PubMed's XML, as its efetch and its baseline files have it. Read only.

https://www.nlm.nih.gov/bsd/licensee/elements_descriptions.html
"""

from __future__ import annotations

import re

from cite2bib.diagnostics import ReadError, Span
from cite2bib.formats import ReadResult
from cite2bib.formats.safe_xml import parse_records
from cite2bib.model import Origin
from cite2bib.records.pubmed import pubmed_records, work_from_pubmed


def sniff_pubmed_xml(head: str) -> bool:
    """The root's name, or that of a record."""
    return bool(
        re.search(r"<(?:PubmedArticleSet|PubmedArticle|PubmedBookArticle|MedlineCitationSet)[\s>]", head)
    )


def read_pubmed_xml(data: bytes, path: str) -> ReadResult:
    """Works from articles and books, in their order."""
    root, faults = parse_records(data, path, "PubmedArticle|PubmedBookArticle|MedlineCitation")
    records = pubmed_records(root)
    if not records and not root.name.endswith("Set"):
        raise ReadError(f"expected PubMed's XML, found {root.name!r}", Span(path, root.line))
    return ReadResult(
        tuple(work_from_pubmed(record, Origin(path, str(record.line))) for record in records), faults
    )
