from __future__ import annotations

from cite2bib.formats import get, safe_yaml
from cite2bib.model import Name, Work
from formats.reading import said

FILE = """cff-version: 1.2.0
message: Please cite.
title: My Program
version: 2.0.4
doi: 10.5281/zenodo.1234
date-released: 2017-12-18
license: MIT
repository-code: https://github.com/a/b
authors:
  - family-names: Druskat
    given-names: Stephan
    name-particle: van
    orcid: https://orcid.org/0000-0003-4925-7248
  - name: The Team
keywords: [research, no]
preferred-citation:
  type: article
  title: The Paper
  authors: [{family-names: Doe, given-names: Jane}]
  journal: JOSS
  year: 2018
  month: 3
  start: 12
  end: 14
references:
  - type: conference-paper
    title: Talk
    conference: {name: X 2020, city: Kyiv}
    identifiers: [{type: other, value: "arXiv:2303.12712"}]
"""


def test_a_file() -> None:
    program, paper, talk = get("cff").read(FILE.encode(), "CITATION.cff").works
    assert (program.type, paper.type, talk.type) == ("software", "article-journal", "paper-conference")
    found = said(program)
    assert found["author"] == "Stephan van Druskat; The Team"
    assert (found["version"], found["issued"], found["keyword"]) == ("2.0.4", "2017-12-18", "research, no")
    assert (said(paper)["issued"], said(paper)["page"]) == ("2018-03", "12-14")
    assert said(talk) == {
        "title": "Talk",
        "event-title": "X 2020",
        "event-place": "Kyiv",
        "arxiv": "2303.12712",
    }
    assert str(paper.fields["title"].origin) == "CITATION.cff:16"


def test_a_file_about_a_program() -> None:
    program = Work("k", "software").with_field("title", "P").with_field("author", (Name("Doe", "Jane"),))
    value, _ = safe_yaml.parse(get("cff").write([program, Work("b", "book")]).text, "x")
    assert (value["title"], value["type"], len(value["references"])) == ("P", "software", 1)


def test_a_file_about_nothing_but_its_references() -> None:
    value, _ = safe_yaml.parse(get("cff").write([Work("b", "book").with_field("title", "B")]).text, "x")
    assert {"cff-version", "message", "title", "authors", "references"} <= value.keys()
    assert value["references"][0]["title"] == "B"


def test_what_the_schema_refuses_is_left_out_and_told() -> None:
    work = (
        Work("k", "book")
        .with_field("ISBN", "12")
        .with_field("URL", "somewhere")
        .with_field("license", "(c) all")
    )
    written = get("cff").write([work.with_field("language", "sanskrit")])
    (part,) = safe_yaml.parse(written.text, "x")[0]["references"]
    assert part == {
        "type": "book",
        "title": "untitled",
        "authors": [{"name": "unknown"}],
        "identifiers": [{"type": "other", "value": "k", "description": "citation key"}],
    }
    assert {str(loss).split()[1] for loss in written.losses} == {"ISBN", "URL", "license", "language"}
    (back,) = get("cff").read(written.text.encode(), "x").works
    assert back.fields == {}
