"""Asking OpenReview for papers."""

from __future__ import annotations

from typing import Any

import pytest

from asked import as_json, ask, errors, work
from cite2bib.records.openreview import work_from_openreview
from loopback import HTML, Reply, Seen
from runs import Opens


def note(venue: str = "ICLR 2023 poster", **content: Any) -> dict[str, Any]:
    said = {
        "title": "A Made Paper",
        "authors": ["Ada Made", "Ben Else"],
        "venue": venue,
        "abstract": "We make.",
    }
    boxed = {name: {"value": value} for name, value in (said | content).items()}
    return {"id": "abcDEF1234", "forum": "abcDEF1234", "cdate": 1663850000000, "content": boxed}


REPLY = {
    "id": "xyz",
    "forum": "abcDEF1234",
    "content": {"title": {"value": "Official Review"}, "rating": {"value": 8}},
}


def answer(_seen: Seen) -> Reply:
    return as_json({"notes": [note(), REPLY], "count": 2})


def test_by_address_and_by_title(opened: Opens) -> None:
    works = [
        work(URL="https://openreview.net/pdf?id=abcDEF1234", title="A made paper"),
        work(title="A made paper"),
        work(URL="https://openreview.net/group?id=ICLR.cc"),
    ]
    answers, seen = ask("openreview", opened, answer, works)
    assert [(one.path, one.query.get("id") or one.query["term"]) for one in seen] == [
        ("/notes", "abcDEF1234"),
        ("/notes/search", "A made paper"),
    ]
    for item in answers:
        (paper,) = item.found
        assert [str(name) for name in paper.names("author")] == ["Ada Made", "Ben Else"]
        assert (paper.type, paper.text("container-title")) == ("paper-conference", "ICLR 2023")
        assert paper.text("URL") == "https://openreview.net/forum?id=abcDEF1234"


@pytest.mark.parametrize(
    ("venue", "container", "kind"),
    [
        ("ICLR 2023 notable top 5%", "ICLR 2023", "paper-conference"),
        ("NeurIPS 2022 Accept", "NeurIPS 2022", "paper-conference"),
        ("TMLR", "TMLR", "paper-conference"),
        ("ICML 2024 Oral", "ICML 2024", "paper-conference"),
        ("NeurIPS 2023 Workshop on Distribution Shifts", "NeurIPS 2023 Workshop on Distribution Shifts", "paper-conference"),
        ("Submitted to ICLR 2024", "", "manuscript"),
        ("ICLR 2024 Conference Withdrawn Submission", "", "manuscript"),
        ("", "", "manuscript"),
    ],
)  # fmt: skip
def test_only_what_was_accepted_has_a_venue(venue: str, container: str, kind: str) -> None:
    paper = work_from_openreview(note(venue))
    assert (paper.text("container-title"), paper.type) == (container, kind)


def test_the_venue_s_whole_name_is_in_its_bibtex() -> None:
    bibtex = "@inproceedings{\nmade,\ntitle={A},\nbooktitle={The Eleventh Conference on Made Things },\nyear={2023}\n}"
    paper = work_from_openreview(note(_bibtex=bibtex))
    assert paper.text("container-title") == "The Eleventh Conference on Made Things"
    date = paper.date()
    assert date
    assert date.start == (2023,)


def test_older_notes_have_bare_values() -> None:
    old = {
        "id": "a1",
        "forum": "a1",
        "tcdate": 1480000000000,
        "content": {"title": "An Old Paper", "authors": ["Ada Made"]},
    }
    paper = work_from_openreview(old)
    assert paper.text("title") == "An Old Paper"
    date = paper.date()
    assert date
    assert date.start == (2016,)


def test_what_is_no_answer(opened: Opens) -> None:
    assert (
        len(errors("openreview", opened, [HTML, b"[]", b"{}", b'{"notes": 3}'], [work(title="A title")])) == 4
    )
