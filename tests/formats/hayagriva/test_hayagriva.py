from __future__ import annotations

import pytest

from cite2bib.formats import get, safe_yaml
from cite2bib.model import Name, Work
from formats.reading import read_one, said


@pytest.mark.parametrize(
    ("kind", "parent", "expected"),
    [
        ("Article", "type: Periodical", "article-journal"),
        ("article", "type: newspaper", "article-newspaper"),
        ("Article", "type: Proceedings", "paper-conference"),
        ("Article", "title: Physical Review", "article-journal"),
        ("Article", "{type: Repository, title: arXiv}", "article"),
        ("Anthos", "type: Anthology", "chapter"),
        ("Entry", "type: Reference", "entry-encyclopedia"),
        ("Web", "type: Blog", "webpage"),
        ("Thesis", "", "thesis"),
        ("Nonsense", "", ""),
    ],
)
def test_types_by_entry_and_parent(kind: str, parent: str, expected: str) -> None:
    text = f"k:\n    type: {kind}\n    title: T\n" + (f"    parent:\n        {parent}\n" if parent else "")
    assert read_one("hayagriva", text).type == expected


def test_an_entry() -> None:
    work = read_one(
        "hayagriva",
        """k:
  type: Article
  title: {value: "{ZygOS}: A", short: Z}
  author: ["Prekas, George", {name: Mann, given-name: Golo, prefix: von}]
  date: ~2017-06
  serial-number: {doi: 10.1145/1, issn: 1234-5679, weird: x}
  url: {value: "https://a.org", date: 2020-01-02}
  affiliated: [{role: translator, names: "Roe, R."}, {role: astrologer, names: X}]
  odd: yes
  parent:
    - type: Proceedings
      title: P
      volume: 3
      publisher: {name: ACM, location: New York}
    - {type: Conference, title: SOSP, location: Shanghai}
""",
    )
    assert said(work) == {
        "title": '<span class="nocase">ZygOS</span>: A',
        "title-short": "Z",
        "event-title": "SOSP",
        "event-place": "Shanghai",
        "container-title": "P",
        "author": "George Prekas; Golo von Mann",
        "translator": "R. Roe",
        "volume": "3",
        "DOI": "10.1145/1",
        "ISSN": "1234-5679",
        "hayagriva:serial-number.weird": "x",
        "publisher": "ACM",
        "publisher-place": "New York",
        "URL": "https://a.org",
        "accessed": "2020-01-02",
        "issued": "2017-06~",
        "hayagriva:affiliated": '[{"role": "astrologer", "names": "X"}]',
        "hayagriva:odd": "yes",
    }


def test_what_belongs_to_the_container_stands_there() -> None:
    work = Work("k", "article-journal").with_field("container-title", "J").with_field("volume", "3")
    work = work.with_field("author", (Name("Li", "Bo"), Name(literal="A, B and Co."))).with_field(
        "page", "1-2"
    )
    value, _ = safe_yaml.parse(get("hayagriva").write([work]).text, "x")
    assert value["k"]["parent"] == {"type": "periodical", "title": "J", "volume": "3"}
    assert value["k"]["author"] == ["Li, Bo", {"name": "A, B and Co."}]
