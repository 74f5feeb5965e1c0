"""The lists for reading: Markdown, HTML, thebibliography, CSV."""

from __future__ import annotations

import csv
import io
import subprocess
from html.parser import HTMLParser
from pathlib import Path

from markdown_it import MarkdownIt

from cite2bib.formats import get
from cite2bib.model import Date, Name, Work
from cite2bib.names import OTHERS
from conftest import need
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


def test_thebibliography() -> None:
    text = get("thebibliography").write([WORK, Work("k"), Work("Gödel, {1}")]).text
    assert text.startswith("\\begin{thebibliography}{9}\n\n\\bibitem{k}\n")
    assert "Ada Lovelace, Bo Li, et al.\n\\newblock On \\emph{E. coli} \\& " in text
    assert "\\bibitem{k-2}\n" in text
    assert "\\bibitem{Godel1}\n" in text
    assert text.isascii()


def test_latex_takes_it(tmp_path: Path) -> None:
    need("pdflatex")
    body = get("thebibliography").write(WORKS).text
    (tmp_path / "a.tex").write_text(
        f"\\documentclass{{article}}\n\\begin{{document}}\n{body}\\end{{document}}\n"
    )
    command = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "a.tex"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]


def test_a_work_without_title_goes_by_where_it_is() -> None:
    work = WORK.without("title", "DOI").with_field("container-title", "Nucl. Phys. B")
    assert "1843). Nucl. Phys. B, 3(4):1–9.\n" in get("markdown").write([work]).text
    assert "<cite>" not in get("html").write([work]).text
    assert "\\newblock k" not in get("thebibliography").write([work]).text


def test_a_work_with_nothing_else_goes_by_its_note_or_key() -> None:
    text = get("markdown").write([Work("k", "document"), Work("l", "").with_field("note", "in print")]).text
    assert text == "1. *k*.\n2. *in print*.\n"
