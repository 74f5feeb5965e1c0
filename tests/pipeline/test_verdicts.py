"""Reports of verdicts: whatever stands in a reference, they stay what they are."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest

from cite2bib.check import Difference, Judgement, Silence, Verdict
from cite2bib.model import Date, Name, Origin, Work
from cite2bib.pipeline.verdicts import REPORTS, findings

NASTY = "<script>alert('x')</script> & “quotes” ]]> \u2028 {\\TeX} %0A::error::"


def reference(title: str = NASTY, **fields: str) -> Work:
    work = Work("doe,2020", "article-journal", places=(Origin("a b.bib", "7"),))
    work = work.with_field("title", title).with_field("author", (Name("O'<b>", "J."),))
    work = work.with_field("issued", Date((2020,)), Origin("a b.bib", "9"))
    for name, value in fields.items():
        work = work.with_field(name, value)
    return work


VERDICTS = [
    Verdict(reference(), Judgement.VERIFIED, 0.99, "crossref has it", ("title equal",), record=reference(), identified=True),
    Verdict(
        reference(URL="javascript:alert(1)"), Judgement.WRONG, 0.93, f"year {NASTY}", ("year",),
        (Difference("issued", "2020", NASTY, matters=True, why="<i>"), Difference("page", "1", "2", matters=False)),
        reference(DOI="10.5555/<x>"), other=reference(), identified=True, mixed=True,
    ),
    Verdict(reference("Nobody knows this"), Judgement.NOT_FOUND, 0.9, "nobody", record=reference()),
    Verdict(reference(), Judgement.UNCHECKED, 0.9, "down", silent=(Silence("crossref", "<503>"),), unasked=True),
    Verdict(reference(), Judgement.RETRACTED, 0.9, "retracted"),
    Verdict(reference(), Judgement.PUBLISHED, 0.9, "published", later=reference()),
]  # fmt: skip


class _Page(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_is_whole_and_runs_nothing() -> None:
    page = _Page()
    text = REPORTS["html"](VERDICTS)
    page.feed(text)
    assert page.open == []
    assert not page.tags & {"script", "img", "link", "iframe"}
    assert all(link.startswith(("https://", "http://")) for link in page.links)
    assert "<script>alert('x')</script>" in page.text
    assert "O'<b>" in page.text
    for word in ("retracted", "published since", "not found", "could not be asked: Crossref (<503>)"):
        assert word in page.text


def test_json_tells_everything() -> None:
    table = json.loads(REPORTS["json"](VERDICTS))
    assert table["summary"]["not found"] == 1
    rows = table["references"]
    assert [row["verdict"] for row in rows] == [verdict.judgement.value for verdict in VERDICTS]
    assert rows[1]["differences"][0]["recorded"] == NASTY
    assert (rows[1]["file"], rows[1]["line"], rows[1]["key"]) == ("a b.bib", 7, "doe,2020")
    assert rows[3]["silent"] == [{"source": "crossref", "what": "<503>"}]


def test_annotations_are_one_line_each_and_point_to_the_field() -> None:
    lines = REPORTS["github"](VERDICTS).split("\n")
    assert len(lines) == 6
    assert lines[0].startswith("::warning file=a b.bib,line=9,title=")
    assert all(line.startswith("::") for line in lines[:-1])


@pytest.mark.parametrize("name", ["json", "sarif"])
def test_reports_for_programs_are_json_whatever_stands_in_them(name: str) -> None:
    lone = "a lone \ud800 surrogate"
    text = REPORTS[name]([Verdict(reference(lone), Judgement.NOT_FOUND, 0.9, "nobody")])
    assert json.loads(text.encode("utf-8", "replace"))


def test_what_is_in_order_is_no_finding() -> None:
    assert [item.rule for item in findings(VERDICTS)] == [
        "wrong-in-detail",
        "not-found",
        "source-not-asked",
        "retracted",
        "published-since",
    ]


def test_a_record_of_a_format_without_lines_has_its_file_and_no_line() -> None:
    work = Work("doe", "book").with_field("title", "A Book", Origin("refs.json", "2"))
    work = work.with_field("issued", Date((2020,)), Origin("refs.json", "2"))
    wrong = (Difference("issued", "2020", "1999", matters=True),)
    (found,) = findings([Verdict(work, Judgement.WRONG, 0.9, "wrong", differences=wrong)])
    assert str(found.span) == "refs.json"
