"""The lists for reading: Markdown, HTML, CSV."""

from __future__ import annotations

import csv
import io
from html.parser import HTMLParser

from markdown_it import MarkdownIt

from cite2bib.formats import get
from cite2bib.model import Date, Name, Work
from cite2bib.names import OTHERS
from contract.varied import WORKS

WORK = (
    Work("k", "article-journal")
    .with_field("title", "On <i>E. coli</i> & <script>alert(1)</script>")
    .with_field("author", (Name("Lovelace", "Ada"), Name("Li", "Bo"), OTHERS))
    .with_field("container-title", "J_o_urnal *X*")
    .with_field("volume", "3")
    .with_field("issue", "4")
    .with_field("page", "1-9")
    .with_field("issued", Date((1843, 9)))
    .with_field("DOI", "10.1234/x")
)


def test_markdown_reads_as_it_is_meant() -> None:
    html = MarkdownIt().render(get("markdown").write([WORK]).text)
    assert (
        "Ada Lovelace, Bo Li, et al. (1843). On <em>E. coli</em> &amp; &lt;script&gt;alert(1)&lt;/script&gt;."
        in html
    )
    assert "J_o_urnal *X*, 3(4):1–9." in html
    assert '<a href="https://doi.org/10.1234/x">' in html


def test_markdown_numbers_every_work() -> None:
    html = MarkdownIt().render(get("markdown").write(WORKS).text)
    assert html.count("<li>") == len(WORKS)


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.hrefs: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.hrefs += [value or "" for key, value in attrs if key == "href"]


def test_html_lets_nothing_through() -> None:
    text = (
        get("html")
        .write([WORK, Work("b").with_field("URL", "javascript:alert(1)").with_field("title", '"><img>')])
        .text
    )
    page = _Tags()
    page.feed(text)
    assert set(page.tags) == {"ol", "li", "cite", "i", "a", "span"}
    assert page.hrefs == ["https://doi.org/10.1234/x"]
    assert "rft.atitle=On+E.+coli" in text


def test_csv_is_a_table() -> None:
    rows = list(csv.DictReader(io.StringIO(get("csv").write(WORKS).text)))
    assert len(rows) == len(WORKS)
    assert rows[0]["author"] == "Ada Lovelace"
    assert rows[0]["year"] == "1843"
    by_key = {row["key"]: row for row in rows}
    assert by_key["title-markup"]["title"] == "On E. coli, H2O and x2"
    assert by_key["date-range"]["issued"] == "2020-05/2021-06"
    assert by_key["foreign"]["elsewhere:shelf"] == "3"
