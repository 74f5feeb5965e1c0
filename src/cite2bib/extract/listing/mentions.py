"""Works that prose mentions by nothing but an identifier: `see arXiv:2305.14314`, a link to a paper in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cite2bib.extract.listing import details, links
from cite2bib.extract.listing.drafts import Draft

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cite2bib.extract.listing.facts import Facts


def find(rest: Sequence[Facts], known: Sequence[Draft], path: str) -> list[Draft]:
    """A draft for each identifier in lines that belong to no record, unless a record has it."""
    seen = {(variable, field.value) for draft in known for variable, field in draft.fields.items()}
    found = []
    for item in rest:
        for variable, value, line in _identifiers(item):
            if (variable, value) not in seen:
                seen.add((variable, value))
                draft = Draft(path, line)
                draft.put(variable, value, line)
                found.append(draft)
    return found


def _identifiers(item: Facts) -> Iterator[tuple[str, str, int]]:
    for found in details.naming_ids(item.line.text):
        yield found.variable, found.value, item.line.number_at(found.start)
    for link in item.line.links:
        target = links.target(link.target)
        if target.kind == "work" and target.variable in links.NAMING:
            yield target.variable, target.value, link.line or item.line.number
