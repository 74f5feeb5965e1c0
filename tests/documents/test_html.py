"""HTML to blocks and metadata."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cite2bib.documents import Block, Document, Link, html


def read(text: str) -> Document:
    return html.read_html(text.encode(), "x.html").document


def shown(blocks: tuple[Block, ...]) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, block.text) for block in blocks]


def test_blocks_links_and_marks() -> None:
    document = read(
        "<html><body>\n<h2><a href='https://x.org'>A <i>great</i>\n title</a></h2>\n<p>one<br>two &amp; three</p>"
        "<ul><li>a<ul><li>b</li></ul></li></ul></body></html>"
    )
    assert shown(document.blocks) == [
        ("heading", 2, "A great title"),
        ("paragraph", 0, "one\ntwo & three"),
        ("item", 0, "a"),
        ("item", 1, "b"),
    ]
    assert document.blocks[0].links[0] == Link("A great title", "https://x.org", 2)
    assert document.blocks[0].marks[0].text == "great"


def test_what_is_not_shown_is_not_read() -> None:
    document = read(
        "<body><script>var x='<p>no</p>'</script><style>p{}</style><p hidden>no</p><p style='display: none'>no</p>"
        "<nav><a href='/'>Home</a></nav><div role='navigation'>Menu</div><p>yes</p><footer>foot</footer>"
    )
    assert shown(document.blocks) == [
        ("navigation", 0, "Home"),
        ("navigation", 0, "Menu"),
        ("paragraph", 0, "yes"),
        ("navigation", 0, "foot"),
    ]


def test_tables_of_data_are_rows_and_keys_with_values_are_lines() -> None:
    document = read(
        "<table><tr><th>Title</th><th>Year</th></tr><tr><td>A</td><td>2019</td></tr></table>"
        "<table><tr><th>DOI</th><td>10.1/x</td></tr></table><table><tr><td><p>layout</p></td><td><p>only</p></td></tr></table>"
    )
    assert shown(document.blocks) == [
        ("row", 1, "Title\tYear"),
        ("row", 0, "A\t2019"),
        ("paragraph", 2, "DOI: 10.1/x"),
        ("paragraph", 0, "layout"),
        ("paragraph", 0, "only"),
    ]


def test_a_link_around_blocks_belongs_to_each() -> None:
    document = read("<a href='https://x.org'><div>101</div></a><p>next</p>")
    assert [(block.text, [link.target for link in block.links]) for block in document.blocks] == [
        ("101", ["https://x.org"]),
        ("next", []),
    ]


def test_relative_addresses_follow_the_base_or_the_page() -> None:
    assert (
        read("<base href='https://x.org/a/'><p><a href='b'>t</a></p>").blocks[0].links[0].target
        == "https://x.org/a/b"
    )
    page = "<head><meta property='og:url' content='https://y.org/p'></head><p><a href='/abs/1'>t</a></p>"
    assert read(page).blocks[0].links[0].target == "https://y.org/abs/1"


def test_metadata_of_several_makers() -> None:
    page = """<head><title>Page</title><meta name="DC.title" content="Dublin"><meta name="citation_title" content="Scholar">
    <meta name="citation_author" content="Doe, J."><meta name="citation_author" content="Roe, R.">
    <meta name="citation_firstpage" content="1"><meta name="citation_lastpage" content="9">
    <script type="application/ld+json">{"@graph": [{"@type": "ScholarlyArticle", "headline": "Linked", "author": [{"name": "A B"}],
    "isPartOf": {"name": "J"}, "identifier": "https://doi.org/10.1000/x"}]}</script></head>"""
    metadata = read(page).metadata
    assert (metadata["title"], metadata["author"], metadata["page"]) == ("Scholar", "Doe, J.; Roe, R.", "1-9")
    assert (metadata["container-title"], metadata["DOI"], metadata["page-title"]) == (
        "J",
        "10.1000/x",
        "Page",
    )


def test_broken_json_is_told() -> None:
    parsed = html.read_html(b"<html><script type='application/ld+json'>{oops</script><p>x</p>", "x.html")
    assert parsed.diagnostics[0].code == "json-ld"


def test_no_entity_is_expanded_and_nothing_is_fetched() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaa"><!ENTITY b SYSTEM "file:///etc/passwd">]><html><p>&a;&b;</p></html>'
    assert "root:" not in "".join(block.text for block in read(bomb).blocks)


@given(st.text(alphabet="ab <>/pdivtrha='\"&;\n", max_size=200))
def test_any_page(text: str) -> None:
    for block in read(text).blocks:
        assert block.line >= 1
