"""What savers and people do to a page must not change its records: the seeds, done over in many ways."""

from __future__ import annotations

import html
import re
import textwrap
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from cite2bib import extract
from cite2bib.model import Work

FILES = (
    "000_c12bbaa1667d3786.txt",
    "001_d49063e7f5512c84.txt",
    "002_383f253d72eceac7.txt",
    "003_5b64241b33b9aefa.txt",
)
JUNK = (
    "Load more", "Advertisement", "We use cookies to improve your experience.", "Sign up for our newsletter",
    "Trending Papers", "Next page »", "Share", "Subscribe", "Related papers", "1 2 3 ... 10",
)  # fmt: skip


def without_blank_lines(text: str) -> str:
    return re.sub(r"\n\s*\n", "\n", text)


def doubled(text: str) -> str:
    return text.replace("\n", "\n\n")


def indented(text: str) -> str:
    return "\n".join(f"    {line}" for line in text.split("\n"))


def without_head(text: str) -> str:
    lines = text.split("\n")
    first = next(index for index, line in enumerate(lines) if len(line) > 300)
    return "\n".join(lines[first - 2 :])


def with_junk(text: str) -> str:
    paragraphs = text.split("\n\n")
    return "\n\n".join(
        f"{paragraph}\n\n{JUNK[index % len(JUNK)]}" if len(paragraph) > 300 and index % 4 == 0 else paragraph
        for index, paragraph in enumerate(paragraphs)
    )


def with_split_abstracts(text: str) -> str:
    def split(line: str) -> str:
        ends = [found.start() for found in re.finditer(r"(?<=[a-z]\.) (?=[A-Z])", line)]
        place = ends[len(ends) // 2] if len(line) > 300 and ends else 0
        return f"{line[:place]}\n\n{line[place + 1 :]}" if place else line

    return "\n".join(split(line) for line in text.split("\n"))


def wrapped(text: str) -> str:
    return "\n".join(
        "\n".join(textwrap.wrap(line, 100, break_long_words=False, break_on_hyphens=False))
        if line.strip()
        else ""
        for line in text.split("\n")
    )


WHOLE = (without_blank_lines, indented, with_split_abstracts)
PARTED = (doubled, without_head, with_junk)


@pytest.mark.parametrize("change", [*WHOLE, *PARTED], ids=lambda change: change.__name__)
@pytest.mark.parametrize("name", FILES)
def test_changed_pages(shared: Path, name: str, change: Callable[[str], str]) -> None:
    if name.startswith("000") and change in PARTED:
        pytest.skip("has no paragraphs")
    text = (shared / "seeds" / name).read_text(encoding="utf-8")
    assert titles(change(text), name) == titles(text, name)


@pytest.mark.parametrize("name", FILES)
def test_wrapped_pages(shared: Path, name: str) -> None:
    text = (shared / "seeds" / name).read_text(encoding="utf-8")
    expected, found = Counter(titles(text, name)), Counter(titles(wrapped(text), name))
    # A last line of an abstract ("Code is available at: ...") may read like a record of its own.
    assert not expected - found
    assert (found - expected).total() <= 1


def titles(text: str, name: str) -> list[str]:
    return [work.text("title") for work in extract.read_any(text.encode(), name).works]


def as_markdown(works: list[Work]) -> str:
    return "\n\n".join(f"## {work.text('title')}\n\n{work.text('abstract')}" for work in works)


def as_html(works: list[Work]) -> str:
    return "<html><body><nav><a href='/'>Home</a></nav>" + "".join(
        f"<article><h3>{html.escape(work.text('title'))}</h3><p>{html.escape(work.text('abstract'))}</p></article>"
        for work in works
    )


def as_titles(works: list[Work]) -> str:
    return "\n".join(work.text("title") for work in works)


def as_bullets(works: list[Work]) -> str:
    return "Reading list\n\n" + "\n".join(f"- {work.text('title')}" for work in works)


def as_authors(works: list[Work]) -> str:
    return "\n\n".join(f"{work.text('title')}\nXin Wang, Jonathan Freer, Hyung Jin Chang" for work in works)


def as_awesome(works: list[Work]) -> str:
    return "# Awesome\n\n" + "\n".join(
        f"- **{work.text('title')}**, Xin Wang, Jonathan Freer, *NeurIPS 2024*. [[paper](https://arxiv.org/abs/2401.{number})] [[code](https://github.com/a/b)]"
        for number, work in enumerate(works, 10_000)
    )


def as_title_first(works: list[Work]) -> str:
    return "\n".join(
        f"{title}{'' if title[-1] in '?!' else '.'} Xin Wang, Jonathan Freer, Hyung Jin Chang. NeurIPS, 2024"
        for title in (work.text("title") for work in works)
    )


def as_addresses_behind(works: list[Work]) -> str:
    return "\n".join(
        f"{work.text('title')}\nhttps://arxiv.org/abs/2401.{number}"
        for number, work in enumerate(works, 10_000)
    )


def as_addresses_before(works: list[Work]) -> str:
    return "\n".join(
        f"https://arxiv.org/abs/2401.{number}\n{work.text('title')}"
        for number, work in enumerate(works, 10_000)
    )


def as_ids_on_the_line(works: list[Work]) -> str:
    return "\n".join(
        f"{work.text('title')} (arXiv:2401.{number})" for number, work in enumerate(works, 10_000)
    )


def as_profile(works: list[Work]) -> str:
    return "\n".join(
        f"{work.text('title')}\nX Wang, J Freer, HJ Chang\nAdvances in neural information processing systems 30, 2024\n{number}\t2024"
        for number, work in enumerate(works, 10)
    )


MADE: dict[Callable[[list[Work]], str], str] = {
    as_markdown: "x.md", as_html: "x.html", as_titles: "x.txt", as_bullets: "x.txt", as_authors: "x.txt",
    as_awesome: "x.md", as_title_first: "x.txt", as_addresses_behind: "x.txt", as_addresses_before: "x.txt",
    as_ids_on_the_line: "x.txt", as_profile: "x.txt",
}  # fmt: skip


@pytest.mark.parametrize("make", MADE, ids=lambda make: make.__name__)
@pytest.mark.parametrize("name", FILES)
def test_other_kinds_of_lists_of_the_same_works(
    shared: Path, name: str, make: Callable[[list[Work]], str]
) -> None:
    works = list(extract.read_any((shared / "seeds" / name).read_bytes(), name).works)
    found = extract.read_any(make(works).encode(), MADE[make]).works
    assert [work.text("title") for work in found] == [work.text("title") for work in works]
    if make in {as_awesome, as_addresses_behind, as_addresses_before, as_ids_on_the_line}:
        assert [work.text("arxiv") for work in found] == [
            f"2401.{n}" for n in range(10_000, 10_000 + len(works))
        ]
    if make in {as_authors, as_awesome, as_title_first, as_profile}:
        assert {len(work.names("author")) for work in found} == ({2} if make is as_awesome else {3})
