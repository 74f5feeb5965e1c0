"""arXiv papers in the variables of CSL, and back: a work holds `arxiv`, processors and Zotero know only the others."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cite2bib.identifiers import normal_arxiv
from cite2bib.letters import fold
from cite2bib.light import replace
from cite2bib.model import NOWHERE, Field, Origin
from cite2bib.patterns import late

if TYPE_CHECKING:
    from cite2bib.model import Work

_DOI = "10.48550/arxiv."
# "arXiv", "CoRR", "arXiv preprint arXiv:2303.12712", "ArXiv e-prints", "arXiv.org", "CoRR abs/2303.12712"
_SERVER = late(
    r"(?:arxiv(?:\.org)?|computing research repository(?: \(corr\))?|corr)"
    r"(?:\s*\(?(?:e-?prints?|pre-?prints?|cornell university|corr|preprint archive)\)?)*"
    r"[\s,:]*(?:(?:abs/|arxiv[:\s]*|:)?[\w.-]*/?\d[\d.]*(?:v\d+)?)?\s*(?:\[[\w.,\s-]+\])?\.?",
    re.IGNORECASE,
)
_NUMBER = late(r"arxiv\s*:\s*(\S+?)(?:\s*\[([\w.-]+)(?:,[^\]]*)?\])?\.?", re.IGNORECASE)
# What a paper on arXiv is called by those who have no better word; a thesis on arXiv stays a thesis.
_LOOSE_TYPES = frozenset({"", "article", "article-journal", "document", "manuscript", "post", "webpage"})


def is_server(name: str) -> bool:
    """Whether a container or publisher is arXiv under one of its names.

    >>> is_server("arXiv preprint arXiv:2303.12712"), is_server("CoRR abs/2303.12712"), is_server("Physica A")
    (True, True, False)
    """
    bare = name.strip()
    return bare[:1].lower() in {"a", "c"} and bool(_SERVER.fullmatch(bare))


def arxiv_doi(arxiv: str) -> str:
    """The DOI that arXiv gives each of its papers.

    >>> arxiv_doi("2303.12712")
    '10.48550/arXiv.2303.12712'
    """
    return f"10.48550/arXiv.{arxiv}"


def is_preprint(work: Work) -> bool:
    """Whether a work with an arXiv id is known in no other place than arXiv."""
    if "arxiv" not in work or work.type not in _LOOSE_TYPES:
        return False
    container, doi = work.text("container-title"), work.text("DOI").lower()
    if container and not is_server(container):
        return False
    return not doi or doi.startswith(_DOI) or work.type == "article"  # other servers give DOIs as well


def spread(work: Work) -> Work:
    """A work as CSL says it: a preprint gets number, publisher, DOI and URL, any other work archive and location."""
    if "arxiv" not in work:
        return work
    number = work.text("number")
    if is_preprint(work) and (not number or normal_arxiv(number) == work.text("arxiv")):
        return _as_preprint(work)
    return _as_archived(work)


def _as_preprint(work: Work) -> Work:
    arxiv = work.fields["arxiv"]
    said = {
        "publisher": "arXiv",
        "DOI": arxiv_doi(str(arxiv.value)),
        "URL": f"https://arxiv.org/abs/{arxiv.value}",
    }
    fields = {name: Field(value, arxiv.origin) for name, value in said.items() if name not in work}
    fields["number"] = Field(f"arXiv:{arxiv.value}", arxiv.origin)
    doubled = (name for name in ("container-title", "volume") if _is_arxivs_own(work.text(name)))
    return replace(work, type="article").without("arxiv", *doubled).with_fields(fields)


def _is_arxivs_own(value: str) -> bool:
    return is_server(value) or value.lower().startswith("abs/")


def _as_archived(work: Work) -> Work:
    if "archive" in work and fold(work.text("archive")) != "arxiv":
        return work  # the work lies in another archive: the id stays our own variable
    arxiv = work.fields["arxiv"]
    fields = {"archive": Field("arXiv", arxiv.origin), "archive_location": arxiv}
    return work.with_fields(fields).without("arxiv")


def gathered(work: Work) -> Work:
    """A work as CSL says it, with its arXiv id as `arxiv`; what said nothing else is taken out."""
    for arxiv, area, taken, origin in (
        _from_number(work),
        _from_archive(work),
        _from_doi(work),
        _from_note(work),
    ):
        if arxiv:
            fields = {"arxiv": Field(arxiv, origin)}
            if area and "arxiv-class" not in work:
                fields["arxiv-class"] = Field(area, origin)
            if "arxiv" in work:
                fields.pop("arxiv")
            return _without_note(work.without(*taken).with_fields(fields), arxiv)
    return work


def _origin(work: Work, variable: str) -> Origin:
    return work.fields[variable].origin if variable in work else NOWHERE


def _from_number(work: Work) -> tuple[str, str, tuple[str, ...], Origin]:
    number = work.text("number").strip()
    found = _NUMBER.fullmatch(number) if number else None
    arxiv = normal_arxiv(found[1]) if found else ""
    return arxiv, (found[2] or "") if found else "", ("number",), _origin(work, "number")


def _from_archive(work: Work) -> tuple[str, str, tuple[str, ...], Origin]:
    if not is_server(work.text("archive")):
        return "", "", (), NOWHERE
    location = work.text("archive_location").strip()
    found = _NUMBER.fullmatch(location)
    arxiv = normal_arxiv(location)
    return (
        arxiv,
        (found[2] or "") if found else "",
        ("archive", "archive_location"),
        _origin(work, "archive_location"),
    )


def _from_doi(work: Work) -> tuple[str, str, tuple[str, ...], Origin]:
    doi = work.text("DOI").lower()
    arxiv = normal_arxiv(doi.removeprefix(_DOI)) if doi.startswith(_DOI) else ""
    return arxiv, "", (), _origin(work, "DOI")


def _from_note(work: Work) -> tuple[str, str, tuple[str, ...], Origin]:
    for line in work.text("note").splitlines():
        if (found := _NUMBER.fullmatch(line.strip())) and (arxiv := normal_arxiv(found[1])):
            return arxiv, found[2] or "", (), _origin(work, "note")
    return "", "", (), NOWHERE


def _without_note(work: Work, arxiv: str) -> Work:
    """Zotero's users keep `arXiv:2303.12712 [cs.CL]` as a line of the note: the variables say it now."""
    if "note" not in work:
        return work
    kept, area = [], ""
    for line in work.text("note").splitlines():
        found = _NUMBER.fullmatch(line.strip())
        if found and normal_arxiv(found[1]) == arxiv:
            area = area or found[2] or ""
        else:
            kept.append(line)
    if len(kept) == len(work.text("note").splitlines()):
        return work
    origin = work.fields["note"].origin
    fields = {"note": Field("\n".join(kept), origin)} if kept else {}
    if area and "arxiv-class" not in work:
        fields["arxiv-class"] = Field(area, origin)
    return work.without("note").with_fields(fields)
