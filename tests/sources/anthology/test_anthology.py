"""Asking the ACL Anthology for papers."""

from __future__ import annotations

import pytest

from asked import ask, errors, work
from loopback import HTML, Reply, Seen
from runs import Opens

MODS = """<?xml version="1.0" encoding="UTF-8"?>
<modsCollection xmlns="http://www.loc.gov/mods/v3">
<mods ID="made-else-2020-art">
  <titleInfo><title>The Art of Made Things</title></titleInfo>
  <name type="personal"><namePart type="given">Ada</namePart><namePart type="family">Made</namePart>
    <role><roleTerm authority="marcrelator" type="text">author</roleTerm></role></name>
  <name type="personal"><namePart type="given">Ben</namePart><namePart type="family">van Else</namePart>
    <role><roleTerm authority="marcrelator" type="text">author</roleTerm></role></name>
  <originInfo><dateIssued>2020-07</dateIssued></originInfo>
  <relatedItem type="host"><titleInfo><title>Proceedings of the 58th Annual Meeting of Makers</title></titleInfo>
    <name type="personal"><namePart type="given">Eve</namePart><namePart type="family">Ditor</namePart>
      <role><roleTerm authority="marcrelator" type="text">editor</roleTerm></role></name>
    <originInfo><publisher>Association of Makers</publisher><place><placeTerm type="text">Online</placeTerm></place></originInfo>
    <genre authority="marcgt">conference publication</genre></relatedItem>
  <abstract>We make things.</abstract>
  <identifier type="citekey">made-else-2020-art</identifier>
  <identifier type="doi">10.18653/v1/2020.acl-main.747</identifier>
  <location><url>https://aclanthology.org/2020.acl-main.747/</url></location>
  <part><date>2020-07</date><extent unit="page"><start>8440</start><end>8451</end></extent></part>
</mods></modsCollection>"""


def answer(_seen: Seen) -> Reply:
    return Reply(200, MODS.encode(), {"Content-Type": "application/xml"})


@pytest.mark.parametrize(
    ("said", "path"),
    [
        ({"DOI": "10.18653/v1/2020.acl-main.747"}, "/2020.acl-main.747.xml"),
        ({"DOI": "10.18653/v1/P19-1001"}, "/P19-1001.xml"),
        ({"URL": "https://aclanthology.org/2020.findings-emnlp.7/"}, "/2020.findings-emnlp.7.xml"),
        ({"URL": "https://www.aclweb.org/anthology/P19-1001.pdf"}, "/P19-1001.xml"),
        ({"URL": "http://aclweb.org/anthology/P/P16/P16-1162"}, "/P16-1162.xml"),
    ],
)
def test_papers_by_what_names_them(said: dict[str, str], path: str, opened: Opens) -> None:
    answers, seen = ask("anthology", opened, answer, [work(title="A title", **said)])
    assert [one.path for one in seen] == [path]
    (paper,) = answers[0].found
    assert paper.text("title") == "The Art of Made Things"
    assert [str(name) for name in paper.names("author")] == ["Ada Made", "Ben van Else"]
    assert [str(name) for name in paper.names("editor")] == ["Eve Ditor"]
    assert (paper.text("page"), paper.text("DOI")) == ("8440-8451", "10.18653/v1/2020.acl-main.747")
    assert (paper.text("container-title"), paper.type) == (
        "Proceedings of the 58th Annual Meeting of Makers",
        "paper-conference",
    )
    date = paper.date()
    assert date
    assert date.start == (2020, 7)


def test_other_works_are_not_asked_for(opened: Opens) -> None:
    works = [work(title="A title"), work(DOI="10.1000/182"), work(URL="https://aclanthology.org/venues/acl/")]
    assert ask("anthology", opened, answer, works) == ([], [])


def test_what_is_no_answer(opened: Opens) -> None:
    bodies = [HTML, b"{}", b"<modsCollection/>", b"<mods><titleInfo/></mods>"]
    assert len(errors("anthology", opened, bodies, [work(URL="https://aclanthology.org/P19-1001")])) == 4
