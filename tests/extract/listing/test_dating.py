"""Years that a page leaves out: told by the page, never by guessing."""

from __future__ import annotations

import pytest

from cite2bib import extract
from cite2bib.model import Date, Work

ABSTRACT = "We propose a method and show that it works on many datasets. The results are better than those of strong models."


def page(
    *records: str, head: str = "Daily Papers\n\nbyAK and the research community\n\nNov 12"
) -> list[Work]:
    parts = [head] if head else []
    for number, record in enumerate(records):
        title, _, date = record.partition(" | ")
        parts.append(f"{title} of Deep Networks {number}\n\n{ABSTRACT}\n\n  • 3 authors\n·\n{date}")
    return list(extract.read_any("\n\n".join(parts).encode(), "page.txt").works)


def years(works: list[Work]) -> list[int | None]:
    return [date.year if (date := work.date()) else None for work in works]


def test_a_year_that_is_printed_is_kept() -> None:
    works = page("Theory | Dec 23, 2024")
    assert works[0].fields["issued"].value == Date((2024, 12, 23))
    assert works[0].fields["issued"].origin.note == ""


def test_the_page_leaves_out_its_own_year_only() -> None:
    works = page(
        "A Theory | Mar 3", "B Theory | Dec 1, 2024", "C Theory | May 2, 2024", "D Theory | Jan 9, 2024"
    )
    assert years(works) == [2025, 2024, 2024, 2024]
    origin = works[0].fields["issued"].origin
    assert "inferred" in origin.note
    assert origin.confidence < 1


def test_a_few_old_records_tell_nothing() -> None:
    assert years(page("A Theory | Mar 3", "B Theory | Dec 1, 2019")) == [None, 2019]


def test_nothing_tells_the_year() -> None:
    assert years(page("A Theory | Mar 3", "B Theory | May 4")) == [None, None]


def test_the_date_of_the_page_tells_and_no_record_is_later() -> None:
    head = "Daily Papers\n\nbyAK and the research community\n\nJan 12, 2026"
    assert years(page("A Theory | Jan 3", "B Theory | Dec 28", head=head)) == [2026, 2025]


def test_a_saver_s_head_tells() -> None:
    text = f"---\nretrieved: 2026-10-02\n---\n# Daily Papers\n\n### Theory of Deep Networks\n\n{ABSTRACT}\n\n- 3 authors\n\nSep 9\n"
    works = extract.read_any(text.encode(), "page.md").works
    assert works[0].fields["issued"].value == Date((2026, 9, 9))


@pytest.mark.parametrize(
    ("arxiv", "day", "expected"),
    [
        ("2503.01234", "Mar 3", (2025, 3, 3)),
        ("2412.01234", "Jan 2", (2025, 1, 2)),
        ("2501.01234", "Dec 31", (2024, 12, 31)),
    ],
)
def test_an_arxiv_id_tells(arxiv: str, day: str, expected: tuple[int, ...]) -> None:
    text = f"### [A Theory of Networks](https://huggingface.co/papers/{arxiv})\n\n{ABSTRACT}\n\n- 3 authors\n\n{day}\n"
    field = extract.read_any(text.encode(), "page.md").works[0].fields["issued"]
    assert field.value == Date(expected)
    assert field.origin.note == "year inferred from the arXiv id"


def test_one_record_s_id_tells_the_year_of_its_page() -> None:
    text = "\n\n".join(
        f"### [{name} Theory of Networks](https://huggingface.co/papers/{address})\n\n{ABSTRACT}\n\n- 3 authors\n\n{day}"
        for name, address, day in [("A", "2503.01234", "Mar 3"), ("B", "2504.11111", "Apr 4")]
    )
    text += f"\n\n### C Theory of Networks\n\n{ABSTRACT}\n\n- 3 authors\n\nFeb 2\n"
    assert years(list(extract.read_any(text.encode(), "page.md").works)) == [2025, 2025, 2025]


def test_pages_in_one_file_have_their_own_years() -> None:
    first = f"Get trending papers in your email inbox!\n\nDaily Papers\n\nNov 2, 2024\n\nOne Theory of Networks\n\n{ABSTRACT}\n\n  • 3 authors\n·\nMar 3"
    second = first.replace("2024", "2026").replace("One", "Another")
    works = extract.read_any(f"{first}\n\n{second}\n".encode(), "pages.txt").works
    assert years(list(works)) == [2024, 2026]


def test_29_february_needs_a_leap_year() -> None:
    head = "Daily Papers\n\nbyAK and the research community\n\nNov 12, 2025"
    assert years(page("A Theory | Feb 29", head=head)) == [None]
