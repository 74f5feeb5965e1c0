"""Word, OpenDocument and EPUB files: made by pandoc, made by hand with the fields of reference managers, and damaged."""

from __future__ import annotations

import base64
import io
import json
import subprocess
import zipfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cite2bib.diagnostics import Cite2bibError, ReadError
from cite2bib.documents import archive, registry
from cite2bib.documents.embedded import from_coins
from cite2bib.extract import read_any
from cite2bib.extract.reflist import references
from cite2bib.model import Origin
from conftest import need

REFERENCES = [
    "Goodfellow, I., Bengio, Y., & Courville, A. (2016). Deep learning. MIT Press.",
    "Hochreiter, S., & Schmidhuber, J. (1997). Long short-term memory. Neural Computation, 9(8), 1735–1780.",
]
MARKDOWN = "---\ntitle: A study\nauthor: Jane Doe\n---\n# Introduction\n\nSee [the paper](https://doi.org/10.1145/3290605).[^1]\n\n[^1]: A note.\n\n- one\n\n# References\n\n" + "\n\n".join(REFERENCES)  # fmt: skip
ITEM = {
    "id": 7, "type": "article-journal", "title": "Long short-term memory", "DOI": "10.1162/neco.1997.9.8.1735",
    "author": [{"family": "Hochreiter", "given": "Sepp"}, {"family": "Schmidhuber", "given": "Jürgen"}],
    "issued": {"date-parts": [[1997]]},
}  # fmt: skip
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return buffer.getvalue()


def word(body: str, **parts: str) -> bytes:
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **parts})


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def mark(kind: str, inner: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{inner}</w:fldChar></w:r>'


def code(text: str) -> str:
    half = len(text) // 2
    return "".join(
        f"<w:r><w:instrText>{escape(part)}</w:instrText></w:r>" for part in (text[:half], text[half:])
    )


def fielded(text: str, shown: str) -> str:
    return f"{mark('begin')}{code(text)}{mark('separate')}{run(shown)}{mark('end')}"


def pandoc(folder: Path, to: str) -> bytes:
    need("pandoc")
    target = folder / f"paper.{to}"
    subprocess.run(
        ["pandoc", "-f", "markdown", "-t", to, "-o", str(target)],
        input=MARKDOWN.encode(),
        check=True,
        timeout=60,
    )
    return target.read_bytes()


@pytest.mark.parametrize("to", ["docx", "odt", "epub"])
def test_what_pandoc_writes(tmp_path: Path, to: str) -> None:
    data = pandoc(tmp_path, to)
    document = registry.read(data, f"paper.{to}").document
    assert registry.choose(data, "no-name").name == to
    assert document.metadata["title"] == "A study"
    assert document.metadata["author"] == "Jane Doe"
    assert ("heading", "Introduction") in [(block.kind, block.text) for block in document.blocks]
    assert [link.target for block in document.blocks for link in block.links][:1] == [
        "https://doi.org/10.1145/3290605"
    ]
    assert [item.text for item in references(document)] == REFERENCES


@pytest.mark.parametrize("lead", ["ADDIN ZOTERO_ITEM CSL_CITATION ", "ADDIN CSL_CITATION "])
def test_fields_of_zotero_and_mendeley(lead: str) -> None:
    citation = lead + json.dumps({"citationItems": [{"id": 7, "itemData": ITEM}], "schema": "x"})
    body = f"<w:p>{run('As ')}{fielded(citation, '(Hochreiter, 1997)')}{run(' says.')}</w:p>" * 2
    document = registry.read(word(body), "paper.docx").document
    assert [block.text for block in document.blocks] == ["As (Hochreiter, 1997) says."] * 2
    (work,) = document.works
    assert work.text("title") == "Long short-term memory"
    assert [str(name) for name in work.names("author")] == ["Sepp Hochreiter", "Jürgen Schmidhuber"]
    assert [str(place) for place in work.places] == ["paper.docx:1", "paper.docx:2"]


def test_content_controls_of_mendeley_cite() -> None:
    packed = base64.b64encode(json.dumps({"citationItems": [{"itemData": ITEM}]}).encode()).decode()
    control = f'<w:sdt><w:sdtPr><w:tag w:val="MENDELEY_CITATION_v3_{packed}"/></w:sdtPr><w:sdtContent>{run("(1)")}</w:sdtContent></w:sdt>'
    listed = f'<w:sdt><w:sdtPr><w:tag w:val="MENDELEY_BIBLIOGRAPHY"/></w:sdtPr><w:sdtContent><w:p>{run(REFERENCES[0])}</w:p></w:sdtContent></w:sdt>'
    document = registry.read(
        word(f"<w:p>{run('See ')}{control}</w:p>{listed}<w:p>{run('After.')}</w:p>"), "a.docx"
    ).document
    assert [work.text("DOI") for work in document.works] == ["10.1162/neco.1997.9.8.1735"]
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("paragraph", "See (1)"), ("reference", REFERENCES[0]), ("paragraph", "After."),
    ]  # fmt: skip


def test_a_bibliography_field_runs_over_paragraphs() -> None:
    opened = f"{mark('begin')}{code('ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY')}{mark('separate')}"
    body = f"<w:p>{run('Text.')}</w:p><w:p>{opened}{run(REFERENCES[0])}</w:p><w:p>{run(REFERENCES[1])}{mark('end')}</w:p><w:p>{run('End.')}</w:p>"
    document = registry.read(word(body), "a.docx").document
    assert [block.kind for block in document.blocks] == ["paragraph", "reference", "reference", "paragraph"]
    assert [item.text for item in references(document)] == REFERENCES


@pytest.mark.parametrize(("listed", "count"), [([REFERENCES[0]], 1), (REFERENCES, 3)])
def test_a_list_made_of_the_records_says_no_more_than_they_do(listed: list[str], count: int) -> None:
    """A longer one was not made of them alone; deduplicating joins what both name."""
    citation = fielded(
        "ADDIN ZOTERO_ITEM CSL_CITATION " + json.dumps({"citationItems": [{"itemData": ITEM}]}), "(1)"
    )
    opened = f"{mark('begin')}{code('ADDIN ZOTERO_BIBL {} CSL_BIBLIOGRAPHY')}{mark('separate')}"
    rows = "".join(f"<w:p>{run(item)}</w:p>" for item in listed[:-1])
    body = f"<w:p>{run('See ')}{citation}</w:p><w:p>{opened}</w:p>{rows}<w:p>{run(listed[-1])}{mark('end')}</w:p>"
    works = read_any(word(body), "a.docx").works
    assert len(works) == count
    assert works[0].text("title") == "Long short-term memory"


@pytest.mark.parametrize("hidden", [False, True])
def test_fields_of_endnote(hidden: bool) -> None:
    xml = "<EndNote><Cite><Author>Doe</Author><record><titles><title>T</title></titles></record></Cite></EndNote>"
    data = f"<w:fldData>{base64.b64encode(xml.encode()).decode()}</w:fldData>" if hidden else ""
    text = "ADDIN EN.CITE" if hidden else f"ADDIN EN.CITE {xml}"
    body = f"<w:p>{mark('begin', data)}{code(text)}{mark('separate')}{run('(Doe)')}{mark('end')}</w:p>"
    document = registry.read(word(body), "a.docx").document
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("endnote", "<xml><records><record><titles><title>T</title></titles></record></records></xml>"),
        ("paragraph", "(Doe)"),
    ]


def test_words_own_sources_notes_and_deletions() -> None:
    source = """<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography"><b:Source>
    <b:Tag>Hoc97</b:Tag><b:SourceType>JournalArticle</b:SourceType><b:Title>Long short-term memory</b:Title><b:Year>1997</b:Year>
    <b:JournalName>Neural Computation</b:JournalName><b:Author><b:Author><b:NameList><b:Person><b:Last>Hochreiter</b:Last>
    <b:First>Sepp</b:First></b:Person></b:NameList></b:Author></b:Author></b:Source></b:Sources>"""
    notes = f"<w:footnotes {W}><w:footnote><w:p>{run('A note.')}</w:p></w:footnote></w:footnotes>"
    body = f"<w:p>{run('Kept')}<w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:ins>{run(' added')}</w:ins></w:p>"
    data = word(body, **{"customXml/item1.xml": source, "word/footnotes.xml": notes})
    document = registry.read(data, "a.docx").document
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("paragraph", "Kept added"),
        ("note", "A note."),
    ]
    (work,) = document.works
    assert (work.id, work.type, work.text("container-title")) == (
        "Hoc97",
        "article-journal",
        "Neural Computation",
    )
    assert str(work.names("author")[0]) == "Sepp Hochreiter"


def test_marks_of_opendocument() -> None:
    name = quoteattr(
        "ZOTERO_ITEM CSL_CITATION " + json.dumps({"citationItems": [{"itemData": ITEM}]}) + " RNDabc"
    )
    content = f"""<office:document-content xmlns:office="o" xmlns:text="t"><office:body><office:text>
    <text:p>See<text:s/><text:reference-mark-start text:name={name}/>(1)<text:reference-mark-end/>.</text:p>
    <text:p>And <text:bibliography-mark text:identifier="K84" text:bibliography-type="article" text:author="Donald E. Knuth"
     text:title="Literate programming" text:journal="The Computer Journal" text:year="1984">[K84]</text:bibliography-mark></text:p>
    </office:text></office:body></office:document-content>"""
    data = zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})
    document = registry.read(data, "a.odt").document
    assert [block.text for block in document.blocks] == ["See (1).", "And [K84]"]
    assert [(work.id, work.text("title"), str(work.names("author")[0])) for work in document.works] == [
        ("", "Long short-term memory", "Sepp Hochreiter"), ("K84", "Literate programming", "Donald E. Knuth"),
    ]  # fmt: skip


def test_coins() -> None:
    title = "ctx_ver=Z39.88-2004&amp;rft_id=info%3Adoi/10.1000%2F1&amp;rft.genre=article&amp;rft.atitle=A+title&amp;rft.jtitle=J&amp;rft.aufirst=Jane&amp;rft.aulast=Doe&amp;rft.au=Jane+Doe&amp;rft.au=John+Roe&amp;rft.date=2019-03&amp;rft.pages=1-9"
    work = from_coins(title, Origin("a.html", "1"))
    assert work is not None
    assert (work.type, work.text("title"), work.text("DOI"), work.text("page")) == (
        "article-journal",
        "A title",
        "10.1000/1",
        "1-9",
    )
    assert [str(name) for name in work.names("author")] == ["Jane Doe", "John Roe"]


# Archives: docs say what is refused.


def test_an_archive_gives_its_members() -> None:
    data = zipped(
        {
            "b/paper.txt": "x",
            "a.md": "y",
            ".hidden": "z",
            "__MACOSX/a.md": "z",
            "../../evil.txt": "e",
            "d/": "",
        }
    )
    assert list(archive.members(data, "p.zip")) == [
        ("p.zip!evil.txt", b"e"), ("p.zip!a.md", b"y"), ("p.zip!b/paper.txt", b"x"),
    ]  # fmt: skip


def test_a_bomb_costs_only_itself() -> None:
    data = zipped({"bomb.txt": b"\0" * 40_000_000, "good.txt": "x"})
    (bomb, fault), good = archive.members(data, "p.zip")
    assert bomb == "p.zip!bomb.txt"
    assert "packed too well" in str(fault)
    assert good == ("p.zip!good.txt", b"x")


def test_archives_in_archives_end_somewhere() -> None:
    with pytest.raises(ReadError, match="nested too deep"):
        list(archive.members(zipped({}), "a.zip!b.zip!c.zip"))


@pytest.mark.parametrize("name", ["docx", "odt", "epub"])
@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", zipped({"x": "y"}), zipped({"word/document.xml": "<a", "content.xml": "<a"})]
)
def test_what_is_broken_is_named(name: str, data: bytes) -> None:
    with pytest.raises(ReadError, match=r"x\.file"):
        registry.get(name).read(data, "x.file")


def test_entities_are_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document>&b;</w:document>'
    with pytest.raises(ReadError, match="entities"):
        registry.get("docx").read(zipped({"word/document.xml": bomb}), "x.docx")


@pytest.fixture(scope="module")
def sound() -> dict[str, bytes]:
    field = fielded("ADDIN CSL_CITATION " + json.dumps({"citationItems": [{"itemData": ITEM}]}), "(1)")
    odt = '<d><body><text><h outline-level="x">a</h><p>b<note><note-body><p>n</p></note-body></note></p></text></body></d>'
    return {
        "docx": word(f"<w:p>{field}</w:p>" * 3),
        "odt": zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": odt}),
        "epub": zipped({"mimetype": "application/epub+zip", "META-INF/container.xml": "<c><rootfiles><rootfile full-path='o'/></rootfiles></c>", "o": "<p/>"}),
    }  # fmt: skip


@given(
    name=st.sampled_from(["docx", "odt", "epub"]),
    place=st.floats(0, 1),
    cut=st.integers(0, 60),
    junk=st.binary(max_size=30),
)
@settings(max_examples=120, deadline=None)
def test_damage_gives_a_document_or_our_error(
    sound: dict[str, bytes], name: str, place: float, cut: int, junk: bytes
) -> None:
    data = sound[name]
    start = round(place * len(data))
    with suppress(Cite2bibError):
        registry.get(name).read(data[:start] + junk + data[start + cut :], "x.file")


@given(
    code=st.text(max_size=60), data=st.binary(max_size=40), tail=st.text(alphabet='{}[]":,a1\\', max_size=40)
)
@settings(max_examples=100, deadline=None)
def test_any_field_code_gives_a_document(code: str, data: bytes, tail: str) -> None:
    packed = base64.b64encode(data).decode()
    safe = escape("".join(char for char in code if char.isprintable()))
    body = f"<w:p>{mark('begin', f'<w:fldData>{packed}</w:fldData>')}<w:r><w:instrText>ADDIN CSL_CITATION {escape(tail)}{safe}</w:instrText></w:r>{mark('end')}</w:p>"
    assert registry.get("docx").read(word(body), "x.docx").document.blocks is not None
