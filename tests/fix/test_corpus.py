"""Every .bib of the corpus: the no-op gives the same bytes, mending twice is mending once, and nothing is lost."""

from __future__ import annotations

import json
from pathlib import Path

from cite2bib.fix import RULES, Wants, chosen, mend
from cite2bib.fix.entries import File
from cite2bib.fix.rounds import findings, of_entry
from cite2bib.formats.bibtex import syntax
from cite2bib.formats.bibtex.reading import entries
from mending import PROFILE, mended

DEFAULT = chosen((), ())
ALL = tuple(rule for rule in RULES if rule.name != "journal-full")  # it undoes journal-abbreviation


def corpus(shared: Path) -> list[tuple[str, bytes]]:
    files = sorted(path for path in (shared / "bib-corpus").rglob("*.bib"))
    cases = json.loads((shared / "bib-corpus" / "syntax-cases.json").read_text("utf-8"))
    texts = [case["input"] if "input" in case else case["text"] for case in _listed(cases)]
    assert files
    assert texts
    return [(path.name, path.read_bytes()) for path in files] + [(text[:20], text.encode()) for text in texts]


def _listed(cases: object) -> list[dict[str, str]]:
    found = cases if isinstance(cases, list) else list(cases.values())  # type: ignore[attr-defined]
    return [case for case in found if "input" in case or "text" in case]


def test_without_rules_every_file_is_the_same_bytes(shared: Path) -> None:
    for name, data in corpus(shared):
        assert mend(syntax.read(data), ()).data == data, name


def test_mending_twice_is_mending_once_and_loses_no_entry(shared: Path) -> None:
    for name, data in corpus(shared):
        once = mended(data)
        twice = mend(syntax.read(once.data), DEFAULT)
        assert twice.data == once.data, name
        assert not [item for item in twice.findings if item.edits], name
        assert keys(data) <= keys(once.data), name


def keys(data: bytes) -> set[str]:
    """The keys of a file, those that merging keeps in `ids` among them."""
    found = entries(data)
    aliases = (key.strip() for entry in found for key in entry.fields.get("ids", "").split(","))
    return {key.lower() for key in (*(entry.key for entry in found), *aliases) if key}


def test_all_rules_together_settle(shared: Path) -> None:
    wants = Wants(PROFILE, "{author}{year}{title}", "author", cited=frozenset())
    for name, data in corpus(shared):
        once = mend(syntax.read(data), ALL, wants)
        assert mend(syntax.read(once.data), ALL, wants).data == once.data, name


def test_gates_let_everything_through_that_rules_find(shared: Path) -> None:
    rules = [rule for rule in chosen((), ()) if rule.field or rule.entry]
    for name, data in corpus(shared):
        file = File(syntax.read(data))
        by_gates = {(item.rule, item.offset) for item in findings(file, rules)}
        by_all = {(item.rule, item.offset) for entry in file.entries for item in of_entry(entry, rules)}
        assert by_gates == by_all, name
