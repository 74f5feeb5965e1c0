"""DOI, arXiv id and URL: each in its own field, in its one form, and not twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from cite2bib.fix.finding import Found, Rule
from cite2bib.formats.bibtex.syntax import Edit
from cite2bib.formats.bibtex.verbatim import unescape
from cite2bib.identifiers import normal_arxiv, normal_doi

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cite2bib.fix.entries import Entry, File, Item

_DOI = r"10\.\d{4,9}(?:\.\d+)*/[^\s{}\"]+"
_DOI_ADDRESS = re.compile(
    rf"\s*+(?:\\(?:url|href|doi)\s*+\{{)?\s*+(?:https?://)?(?:dx\.|www\.)?doi\.org/+(?P<doi>{_DOI})\s*+\}}?\s*+",
    re.IGNORECASE,
)
_DOI_PREFIX = re.compile(rf"(?P<before>\s*+(?:DOI|doi)[:\s]++|\s++)(?P<doi>{_DOI})(?P<after>[.,;]?\s*+)")
_DOI_NOTE = re.compile(
    rf"\s*+(?:\\(?:url|doi)\s*+\{{)?\s*+doi\s*+[:=]?\s*+(?P<doi>{_DOI})\s*+\}}?\s*+", re.IGNORECASE
)
_ARXIV_ADDRESS = re.compile(
    r"\s*+(?:\\url\s*+\{)?\s*+(?:https?://)?(?:www\.|export\.)?arxiv\.org/(?:abs|pdf)/(?P<id>[\w.-]+(?:/\d+)?(?:v\d+)?)(?:\.pdf)?\s*+\}?\s*+",
    re.IGNORECASE,
)
_ARXIV_ID = re.compile(
    r"\s*+(?:(?:https?://)?(?:www\.)?arxiv\.org/(?:abs|pdf)/|arxiv\s*+:\s*+)?(?P<id>[a-z.-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?|\d{4}\.\d{4,5}(?:v\d+)?)\s*+(?:\[(?P<class>[\w.-]+)\])?\s*+(?:\.pdf)?\s*+",
    re.IGNORECASE,
)
_ARXIV_JOURNAL = re.compile(
    r"\{*\s*+(?:arxiv\b.*?|corr\b[^\d]*)(?:abs/)?(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?\b.*",
    re.IGNORECASE | re.DOTALL,
)


def _doi_form(entry: Entry, item: Item) -> Iterator[Found]:
    text = item.text
    if text is None:
        return
    found = _DOI_ADDRESS.fullmatch(text) or _DOI_PREFIX.fullmatch(text)
    if not found:
        yield from _no_doi(entry, item, text)
        return
    doi = _bare(found["doi"])
    if doi and doi != text and entry.file.can_hold(doi):
        edit = Edit(item.value_start + 1, item.end - 1, doi)
        yield Found(item.value_start, f"a DOI is written bare: {doi}", (edit,))


def _no_doi(entry: Entry, item: Item, text: str) -> Iterator[Found]:
    """An address of another kind in the field of the DOI."""
    if re.fullmatch(r"\s*+https?://\S++\s*+", text) and "10." not in text and not entry.has("url"):
        edit = Edit(item.start, item.start + len(item.written), _like(item.written, "url"))
        yield Found(item.start, "this is an address and no DOI", (edit,))


def _bare(doi: str) -> str:
    """A DOI as it is written, without escapes for addresses and what follows it in a sentence."""
    text = unquote(doi) if "%" in doi and "\\" not in doi else doi
    normal = normal_doi(text)
    if not normal or not text.lower().startswith(normal) or any(mark in text for mark in '{}"\\%'):
        return doi if "\\" in doi else ""
    return text[: len(normal)]


def _doi_field(entry: Entry) -> Iterator[Found]:
    """The DOI stands in another field, and the entry has none of its own."""
    if entry.has("doi") or entry.block.faults:
        return
    for name, pattern in (
        ("url", _DOI_ADDRESS),
        ("ee", _DOI_ADDRESS),
        ("howpublished", _DOI_ADDRESS),
        ("note", _DOI_NOTE),
        ("note", _DOI_ADDRESS),
    ):
        item = entry.get(name)
        text = item.text if item else None
        found = pattern.fullmatch(text) if text is not None else None
        doi = _bare(found["doi"]) if found else ""
        if item and doi and "\\" not in doi:
            name_edit = Edit(item.start, item.start + len(item.written), _like(item.written, "doi"))
            yield Found(
                item.start,
                f"the {item.name} is a DOI",
                (name_edit, Edit(item.value_start + 1, item.end - 1, doi)),
            )
            return


def _like(written: str, name: str) -> str:
    """A field's name in the capitals of another."""
    return name.upper() if written.isupper() else name.capitalize() if written.istitle() else name


def _redundant_url(entry: Entry, item: Item) -> Iterator[Found]:
    text = item.text
    found = _DOI_ADDRESS.fullmatch(text) if text is not None else None
    if not found or entry.block.faults:
        return
    own = normal_doi(unescape(entry.plain("doi")))
    if own and own == normal_doi(unescape(found["doi"])):
        yield Found(item.start, f"the {item.name} says what the doi says", (entry.without(item),))


def _redundant_note(entry: Entry, item: Item) -> Iterator[Found]:
    """A note or `howpublished` that repeats the address or DOI and nothing else."""
    text = item.text
    if text is None or entry.block.faults:
        return
    said = _address(text)
    same = [
        name for name in ("url", "doi") if said and entry.get(name) and _address(entry.plain(name)) == said
    ]
    is_needed = item.name == "howpublished" and not entry.file.is_biblatex()
    if same and not is_needed:
        yield Found(item.start, f"the {item.name} says what the {same[0]} says", (entry.without(item),))


def _address(text: str) -> str:
    """An address or DOI in one form, "" for anything else."""
    bare = unescape(re.sub(r"^\s*\\(?:url|doi)\s*\{(.*)\}\s*$", r"\1", text, flags=re.DOTALL)).strip()
    bare = re.sub(r"^(?:doi|url)\s*:\s*", "", bare, flags=re.IGNORECASE)
    if found := re.fullmatch(rf"(?:https?://(?:dx\.)?doi\.org/)?({_DOI})", bare, re.IGNORECASE):
        return normal_doi(found[1])
    return re.sub(r"^https?://", "", bare).rstrip("/") if re.fullmatch(r"https?://\S+", bare) else ""


def _arxiv_names(file: File) -> tuple[str, str]:
    return ("eprinttype", "arxiv") if file.is_biblatex() else ("archiveprefix", "arXiv")


def _eprint_form(entry: Entry) -> Iterator[Found]:
    """`eprint` holds the bare id, and a field beside it says of which archive."""
    item = entry.get("eprint")
    found = _ARXIV_ID.fullmatch(item.text) if item and item.text is not None else None
    if item is None or not found or not normal_arxiv(found["id"]) or entry.block.faults:
        return
    kind = entry.plain("archiveprefix") or entry.plain("eprinttype")
    if kind and kind.strip("{} ").lower() != "arxiv":
        return
    edits = []
    if found["id"] != item.text and (item.text or "").strip() != found["id"]:
        edits.append(Edit(item.value_start + 1, item.end - 1, found["id"]))
    if not kind and not entry.has("archiveprefix") and not entry.has("eprinttype"):
        name, value = _arxiv_names(entry.file)
        added = entry.added([(name, f"{{{value}}}")], item)
        edits += [added] if added else []
    if edits:
        yield Found(item.start, f"an arXiv id is written bare, with its archive: {found['id']}", tuple(edits))


def _arxiv_field(entry: Entry) -> Iterator[Found]:
    """The arXiv id stands in the journal or address alone."""
    if entry.has("eprint") or entry.block.faults or entry.has("archiveprefix") or entry.has("eprinttype"):
        return
    journal = entry.get("journal") or entry.get("journaltitle")
    is_preprint = journal is None or bool(_ARXIV_NAME.match(journal.raw.strip('{}" ')))
    if not is_preprint:
        return  # what a journal published has another address
    patterns = [(entry.get(name), pattern) for name, pattern in _ARXIV_PLACES.items()]
    for item, pattern in ((journal, _ARXIV_JOURNAL), *patterns):
        found = pattern.fullmatch(item.text) if item and item.text is not None else None
        arxiv = normal_arxiv(found["id"]) if found else ""
        if not item or not arxiv or (item.name == "volume" and journal is None):
            continue
        name, value = _arxiv_names(entry.file)
        added = entry.added([("eprint", f"{{{arxiv}}}"), (name, f"{{{value}}}")], item)
        if added:
            yield Found(item.start, f"the arXiv id {arxiv} has a field of its own", (added,))
        return


_ARXIV_NAME = re.compile("arxiv|corr(?![a-z])|computing research repository", re.IGNORECASE)
_ARXIV_SAID = re.compile(
    r"(?:preprint\s*+[,:]?\s*+)?arxiv(?:\s*+preprint)?[:\s]+(?:arxiv:)?(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?"
    r"(?:\s*+\[[\w.-]+\])?\s*+\.?", re.IGNORECASE,
)  # fmt: skip
_ARXIV_PLACES = {
    "volume": re.compile(r"abs/(?P<id>\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?"),
    "url": _ARXIV_ADDRESS, "howpublished": _ARXIV_SAID, "note": _ARXIV_SAID, "number": _ARXIV_SAID,
}  # fmt: skip
_URL_COMMAND = re.compile(
    r"\s*+(?:\\url\s*+\{(?P<url>[^{}]*+)\}|<(?P<angled>https?://[^<>\s]*+)>|(?:URL|Available(?: at)?):\s*+(?P<said>https?://\S++))\s*+",
    re.IGNORECASE,
)
_URL_ESCAPE = re.compile(
    r"\{\\([_&%#~])\}|\\([_&%#])|\\~\{\}|\{?\\textasciitilde(?:\{\}|(?=\W))\s?\}?|\{\\textunderscore\}|\\textunderscore(?:\{\}|\s)|\$\\sim\$"
)
_WRAPPED = re.compile(r"(?<=\S)[ \t]*(?:\r\n|\n|\r)[ \t]*(?=\S)")


def _url_form(entry: Entry, item: Item) -> Iterator[Found]:
    del entry
    text = item.text
    if text is None or "://" not in text:
        return
    found = _URL_COMMAND.fullmatch(text)
    new = next((part.strip() for part in found.groups() if part), text) if found else text
    if "\\" in new or "$" in new:
        new = _URL_ESCAPE.sub(_unescaped, new)
    if new.lower().count("://") == 1:
        new = _WRAPPED.sub("", new)
    if new != text and new.count("{") == new.count("}"):
        yield Found(
            item.value_start,
            "an address stands as it is, without TeX around or in it",
            (Edit(item.value_start + 1, item.end - 1, new),),
        )


def _unescaped(found: re.Match[str]) -> str:
    if char := found[1] or found[2]:
        return str(char)
    return "_" if "underscore" in found[0] else "~"


_LOOSE_ENDS = frozenset(".,; \t\n\r")
_NO_ADDRESS = ("\\", "<", "\n", "\r", "$")


def _has_doi_address(raw: str) -> bool:
    return "doi.org/" in raw.lower()


RULES = (
    Rule(
        "doi-form",
        "A DOI stands with its address or a prefix.",
        "Styles put `https://doi.org/` before it themselves, and twice leads nowhere. An address that is no DOI becomes the `url` that "
        "the entry lacks.",
        "@misc{a,\n  title = {On Things},\n  doi = {https://doi.org/10.1145/3290605},\n}\n",
        "@misc{a,\n  title = {On Things},\n  doi = {10.1145/3290605},\n}\n",
        field=_doi_form,
        names=frozenset({"doi"}),
        gate=lambda raw: not raw.startswith(("{10.", '"10.')) or raw[-2] in _LOOSE_ENDS,
    ),
    Rule(
        "doi-field",
        "The DOI stands in the field of another thing.",
        "An address, note or `howpublished` that is nothing but a DOI becomes the `doi` that the entry lacks.",
        "@misc{a,\n  title = {On Things},\n  url = {https://doi.org/10.1145/3290605},\n}\n",
        "@misc{a,\n  title = {On Things},\n  doi = {10.1145/3290605},\n}\n",
        entry=_doi_field,
        names=frozenset({"url", "ee", "note", "howpublished"}),
        gate=lambda raw: "10." in raw and "doi" in raw.lower(),
    ),
    Rule(
        "redundant-url",
        "The address is that of the DOI beside it.",
        "Both print as the same link. The `url` goes, the `doi` stays; any other address stays.",
        "@misc{a,\n  title = {On Things},\n  doi = {10.1145/3290605},\n  url = {https://doi.org/10.1145/3290605},\n}\n",
        "@misc{a,\n  title = {On Things},\n  doi = {10.1145/3290605},\n}\n",
        field=_redundant_url,
        names=frozenset({"url", "ee", "bdsk-url-1", "bdsk-url-2"}),
        gate=_has_doi_address,
    ),
    Rule(
        "redundant-note",
        "A note says the address or DOI again.",
        "A note that is nothing but the entry's own `url` or `doi` is printed twice; it goes. In a file for biblatex so does such "
        "a `howpublished`, which the styles of BibTeX need.",
        "@misc{a,\n  title = {On Things},\n  url = {https://example.org/things},\n  note = {\\url{https://example.org/things}},\n}\n",
        "@misc{a,\n  title = {On Things},\n  url = {https://example.org/things},\n}\n",
        field=_redundant_note,
        names=frozenset({"note", "howpublished", "annote"}),
        gate=lambda raw: "://" in raw or "10." in raw,
    ),
    Rule(
        "eprint-form",
        "An arXiv id stands with a prefix or address, or without its archive.",
        "`eprint` is the bare id, and `archiveprefix` (in biblatex `eprinttype`) says whose; without it nothing links there.",
        "@misc{a,\n  title = {On Things},\n  eprint = {arXiv:2303.12712},\n}\n",
        "@misc{a,\n  title = {On Things},\n  eprint = {2303.12712},\n  archiveprefix = {arXiv},\n}\n",
        entry=_eprint_form,
        names=frozenset({"eprint"}),
        gate=re.compile(r"[:\[]|abs|pdf|^.\s|\s.$").search,
        shape=lambda _kind, names, _file: (
            "eprint" in names and {"archiveprefix", "eprinttype"}.isdisjoint(names)
        ),
    ),
    Rule(
        "arxiv-field",
        "An arXiv id stands in the journal, volume, note or address alone.",
        "Of a preprint, `eprint` and its archive are added; what is there stays, for BibTeX prints it.",
        "@article{a,\n  title = {On Things},\n  author = {Doe, Jane},\n  journal = {arXiv preprint arXiv:2303.12712},\n  year = {2023},\n}\n",
        "@article{a,\n  title = {On Things},\n  author = {Doe, Jane},\n  journal = {arXiv preprint arXiv:2303.12712},\n  eprint = {2303.12712},\n"
        "  archiveprefix = {arXiv},\n  year = {2023},\n}\n",
        entry=_arxiv_field,
        names=frozenset({"journal", "journaltitle", "url", "howpublished", "note", "number"}),
        gate=lambda raw: "rxiv" in (lower := raw.lower()) or "corr" in lower,
    ),
    Rule(
        "url-form",
        "An address has TeX in it or around it.",
        "Styles put `\\url{}` around it themselves, and `\\_` is then printed with its backslash. Also an address that is broken "
        "over two lines is joined.",
        "@misc{a,\n  title = {On Things},\n  url = {\\url{https://example.org/a\\_b}},\n}\n",
        "@misc{a,\n  title = {On Things},\n  url = {https://example.org/a_b},\n}\n",
        field=_url_form,
        names=frozenset({"url"}),
        gate=lambda raw: raw[1:5] != "http" or any(mark in raw for mark in _NO_ADDRESS),
    ),
)
