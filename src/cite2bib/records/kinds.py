"""Which catalogue a JSON record is from, when somebody saved it without saying so."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cite2bib.model import Origin, Work

# The keys under which answers wrap their records, one within the other.
WRAPPERS = ("message", "items", "results", "data", "references")


def catalogue_of(record: Mapping[str, Any]) -> str:
    """`crossref`, `openalex`, `datacite`, or "" for anything else.

    >>> catalogue_of({"id": "https://openalex.org/W1", "authorships": []}), catalogue_of({"type": "book"})
    ('openalex', '')
    """
    if record.get("type") == "dois" and isinstance(record.get("attributes"), dict):
        return "datacite"
    identifier = record.get("id")
    if isinstance(identifier, str) and identifier.startswith("https://openalex.org/"):
        return "openalex"
    if (
        "DOI" in record
        and {"indexed", "reference-count", "content-domain", "prefix", "member"} & record.keys()
    ):
        return "crossref" if isinstance(record.get("title", []), list) else ""
    return ""


def work_from(catalogue: str, record: Mapping[str, Any], origin: Origin) -> Work:
    """The work that a record of a catalogue is."""
    module = import_module(f"cite2bib.records.{catalogue}")  # loaded when there is such a record
    read: Callable[[Mapping[str, Any], Origin], Work] = getattr(module, f"work_from_{catalogue}")
    return read(record, origin)


def unwrapped(value: Any) -> list[Any]:
    """The records of an answer: of its innermost list, or itself."""
    for _ in WRAPPERS:
        if isinstance(value, list):
            return value
        if not isinstance(value, dict) or catalogue_of(value):
            break
        inner = next((value[key] for key in WRAPPERS if isinstance(value.get(key), dict | list)), None)
        if inner is None:
            break
        value = inner
    return value if isinstance(value, list) else [value]
