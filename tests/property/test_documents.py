"""Documents nobody wrote: tokens in any order, inside sound containers; archives and files made to do harm."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import cite2bib
from cite2bib import extract
from cite2bib.diagnostics import Cite2bibError, ReadError
from cite2bib.documents import archive, registry, zipped
from cite2bib.formats import FORMATS
from containers import office, packed, pdf

EXAMPLES = int(os.environ.get("CITE2BIB_FUZZ", "40"))
QUICK = settings(
    max_examples=EXAMPLES,
    derandomize="CITE2BIB_FUZZ" not in os.environ,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
REFERENCE = ["[1] ", "1. ", "Smith, J., ", "A. B. Doe and C. Roe. ", "(2019). ", "Title of it. ", "In Proc. X, ", "12(3), ", "pp. 1-9. ",
             "doi:10.1000/x", "arXiv:2001.00001", "https://a.org/b", "et al. ", "“Q,” ", "\n", "\n\n", "References\n"]  # fmt: skip
TOKENS = {
    "tex": ["\\documentclass{article}", "\\begin{document}", "\\begin{thebibliography}{9}", "\\bibitem{a} ", "\\cite[p.~2]{a,b}",
            "\\newcommand{\\x}[1]{\\cite{#1}}", "\\x{a}", "\\input{b}", "\\section{References}", "{", "}", "[", "]", "%", "$", "\\", "\\emph{",
            "\\verb|", "\\end{document}", "\\bibliography{r}", "\\relax", "\\citation{a}", "\\newblock ", "~"],
    "markdown": ["# References\n", "- ", "> ", "    ", "```\n", "[@a; @b, p. 3]", "@c [", "[x](", "http://a.b)", "![", "| a | b |\n", "|-|-|\n",
                 "---\n", "bibliography: r.bib\n", "<b>", "*", "**", "`", "[^1]: ", "\\", "&amp;"],
    "html": ["<html>", "<body>", "<p>", "</p>", "<div class='x'>", "</div>", "<meta name='citation_title' content='T'>", "<a href='http://doi.org/10.1/x'>",
             "</a>", "<script type='application/ld+json'>", '{"@type": "ScholarlyArticle", "name": ', "</script>", "<span class='Z3988' title='rft.title=x'>",
             "<!--", "-->", "<![CDATA[", "&#x110000;", "&lt;", "<li>", "<table><tr><td>", "<", ">", "<h2>References</h2>"],
    "ipynb": ['{"nbformat": 4, "cells": [', '{"cell_type": "markdown", "source": ', '["# References\\n", "x"]', '"@a"', "}", "]", ", ", "null", "[[]]",
              '"metadata": 3', "{", "["],
    "typst": ['#import "x"\n', "= References\n", "@a[p. 3]", "#cite(<a>, supplement: [", "])", "<b>", '#bibliography("r.bib")', "`", "```", "/*", "*/", "//"],
    "table": ["title,authors,year\n", "a;b\n", "\t", ",", '"', '""', "\n", "T", "2020"],
    "text": [],
}  # fmt: skip


def pieces(tokens: list[str]) -> st.SearchStrategy[str]:
    piece = st.one_of(st.sampled_from([*tokens, *REFERENCE, "²", "9" * 5_000]), st.text(max_size=3))
    return st.lists(piece, max_size=50).map("".join)


def attempt(name: str, data: bytes) -> None:
    """A document, and the references of one, or our own error."""
    with suppress(Cite2bibError):
        extract.references(registry.get(name).read(data, "x").document)


@pytest.mark.parametrize("name", TOKENS)
@QUICK
@given(data=st.data())
def test_tokens_in_any_order(name: str, data: st.DataObject) -> None:
    text = data.draw(pieces(TOKENS[name]))
    attempt(name, text.encode(errors="replace"))


@pytest.mark.parametrize("item", registry.CONTAINERS, ids=lambda item: item.name)
@QUICK
@given(data=st.binary(max_size=400))
def test_any_bytes(item: registry.Container, data: bytes) -> None:
    attempt(item.name, (item.magic[0] if item.magic else b"") + data)
    item.sniff(data)
    with suppress(Cite2bibError):
        extract.read_any(data, "x")


PDF_TOKENS = [b"BT", b"ET", b"/F1 10 Tf", b"/F1 1e9 Tf", b"72 700 Td", b"0 -12 Td", b"300 40 Td", b"-99999 99999 Td", b"1 0 0 1 72 500 Tm",
              b"0 1 -1 0 20 20 Tm", b"0 0 0 0 0 0 Tm", b"nan nan Td", b"q", b"Q", b"BX", b"[(a) -500 (b)] TJ", b"<feff00e9> Tj", b"(\\377\\000) Tj", b"3 Tr"]  # fmt: skip


def shown(text: str) -> bytes:
    safe = text.encode("latin-1", "replace").translate(None, b"()\\\n")
    return b"(" + safe + b") Tj 0 -12 Td"


@QUICK
@given(st.lists(st.one_of(st.sampled_from(PDF_TOKENS), pieces([]).map(shown)), max_size=40))
def test_pages_of_any_operators(operators: list[bytes]) -> None:
    attempt("pdf", pdf(b"BT /F1 10 Tf 72 720 Td " + b"\n".join(operators) + b" ET"))


OFFICE = {
    "docx": ["<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "x", "<w:fldChar w:fldCharType='begin'/>", "<w:fldChar w:fldCharType='end'/>",
             "<w:instrText>ADDIN ZOTERO_ITEM CSL_CITATION {</w:instrText>", "<w:hyperlink r:id='a'>", "</w:hyperlink>", "<w:tbl><w:tr><w:tc>",
             "</w:tc></w:tr></w:tbl>", "<w:sdt>", "</w:sdt>", "<w:pStyle w:val='Heading1'/>", "<w:footnoteReference w:id='1'/>", "<w:br/>", "&amp;"],
    "odt": ["<text:p>", "</text:p>", "<text:h text:outline-level='1'>", "</text:h>", "<text:list>", "</text:list>", "<text:note>", "</text:note>",
            "<text:a xlink:href='http://a.b'>", "</text:a>", "<text:s text:c='999999999'/>", "<text:tab/>", "x", "<text:bibliography-mark/>"],
    "epub": ["<p>", "</p>", "<h1>", "</h1>", "<a href='#x'>", "</a>", "<img/>", "x", "<!--", "-->", "<section>", "</section>"],
}  # fmt: skip


@pytest.mark.parametrize("name", OFFICE)
@QUICK
@given(data=st.data())
def test_office_files_of_any_elements(name: str, data: st.DataObject) -> None:
    inner = data.draw(pieces(OFFICE[name])).translate({code: None for code in range(32) if code != 10})
    attempt(name, office(name, inner))


MEMBERS = st.dictionaries(
    st.sampled_from(["a.bib", "../a.txt", "/etc/passwd", "C:\\x.md", "a/../../b.json", "a\0b", "." * 300, "x.zip", "é.ris"]),
    st.one_of(st.binary(max_size=60), st.just(b"@misc{a, title={T}}"), st.just(packed({"x.zip": packed({"../y.zip": b"PK\x03\x04"})}))),
    max_size=5,
)  # fmt: skip


@QUICK
@given(MEMBERS)
def test_archives_of_any_members(tmp_path: Path, parts: dict[str, bytes]) -> None:
    data = packed({name: content for name, content in parts.items() if "\0" not in name})
    before = sorted(tmp_path.parent.rglob("*"))
    result = extract.read_any(data, "x.zip")
    assert all(".." not in str(place) for work in result.works for place in work.places)
    assert sorted(tmp_path.parent.rglob("*")) == before


class TestBombs:
    def test_nested_archives_draw_on_one_budget(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(zipped.Budget.__init__, "__defaults__", (1_000_000, 20_000))
        unpacked: list[int] = []
        read = zipped.Zipped.read

        def counted(self: zipped.Zipped, name: str) -> bytes:
            data = read(self, name)
            unpacked.append(len(data))
            return data

        monkeypatch.setattr(zipped.Zipped, "read", counted)
        inner = packed({f"{number}.txt": os.urandom(1_000).hex() * 50 for number in range(4)})
        result = extract.read_any(packed({f"{number}.zip": inner for number in range(20)}), "x.zip")
        assert any("more than can be unpacked" in item.message for item in result.diagnostics)
        assert 900_000 < sum(unpacked) <= 1_000_000

    def test_members_are_counted_over_all(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(zipped.Budget.__init__, "__defaults__", (10**9, 50))
        inner = packed({f"{number}.txt": "x" for number in range(20)})
        result = extract.read_any(packed({f"{number}.zip": inner for number in range(9)}), "x.zip")
        assert sum("zip archive of more than" in item.message for item in result.diagnostics) == 7

    def test_a_size_that_lies(self) -> None:
        data = bytearray(packed({"a.txt": b"\0" * 3_000_000}))
        place = data.rindex(b"PK\x01\x02") + 24
        data[place : place + 4] = (10).to_bytes(4, "little")
        (_, content), *_ = archive.members(bytes(data), "x.zip")
        assert isinstance(content, (ReadError, bytes))
        assert not isinstance(content, bytes) or len(content) <= 10


# Nested deeper than any stack: each is a text of a few hundred kilobytes.
DEPTH = 60_000
DEEP = {
    "json": b"[" * DEPTH + b"]" * DEPTH,
    "notebook": b'{"nbformat": 4, "cells": ' + b"[" * DEPTH + b"]" * DEPTH + b"}",
    "item": b'[{"type": "book", "title": "T", "custom": ' + b'{"a":' * DEPTH + b"1" + b"}" * DEPTH + b"}]",
    "xml": b"<records>" * DEPTH + b"</records>" * DEPTH,
    "html": b"<div>" * DEPTH + b"x" + b"</div>" * DEPTH,
    "yaml": b"references:\n- title: " + b"[" * DEPTH,
    "tex": b"\\documentclass{a}\\begin{document}" + b"{" * DEPTH + b"x" + b"}" * DEPTH,
    "tex commands": b"\\documentclass{a}\\begin{document}" + b"\\emph{" * DEPTH,
    "bib braces": b"@article{k, title = " + b"{" * DEPTH + b"T" + b"}" * DEPTH + b"}",
    "bib commands": b"@article{k, title = {" + b"\\emph{" * DEPTH + b"}" * DEPTH + b"}}",
    "quotes": b"# A\n\n" + b"> " * DEPTH + b"x",
    "lists": b"# A\n\n" + b"- " * DEPTH + b"x",
    "brackets": b"# A\n\n" + b"[" * DEPTH + b"](x)" * DEPTH,
    "emphasis": b"# A\n\n" + b"*a **b " * (DEPTH // 4),
}
LINES = {
    "one word": b"a", "words": b"word ", "digits": b"1", "blanks": b" ", "braces": b"{", "brackets": b"[", "tags": b"<a>", "dots": b".",
    "commas": b"a, ", "addresses": b"http://a.b/", "equal": b"a=b ", "line ends": b"\n", "ampersands": b"&a;",
}  # fmt: skip
HARMLESS = """
import sys
from cite2bib.diagnostics import Cite2bibError
from cite2bib.documents import registry
from cite2bib.extract import read_any
from cite2bib.formats import get
name, data = sys.argv[1], sys.stdin.buffer.read()
try:
    if name == "any":
        read_any(data, "x")
    else:
        (get if sys.argv[2] == "format" else registry.get)(name).read(data, "x")
except Cite2bibError:
    pass
"""


def harmless(name: str, data: bytes, kind: str = "format", limit_s: int = 120) -> None:
    """In a process of its own, so that a reader without end, or one that breaks the interpreter, fails one test."""
    source = {"PYTHONPATH": str(Path(cite2bib.__file__).parents[1])}
    command = [sys.executable, "-c", HARMLESS, name, kind]
    done = subprocess.run(command, input=data, env=source, capture_output=True, timeout=limit_s, check=False)
    assert done.returncode == 0, done.stderr[-2_000:]


@pytest.mark.parametrize("name", DEEP)
def test_depth_is_no_danger(name: str) -> None:
    harmless("any", DEEP[name])


@pytest.mark.slow
@pytest.mark.parametrize("line", LINES)
@pytest.mark.parametrize("item", [item for item in FORMATS if item.reads], ids=lambda item: item.name)
def test_a_line_of_50_megabytes(item: object, line: str) -> None:
    harmless(item.name, (LINES[line] * (50_000_000 // len(LINES[line])))[:50_000_000], limit_s=600)  # type: ignore[attr-defined]


@pytest.mark.parametrize("container", [item.name for item in registry.CONTAINERS if not item.magic])
@pytest.mark.parametrize("line", LINES)
def test_long_lines_of_documents(container: str, line: str) -> None:
    data = (LINES[line] * (300_000 // len(LINES[line])))[:300_000]
    if container == "ipynb":
        cell = {"cell_type": "markdown", "source": [data.decode()]}
        data = json.dumps({"nbformat": 4, "cells": [cell]}).encode()
    harmless(container, data, "document")
