"""Plain text, and pages that browsers for terminals dumped; tables."""

from __future__ import annotations

from cite2bib.documents import registry, table, text


def test_paragraphs_keep_their_lines() -> None:
    blocks = text.read_text(b"\na\nb\n\n\n c\n", "x").document.blocks
    assert [(block.line, block.text) for block in blocks] == [(2, "a\nb"), (6, " c")]


def test_the_links_of_a_dump_are_put_back() -> None:
    dump = (
        b"   [1]A title that is long and goes on until the very end of\n   the line\n\n   see [2]here\n\nReferences\n\n"
        b"   1. https://x.org/a\n   2. https://x.org/b\n"
    )
    blocks = text.read_text(dump, "x").document.blocks
    assert [(link.text, link.target) for block in blocks for link in block.links] == [
        ("A title that is long and goes on until the very end of", "https://x.org/a"),
        ("here", "https://x.org/b"),
    ]
    assert not any("References" in block.text for block in blocks)


def test_a_reference_section_of_addresses_stays() -> None:
    plain = b"See below.\n\nReferences\n\n1. https://x.org/a\n2. https://x.org/b\n"
    assert "https://x.org/b" in text.read_text(plain, "x").document.blocks[-1].text


def test_tables_in_many_dialects() -> None:
    for data in (
        b"title,year\nA,2019\n",
        b"Paper Title\tYear\nA\t2019\n",
        b'"Title";"Year"\n"A";"2019"\n',
        "\ufeffTITLE,year\r\nA,2019\r\n".encode(),
    ):
        assert table.sniff_table(data)
        assert [block.text for block in table.read_table(data, "x").document.blocks][1:] == ["A\t2019"]


def test_cells_may_hold_lines_and_the_next_row_knows_its_own() -> None:
    blocks = table.read_table(b'title,year\n"A\nB",2019\nC,2020\n', "x").document.blocks
    assert [(block.line, block.text) for block in blocks] == [
        (1, "title\tyear"),
        (2, "A B\t2019"),
        (4, "C\t2020"),
    ]


def test_the_registry_names_what_there_is() -> None:
    assert registry.for_suffix("a/b.HTM") is registry.get("html")
    assert registry.for_suffix("README") is None
