"""A reference to a preprint as one to its publication: key, arXiv id and whatever its owner added stay."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from cite2bib.check.asking import inquiry
from cite2bib.check.details import is_same_title, title_relation
from cite2bib.light import replace
from cite2bib.model import Field
from cite2bib.records.preprints import is_server
from cite2bib.resolve.match import facts, people
from cite2bib.resolve.match.people import Agreement

if TYPE_CHECKING:
    from cite2bib.check.verdict import Verdict
    from cite2bib.model import Work

_SURE = 0.9
# What the publication has in the preprint's place; what only the preprint had goes.
_TAKEN = ("container-title", "volume", "issue", "page", "number", "DOI", "issued")
_PROCEEDINGS = ("publisher", "collection-title")
_RAW = "bibtex:raw-"
_ONLY_ARXIV = re.compile(
    r"\W*(?:preprint|e-?print|available\s+(?:at|from)|arxiv(?:\.org)?(?:\s+(?:preprint|e-?print))?|https?://(?:www\.)?arxiv\.org/\S+|"
    r"arxiv\s*:\s*\S+|\[[\w.-]+\]|under review|submitted)(?:[\s,;:.]+|$)",
    re.IGNORECASE,
)


def upgraded(verdict: Verdict) -> Work | None:
    """The reference as one to the published version; None where there is none, or the preprint is not surely the one."""
    later = verdict.later
    if later is None or not verdict.identified or verdict.confidence < _SURE:
        return None
    work = verdict.work
    fields = {name: field for name, field in work.fields.items() if not _is_of_preprint(work, name)}
    names = (*_TAKEN, *(_PROCEEDINGS if later.type in {"paper-conference", "chapter"} else ()))
    fields |= {name: later.fields[name] for name in names if name in later}
    if arxiv := _arxiv(verdict):
        fields["arxiv"] = work.fields.get("arxiv", Field(arxiv))
    if not is_same_title(title_relation(work, later)):
        fields["title"] = later.fields["title"]
    if _other_people(work, later):
        fields["author"] = later.fields["author"]
    kind = later.type if later.type in {"paper-conference", "chapter"} else "article-journal"
    return replace(work, type=kind, fields=MappingProxyType(fields))


def _arxiv(verdict: Verdict) -> str:
    """The arXiv id: as the reference has it, wherever it stands, or as the preprint's record has it."""
    said = facts.identifier(inquiry(verdict.work).work, "arxiv")
    return said or (facts.identifier(verdict.record, "arxiv") if verdict.record else "")


def _is_of_preprint(work: Work, name: str) -> bool:
    """Whether a field says only that, or where, the work is a preprint."""
    if name.startswith(_RAW):
        return name.removeprefix(_RAW) in {
            "journal",
            "journaltitle",
            "volume",
            "howpublished",
            "number",
            "publisher",
        }
    text = work.text(name)
    if name in {"container-title", "publisher", "archive", "number", "note", "bibtex:howpublished"}:
        return is_server(text) or (facts.is_preprint_venue(text) and name != "note") or _is_only_arxiv(text)
    return name == "DOI" and facts.is_preprint_doi(text.lower())


def _is_only_arxiv(text: str) -> bool:
    """Whether a note says no more than where the preprint is.

    >>> _is_only_arxiv("arXiv:2101.00001 [cs.LG]"), _is_only_arxiv("arXiv:2101.00001, see section 3")
    (True, False)
    """
    return bool(text.strip()) and not _ONLY_ARXIV.sub("", text.strip()).strip(" .,;:()")


def _other_people(work: Work, later: Work) -> bool:
    """Whether the publication's authors are others than those of the reference, however these are written."""
    seen = people.compare(work.names("author"), later.names("author"))
    return bool(later.names("author")) and seen.agreement not in {Agreement.ALL, Agreement.OPEN}
