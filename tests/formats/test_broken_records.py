"""A broken record costs that record, in formats whose syntax is one whole too."""

from __future__ import annotations

import pytest

from cite2bib.diagnostics import ReadError
from cite2bib.formats import get

JSON = '[\n {"id": "a", "title": "First"},\n {"id": "b", "title": "Second" "x", "author": [{"family": "Doe"}]},\n {"id": "c", "title": "Third"}\n]'
PRETTY = '[\n  {\n    "id": "a",\n    "title": "First"\n  },\n  {\n    "id": "b"\n    "title": "Second",\n    "issued": {\n      "raw": "2020"\n    }\n  },\n  {\n    "id": "c",\n    "title": "Third"\n  }\n]'
HAYAGRIVA = (
    'a:\n  type: book\n  title: First\nb:\n  type: book\n  title: "Second\nc:\n  type: book\n  title: Third\n'
)
CSL_YAML = "references:\n- id: a\n  type: book\n  title: First\n- id: b\n  title: [Second\n- id: c\n  type: book\n  title: Third\n"
MODS = (
    '<modsCollection xmlns="http://www.loc.gov/mods/v3" xmlns:m="x">\n<mods><titleInfo><title>First</title></titleInfo></mods>\n'
    "<mods><titleInfo><title>Second & more</title></titleInfo></mods>\n<mods><titleInfo><title>Third</title></titleInfo></mods></modsCollection>"
)
CFF = (
    "cff-version: 1.2.0\nmessage: Cite it\ntitle: First\nauthors:\n- family-names: Bo\nreferences:\n  - type: article\n    title: Other\n"
    '  - type: book\n    title: "Second\n  - type: book\n    title: Third\nlicense: MIT\n'
)
WORKS = [
    '{"indexed": {"date-time": "x"}, "DOI": "10.1234/a", "title": ["First"]}',
    '{"indexed": {"date-time": "x"}, "DOI": "10.1234/b" "title": ["Second"], "reference": [{"DOI": "10.1234/z"}]}',
    '{"indexed": {"date-time": "x"}, "DOI": "10.1234/c", "title": ["Third"]}',
]
CROSSREF = '{"status": "ok", "message-type": "work-list", "message": {"items": [%s], "total": 3}}'
OPENALEX = (
    '{"meta": {"count": 3}, "results": [\n{"id": "https://openalex.org/W1", "title": "First", "authorships": []},\n'
    '{"id": "https://openalex.org/W2", "title": "Second", "authorships": [}},\n{"id": "https://openalex.org/W3", "title": "Third"}]}'
)
DATACITE = (
    '{"data": [{"id": "10.1234/a", "type": "dois", "attributes": {"titles": [{"title": "First"}]}}, {"id": "10.1234/b", "type": "dois", '
    '"attributes": {"titles": [{"title": "Second]}}, {"id": "10.1234/c", "type": "dois", "attributes": {"titles": [{"title": "Third"}]}}]}'
)
RECORD = "<record><titles><title>{}</title></titles></record>\n"
ENDNOTE = f"<xml><records>\n{RECORD.format('First')}{RECORD.format('Second</b>')}{RECORD.format('Third')}</records></xml>"


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("csljson", JSON, 3), ("csljson", PRETTY, 8), ("hayagriva", HAYAGRIVA, 7), ("csl-yaml", CSL_YAML, 7), ("mods", MODS, 3),
        ("endnote-xml", ENDNOTE, 3),
    ],
)  # fmt: skip
def test_a_broken_record_costs_itself(name: str, text: str, line: int) -> None:
    result = get(name).read(text.encode(), "x")
    assert [work.text("title") for work in result.works] == ["First", "Third"]
    (fault,) = result.diagnostics
    assert fault.span is not None
    assert (fault.code, fault.span.line) == ("broken", line)
    first, third = (int(work.fields["title"].origin.locator) for work in result.works)
    assert first < line <= third
    assert third <= text[: text.index("Third")].count("\n") + 1


@pytest.mark.parametrize("name", ["csljson", "hayagriva", "csl-yaml", "mods", "endnote-xml"])
def test_a_file_that_was_cut_off_gives_what_is_whole(name: str) -> None:
    texts = {
        "csljson": JSON,
        "hayagriva": HAYAGRIVA,
        "csl-yaml": CSL_YAML,
        "mods": MODS,
        "endnote-xml": ENDNOTE,
    }
    text = texts[name][: texts[name].index("Second") + 3]
    result = get(name).read(text.encode(), "x")
    assert [work.text("title") for work in result.works][:1] == ["First"]


def test_a_file_without_any_whole_record_is_an_error() -> None:
    for name, text in (("csljson", '[{"id": "a" "title": "x"}]'), ("mods", "<mods><titleInfo></mods>")):
        with pytest.raises(ReadError, match="broken"):
            get(name).read(text.encode(), "x")


@pytest.mark.parametrize("name", ["csljson", "mods", "hayagriva"])
def test_many_broken_records_take_linear_work(name: str) -> None:
    pieces = {
        "csljson": ("[", '{"id": "a" "b"},\n', "]"), "mods": ("<modsCollection>", "<mods><a></mods>\n", "<mods></mods></modsCollection>"),
        "hayagriva": ("ok:\n  title: T\n", "a:\n  title: [\n", ""),
    }  # fmt: skip
    start, piece, end = pieces[name]
    try:
        get(name).read((start + piece * 8_000 + end).encode(), "x")
    except ReadError as error:
        assert "broken" in error.message  # noqa: PT017 - either is right


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("crossref", CROSSREF % ",".join(WORKS), 1), ("crossref", CROSSREF % ",\n".join(WORKS), 2), ("crossref", "\n".join(WORKS), 2),
        ("openalex", OPENALEX, 3), ("datacite", DATACITE, 1),
    ],
)  # fmt: skip
def test_a_broken_record_of_a_saved_answer_costs_itself(name: str, text: str, line: int) -> None:
    result = get(name).read(text.encode(), "x")
    assert [work.text("title") for work in result.works] == ["First", "Third"]
    (fault,) = result.diagnostics
    assert fault.span is not None
    assert (fault.code, fault.span.line, fault.span.column > 1) == ("broken", line, True)


def test_an_answer_that_was_cut_off_gives_what_is_whole() -> None:
    text = CROSSREF % ",".join(WORKS[:1] * 2)
    result = get("crossref").read(text[:-40].encode(), "x")
    assert len(result.works) == 1
    assert result.diagnostics[0].code == "broken"
    with pytest.raises(ReadError, match="broken JSON"):
        get("crossref").read(text[:120].encode(), "x")


def test_a_broken_reference_of_a_cff_costs_itself() -> None:
    result = get("cff").read(CFF.encode(), "x")
    assert [work.text("title") for work in result.works] == ["First", "Other", "Third"]
    assert result.works[0].text("license") == "MIT"
    (fault,) = result.diagnostics
    assert fault.span is not None
    assert (fault.code, 10 <= fault.span.line <= 11) == ("broken", True)


def test_a_broken_key_of_a_cff_costs_itself() -> None:
    result = get("cff").read(
        CFF.replace("message: Cite it", 'message: "Cite it').replace('"Second', "Second").encode(), "x"
    )
    assert [work.text("title") for work in result.works] == ["First", "Other", "Second", "Third"]
    assert [str(fault.span) for fault in result.diagnostics] == ["x:3:1"]
