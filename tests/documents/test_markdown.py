"""Markdown to blocks, as people write it and as savers do."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cite2bib.documents import Block, markdown


def blocks(text: str) -> tuple[Block, ...]:
    return markdown.read_markdown(text.encode(), "x.md").document.blocks


def shown(text: str) -> list[tuple[int, str, int, str]]:
    return [(block.line, block.kind, block.level, block.text) for block in blocks(text)]


def test_blocks_know_their_lines() -> None:
    text = (
        "# A\n\npara\nmore\n\n- one\n  - two\n\n  inside\n\nSetext\n======\n\n```\ncode_*x*\n```\n> quoted\n"
    )
    assert shown(text) == [
        (1, "heading", 1, "A"),
        (3, "paragraph", 0, "para\nmore"),
        (6, "item", 0, "one"),
        (7, "item", 1, "two"),
        (9, "paragraph", 1, "inside"),
        (11, "heading", 1, "Setext"),
        (15, "code", 0, "code_*x*"),
        (17, "paragraph", 0, "quoted"),
    ]


def test_links_marks_and_escapes() -> None:
    (block,) = blocks(
        r"**Bold _it_**, [a\_b](https://x.org/a_(b) 'title'), `c*d`, 2\*3, <https://y.org>, &amp; ![no](x.png)"
    )
    assert block.text == "Bold it, a_b, c*d, 2*3, https://y.org, & "[:-1]
    assert [(link.text, link.target) for link in block.links] == [
        ("a_b", "https://x.org/a_(b)"),
        ("https://y.org", "https://y.org"),
    ]
    assert [(mark.style, mark.text) for mark in block.marks] == [("italic", "it"), ("bold", "Bold it")]


def test_mathematics_stays_as_it_is() -> None:
    assert (
        blocks("On $x_i * y_j$ and snake_case_names and 5 * 3 * 2")[0].text
        == "On $x_i * y_j$ and snake_case_names and 5 * 3 * 2"
    )


def test_a_link_around_several_lines() -> None:
    (block,) = blocks("[- ![](a.png)\\\\\n- ![](b.png)\\\\\n- 3 authors](https://x.org)\n")
    assert block.links[0].target == "https://x.org"
    assert block.text.endswith("3 authors")


def test_a_link_that_was_opened_in_an_earlier_paragraph() -> None:
    assert [link.target for block in blocks("[\n\n2 authors](https://x.org)\n") for link in block.links] == [
        "https://x.org"
    ]


def test_link_definitions() -> None:
    (block,) = blocks("* [Title][12]\n\n[12]: https://x.org/a\n")
    assert (block.kind, block.text, block.links[0].target) == ("item", "Title", "https://x.org/a")


def test_tables() -> None:
    found = shown("| Title | Year |\n|---|:-:|\n| A \\| *b* | 2019 |\n| C | |\n\nafter\n")
    assert found == [
        (1, "row", 1, "Title\tYear"),
        (3, "row", 0, "A | b\t2019"),
        (4, "row", 0, "C\t"),
        (6, "paragraph", 0, "after"),
    ]


def test_front_matter_and_a_saver_s_head() -> None:
    assert dict(
        markdown.read_markdown(b"---\ntitle: 'X'\ndate: 2024-01-02\n---\nbody", "x").document.metadata
    ) == {
        "title": "X",
        "date": "2024-01-02",
    }
    head = b"Title: Y\n\nURL Source: https://y.org\n\nMarkdown Content:\nbody\n"
    document = markdown.read_markdown(head, "x").document
    assert document.metadata["url source"] == "https://y.org"
    assert [(block.text, block.line) for block in document.blocks] == [("body", 6)]


def test_sniffing() -> None:
    assert markdown.sniff_markdown(b"# A\r\n\r\n[a](https://x.org) and [b](https://y.org)\r\n")
    assert not markdown.sniff_markdown(b"Plain prose, with [brackets] and a # sign.\n\n1. One\n2. Two\n")


@given(st.text(alphabet="ab \n[]()*_`#>-|\\!<&$1.", max_size=200))
def test_any_markdown(text: str) -> None:
    lines = text.count("\n") + 1
    for block in blocks(text):
        assert 1 <= block.line <= lines
        assert all(1 <= link.line <= lines for link in block.links)


def test_a_year_at_the_start_of_a_wrapped_line_is_no_item() -> None:
    text = "Doe, J., and Roe, R. (eds.), Berlin, 4-7 May,\n2006. Springer, 1--5.\n\n2006. Another.\n\n1. one\n2. two\n"
    found = [
        (block.kind, block.text) for block in markdown.read_markdown(text.encode(), "a.md").document.blocks
    ]
    assert found[0] == (
        "paragraph",
        "Doe, J., and Roe, R. (eds.), Berlin, 4-7 May,\n2006. Springer, 1--5.",
    )
    assert [kind for kind, _ in found[1:]] == ["item", "item", "item"]


def test_raw_html_of_pandoc() -> None:
    (block,) = markdown.read_markdown(
        b"In`<sub>`{=html}x`</sub>`{=html}Ga and `code`", "a.md"
    ).document.blocks
    assert block.text == "InxGa and code"
